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
use hegui_core::text::{Text, did_you_mean, fold};
use hegui_core::verdict::Location;

use super::{broken, is_instruction};
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
        Ok(Err(_)) | Err(_) => intake.problem(broken("xlsx", structure(), place)),
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

/// The library's own words would repeat what stands in cells, and are in one language only.
fn structure() -> Text {
    Text::new(
        "文件内部结构有误，请用 Excel 或 WPS 打开后另存再报",
        "its inner structure is damaged; open it in Excel or WPS and save it again",
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
        let role = role(&sheet.name, hidden, schema);
        let merges = if merged && role == Role::Table {
            workbook.merge_cells_by_sheet_name(&sheet.name).unwrap_or_default()
        } else {
            vec![]
        };
        let outcome = Percents::of(&mut workbook, &sheet.name).and_then(|percents| {
            let cells = workbook.worksheet_cells_reader(&sheet.name)?;
            let mut rows = Rows::new(cells, percents, &mut budget);
            match role {
                Role::Header => header::read(&mut rows, &place, schema, intake),
                Role::Table => table::read(&mut rows, Merges::new(merges), &place, schema, intake),
                Role::Unread(kind) => {
                    // An empty sheet is nothing that was handed in.
                    if rows.next_row()?.is_some() {
                        intake.problem(ReadProblem::new(kind, place.sheet()));
                    }
                    Ok(())
                }
            }
        });
        match outcome {
            Ok(()) => {}
            Err(RowsProblem::TooLarge(limit)) => {
                intake.problem(ReadProblem::new(ReadProblemKind::TooLarge { limit }, place.sheet()));
                return Ok(());
            }
            Err(RowsProblem::Broken) => intake.problem(broken("xlsx", structure(), place.sheet())),
        }
    }
    Ok(())
}

/// What a sheet is.
#[derive(PartialEq)]
enum Role {
    Header,
    /// A table, or something by a name that no table has.
    Table,
    /// What is not read, and what to say where it holds anything.
    Unread(ReadProblemKind),
}

fn role(name: &str, hidden: bool, schema: &Schema) -> Role {
    const HEADER: &str = "报送信息";
    if header::is_header(name) {
        return Role::Header;
    }
    let near = did_you_mean(&fold(name), schema.table_names().chain([HEADER]));
    match near {
        _ if schema.table(name).is_some() => Role::Table,
        Some(HEADER) => Role::Unread(ReadProblemKind::UnknownTable {
            name: name.to_string(),
            suggestion: Some(HEADER.to_string()),
        }),
        None if hidden => Role::Unread(ReadProblemKind::HiddenSheet { name: name.to_string() }),
        _ => Role::Table,
    }
}
