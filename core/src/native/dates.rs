//! Dates: reading, taking apart, adding, counting.

use jiff::{Span, Unit};

use super::{Native, NativeError, Param, Type, arg};
use crate::submission::parse_date;
use crate::text::Text;
use crate::value::{Date, Value};

const DAY: Param = Param { name: "day", ty: Type::Date };
const FROM: Param = Param { name: "from", ty: Type::Date };
const TO: Param = Param { name: "to", ty: Type::Date };
const COUNT: Param = Param { name: "count", ty: Type::Integer };

pub(super) const NATIVES: &[Native] = &[
    Native {
        name: "date",
        name_zh: "日期",
        params: &[Param { name: "text", ty: Type::Text }],
        returns: Type::Date,
        may_be_empty: false,
        doc_zh: "把写成文字的日期变为日期。",
        doc: "The date written as text.",
        examples: &[
            "date(\"2021-06-01\") == date(\"2021年6月1日\")",
            "日期(\"2021-06-01\") > date(\"2021-05-31\")",
        ],
        run: |_, args| {
            let text = arg::text(args, 0)?;
            match parse_date(text) {
                Some(date) => Ok(Some(Value::Date(date))),
                None => Err(NativeError(Text::new(
                    format!("“{text}”不是日期，应如 2021-06-01"),
                    format!("`{text}` is not a date such as 2021-06-01"),
                ))),
            }
        },
    },
    Native {
        name: "make_date",
        name_zh: "年月日",
        params: &[
            Param { name: "year", ty: Type::Integer },
            Param { name: "month", ty: Type::Integer },
            Param { name: "day", ty: Type::Integer },
        ],
        returns: Type::Date,
        may_be_empty: false,
        doc_zh: "由年、月、日组成日期。",
        doc: "The date of a year, month and day.",
        examples: &["make_date(2021, 3, 31) == date(\"2021-03-31\")"],
        run: |_, args| {
            let (year, month, day) = (arg::integer(args, 0)?, arg::integer(args, 1)?, arg::integer(args, 2)?);
            let date = i16::try_from(year).ok().zip(i8::try_from(month).ok()).zip(i8::try_from(day).ok());
            let date = date.and_then(|((year, month), day)| Date::new(year, month, day).ok());
            date.map(|date| Some(Value::Date(date))).ok_or_else(|| {
                NativeError(Text::new(
                    format!("没有 {year} 年 {month} 月 {day} 日"),
                    format!("there is no day {year}-{month}-{day}"),
                ))
            })
        },
    },
    Native {
        name: "today",
        name_zh: "今天",
        params: &[],
        returns: Type::Date,
        may_be_empty: false,
        doc_zh: "检查之日；命令行的 --as-of 可以指定。",
        doc: "The day of the check; `--as-of` on the command line sets it.",
        examples: &["today() == 今天()"],
        run: |context, _| Ok(Some(Value::Date(context.as_of))),
    },
    Native {
        name: "year",
        name_zh: "年份",
        params: &[DAY],
        returns: Type::Integer,
        may_be_empty: false,
        doc_zh: "日期的年份。",
        doc: "The year of a date.",
        examples: &["year(date(\"2021-06-01\")) == 2021"],
        run: |_, args| integer(i64::from(arg::date(args, 0)?.year())),
    },
    Native {
        name: "month",
        name_zh: "月份",
        params: &[DAY],
        returns: Type::Integer,
        may_be_empty: false,
        doc_zh: "日期的月份，1 至 12。",
        doc: "The month of a date, 1 to 12.",
        examples: &["month(date(\"2021-06-01\")) == 6"],
        run: |_, args| integer(i64::from(arg::date(args, 0)?.month())),
    },
    Native {
        name: "day",
        name_zh: "日",
        params: &[DAY],
        returns: Type::Integer,
        may_be_empty: false,
        doc_zh: "日期是当月第几天。",
        doc: "The day of the month.",
        examples: &["day(date(\"2021-06-30\")) == 30"],
        run: |_, args| integer(i64::from(arg::date(args, 0)?.day())),
    },
    Native {
        name: "add_years",
        name_zh: "加年",
        params: &[DAY, COUNT],
        returns: Type::Date,
        may_be_empty: false,
        doc_zh: "若干年后的同一天；二月二十九日遇平年取二月二十八日。负数为若干年前。",
        doc: "The same day so many years later; 29 February becomes 28 in a common year. Negative counts go back.",
        examples: &[
            "add_years(date(\"2011-06-01\"), 10) == date(\"2021-06-01\")",
            "add_years(date(\"2020-02-29\"), 1) == date(\"2021-02-28\")",
        ],
        run: |_, args| add(args, |span, n| span.try_years(n)),
    },
    Native {
        name: "add_months",
        name_zh: "加月",
        params: &[DAY, COUNT],
        returns: Type::Date,
        may_be_empty: false,
        doc_zh: "若干月后的同一天；当月没有这一天时取月末。",
        doc: "The same day so many months later, or the month's last day if it has no such day.",
        examples: &["add_months(date(\"2021-08-31\"), 6) == date(\"2022-02-28\")"],
        run: |_, args| add(args, |span, n| span.try_months(n)),
    },
    Native {
        name: "add_days",
        name_zh: "加天",
        params: &[DAY, COUNT],
        returns: Type::Date,
        may_be_empty: false,
        doc_zh: "若干天后的日期。",
        doc: "The day so many days later.",
        examples: &["add_days(date(\"2021-02-28\"), 1) == date(\"2021-03-01\")"],
        run: |_, args| add(args, |span, n| span.try_days(n)),
    },
    Native {
        name: "years_between",
        name_zh: "相隔年数",
        params: &[FROM, TO],
        returns: Type::Integer,
        may_be_empty: false,
        doc_zh: "从前一日期到后一日期满多少周年；后者在前时为负数。",
        doc: "Whole years from the first date to the second; negative when the second is earlier.",
        examples: &[
            "years_between(date(\"2011-06-01\"), date(\"2021-05-31\")) == 9",
            "years_between(date(\"2011-06-01\"), date(\"2021-06-01\")) == 10",
        ],
        run: |_, args| between(args, Unit::Year, |span| i64::from(span.get_years())),
    },
    Native {
        name: "days_between",
        name_zh: "相隔天数",
        params: &[FROM, TO],
        returns: Type::Integer,
        may_be_empty: false,
        doc_zh: "从前一日期到后一日期有多少天；后者在前时为负数。",
        doc: "Days from the first date to the second; negative when the second is earlier.",
        examples: &["days_between(date(\"2020-02-28\"), date(\"2020-03-01\")) == 2"],
        run: |_, args| between(args, Unit::Day, |span| i64::from(span.get_days())),
    },
];

#[allow(clippy::unnecessary_wraps)]
fn integer(n: i64) -> Result<Option<Value>, NativeError> {
    Ok(Some(Value::Integer(n)))
}

fn out_of_range<E>(_: E) -> NativeError {
    NativeError(Text::new("日期超出可计算的范围", "the date is out of range"))
}

fn add(
    args: &[Value],
    span: fn(Span, i64) -> Result<Span, jiff::Error>,
) -> Result<Option<Value>, NativeError> {
    let day: Date = arg::date(args, 0)?;
    let span = span(Span::new(), arg::integer(args, 1)?).map_err(out_of_range)?;
    day.checked_add(span).map(|date| Some(Value::Date(date))).map_err(out_of_range)
}

fn between(args: &[Value], unit: Unit, count: fn(Span) -> i64) -> Result<Option<Value>, NativeError> {
    let span = arg::date(args, 0)?.until((unit, arg::date(args, 1)?)).map_err(out_of_range)?;
    integer(count(span))
}
