//! The rulebook as pages to read: what each rule asks for and why, its steps in words, parameters, examples, history.
//!
//! A [`RulePage`] is what there is to say of one rule, in one language; [`terminal`] prints one, [`site`] makes a folder
//! of static pages of all.

mod example;
pub mod site;
pub mod terminal;

use hegui_core::agreement::SubmitterKind;
use hegui_core::rule::{Rule, StepKind};
use hegui_core::rulebook::Rulebook;
use hegui_core::schema::{GateRule, Parameter, grade_label};
use hegui_core::text::{Lang, Text};
use hegui_core::value::Date;
use hegui_core::verdict::Severity;
use serde::Serialize;

pub use example::{ExamplePage, Sheet};

/// What there is to say of one rule, in one language.
#[derive(Debug, Clone, Serialize)]
pub struct RulePage {
    /// Its id.
    pub id: String,
    /// What it asks for.
    pub title: String,
    /// Why; may be blank.
    pub why: String,
    /// The clause it cites.
    pub clause: String,
    /// The clause's words, as reported.
    pub clause_text: String,
    /// The name of its plugin.
    pub plugin: String,
    /// The title of its plugin.
    pub plugin_title: String,
    /// On what it is run.
    pub level: String,
    /// The table it judges or needs, if there is one.
    pub table: Option<String>,
    /// The key of its severity.
    pub severity: &'static str,
    /// The word for its severity.
    pub severity_label: String,
    /// Where it is in its life.
    pub status: String,
    /// Whom it applies to.
    pub applies_to: String,
    /// The reporting days it applies to.
    pub period: String,
    /// Its source.
    pub source: String,
    /// The grade of the source.
    pub grade: String,
    /// What the grade says.
    pub grade_label: String,
    /// Its script in words; none for a rule of the gate.
    pub steps: Vec<StepLine>,
    /// The parameters it reads, each with all its values.
    pub parameters: Vec<ParameterLine>,
    /// The functions it calls.
    pub functions: Vec<FunctionLine>,
    /// What it reads: header or table, and the fields.
    pub reads: Vec<ReadLine>,
    /// Its examples.
    pub examples: Vec<ExamplePage>,
    /// What changed in it, the oldest first.
    pub history: Vec<HistoryLine>,
    /// Where it stands in the rulebook, such as `patent-quality/PAT-008-order-of-dates.rhai`; blank for the gate's.
    pub file: String,
    /// Its script, without the head; blank for the gate's.
    pub script: String,
}

/// One step.
#[derive(Debug, Clone, Serialize)]
pub struct StepLine {
    /// How deep it stands.
    pub depth: usize,
    /// `plain`, `fail`, `undecided` or `skip`.
    pub kind: &'static str,
    /// The words.
    pub text: String,
}

/// One value of a parameter.
#[derive(Debug, Clone, Serialize)]
pub struct ParameterLine {
    /// Its label.
    pub label: String,
    /// Its key.
    pub key: String,
    /// Value and unit, or that there is none.
    pub value: String,
    /// Whether it has a value.
    pub set: bool,
    /// The days it holds for.
    pub period: String,
    /// Where the value comes from.
    pub origin: String,
    /// The source.
    pub source: String,
    /// The source's grade.
    pub grade: String,
    /// What must be borne in mind; may be blank.
    pub note: String,
}

/// One native function.
#[derive(Debug, Clone, Serialize)]
pub struct FunctionLine {
    /// Its name in the page's language.
    pub name: String,
    /// What it does.
    pub doc: String,
}

/// What is read of the header or of a table.
#[derive(Debug, Clone, Serialize)]
pub struct ReadLine {
    /// The header or the table.
    pub of: String,
    /// The fields.
    pub fields: Vec<String>,
}

/// One change.
#[derive(Debug, Clone, Serialize)]
pub struct HistoryLine {
    /// The day.
    pub date: String,
    /// What changed.
    pub change: String,
}

/// The pages of all rules, those of the gate among them, by id.
pub fn all(book: &Rulebook, lang: Lang) -> Vec<RulePage> {
    let gate = book.schema.gate_rules.iter().map(|rule| of_gate(book, rule, lang));
    let mut pages: Vec<RulePage> =
        book.rules.iter().map(|rule| of_rule(book, rule, lang)).chain(gate).collect();
    pages.sort_by(|a, b| a.id.cmp(&b.id));
    pages
}

/// The page of the rule with this id, however the id is typed.
pub fn one(book: &Rulebook, id: &str, lang: Lang) -> Option<RulePage> {
    let id = hegui_core::text::fold_code(id);
    let rule = book.rules.iter().find(|rule| rule.id.0 == id).map(|rule| of_rule(book, rule, lang));
    rule.or_else(|| {
        book.schema.gate_rules.iter().find(|rule| rule.id == id).map(|rule| of_gate(book, rule, lang))
    })
}

fn of_rule(book: &Rulebook, rule: &Rule, lang: Lang) -> RulePage {
    let say = |text: &Text| text.get(lang).to_string();
    let steps = book.in_words(rule, lang).into_iter().map(|step| StepLine {
        depth: step.depth,
        kind: kind(step.kind),
        text: step.text,
    });
    let parameters = book.schema.parameters.iter();
    let functions = rule.reads.natives.iter().filter_map(|(name, count)| book.natives.get(name, *count));
    let (head, script) = split(&rule.file.text);
    debug_assert!(head.starts_with("//!"), "a rule without a head does not load");
    RulePage {
        steps: steps.collect(),
        table: rule.table.map(|at| say(&book.schema.tables[at].label)),
        level: say(&rule.level.label()),
        status: say(&rule.status.label()),
        applies_to: applies_to(&rule.applies_to, lang),
        period: period(rule.from, rule.to, lang),
        parameters: parameters
            .filter(|parameter| rule.reads.parameters.contains(&parameter.key))
            .map(|parameter| parameter_line(parameter, lang))
            .collect(),
        functions: functions
            .map(|native| FunctionLine {
                name: say(&Text::new(native.name_zh, native.name)),
                doc: say(&Text::new(native.doc_zh, native.doc)),
            })
            .collect(),
        reads: rule
            .reads_of(&book.schema)
            .iter()
            .map(|(of, fields)| ReadLine { of: say(of), fields: fields.iter().map(say).collect() })
            .collect(),
        examples: example::of(book, rule, lang),
        history: rule
            .history
            .iter()
            .map(|(date, change)| HistoryLine { date: date.to_string(), change: say(change) })
            .collect(),
        file: format!("{}/{}", rule.plugin, rule.file.path.rsplit(['/', '\\']).next().unwrap_or_default()),
        script: script.to_string(),
        ..common(
            book,
            &Common {
                id: &rule.id.0,
                title: &rule.title,
                why: &rule.why,
                clause: &rule.clause.0,
                plugin: &rule.plugin,
                severity: rule.severity,
                source: &rule.source,
                grade: &rule.grade,
            },
            lang,
        )
    }
}

fn of_gate(book: &Rulebook, rule: &GateRule, lang: Lang) -> RulePage {
    common(
        book,
        &Common {
            id: &rule.id,
            title: &rule.title,
            why: &rule.why,
            clause: &rule.clause,
            plugin: &rule.plugin,
            severity: Severity::Stop,
            source: &rule.source,
            grade: &rule.grade,
        },
        lang,
    )
}

/// What rules with and without a script have alike.
struct Common<'a> {
    id: &'a str,
    title: &'a Text,
    why: &'a Text,
    clause: &'a str,
    plugin: &'a str,
    severity: Severity,
    source: &'a str,
    grade: &'a str,
}

/// A page of what all rules have; the rest is as the gate's rules have it.
fn common(book: &Rulebook, rule: &Common<'_>, lang: Lang) -> RulePage {
    let say = |text: &Text| text.get(lang).to_string();
    let clause = book.agreement.clauses.iter().find(|clause| clause.id.0 == rule.clause);
    let plugin = book.schema.plugins.iter().find(|plugin| plugin.name == rule.plugin);
    RulePage {
        id: rule.id.to_string(),
        title: say(rule.title),
        why: say(rule.why),
        clause: rule.clause.to_string(),
        clause_text: clause
            .map(|clause| if lang == Lang::Zh { &clause.text } else { &clause.gloss }.clone())
            .unwrap_or_default(),
        plugin: rule.plugin.to_string(),
        plugin_title: plugin.map_or_else(|| rule.plugin.to_string(), |plugin| say(&plugin.title)),
        level: say(&Text::new("保密检查", "gate")),
        table: None,
        severity: rule.severity.key(),
        severity_label: say(&rule.severity.label()),
        status: say(&hegui_core::rule::Status::Active.label()),
        applies_to: applies_to(&[], lang),
        period: period(None, None, lang),
        source: rule.source.to_string(),
        grade: rule.grade.to_string(),
        grade_label: say(&grade_label(rule.grade)),
        steps: Vec::new(),
        parameters: Vec::new(),
        functions: Vec::new(),
        reads: Vec::new(),
        examples: Vec::new(),
        history: Vec::new(),
        file: String::new(),
        script: String::new(),
    }
}

fn kind(kind: StepKind) -> &'static str {
    match kind {
        StepKind::Plain => "plain",
        StepKind::Fail => "fail",
        StepKind::Undecided => "undecided",
        StepKind::Skip => "skip",
    }
}

fn applies_to(kinds: &[SubmitterKind], lang: Lang) -> String {
    let (all, word, between): (_, fn(SubmitterKind) -> &'static str, _) = match lang {
        Lang::Zh => ("所有报送单位", SubmitterKind::label, "、"),
        Lang::En => ("all submitters", SubmitterKind::key, ", "),
    };
    if kinds.is_empty() {
        return all.to_string();
    }
    kinds.iter().map(|kind| word(*kind)).collect::<Vec<_>>().join(between)
}

fn period(from: Option<Date>, to: Option<Date>, lang: Lang) -> String {
    let text = match (from, to) {
        (None, None) => Text::new("不限", "any"),
        (Some(from), None) => Text::new(format!("{from} 起"), format!("from {from}")),
        (None, Some(to)) => Text::new(format!("到 {to} 为止"), format!("until {to}")),
        (Some(from), Some(to)) => Text::new(format!("{from} 至 {to}"), format!("{from} to {to}")),
    };
    text.get(lang).to_string()
}

/// One value of a parameter, in words.
pub(super) fn parameter_line(parameter: &Parameter, lang: Lang) -> ParameterLine {
    let say = |text: &Text| text.get(lang).to_string();
    let unit = parameter.unit.as_deref().unwrap_or_default();
    let value = match &parameter.value {
        Some(value) => format!("{value} {unit}").trim_end().to_string(),
        None => say(&Text::new("未设定", "unset")),
    };
    ParameterLine {
        label: say(&parameter.label),
        key: parameter.key.clone(),
        value,
        set: parameter.value.is_some(),
        period: period(parameter.from, parameter.to, lang),
        origin: say(&parameter.origin.label()),
        source: parameter.source.clone(),
        grade: parameter.grade.clone(),
        note: parameter.note.clone(),
    }
}

/// A rule file's head and its script.
fn split(text: &str) -> (&str, &str) {
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if !line.trim_start().starts_with("//!") && !line.trim().is_empty() {
            break;
        }
        at += line.len();
    }
    (&text[..at], text[at..].trim_end())
}
