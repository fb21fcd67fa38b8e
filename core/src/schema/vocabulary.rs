//! Code lists that belong to a plugin: a CSV file beside its manifest, looked up by native functions.

use std::collections::HashMap;

/// A code list: rows of named columns, found by the first column.
#[derive(Debug, Clone, Default)]
pub struct Vocabulary {
    /// What it is called.
    pub label: String,
    /// Where it comes from.
    pub source: String,
    /// The names of its columns.
    pub columns: Vec<String>,
    rows: Vec<Vec<String>>,
    by_code: HashMap<String, Vec<usize>>,
}

impl Vocabulary {
    /// A code list of these columns and rows. Rows shorter than `columns` read as blank at the end.
    pub fn new(label: String, source: String, columns: Vec<String>, rows: Vec<Vec<String>>) -> Self {
        let mut by_code: HashMap<String, Vec<usize>> = HashMap::new();
        for (at, row) in rows.iter().enumerate() {
            by_code.entry(row.first().cloned().unwrap_or_default()).or_default().push(at);
        }
        Self { label, source, columns, rows, by_code }
    }

    /// The rows whose first column is `code`.
    pub fn rows(&self, code: &str) -> impl Iterator<Item = Row<'_>> {
        self.by_code.get(code).into_iter().flatten().map(|&at| Row { list: self, cells: &self.rows[at] })
    }

    /// All rows, in the file's order.
    pub fn iter(&self) -> impl Iterator<Item = Row<'_>> {
        self.rows.iter().map(|cells| Row { list: self, cells })
    }
}

/// One row of a code list.
#[derive(Debug, Clone, Copy)]
pub struct Row<'a> {
    list: &'a Vocabulary,
    cells: &'a [String],
}

impl<'a> Row<'a> {
    /// The cell of this column; blank where there is none.
    pub fn get(&self, column: &str) -> &'a str {
        let at = self.list.columns.iter().position(|name| name == column);
        at.and_then(|at| self.cells.get(at)).map_or("", String::as_str)
    }
}
