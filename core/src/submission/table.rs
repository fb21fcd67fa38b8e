//! A table: typed columns, and where each cell stands in its file.

use super::column::{Cell, Column};
use crate::schema::{Field, Spot, TableSchema};
use crate::value::Value;
use crate::verdict::{Excerpt, Location};

/// How the cells of a table are found in its file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Layout {
    /// A sheet of a workbook.
    Sheet {
        /// The workbook's path.
        file: String,
        /// The sheet's name.
        sheet: String,
    },
    /// A CSV file.
    Lines {
        /// The file's path.
        file: String,
    },
    /// A list in a JSON or TOML document.
    Document {
        /// The document's path.
        file: String,
        /// The path of the list, such as `tables.patents`.
        path: String,
    },
}

/// One table of a submission.
#[derive(Debug, Clone)]
pub struct Table {
    /// How its cells are found.
    pub layout: Layout,
    /// The file's own number of each record: row of a sheet, line of a CSV file, position in a list.
    pub rows: Vec<u32>,
    /// The columns, by the table's fields; none where the file has no such column.
    pub columns: Vec<Option<TableColumn>>,
}

/// A column and where it stands.
#[derive(Debug, Clone)]
pub struct TableColumn {
    /// Its cells.
    pub cells: Column,
    /// Its number in the file, counted from 1; 0 in documents, where names are paths.
    pub at: u32,
    /// For an object spread over several columns: the number of each part's column, by part key.
    pub parts: Vec<(String, u32)>,
}

impl Table {
    /// How many records it has.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether it has none.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Whether at least one of its columns is a field. A document names its fields in each record and has no headings.
    pub(super) fn has_understood_headings(&self) -> bool {
        matches!(self.layout, Layout::Document { .. }) || self.columns.iter().any(Option::is_some)
    }

    /// The end of the longest run of rows from `row` on whose cells stand together in every column.
    pub(crate) fn run(&self, row: usize) -> usize {
        self.columns.iter().flatten().map(|column| column.cells.run(row)).min().unwrap_or(self.len())
    }

    /// The cell of a record in a field.
    pub fn cell(&self, row: usize, field: usize) -> Cell {
        self.columns.get(field).and_then(Option::as_ref).map_or(Cell::Empty, |column| column.cells.cell(row))
    }

    /// Where a record, or one of its cells, stands.
    pub fn location(&self, schema: &TableSchema, row: usize, spot: Option<Spot>) -> Location {
        let number = self.rows.get(row).copied().unwrap_or_default();
        let key = spot.map(|spot| spot.key(&schema.fields));
        let column = spot.and_then(|spot| self.column(schema, spot));
        let mut location = Location {
            table: Some(schema.key.clone()),
            record: Some(number),
            field: key.clone(),
            ..Location::default()
        };
        match &self.layout {
            Layout::Sheet { file, sheet } => {
                location.file.clone_from(file);
                location.sheet = Some(sheet.clone());
                location.cell = Some(cell_name(column.unwrap_or(1), number));
            }
            Layout::Lines { file } => {
                location.file.clone_from(file);
                location.line = Some(number);
                location.column = Some(column.unwrap_or(1));
            }
            Layout::Document { file, path } => {
                location.file.clone_from(file);
                let record = format!("{path}[{number}]");
                location.path = Some(match key {
                    Some(key) => format!("{record}.{key}"),
                    None => record,
                });
            }
        }
        location
    }

    /// The number of the column in which a spot stands; that of the whole object where its part has none.
    fn column(&self, schema: &TableSchema, spot: Spot) -> Option<u32> {
        let column = self.columns.get(spot.field)?.as_ref()?;
        let part = spot.part.and_then(|part| schema.fields[spot.field].ty.parts().get(part));
        let of_part = part.and_then(|part| column.parts.iter().find(|(key, _)| *key == part.key));
        Some(of_part.map_or(column.at, |(_, at)| *at))
    }

    /// The record's key as people say it: the values of its key fields.
    pub fn record_key(&self, schema: &TableSchema, row: usize) -> Option<String> {
        let parts: Vec<String> = schema
            .record_key
            .iter()
            .filter(|&&at| !schema.fields[at].private)
            .filter_map(|&at| match self.cell(row, at) {
                Cell::Valid(value) => Some(value.to_string()),
                Cell::Unreadable(raw) => Some(raw),
                Cell::Empty => None,
            })
            .collect();
        (!parts.is_empty()).then(|| parts.join(" · "))
    }

    /// The record's cells around a spot: the key, the two columns on either side, and the field itself.
    pub fn excerpt(&self, schema: &TableSchema, row: usize, spot: Option<Spot>) -> Excerpt {
        let field = spot.map(|spot| spot.field);
        let mut present: Vec<usize> = (0..schema.fields.len())
            .filter(|&at| self.columns.get(at).is_some_and(Option::is_some) && !schema.fields[at].private)
            .collect();
        present.sort_by_key(|&at| self.columns[at].as_ref().map_or(0, |column| column.at));
        let middle = field.and_then(|field| present.iter().position(|&at| at == field));
        let near = |n: usize| middle.map_or(n < 4, |middle| n.abs_diff(middle) <= 2);
        let shown: Vec<usize> = present
            .iter()
            .enumerate()
            .filter(|(n, at)| near(*n) || schema.record_key.contains(at))
            .map(|(_, at)| *at)
            .collect();
        Excerpt {
            headings: shown.iter().map(|&at| schema.fields[at].label.zh.clone()).collect(),
            cells: shown
                .iter()
                .map(|&at| match self.cell(row, at) {
                    Cell::Valid(value) => labelled(&value, schema.fields[at].ty.parts()),
                    Cell::Unreadable(raw) => raw,
                    Cell::Empty => String::new(),
                })
                .collect(),
            marked: field.and_then(|field| shown.iter().position(|&at| at == field)),
        }
    }
}

/// A value as text; named values by their labels.
fn labelled(value: &Value, parts: &[Field]) -> String {
    let Value::Object(values) = value else { return value.to_string() };
    let shown = parts
        .iter()
        .filter(|part| !part.private)
        .filter_map(|part| values.get(&part.key).map(|value| format!("{}={value}", part.label.zh)));
    shown.collect::<Vec<_>>().join("、")
}

/// The name of a cell such as `F12`, from its column and row, both counted from 1.
pub fn cell_name(column: u32, row: u32) -> String {
    let mut letters = Vec::new();
    let mut rest = column.max(1);
    while rest > 0 {
        rest -= 1;
        letters.push(char::from(b'A' + u8::try_from(rest % 26).unwrap_or_default()));
        rest /= 26;
    }
    letters.iter().rev().collect::<String>() + &row.to_string()
}

#[cfg(test)]
mod tests {
    use super::cell_name;

    #[test]
    fn cells_have_the_names_the_office_knows() {
        assert_eq!(cell_name(1, 1), "A1");
        assert_eq!(cell_name(26, 3), "Z3");
        assert_eq!(cell_name(27, 3), "AA3");
        assert_eq!(cell_name(703, 9), "AAA9");
    }
}
