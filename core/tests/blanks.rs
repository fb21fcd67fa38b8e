//! What rules above record level make of blank cells and of tables that could not be read: nothing is taken for
//! empty, nothing real is lost, and one submitter's gap does not blind the batch.

mod support;

use hegui_core::verdict::Outcome::{self, CannotDecide, Error, Fail, NotApplicable, Pass};
use hegui_core::verdict::{RuleOutcome, Verdicts};
use support::{batch_rule, book, delivery, outcome, record_rule, rule, submission_rule, verdicts};

const CITY: &str = "submitter_kind=city\nsubmitter_code=620100\nsubmitter_name=兰州市\nreport_year=2020";
const OTHER: &str = "submitter_kind=city\nsubmitter_code=620200\nsubmitter_name=嘉峪关市\nreport_year=2020";
/// The second row has no amount, which is required.
const GAP: &str = "编号,类别,数量,金额\nA,发明,3,1\nB,发明,4,\nC,发明,5,9";
const WHOLE: &str = "编号,类别,数量,金额\nA,发明,3,1\nC,发明,5,9";

fn judge(file: &str, batch: &[(&str, &[(&str, &str)])]) -> Verdicts {
    let book = book(&[("T-001", file)], &[]);
    let deliveries =
        (1..).zip(batch).map(|(at, (header, tables))| delivery(&book, at, header, tables)).collect();
    verdicts(&book, deliveries)
}

#[track_caller]
fn says(file: &str, items: &str, expected: Outcome) -> RuleOutcome {
    let verdicts = judge(file, &[(CITY, &[("items", items)])]);
    let said = outcome(&verdicts, 0, "T-001");
    assert_eq!(said.outcome, expected, "{file}\n{said:?}");
    said.clone()
}

#[test]
fn a_match_is_a_match_whatever_else_is_blank() {
    for verb in ["any", "find"] {
        let found = if verb == "any" { "" } else { " != ()" };
        let script = |amount: u32| {
            submission_rule(&format!("if items.{verb}(|r| r.金额 == {amount}){found} {{ fail(\"甲\"); }}"))
        };
        says(&script(9), GAP, Fail);
        // The blank one might have been it.
        let said = says(&script(7), GAP, CannotDecide);
        assert!(said.reasons[0].zh.contains("金额"), "{said:?}");
        says(&script(7), WHOLE, Pass);
    }
}

#[test]
fn all_is_refuted_by_one_and_proven_by_none_blank() {
    let script =
        |least: u32| submission_rule(&format!("if items.all(|r| r.金额 >= {least}) {{ fail(\"甲\"); }}"));
    says(&script(5), GAP, Pass);
    says(&script(1), GAP, CannotDecide);
    says(&script(1), WHOLE, Fail);
}

#[test]
fn a_count_with_a_blank_is_no_count() {
    for sum in
        ["items.count(|r| r.金额 > 0)", "items.sum(|r| r.金额)", "items.filter(|r| r.金额 > 0).count()"]
    {
        says(&submission_rule(&format!("if {sum} > 100 {{ fail(\"甲\"); }}")), GAP, CannotDecide);
    }
}

#[test]
fn groups_leave_out_what_cannot_be_told_and_say_so() {
    let rule = submission_rule("for g in items.duplicates(|r| r.金额) { fail(g.rows.first(), \"甲\"); }");
    let rule = rule.replace("g.rows.first()", "submission");
    says(&rule, WHOLE, Pass);
    says(&rule, GAP, CannotDecide);
    says(&rule, &format!("{GAP}\nD,发明,1,9"), Fail);
}

#[test]
fn one_blank_cell_does_not_blind_the_batch() {
    let rule = batch_rule(
        "for g in items.duplicates(|r| r.金额) { for r in g.rows { fail(r, \"金额\", \"甲\"); } }",
    );
    let batch: &[(&str, &[(&str, &str)])] =
        &[(CITY, &[("items", GAP)]), (OTHER, &[("items", "编号,金额\nX,7")])];
    let verdicts = judge(&rule, batch);
    assert_eq!(outcome(&verdicts, 0, "T-001").outcome, CannotDecide);
    assert!(outcome(&verdicts, 0, "T-001").reasons[0].zh.starts_with("兰州市 "));
    assert_eq!(outcome(&verdicts, 1, "T-001").outcome, Pass);
    let batch: &[(&str, &[(&str, &str)])] =
        &[(CITY, &[("items", GAP)]), (OTHER, &[("items", "编号,金额\nX,9")])];
    let verdicts = judge(&rule, batch);
    assert_eq!([0, 1].map(|at| outcome(&verdicts, at, "T-001").outcome), [Fail, Fail]);
}

#[test]
fn a_table_that_could_not_be_read_is_not_empty() {
    // None of its headings is understood.
    const UNREAD: &str = "甲,乙\n1,2";
    says(&record_rule("if 数量 > 5 { fail(\"数量\", \"过大\"); }"), UNREAD, CannotDecide);
    says(&submission_rule("if items.is_empty() { fail(\"甲\"); }"), UNREAD, CannotDecide);
    says(&submission_rule("if submission.items.is_empty() { fail(\"甲\"); }"), UNREAD, CannotDecide);
    let verdicts = judge(&record_rule("if 数量 > 5 { fail(\"数量\", \"过大\"); }"), &[(CITY, &[])]);
    assert_eq!(outcome(&verdicts, 0, "T-001").outcome, NotApplicable);
}

#[test]
fn a_wrong_name_that_means_a_table_leaves_it_unread() {
    let rule = record_rule("if 数量 > 5 { fail(\"数量\", \"过大\"); }");
    let verdicts = judge(&rule, &[(CITY, &[("itens", WHOLE)])]);
    assert_eq!(outcome(&verdicts, 0, "T-001").outcome, CannotDecide);
}

#[test]
fn an_unread_table_is_left_out_of_the_batch() {
    let rule = batch_rule("for r in items { if r.数量 > 4 { fail(r, \"数量\", \"过大\"); } }");
    let verdicts = judge(&rule, &[(CITY, &[("items", "甲,乙\n1,2")]), (OTHER, &[("items", WHOLE)])]);
    assert_eq!([0, 1].map(|at| outcome(&verdicts, at, "T-001").outcome), [CannotDecide, Fail]);
}

#[test]
fn the_directory_of_tables_tells_what_is_filed() {
    let rule = |test: &str| submission_rule(&format!("if tables_filed.any(|t| {test}) {{ fail(\"甲\"); }}"));
    says(&rule("t.key == \"items\" && t.filed && t.records == 2"), WHOLE, Fail);
    says(&rule("t.报表 == \"items\" && t.已报 && t.记录数 == 0"), "甲,乙\n1,2", Fail);
    says(&rule("t.key == \"items\" && !t.filed"), WHOLE, Pass);
}

/// Each closure would be allowed the whole limit for itself.
#[test]
fn closures_share_one_limit_of_steps() {
    let rows: String = (0..60).map(|n| format!("\n{n},发明,3,1")).collect();
    let ledger = format!("编号,类别,数量,金额{rows}");
    let script = "let 数 = items.count(|r| { let n = 0; while n < 1000000 { n += 1; } n > r.数量 }); if 数 > 0 { fail(\"甲\"); }";
    let said = says(&submission_rule(script), &ledger, Error);
    assert!(said.reasons[0].zh.contains("步数"), "{said:?}");
}

#[test]
fn a_required_column_that_is_missing_leaves_its_readers_undecided() {
    let file = rule("level = \"record\"\ntable = \"items\"", "if 金额 > 5 { fail(\"金额\", \"过大\"); }");
    says(&file, "编号,类别,数量\nA,发明,3", CannotDecide);
}
