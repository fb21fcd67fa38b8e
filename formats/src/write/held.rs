//! The last lock before paper: nothing of a held package reaches a report, even if the verdicts hold it.
//!
//! The gate reports numbers only, but a stop rule runs on a submission that has been read, and its finding may carry
//! a cell. Writers therefore never look at verdicts that have not passed [`withhold`].

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use hegui_core::text::Text;
use hegui_core::verdict::{Finding, Location, RuleId, Severity, SubmissionVerdict, Submitter, Verdicts};

/// The verdicts without any text of a held package.
///
/// Of a held package there remain its number, the outcomes without reasons, and the findings that hold it, reduced to
/// rule and place. Whatever else was found in it is left out.
pub fn withhold(verdicts: &Verdicts) -> Cow<'_, Verdicts> {
    if verdicts.submissions.iter().all(|submission| !submission.held) {
        return Cow::Borrowed(verdicts);
    }
    let held: BTreeSet<&str> = verdicts
        .submissions
        .iter()
        .filter(|verdict| verdict.held)
        .map(|verdict| verdict.id.as_str())
        .collect();
    let names: BTreeMap<&str, String> = verdicts
        .submissions
        .iter()
        .filter(|verdict| verdict.held)
        .map(|verdict| (verdict.id.as_str(), bare_id(verdict)))
        .collect();
    let by_gate: BTreeSet<(&str, &RuleId)> = verdicts
        .submissions
        .iter()
        .flat_map(|verdict| verdict.gate_reasons().map(|reason| (verdict.id.as_str(), &reason.rule)))
        .collect();
    let findings = verdicts.findings.iter().filter_map(|finding| match &finding.submission {
        // The gate's own findings are made of numbers; a stop rule's may carry a cell.
        Some(id) if by_gate.contains(&(id.as_str(), &finding.rule)) => Some(finding.clone()),
        Some(id) if held.contains(id.as_str()) => {
            (finding.severity == Severity::Stop).then(|| bare_finding(finding))
        }
        _ => Some(finding.clone()),
    });
    Cow::Owned(Verdicts {
        as_of: verdicts.as_of,
        rulebook_digest: verdicts.rulebook_digest.clone(),
        submissions: verdicts.submissions.iter().map(bare_submission).collect(),
        findings: findings.map(|finding| renamed(finding, &names)).collect(),
        left_out: verdicts
            .left_out
            .iter()
            .filter(|one| one.submission.as_deref().is_none_or(|id| !held.contains(id)))
            .cloned()
            .collect(),
        clauses: verdicts.clauses.clone(),
    })
}

/// Who handed a package in stands in its id; of a held one only its number is told.
fn bare_id(verdict: &SubmissionVerdict) -> String {
    match verdict.source.parse::<usize>() {
        Ok(number) => format!("held-{number}"),
        Err(_) => "held".to_string(),
    }
}

fn renamed(mut finding: Finding, names: &BTreeMap<&str, String>) -> Finding {
    if let Some(name) = finding.submission.as_deref().and_then(|id| names.get(id)) {
        finding.submission = Some(name.clone());
    }
    finding
}

fn bare_submission(verdict: &SubmissionVerdict) -> SubmissionVerdict {
    let mut bare = verdict.clone();
    if bare.held {
        bare.id = bare_id(verdict);
        bare.submitter = Submitter::default();
        bare.year = None;
        // A name instead of a number would be text of the package.
        if bare.source.parse::<usize>().is_err() {
            bare.source = String::new();
        }
        for outcome in &mut bare.outcomes {
            outcome.reasons.clear();
        }
    }
    bare
}

/// Numbers and the schema's own words remain of a place; names of files and sheets and paths are the submitter's.
fn bare_finding(finding: &Finding) -> Finding {
    let place = &finding.location;
    Finding {
        message: Text::new("报送包已封存，内容不再复述。", "The package is held; nothing of it is repeated."),
        location: Location { file: String::new(), sheet: None, path: None, ..place.clone() },
        key: None,
        found: None,
        expected: None,
        difference: None,
        excerpt: None,
        ..finding.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;

    #[test]
    fn leaves_nothing_of_a_held_package() {
        let mut verdicts = sample::verdicts();
        let secret = "不应出现";
        let held = verdicts.submissions.iter().find(|submission| submission.held).unwrap().id.clone();
        verdicts.findings.push(sample::stop_finding());
        for finding in verdicts.findings.iter_mut().filter(|one| one.submission.as_ref() == Some(&held)) {
            finding.submission = Some(secret.to_string());
        }
        for submission in verdicts.submissions.iter_mut().filter(|submission| submission.held) {
            submission.id = secret.to_string();
            submission.submitter.name = secret.to_string();
            submission.source = secret.to_string();
            submission.outcomes[0].reasons.push(Text::same(secret));
        }
        let mut finding = sample::stop_finding();
        finding.submission = Some(secret.to_string());
        finding.location.sheet = Some(secret.to_string());
        finding.found = Some(secret.to_string());
        finding.message = Text::same(secret);
        verdicts.findings.push(finding.clone());
        finding.severity = Severity::Warn;
        verdicts.findings.push(finding);

        let bare = withhold(&verdicts);
        assert!(!format!("{bare:?}").contains(secret));
        assert_eq!(bare.findings.len(), verdicts.findings.len() - 1);
    }

    #[test]
    fn borrows_when_nothing_is_held() {
        let mut verdicts = sample::verdicts();
        verdicts.submissions.retain(|submission| !submission.held);
        assert!(matches!(withhold(&verdicts), Cow::Borrowed(_)));
    }
}
