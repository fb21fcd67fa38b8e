//! A small generator of pseudo-random numbers (SplitMix64). Our own, because a library's may change with its version,
//! and then ledgers that were measured could not be made again.

use jiff::ToSpan;
use jiff::civil::Date;

/// A stream of pseudo-random numbers that its seed determines.
#[derive(Debug, Clone)]
pub(super) struct Random(u64);

impl Random {
    pub(super) fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number from 0 up to, but not with, `end`.
    pub(super) fn below(&mut self, end: u32) -> u32 {
        let high = self.next() >> 32;
        u32::try_from((high * u64::from(end)) >> 32).unwrap_or(0)
    }

    /// A number from `low` to `high`, both included.
    pub(super) fn between(&mut self, low: i32, high: i32) -> i32 {
        let width = u32::try_from(high - low + 1).unwrap_or(1);
        low + i32::try_from(self.below(width)).unwrap_or(0)
    }

    /// Whether a thing happens that happens `count` times in ten thousand.
    pub(super) fn in_ten_thousand(&mut self, count: u32) -> bool {
        self.below(10_000) < count
    }

    /// One of `choices`; the first where there is none to choose from is the caller's mistake.
    pub(super) fn pick<'a, T>(&mut self, choices: &'a [T]) -> &'a T {
        let at = self.below(u32::try_from(choices.len()).unwrap_or(u32::MAX));
        &choices[at as usize]
    }

    /// The day between `low` and `high` days after `from`.
    pub(super) fn day_after(&mut self, from: Date, low: i32, high: i32) -> Date {
        from.saturating_add(self.between(low, high).days())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_stay_in_bounds_and_spread() {
        let mut random = Random::new(7);
        let mut seen = [0; 10];
        for _ in 0..10_000 {
            seen[random.below(10) as usize] += 1;
            assert!((-3..=4).contains(&random.between(-3, 4)));
        }
        assert!(seen.iter().all(|count| (850..1150).contains(count)), "{seen:?}");
    }
}
