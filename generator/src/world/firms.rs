//! Clean submissions of enterprises, from the history of each in `world/firms.toml`.
//!
//! Ledgers are what the history holds at the cut-off date, indicators are counted from the ledgers, and previous values are
//! last year's indicators. The form grows as forms do: credit codes of owners are asked for from 2020, previous values from
//! 2021, classes, publication numbers and the use of marks from 2022.

mod day;
mod history;

use std::collections::BTreeMap;

use toml::value::{Datetime, Offset, Time};
use toml::{Table, Value};

use super::document::{Document, number, rounded};
use super::manifest::Manifest;
use day::{day, months_later, value};
use history::{Firm, Mark, Patent, REGION, cut_off};

/// First years of what is asked for.
const OWNER_CODES: i64 = 2020;
const PREVIOUS_VALUES: i64 = 2021;
const PARTICULARS: i64 = 2022;

/// IPC classes and Locarno classes; a patent's is chosen by its row.
const IPC: [&str; 8] = [
    "G01N 33/00",
    "B65G 1/00",
    "H02J 3/00",
    "C22B 3/00",
    "E21B 7/00",
    "A01G 9/00",
    "F24S 10/00",
    "G06F 17/00",
];
const LOCARNO: [&str; 3] = ["06-01", "09-03", "14-02"];

/// The clean submission of an enterprise.
pub(crate) fn document(year: i64, slug: &str, manifest: &Manifest) -> Result<Document, String> {
    let firm = history::of(slug)?;
    let mut document = Document { header: header(&firm, year), ..Document::default() };
    for row in indicators(&firm, year, manifest)? {
        document.push("indicators", row);
    }
    for patent in firm.patents(year) {
        document.push("patents", patent_record(&firm, &patent, year));
    }
    for mark in firm.trademarks(year) {
        document.push("trademarks", mark_record(&firm, mark, year));
    }
    document.push("rd", rd_record(&firm, year));
    if let Some(particular) = firm.year(year) {
        document.header.extend(particular.header.clone());
        document.tables.extend(particular.tables.clone());
    }
    Ok(document)
}

fn header(firm: &Firm, year: i64) -> Table {
    let code = firm.code();
    let serial = code.get(12..).unwrap_or_default();
    let review: [(&str, Value); 4] = [
        ("done", true.into()),
        ("reviewer", "示例丁".into()),
        ("date", value(day(year + 1, 2, 18))),
        ("conclusion", "不涉密".into()),
    ];
    record([
        ("schema_version", "1".into()),
        ("submission_id", format!("SYN-{year}-{serial}").into()),
        ("submitter_kind", "enterprise".into()),
        ("submitter_code", code.clone().into()),
        ("submitter_name", format!("{}（合成数据）", firm.name()).into()),
        ("region_code", REGION.into()),
        ("report_year", year.into()),
        ("period_start", value(day(year, 1, 1))),
        ("period_end", value(cut_off(year))),
        ("as_of_date", value(cut_off(year))),
        ("submitted_at", morning(year + 1)),
        ("revision", 1.into()),
        ("prepared_by", "示例甲".into()),
        ("reviewed_by", "示例乙".into()),
        ("approved_by", "示例丙".into()),
        ("statement_truthful", true.into()),
        ("classification_declared", "非密".into()),
        ("secrecy_review", Value::Table(record(review))),
        ("industry_code", "3511".into()),
        ("established_on", value(firm.established)),
        ("mci_participant", false.into()),
    ])
}

/// Ten o'clock on the day on which all firms submit.
fn morning(year: i64) -> Value {
    let time = Time { hour: 10, minute: 0, second: Some(0), nanosecond: None };
    Value::Datetime(Datetime { date: Some(day(year, 2, 20)), time: Some(time), offset: None::<Offset> })
}

/// The indicator table: what is counted this year, beside what was reported last year.
fn indicators(firm: &Firm, year: i64, manifest: &Manifest) -> Result<Vec<Table>, String> {
    let before = if year < PREVIOUS_VALUES { BTreeMap::new() } else { figures(firm, year - 1) };
    let particular = firm.year(year);
    let mut rows = Vec::new();
    for (code, figure) in figures(firm, year) {
        let reported = particular.and_then(|particular| particular.previous.get(&code));
        let before = reported.or(before.get(&code));
        let mut row = manifest.indicator_row(&code, figure.clone())?;
        if let Some(before) = before {
            row.insert("prev_value".to_string(), before.clone());
            if let Some(growth) = growth(before, &figure) {
                row.insert("yoy_pct".to_string(), growth);
            }
        }
        if let Some(note) = particular.and_then(|particular| particular.notes.get(&code)) {
            row.insert("note".to_string(), note.as_str().into());
        }
        rows.push(row);
    }
    Ok(rows)
}

/// Growth in per cent to one decimal; none from nothing.
fn growth(before: &Value, now: &Value) -> Option<Value> {
    let before = float(before).filter(|before| *before > 0.0)?;
    Some(number(rounded((float(now)? / before - 1.0) * 100.0, 1)))
}

/// A whole or decimal number. Figures are far below the limits of either type.
fn float(value: &Value) -> Option<f64> {
    value.as_float().or_else(|| i32::try_from(value.as_integer()?).ok().map(f64::from))
}

/// Every figure that a firm reports of a year, by its code.
fn figures(firm: &Firm, year: i64) -> BTreeMap<String, Value> {
    let patents = firm.patents(year);
    let count = |test: &dyn Fn(&Patent) -> bool| {
        i64::try_from(patents.iter().filter(|patent| test(patent)).count()).unwrap_or_default()
    };
    let in_year = |date: toml::value::Date| i64::from(date.year) == year;
    let in_force = |patent: &Patent| patent.status(year) == "有效";
    let granted = |patent: &Patent| patent.granted.is_some_and(in_year);
    let marks = firm.trademarks(year);
    let marks_in_force = marks.iter().filter(|mark| matches!(mark.status(year), "有效" | "宽展期")).count();
    let registered = marks.iter().filter(|mark| in_year(mark.registered)).count();

    let mut figures = BTreeMap::from([
        ("IND-P01", count(&in_force)),
        ("IND-P10", count(&granted)),
        ("IND-P14", count(&|patent| in_year(patent.filed))),
        ("IND-T01", i64::try_from(marks_in_force).unwrap_or_default()),
    ]);
    for (kind, stock, flow) in [
        ("发明", "IND-P03", "IND-P11"),
        ("实用新型", "IND-P04", "IND-P12"),
        ("外观设计", "IND-P05", "IND-P13"),
    ] {
        figures.insert(stock, count(&|patent| patent.r#type() == kind && in_force(patent)));
        figures.insert(flow, count(&|patent| patent.r#type() == kind && granted(patent)));
    }
    if year >= PARTICULARS {
        let flag =
            |patent: &Patent| patent.extra(year).and_then(|extra| extra.get("is_high_value")?.as_bool());
        figures.insert("IND-P06", count(&|patent| flag(patent).unwrap_or_default()));
        figures.insert("IND-T02", i64::try_from(registered).unwrap_or_default());
    }
    let mut figures: BTreeMap<String, Value> =
        figures.into_iter().map(|(code, figure)| (code.to_string(), figure.into())).collect();
    figures.extend(firm.year(year).map(|particular| particular.indicators.clone()).unwrap_or_default());
    figures
}

fn patent_record(firm: &Firm, patent: &Patent, year: i64) -> Table {
    let mut fields = record([
        ("type", patent.r#type().into()),
        ("application_no", firm.patent_number(patent).into()),
        ("title", firm.title(patent).into()),
        ("owner_name", firm.name().into()),
        ("application_date", value(patent.filed)),
        ("legal_status", patent.status(year).into()),
        ("status_date", value(patent.looked_up(year))),
    ]);
    if let Some(published) = patent.published.filter(|published| *published <= cut_off(year)) {
        fields.insert("publication_date".to_string(), value(published));
    }
    if let Some(granted) = patent.granted.filter(|_| patent.is_granted(year)) {
        fields.insert("grant_date".to_string(), value(granted));
    }
    if year >= OWNER_CODES {
        fields.insert("owner_uscc".to_string(), firm.code().into());
        if let Some(other) = firm.co_owner(patent) {
            fields.insert("co_owner_usccs".to_string(), vec![Value::from(other)].into());
        }
    }
    if let Some(acquired_by) = &patent.acquired_by {
        fields.insert("acquired_by".to_string(), acquired_by.as_str().into());
    }
    if year >= PARTICULARS {
        particulars(&mut fields, firm, patent, year);
    }
    fields.extend(patent.extra(year).cloned().unwrap_or_default());
    fields
}

/// The class of a patent and the numbers of its documents.
fn particulars(fields: &mut Table, firm: &Firm, patent: &Patent, year: i64) {
    let digits = firm.publication_digits(patent);
    let (class, classes, letter) = match patent.r#type() {
        "发明" => ("ipc_main", &IPC[..], "B"),
        "外观设计" => ("locarno", &LOCARNO[..], "S"),
        _ => ("ipc_main", &IPC[..], "U"),
    };
    let chosen = usize::from(patent.row) % classes.len();
    fields.insert(class.to_string(), classes[chosen].into());
    if fields.contains_key("publication_date") {
        fields.insert("publication_no".to_string(), format!("CN{digits}A").into());
    }
    if patent.is_granted(year) {
        fields.insert("grant_no".to_string(), format!("CN{digits}{letter}").into());
    }
}

fn mark_record(firm: &Firm, mark: &Mark, year: i64) -> Table {
    let classes: Vec<Value> = mark.classes.iter().map(|class| (*class).into()).collect();
    let mut fields = record([
        ("reg_no", firm.registration_number(mark).into()),
        ("mark_name", mark.name.as_str().into()),
        ("mark_type", mark.r#type.as_str().into()),
        ("is_gi", false.into()),
        ("nice_classes", classes.into()),
        ("registrant", firm.name().into()),
        ("registrant_kind", "企业".into()),
        ("reg_date", value(mark.registered)),
        ("expiry_date", value(mark.expiry(year))),
        ("status", mark.status(year).into()),
    ]);
    if let Some(well_known) = &mark.well_known {
        fields.insert("well_known".to_string(), well_known.clone().into());
    }
    if year >= OWNER_CODES {
        fields.insert("registrant_uscc".to_string(), firm.code().into());
    }
    if year >= PARTICULARS {
        let year_before = toml::value::Date { year: mark.registered.year - 1, ..mark.registered };
        fields.insert("app_date".to_string(), value(mark.applied.unwrap_or(year_before)));
        if mark.status(year) == "有效" && !mark.unused {
            fields.insert("last_use_date".to_string(), value(months_later(day(year, 1, 15), mark.row % 12)));
            fields.insert("use_evidence".to_string(), vec![Value::from("示例产品销售合同")].into());
        }
    }
    fields.extend(mark.extra(year).cloned().unwrap_or_default());
    fields
}

/// Research figures: revenue grows by 8 % of 2020 a year; staff and expense grow after 2021.
fn rd_record(firm: &Firm, year: i64) -> Table {
    let base = &firm.rd;
    let later = (year - 2021).max(0);
    let expense = base.expense + f64::from(i32::try_from(4 * later).unwrap_or_default());
    record([
        ("revenue_wan", (base.revenue * (100 + 8 * (year - 2020)) / 100).into()),
        ("patent_product_revenue_wan", (base.product_revenue + 20 * later).into()),
        ("rd_expense_wan", number(expense)),
        ("ip_expense_wan", number(12.5)),
        ("staff", (base.staff + 2 * later).into()),
        ("rd_staff", (base.rd_staff + later).into()),
        ("ip_staff_fulltime", 2.into()),
        ("inventor_reward_wan", number(3.2)),
    ])
}

fn record<const N: usize>(fields: [(&str, Value); N]) -> Table {
    fields.into_iter().map(|(key, value)| (key.to_string(), value)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Stock in all, inventions, utility models, designs; grants of the year.
    fn counted(slug: &str, year: i64) -> [i64; 5] {
        let figures = figures(&history::of(slug).unwrap(), year);
        ["IND-P01", "IND-P03", "IND-P04", "IND-P05", "IND-P10"]
            .map(|code| figures[code].as_integer().unwrap())
    }

    #[test]
    fn the_written_years_are_part_of_the_history() {
        assert_eq!(counted("enterprise-a", 2020), [11, 5, 4, 2, 0]);
        assert_eq!(counted("enterprise-a", 2021), [14, 6, 5, 3, 3]);
        assert_eq!(counted("enterprise-o", 2020), [6, 3, 2, 1, 0]);
    }

    #[test]
    fn two_firms_hold_three_hundred_patents() {
        for slug in ["enterprise-g", "enterprise-k"] {
            let [before, ..] = counted(slug, 2021);
            let [bought, ..] = counted(slug, 2022);
            let [kept, ..] = counted(slug, 2023);
            assert!(before < 10 && bought > 300 && kept > 300, "{slug}: {before} {bought} {kept}");
        }
    }

    #[test]
    fn growth_is_to_one_decimal_and_none_from_nothing() {
        assert_eq!(growth(&11.into(), &14.into()), Some(Value::Float(27.3)));
        assert_eq!(growth(&2.into(), &1.into()), Some(Value::Integer(-50)));
        assert_eq!(growth(&0.into(), &3.into()), None);
    }
}
