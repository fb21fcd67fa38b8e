//! What hegui is measured with: synthetic patent ledgers of any size, and the floor.
//!
//! [`ledger`] makes the ledgers, the same on every run. [`floor`] is the eleven record rules on patents that are
//! measured, written by hand on plain columns: how fast this work can be done without a rules engine. The two share
//! nothing but the list of subclasses, so that a mistake of one cannot hide in the other.

pub mod floor;
pub mod ledger;

/// The subclasses of the IPC that the rulebook knows, one a line, below a line on their source and the heading.
const SUBCLASSES: &str = include_str!("../../plugins/patent-quality/data/ipc_subclasses.csv");
