//! Runs a lowered rule on some records at once.
//!
//! Each record is in one of four states: it goes on, it has ended in silence, it has skipped, or it is *loud*: something
//! could be said of it, and only the interpreter knows what. A record that is loud is not looked at again.

use std::collections::BTreeSet;

use super::node::{Node, Step, Switch};
use super::shared::Shared;
use super::vector::{Data, Mask, Vector, is_none};
use crate::rule::Asked;
use crate::script::world::World;
use crate::value::{Date, Value};

/// A table of a submission.
#[derive(Clone, Copy)]
pub(super) struct Place<'a> {
    pub(super) world: &'a World,
    pub(super) submission: usize,
    pub(super) table: usize,
}

/// How many turns of loops some records may take together; a rule that takes more is the interpreter's.
const MAX_TURNS: usize = 10_000;

/// What a rule is run on: some records of a table of one submission.
pub(super) struct Run<'a, 's> {
    pub(super) world: &'a World,
    pub(super) submission: usize,
    pub(super) table: usize,
    count: usize,
    pub(super) asked: &'a BTreeSet<Asked>,
    pub(super) day: Option<Date>,
    pub(super) shared: &'s mut Shared<'a>,
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

impl<'a, 's> Run<'a, 's> {
    pub(super) fn new(
        place: Place<'a>,
        count: usize,
        asked: &'a BTreeSet<Asked>,
        variables: usize,
        shared: &'s mut Shared<'a>,
    ) -> Self {
        let Place { world, submission, table } = place;
        Self {
            world,
            submission,
            table,
            count,
            asked,
            day: world.period_end(submission),
            shared,
            variables: vec![Vector::same(None); variables],
            loud: vec![false; count],
            skipped: vec![false; count],
            loops: Vec::new(),
            turns: 0,
        }
    }

    pub(super) fn len(&self) -> usize {
        self.count
    }

    /// Marks records as loud.
    pub(super) fn speak(&mut self, mask: &[bool]) {
        for (loud, said) in self.loud.iter_mut().zip(mask) {
            *loud |= said;
        }
    }

    /// Marks those of a mask as loud of which something holds.
    pub(super) fn speak_where(&mut self, mask: &[bool], holds: impl Fn(usize) -> bool) {
        for (at, (loud, meant)) in self.loud.iter_mut().zip(mask).enumerate() {
            *loud |= *meant && holds(at);
        }
    }

    /// Those of a mask that are not loud.
    pub(super) fn quiet(&self, mask: &[bool]) -> Mask {
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

    pub(super) fn step(&mut self, step: &Step, mask: Mask) -> Mask {
        match step {
            Step::If { test, then, otherwise } => {
                let (yes, no) = self.split(test, &mask);
                let one = self.steps(then, yes);
                let other = self.steps(otherwise, no);
                either(one, &other)
            }
            Step::Switch(switch) => self.switch_steps(switch, &mask),
            Step::Declare(slot, value) => {
                self.variables[*slot] = self.node(value, &mask);
                self.quiet(&mask)
            }
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

    pub(super) fn set(&mut self, slot: usize, value: &Vector<'a>, mask: &[bool]) {
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
    pub(super) fn split(&mut self, test: &Node, mask: &[bool]) -> (Mask, Mask) {
        let answer = self.node(test, mask);
        let meant = self.quiet(mask);
        if let (Data::Boolean(holds), None) = (&answer.data, &answer.present) {
            let yes = meant.iter().zip(holds.iter()).map(|(meant, holds)| *meant && *holds).collect();
            let no = meant.iter().zip(holds.iter()).map(|(meant, holds)| *meant && !*holds).collect();
            return (yes, no);
        }
        let mut yes = vec![false; self.len()];
        let mut no = vec![false; self.len()];
        for at in (0..self.len()).filter(|at| meant[*at]) {
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
    pub(super) fn arms<T>(&mut self, switch: &Switch<T>, mask: &[bool]) -> (Vec<Mask>, Mask) {
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
            run.variables[item] = Vector::any(values);
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
            run.variables[item] = Vector::any(values);
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
}

/// Those of either mask.
pub(super) fn either(mut one: Mask, other: &[bool]) -> Mask {
    for (one, other) in one.iter_mut().zip(other) {
        *one |= other;
    }
    one
}

fn none(mask: &[bool]) -> Mask {
    vec![false; mask.len()]
}
