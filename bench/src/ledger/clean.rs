//! Rows that keep to every rule, one after another, and the faults put into some of them.

use std::borrow::Cow;

use jiff::ToSpan;
use jiff::civil::{Date, date};

use super::fault::{self, Fault};
use super::number::{Number, Numbers};
use super::owner::Owner;
use super::patent::{Kind, Patent, Status};
use super::title::title;
use super::{Plan, Random, SEED};
use crate::SUBCLASSES;

/// The first day of twelve-digit numbers.
const CUT_OVER: Date = date(2003, 10, 1);
/// The first filings of a ledger.
const FIRST_FILING: Date = date(1990, 1, 1);
/// From about this day on publication numbers have nine digits.
const NINE_DIGITS: Date = date(2007, 8, 27);
/// From about this day on the letters of grants are B, U and S.
const NEW_LETTERS: Date = date(2010, 4, 7);

/// How many subclasses, and how many groups of each, occur.
const SUBCLASSES_USED: usize = 320;
const GROUPS_USED: u32 = 24;

/// The patents of a ledger, in order. Without end; take as many as are wanted.
#[derive(Debug, Clone)]
pub struct Patents<'o> {
    plan: Plan,
    owners: &'o [Owner],
    subclasses: Vec<&'static str>,
    random: Random,
    numbers: Numbers,
    faults: u32,
}

/// How an application came to its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Route {
    /// Filed and numbered at once.
    Plain,
    /// So, before numbers had twelve digits.
    Old,
    /// Filed abroad, numbered on entering the national phase.
    Pct,
    /// Divided from another application, whose filing date it keeps.
    Divisional,
}

impl<'o> Patents<'o> {
    /// The patents of a plan, owned by these.
    pub fn new(plan: Plan, owners: &'o [Owner]) -> Self {
        let codes: Vec<&str> =
            SUBCLASSES.lines().skip(2).map(str::trim).filter(|code| !code.is_empty()).collect();
        let step = (codes.len() / SUBCLASSES_USED).max(1);
        Self {
            plan,
            owners,
            subclasses: codes.into_iter().step_by(step).take(SUBCLASSES_USED).collect(),
            random: Random::new(SEED),
            numbers: Numbers::default(),
            faults: 0,
        }
    }

    /// The patents to come are owned by these: another submission, which repeats no number of those before.
    pub(super) fn hand_over(&mut self, owners: &'o [Owner]) {
        self.owners = owners;
    }

    /// The last day of the year reported on.
    pub(super) fn cut_off(&self) -> Date {
        Date::new(self.plan.year, 12, 31).unwrap_or(Date::MAX)
    }

    /// A row that keeps to every rule.
    fn clean(&mut self) -> Patent<'o> {
        let route = match self.random.below(10_000) {
            0..150 => Route::Old,
            150..250 => Route::Pct,
            250..320 => Route::Divisional,
            _ => Route::Plain,
        };
        let kind = self.kind();
        self.patent(kind, route)
    }

    /// A clean row of a type, filed and numbered at once: what a fault is put into.
    pub(super) fn plain(&mut self, kind: Kind) -> Patent<'o> {
        self.patent(kind, Route::Plain)
    }

    fn kind(&mut self) -> Kind {
        match self.random.below(10) {
            0..3 => Kind::Invention,
            3..8 => Kind::UtilityModel,
            _ => Kind::Design,
        }
    }

    fn patent(&mut self, kind: Kind, route: Route) -> Patent<'o> {
        let cut_off = self.cut_off();
        let status_date = self.random.day_after(cut_off, -80, 0);
        let application_date = self.filing_date(route);
        // Designs do not come by way of the PCT.
        let route = if kind == Kind::Design && route == Route::Pct { Route::Plain } else { route };
        let priority_date = (self.random.in_ten_thousand(300))
            .then(|| self.random.day_after(application_date, -360, -30))
            .filter(|_| route != Route::Old);
        let received = match route {
            // Posted in the last days of a year, received in the next.
            Route::Plain if application_date.month() == 12 && application_date.day() > 25 => {
                self.random.day_after(application_date, 0, 9)
            }
            Route::Plain | Route::Old => application_date,
            Route::Pct => self.random.day_after(priority_date.unwrap_or(application_date), 365, 880),
            Route::Divisional => self.random.day_after(application_date, 300, 1000),
        };
        if received > status_date || received < application_date {
            // Too late for this ledger, or numbered before it was filed; another one then.
            return self.patent(kind, Route::Plain);
        }
        let kind_digit = match (kind, route) {
            (Kind::Invention, Route::Pct) => '8',
            (Kind::UtilityModel, Route::Pct) => '9',
            _ => kind.digit(),
        };
        let number = self.numbers.application(received.year(), kind_digit, route == Route::Old);
        let publication_date = (kind == Kind::Invention)
            .then(|| self.random.day_after(received, 120, 560))
            .filter(|published| *published <= status_date);
        let granted = match kind {
            Kind::Invention => publication_date.map(|published| self.random.day_after(published, 60, 1100)),
            Kind::UtilityModel => Some(self.random.day_after(received, 90, 420)),
            Kind::Design => Some(self.random.day_after(received, 60, 240)),
        };
        let refused = self.random.in_ten_thousand(if kind == Kind::Invention { 3500 } else { 300 });
        let grant_date = granted.filter(|granted| *granted <= status_date && !refused);
        let term_compensation = (kind == Kind::Invention && self.random.in_ten_thousand(20)).then_some(true);
        let mut patent = Patent {
            kind,
            written_kind: kind,
            application_no: String::new(),
            patent_no: grant_date.map(|_| format!("ZL{number}")),
            publication_no: publication_date.map(|on| self.numbers.publication(kind, 'A', on < NINE_DIGITS)),
            grant_no: grant_date
                .map(|on| self.numbers.publication(kind, grant_code(kind, on), on < NINE_DIGITS)),
            title: title(kind, &mut self.random),
            owner: self.owner(),
            application_date,
            priority_date,
            publication_date,
            grant_date,
            status: Status::Pending,
            status_date,
            divisional_of: (route == Route::Divisional)
                .then(|| self.numbers.application(application_date.year(), kind_digit, false).to_string()),
            term_compensation,
            ipc_main: (kind != Kind::Design).then(|| self.symbol()),
            pct_no: (route == Route::Pct).then(|| {
                format!("PCT/CN{}/{:06}", application_date.year(), 900_000 + self.random.below(100_000))
            }),
            decrypted: self.random.in_ten_thousand(500).then_some(false),
            number,
        };
        patent.status = self.status(&patent);
        patent.application_no = self.written(&patent.number, grant_date.is_some());
        patent
    }

    /// More filings in late years than in early ones.
    fn filing_date(&mut self, route: Route) -> Date {
        let (first, last) = match route {
            Route::Old => (FIRST_FILING, CUT_OVER.saturating_sub(1.days())),
            _ => (CUT_OVER, self.cut_off().saturating_sub(90.days())),
        };
        let days = first.until(last).map_or(0, |span| span.get_days());
        let (one, two) = (self.random.between(0, days), self.random.between(0, days));
        first.saturating_add(one.max(two).days())
    }

    fn owner(&mut self) -> Cow<'o, Owner> {
        // A ledger of one owner is a submission of its own; the others have owners of all sorts.
        if self.owners.len() > 1 && self.random.in_ten_thousand(200) {
            return Cow::Owned(Owner::person(self.random.below(900)));
        }
        // A few own much, many own little.
        let count = i32::try_from(self.owners.len()).unwrap_or(i32::MAX);
        let (one, two) = (self.random.between(0, count - 1), self.random.between(0, count - 1));
        usize::try_from(one.min(two))
            .ok()
            .and_then(|at| self.owners.get(at))
            .map_or_else(|| Cow::Owned(Owner::person(0)), Cow::Borrowed)
    }

    fn symbol(&mut self) -> String {
        let subclass = *self.random.pick(&self.subclasses);
        let group = self.random.below(GROUPS_USED);
        if group == 0 {
            return subclass.to_string();
        }
        // The same groups of a subclass again and again, as in a real ledger.
        let (main, sub) = (1 + group % 9 * 4, [0, 2, 8, 10, 12, 22, 105][group as usize % 7]);
        format!("{subclass} {main}/{sub:02}")
    }

    fn status(&mut self, patent: &Patent<'_>) -> Status {
        let age = self.random.below(100);
        if patent.grant_date.is_none() {
            let pending = patent.application_date > self.cut_off().saturating_sub(4.years());
            return match age {
                _ if pending => Status::Pending,
                0..60 => Status::Withdrawn,
                _ => Status::Rejected,
            };
        }
        let end = patent.application_date.saturating_add(i64::from(patent.kind.term()).years());
        let compensated = patent.term_compensation == Some(true);
        match age {
            _ if end < self.cut_off() && !compensated => {
                if age < 40 {
                    Status::Lapsed
                } else {
                    Status::Expired
                }
            }
            0..70 => Status::InForce,
            70..95 => Status::Lapsed,
            95..98 => Status::Surrendered,
            _ => Status::Invalidated,
        }
    }

    /// The number as offices write it, most often plainly.
    fn written(&mut self, number: &Number, granted: bool) -> String {
        let (plain, kind_at) = (number.to_string(), number.kind_at());
        match self.random.below(10_000) {
            0..1500 if granted => format!("ZL{plain}"),
            1500..1600 if granted => {
                let (year, rest) = plain.split_at(kind_at);
                let (kind, serial) = rest.split_at(1);
                format!("ZL {year} {kind} {serial}")
            }
            1600..1700 => format!("CN{plain}"),
            1700..1730 => plain.chars().map(full_width).collect(),
            1730..1760 => plain.replace('.', ""),
            _ => plain,
        }
    }
}

impl<'o> Iterator for Patents<'o> {
    type Item = Patent<'o>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.random.below(1000) >= self.plan.faulty_per_mille {
            return Some(self.clean());
        }
        let fault = Fault::nth(self.faults);
        self.faults += 1;
        let random_kind = self.kind();
        let mut patent = self.plain(fault.needs().unwrap_or(random_kind));
        let cut_off = self.cut_off();
        fault::put(fault, &mut patent, cut_off, &mut self.random, &mut self.numbers);
        Some(patent)
    }
}

/// The letter of the document that announces a grant.
pub(super) fn grant_code(kind: Kind, granted: Date) -> char {
    match (kind, granted < NEW_LETTERS) {
        (Kind::Invention, true) => 'C',
        (Kind::Invention, false) => 'B',
        (Kind::UtilityModel, true) => 'Y',
        (Kind::UtilityModel, false) => 'U',
        (Kind::Design, true) => 'D',
        (Kind::Design, false) => 'S',
    }
}

/// The full-width form of a digit, a point or a capital.
fn full_width(c: char) -> char {
    char::from_u32(u32::from(c) + 0xfee0).filter(|_| c.is_ascii_graphic()).unwrap_or(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    const CLEAN: Plan = Plan { faulty_per_mille: 0, year: 2020 };

    #[test]
    fn the_same_rows_come_on_every_run() {
        let owners = [Owner::enterprise(1), Owner::enterprise(2)];
        let plan = Plan { faulty_per_mille: 100, ..CLEAN };
        let rows = |count| -> Vec<String> {
            let patents = Patents::new(plan, &owners).take(count);
            patents.map(|patent| format!("{:?}", patent.cells())).collect()
        };
        assert_eq!(rows(500), rows(1000)[..500]);
    }

    #[test]
    fn clean_rows_have_right_check_digits_and_numbers_of_their_own() {
        let owners = [Owner::enterprise(1)];
        let mut numbers = Vec::new();
        for patent in Patents::new(CLEAN, &owners).take(20_000) {
            let digits = &patent.number.digits;
            let sum: u32 = digits
                .bytes()
                .zip([2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5])
                .map(|(d, w)| u32::from(d - b'0') * w)
                .sum();
            assert_eq!(
                patent.number.check,
                ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'X'][sum as usize % 11]
            );
            numbers.push(patent.number.digits);
        }
        numbers.sort();
        assert!(numbers.windows(2).all(|pair| pair[0] != pair[1]));
    }

    #[test]
    fn rows_come_by_every_route() {
        let owners = [Owner::enterprise(1)];
        let rows: Vec<_> = Patents::new(CLEAN, &owners).take(20_000).collect();
        assert!(rows.iter().any(|row| row.number.digits.len() == 8));
        assert!(rows.iter().any(|row| row.pct_no.is_some()));
        assert!(rows.iter().any(|row| row.divisional_of.is_some()));
        assert!(rows.iter().any(|row| row.application_no.starts_with("ZL ")));
    }
}
