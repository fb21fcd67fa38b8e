//! Nice classes and numbers of geographical indications as rules call them.

use hegui_core::native::{Native, NativeError, Param, Type, arg};
use hegui_core::value::Value;

use crate::gi_number;
use crate::mark_number;
use crate::nice::{Kind, NiceClass};

const CLASS: Param = Param { name: "class", ty: Type::Integer };
const NUMBER: Param = Param { name: "number", ty: Type::Text };

pub(crate) const NATIVES: &[Native] = &[
    Native {
        name: "nice_class_valid",
        name_zh: "尼斯类别有效",
        params: &[CLASS],
        returns: Type::Boolean,
        may_be_empty: false,
        doc_zh: "类别是否在尼斯分类 1 至 45 之内。",
        doc: "Whether a class is one of the Nice classes 1 to 45.",
        examples: &["nice_class_valid(45)", "!尼斯类别有效(46) && !尼斯类别有效(0)"],
        run: |_, args| Ok(Some(Value::Boolean(NiceClass::new(arg::integer(args, 0)?).is_some()))),
    },
    Native {
        name: "nice_class_kind",
        name_zh: "尼斯类别性质",
        params: &[CLASS],
        returns: Type::Text,
        may_be_empty: true,
        doc_zh: "类别是商品（1 至 34）还是服务（35 至 45）；不在分类之内为空。",
        doc: "Whether a class is of goods (1 to 34) or services (35 to 45); empty if it is neither.",
        examples: &[
            "nice_class_kind(31) == \"商品\"",
            "尼斯类别性质(41) == \"服务\"",
            "nice_class_kind(46) == ()",
        ],
        run: |_, args| {
            let class = NiceClass::new(arg::integer(args, 0)?);
            Ok(class.map(|class| {
                Value::text(match class.kind() {
                    Kind::Goods => "商品",
                    Kind::Services => "服务",
                })
            }))
        },
    },
    Native {
        name: "mark_number_valid",
        name_zh: "商标注册号正确",
        params: &[NUMBER],
        returns: Type::Boolean,
        may_be_empty: false,
        doc_zh: "商标注册号的写法是否正确：一至九位数字，末尾可有一个字母；前面的“商标注册证第”“第”和后面的“号”不计，全角、空格不计。",
        doc: "Whether the registration number of a trademark is well formed: one to nine digits, a letter behind them or not; \
              the words 商标注册证第, 第 and 号 around it do not count.",
        examples: &["mark_number_valid(\"第 34982786 号\")", "!商标注册号正确(\"3498278601\")"],
        run: |_, args| holds(args, mark_number::is_mark_number),
    },
    Native {
        name: "agi_number_valid",
        name_zh: "农产品地理标志编号正确",
        params: &[NUMBER],
        returns: Type::Boolean,
        may_be_empty: false,
        doc_zh: "农产品地理标志质量控制技术规范编号的写法是否正确：AGI、四位年份、两位数字、三或四位流水号，\
                 如 AGI2012-02-869。全角、空格不计。",
        doc: "Whether the number of an agricultural GI's technical specification is well formed: AGI, a year of four \
              digits, two digits, a serial number of three or four, such as AGI2012-02-869.",
        examples: &["agi_number_valid(\"AGI2014-02-1497\")", "!农产品地理标志编号正确(\"AGI2014-2-1497\")"],
        run: |_, args| holds(args, gi_number::is_agi_number),
    },
    Native {
        name: "agi_certificate_valid",
        name_zh: "农产品地理标志证书号正确",
        params: &[NUMBER],
        returns: Type::Boolean,
        may_be_empty: false,
        doc_zh: "农产品地理标志登记证书编号的写法是否正确：AGI 加五位数字。全角、空格不计。",
        doc: "Whether the number of an agricultural GI's certificate is well formed: AGI and five digits.",
        examples: &["agi_certificate_valid(\"AGI00423\")", "!农产品地理标志证书号正确(\"AGI2012-02-869\")"],
        run: |_, args| holds(args, gi_number::is_agi_certificate),
    },
    Native {
        name: "gi_notice_valid",
        name_zh: "地理标志公告号正确",
        params: &[NUMBER],
        returns: Type::Boolean,
        may_be_empty: false,
        doc_zh: "地理标志保护产品公告号的写法是否正确：质检总局公告YYYY年第N号，或国家知识产权局公告第N号。\
                 质检总局可写全称，要写年份；国家知识产权局的年份可写可不写。全角、空格不计。",
        doc: "Whether the number of the notice that protects a GI product is well formed: 质检总局公告YYYY年第N号 \
              (the office may bear its full name) or 国家知识产权局公告第N号, with or without the year.",
        examples: &[
            "gi_notice_valid(\"质检总局公告2012年第111号\")",
            "地理标志公告号正确(\"国家知识产权局公告第475号\")",
            "!地理标志公告号正确(\"质检总局公告第111号\")",
        ],
        run: |_, args| holds(args, gi_number::is_notice),
    },
];

fn holds(args: &[Value], judge: fn(&str) -> bool) -> Result<Option<Value>, NativeError> {
    Ok(Some(Value::Boolean(judge(arg::text(args, 0)?))))
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
            let (native, value) = match &row[0] {
                "AGI" => ("agi_number_valid", Value::text(&row[1])),
                "AGI_CERT" => ("agi_certificate_valid", Value::text(&row[1])),
                "AQSIQ" => ("gi_notice_valid", Value::text(&row[1])),
                "NICE" => ("nice_class_valid", Value::Integer(row[1].parse().unwrap())),
                _ => continue,
            };
            assert_eq!(call(native, value), Some(Value::Boolean(&row[2] == "VALID")), "{row:?}");
            judged += 1;
        }
        assert_eq!(judged, 9);
    }

    fn call(name: &str, value: Value) -> Option<Value> {
        let native = NATIVES.iter().find(|native| native.name == name).unwrap();
        let schema = Schema::default();
        let context = Context { schema: &schema, as_of: Date::new(2025, 1, 1).unwrap() };
        (native.run)(&context, &[value]).unwrap()
    }
}
