//! What can be wrong in a manifest or a parameter file.

use super::GRADES;
use crate::text::Text;

/// A mistake in a manifest or parameter file.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs)] // The messages below say what each field of a variant means.
pub enum ManifestProblem {
    /// `name` is not the folder's name.
    NameIsNotFolder { name: String, folder: String },
    /// A field type that does not exist.
    UnknownType { word: String, known: &'static [&'static str], suggestion: Option<String> },
    /// `type = "enum"` without `allowed`.
    EnumWithoutAllowed,
    /// `allowed` holds something that the type cannot be.
    AllowedDoesNotFit,
    /// `labels` is not as long as `allowed`.
    LabelsDoNotFit,
    /// `type = "list"` without `items`.
    ListWithoutItems,
    /// `type = "object"` without `fields`.
    ObjectWithoutFields,
    /// Two fields of one table answer to the same name.
    DuplicateName { name: String },
    /// Two plugins declare the same table.
    DuplicateTable { name: String },
    /// The same indicator twice.
    DuplicateIndicator { code: String },
    /// A key of a record that is no field.
    UnknownKeyField { name: String, suggestion: Option<String> },
    /// A kind of submitter that does not exist.
    UnknownSubmitter { word: String, suggestion: Option<String> },
    /// A relation to an indicator that does not exist.
    UnknownIndicator { code: String, suggestion: Option<String> },
    /// A `script` name that is no identifier.
    NotAnIdentifier { name: String },
    /// A parameter's value is not of its type.
    ValueDoesNotFit { expected: Text },
    /// `origin = "unset"` with a value, or a value missing.
    ValueAndOrigin { has_value: bool },
    /// A value without source or grade.
    WithoutSource { key: String },
    /// A value whose source is memory alone (grade M).
    FromMemory { key: String },
    /// A grade that does not exist.
    UnknownGrade { grade: String },
    /// Two entries of one parameter overlap.
    OverlappingParameter { key: String },
    /// An override of a parameter that no manifest declares.
    UnknownParameter { key: String, suggestion: Option<String> },
    /// A code list's file is not in the plugin's folder.
    MissingFile { name: String },
    /// A code list's file is not a CSV table.
    BadFile { name: String, why: String },
    /// The plugin's folder has no `plugin.toml`.
    NoManifest { folder: String },
    /// A gate rule cites a clause that does not exist.
    UnknownClause { id: String, suggestion: Option<String> },
}

impl ManifestProblem {
    /// A stable code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NameIsNotFolder { .. } => "M101",
            Self::UnknownType { .. } => "M102",
            Self::EnumWithoutAllowed => "M103",
            Self::AllowedDoesNotFit => "M104",
            Self::LabelsDoNotFit => "M105",
            Self::ListWithoutItems => "M106",
            Self::ObjectWithoutFields => "M107",
            Self::DuplicateName { .. } => "M108",
            Self::DuplicateTable { .. } => "M109",
            Self::DuplicateIndicator { .. } => "M110",
            Self::UnknownKeyField { .. } => "M111",
            Self::UnknownSubmitter { .. } => "M112",
            Self::UnknownIndicator { .. } => "M113",
            Self::NotAnIdentifier { .. } => "M114",
            Self::ValueDoesNotFit { .. } => "M115",
            Self::ValueAndOrigin { .. } => "M116",
            Self::WithoutSource { .. } => "M117",
            Self::FromMemory { .. } => "M118",
            Self::OverlappingParameter { .. } => "M119",
            Self::UnknownParameter { .. } => "M120",
            Self::MissingFile { .. } => "M121",
            Self::BadFile { .. } => "M122",
            Self::NoManifest { .. } => "M123",
            Self::UnknownClause { .. } => "M124",
            Self::UnknownGrade { .. } => "M125",
        }
    }

    /// What is wrong.
    pub fn message(&self) -> Text {
        match self {
            Self::NameIsNotFolder { name, folder } => Text::new(
                format!("插件名“{name}”与文件夹名“{folder}”不一致"),
                format!("the plugin's name `{name}` is not its folder's name `{folder}`"),
            ),
            Self::UnknownType { word, .. } => {
                Text::new(format!("没有“{word}”这种类型"), format!("there is no type `{word}`"))
            }
            Self::EnumWithoutAllowed => {
                Text::new("选项类型要列出可用的取值", "an enum must list the words allowed")
            }
            Self::AllowedDoesNotFit => {
                Text::new("allowed 里的取值与类型不符", "`allowed` holds a value that the type cannot be")
            }
            Self::LabelsDoNotFit => {
                Text::new("labels 与 allowed 的个数不同", "`labels` and `allowed` differ in length")
            }
            Self::ListWithoutItems => {
                Text::new("列表类型要写明每项的类型", "a list must say what its items are")
            }
            Self::ObjectWithoutFields => {
                Text::new("对象类型要列出各个子字段", "an object must list its fields")
            }
            Self::DuplicateName { name } => Text::new(
                format!("名称“{name}”在同一张表里指两个字段"),
                format!("`{name}` names two fields of one table"),
            ),
            Self::DuplicateTable { name } => {
                Text::new(format!("表“{name}”已经有了"), format!("table `{name}` is declared twice"))
            }
            Self::DuplicateIndicator { code } => {
                Text::new(format!("指标“{code}”已经有了"), format!("indicator `{code}` is declared twice"))
            }
            Self::UnknownKeyField { name, .. } => {
                Text::new(format!("表里没有字段“{name}”"), format!("the table has no field `{name}`"))
            }
            Self::UnknownSubmitter { word, .. } => Text::new(
                format!("没有“{word}”这种报送主体"),
                format!("there is no kind of submitter `{word}`"),
            ),
            Self::UnknownIndicator { code, .. } => {
                Text::new(format!("没有指标“{code}”"), format!("there is no indicator `{code}`"))
            }
            Self::NotAnIdentifier { name } => Text::new(
                format!("“{name}”不能用作脚本里的名称"),
                format!("`{name}` cannot be a name in scripts"),
            ),
            Self::ValueDoesNotFit { expected } => Text::new(
                format!("参数值应为{}", expected.zh),
                format!("the parameter's value should be {}", expected.en),
            ),
            Self::ValueAndOrigin { has_value: true } => Text::new(
                "来源为“未设定”的参数不能有值",
                "a parameter whose origin is `unset` cannot have a value",
            ),
            Self::ValueAndOrigin { has_value: false } => {
                Text::new("参数没有值", "the parameter has no value")
            }
            Self::WithoutSource { key } => Text::new(
                format!("参数“{key}”有值，但没有写出处或等级"),
                format!("parameter `{key}` has a value but no source or grade"),
            ),
            Self::FromMemory { key } => Text::new(
                format!("参数“{key}”的出处等级为 M（仅凭记忆），不得使用"),
                format!("parameter `{key}` is of grade M (from memory) and may not be used"),
            ),
            Self::UnknownGrade { grade } => {
                Text::new(format!("没有“{grade}”这个等级"), format!("there is no grade `{grade}`"))
            }
            Self::OverlappingParameter { key } => Text::new(
                format!("参数“{key}”的两个生效期重叠"),
                format!("two entries of parameter `{key}` overlap"),
            ),
            Self::UnknownParameter { key, .. } => {
                Text::new(format!("没有参数“{key}”"), format!("there is no parameter `{key}`"))
            }
            Self::MissingFile { name } => Text::new(
                format!("插件文件夹里没有文件“{name}”"),
                format!("the plugin's folder has no file `{name}`"),
            ),
            Self::BadFile { name, why } => Text::new(
                format!("文件“{name}”不是可用的 CSV 表：{why}"),
                format!("`{name}` is not a usable CSV table: {why}"),
            ),
            Self::NoManifest { folder } => Text::new(
                format!("插件文件夹“{folder}”里没有 plugin.toml"),
                format!("the plugin folder `{folder}` has no plugin.toml"),
            ),
            Self::UnknownClause { id, .. } => {
                Text::new(format!("议定书没有条款“{id}”"), format!("the agreement has no clause `{id}`"))
            }
        }
    }

    /// What to do.
    pub fn help(&self) -> Option<Text> {
        let suggest = |suggestion: &Option<String>| {
            suggestion
                .as_ref()
                .map(|word| Text::new(format!("是不是想写“{word}”？"), format!("did you mean `{word}`?")))
        };
        match self {
            Self::NameIsNotFolder { folder, .. } => {
                Some(Text::new(format!("改为 name = \"{folder}\""), format!("write name = \"{folder}\"")))
            }
            Self::UnknownType { suggestion, known, .. } => suggest(suggestion).or_else(|| {
                let words = known.join(" ");
                Some(Text::new(format!("可以写：{words}"), format!("one of: {words}")))
            }),
            Self::UnknownGrade { .. } => Some(Text::new(
                format!("可以写：{}", GRADES.join(" ")),
                format!("one of: {}", GRADES.join(" ")),
            )),
            Self::EnumWithoutAllowed => Some(Text::same("allowed = [\"…\", \"…\"]")),
            Self::ListWithoutItems => Some(Text::same("items = \"string\"")),
            Self::ObjectWithoutFields => {
                Some(Text::same("fields = [ { key = \"…\", label = \"…\", type = \"string\" } ]"))
            }
            Self::UnknownKeyField { suggestion, .. }
            | Self::UnknownSubmitter { suggestion, .. }
            | Self::UnknownIndicator { suggestion, .. }
            | Self::UnknownClause { suggestion, .. }
            | Self::UnknownParameter { suggestion, .. } => suggest(suggestion),
            Self::NotAnIdentifier { .. } => Some(Text::new(
                "只能用汉字、字母、数字和下划线，不以数字开头，也不是保留字",
                "letters, Han characters, digits and underscores only, not beginning with a digit, not a reserved word",
            )),
            Self::ValueAndOrigin { has_value: true } => Some(Text::new(
                "查到出处后，把 origin 改为 statute、official、press 或 engineering",
                "once a source is known, set origin to statute, official, press or engineering",
            )),
            Self::ValueAndOrigin { has_value: false } => Some(Text::new(
                "写上 value = …，或写 origin = \"unset\"：用到它的规则会答“无法判定”",
                "write value = …, or origin = \"unset\": rules that read it then cannot decide",
            )),
            Self::WithoutSource { .. } => Some(Text::new(
                "写明 source 和 grade；查不到出处的，不写值，origin = \"unset\"",
                "give source and grade; without a source, no value and origin = \"unset\"",
            )),
            _ => None,
        }
    }
}
