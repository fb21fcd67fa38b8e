//! Registration numbers of trademarks (商标注册号).
//!
//! One to nine digits; what was split off another registration has a letter behind them. Offices copy the number as the
//! certificate prints it, `商标注册证第…号`. Full-width forms count as ordinary ones, small letters as capitals; white space
//! does not count. No source gives a check digit, so there is none to check.

/// Whether `text` has the form of a registration number.
pub fn is_mark_number(text: &str) -> bool {
    let plain = hegui_core::text::fold_code(text);
    let number = plain.strip_prefix("商标注册证第").or_else(|| plain.strip_prefix('第')).unwrap_or(&plain);
    let number = number.strip_suffix('号').unwrap_or(number);
    let digits = number.strip_suffix(|c: char| c.is_ascii_uppercase()).unwrap_or(number);
    (1..=9).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn judges_every_vector() {
        let vectors = include_str!("../vectors/mark_number.csv");
        let mut judged = 0;
        for row in csv::Reader::from_reader(vectors.as_bytes()).records() {
            let row = row.unwrap();
            assert_eq!(is_mark_number(&row[0]), &row[1] == "VALID", "{row:?}");
            judged += 1;
        }
        assert_eq!(judged, 17);
    }
}
