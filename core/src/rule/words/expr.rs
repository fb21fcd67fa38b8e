//! Values and conditions in words.

use rhai::{Expr, FnCallExpr, Stmt};

use super::{Phrase, Teller, Tie, WORDLESS};
use crate::script::names::Meaning;

impl Teller<'_> {
    /// A value, in words that can stand in a sentence.
    pub(super) fn value(&self, expr: &Expr) -> String {
        self.phrase(expr).text
    }

    /// A condition, in words: a bare yes-or-no value is said to be one.
    pub(super) fn test(&self, expr: &Expr) -> String {
        match expr {
            Expr::Variable(..) | Expr::Dot(..) | Expr::Index(..) => self.is_yes(expr, true),
            Expr::Coalesce(items, _) => {
                self.yes_unless_blank(items, true).unwrap_or_else(|| self.value(expr))
            }
            _ => self.value(expr),
        }
    }

    fn is_yes(&self, expr: &Expr, yes: bool) -> String {
        let phrase = self.phrase(expr);
        if phrase.tie < Tie::Word {
            // Already a statement, such as “A有B”.
            return if yes { phrase.text } else { self.not(&phrase.text) };
        }
        let word = self.yes_or_no(yes);
        self.say(format!("{}为{word}", phrase.text), format!("{} is {word}", phrase.text))
    }

    /// `x ?? false` and `!(x ?? false)`: a yes-or-no cell that may be blank.
    fn yes_unless_blank(&self, items: &[Expr], yes: bool) -> Option<String> {
        let [cell, Expr::BoolConstant(blank, _)] = items else { return None };
        let (cell, blank) = (self.value(cell), self.yes_or_no(*blank));
        Some(if yes {
            self.say(
                format!("{cell}为“是”（没有填的算{blank}）"),
                format!("{cell} is yes (blank counts as {blank})"),
            )
        } else {
            self.say(
                format!("{cell}不为“是”（没有填的算{blank}）"),
                format!("{cell} is not yes (blank counts as {blank})"),
            )
        })
    }

    fn not(&self, statement: &str) -> String {
        self.say(format!("并非（{statement}）"), format!("not ({statement})"))
    }

    pub(super) fn yes_or_no(&self, yes: bool) -> String {
        if yes { self.say("“是”", "yes") } else { self.say("“否”", "no") }
    }

    pub(super) fn quoted(&self, text: &str) -> String {
        if text.is_empty() { self.say("空", "blank") } else { format!("“{}”", self.word(text)) }
    }

    pub(super) fn phrase(&self, expr: &Expr) -> Phrase {
        match expr {
            Expr::BoolConstant(yes, _) => Phrase::word(self.yes_or_no(*yes)),
            Expr::IntegerConstant(number, _) => Phrase::word(number.to_string().replace('-', "−")),
            Expr::StringConstant(text, _) => Phrase::word(self.quoted(text)),
            Expr::Unit(_) => Phrase::word(self.say("空", "blank")),
            Expr::DynamicConstant(value, _) => Phrase::word(value.to_string()),
            Expr::InterpolatedString(parts, _) => Phrase::word(format!("“{}”", self.filled_in(parts))),
            Expr::Array(items, _) => Phrase::word(self.list(items)),
            Expr::Variable(parts, ..) => Phrase::word(self.name(&parts.1)),
            Expr::FnCall(call, _) => self.function(call),
            Expr::Dot(..) | Expr::Index(..) => self.chain(expr),
            Expr::And(items, _) => self.joined(items, Tie::And),
            Expr::Or(items, _) => self.joined(items, Tie::Or),
            Expr::Coalesce(items, _) => self.coalesced(items),
            Expr::Stmt(block) => Phrase::word(self.in_one_line(block.statements())),
            _ => Phrase::word(WORDLESS),
        }
    }

    pub(super) fn list(&self, items: &[Expr]) -> String {
        let words: Vec<String> = items.iter().map(|item| self.value(item)).collect();
        words.join(&self.say("、", ", "))
    }

    /// The parts of a text, what is put in between `〔〕`.
    pub(super) fn filled_in(&self, parts: &[Expr]) -> String {
        let part = |part: &Expr| match part {
            Expr::StringConstant(text, _) => text.to_string(),
            other => format!("〔{}〕", self.value(other)),
        };
        parts.iter().map(part).collect()
    }

    fn joined(&self, items: &[Expr], tie: Tie) -> Phrase {
        let word =
            if tie == Tie::And { self.say("，并且", ", and ") } else { self.say("，或者", ", or ") };
        // Within an “and”, another “and” would need no brackets, but an “or” does.
        let tighter = if tie == Tie::And { Tie::And } else { Tie::Or };
        let part = |item: &Expr| match item {
            Expr::And(..) | Expr::Or(..) => self.phrase(item).within(tighter),
            _ => self.test(item),
        };
        let words: Vec<String> = items.iter().map(part).collect();
        Phrase { text: words.join(&word), tie }
    }

    /// `a ?? b`
    fn coalesced(&self, items: &[Expr]) -> Phrase {
        let Some((first, others)) = items.split_first() else { return Phrase::word(WORDLESS) };
        let mut text = self.value(first);
        for other in others {
            let other = match other {
                Expr::FnCall(call, _) => match super::method::verb(&call.name) {
                    Some(kind) => self.spoken(kind, &call.args),
                    None => self.value(other),
                },
                _ => self.value(other),
            };
            text.push_str(&self.say(format!("（没有则为{other}）"), format!(" (if there is none, {other})")));
        }
        Phrase::word(text)
    }

    /// Operators and functions.
    pub(super) fn function(&self, call: &FnCallExpr) -> Phrase {
        match (call.name.as_str(), &call.args[..]) {
            ("==" | "!=", [a, b]) => self.equality(a, b, call.name == "=="),
            ("<", [a, b]) => self.compared(a, "＜", b),
            ("<=", [a, b]) => self.compared(a, "≤", b),
            (">", [a, b]) => self.compared(a, "＞", b),
            (">=", [a, b]) => self.compared(a, "≥", b),
            ("+", [a, b]) => self.calculated(a, "＋", b, Tie::Sum),
            ("-", [a, b]) => self.calculated(a, "−", b, Tie::Sum),
            ("*", [a, b]) => self.calculated(a, "×", b, Tie::Product),
            ("/", [a, b]) => self.calculated(a, "÷", b, Tie::Product),
            ("%", [a, b]) => {
                let (a, b) = (self.value(a), self.value(b));
                Phrase::word(self.say(format!("{a}除以{b}的余数"), format!("the rest of {a} by {b}")))
            }
            ("-", [a]) => Phrase::word(format!("−{}", self.phrase(a).within(Tie::Word))),
            ("!", [a]) => self.negated(a),
            ("..", [a, b]) => {
                let (a, b) = (self.value(a), self.value(b));
                Phrase::word(
                    self.say(format!("从{a}到{b}（不含{b}）"), format!("{a} up to but not including {b}")),
                )
            }
            ("..=", [a, b]) => {
                let (a, b) = (self.value(a), self.value(b));
                Phrase::word(self.say(format!("从{a}到{b}"), format!("{a} to {b}")))
            }
            ("present" | "已填", [a]) => self.filled(a, true),
            // `item in list` is read as `contains(list, item)`.
            (_, [list, item]) if is_membership(call) => self.one_of(list, item, true),
            (name, args) => self.native(name, args),
        }
    }

    fn compared(&self, a: &Expr, sign: &str, b: &Expr) -> Phrase {
        let (a, b) = (self.phrase(a).within(Tie::Sum), self.phrase(b).within(Tie::Sum));
        Phrase::compare(format!("{a} {sign} {b}"))
    }

    fn calculated(&self, a: &Expr, sign: &str, b: &Expr, tie: Tie) -> Phrase {
        let tighter = if tie == Tie::Sum { Tie::Product } else { Tie::Word };
        let right = if sign == "＋" { tie } else { tighter };
        Phrase {
            text: format!("{} {sign} {}", self.phrase(a).within(tie), self.phrase(b).within(right)),
            tie,
        }
    }

    fn equality(&self, a: &Expr, b: &Expr, equal: bool) -> Phrase {
        if matches!(b, Expr::Unit(_)) {
            return self.filled(a, !equal);
        }
        if matches!(a, Expr::Unit(_)) {
            return self.filled(b, !equal);
        }
        let worded = |one: &Expr| {
            matches!(one, Expr::StringConstant(..) | Expr::BoolConstant(..) | Expr::InterpolatedString(..))
        };
        let (left, right) = (self.phrase(a).within(Tie::Sum), self.phrase(b).within(Tie::Sum));
        Phrase::compare(match (worded(a) || worded(b), equal) {
            (true, true) => self.say(format!("{left}是{right}"), format!("{left} is {right}")),
            (true, false) => self.say(format!("{left}不是{right}"), format!("{left} is not {right}")),
            (false, true) => format!("{left} ＝ {right}"),
            (false, false) => format!("{left} ≠ {right}"),
        })
    }

    /// Whether something is there: a cell is filled in or not, anything else is there or not.
    fn filled(&self, what: &Expr, filled: bool) -> Phrase {
        let is_cell = match what {
            Expr::Dot(link, ..) => matches!(last(&link.rhs), Expr::Property(..)),
            Expr::Variable(parts, ..) => {
                matches!(self.rule.names.get(&parts.1), Some(Meaning::Field(_)))
            }
            _ => false,
        };
        let what = self.phrase(what).within(Tie::Sum);
        Phrase::compare(match (is_cell, filled) {
            (true, true) => self.say(format!("{what}已填"), format!("{what} is given")),
            (true, false) => self.say(format!("{what}没有填"), format!("{what} is not given")),
            (false, true) => self.say(format!("有{what}"), format!("there is {what}")),
            (false, false) => self.say(format!("没有{what}"), format!("there is no {what}")),
        })
    }

    pub(super) fn one_of(&self, list: &Expr, item: &Expr, is: bool) -> Phrase {
        let (one, many) = (self.phrase(item).within(Tie::Sum), self.phrase(list).within(Tie::Sum));
        let zh = if is { "是" } else { "不是" };
        let en = if is { "is one of" } else { "is none of" };
        Phrase::compare(self.say(format!("{one}{zh}{many}之一"), format!("{one} {en} {many}")))
    }

    fn negated(&self, a: &Expr) -> Phrase {
        match a {
            Expr::Variable(..) | Expr::Index(..) | Expr::Dot(..) => Phrase::compare(self.is_yes(a, false)),
            Expr::FnCall(call, _) if is_membership(call) => self.one_of(&call.args[0], &call.args[1], false),
            Expr::Coalesce(items, _) => match self.yes_unless_blank(items, false) {
                Some(words) => Phrase::compare(words),
                None => Phrase::compare(self.not(&self.value(a))),
            },
            // Brackets within a condition are a block of one expression.
            Expr::Stmt(block) => match block.statements() {
                [Stmt::Expr(one)] => self.negated(one),
                _ => Phrase::compare(self.not(&self.value(a))),
            },
            _ => Phrase::compare(self.not(&self.value(a))),
        }
    }

    /// Steps within a value, on one line.
    pub(super) fn in_one_line(&self, statements: &[Stmt]) -> String {
        let words: Vec<String> = statements.iter().filter_map(|statement| self.short(statement)).collect();
        words.join(&self.say("；", "; "))
    }

    /// What a branch comes to, on one line.
    fn outcome(&self, statements: &[Stmt]) -> String {
        let words = self.in_one_line(statements);
        match statements {
            [Stmt::Expr(_)] => self.say(format!("为{words}"), words.clone()),
            _ => words,
        }
    }

    fn short(&self, statement: &Stmt) -> Option<String> {
        Some(match statement {
            Stmt::Noop(_) | Stmt::Share(_) => return None,
            Stmt::Expr(expr) => self.value(expr),
            Stmt::FnCall(call, _) => self.function(call).text,
            Stmt::Block(block) => self.in_one_line(block.statements()),
            Stmt::Return(Some(value), ..) => {
                let value = self.value(value);
                self.say(format!("为{value}"), value.clone())
            }
            Stmt::Var(parts, ..) => {
                let (name, value) = (&parts.0.name, self.value(&parts.1));
                self.say(format!("记“{name}”为{value}"), format!("let {name} be {value}"))
            }
            Stmt::If(choice, _) => {
                let test = self.test(&choice.expr);
                let body = self.outcome(choice.body.statements());
                let mut words = self.say(format!("如果{test}，则{body}"), format!("if {test}, then {body}"));
                if !choice.branch.is_empty() {
                    let otherwise = self.outcome(choice.branch.statements());
                    words.push_str(
                        &self.say(format!("，否则{otherwise}"), format!(", otherwise {otherwise}")),
                    );
                }
                words
            }
            _ => WORDLESS.to_string(),
        })
    }
}

/// `item in list`
fn is_membership(call: &FnCallExpr) -> bool {
    call.name == "contains" && (call.op_token.is_some() || matches!(call.args[0], Expr::Array(..)))
}

/// The last link of a chain.
fn last(rhs: &Expr) -> &Expr {
    match rhs {
        Expr::Dot(link, ..) | Expr::Index(link, ..) => last(&link.rhs),
        other => other,
    }
}
