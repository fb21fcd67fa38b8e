//! The gate: every package passes it, as raw text, before anything of it is parsed.
//!
//! The engine does not know what a gate looks for; a plugin brings it. What a gate stops is held: nothing of the
//! package is read further or repeated, and what is reported are numbers only — never text of the package, not even
//! its name.

use crate::text::Text;
use crate::verdict::RuleId;

/// Looks at every piece of text of a package before anything of it is parsed.
///
/// The gate fails closed: what cannot be looked at is held by the caller under [`Gate::uninspectable`].
/// It never repeats what it saw: a [`Hit`] holds a rule, an offset and a length.
pub trait Gate: Send + Sync {
    /// The hits in one piece of text.
    fn inspect(&self, text: &str) -> Vec<Hit>;

    /// Where in a text, in bytes and in order, something stands without which there is no hit: each hit that
    /// [`Gate::inspect`] finds in the text, or in a piece cut out of it whose quotes are left out, holds one of these
    /// places. Pieces that hold none need not be shown. `None` where that cannot be told.
    fn traces(&self, text: &str) -> Option<Vec<usize>> {
        let _ = text;
        None
    }

    /// The hits in one piece of text whose traces, all of them and no others, are known.
    fn inspect_at(&self, text: &str, traces: &[usize]) -> Vec<Hit> {
        let _ = traces;
        self.inspect(text)
    }

    /// The rule under which a package is held that cannot be inspected whole (encrypted, cut off, unknown format).
    fn uninspectable(&self) -> RuleId;
}

/// A place at which a gate stopped a package. Never holds text of the package.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// The gate's rule.
    pub rule: RuleId,
    /// Where the match begins in the piece, in characters.
    pub offset: usize,
    /// How long it is, in characters.
    pub length: usize,
}

/// A package that is held, and why. Holds no text of the package.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// The package's number among all packages of the run, sorted by path, counted from 1.
    pub package: usize,
    /// Why; at least one.
    pub reasons: Vec<HeldReason>,
}

/// One reason to hold a package.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct HeldReason {
    /// The gate's rule, or the stop rule.
    pub rule: RuleId,
    /// The number of the file within the package, counted from 1.
    pub file: usize,
    /// Where in the file, by numbers and fixed words only, such as `工作表2!C7`, `批注3`, `文件名`.
    pub place: Text,
    /// Where the match begins in that piece, in characters; none where the file could not be inspected, or a rule
    /// holds the package.
    pub offset: Option<usize>,
    /// How long it is, in characters.
    pub length: Option<usize>,
    /// SHA-256 of the whole file, in hex, by which the office finds it.
    pub sha256: String,
    /// Why the file could not be inspected, if that is the reason; words of ours, never the file's.
    pub why: Option<Text>,
}

impl HeldReason {
    /// Whether a gate stopped here, before anything was read; else a rule with severity stop holds the package.
    pub fn is_by_gate(&self) -> bool {
        self.offset.is_some() || self.why.is_some()
    }
}
