//! From the workbook library's cells to ours.

use calamine::{DataRef, ExcelDateTime, XlsxFormulaMetadata};
use hegui_core::submission::{Raw, parse_date};
use hegui_core::value::Date;

/// What a cell holds. `formula` is the formula it has, if any: one without a value has never been computed, which
/// is not the same as an empty cell.
pub(super) fn raw<'a>(value: DataRef<'a>, formula: Option<&XlsxFormulaMetadata>) -> Raw<'a> {
    match value {
        DataRef::Empty if formula.is_some_and(says_something) => Raw::Uncomputed,
        DataRef::Empty => Raw::Empty,
        DataRef::Int(n) => Raw::Integer(n),
        DataRef::Float(n) => Raw::Float(n),
        DataRef::String(text) => Raw::Text(text.into()),
        DataRef::SharedString(text) => Raw::Text(text.into()),
        DataRef::Bool(b) => Raw::Boolean(b),
        DataRef::DateTime(moment) => moment_of(&moment),
        DataRef::DateTimeIso(text) => {
            parse_date(&text).map_or_else(|| Raw::Text(text.clone().into()), Raw::Date)
        }
        DataRef::DurationIso(text) => Raw::Text(text.into()),
        DataRef::Error(error) => Raw::Error(error.to_string().into()),
    }
}

fn says_something(formula: &XlsxFormulaMetadata) -> bool {
    !matches!(formula, XlsxFormulaMetadata::Normal { formula } if formula.trim().is_empty())
}

/// The day of a cell with a date format, its time dropped; the words of one that holds only a time or a duration.
fn moment_of(moment: &ExcelDateTime) -> Raw<'static> {
    let serial = moment.as_f64();
    if moment.is_duration() || (0.0..1.0).contains(&serial) {
        #[allow(clippy::cast_possible_truncation)]
        let seconds = (serial * 86_400.0).round() as i64;
        let (minutes, second) = (seconds / 60, seconds % 60);
        return Raw::Text(format!("{}:{:02}:{second:02}", minutes / 60, minutes % 60).into());
    }
    let (year, month, day, ..) = moment.to_ymd_hms_milli();
    let date = match (i16::try_from(year), i8::try_from(month), i8::try_from(day)) {
        (Ok(year), Ok(month), Ok(day)) if serial >= 0.0 => Date::new(year, month, day).ok(),
        _ => None,
    };
    // A number that is no day stays a number, and becomes a finding where a date is wanted.
    date.map_or(Raw::Float(serial), Raw::Date)
}
