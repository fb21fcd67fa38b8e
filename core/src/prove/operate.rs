//! Comparing, calculating and looking for one value in another, for many records at once.

use std::cmp::Ordering;

use super::node::{Comparison, Operation};
use super::run::Run;
use super::vector::{Data, Vector, order};
use crate::submission::Words;
use crate::value::{Decimal, Value};

impl<'a> Run<'a, '_> {
    pub(super) fn compare(
        &mut self,
        comparison: Comparison,
        a: &Vector<'a>,
        b: &Vector<'a>,
        mask: &[bool],
    ) -> Vector<'a> {
        let count = self.len();
        // Who has no value must not be compared; the checker lets no such rule pass, and if ever, the interpreter knows.
        if !matches!(a.data, Data::Any(_)) && !matches!(b.data, Data::Any(_)) {
            for present in [&a.present, &b.present].into_iter().flatten() {
                self.speak_where(mask, |at| !present[at]);
            }
            if let Some(answer) = by_type(comparison, &a.data, &b.data, count) {
                return Vector::booleans(answer);
            }
        }
        let loud = &mut self.loud;
        let mut values = vec![false; count];
        for at in 0..count {
            if !mask[at] || loud[at] {
                continue;
            }
            let (a, b) = (a.value(at), b.value(at));
            match a.as_ref().zip(b.as_ref()).and_then(|(a, b)| order(a, b)) {
                Some(order) => values[at] = comparison.holds(order),
                None => loud[at] = true,
            }
        }
        Vector::booleans(values)
    }

    pub(super) fn calculate(
        &mut self,
        operation: Operation,
        a: &Vector<'a>,
        b: &Vector<'a>,
        mask: &[bool],
    ) -> Vector<'a> {
        self.each(mask, |_, at| calculated(operation, &a.value(at)?, &b.value(at)?))
    }

    pub(super) fn contains(&mut self, whole: &Vector<'a>, part: &Vector<'a>, mask: &[bool]) -> Vector<'a> {
        if let (Data::Same(Some(Value::List(items))), Data::Words { codes, words }) =
            (&whole.data, &part.data)
        {
            if let Some(present) = &part.present {
                self.speak_where(mask, |at| !present[at]);
            }
            return Vector::booleans(by_word(codes, words, |word| {
                items.iter().any(|item| matches!(item, Value::Text(text) if text.as_str() == word))
            }));
        }
        if let (Data::Words { codes, words }, Data::Same(Some(Value::Text(text)))) = (&whole.data, &part.data)
        {
            if let Some(present) = &whole.present {
                self.speak_where(mask, |at| !present[at]);
            }
            return Vector::booleans(by_word(codes, words, |word| word.contains(text.as_str())));
        }
        self.each(mask, |_, at| {
            let (whole, part) = (whole.value(at)?, part.value(at)?);
            Some(Value::Boolean(match (&whole, &part) {
                (Value::List(items), part) => {
                    items.iter().any(|item| order(item, part).is_some_and(|o| o.is_eq()))
                }
                (Value::Text(whole), Value::Text(part)) => whole.contains(part.as_str()),
                _ => return None,
            }))
        })
    }
}

/// Compares values that are all of one type; none where they are not laid out so.
fn by_type(comparison: Comparison, a: &Data<'_>, b: &Data<'_>, count: usize) -> Option<Vec<bool>> {
    Some(match (a, b) {
        (Data::Date(a), Data::Date(b)) => each(comparison, count, |at| a[at].cmp(&b[at])),
        (Data::Date(a), Data::Same(Some(Value::Date(b)))) => each(comparison, count, |at| a[at].cmp(b)),
        (Data::Same(Some(Value::Date(a))), Data::Date(b)) => each(comparison, count, |at| a.cmp(&b[at])),
        (Data::Integer(a), Data::Integer(b)) => each(comparison, count, |at| a[at].cmp(&b[at])),
        (Data::Integer(a), Data::Same(Some(Value::Integer(b)))) => each(comparison, count, |at| a[at].cmp(b)),
        (Data::Same(Some(Value::Integer(a))), Data::Integer(b)) => {
            each(comparison, count, |at| a.cmp(&b[at]))
        }
        (Data::Decimal(a), Data::Decimal(b)) => each(comparison, count, |at| a[at].cmp(&b[at])),
        (Data::Decimal(a), Data::Same(Some(b))) => {
            let b = b.as_decimal()?;
            each(comparison, count, |at| a[at].cmp(&b))
        }
        (Data::Words { codes, words }, Data::Same(Some(Value::Text(text)))) => {
            by_word(codes, words, |word| comparison.holds(word.cmp(text.as_str())))
        }
        (Data::Words { codes: a, words: of_a }, Data::Words { codes: b, words: of_b }) => {
            each(comparison, count, |at| of_a.get(a[at]).cmp(of_b.get(b[at])))
        }
        _ => return None,
    })
}

/// One comparison for many records.
fn each(comparison: Comparison, count: usize, order: impl Fn(usize) -> Ordering) -> Vec<bool> {
    // The choice stands outside, so that the inner loops are plain.
    let records = 0..count;
    match comparison {
        Comparison::Equal => records.map(|at| order(at).is_eq()).collect(),
        Comparison::Unequal => records.map(|at| order(at).is_ne()).collect(),
        Comparison::Less => records.map(|at| order(at).is_lt()).collect(),
        Comparison::LessOrEqual => records.map(|at| order(at).is_le()).collect(),
        Comparison::Greater => records.map(|at| order(at).is_gt()).collect(),
        Comparison::GreaterOrEqual => records.map(|at| order(at).is_ge()).collect(),
    }
}

/// An answer for each text of a column, asked once for each different one where they are few.
fn by_word(codes: &[u32], words: &Words, holds: impl Fn(&str) -> bool) -> Vec<bool> {
    if words.len() <= codes.len() {
        let answers: Vec<bool> = words.iter().map(holds).collect();
        // A column may hold blanks alone, and then no words.
        return codes.iter().map(|code| answers.get(*code as usize).copied().unwrap_or_default()).collect();
    }
    codes.iter().map(|code| holds(words.get(*code))).collect()
}

fn calculated(operation: Operation, a: &Value, b: &Value) -> Option<Value> {
    if let (Value::Integer(a), Value::Integer(b)) = (a, b) {
        return Some(Value::Integer(match operation {
            Operation::Add => a.checked_add(*b)?,
            Operation::Subtract => a.checked_sub(*b)?,
            Operation::Multiply => a.checked_mul(*b)?,
            Operation::Divide => a.checked_div(*b)?,
            Operation::Remainder => a.checked_rem(*b)?,
        }));
    }
    let (a, b): (Decimal, Decimal) = (a.as_decimal()?, b.as_decimal()?);
    Some(Value::Decimal(match operation {
        Operation::Add => a.checked_add(b)?,
        Operation::Subtract => a.checked_sub(b)?,
        Operation::Multiply => a.checked_mul(b)?,
        Operation::Divide => a.checked_div(b)?,
        Operation::Remainder => a.checked_rem(b)?,
    }))
}
