//! A county: two indications, the users of the sign, a title, some money and some cases.

use super::base::County;
use super::{Document, Manifest, Submitter, day, header, indicators, number, record, size, sum};
use crate::world::digits::uscc;

pub(super) fn document(year: i64, county: &County, manifest: &Manifest) -> Result<Document, String> {
    let submitter =
        Submitter { kind: "county", code: &county.code, name: &county.name, region: &county.code };
    let mut document = Document { header: header(year, &submitter), ..Document::default() };
    tables(year, county, &mut document);

    let now = figures(year, county);
    let before = (year > 2020).then(|| figures(year - 1, county));
    for row in indicators(&now, before.as_deref(), manifest)? {
        document.push("indicators", row);
    }
    Ok(document)
}

fn figures(year: i64, county: &County) -> Vec<(&'static str, f64)> {
    let mut document = Document::default();
    tables(year, county, &mut document);
    vec![
        ("IND-G01", 1.0),
        ("IND-G02", 1.0),
        ("IND-G03", 0.0),
        ("IND-G04", size(document.records("gi_users").len())),
        ("IND-X01", sum(document.records("enforcement"), "closed")),
    ]
}

fn tables(year: i64, county: &County, document: &mut Document) {
    let n = county.number;
    for (name, kind, doc_no, since) in [
        ("示例果品", "地理标志保护产品", format!("质检总局公告2013年第990{n}号"), 2013),
        ("示例粮油", "地理标志集体商标", format!("9900{n}801"), 2016),
    ] {
        let mut row = record([
            ("name", name.into()),
            ("protection_kind", kind.into()),
            ("doc_no", doc_no.into()),
            ("approve_date", day(since, 6, 1)),
            ("origin_region_codes", vec![county.code.clone()].into()),
            ("applicant", format!("{name}协会").into()),
        ]);
        if year > 2021 {
            row.insert("last_use_year".to_string(), year.into());
        }
        document.push("gi", row);
    }
    document.push("gi_users", user(1, 2019, county));
    // The county's second and third users joined in 2022 and 2023.
    for since in 2022..=year {
        document.push("gi_users", user(since - 2020, since, county));
    }
    document.push(
        "pilots",
        record([
            ("kind", "强县试点".into()),
            ("name", "示例强县试点".into()),
            ("doc_no", format!("示例发〔2019〕{}号", 40 + n).into()),
            ("start", day(2019, 7, 1)),
            ("end", day(2022, 6, 30)),
            ("acceptance", if year > 2021 { "通过" } else { "未到期" }.into()),
        ]),
    );
    document.push(
        "funding",
        record([
            ("stage", "保护".into()),
            ("policy_doc", "示例县发〔2019〕1号".into()),
            ("paid_date", day(year, 5, 8)),
            ("amount_wan", number(6.5)),
            ("rights_count", 3.into()),
        ]),
    );
    let more = (year - 2021).max(0);
    document.push(
        "enforcement",
        record([
            ("right_type", "商标".into()),
            ("carried_over", 0.into()),
            ("received", (6 + more).into()),
            ("closed", (5 + more).into()),
            ("fine_wan", number(1.2)),
        ]),
    );
    document.push(
        "enforcement",
        record([("right_type", "地理标志".into()), ("received", 1.into()), ("closed", 1.into())]),
    );
}

fn user(n: i64, since: i64, county: &County) -> toml::Table {
    let code = if n == 1 {
        county.user.clone()
    } else {
        uscc(&county.code, &format!("{:04}", 800 + 10 * county.number + n))
    };
    record([
        ("gi_name", "示例果品".into()),
        ("name", format!("示例县企业{n}有限公司").into()),
        ("uscc", code.into()),
        ("approval_doc", format!("示例核准〔{since}〕{}号", 30 + county.number).into()),
        ("approval_date", day(since, 8, 1)),
    ])
}
