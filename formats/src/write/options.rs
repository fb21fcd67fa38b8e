//! What the reader of a report may choose.

use hegui_core::diagnostic::Style;
use hegui_core::text::Lang;

/// How a report for people is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options {
    /// The language.
    pub lang: Lang,
    /// The columns of the terminal. Below 60 the report is written for 60.
    pub width: usize,
    /// Whether to use terminal colours.
    pub style: Style,
    /// How many findings of one rule on one submission are shown. Totals are exact all the same.
    pub max_findings: usize,
    /// How much is told.
    pub detail: Detail,
}

impl Default for Options {
    fn default() -> Self {
        Self { lang: Lang::Zh, width: 100, style: Style::Plain, max_findings: 100, detail: Detail::Normal }
    }
}

/// How much a report for people tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Detail {
    /// Counts a submission, and the summary.
    Brief,
    /// Findings, and what could not be decided.
    #[default]
    Normal,
    /// Also why rules do not apply.
    Full,
}
