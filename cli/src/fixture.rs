//! Fixtures: submissions whose verdicts a person has written down, in `expected.toml` beside them.
//!
//! The verdict stands in the fixture, so that accepting a snapshot of the report can never change it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use hegui_core::diagnostic::SourceFile;
use hegui_core::engine::{self, Keep};
use hegui_core::prove::Way;
use hegui_core::rulebook::Rulebook;
use hegui_core::text::Text;
use hegui_core::toml_source;
use hegui_core::verdict::{Outcome, RuleId, Verdicts};
use hegui_formats::{package, write};
use indicatif::ProgressBar;
use serde::Deserialize;

use crate::check::{self, Work};
use crate::messages::Failure;
use crate::source::{read_text, shown};

/// The file that makes a folder a fixture.
const EXPECTED: &str = "expected.toml";

/// What a person says must come out.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Expected {
    /// What the fixture shows.
    pub note: String,
    /// The day on which it is judged, as `2021-04-15`.
    pub as_of: toml_source::Day,
    /// Other fixtures' folders in the same batch, relative to this one: last year, other submitters.
    #[serde(default)]
    pub with: Vec<String>,
    /// Whether the package must be held.
    #[serde(default)]
    pub held: bool,
    /// Every rule that must fail.
    #[serde(default)]
    pub fail: BTreeSet<RuleId>,
    /// Every rule that cannot decide.
    #[serde(default)]
    pub cannot_decide: BTreeSet<RuleId>,
    /// Rules that must not apply; others may not apply either.
    #[serde(default)]
    pub not_applicable: BTreeSet<RuleId>,
    /// Every place where a rule must fail.
    #[serde(default, rename = "finding")]
    pub findings: Vec<ExpectedFinding>,
}

/// One place where a rule must fail.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExpectedFinding {
    /// The rule.
    pub rule: RuleId,
    /// The place in its short form, such as `专利台账!F12`; blank for a whole submission.
    pub at: String,
}

/// A fixture on disk.
#[derive(Debug, Clone)]
pub struct Fixture {
    /// Its folder.
    pub folder: PathBuf,
    /// What must come out.
    pub expected: Expected,
}

/// What came of running a fixture.
#[derive(Debug)]
pub struct FixtureResult {
    /// Verdicts on its own packages alone.
    pub verdicts: Verdicts,
    /// Where verdict and expectation differ; none if they agree.
    pub differences: Vec<Text>,
}

/// All fixtures under a folder, sorted by path.
pub fn find(folder: &Path) -> Result<Vec<Fixture>, Failure> {
    let mut folders = Vec::new();
    walk(folder, &mut folders).map_err(|error| {
        Failure::other(
            format!("打不开 {}：{error}", shown(folder)),
            format!("cannot open {}: {error}", shown(folder)),
        )
    })?;
    folders.sort();
    folders
        .into_iter()
        .map(|folder| {
            let path = folder.join(EXPECTED);
            let text = read_text(&path)?;
            let expected = toml_source::parse(&text).map_err(|problem| {
                Failure::Rulebook(vec![
                    problem.diagnostic("X001", &SourceFile::new(shown(&path), text.as_str())),
                ])
            })?;
            Ok(Fixture { folder, expected })
        })
        .collect()
}

fn walk(folder: &Path, found: &mut Vec<PathBuf>) -> std::io::Result<()> {
    if folder.join(EXPECTED).is_file() {
        found.push(folder.to_path_buf());
        return Ok(());
    }
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            walk(&path, found)?;
        }
    }
    Ok(())
}

/// Runs a fixture and holds the verdicts against what its person expects.
pub fn run(book: &Rulebook, fixture: &Fixture) -> FixtureResult {
    let own = shown(&fixture.folder);
    let mut paths = vec![own.clone()];
    paths.extend(fixture.expected.with.iter().map(|other| shown(&beside(&fixture.folder, other))));
    let found = package::discover(&paths);
    let numbers: BTreeSet<usize> = found
        .iter()
        .enumerate()
        .filter(|(_, found)| is_within(found.path(), &own))
        .map(|(at, _)| at + 1)
        .collect();
    let work = Work {
        as_of: fixture.expected.as_of.0,
        way: Way::Prove,
        keep: Keep::All,
        cache: None,
        progress: &ProgressBar::hidden(),
    };
    let mut verdicts = check::check(book, &found, &work);
    verdicts.submissions.retain(|submission| {
        if submission.held {
            submission.source.parse().is_ok_and(|number| numbers.contains(&number))
        } else {
            is_within(&submission.source, &own)
        }
    });
    let ids: BTreeSet<String> = verdicts.submissions.iter().map(|submission| submission.id.clone()).collect();
    verdicts.findings.retain(|finding| finding.submission.as_ref().is_none_or(|id| ids.contains(id)));
    verdicts.clauses = engine::tally(book, &verdicts.submissions);
    let differences = compare(&fixture.expected, &verdicts);
    relative(&mut verdicts, &own);
    FixtureResult { verdicts, differences }
}

/// The report on a fixture as its snapshot records it. The digest of the rulebook changes with every rule, so it is
/// left out: a snapshot changes only when a verdict or its wording does.
pub fn render(book: &Rulebook, verdicts: &Verdicts) -> String {
    let verdicts = Verdicts { rulebook_digest: "（略）".to_string(), ..verdicts.clone() };
    let mut out = Vec::new();
    let written =
        write::terminal::write(&mut out, &verdicts, &check::words(book), &write::Options::default());
    debug_assert!(written.is_ok(), "memory takes whatever is written");
    String::from_utf8_lossy(&out).into_owned()
}

fn is_within(path: &str, folder: &str) -> bool {
    path.strip_prefix(folder).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// `2021/a` and `../../2020/b` → `2020/b`, by name alone: the same on every system.
fn beside(folder: &Path, other: &str) -> PathBuf {
    let mut path = folder.to_path_buf();
    for part in other.split('/') {
        match part {
            "." | "" => {}
            ".." if path.pop() => {}
            part => path.push(part),
        }
    }
    path
}

/// Makes paths relative to the fixture, so that a snapshot is the same on every machine.
fn relative(verdicts: &mut Verdicts, own: &str) {
    let cut = |path: &mut String| {
        if let Some(rest) = path.strip_prefix(own) {
            let rest = rest.trim_start_matches('/');
            *path = if rest.is_empty() { "." } else { rest }.to_string();
        }
    };
    // A message may name another package of the batch.
    let group = own.rsplit_once('/').map_or("", |(group, _)| group);
    let all = group.rsplit_once('/').map_or("", |(all, _)| all);
    let folders: Vec<(String, &str)> = [(own, ""), (group, "../"), (all, "../../")]
        .into_iter()
        .filter(|(folder, _)| !folder.is_empty())
        .map(|(folder, short)| (format!("{folder}/"), short))
        .collect();
    let shorten = |text: &mut Text| {
        for (folder, short) in &folders {
            *text = Text::new(text.zh.replace(folder, short), text.en.replace(folder, short));
        }
    };
    for submission in &mut verdicts.submissions {
        cut(&mut submission.id);
        cut(&mut submission.source);
        submission.outcomes.iter_mut().flat_map(|outcome| &mut outcome.reasons).for_each(shorten);
    }
    for finding in &mut verdicts.findings {
        cut(&mut finding.location.file);
        if let Some(id) = &mut finding.submission {
            cut(id);
        }
        shorten(&mut finding.message);
    }
}

fn compare(expected: &Expected, verdicts: &Verdicts) -> Vec<Text> {
    let mut differences = Vec::new();
    let held = verdicts.submissions.iter().any(|submission| submission.held);
    if held != expected.held {
        let (zh, en) = if held {
            ("不应封存而封存了", "was held, and should not be")
        } else {
            ("应封存而没有封存", "was not held, and should be")
        };
        differences.push(Text::new(zh, en));
    }
    let of = |wanted: Outcome| -> BTreeSet<RuleId> {
        let outcomes = verdicts.submissions.iter().flat_map(|submission| &submission.outcomes);
        outcomes.filter(|outcome| outcome.outcome == wanted).map(|outcome| outcome.rule.clone()).collect()
    };
    let gate = |rules: BTreeSet<RuleId>| -> BTreeSet<RuleId> {
        // A held package's reasons are expected by `held`; the gate's rule may be named beside it, but need not.
        rules.into_iter().filter(|rule| !held || expected.fail.contains(rule)).collect()
    };
    for (outcome, wanted) in [
        (Outcome::Fail, &expected.fail),
        (Outcome::CannotDecide, &expected.cannot_decide),
        (Outcome::Error, &BTreeSet::new()),
    ] {
        let found = gate(of(outcome));
        for rule in wanted.symmetric_difference(&found) {
            differences.push(differs(rule, outcome, wanted.contains(rule), &reasons(verdicts, rule)));
        }
    }
    let found = of(Outcome::NotApplicable);
    for rule in expected.not_applicable.difference(&found) {
        differences.push(differs(rule, Outcome::NotApplicable, true, &reasons(verdicts, rule)));
    }
    if !held {
        differences.extend(compare_places(expected, verdicts));
    }
    differences
}

/// What a rule said, for the reader of a difference.
fn reasons(verdicts: &Verdicts, rule: &RuleId) -> String {
    let outcomes = verdicts.submissions.iter().flat_map(|submission| &submission.outcomes);
    let reasons = outcomes.filter(|outcome| outcome.rule == *rule).flat_map(|outcome| &outcome.reasons);
    let messages = verdicts
        .findings
        .iter()
        .filter(|finding| finding.rule == *rule)
        .map(|finding| format!("{} {}", finding.location.short(), finding.message.zh));
    reasons.map(|reason| reason.zh.clone()).chain(messages).collect::<Vec<_>>().join("；")
}

fn differs(rule: &RuleId, outcome: Outcome, wanted: bool, says: &str) -> Text {
    let label = outcome.label();
    let (zh, en) = if wanted { ("应为", "should be") } else { ("不应为", "should not be") };
    let tail = if says.is_empty() { String::new() } else { format!("（{says}）") };
    Text::new(format!("{rule} {zh}“{}”{tail}", label.zh), format!("{rule} {en} `{}` {tail}", label.en))
}

/// Places, of error findings of every rule expected to fail. A reading problem that is only a warning may be listed,
/// but need not.
fn compare_places(expected: &Expected, verdicts: &Verdicts) -> Vec<Text> {
    let mut wanted: BTreeMap<ExpectedFinding, usize> = BTreeMap::new();
    for finding in &expected.findings {
        *wanted.entry(finding.clone()).or_default() += 1;
    }
    let mut differences = Vec::new();
    for finding in &verdicts.findings {
        let place = ExpectedFinding { rule: finding.rule.clone(), at: finding.location.short() };
        match wanted.get_mut(&place) {
            Some(count) if *count > 0 => *count -= 1,
            _ => differences.push(Text::new(
                format!("没有料到的问题：{} 在“{}”：{}", place.rule, place.at, finding.message.zh),
                format!("unexpected finding: {} at `{}`: {}", place.rule, place.at, finding.message.en),
            )),
        }
    }
    for (place, count) in wanted {
        if count > 0 {
            differences.push(Text::new(
                format!("应有的问题没有查出：{} 在“{}”", place.rule, place.at),
                format!("expected finding is missing: {} at `{}`", place.rule, place.at),
            ));
        }
    }
    differences
}
