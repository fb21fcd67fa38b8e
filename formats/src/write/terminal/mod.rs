//! The report for people, on a terminal: calm, by submitter and clause, never wider than asked.
//!
//! First what is held, then the submissions with something to mend, the whole batch, the submissions without findings,
//! what cannot be decided for any of them, and last the summary, which is what stands above the prompt when all has scrolled by.

mod common;
mod excerpt;
mod finding;
mod held;
pub(in crate::write) mod page;
mod submission;
mod summary;
pub(in crate::write) mod text;
pub(in crate::write) mod words;

use std::collections::{BTreeMap, BTreeSet};
use std::io;

use hegui_core::text::Lang;
use hegui_core::verdict::{Finding, RuleId, Verdicts};

use super::book::Book;
use super::held::withhold;
use super::options::{Detail, Options};
use page::{Ink, Page};
use words::{plural, say};

/// The summary's five outcomes need so many columns.
const NARROWEST: usize = 60;

/// Writes the report.
pub fn write(
    out: &mut dyn io::Write,
    verdicts: &Verdicts,
    book: &Book<'_>,
    options: &Options,
) -> io::Result<()> {
    let verdicts = &*withhold(verdicts);
    let page = &mut Page::new(out, options.width.max(NARROWEST), options.style);
    let undecided = common::undecided(verdicts);
    let everywhere = common::ids(&undecided);
    let left_out = left_out(verdicts);
    let context = Context { book, options, everywhere: &everywhere, left_out: &left_out };
    let held = held::packages(verdicts);
    let (by_submission, batch) = by_submission(verdicts);
    let findings = |id: &str| by_submission.get(id).map_or(&[] as &[&Finding], Vec::as_slice);

    header(page, context, verdicts, held.len())?;
    if !held.is_empty() {
        held::write(page, book, options.lang, &held)?;
    }
    let read = || verdicts.submissions.iter().filter(|verdict| !verdict.held);
    let (clean, troubled): (Vec<_>, Vec<_>) =
        read().partition(|verdict| submission::is_clean(context, verdict, findings(&verdict.id)));
    for verdict in troubled {
        submission::write(page, context, verdict, findings(&verdict.id))?;
    }
    if !batch.is_empty() {
        submission::write_batch(page, context, &batch)?;
    }
    if !clean.is_empty() {
        submission::write_clean(page, options.lang, &clean)?;
    }
    if !undecided.is_empty() && context.shows_findings() {
        common::write(page, context, &undecided)?;
    }
    summary::write(page, context, verdicts, held.len())
}

/// What every part of the report reads.
#[derive(Clone, Copy)]
struct Context<'a> {
    book: &'a Book<'a>,
    options: &'a Options,
    /// The rules that could not decide on any submission, for one reason: told once.
    everywhere: &'a BTreeSet<&'a RuleId>,
    left_out: &'a LeftOut<'a>,
}

/// How many findings the verdicts do not hold, by submission and rule.
type LeftOut<'a> = BTreeMap<(Option<&'a str>, &'a RuleId), usize>;

fn left_out(verdicts: &Verdicts) -> LeftOut<'_> {
    let mut counts = LeftOut::new();
    for one in &verdicts.left_out {
        *counts.entry((one.submission.as_deref(), &one.rule)).or_default() += one.count;
    }
    counts
}

impl Context<'_> {
    fn lang(self) -> Lang {
        self.options.lang
    }

    fn shows_findings(self) -> bool {
        self.options.detail > Detail::Brief
    }
}

/// The findings of each submission, and those of the whole batch, in the order they came.
///
/// A finding of a submission that is not among the verdicts counts as the batch's, so that none is ever lost.
fn by_submission(verdicts: &Verdicts) -> (BTreeMap<&str, Vec<&Finding>>, Vec<&Finding>) {
    let mut known: BTreeMap<&str, Vec<&Finding>> =
        verdicts.submissions.iter().map(|verdict| (verdict.id.as_str(), Vec::new())).collect();
    let mut batch = Vec::new();
    for finding in &verdicts.findings {
        let own = finding.submission.as_deref().and_then(|id| known.get_mut(id));
        own.unwrap_or(&mut batch).push(finding);
    }
    (known, batch)
}

fn header(page: &mut Page<'_>, context: Context<'_>, verdicts: &Verdicts, held: usize) -> io::Result<()> {
    let lang = context.lang();
    let agreement = context.book.agreement;
    page.paragraph(0, Ink::Strong, say(lang, &agreement.title, &agreement.title_en))?;
    let packages = verdicts.submissions.iter().filter(|verdict| !verdict.held).count() + held;
    let digest = text::cut(&verdicts.rulebook_digest, 13);
    let line = match lang {
        Lang::Zh => format!("检查日 {} · 报送包 {packages} 个 · 规则库 {digest}", verdicts.as_of),
        Lang::En => {
            format!("as of {} · {} · rulebook {digest}", verdicts.as_of, plural(packages, "package"))
        }
    };
    page.paragraph(0, Ink::Faint, &line)
}

#[cfg(test)]
mod tests;
