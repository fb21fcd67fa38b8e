//! Check digits, so that numbers in ledgers are right unless a story changes them.

/// The characters of a unified social credit code; the place of each is its value.
const ALPHABET: &str = "0123456789ABCDEFGHJKLMNPQRTUWXY";

/// A patent number with its check digit (ZC 0006-2003), from its 8 or 12 digits: `202110820578` → `202110820578.1`.
pub(crate) fn patent_number(digits: &str) -> String {
    let weights = [2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5];
    let sum: u32 = digits.chars().filter_map(|c| c.to_digit(10)).zip(weights).map(|(d, w)| d * w).sum();
    let check = char::from_digit(sum % 11, 10).unwrap_or('X');
    format!("{digits}.{check}")
}

/// A constructed unified social credit code (GB 32100-2015): department 91, this region, and an organisation code
/// that begins `YYYY` and ends with these four digits and its check digit.
pub(crate) fn uscc(region: &str, serial: &str) -> String {
    let organisation = format!("YYYY{serial}");
    let weights = [3, 7, 9, 10, 5, 8, 4, 2];
    let values = organisation.chars().filter_map(|c| c.to_digit(36));
    let sum: u32 = values.zip(weights).map(|(value, weight)| value * weight).sum();
    let check = char::from_digit((11 - sum % 11) % 11, 10).unwrap_or('X');
    let code = format!("91{region}{organisation}{check}");

    let values = code.chars().filter_map(|c| ALPHABET.find(c));
    let weights = std::iter::successors(Some(1), |weight| Some(weight * 3 % 31));
    let sum: usize = values.zip(weights).map(|(value, weight)| value * weight).sum();
    let check = ALPHABET.chars().nth((31 - sum % 31) % 31).unwrap_or('0');
    format!("{code}{check}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patent_numbers_end_as_published_ones_do() {
        for number in ["202110820578.1", "202220769416.X", "201930071397.7", "03141546.6"] {
            let (digits, _) = number.split_once('.').unwrap();
            assert_eq!(patent_number(digits), number);
        }
    }

    #[test]
    fn codes_are_those_of_the_written_fixtures() {
        assert_eq!(uscc("620102", "0006"), "91620102YYYY00063F");
        assert_eq!(uscc("620100", "0511"), "91620100YYYY051124");
        assert_eq!(uscc("621000", "0572"), "91621000YYYY057294");
    }
}
