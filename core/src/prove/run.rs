//! Runs a lowered rule on some records at once.
//!
//! Each record is in one of four states: it goes on, it has ended in silence, it has skipped, or it is *loud*: something
//! could be said of it, and only the interpreter knows what. A record that is loud is not looked at again.

use std::borrow::Cow;
use std::ops::Range;

use super::node::{Comparison, Node, Operation, Step, Switch};
use super::vector::{Data, Mask, Vector, is_none, order};
use crate::native::{Context, Native};
use crate::rule::Asked;
use crate::schema::Field;
use crate::script::handles::TableId;
use crate::script::world::World;
use crate::submission::{Cell, Table, View, ViewValues, Words};
use crate::value::{Date, Decimal, Value};

/// How many turns of loops some records may take together; a rule that takes more is the interpreter's.
const MAX_TURNS: usize = 10_000;

/// What is run, and on what.
pub(super) struct Run<'a> {
    pub(super) world: &'a World,
    pub(super) submission: usize,
    pub(super) table: usize,
    pub(super) cells: &'a Table,
    pub(super) rows: Range<usize>,
    pub(super) asked: &'a std::collections::BTreeSet<Asked>,
    pub(super) day: Option<Date>,
    pub(super) variables: Vec<Vector<'a>>,
    /// Records of which something could be said.
    pub(super) loud: Mask,
    /// Records that the rule skips.
    pub(super) skipped: Mask,
    loops: Vec<Loop>,
    turns: usize,
}

/// A loop at work: records that have left it, and those that have left this turn.
struct Loop {
    left: Mask,
    gone_on: Mask,
}

impl<'a> Run<'a> {
    pub(super) fn new(
        world: &'a World,
        submission: usize,
        table: usize,
        cells: &'a Table,
        rows: Range<usize>,
        asked: &'a std::collections::BTreeSet<Asked>,
        variables: usize,
    ) -> Self {
        let count = rows.len();
        Self {
            world,
            submission,
            table,
            cells,
            rows,
            asked,
            day: world.period_end(submission),
            variables: vec![Vector::same(None); variables],
            loud: vec![false; count],
            skipped: vec![false; count],
            loops: Vec::new(),
            turns: 0,
        }
    }

    fn len(&self) -> usize {
        self.rows.len()
    }

    /// Marks records as loud.
    fn speak(&mut self, mask: &[bool]) {
        for (loud, said) in self.loud.iter_mut().zip(mask) {
            *loud |= said;
        }
    }

    /// Those of a mask that are not loud.
    fn quiet(&self, mask: &[bool]) -> Mask {
        mask.iter().zip(&self.loud).map(|(meant, loud)| *meant && !loud).collect()
    }

    /// Takes records through steps; those that go on after them.
    pub(super) fn steps(&mut self, steps: &[Step], mask: Mask) -> Mask {
        let mut mask = mask;
        for step in steps {
            if is_none(&mask) {
                break;
            }
            mask = self.step(step, mask);
        }
        mask
    }

    fn step(&mut self, step: &Step, mask: Mask) -> Mask {
        match step {
            Step::If { test, then, otherwise } => {
                let (yes, no) = self.split(test, &mask);
                let one = self.steps(then, yes);
                let other = self.steps(otherwise, no);
                either(one, &other)
            }
            Step::Switch(switch) => self.switch_steps(switch, &mask),
            Step::Set(slot, value) => {
                let value = self.node(value, &mask);
                let mask = self.quiet(&mask);
                self.set(*slot, &value, &mask);
                mask
            }
            Step::Change(slot, operation, value) => {
                let value = self.node(value, &mask);
                let own = self.variables[*slot].clone();
                let value = self.calculate(*operation, &own, &value, &mask);
                let mask = self.quiet(&mask);
                self.set(*slot, &value, &mask);
                mask
            }
            Step::For { item, counter, list, body } => self.for_each(*item, *counter, list, body, &mask),
            Step::Count { item, from, to, body } => self.count(*item, from, to, body, &mask),
            Step::Break => self.leave(mask, |own| &mut own.left),
            Step::Continue => self.leave(mask, |own| &mut own.gone_on),
            Step::Return => none(&mask),
            Step::Skip(reads) => {
                for read in reads {
                    self.node(read, &mask);
                }
                for (skipped, skips) in self.skipped.iter_mut().zip(mask.iter().zip(&self.loud)) {
                    *skipped |= skips.0 & !skips.1;
                }
                none(&mask)
            }
            Step::Look(value) => {
                self.node(value, &mask);
                self.quiet(&mask)
            }
            Step::Speak | Step::Unknown => {
                self.speak(&mask);
                none(&mask)
            }
        }
    }

    fn set(&mut self, slot: usize, value: &Vector<'a>, mask: &[bool]) {
        self.variables[slot] = self.variables[slot].replaced(mask, value);
    }

    fn leave(&mut self, mask: Mask, whither: impl Fn(&mut Loop) -> &mut Mask) -> Mask {
        match self.loops.last_mut() {
            Some(own) => {
                for (gone, goes) in whither(own).iter_mut().zip(&mask) {
                    *gone |= goes;
                }
            }
            None => self.speak(&mask),
        }
        none(&mask)
    }

    /// Those for which a test holds, and those for which it does not.
    fn split(&mut self, test: &Node, mask: &[bool]) -> (Mask, Mask) {
        let answer = self.node(test, mask);
        let mut yes = vec![false; self.len()];
        let mut no = vec![false; self.len()];
        for at in 0..self.len() {
            if !mask[at] || self.loud[at] {
                continue;
            }
            match answer.yes(at) {
                Some(true) => yes[at] = true,
                Some(false) => no[at] = true,
                None => self.loud[at] = true,
            }
        }
        (yes, no)
    }

    fn switch_steps(&mut self, switch: &Switch<Vec<Step>>, mask: &[bool]) -> Mask {
        let (arms, rest) = self.arms(switch, mask);
        let mut on = vec![false; self.len()];
        for ((.., body), mask) in switch.arms.iter().zip(arms) {
            let after = self.steps(body, mask);
            on = either(on, &after);
        }
        let after = self.steps(&switch.otherwise, rest);
        either(on, &after)
    }

    /// The records of each arm of a `switch`, and those of none.
    fn arms<T>(&mut self, switch: &Switch<T>, mask: &[bool]) -> (Vec<Mask>, Mask) {
        let subject = self.node(&switch.subject, mask);
        let mut rest = self.quiet(mask);
        let mut arms = Vec::new();
        for (values, condition, _) in &switch.arms {
            let mut own: Mask = vec![false; self.len()];
            for at in (0..self.len()).filter(|at| rest[*at]) {
                own[at] = subject.value(at).is_some_and(|value| values.contains(&value));
            }
            if let Some(condition) = condition {
                own = self.split(condition, &own).0;
            }
            for at in 0..self.len() {
                rest[at] &= !own[at] && !self.loud[at];
            }
            arms.push(own);
        }
        (arms, rest)
    }

    fn for_each(
        &mut self,
        item: usize,
        counter: Option<usize>,
        list: &Node,
        body: &[Step],
        mask: &[bool],
    ) -> Mask {
        let list = self.node(list, mask);
        let mut going = self.quiet(mask);
        if let Data::Same(Some(Value::List(items))) = &list.data {
            let items = items.clone();
            return self.turns(&mut going, body, |run, turn, _| {
                let item_of_turn = items.get(turn)?;
                run.variables[item] = Vector::same(Some(item_of_turn.clone()));
                run.number(counter, turn);
                Some(vec![true; run.len()])
            });
        }
        self.only(&mut going, |at| matches!(list.value(at), Some(Value::List(_))));
        self.turns(&mut going, body, |run, turn, going| {
            let of = |at: usize| match list.value(at) {
                Some(Value::List(items)) if going[at] => items.get(turn).cloned(),
                _ => None,
            };
            let values: Vec<Option<Value>> = (0..run.len()).map(of).collect();
            let have: Mask = values.iter().map(Option::is_some).collect();
            if is_none(&have) {
                return None;
            }
            run.variables[item] = Vector::of(Data::Any(values));
            run.number(counter, turn);
            Some(have)
        })
    }

    /// Those that have what a loop goes over go on; the others are loud.
    fn only(&mut self, going: &mut Mask, has: impl Fn(usize) -> bool) {
        for (at, (going, loud)) in going.iter_mut().zip(&mut self.loud).enumerate() {
            if *going && !has(at) {
                *loud = true;
                *going = false;
            }
        }
    }

    fn number(&mut self, counter: Option<usize>, turn: usize) {
        if let Some(counter) = counter {
            let turn = i64::try_from(turn).unwrap_or(i64::MAX);
            self.variables[counter] = Vector::same(Some(Value::Integer(turn)));
        }
    }

    fn count(&mut self, item: usize, from: &Node, to: &Node, body: &[Step], mask: &[bool]) -> Mask {
        let (from, to) = (self.node(from, mask), self.node(to, mask));
        let mut going = self.quiet(mask);
        let ends: Vec<Option<(i64, i64)>> = (0..self.len())
            .map(|at| match (from.value(at), to.value(at)) {
                (Some(Value::Integer(from)), Some(Value::Integer(to))) => Some((from, to)),
                _ => None,
            })
            .collect();
        self.only(&mut going, |at| ends[at].is_some());
        self.turns(&mut going, body, |run, turn, going| {
            let of = |at: usize| {
                let (from, to) = ends[at].filter(|_| going[at])?;
                let value = from.checked_add(i64::try_from(turn).ok()?)?;
                (value < to).then_some(Value::Integer(value))
            };
            let values: Vec<Option<Value>> = (0..run.len()).map(of).collect();
            let have: Mask = values.iter().map(Option::is_some).collect();
            if is_none(&have) {
                return None;
            }
            run.variables[item] = Vector::of(Data::Any(values));
            Some(have)
        })
    }

    /// Takes records through the turns of a loop until none is left in it; `next` prepares a turn and says who takes it.
    fn turns(
        &mut self,
        going: &mut Mask,
        body: &[Step],
        mut next: impl FnMut(&mut Self, usize, &Mask) -> Option<Mask>,
    ) -> Mask {
        let mut after = vec![false; self.len()];
        for turn in 0.. {
            self.turns += 1;
            if self.turns > MAX_TURNS {
                self.speak(going);
                return after;
            }
            let Some(have) = next(self, turn, going).filter(|_| !is_none(going)) else { break };
            let mut enters = going.clone();
            for at in 0..self.len() {
                // Who has no more items goes on behind the loop.
                after[at] |= going[at] && !have[at];
                enters[at] &= have[at];
            }
            let own = Loop { left: vec![false; self.len()], gone_on: vec![false; self.len()] };
            self.loops.push(own);
            let through = self.steps(body, enters);
            let Some(own) = self.loops.pop() else { break };
            for at in 0..self.len() {
                after[at] |= own.left[at] && !self.loud[at];
                going[at] = (through[at] || own.gone_on[at]) && !self.loud[at];
            }
        }
        either(after, going)
    }

    /// The value of a node for each of some records; what cannot be had is loud.
    fn node(&mut self, node: &Node, mask: &[bool]) -> Vector<'a> {
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
                Vector::booleans((0..self.len()).map(|at| !of.is_present(at)).collect())
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
            Node::Call(native, args) => {
                let args: Vec<Vector<'a>> = args.iter().map(|arg| self.node(arg, mask)).collect();
                self.call(native, &args, mask)
            }
            Node::List(items) => {
                let items: Vec<Vector<'a>> = items.iter().map(|item| self.node(item, mask)).collect();
                let fixed: Option<Vec<Value>> = items
                    .iter()
                    .map(|item| match &item.data {
                        Data::Same(Some(value)) if item.present.is_none() => Some(value.clone()),
                        _ => None,
                    })
                    .collect();
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
    fn each(
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
        Vector::of(Data::Any(values))
    }

    fn field(&mut self, at: usize, mask: &[bool]) -> Vector<'a> {
        let schema: &Field = &self.world.schema.tables[self.table].fields[at];
        let asked = self.asked.contains(&Asked::Field(TableId::Filed(self.table), at));
        let may_be_blank = !schema.required || asked;
        let cells: &'a Table = self.cells;
        let Some(column) = cells.columns.get(at).and_then(Option::as_ref) else {
            if !may_be_blank {
                self.speak(mask);
            }
            return Vector::same(None);
        };
        let View { values, present, unreadable } = column.cells.view(self.rows.clone());
        for row in unreadable {
            self.loud[row] |= mask[row];
        }
        if !may_be_blank && let Some(present) = &present {
            for at in 0..self.len() {
                self.loud[at] |= mask[at] && !present[at];
            }
        }
        let data = match values {
            ViewValues::Text { codes, words } => Data::Words { codes, words },
            ViewValues::Integer(values) => Data::Integer(Cow::Borrowed(values)),
            ViewValues::Decimal(values) => Data::Decimal(Cow::Borrowed(values)),
            ViewValues::Date(values) => Data::Date(Cow::Borrowed(values)),
            ViewValues::Boolean(values) => Data::Boolean(values.to_vec()),
            ViewValues::Nested(values) => Data::Any(values.to_vec()),
        };
        Vector { data, present: present.map(Cow::Owned) }
    }

    fn header(&mut self, at: usize, mask: &[bool]) -> Vector<'a> {
        let field = &self.world.schema.header[at];
        let cell = self.world.submissions[self.submission].header.get(at).map(|entry| &entry.cell);
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
        Vector::of(Data::Any(values))
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

    fn compare(
        &mut self,
        comparison: Comparison,
        a: &Vector<'a>,
        b: &Vector<'a>,
        mask: &[bool],
    ) -> Vector<'a> {
        let count = self.len();
        let loud = &mut self.loud;
        // Who has no value must not be compared; the checker lets no such rule pass, and if ever, the interpreter knows.
        if !matches!(a.data, Data::Any(_)) && !matches!(b.data, Data::Any(_)) {
            for present in [&a.present, &b.present].into_iter().flatten() {
                for at in 0..count {
                    loud[at] |= mask[at] && !present[at];
                }
            }
            let answer = |holds: &dyn Fn(usize) -> bool| Vector::booleans((0..count).map(holds).collect());
            match (&a.data, &b.data) {
                (Data::Date(a), Data::Date(b)) => return answer(&|at| comparison.holds(a[at].cmp(&b[at]))),
                (Data::Date(a), Data::Same(Some(Value::Date(b)))) => {
                    return answer(&|at| comparison.holds(a[at].cmp(b)));
                }
                (Data::Same(Some(Value::Date(a))), Data::Date(b)) => {
                    return answer(&|at| comparison.holds(a.cmp(&b[at])));
                }
                (Data::Integer(a), Data::Same(Some(Value::Integer(b)))) => {
                    return answer(&|at| comparison.holds(a[at].cmp(b)));
                }
                (Data::Decimal(a), Data::Decimal(b)) => {
                    return answer(&|at| comparison.holds(a[at].cmp(&b[at])));
                }
                (Data::Decimal(a), Data::Same(Some(b))) => {
                    if let Some(b) = b.as_decimal() {
                        return answer(&|at| comparison.holds(a[at].cmp(&b)));
                    }
                }
                (Data::Words { codes, words }, Data::Same(Some(Value::Text(text)))) => {
                    return Vector::booleans(by_word(codes, words, |word| {
                        comparison.holds(word.cmp(text.as_str()))
                    }));
                }
                (Data::Words { codes: a, words: of_a }, Data::Words { codes: b, words: of_b }) => {
                    return answer(&|at| {
                        comparison.holds(of_a.get(a[at]).cmp(of_b.get(b[at])))
                    });
                }
                _ => {}
            }
        }
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

    fn calculate(
        &mut self,
        operation: Operation,
        a: &Vector<'a>,
        b: &Vector<'a>,
        mask: &[bool],
    ) -> Vector<'a> {
        self.each(mask, |_, at| calculated(operation, &a.value(at)?, &b.value(at)?))
    }

    fn contains(&mut self, whole: &Vector<'a>, part: &Vector<'a>, mask: &[bool]) -> Vector<'a> {
        if let (Data::Same(Some(Value::List(items))), Data::Words { codes, words }) =
            (&whole.data, &part.data)
        {
            if let Some(present) = &part.present {
                for at in 0..self.len() {
                    self.loud[at] |= mask[at] && !present[at];
                }
            }
            return Vector::booleans(by_word(codes, words, |word| {
                items.iter().any(|item| matches!(item, Value::Text(text) if text.as_str() == word))
            }));
        }
        if let (Data::Words { codes, words }, Data::Same(Some(Value::Text(text)))) = (&whole.data, &part.data)
        {
            if let Some(present) = &whole.present {
                for at in 0..self.len() {
                    self.loud[at] |= mask[at] && !present[at];
                }
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

    fn call(&mut self, native: &Native, args: &[Vector<'a>], mask: &[bool]) -> Vector<'a> {
        let context: Context<'a> = self.world.context();
        // A function of one column and of fixed values is asked once for each different word.
        if let [Vector { data: Data::Words { codes, words }, present }, fixed @ ..] = args
            && words.len() <= codes.len()
            && let Some(fixed) = fixed.iter().map(constant).collect::<Option<Vec<Value>>>()
        {
            let mut answers: Vec<Option<Option<Option<Value>>>> = vec![None; words.len()];
            let mut values = vec![None; self.len()];
            for at in 0..self.len() {
                if !mask[at] || self.loud[at] {
                    continue;
                }
                if present.as_ref().is_some_and(|present| !present[at]) {
                    self.loud[at] = true;
                    continue;
                }
                let code = codes[at] as usize;
                let answer = answers[code].get_or_insert_with(|| {
                    let mut all = vec![Value::text(words.get(codes[at]))];
                    all.extend(fixed.iter().cloned());
                    (native.run)(&context, &all).ok()
                });
                match answer {
                    Some(answer) => values[at].clone_from(answer),
                    // It breaks.
                    None => self.loud[at] = true,
                }
            }
            return Vector::of(Data::Any(values));
        }
        let mut values = vec![None; self.len()];
        let mut all = Vec::with_capacity(args.len());
        for at in 0..self.len() {
            if !mask[at] || self.loud[at] {
                continue;
            }
            all.clear();
            all.extend(args.iter().filter_map(|arg| arg.value(at)));
            if all.len() < args.len() {
                self.loud[at] = true;
                continue;
            }
            match (native.run)(&context, &all) {
                Ok(answer) => values[at] = answer,
                Err(_) => self.loud[at] = true,
            }
        }
        Vector::of(Data::Any(values))
    }
}

/// How long a text put together may be; beyond, the interpreter minds its own limit.
const MAX_TEXT: usize = 100_000;

fn constant(vector: &Vector<'_>) -> Option<Value> {
    match (&vector.data, &vector.present) {
        (Data::Same(Some(value)), None) => Some(value.clone()),
        _ => None,
    }
}

/// An answer for each text of a column, asked once for each different one where they are few.
fn by_word(
    codes: &[u32],
    words: &Words,
    holds: impl Fn(&str) -> bool,
) -> Vec<bool> {
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

fn either(mut one: Mask, other: &[bool]) -> Mask {
    for (one, other) in one.iter_mut().zip(other) {
        *one |= other;
    }
    one
}

fn none(mask: &[bool]) -> Mask {
    vec![false; mask.len()]
}
