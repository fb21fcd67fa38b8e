//! Merged cells: the first holds the value, the others nothing that can be known.

use std::collections::{BTreeMap, BTreeSet};

use calamine::Dimensions;
use hegui_core::submission::{Raw, cell_name};

use crate::read::heading::Row;

/// The merged areas of a sheet, row by row from the top.
pub(super) struct Merges {
    /// Those that have not begun, the last first.
    waiting: Vec<Dimensions>,
    /// Those that the rows at hand lie in, and whose first cell holds something.
    active: Vec<Dimensions>,
}

impl Merges {
    pub(super) fn new(mut areas: Vec<Dimensions>) -> Self {
        areas.retain(|area| {
            area.start.0 <= area.end.0 && area.start.1 <= area.end.1 && area.start != area.end
        });
        areas.sort_by_key(|area| std::cmp::Reverse((area.start, area.end)));
        // Areas of a sound sheet do not overlap; those of a hostile one may all be the same.
        areas.dedup_by_key(|area| (area.start, area.end));
        Self { waiting: areas, active: Vec::new() }
    }

    /// Leaves out the areas that begin in this row or above: titles and headings.
    pub(super) fn skip_through(&mut self, row: u32) {
        while self.waiting.last().is_some_and(|area| area.start.0 < row) {
            self.waiting.pop();
        }
    }

    /// The cells of a row that are merged with their neighbours to the right: first and last column. Rows that have
    /// been left out are forgotten.
    pub(super) fn across(&self, row: u32) -> BTreeMap<u32, u32> {
        let within = |area: &&Dimensions| area.start.0 + 1 == row && area.end.0 + 1 == row;
        self.waiting.iter().filter(within).map(|area| (area.start.1 + 1, area.end.1 + 1)).collect()
    }

    /// Marks the cells of a row that an area covers; only `columns` with a heading matter. Rows must come in order.
    pub(super) fn cover(&mut self, row: &mut Row<'_>, columns: &BTreeSet<u32>) {
        let at = row.number - 1;
        self.active.retain(|area| area.end.0 >= at);
        while let Some(area) = self.waiting.last().copied().filter(|area| area.start.0 <= at) {
            self.waiting.pop();
            // Only an area whose first row has content is one whose first cell may have some.
            let held = area.start.0 == at && row.cells.iter().any(|(column, _)| *column == area.start.1 + 1);
            if held && area.end.0 >= at {
                self.active.push(area);
            }
        }
        let mut covered = BTreeSet::new();
        for area in &self.active {
            // Once every column is covered, no further area says anything new.
            if covered.len() == columns.len() {
                break;
            }
            for &column in columns.range(area.start.1 + 1..=area.end.1 + 1) {
                if (at, column) != (area.start.0, area.start.1 + 1) && covered.insert(column) {
                    let name = |(row, column): (u32, u32)| cell_name(column + 1, row + 1);
                    let range = format!("{}:{}", name(area.start), name(area.end));
                    row.cells.retain(|(other, _)| *other != column);
                    row.cells.push((column, Raw::Merged(range)));
                }
            }
        }
    }
}
