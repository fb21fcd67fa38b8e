//! Nothing of a held package stands in any report, whatever held it.

#![allow(clippy::unwrap_used)] // Helpers are not seen as tests.

mod common;

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};

use common::{Run, copy, empty_folder, hegui, root, write};
use hegui_formats::package::PackageFile;

/// Held fixtures outside `held/`: by a stop rule, and because they cannot be inspected.
const OTHERS: [&str; 3] = ["2020/enterprise-q", "bad-input/encrypted", "bad-input/truncated"];
/// The words that make a mark, in both scripts.
const MARKS: [&str; 7] = ["秘密", "机密", "绝密", "祕密", "機密", "絕密", "★"];

/// The folders of all held fixtures.
fn held_fixtures() -> Vec<PathBuf> {
    let fixtures = root().join("fixtures");
    let mut folders: Vec<PathBuf> =
        fs::read_dir(fixtures.join("held")).unwrap().map(|entry| entry.unwrap().path()).collect();
    folders.retain(|folder| !folder.ends_with("not-a-mark"));
    folders.extend(OTHERS.map(|name| fixtures.join(name)));
    folders.sort();
    folders
}

/// The reports people and programs may get, on all packages of a folder.
fn reports(folder: &Path) -> Vec<Run> {
    let more: [&[&str]; 4] = [&[], &["--detail", "full"], &["--lang", "en"], &["--format", "json"]];
    more.into_iter()
        .map(|more| hegui(folder, &[&["check", ".", "--as-of", "2021-04-15"], more].concat()).exits(3))
        .collect()
}

/// What reports say of packages that have hardly any text, one held by the gate, one by a rule: the words that are
/// ours, such as that rule's title.
fn our_words() -> String {
    let folder = empty_folder("held-hardly-any");
    let mark = fs::read_dir(root().join("fixtures/held/file-name")).unwrap().find_map(|entry| {
        let path = entry.unwrap().path();
        (path.extension()? == "json").then(|| path.file_stem().unwrap().to_string_lossy().into_owned())
    });
    write(&folder, "x.json", format!("{{\"x\": \"{}\"}}", mark.unwrap()));
    write(&folder, "y.json", "{\"header\": {\"report_year\": 2020}}");
    reports(&folder).into_iter().map(|run| run.out).collect()
}

#[test]
fn nothing_of_a_held_package_is_repeated() {
    let folder = empty_folder("held-all");
    let fixtures = held_fixtures();
    let mut words = BTreeSet::new();
    for (number, fixture) in fixtures.iter().enumerate() {
        words.extend(words_of(fixture));
        copy(fixture, &folder.join(format!("{number:02}")));
    }
    words.extend(MARKS.map(str::to_string));
    words.insert(folder.file_name().unwrap().to_string_lossy().into_owned());
    assert!(words.len() > 400, "{}", words.len());
    let ours = our_words();
    for mark in MARKS {
        assert!(!ours.contains(mark), "{mark}");
    }
    for run in reports(&folder) {
        assert_eq!(run.err, "");
        let repeated: Vec<&String> =
            words.iter().filter(|word| run.out.contains(*word) && !ours.contains(*word)).collect();
        assert!(repeated.is_empty(), "{repeated:?} in\n{}", run.out);
    }
}

#[test]
fn a_held_package_is_a_number() {
    let folder = empty_folder("held-numbers");
    let fixtures = held_fixtures();
    for (number, fixture) in fixtures.iter().enumerate() {
        copy(fixture, &folder.join(format!("{number:02}")));
    }
    let arguments = ["check", ".", "--as-of", "2021-04-15", "--format", "json"];
    let report = hegui(&folder, &arguments).exits(3).json();
    let submissions = report["submissions"].as_array().unwrap();
    let numbers: BTreeSet<usize> =
        submissions.iter().map(|one| one["source"].as_str().unwrap().parse().unwrap()).collect();
    assert_eq!(numbers, (1..=fixtures.len()).collect());
    for submission in submissions {
        assert_eq!(submission["held"], true);
        assert_eq!(submission["submitter"], serde_json::json!({ "kind": null, "code": "", "name": "" }));
        assert_eq!(submission["year"], serde_json::Value::Null);
    }
    let text = hegui(&folder, &arguments[..4]).exits(3).out;
    assert_eq!(text.matches("个报送包（按路径排序）").count(), fixtures.len());
    assert!(text.contains(&format!("封存 {} 个报送包", fixtures.len())));
}

#[test]
fn the_rest_of_the_batch_is_reported() {
    let fixtures = root().join("fixtures");
    let arguments = ["check", "held", "2020/enterprise-d", "--as-of", "2021-04-15"];
    hegui(&fixtures, &arguments).exits(3).says(&[
        "PAT-002  专利台账!B4",
        "示例M制造有限公司",
        "封存 16 个报送包",
    ]);
}

/// What a rule holds is found like what the gate holds: by the digest of each file.
#[test]
fn a_package_that_a_rule_holds_names_its_files() {
    let folder = empty_folder("held-by-rule");
    copy(&root().join("fixtures/2020/enterprise-q"), &folder.join("a"));
    let report = hegui(&folder, &["check", "a", "--as-of", "2021-04-15", "--format", "json"]).exits(3).json();
    let hold = report["submissions"][0]["hold"].as_array().unwrap();
    let bytes = fs::read(folder.join("a/报送.toml")).unwrap();
    let digest = PackageFile { bytes, ..PackageFile::default() }.sha256();
    assert_eq!(hold.len(), 1);
    assert_eq!(hold[0]["rule"], "MCI-003");
    assert_eq!(hold[0]["sha256"], digest);
    let run = hegui(&folder, &["check", "a", "--as-of", "2021-04-15", "--lang", "en"]).exits(3);
    run.says(&["file 1", &digest, "MCI-003"]);
}

/// Places are told in the language of the report.
#[test]
fn places_are_bilingual() {
    let fixtures = root().join("fixtures");
    let run = hegui(&fixtures, &["check", "held/workbook-cell", "held/file-name", "--lang", "en"]).exits(3);
    let run = run.says(&["place sheet ", "place file name"]);
    assert!(!run.out.contains("工作表") && !run.out.contains("文件名"), "{}", run.out);
}

/// A file of a folder that cannot be opened has a name too.
#[cfg(unix)]
#[test]
fn names_of_files_that_cannot_be_opened_pass_the_gate() {
    let folder = empty_folder("held-link");
    write(&folder, "a/header.toml", "report_year = 2020");
    let mark = format!("{}密★5年", '机');
    std::os::unix::fs::symlink("/nowhere/at/all", folder.join(format!("a/{mark}.pdf"))).unwrap();
    let run = hegui(&folder, &["check", "a"]).exits(3);
    assert!(!run.out.contains("密★") && !run.out.contains("nowhere"), "{}", run.out);
}

/// A package that names another, because both are of one submitter and year, may not name a held one.
#[test]
fn other_packages_do_not_name_a_held_one() {
    let folder = empty_folder("held-twin");
    let path = root().join("fixtures/2020/enterprise-q/报送.toml");
    let text = fs::read_to_string(path).unwrap();
    write(&folder, "目录甲/材料乙.toml", &text);
    write(
        &folder,
        "b.toml",
        text.replacen("prepared_by", "classification_declared = \"非密\"\nprepared_by", 1),
    );
    let run = hegui(&folder, &["check", ".", "--as-of", "2021-04-15"]).exits(3);
    run.says(&["封存 1 个报送包", "同一单位同一年度报了两份（另一份：#2）"]);
    for run in reports(&folder) {
        assert!(!run.out.contains("目录甲") && !run.out.contains("材料乙"), "{}", run.out);
    }
}

/// Names and words of a package: of files, folders, sheets, keys and cells. Short ones occur by chance.
fn words_of(fixture: &Path) -> BTreeSet<String> {
    let mut words = BTreeSet::new();
    let mut folders = vec![fixture.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            if name == "expected.toml" || name.ends_with(".snap") {
                continue;
            }
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            words.insert(name.clone());
            if name.ends_with(".xlsx") {
                add_texts(&mut words, &workbook(&path));
            } else {
                add_texts(&mut words, &String::from_utf8_lossy(&fs::read(&path).unwrap()));
            }
        }
    }
    words
}

/// The texts of a workbook: what stands between tags, and in attributes, where sheets have their names.
fn workbook(path: &Path) -> String {
    let mut text = String::new();
    // What is no archive has no words to read.
    let Ok(mut archive) = zip::ZipArchive::new(File::open(path).unwrap()) else { return text };
    for index in 0..archive.len() {
        let mut member = archive.by_index(index).unwrap();
        let parts = ["sharedStrings", "workbook.xml", "docProps", "comments"];
        let name = member.name().unwrap().into_owned();
        if parts.iter().any(|part| name.contains(part)) && !name.contains("_rels") {
            let mut xml = String::new();
            member.read_to_string(&mut xml).unwrap();
            for (tag, content) in xml.split('<').filter_map(|piece| piece.split_once('>')) {
                let names = tag.strip_prefix("sheet ").unwrap_or_default();
                text.push_str(&format!("{names} {content}\n"));
            }
        }
    }
    text
}

fn add_texts(words: &mut BTreeSet<String>, text: &str) {
    let apart =
        |c: char| c.is_whitespace() || c.is_control() || ",;\"'=:{}[]<>、；，（）()/\u{fffd}".contains(c);
    for word in text.split(apart) {
        let chinese = word.chars().filter(|c| !c.is_ascii()).count();
        if chinese >= 2 || word.len() >= 5 {
            words.insert(word.to_string());
        }
    }
}
