//! Words for people, in the two languages of the product.
//!
//! Chinese is the source language; English is the second. Whatever a clerk may read is a [`Text`], so that a
//! message can never exist in one language only.

use serde::{Deserialize, Serialize};

/// The language a report is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Lang {
    /// Plain Chinese, the default.
    #[default]
    Zh,
    /// English.
    En,
}

/// One message in both languages.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
pub struct Text {
    /// The Chinese wording.
    pub zh: String,
    /// The English wording.
    pub en: String,
}

impl Text {
    /// A message in both languages.
    pub fn new(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { zh: zh.into(), en: en.into() }
    }

    /// A word that is the same in both languages: a code, a number, a name.
    pub fn same(word: impl Into<String>) -> Self {
        let zh = word.into();
        Self { en: zh.clone(), zh }
    }

    /// The wording in `lang`; the Chinese one where no English was given.
    pub fn get(&self, lang: Lang) -> &str {
        match lang {
            Lang::En if !self.en.is_empty() => &self.en,
            _ => &self.zh,
        }
    }
}

/// Folds full-width letters, digits and punctuation to their ordinary forms (NFKC) and trims the ends.
///
/// Office staff type `１２３` and `（` as readily as `123` and `(`; headings, codes, numbers and dates are compared
/// after this fold.
pub fn fold(text: &str) -> String {
    use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfkc_quick};
    // Most texts, Chinese ones too, are folded already, and most of these can be told without a table.
    let is_plain =
        |c: char| c.is_ascii() || matches!(c, '\u{4e00}'..='\u{9fff}' | '、' | '。' | '·' | '《' | '》');
    if text.chars().all(is_plain) || is_nfkc_quick(text.chars()) == IsNormalized::Yes {
        return text.trim().to_string();
    }
    text.nfkc().collect::<String>().trim().to_string()
}

/// Whether a text folds to `folded`, which is folded.
pub(crate) fn folds_to(text: &str, folded: &str) -> bool {
    text == folded || if is_plain(text) { text.trim() == folded } else { fold(text) == folded }
}

/// Whether all characters of a text are beyond doubt what folding makes of them.
fn is_plain(text: &str) -> bool {
    let is_plain =
        |c: char| c.is_ascii() || matches!(c, '\u{4e00}'..='\u{9fff}' | '、' | '。' | '·' | '《' | '》');
    text.is_ascii() || text.chars().all(is_plain)
}

/// A code as codes are compared, however it was typed: folded, without spaces, in capitals.
pub fn fold_code(text: &str) -> String {
    fold(text).split_whitespace().collect::<String>().to_uppercase()
}

/// The candidate that `word` most likely meant, if one is near enough to be worth suggesting.
pub fn did_you_mean<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let length = word.chars().count();
    candidates
        .into_iter()
        .filter(|candidate| *candidate != word)
        .map(|candidate| {
            let distance = strsim::osa_distance(word, candidate);
            (distance, candidate)
        })
        .filter(|(distance, candidate)| {
            let longest = length.max(candidate.chars().count());
            // Half of a short word, a third of a long one: 专利台帐 → 专利台账, amout → amount.
            *distance * if longest <= 4 { 2 } else { 3 } <= longest
        })
        .min()
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn suggests_near_words_only() {
        assert_eq!(did_you_mean("专利台帐", ["商标台账", "专利台账"]), Some("专利台账"));
        assert_eq!(did_you_mean("grant_dat", ["grant_date", "status_date"]), Some("grant_date"));
        assert_eq!(did_you_mean("foo", ["grant_date"]), None);
    }

    #[test]
    fn folds_full_width() {
        assert_eq!(fold("　１２３（件） "), "123(件)");
        assert_eq!(fold(" 《国防专利条例》、示例·甲。"), "《国防专利条例》、示例·甲。");
        for (text, folded) in [("申请号 ", "申请号"), ("申请号（一）", "申请号(一)"), ("ＩＰＣ", "IPC")]
        {
            assert!(folds_to(text, folded) && !folds_to(text, "别的"), "{text}");
        }
        assert_eq!(fold_code("６２ 01　00"), "620100");
        assert_eq!(fold_code("ind-p０1 "), "IND-P01");
    }
}
