//! What no submission can be told: rules that cannot decide on any, for one and the same reason. Said once, not to each.

use std::collections::BTreeSet;
use std::io;

use hegui_core::verdict::{Outcome, RuleId, RuleOutcome, Verdicts};

use super::Context;
use super::page::Page;
use super::submission::{heading, list};
use super::words::say;

/// The rules that could not decide on any of several submissions, all for the same reason.
pub(super) fn undecided(verdicts: &Verdicts) -> Vec<&RuleOutcome> {
    let read: Vec<_> = verdicts.submissions.iter().filter(|verdict| !verdict.held).collect();
    let [first, others @ ..] = read.as_slice() else { return Vec::new() };
    if others.is_empty() {
        return Vec::new();
    }
    let same = |rule: &&RuleOutcome| {
        others.iter().all(|other| {
            let there = other.outcomes.iter().find(|one| one.rule == rule.rule);
            there.is_some_and(|one| one.outcome == rule.outcome && one.reasons == rule.reasons)
        })
    };
    first.outcomes.iter().filter(|rule| rule.outcome == Outcome::CannotDecide).filter(same).collect()
}

/// Their ids, for leaving them out elsewhere.
pub(super) fn ids<'a>(rules: &[&'a RuleOutcome]) -> BTreeSet<&'a RuleId> {
    rules.iter().map(|rule| &rule.rule).collect()
}

/// Writes them.
pub(super) fn write(page: &mut Page<'_>, context: Context<'_>, rules: &[&RuleOutcome]) -> io::Result<()> {
    heading(page, say(context.lang(), "对所有报送都无法判定", "Undecided for all submissions"))?;
    list(page, context, rules, 2)
}
