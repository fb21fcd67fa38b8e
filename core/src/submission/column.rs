//! Typed columns, in segments: a long table is read in several places at once, and each hands in a segment.

use std::ops::Range;

use super::segment::Segment;
use super::words::{Index, Words};
use crate::schema::FieldType;
use crate::value::{Date, Decimal, Value};

/// What one cell holds.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Cell {
    /// Nothing.
    #[default]
    Empty,
    /// Something that could not be read; its raw text.
    Unreadable(String),
    /// A value.
    Valid(Value),
}

/// One column of a table.
#[derive(Debug, Clone)]
pub struct Column {
    /// At least one.
    segments: Vec<Segment>,
    /// The first row of each segment.
    starts: Vec<usize>,
    /// Finds the words of the last segment while cells are put in; none once it is closed.
    index: Option<Index>,
}

/// Some cells of a column, for working on many at once.
pub(crate) struct View<'c> {
    pub(crate) values: ViewValues<'c>,
    /// Which cells have a value; none where all have.
    pub(crate) present: Option<Vec<bool>>,
    /// Which cells could not be read, counted from the first of the view.
    pub(crate) unreadable: Vec<usize>,
}

/// The values of some cells; where there is none, some value of the type stands in its place.
pub(crate) enum ViewValues<'c> {
    Text { codes: &'c [u32], words: &'c Words },
    Integer(&'c [i64]),
    Decimal(&'c [Decimal]),
    Date(&'c [Date]),
    Boolean(&'c [bool]),
    Nested(&'c [Option<Value>]),
}

impl Column {
    pub(crate) fn new(ty: &FieldType) -> Self {
        Self { segments: vec![Segment::new(ty)], starts: vec![0], index: Some(Index::default()) }
    }

    /// How many cells it has.
    pub fn len(&self) -> usize {
        let last = self.segments.len().saturating_sub(1);
        self.starts[last] + self.segments[last].len()
    }

    /// Whether it has none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The cell of a record. Beyond the end all cells are empty.
    pub fn cell(&self, row: usize) -> Cell {
        let at = self.segment_of(row);
        self.segments[at].cell(row - self.starts[at])
    }

    /// The segment in which a row stands.
    fn segment_of(&self, row: usize) -> usize {
        self.starts.partition_point(|start| *start <= row).saturating_sub(1)
    }

    /// Some of its cells as they are laid out, without a copy of any value. They stand in one segment: see
    /// [`Column::run`].
    pub(crate) fn view(&self, rows: Range<usize>) -> View<'_> {
        let at = self.segment_of(rows.start);
        let start = self.starts[at];
        self.segments[at].view(rows.start - start..rows.end - start)
    }

    /// The end of the longest run of rows from `row` on that stand in one segment.
    pub(crate) fn run(&self, row: usize) -> usize {
        self.starts.get(self.segment_of(row) + 1).copied().unwrap_or_else(|| self.len())
    }

    /// Appends blank cells until there are so many cells.
    pub(super) fn pad(&mut self, rows: usize) {
        let missing = rows.saturating_sub(self.len());
        if missing > 0 {
            self.open().0.push_blanks(missing);
        }
    }

    /// Appends a cell. A value that is not of the column's type is kept as unreadable: nothing is lost.
    pub(crate) fn push(&mut self, cell: Cell) {
        let (segment, index) = self.open();
        segment.push(cell, index);
    }

    /// Appends a text where the column is one of texts; whether it is.
    pub(super) fn push_text(&mut self, text: &str) -> bool {
        let (segment, index) = self.open();
        segment.push_text(text, index)
    }

    /// Appends a text that stands in the last segment already, and so has been found right before; whether it does.
    pub(super) fn push_known(&mut self, text: &str) -> bool {
        let (segment, index) = self.open();
        segment.push_known(text, index)
    }

    /// The segment to which cells are added.
    fn open(&mut self) -> (&mut Segment, &mut Index) {
        let last = self.segments.len() - 1;
        if self.index.is_none() || self.segments[last].is_full() {
            self.seal();
            if self.segments[last].len() > 0 {
                self.starts.push(self.len());
                self.segments.push(self.segments[last].blank());
            }
        }
        let last = self.segments.len() - 1;
        (&mut self.segments[last], self.index.get_or_insert_default())
    }

    /// Appends the cells of another column of the same type.
    pub(super) fn append(&mut self, mut other: Self) {
        self.seal();
        other.seal();
        let rows = self.len();
        if rows == 0 {
            *self = other;
        } else if !other.is_empty() {
            self.starts.extend(other.starts.iter().map(|start| rows + start));
            self.segments.append(&mut other.segments);
        }
    }

    /// Gives back what is needed only while cells are put in.
    pub(super) fn seal(&mut self) {
        self.index = None;
        if let Some(last) = self.segments.last_mut() {
            last.shrink();
        }
    }
}
