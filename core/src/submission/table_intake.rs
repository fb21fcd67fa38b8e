//! From the rows of one table to typed columns.

use std::collections::BTreeMap;

use super::cell::Raw;
use super::column::Cell;
use super::empty_column;
use super::intake::typed;
use super::problem::{ReadProblem, ReadProblemKind};
use super::table::{Layout, Table, TableColumn, cell_name};
use crate::schema::{Spot, TableSchema};
use crate::text::{did_you_mean, fold};
use crate::verdict::Location;

/// Takes in one table, row by row.
#[derive(Debug)]
pub struct TableIntake<'s> {
    pub(super) at: usize,
    schema: &'s TableSchema,
    layout: Layout,
    place: Location,
    rows: Vec<u32>,
    columns: Vec<Option<TableColumn>>,
    /// What each column of the file feeds, by its number: a field, or a part of a field; `None` for a column that
    /// is not used but has been reported.
    targets: BTreeMap<u32, Option<Target>>,
    /// Fields that two columns claim: their cells cannot be known.
    ambiguous: Vec<usize>,
    problems: Vec<ReadProblem>,
}

#[derive(Debug, Clone)]
struct Target {
    field: usize,
    part: Option<String>,
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
            problems: Vec::new(),
        }
    }

    /// How many of these words are names of columns; a reader may use it to find the heading row.
    pub fn known_headings<'a>(&self, words: impl IntoIterator<Item = &'a str>) -> usize {
        words.into_iter().filter(|word| self.resolve(word).is_some()).count()
    }

    fn resolve(&self, name: &str) -> Option<Target> {
        let spot = Spot::find(&self.schema.fields, name)?;
        let parts = self.schema.fields[spot.field].ty.parts();
        Some(Target { field: spot.field, part: spot.part.map(|part| parts[part].key.clone()) })
    }

    /// Takes in the heading row: the number of each column, counted from 1, and its name.
    pub fn headings(&mut self, row: u32, headings: &[(u32, String)]) {
        for (at, name) in headings.iter().filter(|(_, name)| !name.trim().is_empty()) {
            let location = self.cell_location(row, *at, None);
            let Some(target) = self.resolve(name) else {
                let suggestion = did_you_mean(&fold(name), self.schema.field_names()).map(str::to_string);
                let kind = ReadProblemKind::UnknownColumn {
                    table: self.schema.label.clone(),
                    name: name.trim().to_string(),
                    suggestion,
                };
                self.problems.push(ReadProblem::new(kind, location));
                self.targets.insert(*at, None);
                continue;
            };
            let field = &self.schema.fields[target.field];
            let taken = self
                .targets
                .iter()
                .find(|(_, other)| {
                    other.as_ref().is_some_and(|other| {
                        other.field == target.field
                            && (other.part == target.part || other.part.is_none() || target.part.is_none())
                    })
                })
                .map(|(at, _)| *at);
            if let Some(first) = taken {
                let first = self.cell_location(row, first, None).short();
                let kind = ReadProblemKind::DuplicateColumn { label: field.label.clone(), first };
                self.problems.push(ReadProblem::new(kind, location).found(name.trim()));
                self.ambiguous.push(target.field);
                self.targets.insert(*at, None);
                continue;
            }
            let column = self.columns[target.field].get_or_insert_with(|| TableColumn {
                cells: empty_column(&field.ty),
                at: *at,
                parts: Vec::new(),
            });
            if let Some(part) = &target.part {
                column.parts.push((part.clone(), *at));
            }
            self.targets.insert(*at, Some(target));
        }
        for (at, field) in self.schema.fields.iter().enumerate() {
            if field.required && self.columns[at].is_none() {
                let kind = ReadProblemKind::MissingColumn {
                    table: self.schema.label.clone(),
                    label: field.label.clone(),
                };
                let location = Location { field: Some(field.key.clone()), ..self.heading_location(row) };
                self.problems.push(ReadProblem::new(kind, location));
            }
        }
    }

    /// Notes that the table has no heading row.
    pub fn no_headings(&mut self) {
        let kind = ReadProblemKind::NoHeadings { label: self.schema.label.clone() };
        self.problems.push(ReadProblem::new(kind, self.place.clone()));
    }

    /// Takes in one row of a sheet or CSV file: the row's number, and its cells with the number of their column.
    /// A row without any content is no record.
    pub fn row(&mut self, number: u32, cells: &[(u32, Raw<'_>)]) {
        if cells.iter().all(|(_, raw)| raw.is_empty()) {
            return;
        }
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
        for (name, raw) in entries {
            let location = self.record_location(number, name);
            let Some(field) = self.schema.field(name) else {
                let suggestion = did_you_mean(name, self.schema.field_names()).map(str::to_string);
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
                let kind = ReadProblemKind::DuplicateColumn { label, first: location.short() };
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
            let location = self.field_location(number, at);
            let cell = match whole[at] {
                _ if self.ambiguous.contains(&at) => Cell::Unreadable(String::new()),
                None => Cell::Empty,
                Some(raw) => typed(field, &field.ty, raw, &location, &mut self.problems),
            };
            if field.required && cell == Cell::Empty {
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

    pub(super) fn finish(self) -> (Table, Vec<ReadProblem>) {
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

    fn cell_location(&self, row: u32, at: u32, field: Option<String>) -> Location {
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

    fn heading_location(&self, row: u32) -> Location {
        match &self.layout {
            Layout::Sheet { file, sheet } => Location {
                sheet: Some(sheet.clone()),
                table: Some(self.schema.key.clone()),
                ..Location::file(file)
            },
            Layout::Lines { file } => {
                Location { line: Some(row), table: Some(self.schema.key.clone()), ..Location::file(file) }
            }
            Layout::Document { file, path } => Location {
                path: Some(path.clone()),
                table: Some(self.schema.key.clone()),
                ..Location::file(file)
            },
        }
    }
}
