//! Fields and their types.

use crate::text::Text;

/// One field of a header, a table or an object.
#[derive(Debug, Clone)]
pub struct Field {
    /// Its key, such as `grant_date`.
    pub key: String,
    /// Its label, such as 授权公告日.
    pub label: Text,
    /// The identifier by which scripts may call it, where the label itself is not one.
    pub script: Option<String>,
    /// Further headings understood.
    pub aliases: Vec<String>,
    /// What it holds.
    pub ty: FieldType,
    /// Its unit, such as 万元.
    pub unit: Option<String>,
    /// Whether a record without it is incomplete.
    pub required: bool,
    /// Whether it must never appear in any output.
    pub private: bool,
    /// Where the field comes from: a real form, a statute, or our own choice.
    pub origin: String,
}

impl Field {
    /// Every name it answers to: key, label, script name, aliases.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        [self.key.as_str(), self.label.zh.as_str()]
            .into_iter()
            .chain(self.script.as_deref())
            .chain(self.aliases.iter().map(String::as_str))
    }
}

/// What a field holds.
#[derive(Debug, Clone)]
pub enum FieldType {
    /// Any text.
    Text,
    /// One word of a fixed list.
    Term(Vec<Term>),
    /// A whole number; where the list is not empty, one of these.
    Integer(Vec<i64>),
    /// An exact decimal.
    Decimal,
    /// A calendar day; a time of day is read and dropped.
    Date,
    /// 是 or 否.
    Boolean,
    /// Several values of one type.
    List(Box<FieldType>),
    /// Named values.
    Object(Vec<Field>),
}

/// One word of a vocabulary.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// The word rules compare with.
    pub value: String,
    /// A second word understood in cells, such as 市州 for `city`.
    pub label: Option<String>,
}

impl FieldType {
    /// The fields of an object, or of the objects of a list; none for anything else.
    pub fn parts(&self) -> &[Field] {
        match self {
            Self::Object(fields) => fields,
            Self::List(item) => item.parts(),
            _ => &[],
        }
    }

    /// What people call such a value.
    pub fn label(&self) -> Text {
        match self {
            Self::Text => Text::new("文本", "text"),
            Self::Term(_) => Text::new("选项", "one of a list"),
            Self::Integer(_) => Text::new("整数", "a whole number"),
            Self::Decimal => Text::new("数", "a number"),
            Self::Date => Text::new("日期", "a date"),
            Self::Boolean => Text::new("是或否", "yes or no"),
            Self::List(item) => {
                let item = item.label();
                Text::new(format!("若干{}", item.zh), format!("a list of {}", item.en))
            }
            Self::Object(_) => Text::new("一组数据", "a group of values"),
        }
    }
}
