//! The sheet 报送信息: two columns, 字段 and 值.

use std::collections::BTreeMap;

use hegui_core::submission::{Intake, Raw, ReadProblem, ReadProblemKind};
use hegui_core::text::{Text, fold};

use super::Place;
use super::rows::{Row, Rows, RowsProblem};

/// How many rows with content may stand before the row 字段 | 值.
const HEADING_ROWS: usize = 5;
/// How many cells a title may have.
const TITLE_CELLS: usize = 2;

/// Which columns hold what.
struct Columns {
    name: u32,
    value: u32,
    /// Columns for people, by number.
    remarks: Vec<u32>,
}

/// Reads the header.
pub(super) fn read(
    rows: &mut Rows<'_, '_>,
    place: &Place<'_>,
    intake: &mut Intake<'_>,
) -> Result<(), RowsProblem> {
    let mut head = Vec::new();
    while head.len() < HEADING_ROWS
        && let Some(row) = rows.next_row()?
    {
        head.push(row);
    }
    let mut columns = Columns { name: 1, value: 2, remarks: Vec::new() };
    if let Some((at, found)) = head.iter().enumerate().find_map(|(at, row)| Some((at, headings(row)?))) {
        columns = found;
        for row in head.drain(..=at).filter(|row| row.cells.len() > TITLE_CELLS && headings(row).is_none()) {
            for (column, raw) in &row.cells {
                without_column(intake, place, *column, row.number, raw);
            }
        }
    }
    for row in head {
        entry(&row, &columns, place, intake);
    }
    while let Some(row) = rows.next_row()? {
        entry(&row, &columns, place, intake);
    }
    Ok(())
}

/// The columns that a row 字段 | 值 | 说明 names.
fn headings(row: &Row<'_>) -> Option<Columns> {
    let words: BTreeMap<u32, String> =
        row.cells.iter().map(|(column, raw)| (*column, fold(&raw.shown()).to_lowercase())).collect();
    let find =
        |wanted: &[&str]| words.iter().find(|(_, word)| wanted.contains(&word.as_str())).map(|(at, _)| *at);
    let is_remark =
        |word: &String| ["说明", "备注", "note", "remark"].iter().any(|remark| word.contains(remark));
    Some(Columns {
        name: find(&["字段", "field"])?,
        value: find(&["值", "value"])?,
        remarks: words.iter().filter(|(_, word)| is_remark(word)).map(|(at, _)| *at).collect(),
    })
}

fn entry(row: &Row<'_>, columns: &Columns, place: &Place<'_>, intake: &mut Intake<'_>) {
    let cell = |wanted: u32| row.cells.iter().find(|(column, _)| *column == wanted).map(|(_, raw)| raw);
    let value = cell(columns.value);
    match (cell(columns.name), value) {
        (Some(name), _) => {
            let name = name.shown();
            let name = name.trim_matches([':', '：', '*', '＊', ' ', '\u{3000}']);
            intake.header_entry(name, value.unwrap_or(&Raw::Empty), place.cell(columns.value, row.number));
        }
        (None, Some(value)) => {
            let expected = Text::new("字段名", "the name of a field");
            let kind = ReadProblemKind::WrongShape { expected };
            let location = place.cell(columns.name, row.number);
            intake.problem(ReadProblem::new(kind, location).found(value.shown()));
        }
        (None, None) => {}
    }
    for (column, raw) in &row.cells {
        if *column != columns.name && *column != columns.value && !columns.remarks.contains(column) {
            without_column(intake, place, *column, row.number, raw);
        }
    }
}

fn without_column(intake: &mut Intake<'_>, place: &Place<'_>, column: u32, row: u32, raw: &Raw<'_>) {
    let location = place.cell(column, row);
    intake.problem(ReadProblem::new(ReadProblemKind::CellWithoutColumn, location).found(raw.shown()));
}
