//! The agreement and its clauses: data, read from `rules/agreement.toml`.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::text::Text;
use crate::toml_source::Day;

/// The number of a clause, such as `议定书-4`. The numbering is ours; the source is a news report.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ClauseId(pub String);

impl fmt::Display for ClauseId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Who may hand in a submission.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SubmitterKind {
    /// 省
    Province,
    /// 市州
    City,
    /// 县区
    County,
    /// 企业
    Enterprise,
    /// 园区
    Park,
}

impl SubmitterKind {
    /// All kinds, in the order reports list them.
    pub const ALL: [Self; 5] = [Self::Province, Self::City, Self::County, Self::Enterprise, Self::Park];

    /// The key used in files: `province`, `city`, `county`, `enterprise`, `park`.
    pub fn key(self) -> &'static str {
        match self {
            Self::Province => "province",
            Self::City => "city",
            Self::County => "county",
            Self::Enterprise => "enterprise",
            Self::Park => "park",
        }
    }

    /// The Chinese word.
    pub fn label(self) -> &'static str {
        match self {
            Self::Province => "省",
            Self::City => "市州",
            Self::County => "县区",
            Self::Enterprise => "企业",
            Self::Park => "园区",
        }
    }

    /// The kind whose key is `key`.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.key() == key)
    }
}

/// The agreement as data.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Agreement {
    /// Its title.
    pub title: String,
    /// Its title in English.
    pub title_en: String,
    /// The day it was signed.
    pub signed: Day,
    /// Where its text is known from.
    pub source: String,
    /// Its clauses, in order.
    #[serde(rename = "clause")]
    pub clauses: Vec<Clause>,
}

/// One clause of the agreement.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Clause {
    /// Its number.
    pub id: ClauseId,
    /// Its words, as reported.
    pub text: String,
    /// A short English gloss.
    pub gloss: String,
    /// Whom it concerns.
    pub actors: Vec<String>,
    /// What kind of promise it is; most are qualitative and hold no number.
    pub kind: String,
    /// What must be borne in mind when it is cited.
    #[serde(default)]
    pub note: String,
    /// What of it no rule looks at, and why.
    #[serde(default)]
    pub unchecked: Vec<Unchecked>,
}

/// A part of a clause that no rule looks at.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Unchecked {
    /// What is not looked at.
    pub what: String,
    /// The same in English.
    pub what_en: String,
    /// Why not.
    pub why: WhyUnchecked,
}

/// Why something is not looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum WhyUnchecked {
    /// The words of the agreement, or of what it refers to, were not found.
    NoText,
    /// Submissions do not hold it.
    NoData,
    /// Neither statute nor document says what is right.
    NoBasis,
    /// It is not for this system to look at.
    ByDesign,
}

impl WhyUnchecked {
    /// All reasons, in the order reports list them.
    pub const ALL: [Self; 4] = [Self::NoText, Self::NoData, Self::NoBasis, Self::ByDesign];

    /// The words for people.
    pub fn label(self) -> Text {
        match self {
            Self::NoText => Text::new("没有见到文本", "the text was not found"),
            Self::NoData => Text::new("报送里没有这项数据", "submissions do not hold it"),
            Self::NoBasis => Text::new("没有判断的依据", "there is no basis to judge by"),
            Self::ByDesign => Text::new("本系统不该查", "not for this system to look at"),
        }
    }
}

impl Agreement {
    /// The clause of this number.
    pub fn clause(&self, id: &ClauseId) -> Option<&Clause> {
        self.clauses.iter().find(|clause| &clause.id == id)
    }

    /// The place of a clause in the agreement, for sorting reports.
    pub fn position(&self, id: &ClauseId) -> usize {
        self.clauses.iter().position(|clause| &clause.id == id).unwrap_or(usize::MAX)
    }
}
