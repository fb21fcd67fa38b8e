//! Tables as offices fill them in: rows below the records, per cents, grouped headings, names in the wrong place.

#![allow(clippy::unwrap_used, clippy::panic)]

mod common;

use common::{Book, cell, file, folder, problems, problems_besides_gaps, rows, rows_from, schema};
use hegui_core::schema::Schema;
use hegui_core::submission::Submission;
use hegui_core::verdict::Severity;
use hegui_formats::package::{Package, PackageKind};

fn read(package: Package) -> (Schema, Submission) {
    let schema = schema();
    let submission = hegui_formats::read::read(package, &schema);
    (schema, submission)
}

fn sheet(name: &str, content: &str) -> (Schema, Submission) {
    read(Book::with_header().sheet(name, content).package())
}

fn csv(name: &str, text: &str) -> (Schema, Submission) {
    let header = "\"报告年度\" = 2025".as_bytes();
    read(folder(&[("header.toml", header), (name, text.as_bytes())]))
}

fn records(submission: &Submission) -> Vec<u32> {
    submission.tables.iter().flatten().flat_map(|table| table.rows.clone()).collect()
}

#[track_caller]
fn says(submission: &Submission, expected: &[&str]) {
    assert_eq!(problems_besides_gaps(submission), expected);
}

#[test]
fn rows_below_the_records() {
    let content = rows(&[
        &["申请号", "专利类型", "申请日", "发明创造名称"],
        &["CN1", "发明", "2020-05-12", "甲"],
        &["合 计", "1"],
        &["注：1.以上为年末数，电话13900000000"],
        &["2.不含境外专利"],
        &["填表人：张三", "审核人：李四", "", "2021年3月5日"],
    ]);
    let (_, read) = sheet("专利台账", &content);
    assert_eq!(records(&read), [2]);
    says(
        &read,
        &[
            "专利台账!A3 第 3 行“合计”视为合计行，未作为记录，其中的数没有核对",
            "专利台账!A4 第 4 行“注”视为表尾说明，未作为记录",
            "专利台账!A5 第 5 行视为表尾说明，未作为记录",
            "专利台账!A6 第 6 行“填表人”视为表尾说明，未作为记录",
        ],
    );
    let footers: Vec<_> =
        read.problems.iter().filter(|p| p.kind.message().zh.contains("未作为记录")).collect();
    assert!(footers.iter().all(|problem| problem.kind.severity() == Severity::Info));
    assert!(!format!("{footers:?}").contains("139"));
}

#[test]
fn rows_below_the_records_of_a_csv_file() {
    let text = "指标代码,指标名称,本期数\nIND-P01,有效专利合计,5\n,合计,5\n\n数据来源：甘州某局,,\n";
    let (_, read) = csv("指标表.csv", text);
    assert_eq!(records(&read), [2]);
    says(
        &read,
        &[
            "指标表.csv:3:2 第 3 行“合计”视为合计行，未作为记录，其中的数没有核对",
            "指标表.csv:5:1 第 5 行“数据来源”视为表尾说明，未作为记录",
        ],
    );
}

#[test]
fn merged_footers() {
    let content = rows(&[&["申请号", "专利类型"], &["CN1", "发明"], &["备注：甲"]]);
    let book = Book::with_header()
        .sheet("专利台账", &content)
        .after(r#"<mergeCells><mergeCell ref="A3:B3"/></mergeCells>"#);
    let (_, read) = read(book.package());
    assert_eq!(records(&read), [2]);
    says(&read, &["专利台账!A3 第 3 行“备注”视为表尾说明，未作为记录"]);
}

#[test]
fn records_that_look_like_footers() {
    // A key of its own, a record below, or no fixed word: all are records.
    let text = "指标代码,指标名称,本期数\nIND-P01,合计,5\n合计,,5\nIND-P02,甲,1\n,乙,\n";
    let (_, read) = csv("指标表.csv", text);
    assert_eq!(records(&read), [2, 3, 4, 5]);
    let gaps = problems(&read);
    assert!(gaps.iter().any(|gap| gap.starts_with("指标表.csv:3:2 “指标名称”必填")), "{gaps:?}");
    assert!(gaps.iter().any(|gap| gap.starts_with("指标表.csv:5:1 “指标代码”必填")), "{gaps:?}");
}

/// Styles of which number 1 is a per cent, and number 2 one of our own.
const STYLES: &str = r#"<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><numFmts count="1"><numFmt numFmtId="164" formatCode="0.0%;[Red]-0.0%"/></numFmts><cellXfs count="3"><xf numFmtId="0"/><xf numFmtId="9"/><xf numFmtId="164"/></cellXfs></styleSheet>"#;

#[test]
fn per_cents() {
    let content = rows(&[&["指标代码", "本期数", "同比%"]])
        + r#"<row r="2"><c r="A2" t="inlineStr"><is><t>IND-P01</t></is></c><c r="B2"><v>5</v></c><c r="C2" s="1"><v>0.07</v></c></row>
             <row r="3"><c r="A3" t="inlineStr"><is><t>IND-P02</t></is></c><c r="B3" s="1"><v>0.1</v></c><c r="C3" s="2"><f>B3-1</f><v>-0.1234</v></c></row>
             <row r="4"><c r="A4" t="inlineStr"><is><t>IND-P03</t></is></c><c r="B4"><v>0.1</v></c><c r="C4"><v>0.1</v></c></row>"#
        + &rows_from(5, &[&["IND-P04", "10%", "１０％"]]);
    let book = Book::with_header().sheet("指标表", &content).part("xl/styles.xml", STYLES);
    let (schema, read) = read(book.package());
    let row = |row| ["本期数", "同比%"].map(|field| cell(&read, &schema, "indicators", row, field));
    assert_eq!(row(0), ["5", "7"]);
    assert_eq!(row(1), ["?10%", "-12.34"]);
    assert_eq!(row(2), ["0.1", "0.1"]);
    assert_eq!(row(3), ["?10%", "10"]);
    let advice = "“本期数”不能带百分号；计量单位是 % 的，请只填 10，单元格格式用“常规”";
    says(&read, &[&format!("指标表!B3 {advice}"), &format!("指标表!B5 {advice}")]);
    assert_eq!(read.problems.iter().filter(|p| p.found.as_deref() == Some("10%")).count(), 2);
}

#[test]
fn nothing_to_say_and_too_much() {
    let text =
        "申请号,专利类型,申请日,授权公告日,发明创造名称\nCN1,发明,不详,-,无\nCN2,发明,2020年,Ｎ／Ａ,/\n";
    let (schema, read) = csv("patents.csv", text);
    says(
        &read,
        &[
            "patents.csv:2:3 “申请日”应填日期，如 2021-03-05",
            "patents.csv:2:4 “授权公告日”应填日期，如 2021-03-05；没有的话空着即可，不必填“-”",
            "patents.csv:3:3 “申请日”应填日期，如 2021-03-05",
            "patents.csv:3:4 “授权公告日”应填日期，如 2021-03-05；没有的话空着即可，不必填“Ｎ／Ａ”",
        ],
    );
    assert_eq!(cell(&read, &schema, "patents", 0, "发明创造名称"), "无");
    let text = "指标代码,本期数,上年同期数\nIND-P01,12件,无\nIND-P02,约12,3.5万\n";
    let (_, read) = csv("indicators.csv", text);
    says(
        &read,
        &[
            "indicators.csv:2:2 “本期数”只填数字，不带单位；请把“件”移出这一格",
            "indicators.csv:2:3 “上年同期数”应填数字，不带单位、不带“约”等字；没有的话空着即可，不必填“无”",
            "indicators.csv:3:2 “本期数”应填数字，不带单位、不带“约”等字",
            "indicators.csv:3:3 “上年同期数”只填数字；请写出完整的数，不用“万”",
        ],
    );
}

#[test]
fn a_unit_in_a_field_of_a_unit() {
    let json =
        r#"{"header": {"report_year": 2025, "population": {"value_wan": "151.21万人", "统计口径": "甲"}}}"#;
    let (_, read_whole) = read(file("a.json", PackageKind::Json, json));
    says(&read_whole, &["header.population “人口口径”其中“人口数”只填数字：单位就是万人，请只填 151.21"]);
    let content = rows(&[&["字段", "值"], &["报告年度", "2025"], &["人口口径.人口数", "1512100人"]]);
    let (_, read) = read(Book::new().sheet("报送信息", &content).package());
    says(&read, &["报送信息!B3 “人口数”只填数字，单位是万人；请换算成万人，去掉“人”"]);
}

#[test]
fn a_part_by_two_names() {
    let json =
        r#"{"header": {"report_year": 2025, "secrecy_review": {"reviewer": "张三", "审查人": "李四"}}}"#;
    let (_, read) = read(file("a.json", PackageKind::Json, json));
    says(&read, &["header.secrecy_review “保密审查”的同一分项填了两次：“reviewer”和“审查人”，请只留一个"]);
}

#[test]
fn a_field_by_two_names() {
    let json =
        r#"{"header": {"report_year": 2025}, "tables": {"patents": [{"type": "发明", "专利类型": "发明"}]}}"#;
    let (_, read) = read(file("a.json", PackageKind::Json, json));
    let found = problems_besides_gaps(&read);
    assert!(found[0].contains("前一次在 tables.patents[0].type"), "{found:?}");
}

#[test]
fn suggestions_leave_out_what_is_there() {
    let (_, read) = csv("patents.csv", "申请号,申请日,申请日期\nCN1,2020-05-12,2020-05-12\n");
    says(&read, &["patents.csv:1:3 “专利台账”没有名为“申请日期”的一栏；这一栏未被使用"]);
    let (_, read) = csv("patents.csv", "申请号,申请日期\nCN1,2020-05-12\n");
    says(
        &read,
        &["patents.csv:1:2 “专利台账”没有名为“申请日期”的一栏，是不是“申请日”？这一栏没有读入，请改名"],
    );
}

#[test]
fn parts_without_their_whole() {
    let content = rows(&[
        &["字段", "值"],
        &["审查人", "张三"],
        &["保密审查.审查日期", "2021-02-18"],
        &["审查日期", "2021-02-18"],
    ]);
    let (_, read) = read(Book::new().sheet("报送信息", &content).package());
    says(
        &read,
        &[
            "报送信息!B2 报送信息里没有“审查人”这一项，是不是“保密审查.审查人”？",
            "报送信息!B4 报送信息里没有“审查日期”这一项",
        ],
    );
}

#[test]
fn what_is_missing_has_a_place() {
    let (_, read) = sheet("专利台账", &rows(&[&["专利台账"], &["申请号", "专利类型"], &["CN1", "发明"]]));
    let found = problems(&read);
    assert!(
        found.iter().any(|problem| problem.starts_with("专利台账!C2 “专利台账”缺少必填的一栏")),
        "{found:?}"
    );
    assert!(found.iter().any(|problem| problem.starts_with("报送信息 报送信息缺少“报送编号”")), "{found:?}");
    let (_, read) = csv("patents.csv", "申请号,专利类型\nCN1,发明\n");
    let found = problems(&read);
    assert!(found.iter().any(|problem| problem.starts_with("patents.csv:1:3 “专利台账”缺少")), "{found:?}");
    assert!(
        found.iter().any(|problem| problem.starts_with("header.submission_id 报送信息缺少")),
        "{found:?}"
    );
}

#[test]
fn headings_in_two_rows() {
    let content = rows(&[
        &["2025年专利台账"],
        &["申请号", "专利类型", "日期", "", "序号"],
        &["", "", "申请日", "授权公告日"],
        &["CN1", "发明", "2020-05-12", "2021-05-12"],
    ]);
    let merges = r#"<mergeCells><mergeCell ref="A1:E1"/><mergeCell ref="A2:A3"/><mergeCell ref="B2:B3"/><mergeCell ref="C2:D2"/><mergeCell ref="E2:E3"/></mergeCells>"#;
    let (schema, read) = read(Book::with_header().sheet("专利台账", &content).after(merges).package());
    assert_eq!(records(&read), [4]);
    assert_eq!(cell(&read, &schema, "patents", 0, "申请号"), "CN1");
    assert_eq!(cell(&read, &schema, "patents", 0, "授权公告日"), "2021-05-12");
    says(&read, &["专利台账!E3 “专利台账”没有名为“序号”的一栏；这一栏未被使用"]);
}
