//! Rhai's parse errors in the words of the office, and what its syntax tree does not keep: the literals of `switch`.

use rhai::{Engine, LexError, ParseErrorType, Position, Token};

use crate::diagnostic::SourceFile;
use crate::rule::RuleProblem;
use crate::text::{Text, fold};

/// A parse error as a problem. Full-width punctuation, the commonest slip of all, gets the corrected line.
pub(super) fn problem(file: &SourceFile, error: &ParseErrorType, position: Position) -> RuleProblem {
    if let Some(corrected) = full_width(file, position) {
        return RuleProblem::FullWidth { corrected };
    }
    if let Some((word, keyword)) = chinese_keyword(file, position) {
        return RuleProblem::ChineseKeyword { word, keyword };
    }
    if let ParseErrorType::Reserved(word) | ParseErrorType::BadInput(LexError::ImproperSymbol(word, _)) =
        error
    {
        if FORBIDDEN.contains(&word.as_str()) {
            let what = Text::new(format!(" {word}"), format!("`{word}`"));
            return RuleProblem::Forbidden { what, instead: None };
        }
        if word == "=" {
            return RuleProblem::Syntax {
                message: Text::new(
                    "这里不能赋值；比较是否相等要写两个等号“==”",
                    "nothing can be assigned here; to compare, write `==`",
                ),
            };
        }
    }
    if unpaired_quote(file, position) {
        return RuleProblem::Syntax {
            message: Text::new("这一行的引号不成对", "a quotation mark on this line has no other half"),
        };
    }
    RuleProblem::Syntax { message: message(error) }
}

/// Words of the language that the engine's profile takes away.
const FORBIDDEN: [&str; 8] = ["eval", "import", "export", "print", "debug", "Fn", "call", "this"];

/// Whether a line outside longer texts has an odd number of quotation marks.
fn unpaired_quote(file: &SourceFile, position: Position) -> bool {
    let line = position.line().and_then(|line| file.text.lines().nth(line.checked_sub(1)?));
    line.is_some_and(|line| {
        let code = line.split("//").next().unwrap_or_default().replace("\\\"", "");
        !code.contains('`') && code.matches('"').count() % 2 == 1
    })
}

/// Words that people write for keywords, and the keywords.
const KEYWORDS: [(&str, &str); 11] = [
    ("如果", "if"),
    ("若", "if"),
    ("否则", "else"),
    ("返回", "return"),
    ("令", "let"),
    ("设", "let"),
    ("对于", "for"),
    ("当", "while"),
    ("且", "&&"),
    ("并且", "&&"),
    ("或", "||"),
];

/// The word at or right before the place of an error, if it is a Chinese word for a keyword. The parser notices such
/// a word only at what follows it.
fn chinese_keyword(file: &SourceFile, position: Position) -> Option<(String, &'static str)> {
    let line = file.text.lines().nth(position.line()?.checked_sub(1)?)?;
    let at = position.position()?.checked_sub(1)?;
    let before: String = line.chars().take(at).collect();
    let after: String = line.chars().skip(at).collect();
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let next = after.split(|c: char| !is_word(c)).next().unwrap_or_default();
    let last = before.trim_end().rsplit(|c: char| !is_word(c)).next().unwrap_or_default();
    let known = |word: &str| {
        KEYWORDS.iter().find(|(zh, _)| *zh == word).map(|(_, keyword)| (word.to_string(), *keyword))
    };
    known(next).or_else(|| known(last))
}

/// The line with its punctuation made half-width outside quotes, if there is full-width punctuation in it.
fn full_width(file: &SourceFile, position: Position) -> Option<String> {
    let line = file.text.lines().nth(position.line()?.checked_sub(1)?)?;
    let mut quoted = false;
    let mut corrected = String::new();
    let mut changed = false;
    for c in line.chars() {
        match c {
            '"' => {
                quoted = !quoted;
                corrected.push(c);
            }
            '“' | '”' if !quoted || corrected.ends_with(|before: char| !before.is_alphanumeric()) => {
                corrected.push('"');
                changed = true;
            }
            '。' | '、' if !quoted => {
                corrected.push(if c == '。' { ';' } else { ',' });
                changed = true;
            }
            c if !quoted && is_full_width_mark(c) => {
                corrected.push_str(&fold(&c.to_string()));
                changed = true;
            }
            c => corrected.push(c),
        }
    }
    changed.then(|| corrected.trim().to_string())
}

fn is_full_width_mark(c: char) -> bool {
    matches!(c, '\u{ff01}'..='\u{ff0f}' | '\u{ff1a}'..='\u{ff20}' | '\u{ff3b}'..='\u{ff40}' | '\u{ff5b}'..='\u{ff5e}' | '\u{ff10}'..='\u{ff19}' | '\u{3000}')
}

fn message(error: &ParseErrorType) -> Text {
    use ParseErrorType as E;
    match error {
        E::UnexpectedEOF => Text::new(
            "脚本没有写完：少了右括号或右大括号",
            "the script ends too early: a bracket or brace is not closed",
        ),
        E::BadInput(LexError::UnterminatedString) => {
            Text::new("文字没有写完：少了右引号", "a text is not closed by a quote")
        }
        E::BadInput(LexError::UnexpectedInput(found)) => {
            Text::new(format!("这里不能用“{found}”"), format!("`{found}` cannot stand here"))
        }
        E::BadInput(LexError::MalformedNumber(found)) => {
            Text::new(format!("数写错了：“{found}”"), format!("`{found}` is not a number"))
        }
        E::BadInput(LexError::ImproperSymbol(found, _)) => {
            Text::new(format!("没有“{found}”这个符号"), format!("there is no symbol `{found}`"))
        }
        E::MissingToken(token, _) => {
            Text::new(format!("这里缺少“{token}”"), format!("`{token}` is missing here"))
        }
        E::ExprExpected(_) => Text::new("这里应有一个值或条件", "a value or a condition is missing here"),
        E::VariableExpected => Text::new("这里应是变量名", "a name is expected here"),
        E::PropertyExpected => Text::new("“.”后面应是字段名", "a field's name is expected after `.`"),
        E::Reserved(word) => Text::new(
            format!("“{word}”是保留字，不能用作名称；字段可改用中文名，或写成 [\"{word}\"]"),
            format!("`{word}` is reserved and cannot be a name; use the Chinese label or [\"{word}\"]"),
        ),
        E::UnknownOperator(found) => {
            Text::new(format!("没有“{found}”这个运算符"), format!("there is no operator `{found}`"))
        }
        E::AssignmentToConstant(name) => {
            Text::new(format!("“{name}”不能再赋值"), format!("`{name}` is constant"))
        }
        E::ExprTooDeep => Text::new("嵌套过深", "nested too deeply"),
        E::LoopBreak => Text::new("break 和 continue 只能用在循环里", "break and continue belong in loops"),
        other => Text::new(format!("脚本写法有误：{other}"), format!("not a valid script: {other}")),
    }
}

/// A literal that a `switch` compares with.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum CaseLiteral {
    Text(String),
    Integer,
    Boolean,
    /// Anything else; the types of `switch` never match it.
    Other,
}

/// The tokens of a script, read once.
pub(super) struct Tokens(Vec<(Token, Position)>);

impl Tokens {
    pub(super) fn of(engine: &Engine, file: &SourceFile) -> Self {
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

    /// The literals of the `switch` at `position`, which the syntax tree keeps as hashes only.
    pub(super) fn switch_literals(&self, position: Position) -> Vec<(CaseLiteral, Position)> {
        let Ok(start) = self.0.binary_search_by_key(&position, |(_, at)| *at) else {
            // Never: but what cannot be checked is not let through.
            return vec![(CaseLiteral::Other, position)];
        };
        let mut tokens = self.0[start + 1..].iter();
        let mut depth = 0usize;
        // The braces of the switch itself follow its subject; braces within the subject are rare and in brackets.
        for (token, _) in tokens.by_ref() {
            match token {
                Token::LeftParen | Token::LeftBracket => depth += 1,
                Token::RightParen | Token::RightBracket => depth = depth.saturating_sub(1),
                Token::LeftBrace if depth == 0 => break,
                _ => {}
            }
        }
        let mut literals = Vec::new();
        let mut depth = 0usize;
        let mut in_pattern = true;
        for (token, at) in tokens {
            match token {
                Token::LeftBrace | Token::LeftParen | Token::LeftBracket | Token::MapStart => depth += 1,
                Token::RightBrace if depth == 0 => break,
                Token::RightBrace | Token::RightParen | Token::RightBracket => {
                    depth = depth.saturating_sub(1);
                    // A case whose body is a block needs no comma after it.
                    if depth == 0 && matches!(token, Token::RightBrace) {
                        in_pattern = true;
                    }
                }
                Token::DoubleArrow | Token::If | Token::Else if depth == 0 => in_pattern = false,
                Token::Comma if depth == 0 => in_pattern = true,
                _ if depth > 0 || !in_pattern => {}
                Token::StringConstant(text) => literals.push((CaseLiteral::Text(text.to_string()), *at)),
                Token::IntegerConstant(_) => literals.push((CaseLiteral::Integer, *at)),
                Token::True | Token::False => literals.push((CaseLiteral::Boolean, *at)),
                Token::Pipe
                | Token::Underscore
                | Token::Minus
                | Token::ExclusiveRange
                | Token::InclusiveRange => {}
                _ => literals.push((CaseLiteral::Other, *at)),
            }
        }
        literals
    }
}
