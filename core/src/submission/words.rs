//! The texts of a column, one behind the other, each stored once where they repeat.

use std::hash::BuildHasher;

use hashbrown::{DefaultHashBuilder, HashTable};

/// The most text that is kept together, in bytes; places in it are numbers of 32 bits.
const MOST: usize = 1 << 30;

/// Different texts, each known by its number.
#[derive(Debug, Clone, Default)]
pub(crate) struct Words {
    text: String,
    ends: Vec<u32>,
}

impl Words {
    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    /// The text of a number; blank where there is none.
    pub(crate) fn get(&self, code: u32) -> &str {
        let code = code as usize;
        let end = |at: usize| self.ends.get(at).map_or(0, |end| *end as usize);
        let begin = code.checked_sub(1).map_or(0, end);
        self.text.get(begin..end(code)).unwrap_or_default()
    }

    /// All of them, by their numbers.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &str> {
        (0u32..).take(self.len()).map(|code| self.get(code))
    }

    fn push(&mut self, word: &str) -> u32 {
        let code = u32::try_from(self.ends.len()).unwrap_or(u32::MAX);
        self.text.push_str(word);
        self.ends.push(u32::try_from(self.text.len()).unwrap_or(u32::MAX));
        code
    }

    pub(super) fn is_full(&self) -> bool {
        self.text.len() > MOST || self.ends.len() > MOST
    }

    pub(super) fn shrink(&mut self) {
        self.text.shrink_to_fit();
        self.ends.shrink_to_fit();
    }
}

/// Finds the number of a word while a column is filled.
#[derive(Debug, Clone, Default)]
pub(crate) struct Index {
    codes: HashTable<u32>,
    hasher: DefaultHashBuilder,
    /// How many words were looked for.
    asked: usize,
    /// Whether hardly a word comes twice: then looking for them costs more than it saves, and each is stored as it comes.
    is_off: bool,
}

/// So many words are looked for before it is judged whether that is worth while.
const TRIAL: usize = 4096;

impl Index {
    /// The number of a word, if it is among the words.
    pub(crate) fn find(&self, words: &Words, word: &str) -> Option<u32> {
        if self.is_off {
            return None;
        }
        self.codes.find(self.hasher.hash_one(word), |code| words.get(*code) == word).copied()
    }

    /// The number of a word, which is among the words from here on.
    pub(crate) fn code(&mut self, words: &mut Words, word: &str) -> u32 {
        if self.is_off {
            return words.push(word);
        }
        self.asked += 1;
        if self.asked >= TRIAL && words.len() * 20 > self.asked * 19 {
            self.is_off = true;
            self.codes = HashTable::new();
            return words.push(word);
        }
        let hash = self.hasher.hash_one(word);
        if let Some(code) = self.codes.find(hash, |code| words.get(*code) == word) {
            return *code;
        }
        let code = words.push(word);
        self.codes.insert_unique(hash, code, |code| self.hasher.hash_one(words.get(*code)));
        code
    }
}
