//! What scripts hold in their hands: records, tables, submissions, objects. All are small numbers that point into
//! the [`World`](super::world::World); no cell is copied until a script reads it.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::value::Value;

/// A table that scripts can read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum TableId {
    /// A table of the submissions, by its place in the schema.
    Filed(usize),
    /// The indicator dictionary.
    Dictionary,
    /// The directory of the tables a submission should hold.
    Directory,
}

/// One record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct RecordRef {
    pub(crate) submission: usize,
    pub(crate) table: TableId,
    pub(crate) row: usize,
}

/// Some records of one table, possibly of several submissions.
#[derive(Debug, Clone)]
pub(crate) struct Rows {
    pub(crate) table: TableId,
    pub(crate) records: Arc<[RecordRef]>,
}

/// Records that have one value in common.
#[derive(Debug, Clone)]
pub(crate) struct Group {
    pub(crate) key: rhai::Dynamic,
    pub(crate) rows: Rows,
}

/// One submission of the batch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct SubmissionRef(pub(crate) usize);

/// All parameters, as of one submission; without one, as of the latest in the batch.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ParamsRef(pub(crate) Option<usize>);

/// Where an object's fields are declared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Owner {
    /// A header field.
    Header(usize),
    /// A field of a table.
    Field(TableId, usize),
}

/// The named values of one cell.
#[derive(Debug, Clone)]
pub(crate) struct ObjectRef {
    pub(crate) owner: Owner,
    pub(crate) values: Arc<BTreeMap<String, Value>>,
}

/// A finding just made, so that a script can add what it found and expected.
#[derive(Debug, Clone, Copy)]
pub(crate) struct FindingRef(pub(crate) usize);
