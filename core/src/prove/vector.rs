//! One value for each of some records, side by side.

use std::cmp::Ordering;
use std::ops::Deref;
use std::rc::Rc;

use crate::submission::Words;
use crate::value::{Date, Decimal, Value};

/// Which of the records at hand are meant.
pub(super) type Mask = Vec<bool>;

/// Whether no record is meant.
pub(super) fn is_none(mask: &[bool]) -> bool {
    !mask.contains(&true)
}

/// Values that stand in a column, or were made and are held by several.
#[derive(Debug)]
pub(super) enum Cells<'a, T> {
    Column(&'a [T]),
    Made(Rc<Vec<T>>),
}

impl<T> Deref for Cells<'_, T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        match self {
            Self::Column(values) => values,
            Self::Made(values) => values,
        }
    }
}

impl<T> Clone for Cells<'_, T> {
    fn clone(&self) -> Self {
        match self {
            Self::Column(values) => Self::Column(values),
            Self::Made(values) => Self::Made(Rc::clone(values)),
        }
    }
}

impl<T> From<Vec<T>> for Cells<'_, T> {
    fn from(values: Vec<T>) -> Self {
        Self::Made(Rc::new(values))
    }
}

/// The words that codes stand for.
#[derive(Debug, Clone)]
pub(super) enum Dictionary<'a> {
    Column(&'a Words),
    Made(Rc<Words>),
}

impl Deref for Dictionary<'_> {
    type Target = Words;

    fn deref(&self) -> &Words {
        match self {
            Self::Column(words) => words,
            Self::Made(words) => words,
        }
    }
}

/// The values, laid out by type where they are all of one.
#[derive(Debug, Clone)]
pub(super) enum Data<'a> {
    /// The same for all; none is `()`.
    Same(Option<Value>),
    Boolean(Cells<'a, bool>),
    Integer(Cells<'a, i64>),
    Decimal(Cells<'a, Decimal>),
    Date(Cells<'a, Date>),
    /// Texts: the number of each among the words.
    Words {
        codes: Cells<'a, u32>,
        words: Dictionary<'a>,
    },
    /// Anything; none is `()`.
    Any(Cells<'a, Option<Value>>),
}

/// Values, and which of the records have one.
#[derive(Debug, Clone)]
pub(super) struct Vector<'a> {
    pub(super) data: Data<'a>,
    /// None where each has one, as far as `data` does not say otherwise.
    pub(super) present: Option<Rc<Mask>>,
}

impl<'a> Vector<'a> {
    pub(super) fn of(data: Data<'a>) -> Self {
        Self { data, present: None }
    }

    pub(super) fn same(value: Option<Value>) -> Self {
        Self::of(Data::Same(value))
    }

    pub(super) fn booleans(values: Vec<bool>) -> Self {
        Self::of(Data::Boolean(values.into()))
    }

    pub(super) fn any(values: Vec<Option<Value>>) -> Self {
        Self::of(Data::Any(values.into()))
    }

    /// Whether a record has a value.
    pub(super) fn is_present(&self, at: usize) -> bool {
        self.present.as_ref().is_none_or(|present| present[at])
            && match &self.data {
                Data::Same(value) => value.is_some(),
                Data::Any(values) => values[at].is_some(),
                _ => true,
            }
    }

    /// Which of so many records have no value.
    pub(super) fn blanks(&self, count: usize) -> Mask {
        match (&self.data, &self.present) {
            (Data::Same(_) | Data::Any(_), _) => (0..count).map(|at| !self.is_present(at)).collect(),
            (_, Some(present)) => present.iter().map(|present| !present).collect(),
            (_, None) => vec![false; count],
        }
    }

    /// The value of a record.
    pub(super) fn value(&self, at: usize) -> Option<Value> {
        if self.present.as_ref().is_some_and(|present| !present[at]) {
            return None;
        }
        match &self.data {
            Data::Same(value) => value.clone(),
            Data::Boolean(values) => Some(Value::Boolean(values[at])),
            Data::Integer(values) => Some(Value::Integer(values[at])),
            Data::Decimal(values) => Some(Value::Decimal(values[at])),
            Data::Date(values) => Some(Value::Date(values[at])),
            Data::Words { codes, words } => Some(Value::text(words.get(codes[at]))),
            Data::Any(values) => values[at].clone(),
        }
    }

    /// The value that all records have in common.
    pub(super) fn constant(&self) -> Option<&Value> {
        match (&self.data, &self.present) {
            (Data::Same(Some(value)), None) => Some(value),
            _ => None,
        }
    }

    /// The yes or no of a record; none where it is neither.
    pub(super) fn yes(&self, at: usize) -> Option<bool> {
        match &self.data {
            Data::Boolean(values) if self.present.is_none() => Some(values[at]),
            Data::Same(Some(Value::Boolean(yes))) if self.present.is_none() => Some(*yes),
            _ => match self.value(at) {
                Some(Value::Boolean(yes)) => Some(yes),
                _ => None,
            },
        }
    }

    /// These values, but those of `other` where the mask says so.
    pub(super) fn replaced(&self, mask: &[bool], other: &Vector<'a>) -> Vector<'a> {
        if !mask.contains(&false) {
            return other.clone();
        }
        if self.present.is_none() && other.present.is_none() {
            let (one, two) = (&self.data, &other.data);
            let data = merged(mask, one.booleans(), two.booleans()).map(Data::Boolean);
            let data = data.or_else(|| merged(mask, one.integers(), two.integers()).map(Data::Integer));
            if let Some(data) = data.or_else(|| merged(mask, one.dates(), two.dates()).map(Data::Date)) {
                return Vector::of(data);
            }
        }
        let pick = |(at, takes): (usize, &bool)| if *takes { other.value(at) } else { self.value(at) };
        Vector::any(mask.iter().enumerate().map(pick).collect())
    }
}

/// Values of one type, or the one that all records have.
enum Typed<'v, T> {
    Each(&'v [T]),
    Same(T),
}

impl<T: Copy> Typed<'_, T> {
    fn at(&self, at: usize) -> T {
        match self {
            Self::Each(values) => values[at],
            Self::Same(value) => *value,
        }
    }
}

impl Data<'_> {
    fn booleans(&self) -> Option<Typed<'_, bool>> {
        match self {
            Self::Boolean(values) => Some(Typed::Each(values)),
            Self::Same(Some(Value::Boolean(value))) => Some(Typed::Same(*value)),
            _ => None,
        }
    }

    fn integers(&self) -> Option<Typed<'_, i64>> {
        match self {
            Self::Integer(values) => Some(Typed::Each(values)),
            Self::Same(Some(Value::Integer(value))) => Some(Typed::Same(*value)),
            _ => None,
        }
    }

    fn dates(&self) -> Option<Typed<'_, Date>> {
        match self {
            Self::Date(values) => Some(Typed::Each(values)),
            Self::Same(Some(Value::Date(value))) => Some(Typed::Same(*value)),
            _ => None,
        }
    }
}

/// The first values, but the second where the mask says so.
fn merged<'a, T: Copy>(
    mask: &[bool],
    first: Option<Typed<'_, T>>,
    second: Option<Typed<'_, T>>,
) -> Option<Cells<'a, T>> {
    let (first, second) = (first?, second?);
    let pick = |(at, takes): (usize, &bool)| if *takes { second.at(at) } else { first.at(at) };
    Some(mask.iter().enumerate().map(pick).collect::<Vec<T>>().into())
}

/// How two values stand to each other, numbers by what they amount to; none where they cannot be compared.
pub(super) fn order(a: &Value, b: &Value) -> Option<Ordering> {
    Some(match (a, b) {
        (Value::Text(a), Value::Text(b)) => a.as_str().cmp(b.as_str()),
        (Value::Date(a), Value::Date(b)) => a.cmp(b),
        (Value::Boolean(a), Value::Boolean(b)) => a.cmp(b),
        (Value::Integer(a), Value::Integer(b)) => a.cmp(b),
        (Value::Integer(_) | Value::Decimal(_), Value::Integer(_) | Value::Decimal(_)) => {
            a.as_decimal()?.cmp(&b.as_decimal()?)
        }
        _ => return None,
    })
}
