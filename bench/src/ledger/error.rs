//! The one error of writing ledgers: which file, and why.

use std::fmt;
use std::path::{Path, PathBuf};

/// A file that could not be written.
#[derive(Debug)]
pub struct LedgerError {
    path: PathBuf,
    source: Box<dyn std::error::Error>,
}

impl LedgerError {
    /// For `map_err`: names the file that a cause belongs to.
    pub(super) fn at<E: std::error::Error + 'static>(path: &Path) -> impl Fn(E) -> Self {
        let path = path.to_path_buf();
        move |cause| Self { path: path.clone(), source: Box::new(cause) }
    }
}

impl fmt::Display for LedgerError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "failed to write {}: {}", self.path.display(), self.source)
    }
}

impl std::error::Error for LedgerError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(self.source.as_ref())
    }
}
