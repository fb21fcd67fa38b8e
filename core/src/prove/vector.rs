//! One value for each of some records, side by side.

use std::borrow::Cow;
use std::cmp::Ordering;

use crate::submission::Words;
use crate::value::{Date, Decimal, Value};

/// Which of the records at hand are meant.
pub(super) type Mask = Vec<bool>;

/// Whether no record is meant.
pub(super) fn is_none(mask: &[bool]) -> bool {
    !mask.contains(&true)
}

/// The values, laid out by type where they are all of one.
#[derive(Debug, Clone)]
pub(super) enum Data<'a> {
    /// The same for all; none is `()`.
    Same(Option<Value>),
    Boolean(Vec<bool>),
    Integer(Cow<'a, [i64]>),
    Decimal(Cow<'a, [Decimal]>),
    Date(Cow<'a, [Date]>),
    /// Texts of a column: the number of each in the column's dictionary.
    Words {
        codes: &'a [u32],
        words: &'a Words,
    },
    /// Anything; none is `()`.
    Any(Vec<Option<Value>>),
}

/// Values, and which of the records have one.
#[derive(Debug, Clone)]
pub(super) struct Vector<'a> {
    pub(super) data: Data<'a>,
    /// None where each has one, as far as `data` does not say otherwise.
    pub(super) present: Option<Cow<'a, [bool]>>,
}

impl<'a> Vector<'a> {
    pub(super) fn of(data: Data<'a>) -> Self {
        Self { data, present: None }
    }

    pub(super) fn same(value: Option<Value>) -> Self {
        Self::of(Data::Same(value))
    }

    pub(super) fn booleans(values: Vec<bool>) -> Self {
        Self::of(Data::Boolean(values))
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
        if let (Data::Boolean(own), None, None) = (&self.data, &self.present, &other.present)
            && let Data::Boolean(_) | Data::Same(Some(Value::Boolean(_))) = &other.data
        {
            let pick = |(at, (own, takes)): (usize, (&bool, &bool))| {
                if *takes { other.yes(at).unwrap_or_default() } else { *own }
            };
            return Vector::booleans(own.iter().zip(mask).enumerate().map(pick).collect());
        }
        let pick = |(at, takes): (usize, &bool)| if *takes { other.value(at) } else { self.value(at) };
        Vector::of(Data::Any(mask.iter().enumerate().map(pick).collect()))
    }
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
