//! Fields and their types, as manifests declare them.

use std::collections::BTreeSet;

use toml::Spanned;

use super::Loader;
use crate::diagnostic::SourceFile;
use crate::schema::raw::RawField;
use crate::schema::{Field, FieldType, ManifestProblem, Term, is_identifier};
use crate::text::{Text, did_you_mean, fold};

/// The type a word in a manifest stands for, before its details are known.
const TYPES: [&str; 9] =
    ["string", "integer", "decimal", "date", "datetime", "boolean", "enum", "list", "object"];

impl Loader<'_> {
    pub(super) fn fields(&mut self, file: &SourceFile, raw: &[RawField]) -> Vec<Field> {
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
}
