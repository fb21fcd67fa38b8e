//! A JSON document, one record a line.

use toml::{Table, Value};

use super::super::document::Document;
use super::super::manifest::Manifest;
use super::super::story::Names;

pub(super) fn text(document: &Document, manifest: &Manifest, names: Names) -> Result<String, String> {
    let header = manifest.named_header(&document.header, names);
    let header = header.iter().map(|(name, value)| {
        let parts = |object| manifest.parts(None, name, object);
        Ok(format!("    {}: {}", string(name)?, scalar(value, &parts)?))
    });
    let header = header.collect::<Result<Vec<_>, String>>()?.join(",\n");

    let mut tables = Vec::new();
    for table in manifest.ordered(&document.tables) {
        let mut records = Vec::new();
        for record in &document.tables[table] {
            records.push(format!("      {}", line(table, record, manifest, names)?));
        }
        let name = string(manifest.table_name(table, names))?;
        tables.push(if records.is_empty() {
            format!("    {name}: []")
        } else {
            format!("    {name}: [\n{}\n    ]", records.join(",\n"))
        });
    }
    Ok(format!("{{\n  \"header\": {{\n{header}\n  }},\n  \"tables\": {{\n{}\n  }}\n}}\n", tables.join(",\n")))
}

fn line(table: &str, record: &Table, manifest: &Manifest, names: Names) -> Result<String, String> {
    let entries = manifest.named(table, record, names);
    let entries = entries.iter().map(|(name, value)| {
        let parts = |object| manifest.parts(Some(table), name, object);
        Ok(format!("{}: {}", string(name)?, scalar(value, &parts)?))
    });
    Ok(format!("{{ {} }}", entries.collect::<Result<Vec<_>, String>>()?.join(", ")))
}

/// A value on one line; `parts` puts an object's parts in order.
fn scalar<'a>(
    value: &'a Value,
    parts: &dyn Fn(&'a Table) -> Vec<(&'a str, &'a Value)>,
) -> Result<String, String> {
    Ok(match value {
        Value::String(text) => string(text)?,
        Value::Integer(number) => number.to_string(),
        Value::Float(number) => number.to_string(),
        Value::Boolean(truth) => truth.to_string(),
        Value::Datetime(date) => string(&date.to_string())?,
        Value::Array(items) => {
            let items = items.iter().map(|item| scalar(item, parts)).collect::<Result<Vec<_>, _>>()?;
            format!("[{}]", items.join(", "))
        }
        Value::Table(object) => {
            let entries = parts(object).into_iter();
            let entries =
                entries.map(|(key, value)| Ok(format!("{}: {}", string(key)?, scalar(value, parts)?)));
            format!("{{ {} }}", entries.collect::<Result<Vec<_>, String>>()?.join(", "))
        }
    })
}

fn string(text: &str) -> Result<String, String> {
    serde_json::to_string(text).map_err(|error| error.to_string())
}
