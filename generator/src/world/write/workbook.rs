//! A workbook, by the renderer of the workbook sources.

use toml::Value;

use super::super::document::Document;
use super::super::manifest::{Column, Manifest};
use super::super::story::Names;
use super::cell_text;
use crate::cell::{Cell, Content};
use crate::source::{Properties, Sheet, Workbook};
use crate::{archive, parts};

pub(super) fn bytes(document: &Document, manifest: &Manifest, names: Names) -> Result<Vec<u8>, String> {
    let mut sheets = vec![header(document, manifest, names)?];
    for table in manifest.ordered(&document.tables) {
        let records = &document.tables[table];
        let columns = manifest.columns(table, records, names);
        let mut rows = vec![columns.iter().map(|column| written(&column.heading)).collect()];
        for record in records {
            let cells = columns.iter().map(|column: &Column| cell(column.value(record)));
            rows.push(cells.collect::<Result<Vec<_>, _>>()?);
        }
        sheets.push(sheet(manifest.table_name(table, names), rows));
    }
    let workbook = Workbook { properties: Properties::default(), sheets };
    archive::pack(parts::render(&workbook)).map_err(|error| error.to_string())
}

/// The sheet 报送信息: a field and its value on each row.
fn header(document: &Document, manifest: &Manifest, names: Names) -> Result<Sheet, String> {
    let mut rows = vec![vec![written("字段"), written("值")]];
    for line in manifest.header_lines(&document.header, names) {
        rows.push(vec![written(&line.heading), cell(line.value(&document.header))?]);
    }
    Ok(sheet("报送信息", rows))
}

fn sheet(name: &str, rows: Vec<Vec<Cell>>) -> Sheet {
    Sheet { name: name.to_string(), merge: Vec::new(), rows }
}

fn written(text: &str) -> Cell {
    Cell { content: Content::Text(text.to_string()), comment: None }
}

/// Numbers and days are written as such; everything else, and a day with a time, as text.
fn cell(value: Option<&Value>) -> Result<Cell, String> {
    match value {
        None => Ok(Cell { content: Content::Absent, comment: None }),
        Some(number @ (Value::Integer(_) | Value::Float(_))) => Cell::try_from(number.clone()),
        Some(Value::Datetime(date)) if date.time.is_none() => Cell::try_from(Value::Datetime(*date)),
        Some(other) => Ok(written(&cell_text(other)?)),
    }
}
