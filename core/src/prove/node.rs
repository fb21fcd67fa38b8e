//! What a record rule does, lowered: values, and steps that lead to silence, to a skip, or to something to say.

use rhai::Position;

use crate::native::Native;
use crate::script::handles::Owner;
use crate::text::Text;
use crate::value::Value;

/// A value for each record.
#[derive(Debug)]
pub(super) enum Node {
    /// The same for all; none is `()`.
    Const(Option<Value>),
    /// A field of the record.
    Field(usize),
    /// A field of the header.
    Header(usize),
    /// A parameter, by its key.
    Parameter(String),
    /// A variable of the script.
    Variable(usize),
    /// A named value of an object.
    Part { of: Box<Node>, owner: Owner, part: usize },
    /// Whether a value is `()`.
    IsBlank(Box<Node>),
    /// `==`, `<` and their like.
    Compare(Comparison, Box<Node>, Box<Node>),
    /// Arithmetic.
    Calculate(Operation, Box<Node>, Box<Node>),
    /// `-x`
    Negative(Box<Node>),
    /// `!x`
    Not(Box<Node>),
    /// `a && b`; what stands behind is looked at only where it matters.
    And(Vec<Node>),
    /// `a || b`
    Or(Vec<Node>),
    /// `a ?? b`
    Coalesce(Vec<Node>),
    /// `item in list`, or `text.contains(part)`: which of the two, the value tells.
    Contains { whole: Box<Node>, part: Box<Node> },
    /// Whether a list is empty.
    IsEmpty(Box<Node>),
    /// A native function.
    Call(Box<Call>),
    /// A list written out.
    List(Vec<Node>),
    /// A text put together.
    Text(Vec<Node>),
    /// `if a { b } else { c }` as a value.
    Choose { test: Box<Node>, then: Box<Node>, otherwise: Box<Node> },
    /// `switch` as a value.
    Switch(Box<Switch<Node>>),
    /// Steps, and the value of the last.
    Block(Vec<Step>, Box<Node>),
    /// A step that stands for a value, such as `x ?? undecided("…")`.
    Ends(Box<Step>),
    /// What is not lowered; the plan tells what it is.
    Unknown,
}

/// A native function, and what it is asked of.
#[derive(Debug)]
pub(super) struct Call {
    pub(super) native: Native,
    pub(super) args: Vec<Node>,
    /// What is asked, where the answer depends on nothing but a record's cells and what is the same for all: two rules
    /// that ask the same are answered once.
    pub(super) question: Option<String>,
}

impl Call {
    pub(super) fn new(native: Native, args: Vec<Node>) -> Self {
        let names: Option<Vec<String>> = args.iter().map(Node::name).collect();
        let question = names.map(|names| format!("{}({})", native.name, names.join(",")));
        Self { native, args, question }
    }
}

impl Node {
    /// A name for what depends on nothing but a record's cells and what is the same for all; one name, one value.
    fn name(&self) -> Option<String> {
        Some(match self {
            Self::Const(value) => format!("{value:?}"),
            Self::Field(at) => format!("field {at}"),
            Self::Header(at) => format!("header {at}"),
            Self::Parameter(key) => format!("parameter {key}"),
            Self::Call(call) => call.question.clone()?,
            _ => return None,
        })
    }
}

/// A step for those records that come to it.
#[derive(Debug)]
pub(super) enum Step {
    /// A choice.
    If { test: Node, then: Vec<Step>, otherwise: Vec<Step> },
    /// A choice by value.
    Switch(Box<Switch<Vec<Step>>>),
    /// A variable comes to be. Who reads it has come by here.
    Declare(usize, Node),
    /// A variable takes another value.
    Set(usize, Node),
    /// A variable is changed by a calculation.
    Change(usize, Operation, Node),
    /// Goes through a list.
    For { item: usize, counter: Option<usize>, list: Node, body: Vec<Step> },
    /// Goes through whole numbers, the last not among them.
    Count { item: usize, from: Node, to: Node, body: Vec<Step> },
    /// Leaves the loop.
    Break,
    /// Goes on with the next of the loop.
    Continue,
    /// The script ends in silence.
    Return,
    /// `fail` or `undecided`: the interpreter says it.
    Speak,
    /// `skip`, with what its reason reads.
    Skip(Vec<Node>),
    /// A value that nobody keeps: only whether it can be had matters.
    Look(Node),
    /// What is not lowered; the plan tells what it is.
    Unknown,
}

/// A choice by value.
#[derive(Debug)]
pub(super) struct Switch<T> {
    pub(super) subject: Node,
    /// The values of an arm, its condition, and what it comes to.
    pub(super) arms: Vec<(Vec<Value>, Option<Node>, T)>,
    pub(super) otherwise: T,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Comparison {
    Equal,
    Unequal,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

impl Comparison {
    pub(super) fn holds(self, order: std::cmp::Ordering) -> bool {
        match self {
            Self::Equal => order.is_eq(),
            Self::Unequal => order.is_ne(),
            Self::Less => order.is_lt(),
            Self::LessOrEqual => order.is_le(),
            Self::Greater => order.is_gt(),
            Self::GreaterOrEqual => order.is_ge(),
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Operation {
    Add,
    Subtract,
    Multiply,
    Divide,
    Remainder,
}

/// A part of a script that is not lowered: every record that comes to it meets the interpreter.
#[derive(Debug, Clone)]
pub struct Unlowered {
    /// What it is.
    pub what: Text,
    /// Its line in the rule's file.
    pub line: usize,
}

impl Unlowered {
    pub(super) fn new(zh: &str, en: &str, position: Position) -> Self {
        Self { what: Text::new(zh, en), line: position.line().unwrap_or_default() }
    }
}
