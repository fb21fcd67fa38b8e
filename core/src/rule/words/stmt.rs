//! Steps: choices, loops, values remembered, and what the rule says.

use rhai::{ASTFlags, Expr, FnCallExpr, Position, Stmt, SwitchCasesCollection, Token};

use super::{Step, StepKind, Teller, Tie, WORDLESS};

impl Teller<'_> {
    pub(super) fn statements(&mut self, statements: &[Stmt]) {
        for statement in statements {
            self.statement(statement);
        }
    }

    fn step(&mut self, kind: StepKind, text: String) {
        self.steps.push(Step { depth: self.depth, kind, text });
    }

    fn plain(&mut self, zh: String, en: String) {
        let text = self.say(zh, en);
        self.step(StepKind::Plain, text);
    }

    fn deeper(&mut self, work: impl FnOnce(&mut Self)) {
        self.depth += 1;
        work(self);
        self.depth -= 1;
    }

    fn statement(&mut self, statement: &Stmt) {
        match statement {
            Stmt::Noop(_) | Stmt::Share(_) => {}
            Stmt::If(choice, _) => self.choice("如果", "If", choice),
            Stmt::Switch(switch, position) => {
                let subject = self.value(&switch.0);
                self.plain(format!("看{subject}："), format!("Depending on {subject}:"));
                self.deeper(|teller| teller.arms(&switch.1, *position));
            }
            Stmt::For(parts, _) => {
                let (name, over) = (parts.0.name.to_string(), self.value(&parts.2.expr));
                self.plain(
                    format!("逐一看{over}，每次记作“{name}”："),
                    format!("For each {name} of {over}:"),
                );
                self.deeper(|teller| teller.statements(parts.2.body.statements()));
            }
            Stmt::While(body, _) => {
                let test = self.test(&body.expr);
                self.plain(format!("只要{test}，就重复："), format!("As long as {test}:"));
                self.deeper(|teller| teller.statements(body.body.statements()));
            }
            Stmt::Do(body, flags, _) => {
                self.plain("重复：".to_string(), "Repeat:".to_string());
                self.deeper(|teller| teller.statements(body.body.statements()));
                let test = self.test(&body.expr);
                if flags.intersects(ASTFlags::NEGATED) {
                    self.plain(format!("直到{test}"), format!("until {test}"));
                } else {
                    self.plain(format!("只要还是{test}"), format!("as long as {test}"));
                }
            }
            Stmt::Var(parts, ..) => {
                let name = parts.0.name.to_string();
                self.remember(format!("记“{name}”为"), format!("Let {name} be"), &parts.1);
            }
            Stmt::Assignment(parts) => self.assign(&parts.0, &parts.1.lhs, &parts.1.rhs),
            Stmt::BreakLoop(_, flags, _) if flags.intersects(ASTFlags::BREAK) => {
                self.plain("不再往下看".to_string(), "Look no further".to_string());
            }
            Stmt::BreakLoop(..) => self.plain("看下一个".to_string(), "Go on to the next".to_string()),
            Stmt::Return(None, ..) => self.plain("到此为止".to_string(), "Stop here".to_string()),
            Stmt::Return(Some(value), ..) => self.result(value),
            Stmt::Block(block) => self.statements(block.statements()),
            Stmt::FnCall(call, _) => self.call(call, &[]),
            Stmt::Expr(expr) => self.expression(expr),
            _ => self.step(StepKind::Plain, WORDLESS.to_string()),
        }
    }

    fn choice(&mut self, zh: &str, en: &str, choice: &rhai::FlowControl) {
        let test = self.test(&choice.expr);
        self.plain(format!("{zh}{test}："), format!("{en} {test}:"));
        self.deeper(|teller| teller.statements(choice.body.statements()));
        match choice.branch.statements() {
            [] => {}
            [Stmt::If(next, _)] => self.choice("否则，如果", "Otherwise, if", next),
            otherwise => {
                self.plain("否则：".to_string(), "Otherwise:".to_string());
                self.deeper(|teller| teller.statements(otherwise));
            }
        }
    }

    fn arms(&mut self, cases: &SwitchCasesCollection, position: Position) {
        let patterns: Vec<Vec<Token>> = self
            .script
            .tokens
            .switch_patterns(position)
            .unwrap_or_default()
            .into_iter()
            .map(|pattern| pattern.iter().map(|(token, _)| token.clone()).collect())
            .collect();
        for (case, pattern) in cases.expressions.iter().zip(patterns) {
            let mut when = self.pattern(&pattern);
            if !matches!(case.lhs, Expr::BoolConstant(true, _)) {
                let test = self.test(&case.lhs);
                when = self.say(format!("{when}，并且{test}"), format!("{when}, and {test}"));
            }
            if self.is_plain(&case.rhs) {
                let value = self.value(&case.rhs);
                self.step(StepKind::Plain, self.say(format!("{when}：{value}"), format!("{when}: {value}")));
            } else {
                self.step(StepKind::Plain, self.say(format!("{when}："), format!("{when}:")));
                self.deeper(|teller| teller.expression(&case.rhs));
            }
        }
    }

    fn pattern(&self, pattern: &[Token]) -> String {
        let mut words = String::new();
        for token in pattern {
            match token {
                Token::StringConstant(text) => words.push_str(&self.quoted(text)),
                Token::IntegerConstant(number) => words.push_str(&number.to_string()),
                Token::True => words.push_str(&self.yes_or_no(true)),
                Token::False => words.push_str(&self.yes_or_no(false)),
                Token::Minus => words.push('−'),
                Token::Pipe => words.push_str(&self.say("或", " or ")),
                Token::ExclusiveRange | Token::InclusiveRange => words.push_str(&self.say("到", " to ")),
                Token::Underscore => return self.say("其他", "anything else"),
                _ => words.push_str(WORDLESS),
            }
        }
        self.say(format!("是{words}"), words.clone())
    }

    /// A value that is remembered: on the same line if it is plain, else with its own steps below.
    fn remember(&mut self, zh: String, en: String, value: &Expr) {
        if self.is_plain(value) {
            let phrase = self.phrase(value);
            let (zh_value, en_value) = if phrase.tie <= Tie::Compare {
                (format!("是否（{}）", phrase.text), format!("whether ({})", phrase.text))
            } else {
                (phrase.text.clone(), phrase.text)
            };
            self.plain(format!("{zh}{zh_value}"), format!("{en} {en_value}"));
        } else {
            self.plain(format!("{zh}："), format!("{en}:"));
            self.deeper(|teller| teller.expression(value));
        }
    }

    /// Whether a value is told on one line: it neither chooses nor takes several steps.
    fn is_plain(&self, value: &Expr) -> bool {
        match value {
            Expr::Stmt(block) => {
                self.closure(value).is_some()
                    || matches!(block.statements(), [Stmt::Expr(one)] if self.is_plain(one))
            }
            Expr::FnCall(call, _) => super::method::verb(&call.name).is_none(),
            _ => true,
        }
    }

    fn assign(&mut self, operator: &rhai::OpAssignment, target: &Expr, value: &Expr) {
        let target = self.value(target);
        match operator.get_op_assignment_info().map(|(.., syntax)| syntax) {
            None => self.remember(format!("“{target}”改为"), format!("{target} becomes"), value),
            Some(syntax) => {
                let value = self.value(value);
                let (zh, en) = match syntax {
                    "+" => ("加上", "plus"),
                    "-" => ("减去", "minus"),
                    "*" => ("乘以", "times"),
                    _ => ("除以", "divided by"),
                };
                self.plain(
                    format!("“{target}”{zh}{value}"),
                    format!("{target} becomes {target} {en} {value}"),
                );
            }
        }
    }

    /// An expression that stands as a statement: something said, or the value of what is around it.
    fn expression(&mut self, expr: &Expr) {
        match expr {
            Expr::Stmt(block) if self.closure(expr).is_none() => self.statements(block.statements()),
            Expr::FnCall(call, _) => self.call(call, &[]),
            Expr::Dot(..) => match said(expr) {
                Some((call, additions)) => self.call(call, &additions),
                None => self.result(expr),
            },
            _ => self.result(expr),
        }
    }

    fn result(&mut self, value: &Expr) {
        if self.is_plain(value) {
            let value = self.value(value);
            self.plain(format!("为{value}"), value.clone());
        } else {
            self.expression(value);
        }
    }

    /// A call that stands alone: the rule says something, or it is a value like any other.
    fn call(&mut self, call: &FnCallExpr, additions: &[&FnCallExpr]) {
        match super::method::verb(&call.name) {
            Some(kind) => {
                let mut text = self.spoken(kind, &call.args);
                for addition in additions {
                    if matches!(addition.name.as_str(), "withheld" | "不重复") {
                        text.push_str(&self.say("（不重复那一格的内容）", " (the cell is not repeated)"));
                        continue;
                    }
                    let value = addition.args.first().map(|value| self.added(value)).unwrap_or_default();
                    let (zh, en) = match addition.name.as_str() {
                        "expected" | "应为" => {
                            (format!("（应为 {value}）"), format!(" (expected: {value})"))
                        }
                        _ => (format!("（实有 {value}）"), format!(" (found: {value})")),
                    };
                    text.push_str(&self.say(zh, en));
                }
                self.step(kind, text);
            }
            None => {
                let value = self.function(call).text;
                self.plain(format!("为{value}"), value.clone());
            }
        }
    }
}

impl Teller<'_> {
    /// A value added to a finding; what is not always the same is marked as put in.
    fn added(&self, value: &Expr) -> String {
        match value {
            Expr::StringConstant(text, _) => self.word(text),
            Expr::BoolConstant(..) | Expr::IntegerConstant(..) => self.value(value),
            Expr::InterpolatedString(parts, _) => self.filled_in(parts),
            other => format!("〔{}〕", self.value(other)),
        }
    }
}

/// `fail(…).expected(…).found(…)`: what is said, and what is added to it.
fn said(expr: &Expr) -> Option<(&FnCallExpr, Vec<&FnCallExpr>)> {
    let Expr::Dot(parts, ..) = expr else { return None };
    let Expr::FnCall(call, _) = &parts.lhs else { return None };
    super::method::verb(&call.name)?;
    let mut additions = Vec::new();
    let mut rest = &parts.rhs;
    loop {
        match rest {
            Expr::MethodCall(addition, _) => {
                additions.push(addition.as_ref());
                return Some((call, additions));
            }
            Expr::Dot(parts, ..) => {
                if let Expr::MethodCall(addition, _) = &parts.lhs {
                    additions.push(addition.as_ref());
                }
                rest = &parts.rhs;
            }
            _ => return Some((call, additions)),
        }
    }
}
