//! What a report needs beside the verdicts.

use std::collections::BTreeMap;

use hegui_core::agreement::Agreement;
use hegui_core::text::Text;
use hegui_core::verdict::{RuleId, Severity, SubmissionVerdict};

/// The words that verdicts only name: clauses and titles of rules.
#[derive(Debug, Clone)]
pub struct Book<'a> {
    /// The agreement whose clauses the rules cite.
    pub agreement: &'a Agreement,
    /// The rules of this run. A rule that is missing here is reported by its id alone.
    pub rules: BTreeMap<RuleId, RuleTitle>,
}

/// What a report says of a rule beside its id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleTitle {
    /// What the rule demands, in one sentence.
    pub title: Text,
    /// The statute, standard or notice it rests on.
    pub source: String,
    /// How good that source is: `A` for a statute, and so on; as the rule's head says.
    pub grade: String,
    /// How grave a finding of this rule is.
    pub severity: Severity,
}

/// The number of a held package among all packages of the run.
pub(crate) fn package_number(verdict: &SubmissionVerdict) -> Option<usize> {
    if verdict.held { verdict.source.parse().ok() } else { None }
}
