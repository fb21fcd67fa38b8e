//! Scripts written to do harm are refused when loaded, or stopped when run; they never panic and never hang.

mod support;

use std::time::{Duration, Instant};

use hegui_core::diagnostic::Style;
use hegui_core::text::Lang;
use hegui_core::verdict::Outcome;
use support::{book, delivery, load, outcome, record_rule, rule, verdicts};

const LIMIT: Duration = Duration::from_secs(60);

/// Loads a script that may be anything, on a stack as small as a worker's, and renders what is said of it.
fn refused(script: &str) -> bool {
    let started = Instant::now();
    let errors = match load(&[("T-001", script)]) {
        Ok(_) => Vec::new(),
        Err(errors) => errors,
    };
    for error in errors.iter().take(20) {
        for lang in [Lang::Zh, Lang::En] {
            assert!(!error.render(lang, Style::Plain).is_empty());
        }
    }
    let head: String = script.chars().skip(300).take(80).collect();
    assert!(started.elapsed() < LIMIT, "{:?}: {head}", started.elapsed());
    !errors.is_empty()
}

#[test]
fn what_reaches_outside_is_refused() {
    for script in [
        "eval(\"1\");",
        "import \"/etc/passwd\" as p;",
        "export let a = 1;",
        "let f = Fn(\"fail\"); f.call(\"x\");",
        "call(Fn(\"sl\" + \"eep\"), 9);",
        "let f = |x| x; f.call(1);",
        "fn f() { f() } f();",
        "print(\"x\");",
        "debug(\"x\");",
        "sleep(10);",
        "let t = timestamp();",
        "let m = #{ a: 1 };",
        "this.x = 1;",
        "let b = blob(1000000000);",
        "let s = \"x\".pad(1000000000, \"y\");",
        "编号.clear();",
        "标签.push(\"x\");",
        "type_of(编号);",
        "is_def_var(\"x\");",
        "let x = global::y;",
        "fail!(\"x\");",
        "parse_json(\"{}\");",
        "curry(1, 2);",
    ] {
        assert!(refused(&record_rule(&format!("{script}\nfail(\"甲\");"))), "{script}");
    }
}

#[test]
fn deep_and_long_scripts_do_not_break_the_checker() {
    let deep = 20_000;
    let again = |text: &str| text.repeat(deep);
    let scripts = [
        format!("if {}1{} > 5 {{ fail(\"甲\"); }}", again("("), again(")")),
        format!("if {}true {{ fail(\"甲\"); }}", again("!")),
        format!("if {}1 > 5 {{ fail(\"甲\"); }}", again("- ")),
        format!("if 1{} > 5 {{ fail(\"甲\"); }}", again(" + 1")),
        format!("if 数量{} > 5 {{ fail(\"甲\"); }}", again(" - 1")),
        format!("if true{} {{ fail(\"甲\"); }}", again(" && 在用")),
        format!("if true{} {{ fail(\"甲\"); }}", again(" || 在用")),
        format!("if (核过{}) ?? true {{ fail(\"甲\"); }}", again(" ?? 核过")),
        format!("if record{} {{ fail(\"甲\"); }}", again(".数量")),
        format!("if 标签{} {{ fail(\"甲\"); }}", again("[0]")),
        format!("if {}1{} {{ fail(\"甲\"); }}", again("["), again("]")),
        format!("{}{}", again("if 在用 { "), again("} ")),
        format!("{}{}", again("{ "), again("} ")),
        format!("if 在用 {{ fail(\"甲\"); }}{}", again(" else if 在用 { fail(\"甲\"); }")),
        format!("{}{}", again("for x in 标签 { "), again("} ")),
        format!("{}\"\"{}", again("`${"), again("}`")),
        format!("{}1{}", again("switch 1 { _ => "), again(" }")),
        format!("let x = {}1{};", again("abs("), again(")")),
        format!("let x = {}1;", again("|a| ")),
        format!("fail(\"甲\"{});", again(", 1")),
        format!("/* {} */ fail(\"甲\");", again("/* ")),
        again("let x = 1; "),
        again("\""),
        again("`"),
        again("｛"),
        again("\u{0}"),
    ];
    // The same, short enough that no line is refused for its length alone.
    let below: Vec<String> = scripts.iter().map(|script| script.chars().take(6_000).collect()).collect();
    for script in scripts.iter().chain(&below) {
        for wrap in [record_rule, |script: &str| rule("level = \"submission\"", script)] {
            refused(&wrap(&format!("{script}\nfail(\"甲\");")));
        }
    }
}

#[test]
fn long_scripts_are_checked_in_time() {
    let lines = |line: fn(usize) -> String| -> String { (0..10_000).map(|n| line(n) + "\n").collect() };
    for (what, script) in [
        ("findings", lines(|n| format!("if 数量 > {n} {{ fail(\"数量\", \"第 {n} 处\"); }}"))),
        (
            "switches",
            lines(|n| format!("switch 类别 {{ \"发明\" if 数量 > {n} => fail(\"甲\"), _ => {{}} }}")),
        ),
        ("variables", lines(|n| format!("let 变量{n} = 数量 + {n};"))),
        ("mistakes", lines(|n| format!("if 不认识{n} > {n} {{ fail(\"甲\"); }}"))),
        ("comments", lines(|n| format!("// {n}"))),
        ("heads", lines(|n| format!("//! key{n} = \"x\""))),
    ] {
        let started = Instant::now();
        refused(&record_rule(&format!("{script}fail(\"甲\");")));
        assert!(started.elapsed() < LIMIT, "{what}: {:?}", started.elapsed());
    }
    let closures: String = (0..2_000).map(|n| format!("台账.any(|件| 件.数量 > {n});\n")).collect();
    refused(&rule("level = \"submission\"", &format!("{closures}fail(\"甲\");")));
    // A chain of variables, each learned from the next, backwards.
    let chain: String = (0..300).map(|n| format!("甲{n} = 甲{}; ", n + 1)).collect();
    let declared: String = (0..=300).map(|n| format!("let 甲{n} = 1; ")).collect();
    assert!(refused(&record_rule(&format!(
        "{declared} for 一 in 标签 {{ {chain} 甲300 = 附加数; }} fail(\"甲\");"
    ))));
}

#[test]
fn heads_may_be_garbage() {
    let good = record_rule("fail(\"甲\");");
    let boundaries: Vec<usize> = good.char_indices().map(|(at, _)| at).collect();
    for at in boundaries {
        refused(&good[..at]);
        refused(&good[at..]);
        let rest: String = good[at..].chars().skip(1).collect();
        refused(&format!("{}{rest}", &good[..at]));
        refused(&format!("{}\u{feff}“{rest}", &good[..at]));
    }
    refused(&format!("//! x = {}\nfail(\"甲\");", "[".repeat(50_000)));
    refused(&format!("//! x = {}\nfail(\"甲\");", "{a=".repeat(50_000)));
}

#[test]
fn what_grows_without_end_is_stopped() {
    for script in [
        "let s = \"x\"; loop { s += s; if s == \"\" { break; } }",
        "let s = \"x\"; while s != \"\" { s = `${s}${s}`; }",
        "let n = 1; while n > 0 { n = n * 3; }",
        "let n = 1.5; while n > 0 { n = n * 3; }",
        "for n in 0..9000000000000000000 { }",
        "for a in 0..100000 { for b in 0..100000 { } }",
        "do { } while true;",
    ] {
        let file = record_rule(&format!("{script}\nfail(\"甲\");"));
        let book = book(&[("T-001", &file)], &[]);
        let started = Instant::now();
        let table = "编号,类别,数量,金额,申请日,在用,标签\nA,发明,3,1,2020-05-12,是,甲";
        let header = "submitter_kind=city\nsubmitter_code=1\nsubmitter_name=甲\nreport_year=2020";
        let verdicts = verdicts(&book, vec![delivery(&book, 1, header, &[("items", table)])]);
        let said = outcome(&verdicts, 0, "T-001");
        assert_eq!(said.outcome, Outcome::Error, "{script}: {said:?}");
        assert!(started.elapsed() < LIMIT, "{script}: {:?}", started.elapsed());
    }
}
