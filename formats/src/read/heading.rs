//! Where the headings of a table are: people put titles above them, in sheets and in CSV files.

use std::collections::BTreeSet;
use std::ops::Range;

use hegui_core::submission::{Intake, Raw, ReadProblem, ReadProblemKind, TableIntake};
use hegui_core::verdict::Location;

/// How many rows with content may be looked at for headings.
pub(super) const HEADING_ROWS: usize = 5;
/// How many cells a title above the headings may have.
pub(super) const TITLE_CELLS: usize = 2;

/// One row: its number and its cells by column, both counted from 1. No cell is empty.
pub(super) struct Row<'a> {
    pub(super) number: u32,
    pub(super) cells: Vec<(u32, Raw<'a>)>,
}

/// The headings of a table.
pub(super) struct Headings {
    /// The rows they stand in, among the first of the table.
    pub(super) rows: Range<usize>,
    /// The number of the last of these rows.
    pub(super) number: u32,
    /// The name of each column.
    pub(super) names: Vec<(u32, String)>,
}

impl Headings {
    /// The columns that have a heading.
    pub(super) fn columns(&self) -> BTreeSet<u32> {
        self.names.iter().map(|(column, _)| *column).collect()
    }
}

/// The headings among the first rows, of which there is at least one.
pub(super) fn find(rows: &[Row<'_>], table: &TableIntake<'_>) -> Headings {
    let at = heading_row(rows, table);
    let names = rows[at].cells.iter().map(|(column, raw)| (*column, name(&raw.shown(), table))).collect();
    Headings { rows: at..at + 1, number: rows[at].number, names }
}

/// Hands the headings to the table and returns the rows below them. What stands above them and is no title is reported
/// at its `place`, by column and row.
pub(super) fn take<'a>(
    mut first: Vec<Row<'a>>,
    headings: &Headings,
    table: &mut TableIntake<'_>,
    intake: &mut Intake<'_>,
    place: impl Fn(u32, u32) -> Location,
) -> Vec<Row<'a>> {
    let records = first.split_off(headings.rows.end);
    for row in first[..headings.rows.start].iter().filter(|row| row.cells.len() > TITLE_CELLS) {
        for (column, raw) in &row.cells {
            let location = place(*column, row.number);
            intake.problem(ReadProblem::new(ReadProblemKind::CellWithoutColumn, location).found(raw.shown()));
        }
    }
    table.headings(headings.number, &headings.names);
    records
}

/// The row that names the most columns; the first where none names any, so that its words are reported.
fn heading_row(rows: &[Row<'_>], table: &TableIntake<'_>) -> usize {
    let mut best = (0, 0);
    for (at, row) in rows.iter().enumerate() {
        let known = known(row.cells.iter().map(|(_, raw)| raw.shown()), table);
        if known > best.1 {
            best = (at, known);
        }
    }
    best.0
}

/// How many of these words are headings of the table.
pub(super) fn known(words: impl Iterator<Item = String>, table: &TableIntake<'_>) -> usize {
    let words: Vec<String> = words.map(|word| name(&word, table)).collect();
    table.known_headings(words.iter().map(String::as_str))
}

/// A heading without the star of required columns and the line breaks of narrow ones, where that makes it known.
pub(super) fn name(written: &str, table: &TableIntake<'_>) -> String {
    let bare: String = written.chars().filter(|c| !c.is_whitespace() && !matches!(c, '*' | '＊')).collect();
    let known = |word: &str| table.known_headings([word]) > 0;
    if !known(written) && known(&bare) { bare } else { written.to_string() }
}
