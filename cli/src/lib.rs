//! The command line of hegui: one module a command, and what they share — arguments, rulebook, exit codes.
//!
//! Files, clock, terminal and exit codes belong here; the core knows none of them.

mod args;
mod cache;
mod check;
mod coverage;
mod docs;
pub mod exit;
mod fixture;
mod messages;
pub mod panic;
mod rule;
mod rules;
mod screen;
mod seal;
mod source;
mod test;

use std::ffi::OsString;
use std::process::ExitCode;

use args::Command;

pub use fixture::{
    Expected, Fixture, FixtureResult, find as find_fixtures, render as render_fixture, run as run_fixture,
};
pub use source::{Config, load as load_rulebook, plugins};

/// Runs the command line and says how to exit.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    let parsed = match args::parse(&arguments) {
        Ok(parsed) => parsed,
        Err(code) => return code.into(),
    };
    let lang = parsed.common.lang();
    parsed.common.color.apply();
    let code = match &parsed.command {
        Command::Check(command) => check::run(&parsed.common, command),
        Command::Test(command) => test::run(&parsed.common, command),
        Command::Rule(command) => rule::run(&parsed.common, command),
        Command::Docs(command) => docs::run(&parsed.common, command),
        Command::Rules(command) => rules::run(&parsed.common, command),
        Command::Coverage(command) => coverage::run(&parsed.common, command),
    };
    match code {
        Ok(code) => code.into(),
        Err(failure) => {
            messages::failure(lang, &failure);
            exit::COULD_NOT_RUN.into()
        }
    }
}
