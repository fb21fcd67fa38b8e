//! `hegui coverage`: which clause is looked at by which rules, and what is not, and why.

use hegui_core::coverage::coverage;
use hegui_formats::write::coverage as write;

use crate::args::{Common, CoverageArgs, ListFormatArg};
use crate::exit;
use crate::messages::Failure;
use crate::source::{self, Config};

/// Runs the command.
pub(crate) fn run(common: &Common, args: &CoverageArgs) -> Result<u8, Failure> {
    let book = source::load(&Config::find(common)?)?;
    let clauses = coverage(&book);
    let mut out = anstream::stdout().lock();
    let written = match args.format {
        ListFormatArg::Terminal => write::terminal(&mut out, &clauses, common.lang()),
        ListFormatArg::Json => write::json(&mut out, &clauses),
    };
    match written {
        // Whoever read the list has seen enough.
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(exit::CLEAN),
        Err(error) => Err(Failure::other(format!("写不出来：{error}"), format!("cannot write: {error}"))),
        Ok(()) => Ok(exit::CLEAN),
    }
}
