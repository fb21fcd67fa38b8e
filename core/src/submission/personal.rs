//! Numbers that belong to a person and have no place in a submission: of identity cards and mobile telephones
//! (统计法 art. 28; the form of GB 11643). What is found is neither repeated nor handed to any rule.

use super::cell::Raw;
use crate::schema::FieldType;
use crate::text::{Text, fold};
use crate::value::Date;

/// What stands for a cell that held such a number, wherever the cell would be shown.
pub(super) const WITHHELD: &str = "（个人信息，不显示）";

/// A sort of number that belongs to a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Personal {
    /// The number of an identity card: 18 characters, a place, a day of birth and a right check character.
    IdentityCard,
    /// A mobile telephone number: eleven digits that begin with 13 to 19.
    Mobile,
}

impl Personal {
    /// The word for people.
    pub(super) fn label(self) -> Text {
        match self {
            Self::IdentityCard => Text::new("居民身份证号码", "the number of an identity card"),
            Self::Mobile => Text::new("手机号码", "a mobile telephone number"),
        }
    }
}

/// What belongs to a person in a cell that is to hold text. A number among numbers is a figure, whatever its digits.
pub(super) fn find(ty: &FieldType, raw: &Raw<'_>) -> Option<Personal> {
    match (ty, raw) {
        (FieldType::List(item), Raw::List(items)) => items.iter().find_map(|raw| find(item, raw)),
        (FieldType::List(item), raw) => find(item, raw),
        (FieldType::Object(_), Raw::Object(entries)) => {
            entries.iter().find_map(|(_, raw)| find(&FieldType::Text, raw))
        }
        (FieldType::Text | FieldType::Term(_), Raw::Text(text)) => in_text(text),
        (FieldType::Text | FieldType::Term(_), Raw::Integer(number)) => in_text(&number.to_string()),
        (FieldType::Text | FieldType::Term(_), Raw::Float(number)) => in_text(&number.to_string()),
        _ => None,
    }
}

/// What belongs to a person anywhere in a cell that could not be read, and would be shown as it stands.
pub(super) fn anywhere(raw: &Raw<'_>) -> Option<Personal> {
    match raw {
        Raw::List(items) => items.iter().find_map(anywhere),
        Raw::Object(entries) => {
            entries.iter().find_map(|(name, raw)| in_text(name).or_else(|| anywhere(raw)))
        }
        raw => in_text(&raw.shown()),
    }
}

/// A name or text of the file as it may be shown.
pub(super) fn shown(text: String) -> String {
    if in_text(&text).is_some() { WITHHELD.to_string() } else { text }
}

/// What belongs to a person in a text.
pub(super) fn in_text(text: &str) -> Option<Personal> {
    // Most cells hold no eleven digits, and are not looked at further.
    if text.is_ascii() {
        let digits = text.bytes().filter(u8::is_ascii_digit).count();
        return if digits < MOBILE { None } else { in_folded(text) };
    }
    // No ideograph is a digit, and most that is not ASCII is one.
    let is_digit = |c: &char| !matches!(c, '\u{4e00}'..='\u{9fff}') && c.is_numeric();
    if text.chars().filter(is_digit).count() < MOBILE {
        return None;
    }
    in_folded(&fold(text))
}

fn in_folded(text: &str) -> Option<Personal> {
    // Letters and digits beside a number make it another.
    let runs = text.split(|c: char| !(c.is_ascii_alphanumeric() || c == ' ' || c == '-'));
    runs.filter(|run| run.len() >= MOBILE).find_map(in_run)
}

/// How people group the digits of these numbers. Other numbers side by side, such as a day and a count, are not joined.
const GROUPINGS: [&[usize]; 5] = [&[MOBILE], &[3, 4, 4], &[3, 8], &[CARD], &[6, 8, 4]];

fn in_run(run: &str) -> Option<Personal> {
    // The last words, the newest behind.
    let mut last = [""; 3];
    for word in run.split([' ', '-']) {
        last.rotate_left(1);
        last[2] = word;
        let found = GROUPINGS.iter().find_map(|grouping| {
            let words = &last[last.len() - grouping.len()..];
            let grouped = words.iter().map(|word| word.len()).eq(grouping.iter().copied());
            if grouped { of(&words.concat()) } else { None }
        });
        if found.is_some() {
            return found;
        }
    }
    None
}

const MOBILE: usize = 11;
const CARD: usize = 18;

fn of(word: &str) -> Option<Personal> {
    let digits: Vec<u32> = word.chars().map_while(|c| c.to_digit(10)).collect();
    match (word.len(), digits.len()) {
        (MOBILE, MOBILE) if digits[0] == 1 && digits[1] >= 3 => Some(Personal::Mobile),
        (CARD, 17 | CARD) if is_card(word, &digits[..17]) => Some(Personal::IdentityCard),
        _ => None,
    }
}

/// GB 11643: the first two digits of a province, the day of birth, and the check character by ISO 7064 MOD 11-2.
fn is_card(word: &str, digits: &[u32]) -> bool {
    const PROVINCES: [&str; 34] = [
        "11", "12", "13", "14", "15", "21", "22", "23", "31", "32", "33", "34", "35", "36", "37", "41", "42",
        "43", "44", "45", "46", "50", "51", "52", "53", "54", "61", "62", "63", "64", "65", "71", "81", "82",
    ];
    const CHECK: [char; 11] = ['1', '0', 'X', '9', '8', '7', '6', '5', '4', '3', '2'];
    let sum = digits.iter().fold(0, |sum, digit| (sum * 2 + digit) % 11) * 2 % 11;
    let born = |range: std::ops::Range<usize>| word[range].parse::<i16>().unwrap_or_default();
    let (year, month, day) = (born(6..10), born(10..12), born(12..14));
    let real = i8::try_from(month)
        .and_then(|month| Ok((month, i8::try_from(day)?)))
        .is_ok_and(|(month, day)| Date::new(year, month, day).is_ok());
    PROVINCES.contains(&&word[..2])
        && (1900..2100).contains(&year)
        && real
        && word.chars().last().map(|c| c.to_ascii_uppercase()) == Some(CHECK[sum as usize])
}

#[cfg(test)]
mod tests {
    use super::*;

    // Constructed: there is no division 629999, so nobody's number begins with it.
    #[test]
    fn finds_identity_cards() {
        let number = card("62999919000101001");
        let wide: String = number.chars().map(|c| char::from_u32(c as u32 + 0xFEE0).unwrap()).collect();
        for text in [number.clone(), format!("身份证{number}"), format!("{number}，负责人"), wide] {
            assert_eq!(in_text(&text), Some(Personal::IdentityCard), "{text}");
        }
        let spaced = card("62999919000101002");
        let spaced = format!("{} {} {}", &spaced[..6], &spaced[6..14], &spaced[14..]);
        assert_eq!(in_text(&spaced), Some(Personal::IdentityCard));
    }

    #[test]
    fn finds_mobile_numbers() {
        for text in ["13800000000", "电话：138 0000 0000", "联系人示例甲，199-0000-0000。"] {
            assert_eq!(in_text(text), Some(Personal::Mobile), "{text}");
        }
    }

    #[test]
    fn leaves_other_numbers() {
        let wrong_check =
            format!("62999919000101001{}", if last("62999919000101001") == "1" { "2" } else { "1" });
        for text in [
            wrong_check.as_str(),
            "91620102YYYY00055L",
            "12620000438000000X",
            "202110820578.1",
            "ZL202110820578.1",
            "13800000000000",
            "A13800000000",
            "12800000000",
            "2020年12月31日至2021年12月31日",
            "报告期 2020-01-01 2020-12-31",
            "629999190013010011",
        ] {
            assert_eq!(in_text(text), None, "{text}");
        }
    }

    #[test]
    fn figures_are_figures() {
        assert_eq!(find(&FieldType::Decimal, &Raw::Text("13800000000".into())), None);
        assert_eq!(find(&FieldType::Text, &Raw::Integer(13_800_000_000)), Some(Personal::Mobile));
    }

    fn last(digits: &str) -> String {
        let sum = digits.chars().fold(0, |sum, c| (sum * 2 + c.to_digit(10).unwrap()) % 11) * 2 % 11;
        ["1", "0", "X", "9", "8", "7", "6", "5", "4", "3", "2"][sum as usize].to_string()
    }

    fn card(digits: &str) -> String {
        format!("{digits}{}", last(digits))
    }
}
