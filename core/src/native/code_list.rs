//! Code lists that a manifest brings along, open to every rule: a plugin without Rust can add a list and look it up.

use super::{Context, Native, NativeError, Param, Type, arg};
use crate::schema::Vocabulary;
use crate::text::{Text, fold};
use crate::value::Value;

const LIST: Param = Param { name: "list", ty: Type::Text };
const CODE: Param = Param { name: "code", ty: Type::Text };
const COLUMN: Param = Param { name: "column", ty: Type::Text };

pub(super) const NATIVES: &[Native] = &[
    Native {
        name: "in_code_list",
        name_zh: "在代码表",
        params: &[LIST, CODE],
        returns: Type::Boolean,
        may_be_empty: false,
        doc_zh: "代码表（plugin.toml 的 vocabularies）里有没有这个代码；全角、空格和大小写不影响。",
        doc: "Whether a code list (`vocabularies` in a plugin.toml) holds this code, however it is typed.",
        examples: &["in_code_list(\"regions\", \"620100\")", "!在代码表(\"regions\", \"999999\")"],
        run: |context, args| {
            let code = fold(arg::text(args, 1)?);
            Ok(Some(Value::Boolean(list(context, args)?.rows(&code).next().is_some())))
        },
    },
    Native {
        name: "code_list_cell",
        name_zh: "代码表取值",
        params: &[LIST, CODE, COLUMN],
        returns: Type::Text,
        may_be_empty: true,
        doc_zh: "代码表里这个代码的某一列；没有这个代码，或这一列空着，为空。",
        doc: "The cell of a code list in this code's row and this column; empty if there is none.",
        examples: &["code_list_cell(\"regions\", \"620100\", \"name\") == \"兰州市\""],
        run: |context, args| {
            let (code, column) = (fold(arg::text(args, 1)?), arg::text(args, 2)?);
            let list = list(context, args)?;
            if !list.columns.iter().any(|name| name.as_str() == column.as_str()) {
                return Err(NativeError(Text::new(
                    format!("代码表没有“{column}”这一列，有：{}", list.columns.join("、")),
                    format!("the code list has no column {column}; it has {}", list.columns.join(", ")),
                )));
            }
            let found = list.rows(&code).map(|row| row.get(column)).find(|cell| !cell.is_empty());
            Ok(found.map(Value::text))
        },
    },
];

fn list<'a>(context: &Context<'a>, args: &[Value]) -> Result<&'a Vocabulary, NativeError> {
    let name = arg::text(args, 0)?;
    context.schema.vocabularies.get(name.as_str()).ok_or_else(|| {
        NativeError(Text::new(
            format!("没有装入代码表“{name}”（plugin.toml 的 vocabularies.{name}）"),
            format!("the code list `vocabularies.{name}` is not loaded"),
        ))
    })
}
