//! One row of the ledger, and its cells in the order of the columns.

use std::borrow::Cow;
use std::fmt::{self, Write};

use jiff::civil::Date;

use super::number::Number;
use super::owner::Owner;

/// The type of a patent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// 发明.
    Invention,
    /// 实用新型.
    UtilityModel,
    /// 外观设计.
    Design,
}

impl Kind {
    /// How the ledger writes it.
    pub(super) fn label(self) -> &'static str {
        match self {
            Self::Invention => "发明",
            Self::UtilityModel => "实用新型",
            Self::Design => "外观设计",
        }
    }

    /// Its digit in numbers.
    pub(super) fn digit(self) -> char {
        match self {
            Self::Invention => '1',
            Self::UtilityModel => '2',
            Self::Design => '3',
        }
    }

    /// How many years it is protected; designs by the old law, so that none is in doubt.
    pub(super) fn term(self) -> i16 {
        if self == Self::Invention { 20 } else { 10 }
    }

    /// Another type than this.
    pub(super) fn other(self) -> Self {
        if self == Self::Invention { Self::UtilityModel } else { Self::Invention }
    }
}

/// The legal status of a patent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Status {
    Pending,
    InForce,
    Lapsed,
    Surrendered,
    Expired,
    Invalidated,
    Rejected,
    Withdrawn,
}

impl Status {
    /// How the ledger writes it.
    pub(super) fn label(self) -> &'static str {
        match self {
            Self::Pending => "申请中",
            Self::InForce => "有效",
            Self::Lapsed => "终止-未缴费",
            Self::Surrendered => "终止-放弃",
            Self::Expired => "届满",
            Self::Invalidated => "无效",
            Self::Rejected => "驳回",
            Self::Withdrawn => "撤回/视为撤回",
        }
    }
}

/// The columns of the ledger: key and heading, as the manifest has them.
pub(super) const COLUMNS: [(&str, &str); 19] = [
    ("type", "专利类型"),
    ("application_no", "申请号"),
    ("patent_no", "专利号/授权号"),
    ("publication_no", "公开号"),
    ("grant_no", "授权公告号"),
    ("title", "发明创造名称"),
    ("owner_name", "专利权人"),
    ("owner_uscc", "专利权人代码"),
    ("application_date", "申请日"),
    ("priority_date", "优先权日"),
    ("publication_date", "公开日"),
    ("grant_date", "授权公告日"),
    ("legal_status", "法律状态"),
    ("status_date", "法律状态查询日"),
    ("divisional_of", "分案母案号"),
    ("term_compensation", "期限补偿"),
    ("ipc_main", "主分类号"),
    ("pct_no", "PCT申请号"),
    ("decrypted", "是否解密"),
];

/// One row of the ledger.
#[derive(Debug, Clone)]
pub struct Patent<'o> {
    /// What it is by its number; the row may say otherwise, see [`Patent::cells`].
    pub(super) kind: Kind,
    pub(super) written_kind: Kind,
    pub(super) number: Number,
    pub(super) application_no: String,
    pub(super) patent_no: Option<String>,
    pub(super) publication_no: Option<String>,
    pub(super) grant_no: Option<String>,
    pub(super) title: String,
    pub(super) owner: Cow<'o, Owner>,
    pub(super) application_date: Date,
    pub(super) priority_date: Option<Date>,
    pub(super) publication_date: Option<Date>,
    pub(super) grant_date: Option<Date>,
    pub(super) status: Status,
    pub(super) status_date: Date,
    pub(super) divisional_of: Option<String>,
    pub(super) term_compensation: Option<bool>,
    pub(super) ipc_main: Option<String>,
    pub(super) pct_no: Option<String>,
    pub(super) decrypted: Option<bool>,
}

/// What a cell holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cell<'p> {
    /// Nothing.
    Blank,
    /// Text.
    Text(&'p str),
    /// A day.
    Day(Date),
}

impl<'p> Cell<'p> {
    fn text(text: &'p Option<String>) -> Self {
        text.as_deref().map_or(Self::Blank, Self::Text)
    }

    fn day(day: Option<Date>) -> Self {
        day.map_or(Self::Blank, Self::Day)
    }

    fn truth(truth: Option<bool>) -> Self {
        truth.map_or(Self::Blank, |truth| Self::Text(if truth { "是" } else { "否" }))
    }

    /// Writes it as a CSV file has it, unquoted, into `text`.
    pub(super) fn write_to(self, text: &mut String) -> fmt::Result {
        match self {
            Self::Blank => Ok(()),
            Self::Text(written) => text.write_str(written),
            Self::Day(day) => write!(text, "{day}"),
        }
    }
}

impl Patent<'_> {
    /// The cells, in the order of [`COLUMNS`].
    pub(super) fn cells(&self) -> [Cell<'_>; COLUMNS.len()] {
        [
            Cell::Text(self.written_kind.label()),
            Cell::Text(&self.application_no),
            Cell::text(&self.patent_no),
            Cell::text(&self.publication_no),
            Cell::text(&self.grant_no),
            Cell::Text(&self.title),
            Cell::Text(&self.owner.name),
            Cell::text(&self.owner.uscc),
            Cell::Day(self.application_date),
            Cell::day(self.priority_date),
            Cell::day(self.publication_date),
            Cell::day(self.grant_date),
            Cell::Text(self.status.label()),
            Cell::Day(self.status_date),
            Cell::text(&self.divisional_of),
            Cell::truth(self.term_compensation),
            Cell::text(&self.ipc_main),
            Cell::text(&self.pct_no),
            Cell::truth(self.decrypted),
        ]
    }
}
