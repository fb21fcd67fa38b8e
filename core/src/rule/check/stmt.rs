//! Statements: choices, loops, variables, and how what is known flows through them.

use rhai::{ASTFlags, Expr, FlowControl, Position, Stmt, StmtBlock, SwitchCasesCollection, Token};

use super::ty::{Seen, Ty};
use super::{Checker, RuleProblem};
use crate::text::{Text, did_you_mean};

/// A literal that a `switch` compares with.
enum CaseLiteral {
    Text(String),
    Integer,
    Boolean,
    /// Anything else; the types of `switch` never match it.
    Other,
}

impl Checker<'_> {
    /// Checks statements in order; the value is that of the last.
    pub(super) fn statements(&mut self, statements: &[Stmt]) -> Seen {
        let mut value = Seen::of(Ty::Unit);
        let mut said = false;
        for statement in statements {
            if self.flow.ended && !said && !matches!(statement, Stmt::Noop(_)) {
                self.report(statement.position(), &RuleProblem::Unreachable);
                said = true;
            }
            value = self.statement(statement);
        }
        value
    }

    /// Checks a block with variables of its own.
    pub(super) fn block(&mut self, block: &StmtBlock) -> Seen {
        let mark = self.flow.enter();
        let value = self.statements(block.statements());
        self.flow.leave(mark);
        value
    }

    fn statement(&mut self, statement: &Stmt) -> Seen {
        match statement {
            Stmt::Noop(_) | Stmt::Share(_) => {}
            Stmt::Expr(expr) => return self.expr(expr),
            Stmt::FnCall(call, position) => return self.call(call, *position),
            Stmt::Block(block) => return self.block(block),
            Stmt::If(choice, _) => return self.choice(choice),
            Stmt::Switch(switch, position) => return self.switch(&switch.0, &switch.1, *position),
            Stmt::While(body, _) => self.while_loop(body),
            Stmt::Do(body, ..) => self.do_loop(body),
            Stmt::For(parts, _) => self.for_loop(&parts.0, parts.1.as_ref(), &parts.2),
            Stmt::Var(parts, flags, position) => self.variable(&parts.0, &parts.1, *flags, *position),
            Stmt::Assignment(parts) => self.assignment(&parts.0, &parts.1.lhs, &parts.1.rhs),
            Stmt::Return(value, flags, position) => {
                if flags.intersects(ASTFlags::BREAK) {
                    self.forbid(
                        *position,
                        "throw",
                        Some(("用 无法判定(\"原因\")", "use undecided(\"reason\")")),
                    );
                }
                let seen = value.as_ref().map_or_else(|| Seen::of(Ty::Unit), |value| self.expr(value));
                if let Some(returns) = &mut self.returns {
                    returns.push(seen);
                }
                self.flow.ended = true;
            }
            Stmt::BreakLoop(value, ..) => {
                if let Some(value) = value {
                    self.expr(value);
                }
                self.flow.ended = true;
            }
            Stmt::TryCatch(_, position) => self.forbid(
                *position,
                "try … catch",
                Some((
                    "出错的规则会单独报告，不要掩盖错误",
                    "a rule that breaks is reported as such; do not hide it",
                )),
            ),
            Stmt::Import(_, position) => self.forbid(*position, "import", None),
            Stmt::Export(_, position) => self.forbid(*position, "export", None),
            other => self.forbid(other.position(), "…", None),
        }
        Seen::of(Ty::Unit)
    }

    pub(super) fn forbid(&mut self, position: Position, what: &str, instead: Option<(&str, &str)>) {
        let what = Text::new(format!(" {what}"), format!("`{what}`"));
        let instead = instead.map(|(zh, en)| Text::new(zh, en));
        self.report(position, &RuleProblem::Forbidden { what, instead });
    }

    fn choice(&mut self, choice: &FlowControl) -> Seen {
        let (when_true, when_false) = self.condition(&choice.expr);
        let never = match choice.expr {
            Expr::BoolConstant(false, _) => Some(&choice.body),
            Expr::BoolConstant(true, _) if !choice.branch.is_empty() => Some(&choice.branch),
            _ => None,
        };
        if let Some(first) = never.and_then(|block| block.statements().first()) {
            self.report(first.position(), &RuleProblem::Unreachable);
        }
        let before = self.flow.known.clone();
        let ended_before = self.flow.ended;
        self.flow.known.extend(when_true);
        let one = self.block(&choice.body);
        let first = self.flow.take();
        self.flow.known = before;
        self.flow.known.extend(when_false);
        let other = self.block(&choice.branch);
        let second = self.flow.take();
        let (one_ended, other_ended) = (first.1, second.1);
        self.flow.join(first, second);
        self.flow.ended |= ended_before;
        match (one_ended, other_ended) {
            (true, _) => other,
            (_, true) => one,
            _ => one.or(other),
        }
    }

    fn switch(&mut self, subject: &Expr, cases: &SwitchCasesCollection, position: Position) -> Seen {
        let seen = self.present(subject);
        let literals = self.switch_literals(position);
        match &seen.ty {
            Ty::Text(_) | Ty::Int | Ty::Bool | Ty::Wrong => {}
            other => self.report(subject.start_position(), &RuleProblem::SwitchOn { ty: other.label() }),
        }
        let fits = matches!(seen.ty, Ty::Text(_) | Ty::Int | Ty::Bool);
        for (literal, at) in literals.into_iter().filter(|_| fits) {
            let ty = match &literal {
                CaseLiteral::Text(_) => Ty::TEXT,
                CaseLiteral::Integer => Ty::Int,
                CaseLiteral::Boolean => Ty::Bool,
                CaseLiteral::Other => Ty::Unit,
            };
            match (&seen.ty, literal) {
                (Ty::Wrong, _) => {}
                (Ty::Text(Some(words)), CaseLiteral::Text(word)) => self.in_words(&word, words, at),
                (Ty::Text(_), CaseLiteral::Text(_))
                | (Ty::Int, CaseLiteral::Integer)
                | (Ty::Bool, CaseLiteral::Boolean) => {}
                (subject, _) => {
                    self.report(at, &RuleProblem::Incomparable { left: subject.label(), right: ty.label() })
                }
            }
        }
        let before = self.flow.known.clone();
        let mut ends = Vec::new();
        let mut value: Option<Seen> = None;
        for case in &cases.expressions {
            self.flow.known = before.clone();
            if !matches!(case.lhs, Expr::BoolConstant(true, _)) {
                let (when_true, _) = self.condition(&case.lhs);
                self.flow.known.extend(when_true);
            }
            let one = self.expr(&case.rhs);
            if !self.flow.ended {
                value = Some(match value {
                    None => one,
                    Some(value) => value.or(one),
                });
            }
            ends.push(self.flow.take());
        }
        if cases.def_case.is_none() {
            ends.push((before.clone(), false));
            value = value.map(|value| value.or(Seen::of(Ty::Unit)));
        }
        self.flow.known = before;
        if let Some(joined) = ends.into_iter().reduce(|a, b| {
            self.flow.join(a, b);
            self.flow.take()
        }) {
            (self.flow.known, self.flow.ended) = joined;
        }
        value.unwrap_or_else(|| Seen::of(Ty::Unit))
    }

    /// The literals of the `switch` at `position`.
    fn switch_literals(&self, position: Position) -> Vec<(CaseLiteral, Position)> {
        let Some(patterns) = self.tokens.switch_patterns(position) else {
            // Never: but what cannot be checked is not let through.
            return vec![(CaseLiteral::Other, position)];
        };
        let literal = |(token, at): &(Token, Position)| {
            let literal = match token {
                Token::StringConstant(text) => CaseLiteral::Text(text.to_string()),
                Token::IntegerConstant(_) => CaseLiteral::Integer,
                Token::True | Token::False => CaseLiteral::Boolean,
                Token::Pipe
                | Token::Underscore
                | Token::Minus
                | Token::ExclusiveRange
                | Token::InclusiveRange => return None,
                _ => CaseLiteral::Other,
            };
            Some((literal, *at))
        };
        patterns.into_iter().flatten().filter_map(literal).collect()
    }

    /// A word compared with a vocabulary that does not hold it would never match.
    pub(super) fn in_words(&mut self, word: &str, words: &[String], at: Position) {
        if !words.iter().any(|known| known == word) {
            let suggestion = did_you_mean(word, words.iter().map(String::as_str)).map(str::to_string);
            let problem =
                RuleProblem::NotInVocabulary { word: word.to_string(), words: words.to_vec(), suggestion };
            self.report(at, &problem);
        }
    }

    fn while_loop(&mut self, body: &FlowControl) {
        self.forget_assigned(&body.body);
        let before = self.flow.known.clone();
        if !matches!(body.expr, Expr::Unit(_)) {
            let (when_true, _) = self.condition(&body.expr);
            self.flow.known.extend(when_true);
        }
        self.block(&body.body);
        self.flow.take();
        self.flow.known = before;
    }

    /// The body runs before the condition is asked for the first time.
    fn do_loop(&mut self, body: &FlowControl) {
        self.forget_assigned(&body.body);
        let before = self.flow.known.clone();
        self.block(&body.body);
        self.flow.take();
        self.flow.known.clone_from(&before);
        self.condition(&body.expr);
        self.flow.known = before;
    }

    fn for_loop(&mut self, name: &rhai::Ident, counter: Option<&rhai::Ident>, body: &FlowControl) {
        let over = self.present(&body.expr);
        let item = match over.ty {
            Ty::List(item) => *item,
            Ty::Rows(table) => Ty::Record(table),
            Ty::Range => Ty::Int,
            Ty::Wrong => Ty::Wrong,
            other => {
                self.report(body.expr.start_position(), &RuleProblem::NotIterable { ty: other.label() });
                Ty::Wrong
            }
        };
        self.forget_assigned(&body.body);
        let before = self.flow.known.clone();
        let mark = self.flow.enter();
        self.declare(&name.name, name.pos, item, false);
        if let Some(counter) = counter {
            self.declare(&counter.name, counter.pos, Ty::Int, false);
        }
        self.block(&body.body);
        self.flow.leave(mark);
        self.flow.take();
        self.flow.known = before;
    }

    /// What a loop's body assigns may be anything when its next round begins.
    fn forget_assigned(&mut self, body: &StmtBlock) {
        let mut assigned = Vec::new();
        for statement in body.statements() {
            statement.walk(&mut Vec::new(), &mut |path| {
                if let Some(rhai::ASTNode::Stmt(Stmt::Assignment(parts))) = path.last()
                    && let Expr::Variable(variable, ..) = &parts.1.lhs
                {
                    assigned.push(variable.1.to_string());
                }
                true
            });
        }
        for name in assigned {
            if let Some(place) = self.flow.variable(&name).map(|variable| variable.place.clone()) {
                self.flow.forget(&place);
            }
        }
    }

    pub(super) fn declare(&mut self, name: &str, position: Position, ty: Ty, optional: bool) {
        if self.names.get(name).is_some() {
            self.report(position, &RuleProblem::Shadows { name: name.to_string() });
        }
        let at = format!("{}:{}", position.line().unwrap_or(0), position.position().unwrap_or(0));
        self.flow.declare(name, &at, ty, optional);
    }

    fn variable(&mut self, name: &rhai::Ident, value: &Expr, flags: ASTFlags, _: Position) {
        let seen = self.expr(value);
        let optional = seen.optional || seen.ty == Ty::Unit;
        let ty = match seen.literal {
            Some(word) => Ty::Text(Some(vec![word])),
            None => seen.ty,
        };
        self.declare(&name.name, name.pos, ty, optional);
        if let Some(variable) = self.flow.variable_mut(&name.name) {
            variable.unit = seen.unit;
            variable.constant = flags.intersects(ASTFlags::CONSTANT);
        }
    }

    fn assignment(&mut self, operator: &rhai::OpAssignment, target: &Expr, value: &Expr) {
        let Expr::Variable(parts, ..) = target else {
            self.expr(target);
            self.expr(value);
            let name = self.source_of(target);
            return self.report(target.start_position(), &RuleProblem::AssignToScope { name });
        };
        let name = parts.1.to_string();
        let Some(variable) = self.flow.variable(&name).cloned() else {
            self.expr(value);
            if self.names.get(&name).is_some() {
                return self.report(target.start_position(), &RuleProblem::AssignToScope { name });
            }
            self.expr(target);
            return;
        };
        if !self.flow.may_assign(&name) {
            self.report(target.start_position(), &RuleProblem::AssignedInside { name: name.clone() });
        }
        let seen = match operator.get_op_assignment_info() {
            None => self.expr(value),
            Some((_, _, _, _, _, syntax)) => self.compound(target, value, syntax),
        };
        match (&variable.ty, &seen.ty) {
            (Ty::Wrong, _) | (_, Ty::Wrong | Ty::Unit) => {}
            (Ty::Unit, _) => {
                if let Some(variable) = self.flow.variable_mut(&name) {
                    variable.ty = seen.ty.clone();
                }
            }
            (was, now) if was == now => {}
            (Ty::Text(_), Ty::Text(_)) => {
                if let Some(variable) = self.flow.variable_mut(&name) {
                    variable.ty = Ty::TEXT;
                }
            }
            // A sum that begins with the whole number 0 may grow into a decimal.
            (Ty::Int, Ty::Dec) => {
                if let Some(variable) = self.flow.variable_mut(&name) {
                    variable.ty = Ty::Dec;
                }
            }
            (Ty::Dec, Ty::Int) => {}
            (was @ Ty::List(_), now @ Ty::List(_)) if was.clone().join(now.clone()).is_value() => {
                let joined = was.clone().join(now.clone());
                if let Some(variable) = self.flow.variable_mut(&name) {
                    variable.ty = joined;
                }
            }
            (was, now) => {
                let problem =
                    RuleProblem::AssignedOtherType { name: name.clone(), was: was.label(), now: now.label() };
                self.report(value.start_position(), &problem);
            }
        }
        // A plain number or a product has no unit of its own to object to.
        match (&variable.unit, &seen.unit) {
            (Some(was), Some(now)) if was != now => {
                let problem = RuleProblem::Units { left: was.clone(), right: now.clone() };
                self.report(value.start_position(), &problem);
            }
            _ => {
                if let Some(variable) = self.flow.variable_mut(&name) {
                    variable.unit.clone_from(&seen.unit);
                }
            }
        }
        self.flow.forget(&variable.place);
        if seen.optional || seen.ty == Ty::Unit {
            if let Some(variable) = self.flow.variable_mut(&name) {
                variable.optional = true;
            }
        } else {
            self.flow.known.insert(variable.place);
        }
    }

    /// `x += y` as `x + y`.
    fn compound(&mut self, target: &Expr, value: &Expr, op: &str) -> Seen {
        let left = self.present(target);
        let right = self.present(value);
        self.arithmetic(op, &left, &right, target.start_position(), value.start_position())
    }
}
