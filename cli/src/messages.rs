//! Messages on the error stream.

use hegui_core::diagnostic::{Diagnostic, Style};
use hegui_core::text::{Lang, Text};

/// Why a command could not run.
#[derive(Debug)]
pub enum Failure {
    /// The rulebook does not load: everything that is wrong with it.
    Rulebook(Vec<Diagnostic>),
    /// Anything else, in a sentence.
    Other(Text),
}

impl Failure {
    pub(crate) fn other(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self::Other(Text::new(zh, en))
    }
}

/// Prints why a command could not run.
pub(crate) fn failure(lang: Lang, failure: &Failure) {
    match failure {
        Failure::Rulebook(diagnostics) => {
            for diagnostic in diagnostics {
                anstream::eprintln!("{}", diagnostic.render(lang, Style::Coloured));
            }
            let count = diagnostics.len();
            let text = Text::new(
                format!("规则库有 {count} 处错误，未作检查。"),
                format!(
                    "The rulebook has {count} error{}; nothing was checked.",
                    if count == 1 { "" } else { "s" }
                ),
            );
            anstream::eprintln!("{}", text.get(lang));
        }
        Failure::Other(text) => {
            let word = Text::new("错误：", "error: ");
            anstream::eprintln!("{}{}", word.get(lang), text.get(lang));
        }
    }
}
