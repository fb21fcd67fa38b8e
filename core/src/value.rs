//! Values as rules see them: text, integer, exact decimal, date, boolean, list, object. No floats.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

pub use jiff::civil::Date;
pub use rust_decimal::Decimal;

/// Shared text; the script engine's own string, so that a cell reaches a rule without being copied.
pub type Str = rhai::ImmutableString;

/// One value of a cell, parameter or header field that is not empty.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Text, trimmed at both ends.
    Text(Str),
    /// A whole number.
    Integer(i64),
    /// An exact decimal.
    Decimal(Decimal),
    /// A calendar day.
    Date(Date),
    /// Yes or no.
    Boolean(bool),
    /// Several values.
    List(Arc<[Value]>),
    /// Named values, by field key.
    Object(Arc<BTreeMap<String, Value>>),
}

impl Value {
    /// Text from anything that is text.
    pub fn text(text: impl Into<Str>) -> Self {
        Self::Text(text.into())
    }

    /// The number in this value, if it is one.
    pub fn as_decimal(&self) -> Option<Decimal> {
        match self {
            Self::Integer(n) => Some(Decimal::from(*n)),
            Self::Decimal(d) => Some(*d),
            _ => None,
        }
    }
}

impl fmt::Display for Value {
    /// The value as a clerk would write it: dates as 2020-05-12, booleans as 是 and 否, lists joined by 、.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => f.write_str(text),
            Self::Integer(n) => write!(f, "{n}"),
            Self::Decimal(d) => write!(f, "{d}"),
            Self::Date(date) => write!(f, "{date}"),
            Self::Boolean(true) => f.write_str("是"),
            Self::Boolean(false) => f.write_str("否"),
            Self::List(items) => join(f, items.iter().map(|item| (None, item))),
            Self::Object(fields) => join(f, fields.iter().map(|(key, value)| (Some(key), value))),
        }
    }
}

fn join<'a>(
    f: &mut fmt::Formatter<'_>,
    items: impl Iterator<Item = (Option<&'a String>, &'a Value)>,
) -> fmt::Result {
    for (n, (key, value)) in items.enumerate() {
        if n > 0 {
            f.write_str("、")?;
        }
        if let Some(key) = key {
            write!(f, "{key}=")?;
        }
        write!(f, "{value}")?;
    }
    Ok(())
}
