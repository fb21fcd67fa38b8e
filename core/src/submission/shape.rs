//! What the headings of a table have told: which columns it has, and where its cells are found.

use super::table::{Layout, cell_name};
use crate::schema::TableSchema;
use crate::verdict::Location;

/// The columns of a table, before any of its records.
#[derive(Debug)]
pub(super) struct Shape<'s> {
    pub(super) schema: &'s TableSchema,
    pub(super) layout: Layout,
    /// What each column of the file is used for.
    pub(super) uses: Uses,
    /// Where each field stands; none where the file has no such column.
    pub(super) columns: Vec<Option<ColumnPlace>>,
    /// Fields that two columns claim: their cells cannot be known.
    pub(super) ambiguous: Vec<usize>,
    /// How many problems of one column are kept; none where all are.
    pub(super) most: Option<usize>,
}

/// Where the cells of a field stand.
#[derive(Debug, Clone, Default)]
pub(super) struct ColumnPlace {
    /// The number of its column, counted from 1; 0 in documents, where names are paths.
    pub(super) at: u32,
    /// For an object spread over several columns: the number of each part's column, by part key.
    pub(super) parts: Vec<(String, u32)>,
}

/// A field, or a part of one, that a column feeds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Target {
    pub(super) field: usize,
    pub(super) part: Option<String>,
}

/// What a column of the file is used for.
#[derive(Debug, Clone)]
pub(super) enum Use {
    Target(Target),
    /// For nothing; that has been reported.
    Nothing,
}

/// What the columns of the file are used for, by their numbers.
#[derive(Debug, Default)]
pub(super) struct Uses(Vec<Option<Use>>);

impl Uses {
    /// What a column is used for; none for a column without a heading.
    pub(super) fn get(&self, at: u32) -> Option<&Use> {
        self.0.get(at as usize)?.as_ref()
    }

    pub(super) fn set(&mut self, at: u32, own: Use) {
        let at = at as usize;
        if self.0.len() <= at {
            self.0.resize(at + 1, None);
        }
        self.0[at] = Some(own);
    }

    /// The field that a column feeds.
    pub(super) fn field(&self, at: u32) -> Option<usize> {
        match self.get(at)? {
            Use::Target(target) => Some(target.field),
            Use::Nothing => None,
        }
    }

    /// The first column with such a target.
    pub(super) fn first(&self, is_meant: impl Fn(&Target) -> bool) -> Option<u32> {
        let is_meant = |own: &Option<Use>| matches!(own, Some(Use::Target(target)) if is_meant(target));
        self.0.iter().position(is_meant).and_then(|at| u32::try_from(at).ok())
    }
}

impl<'s> Shape<'s> {
    pub(super) fn new(schema: &'s TableSchema, layout: Layout, most: Option<usize>) -> Self {
        // A document names its fields record by record; every field may occur.
        let every = matches!(layout, Layout::Document { .. });
        let columns = schema.fields.iter().map(|_| every.then(ColumnPlace::default)).collect();
        Self { schema, layout, uses: Uses::default(), columns, ambiguous: Vec::new(), most }
    }

    pub(super) fn field_location(&self, number: u32, field: usize) -> Location {
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

    pub(super) fn record_location(&self, number: u32, name: &str) -> Location {
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
