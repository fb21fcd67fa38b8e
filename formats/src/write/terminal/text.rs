//! Text on a terminal: made harmless, measured, cut, padded and wrapped.
//!
//! Width is counted in columns, a Chinese character being two. Everything here first makes its text harmless, so that
//! what is measured is what will be seen.

use std::borrow::Cow;

use unicode_width::UnicodeWidthStr;

/// Stands for a character that a terminal would obey, or that nobody would see.
const UNSEEN: char = '\u{FFFD}';

/// The text with everything visible that a terminal would otherwise obey or hide.
///
/// A cell may hold an escape sequence that clears the screen, a direction mark that turns a number round, or a line
/// break that forges a line of the report.
pub(in crate::write) fn clean(text: &str) -> Cow<'_, str> {
    if !text.contains(|c| seen_as(c).is_some()) {
        return Cow::Borrowed(text);
    }
    let text = text.replace("\r\n", "\n");
    Cow::Owned(text.chars().map(|c| seen_as(c).unwrap_or(c)).collect())
}

/// What is shown for a character that is not shown as it is.
fn seen_as(c: char) -> Option<char> {
    Some(match c {
        '\t' => ' ',
        '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => '⏎',
        // The control pictures ␀ … ␟ stand in the order of what they picture.
        '\0'..='\u{1F}' => char::from_u32(0x2400 + u32::from(c)).unwrap_or(UNSEEN),
        '\u{7F}' => '␡',
        '\u{80}'..='\u{9F}' => UNSEEN,
        // Direction marks.
        '\u{61C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{206F}' => UNSEEN,
        // Characters without width, which make two equal-looking numbers differ.
        '\u{AD}' | '\u{180E}' | '\u{200B}' | '\u{2060}'..='\u{2065}' | '\u{FEFF}' => UNSEEN,
        '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E007F}' => UNSEEN,
        _ => return None,
    })
}

/// The columns a text takes.
pub(in crate::write) fn width(text: &str) -> usize {
    clean(text).width()
}

/// The text, cut to so many columns with an ellipsis where it is longer.
pub(in crate::write) fn cut(text: &str, columns: usize) -> String {
    let text = clean(text);
    if text.width() <= columns {
        return text.into_owned();
    }
    match columns {
        0 => String::new(),
        // No Chinese character fits beside the ellipsis.
        1 | 2 => "…".to_string(),
        _ => format!("{}…", head(&text, columns - 1)),
    }
}

/// The text, followed by spaces up to so many columns.
pub(in crate::write) fn pad(text: &str, columns: usize) -> String {
    let text = clean(text);
    let missing = columns.saturating_sub(text.width());
    format!("{text}{}", " ".repeat(missing))
}

/// The text in lines of at most so many columns.
///
/// Chinese breaks between any two characters but not before closing or after opening punctuation; words and numbers
/// stay whole unless they are longer than a line.
pub(in crate::write) fn wrap(text: &str, columns: usize) -> Vec<String> {
    let columns = columns.max(2);
    let mut lines = Vec::new();
    let mut line = String::new();
    for atom in atoms(&clean(text)) {
        if !line.is_empty() && line.width() + atom.trim_end().width() > columns {
            lines.push(line.trim_end().to_string());
            line.clear();
        }
        let mut rest = atom;
        while rest.trim_end().width() > columns {
            let first = head(rest, columns);
            lines.push(first.to_string());
            rest = &rest[first.len()..];
        }
        line.push_str(rest);
    }
    if !line.trim_end().is_empty() || lines.is_empty() {
        lines.push(line.trim_end().to_string());
    }
    lines
}

/// The longest beginning of at most so many columns, but never nothing.
fn head(text: &str, columns: usize) -> &str {
    let mut end = 0;
    for (at, c) in text.char_indices() {
        let next = at + c.len_utf8();
        if end > 0 && text[..next].width() > columns {
            break;
        }
        end = next;
    }
    &text[..end]
}

/// The pieces between which a line may break; spaces stand at the end of a piece.
fn atoms(text: &str) -> Vec<&str> {
    let mut atoms = Vec::new();
    let mut start = 0;
    let mut before: Option<char> = None;
    for (at, c) in text.char_indices() {
        if before.is_some_and(|before| may_break(before, c)) {
            atoms.push(&text[start..at]);
            start = at;
        }
        before = Some(c);
    }
    atoms.push(&text[start..]);
    atoms
}

fn may_break(before: char, after: char) -> bool {
    const OPENING: &str = "（《「『【〔“‘([{<";
    const CLOSING: &str = "，。；：、？！）》」』】〕”’…—,.;:?!)]}>%％";
    const JOINER: char = '\u{200D}';
    if after == ' ' || is_mark(after) || before == JOINER {
        return false;
    }
    before == ' '
        || ((is_wide(before) || is_wide(after)) && !OPENING.contains(before) && !CLOSING.contains(after))
}

fn is_wide(c: char) -> bool {
    c.encode_utf8(&mut [0; 4]).width() == 2
}

/// Whether a character only adds to the one before it.
fn is_mark(c: char) -> bool {
    c.encode_utf8(&mut [0; 4]).width() == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shows_what_a_terminal_would_obey() {
        assert_eq!(clean("a\u{1b}[31mb"), "a␛[31mb");
        assert_eq!(clean("第一行\r\n第二行\t完"), "第一行⏎第二行 完");
        assert_eq!(clean("12\u{202e}34\u{200b}\u{9b}2J"), "12�34��2J");
        assert_eq!(clean("普通 text"), "普通 text");
    }

    #[test]
    fn cuts_by_columns() {
        assert_eq!(cut("专利质量", 8), "专利质量");
        assert_eq!(cut("专利质量", 7), "专利质…");
        assert_eq!(cut("专利质量", 6), "专利…");
        assert_eq!((cut("专利质量", 2), cut("专利质量", 0)), ("…".to_string(), String::new()));
        assert_eq!(pad("专利", 6), "专利  ");
    }

    #[test]
    fn wraps_between_chinese_characters_and_keeps_words() {
        assert_eq!(wrap("专利号与申请号不符。", 8), ["专利号与", "申请号不", "符。"]);
        assert_eq!(wrap("见（一）及（二）项", 8), ["见（一）", "及（二）", "项"]);
        assert_eq!(wrap("application number missing", 12), ["application", "number", "missing"]);
        assert_eq!(wrap("abcdefgh", 3), ["abc", "def", "gh"]);
        assert_eq!(wrap("", 8), [""]);
    }

    #[test]
    fn no_line_is_wider_than_asked() {
        let text = "对照《专利法》第三十九条：CN201910000001.5，，，，，，，，，，👨‍👩‍👧 e\u{301}abcdef（（（（（（ 2020-05-12";
        for columns in 2..40 {
            for line in wrap(text, columns) {
                assert!(width(&line) <= columns, "{columns}: {line}");
            }
            assert!(width(&cut(text, columns)) <= columns);
        }
    }
}
