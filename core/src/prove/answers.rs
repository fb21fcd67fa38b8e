//! What a native function answers for many records: asked once for each different text of a repetitive column.

use super::vector::{Cells, Data, Dictionary, Mask, Vector};
use crate::native::{Context, Native, Type};
use crate::submission::{Index, Words};
use crate::value::Value;

/// The answers for some records.
pub(super) struct Answers<'a> {
    pub(super) vector: Vector<'a>,
    /// Records for which it breaks, or lacks an argument; none where it always answers.
    pub(super) breaks: Option<Mask>,
}

/// Asks a native function for each of the records that are meant.
pub(super) fn ask<'a>(
    native: &Native,
    context: &Context<'_>,
    args: &[Vector<'a>],
    mask: &[bool],
) -> Answers<'a> {
    if let Some((at, codes, words)) = one_column(args)
        && words.len() <= mask.len()
    {
        return of_words(native, context, args, mask, (at, codes, words));
    }
    let mut found = Found::new(native.returns, mask.len());
    let mut all = Vec::with_capacity(args.len());
    for (at, meant) in mask.iter().enumerate() {
        if !meant {
            found.push(Ok(None));
            continue;
        }
        all.clear();
        all.extend(args.iter().filter_map(|arg| arg.value(at)));
        found.push(if all.len() < args.len() { Err(()) } else { (native.run)(context, &all).map_err(drop) });
    }
    found.finish()
}

/// The one argument that is a column of texts, if all others are the same for all.
fn one_column<'v, 'a>(args: &'v [Vector<'a>]) -> Option<(usize, &'v Cells<'a, u32>, &'v Dictionary<'a>)> {
    let mut found = None;
    for (at, arg) in args.iter().enumerate() {
        match &arg.data {
            Data::Words { codes, words } if found.is_none() => found = Some((at, codes, words)),
            _ if arg.constant().is_some() => {}
            _ => return None,
        }
    }
    found
}

/// Asks once for each text that occurs.
fn of_words<'a>(
    native: &Native,
    context: &Context<'_>,
    args: &[Vector<'a>],
    mask: &[bool],
    (column, codes, words): (usize, &[u32], &Words),
) -> Answers<'a> {
    let present = args[column].present.as_deref();
    let is_meant = |at: usize| mask[at] && present.is_none_or(|present| present[at]);
    let mut all: Vec<Value> =
        args.iter().map(|arg| arg.constant().cloned().unwrap_or(Value::Boolean(false))).collect();
    let mut known: Vec<Option<Answer>> = vec![None; words.len()];
    let mut found = Found::new(native.returns, mask.len());
    for (at, code) in codes.iter().enumerate() {
        if !is_meant(at) {
            found.push(if mask[at] { Err(()) } else { Ok(None) });
            continue;
        }
        let answer = known[*code as usize].get_or_insert_with(|| {
            all[column] = Value::text(words.get(*code));
            (native.run)(context, &all).map_err(drop)
        });
        found.push(answer.clone());
    }
    found.finish()
}

/// An answer; an error where the function breaks.
type Answer = Result<Option<Value>, ()>;

/// Answers as they come in, laid out by the type the function declares.
struct Found {
    values: Values,
    present: Mask,
    breaks: Mask,
}

enum Values {
    Boolean(Vec<bool>),
    Integer(Vec<i64>),
    Text { codes: Vec<u32>, words: Words, index: Index },
    Any(Vec<Option<Value>>),
}

impl Found {
    fn new(returns: Type, count: usize) -> Self {
        let values = match returns {
            Type::Boolean => Values::Boolean(Vec::with_capacity(count)),
            Type::Integer => Values::Integer(Vec::with_capacity(count)),
            Type::Text => Values::Text {
                codes: Vec::with_capacity(count),
                words: Words::default(),
                index: Index::default(),
            },
            _ => Values::Any(Vec::with_capacity(count)),
        };
        Self { values, present: Vec::with_capacity(count), breaks: Vec::with_capacity(count) }
    }

    fn push(&mut self, answer: Answer) {
        let is_broken = answer.is_err();
        let value = answer.ok().flatten();
        let is_there = value.is_some();
        let fits = match (&mut self.values, value) {
            (Values::Boolean(values), Some(Value::Boolean(yes))) => {
                values.push(yes);
                true
            }
            (Values::Integer(values), Some(Value::Integer(n))) => {
                values.push(n);
                true
            }
            (Values::Text { codes, words, index }, Some(Value::Text(text))) => {
                codes.push(index.code(words, &text));
                true
            }
            (Values::Any(values), value) => {
                values.push(value);
                true
            }
            (values, _) => {
                match values {
                    Values::Boolean(values) => values.push(false),
                    Values::Integer(values) => values.push(0),
                    Values::Text { codes, .. } => codes.push(0),
                    Values::Any(values) => values.push(None),
                }
                false
            }
        };
        self.present.push(is_there && fits);
        // An answer of another type than declared is our own mistake; the interpreter will meet it.
        self.breaks.push(is_broken || (is_there && !fits));
    }

    fn finish<'a>(self) -> Answers<'a> {
        let data = match self.values {
            Values::Boolean(values) => Data::Boolean(values.into()),
            Values::Integer(values) => Data::Integer(values.into()),
            Values::Text { codes, words, .. } => {
                Data::Words { codes: codes.into(), words: Dictionary::Made(words.into()) }
            }
            Values::Any(values) => Data::Any(values.into()),
        };
        let present =
            (!matches!(data, Data::Any(_)) && self.present.contains(&false)).then(|| self.present.into());
        let breaks = self.breaks.contains(&true).then_some(self.breaks);
        Answers { vector: Vector { data, present }, breaks }
    }
}
