//! What a person must look at before anything is processed: forms of words that may betray what must not be here.
//!
//! None of it proves a secret, and what is meant is never judged: a defence patent in a ledger of ordinary ones
//! (国防专利条例, art. 18, 28), a filing said to be top secret (art. 4), the number of a military unit, a pair of
//! coordinates. The package is held; nothing of the text is kept or returned.

use std::ops::Range;

use crate::folded::{Folded, starts_with};
use crate::window::{Window, triggers, windows};

/// Where something was found, counted in characters of the original text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Clue {
    /// What was found.
    pub kind: ClueKind,
    /// How many characters stand before it.
    pub offset_chars: usize,
    /// How many characters it spans.
    pub length_chars: usize,
}

/// What was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ClueKind {
    /// 国防专利 as a kind of patent (the whole text), or with a number behind it. Counts, statutes and services that name
    /// defence patents are left alone.
    DefencePatent,
    /// 绝密 and an application for a defence patent in one statement: a contradiction, and a leak if true.
    TopSecretFiling,
    /// Five digits and 部队.
    UnitNumber,
    /// Two numbers of four or more decimals that can be a latitude and a longitude of China.
    Coordinates,
}

impl ClueKind {
    /// The rule of the catalogue that it falls under.
    pub fn rule_id(self) -> &'static str {
        match self {
            Self::DefencePatent => "MCI-025",
            Self::TopSecretFiling => "MCI-008",
            Self::UnitNumber => "MCI-016",
            Self::Coordinates => "MCI-017",
        }
    }
}

/// Every clue in `text`, in order of place.
pub fn find(text: &str) -> Vec<Clue> {
    let mut search = Search::default();
    windows(text, triggers(text)).for_each(|window| search.window(&window));
    search.finish(text)
}

/// A search for clues, window by window.
#[derive(Default)]
pub(crate) struct Search {
    clues: Vec<Clue>,
    names_defence: bool,
    names_top_secret: bool,
}

impl Search {
    /// Looks at a window of the text.
    pub(crate) fn window(&mut self, window: &Window) {
        self.clues.extend(defence_patents(window));
        self.clues.extend(unit_numbers(&window.folded));
        let has = |word| places(window.folded.chars(), word).next().is_some();
        self.names_defence |= has(DEFENCE);
        self.names_top_secret |= has(TOP_SECRET);
    }

    /// Every clue in the text, once all its windows were looked at.
    pub(crate) fn finish(mut self, text: &str) -> Vec<Clue> {
        // What is said of the text as a whole asks for the whole, but only where its words occur.
        if self.names_defence && self.names_top_secret {
            self.clues.extend(top_secret_filing(&Folded::new(text)));
        }
        self.clues.extend(coordinates(text));
        self.clues.sort_by_key(|clue| clue.offset_chars);
        self.clues
    }
}

const DEFENCE: &str = "国防专利";
const TOP_SECRET: &str = "绝密";

/// What the kind of a patent is called where it stands alone.
const KINDS: [&str; 3] = ["国防专利", "国防发明专利", "国防"];

/// What may stand between the words and a number.
pub(crate) const BEFORE_NUMBER: &str = "申请授权号编码证书第:()NO.";

/// Fewer digits than this are an article, a year or a count.
const NUMBER_DIGITS: usize = 6;

fn defence_patents(window: &Window) -> Vec<Clue> {
    let folded = &window.folded;
    let chars = folded.chars();
    if window.whole
        && KINDS.iter().any(|kind| chars.len() == kind.chars().count() && starts_with(chars, kind))
    {
        return clue(folded, ClueKind::DefencePatent, 0..chars.len()).into_iter().collect();
    }
    let length = DEFENCE.chars().count();
    places(chars, DEFENCE)
        .filter_map(|at| {
            let rest = &chars[at + length..];
            let gap = rest.iter().take_while(|c| BEFORE_NUMBER.contains(**c)).count();
            let digits = rest[gap..].iter().take_while(|c| c.is_ascii_digit() || **c == '.').count();
            (digits >= NUMBER_DIGITS)
                .then(|| clue(folded, ClueKind::DefencePatent, at..at + length + gap + digits))?
        })
        .collect()
}

/// That a top-secret invention may *not* be filed is the statute itself.
fn top_secret_filing(folded: &Folded) -> Option<Clue> {
    let chars = folded.chars();
    let has = |word| places(chars, word).next().is_some();
    if !has(DEFENCE) || !has("申请") || has("不得") {
        return None;
    }
    let at = places(chars, TOP_SECRET).next()?;
    clue(folded, ClueKind::TopSecretFiling, at..at + TOP_SECRET.chars().count())
}

fn unit_numbers(folded: &Folded) -> Vec<Clue> {
    let chars = folded.chars();
    let is_digit = |at: usize| chars.get(at).is_some_and(char::is_ascii_digit);
    places(chars, "部队")
        .filter_map(|at| {
            let from = at.checked_sub(5)?;
            let five = (from..at).all(is_digit) && !from.checked_sub(1).is_some_and(is_digit);
            five.then(|| clue(folded, ClueKind::UnitNumber, from..at + 2))?
        })
        .collect()
}

/// A clue at a place of the folded text, at its place in the original.
fn clue(folded: &Folded, kind: ClueKind, place: Range<usize>) -> Option<Clue> {
    let (offset_chars, length_chars) = folded.original(place)?;
    Some(Clue { kind, offset_chars, length_chars })
}

fn places<'a>(chars: &'a [char], word: &'a str) -> impl Iterator<Item = usize> + 'a {
    (0..chars.len()).filter(move |at| starts_with(&chars[*at..], word))
}

/// What may stand between the two numbers of a pair, and how much of it.
const BETWEEN: &str = " ,，、;；/NESWnesw°度北纬东经:：";
const BETWEEN_MOST: usize = 6;
/// Separators of a table's columns: two figures side by side are no pair.
const COLUMNS: [&str; 3] = [",", ";", "\t"];

fn coordinates(text: &str) -> Vec<Clue> {
    let mut clues = Vec::new();
    // Characters are counted from each pair to the next.
    let (mut counted, mut chars) = (0, 0);
    let mut last: Option<Decimal> = None;
    for second in long_decimals(text) {
        if let Some(first) = last.replace(second.clone())
            && is_pair(text, &first, &second)
        {
            chars += text[counted..first.place.start].chars().count();
            counted = first.place.start;
            let length_chars = text[first.place.start..second.place.end].chars().count();
            clues.push(Clue { kind: ClueKind::Coordinates, offset_chars: chars, length_chars });
        }
    }
    clues
}

/// Whether two numbers, one behind the other, can be a latitude and a longitude.
fn is_pair(text: &str, first: &Decimal, second: &Decimal) -> bool {
    let Some(between) = text.get(first.place.end..second.place.start) else { return false };
    !between.is_empty()
        && between.chars().take(BETWEEN_MOST + 1).count() <= BETWEEN_MOST
        && between.chars().all(|c| BETWEEN.contains(c))
        && !COLUMNS.contains(&between)
        && (in_china(first.value, second.value) || in_china(second.value, first.value))
}

fn in_china(latitude: f64, longitude: f64) -> bool {
    (3.0..54.0).contains(&latitude) && (73.0..136.0).contains(&longitude)
}

/// A number with many decimals, and the bytes it takes.
#[derive(Debug, Clone)]
struct Decimal {
    place: Range<usize>,
    value: f64,
}

/// Numbers of one to three digits, a point and at least four digits, in order.
fn long_decimals(text: &str) -> impl Iterator<Item = Decimal> + '_ {
    let bytes = text.as_bytes();
    // A digit belongs to one number only: the 2 of 1.2.3456 to the first.
    let mut taken = 0;
    memchr::memchr_iter(b'.', bytes).filter_map(move |point| {
        let whole = bytes[taken..point].iter().rev().take_while(|byte| byte.is_ascii_digit()).count();
        let decimals = bytes[point + 1..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        if whole == 0 || decimals == 0 {
            return None;
        }
        let place = point - whole..point + 1 + decimals;
        taken = place.end;
        let is_long = whole <= 3 && decimals >= 4;
        let value = is_long.then(|| text.get(place.clone())?.parse().ok()).flatten()?;
        Some(Decimal { place, value })
    })
}

/// Points that may belong to such numbers, here or once quotes are left out.
pub(crate) fn points(text: &str) -> impl Iterator<Item = usize> + '_ {
    let bytes = text.as_bytes();
    let is_quote = |byte: &&u8| **byte == b'"';
    memchr::memchr_iter(b'.', bytes).filter(move |point| {
        let before = bytes[..*point].iter().rev().find(|byte| !is_quote(byte));
        let after = bytes[point + 1..].iter().filter(|byte| !is_quote(byte)).take(4);
        before.is_some_and(u8::is_ascii_digit) && after.filter(|byte| byte.is_ascii_digit()).count() == 4
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(text: &str) -> Vec<ClueKind> {
        find(text).iter().map(|clue| clue.kind).collect()
    }

    #[test]
    fn finds_the_forms() {
        use ClueKind::{Coordinates, DefencePatent, TopSecretFiling, UnitNumber};
        for (text, kind) in [
            ("国防专利", DefencePatent),
            (" 國防 专利\n", DefencePatent),
            ("国防", DefencePatent),
            ("国防专利号：200000000000", DefencePatent),
            ("该项为国防专利（申请号 00000000.0）", DefencePatent),
            ("绝密项目已提出国防专利申请", TopSecretFiling),
            ("某某 １２３４５ 部队", UnitNumber),
            ("12345部队", UnitNumber),
            ("36.0000N, 103.0000E", Coordinates),
            ("东经103.12345，北纬36.12345", Coordinates),
        ] {
            assert_eq!(kinds(text), [kind], "{text}");
        }
        let found = find("驻地12345部队").remove(0);
        assert_eq!((found.offset_chars, found.length_chars), (2, 7));
    }

    #[test]
    fn leaves_ordinary_words_alone() {
        for text in [
            "国防专利受理服务次数",
            "受理国防专利咨询 12 次",
            "国防专利条例第28条",
            "承办国防教育宣传活动 2 次",
            "绝密级国家秘密不得申请国防专利",
            "2020部队",
            "1234567部队",
            "慰问驻地部队",
            "35.1234,103.5678",
            "0.1234, 0.5678",
            "3.1416 和 103.1234",
            "每万人 12.34 件，比上年 10.12 件多",
            "版本 10.12345.103.45678",
        ] {
            assert_eq!(kinds(text), [], "{text}");
        }
    }
}
