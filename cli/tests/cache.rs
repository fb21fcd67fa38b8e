//! Verdicts kept from run to run: what has not changed is not judged again, and the report is the same byte for byte.

#![allow(clippy::unwrap_used, clippy::panic)]

mod common;

use std::fs;
use std::path::{Path, PathBuf};

use common::{AS_OF, Folder, copy, empty_folder, hegui_with_cache, root, write};

/// A copy of some submissions, and a folder for verdicts.
struct Office {
    folder: Folder,
}

impl Office {
    fn new(name: &str) -> Self {
        let folder = empty_folder(name);
        for year in ["2020", "2021"] {
            for submitter in ["city-lanzhou", "city-baiyin"] {
                let from = root().join("fixtures").join(year).join(submitter);
                copy(&from, &folder.join("in").join(format!("{year}-{submitter}")));
            }
        }
        Self { folder }
    }

    fn cache(&self) -> PathBuf {
        self.folder.join("cache")
    }

    /// The report with what is kept, after it was held against one made anew.
    #[track_caller]
    fn report(&self, more: &[&str]) -> String {
        let path = self.folder.join("in").to_string_lossy().into_owned();
        let arguments = [&["check", &path, "--format", "json"][..], &AS_OF[..], more].concat();
        let kept = hegui_with_cache(&root(), &arguments, Some(&self.cache()));
        let anew =
            hegui_with_cache(&root(), &[&arguments[..], &["--no-cache"]].concat(), Some(&self.cache()));
        assert_eq!(kept, anew);
        kept.out
    }

    fn verdicts(&self) -> Vec<PathBuf> {
        let entries = fs::read_dir(self.cache()).into_iter().flatten();
        let mut files: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
        files.sort();
        files
    }

    /// Changes what is kept, so that it shows whether it is used.
    fn mark_kept(&self) {
        for path in self.verdicts() {
            let text = fs::read_to_string(&path).unwrap();
            fs::write(&path, text.replace("\"message\":{\"zh\":\"", "\"message\":{\"zh\":\"【旧】")).unwrap();
        }
    }

    /// How many findings come from what is kept, of how many.
    fn count_kept(&self, more: &[&str]) -> (usize, usize) {
        let path = self.folder.join("in").to_string_lossy().into_owned();
        let arguments = [&["check", &path, "--format", "json"][..], &AS_OF[..], more].concat();
        let report = hegui_with_cache(&root(), &arguments, Some(&self.cache())).json();
        let findings = report["findings"].as_array().unwrap();
        let kept =
            findings.iter().filter(|one| one["message"].as_str().unwrap().starts_with("【旧】")).count();
        (kept, findings.len())
    }
}

fn change(path: &Path, from: &str, to: &str) {
    let text = fs::read_to_string(path).unwrap();
    assert!(text.contains(from), "{}", path.display());
    fs::write(path, text.replace(from, to)).unwrap();
}

#[test]
fn what_is_kept_is_used_and_says_the_same() {
    let office = Office::new("kept");
    let first = office.report(&[]);
    assert_eq!(office.verdicts().len(), 4);
    assert_eq!(office.report(&[]), first);
    office.mark_kept();
    let (kept, all) = office.count_kept(&[]);
    assert!(kept > 0 && kept <= all, "{kept} of {all}");
    // What changes the verdicts makes them anew.
    for more in [&["--as-of", "2022-01-01"][..], &["--max-findings", "7"], &["--only", "PAT-008,CORE-024"]] {
        let arguments: Vec<&str> = more.to_vec();
        let path = office.folder.join("in").to_string_lossy().into_owned();
        let day: &[&str] = if more[0] == "--as-of" { &[] } else { &AS_OF };
        let arguments = [&["check", &path, "--format", "json"], day, &arguments[..]].concat();
        let report = hegui_with_cache(&root(), &arguments, Some(&office.cache())).out;
        assert!(!report.contains("【旧】"), "{more:?}");
    }
    assert_eq!(
        hegui_with_cache(
            &root(),
            &[
                "check",
                "--no-cache",
                &office.folder.join("in").to_string_lossy(),
                "--format",
                "json",
                AS_OF[0],
                AS_OF[1]
            ],
            Some(&office.cache())
        )
        .out,
        first
    );
}

#[test]
fn a_changed_package_is_judged_anew_with_the_year_that_follows_it() {
    let office = Office::new("changed");
    office.report(&[]);
    let before = office.verdicts();
    change(&office.folder.join("in/2020-city-baiyin/报送.json"), "示例", "样例");
    office.report(&[]);
    let new = office.verdicts().into_iter().filter(|path| !before.contains(path)).count();
    // The changed one, and the same city's next year, which is compared with it.
    assert_eq!(new, 2);
}

#[test]
fn a_changed_rulebook_makes_all_anew() {
    let office = Office::new("rules");
    let before = office.report(&[]);
    office.mark_kept();
    let rules = office.folder.join("rules/common");
    let rule =
        common::rule("CORE-900", "warn", "active", "if submission.report_year == 2020 { fail(\"试验\"); }");
    write(&office.folder, "rules/common/CORE-900-test.rhai", rule);
    let rules = rules.parent().unwrap().to_string_lossy().into_owned();
    let (kept, all) = office.count_kept(&["--rules", &rules]);
    assert_eq!(kept, 0);
    assert!(all > before.matches("fingerprint").count());
}

#[test]
fn damaged_verdicts_are_made_anew() {
    let office = Office::new("damaged");
    let first = office.report(&[]);
    for (n, path) in office.verdicts().into_iter().enumerate() {
        let text = fs::read(&path).unwrap();
        match n {
            0 => fs::write(&path, &text[..text.len() / 2]).unwrap(),
            1 => fs::write(&path, b"").unwrap(),
            2 => fs::write(&path, b"{\"key\":\"0\",\"said\":[]}").unwrap(),
            // Another's under this name.
            _ => fs::copy(office.verdicts().first().unwrap(), &path).map(drop).unwrap(),
        }
    }
    assert_eq!(office.report(&[]), first);
}

#[test]
fn nothing_of_a_held_package_is_kept() {
    let office = Office::new("held");
    change(&office.folder.join("in/2020-city-baiyin/报送.json"), "示例", "绝密★");
    office.report(&[]);
    // That of the year after is compared with none.
    assert_eq!(office.verdicts().len(), 3);
    for path in office.verdicts() {
        let text = fs::read_to_string(path).unwrap();
        assert!(!text.contains("2020-city-baiyin") && !text.contains("绝密"), "{text}");
    }
}

#[test]
fn a_folder_that_cannot_be_written_does_no_harm() {
    let office = Office::new("unwritable");
    write(&office.folder, "cache", "a file where the folder would be");
    office.report(&[]);
}
