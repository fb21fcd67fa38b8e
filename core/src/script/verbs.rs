//! What scripts can do: read fields, walk tables, and say what they found.

use std::collections::HashMap;
use std::sync::Arc;

use rhai::{Array, Dynamic, Engine, EvalAltResult, FnPtr, ImmutableString, NativeCallContext, Position};

use super::handles::{FindingRef, Group, ObjectRef, ParamsRef, RecordRef, Rows, SubmissionRef};
use super::turn::{self, Draft, Ended, Target, Turn, end};
use crate::schema::{Field, Spot, find_field};
use crate::text::Text;
use crate::value::{Date, Decimal, Value};

type Answer<T> = Result<T, Box<EvalAltResult>>;

pub(super) fn register(engine: &mut Engine) {
    register_reading(engine);
    register_dates(engine);
    register_tables(engine);
    register_speaking(engine);
}

fn unknown(name: &str) -> Box<EvalAltResult> {
    EvalAltResult::ErrorPropertyNotFound(name.to_string(), Position::NONE).into()
}

/// Scripts may write a field's script name where a label is no identifier.
fn field_named(fields: &[Field], name: &str) -> Answer<usize> {
    find_field(fields, name).ok_or_else(|| unknown(name))
}

/// A field, or a part of one, as `fail("保密审查.审查人", …)` names it.
fn spot_named(fields: &[Field], name: &str) -> Answer<Spot> {
    Spot::find(fields, name).ok_or_else(|| unknown(name))
}

fn register_reading(engine: &mut Engine) {
    engine.register_indexer_get(|record: &mut RecordRef, name: ImmutableString| -> Answer<Dynamic> {
        let record = *record;
        turn::with(|turn| {
            let world = Arc::clone(&turn.world);
            let field = field_named(&world.table_schema(record.table).fields, &name)?;
            turn::field_value(turn, record, field)
        })
    });
    engine.register_indexer_get(|submission: &mut SubmissionRef, name: ImmutableString| -> Answer<Dynamic> {
        let at = submission.0;
        turn::with(|turn| {
            if let Some(table) = turn::table_named(turn, &name) {
                return turn::rows_of(turn, at, table);
            }
            let field = field_named(&turn.world.schema.header, &name)?;
            turn::header_value(turn, at, field)
        })
    });
    engine.register_indexer_get(|_: &mut ParamsRef, name: ImmutableString| -> Answer<Dynamic> {
        turn::with(|turn| {
            let key = turn.world.schema.parameters.key(&name).ok_or_else(|| unknown(&name))?.to_string();
            turn::parameter_value(turn, &key)
        })
    });
    engine.register_indexer_get(|object: &mut ObjectRef, name: ImmutableString| -> Answer<Dynamic> {
        let object = object.clone();
        turn::with(|turn| {
            let part = field_named(turn.world.parts(object.owner), &name)?;
            turn::part_value(turn, &object, part)
        })
    });
    engine.register_indexer_get(|group: &mut Group, name: ImmutableString| -> Answer<Dynamic> {
        match name.as_str() {
            "key" | "键" => Ok(group.key.clone()),
            "rows" | "各条" => Ok(Dynamic::from(group.rows.clone())),
            other => Err(unknown(other)),
        }
    });
    for name in ["present", "已填"] {
        engine.register_fn(name, |value: Dynamic| !value.is_unit());
    }
    engine.register_fn("==", |a: RecordRef, b: RecordRef| a == b);
    engine.register_fn("!=", |a: RecordRef, b: RecordRef| a != b);
    engine.register_fn("==", |a: SubmissionRef, b: SubmissionRef| a == b);
    engine.register_fn("!=", |a: SubmissionRef, b: SubmissionRef| a != b);
    engine.register_fn("contains", |list: Array, item: Dynamic| {
        let item = turn::value(&item);
        item.is_some() && list.iter().any(|other| same(turn::value(other).as_ref(), item.as_ref()))
    });
}

/// Equality of values, numbers by what they amount to.
fn same(a: Option<&Value>, b: Option<&Value>) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => match (a.as_decimal(), b.as_decimal()) {
            (Some(a), Some(b)) => a == b,
            _ => a == b,
        },
        _ => false,
    }
}

fn register_dates(engine: &mut Engine) {
    engine.register_fn("==", |a: Date, b: Date| a == b);
    engine.register_fn("!=", |a: Date, b: Date| a != b);
    engine.register_fn("<", |a: Date, b: Date| a < b);
    engine.register_fn("<=", |a: Date, b: Date| a <= b);
    engine.register_fn(">", |a: Date, b: Date| a > b);
    engine.register_fn(">=", |a: Date, b: Date| a >= b);
    engine.register_fn("to_string", |date: &mut Date| date.to_string());
    engine.register_fn("to_debug", |date: &mut Date| date.to_string());
    engine.register_fn("+", |text: ImmutableString, date: Date| format!("{text}{date}"));
    engine.register_fn("+", |date: Date, text: ImmutableString| format!("{date}{text}"));
}

/// How a table verb looks at a record: by the name of a field, or by a closure.
trait Lens {
    fn look(&self, context: &NativeCallContext<'_>, record: RecordRef) -> Answer<Dynamic>;
}

impl Lens for ImmutableString {
    fn look(&self, _: &NativeCallContext<'_>, record: RecordRef) -> Answer<Dynamic> {
        turn::with(|turn| {
            let world = Arc::clone(&turn.world);
            let field = field_named(&world.table_schema(record.table).fields, self)?;
            turn::field_value(turn, record, field)
        })
    }
}

impl Lens for FnPtr {
    fn look(&self, context: &NativeCallContext<'_>, record: RecordRef) -> Answer<Dynamic> {
        self.call_within_context(context, (record,))
    }
}

fn holds(context: &NativeCallContext<'_>, test: &FnPtr, record: RecordRef) -> Answer<bool> {
    test.call_within_context(context, (record,))
}

/// The first record of which the test says `wanted`. A record whose cells are blank or unreadable is passed over; where
/// no other says it, that one might have, and nothing can be decided.
fn first(
    context: &NativeCallContext<'_>,
    test: &FnPtr,
    rows: &Rows,
    wanted: bool,
) -> Answer<Option<RecordRef>> {
    let mut doubt = None;
    for record in rows.records.iter() {
        match turn::unless_blank(holds(context, test, *record))? {
            Ok(said) if said == wanted => return Ok(Some(*record)),
            Ok(_) => {}
            Err((at, reason)) => doubt = doubt.or(Some(Ended::Blank(at, reason))),
        }
    }
    match doubt {
        Some(doubt) => turn::with(|turn| end(turn, doubt)),
        None => Ok(None),
    }
}

fn register_tables(engine: &mut Engine) {
    let mut walking = rhai::Module::new();
    walking.set_iter(std::any::TypeId::of::<Rows>(), |rows| {
        let records = rows.try_cast::<Rows>().map_or_else(Vec::new, |rows| rows.records.to_vec());
        Box::new(records.into_iter().map(Dynamic::from))
    });
    engine.register_global_module(walking.into());
    for name in ["len", "count", "条数"] {
        engine.register_fn(name, |rows: &mut Rows| count(rows.records.len()));
    }
    for name in ["is_empty", "没有记录"] {
        engine.register_fn(name, |rows: &mut Rows| rows.records.is_empty());
    }
    for name in ["is_empty", "没有内容"] {
        engine.register_fn(name, |list: &mut Array| list.is_empty());
    }
    for name in ["count", "条数"] {
        engine.register_fn(name, |context: NativeCallContext<'_>, rows: Rows, test: FnPtr| -> Answer<i64> {
            let mut n = 0;
            for record in rows.records.iter() {
                n += i64::from(holds(&context, &test, *record)?);
            }
            Ok(n)
        });
    }
    for name in ["filter", "筛选"] {
        engine.register_fn(name, |context: NativeCallContext<'_>, rows: Rows, test: FnPtr| -> Answer<Rows> {
            let mut kept = Vec::new();
            for record in rows.records.iter() {
                if holds(&context, &test, *record)? {
                    kept.push(*record);
                }
            }
            Ok(Rows { table: rows.table, records: kept.into() })
        });
    }
    for name in ["find", "查找"] {
        engine.register_fn(
            name,
            |context: NativeCallContext<'_>, rows: Rows, test: FnPtr| -> Answer<Dynamic> {
                let found = first(&context, &test, &rows, true)?;
                Ok(found.map_or(Dynamic::UNIT, Dynamic::from))
            },
        );
    }
    for name in ["first", "第一条"] {
        engine.register_fn(name, |rows: &mut Rows| {
            rows.records.first().map_or(Dynamic::UNIT, |one| Dynamic::from(*one))
        });
    }
    for name in ["any", "存在"] {
        engine.register_fn(name, |context: NativeCallContext<'_>, rows: Rows, test: FnPtr| -> Answer<bool> {
            Ok(first(&context, &test, &rows, true)?.is_some())
        });
    }
    for name in ["all", "全部满足"] {
        engine.register_fn(name, |context: NativeCallContext<'_>, rows: Rows, test: FnPtr| -> Answer<bool> {
            Ok(first(&context, &test, &rows, false)?.is_none())
        });
    }
    register_lens::<ImmutableString>(engine);
    register_lens::<FnPtr>(engine);
    for name in ["submission", "报送"] {
        engine.register_fn(name, |record: &mut RecordRef| SubmissionRef(record.submission));
    }
}

/// The verbs that look at records through a field's name or a closure.
fn register_lens<L: Lens + Clone + Send + Sync + 'static>(engine: &mut Engine) {
    for name in ["sum", "合计"] {
        engine.register_fn(name, |context: NativeCallContext<'_>, rows: Rows, lens: L| -> Answer<Dynamic> {
            let mut total = Decimal::ZERO;
            let mut whole = true;
            for record in rows.records.iter() {
                let value = lens.look(&context, *record)?;
                match turn::value(&value) {
                    None => {}
                    Some(number) => {
                        whole &= matches!(number, Value::Integer(_));
                        let number = number.as_decimal().ok_or_else(|| unknown("sum"))?;
                        total = total.checked_add(number).ok_or_else(|| {
                            Box::new(EvalAltResult::ErrorArithmetic("sum".into(), Position::NONE))
                        })?;
                    }
                }
            }
            match i64::try_from(total) {
                Ok(n) if whole => Ok(n.into()),
                _ => Ok(total.into()),
            }
        });
    }
    for (names, wanted) in
        [(["min", "最小"], std::cmp::Ordering::Less), (["max", "最大"], std::cmp::Ordering::Greater)]
    {
        for name in names {
            engine.register_fn(
                name,
                move |context: NativeCallContext<'_>, rows: Rows, lens: L| -> Answer<Dynamic> {
                    let mut best: Option<(Value, Dynamic)> = None;
                    for record in rows.records.iter() {
                        let seen = lens.look(&context, *record)?;
                        let Some(value) = turn::value(&seen) else { continue };
                        let better = match &best {
                            None => true,
                            Some((other, _)) => compare(&value, other) == Some(wanted),
                        };
                        if better {
                            best = Some((value, seen));
                        }
                    }
                    Ok(best.map_or(Dynamic::UNIT, |(_, seen)| seen))
                },
            );
        }
    }
    for name in ["group_by", "分组"] {
        engine.register_fn(name, |context: NativeCallContext<'_>, rows: Rows, lens: L| -> Answer<Array> {
            Ok(groups(&context, &rows, &lens)?.into_iter().map(Dynamic::from).collect())
        });
    }
    for name in ["duplicates", "重复"] {
        engine.register_fn(name, |context: NativeCallContext<'_>, rows: Rows, lens: L| -> Answer<Array> {
            let repeated =
                groups(&context, &rows, &lens)?.into_iter().filter(|group| group.rows.records.len() > 1);
            Ok(repeated.map(Dynamic::from).collect())
        });
    }
}

/// Records by a common value, in the order in which each value first occurs. Empty values belong to no group; records
/// whose value cannot be told are left out, and their submission is told so.
fn groups<L: Lens>(context: &NativeCallContext<'_>, rows: &Rows, lens: &L) -> Answer<Vec<Group>> {
    let mut order: Vec<(Dynamic, Vec<RecordRef>)> = Vec::new();
    let mut places: HashMap<String, usize> = HashMap::new();
    for record in rows.records.iter() {
        let seen = match turn::unless_blank(lens.look(context, *record))? {
            Ok(seen) => seen,
            Err(left_out) => {
                turn::with(|turn| {
                    turn.left_out.push(left_out);
                    Ok(())
                })?;
                continue;
            }
        };
        let Some(value) = turn::value(&seen) else { continue };
        let name = match value.as_decimal() {
            Some(number) => number.normalize().to_string(),
            None => value.to_string(),
        };
        let place = *places.entry(name).or_insert_with(|| {
            order.push((seen, Vec::new()));
            order.len() - 1
        });
        order[place].1.push(*record);
    }
    Ok(order
        .into_iter()
        .map(|(key, records)| Group { key, rows: Rows { table: rows.table, records: records.into() } })
        .collect())
}

fn compare(a: &Value, b: &Value) -> Option<std::cmp::Ordering> {
    match (a, b) {
        (Value::Date(a), Value::Date(b)) => Some(a.cmp(b)),
        _ => Some(a.as_decimal()?.cmp(&b.as_decimal()?)),
    }
}

fn count(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

fn register_speaking(engine: &mut Engine) {
    for name in ["zh_en", "双语"] {
        engine.register_fn(name, |zh: &str, en: &str| Text::new(zh, en));
    }
    for name in ["fail", "不符合"] {
        engine.register_fn(name, |message: &str| fail(None, None, Text::new(message, "")));
        engine.register_fn(name, |message: Text| fail(None, None, message));
        engine
            .register_fn(name, |field: &str, message: &str| fail(None, Some(field), Text::new(message, "")));
        engine.register_fn(name, |field: &str, message: Text| fail(None, Some(field), message));
        engine.register_fn(name, |on: RecordRef, message: &str| {
            fail(Some(Target::Record(on, None)), None, Text::new(message, ""))
        });
        engine.register_fn(name, |on: RecordRef, message: Text| {
            fail(Some(Target::Record(on, None)), None, message)
        });
        engine.register_fn(name, |on: RecordRef, field: &str, message: &str| {
            fail(Some(Target::Record(on, None)), Some(field), Text::new(message, ""))
        });
        engine.register_fn(name, |on: RecordRef, field: &str, message: Text| {
            fail(Some(Target::Record(on, None)), Some(field), message)
        });
        engine.register_fn(name, |on: SubmissionRef, message: &str| {
            fail(Some(Target::Submission(on.0, None)), None, Text::new(message, ""))
        });
        engine.register_fn(name, |on: SubmissionRef, message: Text| {
            fail(Some(Target::Submission(on.0, None)), None, message)
        });
        engine.register_fn(name, |on: SubmissionRef, field: &str, message: &str| {
            fail(Some(Target::Submission(on.0, None)), Some(field), Text::new(message, ""))
        });
        engine.register_fn(name, |on: SubmissionRef, field: &str, message: Text| {
            fail(Some(Target::Submission(on.0, None)), Some(field), message)
        });
    }
    for name in ["undecided", "无法判定"] {
        engine.register_fn(name, |reason: &str| stop(Ended::Undecided(Text::new(reason, ""))));
        engine.register_fn(name, |reason: Text| stop(Ended::Undecided(reason)));
    }
    for name in ["skip", "不适用"] {
        engine.register_fn(name, |reason: &str| stop(Ended::Skipped(Text::new(reason, ""))));
        engine.register_fn(name, |reason: Text| stop(Ended::Skipped(reason)));
    }
    for name in ["expected", "应为"] {
        engine.register_fn(name, |finding: FindingRef, value: Dynamic| {
            amend(finding, |draft| draft.expected = turn::value(&value))
        });
    }
    for name in ["found", "实有"] {
        engine.register_fn(name, |finding: FindingRef, value: Dynamic| {
            amend(finding, |draft| draft.found = turn::value(&value))
        });
    }
}

fn stop(ended: Ended) -> Answer<()> {
    turn::with(|turn| end(turn, ended))
}

fn amend(finding: FindingRef, change: impl FnOnce(&mut Draft)) -> Answer<FindingRef> {
    turn::with(|turn| {
        if let Some(draft) = turn.drafts.get_mut(finding.0) {
            change(draft);
        }
        Ok(finding)
    })
}

fn fail(on: Option<Target>, field: Option<&str>, message: Text) -> Answer<FindingRef> {
    turn::with(|turn| {
        let target = on.unwrap_or_else(|| default_target(turn));
        let target = match (target, field) {
            (Target::Record(record, _), Some(name)) => {
                let world = Arc::clone(&turn.world);
                Target::Record(record, Some(spot_named(&world.table_schema(record.table).fields, name)?))
            }
            (Target::Submission(at, _), Some(name)) => {
                Target::Submission(at, Some(spot_named(&turn.world.schema.header, name)?))
            }
            (target, _) => target,
        };
        turn.drafts.push(Draft { target, message, found: None, expected: None });
        Ok(FindingRef(turn.drafts.len() - 1))
    })
}

/// What `fail("…")` points at when the script does not say: the record at hand, else the submission, else the batch.
fn default_target(turn: &Turn) -> Target {
    match (turn.record, turn.submission) {
        (Some(record), _) => Target::Record(record, None),
        (None, Some(at)) => Target::Submission(at, None),
        (None, None) => Target::Batch,
    }
}
