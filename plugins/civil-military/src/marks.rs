//! State-secret marks (国家秘密标志) in a piece of text, found by their form and never by their meaning.
//!
//! The 1990 rules on marks fix the form (art. 4): level, star, term. In a submission a mark is
//! wrong either way, since only a state secret may bear one (保守国家秘密法, art. 22). What merely looks like
//! a mark, or names a secret source, is found too: see [`MarkKind`].
//!
//! The text is folded first: full-width and circled forms (NFKC), traditional characters, white space, line
//! breaks, invisible characters, so that none of them hides a mark. Nothing of the text is kept or returned.
//!
//! Quoted level words (a brand, a film) and words such as 保密审查 are no marks. A trade secret (商业秘密) with
//! a star or an asterisk behind it is found like any other: its form is that of a mark.

use std::ops::Range;

use crate::folded::{Folded, starts_with};
use crate::window::{Window, triggers, windows};

/// Where something was found, counted in characters of the original text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Mark {
    /// What was found.
    pub kind: MarkKind,
    /// How many characters stand before it.
    pub offset_chars: usize,
    /// How many characters it spans; a term after the star is not counted.
    pub length_chars: usize,
}

/// What was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MarkKind {
    /// A level (绝密, 机密, 秘密) and `★`, with or without a term: the fixed form.
    Mark,
    /// A level in another form: with another star or an asterisk; with 级 before the star; in brackets, as old
    /// paragraph marks are (art. 5); after `密级：`; before a colon at the head of a line; or as the whole text.
    Lookalike,
    /// 国防专利内部通报 or 密件. Parts (精密件), encryption (加密件), counts (涉密件数) and blind copies (密件抄送)
    /// are left alone.
    Periodical,
    /// 机要, alone or in an office, a channel or a document (机要局, 机要文件): its form does not tell whether it is
    /// a source of data. Text that only runs across it (手机要求) is left alone.
    SourceWord,
}

impl MarkKind {
    /// The rule of the catalogue that it falls under.
    pub fn rule_id(self) -> &'static str {
        match self {
            Self::Mark | Self::Lookalike => "MCI-001",
            Self::Periodical | Self::SourceWord => "MCI-002",
        }
    }

    /// Whether processing stops at once; what does not stop is held for a person.
    pub fn stops(self) -> bool {
        matches!(self, Self::Mark | Self::Periodical)
    }
}

/// Everything in `text` that has the form of a mark or names a secret source, in order of place.
pub fn find(text: &str) -> Vec<Mark> {
    windows(text, triggers(text)).flat_map(|window| within(&window)).collect()
}

/// The marks in one window of a text.
pub(crate) fn within(window: &Window) -> Vec<Mark> {
    let folded = &window.folded;
    let (mut marks, mut at) = (Vec::new(), 0);
    while at < folded.chars().len() {
        match folded.hit(at) {
            Some((kind, place)) => {
                at = place.end;
                marks.extend(folded.mark(kind, place));
            }
            None => at += 1,
        }
    }
    marks
}

/// What is typed or pasted for `★`, after folding.
const LOOKALIKE_STARS: &str = "☆⭐🌟🟊⭑⭒✩✪✫✬✭✮✯✰✦✧✡✱✲✳✴✵✶✷✸✹✺⋆∗⁎*٭꙳※⚝⛤⛥⛦⛧🌠";

const OPEN: &str = "([{【〔〖〘⟦";
const CLOSE: &str = ")]}】〕〗〙⟧";

/// What a term is made of, after folding.
pub(crate) const TERM: &str = "0123456789年月日个长長期,.:、·-";

/// The periodical of the defence patent office, itself a state secret (国防专利条例, art. 28).
const PERIODICAL: &str = "国防专利内部通报";

/// Before 密件: the first half of another word (精密, 加密, …).
const OTHER_WORDS: &str = "精加紧严周细致稠浓解";

/// Before 机要: what lets a new word begin, apart from anything that is no ideograph.
const BEFORE_WORD: &str = "自据于由经过从用按的和与及或以向是属为家央省市州县区委府厅部局办党军";

/// After 机要: what makes it an office, a channel or a document.
const AFTER_WORD: &str = "文件 件 通信 通报 交通 交换 局 室 处 科 员 秘书 刊 材料 资料 渠道 档案 电 密 保密 邮 寄 \
    部门 人员 工作 信息 来源 编号";

impl Folded {
    /// What begins at `at`, and the folded characters it takes; these may begin earlier, with a bracket.
    fn hit(&self, at: usize) -> Option<(MarkKind, Range<usize>)> {
        let (before, after) = self.chars().split_at_checked(at)?;
        let periodical = |length| Some((MarkKind::Periodical, at..at + length));
        match after {
            ['绝' | '机' | '秘', '密', rest @ ..] => self.level(before, rest),
            ['国', '防', ..] if starts_with(after, PERIODICAL) => periodical(PERIODICAL.chars().count()),
            ['密', '件', '数' | '數', ..] | ['密', '件', '抄', '送', ..] => None,
            ['密', '件', ..] if !before.last().is_some_and(|c| OTHER_WORDS.contains(*c)) => periodical(2),
            ['机', '要', rest @ ..] => {
                let begins = before.last().is_none_or(|c| !is_ideograph(*c) || BEFORE_WORD.contains(*c));
                let alone = rest.first().is_none_or(|c| !is_ideograph(*c));
                let compound = || AFTER_WORD.split(' ').any(|word| starts_with(rest, word));
                (begins && (alone || compound())).then_some((MarkKind::SourceWord, at..at + 2))
            }
            _ => None,
        }
    }

    /// Judges a level by what stands `before` it and `after` it.
    fn level(&self, before: &[char], after: &[char]) -> Option<(MarkKind, Range<usize>)> {
        let start = before.len();
        let (end, after) = match after {
            ['★', ..] => return Some((MarkKind::Mark, start..start + 3)),
            ['级', rest @ ..] => (start + 3, rest),
            _ => (start + 2, after),
        };
        let next = after.first();
        let behind_term = after.iter().find(|c| !TERM.contains(**c));
        let term = after.iter().take_while(|c| TERM.contains(**c)).count();
        let line_head = self.begins_line(start);
        let labelled = before.strip_suffix(&[':']).unwrap_or(before).ends_with(&['密', '级']);
        let bracketed = before.last().is_some_and(|c| OPEN.contains(*c))
            && behind_term.is_some_and(|c| CLOSE.contains(*c));

        let place = if next.is_some_and(|c| *c == '★' || LOOKALIKE_STARS.contains(*c)) {
            start..end + 1
        } else if bracketed {
            start - 1..end + term + 1
        } else if labelled
            || (line_head && next == Some(&':'))
            || (before.is_empty() && behind_term.is_none())
        {
            start..end
        } else {
            return None;
        };
        Some((MarkKind::Lookalike, place))
    }

    /// Turns places in the folded text into places in the original.
    fn mark(&self, kind: MarkKind, place: Range<usize>) -> Option<Mark> {
        let (offset_chars, length_chars) = self.original(place)?;
        Some(Mark { kind, offset_chars, length_chars })
    }
}

fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    const VECTORS: &str = include_str!("../vectors/secrecy_marks.csv");

    fn kinds(text: &str) -> Vec<MarkKind> {
        find(text).iter().map(|mark| mark.kind).collect()
    }

    fn places(text: &str) -> Vec<(usize, usize)> {
        find(text).iter().map(|mark| (mark.offset_chars, mark.length_chars)).collect()
    }

    #[test]
    fn judges_every_vector() {
        for row in csv::Reader::from_reader(VECTORS.as_bytes()).records() {
            let row = row.unwrap();
            let verdict = match kinds(&row[1])[..] {
                [kind] if kind.stops() => "HIT",
                [_] => "HIT(review)",
                _ => "NO",
            };
            assert_eq!(verdict, row[2].replace("NO(review)", "NO"), "{row:?}");
        }
    }

    #[test]
    fn sees_through_what_hides_a_mark() {
        for gap in "\n;\r\n;\t;\u{a0};\u{3000};\u{200b};\u{feff};\u{ad};\u{fe0f};\0".split(';') {
            let text = format!("表{gap}绝{gap}密{gap}★{gap}5年");
            let width = gap.chars().count();
            assert_eq!(
                (kinds(&text), places(&text)),
                (vec![MarkKind::Mark], vec![(1 + width, 3 + 2 * width)])
            );
        }
        assert_eq!(kinds("絕密★、㊙宻★、密级：机密★"), [MarkKind::Mark; 3]);
    }

    #[test]
    fn holds_lookalikes_for_a_person() {
        let texts = "机密☆;秘密⭐\u{fe0f};绝密＊;秘密级★10年;（机密）;【绝密】;〔秘密〕;[秘密];（秘密 10 年）;\
            (絕密級);密级：机密;某表\n 绝密：;机密;秘密10年";
        for text in texts.split(';') {
            assert_eq!(kinds(text), [MarkKind::Lookalike], "{text}");
        }
        assert_eq!(places("附：（秘密）数据"), [(2, 4)]);
    }

    #[test]
    fn finds_secret_sources() {
        use MarkKind::{Periodical, SourceWord};
        assert_eq!(kinds("見《國防專利 內部通報》，据密件"), [Periodical; 2]);
        assert_eq!(kinds("机要文件、省委机要局、来源：机要"), [SourceWord; 3]);
        assert_eq!((SourceWord.rule_id(), MarkKind::Mark.rule_id()), ("MCI-002", "MCI-001"));
    }

    #[test]
    fn leaves_ordinary_words_alone() {
        let texts = ";★;商业秘密保护;一种手机要求、发动机要件;本机要点，机要求高;精密件加工;涉密件数 0;密件抄送;计算机密码*;\
            保密期限★;侵犯商业秘密：3 件;《秘密》;“绝密”;国防专利通报;各部门秘密（略）;重要通报";
        for text in texts.split(';') {
            assert_eq!(kinds(text), [], "{text}");
        }
    }
}
