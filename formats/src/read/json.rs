//! JSON documents. Numbers stay exact; keys that stand twice do not vanish.

use std::fmt;

use hegui_core::schema::Schema;
use hegui_core::submission::{Intake, Raw};
use hegui_core::text::Text;
use hegui_core::verdict::Location;
use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};

use super::document::{self, Entries, number};
use super::{broken, text};
use crate::package::PackageFile;

/// How serde_json hands over a number that it leaves as written.
const NUMBER: &str = "$serde_json::private::Number";

/// Reads a JSON document.
pub(super) fn read(file: &PackageFile, schema: &Schema, intake: &mut Intake<'_>) {
    let text = match text(file, "JSON") {
        Ok(text) => text,
        Err(problem) => return intake.problem(*problem),
    };
    match serde_json::from_str::<Node>(&text) {
        Ok(Node(document)) => document::read(&file.path, document, schema, intake),
        Err(error) => {
            let location = Location {
                line: u32::try_from(error.line()).ok().filter(|n| *n > 0),
                ..Location::file(&file.path)
            };
            intake.problem(broken("JSON", why(&error), location));
        }
    }
}

fn why(error: &serde_json::Error) -> Text {
    let (line, column) = (error.line(), error.column());
    let message = error.to_string();
    let zh = match message.as_str() {
        _ if error.is_eof() => "文件不完整，到这里就断了",
        m if m.starts_with("trailing comma") => "最后一项后面多了逗号",
        m if m.starts_with("trailing characters") => "文档已经结束，后面还有多余的内容",
        m if m.starts_with("key must be a string") => "键名要加英文双引号",
        m if m.starts_with("expected `,`") => "两项之间缺少英文逗号，或用了中文标点",
        m if m.starts_with("expected `:`") => "键名后面缺少英文冒号，或用了中文冒号",
        m if m.starts_with("control character") => "引号里有换行等控制字符，或引号没有成对",
        m if m.starts_with("recursion limit") => "嵌套层数过多",
        m if m.starts_with("invalid escape") => "反斜杠 \\ 后面的转义写法不对",
        m if m.starts_with("expected value") => "这里应是一个值；文字要加英文双引号，标点要用英文标点",
        _ => "写法有误",
    };
    Text::new(
        format!("第 {line} 行第 {column} 列，{zh}"),
        format!("line {line}, column {column}: {}", message.split(" at line ").next().unwrap_or_default()),
    )
}

/// One JSON value as it stands in the file.
struct Node(Raw<'static>);

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(NodeVisitor).map(Node)
    }
}

struct NodeVisitor;

impl<'de> Visitor<'de> for NodeVisitor {
    type Value = Raw<'static>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Raw<'static>, E> {
        Ok(Raw::Empty)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Raw<'static>, E> {
        Ok(Raw::Boolean(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Raw<'static>, E> {
        Ok(Raw::Integer(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Raw<'static>, E> {
        Ok(number(&value.to_string()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Raw<'static>, E> {
        Ok(number(&value.to_string()))
    }

    fn visit_str<E>(self, value: &str) -> Result<Raw<'static>, E> {
        Ok(Raw::Text(value.to_string().into()))
    }

    fn visit_string<E>(self, value: String) -> Result<Raw<'static>, E> {
        Ok(Raw::Text(value.into()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Raw<'static>, A::Error> {
        let mut list = Vec::new();
        while let Some(Node(item)) = items.next_element()? {
            list.push(item);
        }
        Ok(Raw::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Raw<'static>, A::Error> {
        let mut entries = Entries::new();
        while let Some(key) = map.next_key::<String>()? {
            if key == NUMBER && entries.is_empty() {
                return Ok(number(&map.next_value::<String>()?));
            }
            let Node(value) = map.next_value()?;
            entries.push((key, value));
        }
        Ok(Raw::Object(entries))
    }
}
