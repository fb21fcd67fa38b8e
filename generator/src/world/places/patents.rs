//! The patent ledger of a city small enough to file it: it grows by each year's grants, and its oldest rows end.

use toml::Table;

use super::base::City;
use super::{Document, FIRST, day, record};
use crate::world::digits::{patent_number, uscc};

/// Types, the digit of the kind in a number, and the figures of stock and of grants.
const TYPES: [(&str, i64, &str, &str); 3] =
    [("发明", 1, "P03", "P11"), ("实用新型", 2, "P04", "P12"), ("外观设计", 3, "P05", "P13")];

pub(super) fn ledger(year: i64, city: &City, document: &mut Document) -> Result<(), String> {
    let mut serial = 100;
    for kind in TYPES {
        let granted_before = whole(city.figure(kind.2, FIRST)?);
        let of_first_year = whole(city.figure(kind.3, FIRST)?);
        // The stock of the first year was granted over the four years up to it.
        let mut grants: Vec<i64> = (0..granted_before - of_first_year).map(|at| FIRST - 4 + at % 4).collect();
        grants.sort_unstable();
        grants.extend(vec![FIRST; usize::try_from(of_first_year).unwrap_or_default()]);
        let mut ended = 0;
        for later in FIRST + 1..=year {
            let granted = whole(city.figure(kind.3, later)?);
            ended += whole(city.figure(kind.2, later - 1)?) + granted - whole(city.figure(kind.2, later)?);
            grants.extend(vec![later; usize::try_from(granted).unwrap_or_default()]);
        }
        for (at, granted) in (0..).zip(grants) {
            document.push("patents", row(city, kind, serial + at, granted, at < ended, year));
        }
        serial += 300;
    }
    Ok(())
}

/// A patent granted in a year. Days follow from its serial, so that they are spread and stay the same every year.
fn row(
    city: &City,
    (kind, digit, _, _): (&str, i64, &str, &str),
    serial: i64,
    granted: i64,
    ended: bool,
    year: i64,
) -> Table {
    let filed = granted - if digit == 1 { 3 } else { 1 };
    let (month, of_month) = (serial * 5 % 12 + 1, serial * 7 % 28 + 1);
    let title = if digit == 3 { "示例产品" } else { "一种示例装置及方法" };
    let owner = serial % 9 + 1;
    let number = patent_number(&format!("{filed}{digit}9{:03}{serial:03}", 600 + city.number));
    let mut row = record([
        ("type", kind.into()),
        ("application_no", number.into()),
        ("title", format!("{title}（{}-{serial}）", 600 + city.number).into()),
        ("owner_name", format!("示例{}企业{owner}有限公司", city.short).into()),
        ("owner_uscc", uscc(&city.code, &format!("{:04}", 500 + 10 * city.number + owner)).into()),
        ("application_date", day(filed, month, of_month)),
        ("grant_date", day(granted, serial % 12 + 1, serial % 27 + 1)),
        ("legal_status", if ended { "终止-未缴费" } else { "有效" }.into()),
        ("status_date", day(year, 12, 20)),
    ]);
    // A grant of late December is looked up on the last day.
    if serial % 12 == 11 && serial % 27 > 18 {
        row.insert("status_date".to_string(), day(year, 12, 31));
    }
    if digit == 1 {
        row.insert("publication_date".to_string(), day(filed + 1, month, of_month));
    }
    row
}

#[expect(clippy::cast_possible_truncation, reason = "figures of a city, whole by construction")]
fn whole(figure: f64) -> i64 {
    figure as i64
}
