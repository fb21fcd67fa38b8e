//! The type checker: walks a rule's syntax tree against the schema, so that a rule that would silently pass bad data
//! does not load.
//!
//! Rhai answers `"a" > 5`, `() > 5` and `missing > 5` with a silent `false`. Here every name, type, vocabulary and
//! unit is checked, and a cell that may be empty must be asked for before it is used, as TypeScript narrows. The
//! checker also finds out what a rule reads.
//!
//! Several passes: the first finds which required cells the rule itself asks for emptiness, and what its variables
//! come to hold; in the next these cells count as optional, so that the rule must then say what follows, and a loop's
//! first lines know what its last lines assign. Only the last pass, which learns nothing new, reports.

mod call;
mod condition;
mod expr;
mod field;
mod flow;
mod method;
mod stmt;
mod syntax;
mod ty;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use rhai::{AST, Engine, Position};

use super::closure::{Closure, closures};
use super::tokens::Tokens;
use super::{Asked, Level, Reads, RuleProblem};
use crate::diagnostic::{Diagnostic, SourceFile};
use crate::native::Registry;
use crate::schema::{Schema, TableSchema};
use crate::script::built_in::BuiltIn;
use crate::script::handles::TableId;
use crate::script::names::Names;
use crate::text::Text;
use flow::{Flow, Learned};
use ty::Seen;

/// What a rule is checked against.
pub(crate) struct Setting<'a> {
    pub(crate) engine: &'a Engine,
    pub(crate) schema: &'a Schema,
    pub(crate) natives: &'a Registry,
    pub(crate) level: Level,
    pub(crate) table: Option<usize>,
    /// Whether the rule holds what it fails, so that its words may not repeat anything of it.
    pub(crate) holds: bool,
}

/// What the checker learns from a sound rule.
pub(crate) struct Checked {
    pub(crate) ast: AST,
    pub(crate) names: Names,
    pub(crate) asked: BTreeSet<Asked>,
    pub(crate) reads: Reads,
}

/// Parses and checks a script. All mistakes are reported, not only the first.
pub(crate) fn check(setting: &Setting<'_>, file: &SourceFile) -> Result<Checked, Vec<Diagnostic>> {
    if file.text.lines().count() > MAX_LINES || file.text.lines().any(|line| line.len() > MAX_LINE) {
        return Err(vec![diagnostic(file, None, &RuleProblem::TooLong)]);
    }
    let mut ast = match setting.engine.compile(file.text.as_ref()) {
        Ok(ast) => ast,
        Err(error) => {
            let problem = syntax::problem(file, error.err_type(), error.position());
            // Rhai knows no place for what is missing at the end; the last character then stands for it.
            let span = position_span(file, error.position()).or_else(|| last_character(file));
            return Err(vec![diagnostic(file, span, &problem)]);
        }
    };
    ast.set_source(file.path.as_str());
    let names = Names::new(setting.schema, setting.level, setting.table);
    let closures = closures(&ast);
    let tokens = Tokens::of(setting.engine, file);
    let (mut asked, mut learned) = (BTreeSet::new(), Learned::new());
    for _ in 0..MAX_PASSES {
        let mut checker = Checker::new(setting, file, &closures, &names, &tokens);
        checker.asked = asked.clone();
        checker.flow.learned = learned.clone();
        checker.script(&ast);
        let Checker { diagnostics, reads, asks, flow, .. } = checker;
        if asks == asked && flow.learned == learned {
            return if diagnostics.is_empty() {
                Ok(Checked { ast, names, asked, reads })
            } else {
                Err(diagnostics)
            };
        }
        (asked, learned) = (asks, flow.learned);
    }
    Err(vec![diagnostic(file, None, &RuleProblem::TooEntangled)])
}

/// How often a script is looked through until nothing new is learned. One pass finds what the rule asks for, a second
/// what loops carry round; each further one follows a variable that another is assigned from.
const MAX_PASSES: usize = 32;

/// How many lines a rule file may have, and how many bytes a line: Rhai's positions end at 65,535, and places of the
/// script are told apart by them.
const MAX_LINES: usize = 20_000;
const MAX_LINE: usize = 20_000;

/// How many mistakes of one file are reported; who mends these will see the next.
const MAX_DIAGNOSTICS: usize = 100;

struct Checker<'a> {
    setting: &'a Setting<'a>,
    file: &'a SourceFile,
    names: &'a Names,
    built_in: BuiltIn,
    closures: &'a BTreeMap<String, Closure>,
    /// Required cells that the rule asks for emptiness, as the first pass found them.
    asked: BTreeSet<Asked>,
    asks: BTreeSet<Asked>,
    tokens: &'a Tokens,
    flow: Flow,
    reads: Reads,
    fails: bool,
    /// Whether what is checked are words for people, which may show an empty cell.
    wording: bool,
    /// What the closure at hand returns before its end.
    returns: Option<Vec<Seen>>,
    diagnostics: Vec<Diagnostic>,
}

impl<'a> Checker<'a> {
    fn new(
        setting: &'a Setting<'a>,
        file: &'a SourceFile,
        closures: &'a BTreeMap<String, Closure>,
        names: &'a Names,
        tokens: &'a Tokens,
    ) -> Self {
        Self {
            setting,
            file,
            names,
            built_in: BuiltIn::new(),
            closures,
            tokens,
            wording: false,
            returns: None,
            asked: BTreeSet::new(),
            asks: BTreeSet::new(),
            flow: Flow::default(),
            reads: Reads::default(),
            fails: false,
            diagnostics: Vec::new(),
        }
    }

    fn script(&mut self, ast: &AST) {
        for function in ast.iter_functions().filter(|function| !function.name.starts_with("anon$")) {
            let at = self.file.text.find(&format!("fn {}", function.name));
            let span = at.map(|at| at..at + 3 + function.name.len());
            self.report_span(span, &RuleProblem::Forbidden {
                what: Text::new("自定义函数（fn）", "functions of its own (fn)"),
                instead: Some(Text::new(
                    "一条规则只查一件事；共用的计算请提出来做成内置函数",
                    "a rule tests one thing; a calculation that several need belongs in a native function",
                )),
            });
        }
        self.statements(ast.statements());
        self.flow.leave(0);
        if !self.fails {
            self.report_span(None, &RuleProblem::NothingSaid);
        }
    }

    fn table(&self, table: TableId) -> &TableSchema {
        self.built_in.or_filed(self.setting.schema, table)
    }

    fn report(&mut self, position: Position, problem: &RuleProblem) {
        let span = position_span(self.file, position);
        self.report_span(span, problem);
    }

    fn report_span(&mut self, span: Option<Range<usize>>, problem: &RuleProblem) {
        if self.diagnostics.len() >= MAX_DIAGNOSTICS {
            return;
        }
        let diagnostic = diagnostic(self.file, span, problem);
        if !self.diagnostics.contains(&diagnostic) {
            self.diagnostics.push(diagnostic);
        }
    }
}

/// A problem of a rule at a place of its file.
pub(crate) fn diagnostic(file: &SourceFile, span: Option<Range<usize>>, problem: &RuleProblem) -> Diagnostic {
    let (code, message, help) = problem.describe();
    Diagnostic { code, file: file.clone(), span, message, label: Text::default(), help }
}

/// The bytes of the last character that is not white space.
fn last_character(file: &SourceFile) -> Option<Range<usize>> {
    let text = file.text.trim_end();
    let last = text.chars().next_back()?;
    Some(text.len() - last.len_utf8()..text.len())
}

/// The bytes of the word at a position. Rhai knows where an expression begins, not where it ends.
pub(crate) fn position_span(file: &SourceFile, position: Position) -> Option<Range<usize>> {
    let start = file.offset(position.line()?, position.position().unwrap_or(1));
    let rest = &file.text[start.min(file.text.len())..];
    let first = rest.chars().next()?;
    let length = if first == '"' {
        rest[1..].find(['"', '\n']).map_or(rest.len(), |n| n + 2)
    } else if first.is_alphanumeric() || first == '_' {
        rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len())
    } else {
        first.len_utf8()
    };
    Some(start..(start + length).min(file.text.len()))
}
