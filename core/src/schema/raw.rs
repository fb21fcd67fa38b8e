//! Manifests as they are written, before anything is checked. Spans survive, so that a later message finds its line.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

use super::parameter::Origin;
use crate::toml_source::Day;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Manifest {
    pub(crate) name: Spanned<String>,
    pub(crate) title: String,
    pub(crate) title_en: String,
    #[serde(default)]
    pub(crate) header: Vec<RawField>,
    #[serde(default)]
    pub(crate) tables: BTreeMap<Spanned<String>, RawTable>,
    #[serde(default)]
    pub(crate) indicators: Vec<RawIndicator>,
    #[serde(default)]
    pub(crate) parameters: Vec<RawParameter>,
    #[serde(default)]
    pub(crate) vocabularies: BTreeMap<Spanned<String>, RawVocabulary>,
    #[serde(default)]
    pub(crate) gate: Vec<RawGateRule>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawTable {
    pub(crate) label: Spanned<String>,
    pub(crate) label_en: String,
    pub(crate) one: String,
    pub(crate) one_en: String,
    pub(crate) many_en: String,
    pub(crate) key: Vec<Spanned<String>>,
    #[serde(default)]
    pub(crate) required_for: Vec<Spanned<String>>,
    pub(crate) fields: Vec<RawField>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawField {
    pub(crate) key: Spanned<String>,
    pub(crate) label: Spanned<String>,
    #[serde(default)]
    pub(crate) label_en: String,
    pub(crate) script: Option<Spanned<String>>,
    #[serde(rename = "type")]
    pub(crate) ty: Spanned<String>,
    #[serde(default)]
    pub(crate) required: bool,
    pub(crate) unit: Option<String>,
    pub(crate) allowed: Option<Spanned<Vec<toml::Value>>>,
    pub(crate) labels: Option<Spanned<Vec<String>>>,
    pub(crate) items: Option<Spanned<String>>,
    pub(crate) fields: Option<Vec<RawField>>,
    #[serde(default)]
    pub(crate) aliases: Vec<String>,
    #[serde(default)]
    pub(crate) private: bool,
    #[serde(default)]
    pub(crate) origin: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawIndicator {
    pub(crate) code: Spanned<String>,
    pub(crate) label: String,
    pub(crate) unit: String,
    pub(crate) period: String,
    #[serde(default)]
    pub(crate) submitters: Vec<Spanned<String>>,
    #[serde(default)]
    pub(crate) sum_of: Vec<Spanned<String>>,
    #[serde(default)]
    pub(crate) part_of: Vec<Spanned<String>>,
    #[serde(default)]
    pub(crate) formula: String,
    #[serde(default)]
    pub(crate) source: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawParameter {
    pub(crate) key: Spanned<String>,
    pub(crate) label: String,
    #[serde(default)]
    pub(crate) label_en: String,
    #[serde(rename = "type")]
    pub(crate) ty: Spanned<String>,
    pub(crate) value: Option<Spanned<toml::Value>>,
    pub(crate) unit: Option<String>,
    pub(crate) origin: Spanned<Origin>,
    #[serde(default)]
    pub(crate) source: String,
    #[serde(default)]
    pub(crate) grade: String,
    pub(crate) from: Option<Day>,
    pub(crate) to: Option<Day>,
    #[serde(default)]
    pub(crate) note: String,
}

/// `rules/parameters/<year>.toml`: values that hold for one report year.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ParameterFile {
    #[serde(default)]
    pub(crate) parameters: Vec<RawOverride>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawOverride {
    pub(crate) key: Spanned<String>,
    pub(crate) value: Spanned<toml::Value>,
    pub(crate) origin: Spanned<Origin>,
    pub(crate) source: String,
    pub(crate) grade: String,
    pub(crate) from: Option<Day>,
    pub(crate) to: Option<Day>,
    #[serde(default)]
    pub(crate) note: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawVocabulary {
    pub(crate) label: String,
    pub(crate) file: Spanned<String>,
    #[serde(default)]
    pub(crate) source: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawGateRule {
    pub(crate) id: String,
    pub(crate) title: String,
    #[serde(default)]
    pub(crate) title_en: String,
    #[serde(default)]
    pub(crate) why: String,
    #[serde(default)]
    pub(crate) why_en: String,
    pub(crate) clause: String,
    pub(crate) source: String,
    pub(crate) grade: String,
}
