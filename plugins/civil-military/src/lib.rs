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
        // The points of numbers are among the traces, and no window stands around them.
        hits(text, traces.iter().copied().filter(|at| text.as_bytes().get(*at) != Some(&b'.')))
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

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::*;

    /// Long stretches in which a term or a number could go on, with much to look at in them.
    #[test]
    fn time_grows_with_the_text_and_not_faster() {
        for line in [
            "2020-05-12,12.34567,45.67890\n",
            "字,12.34567,45.67890\n",
            "甲密件数乙,1\n",
            "密件\n",
            "绝密2020年\n",
        ] {
            let (text, begin) = (line.repeat(40_000), Instant::now());
            let traces = CivilMilitary.traces(&text).unwrap_or_default();
            assert_eq!(CivilMilitary.inspect_at(&text, &traces), CivilMilitary.inspect(&text), "{line}");
            assert!(begin.elapsed() < Duration::from_secs(20), "{line}: {:?}", begin.elapsed());
        }
    }
}
