//! TOML: whole documents, and the `header.toml` of a folder.

use hegui_core::schema::Schema;
use hegui_core::submission::{Intake, Raw, ReadProblem};
use hegui_core::text::Text;
use hegui_core::toml_source::{self, TomlProblemKind};
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
            let (why, at) = explain(&text, &error);
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

/// What is wrong, and at which byte. Of the text itself only keys are repeated: beside them may stand a telephone
/// number.
fn explain(text: &str, error: &toml::de::Error) -> (Text, Option<usize>) {
    let problem = toml_source::parse::<toml::Table>(text).err();
    let span = problem.as_ref().and_then(|problem| problem.span.clone()).or_else(|| error.span());
    let at = span.as_ref().map(|span| span.start);
    let (zh_at, en_at) = match at.map(|at| line_at(text, at)) {
        Some(number) => (format!("第 {number} 行，"), format!("line {number}: ")),
        None => (String::new(), String::new()),
    };
    let why = match problem.map(|problem| (problem.message(), problem.kind)) {
        Some((message, TomlProblemKind::BareKey(_))) => {
            let key = span.and_then(|span| text.get(span)).unwrap_or_default().trim();
            Text::new(format!("{}，写成 \"{key}\"", message.zh), format!("{}; write \"{key}\"", message.en))
        }
        Some((message, _)) => message,
        None => Text::new("写法有误", error.message()),
    };
    (Text::new(format!("{zh_at}{}", why.zh), format!("{en_at}{}", why.en)), at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_keys_get_quotes() {
        for (written, key) in [
            ("报告年度 = 2025", Some("报告年度")),
            ("报告年度＝2025", Some("报告年度")),
            ("a = 1\n[保密审查]", Some("保密审查")),
            ("[[tables.专利台账]]", Some("专利台账")),
            ("联系人 = { 电话 = \"13900000000\" }", Some("联系人")),
            ("contact = { 电话 = \"13900000000\" }", Some("电话")),
            ("\"报告年度\" = 二〇二五", None),
        ] {
            let error = DeTable::parse(written).unwrap_err();
            let (why, _) = explain(written, &error);
            let quoted = key.map(|key| format!("写成 \"{key}\""));
            assert_eq!(why.zh.split_once('，').map(|(_, rest)| rest.contains("写成")), Some(key.is_some()));
            assert!(why.zh.contains(quoted.as_deref().unwrap_or("")), "{written}: {why:?}");
            assert!(!format!("{why:?}").contains("139"), "{why:?}");
        }
    }
}
