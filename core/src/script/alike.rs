//! Texts that are nearly the same: by the pairs of neighbouring characters they share.
//!
//! Two texts are alike if of all the pairs that occur in either, at least a given share occurs in both (Jaccard). Groups
//! are whatever hangs together by likeness. The answer is exact; what makes it fast is that two texts can only be alike
//! if they share one of their rarer pairs (prefix filtering), so that few texts are compared.

use std::collections::HashMap;

use crate::text::fold;
use crate::value::Decimal;

type Pair = (char, char);

/// Groups of two or more texts that hang together by likeness, each in the order of the texts, the groups in the order
/// of their first. Blank texts are like nothing.
pub(super) fn groups(texts: &[&str], share: Decimal) -> Vec<Vec<usize>> {
    let mut pairs: Vec<Vec<Pair>> = texts.iter().map(|text| pairs_of(text)).collect();
    let mut counts: HashMap<Pair, usize> = HashMap::new();
    for pair in pairs.iter().flatten() {
        *counts.entry(*pair).or_default() += 1;
    }
    for own in &mut pairs {
        own.sort_unstable_by_key(|pair| (counts[pair], *pair));
    }
    let mut bonds = Bonds::new(texts.len());
    let mut by_pair: HashMap<Pair, Vec<usize>> = HashMap::new();
    for (at, own) in pairs.iter().enumerate() {
        let telling = &own[..telling(own.len(), share)];
        for pair in telling {
            let others = by_pair.entry(*pair).or_default();
            for other in others.iter().copied() {
                if !bonds.tied(at, other) && alike(own, &pairs[other], share) {
                    bonds.tie(at, other);
                }
            }
            others.push(at);
        }
    }
    bonds.groups()
}

/// The pairs of a text, each once. A single character is a pair with nothing.
fn pairs_of(text: &str) -> Vec<Pair> {
    let characters: Vec<char> = fold(text).to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect();
    let mut pairs: Vec<Pair> = match characters.as_slice() {
        [one] => vec![(*one, '\0')],
        all => all.windows(2).map(|two| (two[0], two[1])).collect(),
    };
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

/// How many of its rarest pairs tell a text: if it is like another, they share one of these.
fn telling(pairs: usize, share: Decimal) -> usize {
    let shared = (Decimal::from(pairs) * share).ceil();
    let shared: usize = shared.try_into().unwrap_or(pairs);
    (pairs + 1).saturating_sub(shared.max(1)).min(pairs)
}

fn alike(a: &[Pair], b: &[Pair], share: Decimal) -> bool {
    let (shorter, longer) = if a.len() < b.len() { (a, b) } else { (b, a) };
    if Decimal::from(shorter.len()) < share * Decimal::from(longer.len()) {
        return false;
    }
    let common = shorter.iter().filter(|pair| longer.contains(pair)).count();
    let all = a.len() + b.len() - common;
    Decimal::from(common) >= share * Decimal::from(all)
}

/// Which texts hang together.
struct Bonds(Vec<usize>);

impl Bonds {
    fn new(count: usize) -> Self {
        Self((0..count).collect())
    }

    fn head(&mut self, of: usize) -> usize {
        let mut at = of;
        while self.0[at] != at {
            self.0[at] = self.0[self.0[at]];
            at = self.0[at];
        }
        at
    }

    fn tied(&mut self, a: usize, b: usize) -> bool {
        self.head(a) == self.head(b)
    }

    fn tie(&mut self, a: usize, b: usize) {
        let (a, b) = (self.head(a), self.head(b));
        // The first text leads, whatever the order of comparing.
        self.0[a.max(b)] = a.min(b);
    }

    fn groups(mut self) -> Vec<Vec<usize>> {
        let mut groups: Vec<Vec<usize>> = vec![Vec::new(); self.0.len()];
        for at in 0..self.0.len() {
            let head = self.head(at);
            groups[head].push(at);
        }
        groups.retain(|group| group.len() > 1);
        groups
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(texts: &[&str], percent: i64) -> Vec<Vec<usize>> {
        groups(texts, Decimal::new(percent, 2))
    }

    #[test]
    fn near_texts_hang_together() {
        let texts = ["一种苹果采摘装置", "一种节能型锅炉", "一种苹果采摘装置A", "一种苹果采摘装置AB", ""];
        assert_eq!(found(&texts, 80), [vec![0, 2, 3]]);
        assert_eq!(found(&texts, 100), Vec::<Vec<usize>>::new());
    }

    #[test]
    fn the_very_share_is_enough() {
        // ab bc cd | ab bc ce: 2 of 4.
        assert_eq!(found(&["abcd", "abce"], 50), [vec![0, 1]]);
        assert_eq!(found(&["abcd", "abce"], 51), Vec::<Vec<usize>>::new());
    }

    #[test]
    fn width_case_and_punctuation_do_not_count() {
        assert_eq!(found(&["ＡＢ型（一）", "ab型一"], 100), [vec![0, 1]]);
        assert_eq!(found(&["甲", "甲", "乙"], 100), [vec![0, 1]]);
    }

    /// Against comparing every text with every other.
    #[test]
    fn nothing_is_passed_over() {
        let mut seed = 12345u32;
        let mut next = |bound: u32| {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (seed >> 16) % bound
        };
        for _ in 0..200 {
            let texts: Vec<String> = (0..30)
                .map(|_| (0..next(7)).map(|_| char::from(b'a' + u8::try_from(next(3)).unwrap())).collect())
                .collect();
            let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
            for percent in [1, 34, 50, 80, 100] {
                let share = Decimal::new(percent, 2);
                let pairs: Vec<Vec<Pair>> = texts.iter().map(|text| pairs_of(text)).collect();
                let mut bonds = Bonds::new(texts.len());
                for (a, b) in (0..texts.len()).flat_map(|a| (0..a).map(move |b| (a, b))) {
                    if !pairs[a].is_empty() && !pairs[b].is_empty() && alike(&pairs[a], &pairs[b], share) {
                        bonds.tie(a, b);
                    }
                }
                assert_eq!(groups(&texts, share), bonds.groups(), "{texts:?} {percent}");
            }
        }
    }
}
