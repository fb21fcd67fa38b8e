//! Rules that would let bad data pass in silence must not load; rules that ask first must.

mod support;

use support::{codes, record_rule, rule};

const EMPTY: &str = "R213";
const MIXED: &str = "R210";

/// Every script must be refused with the code given.
fn refused(wrap: fn(&str) -> String, cases: &[(&str, &str)]) {
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
fn accepted(wrap: fn(&str) -> String, scripts: &[&str]) {
    let mut stopped = Vec::new();
    for script in scripts {
        let file = wrap(&format!("{script}\nfail(\"x\");"));
        if let Err(errors) = support::load(&[("T-001", &file)]) {
            stopped.push(format!("{script}\n{}", support::render(&errors)));
        }
    }
    assert!(stopped.is_empty(), "refused:\n\n{}", stopped.join("\n\n"));
}

fn submission_rule(body: &str) -> String {
    rule("level = \"submission\"", body)
}

fn yearly_rule(body: &str) -> String {
    rule("level = \"year_over_year\"", body)
}

fn batch_rule(body: &str) -> String {
    rule("level = \"cross_submission\"", body)
}

#[test]
fn an_optional_cell_is_asked_for_first() {
    refused(
        record_rule,
        &[
            (EMPTY, "if 已付 > 5 { fail(\"甲\"); }"),
            (EMPTY, "if 5 < 已付 { fail(\"甲\"); }"),
            (EMPTY, "if 已付 == 5 { fail(\"甲\"); }"),
            (EMPTY, "if 已付 != 5 { fail(\"甲\"); }"),
            (EMPTY, "if -已付 < 5 { fail(\"甲\"); }"),
            (EMPTY, "if 已付 + 1 > 5 { fail(\"甲\"); }"),
            (EMPTY, "if !核过 { fail(\"甲\"); }"),
            (EMPTY, "if 核过 { fail(\"甲\"); }"),
            (EMPTY, "while 核过 { fail(\"甲\"); }"),
            (EMPTY, "if 在用 && 核过 { fail(\"甲\"); }"),
            (EMPTY, "if 名称.contains(\"甲\") { fail(\"甲\"); }"),
            (EMPTY, "if contains(名称, \"甲\") { fail(\"甲\"); }"),
            (EMPTY, "if \"甲\" in 标志 { fail(\"甲\"); }"),
            (EMPTY, "if 标志.contains(\"甲\") { fail(\"甲\"); }"),
            (EMPTY, "if 名称 in 标签 { fail(\"甲\"); }"),
            (EMPTY, "for 一 in 标志 { fail(一); }"),
            (EMPTY, "switch 状态 { \"有效\" => fail(\"甲\"), _ => {} }"),
            (EMPTY, "if 地点.市 == \"甲\" { fail(\"甲\"); }"),
            (EMPTY, "if 地点 != () && 地点.邮编 == \"甲\" { fail(\"甲\"); }"),
            (EMPTY, "if 标志[0] == \"甲\" { fail(\"甲\"); }"),
            (EMPTY, "if record.已付 > 5 { fail(\"甲\"); }"),
            (EMPTY, "if record[\"paid\"] > 5 { fail(\"甲\"); }"),
            (EMPTY, "if 报送[\"revision\"] > 5 { fail(\"甲\"); }"),
            (EMPTY, "if [已付, 5].contains(5) { fail(\"甲\"); }"),
            (EMPTY, "if `${已付}` == \"5\" { fail(\"甲\"); }"),
            (EMPTY, "let 文 = `${名称}x`; if 文 == \"x\" { fail(\"甲\"); }"),
            (EMPTY, "if \"\" + 名称 == \"x\" { fail(\"甲\"); }"),
            (EMPTY, "fail(\"甲\").expected(已付);"),
            (EMPTY, "fail(名称);"),
            // A required cell that the rule itself asks for is optional from then on.
            (EMPTY, "if 金额 == () { fail(\"甲\"); }\nif 金额 > 5 { fail(\"甲\"); }"),
        ],
    );
    accepted(
        record_rule,
        &[
            "if 已付 != () && 已付 > 5 { fail(\"甲\"); }",
            "if () != 已付 && 已付 > 5 { fail(\"甲\"); }",
            "if present(已付) && 已付 > 5 { fail(\"甲\"); }",
            "if 已填(已付) && (在用 || 已付 > 5) { fail(\"甲\"); }",
            "if !present(已付) || 已付 > 5 { fail(\"甲\"); }",
            "if 已付 == () || 已付 > 5 { fail(\"甲\"); }",
            "if !(已付 == ()) && 已付 > 5 { fail(\"甲\"); }",
            "if !(已付 == () || 成本 == ()) && 已付 * 10000 > 5 && 成本 > 5 { fail(\"甲\"); }",
            "if 已付 == () { skip(\"没填\"); }\nif 已付 > 5 { fail(\"甲\"); }",
            "if 已付 == () { undecided(\"没填\"); }\nif 已付 > 5 { fail(\"甲\"); }",
            "if 已付 == () || 成本 == () { return; }\nif 已付 > 5 && 成本 > 5 { fail(\"甲\"); }",
            "if !(已付 != () && 成本 != ()) { return; }\nif 已付 > 5 && 成本 > 5 { fail(\"甲\"); }",
            "if 已付 == () { if 在用 { skip(\"甲\"); } else { return; } }\nif 已付 > 5 { fail(\"甲\"); }",
            "if (已付 ?? 0) > 5 { fail(\"甲\"); }",
            "if 核过 ?? false { fail(\"甲\"); }",
            "let 值 = 已付 ?? 金额; if 值 > 5 { fail(\"甲\"); }",
            "let 值 = 已付 ?? undecided(\"没填\"); if 值 > 5 { fail(\"甲\"); }",
            "let 值 = 已付 ?? return; if 值 > 5 { fail(\"甲\"); }",
            "let 值 = 已付; if 值 != () && 值 > 5 { fail(\"甲\"); }",
            "let 值 = 已付; if 值 == () { 值 = 1.5; } if 值 > 5 { fail(\"甲\"); }",
            "let 值 = if 已付 == () { 金额 } else { 已付 }; if 值 > 5 { fail(\"甲\"); }",
            "let 值 = switch 类别 { \"发明\" => 20, _ => 10 }; if 数量 > 值 { fail(\"甲\"); }",
            "if 标志?.contains(\"甲\") ?? false { fail(\"甲\"); }",
            "if 地点 != () && 地点.市 == \"甲\" { fail(\"甲\"); }",
            "if 地点?.邮编 != () { fail(\"甲\"); }",
            "if 地点 != () && 地点.邮编 != () && 地点[\"邮编\"] == \"甲\" { fail(\"甲\"); }",
            "if 报送.审查 != () && 报送.审查.审查日 > 申请日 { fail(\"甲\"); }",
            "fail(`已付 ${已付} 与金额 ${金额} 不符`);",
            "fail(双语(`已付 ${已付}`, `paid ${已付}`));",
            "if 金额 == () { return; }\nif 金额 > 5 { fail(\"甲\"); }",
        ],
    );
}

#[test]
fn asking_in_one_place_does_not_help_in_another() {
    refused(
        record_rule,
        &[
            (EMPTY, "if 已付 == () && 成本 == () { return; }\nif 已付 > 5 { fail(\"甲\"); }"),
            (EMPTY, "if !present(已付) && 已付 > 5 { fail(\"甲\"); }"),
            (EMPTY, "if present(已付) || 已付 > 5 { fail(\"甲\"); }"),
            (EMPTY, "if 已付 != () || 在用 { if 已付 > 5 { fail(\"甲\"); } }"),
            (EMPTY, "if 在用 && (已付 != () || 在用) && 已付 > 5 { fail(\"甲\"); }"),
            (EMPTY, "if 已付 == () { fail(\"甲\"); }\nif 已付 > 5 { fail(\"甲\"); }"),
            (EMPTY, "if 已付 == () { if 在用 { return; } }\nif 已付 > 5 { fail(\"甲\"); }"),
            (EMPTY, "if 在用 { if 已付 == () { return; } }\nif 已付 > 5 { fail(\"甲\"); }"),
            (EMPTY, "if 已付 != () { } if 已付 > 5 { fail(\"甲\"); }"),
            (EMPTY, "let 有 = 已付 != (); if 有 && 已付 > 5 { fail(\"甲\"); }"),
            (EMPTY, "if 成本 != () && 已付 > 5 { fail(\"甲\"); }"),
            (EMPTY, "switch 类别 { \"发明\" if 已付 != () => {}, _ => { if 已付 > 5 { fail(\"甲\"); } } }"),
            (
                EMPTY,
                "switch 类别 { \"发明\" => { if 已付 == () { return; } } }\nif 已付 > 5 { fail(\"甲\"); }",
            ),
            // An ending on one side of a condition ends nothing on the other.
            (EMPTY, "if 已付 == () { let 值 = 名称 ?? skip(\"甲\"); }\nif 已付 > 5 { fail(\"甲\"); }"),
            (EMPTY, "if 已付 == () { if 在用 && { return; true } {} }\nif 已付 > 5 { fail(\"甲\"); }"),
            (EMPTY, "if 已付 == () { while 在用 { return; } }\nif 已付 > 5 { fail(\"甲\"); }"),
            (EMPTY, "if 已付 == () { for 一 in 标签 { return; } }\nif 已付 > 5 { fail(\"甲\"); }"),
            (
                EMPTY,
                "if 已付 == () { switch 类别 { \"发明\" => return, \"外观设计\" => return } }\nif 已付 > 5 { fail(\"甲\"); }",
            ),
            // `??` leaves it open if its last answer is open.
            (EMPTY, "if (已付 ?? ()) > 5 { fail(\"甲\"); }"),
            (EMPTY, "if (已付 ?? 成本) > 5 { fail(\"甲\"); }"),
            (EMPTY, "let 值 = 已付 ?? (); if 值 > 5 { fail(\"甲\"); }"),
            // A choice is as empty as its emptiest branch.
            (EMPTY, "let 值 = if 在用 { 已付 } else { 5 }; if 值 > 5 { fail(\"甲\"); }"),
            (EMPTY, "let 值 = if 在用 { 5 }; if 值 > 5 { fail(\"甲\"); }"),
            (EMPTY, "let 值 = switch 类别 { \"发明\" => 已付, _ => 5 }; if 值 > 5 { fail(\"甲\"); }"),
            (EMPTY, "let 值 = switch 类别 { \"发明\" => 5 }; if 值 > 5 { fail(\"甲\"); }"),
            (EMPTY, "if switch 类别 { \"发明\" => 核过, _ => true } { fail(\"甲\"); }"),
            (EMPTY, "let 值 = { 已付 }; if 值 > 5 { fail(\"甲\"); }"),
            (EMPTY, "if 标志?.contains(\"甲\") { fail(\"甲\"); }"),
            (EMPTY, "if 地点?.市 == \"甲\" { fail(\"甲\"); }"),
            (EMPTY, "if 地点?.市.contains(\"甲\") { fail(\"甲\"); }"),
        ],
    );
    refused(
        submission_rule,
        &[
            (
                EMPTY,
                "for 甲 in 台账 { for 乙 in 台账 { if 甲.已付 != () && 乙.已付 > 5 { fail(\"甲\"); } } }",
            ),
            (
                EMPTY,
                "for 甲 in 台账 { if 甲.已付 == () { continue; } }\nfor 甲 in 台账 { if 甲.已付 > 5 { fail(\"甲\"); } }",
            ),
            (EMPTY, "if 台账.any(|甲| 甲.已付 != ()) && 台账.any(|甲| 甲.已付 > 5) { fail(\"甲\"); }"),
            (EMPTY, "let 有 = 台账.筛选(|甲| 甲.已付 != ()); if 有.any(|甲| 甲.已付 > 5) { fail(\"甲\"); }"),
            (EMPTY, "if 台账.all(|甲| 甲.核过) { fail(\"甲\"); }"),
            (EMPTY, "if 台账.first().数量 > 5 { fail(\"甲\"); }"),
            (EMPTY, "if 台账.first()?.数量 > 5 { fail(\"甲\"); }"),
            (EMPTY, "if 台账.max(\"数量\") > 5 { fail(\"甲\"); }"),
            (EMPTY, "if 台账.find(|甲| 甲.在用) == 台账.first() { fail(\"甲\"); }"),
            (
                EMPTY,
                "let 组 = 台账.group_by(\"类别\"); if 组[0].rows.first()?.已付 != () && 组[1].rows.first()?.已付 > 5 { fail(\"甲\"); }",
            ),
            (
                EMPTY,
                "let 甲 = 台账.first(); let 乙 = 台账.first(); if 甲 == () || 乙 == () { return; }\nif (if 报送.报告年度 > 1 { 甲 } else { 乙 }).已付 != () && (if 报送.报告年度 > 2 { 甲 } else { 乙 }).已付 > 5 { fail(\"甲\"); }",
            ),
        ],
    );
    refused(
        batch_rule,
        &[
            (EMPTY, "if 全部报送[0].版次 != () && 全部报送[1].版次 > 5 { fail(\"甲\"); }"),
            (
                EMPTY,
                "for 甲 in 全部报送 { for 乙 in 全部报送 { if 甲.版次 != () && 乙.版次 > 1 { fail(\"甲\"); } } }",
            ),
        ],
    );
    refused(
        yearly_rule,
        &[
            (EMPTY, "if 上年.报告年度 > 5 { fail(\"甲\"); }"),
            (EMPTY, "if 上年?.报告年度 > 5 { fail(\"甲\"); }"),
            (EMPTY, "if 上年 != () && 上年.版次 > 5 { fail(\"甲\"); }"),
            (EMPTY, "if 报送.版次 != () && 上年 != () && 上年.版次 > 5 { fail(\"甲\"); }"),
            (EMPTY, "if 上年.台账.len() > 5 { fail(\"甲\"); }"),
        ],
    );
    accepted(
        submission_rule,
        &[
            "for 甲 in 台账 { if 甲.已付 == () { continue; } if 甲.已付 > 5 { fail(甲, \"已付\", \"甲\"); } }",
            "if 台账.any(|甲| 甲.已付 != () && 甲.已付 > 5) { fail(\"甲\"); }",
            "if 台账.any(|甲| { if 甲.已付 == () { return false; } 甲.已付 > 5 }) { fail(\"甲\"); }",
            "if 台账.any(|甲| { if 甲.已付 == () { undecided(\"甲\"); } 甲.已付 > 5 }) { fail(\"甲\"); }",
            "let 甲 = 台账.first(); if 甲 == () { return; } if 甲.数量 > 5 { fail(甲, \"甲\"); }",
            "let 限 = 报送.占比; if 限 != () && 台账.any(|甲| 甲.数量 > 限) { fail(\"甲\"); }",
            "let 最大 = 台账.max(\"已付\"); if 最大 != () && 最大 > 5 { fail(\"甲\"); }",
        ],
    );
    accepted(
        yearly_rule,
        &["if 上年 == () { undecided(\"没有上年\"); } if 上年.台账.len() > 台账.len() { fail(\"甲\"); }"],
    );
}

#[test]
fn loops_and_assignments_forget() {
    refused(
        record_rule,
        &[
            (EMPTY, "let 值 = 已付; if 值 == () { return; } 值 = 成本; if 值 > 5 { fail(\"甲\"); }"),
            (EMPTY, "let 值 = 5; 值 = (); if 值 > 5 { fail(\"甲\"); }"),
            (EMPTY, "let 值 = 5; if 在用 { 值 = (); } if 值 > 5 { fail(\"甲\"); }"),
            (EMPTY, "let 值 = (); if 值 > 5 { fail(\"甲\"); }"),
            (EMPTY, "let 值; if 值 > 5 { fail(\"甲\"); }"),
            (EMPTY, "let 值 = 5; for 一 in 标签 { if 值 > 3 { fail(\"甲\"); } 值 = 附加数; }"),
            (EMPTY, "let 值 = 5; while 值 > 3 { 值 = 附加数; }"),
            (
                EMPTY,
                "let 值 = 附加数; if 值 == () { return; } while 在用 { if 值 > 3 { fail(\"甲\"); } 值 = 附加数; }",
            ),
            (
                EMPTY,
                "let 值 = 附加数; if 值 == () { return; } for 一 in 标签 { 值 = 附加数; } if 值 > 3 { fail(\"甲\"); }",
            ),
            (
                EMPTY,
                "let 甲 = 5; let 乙 = 5; for 一 in 标签 { if 甲 > 3 { fail(\"甲\"); } 甲 = 乙; 乙 = 附加数; }",
            ),
            (EMPTY, "let 值 = 5; loop { if 值 > 3 { break; } 值 = 附加数; }"),
            (EMPTY, "do { if 已付 > 5 { fail(\"甲\"); } } while 已付 != ();"),
            (EMPTY, "do { if 已付 > 5 { fail(\"甲\"); } } until 已付 == ();"),
            (EMPTY, "while 已付 != () { break; } if 已付 > 5 { fail(\"甲\"); }"),
            // What a condition or a closure assigns would be forgotten by the checker, so they may not assign.
            ("R228", "let 值 = 附加数; if 值 != () && { 值 = (); true } && 值 > 5 { fail(\"甲\"); }"),
            (
                "R228",
                "let 值 = 附加数; if 值 == () { return; } if 在用 && { 值 = (); true } {} if 值 > 5 { fail(\"甲\"); }",
            ),
            ("R228", "let 值 = 5; let 二 = 附加数 ?? { 值 = 附加数; 5 }; if 值 > 二 { fail(\"甲\"); }"),
        ],
    );
    refused(
        submission_rule,
        &[
            (
                EMPTY,
                "let 上一条 = (); for 条 in 台账 { if 上一条.编号 == 条.编号 { fail(\"甲\"); } 上一条 = 条; }",
            ),
            (
                EMPTY,
                "let 条 = 台账.first(); if 条 == () || 条.已付 == () { return; } 条 = 台账.find(|甲| 甲.在用); if 条 == () { return; } if 条.已付 > 5 { fail(\"甲\"); }",
            ),
            ("R228", "let 值 = 5; 台账.any(|甲| { 值 = 甲.附加数; true }); if 值 > 5 { fail(\"甲\"); }"),
        ],
    );
    accepted(
        submission_rule,
        &[
            "let 上一条 = (); for 条 in 台账 { if 上一条 != () && 上一条.编号 == 条.编号 { fail(条, \"甲\"); } 上一条 = 条; }",
            "let 合计 = 0; for 条 in 台账 { 合计 += 条.金额; } if 合计 > 5 { fail(\"甲\"); }",
            "let 合计 = 0; for 条 in 台账 { if 合计 / 2 > 5 { fail(\"甲\"); } 合计 += 条.金额; }",
            "let 状态 = \"未知\"; for 条 in 台账 { if 状态 == \"有效\" { fail(\"甲\"); } 状态 = 条.状态 ?? \"未知\"; }",
            "let 找到 = false; for 条 in 台账 { if 条.在用 { 找到 = true; break; } } if !找到 { fail(\"甲\"); }",
            "let 数 = 0; while 数 < 3 { 数 += 1; }",
            "if 台账.any(|甲| { let 数 = 1; 数 += 甲.数量; 数 > 3 }) { fail(\"甲\"); }",
        ],
    );
}

#[test]
fn unlike_things_are_not_compared() {
    refused(
        record_rule,
        &[
            (MIXED, "if 编号 == 5 { fail(\"甲\"); }"),
            (MIXED, "if 数量 == \"5\" { fail(\"甲\"); }"),
            (MIXED, "if 数量 > \"5\" { fail(\"甲\"); }"),
            (MIXED, "let 限 = \"5\"; if 数量 > 限 { fail(\"甲\"); }"),
            (MIXED, "if 申请日 > \"2020-01-01\" { fail(\"甲\"); }"),
            (MIXED, "if 报送.占比 != () && 报送.占比 > 申请日 { fail(\"甲\"); }"),
            (MIXED, "if 申请日 > 20200101 { fail(\"甲\"); }"),
            (MIXED, "if 在用 == \"是\" { fail(\"甲\"); }"),
            (MIXED, "if 在用 == 1 { fail(\"甲\"); }"),
            (MIXED, "if 标签 == \"甲\" { fail(\"甲\"); }"),
            (MIXED, "if 标签 == [\"甲\"] { fail(\"甲\"); }"),
            (MIXED, "if 5 in 标签 { fail(\"甲\"); }"),
            (MIXED, "if 数量 in [\"1\", \"2\"] { fail(\"甲\"); }"),
            (MIXED, "if 标签.contains(5) { fail(\"甲\"); }"),
            (MIXED, "if 编号 in [\"甲\", 5] { fail(\"甲\"); }"),
            (MIXED, "if [1, \"甲\"].contains(编号) { fail(\"甲\"); }"),
            (MIXED, "if 编号 in [[\"甲\"]] { fail(\"甲\"); }"),
            (MIXED, "if record in [record] { fail(\"甲\"); }"),
            (MIXED, "if record == 编号 { fail(\"甲\"); }"),
            (MIXED, "let 值 = if 在用 { 5 } else { \"甲\" }; if 值 > 5 { fail(\"甲\"); }"),
            (MIXED, "let 值 = switch 类别 { \"发明\" => 5, _ => \"甲\" }; if 值 == 5 { fail(\"甲\"); }"),
            (MIXED, "let 值 = 名称 ?? 5; if 值 == 5 { fail(\"甲\"); }"),
            (MIXED, "switch 数量 { \"5\" => fail(\"甲\"), _ => {} }"),
            (MIXED, "switch 类别 { 5 => fail(\"甲\"), _ => {} }"),
            ("R221", "let 值 = 5; 值 = \"甲\"; if 值 > 5 { fail(\"甲\"); }"),
            ("R221", "let 值 = 5; if 在用 { 值 = 申请日; } if 值 > 5 { fail(\"甲\"); }"),
            ("R211", "if 编号 > \"5\" { fail(\"甲\"); }"),
            ("R211", "if 在用 > false { fail(\"甲\"); }"),
            ("R215", "if 数量 { fail(\"甲\"); }"),
            ("R215", "if 在用 && 数量 { fail(\"甲\"); }"),
            ("R215", "if !数量 { fail(\"甲\"); }"),
            ("R209", "if 编号.starts_with(5) { fail(\"甲\"); }"),
            ("R209", "if year(编号) == 5 { fail(\"甲\"); }"),
            ("R216", "if 申请日 + 1 > 申请日 { fail(\"甲\"); }"),
            ("R216", "if 编号 * 2 > 1 { fail(\"甲\"); }"),
            ("R230", "switch 金额 { 5 => fail(\"甲\"), _ => {} }"),
            ("R230", "switch 申请日 { 5 => fail(\"甲\"), _ => {} }"),
            ("R218", "if 已付 != () && 成本 != () && 已付 > 成本 { fail(\"甲\"); }"),
            ("R218", "if (已付 ?? 0) > (成本 ?? 0) { fail(\"甲\"); }"),
            ("R218", "let 值 = 已付 ?? 0; if 成本 != () && 值 > 成本 { fail(\"甲\"); }"),
            ("R218", "let 值 = 金额; 值 = 成本 ?? 0; if 值 > 金额 { fail(\"甲\"); }"),
            ("R218", "if (if 在用 { 金额 } else { 0 }) > (成本 ?? 0) { fail(\"甲\"); }"),
            ("R218", "if 金额 + (成本 ?? 0) > 5 { fail(\"甲\"); }"),
            ("R217", "if 数量 / 2 > 5 { fail(\"甲\"); }"),
            ("R217", "let 值 = 数量; 值 /= 2;"),
        ],
    );
    refused(
        submission_rule,
        &[
            ("R209", "if 台账.duplicates(\"地点\").count() > 0 { fail(\"甲\"); }"),
            ("R209", "for 组 in 台账.group_by(|甲| 甲.报送()) { fail(\"甲\"); }"),
            ("R209", "for 组 in 台账.group_by(|甲| 甲) { fail(\"甲\"); }"),
            ("R211", "let 值 = 台账.max(|甲| { if 甲.在用 { return \"甲\"; } 甲.数量 });"),
            ("R211", "let 值 = 台账.max(\"编号\");"),
            ("R215", "if 台账.any(|甲| { if 甲.在用 { return 5; } true }) { fail(\"甲\"); }"),
            (EMPTY, "if 台账.any(|甲| { if 甲.在用 { return 甲.核过; } true }) { fail(\"甲\"); }"),
            ("R216", "let 值 = 台账.sum(\"编号\");"),
            (MIXED, "let 组 = 台账.group_by(\"类别\"); if 组[0].key == 5 { fail(\"甲\"); }"),
            (MIXED, "for 甲 in 台账 { for 乙 in 明细 { if 甲 == 乙 { fail(\"甲\"); } } }"),
        ],
    );
    refused(yearly_rule, &[(MIXED, "if 报送 in [报送] { fail(\"甲\"); }")]);
    accepted(
        record_rule,
        &[
            "if 数量 > 5.5 || 金额 > 5 { fail(\"甲\"); }",
            "if 数量 in [1, 2.5] { fail(\"甲\"); }",
            "if 数量 in 0..5 { fail(\"甲\"); }",
            "if 申请日 > date(\"2020-01-01\") { fail(\"甲\"); }",
            "if 编号 in [\"甲\", \"乙\"] || \"甲\" in 标签 { fail(\"甲\"); }",
            "if 编号.contains(\"甲\") && \"甲\" in 编号 { fail(\"甲\"); }",
            "let 值 = 转小数(数量) / 2; if 值 > 5 { fail(\"甲\"); }",
            "if 金额 > (已付 ?? 0) { fail(\"甲\"); }",
            "if 数量 > 参数.上限 { fail(\"甲\"); }",
        ],
    );
    accepted(
        submission_rule,
        &[
            "for 组 in 台账.duplicates(\"编号\") { fail(组.key); }",
            "for 组 in 台账.group_by(|甲| `${甲.类别}/${甲.数量}`) { fail(组.key); }",
            "for 组 in 台账.group_by(\"申请日\") { if 组.key > date(\"2020-01-01\") { fail(\"甲\"); } }",
        ],
    );
}

#[test]
fn words_stand_in_the_vocabulary() {
    const WORD: &str = "R212";
    refused(
        record_rule,
        &[
            (WORD, "if 类别 == \"发名\" { fail(\"甲\"); }"),
            (WORD, "if \"发名\" != 类别 { fail(\"甲\"); }"),
            (WORD, "if 类别 in [\"发明\", \"新型\"] { fail(\"甲\"); }"),
            (WORD, "if [\"发明\", \"新型\"].contains(类别) { fail(\"甲\"); }"),
            (WORD, "let 词 = [\"发明\", \"新型\"]; if 类别 in 词 { fail(\"甲\"); }"),
            (WORD, "switch 类别 { \"新型\" => fail(\"甲\"), _ => {} }"),
            (WORD, "switch 类别 { \"发明\" | \"新型\" => fail(\"甲\"), _ => {} }"),
            (WORD, "fail(`${类别}`); switch 类别 { \"新型\" => fail(\"甲\"), _ => {} }"),
            (
                WORD,
                "fail(`甲${类别}乙${ if 在用 { `丙${编号}` } else { \"\" } }丁`); switch 类别 { \"新型\" => fail(\"甲\"), _ => {} }",
            ),
            (WORD, "let 文 = `${switch 类别 { \"新型\" => \"甲\", _ => \"乙\" }}`;"),
            (WORD, "let 词 = \"发名\"; if 类别 == 词 { fail(\"甲\"); }"),
            (WORD, "let 词 = if 在用 { \"发名\" } else { \"新型\" }; if 类别 == 词 { fail(\"甲\"); }"),
            (WORD, "let 值 = 类别; if 值 == \"新型\" { fail(\"甲\"); }"),
            (WORD, "if 状态 != () && 类别 == 状态 { fail(\"甲\"); }"),
            (WORD, "if (状态 ?? \"有效\") == \"无效\" { fail(\"甲\"); }"),
            (WORD, "if 报送.报送主体类型 == \"企业\" { fail(\"甲\"); }"),
        ],
    );
    accepted(
        record_rule,
        &[
            "if 类别 in [\"发明\", \"外观设计\"] { fail(\"甲\"); }",
            "let 年 = switch 类别 { \"发明\" => if 在用 { 1 } else { 2 }, \"外观设计\" => { 3 } _ => 4 }; if 数量 > 年 { fail(\"甲\"); }",
            "switch 类别 { \"发明\" | \"外观设计\" if 在用 => fail(\"甲\"), _ => {} }",
            "switch 数量 { -1 => fail(\"甲\"), 2..=5 => fail(\"乙\"), _ => {} }",
            "if 类别.contains(\"新型\") { fail(\"甲\"); }",
        ],
    );
}
