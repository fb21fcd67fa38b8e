//! The plugin 商标品牌 (trademark brands): what rules need to know of Nice classes.
//!
//! Tables, indicators and parameters stand in `plugin.toml` beside this crate; here are the native functions alone.

pub mod nice;

use hegui_core::native::{Native, Param, Type, arg};
use hegui_core::plugin::Plugin;
use hegui_core::value::Value;

use nice::{Kind, NiceClass};

/// The Rust half of the plugin.
#[derive(Debug, Clone, Copy, Default)]
pub struct TrademarkBrands;

impl Plugin for TrademarkBrands {
    fn name(&self) -> &'static str {
        "trademark-brands"
    }

    fn natives(&self) -> Vec<Native> {
        NATIVES.to_vec()
    }
}

const CLASS: Param = Param { name: "class", ty: Type::Integer };

const NATIVES: &[Native] = &[
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
];
