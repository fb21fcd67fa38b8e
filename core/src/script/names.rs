//! What a name means in a rule: a field of the record, a table, the submission, the parameters.

use std::collections::HashMap;

use super::handles::TableId;
use crate::rule::Level;
use crate::schema::{Field, Schema};

/// What a name stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Meaning {
    /// A field of the record at hand.
    Field(usize),
    /// The record at hand: `record`, `记录`.
    Record,
    /// The submission at hand: `submission`, `报送`.
    Submission,
    /// Last year's submission: `previous`, `上年`.
    Previous,
    /// All submissions: `submissions`, `全部报送`.
    Submissions,
    /// The parameters: `params`, `参数`.
    Params,
    /// All records of a table.
    Table(TableId),
}

/// The names in scope of one rule.
#[derive(Debug, Clone, Default)]
pub(crate) struct Names(HashMap<String, Meaning>);

impl Names {
    /// The names in scope at `level`; at record level those of `table`'s fields.
    pub(crate) fn new(schema: &Schema, level: Level, table: Option<usize>) -> Self {
        let mut names = HashMap::new();
        let mut add = |words: &[&str], meaning| {
            for word in words {
                names.insert((*word).to_string(), meaning);
            }
        };
        add(&PARAMS, Meaning::Params);
        match (level, table) {
            (Level::Record, Some(table)) => {
                for (at, field) in schema.tables[table].fields.iter().enumerate() {
                    add(&identifiers(field), Meaning::Field(at));
                }
                add(&["record", "记录"], Meaning::Record);
                add(&["submission", "报送"], Meaning::Submission);
            }
            _ => {
                for (at, table) in schema.tables.iter().enumerate() {
                    add(&[&table.key, &table.label.zh], Meaning::Table(TableId::Filed(at)));
                }
                add(&DICTIONARY, Meaning::Table(TableId::Dictionary));
                if level != Level::CrossSubmission {
                    add(&DIRECTORY, Meaning::Table(TableId::Directory));
                }
                if level == Level::CrossSubmission {
                    add(&["submissions", "全部报送"], Meaning::Submissions);
                } else {
                    add(&["submission", "报送"], Meaning::Submission);
                }
                if level == Level::YearOverYear {
                    add(&["previous", "上年"], Meaning::Previous);
                }
            }
        }
        Self(names)
    }

    pub(crate) fn get(&self, name: &str) -> Option<Meaning> {
        self.0.get(name).copied()
    }

    pub(crate) fn words(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }
}

/// The names of the parameters; of a submission too, `submission.params`.
pub(crate) const PARAMS: [&str; 2] = ["params", "参数"];

/// The names of the indicator dictionary, a table that every rule above record level can read.
pub(crate) const DICTIONARY: [&str; 2] = ["dictionary", "指标字典"];

/// The names of the directory of tables, which rules on one submission can read.
pub(crate) const DIRECTORY: [&str; 2] = ["tables_filed", "报表目录"];

/// The names of a field that scripts can write without quotes.
pub(crate) fn identifiers(field: &Field) -> Vec<&str> {
    field.names().filter(|name| rhai::is_valid_identifier(name)).collect()
}
