//! A folder with `header.toml` and a CSV file a table.

use hegui_core::submission::{Intake, Layout, ReadProblem, ReadProblemKind};
use hegui_core::verdict::Location;

use super::{csv_table, into_text, toml_doc};
use crate::package::{HEADER_FILE, Package, PackageFile};

/// Reads a folder: its header and the CSV files beside it, which are taken out of it one by one, so that no file is held
/// beside what was read from it. What else it holds is looked after by [`super::stray`].
pub(super) fn read(package: &mut Package, intake: &mut Intake<'_>) {
    match package.files.iter().find(|file| file.name == HEADER_FILE) {
        Some(file) => toml_doc::read_header(file, intake),
        None => {
            intake.problem(ReadProblem::new(ReadProblemKind::NoHeaderFile, Location::file(&package.path)))
        }
    }
    for file in &mut package.files {
        if let Some(name) = table_name(&file.name) {
            let name = name.to_string();
            read_table(file, &name, intake);
        }
    }
}

/// The name of the table that a file of this name holds.
fn table_name(name: &str) -> Option<&str> {
    let (stem, extension) = name.rsplit_once('.')?;
    (extension.eq_ignore_ascii_case("csv") && !name.contains('/')).then_some(stem)
}

fn read_table(file: &mut PackageFile, name: &str, intake: &mut Intake<'_>) {
    let layout = Layout::Lines { file: file.path.clone() };
    let Some(table) = intake.open_table(name, layout, Location::file(&file.path)) else { return };
    match into_text(file, "CSV") {
        Ok(text) => csv_table::read(text, Location::file(&file.path), table, intake),
        Err(problem) => intake.problem(*problem),
    }
}
