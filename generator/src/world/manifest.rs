//! Names and order of tables and fields, from the manifests of the plugins.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde::Deserialize;
use toml::{Table, Value};

use crate::error::{Error, failed_to};

use super::story::Names;

/// What the manifests together declare.
#[derive(Debug, Default)]
pub(crate) struct Manifest {
    header: Vec<Field>,
    tables: BTreeMap<String, TableSchema>,
    /// What indicators are called and measured in, by code.
    indicators: BTreeMap<String, Indicator>,
}

/// An indicator as far as a row of the indicator table needs it.
#[derive(Debug, Deserialize)]
struct Indicator {
    code: String,
    label: String,
    unit: String,
    period: String,
}

#[derive(Debug, Deserialize)]
struct File {
    #[serde(default)]
    header: Vec<Field>,
    #[serde(default)]
    tables: BTreeMap<String, TableSchema>,
    #[serde(default)]
    indicators: Vec<Indicator>,
}

#[derive(Debug, Deserialize)]
struct TableSchema {
    label: String,
    fields: Vec<Field>,
}

#[derive(Debug, Deserialize)]
struct Field {
    key: String,
    label: String,
    #[serde(default)]
    required: bool,
    #[serde(default)]
    items: String,
    #[serde(default)]
    fields: Vec<Field>,
}

/// A column of a flat table: the path to its value, and its heading.
#[derive(Debug)]
pub(crate) struct Column {
    path: Vec<String>,
    pub(crate) heading: String,
}

impl Column {
    /// The column's value in a record.
    pub(crate) fn value<'a>(&self, record: &'a Table) -> Option<&'a Value> {
        let (first, rest) = self.path.split_first()?;
        rest.iter().try_fold(record.get(first)?, |value, part| value.get(part))
    }
}

impl Manifest {
    /// Reads the manifests of all plugins.
    pub(crate) fn read(plugins: &Path) -> Result<Self, Error> {
        let mut manifest = Self::default();
        for folder in crate::entries(plugins)? {
            let path = folder.join("plugin.toml");
            let text = fs::read_to_string(&path).map_err(failed_to("read", &path))?;
            let file: File = toml::from_str(&text).map_err(failed_to("understand", &path))?;
            manifest.header.extend(file.header);
            manifest.tables.extend(file.tables);
            manifest.indicators.extend(file.indicators.into_iter().map(|one| (one.code.clone(), one)));
        }
        Ok(manifest)
    }

    /// A row of the indicator table, with the name, unit and kind of period that the manifests give the code.
    pub(crate) fn indicator_row(&self, code: &str, value: Value) -> Result<Table, String> {
        let indicator = self.indicators.get(code).ok_or(format!("there is no indicator {code}"))?;
        let mut row = Table::new();
        row.insert("code".to_string(), code.into());
        row.insert("name_zh".to_string(), indicator.label.as_str().into());
        row.insert("value".to_string(), value);
        row.insert("unit".to_string(), indicator.unit.as_str().into());
        row.insert("period_type".to_string(), indicator.period.as_str().into());
        Ok(row)
    }

    /// What a table is called. A table that no manifest knows keeps its own name, for stories about such.
    pub(crate) fn table_name<'a>(&'a self, key: &'a str, names: Names) -> &'a str {
        match (names, self.tables.get(key)) {
            (Names::Labels, Some(table)) => &table.label,
            _ => key,
        }
    }

    /// The tables of a submission in the order of a report: indicators first, attachments last.
    pub(crate) fn ordered<'a>(&self, tables: &'a BTreeMap<String, Vec<Table>>) -> Vec<&'a String> {
        let mut keys: Vec<&String> = tables.keys().collect();
        keys.sort_by_key(|key| (key.as_str() != "indicators", key.as_str() == "attachments", *key));
        keys
    }

    /// The columns of a flat table: those that are required or filled anywhere, unknown ones last.
    pub(crate) fn columns(&self, table: &str, records: &[Table], names: Names) -> Vec<Column> {
        let fields = self.tables.get(table).map_or(&[][..], |table| &table.fields);
        let mut columns = Vec::new();
        for field in fields {
            if field.required || records.iter().any(|record| record.contains_key(&field.key)) {
                field.columns(&Vec::new(), "", names, &mut columns);
            }
        }
        columns.retain(|column| {
            column.path.len() == 1 || records.iter().any(|record| column.value(record).is_some())
        });
        for key in records.iter().flat_map(Table::keys) {
            let known = fields.iter().any(|field| field.key == *key);
            if !known && columns.iter().all(|column| column.path[0] != *key) {
                columns.push(Column { path: vec![key.clone()], heading: key.clone() });
            }
        }
        columns
    }

    /// The header's entries in order, one a line: what is filled of it.
    pub(crate) fn header_lines(&self, header: &Table, names: Names) -> Vec<Column> {
        let mut lines = Vec::new();
        for field in &self.header {
            field.columns(&Vec::new(), "", names, &mut lines);
        }
        lines.retain(|line| line.value(header).is_some());
        lines
    }

    /// A record's fields in the order of the manifest, named as wanted; objects within keep their keys.
    pub(crate) fn named<'a>(
        &'a self,
        table: &str,
        record: &'a Table,
        names: Names,
    ) -> Vec<(&'a str, &'a Value)> {
        let fields = self.tables.get(table).map_or(&[][..], |table| &table.fields);
        named(fields, record, names)
    }

    /// The same of the header.
    pub(crate) fn named_header<'a>(&'a self, header: &'a Table, names: Names) -> Vec<(&'a str, &'a Value)> {
        named(&self.header, header, names)
    }

    /// The parts of an object in the order of the manifest; of a header field if there is no table.
    pub(crate) fn parts<'a>(
        &'a self,
        table: Option<&str>,
        name: &str,
        object: &'a Table,
    ) -> Vec<(&'a str, &'a Value)> {
        let fields = match table {
            None => &self.header[..],
            Some(table) => self.tables.get(table).map_or(&[][..], |table| &table.fields),
        };
        let parts = fields.iter().find(|field| field.key == name || field.label == name);
        named(parts.map_or(&[][..], |field| &field.fields), object, Names::Keys)
    }
}

/// The filled fields in order; keys that no manifest knows come last.
fn named<'a>(fields: &'a [Field], record: &'a Table, names: Names) -> Vec<(&'a str, &'a Value)> {
    let mut entries: Vec<(&str, &Value)> = fields
        .iter()
        .filter_map(|field| record.get(&field.key).map(|value| (field.name(names), value)))
        .collect();
    let unknown = record.iter().filter(|(key, _)| fields.iter().all(|field| field.key != **key));
    entries.extend(unknown.map(|(key, value)| (key.as_str(), value)));
    entries
}

impl Field {
    fn name(&self, names: Names) -> &str {
        match names {
            Names::Labels => &self.label,
            Names::Keys => &self.key,
        }
    }

    /// The column of a plain field, or those of an object's parts. A flat table has no place for a list of objects,
    /// so that offices which file one leave it out.
    fn columns(&self, path: &[String], prefix: &str, names: Names, columns: &mut Vec<Column>) {
        if self.items == "object" {
            return;
        }
        let path = [path, std::slice::from_ref(&self.key)].concat();
        let heading = format!("{prefix}{}", self.name(names));
        if self.fields.is_empty() || !self.items.is_empty() {
            columns.push(Column { path, heading });
            return;
        }
        for part in &self.fields {
            part.columns(&path, &format!("{heading}."), names, columns);
        }
    }
}
