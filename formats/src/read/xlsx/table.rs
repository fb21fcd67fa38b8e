//! A sheet that holds a table: where its headings are, then its records.

use std::collections::BTreeSet;

use hegui_core::schema::Schema;
use hegui_core::submission::{Intake, Layout, ReadProblem, ReadProblemKind, TableIntake};

use super::Place;
use super::merges::Merges;
use super::rows::{Row, Rows, RowsProblem};

/// How many rows with content may be looked at for headings.
const HEADING_ROWS: usize = 5;
/// How many cells a title above the headings may have.
const TITLE_CELLS: usize = 2;

/// Reads a table.
pub(super) fn read(
    rows: &mut Rows<'_, '_>,
    mut merges: Merges,
    place: &Place<'_>,
    schema: &Schema,
    intake: &mut Intake<'_>,
) -> Result<(), RowsProblem> {
    let mut head = Vec::new();
    while head.len() < HEADING_ROWS
        && let Some(row) = rows.next_row()?
    {
        head.push(row);
    }
    // The empty sheets every new workbook has are nothing handed in; an empty sheet by a table's name is.
    if head.is_empty() && schema.table(place.sheet).is_none() {
        return Ok(());
    }
    let layout = Layout::Sheet { file: place.file.to_string(), sheet: place.sheet.to_string() };
    let Some(mut table) = intake.open_table(place.sheet, layout, place.sheet()) else { return Ok(()) };
    if head.is_empty() {
        table.no_headings();
        intake.close_table(table);
        return Ok(());
    }
    let mut data = head.split_off(heading_row(&head, &table));
    for row in head.iter().filter(|row| row.cells.len() > TITLE_CELLS) {
        for (column, raw) in &row.cells {
            let location = place.cell(*column, row.number);
            intake.problem(ReadProblem::new(ReadProblemKind::CellWithoutColumn, location).found(raw.shown()));
        }
    }
    let headings = data.remove(0);
    merges.skip_through(headings.number);
    let names: Vec<(u32, String)> =
        headings.cells.iter().map(|(column, raw)| (*column, name(&raw.shown(), &table))).collect();
    let columns: BTreeSet<u32> = names.iter().map(|(column, _)| *column).collect();
    table.headings(headings.number, &names);
    let outcome = (|| {
        for mut row in data {
            record(&mut table, &mut merges, &columns, &mut row);
        }
        while let Some(mut row) = rows.next_row()? {
            record(&mut table, &mut merges, &columns, &mut row);
        }
        Ok(())
    })();
    intake.close_table(table);
    outcome
}

fn record(table: &mut TableIntake<'_>, merges: &mut Merges, columns: &BTreeSet<u32>, row: &mut Row<'_>) {
    merges.cover(row, columns);
    table.row(row.number, &row.cells);
}

/// The row that names the most columns; the first where none names any, so that its words are reported.
fn heading_row(rows: &[Row<'_>], table: &TableIntake<'_>) -> usize {
    let mut best = (0, 0);
    for (at, row) in rows.iter().enumerate() {
        let words: Vec<String> = row.cells.iter().map(|(_, raw)| name(&raw.shown(), table)).collect();
        let known = table.known_headings(words.iter().map(String::as_str));
        if known > best.1 {
            best = (at, known);
        }
    }
    best.0
}

/// A heading without the star of required columns and the line breaks of narrow ones, where that makes it known.
fn name(written: &str, table: &TableIntake<'_>) -> String {
    let bare: String = written.chars().filter(|c| !c.is_whitespace() && !matches!(c, '*' | '＊')).collect();
    let known = |word: &str| table.known_headings([word]) > 0;
    if !known(written) && known(&bare) { bare } else { written.to_string() }
}
