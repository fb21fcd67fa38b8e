//! Submissions: a header and columnar tables, every cell of which knows where it came from.
//!
//! Readers hand raw cells to an [`Intake`]; it types them by the schema, keeps what cannot be typed with its raw
//! text, and says so. A submission therefore always exists, however bad the file; what is wrong with it stands
//! among its problems.

mod cell;
mod cell_problem;
mod column;
mod date;
mod footer;
mod headings;
mod intake;
mod number;
mod personal;
mod problem;
mod records;
mod segment;
mod shape;
mod suggestion;
mod table;
mod table_intake;
mod words;

use std::collections::{BTreeMap, BTreeSet};

use crate::agreement::SubmitterKind;
use crate::schema::Schema;
use crate::text::fold_code;
use crate::value::{Date, Value};
use crate::verdict::{Location, Severity, Submitter};

pub use cell::Raw;
pub use cell_problem::{CellProblem, Spelling, Wanted};
pub use column::{Cell, Column};
pub(crate) use column::{View, ViewValues};
pub use date::parse_date;
pub use footer::Footer;
pub use intake::Intake;
pub use personal::Personal;
pub use problem::{ReadProblem, ReadProblemKind};
pub use table::{Layout, Table, TableColumn, cell_name};
pub use table_intake::{PartRecords, TableIntake, TablePart};
pub(crate) use words::{Index, Words};

/// What one submitter hands in for one year.
#[derive(Debug, Clone)]
pub struct Submission {
    /// The package it came from, as shown to people.
    pub source: String,
    /// The header's cells, by the schema's header fields.
    pub header: Vec<HeaderCell>,
    /// The tables, by the schema's tables; none where the table was not handed in.
    pub tables: Vec<Option<Table>>,
    /// The tables that were handed in but could not be read, by their place in the schema. What they hold is not
    /// known, so that no rule may take them for empty.
    pub unread: BTreeSet<usize>,
    /// What was wrong while reading, as much as was to be kept.
    pub problems: Vec<ReadProblem>,
    /// How much more was wrong, by severity.
    pub more_problems: BTreeMap<Severity, usize>,
}

/// One field of the header and where it stands.
#[derive(Debug, Clone, Default)]
pub struct HeaderCell {
    /// Its value.
    pub cell: Cell,
    /// Its place; only the file where the field was not given.
    pub location: Location,
    /// The places of its parts, by part key, where they stand apart.
    pub parts: Vec<(String, Location)>,
}

impl Submission {
    /// The value of the header field of this key, if it is there and readable.
    pub fn header_value<'a>(&'a self, schema: &Schema, key: &str) -> Option<&'a Value> {
        let at = schema.header.iter().position(|field| field.key == key)?;
        match &self.header.get(at)?.cell {
            Cell::Valid(value) => Some(value),
            _ => None,
        }
    }

    /// Who handed it in.
    pub fn submitter(&self, schema: &Schema) -> Submitter {
        let word = |key| self.header_value(schema, key).map(ToString::to_string).unwrap_or_default();
        Submitter {
            kind: SubmitterKind::from_key(&word("submitter_kind")),
            // Codes are compared from year to year and package to package, however they were typed.
            code: fold_code(&word("submitter_code")),
            name: word("submitter_name"),
        }
    }

    /// The report year.
    pub fn year(&self, schema: &Schema) -> Option<i32> {
        match self.header_value(schema, "report_year")? {
            Value::Integer(year) => i32::try_from(*year).ok(),
            _ => None,
        }
    }

    /// Whether anything of a header could be read. Without one there is nothing that rules could judge.
    pub fn has_header(&self) -> bool {
        self.header.iter().any(|entry| entry.cell != Cell::Empty)
    }

    /// The last day of the reporting period: the day as of which rules and parameters are chosen. Where the period
    /// is not given, the last day of the report year.
    pub fn period_end(&self, schema: &Schema) -> Option<Date> {
        match self.header_value(schema, "period_end") {
            Some(Value::Date(date)) => Some(*date),
            _ => Date::new(i16::try_from(self.year(schema)?).ok()?, 12, 31).ok(),
        }
    }

    /// How many records its tables hold.
    pub fn records(&self) -> usize {
        self.tables.iter().flatten().map(Table::len).sum()
    }
}
