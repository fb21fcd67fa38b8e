//! From manifests as written to one schema. Every mistake becomes a diagnostic; a plugin with mistakes adds nothing.

mod fields;
mod parameters;

use std::collections::BTreeMap;
use std::ops::Range;

use toml::Spanned;

use super::raw::{Manifest, RawIndicator, RawTable};
use super::{Field, GateRule, Indicator, ManifestProblem, PluginInfo, Schema, TableSchema, Vocabulary};
use crate::agreement::{Agreement, ClauseId, SubmitterKind};
use crate::diagnostic::{Diagnostic, SourceFile};
use crate::text::{Text, did_you_mean};
use crate::toml_source;

pub(crate) use parameters::typed;

/// A plugin's folder as data: its name and its files' texts by name.
#[derive(Debug, Clone, Default)]
pub struct PluginFolder {
    /// The folder's name.
    pub name: String,
    /// The folder's path as shown to people.
    pub path: String,
    /// The files in it by name: `plugin.toml` and code lists.
    pub files: BTreeMap<String, String>,
}

/// Builds the schema from all plugins' folders and the parameter files that override them.
///
/// The schema holds what is sound; the diagnostics say what is not.
pub fn load(
    folders: &[PluginFolder],
    parameter_files: &[SourceFile],
    agreement: &Agreement,
) -> (Schema, Vec<Diagnostic>) {
    let mut loader = Loader { schema: Schema::default(), diagnostics: Vec::new(), agreement };
    for folder in folders {
        loader.plugin(folder);
    }
    loader.relations(folders);
    for file in parameter_files {
        loader.overrides(file);
    }
    (loader.schema, loader.diagnostics)
}

struct Loader<'a> {
    schema: Schema,
    diagnostics: Vec<Diagnostic>,
    agreement: &'a Agreement,
}

impl Loader<'_> {
    fn report(&mut self, file: &SourceFile, span: Option<Range<usize>>, problem: &ManifestProblem) {
        self.diagnostics.push(Diagnostic {
            code: problem.code(),
            file: file.clone(),
            span,
            message: problem.message(),
            label: Text::default(),
            help: problem.help(),
        });
    }

    fn plugin(&mut self, folder: &PluginFolder) {
        let path = format!("{}/plugin.toml", folder.path);
        let Some(text) = folder.files.get("plugin.toml") else {
            let file = SourceFile::new(folder.path.clone(), "");
            return self.report(&file, None, &ManifestProblem::NoManifest { folder: folder.name.clone() });
        };
        let file = SourceFile::new(path, text.as_str());
        let manifest: Manifest = match toml_source::parse(text) {
            Ok(manifest) => manifest,
            Err(problem) => {
                self.diagnostics.push(problem.diagnostic("M001", &file));
                return;
            }
        };
        if manifest.name.get_ref() != &folder.name {
            self.report(
                &file,
                Some(manifest.name.span()),
                &ManifestProblem::NameIsNotFolder {
                    name: manifest.name.get_ref().clone(),
                    folder: folder.name.clone(),
                },
            );
        }
        let header = self.fields(&file, &manifest.header);
        self.schema.header.extend(header);
        let mut tables: Vec<_> = manifest.tables.iter().collect();
        tables.sort_by_key(|(name, _)| name.span().start);
        for (name, table) in tables {
            self.table(&file, &folder.name, name, table);
        }
        for indicator in &manifest.indicators {
            self.indicator(&file, indicator);
        }
        for parameter in &manifest.parameters {
            self.parameter(&file, parameter);
        }
        for (name, vocabulary) in &manifest.vocabularies {
            let missing = ManifestProblem::MissingFile { name: vocabulary.file.get_ref().clone() };
            match folder.files.get(vocabulary.file.get_ref()) {
                None => self.report(&file, Some(vocabulary.file.span()), &missing),
                Some(text) => match read_csv(text) {
                    Err(why) => {
                        let name = vocabulary.file.get_ref().clone();
                        let problem = ManifestProblem::BadFile { name, why };
                        self.report(&file, Some(vocabulary.file.span()), &problem);
                    }
                    Ok((columns, rows)) => {
                        let list = Vocabulary::new(
                            vocabulary.label.clone(),
                            vocabulary.source.clone(),
                            columns,
                            rows,
                        );
                        self.schema.vocabularies.insert(name.get_ref().clone(), list);
                    }
                },
            }
        }
        for rule in &manifest.gate {
            let clause = ClauseId(rule.clause.clone());
            if self.agreement.clause(&clause).is_none() {
                let known = self.agreement.clauses.iter().map(|clause| clause.id.0.as_str());
                let suggestion = did_you_mean(&clause.0, known).map(str::to_string);
                self.report(&file, None, &ManifestProblem::UnknownClause { id: clause.0, suggestion });
                continue;
            }
            self.schema.gate_rules.push(GateRule {
                id: rule.id.clone(),
                title: Text::new(&rule.title, &rule.title_en),
                why: Text::new(&rule.why, &rule.why_en),
                plugin: folder.name.clone(),
                clause: rule.clause.clone(),
                source: rule.source.clone(),
                grade: rule.grade.clone(),
            });
        }
        self.schema.plugins.push(PluginInfo {
            name: folder.name.clone(),
            title: Text::new(manifest.title, manifest.title_en),
        });
    }

    fn table(&mut self, file: &SourceFile, plugin: &str, key: &Spanned<String>, raw: &RawTable) {
        if self.schema.table(key.get_ref()).is_some() || self.schema.table(raw.label.get_ref()).is_some() {
            let problem = ManifestProblem::DuplicateTable { name: raw.label.get_ref().clone() };
            return self.report(file, Some(key.span()), &problem);
        }
        let fields = self.fields(file, &raw.fields);
        let mut record_key = Vec::new();
        for name in &raw.key {
            match super::find_field(&fields, name.get_ref()) {
                Some(at) => record_key.push(at),
                None => {
                    let known = fields.iter().flat_map(Field::names);
                    let suggestion = did_you_mean(name.get_ref(), known).map(str::to_string);
                    let problem =
                        ManifestProblem::UnknownKeyField { name: name.get_ref().clone(), suggestion };
                    self.report(file, Some(name.span()), &problem);
                }
            }
        }
        let required_for = self.submitters(file, &raw.required_for);
        self.schema.tables.push(TableSchema {
            key: key.get_ref().clone(),
            label: Text::new(raw.label.get_ref(), &raw.label_en),
            one: Text::new(&raw.one, &raw.one_en),
            many: Text::new(&raw.one, &raw.many_en),
            record_key,
            required_for,
            fields,
            plugin: plugin.to_string(),
        });
    }

    fn submitters(&mut self, file: &SourceFile, words: &[Spanned<String>]) -> Vec<SubmitterKind> {
        let mut kinds = Vec::new();
        for word in words {
            match SubmitterKind::from_key(word.get_ref()) {
                Some(kind) => kinds.push(kind),
                None => {
                    let known = SubmitterKind::ALL.map(SubmitterKind::key);
                    let suggestion = did_you_mean(word.get_ref(), known).map(str::to_string);
                    let problem =
                        ManifestProblem::UnknownSubmitter { word: word.get_ref().clone(), suggestion };
                    self.report(file, Some(word.span()), &problem);
                }
            }
        }
        kinds
    }

    fn indicator(&mut self, file: &SourceFile, raw: &RawIndicator) {
        let code = raw.code.get_ref();
        if self.schema.indicators.iter().any(|known| &known.code == code) {
            let problem = ManifestProblem::DuplicateIndicator { code: code.clone() };
            return self.report(file, Some(raw.code.span()), &problem);
        }
        let submitters = self.submitters(file, &raw.submitters);
        let codes = |list: &[Spanned<String>]| list.iter().map(|code| code.get_ref().clone()).collect();
        self.schema.indicators.push(Indicator {
            code: code.clone(),
            label: raw.label.clone(),
            unit: raw.unit.clone(),
            period: raw.period.clone(),
            submitters,
            sum_of: codes(&raw.sum_of),
            part_of: codes(&raw.part_of),
            formula: raw.formula.clone(),
            source: raw.source.clone(),
        });
    }

    /// Relations may name indicators of any plugin, so they are checked when all are loaded.
    fn relations(&mut self, folders: &[PluginFolder]) {
        for folder in folders {
            let Some(text) = folder.files.get("plugin.toml") else { continue };
            let Ok(manifest) = toml_source::parse::<Manifest>(text) else { continue };
            let file = SourceFile::new(format!("{}/plugin.toml", folder.path), text.as_str());
            for code in manifest.indicators.iter().flat_map(|one| one.sum_of.iter().chain(&one.part_of)) {
                if self.schema.indicators.iter().any(|known| &known.code == code.get_ref()) {
                    continue;
                }
                let known = self.schema.indicators.iter().map(|known| known.code.as_str());
                let suggestion = did_you_mean(code.get_ref(), known).map(str::to_string);
                let problem = ManifestProblem::UnknownIndicator { code: code.get_ref().clone(), suggestion };
                self.report(&file, Some(code.span()), &problem);
            }
        }
    }
}

fn read_csv(text: &str) -> Result<(Vec<String>, Vec<Vec<String>>), String> {
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
    let columns = reader.headers().map_err(|error| error.to_string())?.iter().map(str::to_string).collect();
    let rows = reader
        .records()
        .map(|record| record.map(|record| record.iter().map(str::to_string).collect()))
        .collect::<Result<_, _>>()
        .map_err(|error: csv::Error| error.to_string())?;
    Ok((columns, rows))
}

/// Whether scripts can call something by this name.
pub fn is_identifier(name: &str) -> bool {
    rhai::is_valid_identifier(name) && crate::script::is_free_word(name)
}
