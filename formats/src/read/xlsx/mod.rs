//! Workbooks. Sheets are streamed cell by cell, so that what a file merely claims to hold costs nothing.

mod cell;
mod header;
mod headings;
mod merges;
mod percent;
mod rows;
mod table;

use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{Reader, SheetType, SheetVisible, Xlsx, XlsxError};
use hegui_core::schema::Schema;
use hegui_core::submission::{Intake, ReadProblem, ReadProblemKind};
use hegui_core::text::{Text, fold};
use hegui_core::verdict::Location;

use super::broken;
use crate::inspect::archive::{Archive, ArchiveProblem, is_zip};
use crate::package::PackageFile;
use merges::Merges;
use percent::Percents;
use rows::{Budget, Rows, RowsProblem};

/// Where one sheet is, for locations.
struct Place<'a> {
    file: &'a str,
    sheet: &'a str,
}

impl Place<'_> {
    fn sheet(&self) -> Location {
        Location { sheet: Some(self.sheet.to_string()), ..Location::file(self.file) }
    }

    fn cell(&self, column: u32, row: u32) -> Location {
        Location { cell: Some(hegui_core::submission::cell_name(column, row)), ..self.sheet() }
    }
}

/// Reads a workbook.
pub(super) fn read(file: &PackageFile, schema: &Schema, intake: &mut Intake<'_>) {
    let place = Location::file(&file.path);
    let merged = match sound(&file.bytes) {
        Ok(merged) => merged,
        Err(kind) => return intake.problem(ReadProblem::new(kind, place)),
    };
    // The workbook library has been seen to panic on hostile files; one file must not end a run of many.
    let outcome = catch_unwind(AssertUnwindSafe(|| sheets(file, merged, schema, intake)));
    match outcome {
        Ok(Ok(())) => {}
        Ok(Err(error)) => intake.problem(broken("xlsx", structure(&error), place)),
        Err(_) => intake.problem(broken(
            "xlsx",
            Text::new("文件内部结构有误", "its inner structure is damaged"),
            place,
        )),
    }
}

/// Whether the bytes are a zip archive of bearable size; if so, whether any sheet may have merged cells.
fn sound(bytes: &[u8]) -> Result<bool, ReadProblemKind> {
    if !is_zip(bytes) {
        return Err(ReadProblemKind::Broken { format: "xlsx", why: no_workbook(bytes) });
    }
    Archive::open(bytes).and_then(|mut archive| archive.rehearse(b"mergeCell")).map_err(|problem| {
        match problem {
            ArchiveProblem::TooLarge(limit) => ReadProblemKind::TooLarge { limit },
            problem => ReadProblemKind::Broken { format: "xlsx", why: problem.message() },
        }
    })
}

/// What a file really is that is called a workbook and is none.
fn no_workbook(bytes: &[u8]) -> Text {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(512)]).trim_start().to_lowercase();
    match () {
        () if bytes.is_empty() => Text::new("文件是空的", "the file is empty"),
        () if bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]) => Text::new(
            "它是加密的工作簿或旧版 .xls；请取消密码，另存为 .xlsx",
            "it is encrypted or an old .xls; remove the password and save it as .xlsx",
        ),
        () if head.starts_with('<') => Text::new(
            "它其实是网页；请用 Excel 或 WPS 打开后另存为 .xlsx",
            "it is a web page; open it in Excel or WPS and save it as .xlsx",
        ),
        () if crate::inspect::encoding::is_text(bytes) => Text::new(
            "它其实是文本文件，只是扩展名写成了 Excel；请用 Excel 或 WPS 另存为 .xlsx",
            "it is a text file by another name; save it as .xlsx in Excel or WPS",
        ),
        () => Text::new("它不是 Excel 工作簿", "it is no Excel workbook"),
    }
}

fn structure(error: &XlsxError) -> Text {
    Text::new(
        format!("文件内部结构有误，请用 Excel 或 WPS 打开后另存再报（{error}）"),
        format!("its inner structure is damaged; open it in Excel or WPS and save it again ({error})"),
    )
}

fn sheets(
    file: &PackageFile,
    merged: bool,
    schema: &Schema,
    intake: &mut Intake<'_>,
) -> Result<(), XlsxError> {
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(file.bytes.as_slice()))?;
    let mut budget = Budget::default();
    for sheet in workbook.sheets_metadata().to_vec() {
        let place = Place { file: &file.path, sheet: &sheet.name };
        let hidden = sheet.visible != SheetVisible::Visible;
        // Charts have no cells; instructions and the lists behind drop-downs are no part of a submission.
        let skipped = matches!(sheet.typ, SheetType::ChartSheet | SheetType::Vba)
            || is_instruction(&sheet.name)
            || (hidden && sheet.name.starts_with('_'));
        if skipped {
            continue;
        }
        let merges =
            if merged { workbook.merge_cells_by_sheet_name(&sheet.name).unwrap_or_default() } else { vec![] };
        let outcome = Percents::of(&mut workbook, &sheet.name).and_then(|percents| {
            let cells = workbook.worksheet_cells_reader(&sheet.name)?;
            let mut rows = Rows::new(cells, percents, &mut budget);
            if is_header(&sheet.name) {
                header::read(&mut rows, &place, intake)
            } else {
                table::read(&mut rows, Merges::new(merges), &place, schema, intake)
            }
        });
        match outcome {
            Ok(()) => {}
            Err(RowsProblem::TooLarge(limit)) => {
                intake.problem(ReadProblem::new(ReadProblemKind::TooLarge { limit }, place.sheet()));
                return Ok(());
            }
            Err(RowsProblem::Broken(error)) => {
                intake.problem(broken("xlsx", structure(&error), place.sheet()))
            }
        }
    }
    Ok(())
}

fn is_header(name: &str) -> bool {
    matches!(fold(name).to_lowercase().as_str(), "报送信息" | "header")
}

fn is_instruction(name: &str) -> bool {
    matches!(fold(name).to_lowercase().as_str(), "填表说明" | "填报说明" | "说明" | "readme")
}
