//! Stop rules: what they hold is not repeated anywhere.

mod support;

use hegui_core::gate::{Gate, Hit};
use hegui_core::plugin::Plugin;
use hegui_core::verdict::{Outcome, RuleId};
use support::{book, delivery, outcome, record_rule, rule, verdicts};

const ITEMS: &str = "编号,类别,数量,金额,已付,申请日,在用,标签";

fn items(rows: &[&str]) -> String {
    std::iter::once(ITEMS).chain(rows.iter().copied()).collect::<Vec<_>>().join("\n")
}

/// A plugin with a gate, so that its rules may stop a package.
struct Gated;

impl Gate for Gated {
    fn inspect(&self, _: &str) -> Vec<Hit> {
        Vec::new()
    }
    fn uninspectable(&self) -> RuleId {
        RuleId("T-900".into())
    }
}

impl Plugin for Gated {
    fn name(&self) -> &'static str {
        "test"
    }
    fn gate(&self) -> Option<&dyn Gate> {
        Some(self)
    }
}

#[test]
fn a_stop_rule_holds_everything_of_a_submission() {
    let stop = |script: &str| rule("level = \"submission\"\nseverity = \"stop\"", script);
    let other = record_rule("fail(\"名称\", `名称 ${编号}`);").replace("T-001", "T-002");
    let all = rule("level = \"cross_submission\"", "for 件 in 台账 { fail(件, \"编号\", `见 ${件.编号}`); }");
    let all = all.replace("T-001", "T-003");
    let table = items(&["绝密编号,发明,约九,1,,2020-05-12,是,暗号"]);
    let header = "submitter_kind=city\nsubmitter_code=暗号代码\nsubmitter_name=暗号单位\nreport_year=2020\n不认识=暗号字段";
    for script in [
        "if 报送.报告年度 == 2020 { fail(\"单位名称\", \"须另行处理\"); }",
        "if 报送.版次 == () { undecided(\"不知道\"); } fail(\"甲\");",
        "if 报送.报告年度 / 报送.占比 > 1 { fail(\"甲\"); }".replace("报送.占比", "转小数(0)").as_str(),
    ] {
        let book = book(&[("T-001", &stop(script)), ("T-002", &other), ("T-003", &all)], &[&Gated]);
        let verdicts = verdicts(&book, vec![delivery(&book, 1, header, &[("items", &table)])]);
        let text = format!("{verdicts:?}");
        for secret in ["暗号", "绝密", "约九", "package-1"] {
            assert!(!text.contains(secret), "{secret} in {text}");
        }
        assert!(verdicts.submissions[0].held);
        assert_eq!(outcome(&verdicts, 0, "T-001").outcome, Outcome::Fail);
        assert_eq!(verdicts.findings.len(), 1, "{:?}", verdicts.findings);
    }
}

#[test]
fn a_stop_rule_cannot_repeat_what_it_holds() {
    for (said, loads) in [
        ("\"须另行处理\"", true),
        ("双语(\"须另行处理\", \"to be handled apart\")", true),
        ("`${报送.单位名称} 须另行处理`", false),
        ("报送.单位名称", false),
        ("双语(`${报送.单位名称}`, \"x\")", false),
    ] {
        let head = "level = \"submission\"\nseverity = \"stop\"";
        let file = rule(head, &format!("if 报送.报告年度 == 2020 {{ fail(\"单位名称\", {said}); }}"));
        let sources = support::source(support::MANIFEST, &[("T-001", &file)]);
        let loaded = hegui_core::rulebook::Rulebook::load(&sources, &[&Gated]);
        let codes: Vec<_> = loaded.err().into_iter().flatten().map(|one| one.code).collect();
        assert_eq!(codes, if loads { vec![] } else { vec!["R234"] }, "{said}");
    }
}
