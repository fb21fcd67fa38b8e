//! The verdicts that every format is tested on. All names and numbers are made up.

mod findings;

use std::collections::BTreeMap;

use hegui_core::agreement::{Agreement, Clause, ClauseId, SubmitterKind};
use hegui_core::gate::HeldReason;
use hegui_core::text::Text;
use hegui_core::toml_source::Day;
use hegui_core::value::Date;
use hegui_core::verdict::{
    ClauseTally, LeftOut, Outcome, RuleId, RuleOutcome, Severity, SubmissionVerdict, Submitter, Verdicts,
};

use super::{Book, RuleTitle, RunInfo};
pub(super) use findings::stop_finding;

const CITY: &str = "629900-2025-1";
const HELD: &str = "held-3";
const SHA256: &str = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
const WORKBOOK: &str = "报送/示例市2025.xlsx";

/// Compares with the snapshot of this name in `snapshots/`.
pub(super) fn assert_snapshot(name: &str, description: &str, text: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.set_description(description);
    settings.bind(|| insta::assert_snapshot!(name, text));
}

/// A city's workbook with findings under two clauses, an enterprise's clean folder, a held package, and one finding
/// about all of them.
pub(super) fn verdicts() -> Verdicts {
    Verdicts {
        as_of: Date::constant(2026, 3, 1),
        rulebook_digest: "5feceb66ffc86f38d952786c6d696c79c2dbc239dd4e91b46729d73a27fb57e9".to_string(),
        submissions: vec![city(), enterprise(), held_package()],
        findings: findings::findings(),
        left_out: vec![LeftOut {
            submission: Some(city().id),
            rule: rule("PAT-008"),
            severity: Severity::Error,
            trial: false,
            count: 37,
        }],
        clauses: vec![
            tally("议定书-1", [0, 0, 0, 0, 0]),
            tally("议定书-2", [2, 3, 1, 0, 1]),
            tally("议定书-3", [1, 1, 0, 1, 0]),
            tally("议定书-13", [1, 0, 0, 1, 0]),
        ],
    }
}

/// Why the gate holds the held package.
fn hold() -> Vec<HeldReason> {
    let reason = |place: Text, offset| HeldReason {
        rule: rule("SEC-001"),
        file: 1,
        place,
        offset: Some(offset),
        length: Some(4),
        sha256: SHA256.to_string(),
        why: None,
    };
    let unreadable = HeldReason {
        rule: rule("SEC-009"),
        file: 2,
        place: Text::new("文件", "file"),
        offset: None,
        length: None,
        sha256: SHA256.chars().rev().collect(),
        why: Some(Text::new("文件已加密，无法检查", "the file is encrypted and cannot be inspected")),
    };
    vec![
        reason(Text::new("工作表2!C7", "sheet 2!C7"), 12),
        reason(Text::new("批注3", "note 3"), 0),
        unreadable,
    ]
}

/// The run of the sample.
pub(super) fn run() -> RunInfo {
    let options = [("engine", "proven"), ("fail_on", "error")];
    RunInfo {
        engine: "hegui 0.1.0".to_string(),
        options: options.map(|(name, value)| (name.to_string(), value.to_string())).into(),
    }
}

/// The rules of the sample.
pub(super) fn book(agreement: &Agreement) -> Book<'_> {
    let title = |zh: &str, en: &str, source: &str, grade: &str, severity| RuleTitle {
        title: Text::new(zh, en),
        source: source.to_string(),
        grade: grade.to_string(),
        severity,
    };
    let law = "专利法(2020修正)第三十九、四十条";
    let rules = BTreeMap::from([
        (
            rule("PAT-008"),
            title("有效专利须有授权公告日", "A patent in force has a grant date", law, "A", Severity::Error),
        ),
        (
            rule("PAT-021"),
            title(
                "汇总数与台账一致",
                "The total agrees with the ledger",
                "统计工作规程",
                "C",
                Severity::Error,
            ),
        ),
        (
            rule("PAT-030"),
            title("同族专利不重复计数", "A family counts once", "统计工作规程", "C", Severity::Warn),
        ),
        (
            rule("PAT-040"),
            title(
                "年度增幅在常见范围内",
                "Growth is within the usual range",
                "工程经验",
                "D",
                Severity::Warn,
            ),
        ),
        (
            rule("PAT-050"),
            title("维持年限可计算", "Years in force can be computed", law, "A", Severity::Info),
        ),
        (
            rule("TMB-004"),
            title(
                "商标注册号格式正确",
                "A registration number is well formed",
                "商标公告数据规范",
                "B",
                Severity::Warn,
            ),
        ),
        (
            rule("TMB-013"),
            title("文化品牌名录完整", "The list of culture brands is complete", "", "", Severity::Info),
        ),
    ]);
    Book { agreement, rules }
}

/// Some clauses of the agreement.
pub(super) fn agreement() -> Agreement {
    let clause = |id: &str, text: &str, gloss: &str| Clause {
        id: ClauseId(id.to_string()),
        text: text.to_string(),
        gloss: gloss.to_string(),
        actors: Vec::new(),
        kind: "qualitative".to_string(),
        note: String::new(),
        unchecked: Vec::new(),
    };
    Agreement {
        title: "国家知识产权局 甘肃省人民政府知识产权合作会商议定书".to_string(),
        title_en: "Protocol of consultation on intellectual-property cooperation".to_string(),
        signed: Day(Date::constant(2020, 10, 22)),
        source: String::new(),
        clauses: vec![
            clause(
                "议定书-1",
                "启动制定面向2035年的知识产权强省战略规划",
                "Start drawing up the strategy plan towards 2035",
            ),
            clause("议定书-2", "加紧实施专利质量提升工程", "Step up the patent quality improvement project"),
            clause("议定书-3", "(加紧实施)商标品牌战略", "Trademark brand strategy"),
            clause(
                "议定书-13",
                "培育一批以敦煌文化为代表、具有鲜明甘肃特色、在国际国内有较强竞争力和影响力的文化产业商标品牌",
                "Cultivate culture-industry brands represented by Dunhuang culture",
            ),
        ],
    }
}

fn city() -> SubmissionVerdict {
    let unset = Text::new(
        "参数“年度增幅上限”未设定，没有可引用的来源",
        "the parameter 'upper growth' is unset: there is no source to cite",
    );
    let previous = Text::new("没有上年报送", "there is no submission of last year");
    let broke = Text::new("第 12 行：运算次数超过上限 1000000", "line 12: more than 1000000 operations");
    let no_brand = Text::new("报送中没有文化品牌表", "no table of culture brands was handed in");
    SubmissionVerdict {
        id: CITY.to_string(),
        submitter: Submitter {
            kind: Some(SubmitterKind::City),
            code: "629900".to_string(),
            name: "示例市".to_string(),
        },
        year: Some(2025),
        source: WORKBOOK.to_string(),
        held: false,
        hold: Vec::new(),
        outcomes: vec![
            outcome("READ", None, Outcome::Fail, 1, vec![]),
            outcome("PAT-001", Some("议定书-2"), Outcome::Pass, 0, vec![]),
            outcome("PAT-008", Some("议定书-2"), Outcome::Fail, 2, vec![]),
            outcome("PAT-021", Some("议定书-2"), Outcome::Fail, 1, vec![]),
            outcome("PAT-030", Some("议定书-2"), Outcome::Fail, 1, vec![]),
            outcome("PAT-040", Some("议定书-2"), Outcome::CannotDecide, 0, vec![unset, previous]),
            outcome("PAT-050", Some("议定书-2"), Outcome::Error, 0, vec![broke]),
            outcome("TMB-004", Some("议定书-3"), Outcome::Fail, 1, vec![]),
            outcome("TMB-013", Some("议定书-13"), Outcome::NotApplicable, 0, vec![no_brand]),
        ],
    }
}

fn enterprise() -> SubmissionVerdict {
    SubmissionVerdict {
        id: "91620000MA00000000-2025-1".to_string(),
        submitter: Submitter {
            kind: Some(SubmitterKind::Enterprise),
            code: "91620000MA00000000".to_string(),
            name: "示例科技有限公司".to_string(),
        },
        year: Some(2025),
        source: "报送/示例科技".to_string(),
        held: false,
        hold: Vec::new(),
        outcomes: vec![
            outcome("READ", None, Outcome::Pass, 0, vec![]),
            outcome("PAT-001", Some("议定书-2"), Outcome::Pass, 0, vec![]),
            outcome("TMB-001", Some("议定书-3"), Outcome::Pass, 0, vec![]),
            outcome("TMB-004", Some("议定书-3"), Outcome::NotApplicable, 0, vec![]),
            outcome("TMB-013", Some("议定书-13"), Outcome::Pass, 0, vec![]),
        ],
    }
}

fn held_package() -> SubmissionVerdict {
    SubmissionVerdict {
        id: HELD.to_string(),
        submitter: Submitter::default(),
        year: None,
        source: "3".to_string(),
        held: true,
        hold: hold(),
        outcomes: vec![outcome("SEC-001", None, Outcome::Fail, 0, vec![])],
    }
}

fn outcome(
    id: &str,
    clause: Option<&str>,
    outcome: Outcome,
    findings: usize,
    reasons: Vec<Text>,
) -> RuleOutcome {
    RuleOutcome {
        rule: rule(id),
        clause: clause.map(|id| ClauseId(id.to_string())),
        outcome,
        trial: false,
        findings,
        reasons,
    }
}

fn tally(id: &str, [pass, fail, cannot_decide, not_applicable, error]: [usize; 5]) -> ClauseTally {
    ClauseTally { id: ClauseId(id.to_string()), pass, fail, cannot_decide, not_applicable, error }
}

fn rule(id: &str) -> RuleId {
    RuleId(id.to_string())
}
