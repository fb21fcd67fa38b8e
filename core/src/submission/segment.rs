//! A stretch of a column: values and validity side by side, repeated texts stored once.

use std::collections::BTreeMap;
use std::ops::Range;

use super::column::{Cell, View, ViewValues};
use super::words::{Index, Words};
use crate::schema::FieldType;
use crate::value::{Date, Decimal, Value};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    Empty,
    Unreadable,
    Valid,
}

/// Some cells of a column, one behind the other.
#[derive(Debug, Clone)]
pub(super) struct Segment {
    states: Vec<State>,
    values: Values,
    unreadable: BTreeMap<usize, String>,
}

#[derive(Debug, Clone)]
enum Values {
    Text { codes: Vec<u32>, words: Words },
    Integer(Vec<i64>),
    Decimal(Vec<Decimal>),
    Date(Vec<Date>),
    Boolean(Vec<bool>),
    Nested(Vec<Option<Value>>),
}

impl Segment {
    pub(super) fn new(ty: &FieldType) -> Self {
        let values = match ty {
            FieldType::Text | FieldType::Term(_) => {
                Values::Text { codes: Vec::new(), words: Words::default() }
            }
            FieldType::Integer(_) => Values::Integer(Vec::new()),
            FieldType::Decimal => Values::Decimal(Vec::new()),
            FieldType::Date => Values::Date(Vec::new()),
            FieldType::Boolean => Values::Boolean(Vec::new()),
            FieldType::List(_) | FieldType::Object(_) => Values::Nested(Vec::new()),
        };
        Self { states: Vec::new(), values, unreadable: BTreeMap::new() }
    }

    /// One of the same type, without cells.
    pub(super) fn blank(&self) -> Self {
        let values = match &self.values {
            Values::Text { .. } => Values::Text { codes: Vec::new(), words: Words::default() },
            Values::Integer(_) => Values::Integer(Vec::new()),
            Values::Decimal(_) => Values::Decimal(Vec::new()),
            Values::Date(_) => Values::Date(Vec::new()),
            Values::Boolean(_) => Values::Boolean(Vec::new()),
            Values::Nested(_) => Values::Nested(Vec::new()),
        };
        Self { states: Vec::new(), values, unreadable: BTreeMap::new() }
    }

    pub(super) fn len(&self) -> usize {
        self.states.len()
    }

    /// Whether no more may be put in.
    pub(super) fn is_full(&self) -> bool {
        matches!(&self.values, Values::Text { words, .. } if words.is_full())
    }

    /// The cell at this place. Beyond the end all cells are empty.
    pub(super) fn cell(&self, at: usize) -> Cell {
        match self.states.get(at) {
            None | Some(State::Empty) => Cell::Empty,
            Some(State::Unreadable) => {
                Cell::Unreadable(self.unreadable.get(&at).cloned().unwrap_or_default())
            }
            Some(State::Valid) => Cell::Valid(match &self.values {
                Values::Text { codes, words } => Value::text(words.get(codes[at])),
                Values::Integer(values) => Value::Integer(values[at]),
                Values::Decimal(values) => Value::Decimal(values[at]),
                Values::Date(values) => Value::Date(values[at]),
                Values::Boolean(values) => Value::Boolean(values[at]),
                Values::Nested(values) => match &values[at] {
                    Some(value) => value.clone(),
                    None => return Cell::Empty,
                },
            }),
        }
    }

    /// Some of its cells as they are laid out, without a copy of any value.
    pub(super) fn view(&self, cells: Range<usize>) -> View<'_> {
        let states = &self.states[cells.clone()];
        let values = match &self.values {
            Values::Text { codes, words } => ViewValues::Text { codes: &codes[cells], words },
            Values::Integer(values) => ViewValues::Integer(&values[cells]),
            Values::Decimal(values) => ViewValues::Decimal(&values[cells]),
            Values::Date(values) => ViewValues::Date(&values[cells]),
            Values::Boolean(values) => ViewValues::Boolean(&values[cells]),
            Values::Nested(values) => ViewValues::Nested(&values[cells]),
        };
        if states.iter().all(|state| *state == State::Valid) {
            return View { values, present: None, unreadable: Vec::new() };
        }
        let unreadable = states.iter().enumerate().filter(|(_, state)| **state == State::Unreadable);
        View {
            values,
            present: Some(states.iter().map(|state| *state == State::Valid).collect()),
            unreadable: unreadable.map(|(at, _)| at).collect(),
        }
    }

    /// Appends a cell. A value that is not of the column's type is kept as unreadable: nothing is lost.
    pub(super) fn push(&mut self, cell: Cell, index: &mut Index) {
        let at = self.states.len();
        let state = match cell {
            Cell::Empty => {
                self.values.push_blank();
                State::Empty
            }
            Cell::Unreadable(raw) => {
                self.values.push_blank();
                self.unreadable.insert(at, raw);
                State::Unreadable
            }
            Cell::Valid(value) => match self.values.push(value, index) {
                Ok(()) => State::Valid,
                Err(misfit) => {
                    self.values.push_blank();
                    self.unreadable.insert(at, misfit.to_string());
                    State::Unreadable
                }
            },
        };
        self.states.push(state);
    }

    /// Appends blank cells.
    pub(super) fn push_blanks(&mut self, count: usize) {
        let rows = self.states.len() + count;
        self.states.resize(rows, State::Empty);
        match &mut self.values {
            Values::Text { codes, .. } => codes.resize(rows, 0),
            Values::Integer(values) => values.resize(rows, 0),
            Values::Decimal(values) => values.resize(rows, Decimal::ZERO),
            Values::Date(values) => values.resize(rows, Date::ZERO),
            Values::Boolean(values) => values.resize(rows, false),
            Values::Nested(values) => values.resize(rows, None),
        }
    }

    /// Appends a text where the column is one of texts; whether it is.
    pub(super) fn push_text(&mut self, text: &str, index: &mut Index) -> bool {
        let Values::Text { codes, words } = &mut self.values else { return false };
        codes.push(index.code(words, text));
        self.states.push(State::Valid);
        true
    }

    /// Appends a text that stands in the column already; whether it does.
    pub(super) fn push_known(&mut self, text: &str, index: &Index) -> bool {
        let Values::Text { codes, words } = &mut self.values else { return false };
        let Some(code) = index.find(words, text) else { return false };
        codes.push(code);
        self.states.push(State::Valid);
        true
    }

    /// Gives back room that is not needed once all cells are there.
    pub(super) fn shrink(&mut self) {
        self.states.shrink_to_fit();
        match &mut self.values {
            Values::Text { codes, words } => {
                codes.shrink_to_fit();
                words.shrink();
            }
            Values::Integer(values) => values.shrink_to_fit(),
            Values::Decimal(values) => values.shrink_to_fit(),
            Values::Date(values) => values.shrink_to_fit(),
            Values::Boolean(values) => values.shrink_to_fit(),
            Values::Nested(values) => values.shrink_to_fit(),
        }
    }
}

impl Values {
    fn push(&mut self, value: Value, index: &mut Index) -> Result<(), Value> {
        match (self, value) {
            (Self::Text { codes, words }, Value::Text(text)) => codes.push(index.code(words, &text)),
            (Self::Integer(values), Value::Integer(n)) => values.push(n),
            (Self::Decimal(values), Value::Decimal(d)) => values.push(d),
            (Self::Date(values), Value::Date(date)) => values.push(date),
            (Self::Boolean(values), Value::Boolean(b)) => values.push(b),
            (Self::Nested(values), value) => values.push(Some(value)),
            (_, misfit) => return Err(misfit),
        }
        Ok(())
    }

    fn push_blank(&mut self) {
        match self {
            Self::Text { codes, .. } => codes.push(0),
            Self::Integer(values) => values.push(0),
            Self::Decimal(values) => values.push(Decimal::ZERO),
            Self::Date(values) => values.push(Date::ZERO),
            Self::Boolean(values) => values.push(false),
            Self::Nested(values) => values.push(None),
        }
    }
}
