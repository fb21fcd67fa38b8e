//! Which field a name was meant for that no field answers to.

use crate::schema::{Field, Spot};
use crate::text::{did_you_mean, fold};

/// The name of the field that `name` was most likely meant for. A part of an object may be called by its own name
/// alone; what `is_there` already was not meant.
pub(super) fn meant(name: &str, fields: &[Field], is_there: impl Fn(Spot) -> bool) -> Option<String> {
    let name = fold(name);
    let part = fields.iter().enumerate().find_map(|(field, whole)| {
        let answers = |part: &Field| part.names().any(|known| fold(known) == name);
        let at = whole.ty.parts().iter().position(answers)?;
        let free = !is_there(Spot { field, part: Some(at) });
        free.then(|| format!("{}.{}", whole.label.zh, whole.ty.parts()[at].label.zh))
    });
    part.or_else(|| {
        let free = |at: &usize| !is_there(Spot { field: *at, part: None });
        let nearest = did_you_mean(&name, fields.iter().flat_map(Field::names))?;
        let meant = did_you_mean(&name, (0..fields.len()).filter(free).flat_map(|at| fields[at].names()))?;
        // Where the nearest is there already, the next best is a guess too many.
        let distance = |word| strsim::osa_distance(&name, word);
        (distance(meant) == distance(nearest)).then(|| meant.to_string())
    })
}
