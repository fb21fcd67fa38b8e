//! Arguments. Help and errors are Chinese; with `--lang en` anywhere on the line they are English.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Args, CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};
use hegui_core::prove::Way;
use hegui_core::text::Lang;
use hegui_core::value::Date;
use hegui_core::verdict::Severity;

use crate::exit;

/// 合规：逐条核对各市州、企业报送的材料是否符合局省合作会商议定书
#[derive(Debug, Parser)]
#[command(name = "hegui", version, disable_help_subcommand = true, max_term_width = 100)]
pub(crate) struct Arguments {
    #[command(flatten)]
    pub(crate) common: Common,
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// What all commands share.
#[derive(Debug, Args)]
pub(crate) struct Common {
    /// 语言：zh 中文（默认），en 英文
    #[arg(long, global = true, value_enum, default_value = "zh", value_name = "语言")]
    lang: LangArg,
    /// 追加的规则文件夹，同编号的规则以它为准；可重复
    #[arg(long, global = true, value_name = "文件夹")]
    pub(crate) rules: Vec<PathBuf>,
    /// 追加的插件文件夹，同名的插件以它为准；可重复
    #[arg(long, global = true, value_name = "文件夹")]
    pub(crate) plugins: Vec<PathBuf>,
    /// 配置文件；不写则用当前文件夹的 hegui.toml（如有）
    #[arg(long, global = true, value_name = "文件")]
    pub(crate) config: Option<PathBuf>,
    /// 颜色：auto 终端上才用（默认），always 总用，never 不用
    #[arg(long, global = true, value_enum, default_value = "auto", value_name = "何时")]
    pub(crate) color: ColorArg,
}

impl Common {
    pub(crate) fn lang(&self) -> Lang {
        match self.lang {
            LangArg::Zh => Lang::Zh,
            LangArg::En => Lang::En,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum LangArg {
    Zh,
    En,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ColorArg {
    Auto,
    Always,
    Never,
}

impl ColorArg {
    /// Holds for all that does not go through a report: messages, tests, lists.
    pub(crate) fn apply(self) {
        match self {
            Self::Auto => anstream::ColorChoice::Auto,
            Self::Always => anstream::ColorChoice::Always,
            Self::Never => anstream::ColorChoice::Never,
        }
        .write_global();
    }
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// 检查报送材料，逐条给出结论
    Check(CheckArgs),
    /// 运行规则的例子和样例（不需要 Rust 工具链）
    Test(TestArgs),
    /// 列出规则
    Rules(RulesArgs),
    /// 一条规则的全部说明：查什么、怎样查、依据、参数、例子
    Rule(RuleArgs),
    /// 把规则库写成一个静态网站，每条规则一页
    Docs(DocsArgs),
    /// 逐条列出议定书的条款由哪些规则检查，哪些不查、为什么
    Coverage(CoverageArgs),
}

#[derive(Debug, Args)]
pub(crate) struct CheckArgs {
    /// 报送材料：工作簿、文档、CSV 文件夹、装有它们的文件夹，或通配（如 报送/*.xlsx）
    #[arg(required = true, value_name = "路径")]
    pub(crate) paths: Vec<String>,
    /// 输出格式：terminal 给人看（默认），json 给程序读，jsonl 给程序读、每个问题一行、随查随写
    #[arg(long, value_enum, default_value = "terminal", value_name = "格式")]
    pub(crate) format: FormatArg,
    /// 写到文件，而不是屏幕
    #[arg(long, short, value_name = "文件")]
    pub(crate) output: Option<PathBuf>,
    /// 以哪一天为“今天”；不写则用北京时间的今天
    #[arg(long, value_name = "日期", value_parser = parse_date)]
    pub(crate) as_of: Option<Date>,
    /// 达到哪一级就以退出码 1 结束：error 错误（默认），warn 警告，info 提示，never 从不
    #[arg(long, value_enum, default_value = "error", value_name = "级别")]
    pub(crate) fail_on: FailOn,
    /// 只查这几条规则，编号之间用逗号隔开（如 PAT-008,TM-001）；保密检查照常进行
    #[arg(long, value_name = "编号", value_delimiter = ',')]
    pub(crate) only: Vec<String>,
    /// 每条规则在每份报送里最多列出几处，默认 100，all 不限；总数总是准确，jsonl 总是全部列出
    #[arg(long, default_value = "100", value_name = "个数", value_parser = parse_most)]
    pub(crate) max_findings: MostArg,
    /// 详略：brief 只列计数，normal 列出问题（默认），full 另列不适用的原因
    #[arg(long, value_enum, default_value = "normal", value_name = "详略")]
    pub(crate) detail: DetailArg,
    /// 报告宽度（栏）；不写则随终端
    #[arg(long, value_name = "栏数")]
    pub(crate) width: Option<usize>,
    /// 逐条规则怎样运行：proved 整列证明没有问题的记录不再解释执行（默认），interpreted 每条都解释执行；结果一样
    #[arg(long, value_enum, default_value = "proved", value_name = "方式")]
    pub(crate) engine: EngineArg,
    /// 不用以前的结论，也不保存这次的
    #[arg(long)]
    pub(crate) no_cache: bool,
    /// 结论保存在哪个文件夹（最多 512 MiB）；没有变化的报送不再重新判断，结果一样。不写则在用户的缓存文件夹
    #[arg(long, value_name = "文件夹", env = "HEGUI_CACHE", hide_env = true)]
    pub(crate) cache: Option<PathBuf>,
    /// 用几个线程；不写则由系统定。结果与线程数无关
    #[arg(long, value_name = "个数")]
    pub(crate) threads: Option<usize>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum FormatArg {
    Terminal,
    Json,
    Jsonl,
}

/// Formats of lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ListFormatArg {
    Terminal,
    Json,
}

/// How many are listed; none where all are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct MostArg(pub(crate) Option<usize>);

fn parse_most(text: &str) -> Result<MostArg, String> {
    match text {
        "all" | "全部" => Ok(MostArg(None)),
        _ => text.parse().map(|most| MostArg(Some(most))).map_err(|_| "write a number, or all".to_string()),
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum EngineArg {
    Proved,
    Interpreted,
}

impl EngineArg {
    /// The engine's own word.
    pub(crate) fn way(self) -> Way {
        match self {
            Self::Proved => Way::Prove,
            Self::Interpreted => Way::Interpret,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum DetailArg {
    Brief,
    Normal,
    Full,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum FailOn {
    Error,
    Warn,
    Info,
    Never,
}

impl FailOn {
    /// Whether a finding of this severity counts.
    pub(crate) fn counts(self, severity: Severity) -> bool {
        match self {
            Self::Error => severity >= Severity::Error,
            Self::Warn => severity >= Severity::Warn,
            Self::Info => true,
            Self::Never => false,
        }
    }
}

#[derive(Debug, Args)]
pub(crate) struct TestArgs {
    /// 样例文件夹（含 expected.toml）；不写则用 hegui.toml 里的 fixtures
    #[arg(value_name = "文件夹")]
    pub(crate) fixtures: Vec<PathBuf>,
    /// 规则有一处没有走到，或没有样例符合、没有样例不符合，也算不合预期（退出码 1）
    #[arg(long)]
    pub(crate) all_reached: bool,
}

#[derive(Debug, Args)]
pub(crate) struct RulesArgs {
    /// 只列出这一条款的规则，如 议定书-2
    #[arg(long, value_name = "条款")]
    pub(crate) clause: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct RuleArgs {
    /// 规则编号，如 PAT-008
    #[arg(value_name = "编号")]
    pub(crate) id: String,
    /// 只说这条规则有没有化成按列的判断，哪几处没有、为什么
    #[arg(long)]
    pub(crate) plan: bool,
    /// 宽度（栏）；不写则随终端
    #[arg(long, value_name = "栏数")]
    pub(crate) width: Option<usize>,
}

#[derive(Debug, Args)]
pub(crate) struct DocsArgs {
    /// 网站写到哪个文件夹；里面以前生成、现在没有了的页面会删去
    #[arg(value_name = "文件夹")]
    pub(crate) folder: PathBuf,
    /// 不写，只看文件夹里的是不是最新的（不是则退出码 1）
    #[arg(long)]
    pub(crate) check: bool,
}

#[derive(Debug, Args)]
pub(crate) struct CoverageArgs {
    /// 输出格式：terminal 给人看（默认），json 给程序读
    #[arg(long, value_enum, default_value = "terminal", value_name = "格式")]
    pub(crate) format: ListFormatArg,
}

fn parse_date(text: &str) -> Result<Date, String> {
    hegui_core::submission::parse_date(text).ok_or_else(|| "write it as 2021-03-31".to_string())
}

/// Parses the command line, or says with which code to exit after help, version or a mistake.
pub(crate) fn parse(arguments: &[OsString]) -> Result<Arguments, u8> {
    let english = is_english(arguments);
    let mut command = Arguments::command();
    command = if english { english_help(command) } else { chinese_help(command) };
    let matches =
        command.try_get_matches_from(arguments).and_then(|matches| Arguments::from_arg_matches(&matches));
    matches.map_err(|error| match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            let _ = error.print();
            exit::CLEAN
        }
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            let _ = error.print();
            exit::COULD_NOT_RUN
        }
        _ if english => {
            let _ = error.print();
            exit::COULD_NOT_RUN
        }
        _ => {
            anstream::eprintln!("错误：{}", chinese(&error));
            anstream::eprintln!("用法见：hegui --help");
            exit::COULD_NOT_RUN
        }
    })
}

fn is_english(arguments: &[OsString]) -> bool {
    arguments.iter().any(|one| one == "--lang=en")
        || arguments.windows(2).any(|two| two[0] == "--lang" && two[1] == "en")
}

const CHINESE: &str = "{about}\n\n用法：{usage}\n\n{all-args}\n";

fn chinese_help(command: clap::Command) -> clap::Command {
    fn dress(command: clap::Command) -> clap::Command {
        let usage = match command.get_name() {
            "hegui" => "hegui [选项] <命令>",
            "check" => "hegui check [选项] <路径>...",
            "test" => "hegui test [选项] [文件夹]...",
            "coverage" => "hegui coverage [选项]",
            "rule" => "hegui rule [选项] <编号>",
            "docs" => "hegui docs [选项] <文件夹>",
            _ => "hegui rules [选项]",
        };
        command
            .help_template(CHINESE)
            .override_usage(usage)
            .subcommand_help_heading("命令")
            .disable_help_flag(true)
            .arg(
                clap::Arg::new("help")
                    .short('h')
                    .long("help")
                    .help("显示帮助")
                    .action(clap::ArgAction::Help)
                    .help_heading("选项"),
            )
            .next_help_heading("选项")
            .mut_args(|arg| {
                let heading = if arg.is_positional() { "参数" } else { "选项" };
                let hide = arg.get_action().takes_values();
                // Values and defaults stand in the help, in Chinese.
                arg.help_heading(heading).hide_possible_values(hide).hide_default_value(hide)
            })
            .mut_subcommands(dress)
    }
    dress(command).disable_version_flag(true).arg(
        clap::Arg::new("version")
            .short('V')
            .long("version")
            .help("显示版本")
            .action(clap::ArgAction::Version)
            .help_heading("选项"),
    )
}

/// The English help of each argument, by its name.
const ENGLISH: [(&str, &str, &str); 26] = [
    ("lang", "Language: zh or en", "LANG"),
    ("rules", "A further folder of rules; its rules replace those of the same id. May be repeated", "DIR"),
    (
        "plugins",
        "A further folder of plugins; its plugins replace those of the same name. May be repeated",
        "DIR",
    ),
    ("config", "Configuration file; by default hegui.toml of the current folder, if there is one", "FILE"),
    ("color", "Colours: auto (on a terminal), always, never", "WHEN"),
    ("paths", "Workbooks, documents, CSV folders, folders of them, or patterns such as in/*.xlsx", "PATHS"),
    ("format", "Output format", "FORMAT"),
    ("output", "Write to a file instead of the screen", "FILE"),
    ("as_of", "The day taken for today; by default today in Beijing", "DATE"),
    ("fail_on", "Exit with code 1 at findings of this severity or above", "SEVERITY"),
    ("no_cache", "Use no verdicts of earlier runs, and keep none", ""),
    (
        "cache",
        "The folder in which verdicts are kept (512 MiB at most); what has not changed is not judged again, with the \
         same result. By default in the user's cache folder",
        "DIR",
    ),
    (
        "only",
        "Check these rules alone, their ids joined by commas (PAT-008,TM-001); the secrecy gate stands",
        "IDS",
    ),
    (
        "max_findings",
        "How many findings of one rule in one submission are listed, or all; totals are always exact, jsonl has all",
        "N",
    ),
    ("detail", "How much is told: brief, normal, full", "DETAIL"),
    ("width", "Columns of the report; by default those of the terminal", "COLUMNS"),
    (
        "engine",
        "How record rules run: proved (records proven clean on columns are not interpreted), interpreted; same result",
        "WAY",
    ),
    ("threads", "How many threads; the result does not depend on it", "N"),
    ("fixtures", "Folders of fixtures (with expected.toml); by default those of hegui.toml", "DIRS"),
    (
        "all_reached",
        "Exit with code 1 if some part of a rule is never reached, or no fixture shows it failing or passing",
        "",
    ),
    ("clause", "Only rules of this clause, such as 议定书-2", "CLAUSE"),
    ("id", "Id of a rule, such as PAT-008", "ID"),
    ("plan", "Say only whether the rule is lowered to columns, and which parts are not, and why", ""),
    ("folder", "Folder the site is written to; pages written there before and gone now are removed", "DIR"),
    ("check", "Write nothing, say whether the folder is current (exit code 1 if not)", ""),
    ("help", "Print help", ""),
];

fn english_help(command: clap::Command) -> clap::Command {
    fn dress(command: clap::Command) -> clap::Command {
        let about = match command.get_name() {
            "check" => "Check submissions, clause by clause",
            "test" => "Run the examples of rules and the fixtures (needs no Rust toolchain)",
            "rules" => "List the rules",
            "rule" => {
                "All there is to say of one rule: what it asks for, how, by which source, parameters, examples"
            }
            "docs" => "Write the rulebook as a static site, a page a rule",
            "coverage" => "Say which clause is looked at by which rules, and what is not, and why",
            _ => "hegui checks whether what cities and enterprises submit keeps to the signed agreement",
        };
        command
            .about(about)
            .mut_args(|arg| {
                let english = ENGLISH.iter().find(|(name, ..)| arg.get_id() == *name);
                match english {
                    Some((_, help, "")) => arg.help(*help),
                    Some((_, help, value)) => arg.help(*help).value_name(*value),
                    None => arg,
                }
            })
            .mut_subcommands(dress)
    }
    dress(command)
}

/// A usage error in Chinese.
fn chinese(error: &clap::Error) -> String {
    let context = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(all)) => all.join("、"),
        _ => String::new(),
    };
    let argument = context(ContextKind::InvalidArg);
    let value = context(ContextKind::InvalidValue);
    let meant =
        match error.get(ContextKind::SuggestedArg).or_else(|| error.get(ContextKind::SuggestedSubcommand)) {
            Some(ContextValue::String(text)) => format!("，是不是“{text}”？"),
            Some(ContextValue::Strings(all)) => format!("，是不是“{}”？", all.join("”或“")),
            _ => String::new(),
        };
    match error.kind() {
        ErrorKind::UnknownArgument => format!("没有“{argument}”这个选项{meant}"),
        ErrorKind::InvalidSubcommand => {
            format!("没有“{}”这个命令{meant}", context(ContextKind::InvalidSubcommand))
        }
        ErrorKind::MissingSubcommand => "要写明命令：check、test、rules、rule、docs 或 coverage".to_string(),
        ErrorKind::MissingRequiredArgument => format!("缺少 {argument}"),
        ErrorKind::InvalidValue if value.is_empty() => format!("“{argument}”后面要有值"),
        ErrorKind::InvalidValue => {
            format!("“{argument}”不能是“{value}”，可以是：{}", context(ContextKind::ValidValue))
        }
        ErrorKind::ValueValidation if argument.starts_with("--as-of") => {
            format!("“{argument}”的值“{value}”写法有误，应写作 2021-03-31")
        }
        ErrorKind::ValueValidation if argument.starts_with("--max-findings") => {
            format!("“{argument}”的值“{value}”写法有误，应是不小于零的整数，或 all")
        }
        ErrorKind::ValueValidation => format!("“{argument}”的值“{value}”写法有误，应是不小于零的整数"),
        ErrorKind::ArgumentConflict => format!("“{argument}”重复或与其他选项冲突"),
        _ => error.to_string(),
    }
}
