//! Files of a folder that no reader took: each is an attachment, a note, or reported with what to do about it.

use std::collections::BTreeSet;

use hegui_core::schema::Schema;
use hegui_core::submission::{Cell, ReadProblem, ReadProblemKind, Submission};
use hegui_core::text::{Text, fold};
use hegui_core::verdict::Location;

use super::is_instruction;
use crate::package::{HEADER_FILE, Package};

/// What is handed in beside the tables and never holds one: documents for people, and pictures.
const ATTACHMENTS: [&str; 19] = [
    "pdf", "ofd", "doc", "docx", "wps", "odt", "rtf", "ppt", "pptx", "dps", "jpg", "jpeg", "png", "gif",
    "bmp", "tif", "tiff", "webp", "heic",
];

/// The table of attachments, and its field that names the file.
const ATTACHMENT_TABLE: &str = "attachments";
const ATTACHMENT_NAME: &str = "filename";

/// The files of a folder that were neither read nor listed as attachments.
pub(super) fn strays(package: &Package, schema: &Schema, submission: &Submission) -> Vec<ReadProblem> {
    let listed = listed(schema, submission);
    let packages = packages_within(package);
    let mut problems = Vec::new();
    for file in &package.files {
        let (folder, base) = file.name.rsplit_once('/').unwrap_or(("", &file.name));
        let (stem, extension) = base.rsplit_once('.').unwrap_or((base, ""));
        let extension = extension.to_lowercase();
        let table = folder.is_empty() && extension == "csv";
        let known = file.name == HEADER_FILE
            || table
            || is_instruction(stem)
            || ATTACHMENTS.contains(&extension.as_str())
            || listed.contains(&comparable(&file.name))
            || listed.contains(&comparable(base));
        let advice = if base == HEADER_FILE && !folder.is_empty() {
            another_package()
        } else if known || packages.iter().any(|package| is_within(folder, package)) {
            // What stands in a package of its own is told once, at its header.
            continue;
        } else {
            advice(stem, &extension)
        };
        problems.push(ReadProblem::new(ReadProblemKind::StrayFile { advice }, Location::file(&file.path)));
    }
    problems
}

/// The names that the table of attachments lists.
fn listed(schema: &Schema, submission: &Submission) -> BTreeSet<String> {
    let names = || {
        let at = schema.table(ATTACHMENT_TABLE)?;
        let field = schema.tables[at].field(ATTACHMENT_NAME)?;
        let table = submission.tables.get(at)?.as_ref()?;
        Some((0..table.len()).filter_map(move |row| match table.cell(row, field) {
            Cell::Valid(name) => Some(comparable(&name.to_string())),
            _ => None,
        }))
    };
    names().into_iter().flatten().collect()
}

/// A file's name as systems compare it that are indifferent to case, width and the direction of slashes.
fn comparable(name: &str) -> String {
    fold(name).replace('\\', "/").trim_start_matches("./").to_lowercase()
}

/// The sub-folders that have a header of their own.
fn packages_within(package: &Package) -> BTreeSet<&str> {
    package
        .files
        .iter()
        .filter_map(|file| file.name.rsplit_once('/'))
        .filter(|(_, base)| *base == HEADER_FILE)
        .map(|(folder, _)| folder)
        .collect()
}

fn is_within(folder: &str, package: &str) -> bool {
    folder.strip_prefix(package).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

fn another_package() -> Text {
    Text::new(
        "这个子文件夹里又有一份报送（有自己的 header.toml），都没有读入；一个文件夹只放一份报送，请把它移出去另报",
        "this sub-folder holds another submission (it has a header.toml of its own), and none of it was read; \
         one folder holds one submission, so move it out and hand it in by itself",
    )
}

fn advice(stem: &str, extension: &str) -> Text {
    let header = ["header", "报送信息"].contains(&fold(stem).to_lowercase().as_str());
    match extension {
        "toml" if header => Text::new(
            "报送信息要放在文件夹最上层，文件名是 header.toml；请移动或改名",
            "the header belongs at the top of the folder and is called header.toml; move or rename it",
        ),
        "csv" => Text::new(
            "子文件夹里的 CSV 不当作表；是表就移到 header.toml 旁边，是附件就登记到“附件”表，不用就删去",
            "a CSV file in a sub-folder is no table; if it is one, move it beside header.toml; if it is an \
             attachment, list it in the table of attachments; otherwise delete it",
        ),
        "xlsx" | "xlsm" | "xlsb" | "xls" | "et" | "ett" | "ods" | "tsv" | "tab" | "txt" | "json" | "toml"
        | "parquet" => Text::new(
            "文件夹里只读 header.toml 和它旁边的 CSV；是表就另存为以表名命名的 .csv，是附件就登记到“附件”表，不用就删去",
            "of a folder only header.toml and the CSV files beside it are read; if it holds a table, save it as \
             CSV under the table's name; if it is an attachment, list it in the table of attachments; otherwise \
             delete it",
        ),
        _ => Text::new(
            "它不是报送信息，也不是表；是附件就登记到“附件”表，不用就删去",
            "it is neither the header nor a table; if it is an attachment, list it in the table of attachments; \
             otherwise delete it",
        ),
    }
}
