//! Rules that would let an empty cell pass in silence must not load; rules that ask first must.

mod support;

use support::{accepted, batch_rule, record_rule, refused, submission_rule, yearly_rule};

const EMPTY: &str = "R213";

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
            ("R233", "let 值 = 附加数; if 值 != () && { 值 = (); true } && 值 > 5 { fail(\"甲\"); }"),
            (
                "R233",
                "let 值 = 附加数; if 值 == () { return; } if 在用 && { 值 = (); true } {} if 值 > 5 { fail(\"甲\"); }",
            ),
            ("R233", "let 值 = 5; let 二 = 附加数 ?? { 值 = 附加数; 5 }; if 值 > 二 { fail(\"甲\"); }"),
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
            ("R233", "let 值 = 5; 台账.any(|甲| { 值 = 甲.附加数; true }); if 值 > 5 { fail(\"甲\"); }"),
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
fn a_question_mark_asks_nothing() {
    refused(
        yearly_rule,
        &[
            (EMPTY, "if 上年?.台账.len() > 5 { fail(\"甲\"); }"),
            (EMPTY, "if 上年?.台账?.len() > 5 { fail(\"甲\"); }"),
            (EMPTY, "if 报送.审查?.审查日 > 今天() { fail(\"甲\"); }"),
            (EMPTY, "if present(报送.审查.备注) { fail(\"甲\"); }"),
            (EMPTY, "if 台账.any(|甲| 甲.已付 ?? return > 5) { fail(\"甲\"); }"),
            (EMPTY, "if (参数[\"最高额\"] ?? ()) > 5 { fail(\"甲\"); }"),
        ],
    );
    accepted(
        yearly_rule,
        &[
            "if (上年?.台账?.len() ?? 0) > 5 { fail(\"甲\"); }",
            "if (台账.first()?.已付 ?? 0) > 5 { fail(\"甲\"); }",
            "if (参数.最高额 ?? 5) > 5 { fail(\"甲\"); }",
        ],
    );
}

#[test]
fn nothing_stands_where_it_is_never_reached() {
    const NEVER: &str = "R236";
    refused(
        record_rule,
        &[
            (NEVER, "return; fail(\"甲\");"),
            (NEVER, "if false { fail(\"甲\"); }"),
            (NEVER, "if true { skip(\"乙\"); } else { fail(\"甲\"); }"),
            (NEVER, "skip(\"乙\"); if 数量 > 5 { fail(\"甲\"); }"),
            (NEVER, "if 数量 > 5 { undecided(\"乙\"); fail(\"甲\"); }"),
            (NEVER, "if 数量 > 5 { return; } else { skip(\"乙\"); } fail(\"甲\");"),
            (NEVER, "for 一 in 标签 { continue; fail(\"甲\"); }"),
        ],
    );
    accepted(
        record_rule,
        &[
            "if 数量 > 5 { return; } fail(\"甲\");",
            "for 一 in 标签 { if 一 == \"乙\" { continue; } fail(\"甲\"); }",
            "for 一 in 标签 { if 一 == \"乙\" { break; } } fail(\"甲\");",
        ],
    );
}
