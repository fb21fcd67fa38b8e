//! The report for programs, `--format json`: one object with a fixed order of keys.
//!
//! `docs/json-report.md` describes every key. A change that a reader of the report would notice raises
//! [`SCHEMA_VERSION`]; a new optional key does not.

use std::collections::BTreeMap;
use std::io;

use hegui_core::agreement::ClauseId;
use hegui_core::gate::HeldReason;
use hegui_core::text::Text;
use hegui_core::value::Date;
use hegui_core::verdict::{
    ClauseTally, Finding, LeftOut, Location, Outcome, RuleId, RuleOutcome, Severity, SubmissionVerdict,
    Verdicts,
};
use serde::Serialize;

use super::held::withhold;

/// The version of the report's shape.
pub const SCHEMA_VERSION: u32 = 1;

/// What the report says of the run itself.
#[derive(Debug, Clone, Default)]
pub struct RunInfo {
    /// The program and its version, such as `hegui 0.1.0`.
    pub engine: String,
    /// The options that shape the result, by name.
    pub options: BTreeMap<String, String>,
}

/// Writes the report, pretty-printed by two spaces and ended by a newline.
pub fn write(out: &mut dyn io::Write, verdicts: &Verdicts, run: &RunInfo) -> io::Result<()> {
    let verdicts = withhold(verdicts);
    let report = Report {
        schema_version: SCHEMA_VERSION,
        run: self::run(run, &verdicts.rulebook_digest, verdicts.as_of),
        submissions: verdicts.submissions.iter().map(|verdict| submission(verdict)).collect(),
        findings: verdicts.findings.iter().map(finding).collect(),
        left_out: &verdicts.left_out,
        clauses: &verdicts.clauses,
    };
    serde_json::to_writer_pretty(&mut *out, &report)?;
    out.write_all(b"\n")
}

#[derive(Serialize)]
struct Report<'a> {
    schema_version: u32,
    run: Run<'a>,
    submissions: Vec<JsonSubmission<'a>>,
    findings: Vec<JsonFinding<'a>>,
    #[serde(skip_serializing_if = "<[LeftOut]>::is_empty")]
    left_out: &'a [LeftOut],
    clauses: &'a [ClauseTally],
}

/// What is said of the run.
pub(super) fn run<'a>(run: &'a RunInfo, rulebook_digest: &'a str, as_of: Date) -> Run<'a> {
    Run { engine: &run.engine, rulebook_digest, as_of: as_of.to_string(), options: &run.options }
}

#[derive(Serialize)]
pub(super) struct Run<'a> {
    engine: &'a str,
    rulebook_digest: &'a str,
    as_of: String,
    options: &'a BTreeMap<String, String>,
}

#[derive(Serialize)]
pub(super) struct JsonSubmission<'a> {
    id: &'a str,
    submitter: JsonSubmitter<'a>,
    year: Option<i32>,
    source: &'a str,
    held: bool,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    hold: Vec<JsonHold<'a>>,
    outcomes: Vec<JsonOutcome<'a>>,
}

#[derive(Serialize)]
struct JsonSubmitter<'a> {
    kind: Option<&'static str>,
    code: &'a str,
    name: &'a str,
}

#[derive(Serialize)]
struct JsonHold<'a> {
    rule: &'a RuleId,
    file: usize,
    place: &'a str,
    place_en: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    offset: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    length: Option<usize>,
    sha256: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    why: Option<&'a Text>,
}

#[derive(Serialize)]
struct JsonOutcome<'a> {
    rule: &'a RuleId,
    clause: Option<&'a ClauseId>,
    outcome: Outcome,
    findings: usize,
    #[serde(skip_serializing_if = "<[Text]>::is_empty")]
    reasons: &'a [Text],
}

#[derive(Serialize)]
pub(super) struct JsonFinding<'a> {
    rule: &'a RuleId,
    clause: Option<&'a ClauseId>,
    severity: Severity,
    #[serde(skip_serializing_if = "Option::is_none")]
    trial: Option<bool>,
    submission: Option<&'a str>,
    message: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    message_en: Option<&'a str>,
    location: &'a Location,
    #[serde(skip_serializing_if = "Option::is_none")]
    key: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    found: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    expected: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    difference: Option<&'a str>,
    fingerprint: &'a str,
}

pub(super) fn submission<'a>(verdict: &'a SubmissionVerdict) -> JsonSubmission<'a> {
    JsonSubmission {
        id: &verdict.id,
        submitter: JsonSubmitter {
            kind: verdict.submitter.kind.map(|kind| kind.key()),
            code: &verdict.submitter.code,
            name: &verdict.submitter.name,
        },
        year: verdict.year,
        source: &verdict.source,
        held: verdict.held,
        hold: verdict.hold.iter().map(hold).collect(),
        outcomes: verdict.outcomes.iter().map(outcome).collect(),
    }
}

fn hold(reason: &HeldReason) -> JsonHold<'_> {
    JsonHold {
        rule: &reason.rule,
        file: reason.file,
        place: &reason.place.zh,
        place_en: &reason.place.en,
        offset: reason.offset,
        length: reason.length,
        sha256: &reason.sha256,
        why: reason.why.as_ref(),
    }
}

fn outcome(outcome: &RuleOutcome) -> JsonOutcome<'_> {
    JsonOutcome {
        rule: &outcome.rule,
        clause: outcome.clause.as_ref(),
        outcome: outcome.outcome,
        findings: outcome.findings,
        reasons: &outcome.reasons,
    }
}

pub(super) fn finding(finding: &Finding) -> JsonFinding<'_> {
    let Text { zh, en } = &finding.message;
    JsonFinding {
        rule: &finding.rule,
        clause: finding.clause.as_ref(),
        severity: finding.severity,
        trial: finding.trial.then_some(true),
        submission: finding.submission.as_deref(),
        message: zh,
        message_en: (!en.is_empty() && en != zh).then_some(en),
        location: &finding.location,
        key: finding.key.as_deref(),
        found: finding.found.as_deref(),
        expected: finding.expected.as_deref(),
        difference: finding.difference.as_deref(),
        fingerprint: &finding.fingerprint,
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;

    fn render() -> String {
        let mut out = Vec::new();
        write(&mut out, &sample::verdicts(), &sample::run()).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn writes_the_sample() {
        sample::assert_snapshot("json", "the sample verdicts as --format json", &render());
    }

    #[test]
    fn ends_with_one_newline_and_parses() {
        let text = render();
        assert!(text.ends_with("}\n") && !text.ends_with("\n\n"));
        let value: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!(value["schema_version"], 1);
    }

    #[test]
    fn every_key_is_documented() {
        const PAGE: &str = include_str!("../../../docs/json-report.md");
        let value: serde_json::Value = serde_json::from_str(&render()).unwrap();
        let mut open = vec![&value];
        while let Some(value) = open.pop() {
            match value {
                serde_json::Value::Array(items) => open.extend(items),
                serde_json::Value::Object(entries) => {
                    for (key, value) in entries {
                        // The names of options are the program's, not the report's.
                        if key != "options" {
                            open.push(value);
                        }
                        let forms = [
                            format!("`{key}`"),
                            format!("`submitter.{key}`"),
                            format!("{{{key}, "),
                            format!(", {key}}}"),
                        ];
                        assert!(forms.iter().any(|form| PAGE.contains(form)), "{key} is not documented");
                    }
                }
                _ => {}
            }
        }
    }
}
