//! What can be wrong with what was handed in, in the clerk's words.

use super::cell_problem::CellProblem;
use super::footer::Footer;
use super::personal;
use crate::text::Text;
use crate::verdict::{Excerpt, Location, Severity};

/// One thing that was wrong while reading a package.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadProblem {
    /// What.
    pub kind: ReadProblemKind,
    /// Where.
    pub location: Location,
    /// What stands there, as written.
    pub found: Option<String>,
    /// The key of the record, where it is known.
    pub key: Option<String>,
    /// The record's neighbouring cells.
    pub excerpt: Option<Excerpt>,
}

impl ReadProblem {
    /// A problem at a place.
    pub fn new(kind: ReadProblemKind, location: Location) -> Self {
        let (mut kind, mut location) = (kind, location);
        // Names stand in files as freely as cells, and are repeated in messages.
        if let ReadProblemKind::UnknownHeaderField { name, .. }
        | ReadProblemKind::UnknownTable { name, .. }
        | ReadProblemKind::UnknownColumn { name, .. }
        | ReadProblemKind::HiddenSheet { name } = &mut kind
        {
            *name = personal::shown(std::mem::take(name));
        }
        for place in [&mut location.path, &mut location.sheet].into_iter().flatten() {
            let parts = place.split('.').map(|part| personal::shown(part.to_string()));
            *place = parts.collect::<Vec<_>>().join(".");
        }
        Self { kind, location, found: None, key: None, excerpt: None }
    }

    /// The same, with what stands there.
    #[must_use]
    pub fn found(mut self, found: impl Into<String>) -> Self {
        self.found = Some(personal::shown(found.into())).filter(|found| !found.is_empty());
        self
    }
}

/// The kinds of reading problems.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs)] // The messages below say what each field of a variant means.
pub enum ReadProblemKind {
    /// The file is not there.
    NoSuchFile,
    /// The file could not be read, and why.
    Unreadable(Text),
    /// A folder holds nothing that could be a submission.
    EmptyFolder,
    /// A folder of CSV files has no `header.toml`.
    NoHeaderFile,
    /// A file of a format that is not read.
    UnknownFormat(String),
    /// A file that is not what its name says; what it should be, what is wrong.
    Broken { format: &'static str, why: Text },
    /// Larger, when unpacked, than anything a submission can be.
    TooLarge { limit: String },
    /// The package has no header.
    NoHeader,
    /// Something in the header that no field answers to.
    UnknownHeaderField { name: String, suggestion: Option<String> },
    /// A required header field is missing or empty.
    MissingHeaderField { label: Text },
    /// A header field given twice.
    DuplicateHeaderField { label: Text },
    /// A sheet, file or list that no table answers to.
    UnknownTable { name: String, suggestion: Option<String> },
    /// A file of a folder that is neither header nor table nor attachment; what to do with it.
    StrayFile { advice: Text },
    /// A hidden sheet that no table answers to.
    HiddenSheet { name: String },
    /// A table handed in twice.
    DuplicateTable { label: Text },
    /// A table without a heading row.
    NoHeadings { label: Text },
    /// A required column is missing.
    MissingColumn { table: Text, label: Text },
    /// A column that no field answers to.
    UnknownColumn { table: Text, name: String, suggestion: Option<String> },
    /// Two columns for one field.
    DuplicateColumn { label: Text, first: String },
    /// A cell beyond the last heading.
    CellWithoutColumn,
    /// A row below the records that is none; its number, and what was taken for it.
    Footer { row: u32, footer: Footer },
    /// A required cell is empty.
    MissingCell { label: Text },
    /// A cell that cannot be read as its field's type.
    Cell { label: Text, problem: CellProblem },
    /// Two submissions of one submitter for one year.
    Duplicate { other: String },
    /// Something that is neither text nor a table where one was expected.
    WrongShape { expected: Text },
}

fn suggestion(name: &Option<String>) -> (String, String) {
    match name {
        Some(name) => (format!("，是不是“{name}”？"), format!("; did you mean `{name}`?")),
        None => (String::new(), String::new()),
    }
}

impl ReadProblemKind {
    /// How grave it is. Something extra is a warning; something missing or unreadable an error.
    pub fn severity(&self) -> Severity {
        match self {
            // What was probably meant was not read, and rules cannot decide for want of it.
            Self::UnknownColumn { suggestion: Some(_), .. } => Severity::Error,
            Self::UnknownColumn { .. } | Self::UnknownHeaderField { .. } | Self::CellWithoutColumn => {
                Severity::Warn
            }
            Self::Footer { .. } => Severity::Info,
            // Lists behind drop-downs are kept in hidden sheets.
            Self::HiddenSheet { .. } => Severity::Info,
            _ => Severity::Error,
        }
    }

    /// What should have been there, if it can be said in a few words.
    pub fn expected(&self) -> Option<String> {
        match self {
            Self::Cell { problem, .. } => problem.expected(),
            _ => None,
        }
    }

    /// What is wrong and what to do.
    pub fn message(&self) -> Text {
        match self {
            Self::NoSuchFile => Text::new("找不到这个文件或文件夹", "there is no such file or folder"),
            Self::Unreadable(why) => {
                Text::new(format!("文件打不开：{}", why.zh), format!("the file cannot be opened: {}", why.en))
            }
            Self::EmptyFolder => Text::new(
                "文件夹里没有报送材料（.xlsx、.json、.toml，或含 header.toml 的文件夹）",
                "the folder holds no submission (.xlsx, .json, .toml, or a folder with header.toml)",
            ),
            Self::NoHeaderFile => Text::new(
                "文件夹里有 CSV 表，但没有 header.toml；请补上报送信息",
                "the folder has CSV tables but no header.toml; add the header",
            ),
            Self::UnknownFormat(extension) => Text::new(
                format!("不能读取“{extension}”格式；请报 .xlsx、.json、.toml，或 CSV 文件夹"),
                format!(
                    "`{extension}` files are not read; hand in .xlsx, .json, .toml or a folder of CSV files"
                ),
            ),
            Self::Broken { format, why } => Text::new(
                format!("不是完好的 {format} 文件：{}", why.zh),
                format!("not a sound {format} file: {}", why.en),
            ),
            Self::TooLarge { limit } => Text::new(
                format!("解压后超过 {limit}，不予读取"),
                format!("larger than {limit} when unpacked; not read"),
            ),
            Self::NoHeader => Text::new(
                "没有报送信息（工作簿要有“报送信息”工作表，文档要有 header）",
                "there is no header (a sheet 报送信息 in a workbook, `header` in a document)",
            ),
            Self::UnknownHeaderField { name, suggestion: word } => {
                let (zh, en) = suggestion(word);
                Text::new(
                    format!("报送信息里没有“{name}”这一项{zh}"),
                    format!("the header has no field `{name}`{en}"),
                )
            }
            Self::MissingHeaderField { label } => Text::new(
                format!("报送信息缺少“{}”，请补填", label.zh),
                format!("the header lacks {}; add it", label.en),
            ),
            Self::DuplicateHeaderField { label } => Text::new(
                format!("报送信息里“{}”填了两次", label.zh),
                format!("the header gives {} twice", label.en),
            ),
            Self::UnknownTable { name, suggestion: word } => {
                let (zh, en) = suggestion(word);
                Text::new(
                    format!(
                        "没有名为“{name}”的表{zh}{}",
                        if zh.is_empty() {
                            "；内容没有读入，请改名或删去"
                        } else {
                            "内容没有读入，请改名"
                        }
                    ),
                    format!("there is no table `{name}`{en} It was not read; rename it or leave it out"),
                )
            }
            Self::StrayFile { advice } => Text::new(
                format!("这个文件没有读入：{}", advice.zh),
                format!("this file was not read: {}", advice.en),
            ),
            Self::HiddenSheet { name } => Text::new(
                format!("隐藏的工作表“{name}”不是表，没有读入；其中若有要报的内容，请取消隐藏并按表名改名"),
                format!(
                    "the hidden sheet `{name}` is no table and was not read; \
                     if it holds anything to report, unhide it and name it after its table"
                ),
            ),
            Self::DuplicateTable { label } => {
                Text::new(format!("“{}”报了两次", label.zh), format!("the {} is handed in twice", label.en))
            }
            Self::NoHeadings { label } => Text::new(
                format!("“{}”没有标题行：第一行应是各栏名称", label.zh),
                format!("the {} has no heading row: the first row should name the columns", label.en),
            ),
            Self::MissingColumn { table, label } => Text::new(
                format!("“{}”缺少必填的一栏“{}”，请补上", table.zh, label.zh),
                format!("the {} lacks the required column {} ({}); add it", table.en, label.en, label.zh),
            ),
            Self::UnknownColumn { table, name, suggestion: word } => {
                let (zh, en) = suggestion(word);
                Text::new(
                    format!(
                        "“{}”没有名为“{name}”的一栏{zh}{}",
                        table.zh,
                        if zh.is_empty() {
                            "；这一栏未被使用"
                        } else {
                            "这一栏没有读入，请改名"
                        }
                    ),
                    format!(
                        "the {} has no column `{name}`{en}{}",
                        table.en,
                        if en.is_empty() { "; it was not used" } else { " It was not read; rename it" }
                    ),
                )
            }
            Self::DuplicateColumn { label, first } => Text::new(
                format!("“{}”这一栏出现两次（前一次在 {first}），无法确定用哪一栏，请删去一栏", label.zh),
                format!("two columns are for {} (the first at {first}); delete one of them", label.en),
            ),
            Self::CellWithoutColumn => Text::new(
                "这一格上方没有栏名，内容未被使用",
                "there is no heading above this cell; it was not used",
            ),
            Self::Footer { row, footer } => footer.message(*row),
            Self::MissingCell { label } => Text::new(
                format!("“{}”必填，这里是空的；请填写", label.zh),
                format!("{} is required and is empty; fill it in", label.en),
            ),
            Self::Cell { label, problem } => {
                let inner = problem.message();
                Text::new(format!("“{}”{}", label.zh, inner.zh), format!("{} {}", label.en, inner.en))
            }
            Self::Duplicate { other } => Text::new(
                format!("同一单位同一年度报了两份（另一份：{other}），请只留一份，或写明版次和上一版编号"),
                format!(
                    "this submitter handed in two submissions for this year (the other: {other}); \
                     keep one, or give revision and previous_submission_id"
                ),
            ),
            Self::WrongShape { expected } => {
                Text::new(format!("这里应是{}", expected.zh), format!("{} is expected here", expected.en))
            }
        }
    }
}
