//! `hegui test`: the examples of native functions and rules, and the fixtures. Needs no Rust toolchain; `cargo test`
//! calls the same code.

use std::collections::BTreeSet;

use hegui_core::diagnostic::Style;
use hegui_core::rulebook::Rulebook;
use hegui_core::text::{Lang, Text};
use hegui_core::verdict::{Outcome, RuleId, Verdicts};
use rayon::prelude::*;

use crate::args::{Common, TestArgs};
use crate::exit;
use crate::fixture;
use crate::messages::Failure;
use crate::source::{self, Config, shown};

/// Runs the command.
pub(crate) fn run(common: &Common, args: &TestArgs) -> Result<u8, Failure> {
    let mut config = Config::find(common)?;
    // Fixtures named on the command line are for a look at a few packages, not for all of a rulebook.
    let has_fixtures = !config.fixtures.is_empty();
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
    let shown = results.iter().map(|(_, result)| &result.verdicts);
    let unshown = if has_fixtures { Unshown::of(&book, shown) } else { Unshown::default() };
    unshown.print(lang);
    let (rules, cases, packages) = (book.rules.len(), examples.len(), fixtures.len());
    let text = Text::new(
        format!("规则 {rules} 条，例子 {cases} 个，样例 {packages} 份；不合预期 {failed} 处"),
        format!("{rules} rules, {cases} examples, {packages} fixtures; {failed} not as expected"),
    );
    anstream::println!("{}", text.get(lang));
    let missing = args.all_reached && !(reach.unreached.is_empty() && unshown.is_empty());
    Ok(if failed == 0 && !missing { exit::CLEAN } else { exit::FINDINGS })
}

/// Rules that no fixture shows failing, or none passing: nobody has seen them at work on a whole package.
#[derive(Default)]
struct Unshown {
    failing: Vec<RuleId>,
    passing: Vec<RuleId>,
}

impl Unshown {
    fn of<'a>(book: &Rulebook, fixtures: impl Iterator<Item = &'a Verdicts>) -> Self {
        let shown: BTreeSet<(&RuleId, Outcome)> = fixtures
            .flat_map(|verdicts| &verdicts.submissions)
            .flat_map(|submission| &submission.outcomes)
            .map(|outcome| (&outcome.rule, outcome.outcome))
            .collect();
        // A rule with an unset parameter can neither fail nor pass, and says so itself.
        let expected = || book.rules.iter().filter(|rule| rule.runs() && book.can_decide(rule));
        let never = |outcome| {
            expected().map(|rule| &rule.id).filter(|id| !shown.contains(&(*id, outcome))).cloned().collect()
        };
        Self { failing: never(Outcome::Fail), passing: never(Outcome::Pass) }
    }

    fn is_empty(&self) -> bool {
        self.failing.is_empty() && self.passing.is_empty()
    }

    fn print(&self, lang: Lang) {
        for (rules, zh, en) in [
            (&self.failing, "样例里没有不符合过的规则", "fail on no fixture"),
            (&self.passing, "样例里没有符合过的规则", "pass on no fixture"),
        ] {
            if !rules.is_empty() {
                let ids: Vec<&str> = rules.iter().map(|id| id.0.as_str()).collect();
                let text =
                    Text::new(format!("{zh} {} 条", ids.len()), format!("{} of the rules {en}", ids.len()));
                anstream::println!("○ {}: {}", text.get(lang), ids.join(" "));
            }
        }
    }
}
