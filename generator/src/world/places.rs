//! Clean submissions of province, cities, counties and park.
//!
//! What a place is and its figures stand in `world/cities.toml` and `world/places.toml`; what follows from them is
//! computed here. The years 2020 and 2021 read like the packages written by hand, so that a year's previous values
//! are what was filed the year before.

mod base;
mod city;
mod county;
mod park;
mod patents;
mod province;

use toml::value::{Datetime, Time};
use toml::{Table, Value};

use super::document::{Document, date, day, number, record, rounded};
use super::manifest::Manifest;
use base::Base;

/// The first of the world's years.
const FIRST: i64 = 2019;

/// The last of the world's years.
const LAST: i64 = 2023;

/// The clean submission of a place.
pub(crate) fn document(year: i64, slug: &str, manifest: &Manifest) -> Result<Document, String> {
    if !(FIRST..=LAST).contains(&year) {
        return Err(format!("the world has no year {year}"));
    }
    let base = Base::read()?;
    if slug == "province" {
        province::document(year, &base, manifest)
    } else if let Some(slug) = slug.strip_prefix("city-") {
        city::document(year, base.city(slug)?, manifest)
    } else if let Some(slug) = slug.strip_prefix("county-") {
        county::document(year, base.county(slug)?, manifest)
    } else if slug == "park-a" {
        park::document(year, manifest)
    } else {
        Err(format!("there is no place {slug}"))
    }
}

/// Who submits.
struct Submitter<'a> {
    kind: &'a str,
    code: &'a str,
    name: &'a str,
    region: &'a str,
}

/// The header of a year, complete and in time.
fn header(year: i64, submitter: &Submitter<'_>) -> Table {
    // The last six characters: all of a division's code, the end of a credit code.
    let shown = submitter.code.get(submitter.code.len().saturating_sub(6)..).unwrap_or(submitter.code);
    let name = format!("{}（合成数据）", submitter.name);
    let month = if submitter.kind == "province" { 3 } else { 2 };
    record([
        ("schema_version", "1".into()),
        ("submission_id", format!("SYN-{year}-{shown}").into()),
        ("submitter_kind", submitter.kind.into()),
        ("submitter_code", submitter.code.into()),
        ("submitter_name", name.into()),
        ("region_code", submitter.region.into()),
        ("report_year", year.into()),
        ("period_start", day(year, 1, 1)),
        ("period_end", day(year, 12, 31)),
        ("as_of_date", day(year, 12, 31)),
        ("submitted_at", morning(year + 1, month, 20)),
        ("revision", 1.into()),
        ("prepared_by", "示例甲".into()),
        ("reviewed_by", "示例乙".into()),
        ("approved_by", "示例丙".into()),
        ("statement_truthful", true.into()),
        ("classification_declared", "非密".into()),
        ("secrecy_review", Value::Table(review(year))),
        ("mci_participant", (submitter.kind == "province").into()),
    ])
}

fn review(year: i64) -> Table {
    record([
        ("done", true.into()),
        ("reviewer", "示例丁".into()),
        ("date", day(year + 1, 2, 18)),
        ("conclusion", "不涉密".into()),
    ])
}

/// Ten o'clock of a day.
fn morning(year: i64, month: i64, day: i64) -> Value {
    let time = Time { hour: 10, minute: 0, second: Some(0), nanosecond: None };
    Value::Datetime(Datetime { date: Some(date(year, month, day)), time: Some(time), offset: None })
}

/// The rows of an indicator table: this year's figures, and from 2021 on last year's with their growth.
///
/// Of a base below ten only a growth of up to half is given: beyond, it would say more than the figures (CORE-027).
fn indicators(
    now: &[(&str, f64)],
    before: Option<&[(&str, f64)]>,
    manifest: &Manifest,
) -> Result<Vec<Table>, String> {
    let mut rows = Vec::new();
    for (code, value) in now {
        let mut row = manifest.indicator_row(code, number(*value))?;
        let before = before.and_then(|rows| rows.iter().find(|(other, _)| other == code));
        if let Some((_, before)) = before {
            row.insert("prev_value".to_string(), number(*before));
            if *before > 0.0 {
                let growth = rounded((value / before - 1.0) * 100.0, 1);
                if *before >= 10.0 || growth.abs() <= 50.0 {
                    row.insert("yoy_pct".to_string(), number(growth));
                }
            }
        }
        rows.push(row);
    }
    Ok(rows)
}

/// Adds up a field of a table.
#[expect(clippy::cast_precision_loss, reason = "figures of a submission are small")]
fn sum(records: &[Table], field: &str) -> f64 {
    let value = |record: &Table| match record.get(field) {
        Some(Value::Integer(number)) => *number as f64,
        Some(Value::Float(number)) => *number,
        _ => 0.0,
    };
    records.iter().map(value).sum()
}

/// How many records have this value in a field.
fn count(records: &[Table], field: &str, wanted: &str) -> f64 {
    let matching = records.iter().filter(|record| record.get(field).and_then(Value::as_str) == Some(wanted));
    size(matching.count())
}

/// A number of records as a figure.
#[expect(clippy::cast_precision_loss, reason = "tables are small")]
fn size(count: usize) -> f64 {
    count as f64
}

/// The entry of an attachment. Its hash is made of the serial, so that no two are the same.
fn attachment(reference: &str, extension: &str, serial: i64) -> Table {
    record([
        ("ref", reference.into()),
        ("filename", format!("示例-{reference}.{extension}").into()),
        ("sha256", format!("{serial:04x}").repeat(16).into()),
        ("size", (40960 + serial).into()),
        ("public", false.into()),
    ])
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    fn manifest() -> Manifest {
        Manifest::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../plugins")).unwrap()
    }

    fn value(document: &Document, code: &str, field: &str) -> f64 {
        let rows: Vec<Table> = document
            .records("indicators")
            .iter()
            .filter(|row| row.get("code").and_then(Value::as_str) == Some(code))
            .cloned()
            .collect();
        assert_eq!(rows.len(), 1, "{code}");
        sum(&rows, field)
    }

    #[test]
    fn the_province_is_the_sum_of_its_cities() {
        let (manifest, base) = (manifest(), Base::read().unwrap());
        for year in [2019, 2021, 2022, 2023] {
            let province = document(year, "province", &manifest).unwrap();
            let cities = base.cities.iter().map(|city| {
                let city = document(year, &format!("city-{}", city.slug), &manifest).unwrap();
                value(&city, "IND-T01", "value")
            });
            assert_eq!(cities.sum::<f64>(), value(&province, "IND-T01", "value"), "{year}");
        }
    }

    #[test]
    fn a_previous_value_is_what_was_filed_the_year_before() {
        let manifest = manifest();
        for year in 2021..=LAST {
            let now = document(year, "city-gannan", &manifest).unwrap();
            let before = document(year - 1, "city-gannan", &manifest).unwrap();
            for code in ["IND-P01", "IND-P10", "IND-T01", "IND-G04", "IND-F01", "IND-X01"] {
                assert_eq!(value(&now, code, "prev_value"), value(&before, code, "value"), "{year} {code}");
            }
        }
    }

    #[test]
    fn a_ledger_holds_what_its_indicators_say() {
        let manifest = manifest();
        for year in FIRST..=LAST {
            let city = document(year, "city-gannan", &manifest).unwrap();
            let in_force = count(city.records("patents"), "legal_status", "有效");
            assert_eq!(in_force, value(&city, "IND-P01", "value"), "{year}");
        }
    }
}
