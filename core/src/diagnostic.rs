//! Messages about the product's own files — rules, manifests, parameters — with the very place in the source.
//!
//! Each stage that can fail has an enum of problems beside it ([`crate::schema::ManifestProblem`],
//! [`crate::rule::RuleProblem`]); here is what they have in common: a code, a place, a message and a help line.

use std::fmt::Write as _;
use std::ops::Range;
use std::sync::Arc;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use crate::text::{Lang, Text};

/// A source file that people wrote: its path as shown, and its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceFile {
    /// The path shown to people.
    pub path: String,
    /// The text.
    pub text: Arc<str>,
}

impl SourceFile {
    /// A file of this path and text.
    pub fn new(path: impl Into<String>, text: impl Into<Arc<str>>) -> Self {
        Self { path: path.into(), text: text.into() }
    }

    /// The byte offset of a line and column, both counted from 1, the column in characters.
    pub fn offset(&self, line: usize, column: usize) -> usize {
        let start: usize = self.text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
        let rest = &self.text[start.min(self.text.len())..];
        let within = rest.char_indices().nth(column.saturating_sub(1)).map_or(rest.len(), |(at, _)| at);
        start + within
    }

    /// The line and column, both counted from 1, the column in characters, of a byte offset.
    pub fn line_column(&self, offset: usize) -> (usize, usize) {
        let mut end = offset.min(self.text.len());
        while !self.text.is_char_boundary(end) {
            end -= 1;
        }
        let before = &self.text[..end];
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        (before.matches('\n').count() + 1, before[line_start..].chars().count() + 1)
    }
}

/// One message about one place in one source file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// A stable code, such as `R203`.
    pub code: &'static str,
    /// The file.
    pub file: SourceFile,
    /// The bytes meant; none when the whole file is.
    pub span: Option<Range<usize>>,
    /// What is wrong.
    pub message: Text,
    /// What stands at the place, in a few words; may be empty.
    pub label: Text,
    /// What to do.
    pub help: Option<Text>,
}

impl Diagnostic {
    /// The message with its excerpt, as plain text, or with terminal colours where `coloured`.
    pub fn render(&self, lang: Lang, style: Style) -> String {
        let (error, help) = match lang {
            Lang::Zh => ("错误", "怎么办"),
            Lang::En => ("error", "help"),
        };
        let title = Level::ERROR.with_name(error).primary_title(self.message.get(lang)).id(self.code);
        let mut groups = Vec::new();
        let mut group = Group::with_title(title);
        match &self.span {
            Some(span) => {
                let text: &str = &self.file.text;
                let end = span.end.min(text.len());
                let start = span.start.min(end);
                let label = self.label.get(lang);
                let mut mark = AnnotationKind::Primary.span(start..end);
                if !label.is_empty() {
                    mark = mark.label(label);
                }
                group =
                    group.element(Snippet::source(text).path(&self.file.path).line_start(1).annotation(mark));
            }
            None => group = group.element(annotate_snippets::Origin::path(&self.file.path)),
        }
        if let Some(text) = &self.help {
            group = group.element(Level::HELP.with_name(help).message(text.get(lang)));
        }
        groups.push(group);
        let renderer = match style {
            Style::Plain => Renderer::plain(),
            Style::Coloured => Renderer::styled(),
        };
        let mut out = renderer.render(&groups);
        let _ = writeln!(out);
        out
    }
}

/// Whether to write terminal colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// No escape sequences.
    Plain,
    /// ANSI colours.
    Coloured,
}
