//! What a closure answers for records of a table, found on columns.
//!
//! Rules above record level go through tables by closures. One that is lowered is asked of many records at once; of a
//! record for which the answer cannot be had that way, whoever asks must ask the interpreter.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::CHUNK;
use super::lower::{Lens, lower_closure};
use super::node::Node;
use super::run::{Place, Run};
use super::shared::Shared;
use super::vector::Vector;
use crate::native::Registry;
use crate::rule::closure::closures;
use crate::rule::tokens::Tokens;
use crate::rule::{Asked, Rule};
use crate::schema::Schema;
use crate::script::handles::TableId;
use crate::script::world::World;
use crate::value::{Date, Value};

/// The lowered closures of a rule, by their names in the script and the tables they look at.
#[derive(Debug, Default)]
pub(crate) struct Lenses(BTreeMap<(String, usize), Lens>);

impl Lenses {
    pub(crate) fn new(rule: &Rule, schema: &Schema, natives: &Registry, tokens: &Tokens) -> Self {
        let tables: Vec<usize> = rule.reads.tables.iter().filter_map(|table| filed(*table)).collect();
        let mut lenses = BTreeMap::new();
        for (name, closure) in closures(&rule.ast) {
            for table in &tables {
                let lens = lower_closure(rule, &closure, *table, schema, natives, tokens);
                lenses.extend(lens.map(|lens| ((name.clone(), *table), lens)));
            }
        }
        Self(lenses)
    }

    /// The closure of this name, if it is lowered for this table.
    pub(crate) fn get(&self, name: &str, table: TableId) -> Option<&Lens> {
        self.0.get(&(name.to_string(), filed(table)?))
    }
}

fn filed(table: TableId) -> Option<usize> {
    match table {
        TableId::Filed(at) => Some(at),
        TableId::Dictionary | TableId::Directory => None,
    }
}

/// What is asked of records.
pub(crate) enum Question<'q> {
    /// The value of a field.
    Field(usize),
    /// A closure, with the values it captures.
    Closure(&'q Lens, Vec<Option<Value>>),
}

/// Who asks: an evaluation of a rule.
pub(crate) struct Asker<'a> {
    pub(crate) world: &'a World,
    pub(crate) asked: &'a BTreeSet<Asked>,
    /// The submission at hand; none in rules over the whole batch.
    pub(crate) submission: Option<usize>,
    pub(crate) day: Option<Date>,
}

/// Answers for rows of a table of one submission that stand close together: for each row that is meant, the answer, or
/// none where only the interpreter knows.
pub(crate) fn answers<'a>(
    asker: &Asker<'a>,
    question: &Question<'_>,
    (submission, table): (usize, usize),
    rows: Range<usize>,
    mask: &[bool],
) -> Vec<Option<Option<Value>>> {
    let cells = asker.world.submissions.get(submission).and_then(|one| one.tables.get(table)?.as_ref());
    let Some(cells) = cells else { return vec![None; rows.len()] };
    let mut shared = Shared::new(cells, rows.clone());
    let (node, variables, captured) = match question {
        Question::Field(at) => (&Node::Field(*at), 0, &[][..]),
        Question::Closure(lens, captured) => (&lens.value, lens.variables, &captured[..]),
    };
    // The header is that of the submission at hand, whosever the records are.
    let place = Place { world: asker.world, submission: asker.submission.unwrap_or(usize::MAX), table };
    let mut run = Run::new(place, rows.len(), asker.asked, variables, &mut shared);
    run.day = asker.day;
    for (slot, value) in run.variables.iter_mut().zip(captured) {
        *slot = Vector::same(value.clone());
    }
    let answer = run.node(node, mask);
    (0..rows.len()).map(|at| (mask[at] && !run.loud[at]).then(|| answer.value(at))).collect()
}

/// The end of the rows, from `row` on, that may be asked about together.
pub(crate) fn window(world: &World, submission: usize, table: usize, row: usize) -> usize {
    let cells = world.submissions.get(submission).and_then(|one| one.tables.get(table)?.as_ref());
    cells.map_or(row + 1, |cells| cells.run(row).min(row + CHUNK))
}
