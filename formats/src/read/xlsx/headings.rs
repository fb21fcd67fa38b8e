//! The headings of a sheet: in one row, or in two where groups of columns stand under a common word.

use std::collections::BTreeMap;

use hegui_core::submission::TableIntake;

use super::merges::Merges;
use crate::read::heading::{self, Headings, Row, TITLE_CELLS, name};

/// The headings among the first rows of a sheet, of which there is at least one.
pub(super) fn find(rows: &[Row<'_>], merges: &Merges, table: &TableIntake<'_>) -> Headings {
    let one = heading::find(rows, table);
    let at = one.rows.start;
    let above = at.checked_sub(1);
    let pairs = [Some(at), above].into_iter().flatten().filter_map(|at| Some((at, rows.get(at..at + 2)?)));
    for (at, pair) in pairs {
        if let [upper, lower] = pair
            && let Some(names) = grouped(upper, lower, &merges.across(upper.number), table)
        {
            return Headings { rows: at..at + 2, number: lower.number, names };
        }
    }
    one
}

/// The names of two rows read together, if the lower one names columns below a cell of the upper one that is merged
/// across them: `日期` over `申请日` and `授权公告日`, or `保密审查` over its parts.
fn grouped(
    upper: &Row<'_>,
    lower: &Row<'_>,
    groups: &BTreeMap<u32, u32>,
    table: &TableIntake<'_>,
) -> Option<Vec<(u32, String)>> {
    if groups.is_empty() || lower.number != upper.number + 1 {
        return None;
    }
    let known = |word: &str| table.known_headings([word]) > 0;
    let mut names: BTreeMap<u32, String> =
        upper.cells.iter().map(|(column, raw)| (*column, name(&raw.shown(), table))).collect();
    if names.len() <= TITLE_CELLS && !names.values().any(|word| known(word)) {
        return None;
    }
    let group_names: BTreeMap<u32, String> =
        groups.keys().filter_map(|first| Some((*first, names.remove(first)?))).collect();
    let group_of = |column: u32| {
        let (first, last) = groups.range(..=column).next_back()?;
        (column <= *last).then(|| group_names.get(first)).flatten()
    };
    let mut below_groups = 0;
    for (column, raw) in &lower.cells {
        let word = name(&raw.shown(), table);
        let group = group_of(*column);
        let dotted = group.map(|group| format!("{group}.{word}")).filter(|dotted| known(dotted));
        let word = dotted.unwrap_or(word);
        below_groups += usize::from(group.is_some() && known(&word));
        // Below a heading merged over both rows there may stand a unit.
        if known(&word) || !names.contains_key(column) {
            names.insert(*column, word);
        }
    }
    (below_groups > 0).then(|| names.into_iter().collect())
}
