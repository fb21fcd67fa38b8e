//! `hegui check` through the binary: exit codes, options, and what comes out.

mod common;

use std::fs;

use common::{AS_OF, Folder, check, copy, empty_folder, hegui, outcomes, root, rule, write};
use serde_json::Value;

/// Complete, but for what no submission has.
const CLEAN: &str = "fixtures/2020/enterprise-b";
/// One error.
const ERROR: &str = "fixtures/2020/enterprise-d";
/// One warning.
const WARNING: &str = "fixtures/bad-input/extra-column";
/// Held by the gate.
const HELD: &str = "fixtures/held/csv-cell";

/// Fails on every report of 2020.
const FAILS: &str = "if 报送.报告年度 == 2020 { fail(\"试验不符合\"); }";
/// Divides by zero on every report of 2020.
const BREAKS: &str =
    "let 差 = 报送.报告年度 - 2020;\nif 转小数(1) / 差 == 转小数(7) { fail(\"不会到这里\"); }";

/// A folder with one rule of the plugin that has a gate, which may use every severity.
fn rules_with(name: &str, severity: &str, status: &str, body: &str) -> Folder {
    let folder = empty_folder(name);
    write(&folder, "civil-military/ZZ-001-test.rhai", rule("ZZ-001", severity, status, body));
    folder
}

#[test]
fn exits_by_the_gravest_thing() {
    let folder = rules_with("precedence", "error", "active", BREAKS);
    let broken = folder.to_string_lossy();
    let breaks = ["--rules", &*broken];
    check(&[CLEAN], &[]).exits(0);
    check(&[CLEAN, ERROR], &[]).exits(1);
    check(&[CLEAN, ERROR, HELD], &[]).exits(3);
    check(&[CLEAN, ERROR, HELD], &breaks).exits(4);
    check(&[CLEAN, ERROR, HELD, "nowhere"], &breaks).exits(2);
    check(&[CLEAN, "nowhere"], &[]).exits(2);
    check(&[CLEAN], &breaks).exits(4);
    check(&[HELD], &["--fail-on", "never"]).exits(3);
    check(&[CLEAN], &[&breaks[..], &["--fail-on", "never"]].concat()).exits(4);
}

#[test]
fn fails_on_the_severity_asked_for() {
    let folder = rules_with("info", "info", "active", FAILS);
    let hint = folder.to_string_lossy();
    let hint = ["--rules", &*hint];
    for (package, more, codes) in [
        (ERROR, &[][..], [1, 1, 1, 0]),
        (WARNING, &[], [0, 1, 1, 0]),
        (CLEAN, &hint, [0, 0, 1, 0]),
        (CLEAN, &[], [0, 0, 0, 0]),
    ] {
        for (level, code) in ["error", "warn", "info", "never"].into_iter().zip(codes) {
            check(&[package], &[more, &["--fail-on", level]].concat()).exits(code);
        }
    }
    check(&[WARNING], &[]).exits(0);
}

#[test]
fn a_rule_on_trial_is_reported_and_changes_no_exit_code() {
    for severity in ["stop", "error", "warn", "info"] {
        let folder = rules_with(&format!("trial-{severity}"), severity, "trial", FAILS);
        let rules = folder.to_string_lossy();
        let more = ["--rules", &*rules, "--fail-on", "info"];
        check(&[CLEAN], &more).exits(0).says(&["试行", "试验不符合", "试行 1 处，不计入"]);
        let report = check(&[CLEAN], &[&more[..], &["--format", "json"]].concat()).exits(0).json();
        assert_eq!(report["findings"][0]["trial"], true);
        assert_eq!(report["submissions"][0]["held"], false);
    }
    let folder = rules_with("trial-broken", "error", "trial", BREAKS);
    let rules = folder.to_string_lossy();
    check(&[CLEAN], &["--rules", &rules]).exits(0).says(&["规则出错", "除数为零"]);
}

#[test]
fn a_rule_that_breaks_leaves_the_others_alone() {
    let folder = rules_with("broken", "error", "active", BREAKS);
    let rules = folder.to_string_lossy();
    let sound = check(&[ERROR], &["--format", "json"]).json();
    let report = check(&[ERROR], &["--format", "json", "--rules", &rules]).exits(4).json();
    assert_eq!(outcomes(&report, "ZZ-001"), ["error"]);
    assert_eq!(report["findings"], sound["findings"]);
    let others = |report: &Value| -> Vec<Value> {
        let all = report["submissions"][0]["outcomes"].as_array().unwrap().clone();
        all.into_iter().filter(|outcome| outcome["rule"] != "ZZ-001").collect()
    };
    assert_eq!(others(&report), others(&sound));
    // The line of the file, and why.
    check(&[ERROR], &["--rules", &rules]).exits(4).says(&["ZZ-001-test.rhai 第 20 行：除数为零"]);
}

#[test]
fn json_has_the_keys_of_the_contract_in_their_order() {
    let report = check(&[CLEAN, ERROR, HELD], &["--format", "json"]).exits(3).json();
    let keys = |value: &Value| -> Vec<String> { value.as_object().unwrap().keys().cloned().collect() };
    assert_eq!(keys(&report), ["schema_version", "run", "submissions", "findings", "clauses"]);
    assert_eq!(report["schema_version"], 1);
    assert_eq!(keys(&report["run"]), ["engine", "rulebook_digest", "as_of", "options"]);
    assert_eq!(report["run"]["as_of"], "2021-04-15");
    for submission in report["submissions"].as_array().unwrap() {
        let mut wanted = vec!["id", "submitter", "year", "source", "held", "outcomes"];
        if submission["held"] == true {
            wanted.insert(5, "hold");
            assert_eq!(
                keys(&submission["hold"][0]),
                ["rule", "file", "place", "place_en", "offset", "length", "sha256"]
            );
        }
        assert_eq!(keys(submission), wanted);
        assert_eq!(keys(&submission["submitter"]), ["kind", "code", "name"]);
        for outcome in submission["outcomes"].as_array().unwrap() {
            let mut keys = keys(outcome);
            keys.retain(|key| key != "reasons");
            assert_eq!(keys, ["rule", "clause", "outcome", "findings"]);
        }
    }
    let finding = report["findings"].as_array().unwrap().iter().find(|one| one["rule"] == "PAT-002").unwrap();
    let wanted = [
        "rule",
        "clause",
        "severity",
        "submission",
        "message",
        "message_en",
        "location",
        "key",
        "found",
        "expected",
        "fingerprint",
    ];
    assert_eq!(keys(finding), wanted);
    assert_eq!(keys(&finding["location"]), ["file", "sheet", "cell", "table", "record", "field"]);
    assert_eq!(
        keys(&report["clauses"][0]),
        ["id", "pass", "fail", "cannot_decide", "not_applicable", "error"]
    );
}

#[test]
fn output_depends_neither_on_threads_nor_on_the_run() {
    let packages = ["fixtures/2020/enterprise-*", "fixtures/held"];
    for (format, counts) in [("json", &["1", "2", "8", "8"][..]), ("terminal", &["1", "8"])] {
        let run = |threads| check(&packages, &["--format", format, "--threads", threads]).exits(3);
        let runs: Vec<_> = counts.iter().map(|threads| run(threads)).collect();
        assert!(runs.windows(2).all(|two| two[0] == two[1]), "{format} differs from run to run");
    }
}

#[test]
fn the_order_of_arguments_and_naming_a_package_twice_change_nothing() {
    let one = check(&[CLEAN, ERROR], &["--format", "json"]);
    assert_eq!(check(&[ERROR, CLEAN], &["--format", "json"]), one);
    assert_eq!(check(&[ERROR, CLEAN, "./fixtures/2020/../2020/enterprise-d"], &["--format", "json"]), one);
}

#[test]
fn judges_as_of_the_day_given() {
    let day = |day: &str| hegui(&root(), &["check", CLEAN, "--format", "json", "--as-of", day]);
    for (written, meant) in [("2021-04-15", "2021-04-15"), ("2022年3月1日", "2022-03-01")] {
        assert_eq!(day(written).exits(0).json()["run"]["as_of"], meant);
    }
}

#[test]
fn writes_to_a_file() {
    let folder = empty_folder("output");
    let path = folder.join("报告.json");
    let name = path.to_string_lossy().into_owned();
    let shown = check(&[ERROR], &["--format", "json"]).exits(1);
    let run = check(&[ERROR], &["--format", "json", "--output", &name]).exits(1);
    assert_eq!((run.out.as_str(), run.err.as_str()), ("", ""));
    assert_eq!(fs::read_to_string(&path).unwrap(), shown.out);
    let nowhere = folder.join("无此文件夹/报告.json");
    check(&[ERROR], &["-o", &nowhere.to_string_lossy()]).exits(2).complains(&["错误：报告写不出来"]);
}

#[test]
fn speaks_english_when_asked() {
    let run = check(&[ERROR, HELD], &["--lang", "en"]).exits(3).says(&[
        "as of 2021-04-15",
        "the check digit is 4 and computes to 3",
        "The check digit of the application number is right",
        "Outcomes by clause",
        "1 error, 0 warnings, 0 infos",
        "Held: package 2, counted by path",
        "do not forward",
    ]);
    for word in ["不符合", "错误", "封存", "依据"] {
        assert!(!run.out.contains(word), "{word} in\n{}", run.out);
    }
}

#[test]
fn colours_only_when_asked() {
    let escape = '\u{1b}';
    for never in [&["--color", "auto"][..], &["--color", "never"], &[]] {
        assert!(!check(&[ERROR, HELD], never).out.contains(escape));
    }
    let coloured = check(&[ERROR, HELD], &["--color", "always"]).exits(3);
    assert!(coloured.out.contains("\u{1b}[1m"));
    assert!(!check(&[ERROR], &["--color", "always", "--format", "json"]).out.contains(escape));
    let broken = ["--rules", "fixtures/nowhere", "--config", "nowhere.toml"];
    assert!(!check(&[ERROR], &broken).exits(2).err.contains(escape));
}

#[test]
fn reports_the_rest_when_a_path_is_missing() {
    let run = check(&["fixtures/2020/nobody", ERROR], &[]).exits(2);
    run.says(&["fixtures/2020/nobody", "找不到这个文件或文件夹", "PAT-002", "错误 2 处"]);
}

#[test]
fn takes_patterns() {
    let count = |pattern: &str, code| {
        let report = check(&[pattern], &["--format", "json", "--fail-on", "never"]).exits(code).json();
        report["submissions"].as_array().unwrap().len()
    };
    assert_eq!(count("fixtures/2020/enterprise-[ab]/*.xlsx", 0), 1);
    assert_eq!(count("fixtures/2020/enterprise-?", 3), 20);
    assert_eq!(count("fixtures/2020/city-*/报送.*", 0), 9);
    // A pattern without a match is a path that does not exist.
    assert_eq!(count("fixtures/2020/*.docx", 2), 1);

    // A path that exists is no pattern, whatever its name.
    let folder = empty_folder("patterns");
    copy(&root().join(CLEAN), &folder.join("[2020]*"));
    let report =
        hegui(&folder, &[&["check", "[2020]*", "--format", "json"], &AS_OF[..]].concat()).exits(0).json();
    assert_eq!(report["submissions"].as_array().unwrap().len(), 1);
}

#[test]
fn says_in_chinese_what_is_wrong_with_the_command_line() {
    let mut text = String::new();
    for arguments in [
        &[][..],
        &["--lang", "zh"],
        &["chek", "a"],
        &["check"],
        &["check", "a", "--fromat", "json"],
        &["check", "a", "--format", "xml"],
        &["check", "a", "--as-of", "2021-13-01"],
        &["check", "a", "--as-of"],
        &["check", "a", "--fail-on", "fatal"],
        &["check", "a", "--threads", "many"],
        &["check", "a", "-o", "x", "-o", "y"],
        &["rules", "--clause", "议定书-99"],
    ] {
        let run = hegui(&root(), arguments).exits(2);
        assert_eq!(run.out, "");
        text.push_str(&format!("$ hegui {}\n{}\n", arguments.join(" "), run.err));
    }
    text.push_str(&format!("$ hegui check --help\n{}", hegui(&root(), &["check", "--help"]).exits(0).out));
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.set_description("usage errors and help, in Chinese");
    settings.bind(|| insta::assert_snapshot!("usage", text));
}
