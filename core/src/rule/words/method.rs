//! Chains of dots in words: fields of records, verbs on tables, functions, and what a rule says.

use rhai::Expr;

use super::{Phrase, StepKind, Teller, Tie};
use crate::rule::chain::{Link, flattened, name_of};
use crate::script::names::{Meaning, PARAMS};

/// The verb by which a rule speaks.
pub(super) fn verb(name: &str) -> Option<StepKind> {
    match name {
        "fail" | "不符合" => Some(StepKind::Fail),
        "undecided" | "无法判定" => Some(StepKind::Undecided),
        "skip" | "不适用" => Some(StepKind::Skip),
        _ => None,
    }
}

/// Whether a text behind a verb is the name of a field.
fn takes_field(verb: &str) -> bool {
    matches!(
        verb,
        "sum"
            | "合计"
            | "min"
            | "最小"
            | "max"
            | "最大"
            | "group_by"
            | "分组"
            | "duplicates"
            | "重复"
            | "alike"
            | "相近"
    )
}

/// Whether a verb asks of each record yes or no, and not for a value.
fn is_test(verb: &str) -> bool {
    matches!(
        verb,
        "count" | "条数" | "filter" | "筛选" | "find" | "查找" | "any" | "存在" | "all" | "全部满足"
    )
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
    pub(super) fn chain(&self, whole: &Expr) -> Phrase {
        let (base, links) = flattened(whole);
        let of_record = match base {
            Expr::Variable(parts, ..) => self.whose.last().is_some_and(|own| *own == *parts.1),
            _ => false,
        };
        let mut links = links.into_iter().peekable();
        let mut phrase = match base {
            Expr::Variable(parts, ..) if self.rule.names.get(&parts.1) == Some(Meaning::Params) => {
                match links.next().as_ref().and_then(name_of) {
                    Some(name) => Phrase::word(self.parameter(name)),
                    None => self.phrase(base),
                }
            }
            // What a closure looks at is called “its”: of which record goes without saying.
            Expr::Variable(..) if of_record => match links.next_if(|link| name_of(link).is_some()) {
                Some(link) => {
                    let name = self.property(name_of(&link).unwrap_or_default());
                    Phrase::word(self.say(format!("其{name}"), format!("its {name}")))
                }
                None => self.phrase(base),
            },
            _ => self.phrase(base),
        };
        while let Some(link) = links.next() {
            let parameter = name_of(&link)
                .filter(|name| PARAMS.contains(name))
                .and_then(|_| links.next_if(|next| name_of(next).is_some()));
            phrase = match parameter.as_ref().and_then(name_of) {
                Some(name) => self.of(phrase, self.parameter(name)),
                None => self.link(phrase, link),
            };
        }
        phrase
    }

    fn of(&self, base: Phrase, what: String) -> Phrase {
        let base = base.within(Tie::Word);
        Phrase::word(self.say(format!("{base}的{what}"), format!("{what} of {base}")))
    }

    fn link(&self, base: Phrase, link: Link<'_>) -> Phrase {
        match link {
            Link::Dot(Expr::MethodCall(call, _)) => self.method(base, &call.name, &call.args),
            Link::Index(Expr::IntegerConstant(number, _)) => {
                let at = number + 1;
                self.of(base, self.say(format!("第{at}项"), format!("item {at}")))
            }
            ref named if name_of(named).is_some() => {
                let name = self.property(name_of(named).unwrap_or_default());
                self.of(base, name)
            }
            Link::Index(at) => {
                let at = self.value(at);
                self.of(base, self.say(format!("第（{at}＋1）项"), format!("item ({at} + 1)")))
            }
            Link::Dot(other) => self.of(base, self.value(other)),
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
        let seen = args.first().map(|arg| self.seen(name, arg)).unwrap_or_default();
        let words = match (name, args.len()) {
            ("len" | "count" | "条数", 0) => {
                self.say(format!("{all}的条数"), format!("the number of records of {all}"))
            }
            ("count" | "条数", _) => self.say(
                format!("{all}里满足（{seen}）的条数"),
                format!("the number of records of {all} for which ({seen})"),
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
    fn seen(&self, verb: &str, arg: &Expr) -> String {
        let Some((name, body)) = self.closure(arg) else {
            return match arg {
                Expr::StringConstant(field, _) if takes_field(verb) => self.quoted(&self.property(field)),
                other => self.value(other),
            };
        };
        let mut whose = self.whose.clone();
        whose.push(name.to_string());
        let inner = Teller { whose, depth: 0, steps: Vec::new(), ..*self };
        match body {
            [rhai::Stmt::Expr(one)] if is_test(verb) => inner.test(one),
            [rhai::Stmt::Expr(one)] => inner.value(one),
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
