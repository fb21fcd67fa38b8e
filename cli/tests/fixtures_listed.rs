//! `fixtures/README.md` lists every fixture.

#![allow(clippy::unwrap_used)]

mod common;

use std::fs;

use common::root;

#[test]
fn every_fixture_is_listed() {
    let fixtures = root().join("fixtures");
    let readme = fs::read_to_string(fixtures.join("README.md")).unwrap();
    let missing: Vec<String> = glob::glob(&format!("{}/*/*/expected.toml", fixtures.display()))
        .unwrap()
        .map(|path| path.unwrap().parent().unwrap().to_path_buf())
        .filter(|folder| {
            let slug = folder.file_name().unwrap().to_string_lossy().into_owned();
            // Both sides of a day share a row.
            let sides = ["-before", "-after", "-right"];
            let day = sides.iter().find_map(|side| slug.strip_suffix(side)).unwrap_or(&slug);
            !readme.contains(&format!("`{slug}`")) && !readme.contains(&format!("`{day}`"))
        })
        .map(|folder| folder.display().to_string())
        .collect();
    assert_eq!(missing, [""; 0]);
}
