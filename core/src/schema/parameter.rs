//! Parameters: named thresholds, each with unit, origin, source, grade and the days it holds for.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::field::FieldType;
use crate::text::Text;
use crate::value::{Date, Value};

/// Where a parameter's value comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Origin {
    /// A statute.
    Statute,
    /// An official document that is not a statute.
    Official,
    /// A press report.
    Press,
    /// Our own choice, said to be so wherever it is used.
    Engineering,
    /// No source is known: there is no value, and a rule that reads it cannot decide.
    Unset,
}

impl Origin {
    /// The word for people.
    pub fn label(self) -> Text {
        match self {
            Self::Statute => Text::new("法律法规", "statute"),
            Self::Official => Text::new("官方文件", "official document"),
            Self::Press => Text::new("公开报道", "press"),
            Self::Engineering => Text::new("本系统自定", "our own choice"),
            Self::Unset => Text::new("未设定", "unset"),
        }
    }
}

/// One threshold during one span of days.
#[derive(Debug, Clone)]
pub struct Parameter {
    /// Its key, unique over all plugins.
    pub key: String,
    /// Its label, an identifier in scripts too.
    pub label: Text,
    /// What its value is.
    pub ty: FieldType,
    /// Its value; none where it is unset.
    pub value: Option<Value>,
    /// The value's unit.
    pub unit: Option<String>,
    /// Where the value comes from.
    pub origin: Origin,
    /// The source, to be cited.
    pub source: String,
    /// The source's grade.
    pub grade: String,
    /// The first day it holds for.
    pub from: Option<Date>,
    /// The last day it holds for.
    pub to: Option<Date>,
    /// What must be borne in mind.
    pub note: String,
}

impl Parameter {
    /// Whether it holds on `day`.
    pub fn holds_on(&self, day: Date) -> bool {
        self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day <= to)
    }
}

/// All parameters. One key may have several entries for different spans of days; a later entry overrides an earlier.
#[derive(Debug, Clone, Default)]
pub struct Parameters {
    entries: BTreeMap<String, Vec<Parameter>>,
}

impl Parameters {
    /// Adds an entry; it takes precedence over earlier ones of the same key on the days it holds for.
    pub fn add(&mut self, parameter: Parameter) {
        self.entries.entry(parameter.key.clone()).or_default().push(parameter);
    }

    /// The key that `name`, a key or a label, stands for.
    pub fn key(&self, name: &str) -> Option<&str> {
        self.entries
            .iter()
            .find(|(key, entries)| *key == name || entries.iter().any(|entry| entry.label.zh == name))
            .map(|(key, _)| key.as_str())
    }

    /// Any entry of this key: for its type, unit and label.
    pub fn declaration(&self, key: &str) -> Option<&Parameter> {
        self.entries.get(key).and_then(|entries| entries.first())
    }

    /// The entry of this key that holds on `day`.
    pub fn on(&self, key: &str, day: Date) -> Option<&Parameter> {
        self.entries.get(key)?.iter().rev().find(|entry| entry.holds_on(day))
    }

    /// All names, for suggestions.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.entries.iter().flat_map(|(key, entries)| {
            [Some(key.as_str()), entries.first().map(|entry| entry.label.zh.as_str())].into_iter().flatten()
        })
    }

    /// All entries, by key.
    pub fn iter(&self) -> impl Iterator<Item = &Parameter> {
        self.entries.values().flatten()
    }
}
