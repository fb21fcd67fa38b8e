//! What all numbers have in common: the characters that count.

use smallvec::SmallVec;
use unicode_normalization::UnicodeNormalization;

/// Characters with their positions; few enough for no allocation where they are those of a number.
pub(crate) type Marks = SmallVec<[(usize, char); 24]>;

/// The characters that count, each folded (NFKC, capitals) and with its position in `text`, from 1.
///
/// White space goes, and so do the invisible characters that come along when a number is pasted.
pub(crate) fn fold(text: &str) -> Marks {
    // Most numbers are written in ordinary letters and digits, which fold to themselves.
    if text.is_ascii() {
        let numbered = (1..).zip(text.bytes()).filter(|(_, byte)| !char::from(*byte).is_whitespace());
        return numbered.map(|(position, byte)| (position, char::from(byte.to_ascii_uppercase()))).collect();
    }
    let is_hidden = |c| matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}');
    let folded = |(position, c): (usize, char)| c.nfkc().map(move |c| (position, c.to_ascii_uppercase()));
    let numbered = (1..).zip(text.chars()).flat_map(folded);
    numbered.filter(|(_, c)| !c.is_whitespace() && !is_hidden(*c)).collect()
}

/// The same characters without their positions.
pub(crate) fn plain(text: &str) -> String {
    // Most numbers are written as they should be.
    if text.bytes().all(|byte| byte.is_ascii_graphic() && !byte.is_ascii_lowercase()) {
        return text.to_string();
    }
    fold(text).into_iter().map(|(_, c)| c).collect()
}

/// Whether `text` consists of ASCII digits alone.
pub(crate) fn is_digits(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_digit())
}
