//! Chains of dots in words: fields of records, verbs on tables, functions, and what a rule says.

use rhai::{ASTFlags, BinaryExpr, Expr};

use super::{Phrase, StepKind, Teller, Tie};
use crate::script::names::Meaning;

/// The verb by which a rule speaks.
pub(super) fn verb(name: &str) -> Option<StepKind> {
    match name {
        "fail" | "不符合" => Some(StepKind::Fail),
        "undecided" | "无法判定" => Some(StepKind::Undecided),
        "skip" | "不适用" => Some(StepKind::Skip),
        _ => None,
    }
}

impl Teller<'_> {
    /// What a rule says, with where it points.
    pub(super) fn spoken(&self, kind: StepKind, args: &[Expr]) -> String {
        let (message, at) = match args.split_last() {
            Some((message, at)) => (self.message(message), at),
            None => (String::new(), args),
        };
        match kind {
            StepKind::Undecided => {
                self.say(format!("无法判定：{message}"), format!("Cannot decide: {message}"))
            }
            StepKind::Skip => match at {
                [whose] => {
                    let whose = self.value(whose);
                    self.say(
                        format!("对“{whose}”不适用：{message}"),
                        format!("Does not apply to {whose}: {message}"),
                    )
                }
                _ => self.say(format!("不适用：{message}"), format!("Does not apply: {message}")),
            },
            StepKind::Plain | StepKind::Fail => match at {
                [] => self.say(format!("不符合：{message}"), format!("Fails: {message}")),
                [one] => {
                    let at = self.place(one);
                    self.say(format!("不符合，指向{at}：{message}"), format!("Fails at {at}: {message}"))
                }
                [on, field, ..] => {
                    let (on, field) = (self.value(on), self.place(field));
                    self.say(
                        format!("不符合，指向“{on}”的{field}：{message}"),
                        format!("Fails at {field} of {on}: {message}"),
                    )
                }
            },
        }
    }

    fn place(&self, expr: &Expr) -> String {
        match expr {
            Expr::StringConstant(name, _) => {
                let labels: Vec<String> = name.split('.').map(|part| self.property(part)).collect();
                self.quoted(&labels.join("."))
            }
            other => self.quoted(&self.value(other)),
        }
    }

    /// A message in the language at hand, as it will be read.
    fn message(&self, expr: &Expr) -> String {
        match expr {
            Expr::FnCall(call, _) if matches!(call.name.as_str(), "zh_en" | "双语") => {
                let at = usize::from(self.lang == crate::text::Lang::En);
                call.args.get(at).map(|words| self.message(words)).unwrap_or_default()
            }
            Expr::StringConstant(text, _) => text.to_string(),
            Expr::InterpolatedString(parts, _) => self.filled_in(parts),
            other => self.value(other),
        }
    }

    /// `base.name.verb(…)[0]`
    pub(super) fn chain(&self, whole: &Expr, link: &BinaryExpr) -> Phrase {
        let own = match &link.lhs {
            Expr::Variable(parts, ..) => self.whose.last().is_some_and(|own| *own == *parts.1),
            _ => false,
        };
        let params = match &link.lhs {
            Expr::Variable(parts, ..) => self.rule.names.get(&parts.1) == Some(Meaning::Params),
            _ => false,
        };
        let index = matches!(whole, Expr::Index(..));
        if params && let Some(name) = named(&link.rhs) {
            return Phrase::word(self.parameter(name));
        }
        let base = if own { None } else { Some(self.phrase(&link.lhs)) };
        self.links(base, &link.rhs, index, ends(whole))
    }

    fn links(&self, base: Option<Phrase>, rhs: &Expr, index: bool, ends: bool) -> Phrase {
        let next = match rhs {
            Expr::Dot(link, flags, _) if !ends => Some((link, false, flags.intersects(ASTFlags::BREAK))),
            Expr::Index(link, flags, _) if !ends => Some((link, true, flags.intersects(ASTFlags::BREAK))),
            _ => None,
        };
        match next {
            Some((link, next_index, ends)) => {
                let middle = self.link(base, &link.lhs, index);
                self.links(Some(middle), &link.rhs, next_index, ends)
            }
            None => self.link(base, rhs, index),
        }
    }

    fn link(&self, base: Option<Phrase>, rhs: &Expr, index: bool) -> Phrase {
        let of = |teller: &Self, base: Option<Phrase>, what: String| match base
            .map(|base| base.within(Tie::Word))
        {
            None => what,
            Some(base) => teller.say(format!("{base}的{what}"), format!("{what} of {base}")),
        };
        match rhs {
            Expr::Property(parts, _) => Phrase::word(of(self, base, self.property(&parts.2))),
            Expr::StringConstant(name, _) if index => Phrase::word(of(self, base, self.property(name))),
            Expr::MethodCall(call, _) => {
                let base = base.unwrap_or_else(|| Phrase::word(self.say("该条", "it")));
                self.method(base, &call.name, &call.args)
            }
            other if index => {
                let at = match other {
                    Expr::IntegerConstant(number, _) => (number + 1).to_string(),
                    other => self
                        .say(format!("（{}＋1）", self.value(other)), format!("({} + 1)", self.value(other))),
                };
                Phrase::word(of(self, base, self.say(format!("第{at}项"), format!("item {at}"))))
            }
            other => Phrase::word(of(self, base, self.value(other))),
        }
    }

    fn parameter(&self, name: &str) -> String {
        let parameters = &self.book.schema.parameters;
        let declared = parameters.key(name).and_then(|key| parameters.declaration(key));
        let label = declared.map_or_else(|| name.to_string(), |parameter| self.label(&parameter.label));
        self.say(format!("参数“{label}”"), format!("the parameter “{label}”"))
    }

    fn method(&self, base: Phrase, name: &str, args: &[Expr]) -> Phrase {
        let all = base.within(Tie::Word);
        let seen = args.first().map(|arg| self.seen(arg)).unwrap_or_default();
        let words = match (name, args.len()) {
            ("len" | "count" | "条数", 0) => {
                self.say(format!("{all}的条数"), format!("the number of {all}"))
            }
            ("count" | "条数", _) => self.say(
                format!("{all}里满足（{seen}）的条数"),
                format!("the number of {all} for which ({seen})"),
            ),
            ("first" | "第一条", _) => self.say(format!("{all}的第一条"), format!("the first of {all}")),
            ("filter" | "筛选", _) => {
                self.say(format!("{all}里满足（{seen}）的各条"), format!("those of {all} for which ({seen})"))
            }
            ("find" | "查找", _) => self.say(
                format!("{all}里第一条满足（{seen}）的"),
                format!("the first of {all} for which ({seen})"),
            ),
            ("sum" | "合计", 1) => {
                self.say(format!("{all}的{seen}合计"), format!("the sum of {seen} of {all}"))
            }
            ("min" | "最小", 1) => {
                self.say(format!("{all}里{seen}最小的"), format!("the least {seen} of {all}"))
            }
            ("max" | "最大", 1) => {
                self.say(format!("{all}里{seen}最大的"), format!("the greatest {seen} of {all}"))
            }
            ("group_by" | "分组", 1) => {
                self.say(format!("{all}按{seen}分成的各组"), format!("the groups of {all} by {seen}"))
            }
            ("duplicates" | "重复", 1) => self.say(
                format!("{all}里{seen}相同的各组"),
                format!("the groups of {all} that have {seen} in common"),
            ),
            ("alike" | "相近", 2) => {
                let share = self.value(&args[1]);
                self.say(
                    format!("{all}里{seen}相近（程度 {share}）的各组"),
                    format!("the groups of {all} whose {seen} are alike (by {share})"),
                )
            }
            ("submission" | "报送", 0) => {
                self.say(format!("{all}所在的报送"), format!("the submission of {all}"))
            }
            _ => return self.statement_on(&all, name, args, &seen),
        };
        Phrase::word(words)
    }

    /// Methods that say something of their receiver, and native functions called as methods.
    fn statement_on(&self, all: &str, name: &str, args: &[Expr], seen: &str) -> Phrase {
        let statement = match name {
            "is_empty" | "没有记录" | "没有内容" => {
                self.say(format!("{all}一条也没有"), format!("there are no {all}"))
            }
            "any" | "存在" => self.say(
                format!("{all}里有满足（{seen}）的"),
                format!("there is one of {all} for which ({seen})"),
            ),
            "all" | "全部满足" => {
                self.say(format!("{all}里每一条都满足（{seen}）"), format!("for each of {all}: ({seen})"))
            }
            "contains" | "包含" => self.say(format!("{all}里有{seen}"), format!("{all} holds {seen}")),
            "starts_with" | "开头是" => {
                self.say(format!("{all}以{seen}开头"), format!("{all} begins with {seen}"))
            }
            "ends_with" | "结尾是" => {
                self.say(format!("{all}以{seen}结尾"), format!("{all} ends with {seen}"))
            }
            _ => {
                let mut words = vec![all.to_string()];
                words.extend(args.iter().map(|arg| self.value(arg)));
                return self.applied(name, &words);
            }
        };
        Phrase::compare(statement)
    }

    /// What a verb looks at: a field by its name, or what a closure says of each record.
    fn seen(&self, arg: &Expr) -> String {
        let Some((name, body)) = self.closure(arg) else {
            return match arg {
                Expr::StringConstant(field, _) => self.quoted(&self.property(field)),
                other => self.value(other),
            };
        };
        let mut whose = self.whose.clone();
        whose.push(name.to_string());
        let inner = Teller { whose, depth: 0, steps: Vec::new(), ..*self };
        match body {
            [rhai::Stmt::Expr(one)] => inner.test(one),
            all => format!("（{}）", inner.in_one_line(all)),
        }
    }

    pub(super) fn native(&self, name: &str, args: &[Expr]) -> Phrase {
        match (name, args) {
            ("contains" | "包含" | "starts_with" | "开头是" | "ends_with" | "结尾是", [text, part]) => {
                self.statement_on(&self.phrase(text).within(Tie::Word), name, &[], &self.value(part))
            }
            _ => self.applied(name, &args.iter().map(|arg| self.value(arg)).collect::<Vec<_>>()),
        }
    }

    fn applied(&self, name: &str, args: &[String]) -> Phrase {
        let native = self.book.natives.get(name, args.len());
        let name = native.map_or_else(|| name.to_string(), |native| self.say(native.name_zh, native.name));
        Phrase::word(
            self.say(format!("{name}（{}）", args.join("，")), format!("{name}({})", args.join(", "))),
        )
    }
}

fn named(rhs: &Expr) -> Option<&str> {
    match rhs {
        Expr::Property(parts, _) => Some(&parts.2),
        Expr::StringConstant(name, _) => Some(name),
        _ => None,
    }
}

/// Whether a chain's right side is one link, though it looks like a chain: `(a.b).c` as against `a.(b.c)`.
fn ends(expr: &Expr) -> bool {
    match expr {
        Expr::Dot(_, flags, _) | Expr::Index(_, flags, _) => flags.intersects(ASTFlags::BREAK),
        _ => false,
    }
}
