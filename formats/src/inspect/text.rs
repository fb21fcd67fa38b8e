//! Text files, and text that lies in other bytes: whole, and cell by cell, string by string, escapes undone.

use std::borrow::Cow;

use hegui_core::gate::Hit;

use super::encoding::{readings, readings_of_binary};
use super::eye::Eye;
use super::pieces;
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
    match &traces {
        Some(traces) => keep(eye, eye.hits_at(text, traces), text, || 1, &place),
        None => show(eye, text, || 1, &place),
    }
    if let Some(undone) = &undone {
        show(eye, undone, || 1, &place);
    }
    if text.trim_start().starts_with('<') {
        show(eye, &undo_escapes(&without_tags(text)), || 1, &place);
    }
    let mut lines = Lines::new(text);
    pieces::cells(text, traces.as_deref(), &mut |at, cell| {
        show(eye, &cell, || lines.at(at.start), &place);
    });
    let mut lines = Lines::new(text);
    pieces::strings(text, &mut |at, string| {
        // An escape may hide a trace.
        let has_escapes = matches!(string, Cow::Owned(_));
        if has_escapes || traces.as_deref().is_none_or(|traces| pieces::holds_one(traces, &at)) {
            show(eye, &string, || lines.at(at.start), &place);
        }
    });
}

/// Shows a piece; `first` is the line it begins in.
fn show(eye: &mut Eye<'_>, piece: &str, first: impl FnOnce() -> usize, place: &impl Fn(usize) -> Place) {
    keep(eye, eye.hits(piece), piece, first, place);
}

/// Keeps what was found in a piece.
fn keep(
    eye: &mut Eye<'_>,
    mut hits: Vec<Hit>,
    piece: &str,
    first: impl FnOnce() -> usize,
    place: &impl Fn(usize) -> Place,
) {
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
