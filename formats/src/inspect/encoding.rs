//! From bytes to text: UTF-8, UTF-16 with its mark, else GB18030, as Chinese offices write it.

use std::borrow::Cow;

use encoding_rs::{Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};

/// The text of a file whose encoding is beyond doubt, its byte-order mark dropped; `None` where it is neither
/// UTF-8, nor marked UTF-16, nor sound GB18030.
pub(crate) fn decode(bytes: &[u8]) -> Option<Cow<'_, str>> {
    if let Some((encoding, mark)) = marked(bytes) {
        return encoding.decode_without_bom_handling_and_without_replacement(&bytes[mark..]);
    }
    UTF_8
        .decode_without_bom_handling_and_without_replacement(bytes)
        .or_else(|| GB18030.decode_without_bom_handling_and_without_replacement(bytes))
}

/// Every way to read these bytes as text that must be looked at: one where the encoding is certain, else both.
pub(crate) fn readings(bytes: &[u8]) -> Vec<Cow<'_, str>> {
    let lossy = |encoding: &'static Encoding, bytes| encoding.decode_without_bom_handling(bytes).0;
    let bytes = match marked(bytes) {
        Some((encoding, mark)) if encoding != UTF_8 => return vec![lossy(encoding, &bytes[mark..])],
        Some((_, mark)) => &bytes[mark..],
        None => bytes,
    };
    match std::str::from_utf8(bytes) {
        Ok(text) => vec![Cow::Borrowed(text)],
        Err(_) => vec![lossy(UTF_8, bytes), lossy(GB18030, bytes)],
    }
}

/// Readings of bytes that are no text: whatever text lies in them, in any encoding it may have.
pub(crate) fn readings_of_binary(bytes: &[u8]) -> Vec<Cow<'_, str>> {
    let mut encodings = vec![(UTF_8, 0), (UTF_16LE, 0), (UTF_16LE, 1)];
    // Compressed pixels read as GB18030 are endless random ideographs, among which any word turns up in time.
    let picture = [&b"\x89PNG"[..], b"\xFF\xD8\xFF", b"GIF8"].iter().any(|magic| bytes.starts_with(magic));
    if !picture {
        encodings.push((GB18030, 0));
    }
    encodings
        .into_iter()
        .filter_map(|(encoding, from)| Some(encoding.decode_without_bom_handling(bytes.get(from..)?).0))
        .collect()
}

/// Whether these bytes are text: no zero characters, and not both undecodable and full of control characters.
pub(crate) fn is_text(bytes: &[u8]) -> bool {
    let whole = |text: &str| !text.contains('\0');
    if marked(bytes).is_some_and(|(encoding, _)| encoding != UTF_8) {
        return readings(bytes).iter().all(|text| whole(text));
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
