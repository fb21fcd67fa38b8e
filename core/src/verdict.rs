//! What a check says: outcomes, findings and where they are. Reports read these types and change nothing.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::agreement::{ClauseId, SubmitterKind};
use crate::gate::HeldReason;
use crate::text::Text;
use crate::value::Date;

/// The id of a rule, such as `PAT-008`; `READ` stands for what was found while reading a package.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RuleId(pub String);

impl RuleId {
    /// The pseudo-rule under which reading problems are reported.
    pub fn read() -> Self {
        Self("READ".to_string())
    }
}

impl fmt::Display for RuleId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The outcome of one rule on one submission.
///
/// The order is the order of precedence when several records of one submission differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// 规则出错: the rule itself broke; nothing is said of the data.
    Error,
    /// 不符合
    Fail,
    /// 无法判定: a parameter is unset, a needed cell is empty or unreadable, last year is missing.
    CannotDecide,
    /// 符合
    Pass,
    /// 不适用
    NotApplicable,
}

impl Outcome {
    /// All outcomes in the order of the JSON report's clause table.
    pub const ALL: [Self; 5] = [Self::Pass, Self::Fail, Self::CannotDecide, Self::NotApplicable, Self::Error];

    /// The word for people.
    pub fn label(self) -> Text {
        match self {
            Self::Pass => Text::new("符合", "pass"),
            Self::Fail => Text::new("不符合", "fail"),
            Self::CannotDecide => Text::new("无法判定", "cannot decide"),
            Self::NotApplicable => Text::new("不适用", "not applicable"),
            Self::Error => Text::new("规则出错", "rule error"),
        }
    }

    /// The word in files: `pass`, `fail`, `cannot_decide`, `not_applicable`, `error`.
    pub fn key(self) -> &'static str {
        match self {
            Self::Pass => "pass",
            Self::Fail => "fail",
            Self::CannotDecide => "cannot_decide",
            Self::NotApplicable => "not_applicable",
            Self::Error => "error",
        }
    }
}

/// How grave a failed rule is. `Stop` belongs to the secrecy gate and holds the whole package.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// For information; nothing has to be mended.
    Info,
    /// To be looked at; does not reject a submission.
    Warn,
    /// Must be mended.
    Error,
    /// Holds the package: nothing more of it is read or repeated.
    Stop,
}

impl Severity {
    /// The word for people.
    pub fn label(self) -> Text {
        match self {
            Self::Info => Text::new("提示", "info"),
            Self::Warn => Text::new("警告", "warning"),
            Self::Error => Text::new("错误", "error"),
            Self::Stop => Text::new("封存", "stop"),
        }
    }

    /// The word in files: `info`, `warn`, `error`, `stop`.
    pub fn key(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Warn => "warn",
            Self::Error => "error",
            Self::Stop => "stop",
        }
    }
}

/// Where a finding is. All parts that are known are given; rows and columns count from 1 as the file shows them.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
pub struct Location {
    /// The file, as it was named on the command line or found in a folder.
    pub file: String,
    /// The sheet of a workbook.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sheet: Option<String>,
    /// The cell of a sheet, such as `F12`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cell: Option<String>,
    /// The line of a text file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<u32>,
    /// The column of a CSV file, counted in fields.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<u32>,
    /// The path in a JSON or TOML document, such as `tables.patents[2].grant_date`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// The table's key.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub table: Option<String>,
    /// The record's number: the file's own row number, blank rows counted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub record: Option<u32>,
    /// The field's key.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
}

impl Location {
    /// A place known only by its file.
    pub fn file(file: impl Into<String>) -> Self {
        Self { file: file.into(), ..Self::default() }
    }

    /// The short form that people read and fixtures assert: `专利台账!F12`, `patents.csv:3:5`,
    /// `tables.patents[2].type`; empty for a whole submission.
    pub fn short(&self) -> String {
        match (&self.sheet, &self.cell, &self.path) {
            (Some(sheet), Some(cell), _) => format!("{sheet}!{cell}"),
            (Some(sheet), None, _) => sheet.clone(),
            (None, _, Some(path)) => path.clone(),
            _ => match (self.line, self.column) {
                (Some(line), Some(column)) => format!("{}:{line}:{column}", file_name(&self.file)),
                (Some(line), None) => format!("{}:{line}", file_name(&self.file)),
                _ => String::new(),
            },
        }
    }
}

fn file_name(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or(path)
}

/// The cells beside a finding, so that a report can show the place without opening the file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Excerpt {
    /// Labels of the columns shown.
    pub headings: Vec<String>,
    /// The record's cells in those columns, as text.
    pub cells: Vec<String>,
    /// Which of them is meant, if one is.
    pub marked: Option<usize>,
}

/// One place where a rule failed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// The rule.
    pub rule: RuleId,
    /// The clause it cites; none for reading problems.
    pub clause: Option<ClauseId>,
    /// How grave it is.
    pub severity: Severity,
    /// Whether the rule is in `trial`: reported, but without effect on the exit code.
    pub trial: bool,
    /// The submission's id; none when the whole batch is meant.
    pub submission: Option<String>,
    /// What is wrong and what to do.
    pub message: Text,
    /// Where.
    pub location: Location,
    /// The key of the record (an application number), for people.
    pub key: Option<String>,
    /// What stands there.
    pub found: Option<String>,
    /// What should stand there.
    pub expected: Option<String>,
    /// `found − expected`, for numbers.
    pub difference: Option<String>,
    /// Equal in two runs when the same rule fails at the same record with the same content.
    pub fingerprint: String,
    /// The record's neighbouring cells.
    pub excerpt: Option<Excerpt>,
}

/// Why a rule could not decide, does not apply or broke, in the words of the report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleOutcome {
    /// The rule.
    pub rule: RuleId,
    /// The clause it cites.
    pub clause: Option<ClauseId>,
    /// The outcome.
    pub outcome: Outcome,
    /// Whether the rule is in `trial`.
    pub trial: bool,
    /// How many findings it has.
    pub findings: usize,
    /// Reasons for anything but `pass` and `fail`, sorted, without repetition.
    pub reasons: Vec<Text>,
}

/// Who handed a submission in.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Submitter {
    /// The kind; none where the header does not say.
    pub kind: Option<SubmitterKind>,
    /// The region code or unified social credit code, as written.
    pub code: String,
    /// The name, as written.
    pub name: String,
}

/// The outcomes of all rules on one submission.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SubmissionVerdict {
    /// The submission's id in this run, unique and stable.
    pub id: String,
    /// Who handed it in; blank for a held package.
    pub submitter: Submitter,
    /// The report year; none where the header does not say.
    pub year: Option<i32>,
    /// The package; for a held one only its number in the batch.
    pub source: String,
    /// Whether the gate or a stop rule holds it.
    pub held: bool,
    /// Why it is held: where the gate stopped, or which files a stop rule holds. The engine knows no files; whoever
    /// delivers packages names them.
    pub hold: Vec<HeldReason>,
    /// One entry a rule.
    pub outcomes: Vec<RuleOutcome>,
}

impl SubmissionVerdict {
    /// Where the gate stopped.
    pub fn gate_reasons(&self) -> impl Iterator<Item = &HeldReason> {
        self.hold.iter().filter(|reason| reason.is_by_gate())
    }
}

/// How often each outcome occurred under one clause.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ClauseTally {
    /// The clause.
    pub id: ClauseId,
    /// 符合
    pub pass: usize,
    /// 不符合
    pub fail: usize,
    /// 无法判定
    pub cannot_decide: usize,
    /// 不适用
    pub not_applicable: usize,
    /// 规则出错
    pub error: usize,
}

impl ClauseTally {
    /// How often `outcome` occurred.
    pub fn get(&self, outcome: Outcome) -> usize {
        match outcome {
            Outcome::Pass => self.pass,
            Outcome::Fail => self.fail,
            Outcome::CannotDecide => self.cannot_decide,
            Outcome::NotApplicable => self.not_applicable,
            Outcome::Error => self.error,
        }
    }

    pub(crate) fn add(&mut self, outcome: Outcome) {
        *match outcome {
            Outcome::Pass => &mut self.pass,
            Outcome::Fail => &mut self.fail,
            Outcome::CannotDecide => &mut self.cannot_decide,
            Outcome::NotApplicable => &mut self.not_applicable,
            Outcome::Error => &mut self.error,
        } += 1;
    }
}

/// Findings of one rule that were counted and not kept.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct LeftOut {
    /// The submission's id; none when the whole batch is meant.
    pub submission: Option<String>,
    /// The rule.
    pub rule: RuleId,
    /// How grave they are.
    pub severity: Severity,
    /// Whether the rule is in `trial`.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub trial: bool,
    /// How many they are.
    pub count: usize,
}

/// Everything one run says, sorted: submissions by submitter and year, findings by submission, clause, rule, place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdicts {
    /// The day taken for today.
    pub as_of: Date,
    /// SHA-256 of the rulebook's sources, in hex.
    pub rulebook_digest: String,
    /// Every package of the batch.
    pub submissions: Vec<SubmissionVerdict>,
    /// The places where a rule failed, as many as were to be kept.
    pub findings: Vec<Finding>,
    /// How many more there are, by submission and rule.
    pub left_out: Vec<LeftOut>,
    /// Every clause of the agreement, in its order, those without rules too.
    pub clauses: Vec<ClauseTally>,
}

impl Verdicts {
    /// How many findings there are of rules that are on trial, or are not, and of a severity that is meant; those that
    /// were not kept among them.
    pub fn count(&self, trial: bool, is_meant: impl Fn(Severity) -> bool) -> usize {
        let kept = self.findings.iter().filter(|one| one.trial == trial && is_meant(one.severity)).count();
        let left_out = self.left_out.iter().filter(|one| one.trial == trial && is_meant(one.severity));
        kept + left_out.map(|one| one.count).sum::<usize>()
    }
}
