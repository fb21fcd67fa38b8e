//! A table in CSV. A long one is cut into blocks at the ends of records; several are read at once, and each is dropped
//! when its records are taken in.

use std::collections::VecDeque;

use hegui_core::submission::{Intake, PartRecords, ReadProblem, TableIntake};
use hegui_core::text::Text;
use hegui_core::verdict::Location;
use rayon::prelude::*;

use super::broken;
use super::csv_blocks::{Block, cut};
use super::csv_records::Records;
use super::heading::{self, HEADING_ROWS};

/// About how much of a table is read in one go, in bytes.
const BLOCK: usize = 2 << 20;
/// How many blocks are read at once for each thread: more level out their differences, fewer hold less.
const BLOCKS_PER_THREAD: usize = 2;

/// Reads the text of a file into its table.
pub(super) fn read<'s>(text: String, place: Location, table: TableIntake<'s>, intake: &mut Intake<'s>) {
    match separator(&text, &table) {
        Ok(separator) => blocks(cut(text, separator, BLOCK), separator, &place, table, intake),
        Err(why) => intake.problem(broken("CSV", why, place)),
    }
}

fn blocks<'s>(
    mut blocks: VecDeque<Block>,
    separator: u8,
    place: &Location,
    mut table: TableIntake<'s>,
    intake: &mut Intake<'s>,
) {
    let first = beginning(&mut blocks, separator, place);
    if let Some(problem) = headings(&first, separator, place, &mut table, intake) {
        intake.problem(*problem);
    }
    drop(first);
    let wave = BLOCKS_PER_THREAD * rayon::current_num_threads();
    while !blocks.is_empty() {
        let now: Vec<Block> = blocks.drain(..wave.min(blocks.len())).collect();
        let parts: Vec<Part> = now.par_iter().map(|block| part(block, separator, place, &table)).collect();
        for (block, part) in now.into_iter().zip(parts) {
            // What the last rows above are, the first of this block decide.
            let broken = if table.is_open() {
                Records::new(&block, separator, place).each(|number, cells| table.row(number, cells))
            } else {
                table.join(part.records);
                part.broken
            };
            if let Some(problem) = broken {
                intake.problem(*problem);
            }
        }
    }
    intake.close_table(table);
}

/// The first block, and as many more as it takes to hold the rows among which headings are looked for.
fn beginning(blocks: &mut VecDeque<Block>, separator: u8, place: &Location) -> Block {
    let mut first = blocks.pop_front().unwrap_or_default();
    while Records::new(&first, separator, place).take(HEADING_ROWS).count() < HEADING_ROWS
        && let Some(next) = blocks.pop_front()
    {
        first.append(next);
    }
    first
}

/// Takes in the headings and the rows beside them.
fn headings(
    first: &Block,
    separator: u8,
    place: &Location,
    table: &mut TableIntake<'_>,
    intake: &mut Intake<'_>,
) -> Option<Box<ReadProblem>> {
    let mut records = Records::new(first, separator, place);
    let rows: Vec<_> = records.by_ref().take(HEADING_ROWS).collect();
    if rows.is_empty() {
        table.no_headings();
    } else {
        let at = |column, row| Location { line: Some(row), column: Some(column), ..place.clone() };
        let headings = heading::find(&rows, table);
        for row in heading::take(rows, &headings, table, intake, at) {
            table.row(row.number, &row.cells);
        }
    }
    records.each(|number, cells| table.row(number, cells))
}

/// What was read from one block.
struct Part {
    records: PartRecords,
    broken: Option<Box<ReadProblem>>,
}

fn part(block: &Block, separator: u8, place: &Location, table: &TableIntake<'_>) -> Part {
    let mut part = table.part();
    let broken = Records::new(block, separator, place).each(|number, cells| part.row(number, cells));
    Part { records: part.finish(), broken }
}

/// How many words of a line are compared with headings, as many as a sheet has columns.
const MOST_COLUMNS: usize = 16_384;

/// What stands between cells: the sign that makes the most headings known, for a comma may stand within a title or a
/// cell. Where none makes any known, a comma; where the first line has none, the tab or semicolon that other programs
/// write. What only looks like a comma is refused.
fn separator(text: &str, table: &TableIntake<'_>) -> Result<u8, Text> {
    const SIGNS: [char; 7] = [',', '\t', ';', '|', '，', '；', '、'];
    let lines = text.split(['\n', '\r']).filter(|line| !line.trim().is_empty());
    let lines: Vec<&str> = lines.take(HEADING_ROWS).collect();
    let known = |sign: char| {
        let words = |line: &&str| {
            let words =
                line.split(sign).take(MOST_COLUMNS).map(|word| word.trim().trim_matches('"').to_string());
            heading::known(words, table)
        };
        lines.iter().map(words).max().unwrap_or_default()
    };
    // A sign that stands nowhere cuts nothing, as the comma does then.
    let stands = |sign: &char| *sign == ',' || lines.iter().any(|line| line.contains(*sign));
    let signs: Vec<char> = SIGNS.into_iter().filter(stands).collect();
    // The first of the best.
    let best = signs.into_iter().rev().map(|sign| (known(sign), sign)).max_by_key(|(known, _)| *known);
    let best = best.filter(|(known, _)| *known > 0).map(|(_, sign)| sign);
    let in_first_line = || {
        let first = lines.first().copied().unwrap_or_default();
        SIGNS[..3].iter().copied().find(|sign| first.contains(*sign))
    };
    let sign = best.or_else(in_first_line).unwrap_or(',');
    u8::try_from(sign).ok().filter(u8::is_ascii).ok_or_else(|| {
        Text::new(
            format!("各栏之间用的是中文标点“{sign}”；请改用英文逗号 ,（用 Excel 或 WPS 另存为 CSV 即可）"),
            format!("its columns are set apart by `{sign}`; use a comma (save it as CSV in Excel or WPS)"),
        )
    })
}
