//! The values of nodes, for many records at once.

use std::rc::Rc;

use super::answers::ask;
use super::node::{Call, Node, Operation};
use super::run::{Run, either};
use super::shared::Known;
use super::vector::{Data, Mask, Vector, is_none};
use crate::native::Context;
use crate::rule::Asked;
use crate::schema::Field;
use crate::script::handles::TableId;
use crate::submission::Cell;
use crate::value::Value;

impl<'a> Run<'a, '_> {
    /// The value of a node for each of some records; what cannot be had is loud.
    pub(super) fn node(&mut self, node: &Node, mask: &[bool]) -> Vector<'a> {
        match node {
            Node::Const(value) => Vector::same(value.clone()),
            Node::Field(at) => self.field(*at, mask),
            Node::Header(at) => self.header(*at, mask),
            Node::Parameter(key) => self.parameter(key, mask),
            Node::Variable(slot) => self.variables[*slot].clone(),
            Node::Part { of, owner, part } => {
                let base = self.node(of, mask);
                let asked = Asked::Part(*owner, *part);
                let field = self.world.parts(*owner)[*part].clone();
                self.part(&base, &field, self.asked.contains(&asked), mask)
            }
            Node::IsBlank(of) => {
                let of = self.node(of, mask);
                Vector::booleans(of.blanks(self.len()))
            }
            Node::Compare(comparison, a, b) => {
                let (a, b) = (self.node(a, mask), self.node(b, mask));
                self.compare(*comparison, &a, &b, mask)
            }
            Node::Calculate(operation, a, b) => {
                let (a, b) = (self.node(a, mask), self.node(b, mask));
                self.calculate(*operation, &a, &b, mask)
            }
            Node::Negative(of) => {
                let of = self.node(of, mask);
                let zero = Vector::same(Some(Value::Integer(0)));
                self.calculate(Operation::Subtract, &zero, &of, mask)
            }
            Node::Not(of) => {
                let (yes, _) = self.split(of, mask);
                Vector::booleans(yes.into_iter().map(|yes| !yes).collect())
            }
            Node::And(parts) => {
                let mut mask = self.quiet(mask);
                for part in parts {
                    if is_none(&mask) {
                        break;
                    }
                    mask = self.split(part, &mask).0;
                }
                Vector::booleans(mask)
            }
            Node::Or(parts) => {
                let mut yes = vec![false; self.len()];
                let mut rest = self.quiet(mask);
                for part in parts {
                    if is_none(&rest) {
                        break;
                    }
                    let (more, no) = self.split(part, &rest);
                    yes = either(yes, &more);
                    rest = no;
                }
                Vector::booleans(yes)
            }
            Node::Coalesce(parts) => self.coalesce(parts, mask),
            Node::Contains { whole, part } => {
                let (whole, part) = (self.node(whole, mask), self.node(part, mask));
                self.contains(&whole, &part, mask)
            }
            Node::IsEmpty(of) => {
                let of = self.node(of, mask);
                self.each(mask, |_, at| match of.value(at) {
                    Some(Value::List(items)) => Some(Value::Boolean(items.is_empty())),
                    _ => None,
                })
            }
            Node::Call(call) => self.call(call, mask),
            Node::List(items) => {
                let items: Vec<Vector<'a>> = items.iter().map(|item| self.node(item, mask)).collect();
                let fixed: Option<Vec<Value>> = items.iter().map(|item| item.constant().cloned()).collect();
                match fixed {
                    Some(values) => Vector::same(Some(Value::List(values.into()))),
                    None => self.each(mask, |_, at| {
                        let values: Option<Vec<Value>> = items.iter().map(|item| item.value(at)).collect();
                        values.map(|values| Value::List(values.into()))
                    }),
                }
            }
            Node::Text(parts) => {
                let parts: Vec<Vector<'a>> = parts.iter().map(|part| self.node(part, mask)).collect();
                self.each(mask, |_, at| {
                    let mut text = String::new();
                    for part in &parts {
                        match part.value(at)? {
                            Value::Text(part) => text.push_str(&part),
                            Value::Integer(n) => text.push_str(&n.to_string()),
                            Value::Date(date) => text.push_str(&date.to_string()),
                            _ => return None,
                        }
                    }
                    (text.len() < MAX_TEXT).then(|| Value::text(text))
                })
            }
            Node::Choose { test, then, otherwise } => {
                let (yes, no) = self.split(test, mask);
                let one = if is_none(&yes) { Vector::same(None) } else { self.node(then, &yes) };
                if is_none(&no) {
                    return one;
                }
                let other = self.node(otherwise, &no);
                one.replaced(&no, &other)
            }
            Node::Switch(switch) => {
                let (arms, rest) = self.arms(switch, mask);
                let mut value =
                    if is_none(&rest) { Vector::same(None) } else { self.node(&switch.otherwise, &rest) };
                for ((.., arm), mask) in switch.arms.iter().zip(arms) {
                    if !is_none(&mask) {
                        let own = self.node(arm, &mask);
                        value = value.replaced(&mask, &own);
                    }
                }
                value
            }
            Node::Block(steps, value) => {
                // A break within a value leaves its loop; who does not come to the value has none.
                let through = self.steps(steps, mask.to_vec());
                let stopped: Mask = mask.iter().zip(&through).map(|(meant, on)| *meant && !on).collect();
                self.speak(&stopped);
                self.node(value, &through)
            }
            Node::Ends(step) => {
                // It ends the script: whoever comes here has no value to go on with.
                let before = self.skipped.clone();
                self.step(step, self.quiet(mask));
                if before != self.skipped {
                    // A skip within a value: leave it to the interpreter.
                    self.skipped = before;
                }
                self.speak(mask);
                Vector::same(None)
            }
            Node::Unknown => {
                self.speak(mask);
                Vector::same(None)
            }
        }
    }

    /// A value for each of some records, one by one; where there is none, the record is loud.
    pub(super) fn each(
        &mut self,
        mask: &[bool],
        mut value: impl FnMut(&mut Self, usize) -> Option<Value>,
    ) -> Vector<'a> {
        let mut values = vec![None; self.len()];
        for at in 0..self.len() {
            if mask[at] && !self.loud[at] {
                values[at] = value(self, at);
                self.loud[at] = values[at].is_none();
            }
        }
        Vector::any(values)
    }

    fn field(&mut self, at: usize, mask: &[bool]) -> Vector<'a> {
        let schema: &Field = &self.world.schema.tables[self.table].fields[at];
        let asked = self.asked.contains(&Asked::Field(TableId::Filed(self.table), at));
        let may_be_blank = !schema.required || asked;
        let Some(Known { vector, unreadable }) = self.shared.column(at) else {
            if !may_be_blank {
                self.speak(mask);
            }
            return Vector::same(None);
        };
        if let Some(unreadable) = unreadable {
            self.speak_where(mask, |at| unreadable[at]);
        }
        if !may_be_blank && let Some(present) = &vector.present {
            self.speak_where(mask, |at| !present[at]);
        }
        vector
    }

    /// What a native function answers.
    fn call(&mut self, call: &Call, mask: &[bool]) -> Vector<'a> {
        let args: Vec<Vector<'a>> = call.args.iter().map(|arg| self.argument(arg, mask)).collect();
        let context: Context<'a> = self.world.context();
        let mask = self.quiet(mask);
        let meant = mask.iter().filter(|meant| **meant).count();
        let answers = match &call.question {
            // Others will ask the same; who asks it of few records does not find the answer for all.
            Some(question) if meant >= mask.len() / 4 => {
                let all = vec![true; mask.len()];
                self.shared.answers(question, || ask(&call.native, &context, &args, &all))
            }
            _ => Rc::new(ask(&call.native, &context, &args, &mask)),
        };
        if let Some(breaks) = &answers.breaks {
            self.speak_where(&mask, |at| breaks[at]);
        }
        answers.vector.clone()
    }

    /// An argument. The texts of a column that is not repetitive are made ready once for all functions.
    fn argument(&mut self, arg: &Node, mask: &[bool]) -> Vector<'a> {
        let vector = self.node(arg, mask);
        match (arg, &vector.data) {
            (Node::Field(at), Data::Words { words, .. }) if words.len() > self.len() => {
                self.shared.texts(*at, &vector)
            }
            _ => vector,
        }
    }

    fn header(&mut self, at: usize, mask: &[bool]) -> Vector<'a> {
        let field = &self.world.schema.header[at];
        let submission = self.world.submissions.get(self.submission);
        let cell = submission.and_then(|one| one.header.get(at)).map(|entry| &entry.cell);
        let may_be_blank = !field.required || self.asked.contains(&Asked::Header(at));
        match cell {
            Some(Cell::Valid(value)) => return Vector::same(Some(value.clone())),
            None | Some(Cell::Empty) if may_be_blank => {}
            _ => self.speak(mask),
        }
        Vector::same(None)
    }

    fn parameter(&mut self, key: &str, mask: &[bool]) -> Vector<'a> {
        let parameters = &self.world.schema.parameters;
        let entry = self.day.and_then(|day| parameters.on(key, day)).and_then(|entry| entry.value.clone());
        if entry.is_none() && !self.asked.contains(&Asked::Parameter(key.to_string())) {
            self.speak(mask);
        }
        Vector::same(entry)
    }

    fn part(&mut self, base: &Vector<'a>, field: &Field, asked: bool, mask: &[bool]) -> Vector<'a> {
        let may_be_blank = !field.required || asked;
        let mut values = vec![None; self.len()];
        for at in 0..self.len() {
            if !mask[at] || self.loud[at] {
                continue;
            }
            match base.value(at) {
                Some(Value::Object(parts)) => values[at] = parts.get(&field.key).cloned(),
                // `a?.b` of nothing is nothing.
                None => continue,
                Some(_) => self.loud[at] = true,
            }
            self.loud[at] |= values[at].is_none() && !may_be_blank;
        }
        Vector::any(values)
    }

    fn coalesce(&mut self, parts: &[Node], mask: &[bool]) -> Vector<'a> {
        let mut value = Vector::same(None);
        let mut rest = self.quiet(mask);
        for part in parts {
            if is_none(&rest) {
                break;
            }
            let own = self.node(part, &rest);
            value = value.replaced(&rest, &own);
            rest = (0..self.len()).map(|at| rest[at] && !self.loud[at] && !own.is_present(at)).collect();
        }
        value
    }
}

/// How long a text put together may be; beyond, the interpreter minds its own limit.
const MAX_TEXT: usize = 100_000;
