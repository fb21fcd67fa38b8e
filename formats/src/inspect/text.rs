//! Text files, and text that lies in other bytes: whole, and cell by cell, string by string, escapes undone.

use std::borrow::Cow;
use std::ops::Range;

use super::encoding::{readings, readings_of_binary};
use super::eye::Eye;
use super::place::Place;

/// Shows a text file; places are lines.
pub(super) fn look_in_file(eye: &mut Eye<'_>, bytes: &[u8]) {
    for text in readings(bytes) {
        look(eye, &text, Place::Line);
    }
}

/// Shows a part of an archive that is text; its place is the part.
pub(super) fn look_in_part(eye: &mut Eye<'_>, place: &Place, bytes: &[u8]) {
    for text in readings(bytes) {
        look(eye, &text, |_| place.clone());
    }
}

/// Shows whatever text lies in bytes that are no text.
pub(super) fn look_in_binary(eye: &mut Eye<'_>, place: &Place, bytes: &[u8]) {
    for text in readings_of_binary(bytes) {
        // A zero is what old programs end or pad their texts with.
        let text = text.replace('\0', " ");
        let since = eye.count();
        eye.look_again(place, &text, since);
    }
}

/// Shows one reading: the whole; the whole with escapes undone; each cell; each string. The later ones add only what
/// the gates did not stop at before in the same line. A piece that holds no trace is not shown.
fn look(eye: &mut Eye<'_>, text: &str, place: impl Fn(usize) -> Place) {
    let traces = eye.traces(text);
    let holds_some = |traces: &Option<Vec<usize>>| traces.as_ref().is_none_or(|traces| !traces.is_empty());
    let undone = text.contains(['\\', '&']).then(|| undo_escapes(text));
    let may_hold = holds_some(&traces)
        || undone.as_ref().is_some_and(|undone| holds_some(&eye.traces(undone)))
        || text.trim_start().starts_with('<');
    if !may_hold {
        return;
    }
    show(eye, text, || 1, &place);
    if let Some(undone) = &undone {
        show(eye, undone, || 1, &place);
    }
    if text.trim_start().starts_with('<') {
        show(eye, &undo_escapes(&without_tags(text)), || 1, &place);
    }
    for pieces in [cells, strings] {
        let mut lines = Lines::new(text);
        let mut traces = traces.as_deref().map(Traces);
        pieces(text, &mut |at, piece| {
            // An escape may hide a trace.
            let has_escapes = undone.is_some() && matches!(piece, Cow::Owned(_));
            let meant = traces.as_mut().is_none_or(|traces| traces.within(at.clone()));
            if has_escapes || meant {
                show(eye, &piece, || lines.at(at.start), &place);
            }
        });
    }
}

/// Shows a piece; `first` is the line it begins in.
fn show(eye: &mut Eye<'_>, piece: &str, first: impl FnOnce() -> usize, place: &impl Fn(usize) -> Place) {
    let mut hits = eye.hits(piece);
    if hits.is_empty() {
        return;
    }
    // Lines are counted once for all hits, from each to the next.
    hits.sort_by_key(|hit| hit.offset);
    let (mut rest, mut passed, mut line, mut column) = (piece.chars(), 0, first(), 0);
    for mut hit in hits {
        for c in rest.by_ref().take(hit.offset - passed) {
            (line, column) = if c == '\n' { (line + 1, 0) } else { (line, column + 1) };
        }
        passed = hit.offset;
        let at = place(line);
        if !eye.knows(&hit.rule, &at) {
            hit.offset = column;
            eye.keep(hit, at);
        }
    }
}

/// The traces of a text, asked in order of place.
struct Traces<'t>(&'t [usize]);

impl Traces<'_> {
    /// Whether there is one within these bytes; those before are not asked for again.
    fn within(&mut self, bytes: Range<usize>) -> bool {
        let passed = self.0.partition_point(|trace| *trace < bytes.start);
        self.0 = &self.0[passed..];
        self.0.first().is_some_and(|trace| *trace < bytes.end)
    }
}

/// Counts the lines of a text, asked in order of place.
struct Lines<'t> {
    text: &'t [u8],
    byte: usize,
    line: usize,
}

impl<'t> Lines<'t> {
    fn new(text: &'t str) -> Self {
        Self { text: text.as_bytes(), byte: 0, line: 1 }
    }

    fn at(&mut self, byte: usize) -> usize {
        self.line += memchr::memchr_iter(b'\n', &self.text[self.byte..byte]).count();
        self.byte = byte;
        self.line
    }
}

/// Takes a piece of a text: where it stands, and what it says; owned where that is not what stands there.
type Take<'a, 't> = &'a mut dyn FnMut(Range<usize>, Cow<'t, str>);

/// The cells of text that may be CSV. Quotes are undone.
fn cells<'t>(text: &'t str, take: Take<'_, 't>) {
    // All signs that matter are ASCII, so bytes will do.
    let bytes = text.as_bytes();
    let (mut begin, mut is_quoted, mut has_quotes, mut is_blank) = (0, false, false, true);
    let mut end_cell = |cell: Range<usize>, has_quotes: bool| {
        let raw = &text[cell.clone()];
        if has_quotes {
            take(cell, Cow::Owned(without_quotes(raw)));
        } else if !raw.trim().is_empty() {
            take(cell, Cow::Borrowed(raw));
        }
    };
    for (at, byte) in bytes.iter().enumerate() {
        match byte {
            b'"' => {
                has_quotes = true;
                if is_quoted || is_blank {
                    is_quoted = !is_quoted;
                } else {
                    is_blank = false;
                }
            }
            b',' | b'\t' | b';' | b'\n' if !is_quoted => {
                end_cell(begin..at, has_quotes);
                (begin, has_quotes, is_blank) = (at + 1, false, true);
            }
            _ => is_blank = false,
        }
    }
    end_cell(begin..bytes.len(), has_quotes);
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
fn strings<'t>(text: &'t str, take: Take<'_, 't>) {
    let bytes = text.as_bytes();
    let mut open: Option<usize> = None;
    // The sign behind a backslash neither opens nor closes, within a string.
    let mut escaped = usize::MAX;
    let mut end_string = |string: Range<usize>| {
        let raw = &text[string.clone()];
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

/// The text with `\u79d8`, `\U000079d8`, `\n`, `\/`, `\秘` and `&#31192;` undone. A line break that was an escape
/// becomes a space, so that lines keep their numbers.
pub(super) fn undo_escapes(text: &str) -> String {
    undo(text, &['\\', '&'])
}

/// The text with `&#31192;` and `&quot;` undone.
pub(super) fn undo_entities(text: &str) -> String {
    undo(text, &['&'])
}

fn undo(text: &str, signs: &[char]) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(signs) {
        let (before, after) = rest.split_at(at);
        plain.push_str(before);
        let (character, length) = if after.starts_with('&') { entity(after) } else { escape(after) };
        plain.extend(character);
        rest = after.get(length..).unwrap_or_default();
    }
    plain.push_str(rest);
    plain
}

/// The signs that a number format shows as they are: quotes and colours taken out, escapes undone, the widths and fills
/// of other signs left out.
pub(super) fn signs_of_number_format(format: &str) -> String {
    let mut shown = String::with_capacity(format.len());
    let mut signs = format.chars();
    while let Some(sign) = signs.next() {
        match sign {
            '\\' => shown.extend(signs.next()),
            '_' | '*' => drop(signs.next()),
            '[' => drop(signs.by_ref().find(|sign| *sign == ']')),
            '"' => {}
            _ => shown.push(sign),
        }
    }
    shown
}

/// The character that an escape at the head of `text` stands for, and how many bytes it takes.
fn escape(text: &str) -> (Option<char>, usize) {
    let hex = |from: usize, digits: usize| {
        let digits =
            text.get(from..from + digits).filter(|digits| digits.bytes().all(|b| b.is_ascii_hexdigit()))?;
        u32::from_str_radix(digits, 16).ok()
    };
    match text[1..].chars().next() {
        Some('u') => match (hex(2, 4), text.get(6..8), hex(8, 4)) {
            (Some(high @ 0xD800..=0xDBFF), Some("\\u"), Some(low @ 0xDC00..=0xDFFF)) => {
                (char::from_u32(0x1_0000 + ((high - 0xD800) << 10) + (low - 0xDC00)), 12)
            }
            (Some(code), ..) => (char::from_u32(code), 6),
            (None, ..) => (Some('\\'), 1),
        },
        Some('U') => hex(2, 8).map_or((Some('\\'), 1), |code| (char::from_u32(code), 10)),
        Some('x') => hex(2, 2).map_or((Some('\\'), 1), |code| (char::from_u32(code), 4)),
        Some('n' | 'r' | 't' | 'b' | 'f' | 'e') => (Some(' '), 2),
        Some(c @ ('"' | '\\' | '/' | '\'')) => (Some(c), 2),
        // Number formats and regular expressions put it before any sign that stands for itself.
        Some(c) if !c.is_ascii() => (Some(c), 1 + c.len_utf8()),
        // A line of a TOML string that goes on in the next.
        Some('\n' | '\r') => (None, 1),
        _ => (Some('\\'), 1),
    }
}

/// The character that an entity at the head of `text` stands for, and how many bytes it takes.
fn entity(text: &str) -> (Option<char>, usize) {
    // The longest that means anything is &#x10FFFF; with room for leading zeros.
    let end = text.bytes().take(16).position(|byte| byte == b';');
    match end.and_then(|end| Some((character(text.get(1..end)?)?, end + 1))) {
        Some((character, length)) => (Some(character), length),
        None => (Some('&'), 1),
    }
}

/// The character of an entity's name: `#x79D8`, `#31192`, `amp`.
pub(super) fn character(name: &str) -> Option<char> {
    let code = match name.strip_prefix('#') {
        Some(code) => match code.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => code.parse().ok()?,
        },
        None => match name {
            "lt" => 0x3C,
            "gt" => 0x3E,
            "amp" => 0x26,
            "quot" => 0x22,
            "apos" => 0x27,
            "nbsp" => 0xA0,
            "starf" | "bigstar" => 0x2605,
            _ => return None,
        },
    };
    char::from_u32(code)
}

/// The text between tags.
pub(super) fn without_tags(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut inside = false;
    for c in text.chars() {
        match c {
            '<' => inside = true,
            '>' if inside => inside = false,
            '\n' => plain.push(c),
            _ if !inside => plain.push(c),
            _ => {}
        }
    }
    plain
}
