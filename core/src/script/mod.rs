//! The script engine. This is the only place of the product that builds a Rhai engine.
//!
//! [`profile`] is the one profile: raw engine, explicit limits, no files, no clock. [`world`] is what scripts may
//! look at, [`turn`] what happens while one evaluation runs, [`handles`] what scripts hold in their hands, [`verbs`]
//! what they can do with it. Types are checked before ([`crate::rule`]); here values only flow.

mod alike;
pub(crate) mod built_in;
pub(crate) mod handles;
mod looks;
pub(crate) mod names;
mod profile;
mod tables;
mod turn;
mod verbs;
pub(crate) mod world;

pub(crate) use profile::{build, is_free_word};
pub(crate) use turn::{Draft, Ended, Evaluated, Target, Turn, evaluate};
