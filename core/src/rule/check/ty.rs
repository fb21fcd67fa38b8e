//! The types of the checker.

use crate::native;
use crate::rule::Asked;
use crate::schema::FieldType;
use crate::script::handles::{Owner, TableId};
use crate::text::Text;

/// What an expression is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Ty {
    /// Wrong, and reported already: nothing more is said of it.
    Wrong,
    /// Now of one type, now of another: it cannot be compared with anything.
    Mixed,
    /// `()`.
    Unit,
    Bool,
    Int,
    Dec,
    /// Text; of a fixed vocabulary where known.
    Text(Option<Vec<String>>),
    Date,
    List(Box<Ty>),
    Object(Owner),
    Record(TableId),
    Rows(TableId),
    Group(TableId, Box<Ty>),
    Submission,
    Params,
    Message,
    Finding,
    Range,
}

/// A checked expression.
#[derive(Debug, Clone)]
pub(super) struct Seen {
    pub(super) ty: Ty,
    /// Whether it may be `()` here.
    pub(super) optional: bool,
    /// Its unit, where known.
    pub(super) unit: Option<String>,
    /// What it is called in messages: as written.
    pub(super) name: String,
    /// The place it stands for, by which the flow knows whether it was asked for.
    pub(super) place: Option<String>,
    /// What asking it for emptiness means, where it is a cell that is required.
    pub(super) asked: Option<Asked>,
    /// The text, if it is a literal one.
    pub(super) literal: Option<String>,
}

impl Seen {
    pub(super) fn of(ty: Ty) -> Self {
        Self { ty, optional: false, unit: None, name: String::new(), place: None, asked: None, literal: None }
    }

    pub(super) fn wrong() -> Self {
        Self::of(Ty::Wrong)
    }

    /// Either this or another, as the branches of a choice give it: as empty as the emptier of the two.
    pub(super) fn or(self, other: Self) -> Self {
        let optional = self.optional || other.optional || (self.ty == Ty::Unit) != (other.ty == Ty::Unit);
        let unit = match (self.unit, other.unit) {
            (Some(a), Some(b)) => (a == b).then_some(a),
            (a, b) => a.or(b),
        };
        let words = |ty: &Ty, literal: &Option<String>| match (ty, literal) {
            (_, Some(word)) => Some(vec![word.clone()]),
            (Ty::Text(words), None) => words.clone(),
            _ => None,
        };
        let ty = match (words(&self.ty, &self.literal), words(&other.ty, &other.literal)) {
            (Some(mut words), Some(more)) => {
                words.extend(more.into_iter().filter(|word| !words.contains(word)).collect::<Vec<_>>());
                Ty::Text(Some(words))
            }
            _ => self.ty.join(other.ty),
        };
        Self { optional, unit, ..Self::of(ty) }
    }

    pub(super) fn optional(mut self) -> Self {
        self.optional = true;
        self
    }
}

impl Ty {
    pub(super) const TEXT: Self = Self::Text(None);

    /// The type of a field's value.
    pub(super) fn of_field(ty: &FieldType, owner: Owner) -> Self {
        match ty {
            FieldType::Text => Self::TEXT,
            FieldType::Term(terms) => Self::Text(Some(terms.iter().map(|term| term.value.clone()).collect())),
            FieldType::Integer(_) => Self::Int,
            FieldType::Decimal => Self::Dec,
            FieldType::Date => Self::Date,
            FieldType::Boolean => Self::Bool,
            FieldType::List(item) => Self::List(Box::new(Self::of_field(item, owner))),
            FieldType::Object(_) => Self::Object(owner),
        }
    }

    /// The type of a native function's answer.
    pub(super) fn of_native(ty: native::Type) -> Self {
        match ty {
            native::Type::Text => Self::TEXT,
            native::Type::Integer => Self::Int,
            native::Type::Decimal | native::Type::Number => Self::Dec,
            native::Type::Date => Self::Date,
            native::Type::Boolean => Self::Bool,
            native::Type::TextList | native::Type::AnyList => Self::List(Box::new(Self::TEXT)),
            native::Type::IntegerList => Self::List(Box::new(Self::Int)),
            native::Type::DecimalList => Self::List(Box::new(Self::Dec)),
        }
    }

    /// Whether a value of this type may be an argument of a native function.
    pub(super) fn fits(&self, ty: native::Type) -> bool {
        match (self, ty) {
            (Self::Wrong, _)
            | (Self::Text(_), native::Type::Text)
            | (Self::Int, native::Type::Integer | native::Type::Number)
            | (Self::Dec, native::Type::Decimal | native::Type::Number)
            | (Self::Date, native::Type::Date)
            | (Self::Bool, native::Type::Boolean)
            | (Self::List(_), native::Type::AnyList) => true,
            (Self::List(item), native::Type::TextList) => matches!(**item, Self::Text(_) | Self::Wrong),
            (Self::List(item), native::Type::IntegerList) => matches!(**item, Self::Int | Self::Wrong),
            (Self::List(item), native::Type::DecimalList) => matches!(**item, Self::Dec | Self::Wrong),
            _ => false,
        }
    }

    pub(super) fn is_number(&self) -> bool {
        matches!(self, Self::Int | Self::Dec)
    }

    /// Whether `==` between the two can ever be true.
    pub(super) fn comparable(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Wrong, _) | (_, Self::Wrong) => true,
            (Self::Text(_), Self::Text(_)) => true,
            (a, b) if a.is_number() && b.is_number() => true,
            (Self::Date, Self::Date) | (Self::Bool, Self::Bool) | (Self::Submission, Self::Submission) => {
                true
            }
            (Self::Record(a), Self::Record(b)) => a == b,
            _ => false,
        }
    }

    /// Whether it is a value that cells hold, and not a handle that only scripts hold.
    pub(super) fn is_value(&self) -> bool {
        match self {
            Self::Wrong | Self::Bool | Self::Int | Self::Dec | Self::Text(_) | Self::Date => true,
            Self::List(item) => item.is_value(),
            _ => false,
        }
    }

    /// The type that both branches of a choice have; `Mixed` where they have none.
    pub(super) fn join(self, other: Self) -> Self {
        match (self, other) {
            (a, b) if a == b => a,
            (Self::Wrong, _) | (_, Self::Wrong) => Self::Wrong,
            (Self::Text(_), Self::Text(_)) => Self::TEXT,
            (Self::Int, Self::Dec) | (Self::Dec, Self::Int) => Self::Dec,
            (Self::Unit, other) | (other, Self::Unit) => other,
            (Self::List(a), Self::List(b)) => match (*a, *b) {
                // An empty list is a list of whatever the other holds.
                (Self::Wrong, item) | (item, Self::Wrong) => Self::List(Box::new(item)),
                (a, b) => Self::List(Box::new(a.join(b))),
            },
            _ => Self::Mixed,
        }
    }

    /// What people call it.
    pub(super) fn label(&self) -> Text {
        match self {
            Self::Wrong => Text::new("有误的内容", "something wrong"),
            Self::Mixed => Text::new("时而这种、时而那种类型的值", "a value now of one type, now of another"),
            Self::Unit => Text::new("空", "nothing"),
            Self::Bool => Text::new("是或否", "yes or no"),
            Self::Int => Text::new("整数", "a whole number"),
            Self::Dec => Text::new("小数", "a decimal"),
            Self::Text(_) => Text::new("文本", "text"),
            Self::Date => Text::new("日期", "a date"),
            Self::List(item) => {
                let item = item.label();
                Text::new(format!("若干{}", item.zh), format!("a list of {}", item.en))
            }
            Self::Object(_) => Text::new("一组数据", "a group of values"),
            Self::Record(_) => Text::new("一条记录", "a record"),
            Self::Rows(_) => Text::new("表", "a table"),
            Self::Group(..) => Text::new("一组记录", "a group of records"),
            Self::Submission => Text::new("报送", "a submission"),
            Self::Params => Text::new("参数", "the parameters"),
            Self::Message => Text::new("双语文字", "a message"),
            Self::Finding => Text::new("问题", "a finding"),
            Self::Range => Text::new("区间", "a range"),
        }
    }
}
