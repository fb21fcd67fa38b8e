//! Which clause of the agreement is looked at by which rules, and what is not looked at, and why.

use crate::agreement::{Clause, Unchecked};
use crate::rule::{Level, Rule, Status};
use crate::rulebook::Rulebook;
use crate::schema::GateRule;

/// A clause and all that looks at it.
#[derive(Debug, Clone)]
pub struct ClauseCoverage<'a> {
    /// The clause.
    pub clause: &'a Clause,
    /// Gate rules that cite it, by id.
    pub gate: Vec<&'a GateRule>,
    /// Rules that cite it and are not retired, by id.
    pub rules: Vec<&'a Rule>,
}

impl<'a> ClauseCoverage<'a> {
    /// What of the clause is not looked at, and why.
    pub fn unchecked(&self) -> &'a [Unchecked] {
        &self.clause.unchecked
    }

    /// Whether the clause is accounted for: rules cite it, or it says why none does.
    pub fn is_accounted_for(&self) -> bool {
        !(self.gate.is_empty() && self.rules.is_empty() && self.clause.unchecked.is_empty())
    }

    /// How many rules of a level cite it.
    pub fn of_level(&self, level: Level) -> usize {
        self.rules.iter().filter(|rule| rule.level == level).count()
    }

    /// The grades of its rules' sources, best first, each once.
    pub fn grades(&self) -> Vec<&'a str> {
        let of_rules = self.rules.iter().map(|rule| rule.grade.as_str());
        let mut grades: Vec<&str> =
            self.gate.iter().map(|rule| rule.grade.as_str()).chain(of_rules).collect();
        grades.sort_unstable();
        grades.dedup();
        grades
    }
}

/// Every clause of the agreement, in its order.
pub fn coverage(book: &Rulebook) -> Vec<ClauseCoverage<'_>> {
    let of_clause = |clause| ClauseCoverage {
        clause,
        gate: book.schema.gate_rules.iter().filter(|rule| rule.clause == clause.id.0).collect(),
        rules: book
            .rules
            .iter()
            .filter(|rule| rule.clause == clause.id && rule.status != Status::Retired)
            .collect(),
    };
    book.agreement.clauses.iter().map(of_clause).collect()
}
