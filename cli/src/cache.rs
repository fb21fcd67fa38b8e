//! Verdicts of earlier runs, on disk: what has not changed is not judged again.
//!
//! A verdict is found by the SHA-256 of all that it rests on: the program, the rulebook, the rules chosen, the day, how
//! many findings are made, and of the submission's package and that of the year before the path and every file. So a
//! verdict that is found is the one that would be made. The gate looks at every package in every run, and of a package
//! that is held nothing is ever kept.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use hegui_core::engine::{Memory, Said, Subject};
use hegui_core::rulebook::Rulebook;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::check::Work;
use crate::seal::Seal;

/// The most that the folder may hold, in bytes.
const MOST_BYTES: u64 = 512 << 20;
/// What is left of it when too much was in it.
const LEFT_BYTES: u64 = MOST_BYTES / 4 * 3;
/// A verdict with more findings is not kept; it would push out many others.
const MOST_FINDINGS: usize = 10_000;
/// Raised whenever what is kept looks different.
const VERSION: u32 = 1;
/// How files of the folder end; no other file is touched.
const EXTENSION: &str = "verdict";

/// The verdicts kept in a folder, for one run.
pub(crate) struct Cache<'a> {
    folder: PathBuf,
    /// What all verdicts of this run rest on.
    common: String,
    paths: Vec<&'a str>,
    seals: &'a [Seal],
}

#[derive(Serialize, Deserialize)]
struct Kept {
    /// The key once more: a file that was moved or mixed up is not taken for another.
    key: String,
    said: Vec<Said>,
}

/// The folder for verdicts: the one named, else the user's folder for such things.
pub(crate) fn folder(named: Option<&Path>) -> Option<PathBuf> {
    named.map(Path::to_path_buf).or_else(|| dirs::cache_dir().map(|caches| caches.join("hegui")))
}

impl<'a> Cache<'a> {
    /// The verdicts in `folder` for a run on packages with these paths and files, in the order of their numbers.
    pub(crate) fn new(
        folder: PathBuf,
        book: &Rulebook,
        work: &Work<'_>,
        paths: Vec<&'a str>,
        seals: &'a [Seal],
    ) -> Self {
        let rules: Vec<&str> = book.rules.iter().map(|rule| rule.id.0.as_str()).collect();
        let common = [
            VERSION.to_string(),
            program(),
            book.digest.clone(),
            rules.join(","),
            work.as_of.to_string(),
            format!("{:?}", work.most()),
        ];
        Self { folder, common: common.join("\n"), paths, seals }
    }

    fn key(&self, subject: &Subject<'_>) -> Option<String> {
        let mut hash = Sha256::new();
        hash.update(&self.common);
        let packages = std::iter::once(subject.package).chain(subject.previous);
        for number in packages {
            let at = number.checked_sub(1)?;
            let seal = self.seals.get(at).filter(|seal| !seal.is_empty())?;
            // What cannot stand in a path or digest sets the parts apart.
            hash.update(format!("\0{}\0{}", self.paths.get(at)?, seal.joined()));
        }
        hash.update(format!("\0{}", subject.id));
        Some(hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect())
    }

    fn file(&self, key: &str) -> PathBuf {
        self.folder.join(key).with_extension(EXTENSION)
    }

    /// Deletes the verdicts that were not used for the longest time, if there is too much.
    pub(crate) fn tidy(&self) {
        let Ok(entries) = fs::read_dir(&self.folder) else { return };
        let mut files: Vec<(SystemTime, u64, PathBuf)> = entries
            .filter_map(Result::ok)
            .filter(|entry| entry.path().extension().is_some_and(|extension| extension == EXTENSION))
            .filter_map(|entry| {
                let about = entry.metadata().ok()?;
                Some((about.modified().ok()?, about.len(), entry.path()))
            })
            .collect();
        let mut total: u64 = files.iter().map(|(_, length, _)| length).sum();
        if total <= MOST_BYTES {
            return;
        }
        files.sort();
        for (_, length, path) in files {
            if total <= LEFT_BYTES {
                break;
            }
            if fs::remove_file(path).is_ok() {
                total -= length;
            }
        }
    }
}

impl Memory for Cache<'_> {
    fn recall(&self, subject: &Subject<'_>) -> Option<Vec<Said>> {
        let key = self.key(subject)?;
        let path = self.file(&key);
        let text = fs::read(&path).ok()?;
        // What is damaged is as if it were not there.
        let kept: Kept = serde_json::from_slice(&text).ok()?;
        if kept.key != key {
            return None;
        }
        // It was used: others go first. Where that cannot be noted, nothing is lost.
        let used = fs::File::options().write(true).open(&path);
        let _ = used.and_then(|file| file.set_modified(SystemTime::now()));
        Some(kept.said)
    }

    fn remember(&self, subject: &Subject<'_>, said: &[Said]) {
        let findings: usize = said.iter().map(|said| said.findings.len()).sum();
        if findings > MOST_FINDINGS {
            return;
        }
        let Some(key) = self.key(subject) else { return };
        let path = self.file(&key);
        let Ok(text) = serde_json::to_vec(&Kept { key, said: said.to_vec() }) else { return };
        // A cache that cannot be written saves no time, and does no harm.
        let _ = written(&path, &text);
    }
}

/// Writes a file whole or not at all.
fn written(path: &Path, text: &[u8]) -> std::io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    create_private(folder)?;
    let unfinished = path.with_extension(format!("{}.unfinished", std::process::id()));
    let outcome = fs::File::create(&unfinished)
        .and_then(|mut file| file.write_all(text))
        .and_then(|()| fs::rename(&unfinished, path));
    if outcome.is_err() {
        let _ = fs::remove_file(&unfinished);
    }
    outcome
}

/// Creates a folder that only its owner may look into, where the system knows owners: findings repeat cells.
fn create_private(folder: &Path) -> std::io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt;
        builder.mode(0o700);
    }
    builder.create(folder)
}

/// The program, told from others of the same version by its file.
fn program() -> String {
    let name = crate::check::engine_name();
    let about = std::env::current_exe().and_then(fs::metadata);
    let stamp = about.ok().map(|about| {
        let age = about.modified().ok().and_then(|time| time.duration_since(SystemTime::UNIX_EPOCH).ok());
        format!("{} {}", about.len(), age.map_or(0, |age| age.as_nanos()))
    });
    format!("{name} {}", stamp.unwrap_or_default())
}
