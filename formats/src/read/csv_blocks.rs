//! A long CSV text, cut at the ends of records.

use std::collections::VecDeque;

use memchr::{memchr, memchr_iter, memchr2};

/// A piece of a text that begins and ends with a record.
#[derive(Debug, Default)]
pub(super) struct Block {
    pub(super) text: String,
    /// The line of the file in which it begins.
    pub(super) line: u32,
    /// Whether no other follows.
    pub(super) is_last: bool,
}

impl Block {
    /// Appends the block that follows.
    pub(super) fn append(&mut self, next: Self) {
        self.text.push_str(&next.text);
        self.is_last = next.is_last;
    }
}

/// Cuts a text into blocks of about `size` bytes, in order. Room is given back as it is cut.
pub(super) fn cut(mut text: String, separator: u8, size: usize) -> VecDeque<Block> {
    let cuts = ends_of_records(text.as_bytes(), separator, size);
    let mut texts = VecDeque::with_capacity(cuts.len() + 1);
    for at in cuts.into_iter().rev() {
        texts.push_front(text.split_off(at));
        text.shrink_to_fit();
    }
    texts.push_front(text);
    let count = texts.len();
    let mut line = 1;
    let block = |(at, text): (usize, String)| {
        let begin = line;
        line += lines_in(text.as_bytes());
        Block { text, line: begin, is_last: at + 1 == count }
    };
    texts.into_iter().enumerate().map(block).collect()
}

/// Where records end, about `size` bytes apart; neither the beginning nor the end of the text.
fn ends_of_records(text: &[u8], separator: u8, size: usize) -> Vec<usize> {
    let mut cuts = Vec::new();
    // Up to here the text has been looked at, and no cell is open.
    let mut seen = 0;
    let mut wanted = size;
    while wanted < text.len() {
        // A quoted cell that begins before the place wanted ends, or goes on behind it.
        while let Some(quote) = text.get(seen..wanted).and_then(|part| memchr(b'"', part)).map(|at| seen + at)
        {
            seen =
                if opens_cell(text, quote, separator) { end_of_quoted(text, quote + 1) } else { quote + 1 };
        }
        let from = wanted.max(seen);
        // No cell is open here, but one may be opened before the line ends.
        let Some(end) = memchr2(b'\n', b'\r', text.get(from..).unwrap_or_default()).map(|at| from + at)
        else {
            break;
        };
        if memchr(b'"', &text[from..end]).is_some() {
            (seen, wanted) = (from, end);
            continue;
        }
        let both = text[end] == b'\r' && text.get(end + 1) == Some(&b'\n');
        let cut = end + 1 + usize::from(both);
        if cut >= text.len() {
            break;
        }
        cuts.push(cut);
        (seen, wanted) = (cut, cut + size);
    }
    cuts
}

/// Whether a quote is the first sign of its cell; elsewhere it is a sign like any other.
fn opens_cell(text: &[u8], quote: usize, separator: u8) -> bool {
    quote
        .checked_sub(1)
        .is_none_or(|before| text[before] == separator || matches!(text[before], b'\n' | b'\r'))
}

/// Behind the quote that closes a cell whose text begins at `from`; two quotes stand for one.
fn end_of_quoted(text: &[u8], from: usize) -> usize {
    let mut from = from;
    while let Some(quote) = memchr(b'"', &text[from..]).map(|at| from + at) {
        if text.get(quote + 1) != Some(&b'"') {
            return quote + 1;
        }
        from = quote + 2;
    }
    text.len()
}

/// How many lines end in a text, as editors count them.
pub(super) fn lines_in(text: &[u8]) -> u32 {
    let feeds = memchr_iter(b'\n', text).count();
    let lone = memchr_iter(b'\r', text).filter(|at| text.get(at + 1) != Some(&b'\n')).count();
    u32::try_from(feeds + lone).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn records(text: &str) -> Vec<Vec<String>> {
        let reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
        let record =
            |record: Result<csv::StringRecord, _>| record.unwrap().iter().map(str::to_string).collect();
        reader.into_records().map(record).collect()
    }

    #[test]
    fn blocks_hold_the_records_of_the_whole() {
        const SIGNS: [&str; 9] = ["\"", "\"", ",", "\n", "\r\n", "\r", "a", "字", "\"\""];
        let mut seed = 5u32;
        let mut next = |bound: usize| {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (seed >> 8) as usize % bound
        };
        let mut cuts = 0;
        for _ in 0..20_000 {
            let text: String = (0..next(40)).map(|_| SIGNS[next(SIGNS.len())]).collect();
            let blocks = cut(text.clone(), b',', 1 + next(12));
            cuts += blocks.len() - 1;
            assert_eq!(blocks.iter().map(|block| block.text.as_str()).collect::<String>(), text);
            let apart: Vec<_> = blocks.iter().flat_map(|block| records(&block.text)).collect();
            assert_eq!(apart, records(&text), "{text:?} {blocks:?}");
            let mut line = 1;
            for block in &blocks {
                assert_eq!(block.line, line, "{text:?}");
                line += lines_in(block.text.as_bytes());
            }
        }
        assert!(cuts > 10_000, "{cuts}");
    }
}
