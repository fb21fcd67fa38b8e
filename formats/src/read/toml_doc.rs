//! TOML: whole documents, and the `header.toml` of a folder.

use std::ops::Range;

use hegui_core::schema::Schema;
use hegui_core::submission::{Intake, Raw, ReadProblem};
use hegui_core::text::Text;
use hegui_core::value::Date;
use hegui_core::verdict::Location;
use toml::de::{DeTable, DeValue};

use super::document::{self, Entries, number};
use super::{broken, line_at, text};
use crate::package::PackageFile;

/// Reads a TOML document.
pub(super) fn read(file: &PackageFile, schema: &Schema, intake: &mut Intake<'_>) {
    match entries(file) {
        Ok(entries) => document::read(&file.path, Raw::Object(entries), schema, intake),
        Err(problem) => intake.problem(*problem),
    }
}

/// Reads the header of a folder.
pub(super) fn read_header(file: &PackageFile, intake: &mut Intake<'_>) {
    match entries(file) {
        Ok(entries) => document::header(&file.path, "header", &entries, intake),
        Err(problem) => intake.problem(*problem),
    }
}

fn entries(file: &PackageFile) -> Result<Entries, Box<ReadProblem>> {
    let text = text(file, "TOML")?;
    match DeTable::parse(&text) {
        Ok(table) => Ok(object(table.get_ref())),
        Err(error) => {
            let (why, at) = explain(&text, error.message(), error.span());
            let location = Location { line: at.map(|at| line_at(&text, at)), ..Location::file(&file.path) };
            Err(Box::new(broken("TOML", why, location)))
        }
    }
}

/// A table's entries in the order of the file.
fn object(table: &DeTable<'_>) -> Entries {
    let mut entries: Vec<_> = table.iter().collect();
    entries.sort_by_key(|(key, _)| key.span().start);
    entries.into_iter().map(|(key, value)| (key.get_ref().to_string(), raw(value.get_ref()))).collect()
}

fn raw(value: &DeValue<'_>) -> Raw<'static> {
    match value {
        DeValue::String(text) => Raw::Text(text.to_string().into()),
        DeValue::Integer(integer) => match i64::from_str_radix(integer.as_str(), integer.radix()) {
            Ok(integer) => Raw::Integer(integer),
            Err(_) => number(integer.as_str()),
        },
        DeValue::Float(float) => number(float.as_str()),
        DeValue::Boolean(boolean) => Raw::Boolean(*boolean),
        DeValue::Datetime(moment) => {
            let day = moment.date.and_then(|day| {
                Date::new(
                    i16::try_from(day.year).ok()?,
                    i8::try_from(day.month).ok()?,
                    i8::try_from(day.day).ok()?,
                )
                .ok()
            });
            day.map_or_else(|| Raw::Text(moment.to_string().into()), Raw::Date)
        }
        DeValue::Array(items) => Raw::List(items.iter().map(|item| raw(item.get_ref())).collect()),
        DeValue::Table(table) => Raw::Object(object(table)),
    }
}

/// What is wrong, and at which byte.
fn explain(text: &str, message: &str, span: Option<Range<usize>>) -> (Text, Option<usize>) {
    let at = span.map(|span| span.start);
    let line = at.map(|at| (line_at(text, at), line_around(text, at)));
    let (zh_at, en_at) = match line {
        Some((number, _)) => (format!("第 {number} 行，"), format!("line {number}: ")),
        None => (String::new(), String::new()),
    };
    if let Some(corrected) = line.and_then(|(_, line)| quote_bare_key(line)) {
        let why = Text::new(
            format!("{zh_at}中文键名要加英文双引号，改为：{corrected}"),
            format!("{en_at}a Chinese key must stand in quotes; write: {corrected}"),
        );
        return (why, at);
    }
    let zh = match message {
        m if m.contains("duplicate key") => "同一个键写了两次",
        m if m.contains("string") && m.contains("quote") || m.contains("invalid basic string") => {
            "引号没有成对"
        }
        m if m.contains("unquoted") => "文字要加英文双引号",
        _ => "写法有误",
    };
    (Text::new(format!("{zh_at}{zh}（{message}）"), format!("{en_at}{message}")), at)
}

fn line_around(text: &str, at: usize) -> &str {
    let mut begin = 0;
    for line in text.split_inclusive('\n') {
        if at < begin + line.len() {
            return line.trim();
        }
        begin += line.len();
    }
    text.lines().next_back().unwrap_or_default().trim()
}

/// The line with its Chinese key in quotes: `名称 = "x"`, `[[目标]]`; none where that is not what is wrong.
fn quote_bare_key(line: &str) -> Option<String> {
    let open = line.len() - line.trim_start_matches('[').len();
    let (brackets, rest) = line.split_at_checked(open)?;
    let end = rest.find(['=', '＝', ']', '"', '\'', '#'])?;
    let (name, after) = rest.split_at_checked(end)?;
    if name.is_ascii() || after.starts_with(['"', '\'', '#']) {
        return None;
    }
    let quoted: Vec<String> = name
        .trim()
        .split('.')
        .map(str::trim)
        .map(|part| if part.is_ascii() { part.to_string() } else { format!("\"{part}\"") })
        .collect();
    let gap = if name.ends_with(' ') { " " } else { "" };
    Some(format!("{brackets}{}{gap}{}", quoted.join("."), after.replacen('＝', "=", 1)))
}

#[cfg(test)]
mod tests {
    use super::quote_bare_key;

    #[test]
    fn chinese_keys_get_quotes() {
        for (written, corrected) in [
            ("报告年度 = 2025", Some("\"报告年度\" = 2025")),
            ("报告年度＝2025", Some("\"报告年度\"=2025")),
            ("[保密审查]", Some("[\"保密审查\"]")),
            ("[[tables.专利台账]]", Some("[[tables.\"专利台账\"]]")),
            ("name = 名称", None),
            ("\"报告年度\" = 二〇二五", None),
        ] {
            assert_eq!(quote_bare_key(written).as_deref(), corrected, "{written}");
        }
    }
}
