//! Exact numbers as people write them, with what they write beside them.

use super::cell::Raw;
use super::cell_problem::{CellProblem, Wanted};
use crate::text::fold;
use crate::value::Decimal;

/// The unit in which `10%` is ten.
const PERCENT: &str = "%";
/// The longest word behind a number that is taken for its unit.
const UNIT_CHARS: usize = 6;

/// The exact number of a cell in a field of this unit: plain, full-width, or with thousands separators in the right
/// places. A per cent is a number only where the unit says so: elsewhere nobody knows whether 10 or 0.1 was meant.
pub(super) fn number(raw: &Raw<'_>, wanted: Wanted, unit: Option<&str>) -> Result<Decimal, CellProblem> {
    let percent = |points: Decimal| match unit {
        Some(PERCENT) => Ok(points),
        _ => Err(CellProblem::Percent { points, unit: unit.map(str::to_string) }),
    };
    match raw {
        Raw::Percent(points) => return percent(*points),
        Raw::Text(text) => {
            let text = fold(text);
            if let Some(points) =
                text.strip_suffix(PERCENT).and_then(|points| parse_number(points.trim_end()))
            {
                return percent(points);
            }
            if let Some((number, with)) = with_unit(&text) {
                return Err(CellProblem::WithUnit {
                    number: number.to_string(),
                    with: with.to_string(),
                    unit: unit.map(str::to_string),
                });
            }
        }
        _ => {}
    }
    plain(raw).ok_or(CellProblem::WrongType(wanted))
}

/// The exact number of a cell that holds nothing else.
pub(super) fn plain(raw: &Raw<'_>) -> Option<Decimal> {
    match raw {
        Raw::Integer(n) => Some((*n).into()),
        Raw::Decimal(d) => Some(*d),
        // The shortest text that reads back as this float is what the person typed.
        Raw::Float(n) => n.to_string().parse().ok(),
        Raw::Text(text) => parse_number(&fold(text)),
        _ => None,
    }
}

/// `12件` → (`12`, `件`).
fn with_unit(text: &str) -> Option<(&str, &str)> {
    let end = text.find(|c: char| !c.is_ascii_digit() && !matches!(c, '+' | '-' | '.' | ','))?;
    let (number, unit) = (text[..end].trim_end(), text[end..].trim());
    let is_unit = unit.chars().count() <= UNIT_CHARS && !unit.chars().any(|c| c.is_ascii_digit());
    (is_unit && parse_number(number).is_some()).then_some((number, unit))
}

fn parse_number(text: &str) -> Option<Decimal> {
    let (sign, digits) = match text.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", text.strip_prefix('+').unwrap_or(text)),
    };
    let (whole, fraction) = digits.split_once('.').map_or((digits, None), |(w, f)| (w, Some(f)));
    let groups: Vec<&str> = whole.split([',', '，']).collect();
    let grouped = groups.len() == 1
        || (matches!(groups[0].len(), 1..=3) && groups[1..].iter().all(|group| group.len() == 3));
    let all_digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    if !grouped || !groups.iter().all(|group| all_digits(group)) || !fraction.is_none_or(all_digits) {
        return None;
    }
    let fraction = fraction.map(|f| format!(".{f}")).unwrap_or_default();
    Decimal::from_str_exact(&format!("{sign}{}{fraction}", groups.concat())).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_as_people_write_them() {
        let cases = [
            ("1,234.50", Some("1234.50")),
            ("１２３", Some("123")),
            ("1，234", Some("1234")),
            ("-0.5", Some("-0.5")),
            ("12,34", None),
            ("1e5", None),
            ("约100", None),
            ("", None),
            (".", None),
        ];
        for (text, expected) in cases {
            assert_eq!(parse_number(&fold(text)).map(|n| n.to_string()).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn floats_are_what_was_typed() {
        assert_eq!(plain(&Raw::Float(151.21)).map(|n| n.to_string()).as_deref(), Some("151.21"));
        assert_eq!(plain(&Raw::Float(f64::NAN)), None);
    }

    #[test]
    fn units_behind_numbers() {
        assert_eq!(with_unit("12件"), Some(("12", "件")));
        assert_eq!(with_unit("3.5 万元"), Some(("3.5", "万元")));
        assert_eq!(with_unit("1,200元"), Some(("1,200", "元")));
        for text in ["12", "件", "1e5", "约100件", "12件左右或者更多", "12-13件", ""] {
            assert_eq!(with_unit(text), None, "{text}");
        }
    }
}
