//! A sheet that holds a table: where its headings are, then its records.

use std::collections::BTreeSet;

use hegui_core::schema::Schema;
use hegui_core::submission::{Intake, Layout, ReadProblem, ReadProblemKind, TableIntake};

use super::Place;
use super::headings::{self, TITLE_CELLS};
use super::merges::Merges;
use super::rows::{Row, Rows, RowsProblem};

/// How many rows with content may be looked at for headings.
const HEADING_ROWS: usize = 5;

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
    let headings = headings::find(&head, &merges, &table);
    let mut data = head.split_off(headings.rows.start);
    data.drain(..headings.rows.len());
    for row in head.iter().filter(|row| row.cells.len() > TITLE_CELLS) {
        for (column, raw) in &row.cells {
            let location = place.cell(*column, row.number);
            intake.problem(ReadProblem::new(ReadProblemKind::CellWithoutColumn, location).found(raw.shown()));
        }
    }
    merges.skip_through(headings.number);
    let columns: BTreeSet<u32> = headings.names.iter().map(|(column, _)| *column).collect();
    table.headings(headings.number, &headings.names);
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
