//! From a rule file to a rule, or to everything that is wrong with it.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use rayon::prelude::*;
use rhai::Engine;

use super::check::{self, Setting, diagnostic};
use super::example::{self, Example};
use super::head::{Change, Head, HeadText};
use super::tokens::Tokens;
use super::{Level, Rule, RuleProblem, Status};
use crate::agreement::{Agreement, ClauseId, SubmitterKind};
use crate::diagnostic::{Diagnostic, SourceFile};
use crate::native::Registry;
use crate::prove::{Lenses, Plan};
use crate::schema::{GRADES, Origin, Parameter, Schema};
use crate::text::{Text, did_you_mean};
use crate::value::{Date, Value};
use crate::verdict::{Outcome, RuleId, Severity};

/// What rules are loaded against.
pub(crate) struct Library<'a> {
    pub(crate) engine: &'a Engine,
    pub(crate) schema: &'a Schema,
    pub(crate) natives: &'a Registry,
    pub(crate) agreement: &'a Agreement,
    /// Plugins that have a gate: only their rules may stop a package.
    pub(crate) gated: &'a [String],
}

/// Loads all rule files, each with its plugin's name. A file with mistakes yields diagnostics and no rule; the
/// others load.
pub(crate) fn load(library: &Library<'_>, files: &[(String, SourceFile)]) -> (Vec<Rule>, Vec<Diagnostic>) {
    let mut rules: Vec<Rule> = Vec::new();
    let mut diagnostics = Vec::new();
    let mut ids: BTreeMap<RuleId, String> = library
        .schema
        .gate_rules
        .iter()
        .map(|rule| (RuleId(rule.id.clone()), "plugin.toml".into()))
        .collect();
    let one = |plugin: &str, file: &SourceFile, ids: &BTreeMap<RuleId, String>| {
        let mut loader = Loader { library, file, head: HeadText::cut(file), diagnostics: Vec::new() };
        let rule = loader.rule(plugin, ids);
        (rule, loader.diagnostics)
    };
    // Each by itself, at once; what clashes with one before it, or is not sound, once more with those before it known.
    let alone: Vec<_> = files.par_iter().map(|(plugin, file)| one(plugin, file, &ids)).collect();
    for ((plugin, file), (rule, own)) in files.iter().zip(alone) {
        let clashes = rule.as_ref().is_none_or(|rule| ids.contains_key(&rule.id));
        let (rule, mut own) = if clashes { one(plugin, file, &ids) } else { (rule, own) };
        diagnostics.append(&mut own);
        if let Some(rule) = rule {
            ids.insert(rule.id.clone(), file.path.clone());
            rules.push(rule);
        }
    }
    rules.sort_by(|a, b| a.id.cmp(&b.id));
    (rules, diagnostics)
}

struct Loader<'a> {
    library: &'a Library<'a>,
    file: &'a SourceFile,
    head: HeadText,
    diagnostics: Vec<Diagnostic>,
}

impl Loader<'_> {
    fn report(&mut self, span: Option<Range<usize>>, problem: &RuleProblem) {
        let span = span.map(|span| self.head.in_file(&span));
        self.diagnostics.push(diagnostic(self.file, span, problem));
    }

    fn rule(&mut self, plugin: &str, ids: &BTreeMap<RuleId, String>) -> Option<Rule> {
        if self.head.is_empty() {
            self.report(None, &RuleProblem::NoHead);
            return None;
        }
        let head = match self.head.parse() {
            Ok(head) => head,
            Err(problem) => {
                let mut diagnostic = problem.diagnostic("R100", self.file);
                diagnostic.span = problem.span.as_ref().map(|span| self.head.in_file(span));
                self.diagnostics.push(diagnostic);
                return None;
            }
        };
        self.identity(&head, plugin, ids);
        let table = self.table(&head);
        let applies_to = self.submitters(&head);
        let examples = self.examples(&head, table);
        if *head.level.get_ref() == Level::Record && table.is_none() {
            // Without the table no name of the script has a meaning.
            return None;
        }
        let checked = check::check(
            &Setting {
                engine: self.library.engine,
                schema: self.library.schema,
                natives: self.library.natives,
                level: *head.level.get_ref(),
                table,
                holds: *head.severity.get_ref() == Severity::Stop,
            },
            self.file,
        );
        let checked = match checked {
            Ok(checked) => checked,
            Err(problems) => {
                self.diagnostics.extend(problems);
                return None;
            }
        };
        if !self.diagnostics.is_empty() {
            return None;
        }
        let mut rule = Rule {
            id: RuleId(head.id.get_ref().clone()),
            title: Text::new(head.title, head.title_en),
            why: Text::new(head.why, head.why_en),
            clause: ClauseId(head.clause.get_ref().clone()),
            level: *head.level.get_ref(),
            table,
            severity: *head.severity.get_ref(),
            source: head.source.get_ref().clone(),
            grade: head.grade.get_ref().clone(),
            status: head.status,
            applies_to,
            from: head.from.map(|day| day.0),
            to: head.to.map(|day| day.0),
            history: history(head.history),
            examples,
            plugin: plugin.to_string(),
            file: self.file.clone(),
            reads: checked.reads,
            ast: checked.ast,
            names: Arc::new(checked.names),
            asked: Arc::new(checked.asked),
            plan: None,
            lenses: None,
        };
        let has_closures = rule.ast.iter_fn_def().next().is_some();
        if !has_closures && rule.level != Level::Record {
            rule.lenses = Some(Arc::default());
            return Some(rule);
        }
        let tokens = Tokens::of(self.library.engine, self.file);
        let lenses = Lenses::new(&rule, self.library.schema, self.library.natives, &tokens);
        rule.lenses = Some(Arc::new(lenses));
        if let (Level::Record, Some(table)) = (rule.level, table) {
            rule.plan = Some(Plan::new(&rule, table, self.library.schema, self.library.natives, &tokens));
        }
        Some(rule)
    }

    fn identity(&mut self, head: &Head, plugin: &str, ids: &BTreeMap<RuleId, String>) {
        let id = head.id.get_ref();
        if !is_rule_id(id) {
            self.report(Some(head.id.span()), &RuleProblem::BadId { id: id.clone() });
        }
        if let Some(other) = ids.get(&RuleId(id.clone())) {
            let problem = RuleProblem::DuplicateId { id: id.clone(), other: other.clone() };
            self.report(Some(head.id.span()), &problem);
        }
        let clause = ClauseId(head.clause.get_ref().clone());
        if self.library.agreement.clause(&clause).is_none() {
            let known = self.library.agreement.clauses.iter().map(|clause| clause.id.0.as_str());
            let suggestion = did_you_mean(&clause.0, known).map(str::to_string);
            self.report(Some(head.clause.span()), &RuleProblem::UnknownClause { id: clause.0, suggestion });
        }
        if !self.library.schema.plugins.iter().any(|known| known.name == plugin) {
            self.report(None, &RuleProblem::UnknownPlugin { folder: plugin.to_string() });
        }
        if head.source.get_ref().trim().is_empty() {
            self.report(Some(head.source.span()), &RuleProblem::BlankSource);
        }
        if !GRADES.contains(&head.grade.get_ref().as_str()) {
            let grade = head.grade.get_ref().clone();
            self.report(Some(head.grade.span()), &RuleProblem::GradeNotShipped { grade });
        }
        if *head.severity.get_ref() == Severity::Stop && !self.library.gated.iter().any(|name| name == plugin)
        {
            self.report(Some(head.severity.span()), &RuleProblem::StopWithoutGate);
        }
        if matches!((head.from, head.to), (Some(from), Some(to)) if from.0 > to.0) {
            self.report(None, &RuleProblem::FromAfterTo);
        }
        if head.status != Status::Retired {
            for (outcome, pass) in [("pass", true), ("fail", false)] {
                let has = |example: &toml::Spanned<toml::Table>| {
                    example.get_ref().get("outcome").and_then(toml::Value::as_str) == Some(outcome)
                };
                if !head.examples.iter().any(has) {
                    self.report(None, &RuleProblem::MissingExample { pass });
                }
            }
        }
    }

    fn table(&mut self, head: &Head) -> Option<usize> {
        let Some(name) = &head.table else {
            if *head.level.get_ref() == Level::Record {
                self.report(Some(head.level.span()), &RuleProblem::TableMissing);
            }
            return None;
        };
        let at = self.library.schema.table(name.get_ref());
        if at.is_none() {
            let suggestion =
                did_you_mean(name.get_ref(), self.library.schema.table_names()).map(str::to_string);
            let problem = RuleProblem::UnknownTable { name: name.get_ref().clone(), suggestion };
            self.report(Some(name.span()), &problem);
        }
        at
    }

    fn submitters(&mut self, head: &Head) -> Vec<SubmitterKind> {
        let mut kinds = Vec::new();
        for word in &head.applies_to {
            match SubmitterKind::from_key(word.get_ref()) {
                Some(kind) => kinds.push(kind),
                None => {
                    let known = SubmitterKind::ALL.map(SubmitterKind::key);
                    let suggestion = did_you_mean(word.get_ref(), known).map(str::to_string);
                    let problem = RuleProblem::UnknownSubmitter { word: word.get_ref().clone(), suggestion };
                    self.report(Some(word.span()), &problem);
                }
            }
        }
        kinds
    }

    fn examples(&mut self, head: &Head, table: Option<usize>) -> Vec<Example> {
        let mut examples = Vec::new();
        for written in &head.examples {
            match self.example(head, table, written.get_ref()) {
                Ok(mut example) => {
                    example.span = self.head.in_file(&written.span());
                    examples.push(example);
                }
                Err(problem) => self.report(Some(written.span()), &problem),
            }
        }
        examples
    }

    fn example(
        &self,
        head: &Head,
        table: Option<usize>,
        written: &toml::Table,
    ) -> Result<Example, Box<RuleProblem>> {
        const KEYS: [&str; 9] =
            ["record", "header", "tables", "previous", "submissions", "params", "as_of", "outcome", "note"];
        if let Some(key) = written.keys().find(|key| !KEYS.contains(&key.as_str())) {
            let suggestion = did_you_mean(key, KEYS).map(str::to_string);
            return Err(Box::new(RuleProblem::ExampleKey { key: key.clone(), suggestion }));
        }
        let schema = self.library.schema;
        let mut own = document(written)?;
        if let Some(record) = written.get("record") {
            let record =
                record.as_table().ok_or(RuleProblem::ExampleShape { expected: "record = { … }" })?;
            let name = table.map_or(String::new(), |at| schema.tables[at].key.clone());
            own.1.push((name, vec![record.clone()]));
        }
        let mut batch = Vec::new();
        let mut add = |(header, tables): Document<'_>| {
            let built = example::submission(schema, header, &tables);
            built.map(|one| batch.push(one)).map_err(|message| Box::new(RuleProblem::ExampleData { message }))
        };
        let with_previous = written.contains_key("previous");
        if written.contains_key("submissions") {
            let list = written["submissions"].as_array();
            for one in list.ok_or(RuleProblem::ExampleShape { expected: "submissions = [ { … } ]" })? {
                let one = one
                    .as_table()
                    .ok_or(RuleProblem::ExampleShape { expected: "submissions = [ { … } ]" })?;
                add(document(one)?)?;
            }
        } else {
            add(own)?;
            if let Some(previous) = written.get("previous") {
                let shape = RuleProblem::ExampleShape {
                    expected: "previous = { header = { … }, tables = { … } }",
                };
                add(document(previous.as_table().ok_or(shape)?)?)?;
            }
        }
        let word = written.get("outcome").and_then(toml::Value::as_str).unwrap_or_default();
        let outcome = Outcome::ALL.into_iter().find(|outcome| outcome.key() == word);
        let outcome = outcome.ok_or_else(|| RuleProblem::ExampleOutcome { word: word.to_string() })?;
        let as_of = match written.get("as_of") {
            None => head.from.map_or(self.library.agreement.signed.0, |day| day.0),
            Some(toml::Value::Datetime(day)) => crate::toml_source::to_date(day)
                .ok_or(RuleProblem::ExampleShape { expected: "as_of = 2021-03-31" })?,
            Some(_) => return Err(RuleProblem::ExampleShape { expected: "as_of = 2021-03-31" }.into()),
        };
        Ok(Example {
            written: written.clone(),
            note: written.get("note").and_then(toml::Value::as_str).unwrap_or_default().to_string(),
            outcome,
            batch,
            with_previous,
            parameters: self.parameters(written)?,
            as_of,
            span: 0..0,
        })
    }

    /// `params = { 键 = 值 }`: values for this example alone, so that a rule whose parameter is unset can show what
    /// it would say.
    fn parameters(&self, written: &toml::Table) -> Result<Vec<Parameter>, Box<RuleProblem>> {
        let Some(params) = written.get("params") else { return Ok(Vec::new()) };
        let params = params.as_table().ok_or(RuleProblem::ExampleShape { expected: "params = { … }" })?;
        let known = &self.library.schema.parameters;
        params
            .iter()
            .map(|(name, value)| {
                let declared = known.key(name).and_then(|key| known.declaration(key)).ok_or_else(|| {
                    let suggestion = did_you_mean(name, known.names()).map(str::to_string);
                    Box::new(RuleProblem::UnknownParameter { name: name.clone(), suggestion })
                })?;
                let value: Value = crate::schema::typed(&declared.ty, value)
                    .ok_or_else(|| RuleProblem::ExampleData { message: declared.ty.label() })?;
                Ok(Parameter {
                    value: Some(value),
                    origin: Origin::Engineering,
                    from: None,
                    to: None,
                    ..declared.clone()
                })
            })
            .collect()
    }
}

type Document<'a> = (Option<&'a toml::Table>, Vec<(String, Vec<toml::Table>)>);

/// `header = { … }, tables = { patents = [ { … } ] }`
fn document(written: &toml::Table) -> Result<Document<'_>, Box<RuleProblem>> {
    let header = match written.get("header") {
        None => None,
        Some(header) => {
            Some(header.as_table().ok_or(RuleProblem::ExampleShape { expected: "header = { … }" })?)
        }
    };
    let shape = || RuleProblem::ExampleShape { expected: "tables.patents = [ { … } ]" };
    let mut tables = Vec::new();
    if let Some(written) = written.get("tables") {
        for (name, records) in written.as_table().ok_or_else(shape)? {
            let records = records.as_array().ok_or_else(shape)?;
            let records: Option<Vec<toml::Table>> =
                records.iter().map(|one| one.as_table().cloned()).collect();
            tables.push((name.clone(), records.ok_or_else(shape)?));
        }
    }
    Ok((header, tables))
}

fn history(written: Vec<Change>) -> Vec<(Date, Text)> {
    let mut history: Vec<(Date, Text)> =
        written.into_iter().map(|one| (one.date.0, Text::new(one.change, one.change_en))).collect();
    history.sort_by_key(|(date, _)| *date);
    history
}

/// Capital letters, a hyphen, three digits.
fn is_rule_id(id: &str) -> bool {
    id.split_once('-').is_some_and(|(letters, digits)| {
        !letters.is_empty()
            && letters.bytes().all(|b| b.is_ascii_uppercase())
            && digits.len() == 3
            && digits.bytes().all(|b| b.is_ascii_digit())
    })
}
