//! Numbers as they are compared: half-width, in capitals, without spaces.

/// The characters of `text` that count, as ASCII, put into `folded`; anything that is none becomes `?`.
///
/// Numbers are almost always plain, and then `text` itself is the answer.
pub(super) fn fold<'a>(text: &'a [u8], folded: &'a mut Vec<u8>) -> &'a [u8] {
    if text.iter().all(|byte| matches!(byte, b'0'..=b'9' | b'A'..=b'Z' | b'.')) {
        return text;
    }
    folded.clear();
    for c in String::from_utf8_lossy(text).chars().map(half_width) {
        if c.is_ascii() && !c.is_ascii_whitespace() {
            folded.extend(u8::try_from(c).map(|byte| byte.to_ascii_uppercase()));
        } else if !c.is_whitespace() && !is_invisible(c) {
            folded.push(b'?');
        }
    }
    folded
}

/// The ordinary form of a full-width character.
pub(super) fn half_width(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        _ => c,
    }
}

/// What comes along when a number is pasted.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folds_what_people_write() {
        let mut folded = Vec::new();
        for (text, plain) in
            [("202110820578.1", "202110820578.1"), ("ＺＬ ２０.ｘ", "ZL20.X"), ("专\u{200b}1", "?1")]
        {
            assert_eq!(fold(text.as_bytes(), &mut folded), plain.as_bytes());
        }
    }
}
