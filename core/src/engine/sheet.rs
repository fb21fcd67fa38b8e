//! Where outcomes and findings of a run gather, until they are verdicts.

use std::collections::BTreeMap;

use super::batch::{Batch, Entry};
use super::judge::{self, Judged};
use super::{Keep, Said, finding, tally};
use crate::agreement::ClauseId;
use crate::rule::{Rule, Status};
use crate::rulebook::Rulebook;
use crate::schema::Schema;
use crate::script::world::World;
use crate::text::Text;
use crate::value::Date;
use crate::verdict::{Finding, LeftOut, Outcome, RuleId, RuleOutcome, Severity, SubmissionVerdict, Verdicts};

/// What a rule says of a submission, in the words of the report.
pub(super) fn said(
    book: &Rulebook,
    world: &World,
    batch: &Batch,
    rule: &Rule,
    at: usize,
    judged: &Judged,
) -> Said {
    let of_draft = |draft| finding::of_rule(book, world, batch, rule, Some(at), draft);
    let findings: Vec<Finding> = judged.drafts.iter().map(of_draft).collect();
    let more = judged.more_drafts.values().sum();
    Said {
        outcome: outcome(rule, judged.outcome, findings.len() + more, judged.reasons()),
        findings,
        more,
        severity: finding::severity(rule).0,
    }
}

fn outcome(rule: &Rule, outcome: Outcome, findings: usize, reasons: Vec<Text>) -> RuleOutcome {
    let (clause, trial) = (Some(rule.clause.clone()), rule.status == Status::Trial);
    RuleOutcome { rule: rule.id.clone(), clause, outcome, trial, findings, reasons }
}

/// Where outcomes and findings gather.
pub(super) struct Sheet<'k> {
    keep: Keep<'k>,
    outcomes: Vec<(usize, RuleOutcome)>,
    findings: Vec<(Option<usize>, Finding)>,
    left_out: BTreeMap<(Option<usize>, RuleId, Severity, bool), usize>,
}

impl<'k> Sheet<'k> {
    pub(super) fn new(keep: Keep<'k>) -> Self {
        Self { keep, outcomes: Vec::new(), findings: Vec::new(), left_out: BTreeMap::new() }
    }

    /// Takes in a finding of a submission, or of the whole batch.
    fn finding(&mut self, at: Option<usize>, finding: Finding) {
        match self.keep {
            Keep::HandOver(take) if finding.severity != Severity::Stop => {
                take(&finding);
                self.leave_out(at, &finding.rule, finding.severity, finding.trial, 1);
            }
            _ => self.findings.push((at, finding)),
        }
    }

    fn leave_out(&mut self, at: Option<usize>, rule: &RuleId, severity: Severity, trial: bool, count: usize) {
        if count > 0 {
            *self.left_out.entry((at, rule.clone(), severity, trial)).or_default() += count;
        }
    }

    /// What was wrong while reading a submission; so much of it is told.
    pub(super) fn reading(&mut self, batch: &Batch, at: usize, most: Option<usize>) {
        let entry = &batch.entries[at];
        let findings: Vec<Finding> =
            entry.problems.iter().map(|problem| finding::of_reading(entry, problem)).collect();
        let more = &entry.more_problems;
        // What is for information only leaves nothing to mend.
        let is_fine = findings.iter().all(|finding| finding.severity == Severity::Info)
            && more.keys().all(|severity| *severity == Severity::Info);
        self.outcomes.push((
            at,
            RuleOutcome {
                rule: RuleId::read(),
                clause: None,
                outcome: if is_fine { Outcome::Pass } else { Outcome::Fail },
                trial: false,
                findings: findings.len() + more.values().sum::<usize>(),
                reasons: Vec::new(),
            },
        ));
        for (severity, count) in more {
            self.leave_out(Some(at), &RuleId::read(), *severity, false, *count);
        }
        for (n, finding) in findings.into_iter().enumerate() {
            if most.is_some_and(|most| n >= most) {
                self.leave_out(Some(at), &finding.rule, finding.severity, finding.trial, 1);
            } else {
                self.finding(Some(at), finding);
            }
        }
    }

    /// What a rule said of a submission.
    pub(super) fn said(&mut self, at: usize, said: Said) {
        let Said { outcome, findings, more, severity } = said;
        self.leave_out(Some(at), &outcome.rule, severity, outcome.trial, more);
        self.outcomes.push((at, outcome));
        for finding in findings {
            self.finding(Some(at), finding);
        }
    }

    /// A rule over the whole batch fails a submission that its findings point at, or every one if they point at none.
    pub(super) fn whole_batch(
        &mut self,
        book: &Rulebook,
        world: &World,
        batch: &Batch,
        rule: &Rule,
        verdict: &Judged,
    ) {
        let mut of_each = vec![0usize; batch.entries.len()];
        let mut of_all = 0;
        let said = verdict.drafts.iter().map(|draft| (draft.target.submission(), 1));
        for (at, count) in said.chain(verdict.more_drafts.iter().map(|(at, count)| (*at, *count))) {
            match at {
                Some(at) => of_each[at] += count,
                None => of_all += count,
            }
        }
        for draft in &verdict.drafts {
            let at = draft.target.submission();
            self.finding(at, finding::of_rule(book, world, batch, rule, at, draft));
        }
        let (severity, trial) = finding::severity(rule);
        for (at, count) in &verdict.more_drafts {
            self.leave_out(*at, &rule.id, severity, trial, *count);
        }
        for (at, found) in of_each.into_iter().enumerate() {
            if !batch.is_judged(at) {
                continue;
            }
            let applies = judge::applies(rule, &world.schema, &world.submissions[at])
                .and_then(|()| judge::nothing_to_judge(world, rule, at).map_or(Ok(()), Err));
            let (outcome, reasons) = match applies {
                Err((outcome, reason)) => (outcome, vec![reason]),
                Ok(()) if !world.counted.contains(&at) => {
                    (Outcome::NotApplicable, vec![Text::new("已有更新的版次", "a later revision stands")])
                }
                Ok(()) if found + of_all > 0 && verdict.outcome != Outcome::Error => {
                    (Outcome::Fail, Vec::new())
                }
                Ok(()) if verdict.outcome != Outcome::Error && verdict.left_out.contains_key(&at) => {
                    (Outcome::CannotDecide, verdict.left_out[&at].iter().cloned().collect())
                }
                Ok(()) if verdict.outcome != Outcome::Error && verdict.skipped.contains_key(&at) => {
                    (Outcome::NotApplicable, verdict.skipped[&at].iter().cloned().collect())
                }
                Ok(()) if verdict.outcome == Outcome::Fail => (Outcome::Pass, Vec::new()),
                Ok(()) => (verdict.outcome, verdict.reasons()),
            };
            self.outcomes.push((at, self::outcome(rule, outcome, found, reasons)));
        }
    }

    pub(super) fn finish(self, book: &Rulebook, batch: &Batch, as_of: Date) -> Verdicts {
        let Self { outcomes, findings, left_out, .. } = self;
        let mut of_each: Vec<Vec<RuleOutcome>> = vec![Vec::new(); batch.entries.len()];
        for (at, outcome) in outcomes {
            of_each[at].push(outcome);
        }
        let mut submissions = Vec::with_capacity(batch.entries.len());
        let mut findings: Vec<(usize, Finding)> =
            findings.into_iter().map(|(at, finding)| (at.unwrap_or(usize::MAX), finding)).collect();
        for (at, (entry, mut outcomes)) in batch.entries.iter().zip(of_each).enumerate() {
            let held = entry.held.is_some() || batch.stopped.contains(&at);
            gate_outcomes(&book.schema, entry, &mut outcomes);
            if let Some(held) = &entry.held {
                findings.extend(finding::of_held(book, entry, held).into_iter().map(|finding| (at, finding)));
            }
            outcomes.sort_by(|a, b| a.rule.cmp(&b.rule));
            submissions.push(SubmissionVerdict {
                id: if held { entry.held_id() } else { entry.id.clone() },
                submitter: if held { Default::default() } else { entry.submitter.clone() },
                year: if held { None } else { entry.year },
                source: if held { entry.number_text() } else { entry.source.clone() },
                held,
                hold: entry.held.as_ref().map(|held| held.reasons.clone()).unwrap_or_default(),
                outcomes,
            });
        }
        let position = |clause: &Option<ClauseId>| {
            clause.as_ref().map_or(usize::MAX, |clause| book.agreement.position(clause))
        };
        findings.sort_by(|(a, one), (b, other)| {
            (a, position(&one.clause), &one.rule)
                .cmp(&(b, position(&other.clause), &other.rule))
                .then_with(|| finding::by_place(one, other))
        });
        Verdicts {
            as_of,
            rulebook_digest: book.digest.clone(),
            clauses: tally(book, &submissions),
            left_out: left_out
                .into_iter()
                .map(|((at, rule, severity, trial), count)| LeftOut {
                    submission: at.map(|at| batch.entries[at].id.clone()),
                    rule,
                    severity,
                    trial,
                    count,
                })
                .collect(),
            submissions,
            findings: findings.into_iter().map(|(_, finding)| finding).collect(),
        }
    }
}

/// The gate's own rules: a package that came this far passed them.
fn gate_outcomes(schema: &Schema, entry: &Entry, outcomes: &mut Vec<RuleOutcome>) {
    for rule in &schema.gate_rules {
        let id = RuleId(rule.id.clone());
        let hits = entry
            .held
            .as_ref()
            .map_or(0, |held| held.reasons.iter().filter(|reason| reason.rule == id).count());
        let (outcome, reasons) = match (&entry.held, entry.inspected) {
            (Some(_), _) if hits > 0 => (Outcome::Fail, Vec::new()),
            (Some(_), _) => continue,
            // Nothing arrived that could have been inspected.
            (None, false) if !entry.readable => continue,
            (None, true) => (Outcome::Pass, Vec::new()),
            (None, false) => {
                (Outcome::CannotDecide, vec![Text::new("未作保密检查", "the package was not inspected")])
            }
        };
        let clause = Some(ClauseId(rule.clause.clone()));
        outcomes.push(RuleOutcome { rule: id, clause, outcome, trial: false, findings: hits, reasons });
    }
}
