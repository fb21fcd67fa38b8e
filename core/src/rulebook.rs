//! The rulebook: agreement, schema, native functions and rules, loaded together and sound as a whole.

use std::sync::Arc;

use sha2::{Digest, Sha256};

use crate::agreement::Agreement;
use crate::diagnostic::{Diagnostic, SourceFile};
use crate::engine;
use crate::native::{Native, Registry, core_natives};
use crate::plugin::Plugin;
use crate::rule::{
    self, ExampleResult, Point, Reach, Reached, Rule, Step, in_words, instrumented, points, reach,
};
use crate::schema::{self, PluginFolder, Schema};
use crate::text::Lang;
use crate::verdict::Severity;
use crate::{script, toml_source};

/// Everything a rulebook is made of, as text. Whoever loads it has read the files; the core reads none.
#[derive(Debug, Clone)]
pub struct RulebookSource {
    /// `agreement.toml`.
    pub agreement: SourceFile,
    /// The plugins' folders, in order of name.
    pub plugins: Vec<PluginFolder>,
    /// The rule files with the name of the folder each stands in.
    pub rules: Vec<(String, SourceFile)>,
    /// Parameter files named by year.
    pub parameters: Vec<SourceFile>,
}

/// A loaded rulebook.
#[derive(Debug)]
pub struct Rulebook {
    /// The agreement.
    pub agreement: Agreement,
    /// The schema of submissions.
    pub schema: Arc<Schema>,
    /// The rules, by id.
    pub rules: Vec<Rule>,
    /// The native functions.
    pub natives: Registry,
    /// SHA-256 of all sources, in hex.
    pub digest: String,
    pub(crate) engine: rhai::Engine,
    reached: Reached,
    /// The points of each rule in a measured run; none otherwise.
    points: Vec<Vec<Point>>,
}

impl Rulebook {
    /// Loads a rulebook with the Rust halves of its plugins. All mistakes of all files are reported together.
    pub fn load(source: &RulebookSource, plugins: &[&dyn Plugin]) -> Result<Self, Vec<Diagnostic>> {
        let agreement: Agreement = toml_source::parse(&source.agreement.text)
            .map_err(|problem| vec![problem.diagnostic("A001", &source.agreement)])?;
        let (schema, mut diagnostics) = schema::load(&source.plugins, &source.parameters, &agreement);
        let loaded = |plugin: &&&dyn Plugin| source.plugins.iter().any(|folder| folder.name == plugin.name());
        let active: Vec<&&dyn Plugin> = plugins.iter().filter(loaded).collect();
        let natives: Vec<Native> =
            core_natives().into_iter().chain(active.iter().flat_map(|plugin| plugin.natives())).collect();
        let natives = Registry::new(natives);
        let reached = Reached::default();
        let engine = script::build(&natives, &reached);
        let gated: Vec<String> = active
            .iter()
            .filter(|plugin| plugin.gate().is_some())
            .map(|plugin| plugin.name().to_string())
            .collect();
        let library = rule::Library {
            engine: &engine,
            schema: &schema,
            natives: &natives,
            agreement: &agreement,
            gated: &gated,
        };
        let (rules, problems) = rule::load(&library, &source.rules);
        diagnostics.extend(problems);
        if !diagnostics.is_empty() {
            return Err(diagnostics);
        }
        let (schema, digest, points) = (Arc::new(schema), digest(source), Vec::new());
        Ok(Self { agreement, schema, rules, natives, digest, engine, reached, points })
    }

    /// Leaves out all rules but these, and those that hold a submission, which always run.
    ///
    /// # Errors
    ///
    /// The first id that no rule has.
    pub fn keep_only(&mut self, ids: &[String]) -> Result<(), String> {
        let is_known = |id: &&String| {
            let of_gate = self.schema.gate_rules.iter().any(|rule| rule.id == **id);
            of_gate || self.rules.iter().any(|rule| rule.id.0 == **id)
        };
        if let Some(unknown) = ids.iter().find(|id| !is_known(id)) {
            return Err(unknown.clone());
        }
        self.rules.retain(|rule| rule.severity == Severity::Stop || ids.contains(&rule.id.0));
        Ok(())
    }

    /// From here on, notes which parts of the rules are reached; see [`Rulebook::reach`].
    pub fn measure(&mut self) {
        let mut number = 0;
        self.points.clear();
        for rule in &mut self.rules {
            let points = points(&rule.ast, &rule.file);
            // What was sound stays sound with a call more; if ever not, the rule is run as it is and nothing of it
            // counts as reached.
            if let Ok(mut ast) = self.engine.compile(instrumented(&rule.file, &points, number)) {
                ast.set_source(rule.file.path.as_str());
                rule.ast = ast;
                rule.plan = None;
                rule.lenses = None;
            }
            number += points.len();
            self.points.push(points);
        }
    }

    /// What of the rules has been reached since [`Rulebook::measure`].
    pub fn reach(&self) -> Reach {
        reach(&self.rules, &self.points, &self.reached)
    }

    /// A rule in words: what its script does, step by step.
    pub fn in_words(&self, rule: &Rule, lang: Lang) -> Vec<Step> {
        in_words(self, rule, lang)
    }

    /// Whether every parameter that the rule reads has a value on some day: without one it decides nothing.
    pub fn can_decide(&self, rule: &Rule) -> bool {
        let has_value = |key: &String| {
            self.schema.parameters.iter().any(|parameter| parameter.key == *key && parameter.value.is_some())
        };
        rule.reads.parameters.iter().all(has_value)
    }

    /// Runs the examples of all rules.
    pub fn run_examples(&self) -> Vec<ExampleResult> {
        self.rules.iter().flat_map(|rule| self.run_examples_of(rule)).collect()
    }

    /// Runs the examples of one rule.
    pub fn run_examples_of(&self, rule: &Rule) -> Vec<ExampleResult> {
        engine::run_examples(self, rule)
    }

    /// Runs the documentation examples of all native functions: expressions that should be true. Returns those that
    /// are not, with the function's name.
    pub fn run_native_examples(&self) -> Vec<(&'static str, &'static str)> {
        engine::run_native_examples(self)
    }
}

fn digest(source: &RulebookSource) -> String {
    let mut hash = Sha256::new();
    let mut add = |path: &str, text: &str| {
        for part in [path, text] {
            hash.update((part.len() as u64).to_le_bytes());
            hash.update(part.as_bytes());
        }
    };
    // Paths differ from machine to machine; what counts is the folder and the file's own name.
    let name = |path: &str| path.rsplit(['/', '\\']).next().unwrap_or_default().to_string();
    add("agreement", &source.agreement.text);
    for folder in &source.plugins {
        for (file, text) in &folder.files {
            add(&format!("{}/{file}", folder.name), text);
        }
    }
    for (plugin, file) in &source.rules {
        add(&format!("{plugin}/{}", name(&file.path)), &file.text);
    }
    for file in &source.parameters {
        add(&name(&file.path), &file.text);
    }
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}
