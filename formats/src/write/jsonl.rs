//! The report for programs as JSON Lines: one object a line, every finding as soon as it is made and none left out.
//!
//! First the run, then the findings, then what [`super::json`] says of submissions and clauses, in the same words.

use std::io;
use std::sync::Mutex;

use hegui_core::value::Date;
use hegui_core::verdict::{Finding, Verdicts};
use serde::Serialize;

use super::held::withhold;
use super::json::{self, RunInfo};

/// A report as it is being written.
pub struct JsonLines<W> {
    state: Mutex<State<W>>,
}

struct State<W> {
    out: W,
    /// The first that went wrong; nothing is written after that.
    broken: Option<io::Error>,
}

#[derive(Serialize)]
struct Line<T> {
    #[serde(rename = "type")]
    kind: &'static str,
    #[serde(flatten)]
    body: T,
}

#[derive(Serialize)]
struct Opening<'a> {
    schema_version: u32,
    #[serde(flatten)]
    run: json::Run<'a>,
}

impl<W: io::Write> JsonLines<W> {
    /// Begins a report on a run with the rulebook of this digest as of this day.
    pub fn new(out: W, run: &RunInfo, rulebook_digest: &str, as_of: Date) -> Self {
        let lines = Self { state: Mutex::new(State { out, broken: None }) };
        let opening =
            Opening { schema_version: json::SCHEMA_VERSION, run: json::run(run, rulebook_digest, as_of) };
        lines.line("run", opening);
        lines
    }

    /// Writes a finding of a package that is not held.
    pub fn finding(&self, finding: &Finding) {
        self.line("finding", json::finding(finding));
    }

    /// Writes what is left to say once all has been judged.
    ///
    /// # Errors
    ///
    /// Whatever went wrong first while writing.
    pub fn finish(self, verdicts: &Verdicts) -> io::Result<()> {
        let verdicts = withhold(verdicts);
        for finding in &verdicts.findings {
            self.finding(finding);
        }
        for verdict in &verdicts.submissions {
            self.line("submission", json::submission(verdict));
        }
        for clause in &verdicts.clauses {
            self.line("clause", clause);
        }
        let mut state = self.state.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
        state.broken.map_or_else(|| state.out.flush(), Err)
    }

    fn line(&self, kind: &'static str, body: impl Serialize) {
        let mut state = self.state.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if state.broken.is_some() {
            return;
        }
        let written = serde_json::to_writer(&mut state.out, &Line { kind, body })
            .map_err(io::Error::from)
            .and_then(|()| state.out.write_all(b"\n"));
        state.broken = written.err();
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;

    #[test]
    fn says_what_the_json_report_says() {
        let verdicts = sample::verdicts();
        let mut out = Vec::new();
        let lines = JsonLines::new(&mut out, &sample::run(), &verdicts.rulebook_digest, verdicts.as_of);
        lines.finish(&verdicts).unwrap();
        let lines = String::from_utf8(out).unwrap();
        let mut report = Vec::new();
        json::write(&mut report, &verdicts, &sample::run()).unwrap();
        let report: serde_json::Value = serde_json::from_slice(&report).unwrap();

        let of_kind = |kind: &str| -> Vec<serde_json::Value> {
            let values = lines.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
            let bare = |mut value: serde_json::Value| {
                value.as_object_mut().unwrap().remove("type").filter(|found| found == kind).map(|_| value)
            };
            values.filter_map(bare).collect()
        };
        for (kind, list) in [("finding", "findings"), ("submission", "submissions"), ("clause", "clauses")] {
            assert_eq!(serde_json::Value::Array(of_kind(kind)), report[list], "{kind}");
        }
        assert_eq!(of_kind("run")[0]["rulebook_digest"], report["run"]["rulebook_digest"]);
        assert_eq!(of_kind("run")[0]["schema_version"], 1);
    }

    #[test]
    fn what_cannot_be_written_is_an_error() {
        struct Full;
        impl io::Write for Full {
            fn write(&mut self, _: &[u8]) -> io::Result<usize> {
                Err(io::Error::other("full"))
            }
            fn flush(&mut self) -> io::Result<()> {
                Ok(())
            }
        }
        let verdicts = sample::verdicts();
        let lines = JsonLines::new(Full, &sample::run(), "", verdicts.as_of);
        assert!(lines.finish(&verdicts).is_err());
    }
}
