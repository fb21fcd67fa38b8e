//! Every mistake in a manifest as the message its author reads; and garbage never breaks the loader.

mod support;

use hegui_core::diagnostic::SourceFile;
use hegui_core::rulebook::{Rulebook, RulebookSource};
use hegui_core::text::Lang;
use support::{MANIFEST, render, render_in, source};

fn refusal(source: &RulebookSource) -> String {
    match Rulebook::load(source, &[]) {
        Ok(_) => "(loads)".to_string(),
        Err(errors) => render(&errors),
    }
}

fn shown(name: &str, mistake: &str, source: &RulebookSource) {
    insta::with_settings!({
        snapshot_path => "snapshots",
        prepend_module_to_snapshot => false,
        omit_expression => true,
        description => mistake,
    }, { insta::assert_snapshot!(format!("manifest-{name}"), refusal(source)) });
}

const FIELD: &str = "[[tables.parts.fields]]\nkey = \"new\"\nlabel = \"新\"\n";
const PARAMETER: &str = "[[parameters]]\nkey = \"new\"\nlabel = \"新\"\nsource = \"试验\"\ngrade = \"E\"\n";
const INDICATOR: &str = "[[indicators]]\ncode = \"X-1\"\nlabel = \"甲\"\nunit = \"件\"\nperiod = \"存量\"\n";

/// What is changed in the manifest, or added at its end, and the mistake that makes.
const MISTAKES: &[(&str, &str, &str, &str)] = &[
    ("name", "a name that is not the folder's", "name     = \"test\"", "name     = \"text\""),
    ("unknown-key", "a key that manifests do not have", "title_en = \"Test\"", "title_em = \"Test\""),
    ("bare-key", "a Chinese key without quotes", "title_en = \"Test\"", "标题 = \"甲\""),
    ("type", "a type that does not exist", "+FIELD", "type = \"strings\""),
    ("enum", "an enum without its words", "+FIELD", "type = \"enum\""),
    ("allowed", "words that the type cannot be", "+FIELD", "type = \"integer\"\nallowed = [1, \"二\"]"),
    (
        "labels",
        "fewer labels than words",
        "+FIELD",
        "type = \"enum\"\nallowed = [\"a\", \"b\"]\nlabels = [\"甲\"]",
    ),
    ("list", "a list without its items", "+FIELD", "type = \"list\""),
    ("object", "an object without its fields", "+FIELD", "type = \"object\""),
    ("duplicate-name", "a label that two fields have", "+FIELD", "type = \"string\"\naliases = [\"序号\"]"),
    ("identifier", "a script name that is reserved", "+FIELD", "type = \"string\"\nscript = \"switch\""),
    ("key-field", "a record key that is no field", "key      = [\"no\"]", "key      = [\"nr\"]"),
    (
        "submitter",
        "a kind of submitter that does not exist",
        "key      = [\"no\"]",
        "key      = [\"no\"]\nrequired_for = [\"citys\"]",
    ),
    ("duplicate-table", "two tables of one label", "label    = \"明细\"", "label    = \"台账\""),
    (
        "duplicate-indicator",
        "an indicator twice",
        "+INDICATOR",
        "[[indicators]]\ncode = \"X-1\"\nlabel = \"乙\"\nunit = \"件\"\nperiod = \"存量\"",
    ),
    ("indicator", "a relation to an unknown indicator", "+INDICATOR", "part_of = [\"X-2\"]"),
    (
        "value",
        "a value that is not of its type",
        "+PARAMETER",
        "type = \"integer\"\norigin = \"engineering\"\nvalue = 1.5",
    ),
    (
        "unset-value",
        "an unset parameter with a value",
        "+PARAMETER",
        "type = \"integer\"\norigin = \"unset\"\nvalue = 1",
    ),
    ("no-value", "a parameter without a value", "+PARAMETER", "type = \"integer\"\norigin = \"statute\""),
    (
        "origin",
        "an origin that does not exist",
        "+PARAMETER",
        "type = \"integer\"\norigin = \"law\"\nvalue = 1",
    ),
    (
        "no-source",
        "a value without a source",
        "+",
        "[[parameters]]\nkey = \"new\"\nlabel = \"新\"\ntype = \"integer\"\norigin = \"press\"\nvalue = 1",
    ),
    (
        "memory",
        "a value from memory",
        "+",
        "[[parameters]]\nkey = \"new\"\nlabel = \"新\"\ntype = \"integer\"\norigin = \"press\"\nvalue = 1\nsource = \"记忆\"\ngrade = \"M\"",
    ),
    (
        "overlap",
        "two values for the same days",
        "+",
        "[[parameters]]\nkey = \"limit\"\nlabel = \"上限\"\ntype = \"integer\"\norigin = \"press\"\nvalue = 1\nsource = \"甲\"\ngrade = \"B\"",
    ),
    (
        "parameter-label",
        "a label that is no identifier",
        "+",
        "[[parameters]]\nkey = \"new\"\nlabel = \"新 值\"\ntype = \"integer\"\norigin = \"unset\"",
    ),
    (
        "file",
        "a code list that is not there",
        "+",
        "[vocabularies.regions]\nlabel = \"区划\"\nfile = \"regions.csv\"",
    ),
    (
        "clause",
        "a gate rule of an unknown clause",
        "+",
        "[[gate]]\nid = \"T-900\"\ntitle = \"甲\"\nclause = \"议定书-9\"\nsource = \"甲\"\ngrade = \"A\"",
    ),
];

#[test]
fn mistakes_in_a_manifest() {
    for (name, mistake, place, text) in MISTAKES {
        let manifest = match *place {
            "+" => format!("{MANIFEST}\n{text}\n"),
            "+FIELD" => format!("{MANIFEST}\n{FIELD}{text}\n"),
            "+PARAMETER" => format!("{MANIFEST}\n{PARAMETER}{text}\n"),
            "+INDICATOR" => format!("{MANIFEST}\n{INDICATOR}{text}\n"),
            place => MANIFEST.replacen(place, text, 1),
        };
        shown(name, mistake, &source(&manifest, &[]));
    }
}

#[test]
fn mistakes_in_other_files() {
    let mut none = source(MANIFEST, &[]);
    none.plugins[0].files.clear();
    shown("none", "a folder without a manifest", &none);
    let mut year = source(MANIFEST, &[]);
    let text =
        "[[parameters]]\nkey = \"limits\"\nvalue = 1\norigin = \"press\"\nsource = \"甲\"\ngrade = \"B\"\n";
    year.parameters.push(SourceFile::new("rules/parameters/2021.toml", text));
    shown("override", "a year's value of an unknown parameter", &year);
    let mut agreement = source(MANIFEST, &[]);
    agreement.agreement = SourceFile::new("rules/agreement.toml", "title = 5");
    shown("agreement", "a broken agreement", &agreement);
}

/// Loads a manifest that may be anything, and renders what is said of it in both languages.
fn survive(manifest: &str) {
    if let Err(errors) = Rulebook::load(&source(manifest, &[]), &[]) {
        assert!(!errors.is_empty());
        for lang in [Lang::Zh, Lang::En] {
            assert!(!render_in(lang, &errors[..errors.len().min(5)]).is_empty());
        }
    }
}

#[test]
fn garbage_never_breaks_the_loader() {
    let real = include_str!("../../plugins/common/plugin.toml");
    for text in [real, MANIFEST] {
        let boundaries: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
        for &at in boundaries.iter().step_by(boundaries.len() / 150) {
            survive(&text[..at]);
            survive(&text[at..]);
        }
        for &at in boundaries.iter().step_by(boundaries.len() / 250) {
            let rest: String = text[at..].chars().skip(1).collect();
            survive(&format!("{}{rest}", &text[..at]));
            survive(&format!("{}\u{0}\"{{[{rest}", &text[..at]));
        }
    }
    for text in
        ["", "\u{feff}", "=", "[", "[[", "\"", "name", "name = ", "\n\n名", "[[[[[[", "a.b.c = 1", "\u{0}"]
    {
        survive(text);
    }
    survive(&format!("x = {}", "[".repeat(100_000)));
    survive(&format!("{} = 1", "a.".repeat(50_000)));
}
