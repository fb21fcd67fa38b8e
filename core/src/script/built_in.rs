//! Tables that no submitter fills in, yet every rule above record level can read: the dictionary of indicators, and the
//! directory of the tables a submission should hold.

use super::handles::TableId;
use super::names::{DICTIONARY, DIRECTORY};
use crate::schema::{Field, FieldType, Schema, TableSchema};
use crate::submission::{Cell, Column, Layout, Submission, Table, TableColumn};
use crate::text::Text;
use crate::value::Value;

/// The schemas of these tables.
#[derive(Debug)]
pub(crate) struct BuiltIn {
    dictionary: TableSchema,
    directory: TableSchema,
}

impl BuiltIn {
    pub(crate) fn new() -> Self {
        Self { dictionary: dictionary_schema(), directory: directory_schema() }
    }

    /// The schema of any table that scripts can read.
    pub(crate) fn or_filed<'a>(&'a self, schema: &'a Schema, table: TableId) -> &'a TableSchema {
        match table {
            TableId::Filed(at) => &schema.tables[at],
            TableId::Dictionary => &self.dictionary,
            TableId::Directory => &self.directory,
        }
    }
}

/// The dictionary's schema: `code label unit period sum_of part_of`.
fn dictionary_schema() -> TableSchema {
    let codes = || FieldType::List(Box::new(FieldType::Text));
    schema(
        DICTIONARY,
        Text::new("指标", "indicator"),
        vec![
            field("code", "指标代码", "code", FieldType::Text),
            field("label", "指标名称", "label", FieldType::Text),
            field("unit", "计量单位", "unit", FieldType::Text),
            field("period", "存量流量", "stock or flow", FieldType::Text),
            field("sum_of", "分项", "parts that add up to it", codes()),
            field("part_of", "所属总项", "totals it is part of", codes()),
        ],
    )
}

/// The indicators of all manifests.
pub(super) fn dictionary_table(schema: &Schema) -> Table {
    let codes = |list: &[String]| Value::List(list.iter().map(|code| Value::text(code.as_str())).collect());
    let rows = schema.indicators.iter().map(|indicator| {
        vec![
            Value::text(indicator.code.as_str()),
            Value::text(indicator.label.as_str()),
            Value::text(indicator.unit.as_str()),
            Value::text(indicator.period.as_str()),
            codes(&indicator.sum_of),
            codes(&indicator.part_of),
        ]
    });
    table(&dictionary_schema(), rows)
}

/// The directory's schema: `key label required filed records`.
fn directory_schema() -> TableSchema {
    schema(
        DIRECTORY,
        Text::new("报表", "table"),
        vec![
            field("key", "报表", "key", FieldType::Text),
            field("label", "报表名称", "label", FieldType::Text),
            field("required", "必报", "required of this kind of submitter", FieldType::Boolean),
            field("filed", "已报", "handed in, even if it could not be read", FieldType::Boolean),
            field("records", "记录数", "records that could be read", FieldType::Integer(Vec::new())),
        ],
    )
}

/// The tables of all manifests, as one submission holds them.
pub(super) fn directory_table(schema: &Schema, submission: &Submission) -> Table {
    let kind = submission.submitter(schema).kind;
    let rows = schema.tables.iter().enumerate().map(|(at, one)| {
        let read = submission.tables.get(at).and_then(Option::as_ref);
        vec![
            Value::text(one.key.as_str()),
            Value::text(one.label.zh.as_str()),
            Value::Boolean(kind.is_some_and(|kind| one.required_for.contains(&kind))),
            Value::Boolean(read.is_some() || submission.unread.contains(&at)),
            Value::Integer(read.map_or(0, Table::len).try_into().unwrap_or(i64::MAX)),
        ]
    });
    table(&directory_schema(), rows)
}

fn schema(names: [&'static str; 2], one: Text, fields: Vec<Field>) -> TableSchema {
    let [key, label] = names;
    TableSchema {
        key: key.to_string(),
        label: Text::new(label, key),
        many: one.clone(),
        one,
        record_key: vec![0],
        required_for: Vec::new(),
        fields,
        plugin: String::new(),
    }
}

fn field(key: &str, label: &str, label_en: &str, ty: FieldType) -> Field {
    Field {
        key: key.to_string(),
        label: Text::new(label, label_en),
        script: None,
        aliases: Vec::new(),
        ty,
        unit: None,
        required: true,
        private: false,
        origin: String::new(),
    }
}

fn table(schema: &TableSchema, rows: impl Iterator<Item = Vec<Value>>) -> Table {
    let mut columns: Vec<Column> = schema.fields.iter().map(|field| Column::new(&field.ty)).collect();
    let mut numbers = Vec::new();
    for (number, row) in (0..).zip(rows) {
        numbers.push(number);
        for (column, value) in columns.iter_mut().zip(row) {
            column.push(Cell::Valid(value));
        }
    }
    Table {
        layout: Layout::Document { file: String::new(), path: schema.key.clone() },
        rows: numbers,
        columns: columns
            .into_iter()
            .map(|cells| Some(TableColumn { cells, at: 0, parts: Vec::new() }))
            .collect(),
    }
}
