//! What a plugin may bring in Rust, beside its folder: native functions, and a gate. Both are optional; a plugin
//! without Rust is a folder alone.

use crate::gate::Gate;
use crate::native::Native;

/// The Rust half of a plugin. Its folder (`plugin.toml`, vocabularies) is data and is loaded beside it.
pub trait Plugin: Send + Sync {
    /// The plugin's name: its folder's name and `name` in its manifest.
    fn name(&self) -> &'static str;

    /// The functions its rules may call.
    fn natives(&self) -> Vec<Native> {
        Vec::new()
    }

    /// The gate every package must pass before it is parsed.
    fn gate(&self) -> Option<&dyn Gate> {
        None
    }
}
