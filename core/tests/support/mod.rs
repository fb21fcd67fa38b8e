//! A small rulebook of its own for the tests: one plugin "test" with fields of every type.
#![allow(dead_code, clippy::unwrap_used, clippy::panic)]

use std::collections::BTreeMap;

use hegui_core::diagnostic::{Diagnostic, SourceFile, Style};
use hegui_core::engine::{Content, Delivery, Keep, Options, check};
use hegui_core::plugin::Plugin;
use hegui_core::prove::Way;
use hegui_core::rulebook::{Rulebook, RulebookSource};
use hegui_core::schema::PluginFolder;
use hegui_core::submission::{Intake, Layout, Raw};
use hegui_core::text::Lang;
use hegui_core::value::Date;
use hegui_core::verdict::{Location, RuleOutcome, Verdicts};

pub(crate) const MANIFEST: &str = include_str!("manifest.toml");

const AGREEMENT: &str = r#"
title    = "试验议定书"
title_en = "A protocol for tests"
signed   = 2020-10-22
source   = "试验"
[[clause]]
id     = "议定书-0"
text   = "甲"
gloss  = "a"
actors = ["province"]
kind   = "qualitative"
[[clause]]
id     = "议定书-2"
text   = "乙"
gloss  = "b"
actors = ["province"]
kind   = "qualitative"
"#;

/// The sources of a rulebook of the test plugin with these rule files, each a name and a text.
pub(crate) fn source(manifest: &str, rules: &[(&str, &str)]) -> RulebookSource {
    let files = BTreeMap::from([("plugin.toml".to_string(), manifest.to_string())]);
    RulebookSource {
        agreement: SourceFile::new("rules/agreement.toml", AGREEMENT),
        plugins: vec![PluginFolder { name: "test".into(), path: "plugins/test".into(), files }],
        rules: rules
            .iter()
            .map(|(name, text)| {
                ("test".to_string(), SourceFile::new(format!("rules/test/{name}.rhai"), *text))
            })
            .collect(),
        parameters: Vec::new(),
    }
}

pub(crate) fn load(rules: &[(&str, &str)]) -> Result<Rulebook, Vec<Diagnostic>> {
    Rulebook::load(&source(MANIFEST, rules), &[])
}

/// A rulebook that must load.
pub(crate) fn book(rules: &[(&str, &str)], plugins: &[&dyn Plugin]) -> Rulebook {
    Rulebook::load(&source(MANIFEST, rules), plugins).unwrap_or_else(|errors| panic!("{}", render(&errors)))
}

/// A record rule on the ledger.
pub(crate) fn record_rule(body: &str) -> String {
    rule("level = \"record\"\ntable = \"items\"", body)
}

/// A rule: further lines of its head, and its script. The head's own lines may be overridden.
pub(crate) fn rule(head: &str, body: &str) -> String {
    let mut lines = Vec::new();
    for (key, value) in [
        ("id", "T-001"),
        ("title", "试验规则"),
        ("title_en", "a rule for tests"),
        ("clause", "议定书-2"),
        ("severity", "error"),
        ("source", "试验"),
        ("grade", "E"),
    ] {
        let given = head.lines().any(|line| line.split('=').next().unwrap_or("").trim() == key);
        if !given {
            lines.push(format!("//! {key} = \"{value}\""));
        }
    }
    lines.extend(head.lines().map(|line| format!("//! {line}")));
    for outcome in ["pass", "fail"] {
        lines.push(format!("//! [[example]]\n//! outcome = \"{outcome}\""));
    }
    format!("{}\n\n{body}\n", lines.join("\n"))
}

pub(crate) fn render_in(lang: Lang, diagnostics: &[Diagnostic]) -> String {
    diagnostics.iter().map(|one| one.render(lang, Style::Plain)).collect::<Vec<_>>().join("\n")
}

pub(crate) fn render(diagnostics: &[Diagnostic]) -> String {
    render_in(Lang::Zh, diagnostics)
}

/// The codes of what is wrong with one rule; none if it loads.
pub(crate) fn codes(rule: &str) -> Vec<&'static str> {
    load(&[("T-001", rule)]).err().into_iter().flatten().map(|diagnostic| diagnostic.code).collect()
}

/// A submission from `header` (`key=value` lines) and ledgers as CSV texts, by table.
pub(crate) fn delivery(book: &Rulebook, package: usize, header: &str, tables: &[(&str, &str)]) -> Delivery {
    let source = format!("package-{package}");
    let mut intake = Intake::new(&book.schema, source.clone());
    for (key, value) in header.lines().filter_map(|line| line.split_once('=')) {
        let place = Location { path: Some(format!("header.{key}")), ..Location::file(&source) };
        intake.header_entry(key.trim(), &Raw::Text(value.trim().into()), place);
    }
    for (name, csv) in tables {
        let layout = Layout::Lines { file: format!("{name}.csv") };
        let Some(mut table) = intake.open_table(name, layout, Location::file(&source)) else { continue };
        for (row, line) in csv.lines().enumerate() {
            let cells = (1u32..).zip(line.split(','));
            let number = u32::try_from(row).unwrap() + 1;
            if row == 0 {
                table.headings(1, &cells.map(|(at, name)| (at, name.to_string())).collect::<Vec<_>>());
            } else {
                let cells: Vec<_> = cells.map(|(at, cell)| (at, Raw::Text(cell.into()))).collect();
                table.row(number, &cells);
            }
        }
        intake.close_table(table);
    }
    Delivery { package, content: Content::Read { submission: intake.finish(), inspected: true } }
}

pub(crate) fn verdicts(book: &Rulebook, deliveries: Vec<Delivery>) -> Verdicts {
    check(
        book,
        deliveries,
        &Options {
            as_of: Date::constant(2021, 3, 31),
            way: Way::Prove,
            keep: Keep::All,
            memory: None,
            progress: &|| {},
        },
    )
}

/// What one rule says of the submission at `at` in the report.
pub(crate) fn outcome<'a>(verdicts: &'a Verdicts, at: usize, rule: &str) -> &'a RuleOutcome {
    let outcomes = &verdicts.submissions[at].outcomes;
    outcomes
        .iter()
        .find(|one| one.rule.0 == rule)
        .unwrap_or_else(|| panic!("{rule} said nothing: {outcomes:?}"))
}

/// Every script must be refused with the code given.
pub(crate) fn refused(wrap: fn(&str) -> String, cases: &[(&str, &str)]) {
    let mut slipped = Vec::new();
    for (code, script) in cases {
        let found = codes(&wrap(&format!("{script}\nfail(\"x\");")));
        if !found.contains(code) {
            slipped.push(format!("{code} expected, found {found:?}:\n{script}"));
        }
    }
    assert!(slipped.is_empty(), "{} of {} slipped:\n\n{}", slipped.len(), cases.len(), slipped.join("\n\n"));
}

/// Every script must load.
pub(crate) fn accepted(wrap: fn(&str) -> String, scripts: &[&str]) {
    let mut stopped = Vec::new();
    for script in scripts {
        let file = wrap(&format!("{script}\nfail(\"x\");"));
        if let Err(errors) = load(&[("T-001", &file)]) {
            stopped.push(format!("{script}\n{}", render(&errors)));
        }
    }
    assert!(stopped.is_empty(), "refused:\n\n{}", stopped.join("\n\n"));
}

pub(crate) fn submission_rule(body: &str) -> String {
    rule("level = \"submission\"", body)
}

pub(crate) fn yearly_rule(body: &str) -> String {
    rule("level = \"year_over_year\"", body)
}

pub(crate) fn batch_rule(body: &str) -> String {
    rule("level = \"cross_submission\"", body)
}
