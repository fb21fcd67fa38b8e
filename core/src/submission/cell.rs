//! From a raw cell to a typed value. Everything people commonly write is understood; the rest is refused by name.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::problem::CellProblem;
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

/// The value of `raw` in a field of type `ty`; `None` where it is empty.
pub(super) fn parse(ty: &FieldType, raw: &Raw<'_>) -> Result<Option<Value>, CellProblem> {
    if raw.is_empty() {
        return Ok(None);
    }
    match raw {
        Raw::Error(text) => return Err(CellProblem::FormulaError(text.to_string())),
        Raw::Uncomputed => return Err(CellProblem::Uncomputed),
        Raw::Merged(range) => return Err(CellProblem::Merged(range.clone())),
        _ => {}
    }
    let wrong = || CellProblem::WrongType(ty.label());
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
            let number = number(raw).ok_or_else(wrong)?;
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
        FieldType::Decimal => Value::Decimal(number(raw).ok_or_else(wrong)?),
        FieldType::Date => Value::Date(date(raw).ok_or_else(wrong)?),
        FieldType::Boolean => Value::Boolean(boolean(raw).ok_or_else(wrong)?),
        FieldType::List(item) => match list(item, raw)? {
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
        Raw::Integer(_) | Raw::Decimal(_) | Raw::Boolean(_) | Raw::Date(_) => raw.shown(),
        Raw::Float(_) => number(raw)?.to_string(),
        _ => return None,
    })
}

/// The exact number of a cell: plain, full-width, or with thousands separators in the right places.
fn number(raw: &Raw<'_>) -> Option<Decimal> {
    match raw {
        Raw::Integer(n) => Some((*n).into()),
        Raw::Decimal(d) => Some(*d),
        // The shortest text that reads back as this float is what the person typed.
        Raw::Float(n) => {
            let written = format!("{n}");
            written.parse().ok()
        }
        Raw::Text(text) => parse_number(&fold(text)),
        _ => None,
    }
}

fn parse_number(text: &str) -> Option<Decimal> {
    let (sign, digits) = match text.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", text.strip_prefix('+').unwrap_or(text)),
    };
    let (whole, fraction) = digits.split_once('.').map_or((digits, None), |(w, f)| (w, Some(f)));
    let groups: Vec<&str> = whole.split([',', '，']).collect();
    let grouped = groups.len() == 1
        || (matches!(groups[0].len(), 1..=3) && groups[1..].iter().all(|group| group.len() == 3));
    let all_digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    if !grouped || !groups.iter().all(|group| all_digits(group)) || !fraction.is_none_or(all_digits) {
        return None;
    }
    let fraction = fraction.map(|f| format!(".{f}")).unwrap_or_default();
    Decimal::from_str_exact(&format!("{sign}{}{fraction}", groups.concat())).ok()
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

fn date(raw: &Raw<'_>) -> Option<Date> {
    match raw {
        Raw::Date(date) => Some(*date),
        Raw::Text(text) => parse_date(text),
        Raw::Integer(n) => compact_date(*n),
        #[allow(clippy::cast_possible_truncation)]
        Raw::Float(n) if n.fract() == 0.0 && *n >= 10_000_000.0 => compact_date(*n as i64),
        Raw::Float(n) => serial_date(*n),
        _ => None,
    }
}

/// The day of a text such as `2020-05-12`, `2020/5/12`, `2020.5.12`, `2020年5月12日` or `20200512`; a time of day
/// after it is dropped.
pub fn parse_date(text: &str) -> Option<Date> {
    let folded = fold(text);
    let day = match folded.split_once(['T', ' ']) {
        Some((day, time)) if time.trim().starts_with(|c: char| c.is_ascii_digit()) => day,
        Some(_) => return None,
        None => folded.as_str(),
    };
    if day.len() == 8 && day.bytes().all(|b| b.is_ascii_digit()) {
        return compact_date(day.parse().ok()?);
    }
    let separator = day.chars().find(|c| !c.is_ascii_digit())?;
    let (year, rest) = day.split_once(separator)?;
    let (month, last) = match separator {
        '-' | '/' | '.' => rest.split_once(separator)?,
        '年' => {
            let (month, last) = rest.split_once('月')?;
            (month, last.strip_suffix('日').or_else(|| last.strip_suffix('号')).unwrap_or(last))
        }
        _ => return None,
    };
    if year.len() != 4 || month.len() > 2 || last.len() > 2 {
        return None;
    }
    Date::new(year.parse().ok()?, month.parse().ok()?, last.parse().ok()?).ok()
}

fn compact_date(n: i64) -> Option<Date> {
    if !(10_000_101..=99_991_231).contains(&n) {
        return None;
    }
    Date::new(i16::try_from(n / 10_000).ok()?, i8::try_from(n / 100 % 100).ok()?, i8::try_from(n % 100).ok()?)
        .ok()
}

/// The day of an Excel serial number of the 1900 system, from 1950 to 2099: what an unformatted date cell holds.
fn serial_date(n: f64) -> Option<Date> {
    const FIRST: f64 = 18_264.0; // 1950-01-01
    const LAST: f64 = 73_050.0; // 2099-12-31
    if !(FIRST..=LAST + 0.999_999).contains(&n) {
        return None;
    }
    #[allow(clippy::cast_possible_truncation)]
    let days = n.trunc() as i64;
    Date::constant(1899, 12, 30).checked_add(jiff::Span::new().try_days(days).ok()?).ok()
}

fn list(item: &FieldType, raw: &Raw<'_>) -> Result<Vec<Value>, CellProblem> {
    let parts: Vec<Raw<'_>> = match raw {
        Raw::List(items) => items.clone(),
        Raw::Text(text) => text
            .split([';', '；', '、', ',', '，', '\n'])
            .map(|part| Raw::Text(Cow::Borrowed(part.trim())))
            .collect(),
        single => vec![single.clone()],
    };
    parts.iter().filter(|part| !part.is_empty()).filter_map(|part| parse(item, part).transpose()).collect()
}

fn object(fields: &[Field], entries: &[(String, Raw<'_>)]) -> Result<Value, CellProblem> {
    let mut values = BTreeMap::new();
    for (name, raw) in entries {
        let Some(at) = find_field(fields, name) else {
            return Err(CellProblem::UnknownPart(name.clone()));
        };
        let field = &fields[at];
        let parsed = parse(&field.ty, raw)
            .map_err(|problem| CellProblem::InPart(field.label.zh.clone(), Box::new(problem)))?;
        if let Some(value) = parsed {
            values.insert(field.key.clone(), value);
        }
    }
    Ok(Value::Object(values.into()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Option<String> {
        parse_date(text).map(|date| date.to_string())
    }

    #[test]
    fn dates_as_people_write_them() {
        for text in [
            "2020-05-12",
            "2020/5/12",
            "2020.5.12",
            "2020年5月12日",
            "20200512",
            "２０２０年５月１２日",
            "2020-05-12T09:30:00",
            "2020/05/12 9:30",
        ] {
            assert_eq!(day(text).as_deref(), Some("2020-05-12"), "{text}");
        }
        for text in ["2020-13-01", "2020-02-30", "20-05-12", "五月", "2020-5", "2020-05-12 上午", ""] {
            assert_eq!(day(text), None, "{text}");
        }
    }

    #[test]
    fn serial_numbers_are_days() {
        assert_eq!(serial_date(43_963.0).map(|d| d.to_string()).as_deref(), Some("2020-05-12"));
        assert_eq!(serial_date(12.0), None);
    }

    #[test]
    fn numbers_as_people_write_them() {
        let cases = [
            ("1,234.50", Some("1234.50")),
            ("１２３", Some("123")),
            ("1，234", Some("1234")),
            ("-0.5", Some("-0.5")),
            ("12,34", None),
            ("1e5", None),
            ("约100", None),
            ("", None),
            (".", None),
        ];
        for (text, expected) in cases {
            assert_eq!(parse_number(&fold(text)).map(|n| n.to_string()).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn floats_are_what_was_typed() {
        assert_eq!(number(&Raw::Float(151.21)).map(|n| n.to_string()).as_deref(), Some("151.21"));
        assert_eq!(number(&Raw::Float(f64::NAN)), None);
    }
}
