//! Days: what terms and cut-offs need of a calendar.

use toml::Value;
use toml::value::{Date, Datetime};

/// A day. It is not checked: the days asked for exist.
pub(super) fn day(year: i64, month: u8, day: u8) -> Date {
    Date { year: u16::try_from(year).unwrap_or_default(), month, day }
}

/// The same day so many months later, or the last day of that month.
pub(super) fn months_later(date: Date, months: u16) -> Date {
    let month = u16::from(date.month) - 1 + months;
    let year = date.year + month / 12;
    let month = u8::try_from(month % 12 + 1).unwrap_or(12);
    Date { year, month, day: date.day.min(length(year, month)) }
}

/// The same day so many years later.
pub(super) fn years_later(date: Date, years: u16) -> Date {
    months_later(date, 12 * years)
}

/// The day before.
pub(super) fn eve(date: Date) -> Date {
    match (date.month, date.day) {
        (1, 1) => Date { year: date.year - 1, month: 12, day: 31 },
        (month, 1) => Date { month: month - 1, day: length(date.year, month - 1), ..date },
        (_, day) => Date { day: day - 1, ..date },
    }
}

/// As a value of a record.
pub(super) fn value(date: Date) -> Value {
    Value::Datetime(Datetime { date: Some(date), time: None, offset: None })
}

/// How many days a month has.
fn length(year: u16, month: u8) -> u8 {
    match month {
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terms_end_on_the_right_day() {
        assert_eq!(years_later(day(2003, 5, 12), 20), day(2023, 5, 12));
        assert_eq!(eve(years_later(day(2014, 2, 7), 10)), day(2024, 2, 6));
        assert_eq!(eve(day(2020, 3, 1)), day(2020, 2, 29));
        assert_eq!(eve(day(2020, 1, 1)), day(2019, 12, 31));
    }

    #[test]
    fn months_run_over_the_year_and_end_with_it() {
        assert_eq!(months_later(day(2019, 11, 20), 26), day(2022, 1, 20));
        assert_eq!(months_later(day(2019, 8, 31), 6), day(2020, 2, 29));
    }
}
