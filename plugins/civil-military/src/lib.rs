//! The plugin 军民融合 (military-civilian pilot): the gate that every package passes before anything of it is parsed.
//!
//! The gate looks for marks of secrecy, and for what a person must look at first, by form and never by meaning. It holds no text of what it saw. Tables,
//! parameters and the heads of the gate's rules stand in `plugin.toml` beside this crate.

pub mod clues;
mod folded;
pub mod marks;
mod window;

use hegui_core::gate::{Gate, Hit};
use hegui_core::plugin::Plugin;
use hegui_core::verdict::RuleId;

/// The Rust half of the plugin.
#[derive(Debug, Clone, Copy, Default)]
pub struct CivilMilitary;

impl Plugin for CivilMilitary {
    fn name(&self) -> &'static str {
        "civil-military"
    }

    fn gate(&self) -> Option<&dyn Gate> {
        Some(self)
    }
}

impl Gate for CivilMilitary {
    fn inspect(&self, text: &str) -> Vec<Hit> {
        hits(text, window::triggers(text))
    }

    fn inspect_at(&self, text: &str, traces: &[usize]) -> Vec<Hit> {
        // Points of numbers are among the traces, and harm nobody as triggers.
        hits(text, traces.iter().copied())
    }

    fn traces(&self, text: &str) -> Option<Vec<usize>> {
        let mut traces: Vec<usize> = window::triggers(text).chain(clues::points(text)).collect();
        traces.sort_unstable();
        Some(traces)
    }

    fn uninspectable(&self) -> RuleId {
        RuleId("MCI-022".to_string())
    }
}

/// What is found around these places of a text.
fn hits(text: &str, triggers: impl Iterator<Item = usize>) -> Vec<Hit> {
    let hit = |rule: &str, offset, length| Hit { rule: RuleId(rule.to_string()), offset, length };
    let (mut hits, mut clues) = (Vec::new(), clues::Search::default());
    for window in window::windows(text, triggers) {
        let marks = marks::within(&window).into_iter();
        hits.extend(marks.map(|mark| hit(mark.kind.rule_id(), mark.offset_chars, mark.length_chars)));
        clues.window(&window);
    }
    let clues = clues.finish(text).into_iter();
    hits.extend(clues.map(|clue| hit(clue.kind.rule_id(), clue.offset_chars, clue.length_chars)));
    hits
}
