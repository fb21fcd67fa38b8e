//! Faults that are put into rows, each a mistake that offices make, and the rule that is to find it.

use jiff::ToSpan;
use jiff::civil::{Date, date};

use super::number::{Number, Numbers};
use super::patent::{Kind, Patent, Status};
use super::random::Random;

/// The rules that are measured, in order.
pub const RULES: [&str; 11] = [
    "PAT-001", "PAT-002", "PAT-003", "PAT-004", "PAT-005", "PAT-006", "PAT-007", "PAT-008", "PAT-009",
    "PAT-012", "PAT-048",
];

/// A mistake in one row. Which rule finds it stands in [`BY_RULE`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fault {
    NumberCutShort,
    NumberScientific,
    NumberOfImpossibleYear,
    CheckWrong,
    CheckMissing,
    DigitsSwapped,
    TypeMistaken,
    KindUnknown,
    YearAhead,
    YearBehind,
    EightDigitsTooLate,
    TwelveDigitsTooEarly,
    ZlWhilePending,
    ZlWithoutGrant,
    PublicationWithoutCountry,
    PublicationOfOtherLetter,
    GrantNumberOfOtherType,
    PriorityAfterFiling,
    PublishedBeforeFiling,
    GrantedBeforeFiling,
    GrantedOnFiling,
    GrantedBeforePublication,
    GrantMissing,
    StatusBeforeGrant,
    StatusAfterCutOff,
    TermRunOut,
    IpcIsWords,
    IpcMalformed,
    IpcSubclassUnknown,
    StatusStale,
}

/// The faults by the rule that finds them, in the order of [`RULES`].
const BY_RULE: [&[Fault]; RULES.len()] = [
    &[Fault::NumberCutShort, Fault::NumberScientific, Fault::NumberOfImpossibleYear],
    &[Fault::CheckWrong, Fault::CheckMissing, Fault::DigitsSwapped],
    &[Fault::TypeMistaken, Fault::KindUnknown],
    &[Fault::YearAhead, Fault::YearBehind],
    &[Fault::EightDigitsTooLate, Fault::TwelveDigitsTooEarly],
    &[Fault::ZlWhilePending, Fault::ZlWithoutGrant],
    &[Fault::PublicationWithoutCountry, Fault::PublicationOfOtherLetter, Fault::GrantNumberOfOtherType],
    &[
        Fault::PriorityAfterFiling,
        Fault::PublishedBeforeFiling,
        Fault::GrantedBeforeFiling,
        Fault::GrantedOnFiling,
        Fault::GrantedBeforePublication,
        Fault::GrantMissing,
        Fault::StatusBeforeGrant,
        Fault::StatusAfterCutOff,
    ],
    &[Fault::TermRunOut],
    &[Fault::IpcIsWords, Fault::IpcMalformed, Fault::IpcSubclassUnknown],
    &[Fault::StatusStale],
];

impl Fault {
    /// The fault of the faulty row of this number: the rules take turns, and so do the faults of each.
    pub(super) fn nth(number: u32) -> Self {
        let (turn, at) = (number as usize / RULES.len(), number as usize % RULES.len());
        BY_RULE[at][turn % BY_RULE[at].len()]
    }

    /// The type of patent that alone can have it.
    pub(super) fn needs(self) -> Option<Kind> {
        match self {
            Self::IpcIsWords | Self::IpcMalformed | Self::IpcSubclassUnknown => Some(Kind::UtilityModel),
            Self::GrantedOnFiling | Self::GrantedBeforePublication => Some(Kind::Invention),
            _ => None,
        }
    }
}

/// Puts a fault into a clean row that was filed and numbered at once.
pub(super) fn put(
    fault: Fault,
    row: &mut Patent<'_>,
    cut_off: Date,
    random: &mut Random,
    numbers: &mut Numbers,
) {
    let filed = row.application_date;
    match fault {
        Fault::NumberCutShort => {
            let end = row.number.digits.len() - 1;
            row.application_no = format!("{}.{}", &row.number.digits[..end], row.number.check);
        }
        Fault::NumberScientific => {
            row.application_no = format!("{}.{}E+11", &row.number.digits[..1], &row.number.digits[1..6])
        }
        Fault::NumberOfImpossibleYear => renumber(row, row.number.with(0, "10")),
        Fault::CheckWrong => {
            let check = if row.number.check == '0' { '1' } else { '0' };
            row.application_no = format!("{}.{check}", row.number.digits);
        }
        Fault::CheckMissing => row.application_no.clone_from(&row.number.digits),
        Fault::DigitsSwapped => row.application_no = swapped(&row.number),
        Fault::TypeMistaken => row.written_kind = row.kind.other(),
        Fault::KindUnknown => renumber(row, numbers.application(filed.year(), '5', false)),
        Fault::YearAhead => {
            renumber(row, numbers.application(filed.year() + 2, row.kind.digit(), false));
        }
        Fault::YearBehind => {
            // Twelve digits begin with 2003.
            let filed = filed.max(date(2005, 1, 1));
            move_filing(row, filed, numbers);
            renumber(row, numbers.application(filed.year() - 1, row.kind.digit(), false));
        }
        Fault::EightDigitsTooLate => renumber(row, numbers.application(2003, row.kind.digit(), true)),
        Fault::TwelveDigitsTooEarly => {
            row.application_date = date(2001, 1, 4).saturating_add(random.between(0, 600).days())
        }
        Fault::ZlWhilePending => {
            without_grant(row, Status::Pending);
            row.application_no = format!("ZL{}", row.number);
        }
        Fault::ZlWithoutGrant => {
            without_grant(row, Status::Lapsed);
            row.application_no = format!("ZL{}", row.number);
        }
        Fault::PublicationWithoutCountry => {
            row.publication_no = Some(numbers.publication(row.kind, 'A', false).replace("CN", ""));
        }
        Fault::PublicationOfOtherLetter => {
            row.publication_no = Some(numbers.publication(Kind::UtilityModel, 'A', false));
        }
        Fault::GrantNumberOfOtherType => {
            let other = row.kind.other();
            row.grant_no = Some(numbers.publication(other, super::clean::grant_code(other, cut_off), false));
        }
        Fault::PriorityAfterFiling => row.priority_date = Some(random.day_after(filed, 1, 90)),
        Fault::PublishedBeforeFiling => row.publication_date = Some(random.day_after(filed, -90, -1)),
        Fault::GrantedBeforeFiling => row.grant_date = Some(random.day_after(filed, -90, -1)),
        Fault::GrantedOnFiling => {
            row.publication_date = None;
            row.grant_date = Some(filed);
        }
        Fault::GrantedBeforePublication => {
            row.grant_date = Some(random.day_after(filed, 10, 40));
            row.publication_date = Some(random.day_after(filed, 41, 80));
        }
        Fault::GrantMissing => without_grant(row, Status::InForce),
        Fault::StatusBeforeGrant => {
            row.grant_date = Some(random.day_after(cut_off, -10, 0));
            row.status_date = random.day_after(cut_off, -40, -11);
        }
        Fault::StatusAfterCutOff => row.status_date = random.day_after(cut_off, 1, 40),
        Fault::TermRunOut => {
            // Fifteen years are over for designs by any law.
            let years = if row.kind == Kind::Design { 15 } else { row.kind.term() };
            let end = cut_off.saturating_sub(random.between(1, 300).days());
            move_filing(row, end.saturating_sub(i64::from(years).years()), numbers);
            row.publication_date = None;
            row.grant_date = Some(random.day_after(row.application_date, 300, 900));
            row.status = Status::InForce;
            row.term_compensation = None;
        }
        Fault::IpcIsWords => row.ipc_main = Some("机械装置".to_string()),
        Fault::IpcMalformed => row.ipc_main = Some("G06F 17-30".to_string()),
        Fault::IpcSubclassUnknown => row.ipc_main = Some("A98Z 1/00".to_string()),
        Fault::StatusStale => {
            row.status_date = random.day_after(cut_off, -400, -91);
            // Not granted after its status was looked up: that would be another fault.
            row.grant_date = row.grant_date.map(|granted| granted.min(row.status_date));
            row.publication_date = row.publication_date.map(|published| published.min(row.status_date));
            if row.application_date > row.status_date {
                move_filing(row, random.day_after(row.status_date, -400, -300), numbers);
                without_grant(row, Status::Pending);
                row.publication_date = None;
            }
        }
    }
}

fn renumber(row: &mut Patent<'_>, number: Number) {
    row.application_no = number.to_string();
    row.number = number;
}

/// Files the row on another day, under a number of that year.
fn move_filing(row: &mut Patent<'_>, filed: Date, numbers: &mut Numbers) {
    row.application_date = filed;
    row.priority_date = None;
    let number = numbers.application(filed.year(), row.kind.digit(), filed < date(2003, 10, 1));
    renumber(row, number);
}

fn without_grant(row: &mut Patent<'_>, status: Status) {
    row.status = status;
    row.grant_date = None;
    row.grant_no = None;
    row.patent_no = None;
}

/// The number with two neighbouring digits in each other's place, and its check character as it was.
fn swapped(number: &Number) -> String {
    let mut digits: Vec<char> = number.digits.chars().collect();
    let last = digits.len() - 1;
    let at = (number.kind_at() + 1..last).rev().find(|at| digits[*at] != digits[at + 1]).unwrap_or(last - 1);
    digits.swap(at, at + 1);
    format!("{}.{}", digits.iter().collect::<String>(), number.check)
}
