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
