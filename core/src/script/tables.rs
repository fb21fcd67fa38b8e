//! Verbs on tables: counting, choosing, grouping records, by a field's name or by a closure.

use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};

use rhai::{Array, Dynamic, Engine, EvalAltResult, FnPtr, ImmutableString, NativeCallContext, Position};

use super::alike;
use super::handles::{Group, RecordRef, Rows, SubmissionRef};
use super::looks::{self, Lens};
use super::turn::{self, Ended, end};
use super::verbs::{Answer, unknown};
use crate::text::Text;
use crate::value::{Decimal, Value};

/// The first record of which the test says `wanted`. A record whose cells are blank or unreadable is passed over; where
/// no other says it, that one might have, and nothing can be decided.
fn first(
    context: &NativeCallContext<'_>,
    test: &FnPtr,
    rows: &Rows,
    wanted: bool,
) -> Answer<Option<RecordRef>> {
    let (mut found, mut doubt) = (None, None);
    looks::each(context, rows, test, |record, said| {
        match turn::unless_blank(said)? {
            Ok(said) if yes(&said)? == wanted => found = Some(record),
            Ok(_) => {}
            Err((at, reason)) => doubt = doubt.take().or(Some(Ended::Blank(at, reason))),
        }
        Ok(found.is_none())
    })?;
    if found.is_some() {
        return Ok(found);
    }
    match doubt {
        Some(doubt) => turn::with(|turn| end(turn, doubt)),
        None => Ok(None),
    }
}

pub(super) fn register(engine: &mut Engine) {
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
            looks::each(&context, &rows, &test, |_, said| {
                n += i64::from(yes(&said?)?);
                Ok(true)
            })?;
            Ok(n)
        });
    }
    for name in ["filter", "筛选"] {
        engine.register_fn(name, |context: NativeCallContext<'_>, rows: Rows, test: FnPtr| -> Answer<Rows> {
            let mut kept = Vec::new();
            looks::each(&context, &rows, &test, |record, said| {
                kept.extend(yes(&said?)?.then_some(record));
                Ok(true)
            })?;
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
            looks::each(&context, &rows, &lens, |_, value| {
                match turn::value(&value?) {
                    None => {}
                    Some(number) => {
                        whole &= matches!(number, Value::Integer(_));
                        let number = number.as_decimal().ok_or_else(|| unknown("sum"))?;
                        total = total.checked_add(number).ok_or_else(|| {
                            Box::new(EvalAltResult::ErrorArithmetic("sum".into(), Position::NONE))
                        })?;
                    }
                }
                Ok(true)
            })?;
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
                    looks::each(&context, &rows, &lens, |_, seen| {
                        let seen = seen?;
                        let better = |value: &Value| match &best {
                            None => true,
                            Some((other, _)) => compare(value, other) == Some(wanted),
                        };
                        if let Some(value) = turn::value(&seen).filter(better) {
                            best = Some((value, seen));
                        }
                        Ok(true)
                    })?;
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
    for name in ["alike", "相近"] {
        engine.register_fn(
            name,
            |context: NativeCallContext<'_>, rows: Rows, lens: L, share: Decimal| -> Answer<Array> {
                alike_groups(&context, &rows, &lens, share)
            },
        );
        engine.register_fn(
            name,
            |context: NativeCallContext<'_>, rows: Rows, lens: L, share: i64| -> Answer<Array> {
                alike_groups(&context, &rows, &lens, share.into())
            },
        );
    }
    for name in ["duplicates", "重复"] {
        engine.register_fn(name, |context: NativeCallContext<'_>, rows: Rows, lens: L| -> Answer<Array> {
            let repeated = groups(&context, &repeated(&context, &rows, &lens)?, &lens)?;
            let repeated = repeated.into_iter().filter(|group| group.rows.records.len() > 1);
            Ok(repeated.map(Dynamic::from).collect())
        });
    }
}

/// What each record shows through a lens. Records of which it cannot be told are left out, and their submission is told
/// so; empty values are passed over.
fn looks<L: Lens>(
    context: &NativeCallContext<'_>,
    rows: &Rows,
    lens: &L,
) -> Answer<Vec<(RecordRef, Dynamic, Value)>> {
    let mut looks = Vec::new();
    looks::each(context, rows, lens, |record, seen| {
        match turn::unless_blank(seen)? {
            Ok(seen) => looks.extend(turn::value(&seen).map(|value| (record, seen, value))),
            Err(left_out) => turn::with(|turn| {
                turn.left_out.push(left_out);
                Ok(())
            })?,
        }
        Ok(true)
    })?;
    Ok(looks)
}

/// The answer of a test.
fn yes(said: &Dynamic) -> Answer<bool> {
    said.as_bool().map_err(|found| {
        let wanted = "bool".to_string();
        EvalAltResult::ErrorMismatchDataType(wanted, found.to_string(), Position::NONE).into()
    })
}

/// The name of a value among others: equal numbers are written equally.
fn name_of(value: &Value) -> String {
    match value.as_decimal() {
        Some(number) => number.normalize().to_string(),
        None => value.to_string(),
    }
}

/// Records whose value may occur more than once. Of all others no more than a number is kept, so that the ledgers of a
/// whole province fit into memory.
fn repeated<L: Lens>(context: &NativeCallContext<'_>, rows: &Rows, lens: &L) -> Answer<Rows> {
    let hasher = RandomState::new();
    let mut marks: Vec<(u64, u32)> = Vec::new();
    let mut at = 0u32;
    looks::each(context, rows, lens, |_, seen| {
        match turn::unless_blank(seen)? {
            Ok(seen) => {
                let mark = match seen.as_immutable_string_ref() {
                    Ok(text) => Some(hasher.hash_one(text.as_str())),
                    Err(_) => turn::value(&seen).map(|value| hasher.hash_one(name_of(&value))),
                };
                marks.extend(mark.map(|mark| (mark, at)));
            }
            Err(left_out) => turn::with(|turn| {
                turn.left_out.push(left_out);
                Ok(())
            })?,
        }
        at = at.saturating_add(1);
        Ok(true)
    })?;
    marks.sort_unstable();
    let runs = marks.chunk_by(|one, other| one.0 == other.0).filter(|run| run.len() > 1);
    let mut places: Vec<u32> = runs.flatten().map(|(_, at)| *at).collect();
    places.sort_unstable();
    let records = places.into_iter().filter_map(|at| rows.records.get(at as usize).copied()).collect();
    Ok(Rows { table: rows.table, records })
}

/// Records by a common value, in the order in which each value first occurs. Empty values belong to no group.
fn groups<L: Lens>(context: &NativeCallContext<'_>, rows: &Rows, lens: &L) -> Answer<Vec<Group>> {
    let mut order: Vec<(Dynamic, Vec<RecordRef>)> = Vec::new();
    let mut places: HashMap<String, usize> = HashMap::new();
    for (record, seen, value) in looks(context, rows, lens)? {
        let known = match &value {
            // Most values are texts, which are their own names.
            Value::Text(text) => places.get(text.as_str()).copied(),
            _ => None,
        };
        let place = known.unwrap_or_else(|| {
            *places.entry(name_of(&value)).or_insert_with(|| {
                order.push((seen, Vec::new()));
                order.len() - 1
            })
        });
        order[place].1.push(record);
    }
    let group = |(key, records): (Dynamic, Vec<RecordRef>)| Group {
        key,
        rows: Rows { table: rows.table, records: records.into() },
    };
    Ok(order.into_iter().map(group).collect())
}

/// Records whose texts are nearly the same, in groups that hang together; the key of a group is its first text.
fn alike_groups<L: Lens>(
    context: &NativeCallContext<'_>,
    rows: &Rows,
    lens: &L,
    share: Decimal,
) -> Answer<Array> {
    if share <= Decimal::ZERO || share > Decimal::ONE {
        let text = Text::new("相近的程度应大于 0、不大于 1", "the share must be above 0 and at most 1");
        return Err(EvalAltResult::ErrorRuntime(Dynamic::from(text), Position::NONE).into());
    }
    let looks = looks(context, rows, lens)?;
    let texts: Vec<String> = looks.iter().map(|(.., value)| value.to_string()).collect();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let group = |members: Vec<usize>| {
        let key = members.first().map_or(Dynamic::UNIT, |at| looks[*at].1.clone());
        let records = members.iter().map(|at| looks[*at].0).collect();
        Dynamic::from(Group { key, rows: Rows { table: rows.table, records } })
    };
    Ok(alike::groups(&texts, share).into_iter().map(group).collect())
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
