//! Chinese publication and announcement numbers (公开号, 授权公告号) as ZC 0007 and ZC 0008-2004 write them.
//!
//! A number is `CN`, seven digits (nine since 2007) of which the first tells the type of patent, and a letter
//! that tells the document: `CN118072873B`. The letter belongs to one type, so the two must agree.
//!
//! ZC 0008 also has kind codes of a letter and a digit, such as `C2`; a number with one of those is not read.

use crate::number::Kind;
use crate::text;

/// A well-formed number whose first digit and letter agree.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Publication {
    kind: Kind,
    digits: String,
    code: char,
}

/// The first part of a text that keeps it from being a publication number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PublicationProblem {
    /// It does not begin with `CN`.
    Country,
    /// Not one letter stands at the end, or one that is no kind code.
    Code,
    /// Between them are not seven or nine digits.
    Digits,
    /// The first digit stands for no type.
    Kind,
    /// The first digit stands for one type, the letter for another.
    Disagreement {
        /// What the first digit says.
        by_digit: Kind,
        /// What the letter says.
        by_code: Kind,
    },
}

/// Reads `text` as one number. Full-width forms count as ordinary ones, small letters as capitals; white space
/// does not count.
pub fn parse(text: &str) -> Result<Publication, PublicationProblem> {
    let plain = text::plain(text);
    let number = plain.strip_prefix("CN").ok_or(PublicationProblem::Country)?;
    let mut chars = number.chars();
    let code = chars.next_back().ok_or(PublicationProblem::Code)?;
    let by_code = kind_of_code(code).ok_or(PublicationProblem::Code)?;
    let digits = chars.as_str();
    if !matches!(digits.len(), 7 | 9) || !text::is_digits(digits) {
        return Err(PublicationProblem::Digits);
    }
    let by_digit = kind_of_digits(digits).ok_or(PublicationProblem::Kind)?;
    if by_digit != by_code {
        return Err(PublicationProblem::Disagreement { by_digit, by_code });
    }
    Ok(Publication { kind: by_digit, digits: digits.to_owned(), code })
}

impl Publication {
    /// The type of patent that it belongs to.
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// The letter at the end.
    pub fn code(&self) -> char {
        self.code
    }

    /// The number as it is usually printed: `CN118072873B`.
    pub fn normalised(&self) -> String {
        format!("CN{}{}", self.digits, self.code)
    }
}

/// The type whose documents bear the letter.
fn kind_of_code(code: char) -> Option<Kind> {
    match code {
        'A' | 'B' | 'C' => Some(Kind::Invention),
        'U' | 'Y' => Some(Kind::UtilityModel),
        'S' | 'D' => Some(Kind::Design),
        _ => None,
    }
}

/// The type that the first digit stands for. Unlike in application numbers, 8 and 9 do not occur.
fn kind_of_digits(digits: &str) -> Option<Kind> {
    match digits.bytes().next()? {
        b'1' => Some(Kind::Invention),
        b'2' => Some(Kind::UtilityModel),
        b'3' => Some(Kind::Design),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_the_type_by_digit_and_letter() {
        let cases = [(1, "ABC", Kind::Invention), (2, "UY", Kind::UtilityModel), (3, "SD", Kind::Design)];
        for (digit, codes, kind) in cases {
            for code in 'A'..='Z' {
                for tail in ["123456", "12345678"] {
                    let number = parse(&format!("CN{digit}{tail}{code}"));
                    let told = number.is_ok_and(|number| number.kind() == kind);
                    assert_eq!(told, codes.contains(code), "{digit} {code}");
                }
            }
        }
    }

    #[test]
    fn reads_other_writings() {
        for text in
            ["ＣＮ１０６８４４７７４Ａ", "cn106844774a", " CN 106844774\u{3000}A ", "\u{feff}CN106844774A"]
        {
            let number = parse(text).unwrap();
            assert_eq!((number.normalised().as_str(), number.code()), ("CN106844774A", 'A'), "{text}");
        }
    }

    #[test]
    fn names_the_part_at_fault() {
        use PublicationProblem::{Code, Country, Digits, Disagreement};
        let cases = [
            ("", Country),
            ("106844774A", Country),
            ("US106844774A", Country),
            ("CN", Code),
            ("CN106844774", Code),
            ("CN106844774E", Code),
            ("CN106844774号", Code),
            ("CN100378905C2", Code),
            ("CNA", Digits),
            ("CN10684477A", Digits),
            ("CN1068447745A", Digits),
            ("CN10684477.4A", Digits),
            ("CN106844774AB", Digits),
            ("CN一二A", Digits),
            ("CN806844774A", PublicationProblem::Kind),
            ("CN206844774A", Disagreement { by_digit: Kind::UtilityModel, by_code: Kind::Invention }),
            ("CN306844774U", Disagreement { by_digit: Kind::Design, by_code: Kind::UtilityModel }),
        ];
        for (text, problem) in cases {
            assert_eq!(parse(text), Err(problem), "{text}");
        }
    }
}
