//! What the heading row of a table says: which column feeds which field.

use super::problem::{ReadProblem, ReadProblemKind};
use super::shape::{ColumnPlace, Target, Use};
use super::suggestion::meant;
use super::table_intake::TableIntake;
use crate::schema::Spot;

impl TableIntake<'_> {
    /// How many of these words are names of columns; a reader may use it to find the heading row.
    pub fn known_headings<'a>(&self, words: impl IntoIterator<Item = &'a str>) -> usize {
        words.into_iter().filter(|word| self.resolve(word).is_some()).count()
    }

    fn resolve(&self, name: &str) -> Option<Target> {
        let spot = Spot::find(&self.shape.schema.fields, name)?;
        let parts = self.shape.schema.fields[spot.field].ty.parts();
        Some(Target { field: spot.field, part: spot.part.map(|part| parts[part].key.clone()) })
    }

    /// Takes in the heading row: the number of each column, counted from 1, and its name.
    pub fn headings(&mut self, row: u32, headings: &[(u32, String)]) {
        let named: Vec<Target> = headings.iter().filter_map(|(_, name)| self.resolve(name)).collect();
        let mut misspelt = Vec::new();
        for (at, name) in headings.iter().filter(|(_, name)| !name.trim().is_empty()) {
            let location = self.shape.cell_location(row, *at, None);
            let Some(target) = self.resolve(name) else {
                let suggestion = meant(name, &self.shape.schema.fields, |spot| self.is_named(&named, spot));
                // An optional column that is probably meant is not one that was left out: rules may not take its cells
                // for blank.
                let meant =
                    suggestion.as_deref().and_then(|name| self.resolve(name)).map(|target| target.field);
                misspelt.extend(
                    meant
                        .filter(|field| !self.shape.schema.fields[*field].required)
                        .map(|field| (field, *at)),
                );
                let kind = ReadProblemKind::UnknownColumn {
                    table: self.shape.schema.label.clone(),
                    name: name.trim().to_string(),
                    suggestion,
                };
                self.problems.push(ReadProblem::new(kind, location));
                self.shape.uses.set(*at, Use::Nothing);
                continue;
            };
            let field = &self.shape.schema.fields[target.field];
            let taken = self.shape.uses.first(|other| {
                other.field == target.field
                    && (other.part == target.part || other.part.is_none() || target.part.is_none())
            });
            if let Some(first) = taken {
                let first = self.shape.cell_location(row, first, None).short();
                let kind = ReadProblemKind::DuplicateColumn { label: field.label.clone(), first };
                self.problems.push(ReadProblem::new(kind, location).found(name.trim()));
                self.shape.ambiguous.push(target.field);
                self.shape.uses.set(*at, Use::Nothing);
                continue;
            }
            let new = || ColumnPlace { at: *at, parts: Vec::new() };
            let column = self.shape.columns[target.field].get_or_insert_with(new);
            if let Some(part) = &target.part {
                column.parts.push((part.clone(), *at));
            }
            self.shape.uses.set(*at, Use::Target(target));
        }
        for (field, at) in misspelt {
            if self.shape.columns[field].is_none() {
                self.shape.columns[field] = Some(ColumnPlace { at, parts: Vec::new() });
                self.shape.ambiguous.push(field);
            }
        }
        self.missing_columns(row, headings);
    }

    /// Whether one of the columns is for this spot, or for the whole that it is part of.
    fn is_named(&self, named: &[Target], spot: Spot) -> bool {
        let part = spot.part.map(|part| &self.shape.schema.fields[spot.field].ty.parts()[part].key);
        named.iter().any(|target| {
            let same = target.part.is_none() || part.is_none() || target.part.as_ref() == part;
            target.field == spot.field && same
        })
    }

    /// A missing column would stand behind the last heading.
    fn missing_columns(&mut self, row: u32, headings: &[(u32, String)]) {
        let last = headings.iter().filter(|(_, name)| !name.trim().is_empty()).map(|(at, _)| *at).max();
        let free = last.unwrap_or_default().saturating_add(1);
        for (at, field) in self.shape.schema.fields.iter().enumerate() {
            if field.required && self.shape.columns[at].is_none() {
                let kind = ReadProblemKind::MissingColumn {
                    table: self.shape.schema.label.clone(),
                    label: field.label.clone(),
                };
                let location = self.shape.cell_location(row, free, Some(field.key.clone()));
                self.problems.push(ReadProblem::new(kind, location));
            }
        }
    }
}
