//! What the gates see, piece by piece.

use hegui_core::gate::{Gate, Hit};
use hegui_core::text::Text;
use hegui_core::verdict::RuleId;

use super::place::Place;

/// The most that is kept of one file. It is held either way; a file full of marks must not cost for ever.
const MAX_SEEN: usize = 1_000;

/// One thing a gate stopped at, or could not be shown.
#[derive(Debug, Clone)]
pub(super) struct Seen {
    pub(super) rule: RuleId,
    /// The archives it is nested in, outermost first.
    pub(super) within: Vec<Place>,
    pub(super) place: Place,
    pub(super) offset: Option<usize>,
    pub(super) length: Option<usize>,
    pub(super) why: Option<Text>,
}

/// Shows pieces of text to all gates and keeps where they stopped.
pub(super) struct Eye<'g> {
    gates: &'g [&'g dyn Gate],
    seen: Vec<Seen>,
    /// Where the nested archives at hand stand, outermost first; none in the file itself.
    pub(super) within: Vec<Place>,
    /// How many bytes archives have unfolded to so far, nested ones counted.
    pub(super) unfolded: u64,
}

impl<'g> Eye<'g> {
    pub(super) fn new(gates: &'g [&'g dyn Gate]) -> Self {
        Self { gates, seen: Vec::new(), within: Vec::new(), unfolded: 0 }
    }

    /// Shows one piece that stands at `place`.
    pub(super) fn look(&mut self, place: &Place, text: &str) {
        for hit in self.hits(text) {
            self.keep(hit, place.clone());
        }
    }

    /// Shows a piece that holds what was shown before in other portions; only rules that have not stopped since
    /// `since` are new.
    pub(super) fn look_again(&mut self, place: &Place, text: &str, since: usize) {
        for hit in self.hits(text) {
            if !self.seen[since.min(self.seen.len())..].iter().any(|seen| seen.rule == hit.rule) {
                self.keep(hit, place.clone());
            }
        }
    }

    /// Where the gates stop in a piece.
    pub(super) fn hits(&self, text: &str) -> Vec<Hit> {
        if text.is_empty() || self.seen.len() >= MAX_SEEN {
            return Vec::new();
        }
        self.gates.iter().flat_map(|gate| gate.inspect(text)).collect()
    }

    /// Where the gates stop in a piece whose traces are known.
    pub(super) fn hits_at(&self, text: &str, traces: &[usize]) -> Vec<Hit> {
        if text.is_empty() || self.seen.len() >= MAX_SEEN {
            return Vec::new();
        }
        self.gates.iter().flat_map(|gate| gate.inspect_at(text, traces)).collect()
    }

    /// Where in a text something stands without which no gate stops, in bytes and in order; none where that is not known.
    pub(super) fn traces(&self, text: &str) -> Option<Vec<usize>> {
        let mut all = Vec::new();
        for gate in self.gates {
            all.extend(gate.traces(text)?);
        }
        all.sort_unstable();
        Some(all)
    }

    /// Keeps a hit at `place`.
    pub(super) fn keep(&mut self, hit: Hit, place: Place) {
        let (offset, length) = (Some(hit.offset), Some(hit.length));
        self.push(Seen { rule: hit.rule, within: self.within.clone(), place, offset, length, why: None });
    }

    fn push(&mut self, seen: Seen) {
        if self.seen.len() < MAX_SEEN {
            self.seen.push(seen);
        }
    }

    /// Notes that something cannot be shown whole.
    pub(super) fn cannot_see(&mut self, place: &Place, why: Text) {
        for gate in self.gates {
            self.push(Seen {
                rule: gate.uninspectable(),
                within: self.within.clone(),
                place: place.clone(),
                offset: None,
                length: None,
                why: Some(why.clone()),
            });
        }
    }

    /// How much has been seen so far.
    pub(super) fn count(&self) -> usize {
        self.seen.len()
    }

    /// What has been seen since `since`.
    pub(super) fn since(&mut self, since: usize) -> &mut [Seen] {
        let since = since.min(self.seen.len());
        &mut self.seen[since..]
    }

    /// Whether this rule has already stopped at this place.
    pub(super) fn knows(&self, rule: &RuleId, place: &Place) -> bool {
        self.seen.iter().any(|seen| &seen.rule == rule && &seen.place == place && seen.within == self.within)
    }

    pub(super) fn into_seen(self) -> Vec<Seen> {
        self.seen
    }
}
