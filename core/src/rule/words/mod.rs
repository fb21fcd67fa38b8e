//! A rule in words: its checked script, told step by step for those who do not read scripts.
//!
//! Nobody writes these words, so they cannot differ from what the script does. They name fields by their labels, say
//! `没有填` where the script asks for `()`, and give every message as it will be read, with what is put in between `〔〕`.

mod expr;
mod method;
mod stmt;

use std::collections::BTreeMap;

use rhai::{Expr, Stmt};

use super::Rule;
use super::closure::{Closure, closure, closures};
use super::tokens::Tokens;
use crate::rulebook::Rulebook;
use crate::schema::{Field, FieldType, Schema};
use crate::script::built_in::BuiltIn;
use crate::script::handles::TableId;
use crate::script::names::{DICTIONARY, DIRECTORY, Meaning};
use crate::text::{Lang, Text};

/// One step of a rule, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// How deep it stands: under a condition, within a loop.
    pub depth: usize,
    /// What sort of step it is.
    pub kind: StepKind,
    /// The words.
    pub text: String,
}

/// What sort of step it is, for those who show it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StepKind {
    /// A condition, a loop, a value remembered.
    Plain,
    /// The rule fails.
    Fail,
    /// The rule cannot decide.
    Undecided,
    /// The rule does not apply.
    Skip,
}

/// What words cannot be found for: nothing that the checker lets pass, as a test holds.
pub(crate) const WORDLESS: &str = "〔见脚本〕";

/// Tells the rule in words.
pub(crate) fn in_words(book: &Rulebook, rule: &Rule, lang: Lang) -> Vec<Step> {
    let script = Script { closures: closures(&rule.ast), tokens: Tokens::of(&book.engine, &rule.file) };
    let mut teller =
        Teller { book, rule, lang, script: &script, whose: Vec::new(), depth: 0, steps: Vec::new() };
    teller.statements(rule.ast.statements());
    teller.steps
}

/// How tightly the parts of a phrase hold together: a looser one within a tighter one stands in brackets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Tie {
    Or,
    And,
    Compare,
    Sum,
    Product,
    Word,
}

/// An expression in words.
struct Phrase {
    text: String,
    tie: Tie,
}

impl Phrase {
    fn word(text: impl Into<String>) -> Self {
        Self { text: text.into(), tie: Tie::Word }
    }

    fn compare(text: impl Into<String>) -> Self {
        Self { text: text.into(), tie: Tie::Compare }
    }

    /// The words, in brackets if they hold together less than `tie`.
    fn within(self, tie: Tie) -> String {
        if self.tie < tie { format!("（{}）", self.text) } else { self.text }
    }
}

/// What the syntax tree of a script does not hold at hand.
struct Script {
    closures: BTreeMap<String, Closure>,
    tokens: Tokens,
}

struct Teller<'a> {
    book: &'a Rulebook,
    rule: &'a Rule,
    lang: Lang,
    script: &'a Script,
    /// The names of the records that closures look at, the innermost last: of that one no name is needed.
    whose: Vec<String>,
    depth: usize,
    steps: Vec<Step>,
}

impl Teller<'_> {
    fn schema(&self) -> &Schema {
        &self.book.schema
    }

    fn say(&self, zh: impl Into<String>, en: impl Into<String>) -> String {
        Text::new(zh, en).get(self.lang).to_string()
    }

    fn label(&self, label: &Text) -> String {
        label.get(self.lang).to_string()
    }

    /// What a name of the script stands for, as people call it.
    fn name(&self, name: &str) -> String {
        match self.rule.names.get(name) {
            Some(Meaning::Field(at)) => match self.rule.table {
                Some(table) => self.label(&self.schema().tables[table].fields[at].label),
                None => name.to_string(),
            },
            Some(Meaning::Record) => self.say("该条记录", "the record"),
            Some(Meaning::Submission) => self.say("报送", "the submission"),
            Some(Meaning::Previous) => self.say("上年报送", "last year's submission"),
            Some(Meaning::Submissions) => self.say("全部报送", "all submissions"),
            Some(Meaning::Params) => self.say("参数", "the parameters"),
            Some(Meaning::Table(table)) => self.table(table),
            None if self.whose.last().is_some_and(|own| own == name) => self.say("该条", "the record"),
            None => name.to_string(),
        }
    }

    fn table(&self, table: TableId) -> String {
        match table {
            TableId::Filed(at) => self.label(&self.schema().tables[at].label),
            TableId::Dictionary => self.say(DICTIONARY[1], DICTIONARY[0]),
            TableId::Directory => self.say(DIRECTORY[1], DIRECTORY[0]),
        }
    }

    /// A property, as people call it. Its owner's type is not followed here; of several fields of that name it is one
    /// that the rule reads, and one whose own name it is rather than another heading understood.
    fn property(&self, name: &str) -> String {
        match name {
            "key" | "键" => return self.say("共同的值", "common value"),
            "params" | "参数" => return self.say("参数", "parameters"),
            "rows" | "各条" => return self.say("各条", "records"),
            _ => {}
        }
        let schema = self.schema();
        if let Some(table) = schema.tables.iter().find(|table| table.key == name || table.label.zh == name) {
            return self.label(&table.label);
        }
        let built_in = BuiltIn::new();
        let read =
            self.rule.reads.fields.iter().map(|(table, at)| &built_in.or_filed(schema, *table).fields[*at]);
        let fields: Vec<&Field> =
            read.chain(&schema.header).chain(schema.tables.iter().flat_map(|table| &table.fields)).collect();
        let parts = fields.iter().flat_map(|field| field.ty.parts());
        let all: Vec<&Field> = fields.iter().copied().chain(parts).collect();
        let own = |field: &&&Field| {
            field.key == name || field.label.zh == name || field.script.as_deref() == Some(name)
        };
        let named = |field: &&&Field| field.names().any(|other| other == name);
        let found = all.iter().find(own).or_else(|| all.iter().find(named));
        found.map_or_else(|| name.to_string(), |field| self.label(&field.label))
    }

    /// A word of a vocabulary by the label that people know, such as 市州 for `city`.
    fn word(&self, word: &str) -> String {
        let terms = self.schema().header.iter().filter_map(|field| match &field.ty {
            FieldType::Term(terms) => Some(terms),
            _ => None,
        });
        let term = terms.flatten().find(|term| term.value == word);
        match (self.lang, term.and_then(|term| term.label.as_deref())) {
            (Lang::Zh, Some(label)) => label.to_string(),
            _ => word.to_string(),
        }
    }

    /// The closure that an expression is: what it calls the record, and its body.
    fn closure(&self, expr: &Expr) -> Option<(&str, &[Stmt])> {
        let (name, captured) = closure(expr)?;
        let definition = self.script.closures.get(&name)?;
        Some((definition.params.get(captured)?, &definition.body))
    }
}
