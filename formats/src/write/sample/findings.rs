//! The sample's findings: one of each kind that a report has to lay out.

use hegui_core::agreement::ClauseId;
use hegui_core::text::Text;
use hegui_core::verdict::{Excerpt, Finding, Location, Severity};

use super::{CITY, HELD, WORKBOOK, rule};

/// All of them, in the order of a run.
pub(super) fn findings() -> Vec<Finding> {
    vec![
        unknown_column(),
        missing_grant_date("F12", 12, "2019100000015", "一种可降解地膜及其制备方法"),
        missing_grant_date("F31", 31, "2020100000022", "一种节水灌溉装置"),
        wrong_total(),
        family_counted_twice(),
        forged_number(),
        same_patent_twice(),
    ]
}

fn unknown_column() -> Finding {
    Finding {
        location: Location {
            file: WORKBOOK.to_string(),
            sheet: Some("专利台账".to_string()),
            cell: Some("K1".to_string()),
            ..Location::default()
        },
        found: Some("授权公告曰".to_string()),
        expected: Some("授权公告日".to_string()),
        ..finding(
            "READ",
            None,
            Severity::Warn,
            Text::new(
                "不认识这一列，没有读取。是不是“授权公告日”？",
                "This column is unknown and was not read. Did you mean 授权公告日?",
            ),
        )
    }
}

fn missing_grant_date(cell: &str, record: u32, key: &str, title: &str) -> Finding {
    Finding {
        location: place("专利台账", cell, "patents", record, "grant_date"),
        key: Some(key.to_string()),
        excerpt: Some(Excerpt {
            headings: ["申请号", "专利名称", "专利类型", "法律状态", "授权公告日"].map(String::from).into(),
            cells: [key, title, "发明", "有效", ""].map(String::from).into(),
            marked: Some(4),
        }),
        ..finding(
            "PAT-008",
            Some("议定书-2"),
            Severity::Error,
            Text::new("有效专利必须填写授权公告日。", "A patent in force needs its grant date."),
        )
    }
}

fn wrong_total() -> Finding {
    Finding {
        location: place("指标", "C4", "indicators", 4, "value"),
        found: Some("1283".to_string()),
        expected: Some("1286".to_string()),
        difference: Some("-3".to_string()),
        ..finding(
            "PAT-021",
            Some("议定书-2"),
            Severity::Error,
            Text::new(
                "有效发明专利量与台账不一致：请改正汇总数，或补齐台账。",
                "The number of invention patents in force differs from the ledger: correct the total or complete the ledger.",
            ),
        )
    }
}

/// In trial, and with a message longer than a line.
fn family_counted_twice() -> Finding {
    Finding {
        trial: true,
        location: place("专利台账", "A7", "patents", 7, "application_number"),
        key: Some("2021100000039".to_string()),
        ..finding(
            "PAT-030",
            Some("议定书-2"),
            Severity::Warn,
            Text::new(
                "本件与第 6 行（申请号 2021100000020）的优先权号 CN202010000001.X 相同，属于同一专利族；按《统计工作规程》\
                 同族专利只计一件，两件都计入会使“高价值发明专利”虚增。请保留其中一件，另一件在“计入统计”列填“否”，\
                 并在备注中写明同族申请号（例如：同族 CN202010000001.X、PCT/CN2021/000001、EP20000001.2）。",
                "This record and row 6 (application 2021100000020) claim the same priority CN202010000001.X and belong to one \
                 family, of which only one counts. Keep one of them, put 否 into 计入统计 of the other, and name the family in \
                 the remarks (for example CN202010000001.X, PCT/CN2021/000001, EP20000001.2).",
            ),
        )
    }
}

/// With a cell that would turn the terminal red, forge a line and turn a number round.
fn forged_number() -> Finding {
    Finding {
        location: place("商标台账", "B5", "trademarks", 5, "registration_number"),
        key: Some("示例\u{1b}[31m牌".to_string()),
        found: Some("12\u{202e}345\n符合 99 条".to_string()),
        expected: Some("1 至 8 位数字".to_string()),
        excerpt: Some(Excerpt {
            headings: ["商标名称", "注册号", "类别", "注册人"].map(String::from).into(),
            cells: ["示例\u{1b}[31m牌", "12\u{202e}345\n符合 99 条", "30", "示例食品集团有限责任公司"]
                .map(String::from)
                .into(),
            marked: Some(1),
        }),
        ..finding(
            "TMB-004",
            Some("议定书-3"),
            Severity::Warn,
            Text::new("商标注册号应为数字。", "A trademark's registration number is made of digits."),
        )
    }
}

/// Of no one submission.
fn same_patent_twice() -> Finding {
    Finding {
        submission: None,
        location: Location::default(),
        key: Some("2019100000015".to_string()),
        ..finding(
            "PAT-060",
            Some("议定书-2"),
            Severity::Info,
            Text::new(
                "同一专利由两个报送单位填报：示例市第 12 行，示例科技有限公司第 3 行。",
                "Two submitters hand in the same patent: 示例市 row 12, 示例科技有限公司 row 3.",
            ),
        )
    }
}

/// A finding of a stop rule in the held package, which the sample itself does not hold.
pub(in super::super) fn stop_finding() -> Finding {
    Finding {
        submission: Some(HELD.to_string()),
        location: Location {
            file: WORKBOOK.to_string(),
            cell: Some("C7".to_string()),
            ..Location::default()
        },
        ..finding("SEC-003", None, Severity::Stop, Text::same("text of the package"))
    }
}

fn finding(id: &str, clause: Option<&str>, severity: Severity, message: Text) -> Finding {
    Finding {
        rule: rule(id),
        clause: clause.map(|id| ClauseId(id.to_string())),
        severity,
        trial: false,
        submission: Some(CITY.to_string()),
        message,
        location: Location::default(),
        key: None,
        found: None,
        expected: None,
        difference: None,
        fingerprint: format!("{id}-0123456789abcdef"),
        excerpt: None,
    }
}

fn place(sheet: &str, cell: &str, table: &str, record: u32, field: &str) -> Location {
    Location {
        sheet: Some(sheet.to_string()),
        cell: Some(cell.to_string()),
        table: Some(table.to_string()),
        record: Some(record),
        field: Some(field.to_string()),
        ..Location::file(WORKBOOK)
    }
}
