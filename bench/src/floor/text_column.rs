//! Columns of text: one after another where texts differ, by number where they repeat.

use std::collections::HashMap;

/// Texts that mostly differ, in one piece of memory.
#[derive(Debug, Default)]
pub(super) struct TextColumn {
    bytes: Vec<u8>,
    /// Where each text ends.
    ends: Vec<usize>,
}

impl TextColumn {
    pub(super) fn push(&mut self, text: &[u8]) {
        self.bytes.extend_from_slice(text);
        self.ends.push(self.bytes.len());
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &[u8]> {
        let mut start = 0;
        self.ends.iter().map(move |end| {
            let text = self.bytes.get(start..*end).unwrap_or_default();
            start = *end;
            text
        })
    }
}

/// Texts of which few differ.
#[derive(Debug, Default)]
pub(super) struct TermColumn {
    terms: Vec<Vec<u8>>,
    by_term: HashMap<Vec<u8>, u32>,
    /// The number of each row's term.
    pub(super) numbers: Vec<u32>,
}

impl TermColumn {
    pub(super) fn push(&mut self, text: &[u8]) {
        let number = match self.by_term.get(text) {
            Some(number) => *number,
            None => {
                let number = u32::try_from(self.terms.len()).unwrap_or(u32::MAX);
                self.terms.push(text.to_vec());
                self.by_term.insert(text.to_vec(), number);
                number
            }
        };
        self.numbers.push(number);
    }

    /// The terms, by their number.
    pub(super) fn terms(&self) -> &[Vec<u8>] {
        &self.terms
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_come_back() {
        let (mut texts, mut terms) = (TextColumn::default(), TermColumn::default());
        for text in ["有效", "", "届满", "有效"] {
            texts.push(text.as_bytes());
            terms.push(text.as_bytes());
        }
        assert_eq!(texts.iter().collect::<Vec<_>>(), ["有效", "", "届满", "有效"].map(str::as_bytes));
        assert_eq!((terms.terms().len(), &terms.numbers[..]), (3, &[0, 1, 2, 0][..]));
    }
}
