//! What can be wrong in a rule file. Each variant has a code, a message and, where we know it, what to do.

use crate::text::Text;

/// A mistake in a rule. Names in the variants are as written; types are words for people.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs)] // The messages below say what each means.
pub enum RuleProblem {
    // The head.
    NoHead,
    DuplicateId { id: String, other: String },
    BadId { id: String },
    UnknownClause { id: String, suggestion: Option<String> },
    UnknownPlugin { folder: String },
    UnknownTable { name: String, suggestion: Option<String> },
    TableMissing,
    UnknownSubmitter { word: String, suggestion: Option<String> },
    BlankSource,
    GradeNotShipped { grade: String },
    StopWithoutGate,
    FromAfterTo,
    MissingExample { pass: bool },
    ExampleOutcome { word: String },
    ExampleKey { key: String, suggestion: Option<String> },
    ExampleShape { expected: &'static str },
    ExampleData { message: Text },
    // The script.
    FullWidth { corrected: String },
    ChineseKeyword { word: String, keyword: &'static str },
    Syntax { message: Text },
    UnknownName { name: String, suggestion: Option<String> },
    UnknownField { name: String, of: Text, suggestion: Option<String> },
    UnknownParameter { name: String, suggestion: Option<String> },
    UnknownFunction { name: String, suggestion: Option<String> },
    UnknownMethod { name: String, of: Text, suggestion: Option<String> },
    WrongArgumentCount { name: String, expected: String, found: usize },
    WrongArgument { name: String, position: usize, expected: Text, found: Text },
    Incomparable { left: Text, right: Text },
    NoOrder { ty: Text },
    NotInVocabulary { word: String, words: Vec<String>, suggestion: Option<String> },
    MayBeEmpty { name: String },
    NeverEmpty { name: String },
    NotBoolean { found: Text },
    NotANumber { operator: String, found: Text },
    WholeDivision,
    Units { left: String, right: String },
    NoSuchProperty { ty: Text },
    NotIterable { ty: Text },
    AssignedOtherType { name: String, was: Text, now: Text },
    AssignToScope { name: String },
    Shadows { name: String },
    FieldNotLiteral,
    Private { name: String },
    ClosureExpected { name: String },
    ClosureElsewhere,
    Forbidden { what: Text, instead: Option<Text> },
    BadLiteral { what: Text },
    SwitchOn { ty: Text },
    NothingSaid,
    Unreachable,
    TooEntangled,
    TooLong,
    AssignedInside { name: String },
    Echoes,
}

impl RuleProblem {
    /// A stable code, what is wrong, and what to do.
    #[allow(clippy::too_many_lines)] // One table of messages; splitting it would hide that it is complete.
    pub fn describe(&self) -> (&'static str, Text, Option<Text>) {
        let meant = |suggestion: &Option<String>| {
            suggestion
                .as_ref()
                .map(|word| Text::new(format!("是不是想写“{word}”？"), format!("did you mean `{word}`?")))
        };
        match self {
            Self::NoHead => (
                "R101",
                Text::new(
                    "规则文件没有文件头（以 //! 开头的各行）",
                    "the rule has no head (lines that begin with //!)",
                ),
                Some(Text::new(
                    "照 rules 文件夹里任何一条规则的样子，写上 id、title、clause 等",
                    "write id, title, clause and so on, as any file under rules/ does",
                )),
            ),
            Self::DuplicateId { id, other } => (
                "R102",
                Text::new(
                    format!("规则编号 {id} 已被 {other} 使用"),
                    format!("rule id {id} is taken by {other}"),
                ),
                None,
            ),
            Self::BadId { id } => (
                "R103",
                Text::new(format!("“{id}”不是规则编号"), format!("`{id}` is not a rule id")),
                Some(Text::new(
                    "写成大写字母、短横线、三位数字，如 PAT-008",
                    "capital letters, a hyphen and three digits, such as PAT-008",
                )),
            ),
            Self::UnknownClause { id, suggestion } => (
                "R104",
                Text::new(format!("议定书没有条款“{id}”"), format!("the agreement has no clause `{id}`")),
                meant(suggestion).or_else(|| {
                    Some(Text::new(
                        "条款编号见 rules/agreement.toml",
                        "the clauses stand in rules/agreement.toml",
                    ))
                }),
            ),
            Self::UnknownPlugin { folder } => (
                "R105",
                Text::new(
                    format!("规则所在的文件夹“{folder}”不是一个插件的名字"),
                    format!("the rule's folder `{folder}` is no plugin's name"),
                ),
                Some(Text::new("规则放在 rules/<插件名>/ 下", "rules stand under rules/<plugin>/")),
            ),
            Self::UnknownTable { name, suggestion } => (
                "R106",
                Text::new(format!("没有名为“{name}”的表"), format!("there is no table `{name}`")),
                meant(suggestion),
            ),
            Self::TableMissing => (
                "R107",
                Text::new("逐条检查的规则要写明检查哪张表", "a record rule must name its table"),
                Some(Text::new("例如 table = \"patents\"", "such as table = \"patents\"")),
            ),
            Self::UnknownSubmitter { word, suggestion } => (
                "R108",
                Text::new(
                    format!("没有“{word}”这种报送主体"),
                    format!("there is no kind of submitter `{word}`"),
                ),
                meant(suggestion).or_else(|| Some(Text::same("province city county enterprise park"))),
            ),
            Self::BlankSource => (
                "R109",
                Text::new("规则要写明出处和等级", "a rule must give its source and grade"),
                Some(Text::new(
                    "没有官方依据的，写“本系统自定, 无官方依据”，等级 E",
                    "without an official basis, say so and give grade E",
                )),
            ),
            Self::GradeNotShipped { grade } => (
                "R110",
                Text::new(
                    format!("出处等级“{grade}”不能使用"),
                    format!("a source of grade `{grade}` may not be used"),
                ),
                Some(Text::new("可用的等级：A A- B C E", "grades that may be used: A A- B C E")),
            ),
            Self::StopWithoutGate => (
                "R111",
                Text::new(
                    "只有设有保密检查的插件，规则才能用 severity = \"stop\"",
                    "only rules of a plugin with a gate may have severity = \"stop\"",
                ),
                Some(Text::new("改为 error、warn 或 info", "use error, warn or info")),
            ),
            Self::FromAfterTo => ("R112", Text::new("生效日在失效日之后", "`from` is after `to`"), None),
            Self::MissingExample { pass } => {
                let (zh, en) = if *pass { ("符合", "pass") } else { ("不符合", "fail") };
                (
                    "R113",
                    Text::new(
                        format!("缺少一个“{zh}”的例子"),
                        format!("there is no example that should {en}"),
                    ),
                    Some(Text::new(
                        format!("在文件头里加一个 [[example]]，outcome = \"{en}\""),
                        format!("add an [[example]] with outcome = \"{en}\" to the head"),
                    )),
                )
            }
            Self::ExampleOutcome { word } => (
                "R114",
                Text::new(format!("例子的结论“{word}”无法识别"), format!("`{word}` is not an outcome")),
                Some(Text::same("pass fail cannot_decide not_applicable error")),
            ),
            Self::ExampleKey { key, suggestion } => (
                "R115",
                Text::new(format!("例子里不认识的键“{key}”"), format!("unknown key `{key}` in an example")),
                meant(suggestion).or_else(|| {
                    Some(Text::same("record header tables previous submissions params as_of outcome note"))
                }),
            ),
            Self::ExampleShape { expected } => (
                "R116",
                Text::new(
                    format!("例子写法有误，应为 {expected}"),
                    format!("the example should have {expected}"),
                ),
                None,
            ),
            Self::ExampleData { message } => (
                "R117",
                Text::new(
                    format!("例子的数据有误：{}", message.zh),
                    format!("in the example's data: {}", message.en),
                ),
                None,
            ),
            Self::FullWidth { corrected } => (
                "R201",
                Text::new("代码里用了全角标点", "full-width punctuation in code"),
                Some(Text::new(format!("改为：{corrected}"), format!("write: {corrected}"))),
            ),
            Self::ChineseKeyword { word, keyword } => (
                "R201",
                Text::new(
                    format!("“{word}”不是脚本的关键字：名称可以用中文，关键字要用英文"),
                    format!("`{word}` is no keyword: names may be Chinese, keywords are English"),
                ),
                Some(Text::new(format!("改为：{keyword}"), format!("write: {keyword}"))),
            ),
            Self::Syntax { message } => ("R202", message.clone(), None),
            Self::UnknownName { name, suggestion } => (
                "R203",
                Text::new(format!("不认识的名称“{name}”"), format!("unknown name `{name}`")),
                meant(suggestion),
            ),
            Self::UnknownField { name, of, suggestion } => (
                "R204",
                Text::new(
                    format!("“{}”没有字段“{name}”", of.zh),
                    format!("the {} has no field `{name}`", of.en),
                ),
                meant(suggestion),
            ),
            Self::UnknownParameter { name, suggestion } => (
                "R205",
                Text::new(format!("没有参数“{name}”"), format!("there is no parameter `{name}`")),
                meant(suggestion).or_else(|| {
                    Some(Text::new(
                        "参数要先在插件的 plugin.toml 里写明：值、单位、出处、等级",
                        "declare it in the plugin's plugin.toml: value, unit, source, grade",
                    ))
                }),
            ),
            Self::UnknownFunction { name, suggestion } => (
                "R206",
                Text::new(format!("没有函数“{name}”"), format!("there is no function `{name}`")),
                meant(suggestion),
            ),
            Self::UnknownMethod { name, of, suggestion } => (
                "R207",
                Text::new(format!("{}不能“.{name}()”", of.zh), format!("{} has no `.{name}()`", of.en)),
                meant(suggestion),
            ),
            Self::WrongArgumentCount { name, expected, found } => (
                "R208",
                Text::new(
                    format!("“{name}”要 {expected} 个参数，这里有 {found} 个"),
                    format!("`{name}` takes {expected} arguments, {found} are given"),
                ),
                None,
            ),
            Self::WrongArgument { name, position, expected, found } => (
                "R209",
                Text::new(
                    format!("“{name}”的第 {position} 个参数应是{}，这里是{}", expected.zh, found.zh),
                    format!("argument {position} of `{name}` should be {}, and is {}", expected.en, found.en),
                ),
                None,
            ),
            Self::Incomparable { left, right } => (
                "R210",
                Text::new(
                    format!("{}不能与{}比较：结果永远是“否”，错误的数据会被放过", left.zh, right.zh),
                    format!(
                        "{} cannot be compared with {}: the answer is always no, and bad data would pass",
                        left.en, right.en
                    ),
                ),
                match (left.zh.as_str(), right.zh.as_str()) {
                    ("日期", "文本") | ("文本", "日期") => Some(Text::new(
                        "把文字写成日期：日期(\"2021-06-01\")",
                        "make the text a date: date(\"2021-06-01\")",
                    )),
                    _ => None,
                },
            ),
            Self::NoOrder { ty } => (
                "R211",
                Text::new(format!("{}没有大小之分", ty.zh), format!("{} has no order", ty.en)),
                Some(Text::new(
                    "只有数和日期能用 < <= > >=；别的用 == 或 !=",
                    "numbers and dates have an order; compare others by == or !=",
                )),
            ),
            Self::NotInVocabulary { word, words, suggestion } => (
                "R212",
                Text::new(
                    format!("“{word}”不在这个字段的取值之内，永远不会相等"),
                    format!("`{word}` is not a value of this field and would never match"),
                ),
                meant(suggestion).or_else(|| {
                    let words = words.join(" ");
                    Some(Text::new(format!("可用的取值：{words}"), format!("its values: {words}")))
                }),
            ),
            Self::MayBeEmpty { name } => (
                "R213",
                Text::new(
                    format!("“{name}”可能没有填：空着的时候这条规则会不声不响地放过它"),
                    format!("`{name}` may be empty, and an empty one would slip through this rule"),
                ),
                Some(if name.ends_with(')') || name.contains('(') {
                    Text::new(
                        "先取出来，再问有没有：let 结果 = …; if 结果 == () { … }",
                        "take it first, then ask: let found = …; if found == () { … }",
                    )
                } else {
                    Text::new(
                        format!("先问是否填了，如 if {name} == () {{ … }} 或 {name} != () && …"),
                        format!("ask first: if {name} == () {{ … }}, or {name} != () && …"),
                    )
                }),
            ),
            Self::NeverEmpty { name } => (
                "R214",
                Text::new(format!("“{name}”不会是空的，不必这样问"), format!("`{name}` is never empty")),
                None,
            ),
            Self::NotBoolean { found } => (
                "R215",
                Text::new(
                    format!("这里应是“是或否”，却是{}", found.zh),
                    format!("yes or no is expected here, not {}", found.en),
                ),
                None,
            ),
            Self::NotANumber { operator, found } => (
                "R216",
                Text::new(
                    format!("“{operator}”只能用于数，这里是{}", found.zh),
                    format!("`{operator}` needs numbers, and this is {}", found.en),
                ),
                match found.zh.as_str() {
                    "日期" => Some(Text::new(
                        "日期用 加年()、加月()、加天()、相隔天数() 计算",
                        "dates are added and counted with add_years(), add_months(), add_days(), days_between()",
                    )),
                    _ => None,
                },
            ),
            Self::WholeDivision => (
                "R217",
                Text::new("两个整数相除会丢掉小数部分", "dividing two whole numbers drops the fraction"),
                Some(Text::new("写成 转小数(甲) / 乙", "write to_decimal(a) / b")),
            ),
            Self::Units { left, right } => (
                "R218",
                Text::new(
                    format!("单位不同：{left} 与 {right}"),
                    format!("the units differ: {left} and {right}"),
                ),
                Some(Text::new(
                    "先换算成同一单位，如 元 除以 10000 得万元，再比较或相加",
                    "convert one of them first, such as 元 divided by 10000 to 万元",
                )),
            ),
            Self::NoSuchProperty { ty } => (
                "R219",
                Text::new(format!("{}没有字段", ty.zh), format!("{} has no fields", ty.en)),
                Some(Text::new(
                    "只有记录、报送和对象有字段；表要先取一条（查找、第一条）或逐条列举",
                    "records, submissions and objects have fields; of a table take one record first, or walk through it",
                )),
            ),
            Self::NotIterable { ty } => (
                "R220",
                Text::new(format!("{}不能逐个列举", ty.zh), format!("{} cannot be walked through", ty.en)),
                None,
            ),
            Self::AssignedOtherType { name, was, now } => (
                "R221",
                Text::new(
                    format!("“{name}”原是{}，不能改成{}", was.zh, now.zh),
                    format!("`{name}` was {}, and cannot become {}", was.en, now.en),
                ),
                None,
            ),
            Self::AssignToScope { name } => (
                "R222",
                Text::new(
                    format!("报送的数据不能修改（“{name}”）"),
                    format!("what was submitted cannot be changed (`{name}`)"),
                ),
                None,
            ),
            Self::Shadows { name } => (
                "R223",
                Text::new(
                    format!("变量名“{name}”已是字段或表的名称"),
                    format!("`{name}` is already the name of a field or table"),
                ),
                Some(Text::new("换一个变量名", "choose another name")),
            ),
            Self::FieldNotLiteral => (
                "R224",
                Text::new("字段名要直接用引号写出来", "the field must be named by a literal text"),
                None,
            ),
            Self::Private { name } => (
                "R225",
                Text::new(
                    format!("“{name}”是内部信息，规则不能使用"),
                    format!("`{name}` is private; rules may not read it"),
                ),
                None,
            ),
            Self::ClosureExpected { name } => (
                "R226",
                Text::new(format!("“{name}”要一个逐条判断的写法"), format!("`{name}` takes a closure")),
                Some(Text::new("如 筛选(|条| 条.金额 > 0)", "such as filter(|r| r.amount_wan > 0)")),
            ),
            Self::ClosureElsewhere => (
                "R227",
                Text::new(
                    "|…| 的写法只能放在 筛选、查找 等的括号里",
                    "a closure may only be an argument of filter, find and the like",
                ),
                None,
            ),
            Self::Forbidden { what, instead } => (
                "R228",
                Text::new(format!("规则里不能用{}", what.zh), format!("rules may not use {}", what.en)),
                instead.clone(),
            ),
            Self::BadLiteral { what } => ("R229", what.clone(), None),
            Self::SwitchOn { ty } => (
                "R230",
                Text::new(
                    format!("switch 不能用于{}", ty.zh),
                    format!("`switch` cannot be used on {}", ty.en),
                ),
                Some(Text::new("用 if … else if …", "use if … else if …")),
            ),
            Self::AssignedInside { name } => (
                "R233",
                Text::new(
                    format!("不能在条件里或 |…| 里给外面的变量“{name}”赋值"),
                    format!("a condition or closure may not assign to `{name}` from outside"),
                ),
                Some(Text::new(
                    "请先算好再写条件；逐条累计用 for 循环",
                    "work it out beforehand; to add up record by record, use a for loop",
                )),
            ),
            Self::Echoes => (
                "R234",
                Text::new(
                    "封存（stop）的规则，说的话要写死，不能带报送的内容",
                    "what a stop rule says must be fixed words, with nothing of the submission in them",
                ),
                Some(Text::new(
                    "直接写 fail(\"字段\", \"哪里不对，怎么办\")，不用 ${…}",
                    "write fail(\"field\", \"what is wrong and what to do\") without ${…}",
                )),
            ),
            Self::TooLong => (
                "R235",
                Text::new(
                    "规则文件太长：最多两万行，每行最多两万字节",
                    "the rule file is too long: at most 20,000 lines of at most 20,000 bytes each",
                ),
                None,
            ),
            Self::TooEntangled => (
                "R232",
                Text::new(
                    "变量之间互相赋值太多，无法检查",
                    "too many variables are assigned from one another to be checked",
                ),
                Some(Text::new("把规则写简单些，或分成几条", "make the rule simpler, or split it")),
            ),
            Self::Unreachable => (
                "R236",
                Text::new("从这里起永远不会执行", "this is never reached"),
                Some(Text::new(
                    "删去多余的语句，或改正前面的 return、skip、undecided 或条件；不会执行的 fail 查不出任何问题",
                    "delete it, or mend the return, skip, undecided or condition before it: a `fail` that is never reached finds nothing",
                )),
            ),
            Self::NothingSaid => (
                "R231",
                Text::new(
                    "规则里没有 fail：它永远不会发现问题",
                    "the rule has no `fail`: it can never find anything",
                ),
                Some(Text::new(
                    "写 fail(\"字段\", \"哪里不对，怎么改\")",
                    "write fail(\"field\", \"what is wrong and what to do\")",
                )),
            ),
        }
    }
}
