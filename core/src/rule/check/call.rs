//! Function calls and operators.

use rhai::{Expr, FnCallExpr, Position};

use super::ty::{Seen, Ty};
use super::{Checker, RuleProblem};
use crate::rule::Level;
use crate::rule::closure::closure;
use crate::schema::Spot;
use crate::script::handles::TableId;
use crate::text::{Text, did_you_mean};

/// The verbs by which a rule speaks, with both names.
const VERBS: [&str; 10] =
    ["fail", "不符合", "undecided", "无法判定", "skip", "不适用", "present", "已填", "zh_en", "双语"];

impl Checker<'_> {
    pub(super) fn call(&mut self, call: &FnCallExpr, position: Position) -> Seen {
        let name = call.name.as_str();
        let args = &call.args[..];
        if call.capture_parent_scope || call.is_qualified() {
            self.forbid(position, if call.is_qualified() { "::" } else { "!(…)" }, None);
        }
        if call.op_token.is_some() || is_operator(name) {
            return self.operator(name, args, position);
        }
        match name {
            "fail" | "不符合" => self.fail(name, args, position),
            "skip" | "不适用" if args.len() == 2 && self.setting.level == Level::CrossSubmission => {
                let whose = self.present(&args[0]);
                if !matches!(whose.ty, Ty::Submission | Ty::Wrong) {
                    let problem = RuleProblem::WrongArgument {
                        name: name.to_string(),
                        position: 1,
                        expected: Ty::Submission.label(),
                        found: whose.ty.label(),
                    };
                    self.report(args[0].start_position(), &problem);
                }
                self.message(name, 2, &args[1]);
                Seen::of(Ty::Unit)
            }
            "undecided" | "无法判定" | "skip" | "不适用" => {
                self.arity(name, "1", args, args.len() == 1, position);
                for arg in args {
                    self.message(name, 1, arg);
                }
                self.flow.ended = true;
                Seen::of(Ty::Unit)
            }
            "present" | "已填" => {
                if self.arity(name, "1", args, args.len() == 1, position) {
                    self.asks_for(&args[0]);
                }
                Seen::of(Ty::Bool)
            }
            "zh_en" | "双语" => {
                self.arity(name, "2", args, args.len() == 2, position);
                for (at, arg) in args.iter().enumerate() {
                    let seen = self.worded(arg);
                    self.expect_text(name, at + 1, &seen, arg);
                }
                Seen::of(Ty::Message)
            }
            "contains" | "包含"
                if args.len() == 2 && matches!(self.peek(&args[0]), Ty::List(_) | Ty::Range) =>
            {
                self.membership(&args[0], &args[1])
            }
            _ => self.native(name, None, args, position),
        }
    }

    /// The type of an expression without reporting anything about it.
    fn peek(&mut self, expr: &Expr) -> Ty {
        let (reported, known, ended) = (self.diagnostics.len(), self.flow.known.clone(), self.flow.ended);
        let ty = self.expr(expr).ty;
        self.diagnostics.truncate(reported);
        (self.flow.known, self.flow.ended) = (known, ended);
        ty
    }

    /// A native function; `receiver` is what stands before the dot, if it was called as a method.
    pub(super) fn native(
        &mut self,
        name: &str,
        receiver: Option<Seen>,
        args: &[Expr],
        position: Position,
    ) -> Seen {
        let first = usize::from(receiver.is_some());
        let mut seen: Vec<(Seen, Position)> = receiver.into_iter().map(|seen| (seen, position)).collect();
        for arg in args {
            let one = if closure(arg).is_some() {
                self.report(arg.start_position(), &RuleProblem::ClosureElsewhere);
                Seen::wrong()
            } else {
                self.present(arg)
            };
            seen.push((one, arg.start_position()));
        }
        let Some(native) = self.setting.natives.get(name, seen.len()).copied() else {
            let counts: Vec<String> = self
                .setting
                .natives
                .named(name)
                .map(|native| native.params.len().saturating_sub(first).to_string())
                .collect();
            let problem = if !counts.is_empty() {
                let expected = counts.join(" / ");
                RuleProblem::WrongArgumentCount { name: name.to_string(), expected, found: args.len() }
            } else {
                let known = self.setting.natives.names().chain(VERBS);
                let suggestion = did_you_mean(name, known).map(str::to_string);
                match seen.first() {
                    Some((receiver, _)) if first == 1 => {
                        let of = receiver.ty.label();
                        RuleProblem::UnknownMethod { name: name.to_string(), of, suggestion }
                    }
                    _ => RuleProblem::UnknownFunction { name: name.to_string(), suggestion },
                }
            };
            self.report(position, &problem);
            return Seen::wrong();
        };
        self.reads.natives.insert((native.name, native.params.len()));
        for (at, ((one, place), param)) in seen.iter().zip(native.params).enumerate() {
            if one.ty.fits(param.ty) {
                continue;
            }
            let name = name.to_string();
            let problem = match at.checked_sub(first) {
                None => RuleProblem::UnknownMethod { name, of: one.ty.label(), suggestion: None },
                // Counted as they stand between the brackets.
                Some(at) => RuleProblem::WrongArgument {
                    name,
                    position: at + 1,
                    expected: param.ty.label(),
                    found: one.ty.label(),
                },
            };
            self.report(*place, &problem);
        }
        self.literal_date(native.name, args);
        Seen { optional: native.may_be_empty, ..Seen::of(Ty::of_native(native.returns)) }
    }

    /// A literal that is no date would break the rule on every record; say so now.
    fn literal_date(&mut self, native: &str, args: &[Expr]) {
        if let ("date", [Expr::StringConstant(text, position)]) = (native, args)
            && crate::submission::parse_date(text).is_none()
        {
            let what = Text::new(
                format!("“{text}”不是日期，应如 2021-06-01"),
                format!("`{text}` is not a date such as 2021-06-01"),
            );
            self.report(*position, &RuleProblem::BadLiteral { what });
        }
    }

    pub(super) fn arity(
        &mut self,
        name: &str,
        expected: &str,
        args: &[Expr],
        right: bool,
        at: Position,
    ) -> bool {
        if !right {
            let problem = RuleProblem::WrongArgumentCount {
                name: name.to_string(),
                expected: expected.to_string(),
                found: args.len(),
            };
            self.report(at, &problem);
        }
        right
    }

    fn expect_text(&mut self, name: &str, position: usize, seen: &Seen, arg: &Expr) {
        if !matches!(seen.ty, Ty::Text(_) | Ty::Wrong) {
            let problem = RuleProblem::WrongArgument {
                name: name.to_string(),
                position,
                expected: Ty::TEXT.label(),
                found: seen.ty.label(),
            };
            self.report(arg.start_position(), &problem);
        }
    }

    /// Words for people, which may show an empty cell.
    fn worded(&mut self, arg: &Expr) -> Seen {
        let fixed = match arg {
            Expr::StringConstant(..) => true,
            Expr::FnCall(call, _) => matches!(call.name.as_str(), "zh_en" | "双语"),
            _ => false,
        };
        if self.setting.holds && !fixed {
            self.report(arg.start_position(), &RuleProblem::Echoes);
        }
        let before = std::mem::replace(&mut self.wording, true);
        let seen = self.present(arg);
        self.wording = before;
        seen
    }

    /// A message: text, or a bilingual one.
    fn message(&mut self, name: &str, position: usize, arg: &Expr) {
        let seen = self.worded(arg);
        if seen.ty != Ty::Message {
            self.expect_text(name, position, &seen, arg);
        }
    }

    /// `fail(message)`, `fail(field, message)`, `fail(on, message)`, `fail(on, field, message)`.
    fn fail(&mut self, name: &str, args: &[Expr], position: Position) -> Seen {
        self.fails = true;
        if !self.arity(name, "1–3", args, (1..=3).contains(&args.len()), position) {
            return Seen::of(Ty::Finding);
        }
        let (last, before) = (&args[args.len() - 1], &args[..args.len() - 1]);
        let mut on = match (self.setting.level, self.setting.table) {
            (Level::Record, Some(table)) => Some(Ty::Record(TableId::Filed(table))),
            (Level::CrossSubmission, _) => None,
            _ => Some(Ty::Submission),
        };
        let mut field = None;
        match before {
            [] => {}
            [one] if matches!(one, Expr::StringConstant(..)) => field = Some(one),
            [one] => on = Some(self.target(name, one)),
            [one, two, ..] => {
                on = Some(self.target(name, one));
                field = Some(two);
            }
        }
        if let Some(field) = field {
            self.named_field(on.as_ref(), field);
        }
        self.message(name, args.len(), last);
        Seen::of(Ty::Finding)
    }

    fn target(&mut self, name: &str, expr: &Expr) -> Ty {
        let seen = self.present(expr);
        if !matches!(seen.ty, Ty::Record(TableId::Filed(_)) | Ty::Submission | Ty::Wrong) {
            let problem = RuleProblem::WrongArgument {
                name: name.to_string(),
                position: 1,
                expected: Text::new("字段名、一条记录或一份报送", "a field's name, a record or a submission"),
                found: seen.ty.label(),
            };
            self.report(expr.start_position(), &problem);
            return Ty::Wrong;
        }
        seen.ty
    }

    /// The field that a finding points at.
    fn named_field(&mut self, on: Option<&Ty>, expr: &Expr) {
        let Expr::StringConstant(name, position) = expr else {
            self.expr(expr);
            return self.report(expr.start_position(), &RuleProblem::FieldNotLiteral);
        };
        let (fields, of) = match on {
            Some(Ty::Record(table)) => {
                let table = self.table(*table);
                (table.fields.clone(), table.label.clone())
            }
            Some(Ty::Submission) => (self.setting.schema.header.clone(), Text::new("报送信息", "header")),
            Some(_) => return,
            None => {
                let of = Text::new("全部报送", "whole batch");
                self.unknown_field(name, of, None, *position);
                return;
            }
        };
        match Spot::find(&fields, name) {
            Some(spot) if fields[spot.field].private => {
                self.report(*position, &RuleProblem::Private { name: fields[spot.field].label.zh.clone() });
            }
            Some(_) => {}
            None => {
                let suggestion = super::field::suggest(&fields, name);
                self.unknown_field(name, of, suggestion, *position);
            }
        }
    }

    fn operator(&mut self, name: &str, args: &[Expr], position: Position) -> Seen {
        match (name, args) {
            ("!", [_]) => {
                let inner = self.present(&args[0]);
                if !matches!(inner.ty, Ty::Bool | Ty::Wrong) {
                    self.report(
                        args[0].start_position(),
                        &RuleProblem::NotBoolean { found: inner.ty.label() },
                    );
                }
                Seen::of(Ty::Bool)
            }
            ("-" | "+", [one]) => {
                let seen = self.present(one);
                self.expect_number(name, &seen, one.start_position());
                Seen { unit: seen.unit, ..Seen::of(seen.ty) }
            }
            ("==" | "!=", [a, b]) => self.equality(a, b),
            ("<" | "<=" | ">" | ">=", [a, b]) => self.order(a, b),
            ("contains", [list, item]) => self.membership(list, item),
            (".." | "..=", [a, b]) => {
                for end in [a, b] {
                    let seen = self.present(end);
                    if !matches!(seen.ty, Ty::Int | Ty::Wrong) {
                        let problem =
                            RuleProblem::NotANumber { operator: name.to_string(), found: seen.ty.label() };
                        self.report(end.start_position(), &problem);
                    }
                }
                Seen::of(Ty::Range)
            }
            ("+" | "-" | "*" | "/" | "%", [a, b]) => {
                let left = self.present(a);
                let right = self.present(b);
                self.arithmetic(name, &left, &right, a.start_position(), b.start_position())
            }
            _ => {
                for arg in args {
                    self.expr(arg);
                }
                self.forbid(position, name, None);
                Seen::wrong()
            }
        }
    }

    fn equality(&mut self, a: &Expr, b: &Expr) -> Seen {
        if matches!(a, Expr::Unit(_)) || matches!(b, Expr::Unit(_)) {
            self.asks_for(if matches!(a, Expr::Unit(_)) { b } else { a });
            return Seen::of(Ty::Bool);
        }
        let left = self.present(a);
        let right = self.present(b);
        self.compared(&left, &right, a.start_position(), b.start_position());
        Seen::of(Ty::Bool)
    }

    fn compared(&mut self, left: &Seen, right: &Seen, left_at: Position, right_at: Position) {
        if !left.ty.comparable(&right.ty) {
            let problem = RuleProblem::Incomparable { left: left.ty.label(), right: right.ty.label() };
            return self.report(left_at, &problem);
        }
        match (&left.ty, &right.literal, &right.ty, &left.literal) {
            (Ty::Text(Some(words)), Some(word), ..) => self.in_words(word, words, right_at),
            (_, _, Ty::Text(Some(words)), Some(word)) => self.in_words(word, words, left_at),
            (Ty::Text(Some(some)), _, Ty::Text(Some(others)), _)
                if !some.iter().any(|word| others.contains(word)) =>
            {
                let word = others.join(" ");
                let problem = RuleProblem::NotInVocabulary { word, words: some.clone(), suggestion: None };
                self.report(right_at, &problem);
            }
            _ => {}
        }
        self.same_unit(left, right, left_at);
    }

    fn same_unit(&mut self, left: &Seen, right: &Seen, at: Position) {
        if let (Some(left), Some(right)) = (&left.unit, &right.unit)
            && left != right
        {
            let problem = RuleProblem::Units { left: left.clone(), right: right.clone() };
            self.report(at, &problem);
        }
    }

    fn order(&mut self, a: &Expr, b: &Expr) -> Seen {
        let left = self.present(a);
        let right = self.present(b);
        let (left_at, right_at) = (a.start_position(), b.start_position());
        if !left.ty.comparable(&right.ty) {
            let problem = RuleProblem::Incomparable { left: left.ty.label(), right: right.ty.label() };
            self.report(left_at, &problem);
        } else if !matches!(left.ty, Ty::Int | Ty::Dec | Ty::Date | Ty::Wrong) {
            self.report(right_at, &RuleProblem::NoOrder { ty: left.ty.label() });
        }
        self.same_unit(&left, &right, left_at);
        Seen::of(Ty::Bool)
    }

    /// `item in list`, `text.contains(part)`.
    fn membership(&mut self, list: &Expr, item: &Expr) -> Seen {
        let of = self.present(list);
        let one = self.present(item);
        let item_at = item.start_position();
        match of.ty {
            Ty::List(inner) => {
                let items: &[Expr] = if let Expr::Array(items, _) = list { items } else { &[] };
                self.item_of_list(&inner, &one, item_at, items);
            }
            Ty::Text(_) => self.expect_text("in", 1, &one, item),
            Ty::Range => self.expect_number("in", &one, item_at),
            Ty::Wrong => {}
            other => self.report(list.start_position(), &RuleProblem::NotIterable { ty: other.label() }),
        }
        Seen::of(Ty::Bool)
    }

    /// One thing looked for in a list; `items` are the list's own, where it is written out.
    pub(super) fn item_of_list(&mut self, inner: &Ty, one: &Seen, at: Position, items: &[Expr]) {
        if !inner.is_value() || !inner.comparable(&one.ty) {
            let problem = RuleProblem::Incomparable { left: one.ty.label(), right: inner.label() };
            return self.report(at, &problem);
        }
        match (&one.ty, inner, &one.literal) {
            (_, Ty::Text(Some(words)), Some(word)) => self.in_words(word, words, at),
            (Ty::Text(Some(vocabulary)), Ty::Text(Some(words)), None) => {
                for word in words {
                    let place = items.iter().find_map(|item| match item {
                        Expr::StringConstant(text, at) if text == word.as_str() => Some(*at),
                        _ => None,
                    });
                    self.in_words(word, vocabulary, place.unwrap_or(at));
                }
            }
            _ => {}
        }
    }

    fn expect_number(&mut self, operator: &str, seen: &Seen, at: Position) {
        if !seen.ty.is_number() && seen.ty != Ty::Wrong {
            let problem = RuleProblem::NotANumber { operator: operator.to_string(), found: seen.ty.label() };
            self.report(at, &problem);
        }
    }

    pub(super) fn arithmetic(
        &mut self,
        op: &str,
        left: &Seen,
        right: &Seen,
        left_at: Position,
        right_at: Position,
    ) -> Seen {
        if op == "+" && (matches!(left.ty, Ty::Text(_)) || matches!(right.ty, Ty::Text(_))) {
            return Seen::of(Ty::TEXT);
        }
        self.expect_number(op, left, left_at);
        self.expect_number(op, right, right_at);
        if op == "/" && left.ty == Ty::Int && right.ty == Ty::Int {
            self.report(left_at, &RuleProblem::WholeDivision);
        }
        let unit = match op {
            "+" | "-" => {
                self.same_unit(left, right, left_at);
                left.unit.clone().or_else(|| right.unit.clone())
            }
            // A product or quotient is a new quantity, whose unit is not followed.
            _ => None,
        };
        let ty = match (&left.ty, &right.ty) {
            (Ty::Wrong, _) | (_, Ty::Wrong) => Ty::Wrong,
            (Ty::Int, Ty::Int) => Ty::Int,
            (a, b) if a.is_number() && b.is_number() => Ty::Dec,
            _ => Ty::Wrong,
        };
        Seen { unit, ..Seen::of(ty) }
    }
}

fn is_operator(name: &str) -> bool {
    matches!(name, "==" | "!=" | "<" | "<=" | ">" | ">=" | "+" | "-" | "*" | "/" | "%" | "!" | ".." | "..=")
}
