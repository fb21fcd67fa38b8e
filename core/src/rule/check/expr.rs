//! Expressions: literals, names, chains of dots and brackets.

use rhai::{ASTFlags, BinaryExpr, Expr, Position};

use super::ty::{Seen, Ty};
use super::{Checker, RuleProblem};
use crate::rule::closure::closure;
use crate::script::handles::TableId;
use crate::script::names::Meaning;
use crate::text::{Text, did_you_mean};

/// How a chain goes on: `.name` or `[index]`.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Link {
    Dot,
    Index,
}

impl Checker<'_> {
    /// The type of an expression.
    pub(super) fn expr(&mut self, expr: &Expr) -> Seen {
        match expr {
            Expr::BoolConstant(..) => Seen::of(Ty::Bool),
            Expr::IntegerConstant(..) => Seen::of(Ty::Int),
            Expr::StringConstant(text, _) => Seen { literal: Some(text.to_string()), ..Seen::of(Ty::TEXT) },
            Expr::CharConstant(_, position) => {
                let what = Text::new("文字要用双引号", "texts stand in double quotes");
                self.report(*position, &RuleProblem::BadLiteral { what });
                Seen::wrong()
            }
            Expr::Unit(_) => Seen::of(Ty::Unit),
            Expr::DynamicConstant(value, position) => {
                if value.is_decimal() {
                    return Seen::of(Ty::Dec);
                }
                if value.is_fnptr() {
                    self.report(*position, &RuleProblem::ClosureElsewhere);
                }
                Seen::wrong()
            }
            Expr::InterpolatedString(parts, _) => {
                // Words for people may show an empty cell; a text that is worked with may not hide one.
                for part in parts {
                    if self.wording {
                        self.expr(part)
                    } else {
                        self.present(part)
                    };
                }
                Seen::of(Ty::TEXT)
            }
            Expr::Array(items, _) => {
                let mut item: Option<Ty> = None;
                for one in items {
                    let seen = self.present(one);
                    item = Some(item.map_or(seen.ty.clone(), |item| item.join(seen.ty)));
                }
                let word = |one: &Expr| match one {
                    Expr::StringConstant(word, _) => Some(word.to_string()),
                    _ => None,
                };
                let words: Option<Vec<String>> = items.iter().map(word).collect();
                let item = match (item, words) {
                    (Some(_), Some(words)) => Ty::Text(Some(words)),
                    (item, _) => item.unwrap_or(Ty::Wrong),
                };
                Seen::of(Ty::List(Box::new(item)))
            }
            Expr::Map(_, position) => {
                self.forbid(*position, "#{ … }", None);
                Seen::wrong()
            }
            Expr::ThisPtr(position) => {
                self.forbid(*position, "this", None);
                Seen::wrong()
            }
            Expr::Variable(parts, _, position) => self.name(&parts.1, *position),
            Expr::Stmt(block) => {
                if closure(expr).is_some() {
                    self.report(expr.start_position(), &RuleProblem::ClosureElsewhere);
                    return Seen::wrong();
                }
                self.block(block)
            }
            Expr::FnCall(call, position) => self.call(call, *position),
            Expr::Dot(link, flags, _) => self.chain_from(link, *flags, Link::Dot),
            Expr::Index(link, flags, _) => self.chain_from(link, *flags, Link::Index),
            Expr::And(..) | Expr::Or(..) => {
                self.condition(expr);
                Seen::of(Ty::Bool)
            }
            Expr::Coalesce(items, _) => self.coalesce(items),
            Expr::Custom(_, position) => {
                self.forbid(*position, "…", None);
                Seen::wrong()
            }
            Expr::Property(_, position) | Expr::MethodCall(_, position) => {
                self.report(*position, &RuleProblem::NoSuchProperty { ty: Ty::Wrong.label() });
                Seen::wrong()
            }
            _ => Seen::wrong(),
        }
    }

    /// The type of an expression that must not be empty here.
    pub(super) fn present(&mut self, expr: &Expr) -> Seen {
        let seen = self.expr(expr);
        if seen.optional && seen.ty != Ty::Wrong {
            let name = if seen.name.is_empty() { self.source_of(expr) } else { seen.name.clone() };
            self.report(expr.start_position(), &RuleProblem::MayBeEmpty { name });
        }
        seen
    }

    fn coalesce(&mut self, items: &[Expr]) -> Seen {
        let Some((first, others)) = items.split_first() else { return Seen::wrong() };
        let mut joined = self.expr(first);
        let ended = self.flow.ended;
        self.asks.extend(joined.asked.take().filter(|_| !others.is_empty()));
        for (at, item) in others.iter().enumerate() {
            let mut seen = self.frozen(|checker| checker.expr(item));
            // The last answer is taken as it is; only those before it are asked for.
            self.asks.extend(seen.asked.take().filter(|_| at + 1 < others.len()));
            // `x ?? undecided("…")` ends where x is empty, and goes on with x where it is not.
            let ends = std::mem::replace(&mut self.flow.ended, ended);
            let empty = joined.optional && !ends && (seen.optional || seen.ty == Ty::Unit);
            if !ends {
                joined = joined.or(seen);
            }
            joined.optional = empty;
        }
        Seen { unit: joined.unit, optional: joined.optional, ..Seen::of(joined.ty) }
    }

    /// Checks something that is not always run, or whose effects on what is known would be lost: in there, variables
    /// from outside may not be assigned to.
    pub(super) fn frozen<T>(&mut self, work: impl FnOnce(&mut Self) -> T) -> T {
        let now = self.flow.enter();
        let before = std::mem::replace(&mut self.flow.frozen, now);
        let answer = work(self);
        self.flow.frozen = before;
        answer
    }

    /// What a name stands for.
    fn name(&mut self, name: &str, position: Position) -> Seen {
        if let Some(variable) = self.flow.variable(name) {
            let known = self.flow.known.contains(&variable.place);
            return Seen {
                optional: variable.optional && !known,
                unit: variable.unit.clone(),
                name: name.to_string(),
                place: Some(variable.place.clone()),
                ..Seen::of(variable.ty.clone())
            };
        }
        let table = self.setting.table.map(TableId::Filed);
        let named =
            |seen: Seen, place: &str| Seen { name: name.to_string(), place: Some(place.to_string()), ..seen };
        match (self.names.get(name), table) {
            (Some(Meaning::Field(at)), Some(table)) => {
                self.field_of_table(table, at, Some("record"), name, position)
            }
            (Some(Meaning::Record), Some(table)) => named(Seen::of(Ty::Record(table)), "record"),
            (Some(Meaning::Submission), _) => named(Seen::of(Ty::Submission), "submission"),
            (Some(Meaning::Previous), _) => {
                let known = self.flow.known.contains("previous");
                named(Seen { optional: !known, ..Seen::of(Ty::Submission) }, "previous")
            }
            (Some(Meaning::Submissions), _) => Seen::of(Ty::List(Box::new(Ty::Submission))),
            (Some(Meaning::Params), _) => named(Seen::of(Ty::Params), "params"),
            (Some(Meaning::Table(table)), _) => {
                self.reads.tables.insert(table);
                named(Seen::of(Ty::Rows(table)), "table")
            }
            _ => {
                let variables = self.flow.names();
                let known = self.names.words().chain(variables.iter().map(String::as_str));
                let suggestion = did_you_mean(name, known).map(str::to_string);
                self.report(position, &RuleProblem::UnknownName { name: name.to_string(), suggestion });
                Seen::wrong()
            }
        }
    }

    fn chain_from(&mut self, link: &BinaryExpr, flags: ASTFlags, kind: Link) -> Seen {
        let base = self.expr(&link.lhs);
        let base = self.reach(base, &link.lhs, flags);
        self.chain(base, kind, &link.rhs, flags)
    }

    /// What follows `.` or `[` on something that may be empty needs `?.`, or to be asked first.
    fn reach(&mut self, base: Seen, expr: &Expr, flags: ASTFlags) -> Seen {
        if base.optional && base.ty != Ty::Wrong && !flags.intersects(ASTFlags::NEGATED) {
            let name = if base.name.is_empty() { self.source_of(expr) } else { base.name.clone() };
            self.report(expr.start_position(), &RuleProblem::MayBeEmpty { name });
            return Seen { optional: false, ..base };
        }
        base
    }

    fn chain(&mut self, base: Seen, kind: Link, rhs: &Expr, flags: ASTFlags) -> Seen {
        if !flags.intersects(ASTFlags::BREAK) {
            let next = match rhs {
                Expr::Dot(link, flags, _) => Some((link, *flags, Link::Dot)),
                Expr::Index(link, flags, _) => Some((link, *flags, Link::Index)),
                _ => None,
            };
            if let Some((link, flags, next)) = next {
                let middle = self.link(base, kind, &link.lhs);
                let middle = self.reach(middle, &link.lhs, flags);
                return self.chain(middle, next, &link.rhs, flags);
            }
        }
        self.link(base, kind, rhs)
    }

    fn link(&mut self, base: Seen, kind: Link, rhs: &Expr) -> Seen {
        let maybe = base.optional;
        let seen = match (kind, rhs) {
            (Link::Dot, Expr::Property(parts, position)) => self.property(&base, &parts.2, *position),
            (Link::Dot, Expr::MethodCall(call, position)) => self.method(base, call, *position),
            (Link::Dot, other) => {
                self.expr(other);
                Seen::wrong()
            }
            (Link::Index, Expr::StringConstant(name, position)) => match base.ty {
                Ty::List(_) => {
                    let what = Text::new("列表用序号取，如 [0]", "a list is indexed by number, such as [0]");
                    self.report(*position, &RuleProblem::BadLiteral { what });
                    Seen::wrong()
                }
                _ => self.property(&base, name, *position),
            },
            (Link::Index, index) => {
                let at = self.present(index);
                match base.ty {
                    Ty::List(item) if matches!(at.ty, Ty::Int | Ty::Wrong) => Seen::of(*item),
                    Ty::Wrong => Seen::wrong(),
                    _ => {
                        self.report(index.start_position(), &RuleProblem::FieldNotLiteral);
                        Seen::wrong()
                    }
                }
            }
        };
        if maybe { seen.optional() } else { seen }
    }

    /// An expression as written, for messages about things without a name: `first()`, `数量 + 1`, `first(…)`.
    pub(super) fn source_of(&self, expr: &Expr) -> String {
        match expr {
            Expr::Dot(parts, ..) => {
                return format!("{}.{}", self.source_of(&parts.lhs), self.source_of(&parts.rhs));
            }
            Expr::Coalesce(parts, _) => {
                let parts: Vec<String> = parts.iter().map(|part| self.source_of(part)).collect();
                return format!("({})", parts.join(" ?? "));
            }
            _ => {}
        }
        let word = |position| super::position_span(self.file, position);
        let span = match expr {
            Expr::FnCall(call, _) if call.op_token.is_some() && call.args.len() == 2 => {
                match (word(call.args[0].start_position()), word(call.args[1].start_position())) {
                    (Some(first), Some(last)) => Some(first.start..last.end.max(first.end)),
                    (first, _) => first,
                }
            }
            _ => word(expr.start_position()),
        };
        let written = span.and_then(|span| self.file.text.get(span)).unwrap_or("…");
        match expr {
            Expr::MethodCall(call, _) | Expr::FnCall(call, _) if call.op_token.is_none() => {
                format!("{written}({})", if call.args.is_empty() { "" } else { "…" })
            }
            _ => written.to_string(),
        }
    }
}
