//! Every fixture is a test: its verdicts are those a person wrote down in `expected.toml`, and the report the clerk gets
//! is the snapshot `report.snap` beside it.

#![allow(clippy::panic, clippy::unwrap_used)] // Not seen as tests, for want of `#[test]`.

use std::path::Path;
use std::sync::OnceLock;

use hegui::{Config, Fixture};
use hegui_core::rulebook::Rulebook;
use hegui_core::text::Lang;
use insta::Settings;
use libtest_mimic::{Arguments, Failed, Trial};

fn main() {
    let arguments = Arguments::from_args();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures");
    let fixtures = hegui::find_fixtures(&root).unwrap_or_else(|failure| panic!("{failure:?}"));
    assert!(!fixtures.is_empty(), "no fixture under {}", root.display());
    let trials = fixtures
        .into_iter()
        .map(|fixture| {
            let name = fixture.folder.strip_prefix(&root).unwrap().to_string_lossy().replace('\\', "/");
            Trial::test(name, move || judge(&fixture))
        })
        .collect();
    libtest_mimic::run(&arguments, trials).exit();
}

/// The rulebook of the repository.
fn book() -> &'static Rulebook {
    static BOOK: OnceLock<Rulebook> = OnceLock::new();
    BOOK.get_or_init(|| {
        let config = Path::new(env!("CARGO_MANIFEST_DIR")).join("../hegui.toml");
        let book = Config::read(&config).and_then(|config| hegui::load_rulebook(&config));
        book.unwrap_or_else(|failure| panic!("the rulebook does not load: {failure:?}"))
    })
}

fn judge(fixture: &Fixture) -> Result<(), Failed> {
    let result = hegui::run_fixture(book(), fixture);
    if !result.differences.is_empty() {
        let lines = result.differences.iter().map(|difference| format!("\n  {}", difference.get(Lang::Zh)));
        return Err(format!("{}：{}", fixture.expected.note, lines.collect::<String>()).into());
    }
    let mut settings = Settings::clone_current();
    settings.set_snapshot_path(&fixture.folder);
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.set_description(fixture.expected.note.as_str());
    let report = hegui::render_fixture(book(), &result.verdicts);
    settings.bind(|| insta::assert_snapshot!("report", report));
    Ok(())
}
