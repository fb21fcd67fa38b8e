//! Every mistake an author can make in a rule, as the message they read. Each snapshot is one message.

mod support;

use hegui_core::text::Lang;
use support::{load, record_rule, render, render_in, rule};

fn shown(name: &str, mistake: &str, text: &str) {
    insta::with_settings!({
        snapshot_path => "snapshots",
        prepend_module_to_snapshot => false,
        omit_expression => true,
        description => mistake,
    }, { insta::assert_snapshot!(format!("rule-{name}"), text) });
}

fn refusal(rules: &[(&str, &str)]) -> String {
    match load(rules) {
        Ok(_) => "(loads)".to_string(),
        Err(errors) => render(&errors),
    }
}

/// Scripts of a rule on each record of the ledger.
const RECORD: &[(&str, &str, &str)] = &[
    ("unknown-field", "a field that does not exist", "if 申请曰 > 今天() { fail(\"申请日\", \"甲\"); }"),
    (
        "unknown-field-of",
        "a field that the header does not have",
        "if 报送.报告年渡 > 2020 { fail(\"甲\"); }",
    ),
    (
        "unknown-field-named",
        "a finding at a field that does not exist",
        "if 在用 { fail(\"申请曰\", \"甲\"); }",
    ),
    ("text-against-number", "text compared with a number", "if 编号 > 5 { fail(\"编号\", \"甲\"); }"),
    (
        "date-against-text",
        "a date compared with text",
        "if 申请日 > \"2020-01-01\" { fail(\"申请日\", \"甲\"); }",
    ),
    ("no-order", "texts have no order", "if 编号 > \"A\" { fail(\"编号\", \"甲\"); }"),
    ("vocabulary", "a word outside the vocabulary", "if 类别 == \"实用新形\" { fail(\"类别\", \"甲\"); }"),
    (
        "vocabulary-far",
        "a word like none of the vocabulary",
        "if 类别 == \"软件\" { fail(\"类别\", \"甲\"); }",
    ),
    ("empty-comparison", "an optional field compared", "if 授权日 < 申请日 { fail(\"授权日\", \"甲\"); }"),
    ("empty-arithmetic", "an optional field in a sum", "if 金额 - 已付 > 10 { fail(\"已付\", \"甲\"); }"),
    (
        "empty-argument",
        "an optional field as an argument",
        "if year(授权日) > 2020 { fail(\"授权日\", \"甲\"); }",
    ),
    (
        "empty-or",
        "an optional field behind ||",
        "if 授权日 != () || 授权日 > 申请日 { fail(\"授权日\", \"甲\"); }",
    ),
    (
        "empty-interpolated",
        "an optional field hidden in a text",
        "if `${名称}` == \"\" { fail(\"名称\", \"甲\"); }",
    ),
    (
        "unknown-function",
        "a function that does not exist",
        "if 相隔年(申请日, 今天()) > 10 { fail(\"申请日\", \"甲\"); }",
    ),
    (
        "unknown-method",
        "a method that does not exist",
        "if 编号.startswith(\"A\") { fail(\"编号\", \"甲\"); }",
    ),
    ("wrong-argument", "an argument of the wrong type", "if year(编号) > 2020 { fail(\"编号\", \"甲\"); }"),
    (
        "wrong-method-argument",
        "an argument of a method",
        "if 编号.starts_with(5) { fail(\"编号\", \"甲\"); }",
    ),
    ("argument-count", "too few arguments", "if 相隔年数(申请日) > 10 { fail(\"申请日\", \"甲\"); }"),
    (
        "unknown-parameter",
        "a parameter that does not exist",
        "if 数量 > 参数.上线 { fail(\"数量\", \"甲\"); }",
    ),
    ("syntax-unclosed", "a brace that is not closed", "if 数量 > 5 {\n    fail(\"数量\", \"甲\");"),
    ("syntax-operator", "a comparison with =", "if 数量 = 5 { fail(\"数量\", \"甲\"); }"),
    ("syntax-quote", "a text that is not closed", "if 编号 == \"甲 { fail(\"编号\", \"甲\"); }"),
    (
        "full-width",
        "full-width punctuation in code",
        "if 数量 ＞ 5 { fail（\"数量\"，\"数量过大，请核对\"）； }",
    ),
    ("full-width-quotes", "Chinese quotation marks in code", "if 编号 == “甲” { fail(\"编号\", \"甲\"); }"),
    ("reserved-word", "a reserved word as a name", "if match > 5 { fail(\"甲\"); }"),
    ("units", "万元 compared with 元", "if 成本 != () && 金额 > 成本 { fail(\"成本\", \"甲\"); }"),
    ("whole-division", "whole numbers divided", "if 数量 / 2 > 10 { fail(\"数量\", \"甲\"); }"),
    (
        "switch-case",
        "a case outside the vocabulary",
        "switch 类别 {\n    \"发明专利\" => fail(\"类别\", \"甲\"),\n    _ => {}\n}",
    ),
    (
        "switch-decimal",
        "switch on a decimal",
        "switch 金额 {\n    5 => fail(\"金额\", \"甲\"),\n    _ => {}\n}",
    ),
    ("assign-field", "a cell overwritten", "数量 = 5;\nfail(\"甲\");"),
    ("shadow", "a variable named as a field", "let 数量 = 5;\nfail(\"甲\");"),
    ("other-type", "a variable that changes its type", "let 限 = 5;\n限 = \"五\";\nfail(\"甲\");"),
    ("private", "a private field", "if 内部号 != () { fail(\"内部号\", \"甲\"); }"),
    ("closure-elsewhere", "a closure where none belongs", "let 大 = |件| 件 > 5;\nfail(\"甲\");"),
    ("try", "try and catch", "try { fail(\"甲\"); } catch { }"),
    ("throw", "throw", "if 数量 > 5 { throw \"甲\"; }\nfail(\"甲\");"),
    ("import", "import", "import \"other\" as o;\nfail(\"甲\");"),
    ("fn", "a function of its own", "fn 太大(数) { 数 > 5 }\nif 太大(数量) { fail(\"数量\", \"甲\"); }"),
    ("eval", "eval", "eval(\"fail(1)\");\nfail(\"甲\");"),
    ("nothing-said", "a rule that never says anything", "if 数量 > 5 { skip(\"甲\"); }"),
    (
        "never-empty",
        "asking whether something is empty that never is",
        "if 数量 + 1 == () { fail(\"数量\", \"甲\"); }",
    ),
    ("not-boolean", "a condition that is no yes or no", "if 数量 { fail(\"数量\", \"甲\"); }"),
    (
        "bad-date",
        "a date that does not exist",
        "if 申请日 > date(\"2020-02-30\") { fail(\"申请日\", \"甲\"); }",
    ),
    (
        "assign-in-condition",
        "an assignment in a condition",
        "let 限 = 5;\nif 在用 && { 限 = 6; true } { fail(\"甲\"); }",
    ),
    (
        "several",
        "several mistakes at once",
        "if 申请曰 > 5 { fail(\"甲\"); }\nif 授权日 > 申请日 { fail(\"乙\"); }\nif 类别 == \"软件\" { fail(\"丙\"); }",
    ),
];

#[test]
fn mistakes_in_a_record_rule() {
    for (name, mistake, script) in RECORD {
        shown(name, mistake, &refusal(&[("T-001", &record_rule(script))]));
    }
}

/// Scripts of a rule on whole submissions.
const SUBMISSION: &[(&str, &str, &str)] = &[
    ("empty-closure", "an optional field in a closure", "if 台账.any(|件| 件.已付 > 5) { fail(\"甲\"); }"),
    ("empty-record", "a record that may not be there", "if 台账.first().数量 > 5 { fail(\"甲\"); }"),
    (
        "unknown-verb",
        "a verb that tables do not have",
        "if 台账.fillter(|件| 件.在用).len() > 5 { fail(\"甲\"); }",
    ),
    ("unknown-name", "a table that does not exist", "if 台帐.len() > 5 { fail(\"甲\"); }"),
    ("closure-expected", "a table verb without a closure", "if 台账.any(true) { fail(\"甲\"); }"),
    (
        "capture-assigned",
        "a variable changed from within a closure",
        "let 数 = 0;\n台账.any(|件| { 数 += 1; true });\nfail(\"甲\");",
    ),
];

#[test]
fn mistakes_in_a_submission_rule() {
    for (name, mistake, script) in SUBMISSION {
        shown(name, mistake, &refusal(&[("T-001", &rule("level = \"submission\"", script))]));
    }
}

/// Lines of the head of a record rule.
const HEAD: &[(&str, &str, &str)] = &[
    ("clause", "a clause that does not exist", "clause = \"议定书-22\""),
    ("id", "an id of the wrong form", "id = \"T1\""),
    ("table", "a table that does not exist", "table = \"台帐\""),
    ("no-table", "a record rule without its table", "title_en = \"x\""),
    ("key", "a key that heads do not have", "table = \"items\"\nseverty = \"error\""),
    ("bare-key", "a Chinese key without quotes", "table = \"items\"\n标题 = \"甲\""),
    (
        "bare-key-example",
        "a Chinese key in an example",
        "table = \"items\"\n[[example]]\nrecord = { 数量 = 5 }\noutcome = \"pass\"",
    ),
    ("level", "a level that does not exist", "table = \"items\"\nlevel = \"table\""),
    ("stop", "a stop rule of a plugin without a gate", "table = \"items\"\nseverity = \"stop\""),
    ("grade", "a source from memory", "table = \"items\"\ngrade = \"M\""),
    ("source", "no source", "table = \"items\"\nsource = \" \""),
    (
        "submitter",
        "a kind of submitter that does not exist",
        "table = \"items\"\napplies_to = [\"provinces\"]",
    ),
    ("from", "from after to", "table = \"items\"\nfrom = 2021-01-01\nto = 2020-01-01"),
    (
        "example-field",
        "an example with a field that does not exist",
        "table = \"items\"\n[[example]]\nrecord = { \"数亮\" = 5 }\noutcome = \"pass\"",
    ),
    (
        "example-outcome",
        "an outcome that does not exist",
        "table = \"items\"\n[[example]]\noutcome = \"passes\"",
    ),
    (
        "example-key",
        "a key that examples do not have",
        "table = \"items\"\n[[example]]\nrecords = { }\noutcome = \"pass\"",
    ),
    ("toml", "broken TOML", "table = \"items\nfrom = 2021-01-01"),
];

#[test]
fn mistakes_in_the_head() {
    for (name, mistake, head) in HEAD {
        let level = if head.contains("level") { "" } else { "level = \"record\"\n" };
        let file = rule(&format!("{level}{head}"), "if 数量 > 5 { fail(\"数量\", \"甲\"); }");
        shown(&format!("head-{name}"), mistake, &refusal(&[("T-001", &file)]));
    }
}

#[test]
fn mistakes_in_files() {
    let good = record_rule("if 数量 > 5 { fail(\"数量\", \"甲\"); }");
    let without =
        |outcome: &str| good.replace(&format!("//! [[example]]\n//! outcome = \"{outcome}\"\n"), "");
    shown("no-head", "a file without a head", &refusal(&[("T-001", "fail(\"甲\");")]));
    shown("no-pass", "no example that passes", &refusal(&[("T-001", &without("pass"))]));
    shown("no-fail", "no example that fails", &refusal(&[("T-001", &without("fail"))]));
    shown("duplicate", "two rules of one id", &refusal(&[("T-001", &good), ("T-001-copy", &good)]));
    let bad = good.replace("T-001", "T-002").replace("数量 > 5", "数量 > \"5\"");
    let worse = good.replace("T-001", "T-003").replace("数量 > 5", "数亮 > 5 && 授权日 > 今天()");
    let files = [("T-001", good.as_str()), ("T-002", &bad), ("T-003", &worse)];
    shown("several-files", "bad files beside a good one", &refusal(&files));
    let mut folder = support::source(support::MANIFEST, &[("T-001", &good)]);
    folder.rules[0].0 = "tests".into();
    let errors = hegui_core::rulebook::Rulebook::load(&folder, &[]).err().unwrap_or_default();
    shown("folder", "a rule in a folder that is no plugin", &render(&errors));
}

#[test]
fn messages_are_bilingual() {
    let file = record_rule("if 授权日 < 申请日 { fail(\"甲\"); }\nif 类别 == \"实用新形\" { fail(\"乙\"); }");
    let errors = load(&[("T-001", &file)]).err().unwrap_or_default();
    shown("english", "messages in English", &render_in(Lang::En, &errors));
    for (_, _, script) in RECORD {
        for error in load(&[("T-001", &record_rule(script))]).err().into_iter().flatten() {
            let (zh, en) = (&error.message.zh, &error.message.en);
            assert!(!zh.is_empty() && !en.is_empty() && zh != en, "{error:?}");
        }
    }
}

/// Every code that the checker can give is explained, in both languages.
#[test]
fn every_code_is_documented() {
    let source = include_str!("../src/rule/problem.rs");
    let codes: Vec<&str> = source
        .split('"')
        .filter(|word| {
            word.len() == 4 && word.starts_with('R') && word[1..].bytes().all(|b| b.is_ascii_digit())
        })
        .collect();
    assert!(codes.len() > 50);
    for (page, text) in [
        ("docs/rules.md", include_str!("../../docs/rules.md")),
        ("docs/rules.zh-CN.md", include_str!("../../docs/rules.zh-CN.md")),
    ] {
        for code in &codes {
            assert!(text.contains(&format!("| {code} |")), "{code} is not in {page}");
        }
    }
}
