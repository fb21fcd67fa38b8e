//! Submissions as folders: `header.toml` and `patents.csv`.

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::Path;

use super::clean::Patents;
use super::error::LedgerError;
use super::header::Header;
use super::owner::Owner;
use super::patent::{COLUMNS, Patent};
use super::random::Random;
use super::{Plan, SEED};

/// Rows of the smallest and the largest submission.
const SMALLEST: i32 = 50;
const LARGEST: i32 = 600;

/// Writes one submission into `folder`.
pub fn write_folder<'o>(
    folder: &Path,
    header: &Header<'_>,
    patents: impl Iterator<Item = Patent<'o>>,
) -> Result<(), LedgerError> {
    fs::create_dir_all(folder).map_err(LedgerError::at(folder))?;
    let path = folder.join("header.toml");
    fs::write(&path, header.toml()).map_err(LedgerError::at(&path))?;

    let path = folder.join("patents.csv");
    let failed = LedgerError::at(&path);
    let mut out = BufWriter::with_capacity(1 << 18, File::create(&path).map_err(&failed)?);
    let headings = COLUMNS.map(|(key, _)| key).join(",");
    writeln!(out, "{headings}").map_err(&failed)?;
    let (mut line, mut cell) = (String::new(), String::new());
    for patent in patents {
        line.clear();
        for written in patent.cells() {
            cell.clear();
            // Writing to a string does not fail.
            let _ = written.write_to(&mut cell);
            push_quoted(&mut line, &cell);
            line.push(',');
        }
        line.pop();
        line.push('\n');
        out.write_all(line.as_bytes()).map_err(&failed)?;
    }
    out.flush().map_err(&failed)
}

/// Writes `count` submissions of different enterprises, each into a folder of its own in `folder`.
pub fn write_submissions(folder: &Path, count: u32, plan: Plan) -> Result<(), LedgerError> {
    let owners: Vec<Owner> = (1..=count).map(Owner::enterprise).collect();
    let mut patents = Patents::new(plan, &owners);
    let mut sizes = Random::new(SEED);
    for (number, owner) in (1..).zip(&owners) {
        let submission_id = format!("SYN-{}-{number:06}", plan.year);
        let folder = folder.join(&submission_id);
        // Most are small.
        let (one, two) = (sizes.between(SMALLEST, LARGEST), sizes.between(SMALLEST, LARGEST));
        let rows = usize::try_from(one.min(two)).unwrap_or_default();
        patents.hand_over(std::slice::from_ref(owner));
        let header = Header { submission_id, submitter: owner, year: plan.year };
        write_folder(&folder, &header, patents.by_ref().take(rows))?;
    }
    Ok(())
}

fn push_quoted(line: &mut String, cell: &str) {
    if cell.contains([',', '"', '\n']) {
        line.push('"');
        line.push_str(&cell.replace('"', "\"\""));
        line.push('"');
    } else {
        line.push_str(cell);
    }
}
