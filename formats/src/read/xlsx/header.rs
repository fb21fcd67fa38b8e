//! The sheet 报送信息: two columns, 字段 and 值.
//!
//! The header has private fields, and anybody may write a telephone number into a cell too far. So no value of this
//! sheet stands in a message of this module, and what stands among the names only where it can be one.

use std::collections::BTreeMap;

use hegui_core::schema::{Field, Schema};
use hegui_core::submission::{Intake, Raw, ReadProblem, ReadProblemKind};
use hegui_core::text::{Text, fold};

use super::Place;
use super::rows::{Rows, RowsProblem};
use crate::read::heading::{HEADING_ROWS, Row, TITLE_CELLS};

/// Which columns hold what.
struct Columns {
    name: u32,
    value: u32,
    /// Columns for people, by number.
    remarks: Vec<u32>,
}

/// Whether a sheet of this name is the header: blanks, a final 表 and a remark in brackets make no difference.
pub(super) fn is_header(name: &str) -> bool {
    let folded: String = fold(name).to_lowercase().split_whitespace().collect();
    let bare = folded.split_once('(').map_or(folded.as_str(), |(bare, _)| bare);
    matches!(bare.strip_suffix('表').unwrap_or(bare), "报送信息" | "header")
}

/// Reads the header.
pub(super) fn read(
    rows: &mut Rows<'_, '_>,
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
    let columns = match first.iter().enumerate().find_map(|(at, row)| Some((at, headings(row)?))) {
        Some((at, columns)) => {
            for row in first.drain(..=at).take(at).filter(|row| row.cells.len() > TITLE_CELLS) {
                for (column, _) in &row.cells {
                    without_column(intake, place, *column, row.number);
                }
            }
            columns
        }
        None => without_headings(&first, schema),
    };
    for row in first {
        entry(&row, &columns, place, schema, intake);
    }
    while let Some(row) = rows.next_row()? {
        entry(&row, &columns, place, schema, intake);
    }
    Ok(())
}

/// The columns that a row 序号 | 字段 | 值 | 说明 names.
fn headings(row: &Row<'_>) -> Option<Columns> {
    let words: BTreeMap<u32, String> =
        row.cells.iter().map(|(column, raw)| (*column, fold(&raw.shown()).to_lowercase())).collect();
    let find =
        |wanted: &[&str]| words.iter().find(|(_, word)| wanted.contains(&word.as_str())).map(|(at, _)| *at);
    let is_remark = |word: &String| {
        ["说明", "备注", "note", "remark"].iter().any(|remark| word.contains(remark))
            || ["序号", "编号", "行号", "no", "no.", "#"].contains(&word.as_str())
    };
    Some(Columns {
        name: find(&["字段", "字段名", "field"])?,
        value: find(&["值", "value"])?,
        remarks: words.iter().filter(|(_, word)| is_remark(word)).map(|(at, _)| *at).collect(),
    })
}

/// The columns of a sheet that does not name them: the names are where most of them are known, mostly in the first
/// column, or in the second beside numbers.
fn without_headings(rows: &[Row<'_>], schema: &Schema) -> Columns {
    let known = |wanted: u32| {
        let cells = rows.iter().flat_map(|row| &row.cells).filter(|(column, _)| *column == wanted);
        cells.filter(|(_, raw)| schema.header_field(bare(&raw.shown())).is_some()).count()
    };
    let name = if known(2) > known(1) { 2 } else { 1 };
    Columns { name, value: name + 1, remarks: (1..name).collect() }
}

fn entry(row: &Row<'_>, columns: &Columns, place: &Place<'_>, schema: &Schema, intake: &mut Intake<'_>) {
    let cell = |wanted: u32| row.cells.iter().find(|(column, _)| *column == wanted).map(|(_, raw)| raw);
    let value = cell(columns.value);
    let name = cell(columns.name).map(Raw::shown);
    match name.as_deref().map(|name| repeatable(bare(name), schema)) {
        Some(Some(name)) => {
            intake.header_entry(name, value.unwrap_or(&Raw::Empty), place.cell(columns.value, row.number));
        }
        Some(None) => no_name(intake, place, columns, row.number),
        None if value.is_some() => no_name(intake, place, columns, row.number),
        None => {}
    }
    for (column, _) in &row.cells {
        if *column != columns.name && *column != columns.value && !columns.remarks.contains(column) {
            without_column(intake, place, *column, row.number);
        }
    }
}

/// A name without the colons and stars that people set around it.
fn bare(name: &str) -> &str {
    name.trim_matches([':', '：', '*', '＊', ' ', '\u{3000}'])
}

/// As much of what stands in the column of names as messages may repeat; `None` where it may be a number or an
/// address and no name at all. Of 联系电话 0931-2345 only the first word is the name.
fn repeatable<'n>(name: &'n str, schema: &Schema) -> Option<&'n str> {
    if schema.header_field(name).is_some() {
        return Some(name);
    }
    if name.chars().filter(|c| c.is_numeric()).count() >= 7 || name.contains(['@', '＠']) {
        return None;
    }
    let ends = |c: char| c.is_whitespace() || c.is_numeric() || ":：=＝,，;；(（".contains(c);
    let word =
        if resembles_private(name, schema) { name.split(ends).next().unwrap_or_default() } else { name };
    Some(word).filter(|word| !word.is_empty())
}

/// Whether a name may be meant for a private field.
fn resembles_private(name: &str, schema: &Schema) -> bool {
    const WORDS: [&str; 11] =
        ["联系", "电话", "手机", "邮箱", "邮件", "传真", "微信", "contact", "phone", "mobile", "mail"];
    let name = fold(name).to_lowercase();
    let private = schema.header.iter().filter(|field| field.private);
    let names = private.flat_map(|field| field.names().chain(field.ty.parts().iter().flat_map(Field::names)));
    WORDS.into_iter().chain(names).any(|word| name.contains(&word.to_lowercase()))
}

fn no_name(intake: &mut Intake<'_>, place: &Place<'_>, columns: &Columns, row: u32) {
    let expected =
        Text::new("字段名（值填在“值”一栏）", "the name of a field (with its value in the column of values)");
    let location = place.cell(columns.name, row);
    intake.problem(ReadProblem::new(ReadProblemKind::WrongShape { expected }, location));
}

fn without_column(intake: &mut Intake<'_>, place: &Place<'_>, column: u32, row: u32) {
    intake.problem(ReadProblem::new(ReadProblemKind::CellWithoutColumn, place.cell(column, row)));
}
