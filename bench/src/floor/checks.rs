//! The checks, a loop each, and how many findings each has.

use std::fmt;

use super::columns::{Columns, Kind, Status};
use super::day::{self, ABSENT, Day};
use super::header::Header;
use super::ipc::Subclasses;
use super::number::Number;
use super::publication;

/// The parameters of the rules, as the rulebook sets them.
const CUT_OVER: Day = 20_031_001;
const NATIONAL_PHASE_MONTHS: u32 = 32;
const STATUS_MAX_AGE_DAYS: u32 = 90;
const TERM_INVENTION: u32 = 20;
const TERM_UTILITY: u32 = 10;
const TERM_DESIGN: u32 = 15;
/// PAT-009 rests on a law that is not older.
const TERM_RULE_FROM: Day = 20_210_601;

const RULES: [&str; 11] = [
    "PAT-001", "PAT-002", "PAT-003", "PAT-004", "PAT-005", "PAT-006", "PAT-007", "PAT-008", "PAT-009",
    "PAT-012", "PAT-048",
];

/// How many findings each rule has.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts([u64; RULES.len()]);

impl Counts {
    /// Adds those of another ledger.
    pub fn add(&mut self, other: Self) {
        for (sum, count) in self.0.iter_mut().zip(other.0) {
            *sum += count;
        }
    }

    /// The rules and their counts.
    pub fn by_rule(self) -> impl Iterator<Item = (&'static str, u64)> {
        RULES.into_iter().zip(self.0)
    }
}

impl fmt::Display for Counts {
    /// As a JSON object.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let entries: Vec<String> =
            self.by_rule().map(|(rule, count)| format!("\"{rule}\": {count}")).collect();
        write!(f, "{{{}}}", entries.join(", "))
    }
}

/// Checks a ledger by all eleven rules.
pub fn check(columns: &Columns, header: Header) -> Counts {
    let mut folded = Vec::new();
    let numbers: Vec<Number> =
        columns.application_no.iter().map(|text| Number::parse(text, &mut folded)).collect();
    Counts([
        number_format(columns, &numbers),
        check_digit(&numbers),
        kind_and_type(columns, &numbers),
        year_in_number(columns, &numbers),
        digits_by_date(columns, &numbers),
        zl_prefix(columns, &numbers),
        publication_numbers(columns),
        order_of_dates(columns, header.cut_off),
        term(columns, header),
        ipc(columns),
        status_is_fresh(columns, header.cut_off),
    ])
}

/// PAT-001.
fn number_format(columns: &Columns, numbers: &[Number]) -> u64 {
    let mut findings = 0;
    for (number, declassified) in numbers.iter().zip(&columns.is_declassified) {
        findings += u64::from(number.digits == 0 && !declassified);
    }
    findings
}

/// PAT-002: the check character is there and right.
fn check_digit(numbers: &[Number]) -> u64 {
    let mut findings = 0;
    for number in numbers {
        findings += u64::from(number.digits != 0 && number.written != number.expected);
    }
    findings
}

/// PAT-003.
fn kind_and_type(columns: &Columns, numbers: &[Number]) -> u64 {
    let mut findings = 0;
    for (number, kind) in numbers.iter().zip(&columns.kind) {
        findings += u64::from(number.digits != 0 && number.kind != Some(*kind));
    }
    findings
}

/// PAT-004.
fn year_in_number(columns: &Columns, numbers: &[Number]) -> u64 {
    let mut findings = 0;
    for (at, number) in numbers.iter().enumerate() {
        let filed = columns.application_date[at];
        let (divisional, pct) = (columns.is_divisional[at], columns.is_pct[at]);
        let other_rule = match number.digits {
            8 => filed >= CUT_OVER,
            12 => filed < CUT_OVER && !divisional && !pct,
            _ => true,
        };
        if other_rule || filed == ABSENT {
            continue;
        }
        let (year, filed_year) = (u32::from(number.year), day::year(filed));
        let wrong = if year < filed_year {
            true
        } else if divisional {
            false
        } else if pct {
            let from = if columns.priority_date[at] == ABSENT { filed } else { columns.priority_date[at] };
            year > (day::year(from) * 12 + day::month(from) - 1 + NATIONAL_PHASE_MONTHS) / 12
        } else {
            year > filed_year && !(year == filed_year + 1 && day::month(filed) == 12)
        };
        findings += u64::from(wrong);
    }
    findings
}

/// PAT-005.
fn digits_by_date(columns: &Columns, numbers: &[Number]) -> u64 {
    let mut findings = 0;
    for (at, number) in numbers.iter().enumerate() {
        let filed = columns.application_date[at];
        let late = number.digits == 12 && (columns.is_divisional[at] || columns.is_pct[at]);
        let wanted = if filed < CUT_OVER { 8 } else { 12 };
        findings += u64::from(number.digits != 0 && filed != ABSENT && !late && number.digits != wanted);
    }
    findings
}

/// PAT-006.
fn zl_prefix(columns: &Columns, numbers: &[Number]) -> u64 {
    let mut findings = 0;
    for (at, number) in numbers.iter().enumerate() {
        let wrong = match columns.status[at] {
            Status::Pending => true,
            Status::InForce => false,
            Status::Other => columns.grant_date[at] == ABSENT,
        };
        findings += u64::from(number.zl && wrong);
    }
    findings
}

/// PAT-007.
fn publication_numbers(columns: &Columns) -> u64 {
    let mut folded = Vec::new();
    let mut findings = 0;
    for texts in [&columns.publication_no, &columns.grant_no] {
        for (text, kind) in texts.iter().zip(&columns.kind) {
            findings += u64::from(!text.is_empty() && publication::kind(text, &mut folded) != Some(*kind));
        }
    }
    findings
}

/// PAT-008: up to five findings a row.
fn order_of_dates(columns: &Columns, cut_off: Day) -> u64 {
    let mut findings = 0;
    for at in 0..columns.rows() {
        let (filed, looked_up) = (columns.application_date[at], columns.status_date[at]);
        let (priority, published) = (columns.priority_date[at], columns.publication_date[at]);
        let granted = columns.grant_date[at];
        findings += u64::from(priority > filed);
        findings += u64::from(published != ABSENT && published < filed);
        if granted == ABSENT {
            findings += u64::from(columns.status[at] == Status::InForce);
        } else {
            let wrong = granted < filed
                || granted == filed && columns.kind[at] == Kind::Invention
                || granted < published && !columns.is_declassified[at];
            findings += u64::from(wrong);
            findings += u64::from(looked_up < granted && granted <= cut_off);
        }
        findings += u64::from(looked_up > cut_off);
    }
    findings
}

/// PAT-009. That a design's end cannot be told yet is no finding.
fn term(columns: &Columns, header: Header) -> u64 {
    if header.period_end < TERM_RULE_FROM {
        return 0;
    }
    let mut findings = 0;
    for at in 0..columns.rows() {
        let kind = columns.kind[at];
        let years = match kind {
            Kind::Invention => TERM_INVENTION,
            Kind::UtilityModel => TERM_UTILITY,
            Kind::Design => TERM_DESIGN,
        };
        let over = header.cut_off > day::add_years(columns.application_date[at], years);
        let compensated = kind == Kind::Invention && columns.is_compensated[at];
        findings += u64::from(columns.status[at] == Status::InForce && over && !compensated);
    }
    findings
}

/// PAT-012.
fn ipc(columns: &Columns) -> u64 {
    let subclasses = Subclasses::new();
    let right: Vec<bool> =
        columns.ipc_main.terms().iter().map(|term| term.is_empty() || subclasses.has(term)).collect();
    let mut findings = 0;
    for (number, kind) in columns.ipc_main.numbers.iter().zip(&columns.kind) {
        findings += u64::from(*kind != Kind::Design && !right[*number as usize]);
    }
    findings
}

/// PAT-048.
fn status_is_fresh(columns: &Columns, cut_off: Day) -> u64 {
    let oldest = day::subtract_days(cut_off, STATUS_MAX_AGE_DAYS);
    let mut findings = 0;
    for looked_up in &columns.status_date {
        findings += u64::from(*looked_up < oldest);
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::super::columns::Extent;
    use super::*;

    /// A row by which every rule is satisfied, in a ledger of 2021.
    const CLEAN: [(&str, &str); 19] = [
        ("type", "发明"),
        ("application_no", "202110820578.1"),
        ("patent_no", ""),
        ("publication_no", "CN106844774A"),
        ("grant_no", ""),
        ("title", "示例"),
        ("owner_name", "示例"),
        ("owner_uscc", ""),
        ("application_date", "2021-07-20"),
        ("priority_date", ""),
        ("publication_date", ""),
        ("grant_date", ""),
        ("legal_status", "申请中"),
        ("status_date", "2021-12-20"),
        ("divisional_of", ""),
        ("term_compensation", ""),
        ("ipc_main", "H01S 3/00"),
        ("pct_no", ""),
        ("decrypted", ""),
    ];

    /// The findings of a rule in a ledger of one row, which is clean but for these cells.
    fn findings(rule: &str, cells: &[(&str, &str)]) -> u64 {
        let cell =
            |(key, value)| cells.iter().find(|(other, _)| *other == key).map_or(value, |(_, value)| *value);
        let text = format!("{}\n{}\n", CLEAN.map(|(key, _)| key).join(","), CLEAN.map(cell).join(","));
        let columns = Columns::take(csv::Reader::from_reader(text.as_bytes()), Extent::Whole).unwrap();
        let header = Header { period_end: 20_211_231, cut_off: 20_211_231 };
        check(&columns, header).by_rule().find(|(other, _)| *other == rule).unwrap().1
    }

    #[test]
    fn a_clean_row_has_no_findings() {
        assert!(RULES.iter().all(|rule| findings(rule, &[]) == 0));
    }

    #[test]
    fn numbers() {
        let number = |rule, number| findings(rule, &[("application_no", number)]);
        assert_eq!(number("PAT-001", "20211082057"), 1);
        assert_eq!(findings("PAT-001", &[("application_no", "待补"), ("decrypted", "是")]), 0);
        assert_eq!(number("PAT-002", "202110820578.2"), 1);
        assert_eq!(number("PAT-002", "202110820578"), 1);
        assert_eq!(number("PAT-002", "2021"), 0);
        assert_eq!(findings("PAT-003", &[("type", "实用新型")]), 1);
        assert_eq!(number("PAT-003", "202180820578.1"), 0);
        assert_eq!(number("PAT-003", "202150820578.1"), 1);
    }

    #[test]
    fn year_in_number() {
        let rule = |cells: &[(&str, &str)]| findings("PAT-004", cells);
        assert_eq!(rule(&[("application_date", "2020-12-31")]), 0);
        assert_eq!(rule(&[("application_date", "2020-11-30")]), 1);
        assert_eq!(rule(&[("application_date", "2022-01-01")]), 1);
        assert_eq!(rule(&[("application_date", "2018-05-01"), ("divisional_of", "201810000000.0")]), 0);
        assert_eq!(rule(&[("application_date", "2019-05-01"), ("pct_no", "PCT/CN2019/000001")]), 0);
        assert_eq!(rule(&[("application_date", "2018-04-30"), ("pct_no", "PCT/CN2018/000001")]), 1);
        assert_eq!(rule(&[("application_date", "2001-05-06")]), 0);
    }

    #[test]
    fn digits_by_date() {
        let rule = |cells: &[(&str, &str)]| findings("PAT-005", cells);
        assert_eq!(rule(&[("application_no", "03141546.6"), ("application_date", "2003-09-30")]), 0);
        assert_eq!(rule(&[("application_no", "03141546.6"), ("application_date", "2003-10-01")]), 1);
        assert_eq!(rule(&[("application_date", "2003-09-30")]), 1);
        assert_eq!(rule(&[("application_date", "2003-09-30"), ("pct_no", "PCT/CN2003/000001")]), 0);
    }

    #[test]
    fn prefix() {
        let rule = |status, granted| {
            let number = ("application_no", "ZL202110820578.1");
            findings("PAT-006", &[number, ("legal_status", status), ("grant_date", granted)])
        };
        assert_eq!(rule("申请中", ""), 1);
        assert_eq!(rule("终止-未缴费", ""), 1);
        assert_eq!(rule("终止-未缴费", "2021-10-08"), 0);
        assert_eq!(rule("有效", ""), 0);
    }

    #[test]
    fn publication_numbers() {
        let rule =
            |published, granted| findings("PAT-007", &[("publication_no", published), ("grant_no", granted)]);
        assert_eq!(rule("", ""), 0);
        assert_eq!(rule("CN106844774A", "CN118072873B"), 0);
        assert_eq!(rule("106844774A", "CN217000001U"), 2);
    }

    #[test]
    fn order_of_dates() {
        let rule = |cells: &[(&str, &str)]| findings("PAT-008", cells);
        assert_eq!(rule(&[("priority_date", "2021-07-21")]), 1);
        assert_eq!(rule(&[("publication_date", "2021-07-19")]), 1);
        assert_eq!(rule(&[("legal_status", "有效")]), 1);
        assert_eq!(rule(&[("grant_date", "2021-07-20")]), 1);
        assert_eq!(rule(&[("grant_date", "2021-07-20"), ("type", "实用新型")]), 0);
        let late = [("publication_date", "2021-11-02"), ("grant_date", "2021-11-01"), ("decrypted", "是")];
        assert_eq!((rule(&late[..2]), rule(&late)), (1, 0));
        assert_eq!(rule(&[("grant_date", "2021-12-21")]), 1);
        assert_eq!(rule(&[("grant_date", "2022-01-01")]), 0);
        assert_eq!(rule(&[("status_date", "2022-01-01")]), 1);
    }

    #[test]
    fn term() {
        let rule = |kind, filed, compensated| {
            let status = ("legal_status", "有效");
            let filed = ("application_date", filed);
            findings("PAT-009", &[status, ("type", kind), filed, ("term_compensation", compensated)])
        };
        assert_eq!(rule("发明", "2001-12-31", ""), 0);
        assert_eq!(rule("发明", "2001-12-30", ""), 1);
        assert_eq!(rule("发明", "2001-12-30", "是"), 0);
        assert_eq!(rule("实用新型", "2011-06-01", ""), 1);
        assert_eq!(rule("外观设计", "2010-06-01", ""), 0);
        assert_eq!(rule("外观设计", "2006-06-01", ""), 1);
        assert_eq!(findings("PAT-009", &[("application_date", "1990-01-01")]), 0);
    }

    #[test]
    fn symbols_and_status() {
        assert_eq!(findings("PAT-012", &[("ipc_main", "A98Z 1/00")]), 1);
        assert_eq!(findings("PAT-012", &[("ipc_main", "")]), 0);
        assert_eq!(findings("PAT-012", &[("ipc_main", "06-01"), ("type", "外观设计")]), 0);
        assert_eq!(findings("PAT-048", &[("status_date", "2021-10-02")]), 0);
        assert_eq!(findings("PAT-048", &[("status_date", "2021-10-01")]), 1);
        assert_eq!(findings("PAT-048", &[("status_date", "2022-10-01")]), 0);
    }
}
