//! The plugin 商标品牌 (trademark brands): what rules need to know of Nice classes and of the numbers of
//! geographical indications.
//!
//! Tables, indicators and parameters stand in `plugin.toml` beside this crate; here are the native functions alone.

pub mod gi_number;
pub mod mark_number;
mod natives;
pub mod nice;

use hegui_core::native::Native;
use hegui_core::plugin::Plugin;

/// The Rust half of the plugin.
#[derive(Debug, Clone, Copy, Default)]
pub struct TrademarkBrands;

impl Plugin for TrademarkBrands {
    fn name(&self) -> &'static str {
        "trademark-brands"
    }

    fn natives(&self) -> Vec<Native> {
        natives::NATIVES.to_vec()
    }
}
