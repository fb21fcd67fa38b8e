//! Zip archives, workbooks above all: names, notes, every member, archives within archives.

use std::borrow::Cow;

use super::archive::{Archive, is_zip};
use super::cells;
use super::encoding::{is_text, readings, readings_of_binary};
use super::eye::Eye;
use super::frame::Frame;
use super::place::Place;
use super::text::{look_in_binary, look_in_part, undo_escapes, without_tags};
use super::why;
use super::xml::{self, PartKind};

/// How deep archives may be nested: a document in a document is looked into, one in that too, no more.
pub(crate) const MAX_DEPTH: usize = 2;

/// Shows an archive. `depth` is how many archives it is nested in.
pub(super) fn look(eye: &mut Eye<'_>, bytes: &[u8], depth: usize) {
    let since = eye.count();
    let mut archive = match Archive::open(bytes) {
        Ok(archive) => archive,
        Err(problem) => return eye.cannot_see(&Place::File, why::archive(&problem)),
    };
    if let Err(problem) = archive.check_consistency() {
        eye.cannot_see(&Place::File, why::archive(&problem));
    }
    for text in readings(archive.note()) {
        eye.look(&Place::ArchiveNote, &text);
    }
    let sheets = cells::sheet_order(&mut archive, &mut eye.unfolded);
    for at in 0..archive.len() {
        let number = at + 1;
        for text in readings(&archive.raw_name(at)).chain(readings(&archive.member_note(at))) {
            eye.look(&Place::MemberName(number), &text);
        }
        let name = archive.name(at);
        match archive.member(at, &mut eye.unfolded) {
            Err(problem) => {
                eye.cannot_see(&Place::Part(number), why::archive(&problem));
                if matches!(problem, super::archive::ArchiveProblem::TooLarge(_)) {
                    return;
                }
            }
            Ok(bytes) => {
                let kind = sheets.kind(&name);
                member(eye, Member { number, name: &name, kind, bytes: &bytes, depth });
            }
        }
    }
    cells::name_shared_texts(eye, since, &mut archive, &sheets);
    // Names and notes were shown above; again shown, they add what nobody else would have looked at.
    let frame = Frame::of(bytes, &mut archive);
    for piece in frame.pieces {
        for text in readings_of_binary(piece) {
            eye.look_again(&Place::ArchiveFrame, &text.replace('\0', " "), since);
        }
    }
    if frame.hides {
        eye.cannot_see(&Place::ArchiveFrame, why::beside_members());
    }
}

struct Member<'a> {
    number: usize,
    name: &'a str,
    kind: PartKind,
    bytes: &'a [u8],
    depth: usize,
}

fn member(eye: &mut Eye<'_>, Member { number, name, kind, bytes, depth }: Member<'_>) {
    let place = Place::Part(number);
    if is_zip(bytes) {
        return nested(eye, &place, bytes, depth);
    }
    if let Some(text) = xml_text(name, bytes) {
        let sound = xml::look(eye, kind, number, &text);
        if sound.is_err() {
            // Whatever can be seen is seen, so that the office learns of marks in damaged files too.
            look_in_part(eye, &place, bytes);
            eye.look(&place, &undo_escapes(&without_tags(&text)));
            // Office itself writes old drawings with tags that are never closed.
            if !name.ends_with(".vml") {
                eye.cannot_see(&place, why::not_well_formed());
            }
        }
        return;
    }
    if is_text(bytes) && !bytes.is_empty() {
        return look_in_part(eye, &place, bytes);
    }
    look_in_binary(eye, &place, bytes);
    let document = bytes.starts_with(why::OLE) && (name.contains("embeddings/") || why::is_encrypted(bytes));
    if document || bytes.starts_with(why::PDF) {
        eye.cannot_see(&place, why::embedded());
    }
}

fn nested(eye: &mut Eye<'_>, place: &Place, bytes: &[u8], depth: usize) {
    if depth >= MAX_DEPTH {
        return eye.cannot_see(place, why::too_deep());
    }
    eye.within.push(place.clone());
    look(eye, bytes, depth + 1);
    eye.within.pop();
}

/// The text of a member that is XML by its name or by its first character, in the encoding it declares.
fn xml_text<'a>(name: &str, bytes: &'a [u8]) -> Option<Cow<'a, str>> {
    let by_name = [".xml", ".rels", ".vml"].iter().any(|ending| name.ends_with(ending));
    if !by_name && !is_text(bytes) {
        return None;
    }
    let mut text = readings(bytes).next().unwrap_or_default();
    if let Some(encoding) =
        declared_encoding(&text).and_then(|label| encoding_rs::Encoding::for_label(label.as_bytes()))
        && !matches!(bytes, [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..])
        && encoding.is_ascii_compatible()
    {
        text = encoding.decode_with_bom_removal(bytes).0;
    }
    let begins = text.trim_start_matches('\u{FEFF}').trim_start().starts_with('<');
    (by_name || begins).then(|| match text.strip_prefix('\u{FEFF}') {
        Some(rest) => Cow::Owned(rest.to_string()),
        None => text,
    })
}

fn declared_encoding(text: &str) -> Option<&str> {
    let declaration = text.trim_start().strip_prefix("<?xml")?.split_once("?>")?.0;
    let value = declaration.split_once("encoding")?.1.trim_start().strip_prefix('=')?.trim_start();
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    value[1..].split_once(quote).map(|(label, _)| label)
}
