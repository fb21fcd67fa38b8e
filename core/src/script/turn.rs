//! One evaluation of one rule: what it looks at, what it has said so far, how it ended.
//!
//! The turn stands in a thread-local, because a variable resolver can be handed nothing else; it is set for the
//! length of one evaluation and taken out again, so nothing leaks from one record to the next.

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;
use std::sync::Arc;

use rhai::{AST, Dynamic, Engine, EvalAltResult, Position, Scope};

use super::handles::{ObjectRef, Owner, ParamsRef, RecordRef, SubmissionRef, TableId};
use super::names::{Meaning, Names};
use super::world::World;
use crate::prove::Lenses;
use crate::rule::Asked;
use crate::schema::{Field, Spot};
use crate::submission::Cell as Content;
use crate::text::Text;
use crate::value::{Date, Value};

/// What a finding points at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Target {
    /// A record, and a field of it.
    Record(RecordRef, Option<Spot>),
    /// A submission, and a field of its header.
    Submission(usize, Option<Spot>),
    /// The whole batch.
    Batch,
}

impl Target {
    /// The submission it points at; none for the whole batch.
    pub(crate) fn submission(self) -> Option<usize> {
        match self {
            Self::Record(record, _) => Some(record.submission),
            Self::Submission(at, _) => Some(at),
            Self::Batch => None,
        }
    }
}

/// A finding as a script makes it.
#[derive(Debug, Clone)]
pub(crate) struct Draft {
    pub(crate) target: Target,
    pub(crate) message: Text,
    pub(crate) found: Option<Value>,
    pub(crate) expected: Option<Value>,
    /// Whether what stands at the place may not be repeated.
    pub(crate) withheld: bool,
}

/// How an evaluation ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Ended {
    /// It ran to its end.
    Whole,
    /// 无法判定
    Undecided(Text),
    /// 无法判定, because of a blank or unreadable cell of this submission. A verb that can do without the record may
    /// go on.
    Blank(usize, Text),
    /// 不适用
    Skipped(Text),
    /// The rule broke, at this place of its file.
    Broke(Text, Position),
}

/// What one evaluation works on.
pub(crate) struct Turn {
    pub(crate) world: Arc<World>,
    names: Arc<Names>,
    asked: Arc<BTreeSet<Asked>>,
    /// The rule's closures lowered to columns; none where all is interpreted.
    pub(super) lenses: Option<Arc<Lenses>>,
    /// The submission at hand; none in rules over the whole batch.
    pub(crate) submission: Option<usize>,
    pub(crate) record: Option<RecordRef>,
    /// The day as of which parameters are chosen.
    day: Option<Date>,
    pub(crate) drafts: Vec<Draft>,
    /// Submissions of which something was left out, and why: nothing can be said of these but what was found.
    pub(crate) left_out: Vec<(usize, Text)>,
    /// Submissions of the batch to which the rule does not apply, as its script found, and why.
    pub(crate) skipped: Vec<(usize, Text)>,
    pub(crate) ended: Option<Ended>,
}

/// What came of an evaluation.
pub(crate) struct Evaluated {
    pub(crate) ended: Ended,
    pub(crate) drafts: Vec<Draft>,
    pub(crate) left_out: Vec<(usize, Text)>,
    pub(crate) skipped: Vec<(usize, Text)>,
}

impl Turn {
    pub(crate) fn new(
        world: Arc<World>,
        names: Arc<Names>,
        asked: Arc<BTreeSet<Asked>>,
        submission: Option<usize>,
        record: Option<RecordRef>,
    ) -> Self {
        // Over the whole batch, the latest period decides which parameters hold, unless the script says of whom it speaks.
        let day = match submission {
            Some(at) => world.period_end(at),
            None => world.counted.iter().filter_map(|&at| world.period_end(at)).max().or(world.default_day),
        };
        let (drafts, left_out, skipped) = (Vec::new(), Vec::new(), Vec::new());
        Self {
            world,
            names,
            asked,
            lenses: None,
            submission,
            record,
            day,
            drafts,
            left_out,
            skipped,
            ended: None,
        }
    }

    /// The same, looking at tables through these lowered closures.
    pub(crate) fn through(self, lenses: Option<Arc<Lenses>>) -> Self {
        Self { lenses, ..self }
    }

    /// What the rule asks for emptiness.
    pub(super) fn asked(&self) -> &BTreeSet<Asked> {
        &self.asked
    }

    /// The day as of which parameters are chosen.
    pub(super) fn day(&self) -> Option<Date> {
        self.day
    }

    /// What a submission is called where several are looked at; nothing where only one is.
    fn called(&self, submission: usize) -> String {
        match (self.submission, self.world.submissions.get(submission)) {
            (None, Some(one)) => format!("{} ", one.submitter(&self.world.schema).name),
            _ => String::new(),
        }
    }
}

thread_local! {
    static TURN: RefCell<Option<Turn>> = const { RefCell::new(None) };
    static STEPS: Cell<u64> = const { Cell::new(0) };
}

/// Runs a rule's script for one turn.
pub(crate) fn evaluate(engine: &Engine, ast: &AST, turn: Turn) -> Evaluated {
    let before = TURN.with(|cell| cell.borrow_mut().replace(turn));
    STEPS.set(0);
    let result = engine.run_ast_with_scope(&mut Scope::new(), ast);
    let after = TURN.with(|cell| std::mem::replace(&mut *cell.borrow_mut(), before));
    let Some(turn) = after else {
        let ended = Ended::Broke(Text::new("内部错误", "internal error"), Position::NONE);
        return Evaluated { ended, drafts: Vec::new(), left_out: Vec::new(), skipped: Vec::new() };
    };
    let ended = match (turn.ended, result) {
        (Some(ended), _) => ended,
        (None, Ok(())) => Ended::Whole,
        (None, Err(error)) => {
            let inner = error.unwrap_inner();
            Ended::Broke(runtime_message(inner), inner.position())
        }
    };
    Evaluated { ended, drafts: turn.drafts, left_out: turn.left_out, skipped: turn.skipped }
}

/// Counts one step of the evaluation at hand; `false` beyond `limit`. The engine's own count begins anew in every
/// closure that a verb calls.
pub(super) fn step(limit: u64) -> bool {
    let steps = STEPS.get() + 1;
    STEPS.set(steps);
    steps <= limit
}

/// What a closure said of a record: `None` where a cell it needed is blank or unreadable, with the submission and the
/// reason.
pub(super) fn unless_blank<T>(
    answer: Result<T, Box<EvalAltResult>>,
) -> Result<Result<T, (usize, Text)>, Box<EvalAltResult>> {
    match answer {
        Ok(answer) => Ok(Ok(answer)),
        Err(error) => with(|turn| match turn.ended.take() {
            Some(Ended::Blank(at, reason)) => Ok(Err((at, reason))),
            ended => {
                turn.ended = ended;
                Err(error)
            }
        }),
    }
}

/// Works on the current turn. Outside an evaluation there is none, which is an error of ours.
pub(crate) fn with<T>(
    work: impl FnOnce(&mut Turn) -> Result<T, Box<EvalAltResult>>,
) -> Result<T, Box<EvalAltResult>> {
    TURN.with(|cell| match cell.borrow_mut().as_mut() {
        Some(turn) => work(turn),
        None => Err("no evaluation is running".into()),
    })
}

/// Ends the evaluation: what the script would do next is not done.
pub(crate) fn end<T>(turn: &mut Turn, ended: Ended) -> Result<T, Box<EvalAltResult>> {
    turn.ended = Some(ended);
    Err(EvalAltResult::ErrorTerminated(Dynamic::UNIT, Position::NONE).into())
}

/// What a name in scope stands for; `None` for a script's own variable.
pub(crate) fn resolve(name: &str) -> Result<Option<Dynamic>, Box<EvalAltResult>> {
    with(|turn| {
        let Some(meaning) = turn.names.get(name) else { return Ok(None) };
        let value = match meaning {
            Meaning::Params => Dynamic::from(ParamsRef(turn.submission)),
            Meaning::Field(field) => match turn.record {
                Some(record) => field_value(turn, record, field)?,
                None => return Ok(None),
            },
            Meaning::Record => turn.record.map_or(Dynamic::UNIT, Dynamic::from),
            Meaning::Submission => {
                turn.submission.map_or(Dynamic::UNIT, |at| Dynamic::from(SubmissionRef(at)))
            }
            Meaning::Previous => {
                let previous = turn.submission.and_then(|at| *turn.world.previous.get(at)?);
                previous.map_or(Dynamic::UNIT, |at| Dynamic::from(SubmissionRef(at)))
            }
            Meaning::Submissions => {
                let all: rhai::Array =
                    turn.world.counted.iter().map(|&at| Dynamic::from(SubmissionRef(at))).collect();
                Dynamic::from_array(all)
            }
            Meaning::Table(table) => match turn.submission {
                Some(at) => rows_of(turn, at, table)?,
                None => rows_of_all(turn, table),
            },
        };
        Ok(Some(value))
    })
}

/// The records of a table of one submission. One that could not be read is not empty: nothing can be said of it.
pub(crate) fn rows_of(
    turn: &mut Turn,
    submission: usize,
    table: TableId,
) -> Result<Dynamic, Box<EvalAltResult>> {
    if turn.world.is_unread(submission, table) {
        let reason = unread(turn, submission, table);
        return end(turn, Ended::Blank(submission, reason));
    }
    Ok(Dynamic::from(turn.world.rows(std::iter::once(submission), table)))
}

/// The records of a table in the whole batch; submissions of which it could not be read are left out.
fn rows_of_all(turn: &mut Turn, table: TableId) -> Dynamic {
    let world = Arc::clone(&turn.world);
    for &at in world.counted.iter().filter(|&&at| world.is_unread(at, table)) {
        let reason = unread(turn, at, table);
        turn.left_out.push((at, reason));
    }
    Dynamic::from(world.rows(world.counted.iter().copied(), table))
}

fn unread(turn: &Turn, submission: usize, table: TableId) -> Text {
    let (called, label) = (turn.called(submission), &turn.world.table_schema(table).label);
    Text::new(
        format!("{called}“{}”报了，但没能读入，见“读取”的问题", label.zh),
        format!("{called}the {} was handed in but could not be read; see the problems of reading", label.en),
    )
}

/// The value of a field of a record.
pub(crate) fn field_value(
    turn: &mut Turn,
    record: RecordRef,
    field: usize,
) -> Result<Dynamic, Box<EvalAltResult>> {
    let world = Arc::clone(&turn.world);
    let schema = world.table_schema(record.table);
    let asked = Asked::Field(record.table, field);
    if schema.fields[field].required && !turn.asked.contains(&asked) && !world.has_column(record, field) {
        // No cell is empty here: the whole column is not there, which one sentence says for all records.
        let (table, label) = (&schema.label, &schema.fields[field].label);
        let called = turn.called(record.submission);
        let reason = Text::new(
            format!("{called}“{}”没有“{}”一栏", table.zh, label.zh),
            format!("{called}the {} has no column {}", table.en, label.en),
        );
        return end(turn, Ended::Blank(record.submission, reason));
    }
    let cell = world.cell(record, field);
    if matches!(&cell, Content::Unreadable(raw) if raw.is_empty()) {
        // Not this cell but its column is in doubt: one sentence for all records.
        let (table, label) = (&schema.label, &schema.fields[field].label);
        let called = turn.called(record.submission);
        let reason = Text::new(
            format!("{called}“{}”的“{}”一栏没能读入，见“读取”的问题", table.zh, label.zh),
            format!(
                "{called}the column {} of the {} could not be read; see the problems of reading",
                label.en, table.en
            ),
        );
        return end(turn, Ended::Blank(record.submission, reason));
    }
    let owner = Owner::Field(record.table, field);
    let place = || match world.table(record.submission, record.table) {
        Some(table) => table.location(schema, record.row, Some(Spot { field, part: None })).short(),
        None => String::new(),
    };
    let whose = Some(record.submission);
    deliver(turn, whose, cell, &schema.fields[field], &asked, owner, place)
}

/// The value of a header field.
pub(crate) fn header_value(
    turn: &mut Turn,
    submission: usize,
    field: usize,
) -> Result<Dynamic, Box<EvalAltResult>> {
    let world = Arc::clone(&turn.world);
    let entry = world.submissions.get(submission).and_then(|one| one.header.get(field));
    let cell = entry.map_or(Content::Empty, |entry| entry.cell.clone());
    let place = || entry.map(|entry| entry.location.short()).unwrap_or_default();
    let (asked, owner) = (Asked::Header(field), Owner::Header(field));
    deliver(turn, Some(submission), cell, &world.schema.header[field], &asked, owner, place)
}

/// The value of a named value of an object.
pub(crate) fn part_value(
    turn: &mut Turn,
    object: &ObjectRef,
    part: usize,
) -> Result<Dynamic, Box<EvalAltResult>> {
    let world = Arc::clone(&turn.world);
    let field = &world.parts(object.owner)[part];
    let cell = object.values.get(&field.key).map_or(Content::Empty, |value| Content::Valid(value.clone()));
    // An object does not know whose it is.
    let whose = turn.submission;
    deliver(turn, whose, cell, field, &Asked::Part(object.owner, part), object.owner, String::new)
}

/// The value of a parameter on the day of a submission.
pub(crate) fn parameter_value(
    turn: &mut Turn,
    params: ParamsRef,
    key: &str,
) -> Result<Dynamic, Box<EvalAltResult>> {
    let world = Arc::clone(&turn.world);
    let declared = world.schema.parameters.declaration(key);
    let label = declared.map_or(key, |parameter| parameter.label.zh.as_str());
    let asked = turn.asked.contains(&Asked::Parameter(key.to_string()));
    let day = match params {
        ParamsRef(Some(at)) => world.period_end(at),
        ParamsRef(None) => turn.day,
    };
    let entry = day.and_then(|day| world.schema.parameters.on(key, day));
    match entry.and_then(|entry| entry.value.as_ref()) {
        Some(value) => Ok(dynamic(value, Owner::Header(usize::MAX))),
        None if asked => Ok(Dynamic::UNIT),
        None => {
            let reason = match (day, entry) {
                (None, _) => Text::new(
                    format!("报告期不明，无法确定参数“{label}”"),
                    format!("the reporting period is not known, so the parameter {key} is not"),
                ),
                (Some(_), Some(_)) => Text::new(
                    format!("参数“{label}”没有出处，未设定"),
                    format!("the parameter {key} has no source and is unset"),
                ),
                (Some(day), None) => Text::new(
                    format!("参数“{label}”在 {day} 没有生效的值"),
                    format!("the parameter {key} has no value on {day}"),
                ),
            };
            end(turn, Ended::Undecided(reason))
        }
    }
}

/// A cell's value for the script. An empty optional cell is `()`; an empty required one, unless the rule asks for
/// it, and an unreadable one end the evaluation: nothing can be decided on them, and nothing slips through.
fn deliver(
    turn: &mut Turn,
    whose: Option<usize>,
    cell: Content,
    field: &Field,
    asked: &Asked,
    owner: Owner,
    place: impl Fn() -> String,
) -> Result<Dynamic, Box<EvalAltResult>> {
    let (zh, en) = match cell {
        Content::Valid(value) => return Ok(dynamic(&value, owner)),
        Content::Empty if !field.required || turn.asked.contains(asked) => return Ok(Dynamic::UNIT),
        Content::Empty => ("必填而未填", "is required and empty"),
        Content::Unreadable(_) => ("无法识别", "cannot be read"),
    };
    let called = whose.map(|at| turn.called(at)).unwrap_or_default();
    let place = format!("{called}{}", place());
    let place = place.trim_end();
    let gap = if place.is_empty() { "" } else { " " };
    let reason = Text::new(
        format!("{place}{gap}“{}”{zh}", field.label.zh),
        format!("{place}{gap}{} {en}", field.label.en),
    );
    match whose {
        Some(at) => end(turn, Ended::Blank(at, reason)),
        None => end(turn, Ended::Undecided(reason)),
    }
}

/// A value as the engine holds it.
pub(crate) fn dynamic(value: &Value, owner: Owner) -> Dynamic {
    match value {
        Value::Text(text) => text.clone().into(),
        Value::Integer(n) => (*n).into(),
        Value::Decimal(d) => (*d).into(),
        Value::Date(date) => Dynamic::from(*date),
        Value::Boolean(b) => (*b).into(),
        Value::List(items) => {
            Dynamic::from_array(items.iter().map(|item| dynamic(item, owner)).collect::<rhai::Array>())
        }
        Value::Object(values) => Dynamic::from(ObjectRef { owner, values: Arc::clone(values) }),
    }
}

/// An engine value as ours; `None` for `()` and for handles.
pub(crate) fn value(dynamic: &Dynamic) -> Option<Value> {
    if let Ok(text) = dynamic.as_immutable_string_ref() {
        return Some(Value::Text(text.clone()));
    }
    if let Ok(n) = dynamic.as_int() {
        return Some(Value::Integer(n));
    }
    if let Ok(d) = dynamic.as_decimal() {
        return Some(Value::Decimal(d));
    }
    if let Ok(b) = dynamic.as_bool() {
        return Some(Value::Boolean(b));
    }
    if let Some(date) = dynamic.clone().try_cast::<Date>() {
        return Some(Value::Date(date));
    }
    if let Ok(items) = dynamic.as_array_ref() {
        return items.iter().map(value).collect::<Option<Vec<_>>>().map(|items| Value::List(items.into()));
    }
    None
}

/// Rhai's runtime errors in the words of the office.
fn runtime_message(error: &EvalAltResult) -> Text {
    match error {
        EvalAltResult::ErrorTooManyOperations(_) | EvalAltResult::ErrorTerminated(..) => {
            Text::new("运算步数超过上限，可能是死循环", "too many operations; perhaps an endless loop")
        }
        EvalAltResult::ErrorDataTooLarge(..) => Text::new("数据过大，超过上限", "a value grew too large"),
        EvalAltResult::ErrorStackOverflow(_) => Text::new("嵌套过深", "nested too deeply"),
        EvalAltResult::ErrorArithmetic(why, _) if why.to_lowercase().contains("zero") => {
            Text::new("除数为零", "division by zero")
        }
        EvalAltResult::ErrorArithmetic(why, _) => {
            Text::new(format!("计算溢出：{why}"), format!("arithmetic overflow: {why}"))
        }
        EvalAltResult::ErrorArrayBounds(length, at, _) => Text::new(
            format!("列表只有 {length} 项，没有第 {at} 项"),
            format!("the list has {length} items, there is no item {at}"),
        ),
        EvalAltResult::ErrorRuntime(payload, _) => match payload.clone().try_cast::<Text>() {
            Some(text) => text,
            None => Text::same(payload.to_string()),
        },
        other => Text::new(format!("脚本运行出错：{other}"), format!("the script broke: {other}")),
    }
}

/// The table a name stands for in a submission.
pub(crate) fn table_named(turn: &Turn, name: &str) -> Option<TableId> {
    turn.world
        .schema
        .tables
        .iter()
        .position(|table| table.key == name || table.label.zh == name)
        .map(TableId::Filed)
}
