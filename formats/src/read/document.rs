//! What JSON and TOML documents share: `header = {…}` and `tables.<table> = [{…}, …]`.
//!
//! Both become raw values that keep every key, those that stand twice too.

use std::collections::BTreeSet;

use hegui_core::schema::Schema;
use hegui_core::submission::{Intake, Layout, Raw, ReadProblem, ReadProblemKind};
use hegui_core::text::{Text, did_you_mean};
use hegui_core::verdict::Location;

/// Named raw values in the order of the file.
pub(super) type Entries = Vec<(String, Raw<'static>)>;

/// Takes in a whole document.
pub(super) fn read(file: &str, document: Raw<'_>, schema: &Schema, intake: &mut Intake<'_>) {
    let Raw::Object(entries) = document else {
        let expected = Text::new("一个含有 header 和 tables 的对象", "an object with `header` and `tables`");
        return wrong_shape(intake, expected, Location::file(file));
    };
    let mut known = BTreeSet::new();
    for (name, raw) in entries {
        let place = Location { path: Some(name.clone()), ..Location::file(file) };
        let part = match name.as_str() {
            "header" | "报送信息" => "header",
            "tables" => "tables",
            _ => {
                unknown(intake, &name, schema, place);
                continue;
            }
        };
        if !known.insert(part) {
            let label =
                if part == "header" { Text::new("报送信息", "header") } else { Text::same("tables") };
            intake.problem(ReadProblem::new(ReadProblemKind::DuplicateTable { label }, place.clone()));
        }
        match (part, raw) {
            (_, Raw::Empty) => {}
            ("header", Raw::Object(entries)) => header(file, &name, &entries, intake),
            ("tables", Raw::Object(tables)) => {
                for (table, raw) in tables {
                    self::table(file, &table, raw, intake);
                }
            }
            ("header", _) => {
                let expected = Text::new("报送信息各项（键 = 值）", "the header's fields by name");
                wrong_shape(intake, expected, place);
            }
            _ => {
                let expected = Text::new("各表（表名 = 记录列表）", "tables by name, each a list of records");
                wrong_shape(intake, expected, place);
            }
        }
    }
}

/// Takes in the header's fields; `path` is where they stand.
pub(super) fn header(file: &str, path: &str, entries: &[(String, Raw<'_>)], intake: &mut Intake<'_>) {
    for (name, raw) in entries {
        let place = Location { path: Some(format!("{path}.{name}")), ..Location::file(file) };
        for twice in repeated(raw) {
            let place = Location { path: Some(format!("{path}.{name}{twice}")), ..place.clone() };
            let kind = ReadProblemKind::DuplicateHeaderField { label: Text::same(last_key(&twice)) };
            intake.problem(ReadProblem::new(kind, place));
        }
        intake.header_entry(name, raw, place);
    }
}

fn table(file: &str, name: &str, raw: Raw<'_>, intake: &mut Intake<'_>) {
    let path = format!("tables.{name}");
    let place = Location { path: Some(path.clone()), ..Location::file(file) };
    let records = match raw {
        Raw::Empty => return,
        Raw::List(records) => records,
        _ => {
            // Opened and not closed: handed in, and not read.
            let layout = Layout::Document { file: file.to_string(), path };
            let expected = Text::new("记录的列表 [ … ]", "a list of records [ … ]");
            if intake.open_table(name, layout, place.clone()).is_some() {
                wrong_shape(intake, expected, place);
            }
            return;
        }
    };
    let layout = Layout::Document { file: file.to_string(), path: path.clone() };
    let Some(mut table) = intake.open_table(name, layout, place) else { return };
    for (at, raw) in records.into_iter().enumerate() {
        let number = u32::try_from(at).unwrap_or(u32::MAX);
        let Raw::Object(entries) = raw else {
            let place = Location { path: Some(format!("{path}[{at}]")), ..Location::file(file) };
            let expected = Text::new("一条记录（键 = 值）", "a record: values by name");
            wrong_shape(intake, expected, place);
            continue;
        };
        for (name, raw) in &entries {
            for twice in repeated(raw) {
                let first = format!("{path}[{at}].{name}{twice}");
                let place = Location { path: Some(first.clone()), ..Location::file(file) };
                let kind = ReadProblemKind::DuplicateColumn { label: Text::same(last_key(&twice)), first };
                intake.problem(ReadProblem::new(kind, place));
            }
        }
        table.record(number, &entries);
    }
    intake.close_table(table);
}

/// The keys that stand more than once in one object, at any depth; each as its path below `raw`.
fn repeated(raw: &Raw<'_>) -> Vec<String> {
    let mut paths = Vec::new();
    match raw {
        Raw::Object(entries) => {
            let mut seen = BTreeSet::new();
            for (key, value) in entries {
                if !seen.insert(key) {
                    paths.push(format!(".{key}"));
                }
                paths.extend(repeated(value).into_iter().map(|path| format!(".{key}{path}")));
            }
        }
        Raw::List(items) => {
            for (at, item) in items.iter().enumerate() {
                paths.extend(repeated(item).into_iter().map(|path| format!("[{at}]{path}")));
            }
        }
        _ => {}
    }
    paths
}

/// The key at the end of a path.
fn last_key(path: &str) -> &str {
    path.rsplit_once('.').map_or(path, |(_, key)| key)
}

/// A key beside `header` and `tables`: a table or a header field in the wrong place, or nothing known.
fn unknown(intake: &mut Intake<'_>, name: &str, schema: &Schema, place: Location) {
    let found = name.to_string();
    let kind = if schema.header_field(name).is_some() {
        ReadProblemKind::UnknownTable { name: found, suggestion: Some(format!("header.{name}")) }
    } else if schema.table(name).is_some() {
        ReadProblemKind::UnknownTable { name: found, suggestion: Some(format!("tables.{name}")) }
    } else {
        let suggestion = did_you_mean(name, ["header", "tables", "报送信息"]).map(str::to_string);
        ReadProblemKind::UnknownTable { name: found, suggestion }
    };
    intake.problem(ReadProblem::new(kind, place));
}

fn wrong_shape(intake: &mut Intake<'_>, expected: Text, place: Location) {
    intake.problem(ReadProblem::new(ReadProblemKind::WrongShape { expected }, place));
}

/// An exact number as written, with an exponent or without. What cannot be held exactly stays text, so that it
/// becomes a finding where it stands.
pub(super) fn number(written: &str) -> Raw<'static> {
    let exact = || {
        let digits = written.replace('_', "");
        let (mantissa, exponent) = match digits.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => (mantissa, exponent.parse::<i32>().ok()?),
            None => (digits.as_str(), 0),
        };
        let plain = shift(mantissa.strip_prefix('+').unwrap_or(mantissa), exponent)?;
        if let Ok(whole) = plain.parse::<i64>() {
            return Some(Raw::Integer(whole));
        }
        hegui_core::value::Decimal::from_str_exact(&plain).ok().map(Raw::Decimal)
    };
    exact().unwrap_or_else(|| Raw::Text(written.to_string().into()))
}

/// Moves the point of a decimal number written plainly.
fn shift(number: &str, exponent: i32) -> Option<String> {
    if exponent == 0 {
        return Some(number.to_string());
    }
    // Beyond this nothing fits an exact decimal, and nobody should have to write out the zeros.
    if exponent.abs() > 60 {
        return None;
    }
    let (sign, digits) = number.strip_prefix('-').map_or(("", number), |digits| ("-", digits));
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let point = i32::try_from(whole.len()).ok()? + exponent;
    let mut all = format!("{whole}{fraction}");
    let point = match usize::try_from(point) {
        Ok(point) => point,
        Err(_) => {
            all.insert_str(0, &"0".repeat(point.unsigned_abs() as usize));
            0
        }
    };
    while all.len() < point {
        all.push('0');
    }
    let (whole, fraction) = all.split_at_checked(point)?;
    let fraction = fraction.trim_end_matches('0');
    let whole = if whole.is_empty() { "0" } else { whole };
    Some(if fraction.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{fraction}") })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_stay_exact() {
        for (written, plain) in [
            ("12", "12"),
            ("-0", "0"),
            ("1e3", "1000"),
            ("1.5E+3", "1500"),
            ("15e-1", "1.5"),
            ("1e-5", "0.00001"),
            ("-2.50e1", "-25"),
            ("1_000", "1000"),
            ("0.1", "0.1"),
            ("1.0", "1.0"),
            ("9223372036854775808", "9223372036854775808"),
        ] {
            let raw = number(written);
            assert!(!matches!(raw, Raw::Text(_)), "{written}");
            assert_eq!(raw.shown(), plain, "{written}");
        }
        for written in ["1e999999999", "1e61", "inf", "nan", "0.12345678901234567890123456789012"] {
            assert_eq!(number(written), Raw::Text(written.to_string().into()), "{written}");
        }
    }
}
