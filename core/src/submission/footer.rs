//! What people write below the records for one another: totals, notes, who filled the form in.
//!
//! Such a row is no record. It is told from an incomplete record by fixed words in its first cell, and by what else it
//! holds: a row with its key filled in is always a record.

use super::cell::Raw;
use super::date::date;
use crate::text::{Text, fold};

/// The words of a row that adds up those above.
const TOTALS: [&str; 4] = ["合计", "总计", "小计", "共计"];

/// The words that a note begins with.
const NOTES: [&str; 28] = [
    "注",
    "备注",
    "附注",
    "说明",
    "填表说明",
    "填报说明",
    "填表人",
    "填报人",
    "制表人",
    "制表",
    "审核人",
    "复核人",
    "审批人",
    "负责人",
    "单位负责人",
    "填报单位",
    "填表单位",
    "单位盖章",
    "联系人",
    "联系电话",
    "电话",
    "数据来源",
    "资料来源",
    "制表日期",
    "填表日期",
    "填报日期",
    "报送日期",
    "日期",
];

/// What a row below the records is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Footer {
    /// A note that begins with this word.
    Note(&'static str),
    /// A further item of the note above it.
    Continuation,
    /// A row of totals by this word; whether it holds figures.
    Total(&'static str, bool),
}

/// What a column means to a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Weight {
    /// It names the record.
    Key,
    /// No record lacks it.
    Required,
    /// It may be blank, or is not used at all.
    Free,
}

impl Footer {
    /// Whether a row may be one if this is its first filled cell; said at a glance, so that few rows are looked at
    /// closely. `above` is the footer right above it.
    pub(super) fn may_begin(first: &Raw<'_>, above: Option<Self>) -> bool {
        let Raw::Text(text) = first else { return false };
        let Some(first) = text.trim_start().chars().next() else { return false };
        match first {
            // An item of a note above; every other footer begins with a word.
            _ if above.is_some() => true,
            '!'..='~' => false,
            // These are what they are when folded.
            '\u{4e00}'..='\u{9fff}' => TOTALS.iter().chain(&NOTES).any(|word| word.starts_with(first)),
            _ => true,
        }
    }

    /// What a row of these cells is, if it is no record: its filled cells from the left. `above` is the footer right
    /// above it.
    pub(super) fn recognise(cells: &[(Weight, &Raw<'_>)], above: Option<Self>) -> Option<Self> {
        let ((_, Raw::Text(first)), rest) = cells.split_first()? else { return None };
        let bare: String = fold(first).split_whitespace().collect();
        if let Some(word) = TOTALS.into_iter().find(|word| *word == bare) {
            let named = rest.iter().any(|(weight, _)| *weight == Weight::Key);
            return (!named).then_some(Self::Total(word, !rest.is_empty()));
        }
        if rest.is_empty() && matches!(above, Some(Self::Note(_) | Self::Continuation)) && is_item(&bare) {
            return Some(Self::Continuation);
        }
        let (word, mut open) = note(&bare)?;
        for (weight, raw) in rest {
            let label = match raw {
                Raw::Text(text) => note(&fold(text).split_whitespace().collect::<String>()),
                _ => None,
            };
            open = match (label, weight) {
                (Some((_, open)), _) => open,
                // A label alone is followed by what it asks for.
                (None, Weight::Required) if open => false,
                (None, Weight::Free) => false,
                // The day stands alone at the end of the line.
                (None, Weight::Required) if date(raw).is_some() => false,
                _ => return None,
            };
        }
        Some(Self::Note(word))
    }

    /// What the clerk is told. The note itself is not repeated: it may hold a name and a telephone number.
    pub(super) fn message(self, row: u32) -> Text {
        let (zh, en) = match self {
            Self::Note(word) => (format!("“{word}”视为表尾说明"), format!("`{word}` is taken for a note")),
            Self::Continuation => ("视为表尾说明".to_string(), "is taken for a note".to_string()),
            Self::Total(word, _) => {
                (format!("“{word}”视为合计行"), format!("`{word}` is taken for a row of totals"))
            }
        };
        let (tail_zh, tail_en) = match self {
            Self::Total(_, true) => {
                ("，未作为记录，其中的数没有核对", " and not for a record; its figures were not checked")
            }
            _ => ("，未作为记录", " and not for a record"),
        };
        Text::new(format!("第 {row} 行{zh}{tail_zh}"), format!("row {row} {en}{tail_en}"))
    }
}

/// The word of a note, and whether its colon ends the cell: `注：…`, `注1：…`, `单位负责人（签字）：`.
fn note(bare: &str) -> Option<(&'static str, bool)> {
    NOTES.into_iter().find_map(|word| {
        let rest = bare.strip_prefix(word)?.trim_start_matches(|c: char| c.is_ascii_digit());
        let rest = match rest.strip_prefix('(') {
            Some(bracket) => bracket.split_once(')')?.1,
            None => rest,
        };
        match rest.strip_prefix(':') {
            Some(text) => Some((word, text.is_empty())),
            // A record may well be called 说明; only a colon asks for something.
            None => rest.is_empty().then_some((word, false)),
        }
    })
}

/// `2.本表…`, `（3）…`, `④…` (which folds to `4…`): an item of a list.
fn is_item(bare: &str) -> bool {
    let text = bare.strip_prefix('(').unwrap_or(bare);
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let words = text[digits..].trim_start_matches(['.', '、', ')', ':', ',']);
    matches!(digits, 1..=2) && words.starts_with(|c: char| c.is_alphabetic() && !c.is_ascii())
}

#[cfg(test)]
mod tests {
    use super::*;

    const NONE: Option<Footer> = None;

    fn seen(cells: &[(Weight, &str)], above: Option<Footer>) -> Option<Footer> {
        let raws: Vec<Raw<'_>> = cells.iter().map(|(_, text)| Raw::Text((*text).into())).collect();
        let cells: Vec<_> = cells.iter().map(|(weight, _)| *weight).zip(&raws).collect();
        let seen = Footer::recognise(&cells, above);
        assert!(seen.is_none() || Footer::may_begin(&raws[0], above), "{raws:?}");
        seen
    }

    #[test]
    fn totals() {
        use Weight::{Free, Key, Required};
        assert_eq!(seen(&[(Key, "合 计"), (Required, "12")], NONE), Some(Footer::Total("合计", true)));
        assert_eq!(seen(&[(Free, "小计")], NONE), Some(Footer::Total("小计", false)));
        assert_eq!(seen(&[(Required, "总计"), (Key, "12")], NONE), None);
        assert_eq!(seen(&[(Key, "IND-P01"), (Required, "合计")], NONE), None);
        assert_eq!(seen(&[(Key, "合计专利"), (Required, "12")], NONE), None);
    }

    #[test]
    fn notes() {
        use Weight::{Free, Key, Required};
        for text in ["注：以上为年末数", "注1：甲", "备注: 乙", "单位负责人（签字）：", "制表日期"]
        {
            assert!(matches!(seen(&[(Key, text)], NONE), Some(Footer::Note(_))), "{text}");
        }
        for text in ["注册商标", "说明书", "日期不详", "备注栏见附件", ""] {
            assert_eq!(seen(&[(Key, text)], NONE), None, "{text}");
        }
        let signed =
            [(Key, "填表人：张三"), (Required, "审核人："), (Required, "李四"), (Required, "2021.3.5")];
        assert_eq!(seen(&signed, NONE), Some(Footer::Note("填表人")));
        assert_eq!(seen(&[(Required, "填表人："), (Key, "张三")], NONE), None);
        assert_eq!(seen(&[(Key, "说明"), (Required, "记录")], NONE), None);
        assert_eq!(seen(&[(Free, "注：甲"), (Required, "12")], NONE), None);
    }

    #[test]
    fn notes_of_several_rows() {
        let note = Some(Footer::Note("注"));
        for text in ["2.本表不含境外专利", "（3）本表为年末数", "④其他"] {
            assert_eq!(seen(&[(Weight::Key, text)], note), Some(Footer::Continuation), "{text}");
            assert_eq!(seen(&[(Weight::Key, text)], NONE), None, "{text}");
        }
        for text in ["201419209000.X", "2020.5", "99209000"] {
            assert_eq!(seen(&[(Weight::Key, text)], note), None, "{text}");
        }
    }
}
