//! One submission: who handed it in, how its rules came out, its findings, and what could not be decided.

use std::io;

use hegui_core::text::{Lang, Text};
use hegui_core::verdict::{Finding, Outcome, RuleOutcome, Severity, SubmissionVerdict};

use super::page::{Ink, Page};
use super::text::{cut, pad, width};
use super::words::{identity, outcome_counts, plural, say, submitter};
use super::{Context, finding};
use crate::write::options::Detail;

/// Whether there is nothing to mend, nothing broken, and nothing undecided but what is so for all.
pub(super) fn is_clean(context: Context<'_>, verdict: &SubmissionVerdict, findings: &[&Finding]) -> bool {
    let fine = |rule: &RuleOutcome| {
        matches!(rule.outcome, Outcome::Pass | Outcome::NotApplicable)
            || context.everywhere.contains(&rule.rule)
    };
    findings.is_empty() && verdict.outcomes.iter().all(fine)
}

/// Writes a submission that has something to say.
pub(super) fn write(
    page: &mut Page<'_>,
    context: Context<'_>,
    verdict: &SubmissionVerdict,
    findings: &[&Finding],
) -> io::Result<()> {
    let lang = context.lang();
    match submitter(lang, verdict) {
        unknown if unknown.is_empty() => heading(page, &verdict.source)?,
        known => {
            heading(page, &known)?;
            // On a line of its own: a path is copied, and one broken in the middle of a name cannot be.
            page.paragraph(0, Ink::Faint, &verdict.source)?;
        }
    }
    let counts = outcome_counts(lang, verdict).into_iter().map(|count| (Ink::Plain, count));
    page.flow(0, &counts.collect::<Vec<_>>())?;
    if !context.shows_findings() {
        return Ok(());
    }
    finding::write(page, context, findings)?;
    outcomes(page, context, verdict, Outcome::CannotDecide, Ink::Strong)?;
    outcomes(page, context, verdict, Outcome::Error, Ink::Grave(Severity::Error))?;
    if context.options.detail >= Detail::Full {
        outcomes(page, context, verdict, Outcome::NotApplicable, Ink::Strong)?;
    }
    Ok(())
}

/// Writes what concerns all submissions together.
pub(super) fn write_batch(
    page: &mut Page<'_>,
    context: Context<'_>,
    findings: &[&Finding],
) -> io::Result<()> {
    let lang = context.lang();
    heading(page, say(lang, "全部报送", "The whole batch"))?;
    if context.shows_findings() {
        return finding::write(page, context, findings);
    }
    let left_out: usize =
        context.left_out.iter().filter(|((whose, _), _)| whose.is_none()).map(|(_, count)| count).sum();
    let count = findings.len() + left_out;
    let count = match lang {
        Lang::Zh => format!("{count} 处问题"),
        Lang::En => plural(count, "finding"),
    };
    page.paragraph(0, Ink::Plain, &count)
}

/// Writes the submissions without findings, a line each.
pub(super) fn write_clean(page: &mut Page<'_>, lang: Lang, clean: &[&SubmissionVerdict]) -> io::Result<()> {
    heading(page, say(lang, "没有发现问题的报送", "Without findings"))?;
    for verdict in clean {
        let counts = outcome_counts(lang, verdict).join("  ");
        // The counts stay whole; a long name gives way.
        let room = page.room(width(&counts) + 4);
        let line = format!("{}  {counts}", cut(&identity(lang, verdict), room));
        page.line(2, &[(Ink::Plain, line)])?;
    }
    Ok(())
}

pub(super) fn heading(page: &mut Page<'_>, words: &str) -> io::Result<()> {
    page.blank()?;
    page.across()?;
    page.paragraph(0, Ink::Strong, words)
}

/// The rules that came to `outcome`, with their titles and reasons.
fn outcomes(
    page: &mut Page<'_>,
    context: Context<'_>,
    verdict: &SubmissionVerdict,
    outcome: Outcome,
    ink: Ink,
) -> io::Result<()> {
    let told = |rule: &&RuleOutcome| rule.outcome == outcome && !context.everywhere.contains(&rule.rule);
    let rules: Vec<&RuleOutcome> = verdict.outcomes.iter().filter(told).collect();
    let elsewhere = verdict.outcomes.iter().filter(|rule| rule.outcome == outcome).count() - rules.len();
    if rules.is_empty() && elsewhere == 0 {
        return Ok(());
    }
    page.blank()?;
    page.line(2, &[(ink, outcome.label().get(context.lang()).to_string())])?;
    list(page, context, &rules, 4)?;
    if elsewhere > 0 {
        let more = match context.lang() {
            Lang::Zh => format!("另有 {elsewhere} 条对所有报送都一样，见报告末尾"),
            Lang::En => format!("{elsewhere} more, the same for all, at the end of the report"),
        };
        page.paragraph(4, Ink::Faint, &more)?;
    }
    Ok(())
}

/// Rules with their titles and reasons, one below the other.
pub(super) fn list(
    page: &mut Page<'_>,
    context: Context<'_>,
    rules: &[&RuleOutcome],
    indent: usize,
) -> io::Result<()> {
    let beside = rules.iter().map(|rule| width(&rule.rule.0)).max().unwrap_or(0);
    for (at, rule) in rules.iter().enumerate() {
        let alike = |other: &&&RuleOutcome| !rule.reasons.is_empty() && other.reasons == rule.reasons;
        if rules.iter().filter(alike).count() < MANY {
            let words = title_and_reasons(context, rule);
            page.labelled(indent, &pad(&rule.rule.0, beside), Ink::Plain, &words)?;
        } else if !rules[..at].iter().any(|other| alike(&other)) {
            let ids: Vec<&str> = rules.iter().filter(alike).map(|other| other.rule.0.as_str()).collect();
            let words = match context.lang() {
                Lang::Zh => format!("{} 条规则：{}", ids.len(), ids.join(" ")),
                Lang::En => format!("{} rules: {}", ids.len(), ids.join(" ")),
            };
            page.paragraph(indent, Ink::Plain, &reasons(context.lang(), rule))?;
            page.paragraph(indent + 2, Ink::Faint, &words)?;
        }
    }
    Ok(())
}

/// So many rules with one reason are told together: one cause should be one line.
const MANY: usize = 4;

fn reasons(lang: Lang, rule: &RuleOutcome) -> String {
    let reasons: Vec<&str> = rule.reasons.iter().map(|reason: &Text| reason.get(lang)).collect();
    reasons.join(say(lang, "；", "; "))
}

fn title_and_reasons(context: Context<'_>, rule: &RuleOutcome) -> String {
    let lang = context.lang();
    let title = context.book.rules.get(&rule.rule).map_or("", |rule| rule.title.get(lang));
    let reasons = reasons(lang, rule);
    match (title.is_empty(), reasons.is_empty()) {
        (false, false) => format!("{title}{}{reasons}", say(lang, "：", ": ")),
        _ => format!("{title}{reasons}"),
    }
}
