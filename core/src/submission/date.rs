//! Calendar days as people write them.

use super::cell::Raw;
use crate::text::fold;
use crate::value::Date;

/// The day of a cell.
pub(super) fn date(raw: &Raw<'_>) -> Option<Date> {
    match raw {
        Raw::Date(date) => Some(*date),
        Raw::Text(text) => parse_date(text),
        Raw::Integer(n) => compact_date(*n),
        #[allow(clippy::cast_possible_truncation)]
        Raw::Float(n) if n.fract() == 0.0 && *n >= 10_000_000.0 => compact_date(*n as i64),
        Raw::Float(n) => serial_date(*n),
        _ => None,
    }
}

/// The day of a text such as `2020-05-12`, `2020/5/12`, `2020.5.12`, `2020年5月12日` or `20200512`; a time of day
/// after it is dropped.
pub fn parse_date(text: &str) -> Option<Date> {
    let folded = fold(text);
    let day = match folded.split_once(['T', ' ']) {
        Some((day, time)) if time.trim().starts_with(|c: char| c.is_ascii_digit()) => day,
        Some(_) => return None,
        None => folded.as_str(),
    };
    if day.len() == 8 && day.bytes().all(|b| b.is_ascii_digit()) {
        return compact_date(day.parse().ok()?);
    }
    let separator = day.chars().find(|c| !c.is_ascii_digit())?;
    let (year, rest) = day.split_once(separator)?;
    let (month, last) = match separator {
        '-' | '/' | '.' => rest.split_once(separator)?,
        '年' => {
            let (month, last) = rest.split_once('月')?;
            (month, last.strip_suffix('日').or_else(|| last.strip_suffix('号')).unwrap_or(last))
        }
        _ => return None,
    };
    if year.len() != 4 || month.len() > 2 || last.len() > 2 {
        return None;
    }
    Date::new(year.parse().ok()?, month.parse().ok()?, last.parse().ok()?).ok()
}

/// The day of a text in the form `2020-05-12`.
pub(super) fn iso_date(text: &str) -> Option<Date> {
    let &[y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = text.as_bytes() else { return None };
    let digits = [y1, y2, y3, y4, m1, m2, d1, d2];
    if !digits.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let [y1, y2, y3, y4, m1, m2, d1, d2] = digits.map(|digit| digit - b'0');
    let year = i16::from(y1) * 1000 + i16::from(y2) * 100 + i16::from(y3) * 10 + i16::from(y4);
    let two = |tens: u8, ones: u8| i8::try_from(tens * 10 + ones).ok();
    Date::new(year, two(m1, m2)?, two(d1, d2)?).ok()
}

fn compact_date(n: i64) -> Option<Date> {
    if !(10_000_101..=99_991_231).contains(&n) {
        return None;
    }
    Date::new(i16::try_from(n / 10_000).ok()?, i8::try_from(n / 100 % 100).ok()?, i8::try_from(n % 100).ok()?)
        .ok()
}

/// The day of an Excel serial number of the 1900 system, from 1950 to 2099: what an unformatted date cell holds.
fn serial_date(n: f64) -> Option<Date> {
    const FIRST: f64 = 18_264.0; // 1950-01-01
    const LAST: f64 = 73_050.0; // 2099-12-31
    if !(FIRST..=LAST + 0.999_999).contains(&n) {
        return None;
    }
    #[allow(clippy::cast_possible_truncation)]
    let days = n.trunc() as i64;
    Date::constant(1899, 12, 30).checked_add(jiff::Span::new().try_days(days).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Option<String> {
        parse_date(text).map(|date| date.to_string())
    }

    #[test]
    fn dates_as_people_write_them() {
        for text in [
            "2020-05-12",
            "2020/5/12",
            "2020.5.12",
            "2020年5月12日",
            "20200512",
            "２０２０年５月１２日",
            "2020-05-12T09:30:00",
            "2020/05/12 9:30",
        ] {
            assert_eq!(day(text).as_deref(), Some("2020-05-12"), "{text}");
        }
        for text in ["2020-13-01", "2020-02-30", "20-05-12", "五月", "2020-5", "2020-05-12 上午", ""] {
            assert_eq!(day(text), None, "{text}");
        }
    }

    #[test]
    fn the_plain_form_is_a_date_like_any() {
        for text in [
            "2020-05-12",
            "2020-02-29",
            "2019-02-29",
            "2020-13-01",
            "2020-1-01",
            "２０２０-05-12",
            "0000-01-01",
            "",
        ] {
            let plain = iso_date(text);
            assert!(plain.is_none() || plain == parse_date(text), "{text}");
        }
        assert_eq!(iso_date("2020-02-29"), parse_date("2020-02-29"));
    }

    #[test]
    fn serial_numbers_are_days() {
        assert_eq!(serial_date(43_963.0).map(|d| d.to_string()).as_deref(), Some("2020-05-12"));
        assert_eq!(serial_date(12.0), None);
    }
}
