//! Exit codes. Where several apply, the order is: could not run, rule broke, held, findings, clean.

/// Nothing at or above `--fail-on`.
pub const CLEAN: u8 = 0;
/// Findings at or above `--fail-on`.
pub const FINDINGS: u8 = 1;
/// Could not run: usage, configuration, a path that does not exist, a rule or manifest that does not load.
pub const COULD_NOT_RUN: u8 = 2;
/// The gate or a stop rule holds a package.
pub const HELD: u8 = 3;
/// A rule broke while running.
pub const RULE_BROKE: u8 = 4;
