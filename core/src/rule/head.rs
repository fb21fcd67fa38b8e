//! The head of a rule: TOML in the script's own module comment (`//!`), as it is written.

use serde::Deserialize;
use toml::Spanned;

use super::{Level, Status};
use crate::diagnostic::SourceFile;
use crate::toml_source::{self, Day, TomlProblem};
use crate::verdict::Severity;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Head {
    pub(crate) id: Spanned<String>,
    pub(crate) title: String,
    #[serde(default)]
    pub(crate) title_en: String,
    #[serde(default)]
    pub(crate) why: String,
    #[serde(default)]
    pub(crate) why_en: String,
    pub(crate) clause: Spanned<String>,
    pub(crate) level: Spanned<Level>,
    pub(crate) table: Option<Spanned<String>>,
    pub(crate) severity: Spanned<Severity>,
    pub(crate) source: Spanned<String>,
    pub(crate) grade: Spanned<String>,
    #[serde(default)]
    pub(crate) status: Status,
    #[serde(default)]
    pub(crate) applies_to: Vec<Spanned<String>>,
    pub(crate) from: Option<Day>,
    pub(crate) to: Option<Day>,
    #[serde(default)]
    pub(crate) history: Vec<Change>,
    #[serde(default, rename = "example")]
    pub(crate) examples: Vec<Spanned<toml::Table>>,
}

/// `[[history]]`: what changed in the rule, and when.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Change {
    pub(crate) date: Day,
    pub(crate) change: String,
    #[serde(default)]
    pub(crate) change_en: String,
}

/// The head's text, and how its bytes map back to the file's.
pub(crate) struct HeadText {
    text: String,
    /// Where each line of `text` begins, and where its content begins in the file.
    lines: Vec<(usize, usize)>,
}

impl HeadText {
    /// Cuts the head out of a rule file: all lines that begin with `//!`.
    pub(crate) fn cut(file: &SourceFile) -> Self {
        let mut head = Self { text: String::new(), lines: Vec::new() };
        let mut at = 0;
        for line in file.text.split_inclusive('\n') {
            let trimmed = line.trim_start();
            if let Some(content) = trimmed.strip_prefix("//!") {
                let content = content.strip_prefix(' ').unwrap_or(content);
                let start = at + line.len() - content.len();
                head.lines.push((head.text.len(), start));
                head.text.push_str(content.trim_end_matches(['\r', '\n']));
                head.text.push('\n');
            }
            at += line.len();
        }
        head
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    pub(crate) fn parse(&self) -> Result<Head, TomlProblem> {
        toml_source::parse(&self.text)
    }

    /// The bytes of the file that a span of the head stands for.
    pub(crate) fn in_file(&self, span: &std::ops::Range<usize>) -> std::ops::Range<usize> {
        let map = |offset: usize| {
            let (head, file) =
                self.lines.iter().rev().find(|(head, _)| *head <= offset).copied().unwrap_or_default();
            file + (offset - head)
        };
        // A span over several lines is cut to its first, so that no `//!` is underlined.
        let first =
            self.text[span.start.min(self.text.len())..].find('\n').map_or(span.end, |n| span.start + n);
        map(span.start)..map(span.end.min(first).max(span.start))
    }
}
