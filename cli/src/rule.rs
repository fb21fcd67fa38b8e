//! `hegui rule ID`: all there is to say of one rule.

use hegui_core::rulebook::Rulebook;
use hegui_core::text::{did_you_mean, fold_code};
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

fn unknown(book: &Rulebook, id: &str) -> Failure {
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
