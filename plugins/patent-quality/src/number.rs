//! Chinese patent application numbers (申请号, 专利号) as ZC 0006-2003 writes them.
//!
//! Since October 2003 a number has twelve digits: the year of filing (4), the kind (1), a serial number (7).
//! Before that it had eight: the year (2), the kind (1), a serial number (5). A dot and a check character may
//! follow. A granted patent carries the number of its application, with `ZL` in front.
//!
//! [`parse`] judges only the shape; what the digits say is judged by [`PatentNumber::verdict`]. Numbers of
//! defence patents (国防专利) are neither parsed nor guessed: their kind is simply not a public one.

use arrayvec::ArrayString;

use crate::text::{fold, is_digits};

/// The most digits a number has, without its check character.
pub const MOST_DIGITS: usize = 12;

/// A text in the shape of an application number; its digits need not make sense. Made by [`parse`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct PatentNumber {
    /// Whether the prefix `ZL` claims a granted patent.
    pub written_zl: bool,
    /// The digits without the check character: eight or twelve, all ASCII.
    pub digits: ArrayString<MOST_DIGITS>,
    /// The check character as written: a digit or `X`.
    pub check: Option<char>,
    /// Whether the dot that the standard asks for stood before the check character.
    pub had_dot: bool,
}

/// What the type digit of a public number declares (ZC 0006-2003, 4.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// 发明: digit 1, or 8 when the application came in under the PCT.
    Invention,
    /// 实用新型: digit 2, or 9 when the application came in under the PCT.
    UtilityModel,
    /// 外观设计: digit 3.
    Design,
}

/// What the digits of a well-shaped number say. Of several faults the first in this order is named.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// The year cannot be one of filing: [`PatentNumber::year`] is `None`.
    InvalidYear,
    /// The type digit is not one of a public kind: [`PatentNumber::kind`] is `None`.
    InvalidKind,
    /// The check character was left out; [`PatentNumber::computed_check`] offers it.
    CheckMissing,
    /// The check character is not the one the digits call for.
    CheckMismatch,
    /// Year, kind and check character agree with the standard.
    Valid,
}

/// Why a text has not the shape of an application number. Positions count characters of the text from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NumberProblem {
    /// Nothing is left once the prefix and the spaces are taken away.
    Empty,
    /// A character that has no place where it stands.
    StrayCharacter {
        /// Where it stands in the text as given.
        position: usize,
    },
    /// Neither eight nor twelve digits (one more where the check character was joined on without its dot).
    WrongLength {
        /// How many digits were found.
        digits: usize,
    },
    /// The dot is there, the check character after it is not.
    NothingAfterDot,
}

/// Whether `text` is a number as a spreadsheet shows long ones, `2.01419E+11`: what it stood for cannot be known.
pub fn is_scientific(text: &str) -> bool {
    let text = text.trim().to_ascii_uppercase();
    let Some((mantissa, exponent)) = text.split_once("E+") else { return false };
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    mantissa.split('.').all(digits) && digits(exponent)
}

/// Reads `text` as an application number, with or without `CN`, `ZL`, spaces, dot and check character.
///
/// Full-width forms count as ordinary ones (NFKC), small letters as capitals.
pub fn parse(text: &str) -> Result<PatentNumber, NumberProblem> {
    if let Some(number) = plainly_written(text) {
        return Ok(number);
    }
    let folded = fold(text);
    let (_, unprefixed) = strip_prefix(&folded, 'C', 'N');
    let (written_zl, number) = strip_prefix(unprefixed, 'Z', 'L');

    let count = number.iter().take_while(|(_, c)| c.is_ascii_digit()).count();
    let (main, rest) = number.split_at_checked(count).unwrap_or((number, &[]));
    let complete = matches!(count, 8 | 12);
    let is_check = |c: char| c.is_ascii_digit() || c == 'X';
    let stray = |position| Err(NumberProblem::StrayCharacter { position });
    let wrong_length = Err(NumberProblem::WrongLength { digits: count });
    let (digits, check, had_dot) = match *rest {
        [] if count == 0 => return Err(NumberProblem::Empty),
        [] if complete => (main, None, false),
        [] if let ([digits @ .., (_, check)], 9 | 13) = (main, count) => (digits, Some(*check), false),
        [] => return wrong_length,
        [(position, c), ..] if !matches!(c, '.' | 'X') => return stray(position),
        [_, ..] if !complete => return wrong_length,
        [(_, 'X')] => (main, Some('X'), false),
        [_] => return Err(NumberProblem::NothingAfterDot),
        [(_, '.'), (_, c)] if is_check(c) => (main, Some(c), true),
        [(_, '.'), (_, c), (position, _), ..] if is_check(c) => return stray(position),
        [_, (position, _), ..] => return stray(position),
    };
    let digits = digits.iter().map(|(_, c)| c).fold(ArrayString::new(), |mut digits, c| {
        // There are eight or twelve.
        let _ = digits.try_push(*c);
        digits
    });
    Ok(PatentNumber { digits, check, written_zl, had_dot })
}

/// A number written as most are: the digits, the dot and the check character, perhaps behind `ZL`.
fn plainly_written(text: &str) -> Option<PatentNumber> {
    let (written_zl, number) = match text.strip_prefix("ZL") {
        Some(number) => (true, number),
        None => (false, text),
    };
    let (digits, check) = number.split_at_checked(number.len().checked_sub(2)?)?;
    let check = match *check.as_bytes() {
        [b'.', check @ (b'0'..=b'9' | b'X')] => char::from(check),
        _ => return None,
    };
    if !matches!(digits.len(), 8 | 12) || !is_digits(digits) {
        return None;
    }
    let digits = ArrayString::from(digits).ok()?;
    Some(PatentNumber { digits, check: Some(check), written_zl, had_dot: true })
}

impl PatentNumber {
    /// The year of filing; `None` if there was no such year of this form of number.
    ///
    /// Eight digits were in use from 1985 to 2003, twelve since 2003. No clock is read: 2999 is still a year.
    pub fn year(&self) -> Option<u16> {
        let year_digits = self.digits.get(..self.year_width())?;
        match (self.year_width(), year_digits.parse().ok()?) {
            (4, year @ 2003..=2999) => Some(year),
            (2, year @ 85..=99) => Some(1900 + year),
            (2, year @ 0..=3) => Some(2000 + year),
            _ => None,
        }
    }

    /// The kind that the type digit declares; `None` if the digit stands for no public kind.
    pub fn kind(&self) -> Option<Kind> {
        match self.digits.as_bytes().get(self.year_width())? {
            b'1' | b'8' => Some(Kind::Invention),
            b'2' | b'9' => Some(Kind::UtilityModel),
            b'3' => Some(Kind::Design),
            _ => None,
        }
    }

    /// The check character that the digits call for: weights 2 to 9, then 2 to 5, modulo 11, ten being `X`.
    pub fn computed_check(&self) -> char {
        let weighted = self.digits.chars().filter_map(|c| c.to_digit(10)).zip((2..=9).cycle());
        let sum = weighted.fold(0, |sum, (digit, weight)| sum + digit * weight);
        char::from_digit(sum % 11, 10).unwrap_or('X')
    }

    /// Whether the check character as written is the one computed; `None` if none was written.
    pub fn check_matches(&self) -> Option<bool> {
        self.check.map(|check| check == self.computed_check())
    }

    /// The number in its plain form: no prefix, no spaces, and the check character, if written, after a dot.
    pub fn normalised(&self) -> String {
        match self.check {
            Some(check) => format!("{}.{check}", self.digits),
            None => self.digits.to_string(),
        }
    }

    /// What the digits say.
    pub fn verdict(&self) -> Verdict {
        match (self.year(), self.kind(), self.check_matches()) {
            (None, _, _) => Verdict::InvalidYear,
            (_, None, _) => Verdict::InvalidKind,
            (_, _, None) => Verdict::CheckMissing,
            (_, _, Some(false)) => Verdict::CheckMismatch,
            (_, _, Some(true)) => Verdict::Valid,
        }
    }

    /// How many digits the year takes; the type digit follows.
    fn year_width(&self) -> usize {
        if self.digits.len() == 12 { 4 } else { 2 }
    }
}

fn strip_prefix(marks: &[(usize, char)], first: char, second: char) -> (bool, &[(usize, char)]) {
    match marks {
        [(_, a), (_, b), rest @ ..] if (*a, *b) == (first, second) => (true, rest),
        _ => (false, marks),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const VECTORS: &str = include_str!("../vectors/patent_number.csv");

    #[test]
    fn judges_every_vector() {
        for row in csv::Reader::from_reader(VECTORS.as_bytes()).records() {
            let row = row.unwrap();
            let number = parse(&row[0]).unwrap();
            let verdict = format!("{:?}", number.verdict()).to_uppercase();
            assert_eq!(verdict, row[3].replace('_', ""), "{row:?}");
            assert_eq!(number.normalised(), row[1], "{row:?}");
            assert_eq!(number.computed_check().to_string(), row[2], "{row:?}");
            assert_eq!(number.written_zl, row[0].starts_with("ZL"), "{row:?}");
            match &row[4] {
                "发明" => assert_eq!(number.kind(), Some(Kind::Invention), "{row:?}"),
                "实用新型" => assert_eq!(number.kind(), Some(Kind::UtilityModel), "{row:?}"),
                "外观设计" => assert_eq!(number.kind(), Some(Kind::Design), "{row:?}"),
                unclaimed => assert_eq!(unclaimed, "?", "{row:?}"),
            }
        }
    }

    #[test]
    fn plain_writing_says_what_any_other_says() {
        for text in ["202220769416.X", "ZL202220769416.X", "03141546.6", "ZL03141546.6", "202220769416.7"] {
            let plain = plainly_written(text).unwrap();
            // A space before the number makes it go the long way.
            assert_eq!(parse(&format!(" {text}")), Ok(plain), "{text}");
        }
        for text in
            ["", ".1", "202220769416", "202220769416.x", "2022207694.1", "CN202220769416.X", "20222076941 .X"]
        {
            assert_eq!(plainly_written(text), None, "{text}");
        }
    }

    #[test]
    fn reads_other_writings() {
        for text in
            "ＣＮ２０２２　２０７６９４１６．Ｘ;zl 2022\u{200b}20769416x;ZL2022 2 0769416.X".split(';')
        {
            let number = parse(text).unwrap();
            assert_eq!(number.normalised(), "202220769416.X", "{text}");
            assert_eq!(number.had_dot, !text.ends_with('x'), "{text}");
        }
        assert_eq!(parse("2017106018623").unwrap().verdict(), Verdict::Valid);
    }

    #[test]
    fn knows_the_years_of_short_numbers() {
        let year = |digits: &str| parse(&format!("{digits}100001")).unwrap().year();
        let years = ["84", "85", "99", "03", "04"].map(year);
        assert_eq!(years, [None, Some(1985), Some(1999), Some(2003), None]);
    }

    #[test]
    fn names_the_fault_of_a_shape() {
        let stray = |position| NumberProblem::StrayCharacter { position };
        let cases = [
            (" ZL ", NumberProblem::Empty),
            ("2021108205781.1", NumberProblem::WrongLength { digits: 13 }),
            ("202110820578.", NumberProblem::NothingAfterDot),
            ("202110820578.12", stray(15)),
            ("CN 106844774 A", stray(14)),
            ("专利2021", stray(1)),
        ];
        for (text, problem) in cases {
            assert_eq!(parse(text), Err(problem), "{text}");
        }
    }
}
