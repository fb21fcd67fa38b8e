//! What Rhai's syntax tree does not keep: the patterns of `switch`, which are there as hashes only.

use rhai::{Engine, Position, Token};

use crate::diagnostic::SourceFile;

/// The tokens of a script, read once.
pub(crate) struct Tokens(Vec<(Token, Position)>);

impl Tokens {
    pub(crate) fn of(engine: &Engine, file: &SourceFile) -> Self {
        let texts = [file.text.as_ref()];
        let (tokens, control) = engine.lex(&texts);
        let mut all = Vec::new();
        // Depth of braces within each `${ … }` that is open: after its last brace, the text goes on.
        let mut texts_open: Vec<usize> = Vec::new();
        let mut text_begins = false;
        for (token, at) in tokens {
            match (&token, texts_open.last_mut()) {
                (Token::EOF, _) => break,
                (Token::InterpolatedString(_), _) => {
                    texts_open.push(0);
                    text_begins = true;
                }
                // The brace of `${` itself.
                (Token::LeftBrace, Some(_)) if text_begins => text_begins = false,
                (Token::LeftBrace | Token::MapStart, Some(depth)) => *depth += 1,
                (Token::RightBrace, Some(0)) => {
                    texts_open.pop();
                    control.borrow_mut().is_within_text = true;
                }
                (Token::RightBrace, Some(depth)) => *depth -= 1,
                _ => {}
            }
            all.push((token, at));
        }
        Self(all)
    }

    /// The pattern of each arm of the `switch` at `position`, in order: what stands before `=>` or `if`. None if no
    /// such `switch` is found, which never happens.
    pub(crate) fn switch_patterns(&self, position: Position) -> Option<Vec<&[(Token, Position)]>> {
        let start = self.0.binary_search_by_key(&position, |(_, at)| *at).ok()?;
        let mut patterns = Vec::new();
        let mut depth = 0usize;
        // Where the pattern at hand begins, or none within an arm's condition and body.
        let mut begins = None;
        let mut inside = false;
        for (at, (token, _)) in self.0.iter().enumerate().skip(start + 1) {
            match token {
                // The braces of the switch itself follow its subject; braces within the subject stand in brackets.
                Token::LeftBrace if !inside && depth == 0 => {
                    inside = true;
                    begins = Some(at + 1);
                }
                Token::LeftBrace | Token::LeftParen | Token::LeftBracket | Token::MapStart => depth += 1,
                Token::RightBrace if inside && depth == 0 => break,
                Token::RightBrace | Token::RightParen | Token::RightBracket => {
                    depth = depth.saturating_sub(1);
                    // An arm whose body is a block needs no comma after it.
                    if inside && depth == 0 && matches!(token, Token::RightBrace) {
                        begins = Some(at + 1);
                    }
                }
                Token::DoubleArrow | Token::If if inside && depth == 0 => {
                    if let Some(begins) = begins.take() {
                        patterns.push(&self.0[begins..at]);
                    }
                }
                Token::Comma if inside && depth == 0 => begins = Some(at + 1),
                // `{ … } else { … }` of an `if` in an arm: no pattern begins there.
                Token::Else if depth == 0 => begins = None,
                _ => {}
            }
        }
        Some(patterns)
    }
}
