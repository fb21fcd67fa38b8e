//! A folder with `header.toml` and a CSV file a table.

use csv::{ReaderBuilder, StringRecord};
use hegui_core::submission::{Intake, Layout, Raw, ReadProblem, ReadProblemKind, TableIntake};
use hegui_core::text::Text;
use hegui_core::verdict::Location;

use super::heading::{self, HEADING_ROWS, Row};
use super::{broken, text, toml_doc};
use crate::package::{HEADER_FILE, Package, PackageFile};

/// Reads a folder: its header and the CSV files beside it. What else it holds is looked after by [`super::stray`].
pub(super) fn read(package: &Package, intake: &mut Intake<'_>) {
    match package.files.iter().find(|file| file.name == HEADER_FILE) {
        Some(file) => toml_doc::read_header(file, intake),
        None => {
            intake.problem(ReadProblem::new(ReadProblemKind::NoHeaderFile, Location::file(&package.path)))
        }
    }
    for file in &package.files {
        if let Some(name) = table_name(&file.name) {
            read_table(file, name, intake);
        }
    }
}

/// The name of the table that a file of this name holds.
fn table_name(name: &str) -> Option<&str> {
    let (stem, extension) = name.rsplit_once('.')?;
    (extension.eq_ignore_ascii_case("csv") && !name.contains('/')).then_some(stem)
}

fn read_table(file: &PackageFile, name: &str, intake: &mut Intake<'_>) {
    let place = Location::file(&file.path);
    let layout = Layout::Lines { file: file.path.clone() };
    let Some(mut table) = intake.open_table(name, layout, place.clone()) else { return };
    let text = match text(file, "CSV") {
        Ok(text) => text,
        Err(problem) => return intake.problem(*problem),
    };
    let separator = match separator(&text, &table) {
        Ok(separator) => separator,
        Err(why) => return intake.problem(broken("CSV", why, place)),
    };
    let mut records = Records::new(&text, separator, &place);
    let mut broken = None;
    let mut next = || {
        if broken.is_some() {
            return None;
        }
        records.next_row().unwrap_or_else(|problem| {
            broken = Some(problem);
            None
        })
    };
    let first: Vec<_> = std::iter::from_fn(&mut next).take(HEADING_ROWS).collect();
    let at = |column, row| Location { line: Some(row), column: Some(column), ..place.clone() };
    if first.is_empty() {
        table.no_headings();
    } else {
        let headings = heading::find(&first, &table);
        for row in heading::take(first, &headings, &mut table, intake, at) {
            table.row(row.number, &row.cells);
        }
    }
    for row in std::iter::from_fn(next) {
        table.row(row.number, &row.cells);
    }
    if let Some(problem) = broken {
        intake.problem(*problem);
    }
    intake.close_table(table);
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
    // The first of the best.
    let best = SIGNS.into_iter().rev().max_by_key(|sign| known(*sign)).filter(|sign| known(*sign) > 0);
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

/// The records of a CSV file as they stream by, each with the number of its line; blank ones left out.
struct Records<'t> {
    text: &'t str,
    reader: csv::Reader<&'t [u8]>,
    lines: Lines<'t>,
    place: &'t Location,
}

impl<'t> Records<'t> {
    fn new(text: &'t str, separator: u8, place: &'t Location) -> Self {
        let reader = ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(separator)
            .from_reader(text.as_bytes());
        Self { text, reader, lines: Lines::new(text), place }
    }

    fn next_row(&mut self) -> Result<Option<Row<'static>>, Box<ReadProblem>> {
        let mut record = StringRecord::new();
        loop {
            let begin = self.position();
            let more = self.reader.read_record(&mut record).map_err(|error| {
                let why = Text::new(format!("CSV 写法有误（{error}）"), format!("not valid CSV ({error})"));
                Box::new(broken("CSV", why, self.place.clone()))
            })?;
            if !more {
                return Ok(None);
            }
            let (line, begin) = self.lines.record(begin);
            if is_unclosed(self.text, begin, self.position()) {
                let why = Text::new(
                    format!("第 {line} 行起的一对英文双引号没有合上，后面的内容都被当成了同一格"),
                    format!(
                        "a quote that opens in line {line} is never closed, so all that follows is one cell"
                    ),
                );
                let place = Location { line: Some(line), ..self.place.clone() };
                return Err(Box::new(broken("CSV", why, place)));
            }
            let cells: Vec<_> = (1..)
                .zip(record.iter())
                .filter(|(_, cell)| !cell.trim().is_empty())
                .map(|(column, cell)| (column, Raw::Text(cell.to_string().into())))
                .collect();
            if !cells.is_empty() {
                return Ok(Some(Row { number: line, cells }));
            }
        }
    }

    fn position(&self) -> usize {
        usize::try_from(self.reader.position().byte()).unwrap_or(usize::MAX)
    }
}

/// Whether the last record, from `begin` to the end of the text, opened a quote that was never closed: an odd
/// number of quotes, and lines swallowed by them.
fn is_unclosed(text: &str, begin: usize, end: usize) -> bool {
    let last = text.get(end..).is_none_or(|rest| rest.trim().is_empty());
    let record = text.get(begin..end.min(text.len())).unwrap_or_default();
    last && record.matches('"').count() % 2 == 1 && record.trim_end().contains('\n')
}

/// Counts lines as the file shows them; the CSV reader does not count those it skips.
struct Lines<'t> {
    text: &'t [u8],
    byte: usize,
    line: u32,
}

impl<'t> Lines<'t> {
    fn new(text: &'t str) -> Self {
        Self { text: text.as_bytes(), byte: 0, line: 1 }
    }

    /// The line in which the record begins that is read from `byte` on, and the byte it really begins at: blank
    /// lines before it are no part of it.
    fn record(&mut self, byte: usize) -> (u32, usize) {
        while self.byte < self.text.len()
            && (self.byte < byte || matches!(self.text[self.byte], b'\n' | b'\r'))
        {
            let lone_return = self.text[self.byte] == b'\r'
                && self.text.get(self.byte + 1).is_none_or(|next| *next != b'\n');
            self.line += u32::from(self.text[self.byte] == b'\n' || lone_return);
            self.byte += 1;
        }
        (self.line, self.byte)
    }
}
