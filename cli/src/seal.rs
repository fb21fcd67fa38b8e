//! By what the office finds a package that a rule holds: the SHA-256 of each of its files.
//!
//! The gate names the file it stopped at. A stop rule runs on a submission that has been read and knows no files; all
//! of the package's are named then.

use std::collections::BTreeSet;

use hegui_core::gate::HeldReason;
use hegui_core::text::Text;
use hegui_core::verdict::{Severity, Verdicts};
use hegui_formats::package::Package;

/// The names and digests of a package's files, in their order.
#[derive(Debug, Clone, Default)]
pub(crate) struct Seal(Vec<(String, String)>);

impl Seal {
    pub(crate) fn of(package: &Package) -> Self {
        Self(package.files.iter().map(|file| (file.name.clone(), file.sha256())).collect())
    }

    /// Whether nothing is known of the package: it could not be loaded.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// All of it in one text.
    pub(crate) fn joined(&self) -> String {
        self.0.iter().map(|(name, sha256)| format!("{sha256} {name}\n")).collect()
    }
}

/// Adds the files of packages that a rule holds; `seals` are those of all packages, in the order of their numbers.
pub(crate) fn name_files(verdicts: &mut Verdicts, seals: &[Seal]) {
    for verdict in verdicts.submissions.iter_mut().filter(|verdict| verdict.held && verdict.hold.is_empty()) {
        let number = verdict.source.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
        let Some(Seal(digests)) = number.and_then(|at| seals.get(at)) else { continue };
        let findings = verdicts.findings.iter();
        let rules: BTreeSet<_> = findings
            .filter(|finding| finding.submission.as_ref() == Some(&verdict.id))
            .filter(|finding| finding.severity == Severity::Stop)
            .map(|finding| &finding.rule)
            .collect();
        for (at, (_, sha256)) in digests.iter().enumerate() {
            verdict.hold.extend(rules.iter().map(|rule| HeldReason {
                rule: (*rule).clone(),
                file: at + 1,
                place: Text::new("文件", "file"),
                offset: None,
                length: None,
                sha256: sha256.clone(),
                why: None,
            }));
        }
    }
}
