//! The records of CSV as they stream by, each with the number of its line.

use csv_core::{ReadRecordResult, Reader, ReaderBuilder};
use hegui_core::submission::{Raw, ReadProblem};
use hegui_core::text::Text;
use hegui_core::verdict::Location;
use memchr::{memchr, memchr_iter, memchr2};

use super::broken;
use super::csv_blocks::{Block, lines_in};
use super::heading::Row;

/// The records of a block; blank ones left out. They end at the first that is broken.
///
/// Most records are one line without quotes, and are cut at the separators where they stand. All others are left to the
/// library, which knows what quotes mean.
pub(super) struct Records<'t> {
    block: &'t Block,
    separator: u8,
    place: &'t Location,
    /// The byte and the line up to which records have been handed over.
    byte: usize,
    line: u32,
    broken: Option<Box<ReadProblem>>,
    library: Option<Reader>,
}

impl<'t> Records<'t> {
    pub(super) fn new(block: &'t Block, separator: u8, place: &'t Location) -> Self {
        Self { block, separator, place, byte: 0, line: block.line, broken: None, library: None }
    }

    /// Hands over the rows that are left: the number of the line, and the cells with the numbers of their columns. The
    /// problem of the one that is broken, if one is.
    pub(super) fn each(mut self, mut take: impl FnMut(u32, &[(u32, Raw<'_>)])) -> Option<Box<ReadProblem>> {
        while let Some(record) = self.advance() {
            let cells = record.cells();
            if !cells.is_empty() {
                take(record.line, &cells);
            }
        }
        self.broken
    }

    /// Goes to the next record.
    fn advance(&mut self) -> Option<Record<'t>> {
        if self.broken.is_some() {
            return None;
        }
        let block: &'t Block = self.block;
        let rest = block.text.get(self.byte..)?;
        let blank = rest.bytes().take_while(|byte| matches!(byte, b'\n' | b'\r')).count();
        self.line += lines_in(&rest.as_bytes()[..blank]);
        self.byte += blank;
        let (line, rest) = (self.line, rest.get(blank..).filter(|rest| !rest.is_empty())?);
        let end = memchr2(b'\n', b'\r', rest.as_bytes()).unwrap_or(rest.len());
        let text = &rest[..end];
        if memchr(b'"', text.as_bytes()).is_none() {
            self.byte += end;
            return Some(Record { line, fields: Fields::Plain(text, self.separator) });
        }
        let separator = self.separator;
        let new = || ReaderBuilder::new().delimiter(separator).build();
        let (fields, length) = quoted(rest, self.library.get_or_insert_with(new));
        let record = &rest[..length];
        // An odd number of quotes, and lines swallowed by them.
        let is_open = block.is_last
            && rest[length..].trim().is_empty()
            && record.matches('"').count() % 2 == 1
            && record.trim_end().contains('\n');
        if is_open {
            let why = Text::new(
                format!("第 {line} 行起的一对英文双引号没有合上，后面的内容都被当成了同一格"),
                format!("a quote that opens in line {line} is never closed, so all that follows is one cell"),
            );
            let place = Location { line: Some(line), ..self.place.clone() };
            self.broken = Some(Box::new(broken("CSV", why, place)));
            return None;
        }
        // The end of its last line is counted with what follows.
        let own = record.trim_end_matches(['\n', '\r']);
        self.line += lines_in(own.as_bytes());
        self.byte += own.len();
        Some(Record { line, fields: Fields::Quoted(fields) })
    }
}

impl Iterator for Records<'_> {
    type Item = Row<'static>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let record = self.advance()?;
            let cells = record.cells().into_iter().map(|(column, raw)| (column, raw.into_owned()));
            let cells: Vec<_> = cells.collect();
            if !cells.is_empty() {
                return Some(Row { number: record.line, cells });
            }
        }
    }
}

/// One record.
struct Record<'t> {
    line: u32,
    fields: Fields<'t>,
}

enum Fields<'t> {
    /// A line without quotes, and what stands between its fields.
    Plain(&'t str, u8),
    /// Fields whose quotes are undone.
    Quoted(Vec<String>),
}

impl Record<'_> {
    /// The cells that hold something, with the numbers of their columns.
    fn cells(&self) -> Vec<(u32, Raw<'_>)> {
        fn filled<'f>(fields: impl Iterator<Item = &'f str>) -> Vec<(u32, Raw<'f>)> {
            let filled = (1..).zip(fields).filter(|(_, field)| !field.trim().is_empty());
            filled.map(|(column, field)| (column, Raw::Text(field.into()))).collect()
        }
        match &self.fields {
            Fields::Plain(line, separator) => {
                let mut begin = 0;
                let ends = memchr_iter(*separator, line.as_bytes()).chain([line.len()]);
                filled(ends.map(|end| {
                    let field = line.get(begin..end).unwrap_or_default();
                    begin = end + 1;
                    field
                }))
            }
            Fields::Quoted(fields) => filled(fields.iter().map(String::as_str)),
        }
    }
}

/// The fields of the first record of a text, and how many bytes it takes.
fn quoted(text: &str, reader: &mut Reader) -> (Vec<String>, usize) {
    reader.reset();
    let (mut output, mut ends) = (vec![0; 1024], vec![0; 32]);
    let (mut read, mut written, mut fields) = (0, 0, 0);
    loop {
        let (result, input, bytes, found) =
            reader.read_record(&text.as_bytes()[read..], &mut output[written..], &mut ends[fields..]);
        (read, written, fields) = (read + input, written + bytes, fields + found);
        match result {
            // The end of the text ends the record, which an empty input says.
            ReadRecordResult::InputEmpty => {}
            ReadRecordResult::OutputFull => output.resize(output.len() * 2, 0),
            ReadRecordResult::OutputEndsFull => ends.resize(ends.len() * 2, 0),
            ReadRecordResult::Record | ReadRecordResult::End => break,
        }
    }
    let mut begin = 0;
    let mut field = |end: &usize| {
        let field = String::from_utf8_lossy(output.get(begin..*end).unwrap_or_default()).into_owned();
        begin = *end;
        field
    };
    (ends.iter().take(fields).map(&mut field).collect(), read)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The records of a text as the library alone reads it, with what is blank left out.
    fn by_library(text: &str) -> Vec<Vec<(u32, String)>> {
        let reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
        let cells = |record: csv::StringRecord| {
            let cells = (1..).zip(record.iter().map(str::to_string));
            cells.filter(|(_, cell)| !cell.trim().is_empty()).collect::<Vec<_>>()
        };
        reader.into_records().map(|record| cells(record.unwrap())).filter(|cells| !cells.is_empty()).collect()
    }

    #[test]
    fn records_are_those_of_the_library() {
        const SIGNS: [&str; 11] = ["\"", "\"", ",", ",", "\n", "\r\n", "\r", "a", "字", " ", "\"\""];
        let mut seed = 11u32;
        let mut next = |bound: usize| {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (seed >> 8) as usize % bound
        };
        let place = Location::file("a.csv");
        for _ in 0..50_000 {
            let text: String = (0..next(30)).map(|_| SIGNS[next(SIGNS.len())]).collect();
            let block = Block { text: text.clone(), line: 1, is_last: false };
            let mut records = Records::new(&block, b',', &place);
            let mut found = Vec::new();
            for row in records.by_ref() {
                let text = |raw: &Raw<'_>| match raw {
                    Raw::Text(text) => text.to_string(),
                    other => panic!("{other:?}"),
                };
                found.push(row.cells.iter().map(|(at, raw)| (*at, text(raw))).collect::<Vec<_>>());
            }
            assert_eq!(found, by_library(&text), "{text:?}");
        }
    }

    #[test]
    fn lines_are_counted_as_editors_do() {
        let text = "a\r\n\r\n\"b\n\nc\",d\n\n\re\r\n";
        let block = Block { text: text.to_string(), line: 7, is_last: true };
        let place = Location::file("a.csv");
        let numbers: Vec<u32> = Records::new(&block, b',', &place).map(|row| row.number).collect();
        assert_eq!(numbers, [7, 9, 14]);
    }

    #[test]
    fn long_fields_and_many_of_them() {
        let text = format!("\"{}\",{}b\n", "字\"\"".repeat(5000), ",".repeat(500));
        let (fields, length) = quoted(&text, &mut Reader::new());
        assert_eq!((fields.len(), length), (502, text.len()));
        assert_eq!(fields[0], "字\"".repeat(5000));
    }
}
