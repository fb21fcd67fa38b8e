//! What several rules ask of the same records, found once: the cells of a column, and what a native function answers.

use std::collections::HashMap;
use std::ops::Range;
use std::rc::Rc;

use super::answers::Answers;
use super::vector::{Cells, Data, Dictionary, Mask, Vector};
use crate::submission::{Table, View, ViewValues};
use crate::value::Value;

/// What is known of some records of a table.
pub(super) struct Shared<'a> {
    cells: &'a Table,
    rows: Range<usize>,
    columns: HashMap<usize, Known<'a>>,
    texts: HashMap<usize, Rc<Vec<Option<Value>>>>,
    answers: HashMap<String, Rc<Answers<'a>>>,
}

/// The cells of a column.
#[derive(Clone)]
pub(super) struct Known<'a> {
    pub(super) vector: Vector<'a>,
    /// Which cells could not be read; none where all could.
    pub(super) unreadable: Option<Rc<Mask>>,
}

impl<'a> Shared<'a> {
    pub(super) fn new(cells: &'a Table, rows: Range<usize>) -> Self {
        let (columns, texts, answers) = (HashMap::new(), HashMap::new(), HashMap::new());
        Self { cells, rows, columns, texts, answers }
    }

    /// The cells of a field; none where the table has no such column.
    pub(super) fn column(&mut self, field: usize) -> Option<Known<'a>> {
        if let Some(known) = self.columns.get(&field) {
            return Some(known.clone());
        }
        let table: &'a Table = self.cells;
        let column = table.columns.get(field)?.as_ref()?;
        let View { values, present, unreadable } = column.cells.view(self.rows.clone());
        let data = match values {
            ViewValues::Text { codes, words } => {
                Data::Words { codes: Cells::Column(codes), words: Dictionary::Column(words) }
            }
            ViewValues::Integer(values) => Data::Integer(Cells::Column(values)),
            ViewValues::Decimal(values) => Data::Decimal(Cells::Column(values)),
            ViewValues::Date(values) => Data::Date(Cells::Column(values)),
            ViewValues::Boolean(values) => Data::Boolean(Cells::Column(values)),
            ViewValues::Nested(values) => Data::Any(Cells::Column(values)),
        };
        let mut broken = (!unreadable.is_empty()).then(|| vec![false; self.rows.len()]);
        for at in unreadable {
            if let Some(broken) = &mut broken {
                broken[at] = true;
            }
        }
        let vector = Vector { data, present: present.map(Rc::new) };
        let known = Known { vector, unreadable: broken.map(Rc::new) };
        self.columns.insert(field, known.clone());
        Some(known)
    }

    /// The texts of a field as native functions take them.
    pub(super) fn texts(&mut self, field: usize, vector: &Vector<'a>) -> Vector<'a> {
        let count = self.rows.len();
        let texts = self.texts.entry(field);
        let texts = texts.or_insert_with(|| Rc::new((0..count).map(|at| vector.value(at)).collect()));
        Vector::of(Data::Any(Cells::Made(Rc::clone(texts))))
    }

    /// What a native function answers, by what is asked.
    pub(super) fn answers(&mut self, question: &str, find: impl FnOnce() -> Answers<'a>) -> Rc<Answers<'a>> {
        if let Some(answers) = self.answers.get(question) {
            return Rc::clone(answers);
        }
        let answers = Rc::new(find());
        self.answers.insert(question.to_string(), Rc::clone(&answers));
        answers
    }
}
