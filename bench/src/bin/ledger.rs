//! Writes synthetic patent ledgers: one of any size, or many submissions of ordinary size.

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use hegui_bench::ledger::{
    Header, LedgerError, Owner, Patents, Plan, write_folder, write_submissions, write_workbook,
};

/// How many enterprises own the patents of one large ledger.
const OWNERS: u32 = 4000;
/// The enterprise that hands in the large ledger.
const SUBMITTER: u32 = 202;

/// Writes synthetic patent ledgers into DIR/报送
#[derive(Debug, Parser)]
struct Arguments {
    /// How many patents one ledger holds
    #[arg(long, default_value_t = 1_000_000)]
    rows: u32,
    /// How many of a thousand are faulty
    #[arg(long, default_value_t = 10)]
    faulty_per_mille: u32,
    /// The year reported on; PAT-009 applies from 2021 on
    #[arg(long, default_value_t = 2020)]
    year: i16,
    /// A workbook instead of a folder with a CSV file
    #[arg(long, conflicts_with = "submissions")]
    xlsx: bool,
    /// So many submissions of 50 to 600 patents instead of one ledger
    #[arg(long, conflicts_with = "rows")]
    submissions: Option<u32>,
    /// Where they are written
    #[arg(value_name = "DIR")]
    folder: PathBuf,
}

fn main() -> ExitCode {
    match write(&Arguments::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // Nothing is left to do when standard error itself is closed.
            let _ = writeln!(io::stderr(), "{error}");
            ExitCode::from(2)
        }
    }
}

fn write(arguments: &Arguments) -> Result<(), LedgerError> {
    let Arguments { rows, faulty_per_mille, year, .. } = *arguments;
    let plan = Plan { faulty_per_mille, year };
    let folder = arguments.folder.join("报送");
    if let Some(count) = arguments.submissions {
        return write_submissions(&folder, count, plan);
    }
    let submitter = Owner::enterprise(SUBMITTER);
    let owners: Vec<Owner> = (1..=OWNERS).map(Owner::enterprise).collect();
    let header = Header { submission_id: format!("SYN-{year}-{SUBMITTER:06}"), submitter: &submitter, year };
    let patents = Patents::new(plan, &owners).take(rows as usize);
    if arguments.xlsx {
        write_workbook(&folder.join("专利台账.xlsx"), &header, patents)
    } else {
        write_folder(&folder, &header, patents)
    }
}
