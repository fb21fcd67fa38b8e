//! What is known of each firm over all the years: `world/firms.toml`, read.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::value::Date;
use toml::{Table, Value};

use super::super::digits;
use super::day::{day, eve, months_later, years_later};

/// The division where all firms of the synthetic world are registered.
pub(super) const REGION: &str = "620102";

/// The first day of designs that are protected for fifteen years; before, ten.
const LONGER_DESIGNS: Date = Date { year: 2021, month: 6, day: 1 };

/// One firm.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Firm {
    letter: String,
    number: u16,
    pub(super) established: Date,
    pub(super) rd: Figures,
    patents: Vec<Patent>,
    #[serde(default)]
    series: Vec<Series>,
    pub(super) trademarks: Vec<Mark>,
    #[serde(default)]
    years: Vec<Year>,
}

/// Figures of 2020; `firms.rs` derives those of the other years.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Figures {
    pub(super) revenue: i64,
    pub(super) product_revenue: i64,
    pub(super) expense: f64,
    pub(super) staff: i64,
    pub(super) rd_staff: i64,
}

/// One patent from its filing on.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Patent {
    /// The kind digit of its number.
    kind: u8,
    /// The end of its serial.
    pub(super) row: u16,
    pub(super) filed: Date,
    title: Option<String>,
    pub(super) published: Option<Date>,
    pub(super) granted: Option<Date>,
    ended: Option<Date>,
    r#as: Option<String>,
    /// The number of the firm that filed it, if another.
    owner: Option<u16>,
    /// The first year in which this firm reports it.
    since: Option<i64>,
    pub(super) acquired_by: Option<String>,
    #[serde(default)]
    extra: Table,
    extra_from: Option<i64>,
}

/// Many patents of one kind, for a ledger of the size that large firms have. Their days are derived from their place.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Series {
    kind: u8,
    row: u16,
    count: u16,
    /// First and last year of filing.
    filed: (i64, i64),
    since: Option<i64>,
    acquired_by: Option<String>,
    ended: Option<Date>,
    r#as: Option<String>,
}

/// One trademark from its registration on.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Mark {
    pub(super) row: u16,
    pub(super) name: String,
    #[serde(default = "goods")]
    pub(super) r#type: String,
    pub(super) classes: Vec<i64>,
    pub(super) applied: Option<Date>,
    pub(super) registered: Date,
    /// The first year in which this firm reports it.
    since: Option<i64>,
    /// Not renewed when its first term is over.
    #[serde(default)]
    lapses: bool,
    /// Not yet in use.
    #[serde(default)]
    pub(super) unused: bool,
    pub(super) well_known: Option<Table>,
    #[serde(default)]
    extra: Table,
    extra_from: Option<i64>,
}

fn goods() -> String {
    "商品".to_string()
}

/// What is particular to one year.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Year {
    year: i64,
    pub(super) header: Table,
    /// Indicators beyond those that every firm reports.
    pub(super) indicators: BTreeMap<String, Value>,
    /// Explanations, by the code of the indicator.
    pub(super) notes: BTreeMap<String, String>,
    /// What last year's submission says, where it is not what this history says.
    pub(super) previous: BTreeMap<String, Value>,
    pub(super) tables: BTreeMap<String, Vec<Table>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    firm: Vec<Firm>,
}

/// The history of the firm that a fixture is named after.
pub(super) fn of(slug: &str) -> Result<Firm, String> {
    let file: File = toml::from_str(include_str!("../../../world/firms.toml")).map_err(|e| e.to_string())?;
    let firm = file.firm.into_iter().find(|firm| slug == format!("enterprise-{}", firm.letter));
    firm.ok_or(format!("there is no enterprise {slug}"))
}

impl Firm {
    /// Its name as it stands in ledgers.
    pub(super) fn name(&self) -> String {
        format!("示例{}科技有限公司", self.letter.to_uppercase())
    }

    pub(super) fn code(&self) -> String {
        code(self.number)
    }

    /// What is particular to a year.
    pub(super) fn year(&self, year: i64) -> Option<&Year> {
        self.years.iter().find(|one| one.year == year)
    }

    /// The patents that it reports in a year, in the order in which they came to the ledger.
    pub(super) fn patents(&self, year: i64) -> Vec<Patent> {
        let all = self.patents.iter().cloned().chain(self.series.iter().flat_map(Series::patents));
        all.filter(|patent| patent.filed <= cut_off(year) && patent.since.is_none_or(|since| since <= year))
            .collect()
    }

    /// The trademarks that it reports in a year.
    pub(super) fn trademarks(&self, year: i64) -> Vec<&Mark> {
        let reported =
            |mark: &&Mark| mark.registered <= cut_off(year) && mark.since.is_none_or(|since| since <= year);
        self.trademarks.iter().filter(reported).collect()
    }

    /// The number of a patent, with its check digit.
    pub(super) fn patent_number(&self, patent: &Patent) -> String {
        let Patent { kind, row, filed, .. } = patent;
        let firm = patent.owner.unwrap_or(self.number);
        digits::patent_number(&if *filed < TWELVE_DIGITS {
            format!("{:02}{kind}9{row:04}", filed.year % 100)
        } else {
            format!("{}{kind}9{firm:03}{row:03}", filed.year)
        })
    }

    /// The digits of a patent's publication number: of a form and kind that exist, of a range not yet reached.
    pub(super) fn publication_digits(&self, patent: &Patent) -> String {
        let kind = match patent.kind {
            1 | 8 => 1,
            3 => 3,
            _ => 2,
        };
        format!("{kind}99{:03}{:03}", patent.owner.unwrap_or(self.number), patent.row)
    }

    /// The other firm that a patent belongs to.
    pub(super) fn co_owner(&self, patent: &Patent) -> Option<String> {
        patent.owner.map(code)
    }

    pub(super) fn title(&self, patent: &Patent) -> String {
        let firm = patent.owner.unwrap_or(self.number);
        let number = format!("（{firm:03}-{:02}）", patent.row + 1);
        let derived = || match (patent.kind, patent.filed.year) {
            // The ledgers written by hand, up to 2021, call every patent the same.
            (3, ..2022) => format!("示例产品{number}"),
            (_, ..2022) => format!("一种示例装置及方法{number}"),
            (kind, _) => format!("{}{number}", invented(kind, usize::from(patent.row))),
        };
        patent.title.clone().unwrap_or_else(derived)
    }

    pub(super) fn registration_number(&self, mark: &Mark) -> String {
        format!("99{:03}{:03}", self.number, mark.row)
    }
}

/// A title that is not like its neighbours': a firm that files a dozen things does not call them all the same.
fn invented(kind: u8, row: usize) -> String {
    const SUBJECTS: [&str; 13] = [
        "苹果采摘",
        "地膜回收",
        "锅炉节能",
        "百合清洗",
        "光伏板清扫",
        "矿石筛分",
        "阀门检测",
        "温室灌溉",
        "牛羊称重",
        "废水回用",
        "轴承装配",
        "药材烘干",
        "管道巡检",
    ];
    const SORTS: [&str; 11] = [
        "装置",
        "控制方法",
        "设备",
        "系统",
        "机器人",
        "试验台",
        "传感组件",
        "夹具",
        "工艺",
        "仪表",
        "生产线",
    ];
    let subject = SUBJECTS[row % SUBJECTS.len()];
    if kind == 3 {
        format!("示例{subject}机外壳")
    } else {
        format!("示例{subject}{}", SORTS[row % SORTS.len()])
    }
}

/// Numbers had eight digits before this day.
const TWELVE_DIGITS: Date = Date { year: 2003, month: 10, day: 1 };

/// The credit code of a firm by its number.
fn code(number: u16) -> String {
    digits::uscc(REGION, &format!("{number:04}"))
}

/// The last day of a year, as of which stocks are counted.
pub(super) fn cut_off(year: i64) -> Date {
    day(year, 12, 31)
}

impl Patent {
    pub(super) fn r#type(&self) -> &'static str {
        match self.kind {
            1 | 8 => "发明",
            3 => "外观设计",
            _ => "实用新型",
        }
    }

    /// Its legal status at the end of a year.
    pub(super) fn status(&self, year: i64) -> &str {
        let until = cut_off(year);
        if self.ended.is_some_and(|ended| ended <= until) {
            self.r#as.as_deref().unwrap_or("终止-未缴费")
        } else if !self.is_granted(year) {
            "申请中"
        } else if until > self.term_end() {
            "届满"
        } else {
            "有效"
        }
    }

    pub(super) fn is_granted(&self, year: i64) -> bool {
        self.granted.is_some_and(|granted| granted <= cut_off(year))
    }

    /// The day on which its legal status was looked up: in the last days of the year if something happened in them.
    pub(super) fn looked_up(&self, year: i64) -> Date {
        let usual = day(year, 12, 20);
        let events = [Some(self.filed), self.granted, self.ended, Some(self.term_end())];
        let late = events.into_iter().flatten().any(|event| usual < event && event <= cut_off(year));
        if late { cut_off(year) } else { usual }
    }

    /// Further fields that are filed in a year.
    pub(super) fn extra(&self, year: i64) -> Option<&Table> {
        (year >= self.extra_from.unwrap_or(2022)).then_some(&self.extra)
    }

    /// The last day of its term.
    fn term_end(&self) -> Date {
        let years = match self.r#type() {
            "发明" => 20,
            "外观设计" if self.filed >= LONGER_DESIGNS => 15,
            _ => 10,
        };
        years_later(self.filed, years)
    }
}

impl Series {
    fn patents(&self) -> impl Iterator<Item = Patent> {
        (0..self.count).map(|place| self.patent(place))
    }

    /// Days go through years, months and days at different speeds, so that few of them agree.
    fn patent(&self, place: u16) -> Patent {
        let (first, last) = self.filed;
        let year = first + i64::from(place) % (last - first + 1);
        let step = |speed: u16, size: u16| u8::try_from(place * speed % size + 1).unwrap_or(1);
        let filed = day(year, step(5, 12), step(11, 20));
        let (published, granted) = match self.kind {
            1 | 8 => (Some(months_later(filed, 12)), months_later(filed, 26)),
            _ => (None, months_later(filed, 12)),
        };
        Patent {
            kind: self.kind,
            row: self.row + place,
            filed,
            title: None,
            published,
            granted: Some(granted),
            ended: self.ended,
            r#as: self.r#as.clone(),
            owner: None,
            since: self.since,
            acquired_by: self.acquired_by.clone(),
            extra: Table::new(),
            extra_from: None,
        }
    }
}

impl Mark {
    /// Its status at the end of a year.
    pub(super) fn status(&self, year: i64) -> &'static str {
        if !self.lapses || cut_off(year) <= self.term_end(1) {
            "有效"
        } else if cut_off(year) <= months_later(self.term_end(1), 6) {
            "宽展期"
        } else {
            "注销"
        }
    }

    /// The last day of the term that runs at the end of a year, or of the last one.
    pub(super) fn expiry(&self, year: i64) -> Date {
        let first = self.term_end(1);
        if self.lapses {
            return first;
        }
        (1..10).map(|terms| self.term_end(terms)).find(|end| *end >= cut_off(year)).unwrap_or(first)
    }

    /// The last day of so many terms.
    fn term_end(&self, terms: u16) -> Date {
        eve(years_later(self.registered, 10 * terms))
    }

    /// Further fields that are filed in a year.
    pub(super) fn extra(&self, year: i64) -> Option<&Table> {
        (year >= self.extra_from.unwrap_or(2022)).then_some(&self.extra)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn firm(slug: &str) -> Firm {
        of(slug).unwrap()
    }

    #[test]
    fn numbers_are_those_of_the_written_fixtures() {
        let a = firm("enterprise-a");
        assert_eq!(a.code(), "91620102YYYY000127");
        let numbers: Vec<String> = a.patents(2020).iter().map(|patent| a.patent_number(patent)).collect();
        assert_eq!(numbers[1], "201629001001.X");
        assert_eq!(numbers[14], "02190001.9");
    }

    #[test]
    fn a_firm_reports_what_it_had_at_the_cut_off() {
        let a = firm("enterprise-a");
        let old = |year| a.patents(year)[14].status(year).to_string();
        assert_eq!((old(2021), old(2022)), ("有效".to_string(), "届满".to_string()));
        assert_eq!(a.patents(2019).len(), 13);
        assert_eq!(firm("enterprise-n").patents(2020).len(), 7);
        assert_eq!(firm("enterprise-n").patents(2019).len(), 6);
    }

    #[test]
    fn marks_are_renewed() {
        let a = firm("enterprise-a");
        let mark = a.trademarks(2022)[2];
        assert_eq!((mark.expiry(2022), mark.expiry(2023)), (day(2023, 6, 20), day(2033, 6, 20)));
    }
}
