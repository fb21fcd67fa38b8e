//! What a submission may hold: header fields, tables, their fields, indicators, vocabularies and parameters.
//!
//! A schema is the sum of all plugins' manifests. It is built once, is complete and consistent when it exists, and
//! is read by everything after it: readers type cells by it, the checker types rules by it.

mod field;
mod load;
mod parameter;
mod problem;
pub(crate) mod raw;
mod spot;
mod vocabulary;

use std::collections::BTreeMap;

use crate::agreement::SubmitterKind;
use crate::text::{Text, fold, folds_to};

pub use field::{Field, FieldType, Term};
pub(crate) use load::typed;
pub use load::{PluginFolder, is_identifier, load};
pub use parameter::{Origin, Parameter, Parameters};
pub use problem::ManifestProblem;
pub use spot::{Spot, split_name};
pub use vocabulary::Vocabulary;

/// The grades of sources that rules and parameters may rest on: official text, official through a repost, press, weak
/// single source, our own engineering choice. What is known from memory alone has no place here.
pub const GRADES: [&str; 5] = ["A", "A-", "B", "C", "E"];

/// What a grade says of its source.
pub fn grade_label(grade: &str) -> Text {
    match grade {
        "A" => Text::new("官方原文", "official text"),
        "A-" => Text::new("官方文字的转载", "official text, through a repost"),
        "B" => Text::new("报刊或转载", "press or repost"),
        "C" => Text::new("孤证", "a weak single source"),
        "E" => Text::new("本系统自定，无官方依据", "our own choice, without official basis"),
        other => Text::same(other),
    }
}

/// Everything that submissions may hold.
#[derive(Debug, Clone, Default)]
pub struct Schema {
    /// The fields of the header, in order.
    pub header: Vec<Field>,
    /// The tables, in the order of plugins and their manifests.
    pub tables: Vec<TableSchema>,
    /// The indicator dictionary.
    pub indicators: Vec<Indicator>,
    /// Code lists by name, such as `regions`.
    pub vocabularies: BTreeMap<String, Vocabulary>,
    /// Thresholds by key.
    pub parameters: Parameters,
    /// The rules that gates apply without a script.
    pub gate_rules: Vec<GateRule>,
    /// The plugins, in order.
    pub plugins: Vec<PluginInfo>,
}

/// A plugin's name and titles.
#[derive(Debug, Clone)]
pub struct PluginInfo {
    /// Its folder's name.
    pub name: String,
    /// Its title in both languages.
    pub title: Text,
}

/// A rule that a plugin's gate applies in Rust; it has no script, but a page, a clause and a source like any other.
#[derive(Debug, Clone)]
pub struct GateRule {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: Text,
    /// What it looks for, and why, for its page; may be blank.
    pub why: Text,
    /// The plugin whose gate applies it.
    pub plugin: String,
    /// The clause it cites.
    pub clause: String,
    /// Its legal source.
    pub source: String,
    /// The grade of the source.
    pub grade: String,
}

/// One table.
#[derive(Debug, Clone)]
pub struct TableSchema {
    /// Its key, such as `patents`.
    pub key: String,
    /// Its label, such as 专利台账.
    pub label: Text,
    /// What one record is called, such as 专利 and patent.
    pub one: Text,
    /// What several records are called.
    pub many: Text,
    /// The fields that identify a record for people.
    pub record_key: Vec<usize>,
    /// Kinds of submitter that must hand it in.
    pub required_for: Vec<SubmitterKind>,
    /// Its fields, in order.
    pub fields: Vec<Field>,
    /// The plugin that declares it.
    pub plugin: String,
}

/// One entry of the indicator dictionary.
#[derive(Debug, Clone)]
pub struct Indicator {
    /// Its code, such as `IND-P01`.
    pub code: String,
    /// Its name.
    pub label: String,
    /// The unit it is reported in.
    pub unit: String,
    /// 存量 or 流量.
    pub period: String,
    /// The kinds of submitter that report it.
    pub submitters: Vec<SubmitterKind>,
    /// Codes of the parts that add up to it.
    pub sum_of: Vec<String>,
    /// Codes of the totals it is part of.
    pub part_of: Vec<String>,
    /// How it is computed from other figures, in words; blank where it is counted.
    pub formula: String,
    /// Where its definition comes from.
    pub source: String,
}

impl Schema {
    /// The table of this key or label; full-width and half-width forms are one.
    pub fn table(&self, name: &str) -> Option<usize> {
        let name = fold(name);
        // A remark in brackets at the end, as in 研发与管理(企业), is no part of the name.
        let bare = name.split_once('(').map_or(name.as_str(), |(bare, _)| bare.trim());
        self.tables.iter().position(|table| {
            let label = fold(&table.label.zh);
            table.key == name || label == name || label == bare
        })
    }

    /// The header field of this key, label or alias.
    pub fn header_field(&self, name: &str) -> Option<usize> {
        find_field(&self.header, name)
    }

    /// All names a table answers to, for suggestions.
    pub fn table_names(&self) -> impl Iterator<Item = &str> {
        self.tables.iter().flat_map(|table| [table.key.as_str(), table.label.zh.as_str()])
    }
}

impl TableSchema {
    /// The field of this key, label or alias.
    pub fn field(&self, name: &str) -> Option<usize> {
        find_field(&self.fields, name)
    }

    /// All names its fields answer to, for suggestions.
    pub fn field_names(&self) -> impl Iterator<Item = &str> {
        self.fields.iter().flat_map(Field::names)
    }
}

/// The field of this key, label, script name or alias among `fields`.
pub fn find_field(fields: &[Field], name: &str) -> Option<usize> {
    // Scripts and well-kept files write names exactly; folding every name of a table is for the rest.
    let exact = fields.iter().position(|field| field.names().any(|candidate| candidate == name));
    exact.or_else(|| {
        let folded = fold(name);
        fields.iter().position(|field| field.names().any(|candidate| folds_to(candidate, &folded)))
    })
}
