//! Where the rulebook of a run comes from, and what is said when it does not load.

mod common;

use std::fs;

use common::{AS_OF, check, copy, empty_folder, hegui, outcomes, root, rule, write};
use serde_json::Value;

const CLEAN: &str = "fixtures/2020/enterprise-b";
const ERROR: &str = "fixtures/2020/enterprise-d";
const FAILS: &str = "if 报送.报告年度 == 2020 { fail(\"试验不符合\"); }";

#[test]
fn a_folder_adds_a_rule() {
    let folder = empty_folder("adds");
    write(&folder, "common/ZZ-001-test.rhai", rule("ZZ-001", "error", "active", FAILS));
    // A rule in the folder itself belongs to the plugin `common`.
    write(&folder, "ZZ-002-test.rhai", rule("ZZ-002", "error", "active", FAILS));
    let rules = folder.to_string_lossy();
    check(&[CLEAN], &["--rules", &rules]).exits(1).says(&["试验不符合", "依据 试验规则（试验，E 级）"]);
    let before = check(&[CLEAN], &["--format", "json"]).exits(0).json();
    let after = check(&[CLEAN], &["--format", "json", "--rules", &rules]).exits(1).json();
    assert_eq!(outcomes(&before, "ZZ-001"), [""; 0]);
    for id in ["ZZ-001", "ZZ-002"] {
        assert_eq!(outcomes(&after, id), ["fail"]);
    }
    assert_ne!(before["run"]["rulebook_digest"], after["run"]["rulebook_digest"]);
    // It is gone with the folder.
    fs::remove_file(folder.join("ZZ-002-test.rhai")).unwrap();
    let after = check(&[CLEAN], &["--format", "json", "--rules", &rules]).exits(1).json();
    assert_eq!(outcomes(&after, "ZZ-002"), [""; 0]);
}

#[test]
fn a_folder_replaces_a_rule_of_the_same_id() {
    let folder = empty_folder("replaces");
    // Another plugin, another file name: the id alone counts.
    write(&folder, "common/another-name.rhai", rule("PAT-002", "warn", "active", FAILS));
    let rules = folder.to_string_lossy();
    check(&[ERROR], &[]).exits(1).says(&["申请号的校验位是 4"]);
    let run = check(&[ERROR], &["--rules", &rules]).exits(0).says(&["警告  PAT-002", "试验不符合"]);
    assert!(!run.out.contains("校验位"), "{}", run.out);
    let report = check(&[ERROR], &["--format", "json", "--rules", &rules]).json();
    assert_eq!(outcomes(&report, "PAT-002"), ["fail"]);
    // The last folder wins.
    let last = empty_folder("replaces-again");
    write(
        &last,
        "common/PAT-002.rhai",
        rule("PAT-002", "warn", "active", "if 报送.报告年度 == 1 { fail(\"无\"); }"),
    );
    let more = ["--format", "json", "--rules", &rules, "--rules", &last.to_string_lossy()];
    assert_eq!(outcomes(&check(&[ERROR], &more).exits(0).json(), "PAT-002"), ["pass"]);
}

#[test]
fn shows_all_errors_of_all_rules() {
    let folder = empty_folder("wrong");
    write(&folder, "common/good.rhai", rule("ZZ-001", "error", "active", FAILS));
    write(
        &folder,
        "common/syntax.rhai",
        rule("ZZ-002", "error", "active", "if 报送.报告年度 == 2020 { fail(\"甲\");"),
    );
    write(
        &folder,
        "common/field.rhai",
        rule("ZZ-003", "error", "active", "if 报送.报告年限 == 2020 { fail(\"乙\"); }"),
    );
    write(
        &folder,
        "common/type.rhai",
        rule("ZZ-004", "error", "active", "if 报送.报告年度 == \"2020\" { fail(\"丙\"); }"),
    );
    write(
        &folder,
        "common/wide.rhai",
        rule("ZZ-005", "error", "active", "if 报送．报告年度 ＝＝ 2020 { fail(\"丁\"); }"),
    );
    write(&folder, "common/head.rhai", "//! id = \"ZZ-006\"\n//! 标题 = 没有引号\n\nfail(\"戊\");\n");
    write(&folder, "common/twin-a.rhai", rule("ZZ-007", "error", "active", FAILS));
    write(&folder, "common/twin-b.rhai", rule("ZZ-007", "error", "active", FAILS));
    let run = check(&[CLEAN], &["--rules", &folder.to_string_lossy()]).exits(2);
    assert_eq!(run.out, "");
    let run = run.complains(&[
        "这里缺少“}”",
        "syntax.rhai",
        "field.rhai:19:",
        "是不是想写“报告年度”",
        "type.rhai:19:",
        "wide.rhai:19:",
        "head.rhai:2:",
        "twin-b.rhai",
        "未作检查。",
    ]);
    assert!(!run.err.contains("good.rhai"), "{}", run.err);
    let count = run.err.lines().filter(|line| line.starts_with("错误[")).count();
    run.complains(&[&format!("规则库有 {count} 处错误")]);
}

#[test]
fn says_where_the_configuration_is_wrong() {
    let folder = empty_folder("configuration");
    copy(&root().join(CLEAN), &folder.join("甲"));
    let run = |content: &str| {
        write(&folder, "hegui.toml", content);
        hegui(&folder, &[&["check", "甲"], &AS_OF[..]].concat())
    };
    run("# 配置\nruls = [\"r\"]\n").exits(2).complains(&[
        "不认识的键“ruls”",
        "hegui.toml:2:1",
        "是不是想写“rules”",
    ]);
    run("rules = \"r\"\n").exits(2).complains(&["hegui.toml:1:9"]);
    run("rules = [\n").exits(2).complains(&["hegui.toml:"]);
    run("rules = [\"没有\"]\n").exits(2).complains(&["找不到 没有"]);
    run("builtin = false\n").exits(2).complains(&["没有议定书"]);
    run("").exits(0);
    // A file named outright goes before the one that is there; its paths are its own.
    write(&folder, "另/规则/ZZ-001.rhai", rule("ZZ-001", "error", "active", FAILS));
    write(&folder, "另/hegui.toml", "rules = [\"规则\"]\n");
    let arguments = [&["check", "甲", "--config", "另/hegui.toml"], &AS_OF[..]].concat();
    hegui(&folder, &arguments).exits(1).says(&["试验不符合"]);
    hegui(&folder, &["check", "甲", "--config", "无.toml"]).exits(2).complains(&["找不到 无.toml"]);
}

#[test]
fn works_outside_the_repository() {
    let folder = empty_folder("outside");
    let names =
        ["2020/enterprise-b", "2020/enterprise-d", "2020/city-zhangye", "held/csv-cell", "2020/province"];
    for name in names {
        copy(&root().join("fixtures").join(name), &folder.join("fixtures").join(name));
    }
    let paths = names.map(|name| format!("fixtures/{name}"));
    let paths: Vec<&str> = paths.iter().map(String::as_str).collect();
    for format in ["json", "terminal"] {
        let arguments = [&["check"], &paths[..], &AS_OF, &["--format", format]].concat();
        let inside = hegui(&root(), &arguments).exits(3);
        let outside = hegui(&folder, &arguments).exits(3);
        if format == "json" {
            let without_digest = |run: &common::Run| -> Value {
                let mut report = run.json();
                report["run"]["rulebook_digest"] = Value::Null;
                report
            };
            assert_eq!(without_digest(&inside), without_digest(&outside));
        }
        assert_eq!(inside, outside, "the rulebook in the binary has another digest than its sources");
    }
}
