//! The floor: eleven record rules on patents, written by hand for one kind of ledger.
//!
//! What a competent engineer writes in an afternoon who needs these checks and nothing else: the file into typed
//! columns, then a plain loop a rule. One thread, the standard library and `csv`; nothing of hegui. It knows the
//! writings that the rules know of numbers (prefixes, spaces, full-width forms), and days in the form 2020-12-31
//! alone. It tells how many findings there are, not where; a report, with its messages, places and reasons, is no
//! part of it.

mod checks;
mod columns;
mod day;
mod fold;
mod header;
mod ipc;
mod number;
mod publication;
mod text_column;

pub use checks::{Counts, check};
pub use columns::{Columns, Extent, ReadError};
pub use header::Header;
