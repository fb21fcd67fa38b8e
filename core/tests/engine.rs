//! What the engine answers: outcomes, places, figures, fingerprints, last year, revisions, holds — and the same
//! answer however many threads there are.

mod support;

use hegui_core::verdict::{Outcome, Verdicts};
use support::{book, delivery, outcome, record_rule, rule, verdicts};

const HEADER: &str = "submitter_kind=city\nsubmitter_code=620100\nsubmitter_name=兰州市\nreport_year=2020\nperiod_end=2020-12-31";
const ITEMS: &str = "编号,类别,数量,金额,已付,申请日,在用,标签";

fn items(rows: &[&str]) -> String {
    std::iter::once(ITEMS).chain(rows.iter().copied()).collect::<Vec<_>>().join("\n")
}

/// What one rule says of one submission with this ledger.
fn judge(file: &str, header: &str, tables: &[(&str, &str)]) -> Verdicts {
    let book = book(&[("T-001", file)], &[]);
    verdicts(&book, vec![delivery(&book, 1, header, tables)])
}

#[test]
fn outcomes() {
    use Outcome::{CannotDecide, Error, Fail, NotApplicable, Pass};
    const BIG: &str = "if 数量 > 5 { fail(\"数量\", \"过大\"); }";
    const ROW: &str = "A,发明,3,1.5,,2020-05-12,是,甲";
    let record = "level = \"record\"\ntable = \"items\"";
    #[allow(clippy::type_complexity)]
    let cases: &[(Outcome, &str, &str, &str, &[&str], &str)] = &[
        (Pass, "a good row", "", BIG, &[ROW], ""),
        (Fail, "a bad row among good ones", "", BIG, &[ROW, "B,发明,9,1,,2020-05-12,是,甲"], ""),
        (
            CannotDecide,
            "an unset parameter",
            "",
            "if 金额 > 参数.最高额 { fail(\"甲\"); }",
            &[ROW],
            "没有出处",
        ),
        (CannotDecide, "a required cell is empty", "", BIG, &["A,发明,,1,,2020-05-12,是,甲"], "必填而未填"),
        (CannotDecide, "a cell cannot be read", "", BIG, &["A,发明,约三,1,,2020-05-12,是,甲"], "无法识别"),
        (
            CannotDecide,
            "an unreadable optional cell",
            "",
            "if 已付 != () && 已付 > 5 { fail(\"甲\"); }",
            &["A,发明,3,1,约,2020-05-12,是,甲"],
            "无法识别",
        ),
        (
            CannotDecide,
            "it says so itself",
            "",
            "if 数量 == 3 { undecided(\"不知道\"); } fail(\"甲\");",
            &[ROW],
            "不知道",
        ),
        (NotApplicable, "before its day", "from = 2021-01-01", BIG, &[ROW], "2021-01-01"),
        (NotApplicable, "after its day", "to = 2019-12-31", BIG, &[ROW], "2019-12-31"),
        (Pass, "on its first and last day", "from = 2020-12-31\nto = 2020-12-31", BIG, &[ROW], ""),
        (NotApplicable, "another kind of submitter", "applies_to = [\"province\"]", BIG, &[ROW], "市州"),
        (NotApplicable, "an empty ledger", "", BIG, &[], "没有记录"),
        (
            NotApplicable,
            "all rows skipped",
            "",
            "if 数量 == 3 { skip(\"不查\"); } fail(\"甲\");",
            &[ROW],
            "不查",
        ),
        (
            Pass,
            "a row skipped, a row clean",
            "",
            "if 数量 == 3 { skip(\"不查\"); } if 数量 > 9 { fail(\"甲\"); }",
            &[ROW, "B,发明,4,1,,2020-05-12,是,甲"],
            "",
        ),
        (
            Fail,
            "a row undecided, a row bad",
            "",
            "if 数量 == 3 { undecided(\"不知道\"); } fail(\"甲\");",
            &[ROW, "B,发明,4,1,,2020-05-12,是,甲"],
            "",
        ),
        (
            Fail,
            "a finding stands although the rule then skips",
            "",
            "fail(\"甲\"); skip(\"不查\");",
            &[ROW],
            "",
        ),
        (Error, "a division by zero", "", "if 金额 / (数量 - 3) > 1 { fail(\"甲\"); }", &[ROW], "除数为零"),
        (
            Error,
            "an overflow",
            "",
            "let 大 = 9000000000000000000; if 大 + 大 > 数量 { fail(\"甲\"); }",
            &[ROW],
            "溢出",
        ),
        (Error, "an item that is not there", "", "if 标签[7] == \"甲\" { fail(\"甲\"); }", &[ROW], "没有第"),
        (Error, "no such day", "", "if make_date(数量, 13, 1) > 申请日 { fail(\"甲\"); }", &[ROW], "13"),
        (
            Error,
            "a broken row takes its findings along",
            "",
            "fail(\"甲\"); if 金额 / (数量 - 3) > 1 { fail(\"乙\"); }",
            &[ROW],
            "除数为零",
        ),
        (
            Error,
            "an endless loop",
            "",
            "let 数 = 0; loop { 数 += 1; if 数 < 0 { break; } } fail(\"甲\");",
            &[ROW],
            "死循环",
        ),
        (Pass, "a number in a range", "", "if !(数量 in 0..5) { fail(\"甲\"); }", &[ROW], ""),
        (
            Pass,
            "a whole number in a list of decimals",
            "",
            "if !(数量 in [3.0, 4.5]) { fail(\"甲\"); }",
            &[ROW],
            "",
        ),
    ];
    for (expected, what, head, script, rows, reason) in cases {
        let file = rule(&format!("{record}\n{head}"), script);
        let verdicts = judge(&file, HEADER, &[("items", &items(rows))]);
        let said = outcome(&verdicts, 0, "T-001");
        assert_eq!(said.outcome, *expected, "{what}: {said:?}");
        assert_eq!(reason.is_empty(), said.reasons.is_empty(), "{what}: {said:?}");
        assert!(said.reasons.iter().all(|text| text.zh.contains(reason)), "{what}: {said:?}");
        assert!(said.reasons.iter().all(|text| !text.en.is_empty() || matches!(*reason, "不知道" | "不查")));
        let findings = verdicts.findings.iter().filter(|finding| finding.rule.0 == "T-001").count();
        assert_eq!((said.findings, findings > 0), (findings, *expected == Fail), "{what}");
    }
    let missing = judge(&record_rule(BIG), HEADER, &[]);
    assert_eq!(outcome(&missing, 0, "T-001").outcome, NotApplicable);
    let undated = judge(
        &rule(&format!("{record}\nfrom = 2020-01-01"), BIG),
        "submitter_code=1\nsubmitter_name=甲",
        &[],
    );
    assert_eq!(outcome(&undated, 0, "T-001").outcome, CannotDecide);
}

#[test]
fn a_broken_rule_leaves_the_others_alone() {
    let rules = [
        ("T-001", record_rule("let 数 = 0; loop { 数 += 1; if 数 < 0 { break; } } fail(\"甲\");")),
        ("T-002", record_rule("if 数量 > 5 { fail(\"数量\", \"过大\"); }").replace("T-001", "T-002")),
    ];
    let book = book(&rules.each_ref().map(|(name, text)| (*name, text.as_str())), &[]);
    let table = items(&["A,发明,9,1,,2020-05-12,是,甲"]);
    let verdicts = verdicts(&book, vec![delivery(&book, 1, HEADER, &[("items", &table)])]);
    assert_eq!(outcome(&verdicts, 0, "T-001").outcome, Outcome::Error);
    assert_eq!(outcome(&verdicts, 0, "T-002").outcome, Outcome::Fail);
}

#[test]
fn a_finding_names_its_place_and_its_figures() {
    let file = record_rule("if 数量 > 5 { fail(\"数量\", `多了 ${数量 - 5}`).expected(5); }");
    let table = items(&["A,发明,3,1,,2020-05-12,是,甲", ",,,,,,,", "B,发明,9,1,,2020-05-12,是,甲"]);
    let verdicts = judge(&file, HEADER, &[("items", &table)]);
    let finding = verdicts.findings.iter().find(|finding| finding.rule.0 == "T-001").cloned();
    let finding = finding.unwrap_or_else(|| panic!("{verdicts:?}"));
    // Blank rows count: the record's number is the file's own.
    assert_eq!(
        (finding.location.record, finding.location.line, finding.location.column),
        (Some(4), Some(4), Some(3))
    );
    assert_eq!(finding.location.short(), "items.csv:4:3");
    assert_eq!(
        (finding.location.table.as_deref(), finding.location.field.as_deref()),
        (Some("items"), Some("number"))
    );
    assert_eq!(finding.key.as_deref(), Some("B"));
    assert_eq!(finding.found.as_deref(), Some("9"));
    assert_eq!(finding.expected.as_deref(), Some("5"));
    assert_eq!(finding.difference.as_deref(), Some("4"));
    assert_eq!((finding.message.zh.as_str(), finding.message.en.as_str()), ("多了 4", "a rule for tests"));
    assert_eq!(finding.submission.as_deref(), Some("2020-620100"));
}

#[test]
fn fingerprints_follow_the_content() {
    let file = record_rule("if 数量 > 5 { fail(\"数量\", \"过大\").expected(5); }");
    let print = |rows: &[&str]| -> Vec<String> {
        let verdicts = judge(&file, HEADER, &[("items", &items(rows))]);
        let ours = verdicts.findings.iter().filter(|finding| finding.rule.0 == "T-001");
        ours.map(|finding| finding.fingerprint.clone()).collect()
    };
    let bad = "B,发明,9,1,,2020-05-12,是,甲";
    let before = print(&[bad]);
    assert_eq!(before.len(), 1);
    assert_eq!(before, print(&["A,发明,3,1,,2020-05-12,是,甲", "", bad]), "a row above changes nothing");
    assert_eq!(before, print(&["B,发明,9,2,,2020-05-12,否,乙"]), "other cells change nothing");
    assert_ne!(before, print(&["B,发明,8,1,,2020-05-12,是,甲"]), "another figure");
    assert_ne!(before, print(&["C,发明,9,1,,2020-05-12,是,甲"]), "another record");
}

#[test]
fn last_year_is_found_by_code() {
    let file = rule(
        "level = \"year_over_year\"",
        "if 上年 == () { undecided(\"没有上年\"); } if 上年.台账.len() > 台账.len() { fail(\"比上年少\"); }",
    );
    let book = book(&[("T-001", &file)], &[]);
    let header = |code: &str, name: &str, year: i32| {
        format!("submitter_kind=city\nsubmitter_code={code}\nsubmitter_name={name}\nreport_year={year}")
    };
    let row = "A,发明,3,1,,2020-05-12,是,甲";
    let (one, two) = (items(&[row]), items(&[row, row]));
    let verdicts = verdicts(
        &book,
        vec![
            delivery(&book, 1, &header("620100", "兰州市", 2020), &[("items", &one)]),
            delivery(&book, 2, &header("620100", "兰州市人民政府", 2019), &[("items", &two)]),
            delivery(&book, 3, &header("620200", "兰州市", 2019), &[("items", &one)]),
            delivery(&book, 4, &header("620300", "金昌市", 2018), &[("items", &two)]),
            delivery(&book, 5, &header("620300", "金昌市", 2020), &[("items", &one)]),
        ],
    );
    let said: Vec<(&str, Outcome)> = verdicts
        .submissions
        .iter()
        .map(|one| (one.id.as_str(), one.outcomes.iter().find(|one| one.rule.0 == "T-001")))
        .filter_map(|(id, said)| Some((id, said?.outcome)))
        .collect();
    assert_eq!(
        said,
        [
            ("2019-620100", Outcome::CannotDecide),
            ("2020-620100", Outcome::Fail),
            ("2019-620200", Outcome::CannotDecide),
            ("2018-620300", Outcome::CannotDecide),
            ("2020-620300", Outcome::CannotDecide),
        ]
    );
}

#[test]
fn revisions_supersede_and_duplicates_are_reported() {
    let file = rule("level = \"cross_submission\"", "if 台账.len() != 1 { fail(`共 ${台账.len()} 件`); }");
    let book = book(&[("T-001", &file)], &[]);
    let table = items(&["A,发明,3,1,,2020-05-12,是,甲"]);
    let first = format!("{HEADER}\nsubmission_id=S-1\nrevision=1");
    let second = format!("{HEADER}\nsubmission_id=S-2\nrevision=2\nprevious_submission_id=S-1");
    let stray = format!("{HEADER}\nsubmission_id=S-3\nrevision=2");
    for (later, duplicates) in [(&second, 0), (&stray, 2)] {
        let verdicts = verdicts(
            &book,
            vec![
                delivery(&book, 1, &first, &[("items", &table)]),
                delivery(&book, 2, later, &[("items", &table)]),
            ],
        );
        let reported =
            verdicts.findings.iter().filter(|finding| finding.message.zh.contains("package-")).count();
        assert_eq!(reported, duplicates, "{:?}", verdicts.findings);
        assert_eq!(outcome(&verdicts, 0, "T-001").outcome, Outcome::NotApplicable, "an earlier revision");
        assert_eq!(outcome(&verdicts, 1, "T-001").outcome, Outcome::Pass, "counted once");
        assert_ne!(verdicts.submissions[0].id, verdicts.submissions[1].id);
    }
}

#[test]
fn answers_do_not_depend_on_threads() {
    let rules: Vec<(String, String)> = (1..=9)
        .map(|n| {
            let script =
                format!("if 数量 % {} == 0 {{ fail(\"数量\", `第 ${{编号}} 条`).expected({n}); }}", n + 1);
            (format!("T-00{n}"), record_rule(&script).replace("T-001", &format!("T-00{n}")))
        })
        .collect();
    let rules: Vec<(&str, &str)> = rules.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let book = book(&rules, &[]);
    let run = |threads: usize, backwards: bool| {
        let rows: Vec<String> = (0..60).map(|n| format!("N{n},发明,{n},1,,2020-05-12,是,甲")).collect();
        let table = items(&rows.iter().map(String::as_str).collect::<Vec<_>>());
        let mut deliveries: Vec<_> = (1..=12)
            .map(|n| {
                let header = HEADER.replace("620100", &format!("62{n:02}00"));
                delivery(&book, n, &header, &[("items", &table)])
            })
            .collect();
        if backwards {
            deliveries.reverse();
        }
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
        pool.map(|pool| pool.install(|| verdicts(&book, deliveries))).unwrap_or_else(|why| panic!("{why}"))
    };
    let one = run(1, false);
    assert!(one.findings.len() > 100);
    for (threads, backwards) in [(2, false), (8, false), (8, true)] {
        assert!(run(threads, backwards) == one, "{threads} threads");
    }
}

#[test]
fn status_decides_what_runs() {
    let table = items(&["A,发明,9,1,,2020-05-12,是,甲"]);
    for (status, runs, trial) in
        [("active", true, false), ("trial", true, true), ("draft", false, false), ("retired", false, false)]
    {
        let head = format!("level = \"record\"\ntable = \"items\"\nstatus = \"{status}\"");
        let verdicts = judge(&rule(&head, "fail(\"数量\", \"甲\");"), HEADER, &[("items", &table)]);
        let findings: Vec<_> = verdicts.findings.iter().filter(|finding| finding.rule.0 == "T-001").collect();
        assert_eq!(findings.len(), usize::from(runs), "{status}");
        assert!(findings.iter().all(|finding| finding.trial == trial), "{status}");
    }
}
