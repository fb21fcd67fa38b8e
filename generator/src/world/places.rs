//! Clean submissions of province, cities, counties and park.

use super::document::Document;
use super::manifest::Manifest;

/// The clean submission of a place.
pub(crate) fn document(year: i64, slug: &str, _: &Manifest) -> Result<Document, String> {
    Err(format!("there is no place {slug} of {year}"))
}
