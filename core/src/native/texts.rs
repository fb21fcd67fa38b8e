//! Texts: folding, searching, measuring. Called as functions or as methods: `contains(a, b)`, `a.contains(b)`.

use super::{Native, NativeError, Param, Type, arg, figures};
use crate::text::fold;
use crate::value::Value;

const TEXT: Param = Param { name: "text", ty: Type::Text };
const PART: Param = Param { name: "part", ty: Type::Text };

pub(super) const NATIVES: &[Native] = &[
    Native {
        name: "contains",
        name_zh: "包含",
        params: &[TEXT, PART],
        returns: Type::Boolean,
        may_be_empty: false,
        doc_zh: "文本里有没有这一段。",
        doc: "Whether the text holds this part.",
        examples: &["\"甘肃省著名商标\".contains(\"著名商标\")", "!包含(\"商标\", \"专利\")"],
        run: |_, args| boolean(arg::text(args, 0)?.contains(arg::text(args, 1)?.as_str())),
    },
    Native {
        name: "starts_with",
        name_zh: "开头是",
        params: &[TEXT, PART],
        returns: Type::Boolean,
        may_be_empty: false,
        doc_zh: "文本是否以这一段开头。",
        doc: "Whether the text begins with this part.",
        examples: &["\"ZL2020\".starts_with(\"ZL\")"],
        run: |_, args| boolean(arg::text(args, 0)?.starts_with(arg::text(args, 1)?.as_str())),
    },
    Native {
        name: "ends_with",
        name_zh: "结尾是",
        params: &[TEXT, PART],
        returns: Type::Boolean,
        may_be_empty: false,
        doc_zh: "文本是否以这一段结尾。",
        doc: "Whether the text ends with this part.",
        examples: &["\"兰州市\".ends_with(\"市\")"],
        run: |_, args| boolean(arg::text(args, 0)?.ends_with(arg::text(args, 1)?.as_str())),
    },
    Native {
        name: "length",
        name_zh: "字数",
        params: &[TEXT],
        returns: Type::Integer,
        may_be_empty: false,
        doc_zh: "文本有几个字。",
        doc: "How many characters the text has.",
        examples: &["length(\"兰州\") == 2"],
        run: |_, args| Ok(Some(Value::Integer(count(arg::text(args, 0)?)))),
    },
    Native {
        name: "left",
        name_zh: "前几字",
        params: &[TEXT, Param { name: "count", ty: Type::Integer }],
        returns: Type::Text,
        may_be_empty: false,
        doc_zh: "文本的前几个字；不够时取全部。",
        doc: "The first characters of the text, or all of it if it is shorter.",
        examples: &["left(\"620102\", 4) == \"6201\"", "前几字(\"兰\", 4) == \"兰\""],
        run: |_, args| {
            let wanted = usize::try_from(arg::integer(args, 1)?).unwrap_or(0);
            Ok(Some(Value::text(arg::text(args, 0)?.chars().take(wanted).collect::<String>())))
        },
    },
    Native {
        name: "figures",
        name_zh: "文中数",
        params: &[
            TEXT,
            Param { name: "after", ty: Type::TextList },
            Param { name: "before", ty: Type::Text },
        ],
        returns: Type::DecimalList,
        may_be_empty: false,
        doc_zh: "文本里前面有某个词、后面紧跟着某个词的各个数，全角半角一样。前面的词和数之间可以隔几个字（不超过十二个），\
                 不能隔标点和别的数。",
        doc: "The numbers in a text that follow one of some words and are followed at once by another. Between the first word \
              and the number may stand up to twelve characters, but no punctuation and no other number.",
        examples: &[
            "figures(\"较上年增长了３.53倍\", [\"增长\"], \"倍\").contains(3.53)",
            "文中数(\"占全省的比重为80.5%，增长2倍\", [\"占全省\"], \"%\").contains(80.5)",
            "文中数(\"增长较快。共3倍\", [\"增长\"], \"倍\").is_empty()",
        ],
        run: |_, args| {
            let after: Vec<String> = arg::list(args, 1)?.iter().map(|word| fold(&word.to_string())).collect();
            let numbers = figures::find(arg::text(args, 0)?, &after, &fold(arg::text(args, 2)?));
            Ok(Some(Value::List(numbers.into_iter().map(Value::Decimal).collect())))
        },
    },
    Native {
        name: "folded",
        name_zh: "规范",
        params: &[TEXT],
        returns: Type::Text,
        may_be_empty: false,
        doc_zh: "全角变半角、去掉所有空格、字母变大写，用来比较代码和名称。",
        doc: "Half-width, without any spaces, in capitals: for comparing codes and names.",
        examples: &["folded(\"ｚｌ 2020（１）\") == \"ZL2020(1)\""],
        run: |_, args| {
            let text = arg::text(args, 0)?;
            // Most codes are written as they should be.
            if text.bytes().all(|byte| byte.is_ascii_graphic() && !byte.is_ascii_lowercase()) {
                return Ok(Some(Value::Text(text.clone())));
            }
            let folded: String = fold(text).chars().filter(|c| !c.is_whitespace()).collect();
            Ok(Some(Value::text(folded.to_uppercase())))
        },
    },
];

#[allow(clippy::unnecessary_wraps)]
fn boolean(answer: bool) -> Result<Option<Value>, NativeError> {
    Ok(Some(Value::Boolean(answer)))
}

fn count(text: &str) -> i64 {
    i64::try_from(text.chars().count()).unwrap_or(i64::MAX)
}
