//! Prove, then interpret: which records of a table a record rule could say anything of.
//!
//! A record rule's checked script is lowered once to steps over columns. Run on many records at once,
//! they tell for each whether the script could only stay silent, would only skip, or could do anything else:
//! fail, be undecided, break, run past a limit. Only the last meet the Rhai interpreter, which alone makes findings,
//! reasons and errors; so both ways agree by construction. What cannot be lowered counts as the last.

mod answers;
mod lens;
mod lower;
mod node;
mod operate;
mod run;
mod shared;
mod value;
mod vector;

use std::ops::Range;

use rayon::prelude::*;

use crate::native::Registry;
use crate::rule::Rule;
use crate::rule::tokens::Tokens;
use crate::schema::Schema;
use crate::script::world::World;
use crate::submission::Table;
use lower::{Lowered, lower};
use run::{Place, Run};
use shared::Shared;

pub(crate) use lens::{Asker, Lenses, Question, answers, window};
pub use node::Unlowered;

/// How record rules are run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Way {
    /// Records that can be proven clean on columns are not interpreted.
    #[default]
    Prove,
    /// Every record is interpreted; the result is the same.
    Interpret,
}

/// How many records are looked at together: few enough for their values to stay in the cache.
const CHUNK: usize = 2048;
/// How many records one thread looks at before it takes others.
const SPAN: usize = 16 * CHUNK;

/// A record rule, lowered.
#[derive(Debug)]
pub struct Plan(Lowered);

/// What is known of the records of a table.
#[derive(Debug, Default)]
pub(crate) struct Proof {
    /// Records of which something could be said, in order.
    pub(crate) loud: Vec<usize>,
    /// Whether there is a record of which nothing is said.
    pub(crate) silent: bool,
}

impl Plan {
    pub(crate) fn new(
        rule: &Rule,
        table: usize,
        schema: &Schema,
        natives: &Registry,
        tokens: &Tokens,
    ) -> Self {
        Self(lower(rule, table, schema, natives, tokens))
    }

    /// The parts of the script that are not lowered; records that come to one are interpreted.
    pub fn unlowered(&self) -> &[Unlowered] {
        &self.0.unlowered
    }
}

/// Looks at all records of a table of one submission with several rules, each by its plan: the rules ask much the same.
pub(crate) fn prove(world: &World, submission: usize, table: usize, rules: &[(&Rule, &Plan)]) -> Vec<Proof> {
    let Some(cells) = world.submissions.get(submission).and_then(|one| one.tables.get(table)?.as_ref())
    else {
        return rules.iter().map(|_| Proof::default()).collect();
    };
    let place = Place { world, submission, table };
    let spans: Vec<Range<usize>> =
        (0..cells.len()).step_by(SPAN).map(|from| from..cells.len().min(from + SPAN)).collect();
    let parts: Vec<Vec<Proof>> =
        spans.into_par_iter().map(|span| prove_span(place, cells, span, rules)).collect();
    let mut proofs: Vec<Proof> = rules.iter().map(|_| Proof::default()).collect();
    for part in parts {
        for (proof, mut part) in proofs.iter_mut().zip(part) {
            proof.loud.append(&mut part.loud);
            proof.silent |= part.silent;
        }
    }
    proofs
}

fn prove_span(place: Place<'_>, cells: &Table, span: Range<usize>, rules: &[(&Rule, &Plan)]) -> Vec<Proof> {
    let mut proofs: Vec<Proof> = rules.iter().map(|_| Proof::default()).collect();
    let mut from = span.start;
    while from < span.end {
        let rows = from..cells.run(from).min(from + CHUNK).min(span.end);
        let mut shared = Shared::new(cells, rows.clone());
        for ((rule, Plan(lowered)), proof) in rules.iter().zip(&mut proofs) {
            let mut run = Run::new(place, rows.len(), &rule.asked, lowered.variables, &mut shared);
            run.steps(&lowered.steps, vec![true; rows.len()]);
            proof.silent |= run.loud.iter().zip(&run.skipped).any(|(loud, skipped)| !loud && !skipped);
            let loud = run.loud.iter().enumerate().filter(|(_, loud)| **loud);
            proof.loud.extend(loud.map(|(at, _)| from + at));
        }
        from = rows.end;
    }
    proofs
}
