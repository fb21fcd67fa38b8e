//! A folder with `header.toml` and a CSV file a table.

use csv::{ReaderBuilder, StringRecord};
use hegui_core::submission::{Intake, Layout, Raw, ReadProblem, ReadProblemKind};
use hegui_core::text::Text;
use hegui_core::verdict::Location;

use super::{broken, text, toml_doc};
use crate::package::{HEADER_FILE, Package, PackageFile};

/// Reads a folder. Files that are neither its header nor CSV, and those in sub-folders, are attachments.
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
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter(&text))
        .from_reader(text.as_bytes());
    let mut lines = Lines::new(&text);
    let mut record = StringRecord::new();
    let mut headed = false;
    loop {
        let begin = position(&reader);
        match reader.read_record(&mut record) {
            Ok(true) => {}
            Ok(false) => break,
            Err(error) => {
                let why = Text::new(format!("CSV 写法有误（{error}）"), format!("not valid CSV ({error})"));
                intake.problem(broken("CSV", why, place));
                break;
            }
        }
        let (line, begin) = lines.record(begin);
        if is_unclosed(&text, begin, position(&reader)) {
            let why = Text::new(
                format!("第 {line} 行起的一对英文双引号没有合上，后面的内容都被当成了同一格"),
                format!("a quote that opens in line {line} is never closed, so all that follows is one cell"),
            );
            intake.problem(broken("CSV", why, Location { line: Some(line), ..place.clone() }));
            break;
        }
        if !headed {
            if record.iter().all(|cell| cell.trim().is_empty()) {
                continue;
            }
            headed = true;
            let headings: Vec<_> = numbered(&record).map(|(at, name)| (at, name.to_string())).collect();
            table.headings(line, &headings);
            continue;
        }
        let cells: Vec<_> = numbered(&record).map(|(at, cell)| (at, Raw::Text(cell.into()))).collect();
        table.row(line, &cells);
    }
    if !headed {
        table.no_headings();
    }
    intake.close_table(table);
}

fn numbered(record: &StringRecord) -> impl Iterator<Item = (u32, &str)> {
    (1..).zip(record.iter())
}

fn position(reader: &csv::Reader<&[u8]>) -> usize {
    usize::try_from(reader.position().byte()).unwrap_or(usize::MAX)
}

/// A comma; where the first line has none, the tab or semicolon that other programs write.
fn delimiter(text: &str) -> u8 {
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    match () {
        () if first.contains(',') => b',',
        () if first.contains('\t') => b'\t',
        () if first.contains(';') => b';',
        () => b',',
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
