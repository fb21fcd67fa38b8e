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
    let mut random = Random::new(SEED);
    for number in 1..=count {
        let owner = Owner::enterprise(number);
        let submission_id = format!("SYN-{}-{number:06}", plan.year);
        // Most are small.
        let (one, two) = (random.between(SMALLEST, LARGEST), random.between(SMALLEST, LARGEST));
        let rows = usize::try_from(one.min(two)).unwrap_or_default();
        let owners = [owner.clone()];
        let header = Header { submission_id: submission_id.clone(), submitter: &owner, year: plan.year };
        let patents = Patents::new(plan, &owners, number).take(rows);
        write_folder(&folder.join(&submission_id), &header, patents)?;
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
