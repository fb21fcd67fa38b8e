//! One submission in memory, before it takes a form.

use std::collections::BTreeMap;

use toml::{Table, Value};

/// One submission: its header, and its tables by key. Fields are named by their keys in the manifests; an empty
/// table is filed with its headings only.
#[derive(Debug, Clone, Default)]
pub(crate) struct Document {
    pub(crate) header: Table,
    pub(crate) tables: BTreeMap<String, Vec<Table>>,
}

impl Document {
    /// Adds a record to a table, which need not be there yet.
    pub(crate) fn push(&mut self, table: &str, record: Table) {
        self.tables.entry(table.to_string()).or_default().push(record);
    }
}

/// A number in the form people write: whole where it is whole.
pub(crate) fn number(value: f64) -> Value {
    // Figures of a submission are far below 2^53.
    if value.fract() == 0.0 {
        #[expect(clippy::cast_possible_truncation, reason = "whole and small")]
        return Value::Integer(value as i64);
    }
    Value::Float(value)
}

/// Rounds half away from zero, as the rules do.
pub(crate) fn rounded(value: f64, decimals: u32) -> f64 {
    let scale = 10_f64.powi(i32::try_from(decimals).unwrap_or_default());
    (value * scale).round() / scale
}
