//! Exact numbers: rounding as statistics do it, and what a reported figure says of its own precision.

use rust_decimal::RoundingStrategy;

use super::{Native, NativeError, Param, Type, arg};
use crate::text::Text;
use crate::value::Value;

const NUMBER: Param = Param { name: "number", ty: Type::Number };

pub(super) const NATIVES: &[Native] = &[
    Native {
        name: "round_to",
        name_zh: "四舍五入",
        params: &[NUMBER, Param { name: "decimals", ty: Type::Integer }],
        returns: Type::Decimal,
        may_be_empty: false,
        doc_zh: "四舍五入到若干位小数。",
        doc: "Rounds half away from zero to so many decimals.",
        examples: &["round_to(2.345, 2) == 2.35", "四舍五入(-0.5, 0) == -1", "round_to(3, 2) == 3"],
        run: |_, args| {
            let places = u32::try_from(arg::integer(args, 1)?).ok().filter(|places| *places <= 28);
            let Some(places) = places else {
                return Err(NativeError(Text::new(
                    "小数位数应在 0 到 28 之间",
                    "the number of decimals must be between 0 and 28",
                )));
            };
            let number = arg::number(args, 0)?;
            Ok(Some(Value::Decimal(
                number.round_dp_with_strategy(places, RoundingStrategy::MidpointAwayFromZero),
            )))
        },
    },
    Native {
        name: "decimals",
        name_zh: "小数位数",
        params: &[NUMBER],
        returns: Type::Integer,
        may_be_empty: false,
        doc_zh: "填报的数写到了第几位小数：2.940 是 3 位，2.94 是 2 位，3 是 0 位。",
        doc: "How many decimals a reported figure was written with: 2.940 has 3, 2.94 has 2, 3 has none.",
        examples: &["decimals(2.94) == 2", "decimals(3) == 0"],
        run: |_, args| Ok(Some(Value::Integer(i64::from(arg::number(args, 0)?.scale())))),
    },
    Native {
        name: "to_decimal",
        name_zh: "转小数",
        params: &[NUMBER],
        returns: Type::Decimal,
        may_be_empty: false,
        doc_zh: "变为小数，以便相除时不丢掉余数。",
        doc: "The number as a decimal, so that a division keeps its remainder.",
        examples: &["to_decimal(5) / 2 == 2.5"],
        run: |_, args| Ok(Some(Value::Decimal(arg::number(args, 0)?))),
    },
    Native {
        name: "abs",
        name_zh: "绝对值",
        params: &[NUMBER],
        returns: Type::Decimal,
        may_be_empty: false,
        doc_zh: "绝对值。",
        doc: "The number without its sign.",
        examples: &["abs(-2) == 2"],
        run: |_, args| Ok(Some(Value::Decimal(arg::number(args, 0)?.abs()))),
    },
];
