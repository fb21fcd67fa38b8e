//! Checks the ledgers in a folder by the eleven rules written by hand, and prints how many findings each rule has.
//!
//! `floor [--all-columns] DIR`: every folder in DIR with a `header.toml` and a `patents.csv` is a ledger.

use std::error::Error;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{env, fs};

use hegui_bench::floor::{Columns, Counts, Extent, Header, check};

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let (extent, folder) = match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["--all-columns", folder] => (Extent::Whole, PathBuf::from(folder)),
        [folder] => (Extent::Needed, PathBuf::from(folder)),
        _ => {
            let _ = writeln!(io::stderr(), "usage: floor [--all-columns] DIR");
            return ExitCode::from(2);
        }
    };
    match run(&folder, extent) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // Nothing is left to do when standard error itself is closed.
            let _ = writeln!(io::stderr(), "{error}");
            ExitCode::from(2)
        }
    }
}

fn run(folder: &Path, extent: Extent) -> Result<(), Box<dyn Error>> {
    let mut ledgers = Vec::new();
    find_ledgers(folder, &mut ledgers)?;
    if ledgers.is_empty() {
        return Err(format!("no ledger in {}", folder.display()).into());
    }
    let mut counts = Counts::default();
    for ledger in ledgers {
        let in_ledger = |error: &dyn Error| format!("{}: {error}", ledger.display());
        let header = fs::read_to_string(ledger.join("header.toml")).map_err(|error| in_ledger(&error))?;
        let header = Header::parse(&header).map_err(|error| in_ledger(&error))?;
        let columns =
            Columns::read(&ledger.join("patents.csv"), extent).map_err(|error| in_ledger(&error))?;
        counts.add(check(&columns, header));
    }
    writeln!(io::stdout(), "{counts}")?;
    Ok(())
}

/// The folders in and below `folder` that hold a ledger.
fn find_ledgers(folder: &Path, found: &mut Vec<PathBuf>) -> io::Result<()> {
    if folder.join("patents.csv").is_file() {
        found.push(folder.to_path_buf());
        return Ok(());
    }
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            find_ledgers(&path, found)?;
        }
    }
    Ok(())
}
