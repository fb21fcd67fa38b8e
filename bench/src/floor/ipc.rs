//! IPC symbols (WIPO ST.8): `H01S 3/00`.

use std::collections::HashSet;

use super::fold::half_width;
use crate::SUBCLASSES;

/// The subclasses that exist.
#[derive(Debug)]
pub(super) struct Subclasses(HashSet<&'static str>);

impl Subclasses {
    pub(super) fn new() -> Self {
        Self(SUBCLASSES.lines().skip(2).map(str::trim).filter(|code| !code.is_empty()).collect())
    }

    /// Whether a symbol is well formed and its subclass exists. Few different ones occur, so each is looked at once.
    pub(super) fn has(&self, symbol: &[u8]) -> bool {
        let folded: String = String::from_utf8_lossy(symbol).chars().map(half_width).collect();
        let folded = folded.trim().to_ascii_uppercase();
        let Some((subclass, group)) = folded.split_at_checked(4) else { return false };
        let group = group.trim_start();
        // A subclass that is in the list is well formed.
        self.0.contains(subclass) && (group.is_empty() || is_group(group))
    }
}

/// Whether it is like `3/00`.
fn is_group(text: &str) -> bool {
    let Some((main, sub)) = text.split_once('/') else { return false };
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    digits(main)
        && digits(sub)
        && (1..=4).contains(&main.len())
        && (2..=6).contains(&sub.len())
        && main.bytes().any(|byte| byte != b'0')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_symbols() {
        let subclasses = Subclasses::new();
        for text in ["H01S 3/00", "h01s3/00", "H01S", "Ｈ０１Ｓ　３／００", " A61K0031/7048 "] {
            assert!(subclasses.has(text.as_bytes()), "{text}");
        }
        for text in [
            "激光器",
            "A98Z 1/00",
            "A1B 1/00",
            "A01B 0/00",
            "A01B 1/0",
            "A01B 12345/00",
            "A01B 1",
            "A01B 1/00 (2006.01)",
        ] {
            assert!(!subclasses.has(text.as_bytes()), "{text}");
        }
    }
}
