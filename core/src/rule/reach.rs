//! Which parts of a rule its examples and fixtures reach: every branch, every loop, every `fail`, `undecided` and `skip`.
//!
//! For a measured run a rule is compiled once more with a call at each such point; the calls stand on the lines they
//! belong to, so that the places of messages stay true. An ordinary run knows nothing of it.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};

use rhai::{AST, ASTNode, Expr, Position, Stmt, StmtBlock};

use super::Rule;
use crate::diagnostic::SourceFile;
use crate::text::Text;

/// The function that notes a point. The checker knows it not, so no rule can call it.
pub(crate) const NOTE: &str = "__reached";

/// The points reached so far in a measured run.
#[derive(Debug, Clone, Default)]
pub(crate) struct Reached(Arc<Mutex<BTreeSet<usize>>>);

impl Reached {
    pub(crate) fn note(&self, point: usize) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(point);
    }

    fn has(&self, point: usize) -> bool {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).contains(&point)
    }
}

/// A point of a rule that a run may reach.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Point {
    kind: Kind,
    /// Where it stands in the file, in bytes.
    at: usize,
    /// Where the call that notes it is put, and what else must be put there for it.
    insert: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Branch,
    /// An `if` without an `else` whose condition does not hold.
    Otherwise,
    Loop,
    Said,
}

impl Kind {
    fn label(self) -> Text {
        match self {
            Self::Branch => Text::new("这一支没有走到", "this branch is never taken"),
            Self::Otherwise => Text::new("条件不成立的情形没有出现过", "the condition always holds"),
            Self::Loop => Text::new("循环里面没有走到", "the loop is never entered"),
            Self::Said => Text::new("这一句没有执行过", "this is never said"),
        }
    }
}

/// A point that no example and no fixture reaches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreached {
    /// The rule's file.
    pub path: String,
    /// The line, counted from 1.
    pub line: usize,
    /// The column, counted from 1.
    pub column: usize,
    /// What is not reached.
    pub what: Text,
    /// The line as it stands in the file.
    pub source: String,
}

/// How much of a rulebook was reached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reach {
    /// How many points there are.
    pub points: usize,
    /// Those not reached, in order of file and place.
    pub unreached: Vec<Unreached>,
}

/// The points of a rule, in order of place.
pub(crate) fn points(ast: &AST, file: &SourceFile) -> Vec<Point> {
    let mut points = Vec::new();
    ast.walk(&mut |path: &[ASTNode<'_>]| {
        if let Some(ASTNode::Stmt(statement)) = path.last() {
            of_statement(statement, file, &mut points);
        }
        true
    });
    points.sort_by_key(|point| (point.at, point.kind));
    points.dedup();
    points
}

fn of_statement(statement: &Stmt, file: &SourceFile, points: &mut Vec<Point>) {
    match statement {
        Stmt::If(choice, _) => {
            points.extend(opened(&choice.body, Kind::Branch, file));
            if choice.branch.is_empty() {
                // An `else` that is there and empty is nobody's concern.
                points.extend(
                    closed(&choice.body, file).filter(|point| !is_followed_by_else(file, point.insert)),
                );
            } else {
                points.extend(opened(&choice.branch, Kind::Branch, file));
            }
        }
        Stmt::Switch(switch, _) => {
            for case in &switch.1.expressions {
                if let Expr::Stmt(block) = &case.rhs {
                    points.extend(opened(block, Kind::Branch, file));
                }
            }
        }
        Stmt::While(body, _) | Stmt::Do(body, ..) => points.extend(opened(&body.body, Kind::Loop, file)),
        Stmt::For(parts, _) => points.extend(opened(&parts.2.body, Kind::Loop, file)),
        Stmt::FnCall(call, position) if speaks(&call.name) => points.extend(said(*position, file)),
        Stmt::Expr(expr) => {
            let mut first: &Expr = expr;
            while let Expr::Dot(parts, ..) = first {
                first = &parts.lhs;
            }
            if let Expr::FnCall(call, position) = first
                && speaks(&call.name)
            {
                points.extend(said(*position, file));
            }
        }
        _ => {}
    }
}

fn speaks(name: &str) -> bool {
    matches!(name, "fail" | "不符合" | "undecided" | "无法判定" | "skip" | "不适用")
}

fn offset(position: Position, file: &SourceFile) -> Option<usize> {
    Some(file.offset(position.line()?, position.position()?))
}

/// The beginning of a block in braces. The block of an `else if` has none of its own.
fn opened(block: &StmtBlock, kind: Kind, file: &SourceFile) -> Option<Point> {
    let at = offset(block.span().start(), file)?;
    file.text[at..].starts_with('{').then_some(Point { kind, at, insert: at + 1 })
}

/// Behind the end of a block in braces.
fn closed(block: &StmtBlock, file: &SourceFile) -> impl Iterator<Item = Point> {
    let place = offset(block.span().end(), file).zip(offset(block.span().start(), file));
    place
        .filter(|(end, _)| file.text[*end..].starts_with('}'))
        .map(|(end, at)| Point { kind: Kind::Otherwise, at, insert: end + 1 })
        .into_iter()
}

fn is_followed_by_else(file: &SourceFile, at: usize) -> bool {
    file.text[at..].trim_start().starts_with("else")
}

fn said(position: Position, file: &SourceFile) -> Option<Point> {
    offset(position, file).map(|at| Point { kind: Kind::Said, at, insert: at })
}

/// The rule's text with a call at each point; they are numbered from `first`.
pub(crate) fn instrumented(file: &SourceFile, points: &[Point], first: usize) -> String {
    let mut calls: Vec<(usize, String)> = (first..)
        .zip(points)
        .map(|(number, point)| match point.kind {
            Kind::Otherwise => (point.insert, format!(" else {{ {NOTE}({number}); }}")),
            Kind::Branch | Kind::Loop | Kind::Said => (point.insert, format!(" {NOTE}({number}); ")),
        })
        .collect();
    calls.sort_by_key(|(at, _)| *at);
    let mut text = file.text.to_string();
    for (at, call) in calls.into_iter().rev() {
        text.insert_str(at, &call);
    }
    text
}

/// What of these rules was not reached. The points of each are numbered on from those before it.
pub(crate) fn reach(rules: &[Rule], points: &[Vec<Point>], reached: &Reached) -> Reach {
    let mut number = 0;
    let mut unreached = Vec::new();
    for (rule, points) in rules.iter().zip(points) {
        for point in points {
            if !reached.has(number) {
                unreached.push(missed(rule, point));
            }
            number += 1;
        }
    }
    Reach { points: number, unreached }
}

fn missed(rule: &Rule, point: &Point) -> Unreached {
    let before = &rule.file.text[..point.at];
    let start = before.rfind('\n').map_or(0, |at| at + 1);
    Unreached {
        path: rule.file.path.clone(),
        line: before.matches('\n').count() + 1,
        column: before[start..].chars().count() + 1,
        what: point.kind.label(),
        source: rule.file.text[start..].lines().next().unwrap_or_default().trim().to_string(),
    }
}
