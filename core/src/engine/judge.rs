//! One rule on one submission, or on the batch: does it apply, what does it say of each record, what follows.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::prove::{Plan, Proof, Way, prove};
use crate::rule::{Level, Rule};
use crate::rulebook::Rulebook;
use crate::schema::{Schema, Spot};
use crate::script::handles::{RecordRef, TableId};
use crate::script::world::World;
use crate::script::{Draft, Ended, Evaluated, Target, Turn, evaluate};
use crate::submission::Submission;
use crate::text::Text;
use crate::verdict::Outcome;

/// How many different reasons an outcome gives; more are counted.
const MAX_REASONS: usize = 20;

/// How rules are run.
#[derive(Debug, Clone, Copy)]
pub(super) struct How {
    pub(super) way: Way,
    /// How many findings of one rule on one submission are made; none where there is no end.
    pub(super) most: Option<usize>,
}

/// What a rule says.
#[derive(Debug)]
pub(super) struct Judged {
    pub(super) outcome: Outcome,
    pub(super) drafts: Vec<Draft>,
    /// How many more there are, by the submission they point at.
    pub(super) more_drafts: BTreeMap<Option<usize>, usize>,
    /// How many drafts point at each submission, kept or not.
    pointed: BTreeMap<Option<usize>, usize>,
    /// Submissions of which something was left out, and why.
    pub(super) left_out: BTreeMap<usize, BTreeSet<Text>>,
    /// Submissions of the batch to which the rule does not apply, as its script found, and why.
    pub(super) skipped: BTreeMap<usize, BTreeSet<Text>>,
    reasons: BTreeSet<Text>,
    /// Reasons beyond [`MAX_REASONS`].
    more: usize,
}

impl Judged {
    fn of(outcome: Outcome) -> Self {
        let (left_out, skipped) = (BTreeMap::new(), BTreeMap::new());
        Self {
            outcome,
            drafts: Vec::new(),
            more_drafts: BTreeMap::new(),
            pointed: BTreeMap::new(),
            left_out,
            skipped,
            reasons: BTreeSet::new(),
            more: 0,
        }
    }

    fn new(outcome: Outcome, reason: Text) -> Self {
        Self { reasons: BTreeSet::from([reason]), ..Self::of(outcome) }
    }

    /// Takes in what was said, of each submission at most so much.
    fn say(&mut self, drafts: Vec<Draft>, most: Option<usize>) {
        let Some(most) = most else { return self.drafts.extend(drafts) };
        for draft in drafts {
            let whose = draft.target.submission();
            let pointed = self.pointed.entry(whose).or_default();
            *pointed += 1;
            if *pointed > most {
                *self.more_drafts.entry(whose).or_default() += 1;
            } else {
                self.drafts.push(draft);
            }
        }
    }

    /// Takes in a record of which nothing is said.
    fn pass(&mut self) {
        if Outcome::Pass < self.outcome {
            self.outcome = Outcome::Pass;
            self.reasons.clear();
            self.more = 0;
        }
    }

    pub(super) fn reasons(&self) -> Vec<Text> {
        let mut reasons: Vec<Text> = self.reasons.iter().cloned().collect();
        if self.more > 0 {
            reasons.push(Text::new(format!("另有 {} 处", self.more), format!("and {} more", self.more)));
        }
        reasons
    }

    /// Turns anything but a pass into the one thing a held submission may say: that it is held, and by which field.
    pub(super) fn hold(&mut self, world: &World, rule: &Rule, at: usize) {
        let field = rule.reads.header.iter().next().copied();
        let message =
            self.drafts.first().map(|draft| draft.message.clone()).unwrap_or_else(|| rule.title.clone());
        self.outcome = Outcome::Fail;
        self.reasons.clear();
        let spot =
            field.filter(|&field| field < world.schema.header.len()).map(|field| Spot { field, part: None });
        self.drafts = vec![Draft {
            target: Target::Submission(at, spot),
            message,
            found: None,
            expected: None,
            withheld: true,
        }];
    }
}

/// Whether a rule applies to a submission; if not, the outcome and why.
pub(super) fn applies(rule: &Rule, schema: &Schema, submission: &Submission) -> Result<(), (Outcome, Text)> {
    if !rule.applies_to.is_empty() {
        match submission.submitter(schema).kind {
            None => {
                let why = Text::new("报送主体类型不明", "the kind of submitter is not known");
                return Err((Outcome::CannotDecide, why));
            }
            Some(kind) if !rule.applies_to.contains(&kind) => {
                let why = Text::new(
                    format!("不适用于{}", kind.label()),
                    format!("does not apply to a {}", kind.key()),
                );
                return Err((Outcome::NotApplicable, why));
            }
            Some(_) => {}
        }
    }
    if rule.from.is_none() && rule.to.is_none() {
        return Ok(());
    }
    let Some(day) = submission.period_end(schema) else {
        let why = Text::new("报告期不明", "the reporting period is not known");
        return Err((Outcome::CannotDecide, why));
    };
    if let Some(from) = rule.from.filter(|from| day < *from) {
        let why = Text::new(format!("自 {from} 起适用"), format!("applies from {from}"));
        return Err((Outcome::NotApplicable, why));
    }
    if let Some(to) = rule.to.filter(|to| day > *to) {
        let why = Text::new(format!("适用至 {to}"), format!("applied until {to}"));
        return Err((Outcome::NotApplicable, why));
    }
    Ok(())
}

/// What is known of the records of a submission before any of them is interpreted: proofs by the place of their rule
/// among the rules.
pub(super) type Proofs = BTreeMap<usize, Proof>;

/// Proves what can be proven of the records of a submission by these of the rules.
pub(super) fn proofs<'r>(
    world: &World,
    rules: impl IntoIterator<Item = (usize, &'r Rule)>,
    at: usize,
) -> Proofs {
    let mut by_table: BTreeMap<usize, Vec<(usize, &Rule, &Plan)>> = BTreeMap::new();
    for (n, rule) in rules {
        if let (Level::Record, Some(table), Some(plan)) = (rule.level, rule.table, &rule.plan) {
            by_table.entry(table).or_default().push((n, rule, plan));
        }
    }
    let mut proofs = Proofs::new();
    for (table, rules) in by_table {
        let plans: Vec<(&Rule, &Plan)> = rules.iter().map(|(_, rule, plan)| (*rule, *plan)).collect();
        proofs.extend(rules.iter().map(|(n, ..)| *n).zip(prove(world, at, table, &plans)));
    }
    proofs
}

/// Those of the rules that apply to a submission, by their places among all.
pub(super) fn applicable<'r>(
    world: &World,
    rules: &[&'r Rule],
    at: usize,
) -> impl Iterator<Item = (usize, &'r Rule)> {
    let applies = move |rule: &Rule| applies(rule, &world.schema, &world.submissions[at]).is_ok();
    rules.iter().copied().enumerate().filter(move |(_, rule)| applies(rule))
}

/// A rule on one submission; of a record rule, with the proof if there is one.
pub(super) fn on_submission(
    book: &Rulebook,
    world: &Arc<World>,
    rule: &Rule,
    at: usize,
    proof: Option<&Proof>,
    how: How,
) -> Judged {
    match applies(rule, &world.schema, &world.submissions[at]) {
        Err((outcome, reason)) => Judged::new(outcome, reason),
        Ok(()) => regardless(book, world, rule, at, proof, how),
    }
}

/// A rule on one submission, whoever handed it in and whenever.
pub(super) fn regardless(
    book: &Rulebook,
    world: &Arc<World>,
    rule: &Rule,
    at: usize,
    proof: Option<&Proof>,
    how: How,
) -> Judged {
    if let Some((outcome, reason)) = nothing_to_judge(world, rule, at) {
        return Judged::new(outcome, reason);
    }
    match (rule.level, rule.table) {
        (Level::Record, Some(table)) => match proof {
            Some(proof) => proved(book, world, rule, proof, (at, table), how),
            None => records(book, world, rule, (at, table), 0..count(world, at, table), how),
        },
        _ => run(book, rule, std::iter::once(turn(world, rule, Some(at), None)), how),
    }
}

/// A rule on the whole batch.
pub(super) fn on_batch(book: &Rulebook, world: &Arc<World>, rule: &Rule, how: How) -> Judged {
    run(book, rule, std::iter::once(turn(world, rule, None, None)), how)
}

/// A record rule where most records can be proven clean: only the others are interpreted.
fn proved(
    book: &Rulebook,
    world: &Arc<World>,
    rule: &Rule,
    proof: &Proof,
    (at, table): (usize, usize),
    how: How,
) -> Judged {
    let mut judged = records(book, world, rule, (at, table), proof.loud.iter().copied(), how);
    if proof.silent {
        judged.pass();
    } else if judged.outcome == Outcome::NotApplicable {
        // All skip, and why must be said.
        judged = records(book, world, rule, (at, table), 0..count(world, at, table), how);
    }
    judged
}

fn count(world: &World, at: usize, table: usize) -> usize {
    world.table(at, TableId::Filed(table)).map_or(0, crate::submission::Table::len)
}

/// A record rule on some records of a table.
fn records(
    book: &Rulebook,
    world: &Arc<World>,
    rule: &Rule,
    (submission, table): (usize, usize),
    rows: impl IntoIterator<Item = usize>,
    how: How,
) -> Judged {
    let table = TableId::Filed(table);
    let records = rows.into_iter().map(|row| RecordRef { submission, table, row });
    run(book, rule, records.map(|record| turn(world, rule, Some(submission), Some(record))), how)
}

/// What a rule says of a submission without the table it is about.
pub(super) fn nothing_to_judge(world: &World, rule: &Rule, at: usize) -> Option<(Outcome, Text)> {
    let table = rule.table?;
    let label = &world.schema.tables[table].label;
    let said = match world.table(at, TableId::Filed(table)) {
        None if world.is_unread(at, TableId::Filed(table)) => (
            Outcome::CannotDecide,
            Text::new(
                format!("“{}”报了，但没能读入，见“读取”的问题", label.zh),
                format!("the {} was handed in but could not be read; see the problems of reading", label.en),
            ),
        ),
        None => (
            Outcome::NotApplicable,
            Text::new(format!("没有报“{}”", label.zh), format!("the {} was not handed in", label.en)),
        ),
        Some(table) if table.is_empty() => (
            Outcome::NotApplicable,
            Text::new(format!("“{}”没有记录", label.zh), format!("the {} has no records", label.en)),
        ),
        Some(_) => return None,
    };
    Some(said)
}

fn turn(world: &Arc<World>, rule: &Rule, submission: Option<usize>, record: Option<RecordRef>) -> Turn {
    Turn::new(Arc::clone(world), Arc::clone(&rule.names), Arc::clone(&rule.asked), submission, record)
}

/// Runs a rule's turns and sums up: the gravest outcome of any record is the outcome of all.
fn run(book: &Rulebook, rule: &Rule, turns: impl Iterator<Item = Turn>, how: How) -> Judged {
    let mut judged = Judged::of(Outcome::NotApplicable);
    for turn in turns {
        let turn = match how.way {
            Way::Prove => turn.through(rule.lenses.clone()),
            Way::Interpret => turn,
        };
        let alone = turn.submission.is_some();
        let Evaluated { ended, drafts, left_out, skipped } = evaluate(&book.engine, &rule.ast, turn);
        let failed = !drafts.is_empty();
        // Of a submission judged alone, what was left out leaves the whole undecided; in a batch it concerns only whose
        // it was.
        let doubt = left_out.first().filter(|_| alone).map(|(_, reason)| reason.clone());
        gather(&mut judged.left_out, left_out);
        gather(&mut judged.skipped, skipped);
        let (outcome, reason) = match ended {
            Ended::Broke(why, position) => {
                (Outcome::Error, Some(at_line(&rule.file.path, position.line(), &why)))
            }
            Ended::Undecided(reason) | Ended::Blank(_, reason) if !failed => {
                (Outcome::CannotDecide, Some(reason))
            }
            Ended::Skipped(reason) if !failed => (Outcome::NotApplicable, Some(reason)),
            _ if failed => (Outcome::Fail, None),
            _ if doubt.is_some() => (Outcome::CannotDecide, doubt),
            _ => (Outcome::Pass, None),
        };
        if outcome != Outcome::Error {
            judged.say(drafts, how.most);
        }
        if let Some(reason) = reason {
            // Reasons of a lesser outcome say nothing about the whole.
            if outcome < judged.outcome {
                judged.reasons.clear();
                judged.more = 0;
            }
            if outcome <= judged.outcome {
                if judged.reasons.len() < MAX_REASONS {
                    judged.reasons.insert(reason);
                } else if !judged.reasons.contains(&reason) {
                    judged.more += 1;
                }
            }
        } else if outcome < judged.outcome {
            judged.reasons.clear();
            judged.more = 0;
        }
        judged.outcome = judged.outcome.min(outcome);
    }
    judged
}

/// Reasons by submission, of each so many.
fn gather(reasons: &mut BTreeMap<usize, BTreeSet<Text>>, more: Vec<(usize, Text)>) {
    for (at, reason) in more {
        let reasons = reasons.entry(at).or_default();
        if reasons.len() < MAX_REASONS {
            reasons.insert(reason);
        }
    }
}

fn at_line(path: &str, line: Option<usize>, why: &Text) -> Text {
    let name = path.rsplit(['/', '\\']).next().unwrap_or(path);
    match line {
        Some(line) => {
            Text::new(format!("{name} 第 {line} 行：{}", why.zh), format!("{name}, line {line}: {}", why.en))
        }
        None => Text::new(format!("{name}：{}", why.zh), format!("{name}: {}", why.en)),
    }
}
