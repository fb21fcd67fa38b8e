//! Application and publication numbers that are right and made up: serial numbers begin with 9. With twelve digits no
//! real ones have come so far; among the few of eight digits some may be somebody's by chance, as may short
//! publication numbers.

use std::collections::BTreeMap;
use std::fmt;

use super::patent::Kind;

/// The digits of an application number and the check character they call for (ZC 0006-2003).
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Number {
    pub(super) digits: String,
    pub(super) check: char,
}

impl Number {
    pub(super) fn new(digits: String) -> Self {
        let weighted = digits.chars().filter_map(|c| c.to_digit(10)).zip((2..=9).cycle());
        let sum: u32 = weighted.map(|(digit, weight)| digit * weight).sum();
        let check = char::from_digit(sum % 11, 10).unwrap_or('X');
        Self { digits, check }
    }

    /// With this text in place of the digits from `at` on, and the check character that follows from it.
    pub(super) fn with(&self, at: usize, text: &str) -> Self {
        let mut digits = self.digits.clone();
        digits.replace_range(at..at + text.len(), text);
        Self::new(digits)
    }

    /// Where the kind digit stands.
    pub(super) fn kind_at(&self) -> usize {
        if self.digits.len() == 12 { 4 } else { 2 }
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.digits, self.check)
    }
}

/// Coprime to ten, so that serial numbers do not repeat before all are used, and do not look counted either.
const STRIDE: u32 = 7919;

/// Hands out numbers, each once: up to a million a year and kind with twelve digits, ten thousand with eight.
#[derive(Debug, Clone, Default)]
pub(super) struct Numbers {
    used: BTreeMap<(i16, char), u32>,
    published: u32,
}

impl Numbers {
    /// An application number of a year: of eight digits where `short`.
    pub(super) fn application(&mut self, year: i16, kind_digit: char, short: bool) -> Number {
        let used = self.used.entry((year, kind_digit)).or_default();
        *used += 1;
        let serial = used.wrapping_mul(STRIDE);
        Number::new(if short {
            format!("{:02}{kind_digit}9{:04}", year % 100, serial % 10_000)
        } else {
            format!("{year}{kind_digit}9{:06}", serial % 1_000_000)
        })
    }

    /// A publication number: seven digits where `short`, else nine.
    pub(super) fn publication(&mut self, kind: Kind, code: char, short: bool) -> String {
        self.published += 1;
        let (first, serial) = (kind.digit(), self.published.wrapping_mul(STRIDE));
        if short {
            format!("CN{first}9{:05}{code}", serial % 100_000)
        } else {
            format!("CN{first}9{:07}{code}", serial % 10_000_000)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn check_characters_are_those_of_published_numbers() {
        for number in ["202110820578.1", "202220769416.X", "201930071397.7", "03141546.6"] {
            let (digits, _) = number.split_once('.').unwrap();
            assert_eq!(Number::new(digits.to_string()).to_string(), number);
        }
    }

    #[test]
    fn no_number_is_handed_out_twice() {
        let mut numbers = Numbers::default();
        let mut all: Vec<_> = (0..9_000).map(|_| numbers.application(2002, '2', true).digits).collect();
        all.sort();
        all.dedup();
        assert_eq!(all.len(), 9_000);
    }
}
