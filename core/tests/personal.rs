//! What belongs to a person is repeated nowhere, wherever in a submission it stands.
#![allow(clippy::unwrap_used)]

mod support;

use hegui_core::submission::{Intake, Layout, Raw};
use hegui_core::verdict::Location;
use support::{MANIFEST, source};

const MOBILE: &str = "13800000000";

#[test]
fn no_place_repeats_it() {
    let book = hegui_core::rulebook::Rulebook::load(&source(MANIFEST, &[]), &[]).unwrap();
    let schema = &book.schema;
    let mut intake = Intake::new(schema, "");
    let text = || Raw::Text(format!("示例{MOBILE}").into());
    let at = |path: String| Location { path: Some(path), ..Location::default() };
    intake.header_entry("submitter_name", &text(), at("header.submitter_name".into()));
    intake.header_entry("report_year", &text(), at("header.report_year".into()));
    intake.header_entry(MOBILE, &text(), at(format!("header.{MOBILE}")));
    intake.header_entry("contact", &Raw::Text(MOBILE.into()), at("header.contact".into()));
    let layout = Layout::Document { file: String::new(), path: "tables.items".into() };
    let mut table = intake.open_table("items", layout, Location::default()).unwrap();
    let entries = ["code", "name", "number", "amount", "filed", "valid", "tags", "site", "不知道的", MOBILE]
        .map(|name| (name.to_string(), text()));
    table.record(0, &entries);
    let parts = vec![(MOBILE.to_string(), text())];
    table.record(
        1,
        &[("site".to_string(), Raw::Object(parts)), ("tags".to_string(), Raw::List(vec![text()]))],
    );
    intake.close_table(table);
    let submission = intake.finish();
    assert!(submission.problems.len() > 10, "{:#?}", submission.problems);
    let mut everything = format!("{:?}{:?}", submission.problems, submission.tables);
    for problem in &submission.problems {
        everything.push_str(&format!("{:?}", problem.kind.message()));
    }
    assert!(!everything.contains(MOBILE), "{everything}");
    // The contact is where such a number belongs.
    assert!(
        submission.problems.iter().all(|problem| problem.location.path.as_deref() != Some("header.contact"))
    );
}
