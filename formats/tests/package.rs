//! Which files and folders are packages.

#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::{Path, PathBuf};

use hegui_formats::package::{Found, PackageKind, discover, load};

/// A folder that goes away with the test.
struct Ground(PathBuf);

impl Ground {
    fn new(name: &str, files: &[&str]) -> Self {
        let root = std::env::temp_dir().join(format!("hegui-package-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&root);
        for file in files {
            let path = root.join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "x").unwrap();
        }
        Self(root)
    }

    fn path(&self, name: &str) -> String {
        self.0.join(name).to_string_lossy().into_owned()
    }

    /// What was found, without the path of the ground.
    fn found(&self, arguments: &[&str]) -> Vec<String> {
        let arguments: Vec<String> = arguments.iter().map(|name| self.path(name)).collect();
        let root =
            format!("{}/", Path::new(&self.0).to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/"));
        discover(&arguments)
            .iter()
            .map(|found| {
                let path = found.path().strip_prefix(&root).unwrap_or("");
                match found {
                    Found::Package(place) => format!("{path} {:?}", place.kind),
                    Found::Problem(problem) => format!("{path} ! {:?}", problem.kind),
                }
            })
            .collect()
    }
}

impl Drop for Ground {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

#[test]
fn folders_are_walked() {
    let ground = Ground::new(
        "walk",
        &[
            "a/b.xlsx",
            "a/B.XLSM",
            "a/~$b.xlsx",
            "a/.hidden.json",
            "a/expected.toml",
            "a/README.md",
            "a/x.snap",
            "a/图.png",
            "a/旧.xls",
            "a/信.pdf",
            "c/header.toml",
            "c/patents.csv",
            "c/附件/证书.json",
            "d/patents.csv",
            "d/e.json",
            "f.toml",
        ],
    );
    assert_eq!(
        ground.found(&[""]),
        [
            "a/B.XLSM Workbook",
            "a/b.xlsx Workbook",
            "a/信.pdf Unknown(\"pdf\")",
            "a/旧.xls Unknown(\"xls\")",
            "c CsvFolder",
            "d CsvFolder",
            "d/e.json Json",
            "f.toml Toml",
        ]
    );
}

#[test]
fn arguments_of_all_kinds() {
    let ground =
        Ground::new("arguments", &["a.xlsx", "b.xlsx", "c[1].json", "d.txt", "e/.keep", "f/header.toml"]);
    assert_eq!(ground.found(&["*.xlsx", "a.xlsx", "./a.xlsx"]), ["a.xlsx Workbook", "b.xlsx Workbook"]);
    assert_eq!(ground.found(&["c[1].json"]), ["c[1].json Json"]);
    assert_eq!(ground.found(&["d.txt"]), ["d.txt Unknown(\"txt\")"]);
    assert_eq!(ground.found(&["e"]), ["e ! EmptyFolder"]);
    assert_eq!(ground.found(&["f/header.toml", "f"]), ["f CsvFolder"]);
    assert_eq!(ground.found(&["g", "*.ods"]), ["*.ods ! NoSuchFile", "g ! NoSuchFile"]);
}

#[test]
fn a_folder_is_loaded_with_its_attachments() {
    let ground = Ground::new(
        "load",
        &["a/header.toml", "a/patents.csv", "a/附件/1.txt", "a/.DS_Store", "b/x.csv", "b/y.txt"],
    );
    let names = |folder: &str| -> Vec<String> {
        let found = discover(&[ground.path(folder)]);
        let package = load(&found[0]).unwrap();
        assert_eq!(package.kind, PackageKind::CsvFolder);
        package.files.iter().map(|file| file.name.clone()).collect()
    };
    assert_eq!(names("a"), ["header.toml", "patents.csv", "附件/1.txt"]);
    assert_eq!(names("b"), ["x.csv"]);
}

#[cfg(unix)]
#[test]
fn links_that_lead_nowhere_are_problems() {
    let ground = Ground::new("links", &["a/x.json", "b/header.toml", "b/附件/1.txt"]);
    for link in ["a/没有.csv", "b/附件/没有.pdf"] {
        std::os::unix::fs::symlink("/nowhere/at/all", ground.path(link)).unwrap();
    }
    let found = ground.found(&["a", "b"]);
    assert_eq!(found.len(), 3, "{found:?}");
    assert!(
        found[1].starts_with("a/没有.csv ! Unreadable") && found[1].contains("指向的文件不存在"),
        "{found:?}"
    );
    let problem = load(&discover(&[ground.path("b")])[0]).unwrap_err();
    assert!(problem.location.file.ends_with("b/附件/没有.pdf"), "{problem:?}");
    assert!(problem.kind.message().zh.contains("指向的文件不存在"));
}

#[test]
fn what_vanished_is_a_problem() {
    let ground = Ground::new("vanish", &["a.json"]);
    let found = discover(&[ground.path("a.json")]);
    fs::remove_file(ground.path("a.json")).unwrap();
    assert!(load(&found[0]).is_err());
}
