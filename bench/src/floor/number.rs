//! Application numbers (ZC 0006-2003).

use super::columns::Kind;
use super::fold::fold;

/// What there is to know of an application number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Number {
    /// How many digits it has without the check character: 8 or 12; 0 where it is malformed or its year impossible.
    pub(super) digits: u8,
    /// The year of acceptance.
    pub(super) year: u16,
    /// The type that its kind digit stands for; none for a digit of no public kind.
    pub(super) kind: Option<Kind>,
    /// The check character that the digits call for.
    pub(super) expected: u8,
    /// The check character as written; 0 where it was left out.
    pub(super) written: u8,
    /// Whether `ZL` stands in front of everything.
    pub(super) zl: bool,
}

const WEIGHTS: [u32; 12] = [2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5];

impl Number {
    /// Reads one; `folded` is space to work in.
    pub(super) fn parse(text: &[u8], folded: &mut Vec<u8>) -> Self {
        let text = fold(text, folded);
        let zl = text.starts_with(b"ZL");
        let malformed = Self { digits: 0, year: 0, kind: None, expected: 0, written: 0, zl };
        let text = text.strip_prefix(b"CN").unwrap_or(text);
        let text = text.strip_prefix(b"ZL").unwrap_or(text);

        let count = text.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let (digits, rest) = text.split_at(count);
        let (digits, written) = match (count, rest) {
            (8 | 12, []) => (digits, 0),
            (9 | 13, []) => (&digits[..count - 1], digits[count - 1]),
            (8 | 12, [b'X'] | [b'.', b'X']) => (digits, b'X'),
            (8 | 12, [b'.', check]) if check.is_ascii_digit() => (digits, *check),
            _ => return malformed,
        };
        let number = |digits: &[u8]| digits.iter().fold(0, |n, digit| n * 10 + u16::from(digit - b'0'));
        let (year, kind_digit) = match digits {
            [year @ .., kind, _, _, _, _, _, _, _] if digits.len() == 12 => (number(year), *kind),
            [y1, y2, kind, ..] => (number(&[*y1, *y2]), *kind),
            _ => return malformed,
        };
        let year = match (digits.len(), year) {
            (12, 2003..=2999) => year,
            (8, 85..=99) => 1900 + year,
            (8, 0..=3) => 2000 + year,
            _ => return malformed,
        };
        let sum: u32 =
            digits.iter().zip(WEIGHTS).map(|(digit, weight)| u32::from(digit - b'0') * weight).sum();
        Self {
            digits: if digits.len() == 12 { 12 } else { 8 },
            year,
            kind: Kind::of_digit(kind_digit),
            expected: b"0123456789X"[sum as usize % 11],
            written,
            zl,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Number {
        Number::parse(text.as_bytes(), &mut Vec::new())
    }

    #[test]
    fn reads_every_writing() {
        for text in ["202220769416.X", "ＺＬ 2022 2 0769416.x", "CN20222 0769416X", "cnzl202220769416.X"] {
            let number = parse(text);
            assert_eq!(
                (number.digits, number.year, number.kind),
                (12, 2022, Some(Kind::UtilityModel)),
                "{text}"
            );
            assert_eq!((number.expected, number.written), (b'X', b'X'), "{text}");
        }
        let number = parse("CN03141546.6");
        assert_eq!((number.digits, number.year, number.expected, number.written), (8, 2003, b'6', b'6'));
        assert_eq!(parse("2017106018623").written, b'3');
        assert_eq!(parse("202110975685").written, 0);
        assert_eq!(parse("202156781234.0").kind, None);
    }

    #[test]
    fn refuses_what_is_malformed() {
        for text in [
            "20211082057",
            "2.01419E+11",
            "101610203352.6",
            "202110820578.",
            "202110820578.12",
            "04100001",
            "",
        ] {
            assert_eq!(parse(text).digits, 0, "{text}");
        }
    }

    #[test]
    fn tells_the_prefix() {
        assert!(parse("ＺＬ 202110820578.1").zl);
        assert!(!parse("CNZL202110820578.1").zl);
    }
}
