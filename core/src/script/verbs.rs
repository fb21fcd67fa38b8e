//! What scripts can do: read fields, compare dates, and say what they found. What they do with tables is in [`tables`].

use std::sync::Arc;

use rhai::{Array, Dynamic, Engine, EvalAltResult, ImmutableString, Position};

use super::handles::{FindingRef, Group, ObjectRef, ParamsRef, RecordRef, SubmissionRef};
use super::names::PARAMS;
use super::tables;
use super::turn::{self, Draft, Ended, Target, Turn, end};
use crate::schema::{Field, Spot, find_field};
use crate::text::Text;
use crate::value::{Date, Value};

pub(super) type Answer<T> = Result<T, Box<EvalAltResult>>;

pub(super) fn register(engine: &mut Engine) {
    register_reading(engine);
    register_dates(engine);
    tables::register(engine);
    register_speaking(engine);
}

pub(super) fn unknown(name: &str) -> Box<EvalAltResult> {
    EvalAltResult::ErrorPropertyNotFound(name.to_string(), Position::NONE).into()
}

/// Scripts may write a field's script name where a label is no identifier.
pub(super) fn field_named(fields: &[Field], name: &str) -> Answer<usize> {
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
        if PARAMS.contains(&name.as_str()) {
            return Ok(Dynamic::from(ParamsRef(Some(at))));
        }
        turn::with(|turn| {
            if let Some(table) = turn::table_named(turn, &name) {
                return turn::rows_of(turn, at, table);
            }
            let field = field_named(&turn.world.schema.header, &name)?;
            turn::header_value(turn, at, field)
        })
    });
    engine.register_indexer_get(|params: &mut ParamsRef, name: ImmutableString| -> Answer<Dynamic> {
        let params = *params;
        turn::with(|turn| {
            let key = turn.world.schema.parameters.key(&name).ok_or_else(|| unknown(&name))?.to_string();
            turn::parameter_value(turn, params, &key)
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
    for name in ["skip", "不适用"] {
        engine
            .register_fn(name, |whose: SubmissionRef, reason: &str| leave_out(whose, Text::new(reason, "")));
        engine.register_fn(name, leave_out);
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
    for name in ["withheld", "不重复"] {
        engine.register_fn(name, |finding: FindingRef| amend(finding, |draft| draft.withheld = true));
    }
}

/// Of one submission of the batch nothing is said; the rule goes on with the others.
fn leave_out(whose: SubmissionRef, reason: Text) -> Answer<()> {
    turn::with(|turn| {
        turn.skipped.push((whose.0, reason));
        Ok(())
    })
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
        turn.drafts.push(Draft { target, message, found: None, expected: None, withheld: false });
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
