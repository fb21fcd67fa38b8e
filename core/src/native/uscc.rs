//! Unified social credit codes (统一社会信用代码), GB 32100-2015.
//!
//! Eighteen characters: the department that registered the body (1), the category of the body (1), the
//! division of the registering office (6 digits, GB/T 2260), the organisation code (9, GB 11714) and a check
//! character. The letters I, O, S, V and Z are not used.

use unicode_normalization::UnicodeNormalization;

/// A code whose form and check character agree with the standard.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Uscc(String);

/// The first thing that keeps a text from being a code. Positions count from 1, as the standard does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum UsccProblem {
    /// The text has not eighteen characters.
    Length {
        /// How many it has.
        found: usize,
    },
    /// A character that may not stand in its place.
    Character {
        /// Its place in the code.
        position: usize,
    },
    /// No department registers under the first character.
    Department,
    /// The check character is not the one that the other seventeen call for.
    Checksum {
        /// The one they call for.
        expected: char,
    },
}

/// Judges `text`, after folding full-width forms (NFKC), trimming, and turning small letters into capitals.
pub fn check(text: &str) -> Result<Uscc, UsccProblem> {
    let code = text.nfkc().collect::<String>().trim().to_ascii_uppercase();
    let found = code.chars().count();
    if found != LENGTH {
        return Err(UsccProblem::Length { found });
    }
    if let Some((position, _)) = (1..).zip(code.chars()).find(|(position, c)| !fits(*position, *c)) {
        return Err(UsccProblem::Character { position });
    }
    if !code.starts_with(DEPARTMENTS) {
        return Err(UsccProblem::Department);
    }
    let expected = check_character(&code);
    if !code.ends_with(expected) {
        return Err(UsccProblem::Checksum { expected });
    }
    Ok(Uscc(code))
}

impl Uscc {
    /// The code in its plain form.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The division of the registering office: six digits of GB/T 2260. It is not always where the body sits.
    pub fn region(&self) -> &str {
        self.0.get(2..8).unwrap_or_default()
    }

    /// The organisation code (主体标识码) inside: eight characters and their own check character.
    pub fn org_code(&self) -> &str {
        self.0.get(8..17).unwrap_or_default()
    }

    /// Whether the organisation code's own check character agrees (GB 11714: modulo 11, ten being `X`).
    pub fn org_code_check_ok(&self) -> bool {
        let weights = [3, 7, 9, 10, 5, 8, 4, 2];
        let values = self.org_code().chars().filter_map(|c| c.to_digit(36));
        let sum: u32 = values.zip(weights).map(|(value, weight)| value * weight).sum();
        // The check value is 11 - sum mod 11, where 11 is written 0.
        self.org_code().ends_with(char::from_digit((11 - sum % 11) % 11, 10).unwrap_or('X'))
    }
}

impl UsccProblem {
    /// The name that python-stdnum gives this class of problem; the test vectors use it.
    pub fn stdnum_name(self) -> &'static str {
        match self {
            Self::Length { .. } => "InvalidLength",
            Self::Character { .. } | Self::Department => "InvalidFormat",
            Self::Checksum { .. } => "InvalidChecksum",
        }
    }
}

const LENGTH: usize = 18;

/// The characters of a code; the place of each is its value.
const ALPHABET: &str = "0123456789ABCDEFGHJKLMNPQRTUWXY";

/// The departments of GB 32100-2015 with its amendment of 2016: 1 establishment of public bodies, 2 foreign
/// affairs, 3 justice, 4 culture, 5 civil affairs, 6 tourism, 7 religion, 8 trade unions, 9 market, A the
/// establishment office of the Central Military Commission, N agriculture, Y other.
const DEPARTMENTS: [char; 12] = ['1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'N', 'Y'];

/// Whether `c` may stand at `position`.
///
/// The category is any digit but 0: departments have added to the standard's list of categories since.
fn fits(position: usize, c: char) -> bool {
    match position {
        2 => matches!(c, '1'..='9'),
        3..=8 => c.is_ascii_digit(),
        _ => ALPHABET.contains(c),
    }
}

/// The check character for the first seventeen characters: weights are the powers of 3 modulo 31.
fn check_character(code: &str) -> char {
    let values = code.chars().take(LENGTH - 1).filter_map(|c| ALPHABET.find(c));
    let weights = std::iter::successors(Some(1), |weight| Some(weight * 3 % 31));
    let sum: usize = values.zip(weights).map(|(value, weight)| value * weight).sum();
    ALPHABET.chars().nth((31 - sum % 31) % 31).unwrap_or('0')
}

#[cfg(test)]
mod tests {
    use super::*;

    const REAL: &str = include_str!("../../vectors/uscc.csv");
    const BROKEN: &str = include_str!("../../vectors/uscc_negative.csv");

    fn name(result: &Result<Uscc, UsccProblem>) -> &'static str {
        result.as_ref().map_or_else(|problem| problem.stdnum_name(), |_| "valid")
    }

    #[test]
    fn accepts_every_real_code() {
        let mut rows = 0;
        for row in csv::Reader::from_reader(REAL.as_bytes()).records() {
            let row = row.unwrap();
            let result = check(&row[0]);
            assert_eq!(name(&result), &row[1], "{row:?}");
            let code = result.unwrap();
            assert_eq!(code.as_str(), &row[0]);
            assert_eq!(code.org_code_check_ok(), &row[2] == "Y", "{row:?}");
            assert_eq!(code.region(), &row[3]);
            assert_eq!(code.region().starts_with("62"), &row[4] == "Y", "{row:?}");
            rows += 1;
        }
        assert_eq!(rows, 153);
    }

    #[test]
    fn names_every_constructed_defect() {
        for row in csv::Reader::from_reader(BROKEN.as_bytes()).records() {
            let row = row.unwrap();
            assert_eq!(name(&check(&row[0])), &row[1], "{row:?}");
        }
    }

    #[test]
    fn says_where_and_what() {
        use UsccProblem::{Character, Checksum, Department, Length};
        let cases = [
            ("", Length { found: 0 }),
            ("统一社会信用代码", Length { found: 8 }),
            ("9162O102MA71BTWN11", Character { position: 5 }),
            ("90620102MA71BTWN11", Character { position: 2 }),
            ("Q1620102MA71BTWN11", Department),
            ("91620102MA71BTWN12", Checksum { expected: '1' }),
        ];
        for (text, problem) in cases {
            assert_eq!(check(text), Err(problem), "{text}");
        }
    }

    #[test]
    fn sees_a_wrong_organisation_code() {
        // One digit of the organisation code altered, the check character made to fit again.
        let altered = "91620102MA71BTWM1";
        let code = check(&format!("{altered}{}", check_character(altered))).unwrap();
        assert!(!code.org_code_check_ok());
        assert_eq!(code.org_code(), "MA71BTWM1");
    }
}
