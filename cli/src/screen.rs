//! The screen that is written to: how wide it is, and whether it shows colours.

use std::io::{self, IsTerminal};

use hegui_core::diagnostic::Style;

use crate::args::ColorArg;

/// The columns of the terminal, at most 160; 100 where there is none.
pub(crate) fn width() -> usize {
    terminal_size::terminal_size().map_or(100, |(width, _)| usize::from(width.0).min(160))
}

/// How what goes to standard output is written.
pub(crate) fn style(color: ColorArg) -> Style {
    let coloured = match color {
        ColorArg::Always => true,
        ColorArg::Never => false,
        ColorArg::Auto => io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none(),
    };
    if coloured { Style::Coloured } else { Style::Plain }
}

/// How what goes to a file is written.
pub(crate) fn style_of_file(color: ColorArg) -> Style {
    if matches!(color, ColorArg::Always) { Style::Coloured } else { Style::Plain }
}
