//! Examples: the small cases in a rule's head, which are its test and its documentation.

use crate::diagnostic::Diagnostic;
use crate::schema::{Parameter, Schema};
use crate::submission::{Intake, Layout, Raw, ReadProblemKind, Submission};
use crate::text::Text;
use crate::value::Date;
use crate::verdict::{Location, Outcome, RuleId};

/// One example, ready to run.
#[derive(Debug, Clone)]
pub struct Example {
    /// What it shows; may be blank.
    pub note: String,
    /// The example as it stands in the rule's head.
    pub written: toml::Table,
    /// The outcome a person expects.
    pub outcome: Outcome,
    /// The submissions: the one judged first, then others of the batch.
    pub(crate) batch: Vec<Submission>,
    /// Whether the second submission is that of the year before.
    pub(crate) with_previous: bool,
    /// Parameters set for this example alone.
    pub(crate) parameters: Vec<Parameter>,
    pub(crate) as_of: Date,
    /// Where it stands in the rule's file.
    pub(crate) span: std::ops::Range<usize>,
}

/// What came of running an example.
#[derive(Debug, Clone)]
pub struct ExampleResult {
    /// The rule.
    pub rule: RuleId,
    /// The number of the example in the rule, counted from 1.
    pub number: usize,
    /// What the person expects.
    pub expected: Outcome,
    /// What the rule says.
    pub found: Outcome,
    /// What the rule says in words: messages of findings, or reasons.
    pub says: Vec<Text>,
    /// The mismatch as a message with its place; none where both agree.
    pub mismatch: Option<Diagnostic>,
}

/// Builds a submission from tables of TOML. `Err` holds what the schema does not know.
pub(super) fn submission(
    schema: &Schema,
    header: Option<&toml::Table>,
    tables: &[(String, Vec<toml::Table>)],
) -> Result<Submission, Text> {
    let mut intake = Intake::new(schema, "");
    for (name, value) in header.into_iter().flatten() {
        let place = Location { path: Some(format!("header.{name}")), ..Location::default() };
        intake.header_entry(name, &raw(value), place);
    }
    for (name, records) in tables {
        let layout = Layout::Document { file: String::new(), path: format!("tables.{name}") };
        let Some(mut table) = intake.open_table(name, layout, Location::default()) else { continue };
        for (at, record) in records.iter().enumerate() {
            let entries: Vec<(String, Raw<'_>)> =
                record.iter().map(|(name, value)| (name.clone(), raw(value))).collect();
            table.record(u32::try_from(at).unwrap_or(u32::MAX), &entries);
        }
        intake.close_table(table);
    }
    let submission = intake.finish();
    // An example gives only what its rule needs, and may give something unreadable on purpose; but a name that the
    // schema does not know is a slip.
    let slip = submission.problems.iter().find(|problem| {
        matches!(
            problem.kind,
            ReadProblemKind::UnknownColumn { .. }
                | ReadProblemKind::UnknownTable { .. }
                | ReadProblemKind::UnknownHeaderField { .. }
                | ReadProblemKind::DuplicateColumn { .. }
                | ReadProblemKind::DuplicateTable { .. }
        )
    });
    match slip {
        Some(problem) => Err(problem.kind.message()),
        None => Ok(submission),
    }
}

/// A TOML value as a reader would hand it in.
fn raw(value: &toml::Value) -> Raw<'_> {
    match value {
        toml::Value::String(text) => Raw::Text(text.into()),
        toml::Value::Integer(n) => Raw::Integer(*n),
        toml::Value::Float(n) => Raw::Float(*n),
        toml::Value::Boolean(b) => Raw::Boolean(*b),
        toml::Value::Datetime(date) => match crate::toml_source::to_date(date) {
            Some(date) => Raw::Date(date),
            None => Raw::Text(date.to_string().into()),
        },
        toml::Value::Array(items) => Raw::List(items.iter().map(raw).collect()),
        toml::Value::Table(fields) => {
            Raw::Object(fields.iter().map(|(name, value)| (name.clone(), raw(value))).collect())
        }
    }
}
