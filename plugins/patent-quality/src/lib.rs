//! The plugin 专利质量 (patent quality): what rules need to know of patent numbers, national and
//! international, and of IPC symbols.
//!
//! Tables, indicators and parameters stand in `plugin.toml` beside this crate; here are the native functions alone.

pub mod ipc;
mod natives;
pub mod number;
pub mod pct;
pub mod publication;
mod text;

use hegui_core::native::Native;
use hegui_core::plugin::Plugin;

/// The Rust half of the plugin.
#[derive(Debug, Clone, Copy, Default)]
pub struct PatentQuality;

impl Plugin for PatentQuality {
    fn name(&self) -> &'static str {
        "patent-quality"
    }

    fn natives(&self) -> Vec<Native> {
        natives::NATIVES.to_vec()
    }
}
