//! Clean submissions of enterprises.

use super::document::Document;
use super::manifest::Manifest;

/// The clean submission of an enterprise.
pub(crate) fn document(year: i64, slug: &str, _: &Manifest) -> Result<Document, String> {
    Err(format!("there is no enterprise {slug} of {year}"))
}
