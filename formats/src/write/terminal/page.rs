//! The page a report is written on: the only way to the terminal.
//!
//! All text passes [`clean`] here, and the only escape sequences written are the page's own inks.

use std::io;

use anstyle::{AnsiColor, Effects};
use hegui_core::diagnostic::Style;
use hegui_core::verdict::Severity;

use super::text::{clean, width, wrap};

/// How a piece of text stands out. Without colour all inks are the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::write) enum Ink {
    /// Ordinary text.
    Plain,
    /// A heading.
    Strong,
    /// What may be skipped: labels, sources.
    Faint,
    /// The word for a severity, or a heading as grave as that.
    Grave(Severity),
    /// The cell that is meant.
    Marked,
}

impl Ink {
    fn style(self) -> anstyle::Style {
        let plain = anstyle::Style::new();
        match self {
            Self::Plain => plain,
            Self::Strong => plain.bold(),
            Self::Faint => plain.dimmed(),
            Self::Grave(Severity::Info) => AnsiColor::Cyan.on_default(),
            Self::Grave(Severity::Warn) => AnsiColor::Yellow.on_default().bold(),
            Self::Grave(Severity::Error) => AnsiColor::Red.on_default().bold(),
            Self::Grave(Severity::Stop) => AnsiColor::Magenta.on_default().bold(),
            Self::Marked => AnsiColor::Red.on_default().effects(Effects::UNDERLINE),
        }
    }
}

/// A piece of a line.
pub(in crate::write) type Piece = (Ink, String);

/// Lines of at most so many columns, written as they come.
pub(in crate::write) struct Page<'a> {
    out: &'a mut dyn io::Write,
    width: usize,
    style: Style,
}

impl<'a> Page<'a> {
    /// A page of so many columns.
    pub(in crate::write) fn new(out: &'a mut dyn io::Write, width: usize, style: Style) -> Self {
        Self { out, width, style }
    }

    /// The columns of a line that begins after `indent`.
    pub(in crate::write) fn room(&self, indent: usize) -> usize {
        self.width.saturating_sub(indent)
    }

    /// Whether colour can point something out.
    pub(in crate::write) fn is_coloured(&self) -> bool {
        self.style == Style::Coloured
    }

    /// An empty line.
    pub(in crate::write) fn blank(&mut self) -> io::Result<()> {
        writeln!(self.out)
    }

    /// One line, as it is. The caller has made it fit.
    pub(in crate::write) fn line(&mut self, indent: usize, pieces: &[Piece]) -> io::Result<()> {
        let mut line = " ".repeat(indent);
        for (ink, text) in pieces {
            line.push_str(&self.paint(*ink, text));
        }
        writeln!(self.out, "{}", line.trim_end())
    }

    /// A paragraph, every line of it after `indent`.
    pub(in crate::write) fn paragraph(&mut self, indent: usize, ink: Ink, text: &str) -> io::Result<()> {
        for line in wrap(text, self.room(indent)) {
            self.line(indent, &[(ink, line)])?;
        }
        Ok(())
    }

    /// A label, and a paragraph beside it.
    pub(in crate::write) fn labelled(&mut self, indent: usize, label: &str, ink: Ink, text: &str) -> io::Result<()> {
        let beside = width(label) + 2;
        for (n, line) in wrap(text, self.room(indent + beside)).into_iter().enumerate() {
            let first = if n == 0 { format!("{label}  ") } else { " ".repeat(beside) };
            self.line(indent, &[(Ink::Faint, first), (ink, line)])?;
        }
        Ok(())
    }

    /// Pieces side by side, two columns apart; what does not fit goes on, four columns further in, on the next line.
    pub(in crate::write) fn flow(&mut self, indent: usize, pieces: &[Piece]) -> io::Result<()> {
        const GAP: usize = 2;
        let further = indent + 4;
        let mut line: Vec<Piece> = Vec::new();
        let mut at = indent;
        let mut begin = indent;
        for (ink, text) in pieces {
            let mut parts = vec![clean(text).into_owned()];
            if !line.is_empty() && at + GAP + width(text) > self.width {
                self.line(begin, &line)?;
                line.clear();
                begin = further;
                at = further;
            }
            if at + width(text) > self.width {
                parts = wrap(text, self.room(further));
                begin = further;
            }
            let last = parts.pop().unwrap_or_default();
            for part in parts {
                self.line(begin, &[(*ink, part)])?;
            }
            if line.is_empty() {
                at = begin + width(&last);
            } else {
                line.push((Ink::Plain, " ".repeat(GAP)));
                at += GAP + width(&last);
            }
            line.push((*ink, last));
        }
        self.line(begin, &line)
    }

    /// A line across the page.
    pub(in crate::write) fn across(&mut self) -> io::Result<()> {
        let line = "─".repeat(self.width);
        self.line(0, &[(Ink::Faint, line)])
    }

    fn paint(&self, ink: Ink, text: &str) -> String {
        let text = clean(text);
        match self.style {
            // Spaces need no ink, and a line may end in them.
            Style::Coloured if ink != Ink::Plain && !text.trim().is_empty() => {
                let style = ink.style();
                format!("{style}{text}{style:#}")
            }
            _ => text.into_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn flow(width: usize, pieces: &[&str]) -> String {
        let mut out = Vec::new();
        let pieces: Vec<Piece> = pieces.iter().map(|text| (Ink::Plain, (*text).to_string())).collect();
        Page::new(&mut out, width, Style::Plain).flow(2, &pieces).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn flows_within_the_page() {
        assert_eq!(flow(40, &["错误", "PAT-008"]), "  错误  PAT-008\n");
        assert_eq!(
            flow(40, &["错误", &"x".repeat(32), "end"]),
            format!("  错误  {}\n      end\n", "x".repeat(32))
        );
        assert_eq!(
            flow(40, &["错误", &"x".repeat(40), "end"]),
            format!("  错误\n      {}\n      xxxxxx  end\n", "x".repeat(34))
        );
    }

    #[test]
    fn only_the_page_writes_escapes() {
        let mut out = Vec::new();
        let mut page = Page::new(&mut out, 40, Style::Coloured);
        page.line(0, &[(Ink::Strong, "\u{1b}[31mX".to_string())]).unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), "\u{1b}[1m␛[31mX\u{1b}[0m\n");
    }
}
