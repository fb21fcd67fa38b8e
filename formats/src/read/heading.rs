//! Where the headings of a table are: people put titles above them, in sheets and in CSV files.

use std::collections::BTreeSet;

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

/// The head of a table, when its headings have been taken in.
pub(super) struct Head<'a> {
    /// The number of the heading row.
    pub(super) number: u32,
    /// The columns that have a heading.
    pub(super) columns: BTreeSet<u32>,
    /// The rows below it that were looked at for headings.
    pub(super) records: Vec<Row<'a>>,
}

/// Finds the headings among the first rows and hands them to the table. What stands above them and is no title is
/// reported at its `place`, by column and row. `None`, and reported, where there is no row at all.
pub(super) fn take<'a>(
    mut first: Vec<Row<'a>>,
    table: &mut TableIntake<'_>,
    intake: &mut Intake<'_>,
    place: impl Fn(u32, u32) -> Location,
) -> Option<Head<'a>> {
    if first.is_empty() {
        table.no_headings();
        return None;
    }
    let mut records = first.split_off(heading_row(&first, table));
    for row in first.iter().filter(|row| row.cells.len() > TITLE_CELLS) {
        for (column, raw) in &row.cells {
            let location = place(*column, row.number);
            intake.problem(ReadProblem::new(ReadProblemKind::CellWithoutColumn, location).found(raw.shown()));
        }
    }
    let headings = records.remove(0);
    let names: Vec<(u32, String)> =
        headings.cells.iter().map(|(column, raw)| (*column, name(&raw.shown(), table))).collect();
    table.headings(headings.number, &names);
    Some(Head {
        number: headings.number,
        columns: names.iter().map(|(column, _)| *column).collect(),
        records,
    })
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
fn name(written: &str, table: &TableIntake<'_>) -> String {
    let bare: String = written.chars().filter(|c| !c.is_whitespace() && !matches!(c, '*' | '＊')).collect();
    let known = |word: &str| table.known_headings([word]) > 0;
    if !known(written) && known(&bare) { bare } else { written.to_string() }
}
