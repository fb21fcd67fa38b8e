//! What an archive holds beside its members' data: headers, directory, end, and whatever lies before, between and
//! behind them, where programs that open the file never look.

use std::ops::Range;

use super::archive::{Archive, Extent};

/// The longest record that may follow a member's data: signature, checksum and two sizes of eight bytes.
const DESCRIPTOR: usize = 24;
/// The longest records between the directory and its end, of archives with large sizes: the end and where it is.
const LARGE_END: usize = 56 + 20;
/// The shortest end of a directory.
const END: usize = 22;

/// The bytes of an archive outside its members' data.
pub(super) struct Frame<'a> {
    /// All of them, in the order of the file.
    pub(super) pieces: Vec<&'a [u8]>,
    /// Whether there are more than the structure needs. What is hidden there may be compressed, so that showing the
    /// bytes would not do.
    pub(super) hides: bool,
}

impl<'a> Frame<'a> {
    pub(super) fn of(bytes: &'a [u8], archive: &mut Archive<'_>) -> Self {
        let whole = Self { pieces: vec![bytes], hides: true };
        let mut extents = Vec::with_capacity(archive.len());
        for at in 0..archive.len() {
            // Members that cannot be found have been reported already.
            let Some(extent) = archive.extent(at) else { return whole };
            extents.push(extent);
        }
        extents.sort_by_key(|extent| (extent.data.start, extent.data.end));
        let directory = archive.directory();
        let Some(end) = end(bytes, archive.note()) else { return whole };

        let mut pieces = Vec::with_capacity(extents.len() + 1);
        let mut hides = false;
        let mut from = 0;
        for Extent { header, data, .. } in &extents {
            hides |= !is_descriptor(bytes, from..*header);
            pieces.extend(bytes.get(from..data.start));
            from = data.end.max(from);
        }
        hides |= !is_descriptor(bytes, from..directory);
        pieces.extend(bytes.get(from..));

        let listed = extents.iter().filter_map(|extent| entry_end(bytes, extent.entry)).max();
        let behind_directory = listed.unwrap_or(directory)..end.start;
        let large = bytes
            .get(behind_directory.clone())
            .is_some_and(|rest| rest.starts_with(b"PK\x06\x06") && rest.len() <= LARGE_END);
        hides |= !large && !is_blank(bytes, behind_directory);
        hides |= !is_blank(bytes, end.end..bytes.len());
        Self { pieces, hides }
    }
}

/// The record that ends the directory, its note counted: the last that has this note.
fn end(bytes: &[u8], note: &[u8]) -> Option<Range<usize>> {
    let last = bytes.len().checked_sub(END)?;
    (0..=last).rev().find_map(|at| {
        let length = bytes.get(at + 20..at + END)?;
        let sound = bytes[at..].starts_with(b"PK\x05\x06")
            && usize::from(u16::from_le_bytes([length[0], length[1]])) == note.len()
            && bytes[at + END..].starts_with(note);
        sound.then_some(at..at + END + note.len())
    })
}

/// Where an entry of the directory ends.
fn entry_end(bytes: &[u8], at: usize) -> Option<usize> {
    let lengths = bytes.get(at + 28..at + 34)?;
    let sum: usize =
        lengths.chunks_exact(2).map(|pair| usize::from(u16::from_le_bytes([pair[0], pair[1]]))).sum();
    Some(at + 46 + sum)
}

/// Whether no more than the record lies here that may follow a member's data.
fn is_descriptor(bytes: &[u8], range: Range<usize>) -> bool {
    range.start > 0 && range.len() <= DESCRIPTOR || is_blank(bytes, range)
}

/// Whether nothing lies here but padding.
fn is_blank(bytes: &[u8], range: Range<usize>) -> bool {
    let blank = |byte: &u8| matches!(byte, 0 | b' ' | b'\n' | b'\r' | b'\t');
    range.is_empty() || bytes.get(range).is_some_and(|bytes| bytes.iter().all(blank))
}
