//! Typed columns: values and validity side by side, repeated texts stored once.

use std::collections::{BTreeMap, HashMap};

use crate::schema::FieldType;
use crate::value::{Date, Decimal, Str, Value};

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

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Empty,
    Unreadable,
    Valid,
}

/// One column of a table.
#[derive(Debug, Clone)]
pub struct Column {
    states: Vec<State>,
    values: Values,
    unreadable: BTreeMap<usize, String>,
}

#[derive(Debug, Clone)]
enum Values {
    Text { codes: Vec<u32>, words: Vec<Str>, index: HashMap<Str, u32> },
    Integer(Vec<i64>),
    Decimal(Vec<Decimal>),
    Date(Vec<Date>),
    Boolean(Vec<bool>),
    Nested(Vec<Option<Value>>),
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
    Text { codes: &'c [u32], words: &'c [Str] },
    Integer(&'c [i64]),
    Decimal(&'c [Decimal]),
    Date(&'c [Date]),
    Boolean(&'c [bool]),
    Nested(&'c [Option<Value>]),
}

impl Column {
    pub(crate) fn new(ty: &FieldType) -> Self {
        let values = match ty {
            FieldType::Text | FieldType::Term(_) => {
                Values::Text { codes: Vec::new(), words: Vec::new(), index: HashMap::new() }
            }
            FieldType::Integer(_) => Values::Integer(Vec::new()),
            FieldType::Decimal => Values::Decimal(Vec::new()),
            FieldType::Date => Values::Date(Vec::new()),
            FieldType::Boolean => Values::Boolean(Vec::new()),
            FieldType::List(_) | FieldType::Object(_) => Values::Nested(Vec::new()),
        };
        Self { states: Vec::new(), values, unreadable: BTreeMap::new() }
    }

    /// How many cells it has.
    pub fn len(&self) -> usize {
        self.states.len()
    }

    /// Whether it has none.
    pub fn is_empty(&self) -> bool {
        self.states.is_empty()
    }

    /// The cell of a record. Beyond the end all cells are empty.
    pub fn cell(&self, row: usize) -> Cell {
        match self.states.get(row) {
            None | Some(State::Empty) => Cell::Empty,
            Some(State::Unreadable) => {
                Cell::Unreadable(self.unreadable.get(&row).cloned().unwrap_or_default())
            }
            Some(State::Valid) => Cell::Valid(match &self.values {
                Values::Text { codes, words, .. } => Value::Text(words[codes[row] as usize].clone()),
                Values::Integer(values) => Value::Integer(values[row]),
                Values::Decimal(values) => Value::Decimal(values[row]),
                Values::Date(values) => Value::Date(values[row]),
                Values::Boolean(values) => Value::Boolean(values[row]),
                Values::Nested(values) => match &values[row] {
                    Some(value) => value.clone(),
                    None => return Cell::Empty,
                },
            }),
        }
    }

    /// Some of its cells as they are laid out, without a copy of any value.
    pub(crate) fn view(&self, rows: std::ops::Range<usize>) -> View<'_> {
        let states = &self.states[rows.clone()];
        let values = match &self.values {
            Values::Text { codes, words, .. } => ViewValues::Text { codes: &codes[rows], words },
            Values::Integer(values) => ViewValues::Integer(&values[rows]),
            Values::Decimal(values) => ViewValues::Decimal(&values[rows]),
            Values::Date(values) => ViewValues::Date(&values[rows]),
            Values::Boolean(values) => ViewValues::Boolean(&values[rows]),
            Values::Nested(values) => ViewValues::Nested(&values[rows]),
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
    pub(crate) fn push(&mut self, cell: Cell) {
        let row = self.states.len();
        let (state, value) = match cell {
            Cell::Empty => (State::Empty, None),
            Cell::Unreadable(raw) => {
                self.unreadable.insert(row, raw);
                (State::Unreadable, None)
            }
            Cell::Valid(value) => (State::Valid, Some(value)),
        };
        let fits = self.push_value(value);
        self.states.push(match fits {
            Ok(()) => state,
            Err(value) => {
                self.unreadable.insert(row, value.to_string());
                State::Unreadable
            }
        });
    }

    fn push_value(&mut self, value: Option<Value>) -> Result<(), Value> {
        let misfit = match (&mut self.values, value) {
            (Values::Text { codes, words, index }, Some(Value::Text(text))) => {
                let next = u32::try_from(words.len()).unwrap_or(u32::MAX);
                let code = *index.entry(text.clone()).or_insert_with(|| {
                    words.push(text);
                    next
                });
                codes.push(code);
                None
            }
            (Values::Integer(values), Some(Value::Integer(n))) => {
                values.push(n);
                None
            }
            (Values::Decimal(values), Some(Value::Decimal(d))) => {
                values.push(d);
                None
            }
            (Values::Date(values), Some(Value::Date(date))) => {
                values.push(date);
                None
            }
            (Values::Boolean(values), Some(Value::Boolean(b))) => {
                values.push(b);
                None
            }
            (Values::Nested(values), value) => {
                values.push(value);
                None
            }
            (values, misfit) => {
                values.push_blank();
                misfit
            }
        };
        misfit.map_or(Ok(()), Err)
    }
}

impl Values {
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
