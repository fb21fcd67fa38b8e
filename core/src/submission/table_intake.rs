//! From the rows of one table to typed columns.

use std::collections::BTreeMap;

use super::cell::Raw;
use super::problem::{ReadProblem, ReadProblemKind};
use super::records::{Noted, Records};
use super::shape::Shape;
use super::table::{Layout, Table, TableColumn};
use crate::schema::{Spot, TableSchema};
use crate::verdict::{Location, Severity};

/// Takes in one table, row by row, or part by part.
#[derive(Debug)]
pub struct TableIntake<'s> {
    pub(super) at: usize,
    pub(super) shape: Shape<'s>,
    place: Location,
    /// None before the first row.
    records: Option<Records>,
    pub(super) problems: Vec<ReadProblem>,
}

/// A part of a table that is taken in apart from the others, on another thread.
#[derive(Debug)]
pub struct TablePart<'t> {
    shape: &'t Shape<'t>,
    records: Records,
}

/// The records of a part, to be [joined](TableIntake::join) to its table.
#[derive(Debug)]
pub struct PartRecords(Records);

impl TablePart<'_> {
    /// Takes in one row, as [`TableIntake::row`] does.
    pub fn row(&mut self, number: u32, cells: &[(u32, Raw<'_>)]) {
        self.records.row(self.shape, number, cells);
    }

    /// What was taken in.
    pub fn finish(self) -> PartRecords {
        PartRecords(self.records)
    }
}

impl<'s> TableIntake<'s> {
    pub(super) fn new(
        at: usize,
        schema: &'s TableSchema,
        layout: Layout,
        place: Location,
        most: Option<usize>,
    ) -> Self {
        let shape = Shape::new(schema, layout, most);
        Self { at, shape, place, records: None, problems: Vec::new() }
    }

    /// Notes that the table has no heading row.
    pub fn no_headings(&mut self) {
        let kind = ReadProblemKind::NoHeadings { label: self.shape.schema.label.clone() };
        self.problems.push(ReadProblem::new(kind, self.place.clone()));
    }

    /// Takes in one row of a sheet or CSV file: the row's number, and its cells with the number of their column.
    /// A row without any content is no record, nor is one below the records that holds a total or a note.
    pub fn row(&mut self, number: u32, cells: &[(u32, Raw<'_>)]) {
        let Self { shape, records, .. } = self;
        records.get_or_insert_with(|| Records::new(shape)).row(shape, number, cells);
    }

    /// Takes in one record of a JSON or TOML document by its names.
    pub fn record(&mut self, number: u32, entries: &[(String, Raw<'_>)]) {
        let Self { shape, records, .. } = self;
        records.get_or_insert_with(|| Records::new(shape)).record(shape, number, entries);
    }

    /// A part of the table, once its headings are known; parts are joined in the order of their rows.
    pub fn part(&self) -> TablePart<'_> {
        TablePart { shape: &self.shape, records: Records::new(&self.shape) }
    }

    /// Whether the next row decides what the last ones are. Then it may not be taken in as a part.
    pub fn is_open(&self) -> bool {
        self.records.as_ref().is_some_and(Records::are_open)
    }

    /// Appends a part.
    pub fn join(&mut self, part: PartRecords) {
        match &mut self.records {
            Some(records) => records.append(&self.shape, part.0),
            None => self.records = Some(part.0),
        }
    }

    /// The table, its problems, and how many more there are, by severity.
    pub(super) fn finish(self) -> (Table, Vec<ReadProblem>, BTreeMap<Severity, usize>) {
        let Self { shape, records, mut problems, .. } = self;
        let mut records = records.unwrap_or_else(|| Records::new(&shape));
        records.close(&shape);
        let noted = std::mem::take(&mut records.problems);
        let more = std::mem::take(&mut records.more_problems);
        let columns = records.columns.into_iter().zip(&shape.columns).map(|(cells, place)| {
            let (cells, place) = (cells?, place.as_ref()?);
            Some(TableColumn { cells, at: place.at, parts: place.parts.clone() })
        });
        let table = Table { layout: shape.layout.clone(), rows: records.rows, columns: columns.collect() };
        problems.extend(noted.into_iter().map(|noted| described(&table, shape.schema, noted)));
        (table, problems, more)
    }
}

/// A problem, with the key of its record and the cells beside it.
fn described(table: &Table, schema: &TableSchema, noted: Noted) -> ReadProblem {
    let Noted { mut problem, row, .. } = noted;
    if let Some(row) = row {
        let field = problem.location.field.as_deref().and_then(|key| schema.field(key));
        problem.key = table.record_key(schema, row);
        problem.excerpt = field.map(|field| table.excerpt(schema, row, Some(Spot { field, part: None })));
    }
    problem
}
