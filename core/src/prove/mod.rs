//! Prove, then interpret: which records of a table a record rule could say anything of.
//!
//! A record rule's checked script is lowered once to steps over columns. Run on many records at once,
//! they tell for each whether the script could only stay silent, would only skip, or could do anything else:
//! fail, be undecided, break, run past a limit. Only the last meet the Rhai interpreter, which alone makes findings,
//! reasons and errors; so both ways agree by construction. What cannot be lowered counts as the last.

mod lower;
mod node;
mod run;
mod vector;

use crate::native::Registry;
use crate::rule::Rule;
use crate::rule::tokens::Tokens;
use crate::schema::Schema;
use crate::script::world::World;
use lower::{Lowered, lower};
use run::Run;

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

    /// Looks at all records of a table of one submission.
    pub(crate) fn prove(&self, world: &World, rule: &Rule, submission: usize, table: usize) -> Proof {
        let mut proof = Proof::default();
        let Some(cells) = world.submissions.get(submission).and_then(|one| one.tables.get(table)?.as_ref())
        else {
            return proof;
        };
        let mut from = 0;
        while from < cells.len() {
            let rows = from..cells.run(from).min(from + CHUNK);
            let mut run =
                Run::new(world, submission, table, cells, rows.clone(), &rule.asked, self.0.variables);
            run.steps(&self.0.steps, vec![true; rows.len()]);
            proof.silent |= run.loud.iter().zip(&run.skipped).any(|(loud, skipped)| !loud && !skipped);
            let loud = run.loud.iter().enumerate().filter(|(_, loud)| **loud);
            proof.loud.extend(loud.map(|(at, _)| from + at));
            from = rows.end;
        }
        proof
    }
}
