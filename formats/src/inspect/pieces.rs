//! The pieces of a text that mean something by themselves: cells of CSV, strings of JSON and TOML.

use std::borrow::Cow;
use std::ops::Range;

use super::text::undo_escapes;

/// Takes a piece of a text: where it stands, and what it says; owned where that is not what stands there.
type Take<'a, 't> = &'a mut dyn FnMut(Range<usize>, Cow<'t, str>);

/// Whether one of these places, which are in order, is within a range.
pub(super) fn holds_one(places: &[usize], range: &Range<usize>) -> bool {
    let at = places.partition_point(|place| *place < range.start);
    places.get(at).is_some_and(|place| *place < range.end)
}

/// The cells of text that may be CSV, quotes undone. Where it is known at which places, in order, something stands, only
/// the cells that hold one of them.
pub(super) fn cells<'t>(text: &'t str, places: Option<&[usize]>, take: Take<'_, 't>) {
    let Some(places) = places else { return all_cells(text, take) };
    let mut quotes = Quotes::new(text.as_bytes());
    let mut done = 0;
    for place in places.iter().copied() {
        if place < done {
            continue;
        }
        let cell = quotes.cell_around(place);
        done = cell.end;
        hand_over(text, cell, take);
    }
}

fn all_cells<'t>(text: &'t str, take: Take<'_, 't>) {
    let mut quotes = Quotes::new(text.as_bytes());
    let mut from = 0;
    while from <= text.len() {
        let cell = quotes.cell_around(from);
        from = cell.end + 1;
        hand_over(text, cell, take);
    }
}

fn hand_over<'t>(text: &'t str, cell: Range<usize>, take: Take<'_, 't>) {
    let raw = text.get(cell.clone()).unwrap_or_default();
    if raw.contains('"') {
        take(cell, Cow::Owned(without_quotes(raw)));
    } else if !raw.trim().is_empty() {
        take(cell, Cow::Borrowed(raw));
    }
}

/// What stands between cells; all signs that matter are ASCII, so bytes will do.
fn ends_cell(byte: u8) -> bool {
    matches!(byte, b',' | b'\t' | b';' | b'\n')
}

/// Goes from quote to quote. One opens where its cell is blank so far, the next one closes, and any other is a sign like
/// all.
struct Quotes<'t> {
    text: &'t [u8],
    /// Up to here all quotes have been looked at.
    seen: usize,
    /// The last quoted stretch: where its cell begins, and where it ends.
    last: Range<usize>,
}

impl<'t> Quotes<'t> {
    fn new(text: &'t [u8]) -> Self {
        Self { text, seen: 0, last: 0..0 }
    }

    /// The cell in which a byte stands, or which ends there. Places are asked in order.
    fn cell_around(&mut self, place: usize) -> Range<usize> {
        // No further than asked: the next quote may be far.
        let asked = self.text.len().min(place + 1);
        while self.seen < asked {
            match memchr::memchr(b'"', &self.text[self.seen..asked]) {
                Some(at) => self.quote(self.seen + at),
                None => self.seen = asked,
            }
        }
        let behind = if place < self.last.end { self.last.end } else { place };
        let end = self.text[behind..].iter().position(|byte| ends_cell(*byte));
        let end = end.map_or(self.text.len(), |at| behind + at);
        if place < self.last.end {
            return self.last.start..end;
        }
        let plain = &self.text[self.last.end..place];
        let start = match plain.iter().rposition(|byte| ends_cell(*byte)) {
            Some(at) => self.last.end + at + 1,
            None => self.last.start,
        };
        start..end
    }

    fn quote(&mut self, quote: usize) {
        self.seen = quote + 1;
        let first = quote.checked_sub(1).is_none_or(|before| ends_cell(self.text[before]));
        if !first {
            return;
        }
        let mut open = quote;
        let end = loop {
            let close = memchr::memchr(b'"', &self.text[open + 1..]).map(|at| open + 1 + at);
            let end = close.map_or(self.text.len(), |close| close + 1);
            // Behind quotes that enclose nothing the cell is still blank, and the next one opens again.
            if close != Some(open + 1) || self.text.get(end) != Some(&b'"') {
                break end;
            }
            open = end;
        };
        self.last = quote..end;
        self.seen = end;
    }
}

/// A cell without the quotes that enclose it or parts of it.
fn without_quotes(cell: &str) -> String {
    let (mut plain, mut is_quoted) = (String::with_capacity(cell.len()), false);
    for c in cell.chars() {
        match c {
            '"' if is_quoted || plain.is_empty() => is_quoted = !is_quoted,
            _ => plain.push(c),
        }
    }
    plain
}

/// What stands between quotes in JSON or TOML, escapes undone.
pub(super) fn strings<'t>(text: &'t str, take: Take<'_, 't>) {
    let bytes = text.as_bytes();
    let mut open: Option<usize> = None;
    // The sign behind a backslash neither opens nor closes, within a string.
    let mut escaped = usize::MAX;
    let mut end_string = |string: Range<usize>| {
        let raw = text.get(string.clone()).unwrap_or_default();
        let piece =
            if raw.contains(['\\', '&']) { Cow::Owned(undo_escapes(raw)) } else { Cow::Borrowed(raw) };
        take(string, piece);
    };
    for at in memchr::memchr2_iter(b'"', b'\\', bytes) {
        match (bytes[at], open) {
            _ if at == escaped => {}
            (b'"', None) => open = Some(at + 1),
            (b'"', Some(begin)) => {
                end_string(begin..at);
                open = None;
            }
            (_, Some(_)) => escaped = at + 1,
            (_, None) => {}
        }
    }
    if let Some(begin) = open {
        end_string(begin..bytes.len());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The cells as a machine of two states finds them, sign by sign.
    fn slowly(text: &str) -> Vec<(Range<usize>, String)> {
        let (mut cells, mut cell, mut begin, mut quoted) = (Vec::new(), String::new(), 0, false);
        for (at, c) in text.char_indices().chain([(text.len(), '\0')]) {
            match c {
                '\0' => cells.push((begin..at, std::mem::take(&mut cell))),
                '"' if quoted || cell.is_empty() => quoted = !quoted,
                ',' | '\t' | ';' | '\n' if !quoted => {
                    cells.push((begin..at, std::mem::take(&mut cell)));
                    begin = at + 1;
                }
                _ => cell.push(c),
            }
        }
        cells
    }

    #[test]
    fn cells_are_those_found_sign_by_sign() {
        const SIGNS: [&str; 8] = ["\"", "\"", ",", ";", "\n", "a", "字", " "];
        let mut seed = 3u32;
        let mut next = |bound: usize| {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (seed >> 8) as usize % bound
        };
        for _ in 0..30_000 {
            let text: String = (0..next(24)).map(|_| SIGNS[next(SIGNS.len())]).collect();
            let expected = slowly(&text);
            let is_told = |(_, cell): &&(Range<usize>, String)| !cell.trim().is_empty();
            let mut found = Vec::new();
            cells(&text, None, &mut |at, cell| found.push((at, cell.into_owned())));
            found.retain(|(_, cell)| !cell.trim().is_empty());
            assert_eq!(found, expected.iter().filter(is_told).cloned().collect::<Vec<_>>(), "{text:?}");
            // Only those that hold a character of some places.
            let places: Vec<usize> =
                text.char_indices().filter(|(_, c)| *c == '字' && next(2) == 0).map(|(at, _)| at).collect();
            let mut found = Vec::new();
            cells(&text, Some(&places), &mut |at, cell| found.push((at, cell.into_owned())));
            let held = expected.into_iter().filter(|(at, _)| holds_one(&places, at)).collect::<Vec<_>>();
            assert_eq!(found, held, "{text:?} {places:?}");
        }
    }

    #[test]
    fn time_grows_with_the_text_and_not_faster() {
        let text = "甲密件数乙,1\n".repeat(300_000);
        let places: Vec<usize> = text.match_indices('密').map(|(at, _)| at).collect();
        let (begin, mut count) = (std::time::Instant::now(), 0);
        cells(&text, Some(&places), &mut |_, _| count += 1);
        assert_eq!(count, places.len());
        assert!(begin.elapsed() < std::time::Duration::from_secs(10), "{:?}", begin.elapsed());
    }
}
