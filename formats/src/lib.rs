//! How submissions come in and reports go out.
//!
//! In: a path becomes a [`package`], its raw text passes the gate ([`inspect`]), a reader ([`read`]) makes it a
//! submission. Out: verdicts become bytes ([`mod@write`]). A reader knows no rule; a writer reads verdicts and changes
//! nothing.

pub mod inspect;
pub mod package;
pub mod read;
pub mod write;
