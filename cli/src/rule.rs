//! `hegui rule ID`: all there is to say of one rule.

use hegui_core::prove::Unlowered;
use hegui_core::rulebook::Rulebook;
use hegui_core::text::{Lang, Text, did_you_mean, fold_code};
use hegui_formats::write::pages;

use crate::args::{Common, RuleArgs};
use crate::exit;
use crate::messages::Failure;
use crate::screen;
use crate::source::{self, Config};

/// Runs the command.
pub(crate) fn run(common: &Common, args: &RuleArgs) -> Result<u8, Failure> {
    let book = source::load(&Config::find(common)?)?;
    let lang = common.lang();
    let page = pages::one(&book, &args.id, lang).ok_or_else(|| unknown(&book, &args.id))?;
    if args.plan {
        return Ok(plan(&book, &page.id, lang));
    }
    let options = hegui_formats::write::Options {
        lang,
        width: args.width.unwrap_or_else(screen::width),
        style: screen::style(common.color),
        ..Default::default()
    };
    let mut out = anstream::stdout().lock();
    match pages::terminal::write(&mut out, &page, &options) {
        // Whoever read the page has seen enough.
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(exit::CLEAN),
        Err(error) => Err(Failure::other(format!("写不出来：{error}"), format!("cannot write: {error}"))),
        Ok(()) => Ok(exit::CLEAN),
    }
}

/// Whether a rule is lowered to columns, and what of it is not.
fn plan(book: &Rulebook, id: &str, lang: Lang) -> u8 {
    let rule = book.rules.iter().find(|rule| rule.id.0 == id);
    let text = match rule.map(|rule| rule.plan.as_ref().map(|plan| (rule, plan.unlowered()))) {
        None => Text::new("在保密检查里，没有脚本", "applied by the gate; it has no script"),
        Some(None) => {
            Text::new("不是逐条的规则，整份解释执行", "no record rule; it is interpreted as a whole")
        }
        Some(Some((_, []))) => Text::new(
            "整条都化成了按列的判断，只有可能有话说的记录才解释执行",
            "lowered to columns as a whole; only records of which something could be said are interpreted",
        ),
        Some(Some((rule, parts))) => {
            let lines = |lang| {
                let line = |part: &Unlowered| {
                    let (path, line, what) = (&rule.file.path, part.line, part.what.get(lang));
                    format!("\n  {path}:{line}  {what}")
                };
                parts.iter().map(line).collect::<String>()
            };
            Text::new(
                format!("这几处没有化成按列的判断，走到这里的记录都解释执行：{}", lines(Lang::Zh)),
                format!("not lowered to columns; records that come here are interpreted:{}", lines(Lang::En)),
            )
        }
    };
    anstream::println!("{id}  {}", text.get(lang));
    exit::CLEAN
}

/// No rule has this id; what was meant, if that can be told.
pub(crate) fn unknown(book: &Rulebook, id: &str) -> Failure {
    let id = fold_code(id);
    let of_gates = book.schema.gate_rules.iter().map(|rule| rule.id.as_str());
    let known = book.rules.iter().map(|rule| rule.id.0.as_str()).chain(of_gates);
    let (zh, en) = match did_you_mean(&id, known) {
        Some(meant) => (format!("，是不是“{meant}”？"), format!("; is `{meant}` meant?")),
        None => ("；".to_string(), String::new()),
    };
    Failure::other(
        format!("没有编号为“{id}”的规则{zh}全部规则用 hegui rules 列出"),
        format!("there is no rule `{id}`{en}; `hegui rules` lists all"),
    )
}
