//! A rule in words: every construct that the checker lets pass, in both languages.

mod support;

use hegui_core::rule::StepKind;
use hegui_core::text::Lang;
use support::{book, record_rule, rule};

fn told(text: &str, lang: Lang) -> String {
    let book = book(&[("T-001", text)], &[]);
    let mark = |kind| match kind {
        StepKind::Plain => "",
        StepKind::Fail => "✗ ",
        StepKind::Undecided => "? ",
        StepKind::Skip => "- ",
    };
    let steps = book.in_words(&book.rules[0], lang);
    let lines = steps.iter().map(|one| format!("{}{}{}", "  ".repeat(one.depth), mark(one.kind), one.text));
    lines.collect::<Vec<_>>().join("\n")
}

/// Both languages of one script, one below the other.
fn both(text: &str) -> String {
    format!("{}\n\n{}", told(text, Lang::Zh), told(text, Lang::En))
}

#[test]
fn choices_and_cells() {
    let text = record_rule(
        "if 名称 == () && (数量 > 5 || 数量 * (2 + 数量) <= 3) {\n    fail(\"名称\", 双语(`数量是 ${数量}`, `it is ${数量}`)).expected(5).found(数量);\n} \
         else if !在用 {\n    skip(\"不用了\");\n} else {\n    undecided(\"说不好\");\n}",
    );
    insta::assert_snapshot!(both(&text));
}

#[test]
fn values_and_loops() {
    let text = record_rule(
        "let 值 = if 在用 { 1 } else { -2 };\nlet 类 = switch 类别 { \"发明\" | \"实用新型\" => \"甲\", _ => \"乙\" };\n\
         let 头 = 前几字(编号, 2);\nwhile 值 < 10 {\n    值 += 1;\n    if 值 == 5 { break; }\n}\n\
         for 一 in 标签 {\n    if 一 in [\"甲\", \"乙\"] { continue; }\n}\nif 头.starts_with(\"A\") && !(类 in [\"甲\"]) && 值 != 0 {\n    \
         fail(\"编号\", \"不对\");\n}",
    );
    insta::assert_snapshot!(both(&text));
}

#[test]
fn tables_and_closures() {
    let text = rule(
        "level = \"submission\"",
        "let 多 = 台账.filter(|条| 条.数量 > 5);\nif 多.is_empty() { skip(\"没有\"); }\n\
         if 台账.any(|条| 条.在用) && 台账.all(|条| 条.数量 >= 0) && 台账.sum(\"数量\") > 参数.上限 {\n    \
         fail(\"太多\");\n}\nfor 组 in 台账.duplicates(|条| {\n    let 号 = 规范(条.编号);\n    if 号 == \"\" { () } else { 号 }\n}) {\n    \
         for 条 in 组.各条 { fail(条, \"编号\", `重复：${组.键}`); }\n}\n\
         for 组 in 台账.alike(\"编号\", 0.8) { fail(`相近 ${组.各条.count()}`); }",
    );
    insta::assert_snapshot!(both(&text));
}
