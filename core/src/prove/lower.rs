//! From the checked syntax tree of a record rule to nodes and steps.
//!
//! What has no node becomes [`Node::Unknown`] or [`Step::Unknown`]: every record that comes to it meets the interpreter,
//! so that lowering can be incomplete and never wrong.

use std::collections::HashMap;

use rhai::{ASTFlags, Expr, FnCallExpr, Position, Stmt, StmtBlock, Token};

use super::node::{Call, Comparison, Node, Operation, Step, Switch, Unlowered};
use crate::native::Registry;
use crate::rule::Rule;
use crate::rule::chain::{Link, flattened, name_of};
use crate::rule::closure::Closure;
use crate::rule::tokens::Tokens;
use crate::schema::{Field, Schema, find_field};
use crate::script::handles::{Owner, TableId};
use crate::script::names::{Meaning, PARAMS};
use crate::value::Value;

/// A lowered script: its steps, how many variables it has, and what of it is not lowered.
#[derive(Debug)]
pub(super) struct Lowered {
    pub(super) steps: Vec<Step>,
    pub(super) variables: usize,
    pub(super) unlowered: Vec<Unlowered>,
}

/// Lowers the script of a record rule.
pub(super) fn lower(
    rule: &Rule,
    table: usize,
    schema: &Schema,
    natives: &Registry,
    tokens: &Tokens,
) -> Lowered {
    let mut lowering = Lowering::new(rule, table, schema, natives, tokens);
    let steps = lowering.steps(rule.ast.statements());
    Lowered { steps, variables: lowering.variables, unlowered: lowering.unlowered }
}

/// A lowered closure: what it answers for a record, and how many variables it has, those it captures first.
#[derive(Debug)]
pub(crate) struct Lens {
    pub(super) value: Node,
    pub(super) variables: usize,
    pub(crate) captured: usize,
}

/// Lowers a closure on records of a table; none where a part of it cannot be.
pub(super) fn lower_closure(
    rule: &Rule,
    closure: &Closure,
    table: usize,
    schema: &Schema,
    natives: &Registry,
    tokens: &Tokens,
) -> Option<Lens> {
    let (record, captured) = closure.params.split_last()?;
    let mut lowering = Lowering::new(rule, table, schema, natives, tokens);
    lowering.record = Some(record.clone());
    for name in captured {
        lowering.declare(name);
    }
    let value = lowering.value_of(&closure.body);
    let lens = Lens { value, variables: lowering.variables, captured: captured.len() };
    lowering.unlowered.is_empty().then_some(lens)
}

struct Lowering<'a> {
    rule: &'a Rule,
    table: usize,
    schema: &'a Schema,
    natives: &'a Registry,
    tokens: &'a Tokens,
    scopes: Vec<HashMap<String, usize>>,
    /// Of variables that hold objects: where these are declared.
    owners: HashMap<usize, Owner>,
    variables: usize,
    unlowered: Vec<Unlowered>,
    /// In a closure, the name of its record; the names of the rule's own record mean another there.
    record: Option<String>,
}

impl<'a> Lowering<'a> {
    fn new(
        rule: &'a Rule,
        table: usize,
        schema: &'a Schema,
        natives: &'a Registry,
        tokens: &'a Tokens,
    ) -> Self {
        Self {
            rule,
            table,
            schema,
            natives,
            tokens,
            scopes: vec![HashMap::new()],
            owners: HashMap::new(),
            variables: 0,
            unlowered: Vec::new(),
            record: None,
        }
    }

    /// Notes what is not lowered.
    fn note(&mut self, zh: &str, en: &str, position: Position) {
        self.unlowered.push(Unlowered::new(zh, en, position));
    }

    fn no_node(&mut self, zh: &str, en: &str, position: Position) -> Node {
        self.note(zh, en, position);
        Node::Unknown
    }

    fn no_step(&mut self, zh: &str, en: &str, position: Position) -> Step {
        self.note(zh, en, position);
        Step::Unknown
    }

    fn declare(&mut self, name: &str) -> usize {
        let slot = self.variables;
        self.variables += 1;
        if let Some(scope) = self.scopes.last_mut() {
            scope.insert(name.to_string(), slot);
        }
        slot
    }

    fn variable(&self, name: &str) -> Option<usize> {
        self.scopes.iter().rev().find_map(|scope| scope.get(name)).copied()
    }

    fn within<T>(&mut self, work: impl FnOnce(&mut Self) -> T) -> T {
        self.scopes.push(HashMap::new());
        let answer = work(self);
        self.scopes.pop();
        answer
    }

    fn block(&mut self, block: &StmtBlock) -> Vec<Step> {
        self.within(|lowering| lowering.steps(block.statements()))
    }

    fn steps(&mut self, statements: &[Stmt]) -> Vec<Step> {
        statements.iter().filter_map(|statement| self.step(statement)).collect()
    }

    fn step(&mut self, statement: &Stmt) -> Option<Step> {
        Some(match statement {
            Stmt::Noop(_) => return None,
            Stmt::If(choice, _) => Step::If {
                test: self.node(&choice.expr),
                then: self.block(&choice.body),
                otherwise: self.block(&choice.branch),
            },
            Stmt::Switch(switch, position) => {
                match self.switch(&switch.0, &switch.1, *position, &mut Self::arm_steps, Vec::new) {
                    Some(switch) => Step::Switch(Box::new(switch)),
                    None => Step::Unknown,
                }
            }
            Stmt::For(parts, position) => return Some(self.for_loop(parts, *position)),
            Stmt::Var(parts, ..) => {
                let value = self.node(&parts.1);
                let owner = self.owner(&value);
                let slot = self.declare(&parts.0.name);
                self.owners.extend(owner.map(|owner| (slot, owner)));
                Step::Declare(slot, value)
            }
            Stmt::Assignment(parts) => {
                let Expr::Variable(variable, _, position) = &parts.1.lhs else {
                    return Some(self.no_statement(statement));
                };
                let Some(slot) = self.variable(&variable.1) else {
                    return Some(self.no_step("赋值", "an assignment", *position));
                };
                let value = self.node(&parts.1.rhs);
                match parts.0.get_op_assignment_info().map(|(.., syntax)| operation(syntax)) {
                    None => Step::Set(slot, value),
                    Some(Some(operation)) => Step::Change(slot, operation, value),
                    Some(None) => self.no_step("赋值", "an assignment", *position),
                }
            }
            Stmt::BreakLoop(None, flags, _) if flags.intersects(ASTFlags::BREAK) => Step::Break,
            Stmt::BreakLoop(None, ..) => Step::Continue,
            Stmt::Return(None, ..) => Step::Return,
            Stmt::Block(block) => {
                // A bare block is a choice without a condition.
                let then = self.block(block);
                Step::If { test: Node::Const(Some(Value::Boolean(true))), then, otherwise: Vec::new() }
            }
            Stmt::FnCall(call, position) => self.call_step(call, *position),
            Stmt::Expr(expr) => self.expression_step(expr),
            _ => self.no_statement(statement),
        })
    }

    fn no_statement(&mut self, statement: &Stmt) -> Step {
        let (zh, en) = match statement {
            Stmt::While(..) | Stmt::Do(..) => ("while 循环", "a `while` loop"),
            _ => ("这一句", "this statement"),
        };
        self.no_step(zh, en, statement.position())
    }

    fn for_loop(
        &mut self,
        parts: &(rhai::Ident, Option<rhai::Ident>, rhai::FlowControl),
        position: Position,
    ) -> Step {
        let (item, counter, body) = parts;
        if let Expr::FnCall(call, _) = &body.expr
            && matches!(call.name.as_str(), ".." | "..=")
            && let [from, to] = &call.args[..]
        {
            if call.name == "..=" || counter.is_some() {
                return self.no_step("这样的循环", "such a loop", position);
            }
            let (from, to) = (self.node(from), self.node(to));
            return self.within(|lowering| {
                let item = lowering.declare(&item.name);
                Step::Count { item, from, to, body: lowering.block(&body.body) }
            });
        }
        let list = self.node(&body.expr);
        let owner = self.owner(&list);
        self.within(|lowering| {
            let item = lowering.declare(&item.name);
            lowering.owners.extend(owner.map(|owner| (item, owner)));
            let counter = counter.as_ref().map(|counter| lowering.declare(&counter.name));
            Step::For { item, counter, list, body: lowering.block(&body.body) }
        })
    }

    fn call_step(&mut self, call: &FnCallExpr, position: Position) -> Step {
        match call.name.as_str() {
            "fail" | "不符合" | "undecided" | "无法判定" => Step::Speak,
            "skip" | "不适用" => {
                let mut reads = Vec::new();
                for arg in &call.args {
                    self.reads_of_message(arg, &mut reads);
                }
                Step::Skip(reads)
            }
            _ => Step::Look(self.call(call, position)),
        }
    }

    /// What a message reads: each of it may be a cell that cannot be read, and then it is not said.
    fn reads_of_message(&mut self, message: &Expr, reads: &mut Vec<Node>) {
        match message {
            Expr::StringConstant(..) => {}
            Expr::FnCall(call, _) if matches!(call.name.as_str(), "zh_en" | "双语") => {
                for arg in &call.args {
                    self.reads_of_message(arg, reads);
                }
            }
            Expr::InterpolatedString(parts, _) => {
                for part in parts {
                    self.reads_of_message(part, reads);
                }
            }
            other => reads.push(self.node(other)),
        }
    }

    fn expression_step(&mut self, expr: &Expr) -> Step {
        match expr {
            Expr::FnCall(call, position) => self.call_step(call, *position),
            Expr::Dot(..) => match flattened(expr).0 {
                Expr::FnCall(call, _) if matches!(call.name.as_str(), "fail" | "不符合") => Step::Speak,
                _ => Step::Look(self.node(expr)),
            },
            Expr::Stmt(block) => {
                let then = self.block(block);
                Step::If { test: Node::Const(Some(Value::Boolean(true))), then, otherwise: Vec::new() }
            }
            other => Step::Look(self.node(other)),
        }
    }

    fn arm_steps(&mut self, arm: &Expr) -> Vec<Step> {
        match arm {
            Expr::Stmt(block) => self.block(block),
            other => vec![self.expression_step(other)],
        }
    }

    /// A `switch` whose arms are lowered by `arm`.
    fn switch<T>(
        &mut self,
        subject: &Expr,
        cases: &rhai::SwitchCasesCollection,
        position: Position,
        arm: &mut dyn FnMut(&mut Self, &Expr) -> T,
        nothing: impl FnOnce() -> T,
    ) -> Option<Switch<T>> {
        let subject = self.node(subject);
        let tokens = self.tokens;
        let Some(patterns) = tokens.switch_patterns(position) else {
            self.note("switch", "a `switch`", position);
            return None;
        };
        let mut arms = Vec::new();
        let mut otherwise = None;
        for (case, pattern) in cases.expressions.iter().zip(patterns) {
            let condition = match &case.lhs {
                Expr::BoolConstant(true, _) => None,
                other => Some(self.node(other)),
            };
            match literals(pattern) {
                Some(values) if values.is_empty() && condition.is_none() => {
                    otherwise = Some(arm(self, &case.rhs))
                }
                Some(values) if !values.is_empty() => arms.push((values, condition, arm(self, &case.rhs))),
                _ => {
                    self.note("switch 里的区间或条件", "a range or condition of `switch`", position);
                    return None;
                }
            }
        }
        Some(Switch { subject, arms, otherwise: otherwise.unwrap_or_else(nothing) })
    }

    fn nodes(&mut self, exprs: &[Expr]) -> Vec<Node> {
        exprs.iter().map(|expr| self.node(expr)).collect()
    }

    fn boxed(&mut self, expr: &Expr) -> Box<Node> {
        Box::new(self.node(expr))
    }

    fn node(&mut self, expr: &Expr) -> Node {
        match expr {
            Expr::BoolConstant(yes, _) => Node::Const(Some(Value::Boolean(*yes))),
            Expr::IntegerConstant(n, _) => Node::Const(Some(Value::Integer(*n))),
            Expr::StringConstant(text, _) => Node::Const(Some(Value::Text(text.clone()))),
            Expr::Unit(_) => Node::Const(None),
            Expr::DynamicConstant(value, position) => match value.as_decimal() {
                Ok(decimal) => Node::Const(Some(Value::Decimal(decimal))),
                Err(_) => self.no_node("这个值", "this value", *position),
            },
            Expr::InterpolatedString(parts, _) => Node::Text(self.nodes(parts)),
            Expr::Array(items, _) => Node::List(self.nodes(items)),
            Expr::Variable(parts, _, position) => self.name(&parts.1, *position),
            Expr::FnCall(call, position) => self.call(call, *position),
            Expr::Dot(..) | Expr::Index(..) => self.chain(expr),
            Expr::And(items, _) => Node::And(self.nodes(items)),
            Expr::Or(items, _) => Node::Or(self.nodes(items)),
            Expr::Coalesce(items, _) => Node::Coalesce(self.nodes(items)),
            Expr::Stmt(block) => self.within(|lowering| lowering.value_of(block.statements())),
            other => self.no_node("这个写法", "this expression", other.start_position()),
        }
    }

    /// The value of a block: that of its last statement.
    fn value_of(&mut self, statements: &[Stmt]) -> Node {
        let Some((last, before)) = statements.split_last() else { return Node::Const(None) };
        let steps = self.steps(before);
        let value = match last {
            Stmt::Expr(expr) => self.node(expr),
            Stmt::FnCall(call, position) => self.call(call, *position),
            Stmt::If(choice, _) => Node::Choose {
                test: self.boxed(&choice.expr),
                then: Box::new(self.within(|lowering| lowering.value_of(choice.body.statements()))),
                otherwise: Box::new(self.within(|lowering| lowering.value_of(choice.branch.statements()))),
            },
            Stmt::Switch(switch, position) => {
                let none = || Node::Const(None);
                match self.switch(&switch.0, &switch.1, *position, &mut Self::node, none) {
                    Some(switch) => Node::Switch(Box::new(switch)),
                    None => Node::Unknown,
                }
            }
            Stmt::Block(block) => self.within(|lowering| lowering.value_of(block.statements())),
            other => self.no_node("这一句", "this statement", other.position()),
        };
        if steps.is_empty() { value } else { Node::Block(steps, Box::new(value)) }
    }

    fn name(&mut self, name: &str, position: Position) -> Node {
        if let Some(slot) = self.variable(name) {
            return Node::Variable(slot);
        }
        match self.rule.names.get(name) {
            Some(Meaning::Field(at)) if self.record.is_none() => Node::Field(at),
            _ => self.no_node("整条记录或整份报送", "a whole record or submission", position),
        }
    }

    fn call(&mut self, call: &FnCallExpr, position: Position) -> Node {
        let args = &call.args[..];
        match (call.name.as_str(), args) {
            ("fail" | "不符合" | "undecided" | "无法判定" | "skip" | "不适用", _) => {
                Node::Ends(Box::new(self.call_step(call, position)))
            }
            ("==", [a, b]) if is_unit(b) => Node::IsBlank(self.boxed(a)),
            ("==", [a, b]) if is_unit(a) => Node::IsBlank(self.boxed(b)),
            ("!=", [a, b]) if is_unit(b) => Node::Not(Box::new(Node::IsBlank(self.boxed(a)))),
            ("!=", [a, b]) if is_unit(a) => Node::Not(Box::new(Node::IsBlank(self.boxed(b)))),
            ("present" | "已填", [a]) => Node::Not(Box::new(Node::IsBlank(self.boxed(a)))),
            ("!", [a]) => Node::Not(self.boxed(a)),
            ("-", [a]) => Node::Negative(self.boxed(a)),
            ("contains" | "包含", [whole, part]) => {
                Node::Contains { whole: self.boxed(whole), part: self.boxed(part) }
            }
            (name, [a, b]) if comparison(name).is_some() || operation(name).is_some() => {
                let (a, b) = (self.boxed(a), self.boxed(b));
                match (comparison(name), operation(name)) {
                    (Some(comparison), _) => Node::Compare(comparison, a, b),
                    (None, Some(operation)) => Node::Calculate(operation, a, b),
                    (None, None) => Node::Const(None),
                }
            }
            (name, args) => match self.natives.get(name, args.len()).copied() {
                Some(native) => Node::Call(Box::new(Call::new(native, self.nodes(args)))),
                None => self.no_node("这个函数", "this function", position),
            },
        }
    }

    fn chain(&mut self, whole: &Expr) -> Node {
        let (base, links) = flattened(whole);
        let mut links = links.into_iter().peekable();
        let meaning = match base {
            Expr::Variable(parts, ..) if self.variable(&parts.1).is_none() => {
                let is_record = self.record.as_deref() == Some(parts.1.as_str());
                let named = || self.rule.names.get(&parts.1);
                if is_record { Some(Meaning::Record) } else { named().filter(|own| !self.is_outside(own)) }
            }
            _ => None,
        };
        let position = whole.start_position();
        let mut node = match meaning {
            Some(Meaning::Params) => self.parameter(links.next(), position),
            Some(Meaning::Record) => self.record_field(links.next(), position),
            Some(Meaning::Submission) => {
                match links.next_if(|link| !name_of(link).is_some_and(|name| PARAMS.contains(&name))) {
                    Some(link) => self.header_field(&link, position),
                    None => {
                        links.next();
                        self.parameter(links.next(), position)
                    }
                }
            }
            _ => self.node(base),
        };
        for link in links {
            node = self.link(node, &link, position);
        }
        node
    }

    /// Whether a name stands for the rule's own record, seen from within a closure.
    fn is_outside(&self, meaning: &Meaning) -> bool {
        self.record.is_some() && matches!(meaning, Meaning::Record | Meaning::Field(_))
    }

    fn parameter(&mut self, link: Option<Link<'_>>, position: Position) -> Node {
        let key = link.as_ref().and_then(name_of).and_then(|name| self.schema.parameters.key(name));
        match key {
            Some(key) => Node::Parameter(key.to_string()),
            None => self.no_node("参数", "the parameters", position),
        }
    }

    fn record_field(&mut self, link: Option<Link<'_>>, position: Position) -> Node {
        let fields = &self.schema.tables[self.table].fields;
        match link.as_ref().and_then(name_of).and_then(|name| find_field(fields, name)) {
            Some(at) => Node::Field(at),
            None => self.no_node("整条记录", "the whole record", position),
        }
    }

    fn header_field(&mut self, link: &Link<'_>, position: Position) -> Node {
        match name_of(link).and_then(|name| find_field(&self.schema.header, name)) {
            Some(at) => Node::Header(at),
            None => self.no_node("本份报送的别的表", "another table of the submission", position),
        }
    }

    fn link(&mut self, base: Node, link: &Link<'_>, position: Position) -> Node {
        match link {
            Link::Dot(Expr::MethodCall(call, position)) => self.method(base, call, *position),
            named if name_of(named).is_some() => {
                let name = name_of(named).unwrap_or_default();
                let owner = self.owner(&base);
                match owner.and_then(|owner| Some((owner, find_field(self.parts(owner), name)?))) {
                    Some((owner, part)) => Node::Part { of: Box::new(base), owner, part },
                    None => self.no_node("这个分项", "this part", position),
                }
            }
            _ => self.no_node("按序号取", "an index", position),
        }
    }

    fn method(&mut self, base: Node, call: &FnCallExpr, position: Position) -> Node {
        match (call.name.as_str(), &call.args[..]) {
            ("contains" | "包含", [part]) => {
                Node::Contains { whole: Box::new(base), part: self.boxed(part) }
            }
            ("is_empty" | "没有内容", []) => Node::IsEmpty(Box::new(base)),
            (name, args) => match self.natives.get(name, args.len() + 1).copied() {
                Some(native) => {
                    let args = self.nodes(args);
                    Node::Call(Box::new(Call::new(native, std::iter::once(base).chain(args).collect())))
                }
                None => self.no_node("表的动词", "a verb on tables", position),
            },
        }
    }

    /// Where the objects that a value is, or is a list of, are declared.
    fn owner(&self, node: &Node) -> Option<Owner> {
        let owner = match node {
            Node::Field(at) => Owner::Field(TableId::Filed(self.table), *at),
            Node::Header(at) => Owner::Header(*at),
            Node::Variable(slot) => *self.owners.get(slot)?,
            _ => return None,
        };
        (!self.parts(owner).is_empty()).then_some(owner)
    }

    fn parts(&self, owner: Owner) -> &[Field] {
        match owner {
            Owner::Header(at) => self.schema.header[at].ty.parts(),
            Owner::Field(TableId::Filed(table), at) => self.schema.tables[table].fields[at].ty.parts(),
            Owner::Field(..) => &[],
        }
    }
}

fn is_unit(expr: &Expr) -> bool {
    matches!(expr, Expr::Unit(_))
}

fn comparison(name: &str) -> Option<Comparison> {
    Some(match name {
        "==" => Comparison::Equal,
        "!=" => Comparison::Unequal,
        "<" => Comparison::Less,
        "<=" => Comparison::LessOrEqual,
        ">" => Comparison::Greater,
        ">=" => Comparison::GreaterOrEqual,
        _ => return None,
    })
}

fn operation(name: &str) -> Option<Operation> {
    Some(match name {
        "+" | "+=" => Operation::Add,
        "-" | "-=" => Operation::Subtract,
        "*" | "*=" => Operation::Multiply,
        "/" | "/=" => Operation::Divide,
        "%" | "%=" => Operation::Remainder,
        _ => return None,
    })
}

/// The literals of an arm; none for `_`, nothing for a range.
fn literals(pattern: &[(Token, Position)]) -> Option<Vec<Value>> {
    let mut values = Vec::new();
    let mut negative = false;
    for (token, _) in pattern {
        let value = match token {
            Token::Pipe | Token::Underscore => continue,
            Token::Minus => {
                negative = true;
                continue;
            }
            Token::StringConstant(text) => Value::text(text.as_str()),
            Token::IntegerConstant(n) => Value::Integer(if negative { n.checked_neg()? } else { *n }),
            Token::True => Value::Boolean(true),
            Token::False => Value::Boolean(false),
            _ => return None,
        };
        negative = false;
        values.push(value);
    }
    Some(values)
}
