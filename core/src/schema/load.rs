//! From manifests as written to one schema. Every mistake becomes a diagnostic; a plugin with mistakes adds nothing.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use toml::Spanned;

use super::raw::{Manifest, ParameterFile, RawField, RawIndicator, RawParameter, RawTable};
use super::{
    Field, FieldType, GRADES, GateRule, Indicator, ManifestProblem, Origin, Parameter, PluginInfo, Schema,
    TableSchema, Term, Vocabulary,
};
use crate::agreement::{Agreement, ClauseId, SubmitterKind};
use crate::diagnostic::{Diagnostic, SourceFile};
use crate::text::{Text, did_you_mean, fold};
use crate::toml_source;
use crate::value::{Date, Value};

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

/// The type a word in a manifest stands for, before its details are known.
const TYPES: [&str; 9] =
    ["string", "integer", "decimal", "date", "datetime", "boolean", "enum", "list", "object"];

/// The types that parameters may have; a list is one of texts.
const PARAMETER_TYPES: [&str; 6] = ["string", "integer", "decimal", "date", "boolean", "list"];

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

    fn fields(&mut self, file: &SourceFile, raw: &[RawField]) -> Vec<Field> {
        let mut names = BTreeSet::new();
        let mut fields = Vec::new();
        for raw in raw {
            let Some(field) = self.field(file, raw) else { continue };
            let own: BTreeSet<String> = field.names().map(fold).collect();
            if let Some(name) = own.iter().find(|name| names.contains(*name)) {
                let problem = ManifestProblem::DuplicateName { name: name.clone() };
                self.report(file, Some(raw.key.span()), &problem);
                continue;
            }
            names.extend(own);
            fields.push(field);
        }
        fields
    }

    fn field(&mut self, file: &SourceFile, raw: &RawField) -> Option<Field> {
        let ty = self.field_type(file, raw, &raw.ty)?;
        if let Some(name) = raw.script.as_ref().filter(|name| !is_identifier(name.get_ref())) {
            let problem = ManifestProblem::NotAnIdentifier { name: name.get_ref().clone() };
            self.report(file, Some(name.span()), &problem);
        }
        Some(Field {
            key: raw.key.get_ref().clone(),
            label: Text::new(raw.label.get_ref(), &raw.label_en),
            script: raw.script.as_ref().map(|name| name.get_ref().clone()),
            aliases: raw.aliases.clone(),
            ty,
            unit: raw.unit.clone(),
            required: raw.required,
            private: raw.private,
            origin: raw.origin.clone(),
        })
    }

    fn field_type(&mut self, file: &SourceFile, raw: &RawField, word: &Spanned<String>) -> Option<FieldType> {
        Some(match word.get_ref().as_str() {
            "string" => FieldType::Text,
            "integer" => FieldType::Integer(self.allowed_integers(file, raw)?),
            "decimal" => FieldType::Decimal,
            "date" | "datetime" => FieldType::Date,
            "boolean" => FieldType::Boolean,
            "enum" => FieldType::Term(self.allowed_terms(file, raw)?),
            "list" => match &raw.items {
                None => {
                    self.report(file, Some(raw.ty.span()), &ManifestProblem::ListWithoutItems);
                    return None;
                }
                Some(items) => FieldType::List(Box::new(self.field_type(file, raw, items)?)),
            },
            "object" => match &raw.fields {
                None => {
                    self.report(file, Some(raw.ty.span()), &ManifestProblem::ObjectWithoutFields);
                    return None;
                }
                Some(fields) => FieldType::Object(self.fields(file, fields)),
            },
            other => {
                let suggestion = did_you_mean(other, TYPES).map(str::to_string);
                let problem =
                    ManifestProblem::UnknownType { word: other.to_string(), known: &TYPES, suggestion };
                self.report(file, Some(word.span()), &problem);
                return None;
            }
        })
    }

    fn allowed_integers(&mut self, file: &SourceFile, raw: &RawField) -> Option<Vec<i64>> {
        let Some(allowed) = &raw.allowed else { return Some(Vec::new()) };
        let numbers: Option<Vec<i64>> = allowed.get_ref().iter().map(toml::Value::as_integer).collect();
        if numbers.is_none() {
            self.report(file, Some(allowed.span()), &ManifestProblem::AllowedDoesNotFit);
        }
        numbers
    }

    fn allowed_terms(&mut self, file: &SourceFile, raw: &RawField) -> Option<Vec<Term>> {
        let Some(allowed) = &raw.allowed else {
            self.report(file, Some(raw.ty.span()), &ManifestProblem::EnumWithoutAllowed);
            return None;
        };
        let words: Option<Vec<&str>> = allowed.get_ref().iter().map(toml::Value::as_str).collect();
        let Some(words) = words else {
            self.report(file, Some(allowed.span()), &ManifestProblem::AllowedDoesNotFit);
            return None;
        };
        let labels = match &raw.labels {
            Some(labels) if labels.get_ref().len() != words.len() => {
                self.report(file, Some(labels.span()), &ManifestProblem::LabelsDoNotFit);
                return None;
            }
            Some(labels) => labels.get_ref().iter().cloned().map(Some).collect(),
            None => vec![None; words.len()],
        };
        Some(
            words
                .into_iter()
                .zip(labels)
                .map(|(word, label)| Term { value: word.to_string(), label })
                .collect(),
        )
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

    fn parameter(&mut self, file: &SourceFile, raw: &RawParameter) {
        let key = raw.key.get_ref().clone();
        let ty = match raw.ty.get_ref().as_str() {
            "integer" => FieldType::Integer(Vec::new()),
            "decimal" => FieldType::Decimal,
            "date" => FieldType::Date,
            "string" => FieldType::Text,
            "boolean" => FieldType::Boolean,
            "list" => FieldType::List(Box::new(FieldType::Text)),
            other => {
                let suggestion = did_you_mean(other, PARAMETER_TYPES).map(str::to_string);
                let known = &PARAMETER_TYPES;
                let problem = ManifestProblem::UnknownType { word: other.to_string(), known, suggestion };
                return self.report(file, Some(raw.ty.span()), &problem);
            }
        };
        if !is_identifier(&raw.label) {
            let problem = ManifestProblem::NotAnIdentifier { name: raw.label.clone() };
            return self.report(file, Some(raw.key.span()), &problem);
        }
        let origin = *raw.origin.get_ref();
        let Some(value) = self.parameter_value(file, &ty, origin, raw.value.as_ref(), &raw.key) else {
            return;
        };
        if !self.sourced(file, &raw.key, value.is_some(), &raw.source, &raw.grade) {
            return;
        }
        let (from, to) = (raw.from.map(|day| day.0), raw.to.map(|day| day.0));
        let overlaps = self
            .schema
            .parameters
            .iter()
            .any(|known| known.key == key && !before(known.to, from) && !before(to, known.from));
        if overlaps {
            return self.report(file, Some(raw.key.span()), &ManifestProblem::OverlappingParameter { key });
        }
        self.schema.parameters.add(Parameter {
            key,
            label: Text::new(&raw.label, &raw.label_en),
            ty,
            value,
            unit: raw.unit.clone(),
            origin,
            source: raw.source.clone(),
            grade: raw.grade.clone(),
            from,
            to,
            note: raw.note.clone(),
        });
    }

    fn sourced(
        &mut self,
        file: &SourceFile,
        key: &Spanned<String>,
        has_value: bool,
        source: &str,
        grade: &str,
    ) -> bool {
        let name = key.get_ref().clone();
        if has_value && grade == "M" {
            self.report(file, Some(key.span()), &ManifestProblem::FromMemory { key: name });
            return false;
        }
        if has_value && (source.is_empty() || grade.is_empty()) {
            self.report(file, Some(key.span()), &ManifestProblem::WithoutSource { key: name });
            return false;
        }
        if !grade.is_empty() && !GRADES.contains(&grade) {
            let problem = ManifestProblem::UnknownGrade { grade: grade.to_string() };
            self.report(file, Some(key.span()), &problem);
            return false;
        }
        true
    }

    /// `Some(None)` for a parameter that is honestly unset, `None` for a mistake.
    #[allow(clippy::option_option)]
    fn parameter_value(
        &mut self,
        file: &SourceFile,
        ty: &FieldType,
        origin: Origin,
        value: Option<&Spanned<toml::Value>>,
        key: &Spanned<String>,
    ) -> Option<Option<Value>> {
        match (origin, value) {
            (Origin::Unset, None) => Some(None),
            (Origin::Unset, Some(value)) => {
                self.report(file, Some(value.span()), &ManifestProblem::ValueAndOrigin { has_value: true });
                None
            }
            (_, None) => {
                self.report(file, Some(key.span()), &ManifestProblem::ValueAndOrigin { has_value: false });
                None
            }
            (_, Some(written)) => match typed(ty, written.get_ref()) {
                Some(value) => Some(Some(value)),
                None => {
                    let problem = ManifestProblem::ValueDoesNotFit { expected: ty.label() };
                    self.report(file, Some(written.span()), &problem);
                    None
                }
            },
        }
    }

    fn overrides(&mut self, file: &SourceFile) {
        let written: ParameterFile = match toml_source::parse(&file.text) {
            Ok(written) => written,
            Err(problem) => {
                self.diagnostics.push(problem.diagnostic("M001", file));
                return;
            }
        };
        let year = file.path.rsplit(['/', '\\']).next().and_then(|name| name.strip_suffix(".toml"));
        let year: Option<i16> = year.and_then(|year| year.parse().ok());
        for raw in written.parameters {
            let Some(declared) = self.schema.parameters.declaration(raw.key.get_ref()).cloned() else {
                let suggestion =
                    did_you_mean(raw.key.get_ref(), self.schema.parameters.names()).map(str::to_string);
                let problem =
                    ManifestProblem::UnknownParameter { key: raw.key.get_ref().clone(), suggestion };
                self.report(file, Some(raw.key.span()), &problem);
                continue;
            };
            let origin = *raw.origin.get_ref();
            let value = self.parameter_value(file, &declared.ty, origin, Some(&raw.value), &raw.key);
            let Some(value) = value else { continue };
            if !self.sourced(file, &raw.key, value.is_some(), &raw.source, &raw.grade) {
                continue;
            }
            let first = year.and_then(|year| Date::new(year, 1, 1).ok());
            let last = year.and_then(|year| Date::new(year, 12, 31).ok());
            self.schema.parameters.add(Parameter {
                value,
                origin,
                source: raw.source,
                grade: raw.grade,
                from: raw.from.map(|day| day.0).or(first),
                to: raw.to.map(|day| day.0).or(last),
                note: raw.note,
                ..declared
            });
        }
    }
}

/// Whether a span that ends on `to` ends before one that begins on `from`.
fn before(to: Option<Date>, from: Option<Date>) -> bool {
    matches!((to, from), (Some(to), Some(from)) if to < from)
}

/// A TOML value as a value of `ty`.
pub(crate) fn typed(ty: &FieldType, value: &toml::Value) -> Option<Value> {
    match (ty, value) {
        (FieldType::Text, toml::Value::String(text)) => Some(Value::text(text.as_str())),
        (FieldType::Integer(_), toml::Value::Integer(n)) => Some(Value::Integer(*n)),
        (FieldType::Decimal, toml::Value::Integer(n)) => Some(Value::Decimal((*n).into())),
        (FieldType::Decimal, toml::Value::Float(n)) => n.to_string().parse().ok().map(Value::Decimal),
        (FieldType::Date, toml::Value::Datetime(date)) => crate::toml_source::to_date(date).map(Value::Date),
        (FieldType::Boolean, toml::Value::Boolean(b)) => Some(Value::Boolean(*b)),
        (FieldType::List(item), toml::Value::Array(items)) => items
            .iter()
            .map(|one| typed(item, one))
            .collect::<Option<Vec<_>>>()
            .map(|all| Value::List(all.into())),
        _ => None,
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
