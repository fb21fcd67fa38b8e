//! A city: figures, indications and the users of their sign, enterprises, titles, money and cases.

use toml::{Table, Value};

use super::base::City;
use super::{
    Document, Manifest, Submitter, attachment, count, day, header, indicators, number, patents, record,
    rounded, size, sum,
};
use crate::world::digits::{patent_number, uscc};

/// How many users the sign gets in each city while the plan of 2020 runs, and how many more the year after.
const USERS: [i64; 5] = [2, 2, 2, 30, 33];

pub(super) fn document(year: i64, city: &City, manifest: &Manifest) -> Result<Document, String> {
    let submitter = Submitter { kind: "city", code: &city.code, name: &city.name, region: &city.code };
    let mut document = Document { header: header(year, &submitter), ..Document::default() };
    if let Some(population) = population(year, city) {
        document.header.insert("population".to_string(), Value::Table(population));
    }
    tables(year, city, &mut document)?;

    let now = figures(year, city)?;
    let before = if year > 2020 { Some(figures(year - 1, city)?) } else { None };
    for row in indicators(&now, before.as_deref(), manifest)? {
        document.push("indicators", row);
    }
    Ok(document)
}

/// All figures of a year, in the order of the packages written by hand.
pub(super) fn figures(year: i64, city: &City) -> Result<Vec<(&'static str, f64)>, String> {
    let mut document = Document::default();
    tables(year, city, &mut document)?;
    let figure = |key: &str| city.figure(key, year);
    let gi = document.records("gi");
    let enterprises = document.records("enterprises");

    let mut figures = vec![
        ("IND-P01", figure("P03")? + figure("P04")? + figure("P05")?),
        ("IND-P03", figure("P03")?),
        ("IND-P04", figure("P04")?),
        ("IND-P05", figure("P05")?),
        ("IND-P06", figure("P06")?),
    ];
    if let Some((people, _)) = people(year, city) {
        figures.push(("IND-P07", rounded(figure("P03")? / people, 2)));
        figures.push(("IND-P08", rounded(figure("P06")? / people, 2)));
    }
    figures.extend([
        ("IND-P10", figure("P11")? + figure("P12")? + figure("P13")?),
        ("IND-P11", figure("P11")?),
        ("IND-P12", figure("P12")?),
        ("IND-P13", figure("P13")?),
        ("IND-P22", sum(document.records("pledges"), "amount_wan")),
        ("IND-P23", size(document.records("navigation").len())),
        ("IND-E01", count(enterprises, "level", "国家示范")),
        ("IND-E02", count(enterprises, "level", "国家优势")),
        ("IND-E03", count(enterprises, "level", "省级优势")),
        ("IND-T01", figure("T01")?),
        ("IND-T02", figure("T02")?),
        ("IND-T03", figure("T03")?),
        ("IND-G01", count(gi, "protection_kind", "地理标志保护产品")),
        ("IND-G02", count(gi, "protection_kind", "地理标志证明商标")),
        ("IND-G03", count(gi, "protection_kind", "农产品地理标志")),
        ("IND-G04", size(document.records("gi_users").len())),
        ("IND-F01", sum(document.records("funding"), "amount_wan")),
        ("IND-X01", sum(document.records("enforcement"), "closed")),
    ]);
    if year > 2021 {
        // Two cities have marks abroad, and file the applications of the year: together no more than the province.
        let filings = match city.number {
            1 => 3.0,
            2 => 1.0,
            _ => 0.0,
        };
        figures.extend([
            ("IND-E04", size(enterprises.iter().filter(|one| one.contains_key("gbt29490")).count())),
            ("IND-T05", filings),
            ("IND-T07", size(document.records("brand_stations").len())),
        ]);
    }
    Ok(figures)
}

/// The population that a year's figures are counted on, and the day it was counted; none where none was published.
fn people(year: i64, city: &City) -> Option<(f64, i64)> {
    match year {
        2019 => city.year_end_2019.map(|people| (people, 2019)),
        2021 => Some(city.year_end_2021.map_or((city.census, 2020), |people| (people, 2021))),
        _ => Some((city.census, 2020)),
    }
}

fn population(year: i64, city: &City) -> Option<Table> {
    let (people, counted) = people(year, city)?;
    let (basis, as_of) = match counted {
        2019 => ("年末常住人口(普查前口径)", day(2019, 12, 31)),
        2020 => ("第七次人口普查常住人口", day(2020, 11, 1)),
        _ => ("年末常住人口", day(2021, 12, 31)),
    };
    Some(record([("value_wan", number(people)), ("basis", basis.into()), ("as_of", as_of)]))
}

fn tables(year: i64, city: &City, document: &mut Document) -> Result<(), String> {
    products(year, city, document);
    users(year, city, document);
    enterprises(year, city, document);
    titles(year, city, document)?;
    money(year, city, document);
    cases(year, city, document);
    if year > 2021 {
        marks(year, city, document)?;
        stations(city, document);
    }
    // Below five hundred patents the ledger itself is asked for (CORE-025), above it an attachment will do.
    if city.slug == "gannan" {
        patents::ledger(year, city, document)?;
    } else {
        let serial = 2000 + 100 * (year - super::FIRST) + 2 * city.number;
        document.push("attachments", attachment("专利台账附件", "xlsx", serial));
    }
    let serial = 2001 + 100 * (year - super::FIRST) + 2 * city.number;
    document.push("attachments", attachment("商标台账附件", "xlsx", serial));
    Ok(())
}

/// The code of one of the city's constructed enterprises.
fn code(city: &City, n: i64) -> String {
    let serial = if n < 10 { 500 + 10 * city.number + n } else { 2000 + 450 * (city.number - 1) + n };
    uscc(&city.code, &format!("{serial:04}"))
}

fn enterprise(city: &City, n: i64) -> String {
    format!("示例{}企业{n}有限公司", city.short)
}

fn products(year: i64, city: &City, document: &mut Document) {
    let n = city.number;
    let local = city.origin.last().cloned().unwrap_or_default();
    let all = [
        ("示例特产甲", "地理标志保护产品", format!("质检总局公告2012年第99{n:02}号"), 2012),
        ("示例特产乙", "地理标志证明商标", format!("990{n:02}901"), 2013),
        ("示例特产丙", "农产品地理标志", format!("AGI2015-{n:02}-99{n:02}"), 2014),
        ("示例特产丁", "地理标志保护产品", format!("质检总局公告2014年第99{n:02}号"), 2015),
    ];
    let growth = match year {
        2019 => -30,
        2020 | 2021 => 0,
        _ => 40 * (year - 2021),
    };
    for (at, (name, kind, doc_no, since)) in (0..).zip(all).take(city.gi) {
        let origin = if at == 0 { city.origin.clone() } else { vec![local.clone()] };
        let used_by = if at == 0 { users_in(year) } else { 2 + at };
        let mut row = record([
            ("name", name.into()),
            ("protection_kind", kind.into()),
            ("doc_no", doc_no.into()),
            ("approve_date", day(since, 6, 15)),
            ("origin_region_codes", origin.into()),
            ("applicant", "示例特产协会".into()),
            ("users_count", used_by.into()),
            ("output_value_wan", (1200 + 100 * at + n + growth).into()),
        ]);
        if year > 2021 {
            row.insert("last_use_year".to_string(), year.into());
            if at == 0 {
                row.insert("leader_enterprises".to_string(), vec![code(city, 1)].into());
            }
            if let Some(zone) = zone(year, at) {
                row.insert("demo_zone".to_string(), Value::Table(zone));
            }
        }
        document.push("gi", row);
    }
}

/// The demonstration zones: of the first product from 2020 to 2023, of the third from 2022 to 2025.
fn zone(year: i64, product: i64) -> Option<Table> {
    let (name, start) = match product {
        0 => ("示例特产甲示范区", 2020),
        2 => ("示例特产丙示范区", 2022),
        _ => return None,
    };
    Some(record([
        ("name", name.into()),
        ("start", day(start, 9, 1)),
        ("end", day(start + 3, 8, 31)),
        ("summary_date", day(year.min(start + 2), 12, 20)),
    ]))
}

fn users_in(year: i64) -> i64 {
    usize::try_from(year - super::FIRST).ok().and_then(|at| USERS.get(at)).copied().unwrap_or_default()
}

fn users(year: i64, city: &City, document: &mut Document) {
    for at in 1..=users_in(year) {
        // Codes 3 to 5 belong to the titled enterprises.
        let (n, since) = match at {
            1 | 2 => (at, 2019),
            3..=30 => (at + 10, 2022),
            _ => (at + 10, 2023),
        };
        document.push(
            "gi_users",
            record([
                ("gi_name", "示例特产甲".into()),
                ("name", enterprise(city, n).into()),
                ("uscc", code(city, n).into()),
                ("approval_doc", format!("示例核准〔{since}〕{n}号").into()),
                ("approval_date", if n < 3 { day(since, 5, 10 + n) } else { day(since, 6, at % 28 + 1) }),
                ("sales_wan", (300 + 20 * (at % 9)).into()),
            ]),
        );
    }
}

fn enterprises(year: i64, city: &City, document: &mut Document) {
    let mut titled = |n: i64, level: &str, recognised: i64| {
        let mut row = record([
            ("name", enterprise(city, n).into()),
            ("uscc", code(city, n).into()),
            ("level", level.into()),
            ("recognised_year", recognised.into()),
            ("doc_no", format!("示例函〔{recognised}〕{n}号").into()),
        ]);
        // National titles up to 2019 were to be reviewed in 2022.
        if level == "国家优势" && year > 2021 {
            row.insert("review_result".to_string(), "通过".into());
            row.insert("gbt29490".to_string(), Value::Table(certificate(city.number)));
        }
        document.push("enterprises", row);
    };
    titled(3, "国家优势", 2019);
    titled(4, "省级优势", 2018);
    if year > 2019 {
        titled(5, "省级优势", 2020);
    }
    // Three years after, the shortest time there may be, some rise to the next title.
    if year > 2021 && city.number % 5 == 1 {
        titled(3, "国家示范", 2022);
    }
}

fn certificate(number: i64) -> Table {
    record([
        ("no", format!("示例证990{number:02}").into()),
        ("edition", "GB/T 29490-2013".into()),
        ("issued", day(2021, 5, 10)),
        ("expires", day(2024, 5, 9)),
    ])
}

fn titles(year: i64, city: &City, document: &mut Document) -> Result<(), String> {
    let title = |kind: &str, name: String, serial: i64, start: [i64; 3], end: [i64; 3]| {
        let over = year > end[0] || (year == end[0] && end[1] < 12);
        record([
            ("kind", kind.into()),
            ("name", name.into()),
            ("doc_no", format!("示例发〔{}〕{serial}号", start[0]).into()),
            ("start", day(start[0], start[1], start[2])),
            ("end", day(end[0], end[1], end[2])),
            ("acceptance", if over { "通过" } else { "未到期" }.into()),
        ])
    };
    let n = city.number;
    let name = format!("示例{}知识产权试点", city.short);
    document.push("pilots", title("城市试点", name, n, [2019, 7, 1], [2022, 6, 30]));
    if year > 2019 {
        let name = "示例特产甲示范区".to_string();
        document.push("pilots", title("地理标志示范区", name, 20 + n, [2020, 9, 1], [2023, 8, 31]));
    }
    if year > 2021 {
        let name = format!("示例{}知识产权强市建设试点", city.short);
        let mut strong = title("强市建设试点", name, 40 + n, [2022, 9, 1], [2025, 8, 31]);
        strong.insert("own_targets".to_string(), Value::Array(vec![Value::Table(target(city)?)]));
        document.push("pilots", strong);
        let name = "示例特产丙示范区".to_string();
        document.push("pilots", title("地理标志示范区", name, 60 + n, [2022, 9, 1], [2025, 8, 31]));
    }
    Ok(())
}

/// What the city set itself in 2022: a tenth more inventions in three years.
fn target(city: &City) -> Result<Table, String> {
    let base = city.figure("P03", 2021)?;
    Ok(record([
        ("code", "IND-P03".into()),
        ("base", number(base)),
        ("target", number((base * 1.1).ceil())),
        ("deadline", day(2025, 8, 31)),
    ]))
}

fn money(year: i64, city: &City, document: &mut Document) {
    let n = city.number;
    let more = match year {
        2019 => -20,
        2020 | 2021 => 0,
        _ => 25 * (year - 2021),
    };
    document.push(
        "navigation",
        record([
            ("name", format!("示例{}产业专利导航", city.short).into()),
            ("standard_part", "39551.3".into()),
            ("industry_code", "3511".into()),
            ("start", day(year, 3, 1)),
            ("finish", day(year, 11, 30)),
            ("result_use", "形成示例报告1份".into()),
        ]),
    );
    let right =
        |kind_and_year: &str, row: i64| patent_number(&format!("{kind_and_year}9{:03}{row:03}", 600 + n));
    for (at, rights) in [(1, vec![right("20182", 1)]), (2, vec![right("20182", 2), right("20171", 9)])] {
        document.push(
            "pledges",
            record([
                ("contract_no", format!("示例质字{year}-0{at}").into()),
                ("registration_no", format!("示例登{year}{n:02}{at}").into()),
                ("right_nos", rights.into()),
                ("pledgor_uscc", code(city, at).into()),
                ("amount_wan", (300 * at + n + more).into()),
                ("start", day(year, 4, 10 + at)),
                ("end", day(year + 1, 4, 9 + at)),
            ]),
        );
    }
    // Subsidies for grants shrink, those for use grow (PAT-029).
    let shift = match year {
        2019 => -3,
        2020 | 2021 => 0,
        _ => 4 * (year - 2021),
    };
    let tenths = |tenths: i64| number(f64::from(i32::try_from(tenths).unwrap_or_default()) / 10.0);
    for (stage, month, amount, rights) in
        [("授权", 6, 400 + 10 * n - 10 * shift, 20 + n), ("运用", 9, 125 + 10 * n + 15 * shift, 4)]
    {
        document.push(
            "funding",
            record([
                ("stage", stage.into()),
                ("policy_doc", "示例政发〔2019〕8号".into()),
                ("paid_date", day(year, month, 20)),
                ("amount_wan", tenths(amount)),
                ("rights_count", rights.into()),
            ]),
        );
    }
}

fn cases(year: i64, city: &City, document: &mut Document) {
    let n = city.number;
    let more = match year {
        2019 => -3,
        2020 | 2021 => 0,
        _ => 2 * (year - 2021),
    };
    document.push(
        "enforcement",
        record([
            ("right_type", "专利".into()),
            ("carried_over", 1.into()),
            ("received", (12 + n).into()),
            ("closed", (11 + n).into()),
            ("mediation_received", 3.into()),
            ("mediation_ok", 2.into()),
        ]),
    );
    document.push(
        "enforcement",
        record([
            ("right_type", "商标".into()),
            ("carried_over", 2.into()),
            ("received", (30 + n + more).into()),
            ("closed", (29 + n + more).into()),
            ("fine_wan", number(8.6)),
        ]),
    );
    document.push(
        "enforcement",
        record([("right_type", "地理标志".into()), ("received", 2.into()), ("closed", 2.into())]),
    );
}

/// The well-known marks, one by one, and of two cities their marks abroad and of culture.
fn marks(year: i64, city: &City, document: &mut Document) -> Result<(), String> {
    #[expect(clippy::cast_possible_truncation, reason = "a handful of marks")]
    let known = city.figure("T03", year)? as i64;
    for at in 1..=known {
        let (class, name) =
            [(30, "示例禾牌"), (31, "示例穗牌"), (29, "示例丰牌"), (33, "示例泉牌"), (5, "示例芪牌")]
                [usize::try_from((at - 1) % 5).unwrap_or_default()];
        let mut row = mark(city, at, name, class, 2008 + at);
        let recognised = record([
            ("doc_no", format!("示例驰字〔2013〕{}{at}号", city.number).into()),
            ("date", day(2013, 9, at)),
            ("org", "示例商标评审机关".into()),
            ("case", format!("示例争议案第{}{at}号", city.number).into()),
        ]);
        row.insert("well_known".to_string(), Value::Table(recognised));
        if at == 1 && city.number <= 2 {
            let abroad = record([
                ("no", format!("990000{}", city.number).into()),
                ("date", day(2016, 3, 4)),
                ("countries", vec!["KZ", "UZ"].into()),
                ("basic_no", row.get("reg_no").cloned().unwrap_or_else(|| "".into())),
            ]);
            row.insert("madrid".to_string(), Value::Table(abroad));
        }
        document.push("trademarks", row);
    }
    if city.slug == "jiuquan" {
        let mut row = mark(city, 8, "示例飞天纹样", 16, 2015);
        row.insert("culture_brand".to_string(), true.into());
        row.insert("use_evidence".to_string(), vec!["示例展会合同2021年第1号"].into());
        document.push("trademarks", row);
    }
    let mut row = mark(city, 9, "示例特产乙", 31, 2013);
    row.insert("mark_type".to_string(), "证明".into());
    row.insert("is_gi".to_string(), true.into());
    row.insert("registrant".to_string(), "示例特产协会".into());
    row.insert("registrant_kind".to_string(), "团体/协会".into());
    row.remove("registrant_uscc");
    document.push("trademarks", row);
    Ok(())
}

/// A mark in force, renewed once where its first ten years are over.
fn mark(city: &City, at: i64, name: &str, class: i64, registered: i64) -> Table {
    let owner = at % 2 + 1;
    record([
        ("reg_no", format!("990{:02}90{at}", city.number).into()),
        ("mark_name", name.into()),
        ("mark_type", "商品".into()),
        ("is_gi", false.into()),
        ("nice_classes", vec![class].into()),
        ("registrant", enterprise(city, owner).into()),
        ("registrant_kind", "企业".into()),
        ("registrant_uscc", code(city, owner).into()),
        ("app_date", day(registered - 1, 5, 7)),
        ("reg_date", day(registered, 6, 14)),
        ("expiry_date", day(if registered < 2014 { registered + 20 } else { registered + 10 }, 6, 13)),
        ("status", "有效".into()),
        ("last_use_date", day(2022, 11, 11)),
        ("region_code", city.code.as_str().into()),
    ])
}

fn stations(city: &City, document: &mut Document) {
    for (at, where_) in (1..).zip(["示例园区", "示例市场"]) {
        document.push(
            "brand_stations",
            record([
                ("name", format!("示例{}商标品牌指导站{at}", city.short).into()),
                ("address", format!("示例{}{where_}服务大厅", city.short).into()),
                ("start", day(2022, 3 + at, 26)),
            ]),
        );
    }
}
