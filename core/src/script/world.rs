//! What scripts may look at: the schema, the batch, the day. Immutable while rules run, shared by all threads.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::built_in::{BuiltIn, dictionary_table, directory_table};
use super::handles::{Owner, RecordRef, Rows, TableId};
use crate::native::Context;
use crate::schema::{Field, Schema, TableSchema};
use crate::submission::{Cell, Submission, Table};
use crate::value::Date;

/// Everything that rules can read.
#[derive(Debug)]
pub(crate) struct World {
    pub(crate) schema: Arc<Schema>,
    pub(crate) as_of: Date,
    pub(crate) submissions: Vec<Submission>,
    /// For each submission, the one of the same submitter for the year before.
    pub(crate) previous: Vec<Option<usize>>,
    /// The submissions that count in rules over the whole batch: neither held nor superseded.
    pub(crate) counted: BTreeSet<usize>,
    built_in: BuiltIn,
    dictionary: Table,
    /// For each submission, which tables it should hold and does.
    directories: Vec<Table>,
    /// The day taken for the period of a submission that does not say its own; only examples have one.
    pub(crate) default_day: Option<Date>,
}

impl World {
    pub(crate) fn new(
        schema: Arc<Schema>,
        as_of: Date,
        submissions: Vec<Submission>,
        previous: Vec<Option<usize>>,
        counted: BTreeSet<usize>,
        default_day: Option<Date>,
    ) -> Self {
        let dictionary = dictionary_table(&schema);
        let directories = submissions.iter().map(|one| directory_table(&schema, one)).collect();
        Self {
            schema,
            as_of,
            submissions,
            previous,
            counted,
            built_in: BuiltIn::new(),
            dictionary,
            directories,
            default_day,
        }
    }

    pub(crate) fn context(&self) -> Context<'_> {
        Context { schema: &self.schema, as_of: self.as_of }
    }

    pub(crate) fn table_schema(&self, table: TableId) -> &TableSchema {
        self.built_in.or_filed(&self.schema, table)
    }

    pub(crate) fn table(&self, submission: usize, table: TableId) -> Option<&Table> {
        match table {
            TableId::Dictionary => Some(&self.dictionary),
            TableId::Directory => self.directories.get(submission),
            TableId::Filed(at) => self.submissions.get(submission)?.tables.get(at)?.as_ref(),
        }
    }

    /// Whether a submission's table was handed in and could not be read.
    pub(crate) fn is_unread(&self, submission: usize, table: TableId) -> bool {
        match table {
            TableId::Dictionary | TableId::Directory => false,
            TableId::Filed(at) => {
                self.submissions.get(submission).is_some_and(|one| one.unread.contains(&at))
            }
        }
    }

    /// The day as of which a submission is judged.
    pub(crate) fn period_end(&self, submission: usize) -> Option<Date> {
        let own = self.submissions.get(submission).and_then(|one| one.period_end(&self.schema));
        own.or(self.default_day)
    }

    /// The cell of a record.
    pub(crate) fn cell(&self, record: RecordRef, field: usize) -> Cell {
        self.table(record.submission, record.table).map_or(Cell::Empty, |table| table.cell(record.row, field))
    }

    /// Whether the table of a record has a column for a field at all.
    pub(crate) fn has_column(&self, record: RecordRef, field: usize) -> bool {
        let table = self.table(record.submission, record.table);
        table.is_some_and(|table| table.columns.get(field).is_some_and(Option::is_some))
    }

    /// All records of a table in some submissions.
    pub(crate) fn rows(&self, submissions: impl Iterator<Item = usize>, table: TableId) -> Rows {
        let of = |submission| {
            let count = self.table(submission, table).map_or(0, Table::len);
            (0..count).map(move |row| RecordRef { submission, table, row })
        };
        let records = match table {
            TableId::Dictionary => of(0).collect(),
            TableId::Filed(_) | TableId::Directory => submissions.flat_map(of).collect(),
        };
        Rows { table, records }
    }

    /// The fields of an object.
    pub(crate) fn parts(&self, owner: Owner) -> &[Field] {
        let ty = match owner {
            Owner::Header(at) => &self.schema.header[at].ty,
            Owner::Field(table, at) => &self.table_schema(table).fields[at].ty,
        };
        ty.parts()
    }
}
