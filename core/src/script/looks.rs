//! How verbs on tables look at records: by a field's name or by a closure, many at once where that can be done on
//! columns, one by one through the interpreter otherwise. The answers are the same.

use std::sync::Arc;

use rhai::{Dynamic, FnPtr, ImmutableString, NativeCallContext};

use super::handles::{Owner, RecordRef, Rows, TableId};
use super::turn::{self, Turn};
use super::verbs::{Answer, field_named};
use crate::prove::{Asker, Question, answers, window};
use crate::value::Value;

/// How a verb looks at a record.
pub(super) trait Lens {
    /// What one record shows.
    fn look(&self, context: &NativeCallContext<'_>, record: RecordRef) -> Answer<Dynamic>;

    /// The same as a question to columns, if it can be put to them.
    fn question<'t>(&self, turn: &'t Turn, table: TableId) -> Option<Question<'t>>;
}

impl Lens for ImmutableString {
    fn look(&self, _: &NativeCallContext<'_>, record: RecordRef) -> Answer<Dynamic> {
        turn::with(|turn| {
            let world = Arc::clone(&turn.world);
            let field = field_named(&world.table_schema(record.table).fields, self)?;
            turn::field_value(turn, record, field)
        })
    }

    fn question<'t>(&self, turn: &'t Turn, table: TableId) -> Option<Question<'t>> {
        field_named(&turn.world.table_schema(table).fields, self).ok().map(Question::Field)
    }
}

impl Lens for FnPtr {
    fn look(&self, context: &NativeCallContext<'_>, record: RecordRef) -> Answer<Dynamic> {
        self.call_within_context(context, (record,))
    }

    fn question<'t>(&self, turn: &'t Turn, table: TableId) -> Option<Question<'t>> {
        let lens = turn.lenses.as_ref()?.get(self.fn_name(), table)?;
        let captured: Option<Vec<Option<Value>>> = self.iter_curry().map(captured).collect();
        let captured = captured.filter(|captured| captured.len() == lens.captured)?;
        Some(Question::Closure(lens, captured))
    }
}

/// A captured variable, if it is a value or nothing.
fn captured(variable: &Dynamic) -> Option<Option<Value>> {
    let variable = variable.clone().flatten();
    if variable.is_unit() { Some(None) } else { turn::value(&variable).map(Some) }
}

/// Looks at records in order until `visit` has seen enough; it says whether to go on.
pub(super) fn each<L: Lens>(
    context: &NativeCallContext<'_>,
    rows: &Rows,
    lens: &L,
    mut visit: impl FnMut(RecordRef, Answer<Dynamic>) -> Answer<bool>,
) -> Answer<()> {
    let mut rest = &rows.records[..];
    while let Some(first) = rest.first() {
        let (window, known) = turn::with(|turn| Ok(known(turn, lens, rows.table, *first, rest)))?;
        for (record, known) in rest[..window].iter().zip(known) {
            let seen = match known {
                Some(seen) => Ok(seen),
                None => lens.look(context, *record),
            };
            if !visit(*record, seen)? {
                return Ok(());
            }
        }
        rest = &rest[window..];
    }
    Ok(())
}

/// How many of the records are looked at together, and what is known of them from columns.
fn known<L: Lens>(
    turn: &Turn,
    lens: &L,
    table: TableId,
    first: RecordRef,
    rest: &[RecordRef],
) -> (usize, Vec<Option<Dynamic>>) {
    /// Below so many of a window's rows, one by one is as fast.
    const FEW: usize = 16;

    let alone = || (rest.len().min(FEW), vec![None; FEW]);
    let (TableId::Filed(at), true) = (table, turn.lenses.is_some()) else { return alone() };
    let Some(question) = lens.question(turn, table) else { return alone() };
    let end = window(&turn.world, first.submission, at, first.row);
    // Records come in the order of their rows, unless a script has put them together otherwise.
    let mut last = None;
    let together = rest.iter().take_while(|record| {
        let follows = last.is_none_or(|last| record.row > last);
        last = Some(record.row);
        follows && record.submission == first.submission && record.row < end
    });
    let together = together.count();
    let span = rest[together - 1].row + 1 - first.row;
    if together < FEW && span > FEW {
        return (together, vec![None; together]);
    }
    let mut mask = vec![false; span];
    for record in &rest[..together] {
        mask[record.row - first.row] = true;
    }
    let asker =
        Asker { world: &turn.world, asked: turn.asked(), submission: turn.submission, day: turn.day() };
    let rows = first.row..first.row + span;
    let answers = answers(&asker, &question, (first.submission, at), rows, &mask);
    let handed = |record: &RecordRef| match &answers[record.row - first.row] {
        // Objects, and lists of them, know where they were declared; the interpreter hands them over.
        None | Some(Some(Value::Object(_) | Value::List(_))) => None,
        Some(None) => Some(Dynamic::UNIT),
        Some(Some(value)) => Some(turn::dynamic(value, Owner::Header(usize::MAX))),
    };
    (together, rest[..together].iter().map(handed).collect())
}
