//! Lists of values, such as the classes of a trademark. Tables have verbs of their own.

use super::{Native, Param, Type, arg};
use crate::value::Value;

const LIST: Param = Param { name: "list", ty: Type::AnyList };

pub(super) const NATIVES: &[Native] = &[
    Native {
        name: "count",
        name_zh: "个数",
        params: &[LIST],
        returns: Type::Integer,
        may_be_empty: false,
        doc_zh: "列表有几项。",
        doc: "How many items a list has.",
        examples: &["count([3, 5]) == 2"],
        run: |_, args| Ok(Some(Value::Integer(i64::try_from(arg::list(args, 0)?.len()).unwrap_or(i64::MAX)))),
    },
    Native {
        name: "joined",
        name_zh: "连起来",
        params: &[LIST],
        returns: Type::Text,
        may_be_empty: false,
        doc_zh: "把列表各项用顿号连成一段文字。",
        doc: "The items of a list joined by 、.",
        examples: &["joined([3, 5]) == \"3、5\""],
        run: |_, args| {
            let items: Vec<String> = arg::list(args, 0)?.iter().map(ToString::to_string).collect();
            Ok(Some(Value::text(items.join("、"))))
        },
    },
];
