//! From a package to a submission. Reading never fails: what is wrong stands among the submission's problems.
//!
//! One module a format; each hands raw cells to core's `Intake`, so that all formats are understood and refused
//! alike. A reader knows no rule.

mod csv_blocks;
mod csv_folder;
mod csv_records;
mod csv_table;
mod document;
mod heading;
mod json;
mod stray;
mod toml_doc;
mod xlsx;

use std::borrow::Cow;

use hegui_core::schema::Schema;
use hegui_core::submission::{Intake, ReadProblem, ReadProblemKind, Submission};
use hegui_core::text::{Text, fold};
use hegui_core::verdict::Location;

use crate::inspect::encoding;
use crate::package::{Package, PackageFile, PackageKind};

/// Reads a package. It must have passed the gate. What was read is dropped on the way, so that a long ledger is not held
/// twice.
pub fn read(package: Package, schema: &Schema) -> Submission {
    let intake = Intake::new(schema, &package.path);
    read_into(intake, package, schema)
}

/// The same, but of each column of a table no more than so many problems are kept; the others are counted.
pub fn read_keeping(most: usize, package: Package, schema: &Schema) -> Submission {
    let intake = Intake::new(schema, &package.path).keeping(most);
    read_into(intake, package, schema)
}

fn read_into(mut intake: Intake<'_>, mut package: Package, schema: &Schema) -> Submission {
    if package.kind == PackageKind::CsvFolder {
        csv_folder::read(&mut package, &mut intake);
    }
    match (&package.kind, package.files.first()) {
        (PackageKind::CsvFolder, _) => {}
        (PackageKind::Unknown(extension), _) => {
            let kind = ReadProblemKind::UnknownFormat(extension.clone());
            intake.problem(ReadProblem::new(kind, Location::file(&package.path)));
        }
        (PackageKind::Workbook, Some(file)) => xlsx::read(file, schema, &mut intake),
        (PackageKind::Json, Some(file)) => json::read(file, schema, &mut intake),
        (PackageKind::Toml, Some(file)) => toml_doc::read(file, schema, &mut intake),
        (_, None) => {}
    }
    let mut submission = finish(intake);
    if package.kind == PackageKind::CsvFolder {
        submission.problems.extend(stray::strays(&package, schema, &submission));
    }
    submission
}

/// The submission of a package that could not even be loaded: nothing but the problem.
pub fn unread(problem: ReadProblem, schema: &Schema) -> Submission {
    let mut intake = Intake::new(schema, &problem.location.file);
    intake.problem(problem);
    finish(intake)
}

/// Where nothing was read, the lack of a header is no news.
fn finish(intake: Intake<'_>) -> Submission {
    let mut submission = intake.finish();
    let unread = submission.problems.iter().any(|problem| {
        matches!(
            problem.kind,
            ReadProblemKind::UnknownFormat(_) | ReadProblemKind::NoSuchFile | ReadProblemKind::EmptyFolder
        )
    });
    if unread {
        submission.problems.retain(|problem| problem.kind != ReadProblemKind::NoHeader);
    }
    submission
}

/// Whether a sheet or file of this name tells people how to fill in the others. Nothing handed in stands there.
fn is_instruction(name: &str) -> bool {
    matches!(fold(name).to_lowercase().as_str(), "填表说明" | "填报说明" | "说明" | "readme")
}

/// The problem of a file that is not what its name says.
fn broken(format: &'static str, why: Text, location: Location) -> ReadProblem {
    ReadProblem::new(ReadProblemKind::Broken { format, why }, location)
}

/// The text of a file, or the problem that it is none.
fn text<'a>(file: &'a PackageFile, format: &'static str) -> Result<Cow<'a, str>, Box<ReadProblem>> {
    let why = match encoding::decode(&file.bytes) {
        Some(text) if !text.contains('\0') => return Ok(text),
        Some(_) => Text::new(
            "文件里有空字符（NUL），不是文本；多半是改了扩展名的 Excel 文件，请用 Excel 另存",
            "it holds NUL characters, so it is no text; probably an Excel file by another name",
        ),
        None => Text::new(
            "文字编码既不是 UTF-8 也不是 GB18030；请另存为 UTF-8",
            "its encoding is neither UTF-8 nor GB18030; save it as UTF-8",
        ),
    };
    Err(Box::new(broken(format, why, Location::file(&file.path))))
}

/// The text of a file, taken out of it.
fn into_text(file: &mut PackageFile, format: &'static str) -> Result<String, Box<ReadProblem>> {
    // Most are UTF-8 and become text where they lie.
    let bytes = std::mem::take(&mut file.bytes);
    file.bytes = match String::from_utf8(bytes) {
        Ok(text) if !text.starts_with('\u{feff}') && !text.contains('\0') => return Ok(text),
        Ok(text) => text.into_bytes(),
        Err(error) => error.into_bytes(),
    };
    let text = text(file, format)?.into_owned();
    file.bytes = Vec::new();
    Ok(text)
}

/// The line of a byte of a text, counted from 1.
fn line_at(text: &str, byte: usize) -> u32 {
    let before = text.as_bytes().get(..byte).unwrap_or(text.as_bytes());
    u32::try_from(before.iter().filter(|byte| **byte == b'\n').count() + 1).unwrap_or(u32::MAX)
}
