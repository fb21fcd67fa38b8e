//! Native functions: declared once, used everywhere.
//!
//! A [`Native`] holds everything there is to know of a function: its names, its typed signature, its documentation,
//! its examples and its implementation on values. From it come the script binding, the type the checker sees, the
//! reference page, and — its examples run — a test.

mod code_list;
mod dates;
mod figures;
mod lists;
mod numbers;
mod region;
mod registry;
mod texts;
pub mod uscc;
mod uscc_natives;

use crate::schema::Schema;
use crate::text::Text;
use crate::value::{Date, Value};

pub use registry::Registry;

/// The type of a parameter or result.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Type {
    /// Text.
    Text,
    /// A whole number.
    Integer,
    /// An exact decimal.
    Decimal,
    /// A whole number or a decimal.
    Number,
    /// A calendar day.
    Date,
    /// Yes or no.
    Boolean,
    /// A list of texts.
    TextList,
    /// A list of whole numbers.
    IntegerList,
    /// A list of decimals.
    DecimalList,
    /// A list of anything.
    AnyList,
}

/// One parameter of a native function.
#[derive(Debug, Clone, Copy)]
pub struct Param {
    /// Its name, for documentation.
    pub name: &'static str,
    /// Its type. An empty cell never reaches a native function: the checker makes the author ask first.
    pub ty: Type,
}

/// What a native function is told beside its arguments.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// The schema, for code lists.
    pub schema: &'a Schema,
    /// The day taken for today.
    pub as_of: Date,
}

/// Why a native function could not answer: the rule breaks and its outcome is `error`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NativeError(pub Text);

/// The implementation of a native function: arguments have the declared types; `None` is an empty answer.
pub type Run = fn(&Context<'_>, &[Value]) -> Result<Option<Value>, NativeError>;

/// One native function.
#[derive(Debug, Clone, Copy)]
pub struct Native {
    /// Its English name.
    pub name: &'static str,
    /// Its Chinese name.
    pub name_zh: &'static str,
    /// Its parameters.
    pub params: &'static [Param],
    /// The type of its answer.
    pub returns: Type,
    /// Whether the answer may be empty, `()`, so that the checker makes the author ask.
    pub may_be_empty: bool,
    /// What it does, in Chinese.
    pub doc_zh: &'static str,
    /// What it does, in English.
    pub doc: &'static str,
    /// Script expressions that are true; they are documentation and tests.
    pub examples: &'static [&'static str],
    /// Its implementation.
    pub run: Run,
}

/// The functions of the core itself: dates, numbers, texts, lists, codes of national standards.
pub fn core_natives() -> Vec<Native> {
    [
        dates::NATIVES,
        numbers::NATIVES,
        texts::NATIVES,
        lists::NATIVES,
        code_list::NATIVES,
        region::NATIVES,
        uscc_natives::NATIVES,
    ]
    .concat()
}

/// Shorthands to take arguments apart. The binding has checked their types, so a mismatch is our own mistake and
/// says so.
pub mod arg {
    use super::{NativeError, Text, Value};
    use crate::value::{Date, Decimal, Str};

    fn mismatch<T>() -> Result<T, NativeError> {
        Err(NativeError(Text::new("参数类型与声明不符", "an argument is not of the declared type")))
    }

    /// The text at position `at`.
    pub fn text(args: &[Value], at: usize) -> Result<&Str, NativeError> {
        match args.get(at) {
            Some(Value::Text(text)) => Ok(text),
            _ => mismatch(),
        }
    }

    /// The whole number at position `at`.
    pub fn integer(args: &[Value], at: usize) -> Result<i64, NativeError> {
        match args.get(at) {
            Some(Value::Integer(n)) => Ok(*n),
            _ => mismatch(),
        }
    }

    /// The number at position `at`, whole or decimal.
    pub fn number(args: &[Value], at: usize) -> Result<Decimal, NativeError> {
        args.get(at).and_then(Value::as_decimal).map_or_else(mismatch, Ok)
    }

    /// The date at position `at`.
    pub fn date(args: &[Value], at: usize) -> Result<Date, NativeError> {
        match args.get(at) {
            Some(Value::Date(date)) => Ok(*date),
            _ => mismatch(),
        }
    }

    /// The list at position `at`.
    pub fn list(args: &[Value], at: usize) -> Result<&[Value], NativeError> {
        match args.get(at) {
            Some(Value::List(items)) => Ok(items),
            _ => mismatch(),
        }
    }
}
