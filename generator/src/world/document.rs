//! One submission in memory, before it takes a form.

use std::collections::BTreeMap;

use toml::value::{Date, Datetime};
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

    /// The records of a table; none if it is not filed.
    pub(crate) fn records(&self, table: &str) -> &[Table] {
        self.tables.get(table).map_or(&[], Vec::as_slice)
    }
}

/// A record of these fields.
pub(crate) fn record<const N: usize>(fields: [(&str, Value); N]) -> Table {
    fields.into_iter().map(|(key, value)| (key.to_string(), value)).collect()
}

/// A calendar day. Years, months and days of the world are small and right by construction.
pub(crate) fn day(year: i64, month: i64, day: i64) -> Value {
    Value::Datetime(Datetime { date: Some(date(year, month, day)), time: None, offset: None })
}

/// The same without its wrapping.
pub(crate) fn date(year: i64, month: i64, day: i64) -> Date {
    Date {
        year: u16::try_from(year).unwrap_or_default(),
        month: u8::try_from(month).unwrap_or_default(),
        day: u8::try_from(day).unwrap_or_default(),
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
