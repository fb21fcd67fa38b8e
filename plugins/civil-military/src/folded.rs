//! A text without what could hide a word: forms folded, spaces and invisible characters left out.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;

/// A text, or a stretch of one, without what could hide a mark, and the way back to the original.
pub(crate) struct Folded {
    chars: Vec<char>,
    /// For each character: its place in the original, and whether it is the first one of a line there.
    origins: Vec<(usize, bool)>,
}

impl Folded {
    /// A whole text.
    pub(crate) fn new(text: &str) -> Self {
        Self::stretch(text, 0)
    }

    /// A stretch that begins so many characters after the text does.
    pub(crate) fn stretch(stretch: &str, from: usize) -> Self {
        let (mut chars, mut origins, mut line_head) = (Vec::new(), Vec::new(), true);
        for (offset, original) in stretch.chars().enumerate() {
            line_head |= matches!(original, '\n' | '\r' | '\u{2028}' | '\u{2029}');
            fold(original, |c| {
                chars.push(c);
                origins.push((from + offset, std::mem::take(&mut line_head)));
            });
        }
        Self { chars, origins }
    }

    /// The text's characters.
    pub(crate) fn chars(&self) -> &[char] {
        &self.chars
    }

    /// Whether a character is the first one of a line.
    pub(crate) fn begins_line(&self, at: usize) -> bool {
        self.origins.get(at).is_some_and(|(_, line_head)| *line_head)
    }

    /// Where a place of the folded text begins in the original, and how much it spans there.
    pub(crate) fn original(&self, place: Range<usize>) -> Option<(usize, usize)> {
        let (first, _) = self.origins.get(place.start)?;
        let (last, _) = self.origins.get(place.end.checked_sub(1)?)?;
        Some((*first, last - first + 1))
    }
}

/// Hands over what is left of a character once it is folded: mostly one, none where it shows nothing of its own.
pub(crate) fn fold(original: char, mut take: impl FnMut(char)) {
    let mut push = |c| {
        if !is_hidden(c) {
            take(simplify(c));
        }
    };
    match original {
        '!'..='~' | '\u{3001}' | '\u{3002}' | '\u{4e00}'..='\u{9fff}' => push(original),
        _ => original.nfkc().for_each(push),
    }
}

/// Whether `c` shows nothing of its own: white space, controls, format characters, fillers, combining marks.
fn is_hidden(c: char) -> bool {
    let is_format = matches!(c,
        '\u{ad}' | '\u{300}'..='\u{36f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{20d0}'..='\u{20ff}' | '\u{2800}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
        | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}');
    is_format || c.is_whitespace() || c.is_control()
}

/// The simplified form of a character that a mark or a source is written with.
pub(crate) fn simplify(c: char) -> char {
    match c {
        '絕' | '絶' => '绝',
        '機' => '机',
        '祕' => '秘',
        '宻' => '密',
        '級' => '级',
        '國' => '国',
        '專' | '専' => '专',
        '內' => '内',
        '報' => '报',
        '隊' => '队',
        _ => c,
    }
}

/// Whether these characters begin with a word.
pub(crate) fn starts_with(chars: &[char], word: &str) -> bool {
    word.chars().enumerate().all(|(index, c)| chars.get(index) == Some(&c))
}
