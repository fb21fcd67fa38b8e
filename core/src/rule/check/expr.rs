//! Expressions: names, fields, comparisons, arithmetic, conditions.

use rhai::{ASTFlags, BinaryExpr, Expr, Position};

use super::flow::Facts;
use super::ty::{Seen, Ty};
use super::{Checker, RuleProblem};
use crate::rule::Asked;
use crate::schema::{Field, find_field};
use crate::script::handles::{Owner, TableId};
use crate::script::names::{Meaning, identifiers};
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
                if self.closure(expr).is_some() {
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

    /// `base.name`
    fn property(&mut self, base: &Seen, name: &str, position: Position) -> Seen {
        let place = base.place.clone();
        match &base.ty {
            Ty::Wrong => Seen::wrong(),
            Ty::Record(table) => {
                let schema = self.table(*table);
                match find_field(&schema.fields, name) {
                    Some(at) => {
                        let written = format!("{}.{name}", base.name);
                        self.field_of_table(*table, at, place.as_deref(), &written, position)
                    }
                    None => {
                        let label = schema.label.clone();
                        let suggestion = suggest(&schema.fields, name);
                        self.unknown_field(name, label, suggestion, position)
                    }
                }
            }
            Ty::Submission => self.of_submission(base, place.as_deref(), name, position),
            Ty::Params => self.parameter(name, position),
            Ty::Object(owner) => self.part(base, *owner, place.as_deref(), name, position),
            Ty::Group(table, key) => match name {
                "key" | "键" => Seen::of((**key).clone()),
                "rows" | "各条" => Seen::of(Ty::Rows(*table)),
                _ => self.unknown_field(name, base.ty.label(), Some("rows".into()), position),
            },
            other => {
                self.report(position, &RuleProblem::NoSuchProperty { ty: other.label() });
                Seen::wrong()
            }
        }
    }

    fn of_submission(&mut self, base: &Seen, place: Option<&str>, name: &str, position: Position) -> Seen {
        let schema = self.setting.schema;
        let table = schema.tables.iter().position(|table| table.key == name || table.label.zh == name);
        if let Some(at) = table {
            self.reads.tables.insert(TableId::Filed(at));
            return Seen::of(Ty::Rows(TableId::Filed(at)));
        }
        let Some(at) = find_field(&schema.header, name) else {
            let tables = schema.tables.iter().flat_map(|table| [table.key.as_str(), table.label.zh.as_str()]);
            let known = schema.header.iter().flat_map(identifiers).chain(tables);
            let suggestion = did_you_mean(name, known).map(str::to_string);
            return self.unknown_field(name, Text::new("报送信息", "header"), suggestion, position);
        };
        self.reads.header.insert(at);
        let written = format!("{}.{name}", base.name);
        self.cell(
            &schema.header[at],
            Asked::Header(at),
            Owner::Header(at),
            place.map(|place| format!("{place}.header{at}")),
            &written,
            position,
        )
    }

    fn field_of_table(
        &mut self,
        table: TableId,
        at: usize,
        base: Option<&str>,
        written: &str,
        position: Position,
    ) -> Seen {
        self.reads.fields.insert((table, at));
        self.reads.tables.insert(table);
        let field = self.table(table).fields[at].clone();
        let place = base.map(|base| format!("{base}.field{at}"));
        self.cell(&field, Asked::Field(table, at), Owner::Field(table, at), place, written, position)
    }

    /// A cell of a known field. Without a place — of `all[0].x` nobody knows whether it is that of `all[1].x` — asking
    /// for it once says nothing of the next time.
    fn cell(
        &mut self,
        field: &Field,
        asked: Asked,
        owner: Owner,
        place: Option<String>,
        written: &str,
        position: Position,
    ) -> Seen {
        if field.private {
            self.report(position, &RuleProblem::Private { name: field.label.zh.clone() });
        }
        let may_be_empty = !field.required || self.asked.contains(&asked);
        Seen {
            optional: may_be_empty && !place.as_ref().is_some_and(|place| self.flow.known.contains(place)),
            unit: field.unit.clone(),
            name: written.to_string(),
            place,
            asked: field.required.then_some(asked),
            ..Seen::of(Ty::of_field(&field.ty, owner))
        }
    }

    fn part(
        &mut self,
        base: &Seen,
        owner: Owner,
        place: Option<&str>,
        name: &str,
        position: Position,
    ) -> Seen {
        let fields = match owner {
            Owner::Header(at) => self.setting.schema.header[at].ty.parts().to_vec(),
            Owner::Field(table, at) => self.table(table).fields[at].ty.parts().to_vec(),
        };
        match find_field(&fields, name) {
            Some(at) => {
                let written = format!("{}.{name}", base.name);
                let place = place.map(|place| format!("{place}.part{at}"));
                self.cell(&fields[at], Asked::Part(owner, at), owner, place, &written, position)
            }
            None => {
                let suggestion = suggest(&fields, name);
                self.unknown_field(name, Text::new(&base.name, &base.name), suggestion, position)
            }
        }
    }

    fn parameter(&mut self, name: &str, position: Position) -> Seen {
        let parameters = &self.setting.schema.parameters;
        let Some(key) = parameters.key(name).map(str::to_string) else {
            let suggestion = did_you_mean(name, parameters.names()).map(str::to_string);
            self.report(position, &RuleProblem::UnknownParameter { name: name.to_string(), suggestion });
            return Seen::wrong();
        };
        let declared = parameters.declaration(&key).cloned();
        self.reads.parameters.insert(key.clone());
        let asked = Asked::Parameter(key.clone());
        let place = format!("params.{key}");
        let optional = self.asked.contains(&asked) && !self.flow.known.contains(&place);
        Seen {
            optional,
            unit: declared.as_ref().and_then(|parameter| parameter.unit.clone()),
            name: format!("参数.{name}"),
            place: Some(place),
            asked: Some(asked),
            ..Seen::of(
                declared
                    .map_or(Ty::Wrong, |parameter| Ty::of_field(&parameter.ty, Owner::Header(usize::MAX))),
            )
        }
    }

    pub(super) fn unknown_field(
        &mut self,
        name: &str,
        of: Text,
        suggestion: Option<String>,
        position: Position,
    ) -> Seen {
        self.report(position, &RuleProblem::UnknownField { name: name.to_string(), of, suggestion });
        Seen::wrong()
    }

    /// What is known when a condition holds, and when it does not.
    pub(super) fn condition(&mut self, expr: &Expr) -> (Facts, Facts) {
        let ended = self.flow.ended;
        let facts = self.frozen(|checker| checker.condition_facts(expr));
        // What ends behind `&&` or `||` does not always end.
        if matches!(expr, Expr::And(..) | Expr::Or(..)) {
            self.flow.ended = ended;
        }
        facts
    }

    fn condition_facts(&mut self, expr: &Expr) -> (Facts, Facts) {
        match expr {
            Expr::And(items, _) => {
                let before = self.flow.known.clone();
                let mut all = Facts::new();
                for item in items.iter() {
                    let (when_true, _) = self.condition(item);
                    self.flow.known.extend(when_true.iter().cloned());
                    all.extend(when_true);
                }
                self.flow.known = before;
                (all, Facts::new())
            }
            Expr::Or(items, _) => {
                let before = self.flow.known.clone();
                let mut none = Facts::new();
                let mut any: Option<Facts> = None;
                for item in items.iter() {
                    let (mut when_true, when_false) = self.condition(item);
                    when_true.extend(none.iter().cloned());
                    any = Some(match any {
                        None => when_true,
                        Some(any) => any.intersection(&when_true).cloned().collect(),
                    });
                    self.flow.known.extend(when_false.iter().cloned());
                    none.extend(when_false);
                }
                self.flow.known = before;
                (any.unwrap_or_default(), none)
            }
            Expr::FnCall(call, _) if call.name == "!" && call.args.len() == 1 => {
                let (when_true, when_false) = self.condition(&call.args[0]);
                (when_false, when_true)
            }
            Expr::FnCall(call, _) if matches!(call.name.as_str(), "==" | "!=") && call.args.len() == 2 => {
                let equal = call.name == "==";
                match (&call.args[0], &call.args[1]) {
                    (Expr::Unit(_), asked) | (asked, Expr::Unit(_)) => {
                        let filled = self.asks_for(asked);
                        if equal { (Facts::new(), filled) } else { (filled, Facts::new()) }
                    }
                    _ => {
                        self.expr(expr);
                        (Facts::new(), Facts::new())
                    }
                }
            }
            Expr::FnCall(call, _)
                if matches!(call.name.as_str(), "present" | "已填") && call.args.len() == 1 =>
            {
                (self.asks_for(&call.args[0]), Facts::new())
            }
            _ => {
                let seen = self.present(expr);
                if !matches!(seen.ty, Ty::Bool | Ty::Wrong) {
                    self.report(expr.start_position(), &RuleProblem::NotBoolean { found: seen.ty.label() });
                }
                (Facts::new(), Facts::new())
            }
        }
    }

    /// The script asks whether something is empty; the facts that hold if it is not.
    pub(super) fn asks_for(&mut self, expr: &Expr) -> Facts {
        let seen = self.expr(expr);
        let known = seen.place.as_ref().is_some_and(|place| self.flow.known.contains(place));
        match (&seen.asked, &seen.place) {
            (Some(asked), _) => {
                self.asks.insert(asked.clone());
            }
            _ if seen.ty == Ty::Wrong || seen.optional || known => {}
            _ => {
                let name = self.source_of(expr);
                self.report(expr.start_position(), &RuleProblem::NeverEmpty { name });
            }
        }
        seen.place.into_iter().collect()
    }

    /// An expression as written, for messages about things without a name: `first()`, `数量 + 1`, `first(…)`.
    pub(super) fn source_of(&self, expr: &Expr) -> String {
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

/// The field probably meant, by names that scripts can write.
pub(super) fn suggest(fields: &[Field], name: &str) -> Option<String> {
    did_you_mean(name, fields.iter().flat_map(identifiers)).map(str::to_string)
}
