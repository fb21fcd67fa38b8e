//! From a raw cell to a typed value. Everything people commonly write is understood; the rest is refused by name.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::cell_problem::{CellProblem, Wanted};
use super::date::{date, iso_date};
use super::number::{number, plain};
use crate::schema::{Field, FieldType, find_field};
use crate::text::fold;
use crate::value::{Date, Decimal, Value};

/// A cell as a file holds it, before its field's type is known.
#[derive(Debug, Clone, PartialEq)]
pub enum Raw<'a> {
    /// Nothing, or only spaces.
    Empty,
    /// Text.
    Text(Cow<'a, str>),
    /// A whole number.
    Integer(i64),
    /// An exact decimal.
    Decimal(Decimal),
    /// A number of a workbook, which knows binary floating point only. In a date field it is a serial date.
    Float(f64),
    /// A number of a workbook that the cell shows as a per cent; the figure before the sign: 10 for `10%`.
    Percent(Decimal),
    /// Yes or no.
    Boolean(bool),
    /// A calendar day.
    Date(Date),
    /// A formula's error such as `#DIV/0!`.
    Error(Cow<'a, str>),
    /// A formula whose value was never computed.
    Uncomputed,
    /// A cell covered by a merge; holds the merged range, such as `B3:B5`.
    Merged(String),
    /// Several values of a JSON or TOML document.
    List(Vec<Raw<'a>>),
    /// Named values of a JSON or TOML document.
    Object(Vec<(String, Raw<'a>)>),
}

impl Raw<'_> {
    /// The same, held by itself.
    #[must_use]
    pub fn into_owned(self) -> Raw<'static> {
        match self {
            Self::Empty => Raw::Empty,
            Self::Text(text) => Raw::Text(text.into_owned().into()),
            Self::Integer(n) => Raw::Integer(n),
            Self::Decimal(d) => Raw::Decimal(d),
            Self::Float(n) => Raw::Float(n),
            Self::Percent(points) => Raw::Percent(points),
            Self::Boolean(b) => Raw::Boolean(b),
            Self::Date(date) => Raw::Date(date),
            Self::Error(text) => Raw::Error(text.into_owned().into()),
            Self::Uncomputed => Raw::Uncomputed,
            Self::Merged(range) => Raw::Merged(range),
            Self::List(items) => Raw::List(items.into_iter().map(Raw::into_owned).collect()),
            Self::Object(entries) => {
                Raw::Object(entries.into_iter().map(|(key, raw)| (key, raw.into_owned())).collect())
            }
        }
    }

    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Empty => true,
            Self::Text(text) => text.trim().is_empty(),
            _ => false,
        }
    }

    /// What stands in the file, for messages.
    pub fn shown(&self) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Text(text) | Self::Error(text) => text.trim().to_string(),
            Self::Integer(n) => n.to_string(),
            Self::Decimal(d) => d.to_string(),
            Self::Float(n) => n.to_string(),
            Self::Percent(points) => format!("{points}%"),
            Self::Boolean(b) => if *b { "是" } else { "否" }.to_string(),
            Self::Date(date) => date.to_string(),
            Self::Uncomputed => "（公式）".to_string(),
            Self::Merged(range) => range.clone(),
            Self::List(items) => items.iter().map(Self::shown).collect::<Vec<_>>().join("、"),
            Self::Object(fields) => fields
                .iter()
                .map(|(key, value)| format!("{key}={}", value.shown()))
                .collect::<Vec<_>>()
                .join("、"),
        }
    }
}

/// What most cells are, told at a glance.
pub(super) enum Simple<'r> {
    /// A text as it may stand in the column already, neither judged nor blank.
    Text(&'r str),
    /// A value beyond doubt.
    Value(Value),
}

/// What a cell is in a field, where it is written in the plainest way; [`parse`] knows all others.
pub(super) fn simple<'r>(field: &Field, raw: &'r Raw<'_>) -> Option<Simple<'r>> {
    let Raw::Text(text) = raw else { return None };
    match &field.ty {
        FieldType::Text | FieldType::Term(_) => {
            let text = text.trim();
            (!text.is_empty()).then_some(Simple::Text(text))
        }
        FieldType::Date => iso_date(text).map(|date| Simple::Value(Value::Date(date))),
        FieldType::Integer(allowed) if allowed.is_empty() => {
            digits(text).map(|n| Simple::Value(Value::Integer(n)))
        }
        FieldType::Decimal => digits(text).map(|n| Simple::Value(Value::Decimal(n.into()))),
        _ => None,
    }
}

/// A whole number of a few digits and nothing else.
fn digits(text: &str) -> Option<i64> {
    let few = (1..=15).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    few.then(|| text.bytes().fold(0, |n, digit| n * 10 + i64::from(digit - b'0')))
}

/// The value of `raw` in a field; `None` where it is empty.
pub(super) fn parse(field: &Field, raw: &Raw<'_>) -> Result<Option<Value>, CellProblem> {
    value(&field.ty, field.unit.as_deref(), raw).map_err(|problem| {
        let problem = match raw {
            Raw::Text(text) if !field.required && says_nothing(text) => {
                CellProblem::Placeholder { found: text.trim().to_string(), problem: Box::new(problem) }
            }
            _ => problem,
        };
        if field.private { problem.without_text(&field.ty) } else { problem }
    })
}

/// Whether a text is what people write where they have nothing to say: `-`, `/`, `无`, `N/A`.
fn says_nothing(text: &str) -> bool {
    const WORDS: [&str; 9] = ["无", "暂无", "没有", "不详", "未知", "不适用", "n/a", "na", "none"];
    let text = fold(text).to_lowercase();
    WORDS.contains(&text.as_str())
        || text.chars().all(|c| matches!(c, '-' | '—' | '–' | '−' | '/' | '\\' | '_'))
}

/// The value of `raw` as of a type, in a unit.
fn value(ty: &FieldType, unit: Option<&str>, raw: &Raw<'_>) -> Result<Option<Value>, CellProblem> {
    if raw.is_empty() {
        return Ok(None);
    }
    match raw {
        Raw::Error(text) => return Err(CellProblem::FormulaError(text.to_string())),
        Raw::Uncomputed => return Err(CellProblem::Uncomputed),
        Raw::Merged(range) => return Err(CellProblem::Merged(range.clone())),
        _ => {}
    }
    let wrong = || CellProblem::WrongType(Wanted::of(ty));
    Ok(Some(match ty {
        FieldType::Text => Value::text(text(raw).ok_or_else(wrong)?),
        FieldType::Term(terms) => {
            let word = text(raw).ok_or_else(wrong)?;
            let folded = fold(&word);
            let term = terms.iter().find(|term| {
                fold(&term.value) == folded
                    || term.label.as_deref().is_some_and(|label| fold(label) == folded)
            });
            match term {
                Some(term) => Value::text(term.value.as_str()),
                None => {
                    return Err(CellProblem::NotInList(
                        terms
                            .iter()
                            .map(|term| term.label.clone().unwrap_or_else(|| term.value.clone()))
                            .collect(),
                    ));
                }
            }
        }
        FieldType::Integer(allowed) => {
            let number = number(raw, Wanted::of(ty), unit)?;
            let whole = number.trunc();
            if whole != number {
                return Err(wrong());
            }
            let n = i64::try_from(whole).map_err(|_| CellProblem::OutOfRange)?;
            if !allowed.is_empty() && !allowed.contains(&n) {
                return Err(CellProblem::NotInList(allowed.iter().map(ToString::to_string).collect()));
            }
            Value::Integer(n)
        }
        FieldType::Decimal => Value::Decimal(number(raw, Wanted::of(ty), unit)?),
        FieldType::Date => Value::Date(date(raw).ok_or_else(wrong)?),
        FieldType::Boolean => Value::Boolean(boolean(raw).ok_or_else(wrong)?),
        FieldType::List(item) => match list(item, unit, raw)? {
            // Separators alone are no content.
            items if items.is_empty() => return Ok(None),
            items => Value::List(items.into()),
        },
        FieldType::Object(fields) => match raw {
            Raw::Object(entries) => object(fields, entries)?,
            _ => return Err(CellProblem::NotAnObject(fields.iter().map(|f| f.label.zh.clone()).collect())),
        },
    }))
}

/// The text of a cell; numbers that stand for codes are written out without a fraction.
fn text(raw: &Raw<'_>) -> Option<String> {
    Some(match raw {
        Raw::Text(text) => text.trim().to_string(),
        Raw::Integer(_) | Raw::Decimal(_) | Raw::Boolean(_) | Raw::Date(_) | Raw::Percent(_) => raw.shown(),
        Raw::Float(_) => plain(raw)?.to_string(),
        _ => return None,
    })
}

fn boolean(raw: &Raw<'_>) -> Option<bool> {
    match raw {
        Raw::Boolean(b) => Some(*b),
        Raw::Text(text) => match fold(text).to_lowercase().as_str() {
            "是" | "true" | "yes" | "y" | "1" | "√" => Some(true),
            "否" | "false" | "no" | "n" | "0" | "×" => Some(false),
            _ => None,
        },
        Raw::Integer(1) => Some(true),
        Raw::Integer(0) => Some(false),
        Raw::Float(n) if *n == 1.0 => Some(true),
        Raw::Float(n) if *n == 0.0 => Some(false),
        _ => None,
    }
}

fn list(item: &FieldType, unit: Option<&str>, raw: &Raw<'_>) -> Result<Vec<Value>, CellProblem> {
    let parts: Vec<Raw<'_>> = match raw {
        Raw::List(items) => items.clone(),
        Raw::Text(text) => text
            .split([';', '；', '、', ',', '，', '\n'])
            .map(|part| Raw::Text(Cow::Borrowed(part.trim())))
            .collect(),
        single => vec![single.clone()],
    };
    parts
        .iter()
        .filter(|part| !part.is_empty())
        .filter_map(|part| value(item, unit, part).transpose())
        .collect()
}

fn object(fields: &[Field], entries: &[(String, Raw<'_>)]) -> Result<Value, CellProblem> {
    let mut values = BTreeMap::new();
    let mut names: BTreeMap<usize, &str> = BTreeMap::new();
    for (name, raw) in entries {
        let Some(at) = find_field(fields, name) else {
            return Err(CellProblem::UnknownPart(name.clone()));
        };
        // The same name twice has been reported by the reader, which knows where.
        if let Some(first) = names.insert(at, name).filter(|first| first != name) {
            return Err(CellProblem::PartTwice { first: first.to_string(), second: name.clone() });
        }
        let field = &fields[at];
        let parsed = parse(field, raw)
            .map_err(|problem| CellProblem::InPart(field.label.zh.clone(), Box::new(problem)))?;
        if let Some(value) = parsed {
            values.insert(field.key.clone(), value);
        }
    }
    Ok(Value::Object(values.into()))
}
