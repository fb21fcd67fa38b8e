//! Which clause is looked at by which rules, and what is not, for people and for programs: `hegui coverage`.

use std::io;

use comfy_table::{CellAlignment, Table, presets};
use hegui_core::coverage::ClauseCoverage;
use hegui_core::rule::Level;
use hegui_core::text::{Lang, Text};
use serde::Serialize;

/// Writes the table, and below it, clause by clause, what is not looked at.
pub fn terminal(out: &mut dyn io::Write, clauses: &[ClauseCoverage<'_>], lang: Lang) -> io::Result<()> {
    let say = |zh: &str, en: &str| Text::new(zh, en).get(lang).to_string();
    let mut table = Table::new();
    table.load_style(presets::UTF8_FULL_CONDENSED);
    let mut head = vec![say("条款", "clause"), say("规则", "rules")];
    head.extend(LEVELS.iter().map(|level| level.label().get(lang).to_string()));
    head.extend([say("保密检查", "gate"), say("依据等级", "grades"), say("不查的", "unchecked")]);
    table.set_header(head);
    for one in clauses {
        let mut row = vec![one.clause.id.0.clone(), (one.rules.len() + one.gate.len()).to_string()];
        row.extend(LEVELS.iter().map(|level| one.of_level(*level).to_string()));
        row.extend([one.gate.len().to_string(), one.grades().join(" "), one.unchecked().len().to_string()]);
        table.add_row(row);
    }
    for column in table.column_iter_mut().skip(1) {
        column.set_cell_alignment(CellAlignment::Right);
    }
    writeln!(out, "{table}")?;
    let (rules, unchecked) = totals(clauses);
    let total = Text::new(
        format!("{} 条条款，{rules} 条规则；写明不查的 {unchecked} 处", clauses.len()),
        format!("{} clauses, {rules} rules; {unchecked} things are said not to be looked at", clauses.len()),
    );
    writeln!(out, "{}", total.get(lang))?;
    writeln!(out, "\n{}", say("不查的，和为什么", "What is not looked at, and why"))?;
    for one in clauses {
        let words = if lang == Lang::Zh { &one.clause.text } else { &one.clause.gloss };
        writeln!(out, "{} {words}", one.clause.id)?;
        for gap in one.unchecked() {
            let what = if lang == Lang::Zh { &gap.what } else { &gap.what_en };
            writeln!(out, "  {} — {what}", gap.why.label().get(lang))?;
        }
        if !one.is_accounted_for() {
            writeln!(out, "  {}", say("没有规则，也没有写明为什么", "no rule, and no reason is given"))?;
        }
    }
    Ok(())
}

const LEVELS: [Level; 4] = [Level::Record, Level::Submission, Level::YearOverYear, Level::CrossSubmission];

fn totals(clauses: &[ClauseCoverage<'_>]) -> (usize, usize) {
    let rules = clauses.iter().map(|one| one.rules.len() + one.gate.len()).sum();
    (rules, clauses.iter().map(|one| one.unchecked().len()).sum())
}

/// Writes one JSON object: `clauses`, each with its rules and what is unchecked.
pub fn json(out: &mut dyn io::Write, clauses: &[ClauseCoverage<'_>]) -> io::Result<()> {
    let clauses = clauses.iter().map(clause).collect();
    serde_json::to_writer_pretty(&mut *out, &JsonCoverage { schema_version: 1, clauses })?;
    out.write_all(b"\n")
}

#[derive(Serialize)]
struct JsonCoverage<'a> {
    schema_version: u32,
    clauses: Vec<JsonClause<'a>>,
}

#[derive(Serialize)]
struct JsonClause<'a> {
    id: &'a str,
    text: &'a str,
    kind: &'a str,
    rules: Vec<JsonRule<'a>>,
    unchecked: Vec<JsonUnchecked<'a>>,
}

#[derive(Serialize)]
struct JsonRule<'a> {
    id: &'a str,
    title: &'a str,
    level: &'a str,
    severity: &'a str,
    grade: &'a str,
}

#[derive(Serialize)]
struct JsonUnchecked<'a> {
    what: &'a str,
    what_en: &'a str,
    why: hegui_core::agreement::WhyUnchecked,
}

fn clause<'a>(one: &ClauseCoverage<'a>) -> JsonClause<'a> {
    let gate = one.gate.iter().map(|rule| JsonRule {
        id: &rule.id,
        title: &rule.title.zh,
        level: "package",
        severity: "stop",
        grade: &rule.grade,
    });
    let rules = one.rules.iter().map(|rule| JsonRule {
        id: &rule.id.0,
        title: &rule.title.zh,
        level: rule.level.key(),
        severity: rule.severity.key(),
        grade: &rule.grade,
    });
    JsonClause {
        id: &one.clause.id.0,
        text: &one.clause.text,
        kind: &one.clause.kind,
        rules: gate.chain(rules).collect(),
        unchecked: one
            .unchecked()
            .iter()
            .map(|gap| JsonUnchecked { what: &gap.what, what_en: &gap.what_en, why: gap.why })
            .collect(),
    }
}
