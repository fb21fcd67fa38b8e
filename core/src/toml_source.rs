//! Reading TOML that people wrote, with messages for the mistakes they make.
//!
//! The one everybody makes on the first day is a Chinese key without quotes; it gets the corrected line.

use std::ops::Range;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer};

use crate::diagnostic::{Diagnostic, SourceFile};
use crate::text::{Text, did_you_mean};
use crate::value::Date;

/// What is wrong in a TOML text, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TomlProblem {
    /// The bytes meant, if the parser knows them.
    pub span: Option<Range<usize>>,
    /// What is wrong.
    pub kind: TomlProblemKind,
}

/// The kinds of mistakes that have their own message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TomlProblemKind {
    /// A Chinese key without quotes; holds the corrected line.
    BareKey(String),
    /// A key that is not known here, and the one that was probably meant.
    UnknownKey(String, Option<String>),
    /// A key that must be there.
    MissingKey(String),
    /// A key given twice.
    DuplicateKey,
    /// A text that is not closed by a quote.
    OpenText,
    /// A text that stands in no quotes at all.
    BareText,
    /// A value outside a fixed list: what stands there, and the list.
    UnknownWord(String, String),
    /// Anything else, in the parser's words.
    Other(String),
}

impl TomlProblem {
    /// The problem as a message about a place in `file`.
    pub fn diagnostic(&self, code: &'static str, file: &SourceFile) -> Diagnostic {
        Diagnostic {
            code,
            file: file.clone(),
            span: self.span.clone(),
            message: self.message(),
            label: Text::default(),
            help: self.help(),
        }
    }

    /// What is wrong.
    pub fn message(&self) -> Text {
        match &self.kind {
            TomlProblemKind::BareKey(_) => {
                Text::new("中文键名要加英文双引号", "a Chinese key must stand in quotes")
            }
            TomlProblemKind::UnknownKey(key, _) => {
                Text::new(format!("不认识的键“{key}”"), format!("unknown key `{key}`"))
            }
            TomlProblemKind::MissingKey(key) => {
                Text::new(format!("缺少必填的键“{key}”"), format!("missing key `{key}`"))
            }
            TomlProblemKind::DuplicateKey => Text::new("同一个键写了两次", "the same key stands twice"),
            TomlProblemKind::OpenText => {
                Text::new("文字没有写完：少了右引号", "a text is not closed by a quote")
            }
            TomlProblemKind::BareText => Text::new("文字要加英文双引号", "a text must stand in quotes"),
            TomlProblemKind::UnknownWord(word, _) => Text::new(
                format!("“{word}”不在可用的取值之内"),
                format!("`{word}` is not one of the words allowed"),
            ),
            TomlProblemKind::Other(message) => {
                Text::new(format!("TOML 写法有误：{message}"), format!("not valid TOML: {message}"))
            }
        }
    }

    /// What to do.
    pub fn help(&self) -> Option<Text> {
        match &self.kind {
            TomlProblemKind::BareKey(line) => {
                Some(Text::new(format!("改为：{line}"), format!("write: {line}")))
            }
            TomlProblemKind::UnknownKey(_, Some(key)) => {
                Some(Text::new(format!("是不是想写“{key}”？"), format!("did you mean `{key}`?")))
            }
            TomlProblemKind::UnknownWord(_, allowed) => {
                Some(Text::new(format!("可以写：{allowed}"), format!("one of: {allowed}")))
            }
            _ => None,
        }
    }
}

/// A calendar day as TOML writes it, such as `2021-03-31`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Day(pub Date);

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let written = toml::value::Datetime::deserialize(deserializer)?;
        to_date(&written)
            .map(Self)
            .ok_or_else(|| serde::de::Error::custom("a date such as 2020-10-22 is expected"))
    }
}

/// The calendar day of a TOML date or date-time.
pub(crate) fn to_date(written: &toml::value::Datetime) -> Option<Date> {
    let date = written.date?;
    Date::new(i16::try_from(date.year).ok()?, i8::try_from(date.month).ok()?, i8::try_from(date.day).ok()?)
        .ok()
}

/// Reads `text` as TOML into `T`.
pub fn parse<T: DeserializeOwned>(text: &str) -> Result<T, TomlProblem> {
    toml::from_str(text).map_err(|error| explain(text, error.message(), error.span()))
}

fn explain(text: &str, message: &str, span: Option<Range<usize>>) -> TomlProblem {
    if let Some(problem) = bare_key(text, span.clone()).or_else(|| bare_keys_within(text, message, &span)) {
        return problem;
    }
    let ticked: Vec<&str> = message.split('`').skip(1).step_by(2).collect();
    let kind = match (message, ticked.as_slice()) {
        (m, [key, known @ ..]) if m.starts_with("unknown field") => {
            let suggestion = did_you_mean(key, known.iter().copied()).map(str::to_string);
            TomlProblemKind::UnknownKey((*key).to_string(), suggestion)
        }
        (m, [word, known @ ..]) if m.starts_with("unknown variant") => {
            TomlProblemKind::UnknownWord((*word).to_string(), known.join(" "))
        }
        (m, [key, ..]) if m.starts_with("missing field") => TomlProblemKind::MissingKey((*key).to_string()),
        (m, _) if m.starts_with("duplicate key") => TomlProblemKind::DuplicateKey,
        (m, _) if m.starts_with("invalid basic string, expected `\"`") => TomlProblemKind::OpenText,
        (m, _) if m.starts_with("string values must be quoted") => TomlProblemKind::BareText,
        _ => TomlProblemKind::Other(message.to_string()),
    };
    TomlProblem { span, kind }
}

/// A line such as `名称 = "x"` or `[[目标]]` at the place of the error.
fn bare_key(text: &str, span: Option<Range<usize>>) -> Option<TomlProblem> {
    let at = span?.start.min(text.len());
    let start = text.get(..at)?.rfind('\n').map_or(0, |n| n + 1);
    let end = text[start..].find('\n').map_or(text.len(), |n| start + n);
    let line = text[start..end].trim_end();
    let indent = line.len() - line.trim_start().len();
    let trimmed = line.trim_start();
    let (open, key_and_rest) = match trimmed {
        t if t.starts_with("[[") => ("[[", &t[2..]),
        t if t.starts_with('[') => ("[", &t[1..]),
        t => ("", t),
    };
    let key: String = key_and_rest
        .chars()
        .take_while(|c| !matches!(c, '=' | ']' | '"' | '\'' | '#' | ' ' | '\t' | '＝' | '.'))
        .collect();
    if key.is_empty() || key.is_ascii() {
        return None;
    }
    let rest = &key_and_rest[key.len()..];
    let from = start + indent + open.len();
    let corrected = format!("{open}\"{key}\"{}", rest.replacen('＝', "=", 1));
    Some(TomlProblem { span: Some(from..from + key.len()), kind: TomlProblemKind::BareKey(corrected) })
}

/// Chinese keys within braces, as in `{ 数量 = 5 }`: the whole line, with each in quotes.
fn bare_keys_within(text: &str, message: &str, span: &Option<Range<usize>>) -> Option<TomlProblem> {
    let span = span.clone().filter(|_| message.starts_with("invalid unquoted key"))?;
    text.get(span.clone()).filter(|key| !key.is_ascii())?;
    let start = text.get(..span.start)?.rfind('\n').map_or(0, |n| n + 1);
    let line = text.get(start..)?.lines().next()?;
    let is_word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-');
    let mut corrected = String::new();
    let mut word = String::new();
    let mut quoted = false;
    for c in line.chars().chain(['\n']) {
        if !quoted && is_word(c) {
            word.push(c);
            continue;
        }
        let mark = if word.is_ascii() { "" } else { "\"" };
        corrected.extend([mark, &word, mark]);
        word.clear();
        quoted ^= c == '"';
        corrected.push(c);
    }
    let kind = TomlProblemKind::BareKey(corrected.trim().to_string());
    Some(TomlProblem { span: Some(span), kind })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, serde::Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Sample {
        #[allow(dead_code)]
        title: String,
    }

    #[test]
    fn chinese_key_gets_the_corrected_line() {
        let problem = parse::<Sample>("title = \"x\"\n名称 = \"y\"\n").unwrap_err();
        assert_eq!(problem.kind, TomlProblemKind::BareKey("\"名称\" = \"y\"".into()));
        assert_eq!(problem.span, Some(12..18));
    }

    #[test]
    fn unknown_key_is_suggested() {
        let problem = parse::<Sample>("titel = \"x\"\n").unwrap_err();
        assert_eq!(problem.kind, TomlProblemKind::UnknownKey("titel".into(), Some("title".into())));
    }

    #[test]
    fn missing_key_is_named() {
        let problem = parse::<Sample>("").unwrap_err();
        assert_eq!(problem.kind, TomlProblemKind::MissingKey("title".into()));
    }
}
