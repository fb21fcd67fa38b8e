//! The records of a table, or of a part of one: rows of raw cells in, typed columns out.

use std::collections::BTreeMap;

use super::cell::{self, Raw, Simple};
use super::column::{Cell, Column};
use super::footer::{Footer, Weight};
use super::intake::typed;
use super::personal;
use super::problem::{ReadProblem, ReadProblemKind};
use super::shape::{Shape, Target, Use};
use super::suggestion::meant;
use crate::schema::{Field, FieldType};
use crate::verdict::Severity;

/// Some records of a table, one behind the other.
#[derive(Debug)]
pub(super) struct Records {
    /// The file's own number of each.
    pub(super) rows: Vec<u32>,
    /// The cells, by the table's fields.
    pub(super) columns: Vec<Option<Column>>,
    /// Rows that are no records unless a record follows.
    below: Vec<Below>,
    pub(super) problems: Vec<Noted>,
    /// How many problems were noted of each field; the last number is of what is about no field.
    noted: Vec<usize>,
    /// How many problems were not kept, by severity.
    pub(super) more_problems: BTreeMap<Severity, usize>,
}

/// A problem, and the record it concerns.
#[derive(Debug)]
pub(super) struct Noted {
    pub(super) problem: ReadProblem,
    /// Its place among the records; none for what is about no record.
    pub(super) row: Option<usize>,
    /// The field it is about.
    field: Option<usize>,
}

/// Whether a text may stand in a field as it is: any may but what belongs to a person.
fn is_right(field: &Field, text: &str) -> bool {
    matches!(field.ty, FieldType::Text) && (field.private || personal::in_text(text).is_none())
}

/// A row that looks like one below the records.
#[derive(Debug)]
struct Below {
    number: u32,
    cells: Vec<(u32, Raw<'static>)>,
    footer: Footer,
}

impl Records {
    pub(super) fn new(shape: &Shape<'_>) -> Self {
        let columns = shape.schema.fields.iter().zip(&shape.columns);
        Self {
            rows: Vec::new(),
            columns: columns.map(|(field, place)| place.is_some().then(|| Column::new(&field.ty))).collect(),
            below: Vec::new(),
            problems: Vec::new(),
            noted: vec![0; shape.schema.fields.len() + 1],
            more_problems: BTreeMap::new(),
        }
    }

    /// Whether the next row decides what the last ones are.
    pub(super) fn are_open(&self) -> bool {
        !self.below.is_empty()
    }

    /// One row of a sheet or CSV file.
    pub(super) fn row(&mut self, shape: &Shape<'_>, number: u32, cells: &[(u32, Raw<'_>)]) {
        if cells.iter().all(|(_, raw)| raw.is_empty()) {
            return;
        }
        if let Some(footer) = self.footer(shape, cells) {
            let cells = cells.iter().map(|(at, raw)| (*at, raw.clone().into_owned())).collect();
            return self.below.push(Below { number, cells, footer });
        }
        // A record follows, so those rows stand among the records and count as such.
        for row in std::mem::take(&mut self.below) {
            self.record_row(shape, row.number, &row.cells);
        }
        self.record_row(shape, number, cells);
    }

    /// What a row is, if it is none of the records.
    fn footer(&self, shape: &Shape<'_>, cells: &[(u32, Raw<'_>)]) -> Option<Footer> {
        let above = self.below.last().map(|below| below.footer);
        let is_filled = |raw: &Raw<'_>| !raw.is_empty() && !matches!(raw, Raw::Merged(_));
        let mut leftmost: Option<&(u32, Raw<'_>)> = None;
        for cell in cells {
            if leftmost.is_none_or(|(at, _)| cell.0 < *at) && is_filled(&cell.1) {
                leftmost = Some(cell);
            }
        }
        if !leftmost.is_some_and(|(_, raw)| Footer::may_begin(raw, above)) {
            return None;
        }
        let mut filled: Vec<&(u32, Raw<'_>)> = cells.iter().filter(|(_, raw)| is_filled(raw)).collect();
        filled.sort_by_key(|(at, _)| *at);
        let weighed: Vec<_> = filled
            .iter()
            .map(|(at, raw)| {
                let weight = match shape.uses.field(*at) {
                    Some(at) if shape.schema.record_key.contains(&at) => Weight::Key,
                    Some(at) if shape.schema.fields[at].required => Weight::Required,
                    _ => Weight::Free,
                };
                (weight, raw)
            })
            .collect();
        let footer = Footer::recognise(&weighed, above)?;
        // A table may have such a word among the terms of its first column.
        let (first, raw) = filled.first()?;
        let listed = shape.uses.field(*first).map(|at| &shape.schema.fields[at]).is_some_and(|field| {
            matches!(field.ty, FieldType::Term(_)) && matches!(cell::parse(field, raw), Ok(Some(_)))
        });
        (!listed).then_some(footer)
    }

    fn record_row(&mut self, shape: &Shape<'_>, number: u32, cells: &[(u32, Raw<'_>)]) {
        let mut whole: Vec<Option<&Raw<'_>>> = vec![None; shape.schema.fields.len()];
        let mut objects: Vec<(usize, Vec<(String, Raw<'_>)>)> = Vec::new();
        for (at, raw) in cells {
            match shape.uses.get(*at) {
                Some(Use::Target(Target { field, part: None })) => whole[*field] = Some(raw),
                _ if raw.is_empty() => {}
                Some(Use::Target(Target { field, part: Some(part) })) => {
                    let entry = (part.clone(), raw.clone());
                    match objects.iter_mut().find(|(at, _)| at == field) {
                        Some((_, entries)) => entries.push(entry),
                        None => objects.push((*field, vec![entry])),
                    }
                }
                Some(Use::Nothing) => {}
                None => {
                    let location = shape.cell_location(number, *at, None);
                    let problem = ReadProblem::new(ReadProblemKind::CellWithoutColumn, location);
                    self.note(shape, problem.found(raw.shown()));
                }
            }
        }
        let assembled: Vec<(usize, Raw<'_>)> =
            objects.into_iter().map(|(field, entries)| (field, Raw::Object(entries))).collect();
        for (field, raw) in &assembled {
            whole[*field] = Some(raw);
        }
        self.push(shape, number, &whole);
    }

    /// One record of a JSON or TOML document by its names.
    pub(super) fn record(&mut self, shape: &Shape<'_>, number: u32, entries: &[(String, Raw<'_>)]) {
        let schema = shape.schema;
        let mut whole: Vec<Option<&Raw<'_>>> = vec![None; schema.fields.len()];
        let known: Vec<Option<usize>> = entries.iter().map(|(name, _)| schema.field(name)).collect();
        for (name, raw) in entries {
            let location = shape.record_location(number, name);
            let Some(field) = schema.field(name) else {
                let suggestion = meant(name, &schema.fields, |spot| known.contains(&Some(spot.field)));
                let kind = ReadProblemKind::UnknownColumn {
                    table: schema.label.clone(),
                    name: name.clone(),
                    suggestion,
                };
                self.note(shape, ReadProblem::new(kind, location).found(raw.shown()));
                continue;
            };
            if whole[field].is_some() {
                let label = schema.fields[field].label.clone();
                let first =
                    known.iter().position(|other| *other == Some(field)).map_or(name, |at| &entries[at].0);
                let first = shape.record_location(number, first).short();
                self.note(
                    shape,
                    ReadProblem::new(ReadProblemKind::DuplicateColumn { label, first }, location),
                );
                continue;
            }
            whole[field] = Some(raw);
        }
        self.push(shape, number, &whole);
    }

    fn push(&mut self, shape: &Shape<'_>, number: u32, whole: &[Option<&Raw<'_>>]) {
        let row = self.rows.len();
        self.rows.push(number);
        let (mut refusals, mut missing) = (Vec::new(), Vec::new());
        for (at, field) in shape.schema.fields.iter().enumerate() {
            let Some(column) = &mut self.columns[at] else { continue };
            let is_ambiguous = shape.ambiguous.contains(&at);
            if whole[at].is_none() && !field.required && !is_ambiguous {
                // Blank cells are put in together, when one follows that is not.
                continue;
            }
            column.pad(row);
            let cell = match whole[at] {
                _ if is_ambiguous => Cell::Unreadable(String::new()),
                None => Cell::Empty,
                Some(raw) => match cell::simple(field, raw) {
                    // What stood in the column before has been found right.
                    Some(Simple::Text(text)) if column.push_known(text) => continue,
                    Some(Simple::Text(text)) if is_right(field, text) && column.push_text(text) => continue,
                    Some(Simple::Value(value)) => Cell::Valid(value),
                    _ => match typed(field, raw) {
                        Ok(cell) => cell,
                        Err(refused) => {
                            let location = shape.field_location(number, at);
                            let problem = refused.problem(field, location);
                            refusals.push(Noted { problem, row: Some(row), field: Some(at) });
                            refused.cell()
                        }
                    },
                },
            };
            if field.required && cell == Cell::Empty {
                let kind = ReadProblemKind::MissingCell { label: field.label.clone() };
                let problem = ReadProblem::new(kind, shape.field_location(number, at));
                missing.push(Noted { problem, row: Some(row), field: Some(at) });
            }
            column.push(cell);
        }
        for noted in refusals.into_iter().chain(missing) {
            self.keep(shape, noted);
        }
    }

    fn note(&mut self, shape: &Shape<'_>, problem: ReadProblem) {
        self.keep(shape, Noted { problem, row: None, field: None });
    }

    /// Keeps a problem, or counts it where there are enough of its column.
    fn keep(&mut self, shape: &Shape<'_>, noted: Noted) {
        let count = &mut self.noted[noted.field.unwrap_or(shape.schema.fields.len())];
        *count += 1;
        if shape.most.is_some_and(|most| *count > most) {
            *self.more_problems.entry(noted.problem.kind.severity()).or_default() += 1;
        } else {
            self.problems.push(noted);
        }
    }

    /// Appends the records that stand below these in the file. None of these is open.
    pub(super) fn append(&mut self, shape: &Shape<'_>, mut other: Self) {
        let (above, below) = (self.rows.len(), other.rows.len());
        self.rows.append(&mut other.rows);
        for (own, other) in self.columns.iter_mut().zip(other.columns) {
            if let (Some(own), Some(mut other)) = (own, other) {
                own.pad(above);
                other.pad(below);
                own.append(other);
            }
        }
        self.below.append(&mut other.below);
        for noted in other.problems {
            self.keep(shape, Noted { row: noted.row.map(|row| above + row), ..noted });
        }
        for (severity, count) in other.more_problems {
            *self.more_problems.entry(severity).or_default() += count;
        }
    }

    /// Says what the last rows are, now that no record follows, and gives back what is needed no more.
    pub(super) fn close(&mut self, shape: &Shape<'_>) {
        for Below { number, cells, footer } in std::mem::take(&mut self.below) {
            let first = cells.iter().find(|(_, raw)| !raw.is_empty()).map_or(1, |(at, _)| *at);
            let kind = ReadProblemKind::Footer { row: number, footer };
            self.note(shape, ReadProblem::new(kind, shape.cell_location(number, first, None)));
        }
        for column in self.columns.iter_mut().flatten() {
            column.pad(self.rows.len());
            column.seal();
        }
        self.rows.shrink_to_fit();
    }
}
