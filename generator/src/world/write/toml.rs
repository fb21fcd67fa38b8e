//! A TOML document, one field a line.

use toml::{Table, Value};

use super::super::document::Document;
use super::super::manifest::Manifest;
use super::super::story::Names;

pub(super) fn text(document: &Document, manifest: &Manifest, names: Names) -> String {
    let mut text = format!("[header]\n{}", header(document, manifest, names));
    let mut empty = Vec::new();
    for table in manifest.ordered(&document.tables) {
        let name = key(manifest.table_name(table, names));
        if document.tables[table].is_empty() {
            empty.push(format!("{name} = []\n"));
        }
    }
    if !empty.is_empty() {
        text += &format!("\n[tables]\n{}", empty.concat());
    }
    for table in manifest.ordered(&document.tables) {
        let name = key(manifest.table_name(table, names));
        for record in &document.tables[table] {
            text += &format!("\n[[tables.{name}]]\n");
            for (field, value) in manifest.named(table, record, names) {
                let parts = |object| manifest.parts(Some(table), field, object);
                text += &format!("{} = {}\n", key(field), inline(value, &parts));
            }
        }
    }
    text
}

/// The header's fields, which a CSV folder has in a file of their own.
pub(super) fn header(document: &Document, manifest: &Manifest, names: Names) -> String {
    let entries = manifest.named_header(&document.header, names).into_iter();
    let lines = entries.map(|(name, value)| {
        let parts = |object| manifest.parts(None, name, object);
        format!("{} = {}\n", key(name), inline(value, &parts))
    });
    lines.collect()
}

/// A value on one line; `parts` puts an object's parts in order.
fn inline<'a>(value: &'a Value, parts: &dyn Fn(&'a Table) -> Vec<(&'a str, &'a Value)>) -> String {
    match value {
        Value::Array(items) => {
            let items: Vec<String> = items.iter().map(|item| inline(item, parts)).collect();
            format!("[{}]", items.join(", "))
        }
        Value::Table(object) => {
            let entries: Vec<String> = parts(object)
                .into_iter()
                .map(|(name, value)| format!("{} = {}", key(name), inline(value, parts)))
                .collect();
            format!("{{ {} }}", entries.join(", "))
        }
        plain => plain.to_string(),
    }
}

/// A key, in quotes where TOML asks for them.
fn key(name: &str) -> String {
    let bare = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    if name.chars().all(bare) { name.to_string() } else { Value::from(name).to_string() }
}
