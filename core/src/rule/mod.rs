//! Rules: one Rhai file each, with a TOML head. A rule exists only after its head is sound and its script is
//! type-checked against the schema; whatever is doubtful does not load.

pub(crate) mod chain;
pub(crate) mod check;
pub(crate) mod closure;
mod example;
mod head;
mod load;
mod problem;
mod reach;
pub(crate) mod tokens;
mod words;

use std::collections::BTreeSet;
use std::sync::Arc;

use serde::Deserialize;

use crate::agreement::{ClauseId, SubmitterKind};
use crate::diagnostic::SourceFile;
use crate::prove::{Lenses, Plan};
use crate::schema::Schema;
use crate::script::built_in::BuiltIn;
use crate::script::handles::{Owner, TableId};
use crate::script::names::Names;
use crate::text::Text;
use crate::value::Date;
use crate::verdict::{RuleId, Severity};

pub use example::{Example, ExampleResult};
pub(crate) use load::{Library, load};
pub use problem::RuleProblem;
pub(crate) use reach::{NOTE, Point, Reached, instrumented, points, reach};
pub use reach::{Reach, Unreached};
pub(crate) use words::in_words;
pub use words::{Step, StepKind};

/// On what a rule is run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// On each record of one table.
    Record,
    /// On each submission.
    Submission,
    /// On each submission, with that of the year before.
    YearOverYear,
    /// On the whole batch.
    CrossSubmission,
}

impl Level {
    /// The word used in files.
    pub fn key(self) -> &'static str {
        match self {
            Self::Record => "record",
            Self::Submission => "submission",
            Self::YearOverYear => "year_over_year",
            Self::CrossSubmission => "cross_submission",
        }
    }

    /// The word for people.
    pub fn label(self) -> Text {
        match self {
            Self::Record => Text::new("逐条", "record"),
            Self::Submission => Text::new("单份报送", "submission"),
            Self::YearOverYear => Text::new("跨年", "year over year"),
            Self::CrossSubmission => Text::new("跨单位", "cross submission"),
        }
    }
}

/// Where a rule is in its life.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// Being written; loaded and tested, not run.
    Draft,
    /// Run and reported, but never blocks.
    Trial,
    /// Run.
    #[default]
    Active,
    /// No longer run; kept for the record.
    Retired,
}

impl Status {
    /// The word for people.
    pub fn label(self) -> Text {
        match self {
            Self::Draft => Text::new("草拟（不运行）", "draft: not run"),
            Self::Trial => Text::new("试行（只报告，不影响结果）", "trial: reported, blocks nothing"),
            Self::Active => Text::new("施行", "in force"),
            Self::Retired => Text::new("停用", "retired"),
        }
    }
}

/// A place that a rule asks for emptiness, so that it must say what then; any other empty required cell makes the
/// rule undecided.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Asked {
    /// A header field.
    Header(usize),
    /// A field of a table.
    Field(TableId, usize),
    /// A part of an object.
    Part(Owner, usize),
    /// A parameter.
    Parameter(String),
}

/// What a rule reads, as its checked script shows.
#[derive(Debug, Clone, Default)]
pub struct Reads {
    pub(crate) fields: BTreeSet<(TableId, usize)>,
    pub(crate) header: BTreeSet<usize>,
    pub(crate) tables: BTreeSet<TableId>,
    /// Keys of the parameters it reads.
    pub parameters: BTreeSet<String>,
    /// Names of the native functions it calls, with how many arguments.
    pub natives: BTreeSet<(&'static str, usize)>,
}

/// A rule that has passed every check.
#[derive(Debug)]
pub struct Rule {
    /// Its id.
    pub id: RuleId,
    /// What it asks for.
    pub title: Text,
    /// Why, for its page; may be blank.
    pub why: Text,
    /// The clause it cites.
    pub clause: ClauseId,
    /// On what it is run.
    pub level: Level,
    /// The table whose records it judges, or that it needs.
    pub table: Option<usize>,
    /// How grave a failure is.
    pub severity: Severity,
    /// Its source: statute and article, document, or our own choice.
    pub source: String,
    /// The grade of the source.
    pub grade: String,
    /// Where it is in its life.
    pub status: Status,
    /// The submitters it applies to; all where empty.
    pub applies_to: Vec<SubmitterKind>,
    /// The first reporting day it applies to.
    pub from: Option<Date>,
    /// The last reporting day it applies to.
    pub to: Option<Date>,
    /// What changed in it, and when, the oldest first.
    pub history: Vec<(Date, Text)>,
    /// Its examples.
    pub examples: Vec<Example>,
    /// The plugin it belongs to.
    pub plugin: String,
    /// Its file.
    pub file: SourceFile,
    /// What it reads.
    pub reads: Reads,
    /// A record rule's script lowered to columns; none in a measured run, in which every record is interpreted.
    pub plan: Option<Plan>,
    /// The closures of its script lowered to columns; none in a measured run.
    pub(crate) lenses: Option<Arc<Lenses>>,
    pub(crate) ast: rhai::AST,
    pub(crate) names: Arc<Names>,
    pub(crate) asked: Arc<BTreeSet<Asked>>,
}

/// The id that a rule file declares, if its head can be read: by it a file replaces another.
pub fn declared_id(text: &str) -> Option<String> {
    let head = head::HeadText::cut(&SourceFile::new("", text));
    head.parse().ok().map(|head| head.id.into_inner())
}

impl Rule {
    /// What the rule reads of a submission: header and tables by name, each with its fields.
    pub fn reads_of(&self, schema: &Schema) -> Vec<(Text, Vec<Text>)> {
        let built_in = BuiltIn::new();
        let mut read = Vec::new();
        if !self.reads.header.is_empty() {
            let fields = self.reads.header.iter().map(|at| schema.header[*at].label.clone()).collect();
            read.push((Text::new("报送信息", "header"), fields));
        }
        for table in &self.reads.tables {
            let one = built_in.or_filed(schema, *table);
            let fields = self.reads.fields.iter().filter(|(of, _)| of == table);
            read.push((one.label.clone(), fields.map(|(_, at)| one.fields[*at].label.clone()).collect()));
        }
        read
    }

    /// Whether the rule is run at all.
    pub fn runs(&self) -> bool {
        matches!(self.status, Status::Trial | Status::Active)
    }
}
