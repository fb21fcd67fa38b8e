//! The records of CSV as they stream by, each with the number of its line.

use csv::{ReaderBuilder, StringRecord};
use hegui_core::submission::{Raw, ReadProblem};
use hegui_core::text::Text;
use hegui_core::verdict::Location;

use super::broken;
use super::csv_blocks::Block;
use super::heading::Row;

/// The records of a block; blank ones left out. They end at the first that is broken.
pub(super) struct Records<'t> {
    block: &'t Block,
    reader: csv::Reader<&'t [u8]>,
    record: StringRecord,
    lines: Lines<'t>,
    place: &'t Location,
    broken: Option<Box<ReadProblem>>,
}

impl<'t> Records<'t> {
    pub(super) fn new(block: &'t Block, separator: u8, place: &'t Location) -> Self {
        let reader = ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(separator)
            .buffer_capacity(BUFFER)
            .from_reader(block.text.as_bytes());
        let lines = Lines::new(block);
        Self { block, reader, record: StringRecord::new(), lines, place, broken: None }
    }

    /// Hands over the rows that are left: the number of the line, and the cells with the numbers of their columns. The
    /// problem of the one that is broken, if one is.
    pub(super) fn each(mut self, mut take: impl FnMut(u32, &[(u32, Raw<'_>)])) -> Option<Box<ReadProblem>> {
        while let Some(line) = self.advance() {
            let cells: Vec<_> = self.cells().collect();
            if !cells.is_empty() {
                take(line, &cells);
            }
        }
        self.broken
    }

    /// Goes to the next record; the line it begins in.
    fn advance(&mut self) -> Option<u32> {
        if self.broken.is_some() {
            return None;
        }
        let begin = self.passed();
        match self.reader.read_record(&mut self.record) {
            Ok(true) => {}
            Ok(false) => return None,
            Err(error) => {
                let why = Text::new(format!("CSV 写法有误（{error}）"), format!("not valid CSV ({error})"));
                self.broken = Some(Box::new(broken("CSV", why, self.place.clone())));
                return None;
            }
        }
        let (line, begin) = self.lines.record(begin);
        if self.block.is_last && is_unclosed(&self.block.text, begin, self.passed()) {
            let why = Text::new(
                format!("第 {line} 行起的一对英文双引号没有合上，后面的内容都被当成了同一格"),
                format!("a quote that opens in line {line} is never closed, so all that follows is one cell"),
            );
            let place = Location { line: Some(line), ..self.place.clone() };
            self.broken = Some(Box::new(broken("CSV", why, place)));
            return None;
        }
        Some(line)
    }

    /// The cells of the record at hand that hold something.
    fn cells(&self) -> impl Iterator<Item = (u32, Raw<'_>)> {
        let cells = (1..).zip(self.record.iter()).filter(|(_, cell)| !cell.trim().is_empty());
        cells.map(|(column, cell)| (column, Raw::Text(cell.into())))
    }

    fn passed(&self) -> usize {
        usize::try_from(self.reader.position().byte()).unwrap_or(usize::MAX)
    }
}

impl Iterator for Records<'_> {
    type Item = Row<'static>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let number = self.advance()?;
            let cells: Vec<_> = self.cells().map(|(column, raw)| (column, raw.into_owned())).collect();
            if !cells.is_empty() {
                return Some(Row { number, cells });
            }
        }
    }
}

/// How much of a block the reader takes at once.
const BUFFER: usize = 1 << 16;

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
    fn new(block: &'t Block) -> Self {
        Self { text: block.text.as_bytes(), byte: 0, line: block.line }
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
