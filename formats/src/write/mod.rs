//! How verdicts go out: one module a format, each a pure function from verdicts to bytes.
//!
//! A writer reads verdicts and changes nothing. It prints no text of a held package, whatever the verdicts hold:
//! every writer begins with [`withhold`].

mod book;
pub mod coverage;
mod held;
pub mod json;
pub mod jsonl;
mod options;
pub mod pages;
#[cfg(test)]
mod sample;
pub mod terminal;

pub use book::{Book, RuleTitle};
pub use held::withhold;
pub use json::RunInfo;
pub use options::{Detail, Options};
