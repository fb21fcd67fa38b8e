//! Findings, by clause and rule: what is wrong, where, what stands there and what should.

use std::collections::BTreeMap;
use std::io;

use hegui_core::agreement::ClauseId;
use hegui_core::text::Lang;
use hegui_core::verdict::{Finding, RuleId};

use super::Context;
use super::excerpt;
use super::page::{Ink, Page};
use super::text::{cut, pad, width};
use super::words::{plural, say, severity};

/// Where the findings of a clause begin.
const INDENT: usize = 2;
/// Where the body of a finding begins: to the right of the severity.
const BODY: usize = 8;
/// A cell may hold a novel; so many lines of it are shown.
const VALUE_LINES: usize = 3;

/// The findings of one rule, in the order they came.
type ByRule<'a> = Vec<(&'a RuleId, Vec<&'a Finding>)>;

/// Writes findings under the headings of their clauses, in the agreement's order.
pub(super) fn write(page: &mut Page<'_>, context: Context<'_>, findings: &[&Finding]) -> io::Result<()> {
    for (clause, rules) in by_clause(context, findings) {
        page.blank()?;
        clause_heading(page, context, clause)?;
        for (rule, findings) in rules {
            let shown = findings.len().min(context.options.max_findings);
            for finding in &findings[..shown] {
                page.blank()?;
                write_one(page, context.lang(), finding)?;
            }
            if shown == 0 {
                page.blank()?;
            }
            let whose = findings.first().and_then(|finding| finding.submission.as_deref());
            let left_out = context.left_out.get(&(whose, rule)).copied().unwrap_or_default();
            more(page, context.lang(), rule, findings.len() - shown + left_out)?;
            basis(page, context, rule)?;
        }
    }
    Ok(())
}

/// What was found while reading comes first: it may explain the rest.
fn by_clause<'a>(
    context: Context<'_>,
    findings: &[&'a Finding],
) -> impl Iterator<Item = (Option<&'a ClauseId>, ByRule<'a>)> {
    let mut clauses: BTreeMap<_, (Option<&ClauseId>, ByRule<'_>)> = BTreeMap::new();
    for finding in findings.iter().copied() {
        let clause = finding.clause.as_ref();
        let place = clause.map(|id| (context.book.agreement.position(id), id));
        let (_, rules) = clauses.entry(place).or_insert_with(|| (clause, Vec::new()));
        match rules.iter_mut().find(|(rule, _)| *rule == &finding.rule) {
            Some((_, same)) => same.push(finding),
            None => rules.push((&finding.rule, vec![finding])),
        }
    }
    clauses.into_values()
}

fn clause_heading(page: &mut Page<'_>, context: Context<'_>, clause: Option<&ClauseId>) -> io::Result<()> {
    let lang = context.lang();
    let (id, words) = match clause {
        None => (say(lang, "读取", "Reading"), say(lang, "打开报送时发现的问题", "found while opening it")),
        Some(id) => {
            let clause = context.book.agreement.clause(id);
            (id.0.as_str(), clause.map_or("", |clause| say(lang, &clause.text, &clause.gloss)))
        }
    };
    let room = page.room(INDENT + width(id) + 2);
    page.line(INDENT, &[(Ink::Strong, id.to_string()), (Ink::Plain, format!("  {}", cut(words, room)))])
}

fn write_one(page: &mut Page<'_>, lang: Lang, finding: &Finding) -> io::Result<()> {
    let grave = Ink::Grave(finding.severity);
    let mut head = vec![(grave, severity(lang, finding.severity)), (Ink::Strong, finding.rule.to_string())];
    if finding.trial {
        head.push((Ink::Faint, say(lang, "试行", "trial").to_string()));
    }
    let place = finding.location.short();
    let words =
        [Some(place), finding.key.clone()].into_iter().flatten().filter(|word| !word.trim().is_empty());
    head.extend(words.map(|word| (Ink::Plain, word)));
    page.flow(INDENT, &head)?;
    page.paragraph(BODY, Ink::Plain, finding.message.get(lang))?;
    values(page, lang, finding)?;
    match &finding.excerpt {
        Some(cells) => excerpt::write(page, lang, cells, BODY),
        None => Ok(()),
    }
}

fn values(page: &mut Page<'_>, lang: Lang, finding: &Finding) -> io::Result<()> {
    let values = [
        (say(lang, "实有", "found"), &finding.found),
        (say(lang, "应为", "expected"), &finding.expected),
        (say(lang, "相差", "difference"), &finding.difference),
    ];
    let given = || values.iter().filter_map(|(label, value)| Some((*label, value.as_deref()?)));
    let beside = given().map(|(label, _)| width(label)).max().unwrap_or(0);
    for (label, value) in given() {
        let value = if value.is_empty() { say(lang, "（空）", "(empty)") } else { value };
        let room = page.room(BODY + beside + 2);
        // Breaking at words wastes room, so the cut leaves some.
        let value = cut(value, room * VALUE_LINES - room / 2);
        page.labelled(BODY, &pad(label, beside), Ink::Plain, &value)?;
    }
    Ok(())
}

fn more(page: &mut Page<'_>, lang: Lang, rule: &RuleId, left: usize) -> io::Result<()> {
    if left == 0 {
        return Ok(());
    }
    let line = match lang {
        Lang::Zh => format!("{rule} 另有 {left} 处同类问题未列出（--max-findings）"),
        Lang::En => {
            format!("{rule}: {} of this kind not listed (--max-findings)", plural(left, "more finding"))
        }
    };
    page.paragraph(BODY, Ink::Plain, &line)
}

/// What the rule demands, and what gives it the right to.
fn basis(page: &mut Page<'_>, context: Context<'_>, rule: &RuleId) -> io::Result<()> {
    let Some(title) = context.book.rules.get(rule) else { return Ok(()) };
    let words = title.title.get(context.lang());
    let line = match (context.lang(), title.source.is_empty()) {
        (_, true) => words.to_string(),
        (Lang::Zh, false) => format!("{words}（{}，{} 级）", title.source, title.grade),
        (Lang::En, false) => format!("{words} ({}, grade {})", title.source, title.grade),
    };
    page.labelled(BODY, say(context.lang(), "依据", "basis"), Ink::Faint, &line)
}
