//! Parameters, as manifests declare them and files by year override them.

use toml::Spanned;

use super::Loader;
use crate::diagnostic::SourceFile;
use crate::schema::raw::{ParameterFile, RawParameter};
use crate::schema::{FieldType, GRADES, ManifestProblem, Origin, Parameter, is_identifier};
use crate::text::{Text, did_you_mean};
use crate::toml_source;
use crate::value::{Date, Value};

/// The types that parameters may have; a list is one of texts.
const PARAMETER_TYPES: [&str; 6] = ["string", "integer", "decimal", "date", "boolean", "list"];

impl Loader<'_> {
    pub(super) fn parameter(&mut self, file: &SourceFile, raw: &RawParameter) {
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

    pub(super) fn overrides(&mut self, file: &SourceFile) {
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
