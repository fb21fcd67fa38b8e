//! A submission as one workbook: the sheets 报送信息 and 专利台账.

use std::path::Path;

use jiff::civil::Date;
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

use super::error::LedgerError;
use super::header::{Header, HeaderValue};
use super::patent::{COLUMNS, Cell, Patent};

/// Writes one submission as the workbook `path`. A sheet holds at most 1,048,575 patents.
pub fn write_workbook<'o>(
    path: &Path,
    header: &Header<'_>,
    patents: impl Iterator<Item = Patent<'o>>,
) -> Result<(), LedgerError> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(LedgerError::at(folder))?;
    }
    save(path, header, patents).map_err(LedgerError::at(path))
}

fn save<'o>(
    path: &Path,
    header: &Header<'_>,
    patents: impl Iterator<Item = Patent<'o>>,
) -> Result<(), XlsxError> {
    let day_format = Format::new().set_num_format("yyyy-mm-dd");
    let mut workbook = Workbook::new();
    write_header(workbook.add_worksheet().set_name("报送信息")?, header, &day_format)?;

    // Rows are on disk as soon as they are complete, so that a million of them need no memory; texts that repeat
    // are shared, as office programs have them.
    let sheet = workbook.add_worksheet_with_low_memory()?.set_name("专利台账")?;
    for (column, (_, heading)) in (0..).zip(COLUMNS) {
        sheet.write_string(0, column, heading)?;
    }
    for (row, patent) in (1..).zip(patents) {
        for (column, cell) in (0..).zip(patent.cells()) {
            match cell {
                Cell::Blank => {}
                Cell::Text(text) => {
                    sheet.write_string(row, column, text)?;
                }
                Cell::Day(day) => {
                    sheet.write_datetime_with_format(row, column, excel_day(day)?, &day_format)?;
                }
            }
        }
    }
    workbook.save(path)
}

/// A field and its value on each row.
fn write_header(sheet: &mut Worksheet, header: &Header<'_>, day_format: &Format) -> Result<(), XlsxError> {
    sheet.write_string(0, 0, "字段")?.write_string(0, 1, "值")?;
    for (row, (_, heading, value)) in (1..).zip(header.fields()) {
        sheet.write_string(row, 0, heading)?;
        match value {
            HeaderValue::Number(number) => sheet.write_number(row, 1, number)?,
            HeaderValue::Truth(truth) => sheet.write_string(row, 1, if truth { "是" } else { "否" })?,
            HeaderValue::Text(text) => sheet.write_string(row, 1, text)?,
            HeaderValue::Day(day) => match day.parse::<Date>() {
                Ok(date) if !day.contains('T') => {
                    sheet.write_datetime_with_format(row, 1, excel_day(date)?, day_format)?
                }
                _ => sheet.write_string(row, 1, day)?,
            },
        };
    }
    Ok(())
}

fn excel_day(day: Date) -> Result<ExcelDateTime, XlsxError> {
    let year = u16::try_from(day.year()).unwrap_or_default();
    ExcelDateTime::from_ymd(year, day.month().unsigned_abs(), day.day().unsigned_abs())
}
