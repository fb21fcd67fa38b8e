//! The rules engine of hegui (合规): what is submitted is checked, rule by rule, against what was agreed.
//!
//! The data goes one way: a rulebook is loaded ([`rulebook`]), submissions are taken in ([`submission`]), the engine
//! judges them ([`engine`]), and verdicts come out ([`verdict`]). The core does no input or output, knows no file
//! format, no plugin by name, no terminal and no clock.

pub mod agreement;
pub mod coverage;
pub mod diagnostic;
pub mod engine;
pub mod gate;
pub mod native;
pub mod plugin;
pub mod prove;
pub mod rule;
pub mod rulebook;
pub mod schema;
mod script;
pub mod submission;
pub mod text;
pub mod toml_source;
pub mod value;
pub mod verdict;
