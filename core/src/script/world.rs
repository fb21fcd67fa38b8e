//! What scripts may look at: the schema, the batch, the day. Immutable while rules run, shared by all threads.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::handles::{Owner, RecordRef, Rows, TableId};
use super::names::dictionary_names;
use crate::native::Context;
use crate::schema::{Field, FieldType, Schema, TableSchema};
use crate::submission::{Cell, Column, Layout, Submission, Table, TableColumn};
use crate::text::Text;
use crate::value::{Date, Value};

/// Everything that rules can read.
#[derive(Debug)]
pub(crate) struct World {
    pub(crate) schema: Arc<Schema>,
    pub(crate) as_of: Date,
    pub(crate) submissions: Vec<Submission>,
    /// For each submission, the one of the same submitter for the year before.
    pub(crate) previous: Vec<Option<usize>>,
    /// The submissions that count in rules over the whole batch: neither held nor superseded.
    pub(crate) counted: BTreeSet<usize>,
    pub(crate) dictionary: (TableSchema, Table),
    /// The day taken for the period of a submission that does not say its own; only examples have one.
    pub(crate) default_day: Option<Date>,
}

impl World {
    pub(crate) fn new(
        schema: Arc<Schema>,
        as_of: Date,
        submissions: Vec<Submission>,
        previous: Vec<Option<usize>>,
        counted: BTreeSet<usize>,
        default_day: Option<Date>,
    ) -> Self {
        let dictionary = (dictionary_schema(), dictionary_table(&schema));
        Self { schema, as_of, submissions, previous, counted, dictionary, default_day }
    }

    pub(crate) fn context(&self) -> Context<'_> {
        Context { schema: &self.schema, as_of: self.as_of }
    }

    pub(crate) fn table_schema(&self, table: TableId) -> &TableSchema {
        super::names::table_schema(&self.schema, &self.dictionary.0, table)
    }

    pub(crate) fn table(&self, submission: usize, table: TableId) -> Option<&Table> {
        match table {
            TableId::Dictionary => Some(&self.dictionary.1),
            TableId::Filed(at) => self.submissions.get(submission)?.tables.get(at)?.as_ref(),
        }
    }

    /// The cell of a record.
    pub(crate) fn cell(&self, record: RecordRef, field: usize) -> Cell {
        self.table(record.submission, record.table).map_or(Cell::Empty, |table| table.cell(record.row, field))
    }

    /// Whether the table of a record has a column for a field at all.
    pub(crate) fn has_column(&self, record: RecordRef, field: usize) -> bool {
        let table = self.table(record.submission, record.table);
        table.is_some_and(|table| table.columns.get(field).is_some_and(Option::is_some))
    }

    /// All records of a table in some submissions.
    pub(crate) fn rows(&self, submissions: impl Iterator<Item = usize>, table: TableId) -> Rows {
        let of = |submission| {
            let count = self.table(submission, table).map_or(0, Table::len);
            (0..count).map(move |row| RecordRef { submission, table, row })
        };
        let records = match table {
            TableId::Dictionary => of(0).collect(),
            TableId::Filed(_) => submissions.flat_map(of).collect(),
        };
        Rows { table, records }
    }

    /// The fields of an object.
    pub(crate) fn parts(&self, owner: Owner) -> &[Field] {
        let ty = match owner {
            Owner::Header(at) => &self.schema.header[at].ty,
            Owner::Field(table, at) => &self.table_schema(table).fields[at].ty,
        };
        ty.parts()
    }
}

const TEXTS: [(&str, &str, &str); 6] = [
    ("code", "指标代码", "code"),
    ("label", "指标名称", "label"),
    ("unit", "计量单位", "unit"),
    ("period", "存量流量", "stock or flow"),
    ("sum_of", "分项", "parts that add up to it"),
    ("part_of", "所属总项", "totals it is part of"),
];

/// The dictionary's schema: `code label unit period sum_of part_of`.
pub(crate) fn dictionary_schema() -> TableSchema {
    let [key, label] = dictionary_names();
    let fields = TEXTS
        .iter()
        .map(|(key, label, label_en)| Field {
            key: (*key).to_string(),
            label: Text::new(*label, *label_en),
            script: None,
            aliases: Vec::new(),
            ty: match *key {
                "sum_of" | "part_of" => FieldType::List(Box::new(FieldType::Text)),
                _ => FieldType::Text,
            },
            unit: None,
            required: true,
            private: false,
            origin: String::new(),
        })
        .collect();
    TableSchema {
        key: key.to_string(),
        label: Text::new(label, key),
        one: Text::new("指标", "indicator"),
        many: Text::new("指标", "indicators"),
        record_key: vec![0],
        required_for: Vec::new(),
        fields,
        plugin: String::new(),
    }
}

fn dictionary_table(schema: &Schema) -> Table {
    let lay = dictionary_schema();
    let codes = |list: &[String]| Value::List(list.iter().map(|code| Value::text(code.as_str())).collect());
    let mut columns: Vec<Column> = lay.fields.iter().map(|field| Column::new(&field.ty)).collect();
    for indicator in &schema.indicators {
        let values = [
            Value::text(indicator.code.as_str()),
            Value::text(indicator.label.as_str()),
            Value::text(indicator.unit.as_str()),
            Value::text(indicator.period.as_str()),
            codes(&indicator.sum_of),
            codes(&indicator.part_of),
        ];
        for (column, value) in columns.iter_mut().zip(values) {
            column.push(Cell::Valid(value));
        }
    }
    Table {
        layout: Layout::Document { file: String::new(), path: lay.key.clone() },
        rows: (0..u32::try_from(schema.indicators.len()).unwrap_or(u32::MAX)).collect(),
        columns: columns
            .into_iter()
            .map(|cells| Some(TableColumn { cells, at: 0, parts: Vec::new() }))
            .collect(),
    }
}
