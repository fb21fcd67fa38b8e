//! Rules that compare what can never be equal must not load: types, units, words outside a vocabulary.

mod support;

use support::{accepted, record_rule, refused, submission_rule, yearly_rule};

const EMPTY: &str = "R213";
const MIXED: &str = "R210";

#[test]
fn unlike_things_are_not_compared() {
    refused(
        record_rule,
        &[
            (MIXED, "if 1 < 数量 < 5 { fail(\"甲\"); }"),
            ("R218", "if 金额 > 参数.上限 { fail(\"甲\"); }"),
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
