//! Names of fields and of parts of fields.

use super::{Field, find_field};

/// A field, and perhaps one part of the object it holds: `secrecy_review`, `secrecy_review.date`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Spot {
    /// The field.
    pub field: usize,
    /// The part, where the field is an object and one part is meant.
    pub part: Option<usize>,
}

impl Spot {
    /// The spot of this name among `fields`: a key, label or alias, with `.part` behind it or not.
    pub fn find(fields: &[Field], name: &str) -> Option<Self> {
        if let Some(field) = find_field(fields, name) {
            return Some(Self { field, part: None });
        }
        let (whole, part) = split_name(name);
        let field = find_field(fields, whole)?;
        let part = find_field(fields[field].ty.parts(), part?)?;
        Some(Self { field, part: Some(part) })
    }

    /// Its key: `secrecy_review.date`.
    pub fn key(self, fields: &[Field]) -> String {
        let field = &fields[self.field];
        match self.part.and_then(|part| field.ty.parts().get(part)) {
            Some(part) => format!("{}.{}", field.key, part.key),
            None => field.key.clone(),
        }
    }
}

/// `保密审查.日期` → (`保密审查`, Some(`日期`)); full-width and middle dots count.
pub fn split_name(name: &str) -> (&str, Option<&str>) {
    match name.split_once(['.', '．', '·']) {
        Some((whole, part)) => (whole.trim(), Some(part.trim())),
        None => (name.trim(), None),
    }
}
