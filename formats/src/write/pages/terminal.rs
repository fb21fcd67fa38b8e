//! One rule's page on a terminal: `hegui rule PAT-008`.

use std::io;

use hegui_core::text::Lang;
use hegui_core::verdict::Severity;

use super::{ExamplePage, ParameterLine, RulePage, Sheet, StepLine};
use crate::write::Options;
use crate::write::terminal::page::{Ink, Page};
use crate::write::terminal::words::say;

/// Below this the page is written for it.
const NARROWEST: usize = 40;

/// Writes the page.
pub fn write(out: &mut dyn io::Write, rule: &RulePage, options: &Options) -> io::Result<()> {
    let lang = options.lang;
    let page = &mut Page::new(out, options.width.max(NARROWEST), options.style);
    page.flow(0, &[(Ink::Strong, rule.id.clone()), (Ink::Strong, rule.title.clone())])?;
    if !rule.why.is_empty() {
        page.paragraph(2, Ink::Plain, &rule.why)?;
    }
    page.blank()?;
    facts(page, rule, lang)?;
    if !rule.steps.is_empty() {
        heading(page, say(lang, "怎样查", "What it does"))?;
        let ends = say(
            lang,
            "说了“无法判定”“不适用”就到此为止；说了“不符合”还接着往下看。〔〕里是当时填进去的内容。",
            "“Cannot decide” and “does not apply” end it; after “fails” it goes on. 〔〕 is what is filled in.",
        );
        page.paragraph(2, Ink::Faint, ends)?;
        for step in &rule.steps {
            one_step(page, step)?;
        }
    }
    if !rule.parameters.is_empty() {
        heading(page, say(lang, "参数", "Parameters"))?;
        for parameter in &rule.parameters {
            one_parameter(page, parameter, lang)?;
        }
    }
    if !rule.functions.is_empty() {
        heading(page, say(lang, "用到的函数", "Functions"))?;
        for function in &rule.functions {
            page.labelled(2, &function.name, Ink::Plain, &function.doc)?;
        }
    }
    if !rule.examples.is_empty() {
        heading(page, say(lang, "例子", "Examples"))?;
        for example in &rule.examples {
            one_example(page, example)?;
        }
    }
    if !rule.history.is_empty() {
        heading(page, say(lang, "沿革", "History"))?;
        for change in &rule.history {
            page.labelled(2, &change.date, Ink::Plain, &change.change)?;
        }
    }
    Ok(())
}

fn heading(page: &mut Page<'_>, text: &str) -> io::Result<()> {
    page.blank()?;
    page.line(0, &[(Ink::Strong, text.to_string())])
}

fn facts(page: &mut Page<'_>, rule: &RulePage, lang: Lang) -> io::Result<()> {
    let fact = |zh, en, text: String| (say(lang, zh, en), text);
    let on = rule.table.iter().fold(rule.level.clone(), |level, table| format!("{level} · {table}"));
    let mut facts = vec![
        fact("条款", "clause", format!("{} {}", rule.clause, rule.clause_text)),
        fact("依据", "source", rule.source.clone()),
        fact("等级", "grade", format!("{} {}", rule.grade, rule.grade_label)),
        fact("级别", "severity", rule.severity_label.clone()),
        fact("查什么", "looks at", on),
        fact("对谁", "applies to", rule.applies_to.clone()),
        fact("期间", "period", rule.period.clone()),
        fact("状态", "status", rule.status.clone()),
    ];
    for read in &rule.reads {
        let (colon, between) = (say(lang, "：", ": "), say(lang, "、", ", "));
        let colon = if read.fields.is_empty() { "" } else { colon };
        facts.push(fact("读哪些", "reads", format!("{}{colon}{}", read.of, read.fields.join(between))));
    }
    if !rule.file.is_empty() {
        facts.push(fact("文件", "file", rule.file.clone()));
    }
    for (label, text) in facts {
        page.labelled(2, label, Ink::Plain, &text)?;
    }
    Ok(())
}

fn one_step(page: &mut Page<'_>, step: &StepLine) -> io::Result<()> {
    let ink = match step.kind {
        "fail" => Ink::Grave(Severity::Error),
        "undecided" => Ink::Grave(Severity::Warn),
        "skip" => Ink::Faint,
        _ => Ink::Plain,
    };
    page.paragraph(2 + 2 * step.depth, ink, &step.text)
}

fn one_parameter(page: &mut Page<'_>, parameter: &ParameterLine, lang: Lang) -> io::Result<()> {
    let pieces = [
        (Ink::Plain, parameter.label.clone()),
        (Ink::Strong, parameter.value.clone()),
        (Ink::Faint, parameter.period.clone()),
        (Ink::Faint, format!("{} {}", parameter.origin, parameter.grade).trim_end().to_string()),
    ];
    // An unset one has no origin but that.
    page.flow(2, if parameter.set { &pieces } else { &pieces[..3] })?;
    for (label, text) in
        [(say(lang, "出处", "source"), &parameter.source), (say(lang, "注", "note"), &parameter.note)]
    {
        if !text.is_empty() {
            page.labelled(4, label, Ink::Plain, text)?;
        }
    }
    Ok(())
}

fn one_example(page: &mut Page<'_>, example: &ExamplePage) -> io::Result<()> {
    let mut pieces =
        vec![(Ink::Plain, format!("{}.", example.number)), (Ink::Strong, example.outcome_label.clone())];
    if !example.note.is_empty() {
        pieces.push((Ink::Plain, example.note.clone()));
    }
    page.flow(2, &pieces)?;
    for sheet in &example.sheets {
        one_sheet(page, sheet)?;
    }
    for says in &example.says {
        page.labelled(5, "→", Ink::Plain, says)?;
    }
    Ok(())
}

/// Cells as running text: a terminal has no room for ten columns side by side.
fn one_sheet(page: &mut Page<'_>, sheet: &Sheet) -> io::Result<()> {
    let pair = |name: &str, value: &str| format!("{name} {value}");
    let rows: Vec<String> = if sheet.columns.is_empty() {
        vec![sheet.rows.iter().map(|row| row.join(" ")).collect::<Vec<_>>().join(" · ")]
    } else {
        let row = |row: &Vec<String>| {
            let cells = sheet.columns.iter().zip(row).filter(|(_, value)| !value.is_empty());
            cells.map(|(name, value)| pair(name, value)).collect::<Vec<_>>().join(" · ")
        };
        sheet.rows.iter().map(row).collect()
    };
    for row in rows {
        page.labelled(5, &sheet.title, Ink::Plain, &row)?;
    }
    Ok(())
}
