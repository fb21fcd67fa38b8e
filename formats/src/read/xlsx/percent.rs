//! Cells that are shown as per cents: they hold 0.1 and show `10%`.
//!
//! The library tells either a cell's formula or its format, so the formats are gone through before the cells are read,
//! and only in workbooks that know such a format at all.

use std::collections::VecDeque;
use std::io::Cursor;

use calamine::{DataRef, Style, Xlsx};
use hegui_core::submission::Raw;
use hegui_core::value::Decimal;

use super::rows::{MAX_CELLS, RowsProblem};

/// The most cells that may be shown as per cents.
const MAX_PERCENTS: usize = MAX_CELLS / 10;

/// The cells of a sheet that are shown as per cents, in the order of the file.
#[derive(Debug, Default)]
pub(super) struct Percents(VecDeque<(u32, u32)>);

impl Percents {
    /// Those of the sheet of this name.
    pub(super) fn of(workbook: &mut Xlsx<Cursor<&[u8]>>, sheet: &str) -> Result<Self, RowsProblem> {
        let mut cells = workbook.worksheet_cells_reader(sheet)?;
        let shown: Vec<bool> = cells.styles().iter().map(is_percent).collect();
        let mut found = VecDeque::new();
        if !shown.contains(&true) {
            return Ok(Self(found));
        }
        while let Some((cell, style)) = cells.next_cell_with_style_id()? {
            let is_number = matches!(cell.get_value(), DataRef::Float(_) | DataRef::Int(_));
            if is_number && shown.get(style).is_some_and(|percent| *percent) {
                if found.len() == MAX_PERCENTS {
                    return Err(RowsProblem::TooLarge(format!("{MAX_PERCENTS} 格百分数 (per cents)")));
                }
                found.push_back(cell.get_position());
            }
        }
        Ok(Self(found))
    }

    /// What the cell at this position holds, as it is shown. Cells must be asked for in the order of the file.
    pub(super) fn shown<'a>(&mut self, position: (u32, u32), raw: Raw<'a>) -> Raw<'a> {
        if self.0.front() != Some(&position) {
            return raw;
        }
        self.0.pop_front();
        match raw {
            Raw::Float(n) => points(n),
            Raw::Integer(n) => points_of(n.into()).map_or_else(|| beyond(&n.to_string()), Raw::Percent),
            other => other,
        }
    }
}

fn points(ratio: f64) -> Raw<'static> {
    // The shortest text that reads back as this float is what the person typed.
    let written = ratio.to_string();
    written.parse().ok().and_then(points_of).map_or_else(|| beyond(&written), Raw::Percent)
}

fn points_of(ratio: Decimal) -> Option<Decimal> {
    ratio.checked_mul(Decimal::ONE_HUNDRED).map(|points| points.normalize())
}

/// What cannot be held exactly stays text, so that it becomes a finding where it stands.
fn beyond(ratio: &str) -> Raw<'static> {
    Raw::Text(format!("{ratio} × 100%").into())
}

fn is_percent(style: &Style) -> bool {
    style.number_format.as_ref().is_some_and(|format| shows_percent(&format.format_code))
}

/// Whether a number format has a per cent sign in its first section, outside quotes, brackets and escapes.
fn shows_percent(code: &str) -> bool {
    let mut chars = code.chars();
    while let Some(c) = chars.next() {
        match c {
            '%' => return true,
            ';' => return false,
            // The next one is a mere letter, width or filling.
            '\\' | '_' | '*' => drop(chars.next()),
            '"' => drop(chars.find(|c| *c == '"')),
            '[' => drop(chars.find(|c| *c == ']')),
            _ => {}
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_that_show_per_cents() {
        for code in ["0%", "0.00%", "#,##0.0%;[Red]-0.0%", "0 %", "[>1]0%"] {
            assert!(shows_percent(code), "{code}");
        }
        for code in ["General", "0.00", "0\"%\"", "0\\%", "0;0%", "0_%", "[$%-409]0"] {
            assert!(!shows_percent(code), "{code}");
        }
    }

    #[test]
    fn per_cents_are_exact() {
        for (ratio, shown) in
            [(0.1, "10%"), (0.07, "7%"), (1.2345, "123.45%"), (-0.033, "-3.3%"), (2.0, "200%")]
        {
            assert_eq!(points(ratio).shown(), shown);
        }
        assert!(matches!(points(f64::NAN), Raw::Text(_)));
        assert!(matches!(points(7.9e28), Raw::Text(_)));
    }
}
