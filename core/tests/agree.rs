//! Both ways of running record rules say the same, byte for byte: on random well-typed rules and random tables, with blank
//! and unreadable cells, extreme numbers, wide characters.
//!
//! The seed is fixed. `HEGUI_AGREE=200 cargo test --release -p hegui-core --test agree` runs so many times as many rules.

mod support;

use hegui_core::engine::{Keep, Options, check};
use hegui_core::prove::Way;
use hegui_core::rulebook::Rulebook;
use hegui_core::value::Date;
use hegui_core::verdict::{Outcome, Verdicts};
use support::{MANIFEST, delivery, record_rule, rule, source};

/// Rules of one round, and records of the table they are run on.
const RULES: usize = 60;
const RECORDS: usize = 150;

/// Prints how much was compared, for whoever runs more than the usual.
#[test]
#[allow(clippy::print_stdout)]
fn both_ways_agree_on_random_rules() {
    let rounds: usize = std::env::var("HEGUI_AGREE").ok().and_then(|n| n.parse().ok()).unwrap_or(1);
    let mut dice = Dice(20_201_022);
    let (mut loaded, mut evaluations, mut lowered, mut loud) = (0, 0, 0, 0);
    for round in 0..rounds * 4 {
        let rules: Vec<(String, String)> = (0..RULES)
            .map(|n| {
                let text = record_rule(&script(&mut dice)).replacen("T-001", &format!("T-{n:03}"), 1);
                (format!("T-{n:03}"), text)
            })
            .filter(|(name, text)| Rulebook::load(&source(MANIFEST, &[(name, text)]), &[]).is_ok())
            .collect();
        let named: Vec<(&str, &str)> =
            rules.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
        let book =
            Rulebook::load(&source(MANIFEST, &named), &[]).unwrap_or_else(|_| panic!("each loads alone"));
        let table = table(&mut dice);
        let proved = verdicts(&book, &table, Way::Prove);
        let interpreted = verdicts(&book, &table, Way::Interpret);
        if proved != interpreted {
            for (rule, (a, b)) in named.iter().zip(one_by_one(&proved, &interpreted)) {
                assert_eq!(a, b, "round {round}\n{}\n{table}", rule.1);
            }
            assert_eq!(proved, interpreted, "round {round}\n{table}");
        }
        loaded += rules.len();
        evaluations += rules.len() * RECORDS;
        lowered += book
            .rules
            .iter()
            .filter(|rule| rule.plan.as_ref().is_some_and(|p| p.unlowered().is_empty()))
            .count();
        loud += proved.findings.len();
    }
    println!("{loaded} rules, {lowered} lowered as a whole, {evaluations} evaluations, {loud} findings");
    // A generator whose rules do not load, or that never speak, proves nothing.
    assert!(loaded > rounds * 4 * RULES / 4, "only {loaded} rules loaded");
    assert!(lowered * 10 > loaded * 8, "only {lowered} of {loaded} lowered");
    assert!(loud > evaluations / 50, "only {loud} findings");
}

/// Rules on a whole submission, which look at its records through closures.
#[test]
#[allow(clippy::print_stdout)]
fn both_ways_agree_on_random_closures() {
    let rounds: usize = std::env::var("HEGUI_AGREE").ok().and_then(|n| n.parse().ok()).unwrap_or(1);
    let mut dice = Dice(20_201_023);
    let (mut loaded, mut failed, mut decided) = (0, 0, 0);
    for round in 0..rounds * 4 {
        let rules: Vec<(String, String)> = (0..RULES)
            .map(|n| {
                let text = rule("level = \"submission\"\ntable = \"items\"", &verbs(&mut dice));
                (format!("T-{n:03}"), text.replacen("T-001", &format!("T-{n:03}"), 1))
            })
            .filter(|(name, text)| Rulebook::load(&source(MANIFEST, &[(name, text)]), &[]).is_ok())
            .collect();
        let named: Vec<(&str, &str)> =
            rules.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
        let book =
            Rulebook::load(&source(MANIFEST, &named), &[]).unwrap_or_else(|_| panic!("each loads alone"));
        // Every other table has sound cells alone: a blank one ends most of what a script does.
        let table = if round % 2 == 0 { table(&mut dice) } else { sound_table(&mut dice) };
        let proved = verdicts(&book, &table, Way::Prove);
        let interpreted = verdicts(&book, &table, Way::Interpret);
        for (rule, (a, b)) in named.iter().zip(one_by_one(&proved, &interpreted)) {
            assert_eq!(a, b, "round {round}\n{}\n{table}", rule.1);
        }
        assert_eq!(proved, interpreted, "round {round}\n{table}");
        loaded += rules.len();
        failed += proved.findings.len();
        let outcomes = proved.submissions.iter().flat_map(|one| &one.outcomes);
        decided += outcomes.filter(|one| matches!(one.outcome, Outcome::Pass | Outcome::Fail)).count();
    }
    println!("{loaded} rules on {RECORDS} records, {decided} decided, {failed} findings");
    assert!(loaded > rounds * 4 * RULES / 4, "only {loaded} rules loaded");
    assert!(decided > loaded / 4 && failed > loaded / 2, "only {decided} decided, {failed} findings");
}

/// A script that asks verbs on tables, each through a closure or by a field.
fn verbs(dice: &mut Dice) -> String {
    let mut lines = vec!["let 界 = 3;".to_string()];
    for n in 0..=dice.below(3) {
        let mut script = Script { dice, variables: 0, depth: 2 };
        let (test, other, number) = (script.test(), script.test(), script.number());
        let (test, other, number) = (of_record(&test), of_record(&other), of_record(&number));
        let field = dice.one(&["\"编号\"", "\"名称\"", "\"类别\"", "\"数量\"", "\"金额\"", "\"申请日\""]);
        let sum = dice.one(&["\"数量\"", "\"金额\"", "\"附加数\""]);
        let lens = match dice.below(4) {
            0 => field.to_string(),
            1 => format!("|条| 字数(规范(条.编号)) + {}", dice.below(3)),
            2 => format!("|条| if {test} {{ 条.编号 }} else {{ 条.类别 }}"),
            _ => "|条| 条.名称 ?? 条.编号".to_string(),
        };
        lines.push(match dice.below(10) {
            0 => format!("if 台账.count(|条| {test}) > 界 {{ fail(`${{台账.count(|条| {other})}} 条`); }}"),
            1 => format!("for 条 in 台账.filter(|条| {test}) {{ if {other} {{ fail(条, \"编号\", `${{条.编号}}`); }} }}"),
            2 => format!("let 和{n} = 台账.filter(|条| {test}).sum(|条| {number}); fail(`${{和{n}}}`);"),
            3 => format!("if 台账.any(|条| {test} && 字数(条.编号) >= 界) {{ fail(\"有\"); }}"),
            4 => format!("if 台账.all(|条| {test}) {{ fail(\"都\"); }}"),
            5 => format!("for 组 in 台账.group_by({lens}) {{ fail(`${{组.key}} ${{组.rows.len()}}`); }}"),
            6 => format!("for 组 in 台账.filter(|条| {test}).duplicates({lens}) {{ for 条 in 组.rows {{ fail(条, `${{组.key}}`); }} }}"),
            7 => format!("let 一{n} = 台账.find(|条| {test}); if 一{n} != () {{ fail(一{n}, \"它\"); }}"),
            8 => format!("fail(`${{台账.sum({sum})}}`);"),
            _ => format!("fail(`${{台账.filter(|条| {test}).max({sum}) ?? 0}}`);"),
        });
    }
    lines.join("\n")
}

/// An expression on the record at hand as one on the record of a closure.
fn of_record(expression: &str) -> String {
    const FIELDS: [&str; 16] = [
        "编号",
        "名称",
        "类别",
        "状态",
        "附加数",
        "数量",
        "金额",
        "已付",
        "成本",
        "申请日",
        "授权日",
        "在用",
        "核过",
        "标签",
        "标志",
        "地点",
    ];
    FIELDS.iter().fold(expression.to_string(), |text, field| text.replace(field, &format!("条.{field}")))
}

/// What each rule says either way.
fn one_by_one(a: &Verdicts, b: &Verdicts) -> Vec<(String, String)> {
    let of = |verdicts: &Verdicts, n: usize| {
        let rule = format!("T-{n:03}");
        let outcomes =
            verdicts.submissions.iter().flat_map(|one| &one.outcomes).filter(|one| one.rule.0 == rule);
        let findings = verdicts.findings.iter().filter(|one| one.rule.0 == rule);
        format!("{:#?}\n{:#?}", outcomes.collect::<Vec<_>>(), findings.collect::<Vec<_>>())
    };
    let rules: std::collections::BTreeSet<usize> = a
        .submissions
        .iter()
        .flat_map(|one| &one.outcomes)
        .filter_map(|one| one.rule.0.strip_prefix("T-")?.parse().ok())
        .collect();
    rules.into_iter().map(|n| (of(a, n), of(b, n))).collect()
}

fn verdicts(book: &Rulebook, table: &str, way: Way) -> Verdicts {
    let header = "submitter_kind=enterprise\nsubmitter_code=甲\nsubmitter_name=示例\nreport_year=2020\n\
                  period_start=2020-01-01\nperiod_end=2020-12-31\nas_of_date=2020-12-31\nshare=0.5";
    let deliveries = vec![delivery(book, 1, header, &[("items", table)])];
    check(
        book,
        deliveries,
        &Options { as_of: Date::constant(2021, 3, 31), way, keep: Keep::All, memory: None, progress: &|| {} },
    )
}

/// Numbers that look random and are the same on every machine.
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or_default() % bound
    }

    fn one<'a>(&mut self, of: &[&'a str]) -> &'a str {
        of[self.below(of.len())]
    }
}

/// A table with every sort of cell.
fn table(dice: &mut Dice) -> String {
    filled(dice, 3)
}

/// A table whose required cells are all filled.
fn sound_table(dice: &mut Dice) -> String {
    filled(dice, usize::MAX)
}

/// A table in which one of so many records may have blank or unreadable cells where a value is required.
fn filled(dice: &mut Dice, one_of: usize) -> String {
    let mut lines = vec![
        "编号,名称,类别,状态,数量,附加数,金额,已付,成本,申请日,授权日,在用,核过,标签,标志,市,邮编"
            .to_string(),
    ];
    const TEXTS: [&str; 9] = ["", "甲", "ＡＢ", "AB", "ab", "二三四五六七八九十", "👨‍👩‍👧", "0", "-"];
    const WHOLE: [&str; 9] =
        ["0", "1", "-1", "5", "9223372036854775807", "-9223372036854775808", "约5", "", "3"];
    const EXACT: [&str; 9] = [
        "0",
        "0.00",
        "1.5",
        "-2.25",
        "79228162514264337593543950335",
        "0.0000000000000000000000000001",
        "",
        "无",
        "5",
    ];
    const DAYS: [&str; 7] =
        ["2020-01-01", "2020-12-31", "2020-02-29", "1985-04-01", "", "2020-02-30", "2021-01-01"];
    const YES: [&str; 4] = ["是", "否", "", "也许"];
    const LISTS: [&str; 5] = ["甲", "甲;乙", "", "乙;丙;甲", "AB"];
    for row in 0..RECORDS {
        // Mostly sound cells: a blank required one ends everything.
        let sound = dice.below(one_of) > 0;
        let whole = if sound { dice.one(&WHOLE[..4]) } else { dice.one(&WHOLE) };
        let exact = if sound { dice.one(&EXACT[..4]) } else { dice.one(&EXACT) };
        let day = if sound { dice.one(&DAYS[..4]) } else { dice.one(&DAYS) };
        let yes = if sound { dice.one(&YES[..2]) } else { dice.one(&YES) };
        let cells = [
            format!("{}{}", dice.one(&TEXTS[1..]), row % 7),
            dice.one(&TEXTS).to_string(),
            dice.one(&["发明", "实用新型", "外观设计"]).to_string(),
            dice.one(&["有效", "失效", "申请中", "", "别的"]).to_string(),
            whole.to_string(),
            dice.one(&WHOLE).to_string(),
            exact.to_string(),
            dice.one(&EXACT).to_string(),
            dice.one(&EXACT).to_string(),
            day.to_string(),
            dice.one(&DAYS).to_string(),
            yes.to_string(),
            dice.one(&YES).to_string(),
            dice.one(if sound { &LISTS[..2] } else { &LISTS }).to_string(),
            dice.one(&LISTS).to_string(),
            dice.one(&["兰州", ""]).to_string(),
            dice.one(&["730000", ""]).to_string(),
        ];
        lines.push(cells.join(","));
    }
    lines.join("\n")
}

/// A script of some statements; not each is well-typed, and those that are not do not load.
fn script(dice: &mut Dice) -> String {
    let mut lines = Vec::new();
    let mut script = Script { dice, variables: 0, depth: 0 };
    for _ in 0..=script.dice.below(4) {
        lines.push(script.statement());
    }
    lines.push(format!("if {} {{ fail(\"编号\", `{}`); }}", script.test(), "不符合 ${编号}"));
    lines.join("\n")
}

struct Script<'a> {
    dice: &'a mut Dice,
    variables: usize,
    depth: usize,
}

impl Script<'_> {
    fn deeper<T>(&mut self, work: impl FnOnce(&mut Self) -> T) -> T {
        self.depth += 1;
        let answer = work(self);
        self.depth -= 1;
        answer
    }

    fn block(&mut self) -> String {
        let before = self.variables;
        let block = self.deeper(|script| {
            let lines: Vec<String> = (0..=script.dice.below(2)).map(|_| script.statement()).collect();
            lines.join(" ")
        });
        // What is declared in a block is not known outside.
        self.variables = before;
        format!("{{ {block} }}")
    }

    fn statement(&mut self) -> String {
        match self.dice.below(if self.depth > 2 { 5 } else { 11 }) {
            0 => format!("if {} {{ fail(\"甲\"); }}", self.test()),
            1 => format!("if {} {{ return; }}", self.test()),
            2 => format!("if {} {{ skip(`不查 ${{名称}}`); }}", self.test()),
            3 => format!("if {} {{ undecided(\"说不好\"); }}", self.test()),
            4 => {
                let value = self.number();
                self.variables += 1;
                format!("let v{}_{} = 转小数({value});", self.depth, self.variables)
            }
            5 => format!("if {} {} else {}", self.test(), self.block(), self.block()),
            6 => format!("if {} {}", self.test(), self.block()),
            7 => format!(
                "switch 类别 {{ \"发明\" => {}, \"实用新型\" | \"外观设计\" => {} }}",
                self.block(),
                self.block()
            ),
            8 => {
                let list = self.dice.one(&["[\"甲\", \"乙\", \"AB\"]", "标签", "[1, 2, 3]"]);
                let test = self.test();
                let ends = self.dice.one(&["break", "continue", "return"]);
                let (depth, block) = (self.depth, self.block());
                format!("for 项{depth} in {list} {{ if {test} {{ {ends}; }} {block} }}")
            }
            9 => {
                let (depth, to, block) = (self.depth, self.dice.below(4), self.block());
                format!("for n{depth} in 0..{to} {block}")
            }
            _ => {
                let (test, one, other) = (self.test(), self.number(), self.number());
                self.variables += 1;
                format!(
                    "let v{}_{} = if {test} {{ 转小数({one}) }} else {{ 转小数({other}) }};",
                    self.depth, self.variables
                )
            }
        }
    }

    fn test(&mut self) -> String {
        let choice = self.dice.below(if self.depth > 4 { 11 } else { 16 });
        self.deeper(|script| match choice {
            0 => {
                let sign = script.dice.one(&["<", "<=", ">", ">=", "==", "!="]);
                format!("{} {sign} {}", script.number(), script.number())
            }
            1 => format!(
                "申请日 {} 日期(\"2020-06-30\")",
                script.dice.one(&["<", "<=", ">", ">=", "==", "!="])
            ),
            2 => format!("(授权日 != () && 授权日 {} 申请日)", script.dice.one(&["<", ">=", "=="])),
            3 => format!(
                "类别 {} \"{}\"",
                script.dice.one(&["==", "!="]),
                script.dice.one(&["发明", "外观设计"])
            ),
            4 => "(状态 == () || 状态 in [\"有效\", \"申请中\"])".to_string(),
            5 => script.dice.one(&["在用", "!在用", "(核过 ?? false)", "!(核过 ?? true)"]).to_string(),
            6 => format!(
                "编号.{}(\"{}\")",
                script.dice.one(&["starts_with", "contains", "ends_with"]),
                script.dice.one(&["甲", "A", "3", ""])
            ),
            7 => format!("字数(规范(编号)) {} {}", script.dice.one(&["<", ">", "=="]), script.dice.below(6)),
            8 => format!("标签.contains(\"{}\")", script.dice.one(&["甲", "乙", "戊"])),
            9 => format!(
                "(名称 {} () && 前几字(名称 ?? \"\", 2) == \"{}\")",
                script.dice.one(&["!=", "=="]),
                script.dice.one(&["甲", "二三", "AB"])
            ),
            10 => format!(
                "(地点 != () && 地点.市 == \"兰州\" && 地点.邮编 {} ())",
                script.dice.one(&["==", "!="])
            ),
            11 => format!("({} && {})", script.test(), script.test()),
            12 => format!("({} || {})", script.test(), script.test()),
            13 => format!("!({})", script.test()),
            14 => {
                format!("年(申请日) {} {}", script.dice.one(&["<", ">", "=="]), 1985 + script.dice.below(40))
            }
            _ => "报送.占比 != () && 报送.占比 > 0.25".to_string(),
        })
    }

    fn number(&mut self) -> String {
        let choice = self.dice.below(if self.depth > 4 { 8 } else { 12 });
        self.deeper(|script| match choice {
            0 | 1 => "数量".to_string(),
            2 => "金额".to_string(),
            3 => "(附加数 ?? 1)".to_string(),
            4 => "(已付 ?? 0)".to_string(),
            5 => script.dice.one(&["0", "1", "-3", "9223372036854775807", "0.5", "-1.25"]).to_string(),
            6 => "参数.上限".to_string(),
            7 => "字数(编号)".to_string(),
            8 => format!("({} + {})", script.number(), script.number()),
            9 => format!("({} - {})", script.number(), script.number()),
            10 => format!("({} * {})", script.number(), script.number()),
            _ => {
                format!("(转小数({}) {} {})", script.number(), script.dice.one(&["/", "%"]), script.number())
            }
        })
    }
}
