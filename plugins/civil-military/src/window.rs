//! The stretches of a text in which a mark or a clue could stand.
//!
//! Each holds one of a few characters. Only around these is a text folded, so that a long one costs little. A window
//! reaches so far that what is found in it is what would be found in the whole text.

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind, Match};

use crate::clues::BEFORE_NUMBER;
use crate::folded::{Folded, fold, simplify};
use crate::marks::TERM;

/// What every mark and every clue of words holds, before folding too: a character, and which folded ones stand before
/// or behind it.
const TRIGGERS: [(&str, &str, &str); 9] = [
    ("密", "绝机秘", "件"),
    ("宻", "绝机秘", "件"),
    ("要", "机", ""),
    ("报", "通", ""),
    ("報", "通", ""),
    ("\u{2f857}", "通", ""),
    ("防", "国", ""),
    ("队", "部", ""),
    ("隊", "部", ""),
];

/// A table of states is the fastest on text that is full of bytes like those of the triggers, as Chinese is.
static SEARCH: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| {
    let characters = TRIGGERS.map(|(character, ..)| character);
    AhoCorasick::builder().kind(Some(AhoCorasickKind::DFA)).prefilter(false).build(characters).ok()
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
    let found = SEARCH.iter().flat_map(move |search| search.find_iter(text));
    let is_trigger = |found: &Match| {
        let (_, before, behind) = TRIGGERS[found.pattern().as_usize()];
        let (left, right) = (&text[..found.start()], &text[found.end()..]);
        may_be(left.chars().next_back(), before)
            || (!behind.is_empty() && may_be(right.chars().next(), behind))
    };
    found.filter(is_trigger).map(|found| found.start())
}

/// Whether a neighbour may be one of these, or may hide one of these behind it.
fn may_be(neighbour: Option<char>, wanted: &str) -> bool {
    match neighbour {
        None => false,
        // In a cell of CSV it may be left out.
        Some('"') => true,
        // These show themselves, and are what they are once simplified.
        Some(c @ ('!'..='~' | '\u{4e00}'..='\u{9fff}')) => wanted.contains(simplify(c)),
        Some(_) => true,
    }
}

/// The windows of a text around these of its places, in order; they do not overlap.
pub(crate) fn windows<'t>(
    text: &'t str,
    triggers: impl Iterator<Item = usize> + 't,
) -> impl Iterator<Item = Window> + 't {
    let mut triggers = triggers.peekable();
    // Characters are counted from each window to the next.
    let (mut counted, mut chars) = (0, 0);
    std::iter::from_fn(move || {
        let first = triggers.next()?;
        let start = before(text, first);
        let mut end = after(text, first);
        while let Some(next) = triggers.next_if(|next| before(text, *next) <= end) {
            end = end.max(after(text, next));
        }
        chars += text[counted..start].chars().count();
        counted = start;
        let folded = Folded::stretch(&text[start..end], chars);
        Some(Window { folded, whole: start == 0 && end == text.len() })
    })
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
    use hegui_core::gate::Gate;

    use crate::{CivilMilitary, clues, marks};

    /// Pieces that begin, end, continue or hide a mark or clue.
    const PIECES: [&str; 39] = [
        "绝密",
        "机密",
        "秘",
        "密",
        "級",
        "级",
        "★",
        "*",
        "5年",
        "长期",
        "：",
        ":",
        "密级",
        "（",
        "）",
        "【",
        "】",
        "国防专利",
        "国防",
        "内部通报",
        "密件",
        "数",
        "机要",
        "局",
        "某",
        "\n",
        " ",
        "\u{200b}",
        "1234567",
        "12345",
        "部队",
        "申请",
        "不得",
        "号",
        ",",
        "第",
        "36.0000",
        "103.0000",
        "通",
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
            let whole = || Window { folded: Folded::new(&text), whole: true };
            let expected = marks::within(&whole());
            assert_eq!(marks::find(&text), expected, "{text:?}");
            let clues = clues::find(&text);
            let mut search = clues::Search::default();
            search.window(&whole());
            assert_eq!(clues, search.finish(&text), "{text:?}");
            // Quotes that a cell loses hide nothing from the traces.
            let quoted: String =
                text.chars().flat_map(|c| [Some(c), (next(5) == 0).then_some('"')]).flatten().collect();
            if CivilMilitary.traces(&quoted).unwrap().is_empty() {
                assert_eq!(CivilMilitary.inspect(&text), [], "{quoted:?}");
            }
            let traces = CivilMilitary.traces(&text).unwrap();
            for hit in CivilMilitary.inspect(&text) {
                let held = text.chars().skip(hit.offset).take(hit.length).map(char::len_utf8).sum::<usize>();
                let start = text.chars().take(hit.offset).map(char::len_utf8).sum::<usize>();
                assert!(traces.iter().any(|trace| (start..start + held).contains(trace)), "{text:?} {hit:?}");
            }
            found += expected.len() + clues.len();
        }
        assert!(found > 5_000, "{found}");
    }

    #[test]
    fn ordinary_text_has_no_window() {
        for text in
            ["一种苹果采摘装置,2020-05-12,有效", "一种密封装置,主要用于报警", "防护、车队、国际日报警"]
        {
            assert_eq!(triggers(text).count(), 0, "{text}");
        }
        let text = format!("{}机 要{}", "字".repeat(1000), "字".repeat(1000));
        let sizes: Vec<usize> =
            windows(&text, triggers(&text)).map(|window| window.folded.chars().len()).collect();
        assert_eq!(sizes, [2 * MARGIN]);
    }
}
