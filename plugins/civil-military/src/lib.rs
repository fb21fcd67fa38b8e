//! The plugin 军民融合 (military-civilian pilot): the gate that every package passes before anything of it is parsed.
//!
//! The gate looks for marks of secrecy by their form, never by meaning. It holds no text of what it saw. Tables,
//! parameters and the heads of the gate's rules stand in `plugin.toml` beside this crate.

pub mod marks;

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
        marks::find(text)
            .into_iter()
            .map(|mark| Hit {
                rule: RuleId(mark.kind.rule_id().to_string()),
                offset: mark.offset_chars,
                length: mark.length_chars,
            })
            .collect()
    }

    fn uninspectable(&self) -> RuleId {
        RuleId("MCI-022".to_string())
    }
}
