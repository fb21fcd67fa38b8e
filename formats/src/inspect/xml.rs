//! XML parts: what a person would see as one piece is shown as one piece, however many tags it is split over.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::eye::Eye;
use super::place::Place;
use super::text::{character, signs_of_number_format, undo_entities, undo_escapes};

/// What a part of an office document is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PartKind {
    /// The workbook: names of sheets, defined names.
    Workbook,
    /// A sheet and its number.
    Sheet(usize),
    /// Texts that cells share.
    SharedTexts,
    /// Notes on cells.
    Notes,
    /// Document properties.
    Properties,
    /// Anything else.
    Other,
}

/// The part is no well-formed XML, or has entities of its own, by which text can be hidden.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct NotWellFormed;

/// Shows an XML part: each piece of text, each attribute, each comment; and the part as a whole.
pub(super) fn look(eye: &mut Eye<'_>, kind: PartKind, part: usize, xml: &str) -> Result<(), NotWellFormed> {
    let since = eye.count();
    let mut walk = Walk::new(eye, kind, part);
    let mut reader = Reader::from_str(xml);
    let mut roots = 0;
    loop {
        match reader.read_event().map_err(|_| NotWellFormed)? {
            Event::Start(tag) => {
                roots += usize::from(walk.open.is_empty());
                walk.start(&tag)?;
            }
            Event::Empty(tag) => {
                roots += usize::from(walk.open.is_empty());
                walk.start(&tag)?;
                walk.end();
            }
            Event::End(_) => walk.end(),
            Event::Text(text) => walk.text(&text.xml10_content()),
            Event::CData(text) => walk.piece.push_str(&text.into_inner()),
            Event::GeneralRef(name) => match character(&name) {
                Some(c) => walk.piece.push(c),
                None => walk.piece.extend(["&", &*name, ";"]),
            },
            Event::Comment(text) => walk.show(&text),
            Event::PI(text) => walk.show(&text),
            Event::DocType(text) => {
                walk.show(&text);
                if text.to_ascii_uppercase().contains("ENTITY") {
                    return Err(NotWellFormed);
                }
            }
            Event::Decl(_) => {}
            Event::Eof => break,
        }
    }
    walk.flush();
    if !walk.open.is_empty() || roots != 1 {
        return Err(NotWellFormed);
    }
    let whole = std::mem::take(&mut walk.whole);
    let place = walk.general_place();
    eye.look_again(&place, &whole, since);
    Ok(())
}

/// Stands between pieces of the whole that do not belong together: no gate reads across it.
const BORDER: char = '¦';

struct Walk<'e, 'g> {
    eye: &'e mut Eye<'g>,
    kind: PartKind,
    part: usize,
    /// The elements that are open, by local name.
    open: Vec<String>,
    /// How many of them hold formatting, whose ends are no borders.
    formats: usize,
    /// The piece at hand, readings of ideographs beside it, and all pieces so far.
    piece: String,
    ruby: String,
    whole: String,
    cell: String,
    /// How many shared texts, notes and sheet names have begun.
    items: usize,
    notes: usize,
    names: usize,
}

impl<'e, 'g> Walk<'e, 'g> {
    fn new(eye: &'e mut Eye<'g>, kind: PartKind, part: usize) -> Self {
        Self {
            eye,
            kind,
            part,
            open: Vec::new(),
            formats: 0,
            piece: String::new(),
            ruby: String::new(),
            whole: String::new(),
            cell: String::new(),
            items: 0,
            notes: 0,
            names: 0,
        }
    }

    fn start(&mut self, tag: &BytesStart<'_>) -> Result<(), NotWellFormed> {
        let local = tag.local_name();
        let name: &str = local.as_ref();
        match name {
            "si" => self.items += 1,
            "comment" | "threadedComment" => self.notes += 1,
            "sheet" => self.names += 1,
            "c" => self.cell.clear(),
            "br" | "cr" | "tab" => self.piece.push('\n'),
            _ => {}
        }
        for attribute in tag.attributes() {
            let attribute = attribute.map_err(|_| NotWellFormed)?;
            let (key, value) = (attribute.key.as_ref(), &*attribute.value);
            if name == "c" && key == "r" {
                self.cell.push_str(value);
            }
            // A million cells have these, and nothing in them.
            if matches!((name, key), ("c", "r" | "s" | "t") | ("row", "r" | "spans" | "s" | "ht"))
                && value.is_ascii()
            {
                continue;
            }
            let place = match (self.kind, name) {
                (PartKind::Workbook, "sheet") => Place::SheetName(self.names),
                _ => self.general_place(),
            };
            let since = self.eye.count();
            if value.contains(['&', '\\']) {
                look_at(self.eye, &place, &undo_escapes(value));
            } else {
                look_at(self.eye, &place, value);
            }
            if key == "formatCode" {
                let shown = signs_of_number_format(&undo_entities(value));
                self.eye.look_again(&place, &shown, since);
            }
        }
        self.formats += usize::from(is_format(name));
        self.open.push(name.to_string());
        Ok(())
    }

    fn end(&mut self) {
        let Some(name) = self.open.pop() else { return };
        if name == "row" {
            self.cell.clear();
        }
        // Charts keep their number formats in elements, sheets in attributes.
        if name == "formatCode" {
            let since = self.eye.count();
            let place = self.general_place();
            self.eye.look_again(&place, &signs_of_number_format(&self.piece), since);
        }
        if is_format(&name) {
            self.formats -= 1;
        } else if self.formats == 0 && !is_inline(&name) {
            self.flush();
            let apart = matches!(name.as_str(), "c" | "row" | "si" | "tc" | "comment" | "threadedComment")
                || !matches!(self.kind, PartKind::Other | PartKind::Notes);
            if apart && !self.whole.ends_with(BORDER) {
                self.whole.push(BORDER);
            }
        }
    }

    fn text(&mut self, text: &str) {
        let leaf = self.open.last().is_some_and(|name| name == "t");
        if !leaf && text.trim().is_empty() {
            // Indentation between tags belongs to no text.
            return;
        }
        if self.open.iter().rev().any(|name| name == "rPh") {
            self.ruby.push_str(text);
        } else {
            self.piece.push_str(text);
        }
    }

    /// Ends a piece.
    fn flush(&mut self) {
        for piece in [std::mem::take(&mut self.piece), std::mem::take(&mut self.ruby)] {
            if !piece.is_empty() {
                self.show(&piece);
                self.whole.push_str(&piece);
            }
        }
    }

    fn show(&mut self, piece: &str) {
        let place = match self.kind {
            PartKind::Sheet(n) if !self.cell.is_empty() => Place::cell(n, &self.cell),
            PartKind::SharedTexts if self.items > 0 => Place::SharedText(self.items),
            PartKind::Notes if self.notes > 0 => Place::Note(self.notes),
            _ => self.general_place(),
        };
        look_at(self.eye, &place, piece);
    }

    fn general_place(&self) -> Place {
        match self.kind {
            PartKind::Sheet(n) => Place::Sheet(n),
            PartKind::Properties => Place::Properties,
            _ => Place::Part(self.part),
        }
    }
}

fn look_at(eye: &mut Eye<'_>, place: &Place, piece: &str) {
    let since = eye.count();
    eye.look(place, piece);
    if piece.contains("_x") {
        eye.look_again(place, &undo_office_escapes(piece), since);
    }
}

/// Elements that only group formatting.
fn is_format(name: &str) -> bool {
    name.ends_with("Pr")
}

/// Elements within a line of text: their ends are no borders between pieces.
fn is_inline(name: &str) -> bool {
    const INLINE: [&str; 27] = [
        "r",
        "t",
        "is",
        "fld",
        "hyperlink",
        "smartTag",
        "ins",
        "del",
        "bdo",
        "dir",
        "span",
        "font",
        "text",
        "rPh",
        "a",
        "b",
        "i",
        "u",
        "s",
        "em",
        "strong",
        "sub",
        "sup",
        "br",
        "cr",
        "tab",
        "sdtContent",
    ];
    INLINE.contains(&name)
}

/// Office writes some characters of strings as `_x79D8_`.
fn undo_office_escapes(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("_x") {
        let (before, after) = rest.split_at(at);
        plain.push_str(before);
        let code = after.get(2..6).filter(|_| after.as_bytes().get(6) == Some(&b'_'));
        match code.and_then(|code| char::from_u32(u32::from_str_radix(code, 16).ok()?)) {
            Some(c) => {
                plain.push(c);
                rest = &after[7..];
            }
            None => {
                plain.push_str("_x");
                rest = &after[2..];
            }
        }
    }
    plain.push_str(rest);
    plain
}
