//! Rhai's parse errors in the words of the office.

use rhai::{LexError, ParseErrorType, Position};

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
