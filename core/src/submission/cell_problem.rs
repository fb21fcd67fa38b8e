//! What can be wrong with one cell, in the clerk's words.

use super::personal::Personal;
use crate::schema::FieldType;
use crate::text::Text;
use crate::value::Decimal;

/// Why a cell cannot be read as its field's type.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs)] // The messages below say what each field of a variant means.
pub enum CellProblem {
    /// Not of the type.
    WrongType(Wanted),
    /// Not one of the words allowed; the words.
    NotInList(Vec<String>),
    /// A number too large to hold.
    OutOfRange,
    /// A per cent where the unit is another or not fixed: the figure before the sign, and the unit.
    Percent { points: Decimal, unit: Option<String> },
    /// A number with a word behind it: the number, the word, and the field's unit.
    WithUnit { number: String, with: String, unit: Option<String> },
    /// A sign for "nothing", as written, in a field that may be left blank; what it is not.
    Placeholder { found: String, problem: Box<CellProblem> },
    /// A formula's error.
    FormulaError(String),
    /// A formula without a computed value.
    Uncomputed,
    /// Covered by merged cells; the range.
    Merged(String),
    /// One value where named values are wanted; the names.
    NotAnObject(Vec<String>),
    /// A name that the object does not have.
    UnknownPart(String),
    /// A part given under two names.
    PartTwice { first: String, second: String },
    /// A number that belongs to a person; it is not repeated.
    Personal(Personal),
    /// A problem in a named value.
    InPart(String, Box<CellProblem>),
}

/// What a cell should hold, and how that is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// What.
    pub what: Text,
    /// How.
    pub how: Spelling,
}

/// How a value is written in a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spelling {
    /// As goes without saying.
    Plain,
    /// As a day.
    Day,
    /// In digits alone.
    Digits,
}

impl Wanted {
    /// What a field of this type wants.
    pub(super) fn of(ty: &FieldType) -> Self {
        let (what, how) = match ty {
            FieldType::Date => (ty.label(), Spelling::Day),
            FieldType::Integer(_) => (ty.label(), Spelling::Digits),
            FieldType::Decimal => (Text::new("数字", "a number"), Spelling::Digits),
            _ => (ty.label(), Spelling::Plain),
        };
        Self { what, how }
    }

    fn message(&self) -> Text {
        let (how_zh, how_en) = match self.how {
            Spelling::Plain => ("", ""),
            Spelling::Day => ("，如 2021-03-05", ", such as 2021-03-05"),
            Spelling::Digits => ("，不带单位、不带“约”等字", ", without a unit or other words"),
        };
        Text::new(format!("应填{}{how_zh}", self.what.zh), format!("should be {}{how_en}", self.what.en))
    }
}

impl CellProblem {
    /// What is wrong and what to do; follows the field's name.
    pub(super) fn message(&self) -> Text {
        match self {
            Self::WrongType(wanted) => wanted.message(),
            Self::NotInList(words) => Text::new(
                format!("只能填：{}", words.join("、")),
                format!("should be one of: {}", words.join(", ")),
            ),
            Self::OutOfRange => Text::new("数字过大", "is too large a number"),
            Self::Percent { points, unit } => percent(*points, unit.as_deref()),
            Self::WithUnit { number, with, unit } => with_unit(number, with, unit.as_deref()),
            Self::Placeholder { found, problem } => {
                let inner = problem.message();
                Text::new(
                    format!("{}；没有的话空着即可，不必填“{found}”", inner.zh),
                    format!("{}; leave it blank if there is none", inner.en),
                )
            }
            Self::FormulaError(_) => Text::new(
                "公式出错，请改正公式或直接填写数值",
                "is a formula's error; correct the formula or write the value",
            ),
            Self::Uncomputed => Text::new(
                "公式没有计算结果，请用 Excel 或 WPS 打开文件、保存后再报，或直接填写数值",
                "is a formula without a value; open and save the file in Excel or WPS, or write the value",
            ),
            Self::Merged(range) => Text::new(
                format!("是合并单元格 {range} 的一部分，无法确定它的值，请取消合并并逐行填写"),
                format!(
                    "is part of the merged cells {range}, so its value is not known; unmerge and fill in each row"
                ),
            ),
            Self::NotAnObject(names) => Text::new(
                format!("应分项填写：{}", names.join("、")),
                format!("should be given in parts: {}", names.join(", ")),
            ),
            Self::UnknownPart(name) => {
                Text::new(format!("没有“{name}”这一分项"), format!("has no part `{name}`"))
            }
            Self::PartTwice { first, second } => Text::new(
                format!("的同一分项填了两次：“{first}”和“{second}”，请只留一个"),
                format!("gives one part twice, as `{first}` and as `{second}`; keep one of them"),
            ),
            Self::Personal(personal) => {
                let what = personal.label();
                Text::new(
                    format!(
                        "里像是{}，报送材料里不应有；请删去（这里不重复它的内容），联系方式只填在报送信息的“联系方式”里",
                        what.zh
                    ),
                    format!(
                        "seems to hold {}, which has no place in a submission; delete it (it is not repeated here), and give contacts in the header's contact alone",
                        what.en
                    ),
                )
            }
            Self::InPart(part, problem) => {
                let inner = problem.message();
                Text::new(format!("其中“{part}”{}", inner.zh), format!("in its part `{part}` {}", inner.en))
            }
        }
    }

    /// What the cell should hold, in a few words.
    pub(super) fn expected(&self) -> Option<String> {
        match self {
            Self::WrongType(wanted) => Some(wanted.what.zh.clone()),
            Self::NotInList(words) => Some(words.join("、")),
            Self::Placeholder { problem, .. } => problem.expected(),
            _ => None,
        }
    }

    /// The same problem without anything of the cell's own text: what a private field holds appears nowhere.
    #[must_use]
    pub(super) fn without_text(self, ty: &FieldType) -> Self {
        match self {
            Self::Percent { .. } | Self::WithUnit { .. } => Self::WrongType(Wanted::of(ty)),
            Self::Placeholder { problem, .. } => problem.without_text(ty),
            Self::UnknownPart(_) => {
                Self::NotAnObject(ty.parts().iter().map(|f| f.label.zh.clone()).collect())
            }
            Self::InPart(part, problem) => {
                let inner =
                    ty.parts().iter().find(|field| field.label.zh == part).map_or(ty, |field| &field.ty);
                Self::InPart(part, Box::new(problem.without_text(inner)))
            }
            other => other,
        }
    }
}

fn percent(points: Decimal, unit: Option<&str>) -> Text {
    match unit {
        Some(unit) => Text::new(
            format!("的单位是{unit}，不能填百分数；请填不带 % 的数，单元格格式用“常规”"),
            format!(
                "is measured in {unit}, not in per cent; write a plain number in a cell of format General"
            ),
        ),
        None => Text::new(
            format!("不能带百分号；计量单位是 % 的，请只填 {points}，单元格格式用“常规”"),
            format!(
                "should have no per cent sign; where the unit is %, write {points} in a cell of format General"
            ),
        ),
    }
}

fn with_unit(number: &str, with: &str, unit: Option<&str>) -> Text {
    match unit {
        Some(unit) if unit == with => Text::new(
            format!("只填数字：单位就是{unit}，请只填 {number}"),
            format!("should be a number alone: the unit is {unit} anyway, write {number}"),
        ),
        Some(unit) => Text::new(
            format!("只填数字，单位是{unit}；请换算成{unit}，去掉“{with}”"),
            format!("should be a number alone, in {unit}; convert it to {unit} and leave out `{with}`"),
        ),
        None if with.starts_with(['十', '百', '千', '万', '亿']) => Text::new(
            format!("只填数字；请写出完整的数，不用“{with}”"),
            format!("should be a number alone; write it out in full, without `{with}`"),
        ),
        None => Text::new(
            format!("只填数字，不带单位；请把“{with}”移出这一格"),
            format!("should be a number alone, without a unit; move `{with}` out of this cell"),
        ),
    }
}
