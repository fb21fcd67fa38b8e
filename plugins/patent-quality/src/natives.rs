//! Patent numbers, publication numbers, PCT numbers and IPC symbols as rules call them.

use hegui_core::native::{Native, NativeError, Param, Type, arg};
use hegui_core::value::Value;

use crate::number::{self, Kind, NumberProblem, PatentNumber, Verdict};
use crate::{ipc, pct, publication};

const NUMBER: Param = Param { name: "number", ty: Type::Text };
const SYMBOL: Param = Param { name: "symbol", ty: Type::Text };

type Answer = Result<Option<Value>, NativeError>;

/// What to do with a number that a spreadsheet has turned into another: its digits are lost.
const SCIENTIFIC: &str = "表格软件把它变成了科学计数法，后面的数字已经丢失；请把这一列设为文本，重新填写";

pub(crate) const NATIVES: &[Native] = &[
    Native {
        name: "patent_number_problem",
        name_zh: "专利号问题",
        params: &[NUMBER],
        returns: Type::Text,
        may_be_empty: true,
        doc_zh: "申请号或专利号的格式（ZC 0006-2003）哪里不对；没有问题为空。前缀 ZL、CN 和空格不计。只看格式，不看校验位。",
        doc: "What is wrong with the form of an application or patent number (ZC 0006-2003); empty if nothing is. \
              The prefixes ZL and CN and spaces do not count. Looks at the form, not at the check digit.",
        examples: &[
            "patent_number_problem(\"ZL2025 2 1007523.9\") == ()",
            "专利号问题(\"20211082057\") != ()",
            "专利号问题(\"2.01419E+11\").contains(\"科学计数法\")",
            "专利号问题(\"101610203352.6\") == \"前四位不是可能的年份\"",
        ],
        run: |_, args| {
            if number::is_scientific(arg::text(args, 0)?) {
                return Ok(Some(Value::text(SCIENTIFIC)));
            }
            Ok(match number::parse(arg::text(args, 0)?) {
                Err(problem) => Some(Value::text(words(problem))),
                Ok(number) if number.verdict() == Verdict::InvalidYear => {
                    Some(Value::text("前四位不是可能的年份"))
                }
                Ok(_) => None,
            })
        },
    },
    Native {
        name: "patent_number",
        name_zh: "规范专利号",
        params: &[NUMBER],
        returns: Type::Text,
        may_be_empty: true,
        doc_zh: "规范写法的申请号，如 202110820578.1：半角、无前缀、无空格；没有校验位的不补。格式不对为空。",
        doc: "The number in its normal form, such as 202110820578.1; a missing check digit is not added. \
              Empty if the form is wrong.",
        examples: &[
            "patent_number(\"ＺＬ２０２１１０８２０５７８．１\") == \"202110820578.1\"",
            "patent_number(\"CN202110975685\") == \"202110975685\"",
        ],
        run: |_, args| of_number(args, |number| Some(Value::text(number.normalised()))),
    },
    Native {
        name: "patent_digits",
        name_zh: "专利号位数",
        params: &[NUMBER],
        returns: Type::Integer,
        may_be_empty: true,
        doc_zh: "不算校验位的位数：8 或 12；格式不对为空。",
        doc: "How many digits it has without the check digit: 8 or 12. Empty if the form is wrong.",
        examples: &["patent_digits(\"CN03141546.6\") == 8", "专利号位数(\"202110820578.1\") == 12"],
        run: |_, args| of_number(args, |number| i64::try_from(number.digits.len()).ok().map(Value::Integer)),
    },
    Native {
        name: "patent_check_digit",
        name_zh: "专利号校验位",
        params: &[NUMBER],
        returns: Type::Text,
        may_be_empty: true,
        doc_zh: "按 ZC 0006-2003 算出的校验位：0 至 9 或 X；格式不对为空。",
        doc: "The check digit computed by ZC 0006-2003: 0 to 9 or X. Empty if the form is wrong.",
        examples: &[
            "patent_check_digit(\"ZL202220769416.X\") == \"X\"",
            "专利号校验位(\"202110975685\") == \"1\"",
        ],
        run: |_, args| of_number(args, |number| Some(Value::text(number.computed_check().to_string()))),
    },
    Native {
        name: "patent_check_written",
        name_zh: "专利号所写校验位",
        params: &[NUMBER],
        returns: Type::Text,
        may_be_empty: true,
        doc_zh: "号码里写着的校验位；没有写或格式不对为空。",
        doc: "The check digit that the number was written with; empty if there is none or the form is wrong.",
        examples: &[
            "patent_check_written(\"202110820578.1\") == \"1\"",
            "专利号所写校验位(\"CN202110975685\") == ()",
        ],
        run: |_, args| of_number(args, |number| number.check.map(|check| Value::text(check.to_string()))),
    },
    Native {
        name: "patent_kind",
        name_zh: "专利号种类",
        params: &[NUMBER],
        returns: Type::Text,
        may_be_empty: true,
        doc_zh: "种类号所指的专利类型：发明、实用新型或外观设计；不是公开的种类或格式不对为空。",
        doc: "The type that the kind digit stands for; empty if it is no public kind or the form is wrong.",
        examples: &[
            "patent_kind(\"ZL201930071397.7\") == \"外观设计\"",
            "专利号种类(\"ZL202156781234\") == ()",
        ],
        run: |_, args| of_number(args, |number| number.kind().map(|kind| Value::text(kind_name(kind)))),
    },
    Native {
        name: "patent_year",
        name_zh: "专利号年份",
        params: &[NUMBER],
        returns: Type::Integer,
        may_be_empty: true,
        doc_zh: "号码里的受理年份；格式不对为空。",
        doc: "The year of acceptance in the number; empty if the form is wrong.",
        examples: &["patent_year(\"CN03141546.6\") == 2003", "专利号年份(\"97101765.4\") == 1997"],
        run: |_, args| of_number(args, |number| number.year().map(|year| Value::Integer(i64::from(year)))),
    },
    Native {
        name: "publication_number_valid",
        name_zh: "公开号格式正确",
        params: &[NUMBER],
        returns: Type::Boolean,
        may_be_empty: false,
        doc_zh: "公开号或授权公告号（ZC 0007、ZC 0008）的写法是否正确：CN、7 或 9 位数字、种类代码字母，\
                 且首位数字与字母所指的专利类型一致。全角、空格不计。",
        doc: "Whether a publication or announcement number (ZC 0007, ZC 0008) is well formed: CN, 7 or 9 digits and \
              the letter of its kind code, the first digit and the letter standing for the same type of patent.",
        examples: &[
            "publication_number_valid(\"CN118072873B\")",
            "公开号格式正确(\"CN1340998A\")",
            "!公开号格式正确(\"CN118072873U\")",
        ],
        run: |_, args| Ok(Some(Value::Boolean(publication::parse(arg::text(args, 0)?).is_ok()))),
    },
    Native {
        name: "publication_number_type",
        name_zh: "公开号种类",
        params: &[NUMBER],
        returns: Type::Text,
        may_be_empty: true,
        doc_zh: "公开号或授权公告号所属的专利类型：发明、实用新型或外观设计；写法不对为空。",
        doc: "The type of patent that a publication or announcement number belongs to; empty if it is not well formed.",
        examples: &[
            "publication_number_type(\"CN106844774A\") == \"发明\"",
            "公开号种类(\"CN217000001U\") == \"实用新型\"",
            "公开号种类(\"CN106844774\") == ()",
        ],
        run: |_, args| {
            let number = publication::parse(arg::text(args, 0)?).ok();
            Ok(number.map(|number| Value::text(kind_name(number.kind()))))
        },
    },
    Native {
        name: "pct_number",
        name_zh: "规范PCT号",
        params: &[NUMBER],
        returns: Type::Text,
        may_be_empty: true,
        doc_zh: "规范写法的国际申请号（PCT 行政规程第 307 条），如 PCT/CN2025/079285；斜杠可缺，全角、空格不计。\
                 格式不对为空。",
        doc: "The number of an international application in its normal form (PCT Administrative Instructions, section \
              307), such as PCT/CN2025/079285; slashes may be missing. Empty if the form is wrong.",
        examples: &[
            "pct_number(\"PCTCN2025079285\") == \"PCT/CN2025/079285\"",
            "规范PCT号(\"PCT/SE2004/000001\") == \"PCT/SE2004/000001\"",
            "规范PCT号(\"PCT/CN2025/79285\") == ()",
        ],
        run: |_, args| {
            let number = pct::parse_application(arg::text(args, 0)?).ok();
            Ok(number.map(|number| Value::text(number.normalised())))
        },
    },
    Native {
        name: "wo_number_valid",
        name_zh: "国际公布号格式正确",
        params: &[NUMBER],
        returns: Type::Boolean,
        may_be_empty: false,
        doc_zh: "国际公布号（PCT 行政规程第 404 条）的写法是否正确：WO、四位年份、六位流水号；斜杠可缺，全角、空格不计。\
                 号码不带 A1 等种类代码。",
        doc: "Whether an international publication number is well formed (PCT Administrative Instructions, section 404): \
              WO, a year of four digits, a serial number of six; the slash may be missing. It has no kind code such as A1.",
        examples: &["wo_number_valid(\"WO 2004/123456\")", "!国际公布号格式正确(\"WO 2004/12345\")"],
        run: |_, args| Ok(Some(Value::Boolean(pct::parse_publication(arg::text(args, 0)?).is_ok()))),
    },
    Native {
        name: "ipc_valid",
        name_zh: "分类号格式正确",
        params: &[SYMBOL],
        returns: Type::Boolean,
        may_be_empty: false,
        doc_zh: "国际专利分类号的写法（WIPO ST.8）是否正确。",
        doc: "Whether an IPC symbol is well formed (WIPO ST.8).",
        examples: &["ipc_valid(\"H01S 3/00\")", "!分类号格式正确(\"A1B 1/00\")"],
        run: |_, args| Ok(Some(Value::Boolean(ipc::parse(arg::text(args, 0)?).is_ok()))),
    },
    Native {
        name: "ipc_subclass_exists",
        name_zh: "分类号小类存在",
        params: &[SYMBOL],
        returns: Type::Boolean,
        may_be_empty: false,
        doc_zh: "国际专利分类号的小类在 2023.01 版中是否存在；写法不对为否。",
        doc: "Whether the symbol's subclass exists in edition 2023.01; no if it is not well formed.",
        examples: &["ipc_subclass_exists(\"H10B 12/00\")", "!分类号小类存在(\"A98Z\")"],
        run: |_, args| {
            let exists = ipc::parse(arg::text(args, 0)?).is_ok_and(|symbol| symbol.subclass_exists());
            Ok(Some(Value::Boolean(exists)))
        },
    },
];

/// An answer about a number whose form is right; empty for any other.
fn of_number(args: &[Value], answer: fn(&PatentNumber) -> Option<Value>) -> Answer {
    let number = number::parse(arg::text(args, 0)?).ok();
    Ok(number.filter(|number| number.verdict() != Verdict::InvalidYear).as_ref().and_then(answer))
}

fn kind_name(kind: Kind) -> &'static str {
    match kind {
        Kind::Invention => "发明",
        Kind::UtilityModel => "实用新型",
        Kind::Design => "外观设计",
    }
}

fn words(problem: NumberProblem) -> String {
    match problem {
        NumberProblem::Empty => "没有数字".to_string(),
        NumberProblem::StrayCharacter { position } => format!("第 {position} 个字符不是数字"),
        NumberProblem::WrongLength { digits } => {
            format!("共 {digits} 位数字，应为 12 位（2003年10月以前为 8 位）加校验位")
        }
        NumberProblem::NothingAfterDot => "小数点后没有校验位".to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use hegui_core::native::Context;
    use hegui_core::schema::Schema;
    use hegui_core::value::Date;

    const VECTORS: &str = include_str!("../vectors/other_number.csv");

    #[test]
    fn judge_every_vector() {
        let mut judged = 0;
        for row in csv::Reader::from_reader(VECTORS.as_bytes()).records() {
            let row = row.unwrap();
            let (text, expected) = (&row[1], &row[2]);
            let (native, answer) = match &row[0] {
                "PCT" => {
                    let normal = expected.strip_prefix("NORMALISE→").unwrap_or(text);
                    ("pct_number", Value::text(normal))
                }
                "WO" => ("wo_number_valid", Value::Boolean(expected == "VALID")),
                "PUB" => ("publication_number_valid", Value::Boolean(expected == "VALID")),
                "IPC" => ("ipc_valid", Value::Boolean(expected == "VALID")),
                _ => continue,
            };
            assert_eq!(call(native, text), Some(answer), "{row:?}");
            if &row[0] == "PUB" {
                assert_eq!(call("publication_number_type", text), Some(Value::text("发明")), "{row:?}");
            }
            judged += 1;
        }
        assert_eq!(judged, 12);
    }

    fn call(name: &str, text: &str) -> Option<Value> {
        let native = NATIVES.iter().find(|native| native.name == name).unwrap();
        let schema = Schema::default();
        let context = Context { schema: &schema, as_of: Date::new(2025, 1, 1).unwrap() };
        (native.run)(&context, &[Value::text(text)]).unwrap()
    }
}
