//! `hegui test`: the examples of native functions and rules, and the fixtures. Needs no Rust toolchain; `cargo test`
//! calls the same code.

use hegui_core::diagnostic::Style;
use hegui_core::text::Text;
use rayon::prelude::*;

use crate::args::{Common, TestArgs};
use crate::exit;
use crate::fixture;
use crate::messages::Failure;
use crate::source::{self, Config, shown};

/// Runs the command.
pub(crate) fn run(common: &Common, args: &TestArgs) -> Result<u8, Failure> {
    let mut config = Config::find(common)?;
    config.fixtures.extend(args.fixtures.iter().cloned());
    let book = source::load(&config)?;
    let lang = common.lang();
    let mut failed = 0;

    for (function, example) in book.run_native_examples() {
        failed += 1;
        let text = Text::new(
            format!("函数 {function} 的例子不成立：{example}"),
            format!("an example of the function {function} is not true: {example}"),
        );
        anstream::println!("✗ {}", text.get(lang));
    }
    let examples = book.run_examples();
    for mismatch in examples.iter().filter_map(|result| result.mismatch.as_ref()) {
        failed += 1;
        anstream::println!("{}", mismatch.render(lang, Style::Coloured));
    }
    let mut fixtures = Vec::new();
    for folder in &config.fixtures {
        fixtures.extend(fixture::find(folder)?);
    }
    let results: Vec<_> = fixtures.par_iter().map(|one| (one, fixture::run(&book, one))).collect();
    for (one, result) in results.iter().filter(|(_, result)| !result.differences.is_empty()) {
        failed += 1;
        anstream::println!("✗ {}  {}", shown(&one.folder), one.expected.note);
        for difference in &result.differences {
            anstream::println!("    {}", difference.get(lang));
        }
    }
    let (rules, cases, packages) = (book.rules.len(), examples.len(), fixtures.len());
    let text = Text::new(
        format!("规则 {rules} 条，例子 {cases} 个，样例 {packages} 份；不合预期 {failed} 处"),
        format!("{rules} rules, {cases} examples, {packages} fixtures; {failed} not as expected"),
    );
    anstream::println!("{}", text.get(lang));
    Ok(if failed == 0 { exit::CLEAN } else { exit::FINDINGS })
}
