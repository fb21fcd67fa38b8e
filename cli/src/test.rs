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
    let mut book = source::load(&config)?;
    book.measure();
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
    let reach = book.reach();
    for one in &reach.unreached {
        anstream::println!("○ {}:{}:{}  {}", one.path, one.line, one.column, one.what.get(lang));
        anstream::println!("    {}", one.source);
    }
    let text = Text::new(
        format!(
            "规则的分支和结论 {} 处，例子和样例走到 {} 处",
            reach.points,
            reach.points - reach.unreached.len()
        ),
        format!(
            "{} branches and words of rules, {} reached by an example or a fixture",
            reach.points,
            reach.points - reach.unreached.len()
        ),
    );
    anstream::println!("{}", text.get(lang));
    let (rules, cases, packages) = (book.rules.len(), examples.len(), fixtures.len());
    let text = Text::new(
        format!("规则 {rules} 条，例子 {cases} 个，样例 {packages} 份；不合预期 {failed} 处"),
        format!("{rules} rules, {cases} examples, {packages} fixtures; {failed} not as expected"),
    );
    anstream::println!("{}", text.get(lang));
    let unreached = args.all_reached && !reach.unreached.is_empty();
    Ok(if failed == 0 && !unreached { exit::CLEAN } else { exit::FINDINGS })
}
