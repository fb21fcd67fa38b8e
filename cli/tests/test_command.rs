//! `hegui test` through the binary: the rules' examples and the fixtures, without Rust.

#![allow(clippy::unwrap_used)] // Helpers are not seen as tests.

mod common;

use std::fs;

use common::{Folder, copy, empty_folder, hegui, root, rule, write};

const FAILS: &str = "if 报送.报告年度 == 2020 { fail(\"试验不符合\"); }";

/// A folder with two fixtures: a clean one and one with a wrong check digit.
fn two_fixtures(name: &str) -> Folder {
    let folder = empty_folder(name);
    for name in ["enterprise-b", "enterprise-d"] {
        copy(&root().join("fixtures/2020").join(name), &folder.join("样例").join(name));
    }
    folder
}

#[test]
fn passes_in_the_repository() {
    let run = hegui(&root(), &["test"]).exits(0).says(&["不合预期 0 处"]);
    assert_eq!((run.out.lines().count(), run.err.as_str()), (2, ""));
    hegui(&root(), &["test", "--lang", "en"]).exits(0).says(&["0 not as expected"]);
}

/// Every branch of every shipped rule, and every word it can say, is reached by an example or a fixture.
#[test]
fn every_part_of_the_shipped_rules_is_reached() {
    hegui(&root(), &["test", "--all-reached"]).exits(0);
}

#[test]
fn names_the_parts_of_a_rule_that_nothing_reaches() {
    let folder = empty_folder("test-unreached");
    let body = "if 报送.报告年度 == 2020 {\n    fail(\"试验不符合\");\n} else if 报送.报告年度 == 1999 {\n    \
                skip(\"不会有\");\n}\nfor 件 in 专利台账 {\n    fail(件, \"也不会有\");\n}";
    write(&folder, "common/ZZ-001-test.rhai", rule("ZZ-001", "error", "active", body));
    let rules = folder.to_string_lossy();
    let run = hegui(&folder, &["test", "--rules", &rules]).exits(0).says(&[
        "这一支没有走到",
        "} else if 报送.报告年度 == 1999 {",
        "循环里面没有走到",
        "skip(\"不会有\");",
        "这一句没有执行过",
    ]);
    assert!(!run.out.contains("试验不符合"), "{}", run.out);
    hegui(&folder, &["test", "--rules", &rules, "--all-reached"]).exits(1);
    hegui(&folder, &["test", "--rules", &rules, "--lang", "en"]).exits(0).says(&["this is never said"]);
}

#[test]
fn runs_the_fixtures_of_a_folder_outside_the_repository() {
    let folder = two_fixtures("test-outside");
    hegui(&folder, &["test", "样例"]).exits(0).says(&["样例 2 份；不合预期 0 处"]);
    hegui(&folder, &["test", "样例/enterprise-d"]).exits(0).says(&["样例 1 份"]);
    hegui(&folder, &["test", "没有"]).exits(2).complains(&["没有"]);
}

#[test]
fn says_where_a_fixture_expects_something_else() {
    let folder = two_fixtures("test-expected");
    let path = folder.join("样例/enterprise-d/expected.toml");
    let text = fs::read_to_string(&path).unwrap();
    let expect = |text: String| {
        fs::write(&path, text).unwrap();
        hegui(&folder, &["test", "样例"])
    };
    expect(text.replace("专利台账!B4", "专利台账!B5")).exits(1).says(&[
        "✗ 样例/enterprise-d",
        "没有料到的问题：PAT-002 在“专利台账!B4”",
        "应有的问题没有查出：PAT-002 在“专利台账!B5”",
        "不合预期 1 处",
    ]);
    expect(text.replace("\"PAT-002\"]", "\"PAT-001\"]"))
        .exits(1)
        .says(&["PAT-001 应为“不符合”", "PAT-002 不应为“不符合”（专利台账!B4"]);
    expect(format!("held = true\n{text}")).exits(1).says(&["应封存而没有封存"]);
    expect(text.replace("[\"CORE-010\"]", "[]")).exits(1).says(&["CORE-010 不应为“无法判定”"]);
    expect(format!("hold = true\n{text}")).exits(2).complains(&["expected.toml:1:1", "不认识的键“hold”"]);
    expect(text).exits(0);
}

#[test]
fn says_where_an_example_is_not_true() {
    let folder = empty_folder("test-example");
    let text = rule("ZZ-001", "error", "active", FAILS);
    write(&folder, "规则/ZZ-001-test.rhai", &text);
    hegui(&folder, &["test", "--rules", "规则"]).exits(0).says(&["不合预期 0 处"]);
    // The example of 2019 passes, whatever its author says.
    write(
        &folder,
        "规则/ZZ-001-test.rhai",
        text.replace("outcome = \"pass\"", "outcome = \"not_applicable\""),
    );
    hegui(&folder, &["test", "--rules", "规则"]).exits(2).complains(&["缺少一个“符合”的例子"]);
    write(&folder, "规则/ZZ-001-test.rhai", text.replace("2019", "2020"));
    hegui(&folder, &["test", "--rules", "规则"]).exits(1).says(&["规则/ZZ-001-test.rhai:", "不合预期 1 处"]);
}

#[test]
fn a_changed_rule_fails_its_fixtures() {
    let folder = two_fixtures("test-changed");
    write(&folder, "规则/common/PAT-002.rhai", rule("PAT-002", "error", "active", FAILS));
    let run = hegui(&folder, &["test", "样例", "--rules", "规则"]).exits(1);
    run.says(&["✗ 样例/enterprise-b", "PAT-002 不应为“不符合”", "✗ 样例/enterprise-d", "不合预期 2 处"]);
}
