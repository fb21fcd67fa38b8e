//! The park, which reports under the code of its operator: its own patents, a navigation project, deals.

use toml::{Table, Value};

use super::province::evidence_of;
use super::{Document, Manifest, Submitter, count, day, header, indicators, number, record, size, sum};
use crate::world::digits::patent_number;

const CODE: &str = "91620104YYYY09500A";
const OPERATOR: &str = "示例高新园区运营有限公司";

/// A patent: type, digits of its number, days of filing, publication and grant, and the year in which it ended.
type Patent = (&'static str, &'static str, [i64; 3], Option<[i64; 3]>, [i64; 3], Option<i64>);

/// The six of the packages written by hand, and two of later years.
const PATENTS: [Patent; 8] = [
    ("发明", "201419150000", [2014, 7, 19], Some([2015, 7, 19]), [2016, 9, 19], None),
    ("实用新型", "201629150001", [2016, 3, 26], None, [2017, 3, 26], Some(2022)),
    ("实用新型", "201929150002", [2019, 8, 6], None, [2019, 11, 6], None),
    ("外观设计", "201839150003", [2018, 4, 13], None, [2019, 4, 13], None),
    ("发明", "201789150004", [2017, 9, 20], Some([2018, 9, 20]), [2019, 11, 20], None),
    ("实用新型", "201829150005", [2018, 5, 27], None, [2019, 5, 27], Some(2020)),
    ("实用新型", "202229150006", [2022, 5, 17], None, [2022, 12, 9], None),
    ("发明", "202219150007", [2022, 2, 8], Some([2022, 8, 12]), [2023, 9, 15], None),
];

pub(super) fn document(year: i64, manifest: &Manifest) -> Result<Document, String> {
    let submitter = Submitter { kind: "park", code: CODE, name: OPERATOR, region: "620104" };
    let mut document = Document { header: header(year, &submitter), ..Document::default() };
    if year == 2019 {
        // The title came in 2020; until then the table has nothing to say, which the header says.
        document.header.insert("nil_returns".to_string(), vec!["试点示范项目"].into());
    }
    tables(year, &mut document);

    let now = figures(year);
    let before = (year > 2020).then(|| figures(year - 1));
    for row in indicators(&now, before.as_deref(), manifest)? {
        document.push("indicators", row);
    }
    Ok(document)
}

fn figures(year: i64) -> Vec<(&'static str, f64)> {
    let mut document = Document::default();
    tables(year, &mut document);
    let patents = document.records("patents");
    let kind = |record: &&Table, kind: &str| record.get("type").and_then(Value::as_str) == Some(kind);
    let in_force = |of: &str| {
        let alive: Vec<Table> = patents.iter().filter(|record| kind(record, of)).cloned().collect();
        count(&alive, "legal_status", "有效")
    };
    let granted = |of: &str| {
        let rows = PATENTS.iter().filter(|patent| patent.0 == of && patent.4[0] == year);
        size(rows.count())
    };
    let filed = size(PATENTS.iter().filter(|patent| patent.2[0] == year).count());
    let mut figures = vec![
        ("IND-P01", count(patents, "legal_status", "有效")),
        ("IND-P03", in_force("发明")),
        ("IND-P04", in_force("实用新型")),
        ("IND-P05", in_force("外观设计")),
    ];
    if year > 2021 {
        let high = patents.iter().filter(|record| record.contains_key("is_high_value"));
        figures.push(("IND-P06", size(high.count())));
    }
    figures.extend([
        ("IND-P10", granted("发明") + granted("实用新型") + granted("外观设计")),
        ("IND-P11", granted("发明")),
        ("IND-P12", granted("实用新型")),
        ("IND-P13", granted("外观设计")),
        ("IND-P14", filed),
        ("IND-P23", 1.0),
    ]);
    if year > 2021 {
        figures.push(("IND-S01", sum(document.records("deals"), "amount_wan")));
    }
    figures
}

fn tables(year: i64, document: &mut Document) {
    for (at, patent) in (1..).zip(PATENTS) {
        if patent.2[0] <= year {
            document.push("patents", ledger_row(at, patent, year));
        }
    }
    if year > 2019 {
        document.push(
            "pilots",
            record([
                ("kind", "园区试点".into()),
                ("name", "示例园区试点".into()),
                ("doc_no", "示例发〔2020〕60号".into()),
                ("start", day(2020, 7, 1)),
                ("end", day(2023, 6, 30)),
                ("acceptance", if year > 2022 { "通过" } else { "未到期" }.into()),
            ]),
        );
    }
    document.push(
        "navigation",
        record([
            ("name", "示例园区专利导航".into()),
            ("standard_part", "39551.2".into()),
            ("industry_code", "3511".into()),
            ("start", day(year, 2, 1)),
        ]),
    );
    document.push(
        "funding",
        record([
            ("stage", "运用".into()),
            ("policy_doc", format!("示例园发〔{}〕1号", year.min(2020)).into()),
            ("paid_date", day(year, 10, 12)),
            ("amount_wan", 25.into()),
            ("rights_count", 2.into()),
        ]),
    );
    if year > 2021 {
        deals(year, document);
        for clause in ["议定书-6", "议定书-7", "省-4", "省-6"] {
            document.push("evidence", evidence_of(clause, year, "示例园发"));
        }
    }
}

fn ledger_row(at: i64, patent: Patent, year: i64) -> Table {
    let (kind, digits, filed, published, granted, ended) = patent;
    let title = if kind == "外观设计" { "示例产品" } else { "一种示例装置及方法" };
    let status = match ended {
        _ if granted[0] > year => "申请中",
        Some(ended) if year >= ended => "终止-未缴费",
        _ => "有效",
    };
    let date = |[year, month, of_month]: [i64; 3]| day(year, month, of_month);
    let mut row = record([
        ("type", kind.into()),
        ("application_no", patent_number(digits).into()),
        ("title", format!("{title}（150-{at:02}）").into()),
        ("owner_name", OPERATOR.into()),
        ("owner_uscc", CODE.into()),
        ("application_date", date(filed)),
        ("legal_status", status.into()),
        ("status_date", day(year, 12, 20)),
    ]);
    if let Some(published) = published {
        row.insert("publication_date".to_string(), date(published));
    }
    if granted[0] <= year {
        row.insert("grant_date".to_string(), date(granted));
    }
    // The first has a family abroad: one of the five kinds that are counted from 2021 on.
    if at == 1 && year > 2021 {
        row.insert("is_high_value".to_string(), true.into());
        row.insert("high_value_reasons".to_string(), vec!["HV2 海外有同族"].into());
        row.insert("family_refs".to_string(), vec!["EP9915000A1"].into());
    }
    row
}

/// A licence and a transfer, both recorded in time.
fn deals(year: i64, document: &mut Document) {
    let more = number(2.5 * f64::from(i32::try_from(year - 2022).unwrap_or_default()) + 18.0);
    for (n, kind, digits, amount, month) in
        [(1, "许可", "201419150000", more, 3), (2, "转让", "201629160001", 6.into(), 5)]
    {
        document.push(
            "deals",
            record([
                ("contract_no", format!("示例合字{year}-0{n}").into()),
                ("kind", kind.into()),
                ("right_kind", if n == 1 { "发明" } else { "实用新型" }.into()),
                ("right_no", patent_number(digits).into()),
                ("from_party", if n == 1 { OPERATOR } else { "示例甲机械有限公司" }.into()),
                ("to_party", "示例乙材料有限公司".into()),
                ("amount_wan", amount),
                ("effective_on", day(year, month, 6)),
                ("record_no", format!("示例备{year}00{n}").into()),
                ("recorded_on", day(year, month + 2, 16)),
            ]),
        );
    }
}
