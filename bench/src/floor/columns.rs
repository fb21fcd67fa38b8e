//! The ledger as typed columns.

use std::fmt;
use std::io::Read;
use std::path::Path;

use super::day::{self, Day};
use super::text_column::{TermColumn, TextColumn};

/// The type of a patent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Invention,
    UtilityModel,
    Design,
}

impl Kind {
    fn of_label(text: &[u8]) -> Option<Self> {
        match text {
            b if b == "发明".as_bytes() => Some(Self::Invention),
            b if b == "实用新型".as_bytes() => Some(Self::UtilityModel),
            b if b == "外观设计".as_bytes() => Some(Self::Design),
            _ => None,
        }
    }

    /// The type that the kind digit of an application number stands for.
    pub(super) fn of_digit(digit: u8) -> Option<Self> {
        match digit {
            b'1' | b'8' => Some(Self::Invention),
            b'2' | b'9' => Some(Self::UtilityModel),
            b'3' => Some(Self::Design),
            _ => None,
        }
    }
}

/// The legal status, as far as the checks tell statuses apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Status {
    Pending,
    InForce,
    Other,
}

impl Status {
    fn of_label(text: &[u8]) -> Self {
        match text {
            b if b == "申请中".as_bytes() => Self::Pending,
            b if b == "有效".as_bytes() => Self::InForce,
            _ => Self::Other,
        }
    }
}

/// How much of the ledger is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extent {
    /// The columns that the checks read.
    Needed,
    /// Every column, as a program must that is to report on rows.
    Whole,
}

/// Why a ledger could not be read.
#[derive(Debug)]
pub enum ReadError {
    /// It is no CSV file, or cannot be opened.
    Csv(csv::Error),
    /// It lacks a column.
    NoColumn(&'static str),
    /// The header lacks a day, or it is none.
    NoField(&'static str),
    /// A cell holds no day in the one form that is read.
    NoDay {
        /// Where the row begins.
        line: u64,
        /// The column.
        column: &'static str,
    },
    /// A row is of no type of patent.
    NoType {
        /// Where the row begins.
        line: u64,
    },
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Csv(error) => error.fmt(f),
            Self::NoColumn(name) => write!(f, "there is no column {name}"),
            Self::NoField(name) => write!(f, "the header has no day {name}"),
            Self::NoDay { line, column } => {
                write!(f, "line {line}: {column} is not a day such as 2020-12-31")
            }
            Self::NoType { line } => write!(f, "line {line}: not a type of patent"),
        }
    }
}

impl std::error::Error for ReadError {}

impl From<csv::Error> for ReadError {
    fn from(error: csv::Error) -> Self {
        Self::Csv(error)
    }
}

/// The columns of a ledger, each with one value a row.
#[derive(Debug, Default)]
pub struct Columns {
    pub(super) kind: Vec<Kind>,
    pub(super) application_no: TextColumn,
    pub(super) publication_no: TextColumn,
    pub(super) grant_no: TextColumn,
    pub(super) application_date: Vec<Day>,
    pub(super) priority_date: Vec<Day>,
    pub(super) publication_date: Vec<Day>,
    pub(super) grant_date: Vec<Day>,
    pub(super) status: Vec<Status>,
    pub(super) status_date: Vec<Day>,
    pub(super) is_divisional: Vec<bool>,
    pub(super) is_compensated: Vec<bool>,
    pub(super) ipc_main: TermColumn,
    pub(super) is_pct: Vec<bool>,
    pub(super) is_declassified: Vec<bool>,
    whole: Whole,
}

/// What no check reads.
#[derive(Debug, Default)]
struct Whole {
    patent_no: TextColumn,
    title: TextColumn,
    owner_name: TermColumn,
    owner_uscc: TermColumn,
    divisional_of: TermColumn,
    pct_no: TermColumn,
}

/// Where the columns stand in the file, by the order of [`HEADINGS`].
const HEADINGS: [&str; 15] = [
    "type",
    "application_no",
    "publication_no",
    "grant_no",
    "application_date",
    "priority_date",
    "publication_date",
    "grant_date",
    "legal_status",
    "status_date",
    "divisional_of",
    "term_compensation",
    "ipc_main",
    "pct_no",
    "decrypted",
];
const WHOLE_HEADINGS: [&str; 4] = ["patent_no", "title", "owner_name", "owner_uscc"];

impl Columns {
    /// Reads a CSV file in UTF-8.
    pub fn read(path: &Path, extent: Extent) -> Result<Self, ReadError> {
        Self::take(csv::ReaderBuilder::new().buffer_capacity(1 << 18).from_path(path)?, extent)
    }

    pub(super) fn take<R: Read>(mut reader: csv::Reader<R>, extent: Extent) -> Result<Self, ReadError> {
        let headings = reader.byte_headers()?.clone();
        let place = |name: &'static str| {
            headings.iter().position(|heading| heading == name.as_bytes()).ok_or(ReadError::NoColumn(name))
        };
        let mut at = [0; HEADINGS.len()];
        for (place_of, name) in at.iter_mut().zip(HEADINGS) {
            *place_of = place(name)?;
        }
        let mut whole_at = [0; WHOLE_HEADINGS.len()];
        for (place_of, name) in whole_at.iter_mut().zip(WHOLE_HEADINGS) {
            *place_of = place(name)?;
        }
        let mut columns = Self::default();
        let mut record = csv::ByteRecord::new();
        while reader.read_byte_record(&mut record)? {
            let cells = at.map(|place| record.get(place).unwrap_or_default());
            columns.push(cells).map_err(|name| {
                let line = record.position().map_or(0, csv::Position::line);
                if name == HEADINGS[0] {
                    ReadError::NoType { line }
                } else {
                    ReadError::NoDay { line, column: name }
                }
            })?;
            if extent == Extent::Whole {
                columns.whole.push(
                    whole_at.map(|place| record.get(place).unwrap_or_default()),
                    cells[10],
                    cells[13],
                );
            }
        }
        Ok(columns)
    }

    /// Takes in the cells of one row; the name of the column whose cell cannot be read, if there is one.
    fn push(&mut self, cells: [&[u8]; HEADINGS.len()]) -> Result<(), &'static str> {
        let [
            kind,
            application_no,
            publication_no,
            grant_no,
            application_date,
            priority_date,
            publication_date,
            grant_date,
            status,
            status_date,
            divisional_of,
            compensated,
            ipc_main,
            pct_no,
            declassified,
        ] = cells;
        let day = |text, at: usize| day::parse(text).ok_or(HEADINGS[at]);
        let yes = "是".as_bytes();
        self.kind.push(Kind::of_label(kind).ok_or(HEADINGS[0])?);
        self.application_no.push(application_no);
        self.publication_no.push(publication_no);
        self.grant_no.push(grant_no);
        self.application_date.push(day(application_date, 4)?);
        self.priority_date.push(day(priority_date, 5)?);
        self.publication_date.push(day(publication_date, 6)?);
        self.grant_date.push(day(grant_date, 7)?);
        self.status.push(Status::of_label(status));
        self.status_date.push(day(status_date, 9)?);
        self.is_divisional.push(!divisional_of.is_empty());
        self.is_compensated.push(compensated == yes);
        self.ipc_main.push(ipc_main);
        self.is_pct.push(!pct_no.is_empty());
        self.is_declassified.push(declassified == yes);
        Ok(())
    }

    /// How many rows there are.
    pub fn rows(&self) -> usize {
        self.kind.len()
    }
}

impl Whole {
    fn push(&mut self, cells: [&[u8]; WHOLE_HEADINGS.len()], divisional_of: &[u8], pct_no: &[u8]) {
        let [patent_no, title, owner_name, owner_uscc] = cells;
        self.patent_no.push(patent_no);
        self.title.push(title);
        self.owner_name.push(owner_name);
        self.owner_uscc.push(owner_uscc);
        self.divisional_of.push(divisional_of);
        self.pct_no.push(pct_no);
    }
}
