//! From the rows of one table to typed columns.

use std::collections::BTreeMap;

use super::cell::Raw;
use super::column::Cell;
use super::empty_column;
use super::footer::{Footer, Weight};
use super::intake::typed;
use super::problem::{ReadProblem, ReadProblemKind};
use super::suggestion::meant;
use super::table::{Layout, Table, TableColumn, cell_name};
use crate::schema::{FieldType, Spot, TableSchema};
use crate::verdict::Location;

/// Takes in one table, row by row.
#[derive(Debug)]
pub struct TableIntake<'s> {
    pub(super) at: usize,
    pub(super) schema: &'s TableSchema,
    layout: Layout,
    place: Location,
    rows: Vec<u32>,
    pub(super) columns: Vec<Option<TableColumn>>,
    /// What each column of the file feeds, by its number: a field, or a part of a field; `None` for a column that
    /// is not used but has been reported.
    pub(super) targets: BTreeMap<u32, Option<Target>>,
    /// Fields that two columns claim: their cells cannot be known.
    pub(super) ambiguous: Vec<usize>,
    /// Rows that are no records unless a record follows.
    below: Vec<Below>,
    pub(super) problems: Vec<ReadProblem>,
}

#[derive(Debug, Clone)]
pub(super) struct Target {
    pub(super) field: usize,
    pub(super) part: Option<String>,
}

/// A row that looks like one below the records.
#[derive(Debug)]
struct Below {
    number: u32,
    cells: Vec<(u32, Raw<'static>)>,
    footer: Footer,
}

impl<'s> TableIntake<'s> {
    pub(super) fn new(at: usize, schema: &'s TableSchema, layout: Layout, place: Location) -> Self {
        let columns = match layout {
            // A document names its fields record by record; every field may occur.
            Layout::Document { .. } => schema
                .fields
                .iter()
                .map(|field| Some(TableColumn { cells: empty_column(&field.ty), at: 0, parts: Vec::new() }))
                .collect(),
            _ => schema.fields.iter().map(|_| None).collect(),
        };
        Self {
            at,
            schema,
            layout,
            place,
            rows: Vec::new(),
            columns,
            targets: BTreeMap::new(),
            ambiguous: Vec::new(),
            below: Vec::new(),
            problems: Vec::new(),
        }
    }

    /// Notes that the table has no heading row.
    pub fn no_headings(&mut self) {
        let kind = ReadProblemKind::NoHeadings { label: self.schema.label.clone() };
        self.problems.push(ReadProblem::new(kind, self.place.clone()));
    }

    /// Takes in one row of a sheet or CSV file: the row's number, and its cells with the number of their column.
    /// A row without any content is no record, nor is one below the records that holds a total or a note.
    pub fn row(&mut self, number: u32, cells: &[(u32, Raw<'_>)]) {
        if cells.iter().all(|(_, raw)| raw.is_empty()) {
            return;
        }
        if let Some(footer) = self.footer(cells) {
            let cells = cells.iter().map(|(at, raw)| (*at, raw.clone().into_owned())).collect();
            return self.below.push(Below { number, cells, footer });
        }
        // A record follows, so those rows stand among the records and count as such.
        for row in std::mem::take(&mut self.below) {
            self.record_row(row.number, &row.cells);
        }
        self.record_row(number, cells);
    }

    /// What a row is, if it is none of the records.
    fn footer(&self, cells: &[(u32, Raw<'_>)]) -> Option<Footer> {
        let mut filled: Vec<&(u32, Raw<'_>)> =
            cells.iter().filter(|(_, raw)| !raw.is_empty() && !matches!(raw, Raw::Merged(_))).collect();
        filled.sort_by_key(|(at, _)| *at);
        let field = |at: u32| Some(self.targets.get(&at)?.as_ref()?.field);
        let weighed: Vec<_> = filled
            .iter()
            .map(|(at, raw)| {
                let weight = match field(*at) {
                    Some(at) if self.schema.record_key.contains(&at) => Weight::Key,
                    Some(at) if self.schema.fields[at].required => Weight::Required,
                    _ => Weight::Free,
                };
                (weight, raw)
            })
            .collect();
        let footer = Footer::recognise(&weighed, self.below.last().map(|below| below.footer))?;
        // A table may have such a word among the terms of its first column.
        let (first, raw) = filled.first()?;
        let listed = field(*first).map(|at| &self.schema.fields[at]).is_some_and(|field| {
            matches!(field.ty, FieldType::Term(_)) && matches!(super::cell::parse(field, raw), Ok(Some(_)))
        });
        (!listed).then_some(footer)
    }

    fn record_row(&mut self, number: u32, cells: &[(u32, Raw<'_>)]) {
        let mut whole: Vec<Option<&Raw<'_>>> = vec![None; self.schema.fields.len()];
        let mut parts: Vec<(usize, String, &Raw<'_>)> = Vec::new();
        for (at, raw) in cells.iter().filter(|(_, raw)| !raw.is_empty()) {
            match self.targets.get(at) {
                Some(Some(Target { field, part: None })) => whole[*field] = Some(raw),
                Some(Some(Target { field, part: Some(part) })) => parts.push((*field, part.clone(), raw)),
                Some(None) => {}
                None => {
                    let location = self.cell_location(number, *at, None);
                    let problem = ReadProblem::new(ReadProblemKind::CellWithoutColumn, location);
                    self.problems.push(problem.found(raw.shown()));
                }
            }
        }
        let assembled: Vec<(usize, Raw<'_>)> = {
            let mut objects: Vec<(usize, Vec<(String, Raw<'_>)>)> = Vec::new();
            for (field, part, raw) in parts {
                match objects.iter_mut().find(|(at, _)| *at == field) {
                    Some((_, entries)) => entries.push((part, raw.clone())),
                    None => objects.push((field, vec![(part, raw.clone())])),
                }
            }
            objects.into_iter().map(|(field, entries)| (field, Raw::Object(entries))).collect()
        };
        for (field, raw) in &assembled {
            whole[*field] = Some(raw);
        }
        self.push_record(number, &whole);
    }

    /// Takes in one record of a JSON or TOML document by its names.
    pub fn record(&mut self, number: u32, entries: &[(String, Raw<'_>)]) {
        let mut whole: Vec<Option<&Raw<'_>>> = vec![None; self.schema.fields.len()];
        let known: Vec<Option<usize>> = entries.iter().map(|(name, _)| self.schema.field(name)).collect();
        for (name, raw) in entries {
            let location = self.record_location(number, name);
            let Some(field) = self.schema.field(name) else {
                let suggestion = meant(name, &self.schema.fields, |spot| known.contains(&Some(spot.field)));
                let kind = ReadProblemKind::UnknownColumn {
                    table: self.schema.label.clone(),
                    name: name.clone(),
                    suggestion,
                };
                self.problems.push(ReadProblem::new(kind, location).found(raw.shown()));
                continue;
            };
            if whole[field].is_some() {
                let label = self.schema.fields[field].label.clone();
                let first =
                    known.iter().position(|other| *other == Some(field)).map_or(name, |at| &entries[at].0);
                let first = self.record_location(number, first).short();
                let kind = ReadProblemKind::DuplicateColumn { label, first };
                self.problems.push(ReadProblem::new(kind, location));
                continue;
            }
            whole[field] = Some(raw);
        }
        self.push_record(number, &whole);
    }

    fn push_record(&mut self, number: u32, whole: &[Option<&Raw<'_>>]) {
        let row = self.rows.len();
        self.rows.push(number);
        let first_problem = self.problems.len();
        let mut missing = Vec::new();
        for (at, field) in self.schema.fields.iter().enumerate() {
            if self.columns[at].is_none() {
                continue;
            }
            let cell = match whole[at] {
                _ if self.ambiguous.contains(&at) => Cell::Unreadable(String::new()),
                None => Cell::Empty,
                Some(raw) => match typed(field, raw) {
                    Ok(cell) => cell,
                    Err(refused) => {
                        let location = self.field_location(number, at);
                        self.problems.push(refused.problem(field, location));
                        refused.cell()
                    }
                },
            };
            if field.required && cell == Cell::Empty {
                let location = self.field_location(number, at);
                missing.push(ReadProblem::new(
                    ReadProblemKind::MissingCell { label: field.label.clone() },
                    location,
                ));
            }
            if let Some(column) = &mut self.columns[at] {
                column.cells.push(cell);
            }
        }
        self.problems.extend(missing);
        if self.problems.len() > first_problem {
            self.describe(row, first_problem);
        }
    }

    /// Adds the record's key and neighbours to the problems noted since `first`.
    fn describe(&mut self, row: usize, first: usize) {
        let table = Table {
            layout: self.layout.clone(),
            rows: Vec::new(),
            columns: std::mem::take(&mut self.columns),
        };
        let key = table.record_key(self.schema, row);
        for problem in &mut self.problems[first..] {
            let field = problem.location.field.as_deref().and_then(|key| self.schema.field(key));
            problem.key.clone_from(&key);
            problem.excerpt =
                field.map(|field| table.excerpt(self.schema, row, Some(Spot { field, part: None })));
        }
        self.columns = table.columns;
    }

    pub(super) fn finish(mut self) -> (Table, Vec<ReadProblem>) {
        for Below { number, cells, footer } in std::mem::take(&mut self.below) {
            let first = cells.iter().find(|(_, raw)| !raw.is_empty()).map_or(1, |(at, _)| *at);
            let kind = ReadProblemKind::Footer { row: number, footer };
            self.problems.push(ReadProblem::new(kind, self.cell_location(number, first, None)));
        }
        (Table { layout: self.layout, rows: self.rows, columns: self.columns }, self.problems)
    }

    fn field_location(&self, number: u32, field: usize) -> Location {
        let key = self.schema.fields[field].key.clone();
        match &self.layout {
            Layout::Document { .. } => {
                Location { field: Some(key.clone()), ..self.record_location(number, &key) }
            }
            _ => {
                let at = self.columns[field].as_ref().map_or(1, |column| column.at);
                self.cell_location(number, at, Some(key))
            }
        }
    }

    fn record_location(&self, number: u32, name: &str) -> Location {
        let (file, path) = match &self.layout {
            Layout::Document { file, path } => (file, format!("{path}[{number}].{name}")),
            Layout::Lines { file } | Layout::Sheet { file, .. } => (file, String::new()),
        };
        Location {
            path: Some(path).filter(|path| !path.is_empty()),
            table: Some(self.schema.key.clone()),
            record: Some(number),
            ..Location::file(file)
        }
    }

    pub(super) fn cell_location(&self, row: u32, at: u32, field: Option<String>) -> Location {
        let base = Location {
            table: Some(self.schema.key.clone()),
            record: Some(row),
            field,
            ..Location::default()
        };
        match &self.layout {
            Layout::Sheet { file, sheet } => Location {
                file: file.clone(),
                sheet: Some(sheet.clone()),
                cell: Some(cell_name(at, row)),
                ..base
            },
            Layout::Lines { file } => {
                Location { file: file.clone(), line: Some(row), column: Some(at), ..base }
            }
            Layout::Document { file, path } => {
                Location { file: file.clone(), path: Some(format!("{path}[{row}]")), ..base }
            }
        }
    }
}
