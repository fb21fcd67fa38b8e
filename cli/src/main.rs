//! The command `hegui`. All it does is hand its arguments to the library and exit with the code that comes back.

use std::process::ExitCode;

fn main() -> ExitCode {
    hegui::panic::keep_quiet();
    hegui::panic::catch(|| hegui::run(std::env::args_os()))
}
