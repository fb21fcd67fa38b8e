//! All native functions of a rulebook, found by either name.

use std::collections::BTreeMap;

use super::{Native, Type};

/// The native functions rules may call, by name. Several may share a name if their parameters differ in number.
#[derive(Debug, Clone, Default)]
pub struct Registry {
    natives: Vec<Native>,
    by_name: BTreeMap<&'static str, Vec<usize>>,
}

impl Registry {
    /// A registry of these functions. Of two with one name and the same number of parameters the later wins.
    pub fn new(natives: impl IntoIterator<Item = Native>) -> Self {
        let mut registry = Self::default();
        for native in natives {
            let at = registry.natives.len();
            registry.natives.push(native);
            for name in [native.name, native.name_zh] {
                let entries = registry.by_name.entry(name).or_default();
                entries.retain(|&other| registry.natives[other].params.len() != native.params.len());
                entries.push(at);
            }
        }
        registry
    }

    /// The function of this name with this many parameters.
    pub fn get(&self, name: &str, params: usize) -> Option<&Native> {
        self.named(name).find(|native| native.params.len() == params)
    }

    /// All functions of this name.
    pub fn named<'a>(&'a self, name: &str) -> impl Iterator<Item = &'a Native> + use<'a> {
        self.by_name.get(name).into_iter().flatten().map(|&at| &self.natives[at])
    }

    /// All names, for suggestions.
    pub fn names(&self) -> impl Iterator<Item = &'static str> {
        self.by_name.keys().copied()
    }

    /// All functions, in the order of declaration.
    pub fn iter(&self) -> impl Iterator<Item = &Native> {
        self.natives.iter()
    }
}

impl Type {
    /// What people call such a value.
    pub fn label(self) -> crate::text::Text {
        use crate::text::Text;
        match self {
            Self::Text => Text::new("文本", "text"),
            Self::Integer => Text::new("整数", "a whole number"),
            Self::Decimal => Text::new("小数", "a decimal"),
            Self::Number => Text::new("数", "a number"),
            Self::Date => Text::new("日期", "a date"),
            Self::Boolean => Text::new("是或否", "yes or no"),
            Self::TextList => Text::new("若干文本", "a list of texts"),
            Self::DecimalList => Text::new("若干小数", "a list of decimals"),
            Self::IntegerList => Text::new("若干整数", "a list of whole numbers"),
            Self::AnyList => Text::new("列表", "a list"),
        }
    }
}
