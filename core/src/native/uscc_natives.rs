//! Unified social credit codes as rules call them.

use super::uscc::{self, Uscc, UsccProblem};
use super::{Native, NativeError, Param, Type, arg};
use crate::value::Value;

const CODE: Param = Param { name: "code", ty: Type::Text };

pub(super) const NATIVES: &[Native] = &[
    Native {
        name: "uscc_problem",
        name_zh: "信用代码问题",
        params: &[CODE],
        returns: Type::Text,
        may_be_empty: true,
        doc_zh: "统一社会信用代码（GB 32100-2015）哪里不对；没有问题为空。",
        doc: "What is wrong with a unified social credit code (GB 32100-2015); empty if nothing is.",
        examples: &[
            "uscc_problem(\"91620102MA71BTWN11\") == ()",
            "信用代码问题(\"91620102MA71BTWN12\") == \"校验位应为 1\"",
            "uscc_problem(\"９１620102ma71btwn11\") == ()",
        ],
        run: |_, args| Ok(uscc::check(arg::text(args, 0)?).err().map(|problem| Value::text(words(&problem)))),
    },
    Native {
        name: "uscc_region",
        name_zh: "信用代码区划",
        params: &[CODE],
        returns: Type::Text,
        may_be_empty: true,
        doc_zh: "统一社会信用代码里登记机关的行政区划代码；代码有误为空。",
        doc: "The division code of the registration authority within the code; empty if the code is wrong.",
        examples: &["uscc_region(\"91620102MA71BTWN11\") == \"620102\""],
        run: |_, args| of_code(args, |code| Value::text(code.region())),
    },
    Native {
        name: "uscc_org_code_valid",
        name_zh: "组织机构代码有效",
        params: &[CODE],
        returns: Type::Boolean,
        may_be_empty: true,
        doc_zh: "统一社会信用代码里的组织机构代码（GB 11714）校验位是否正确；信用代码有误为空。",
        doc: "Whether the check digit of the organisation code (GB 11714) within is right; empty if the code is wrong.",
        examples: &["uscc_org_code_valid(\"91620102MA71BTWN11\") == true"],
        run: |_, args| of_code(args, |code| Value::Boolean(code.org_code_check_ok())),
    },
];

fn of_code(args: &[Value], answer: impl Fn(&Uscc) -> Value) -> Result<Option<Value>, NativeError> {
    Ok(uscc::check(arg::text(args, 0)?).ok().as_ref().map(answer))
}

fn words(problem: &UsccProblem) -> String {
    match problem {
        UsccProblem::Length { found } => format!("应为 18 位，这里有 {found} 位"),
        UsccProblem::Character { position } => format!("第 {position} 位不是可用的字符"),
        UsccProblem::Department => "开头两位不是登记管理部门和机构类别".to_string(),
        UsccProblem::Checksum { expected } => format!("校验位应为 {expected}"),
    }
}
