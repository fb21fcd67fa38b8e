//! What is said when the program itself breaks: where, and never with which words, for a panic's message may quote
//! what was handed in.

use std::panic::{self, Location};
use std::process::ExitCode;

use crate::exit;

/// From here on a panic says only that it happened, and at which line of this program. Those that are caught — in the
/// gate, in the workbook library — say no more.
pub fn keep_quiet() {
    panic::set_hook(Box::new(|info| anstream::eprintln!("{}", words(info.location()))));
}

/// Runs the program; if it panics, it could not run.
pub fn catch(run: impl FnOnce() -> ExitCode + panic::UnwindSafe) -> ExitCode {
    panic::catch_unwind(run).unwrap_or(exit::COULD_NOT_RUN.into())
}

/// Sources of this program stand under relative paths; those of libraries would tell of the machine that built it.
fn words(location: Option<&Location<'_>>) -> String {
    let place = location
        .filter(|location| !location.file().starts_with('/') && !location.file().contains(':'))
        .map(|location| format!(" {}:{}", location.file(), location.line()))
        .unwrap_or_default();
    format!(
        "程序内部出错{place}；请告知维护者，不要附上报送材料。 \
         Internal error{place}; tell the maintainers, and attach no submission."
    )
}
