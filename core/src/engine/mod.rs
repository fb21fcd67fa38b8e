//! The engine: rules on submissions, in parallel, with an answer that does not depend on how many threads there are.
//!
//! First the stop rules: a submission they hold is not looked at further. Then every other rule on every submission,
//! and the rules over the whole batch. What goes wrong on the way is an outcome, never an abort.

mod batch;
mod examples;
mod finding;
mod judge;
mod memory;
mod sheet;

use std::collections::BTreeSet;
use std::sync::Arc;

use rayon::prelude::*;

use crate::agreement::ClauseId;
use crate::gate::Held;
use crate::prove::Way;
use crate::rule::{Level, Rule, Status};
use crate::rulebook::Rulebook;
use crate::script::world::World;
use crate::submission::Submission;
use crate::value::Date;
use crate::verdict::{ClauseTally, Finding, Outcome, Severity, SubmissionVerdict, Verdicts};
use batch::Batch;
use judge::{How, Judged, Proofs};
use sheet::{Sheet, said};

pub(crate) use examples::{run_examples, run_native_examples};
pub use memory::{Memory, Said, Subject};

/// One package as it arrives at the engine.
#[derive(Debug)]
pub struct Delivery {
    /// Its number among all packages of the run, sorted by path, counted from 1.
    pub package: usize,
    /// What came of it.
    pub content: Content,
}

/// What came of a package.
#[derive(Debug)]
pub enum Content {
    /// It was read.
    Read {
        /// The submission.
        submission: Submission,
        /// Whether a gate has inspected it. Without that, gate rules cannot decide.
        inspected: bool,
    },
    /// The gate holds it.
    Held(Held),
}

/// How a check is run.
pub struct Options<'a> {
    /// The day taken for today.
    pub as_of: Date,
    /// How record rules are run; the result is the same.
    pub way: Way,
    /// What becomes of findings; their number is always exact.
    pub keep: Keep<'a>,
    /// What was said in earlier runs; none where all is to be judged anew.
    pub memory: Option<&'a dyn Memory>,
    /// Called once for each submission judged, from any thread.
    pub progress: &'a (dyn Fn() + Sync),
}

/// What becomes of findings.
#[derive(Clone, Copy)]
pub enum Keep<'a> {
    /// All stand in the verdicts.
    All,
    /// Of each rule on each submission so many stand in the verdicts.
    Most(usize),
    /// None stands in the verdicts but those that hold a submission; each is handed over when it is made: submission by
    /// submission, rule by rule, the whole batch last.
    HandOver(&'a (dyn Fn(&Finding) + Sync)),
}

impl Keep<'_> {
    /// How many findings of one rule on one submission are made at all; none where there is no end.
    fn most(self) -> Option<usize> {
        match self {
            Self::Most(most) => Some(most),
            Self::All | Self::HandOver(_) => None,
        }
    }
}

/// How many submissions are judged before what was found is written down.
const WAVE: usize = 64;

/// Checks a batch.
pub fn check(book: &Rulebook, deliveries: Vec<Delivery>, options: &Options<'_>) -> Verdicts {
    let mut batch = Batch::new(&book.schema, deliveries);
    let mut sheet = Sheet::new(options.keep);
    let world = Arc::new(batch.world(&book.schema, options.as_of, &BTreeSet::new()));
    let stopped = stop(book, &world, &batch, &mut sheet);
    batch.hold(stopped);
    // Held submissions are out of every sum and comparison.
    let world = match Arc::try_unwrap(world) {
        Ok(world) => Arc::new(batch.without_stopped(world)),
        Err(world) => world,
    };
    let running: Vec<&Rule> =
        book.rules.iter().filter(|rule| rule.runs() && rule.severity != Severity::Stop).collect();
    let each: Vec<&Rule> =
        running.iter().copied().filter(|rule| rule.level != Level::CrossSubmission).collect();
    let how = How { way: options.way, most: options.keep.most() };
    let judge_one = |at: usize| -> Vec<Said> {
        let proofs = match options.way {
            Way::Prove => judge::proofs(&world, judge::applicable(&world, &each, at), at),
            Way::Interpret => Proofs::new(),
        };
        let judge_by = |(n, rule): (usize, &&Rule)| {
            let judged = judge::on_submission(book, &world, rule, at, proofs.get(&n), how);
            said(book, &world, &batch, rule, at, &judged)
        };
        each.par_iter().enumerate().map(judge_by).collect()
    };
    let recall_or_judge = |at: usize| -> Vec<Said> {
        let subject = batch.subject(at, world.previous[at]);
        let recalled = options.memory.and_then(|memory| memory.recall(&subject));
        let is_whole =
            |all: &Vec<Said>| all.iter().map(|said| &said.outcome.rule).eq(each.iter().map(|rule| &rule.id));
        recalled.filter(is_whole).unwrap_or_else(|| {
            let said = judge_one(at);
            if let Some(memory) = options.memory {
                memory.remember(&subject, &said);
            }
            said
        })
    };
    let all: Vec<usize> = (0..batch.entries.len()).collect();
    for wave in all.chunks(WAVE) {
        let of_each = |at: &usize| {
            let said = if batch.is_judged(*at) { recall_or_judge(*at) } else { Vec::new() };
            (options.progress)();
            said
        };
        let judged: Vec<Vec<Said>> = wave.par_iter().map(of_each).collect();
        for (at, said) in wave.iter().copied().zip(judged) {
            if batch.is_open(at) {
                sheet.reading(&batch, at, how.most);
            }
            for said in said {
                sheet.said(at, said);
            }
        }
    }
    let over_all: Vec<(&Rule, Judged)> = running
        .par_iter()
        .filter(|rule| rule.level == Level::CrossSubmission)
        .map(|rule| (*rule, judge::on_batch(book, &world, rule, how)))
        .collect();
    for (rule, verdict) in &over_all {
        sheet.whole_batch(book, &world, &batch, rule, verdict);
    }
    sheet.finish(book, &batch, options.as_of)
}

/// Runs the stop rules. Anything but a pass holds the submission: what cannot be decided is not let through.
fn stop(book: &Rulebook, world: &Arc<World>, batch: &Batch, sheet: &mut Sheet<'_>) -> BTreeSet<usize> {
    let rules: Vec<&Rule> =
        book.rules.iter().filter(|rule| rule.runs() && rule.severity == Severity::Stop).collect();
    let mut stopped = BTreeSet::new();
    for at in 0..batch.entries.len() {
        if !batch.is_judged(at) {
            continue;
        }
        let how = How { way: Way::Interpret, most: None };
        for rule in &rules {
            let mut verdict = judge::on_submission(book, world, rule, at, None, how);
            if !matches!(verdict.outcome, Outcome::Pass | Outcome::NotApplicable)
                && rule.status == Status::Active
            {
                stopped.insert(at);
                verdict.hold(world, rule, at);
            }
            sheet.said(at, said(book, world, batch, rule, at, &verdict));
        }
    }
    stopped
}

/// How the rules of each clause came out on these submissions, in the agreement's order.
pub fn tally(book: &Rulebook, submissions: &[SubmissionVerdict]) -> Vec<ClauseTally> {
    let blank = |id: &ClauseId| ClauseTally {
        id: id.clone(),
        pass: 0,
        fail: 0,
        cannot_decide: 0,
        not_applicable: 0,
        error: 0,
    };
    let mut tallies: Vec<ClauseTally> =
        book.agreement.clauses.iter().map(|clause| blank(&clause.id)).collect();
    for outcome in submissions.iter().flat_map(|submission| &submission.outcomes) {
        let clause = outcome.clause.as_ref();
        if let Some(tally) = tallies.iter_mut().find(|tally| Some(&tally.id) == clause) {
            tally.add(outcome.outcome);
        }
    }
    tallies
}
