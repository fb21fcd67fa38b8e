//! `hegui rules`: the rules, by clause.

use hegui_core::text::{Lang, Text};

use crate::args::{Common, RulesArgs};
use crate::exit;
use crate::messages::Failure;
use crate::source::{self, Config};

/// Runs the command.
pub(crate) fn run(common: &Common, args: &RulesArgs) -> Result<u8, Failure> {
    let book = source::load(&Config::find(common)?)?;
    let lang = common.lang();
    if let Some(wanted) = &args.clause
        && book.agreement.clauses.iter().all(|clause| clause.id.0 != *wanted)
    {
        return Err(Failure::other(
            format!("没有条款“{wanted}”；写法如 议定书-2"),
            format!("there is no clause `{wanted}`; write it as 议定书-2"),
        ));
    }
    for clause in &book.agreement.clauses {
        if args.clause.as_ref().is_some_and(|wanted| *wanted != clause.id.0) {
            continue;
        }
        let of_gates = book.schema.gate_rules.iter().filter(|rule| rule.clause == clause.id.0).map(|rule| {
            line(lang, &rule.id, &Text::new("保密检查", "gate"), "stop", &rule.grade, &rule.title)
        });
        let scripted = book.rules.iter().filter(|rule| rule.clause == clause.id).map(|rule| {
            line(lang, &rule.id.0, &rule.level.label(), rule.severity.key(), &rule.grade, &rule.title)
        });
        let mut lines: Vec<String> = of_gates.chain(scripted).collect();
        lines.sort();
        let words = match lang {
            Lang::Zh => &clause.text,
            Lang::En => &clause.gloss,
        };
        anstream::println!("{} {words}", clause.id);
        if lines.is_empty() {
            anstream::println!("  {}", Text::new("（暂无规则）", "(no rules yet)").get(lang));
        }
        for line in lines {
            anstream::println!("  {line}");
        }
    }
    Ok(exit::CLEAN)
}

fn line(lang: Lang, id: &str, level: &Text, severity: &str, grade: &str, title: &Text) -> String {
    format!("{id}  {}  [{severity} · {} · {grade}]", title.get(lang), level.get(lang))
}
