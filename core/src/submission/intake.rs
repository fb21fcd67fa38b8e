//! From raw cells to a submission. Every reader ends here, so that all formats are understood and refused alike.

use std::collections::{BTreeMap, BTreeSet};

use super::cell::{self, Raw};
use super::cell_problem::CellProblem;
use super::column::Cell;
use super::personal;
use super::problem::{ReadProblem, ReadProblemKind};
use super::suggestion::meant;
use super::table::{Layout, Table};
use super::table_intake::TableIntake;
use super::{HeaderCell, Submission};
use crate::schema::{Field, FieldType, Schema, Spot, split_name};
use crate::text::did_you_mean;
use crate::value::Value;
use crate::verdict::{Location, Severity};

/// Takes in one submission, cell by cell.
#[derive(Debug)]
pub struct Intake<'s> {
    schema: &'s Schema,
    source: String,
    header: Vec<Entry>,
    tables: Vec<Option<Table>>,
    /// Tables that were opened, or probably meant, and have not been read.
    unread: BTreeSet<usize>,
    problems: Vec<ReadProblem>,
    /// How many problems of one column are kept; none where all are.
    most: Option<usize>,
    more_problems: BTreeMap<Severity, usize>,
    /// Which of the problems are about names that no header field answers to.
    unknown: Vec<usize>,
}

/// A header field as far as it has been taken in: whole, or part by part.
#[derive(Debug, Default)]
struct Entry {
    given: bool,
    cell: Cell,
    location: Option<Location>,
    parts: Vec<(String, Cell, Location)>,
}

impl<'s> Intake<'s> {
    /// An empty submission from the package shown to people as `source`.
    pub fn new(schema: &'s Schema, source: impl Into<String>) -> Self {
        Self {
            schema,
            source: source.into(),
            header: schema.header.iter().map(|_| Entry::default()).collect(),
            tables: schema.tables.iter().map(|_| None).collect(),
            unread: BTreeSet::new(),
            problems: Vec::new(),
            most: None,
            more_problems: BTreeMap::new(),
            unknown: Vec::new(),
        }
    }

    /// The same, but of each column of a table no more than so many problems are kept; the others are counted.
    #[must_use]
    pub fn keeping(self, most: usize) -> Self {
        Self { most: Some(most), ..self }
    }

    /// Notes a problem that the reader itself found.
    pub fn problem(&mut self, problem: ReadProblem) {
        self.problems.push(problem);
    }

    /// Takes in one entry of the header. `name` is a key or label; parts of objects are dotted: `保密审查.日期`.
    pub fn header_entry(&mut self, name: &str, raw: &Raw<'_>, location: Location) {
        let (whole, part) = split_name(name);
        let at = self.schema.header_field(name).map(|at| (at, None)).or_else(|| {
            let at = self.schema.header_field(whole)?;
            Some((at, Some(part?)))
        });
        let Some((at, part)) = at else {
            // What it was meant for is known once the others are: see `suggest`.
            let kind = ReadProblemKind::UnknownHeaderField { name: name.to_string(), suggestion: None };
            self.unknown.push(self.problems.len());
            return self.problems.push(ReadProblem::new(kind, location));
        };
        let field = &self.schema.header[at];
        let location = Location { field: Some(field.key.clone()), ..location };
        match part {
            None => self.whole_entry(at, raw, location),
            Some(part) => self.part_entry(at, part, raw, location),
        }
    }

    fn whole_entry(&mut self, at: usize, raw: &Raw<'_>, location: Location) {
        let field = &self.schema.header[at];
        let entry = &mut self.header[at];
        if entry.given || !entry.parts.is_empty() {
            let kind = ReadProblemKind::DuplicateHeaderField { label: field.label.clone() };
            return self.problems.push(ReadProblem::new(kind, location));
        }
        entry.given = true;
        entry.cell = noted(field, raw, &location, &mut self.problems);
        entry.location = Some(location);
    }

    fn part_entry(&mut self, at: usize, part: &str, raw: &Raw<'_>, location: Location) {
        let field = &self.schema.header[at];
        let FieldType::Object(parts) = &field.ty else {
            let kind = ReadProblemKind::UnknownHeaderField {
                name: format!("{}.{part}", field.label.zh),
                suggestion: Some(field.label.zh.clone()),
            };
            return self.problems.push(ReadProblem::new(kind, location));
        };
        let Some(sub) = crate::schema::find_field(parts, part).map(|at| &parts[at]) else {
            let known = parts.iter().flat_map(Field::names);
            let suggestion = did_you_mean(part, known).map(|word| format!("{}.{word}", field.label.zh));
            let kind = ReadProblemKind::UnknownHeaderField {
                name: format!("{}.{part}", field.label.zh),
                suggestion,
            };
            return self.problems.push(ReadProblem::new(kind, location));
        };
        let entry = &mut self.header[at];
        if entry.given || entry.parts.iter().any(|(key, ..)| *key == sub.key) {
            let kind = ReadProblemKind::DuplicateHeaderField { label: sub.label.clone() };
            return self.problems.push(ReadProblem::new(kind, location));
        }
        let value = noted(sub, raw, &location, &mut self.problems);
        let entry = &mut self.header[at];
        let place = Location { field: Some(format!("{}.{}", field.key, sub.key)), ..location.clone() };
        entry.parts.push((sub.key.clone(), value, place));
        entry.location.get_or_insert(location);
    }

    /// Opens the table of this key or label. `place` is where the name stands. `None` for a name that no table
    /// answers to, or a table handed in twice; that has been noted then. A table that is never closed counts as handed
    /// in and not read; so does the one that a wrong name probably meant.
    pub fn open_table(&mut self, name: &str, layout: Layout, place: Location) -> Option<TableIntake<'s>> {
        let Some(at) = self.schema.table(name) else {
            let suggestion = did_you_mean(name, self.schema.table_names()).map(str::to_string);
            self.unread.extend(suggestion.as_deref().and_then(|meant| self.schema.table(meant)));
            let kind = ReadProblemKind::UnknownTable { name: name.to_string(), suggestion };
            self.problems.push(ReadProblem::new(kind, place));
            return None;
        };
        if self.tables[at].is_some() {
            let kind = ReadProblemKind::DuplicateTable { label: self.schema.tables[at].label.clone() };
            self.problems.push(ReadProblem::new(kind, place));
            return None;
        }
        self.unread.insert(at);
        Some(TableIntake::new(at, &self.schema.tables[at], layout, place, self.most))
    }

    /// Closes a table and keeps it.
    pub fn close_table(&mut self, table: TableIntake<'s>) {
        let at = table.at;
        let (table, problems, more) = table.finish();
        self.problems.extend(problems);
        for (severity, count) in more {
            *self.more_problems.entry(severity).or_default() += count;
        }
        if table.has_understood_headings() {
            self.tables[at] = Some(table);
        }
    }

    /// Says for which header fields the unknown names were meant, now that it is known which are given.
    fn suggest(&mut self) {
        let header = &self.header;
        let fields = &self.schema.header;
        let is_there = |spot: Spot| {
            let entry = &header[spot.field];
            match spot.part.map(|part| &fields[spot.field].ty.parts()[part].key) {
                None => entry.given || !entry.parts.is_empty(),
                Some(part) => {
                    let within = matches!(&entry.cell, Cell::Valid(Value::Object(values)) if values.contains_key(part));
                    within || entry.parts.iter().any(|(key, ..)| key == part)
                }
            }
        };
        for at in &self.unknown {
            if let ReadProblemKind::UnknownHeaderField { name, suggestion } = &mut self.problems[*at].kind {
                *suggestion = meant(name, fields, is_there);
            }
        }
    }

    /// The submission as far as it could be understood.
    pub fn finish(mut self) -> Submission {
        self.suggest();
        let Self { schema, source, header: entries, tables, mut unread, mut problems, more_problems, .. } =
            self;
        unread.retain(|&at| tables[at].is_none());
        let nothing = entries.iter().all(|entry| !entry.given && entry.parts.is_empty());
        if nothing && !problems.iter().any(|problem| concerns_whole_package(&problem.kind)) {
            problems.push(ReadProblem::new(ReadProblemKind::NoHeader, Location::file(&source)));
        }
        let given = entries.iter().find_map(|entry| entry.location.as_ref());
        // What is not given would stand where the others do: in their sheet, or under their path.
        let around = given.map_or_else(
            || Location::file(&source),
            |place| Location { sheet: place.sheet.clone(), ..Location::file(&place.file) },
        );
        let root =
            given.and_then(|place| place.path.as_deref()?.split_once('.')).map(|(root, _)| root.to_string());
        let mut header = Vec::with_capacity(entries.len());
        for (field, entry) in schema.header.iter().zip(entries) {
            let location = entry.location.clone().unwrap_or_else(|| Location {
                field: Some(field.key.clone()),
                path: root.as_ref().map(|root| format!("{root}.{}", field.key)),
                ..around.clone()
            });
            let parts = entry.parts.iter().map(|(key, _, place)| (key.clone(), place.clone())).collect();
            let cell = assemble(entry);
            if field.required && cell == Cell::Empty && !nothing {
                let kind = ReadProblemKind::MissingHeaderField { label: field.label.clone() };
                problems.push(ReadProblem::new(kind, location.clone()));
            }
            if let (FieldType::Object(parts), Cell::Valid(value)) = (&field.ty, &cell) {
                missing_parts(field, parts, value, &location, &mut problems);
            }
            header.push(HeaderCell { cell, location, parts });
        }
        Submission { source, header, tables, unread, problems, more_problems }
    }
}

fn concerns_whole_package(kind: &ReadProblemKind) -> bool {
    matches!(
        kind,
        ReadProblemKind::Broken { .. }
            | ReadProblemKind::NoHeaderFile
            | ReadProblemKind::TooLarge { .. }
            | ReadProblemKind::Unreadable(_)
            | ReadProblemKind::UnknownFormat(_)
            | ReadProblemKind::NoSuchFile
            | ReadProblemKind::EmptyFolder
            | ReadProblemKind::NoHeader
    )
}

/// The cell of an entry that was given whole or in parts; one unreadable part makes the whole unreadable.
fn assemble(entry: Entry) -> Cell {
    if entry.parts.is_empty() {
        return entry.cell;
    }
    let mut values = std::collections::BTreeMap::new();
    for (key, cell, _) in entry.parts {
        match cell {
            Cell::Empty => {}
            Cell::Unreadable(raw) => return Cell::Unreadable(raw),
            Cell::Valid(value) => {
                values.insert(key, value);
            }
        }
    }
    if values.is_empty() { Cell::Empty } else { Cell::Valid(crate::value::Value::Object(values.into())) }
}

fn missing_parts(
    field: &Field,
    parts: &[Field],
    value: &crate::value::Value,
    location: &Location,
    problems: &mut Vec<ReadProblem>,
) {
    let crate::value::Value::Object(values) = value else { return };
    for part in parts.iter().filter(|part| part.required && !values.contains_key(&part.key)) {
        let label = crate::text::Text::new(
            format!("{}·{}", field.label.zh, part.label.zh),
            format!("{}.{}", field.key, part.key),
        );
        problems.push(ReadProblem::new(ReadProblemKind::MissingHeaderField { label }, location.clone()));
    }
}

/// A cell that its field cannot take.
pub(super) struct Refused {
    problem: CellProblem,
    /// What stands there, as it may be shown.
    shown: String,
    /// Whether what stands there may be told at all.
    private: bool,
}

impl Refused {
    /// The problem, at its place.
    pub(super) fn problem(&self, field: &Field, location: Location) -> ReadProblem {
        let kind = ReadProblemKind::Cell { label: field.label.clone(), problem: self.problem.clone() };
        let found = if self.private { "" } else { self.shown.as_str() };
        ReadProblem::new(kind, location).found(found)
    }

    /// The cell, with what stands there.
    pub(super) fn cell(self) -> Cell {
        Cell::Unreadable(self.shown)
    }
}

/// The cell of a field; a problem where its field cannot take it.
fn noted(field: &Field, raw: &Raw<'_>, location: &Location, problems: &mut Vec<ReadProblem>) -> Cell {
    typed(field, raw).unwrap_or_else(|refused| {
        problems.push(refused.problem(field, location.clone()));
        refused.cell()
    })
}

/// The cell of a field, or why its field cannot take it.
pub(super) fn typed(field: &Field, raw: &Raw<'_>) -> Result<Cell, Refused> {
    let withheld = |personal| Refused {
        problem: CellProblem::Personal(personal),
        shown: personal::WITHHELD.to_string(),
        // There is nothing more to tell than the problem itself says.
        private: true,
    };
    if !field.private
        && let Some(personal) = personal::find(&field.ty, raw)
    {
        return Err(withheld(personal));
    }
    match cell::parse(field, raw) {
        Ok(None) => Ok(Cell::Empty),
        Ok(Some(value)) => Ok(Cell::Valid(value)),
        Err(problem) => {
            // What cannot be read would be shown as it stands.
            if !field.private
                && let Some(personal) = personal::anywhere(raw)
            {
                return Err(withheld(personal));
            }
            Err(Refused { problem, shown: raw.shown(), private: field.private })
        }
    }
}
