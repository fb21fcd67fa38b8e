//! Verbs on tables, lists, records and findings, and the closures they take.

use rhai::{Expr, FnCallExpr, Position};

use super::ty::{Seen, Ty};
use super::{Checker, RuleProblem};
use crate::rule::closure::closure;
use crate::schema::find_field;
use crate::script::handles::{Owner, TableId};
use crate::text::{Text, did_you_mean};

/// Verbs on tables: English name, Chinese name, what they take, what they answer.
const TABLE_VERBS: [(&str, &str, Takes, Answers); 14] = [
    ("len", "条数", Takes::Nothing, Answers::Int),
    ("count", "条数", Takes::TestOrNothing, Answers::Int),
    ("is_empty", "没有记录", Takes::Nothing, Answers::Bool),
    ("first", "第一条", Takes::Nothing, Answers::MaybeRecord),
    ("filter", "筛选", Takes::Test, Answers::Rows),
    ("find", "查找", Takes::Test, Answers::MaybeRecord),
    ("any", "存在", Takes::Test, Answers::Bool),
    ("all", "全部满足", Takes::Test, Answers::Bool),
    ("sum", "合计", Takes::Lens, Answers::Number),
    ("min", "最小", Takes::Lens, Answers::MaybeValue),
    ("max", "最大", Takes::Lens, Answers::MaybeValue),
    ("group_by", "分组", Takes::Lens, Answers::Groups),
    ("duplicates", "重复", Takes::Lens, Answers::Groups),
    ("alike", "相近", Takes::LensAndShare, Answers::Groups),
];

#[derive(Clone, Copy, PartialEq, Eq)]
enum Takes {
    Nothing,
    /// A closure that answers yes or no.
    Test,
    TestOrNothing,
    /// A field's name, or a closure that answers a value.
    Lens,
    /// The same, and how much of it must be alike: a number above 0 and at most 1.
    LensAndShare,
}

#[derive(Clone, Copy)]
enum Answers {
    Int,
    Bool,
    Number,
    Rows,
    MaybeRecord,
    MaybeValue,
    Groups,
}

impl Checker<'_> {
    /// `base.name(args)`
    pub(super) fn method(&mut self, base: Seen, call: &FnCallExpr, position: Position) -> Seen {
        let name = call.name.as_str();
        let args = &call.args[..];
        match (&base.ty, name) {
            (Ty::Wrong, _) => {
                for arg in args.iter().filter(|arg| !matches!(arg, Expr::DynamicConstant(..) | Expr::Stmt(_)))
                {
                    self.expr(arg);
                }
                Seen::wrong()
            }
            (Ty::Rows(table), _) => self.table_verb(*table, name, args, position),
            (Ty::List(_), "is_empty" | "没有内容") => {
                self.arity(name, "0", args, args.is_empty(), position);
                Seen::of(Ty::Bool)
            }
            (Ty::List(item), "contains" | "包含") => {
                let item = (**item).clone();
                if self.arity(name, "1", args, args.len() == 1, position) {
                    let one = self.present(&args[0]);
                    self.item_of_list(&item, &one, args[0].start_position(), &[]);
                }
                Seen::of(Ty::Bool)
            }
            (Ty::Record(_), "submission" | "报送") => {
                self.arity(name, "0", args, args.is_empty(), position);
                Seen {
                    name: base.name.clone(),
                    place: base.place.map(|place| format!("{place}.submission")),
                    ..Seen::of(Ty::Submission)
                }
            }
            (Ty::Finding, "expected" | "应为" | "found" | "实有") => {
                if self.arity(name, "1", args, args.len() == 1, position) {
                    self.figure(name, &args[0]);
                }
                Seen::of(Ty::Finding)
            }
            (Ty::Finding, "withheld" | "不重复") => {
                self.arity(name, "0", args, args.is_empty(), position);
                Seen::of(Ty::Finding)
            }
            (
                Ty::Group(..) | Ty::Record(_) | Ty::Submission | Ty::Params | Ty::Finding | Ty::Object(_),
                _,
            ) => {
                let of = base.ty.label();
                self.report(
                    position,
                    &RuleProblem::UnknownMethod { name: name.to_string(), of, suggestion: None },
                );
                Seen::wrong()
            }
            _ => self.native(name, Some(base), args, position),
        }
    }

    /// What was found or expected: a value, and no message, which would be dropped.
    fn figure(&mut self, name: &str, arg: &Expr) {
        let seen = self.present(arg);
        if !seen.ty.is_value() {
            let problem = RuleProblem::WrongArgument {
                name: name.to_string(),
                position: 1,
                expected: Text::new("一个值", "a value"),
                found: seen.ty.label(),
            };
            self.report(arg.start_position(), &problem);
        }
    }

    fn table_verb(&mut self, table: TableId, name: &str, args: &[Expr], position: Position) -> Seen {
        let verb = TABLE_VERBS
            .iter()
            .filter(|(en, zh, ..)| name == *en || name == *zh)
            .find(|(_, _, takes, _)| args.is_empty() == (*takes == Takes::Nothing))
            .or_else(|| TABLE_VERBS.iter().find(|(en, zh, ..)| name == *en || name == *zh));
        let Some((_, _, takes, answers)) = verb else {
            let known = TABLE_VERBS.iter().flat_map(|(en, zh, ..)| [*en, *zh]);
            let suggestion = did_you_mean(name, known).map(str::to_string);
            let of = Ty::Rows(table).label();
            self.report(position, &RuleProblem::UnknownMethod { name: name.to_string(), of, suggestion });
            return Seen::wrong();
        };
        let looked = match (takes, args) {
            (Takes::Nothing | Takes::TestOrNothing, []) => Seen::wrong(),
            (Takes::Test | Takes::TestOrNothing, [test]) => {
                let seen = self.look(name, table, test);
                if seen.optional {
                    self.report(test.start_position(), &RuleProblem::MayBeEmpty { name: seen.name.clone() });
                } else if !matches!(seen.ty, Ty::Bool | Ty::Wrong) {
                    self.report(test.start_position(), &RuleProblem::NotBoolean { found: seen.ty.label() });
                }
                seen
            }
            (Takes::Lens, [Expr::StringConstant(field, at)]) => self.lens_field(table, field, *at),
            (Takes::Lens, [lens]) => self.look(name, table, lens),
            (Takes::LensAndShare, [lens, share]) => {
                let seen = self.present(share);
                if !seen.ty.is_number() && seen.ty != Ty::Wrong {
                    let problem = RuleProblem::WrongArgument {
                        name: name.to_string(),
                        position: 2,
                        expected: Text::new("数", "a number"),
                        found: seen.ty.label(),
                    };
                    self.report(share.start_position(), &problem);
                }
                match lens {
                    Expr::StringConstant(field, at) => self.lens_field(table, field, *at),
                    lens => self.look(name, table, lens),
                }
            }
            _ => {
                let expected = match takes {
                    Takes::Nothing => "0",
                    Takes::LensAndShare => "2",
                    Takes::Test | Takes::TestOrNothing | Takes::Lens => "1",
                };
                self.arity(name, expected, args, false, position);
                Seen::wrong()
            }
        };
        match answers {
            Answers::Int => Seen::of(Ty::Int),
            Answers::Bool => Seen::of(Ty::Bool),
            Answers::Rows => Seen::of(Ty::Rows(table)),
            Answers::MaybeRecord => Seen::of(Ty::Record(table)).optional(),
            Answers::Number => {
                if !looked.ty.is_number() && looked.ty != Ty::Wrong {
                    let problem =
                        RuleProblem::NotANumber { operator: name.to_string(), found: looked.ty.label() };
                    self.report(position, &problem);
                }
                Seen { unit: looked.unit, ..Seen::of(looked.ty) }
            }
            Answers::MaybeValue => {
                if !matches!(looked.ty, Ty::Int | Ty::Dec | Ty::Date | Ty::Wrong) {
                    self.report(position, &RuleProblem::NoOrder { ty: looked.ty.label() });
                }
                Seen { unit: looked.unit, ..Seen::of(looked.ty).optional() }
            }
            Answers::Groups if !looked.ty.is_value() => {
                let problem = RuleProblem::WrongArgument {
                    name: name.to_string(),
                    position: 1,
                    expected: Text::new("记录的一个值", "a value of a record"),
                    found: looked.ty.label(),
                };
                self.report(args.first().map_or(position, Expr::start_position), &problem);
                Seen::wrong()
            }
            Answers::Groups => Seen::of(Ty::List(Box::new(Ty::Group(table, Box::new(looked.ty))))),
        }
    }

    /// A field named in quotes, such as in `sum("amount_wan")`.
    fn lens_field(&mut self, table: TableId, name: &str, at: Position) -> Seen {
        let schema = self.table(table);
        match find_field(&schema.fields, name) {
            Some(field) => {
                self.reads.fields.insert((table, field));
                let field_schema = &self.table(table).fields[field];
                let private = field_schema.private.then(|| field_schema.label.zh.clone());
                let seen = Seen {
                    unit: field_schema.unit.clone(),
                    ..Seen::of(Ty::of_field(&field_schema.ty, Owner::Field(table, field)))
                };
                if let Some(name) = private {
                    self.report(at, &RuleProblem::Private { name });
                }
                seen
            }
            None => {
                let (label, suggestion) = (schema.label.clone(), super::field::suggest(&schema.fields, name));
                self.unknown_field(name, label, suggestion, at)
            }
        }
    }

    /// What a closure answers for a record of `table`.
    fn look(&mut self, verb: &str, table: TableId, expr: &Expr) -> Seen {
        let Some((name, captured)) = closure(expr) else {
            self.expr(expr);
            self.report(expr.start_position(), &RuleProblem::ClosureExpected { name: verb.to_string() });
            return Seen::wrong();
        };
        let closures = self.closures;
        let Some(definition) = closures.get(&name) else { return Seen::wrong() };
        let own = &definition.params[captured.min(definition.params.len())..];
        if own.len() != 1 {
            let what = Text::new("|条| 里应恰好有一个名称", "the closure should take exactly one name");
            self.report(expr.start_position(), &RuleProblem::BadLiteral { what });
            return Seen::wrong();
        }
        let (known, ended) = (self.flow.known.clone(), self.flow.ended);
        let mark = self.flow.enter();
        self.declare(&own[0], expr.start_position(), Ty::Record(table), false);
        self.flow.ended = false;
        let frozen = std::mem::replace(&mut self.flow.frozen, mark);
        let outer = self.returns.replace(Vec::new());
        let last = self.statements(&definition.body);
        let returned = std::mem::replace(&mut self.returns, outer).unwrap_or_default();
        self.flow.frozen = frozen;
        self.flow.leave(mark);
        // What stands last counts only if the end is reached.
        let last = (!self.flow.ended).then_some(last);
        (self.flow.known, self.flow.ended) = (known, ended);
        let seen = returned.into_iter().chain(last).reduce(Seen::or);
        seen.unwrap_or_else(Seen::wrong)
    }
}
