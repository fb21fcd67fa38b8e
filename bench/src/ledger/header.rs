//! The header of a submission.

use super::owner::Owner;

/// Whose submission it is, and of which year.
#[derive(Debug, Clone)]
pub struct Header<'o> {
    /// The number of the submission.
    pub submission_id: String,
    /// The enterprise that submits.
    pub submitter: &'o Owner,
    /// The year reported on.
    pub year: i16,
}

/// A value of the header, for formats that tell days and numbers from text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum HeaderValue {
    Text(String),
    Number(i16),
    Day(String),
    Truth(bool),
}

impl Header<'_> {
    /// The fields: key, heading, value.
    pub(super) fn fields(&self) -> Vec<(&'static str, &'static str, HeaderValue)> {
        let text = |text: &str| HeaderValue::Text(text.to_string());
        let (year, next) = (self.year, self.year + 1);
        let day = |year: i16, rest: &str| HeaderValue::Day(format!("{year}-{rest}"));
        vec![
            ("schema_version", "模式版本", text("1")),
            ("submission_id", "报送编号", text(&self.submission_id)),
            ("submitter_kind", "报送主体类型", text("enterprise")),
            ("submitter_code", "报送主体代码", text(self.submitter.uscc.as_deref().unwrap_or_default())),
            ("submitter_name", "单位名称", text(&self.submitter.name)),
            ("region_code", "所在行政区划代码", text(self.submitter.region)),
            ("report_year", "报告年度", HeaderValue::Number(year)),
            ("period_start", "报告期起", day(year, "01-01")),
            ("period_end", "报告期止", day(year, "12-31")),
            ("as_of_date", "存量截止日", day(year, "12-31")),
            ("submitted_at", "报送时间", day(next, "02-20T10:00:00")),
            ("revision", "版次", HeaderValue::Number(1)),
            ("prepared_by", "填表人", text("示例甲")),
            ("reviewed_by", "审核人", text("示例乙")),
            ("approved_by", "单位负责人", text("示例丙")),
            ("statement_truthful", "真实性承诺", HeaderValue::Truth(true)),
            ("classification_declared", "密级声明", text("非密")),
            ("secrecy_review.done", "保密审查.是否完成", HeaderValue::Truth(true)),
            ("secrecy_review.reviewer", "保密审查.审查人", text("示例丁")),
            ("secrecy_review.date", "保密审查.审查日期", day(next, "02-18")),
            ("secrecy_review.conclusion", "保密审查.审查结论", text("不涉密")),
            ("industry_code", "所属行业", text("3511")),
            ("established_on", "成立时间/注册时间", HeaderValue::Day("1988-05-12".to_string())),
            ("mci_participant", "是否参与军民融合试点", HeaderValue::Truth(false)),
        ]
    }

    /// The header as `header.toml` has it.
    pub fn toml(&self) -> String {
        let lines = self.fields().into_iter().map(|(key, _, value)| match value {
            HeaderValue::Text(text) => format!("{key} = \"{text}\"\n"),
            HeaderValue::Number(number) => format!("{key} = {number}\n"),
            HeaderValue::Day(day) => format!("{key} = {day}\n"),
            HeaderValue::Truth(truth) => format!("{key} = {truth}\n"),
        });
        lines.collect()
    }
}
