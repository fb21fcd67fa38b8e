//! From bytes to text: UTF-8, UTF-16 with its mark, else GB18030, as Chinese offices write it.

use std::borrow::Cow;

use encoding_rs::{Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};

/// The text of a file whose encoding is beyond doubt, its byte-order mark dropped; `None` where it is neither
/// UTF-8, nor marked UTF-16, nor sound GB18030.
pub(crate) fn decode(bytes: &[u8]) -> Option<Cow<'_, str>> {
    if let Some((encoding, mark)) = marked(bytes) {
        return encoding.decode_without_bom_handling_and_without_replacement(&bytes[mark..]);
    }
    simdutf8::basic::from_utf8(bytes)
        .ok()
        .map(Cow::Borrowed)
        .or_else(|| GB18030.decode_without_bom_handling_and_without_replacement(bytes))
}

/// Every way to read these bytes as text that must be looked at, one after the other, the likeliest first. Where they
/// are neither marked nor UTF-8, they may be UTF-16 that lacks its mark: Chinese in it need hold no zero.
pub(crate) fn readings(bytes: &[u8]) -> impl Iterator<Item = Cow<'_, str>> {
    let (encodings, mark) = match marked(bytes) {
        Some((encoding, mark)) if encoding != UTF_8 => (vec![(encoding, 0)], mark),
        marked => {
            let mark = marked.map_or(0, |(_, mark)| mark);
            let sound = simdutf8::basic::from_utf8(&bytes[mark..]).is_ok();
            let doubtful = [(GB18030, 0)].into_iter().chain(UNMARKED).filter(|_| !sound);
            ([(UTF_8, 0)].into_iter().chain(doubtful).collect(), mark)
        }
    };
    read_as(&bytes[mark..], encodings)
}

/// Readings of bytes that are no text: whatever text lies in them, in any encoding it may have.
pub(crate) fn readings_of_binary(bytes: &[u8]) -> impl Iterator<Item = Cow<'_, str>> {
    let mut encodings = vec![(UTF_8, 0)];
    encodings.extend(UNMARKED);
    // Compressed pixels read as GB18030 are endless random ideographs, among which any word turns up in time.
    let picture = [&b"\x89PNG"[..], b"\xFF\xD8\xFF", b"GIF8"].iter().any(|magic| bytes.starts_with(magic));
    if !picture {
        encodings.push((GB18030, 0));
    }
    read_as(bytes, encodings)
}

/// Text of two bytes a character, of either order, that begins at an even or an odd byte.
const UNMARKED: [(&Encoding, usize); 4] = [(UTF_16LE, 0), (UTF_16LE, 1), (UTF_16BE, 0), (UTF_16BE, 1)];

/// The bytes in each encoding, from so many bytes on.
fn read_as<'a>(
    bytes: &'a [u8],
    encodings: Vec<(&'static Encoding, usize)>,
) -> impl Iterator<Item = Cow<'a, str>> {
    encodings.into_iter().filter_map(move |(encoding, from)| {
        let bytes = bytes.get(from..)?;
        // What is sound needs no decoding, and is told so faster than by a decoder.
        match simdutf8::basic::from_utf8(bytes) {
            Ok(text) if encoding == UTF_8 => Some(Cow::Borrowed(text)),
            _ => Some(encoding.decode_without_bom_handling(bytes).0),
        }
    })
}

/// Whether these bytes are text: no zero characters, and not both undecodable and full of control characters.
pub(crate) fn is_text(bytes: &[u8]) -> bool {
    let whole = |text: &str| !text.contains('\0');
    if marked(bytes).is_some_and(|(encoding, _)| encoding != UTF_8) {
        return readings(bytes).all(|text| whole(&text));
    }
    if bytes.contains(&0) {
        return false;
    }
    let control = |byte: &u8| *byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x0B | 0x0C | 0x1A);
    decode(bytes).is_some() || !bytes.iter().any(control)
}

fn marked(bytes: &[u8]) -> Option<(&'static Encoding, usize)> {
    match bytes {
        [0xEF, 0xBB, 0xBF, ..] => Some((UTF_8, 3)),
        [0xFF, 0xFE, ..] => Some((UTF_16LE, 2)),
        [0xFE, 0xFF, ..] => Some((UTF_16BE, 2)),
        _ => None,
    }
}
