//! Synthetic patent ledgers: realistic in their values, clean but for faults that are put in on purpose.
//!
//! The same rows come on every run and every machine; a longer ledger begins with the rows of a shorter one. Nothing in
//! it is meant to be real: owners say so in their names, and numbers are made up.

mod clean;
mod error;
mod fault;
mod folder;
mod header;
mod number;
mod owner;
mod patent;
mod random;
mod title;
mod workbook;

pub use clean::Patents;
pub use error::LedgerError;
pub use fault::RULES;
pub use folder::{write_folder, write_submissions};
pub use header::Header;
pub use owner::Owner;
pub use patent::Patent;
pub use workbook::write_workbook;

use random::Random;

/// How a ledger is to be.
#[derive(Debug, Clone, Copy)]
pub struct Plan {
    /// How many of a thousand are faulty.
    pub faulty_per_mille: u32,
    /// The year it reports on; its cut-off is the last day.
    pub year: i16,
}

/// The seed of everything; another one makes other rows.
const SEED: u64 = 0x6865_6775_6921;
