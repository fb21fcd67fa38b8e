//! The report's own words, in both languages.

use hegui_core::agreement::SubmitterKind;
use hegui_core::text::Lang;
use hegui_core::verdict::{Outcome, Severity, SubmissionVerdict};

/// One of two wordings.
pub(in crate::write) fn say<'a>(lang: Lang, zh: &'a str, en: &'a str) -> &'a str {
    match lang {
        Lang::Zh => zh,
        Lang::En => en,
    }
}

/// `3 findings`, `1 finding`.
pub(in crate::write) fn plural(n: usize, noun: &str) -> String {
    let s = if n == 1 { "" } else { "s" };
    format!("{n} {noun}{s}")
}

/// The word for a severity, in the report's language.
pub(in crate::write) fn severity(lang: Lang, severity: Severity) -> String {
    severity.label().get(lang).to_string()
}

/// The word for a submitter's kind.
pub(in crate::write) fn kind(lang: Lang, kind: SubmitterKind) -> &'static str {
    match lang {
        Lang::Zh => kind.label(),
        Lang::En => kind.key(),
    }
}

/// Kind, name, code, year and file of a submission, on one line.
pub(in crate::write) fn identity(lang: Lang, verdict: &SubmissionVerdict) -> String {
    let parts = [submitter(lang, verdict), verdict.source.clone()];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
}

/// Kind, name, code and year of a submission; what is not known is left out.
pub(in crate::write) fn submitter(lang: Lang, verdict: &SubmissionVerdict) -> String {
    let submitter = &verdict.submitter;
    let year = verdict.year.map(|year| match lang {
        Lang::Zh => format!("{year} 年"),
        Lang::En => year.to_string(),
    });
    let parts = [
        submitter.kind.map(|known| kind(lang, known).to_string()),
        Some(submitter.name.clone()),
        Some(submitter.code.clone()),
        year,
    ];
    let parts: Vec<String> = parts.into_iter().flatten().filter(|part| !part.trim().is_empty()).collect();
    parts.join(" · ")
}

/// How many rules came to which outcome: `不符合 2 条`, `符合 12 条`; outcomes that did not occur are left out.
pub(in crate::write) fn outcome_counts(lang: Lang, verdict: &SubmissionVerdict) -> Vec<String> {
    const ORDER: [Outcome; 5] =
        [Outcome::Error, Outcome::Fail, Outcome::CannotDecide, Outcome::Pass, Outcome::NotApplicable];
    let mut counts: Vec<String> = ORDER
        .into_iter()
        .filter_map(|outcome| {
            let n = verdict.outcomes.iter().filter(|rule| rule.outcome == outcome).count();
            let label = outcome.label();
            match (n, lang) {
                (0, _) => None,
                (n, Lang::Zh) => Some(format!("{} {n} 条", label.zh)),
                (n, Lang::En) => Some(format!("{} {n}", label.en)),
            }
        })
        .collect();
    if counts.is_empty() {
        counts.push(say(lang, "没有规则适用", "no rule ran").to_string());
    }
    counts
}
