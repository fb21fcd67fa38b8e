//! What was said of a submission before, so that what has not changed is not judged again.
//!
//! The engine does not know where it is kept, nor by what a package is known to be unchanged. It says on which packages
//! a verdict rests; whoever keeps it answers for all else that the verdict rests on: the rulebook, the program, the day,
//! the options.

use serde::{Deserialize, Serialize};

use crate::verdict::{Finding, RuleOutcome, Severity};

/// Where verdicts on submissions are kept from run to run. Nothing of a held package comes here.
pub trait Memory: Sync {
    /// What the rules on one submission said of it.
    fn recall(&self, subject: &Subject<'_>) -> Option<Vec<Said>>;

    /// Keeps what the rules on one submission said of it.
    fn remember(&self, subject: &Subject<'_>, said: &[Said]);
}

/// A submission, and the packages that a verdict on it rests on.
#[derive(Debug, Clone, Copy)]
pub struct Subject<'a> {
    /// Its id in this run; findings bear it.
    pub id: &'a str,
    /// The number of its package.
    pub package: usize,
    /// The number of the package of the year before, if there is one.
    pub previous: Option<usize>,
}

/// What one rule said of a submission.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Said {
    /// Its outcome.
    pub outcome: RuleOutcome,
    /// Its findings, as many as were to be made.
    pub findings: Vec<Finding>,
    /// How many more there are.
    pub more: usize,
    /// How grave these are.
    pub severity: Severity,
}
