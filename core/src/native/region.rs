//! Administrative division codes (GB/T 2260), looked up in the code list `regions` of whichever plugin declares it.
//!
//! Codes have years of validity: 620824 华亭县 ended in 2018 and became 620881 华亭市. A change of code happens
//! within a year, so both codes are valid in that year.

use super::{Context, Native, NativeError, Param, Type, arg};
use crate::schema::Vocabulary;
use crate::text::{Text, fold_code};
use crate::value::Value;

const CODE: Param = Param { name: "code", ty: Type::Text };
const YEAR: Param = Param { name: "year", ty: Type::Integer };

pub(super) const NATIVES: &[Native] = &[
    Native {
        name: "region_valid",
        name_zh: "区划有效",
        params: &[CODE, YEAR],
        returns: Type::Boolean,
        may_be_empty: false,
        doc_zh: "行政区划代码（GB/T 2260）在这一年是否有效。统计用代码（如 620171 兰州新区）不是 GB/T 2260 代码。",
        doc: "Whether a GB/T 2260 code is valid in a year. Codes used in statistics only (620171) are not GB/T 2260 codes.",
        examples: &[
            "region_valid(\"620100\", 2020)",
            "!region_valid(\"620824\", 2020) && region_valid(\"620824\", 2017)",
            "区划有效(\"620881\", 2020) && !区划有效(\"620171\", 2020)",
            "region_valid(\"６２ 01 00\", 2020)",
        ],
        run: |context, args| {
            let (code, year) = (arg::text(args, 0)?, arg::integer(args, 1)?);
            let valid = regions(context)?.rows(&fold_code(code)).any(|row| {
                let from: i64 = row.get("from_year").parse().unwrap_or(i64::MIN);
                let to: i64 = row.get("to_year").parse().unwrap_or(i64::MAX);
                row.get("gbt2260") == "Y" && from <= year && year <= to
            });
            Ok(Some(Value::Boolean(valid)))
        },
    },
    Native {
        name: "region_name",
        name_zh: "区划名称",
        params: &[CODE],
        returns: Type::Text,
        may_be_empty: true,
        doc_zh: "行政区划代码的名称，已停用的也算；查不到为空。",
        doc: "The name of a division code, abolished ones too; empty if unknown.",
        examples: &["region_name(\"620100\") == \"兰州市\"", "区划名称(\"999999\") == ()"],
        run: |context, args| text_of(context, args, "name"),
    },
    Native {
        name: "region_level",
        name_zh: "区划级别",
        params: &[CODE],
        returns: Type::Text,
        may_be_empty: true,
        doc_zh: "行政区划代码的级别：province、prefecture 或 county；查不到为空。",
        doc: "The level of a division code: province, prefecture or county; empty if unknown.",
        examples: &["region_level(\"620100\") == \"prefecture\""],
        run: |context, args| text_of(context, args, "level"),
    },
    Native {
        name: "region_parent",
        name_zh: "上级区划",
        params: &[CODE],
        returns: Type::Text,
        may_be_empty: true,
        doc_zh: "上一级的行政区划代码；查不到为空。",
        doc: "The code of the division above; empty if unknown.",
        examples: &["region_parent(\"620102\") == \"620100\""],
        run: |context, args| text_of(context, args, "parent"),
    },
];

fn regions<'a>(context: &Context<'a>) -> Result<&'a Vocabulary, NativeError> {
    context.schema.vocabularies.get("regions").ok_or_else(|| {
        NativeError(Text::new(
            "没有装入行政区划代码表（vocabularies.regions）",
            "the code list `vocabularies.regions` is not loaded",
        ))
    })
}

fn text_of(context: &Context<'_>, args: &[Value], column: &str) -> Result<Option<Value>, NativeError> {
    let code = fold_code(arg::text(args, 0)?);
    let found = regions(context)?.rows(&code).map(|row| row.get(column)).find(|cell| !cell.is_empty());
    Ok(found.map(Value::text))
}
