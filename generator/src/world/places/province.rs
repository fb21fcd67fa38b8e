//! The province: the pilot, evidence of the clauses, and what the cities add up to.

use toml::Table;

use super::base::{Base, Figures, figure};
use super::{Document, Manifest, Submitter, attachment, city, day, header, indicators, number, record};

/// The clauses that ask for a document: what it is, in the order of the packages written by hand.
const EVIDENCE: [(&str, &str, &str); 16] = [
    ("议定书-0", "局省会商工作机制", "会议纪要"),
    ("议定书-1", "面向2035年的强省战略规划", "规划"),
    ("议定书-6", "知识产权贸易港建设", "方案"),
    ("议定书-7", "知识产权服务业集聚区建设", "方案"),
    ("议定书-8", "丝绸之路保护与运用", "工作总结"),
    ("议定书-9", "严格知识产权保护", "制度文件"),
    ("议定书-10", "知识产权创造运用", "制度文件"),
    ("议定书-12", "专利导航工作机制", "制度文件"),
    ("省-1", "知识产权领域改革", "方案"),
    ("省-2", "知识产权保护体系", "制度文件"),
    ("省-4", "国际知识产权港建设", "方案"),
    ("省-5", "知识产权投融资机制", "制度文件"),
    ("省-6", "知识产权服务综合体", "方案"),
    ("省-7", "丝绸之路沿线合作", "协议"),
    ("省-8", "知识产权宣传", "工作总结"),
    ("省-9", "合作会商项目推进", "工作总结"),
];

/// What the cities report too.
const SUMS: [&str; 5] = ["IND-T01", "IND-G01", "IND-G02", "IND-G03", "IND-G04"];

pub(super) fn document(year: i64, base: &Base, manifest: &Manifest) -> Result<Document, String> {
    let submitter = Submitter { kind: "province", code: "620000", name: "甘肃省", region: "620000" };
    let mut document = Document { header: header(year, &submitter), ..Document::default() };

    let now = figures(year, base)?;
    let before = if year > 2020 { Some(figures(year - 1, base)?) } else { None };
    for mut row in indicators(&now, before.as_deref(), manifest)? {
        if row.get("code").and_then(toml::Value::as_str) == Some("IND-G04") {
            row.insert("basis".to_string(), "保护产品专用标志".into());
            if year == 2022 {
                row.insert("note".to_string(), "当年集中核准".into());
            }
        }
        document.push("indicators", row);
    }
    pilot(year, &base.province, &mut document)?;
    // The agreement was signed in October 2020; its documents are of the years after.
    if year > 2020 {
        evidence(year, &mut document);
    }
    for (at, name) in (0..).zip(["上年度工作总结", "本年度工作计划", "统计信息"]) {
        let mut one = attachment(name, "docx", 1000 + 10 * (year - super::FIRST) + at);
        one.insert("public".to_string(), true.into());
        document.push("attachments", one);
    }
    Ok(document)
}

/// The indicators of a year: the three directions, and except in the years written by hand the sums of the cities.
fn figures(year: i64, base: &Base) -> Result<Vec<(&'static str, f64)>, String> {
    let mut figures = vec![
        ("IND-M01", figure(&base.province, "军转民项数", year)?),
        ("IND-M02", figure(&base.province, "民参军项数", year)?),
        ("IND-M03", figure(&base.province, "军转军项数", year)?),
    ];
    if year == 2020 {
        return Ok(figures);
    }
    let mut cities = Vec::new();
    for one in &base.cities {
        cities.push(city::figures(year, one)?);
    }
    for code in SUMS {
        let all = cities.iter().flatten().filter(|(other, _)| *other == code);
        figures.push((code, all.map(|(_, value)| value).sum()));
    }
    Ok(figures)
}

fn pilot(year: i64, figures: &Figures, document: &mut Document) -> Result<(), String> {
    let ended = year > 2021;
    for task in 1..=8 {
        let status = match task {
            1 | 8 if year > 2019 => "完成",
            5 if year < 2022 => "未启动",
            _ if ended => "完成",
            _ => "进行中",
        };
        let mut row = record([
            ("task_no", task.into()),
            ("status", status.into()),
            ("lead_org", "示例牵头单位".into()),
        ]);
        // What is done needs public evidence, and so does equal treatment, the first task, once it has begun.
        if status == "完成" || task == 1 {
            let source = format!("示例公报{year}年第{task}期");
            row.insert("public_evidence".to_string(), vec![source].into());
        }
        document.push("mci_tasks", row);
    }
    for (key, unit) in [
        ("军转民项数", "项"),
        ("民参军项数", "项"),
        ("军转军项数", "项"),
        ("维权协作件数", "件"),
        ("信息服务次数", "次"),
        ("优惠资助总额", "万元"),
    ] {
        let row = record([
            ("code", key.into()),
            ("value", number(figure(figures, key, year)?)),
            ("unit", unit.into()),
            ("region_code", "620000".into()),
        ]);
        document.push("mci_counts", row);
    }
    // The notice names the months only; the first and the last day of them are taken.
    let title = record([
        ("kind", "军民融合试点(仅省)".into()),
        ("name", "示例知识产权军民融合试点".into()),
        ("doc_no", "示例发〔2018〕1号".into()),
        ("start", day(2018, 8, 1)),
        ("end", day(2021, 7, 31)),
        ("acceptance", if ended { "通过" } else { "未到期" }.into()),
    ]);
    document.push("pilots", title);
    Ok(())
}

fn evidence(year: i64, document: &mut Document) {
    for (clause, _, _) in EVIDENCE {
        document.push("evidence", evidence_of(clause, year, "示例办发"));
    }
}

/// The document of a clause, filed in a year; `series` begins its number.
pub(super) fn evidence_of(clause: &str, year: i64, series: &str) -> Table {
    let place = EVIDENCE.iter().position(|(other, _, _)| *other == clause).unwrap_or_default();
    let serial = i64::try_from(place).unwrap_or_default() + 1;
    let (clause, title, kind) = EVIDENCE[place];
    record([
        ("clause", clause.into()),
        ("title", format!("示例：{title}").into()),
        ("kind", kind.into()),
        ("doc_no", format!("{series}〔{year}〕{serial}号").into()),
        ("issuer", "示例单位".into()),
        ("issued_on", day(year, serial % 12 + 1, 15)),
    ])
}
