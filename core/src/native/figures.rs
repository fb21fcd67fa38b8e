//! Numbers in running text: what an explanation claims in words.

use crate::text::fold;
use crate::value::Decimal;

/// How many characters may stand between the word and its number.
const REACH: usize = 12;

/// The numbers that follow one of the words `after` and are followed at once by `before`, in order of place. The words are
/// folded already.
pub(super) fn find(text: &str, after: &[String], before: &str) -> Vec<Decimal> {
    let text = fold(text);
    let mut ends: Vec<usize> = after
        .iter()
        .filter(|word| !word.is_empty())
        .flat_map(|word| text.match_indices(word.as_str()).map(|(at, found)| at + found.len()))
        .collect();
    ends.sort_unstable();
    let mut starts: Vec<usize> = ends.into_iter().filter_map(|end| number_from(&text, end)).collect();
    // Of two words before one number, such as 增长 and 增长了, the number counts once.
    starts.dedup();
    let number = |start: usize| {
        let rest = &text[start..];
        let length = rest.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(rest.len());
        let follows = rest[length..].trim_start().starts_with(before);
        if follows { rest[..length].parse().ok() } else { None }
    };
    starts.into_iter().filter_map(number).collect()
}

/// Where the number that belongs to the word before `end` begins, if there is one.
fn number_from(text: &str, end: usize) -> Option<usize> {
    for (at, c) in text[end..].char_indices().take(REACH + 1) {
        if c.is_ascii_digit() {
            return Some(end + at);
        }
        if is_stop(c) {
            return None;
        }
    }
    None
}

/// Whether what stands behind this character belongs to another statement.
fn is_stop(c: char) -> bool {
    matches!(c, '。' | ',' | ';' | '、' | '!' | '?' | '(' | ')' | '\n')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn times(text: &str) -> Vec<String> {
        let words = ["增长".to_string(), "增长了".to_string()];
        find(text, &words, "倍").iter().map(ToString::to_string).collect()
    }

    #[test]
    fn finds_what_is_claimed() {
        assert_eq!(times("比“十一五”末增长了3.53倍"), ["3.53"]);
        assert_eq!(times("申请增长3.5倍，授权增长 ２.８ 倍。"), ["3.5", "2.8"]);
        assert_eq!(times("增长幅度为上年的3倍"), ["3"]);
    }

    #[test]
    fn leaves_what_is_not() {
        assert!(times("是2010年的3.53倍").is_empty());
        assert!(times("增长12%").is_empty());
        assert!(times("增长明显，是上年的3倍").is_empty());
        assert!(times("增长到2015年末的3倍").is_empty());
        assert!(times("增长1.2.3倍").is_empty());
        assert!(times("增长").is_empty());
    }
}
