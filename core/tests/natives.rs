//! The core's native functions: documented in both languages, and their examples true.

mod support;

use std::collections::BTreeSet;

use hegui_core::native::core_natives;
use hegui_core::rulebook::Rulebook;
use support::{MANIFEST, source};

#[test]
fn each_is_documented_and_has_names_of_its_own() {
    let mut names = BTreeSet::new();
    for native in core_natives() {
        assert!(native.name.is_ascii() && !native.name_zh.is_ascii(), "{}", native.name);
        assert!(!native.doc.is_empty() && native.doc.ends_with('.'), "{}", native.name);
        assert!(!native.doc_zh.is_empty() && native.doc_zh.ends_with('。'), "{}", native.name);
        assert!(!native.examples.is_empty(), "{}", native.name);
        assert!(native.examples.iter().any(|one| one.contains(native.name) || one.contains(native.name_zh)));
        for name in [native.name, native.name_zh] {
            assert!(names.insert((name, native.params.len())), "{name} twice");
            assert!(hegui_core::schema::is_identifier(name), "{name}");
        }
        for param in native.params {
            assert!(!param.name.is_empty(), "{}", native.name);
        }
    }
    assert!(names.len() > 40);
}

#[test]
fn their_examples_are_true() {
    let lists = "\n[vocabularies.regions]\nlabel = \"行政区划\"\nfile = \"regions.csv\"\n";
    let mut source = source(&format!("{MANIFEST}{lists}"), &[]);
    let regions = include_str!("../../plugins/common/regions.csv");
    source.plugins[0].files.insert("regions.csv".into(), regions.into());
    let book = Rulebook::load(&source, &[]).unwrap_or_else(|errors| panic!("{}", support::render(&errors)));
    assert_eq!(book.run_native_examples(), []);
}

#[test]
fn a_function_without_its_code_list_breaks_the_rule_and_says_so() {
    let file = support::record_rule("if !region_valid(编号, 2020) { fail(\"编号\", \"甲\"); }");
    let book = support::book(&[("T-001", &file)], &[]);
    let table = "编号\n620100";
    let header = "submitter_kind=city\nsubmitter_code=1\nsubmitter_name=甲\nreport_year=2020";
    let verdicts = support::verdicts(&book, vec![support::delivery(&book, 1, header, &[("items", table)])]);
    let said = support::outcome(&verdicts, 0, "T-001");
    assert_eq!(said.outcome, hegui_core::verdict::Outcome::Error);
    assert!(said.reasons[0].zh.contains("行政区划代码表"), "{said:?}");
}
