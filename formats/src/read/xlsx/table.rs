//! A sheet that holds a table: where its headings are, then its records.

use std::collections::BTreeSet;

use hegui_core::schema::Schema;
use hegui_core::submission::{Intake, Layout, TableIntake};

use super::merges::Merges;
use super::rows::{Rows, RowsProblem};
use super::{Place, headings};
use crate::read::heading::{self, HEADING_ROWS, Row};

/// Reads a table.
pub(super) fn read(
    rows: &mut Rows<'_, '_>,
    mut merges: Merges,
    place: &Place<'_>,
    schema: &Schema,
    intake: &mut Intake<'_>,
) -> Result<(), RowsProblem> {
    let mut first = Vec::new();
    while first.len() < HEADING_ROWS
        && let Some(row) = rows.next_row()?
    {
        first.push(row);
    }
    // The empty sheets every new workbook has are nothing handed in; an empty sheet by a table's name is.
    if first.is_empty() && schema.table(place.sheet).is_none() {
        return Ok(());
    }
    let layout = Layout::Sheet { file: place.file.to_string(), sheet: place.sheet.to_string() };
    let Some(mut table) = intake.open_table(place.sheet, layout, place.sheet()) else { return Ok(()) };
    if first.is_empty() {
        table.no_headings();
        intake.close_table(table);
        return Ok(());
    }
    let headings = headings::find(&first, &merges, &table);
    let columns = headings.columns();
    let records = heading::take(first, &headings, &mut table, intake, |column, row| place.cell(column, row));
    merges.skip_through(headings.number);
    let outcome = (|| {
        for mut row in records {
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
