//! The rows of a sheet as they stream by: only cells that hold something, within a budget.

use std::io::Cursor;

use calamine::{XlsxCellReader, XlsxError};
use hegui_core::submission::Raw;

use super::cell::raw;
use super::percent::Percents;
use crate::read::heading::Row;

/// The most cells with content a workbook may have.
pub(super) const MAX_CELLS: usize = 50_000_000;
/// The most text its cells may show; one long text shown by a million cells counts a million times.
pub(super) const MAX_TEXT_BYTES: usize = 512 << 20;

/// What may still be read of a workbook.
#[derive(Debug)]
pub(super) struct Budget {
    cells: usize,
    text: usize,
}

impl Default for Budget {
    fn default() -> Self {
        Self { cells: MAX_CELLS, text: MAX_TEXT_BYTES }
    }
}

impl Budget {
    fn spend(&mut self, raw: &Raw<'_>) -> Result<(), RowsProblem> {
        let length = if let Raw::Text(text) = raw { text.len() } else { 0 };
        let left = self.cells.checked_sub(1).zip(self.text.checked_sub(length));
        let Some((cells, text)) = left else {
            let limit = format!("{MAX_CELLS} 格或 {} MiB 文字 (cells or text)", MAX_TEXT_BYTES >> 20);
            return Err(RowsProblem::TooLarge(limit));
        };
        *self = Self { cells, text };
        Ok(())
    }
}

/// Why a sheet could not be read to its end.
pub(super) enum RowsProblem {
    /// More than the budget allows; the limit.
    TooLarge(String),
    /// Damaged.
    Broken,
}

impl From<XlsxError> for RowsProblem {
    fn from(_: XlsxError) -> Self {
        Self::Broken
    }
}

/// Streams rows.
pub(super) struct Rows<'a, 'b> {
    cells: XlsxCellReader<'a, Cursor<&'b [u8]>>,
    percents: Percents,
    budget: &'a mut Budget,
    /// The first cell of the row to come.
    next: Option<(u32, u32, Raw<'a>)>,
    /// The library must not be asked again after the last cell.
    ended: bool,
}

impl<'a, 'b> Rows<'a, 'b> {
    pub(super) fn new(
        cells: XlsxCellReader<'a, Cursor<&'b [u8]>>,
        percents: Percents,
        budget: &'a mut Budget,
    ) -> Self {
        Self { cells, percents, budget, next: None, ended: false }
    }

    /// The next row with content.
    pub(super) fn next_row(&mut self) -> Result<Option<Row<'a>>, RowsProblem> {
        let first = match self.next.take() {
            Some(cell) => cell,
            None => match self.next_cell()? {
                Some(cell) => cell,
                None => return Ok(None),
            },
        };
        let (number, column, raw) = first;
        let mut cells = vec![(column, raw)];
        while let Some((row, column, raw)) = self.next_cell()? {
            if row != number {
                self.next = Some((row, column, raw));
                break;
            }
            cells.push((column, raw));
        }
        Ok(Some(Row { number, cells }))
    }

    fn next_cell(&mut self) -> Result<Option<(u32, u32, Raw<'a>)>, RowsProblem> {
        while !self.ended {
            let Some(cell) = self.cells.next_cell_with_formula_metadata()? else { break };
            let raw = self.percents.shown(cell.pos, raw(cell.value, cell.formula.as_ref()));
            if !raw.is_empty() {
                self.budget.spend(&raw)?;
                return Ok(Some((cell.pos.0.saturating_add(1), cell.pos.1.saturating_add(1), raw)));
            }
        }
        self.ended = true;
        Ok(None)
    }
}
