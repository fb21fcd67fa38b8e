//! The stretches of a text in which a mark or a clue could stand.
//!
//! Each holds one of a few characters. Only around these is a text folded, so that a long one costs little. A window
//! reaches so far that what is found in it is what would be found in the whole text.

use std::ops::Range;
use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind};

use crate::clues::BEFORE_NUMBER;
use crate::folded::{Folded, fold};
use crate::marks::TERM;

/// One of these is in every mark and every clue of words, before folding too.
const TRIGGERS: [&str; 9] = ["密", "宻", "要", "报", "報", "\u{2f857}", "防", "队", "隊"];

/// A table of states is the fastest on text that is full of bytes like those of the triggers, as Chinese is.
static SEARCH: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| {
    AhoCorasick::builder().kind(Some(AhoCorasickKind::DFA)).prefilter(false).build(TRIGGERS).ok()
});

/// How many folded characters a window holds on either side of a trigger, where there are so many: more than the longest
/// form takes, and what may stand before it.
const MARGIN: usize = 16;

/// A stretch of a text, folded.
pub(crate) struct Window {
    pub(crate) folded: Folded,
    /// Whether it is the whole text.
    pub(crate) whole: bool,
}

/// The places, in bytes, of what every mark and every clue of words holds.
pub(crate) fn triggers(text: &str) -> impl Iterator<Item = usize> + '_ {
    SEARCH.iter().flat_map(move |search| search.find_iter(text)).map(|found| found.start())
}

/// The windows of a text, in order; they do not overlap.
pub(crate) fn windows(text: &str) -> Vec<Window> {
    let mut stretches: Vec<Range<usize>> = Vec::new();
    for trigger in triggers(text) {
        let stretch = before(text, trigger)..after(text, trigger);
        match stretches.last_mut() {
            Some(last) if stretch.start <= last.end => last.end = last.end.max(stretch.end),
            _ => stretches.push(stretch),
        }
    }
    // Characters are counted from each window to the next.
    let (mut counted, mut chars) = (0, 0);
    let window = |stretch: Range<usize>| {
        chars += text[counted..stretch.start].chars().count();
        counted = stretch.start;
        let folded = Folded::stretch(&text[stretch.clone()], chars);
        Window { folded, whole: stretch == (0..text.len()) }
    };
    stretches.into_iter().map(window).collect()
}

/// Where the window of a trigger begins.
fn before(text: &str, trigger: usize) -> usize {
    let mut seen = 0;
    for (at, c) in text[..trigger].char_indices().rev() {
        fold(c, |_| seen += 1);
        if seen >= MARGIN {
            return at;
        }
    }
    0
}

/// Where the window of a trigger ends: not within what may go on for long, a term or what leads to a number.
fn after(text: &str, trigger: usize) -> usize {
    let mut seen = 0;
    let mut goes_on = true;
    for (at, c) in text[trigger..].char_indices() {
        if seen >= MARGIN && !goes_on {
            return trigger + at;
        }
        fold(c, |c| {
            seen += 1;
            goes_on = c.is_ascii_digit() || TERM.contains(c) || BEFORE_NUMBER.contains(c);
        });
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{clues, marks};

    /// Pieces that begin, end, continue or hide a mark or clue.
    const PIECES: [&str; 36] = [
        "绝密", "机密", "秘", "密", "級", "级", "★", "*", "5年", "长期", "：", ":", "密级", "（", "）", "【", "】", "国防专利", "国防",
        "内部通报", "密件", "数", "机要", "局", "某", "\n", " ", "\u{200b}", "1234567", "12345", "部队", "申请", "不得", "号", ",", "第",
    ];

    /// Against the whole text taken for one window.
    #[test]
    fn windows_show_what_the_whole_text_shows() {
        let mut seed = 7u32;
        let mut next = |bound: usize| {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (seed >> 8) as usize % bound
        };
        let mut found = 0;
        for _ in 0..30_000 {
            let mut text = String::new();
            for _ in 0..next(12) {
                text.push_str(PIECES[next(PIECES.len())]);
                if next(6) == 0 {
                    text.push_str(&"其他文字".repeat(next(8)));
                }
                if next(30) == 0 {
                    text.push_str(&" ".repeat(next(100)));
                }
            }
            let whole = [Window { folded: Folded::new(&text), whole: true }];
            let expected: Vec<_> = whole.iter().flat_map(marks::within).collect();
            assert_eq!(marks::find(&text), expected, "{text:?}");
            assert_eq!(clues::find(&text), clues::within(&text, &whole), "{text:?}");
            found += expected.len() + clues::find(&text).len();
        }
        assert!(found > 5_000, "{found}");
    }

    #[test]
    fn ordinary_text_has_no_window() {
        assert!(windows("一种苹果采摘装置,2020-05-12,有效").is_empty());
        let text = format!("{}主要{}", "字".repeat(1000), "字".repeat(1000));
        assert_eq!(windows(&text)[0].folded.chars().len(), 2 * MARGIN);
    }
}
