//! Days as whole numbers that sort as days do: 20201231.

/// A day; [`ABSENT`] where a cell is blank.
pub(super) type Day = u32;

/// No day.
pub(super) const ABSENT: Day = 0;

/// Reads `2020-12-31`; blank is [`ABSENT`]. `None` for anything else.
pub(super) fn parse(text: &[u8]) -> Option<Day> {
    let text = text.trim_ascii();
    if text.is_empty() {
        return Some(ABSENT);
    }
    let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = *text else { return None };
    let mut day = 0;
    for digit in [y1, y2, y3, y4, m1, m2, d1, d2] {
        if !digit.is_ascii_digit() {
            return None;
        }
        day = day * 10 + u32::from(digit - b'0');
    }
    (1..=days_in_month(year(day), month(day))).contains(&(day % 100)).then_some(day)
}

pub(super) fn year(day: Day) -> u32 {
    day / 10_000
}

pub(super) fn month(day: Day) -> u32 {
    day / 100 % 100
}

/// The same day so many years later; 29 February becomes 28 in a common year.
pub(super) fn add_years(day: Day, years: u32) -> Day {
    let later = day + years * 10_000;
    if later % 10_000 == 229 && !is_leap(year(later)) { later - 1 } else { later }
}

/// The day so many days earlier.
pub(super) fn subtract_days(mut day: Day, days: u32) -> Day {
    for _ in 0..days {
        day = match (day % 100, month(day)) {
            (1, 1) => (year(day) - 1) * 10_000 + 1231,
            (1, month) => year(day) * 10_000 + (month - 1) * 100 + days_in_month(year(day), month - 1),
            _ => day - 1,
        };
    }
    day
}

fn days_in_month(year: u32, month: u32) -> u32 {
    match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if is_leap(year) => 29,
        2 => 28,
        _ => 0,
    }
}

fn is_leap(year: u32) -> bool {
    year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_days_and_nothing_else() {
        assert_eq!(parse(b"2020-02-29"), Some(20_200_229));
        assert_eq!(parse(b" "), Some(ABSENT));
        for text in ["2021-02-29", "2020-13-01", "2020-1-1", "2020/01/01", "2020-01-00"] {
            assert_eq!(parse(text.as_bytes()), None, "{text}");
        }
    }

    #[test]
    fn counts_years_and_days() {
        assert_eq!(add_years(20_200_229, 1), 20_210_228);
        assert_eq!(add_years(20_000_229, 20), 20_200_229);
        assert_eq!(subtract_days(20_201_231, 90), 20_201_002);
        assert_eq!(subtract_days(20_210_301, 1), 20_210_228);
    }
}
