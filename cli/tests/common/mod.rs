//! What the tests of the binary share: running it, folders of their own, and the repository's files.

#![allow(dead_code, unreachable_pub, clippy::unwrap_used, clippy::panic)] // Each test file uses its part.

use std::fs;
use std::ops::Deref;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

/// The day on which the fixtures of 2020 are judged.
pub const AS_OF: [&str; 2] = ["--as-of", "2021-04-15"];

/// What a run left behind.
#[derive(Debug, PartialEq, Eq)]
pub struct Run {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Run {
    /// The run, if it ended with this code.
    #[track_caller]
    pub fn exits(self, code: i32) -> Self {
        assert_eq!(self.code, code, "\n{}\n{}", self.out, self.err);
        self
    }

    /// The run, if its report holds all of this, blanks and line ends apart.
    #[track_caller]
    pub fn says(self, words: &[&str]) -> Self {
        let text = squeezed(&self.out);
        for word in words {
            assert!(text.contains(&squeezed(word)), "no `{word}` in\n{}\n{}", self.out, self.err);
        }
        self
    }

    /// The run, if its error stream holds all of this.
    #[track_caller]
    pub fn complains(self, words: &[&str]) -> Self {
        let text = squeezed(&self.err);
        for word in words {
            assert!(text.contains(&squeezed(word)), "no `{word}` in\n{}", self.err);
        }
        self
    }

    /// The report as JSON.
    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}\n{}\n{}", self.out, self.err))
    }
}

/// Long messages are broken into lines, between any two Chinese characters.
fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// Runs `hegui` in a folder, without a terminal.
pub fn hegui(folder: &Path, arguments: &[&str]) -> Run {
    hegui_with_cache(folder, arguments, None)
}

/// Runs `hegui` with verdicts kept in a folder, or not kept.
pub fn hegui_with_cache(folder: &Path, arguments: &[&str], cache: Option<&Path>) -> Run {
    let mut command = Command::new(env!("CARGO_BIN_EXE_hegui"));
    command.current_dir(folder).args(arguments);
    match cache {
        Some(cache) => command.env("HEGUI_CACHE", cache),
        // No test looks into the user's own folder.
        None => command.env("HEGUI_CACHE", env!("CARGO_TARGET_TMPDIR")).args(no_cache(arguments)),
    };
    for name in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE"] {
        command.env_remove(name);
    }
    let Output { status, stdout, stderr } = command.output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    Run { code: status.code().unwrap(), out: text(stdout), err: text(stderr) }
}

fn no_cache(arguments: &[&str]) -> &'static [&'static str] {
    let checks = arguments.contains(&"check") && !arguments.iter().any(|one| one.contains("help"));
    if checks { &["--no-cache"] } else { &[] }
}

/// Checks packages as of the day of the fixtures of 2020, in the repository's folder.
pub fn check(paths: &[&str], more: &[&str]) -> Run {
    let arguments = [&["check"], paths, &AS_OF, more].concat();
    hegui(&root(), &arguments)
}

/// The repository.
pub fn root() -> PathBuf {
    fs::canonicalize(Path::new(env!("CARGO_MANIFEST_DIR")).join("..")).unwrap()
}

/// A folder outside the repository that goes when its test ends.
pub struct Folder(PathBuf);

impl Deref for Folder {
    type Target = Path;

    fn deref(&self) -> &Path {
        &self.0
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// An empty folder for one test.
pub fn empty_folder(name: &str) -> Folder {
    let path = std::env::temp_dir().join(format!("hegui-{}-{name}", std::process::id()));
    let _ = fs::remove_dir_all(&path);
    fs::create_dir_all(&path).unwrap();
    Folder(path)
}

/// Writes a file and the folders it stands in.
pub fn write(folder: &Path, name: &str, content: impl AsRef<[u8]>) -> String {
    let path = folder.join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(&path, content).unwrap();
    path.to_string_lossy().into_owned()
}

/// Copies a folder.
pub fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &target);
        } else {
            fs::copy(&path, &target).unwrap();
        }
    }
}

/// A rule on the header with an example of each kind, which nobody runs here.
pub fn rule(id: &str, severity: &str, status: &str, body: &str) -> String {
    format!(
        "//! id       = \"{id}\"\n//! title    = \"试验规则\"\n//! title_en = \"A rule for tests\"\n\
         //! clause   = \"议定书-0\"\n//! level    = \"submission\"\n//! severity = \"{severity}\"\n\
         //! source   = \"试验\"\n//! grade    = \"E\"\n//! status   = \"{status}\"\n//!\n\
         //! [[example]]\n//! header  = {{ report_year = 2019 }}\n//! outcome = \"pass\"\n//!\n\
         //! [[example]]\n//! header  = {{ report_year = 2020 }}\n//! outcome = \"fail\"\n\n{body}\n"
    )
}

/// The outcome of a rule on each submission, in order.
pub fn outcomes(report: &Value, rule: &str) -> Vec<String> {
    let submissions = report["submissions"].as_array().unwrap().iter();
    submissions
        .flat_map(|submission| submission["outcomes"].as_array().unwrap())
        .filter(|outcome| outcome["rule"] == rule)
        .map(|outcome| outcome["outcome"].as_str().unwrap().to_string())
        .collect()
}
