//! A ledger in which every record is faulty: reports list some, say how many there are, and JSON Lines has them all.

#![allow(clippy::unwrap_used, clippy::panic)]

mod common;

use std::fmt::Write as _;

use common::{Folder, Run, check, empty_folder, write};
use serde_json::Value;

/// So many records lack their grant date, and in as many nobody can read the day of filing.
const RECORDS: usize = 130;

/// Synthetic.
const HEADER: &str = r#"
schema_version = "1"
submission_id = "SYN-2020-000202"
submitter_kind = "enterprise"
submitter_code = "91620102YYYY000202"
submitter_name = "示例B科技有限公司（合成数据）"
region_code = "620102"
report_year = 2020
period_start = 2020-01-01
period_end = 2020-12-31
as_of_date = 2020-12-31
submitted_at = 2021-02-20T10:00:00
revision = 1
prepared_by = "示例甲"
reviewed_by = "示例乙"
approved_by = "示例丙"
statement_truthful = true
classification_declared = "非密"
secrecy_review = { done = true, reviewer = "示例丁", date = 2021-02-18, conclusion = "不涉密" }
industry_code = "3511"
established_on = 2008-05-12
mci_participant = false
"#;

fn ledger(name: &str) -> (Folder, String) {
    let folder = empty_folder(name);
    write(&folder, "header.toml", HEADER);
    let mut csv = "专利类型,申请号,发明创造名称,专利权人,申请日,法律状态,法律状态查询日\n".to_string();
    for n in 0..RECORDS {
        let rest = "示例装置,示例B科技有限公司（合成数据）";
        writeln!(csv, "发明,201219{n:06}.0,{rest},2012-01-01,有效,2020-12-20").unwrap();
        writeln!(csv, "发明,201319{n:06}.0,{rest},约2013年,申请中,2020-12-20").unwrap();
    }
    let path = folder.to_string_lossy().into_owned();
    write(&folder, "patents.csv", csv);
    (folder, path)
}

fn run(path: &str, more: &[&str]) -> Run {
    check(&[path], &[&["--only", "PAT-008"], more].concat()).exits(1)
}

fn outcome(submissions: &[Value], rule: &str) -> Value {
    let outcomes = submissions.iter().flat_map(|one| one["outcomes"].as_array().unwrap());
    outcomes.clone().find(|one| one["rule"] == rule).unwrap()["findings"].clone()
}

#[test]
fn reports_list_some_and_count_all() {
    let (_folder, path) = ledger("many");
    run(&path, &[]).says(&[
        "READ 另有 30 处同类问题未列出",
        "PAT-008 另有 30 处同类问题未列出",
        "错误 260 处",
    ]);
    run(&path, &["--max-findings", "3"]).says(&["PAT-008 另有 127 处同类问题未列出", "错误 260 处"]);
    run(&path, &["--max-findings", "0"]).says(&["PAT-008 另有 130 处同类问题未列出", "错误 260 处"]);
    let all = run(&path, &["--max-findings", "all"]).says(&["错误 260 处"]);
    assert!(!all.out.contains("未列出"), "{}", all.out);

    let report = run(&path, &["--format", "json"]).json();
    let of =
        |rule: &str| report["findings"].as_array().unwrap().iter().filter(|one| one["rule"] == rule).count();
    assert_eq!((of("READ"), of("PAT-008")), (100, 100));
    let submissions = report["submissions"].as_array().unwrap();
    assert_eq!(outcome(submissions, "READ"), RECORDS);
    assert_eq!(outcome(submissions, "PAT-008"), RECORDS);
    let left_out = report["left_out"].as_array().unwrap();
    assert_eq!(left_out.iter().map(|one| one["count"].as_u64().unwrap()).collect::<Vec<_>>(), [30, 30]);
    let none = run(&path, &["--format", "json", "--max-findings", "0"]).json();
    assert_eq!(none["findings"].as_array().unwrap().len(), 0);
    assert_eq!(outcome(none["submissions"].as_array().unwrap(), "PAT-008"), RECORDS);
    let whole = run(&path, &["--format", "json", "--max-findings", "all"]).json();
    assert_eq!(whole["findings"].as_array().unwrap().len(), 2 * RECORDS);
    assert!(whole.get("left_out").is_none());
}

#[test]
fn json_lines_have_all() {
    let (_folder, path) = ledger("lines");
    let lines = run(&path, &["--format", "jsonl", "--max-findings", "1"]).out;
    let lines: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let of = |kind: &str| lines.iter().filter(|line| line["type"] == kind).cloned().collect::<Vec<_>>();
    assert_eq!(of("finding").len(), 2 * RECORDS);
    assert_eq!(outcome(&of("submission"), "PAT-008"), RECORDS);
    // In another order, they are the findings of the JSON report.
    let report = run(&path, &["--format", "json", "--max-findings", "all"]).json();
    let mut report: Vec<String> =
        report["findings"].as_array().unwrap().iter().map(Value::to_string).collect();
    let mut found: Vec<String> = of("finding")
        .into_iter()
        .map(|mut line| {
            line.as_object_mut().unwrap().shift_remove("type");
            line.to_string()
        })
        .collect();
    report.sort();
    found.sort();
    assert_eq!(found, report);
}
