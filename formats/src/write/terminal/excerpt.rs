//! The cells around a finding: headings, cells, and which cell is meant.

use std::io;
use std::ops::RangeInclusive;

use hegui_core::text::Lang;
use hegui_core::verdict::Excerpt;

use super::page::{Ink, Page, Piece};
use super::text::{cut, pad, width};
use super::words::say;

/// A cell is cut to so many columns.
const CELL: usize = 16;
/// So far apart stand two columns.
const GAP: usize = 2;

/// Writes the excerpt; nothing if it has no cells.
pub(super) fn write(page: &mut Page<'_>, lang: Lang, excerpt: &Excerpt, indent: usize) -> io::Result<()> {
    let columns = columns(lang, excerpt);
    if columns.is_empty() {
        return Ok(());
    }
    let widths: Vec<usize> = columns.iter().map(|column| column.width).collect();
    let marked = excerpt.marked.filter(|at| *at < columns.len());
    let shown = window(&widths, marked.unwrap_or(0), page.room(indent));
    let left_out = Sides { before: *shown.start() > 0, after: shown.end() + 1 < columns.len() };
    let offset = if left_out.before { 1 + GAP } else { 0 };

    let row = |text: fn(&Column) -> &str, ink: fn(bool) -> Ink| -> Vec<Piece> {
        let mut pieces = Vec::new();
        if left_out.before {
            pieces.push((Ink::Faint, "…".to_string()));
            pieces.push((Ink::Plain, " ".repeat(GAP)));
        }
        for at in shown.clone() {
            let word = text(&columns[at]);
            // Padding stands apart, so that an underline ends with the word.
            let gap =
                columns[at].width - width(word) + if at < *shown.end() || left_out.after { GAP } else { 0 };
            pieces.push((ink(marked == Some(at)), word.to_string()));
            pieces.push((Ink::Plain, pad("", gap)));
        }
        if left_out.after {
            pieces.push((Ink::Faint, "…".to_string()));
        }
        pieces
    };
    page.line(indent, &row(|column| &column.heading, |_| Ink::Faint))?;
    page.line(indent, &row(|column| &column.cell, |marked| if marked { Ink::Marked } else { Ink::Plain }))?;

    match marked {
        Some(at) if !page.is_coloured() => {
            let before: usize = (*shown.start()..at).map(|at| widths[at] + GAP).sum();
            let arrows = "▲".to_string();
            page.line(indent + offset + before, &[(Ink::Plain, arrows)])
        }
        _ => Ok(()),
    }
}

struct Column {
    heading: String,
    cell: String,
    width: usize,
}

struct Sides {
    before: bool,
    after: bool,
}

fn columns(lang: Lang, excerpt: &Excerpt) -> Vec<Column> {
    let count = excerpt.headings.len().max(excerpt.cells.len());
    (0..count)
        .map(|at| {
            let text = |texts: &[String]| texts.get(at).map_or("", String::as_str).trim().to_string();
            let heading = cut(&text(&excerpt.headings), CELL);
            let mut cell = cut(&text(&excerpt.cells), CELL);
            // Nothing can be pointed at in an empty cell.
            if cell.is_empty() && excerpt.marked == Some(at) {
                cell = say(lang, "（空）", "(empty)").to_string();
            }
            let width = width(&heading).max(width(&cell));
            Column { heading, cell, width }
        })
        .collect()
}

/// The columns that fit into `room` around the one that is meant, as many before it as after it.
fn window(widths: &[usize], centre: usize, room: usize) -> RangeInclusive<usize> {
    let fits = |from: usize, to: usize| {
        let cells: usize = widths[from..=to].iter().sum::<usize>() + GAP * (to - from);
        let dots = usize::from(from > 0) + usize::from(to + 1 < widths.len());
        cells + dots * (1 + GAP) <= room
    };
    let (mut from, mut to) = (centre, centre);
    loop {
        let before = from > 0 && fits(from - 1, to);
        if before {
            from -= 1;
        }
        let after = to + 1 < widths.len() && fits(from, to + 1);
        if after {
            to += 1;
        }
        if !before && !after {
            // Dots may stand in the way of the very columns that would make them needless.
            return if fits(0, widths.len() - 1) { 0..=widths.len() - 1 } else { from..=to };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use hegui_core::diagnostic::Style;

    fn excerpt(cells: &[&str], marked: usize) -> Excerpt {
        Excerpt {
            headings: (0..cells.len()).map(|n| format!("第{n}列")).collect(),
            cells: cells.iter().map(|cell| (*cell).to_string()).collect(),
            marked: Some(marked),
        }
    }

    fn render(excerpt: &Excerpt, width: usize, style: Style) -> String {
        let mut out = Vec::new();
        write(&mut Page::new(&mut out, width, style), Lang::Zh, excerpt, 2).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn points_below_the_cell() {
        let text = render(&excerpt(&["发明", "", "x"], 1), 60, Style::Plain);
        assert_eq!(text, "  第0列  第1列   第2列\n  发明   （空）  x\n         ▲\n");
    }

    #[test]
    fn underlines_where_there_is_colour() {
        let text = render(&excerpt(&["发明", "有效"], 1), 60, Style::Coloured);
        assert!(text.contains("\u{1b}[4m\u{1b}[31m有效\u{1b}[0m"), "{text:?}");
        assert!(!text.contains('▲'));
    }

    #[test]
    fn keeps_the_marked_cell_in_sight() {
        let cells = ["甲甲甲甲甲甲甲甲"; 9];
        for marked in 0..9 {
            for width in [40, 60, 80, 100] {
                let text = render(&excerpt(&cells, marked), width, Style::Plain);
                assert!(text.lines().all(|line| super::width(line) <= width), "{text}");
                assert!(text.contains(&format!("第{marked}列")) && text.contains('▲'), "{text}");
            }
        }
    }
}
