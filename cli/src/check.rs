//! `hegui check`: packages in, report out.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::PathBuf;

use hegui_core::engine::{self, Content, Delivery, Keep, Memory, Options};
use hegui_core::gate::Gate;
use hegui_core::prove::Way;
use hegui_core::rulebook::Rulebook;
use hegui_core::submission::{Intake, ReadProblem, ReadProblemKind, Submission};
use hegui_core::text::{Lang, fold_code};
use hegui_core::value::Date;
use hegui_core::verdict::{Finding, Outcome, RuleId, Verdicts};
use hegui_formats::package::{self, Found};
use hegui_formats::write::jsonl::JsonLines;
use hegui_formats::write::{self, Book, Detail, RuleTitle, RunInfo};
use hegui_formats::{inspect, read};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use rayon::prelude::*;

use crate::args::{CheckArgs, Common, DetailArg, EngineArg, FormatArg};
use crate::cache::{self, Cache};
use crate::exit;
use crate::messages::Failure;
use crate::rule;
use crate::screen;
use crate::seal::{self, Seal};
use crate::source::{self, Config};

/// A batch of at least so many packages shows its progress.
const LONG_BATCH: usize = 20;

/// Runs the command.
pub(crate) fn run(common: &Common, args: &CheckArgs) -> Result<u8, Failure> {
    if let Some(threads) = args.threads {
        // Before anything is done in parallel. A second call in one process would fail; the pool of the first serves as
        // well.
        let _ = rayon::ThreadPoolBuilder::new().num_threads(threads).build_global();
    }
    let mut book = source::load(&Config::find(common)?)?;
    let only: Vec<String> = args.only.iter().map(|id| fold_code(id)).collect();
    if !only.is_empty() {
        book.keep_only(&only).map_err(|id| rule::unknown(&book, &id))?;
    }
    let found = package::discover(&args.paths);
    let missing = found.iter().any(is_missing);
    let bar = progress(found.len(), common.lang());
    let work = Work {
        as_of: args.as_of.unwrap_or_else(today),
        way: args.engine.way(),
        keep: match (args.max_findings.0, args.format) {
            (None, _) => Keep::All,
            // One is kept of each, so that it is told what there is none to be shown of.
            (Some(0), FormatArg::Terminal) => Keep::Most(1),
            (Some(most), _) => Keep::Most(most),
        },
        // Whoever asks for the interpreter wants to see it work.
        cache: if args.no_cache || args.engine == EngineArg::Interpreted {
            None
        } else {
            cache::folder(args.cache.as_deref())
        },
        progress: &bar,
    };
    let written = match args.format {
        FormatArg::Jsonl => lines(&book, &found, &work, args),
        _ => {
            let verdicts = check(&book, &found, &work);
            report(&book, &verdicts, common, args).map(|()| verdicts)
        }
    };
    let verdicts = written.map_err(|error| {
        Failure::other(format!("报告写不出来：{error}"), format!("cannot write the report: {error}"))
    })?;
    let code = if missing { exit::COULD_NOT_RUN } else { exit_code(&verdicts, args) };
    // The program ends here. To take all this apart piece by piece would take a tenth of a short run.
    std::mem::forget((book, verdicts));
    Ok(code)
}

fn is_missing(found: &Found) -> bool {
    matches!(found, Found::Problem(problem) if problem.kind == ReadProblemKind::NoSuchFile)
}

/// How packages are checked.
pub(crate) struct Work<'a> {
    /// The day taken for today.
    pub(crate) as_of: Date,
    /// How record rules are run.
    pub(crate) way: Way,
    /// What becomes of findings.
    pub(crate) keep: Keep<'a>,
    /// Where verdicts are kept from run to run; none where they are not.
    pub(crate) cache: Option<PathBuf>,
    /// Where progress is shown.
    pub(crate) progress: &'a ProgressBar,
}

impl Work<'_> {
    /// How many findings of one rule on one submission are made; none where there is no end.
    pub(crate) fn most(&self) -> Option<usize> {
        match self.keep {
            Keep::Most(most) => Some(most),
            Keep::All | Keep::HandOver(_) => None,
        }
    }
}

/// Reads, inspects and judges packages. Each package is read, looked at and taken in by one thread, then dropped.
pub(crate) fn check(book: &Rulebook, found: &[Found], work: &Work<'_>) -> Verdicts {
    let progress = work.progress;
    let most = work.most();
    let plugins = source::plugins();
    let gates: Vec<&dyn Gate> = plugins
        .iter()
        .filter(|plugin| book.schema.plugins.iter().any(|known| known.name == plugin.name()))
        .filter_map(|plugin| plugin.gate())
        .collect();
    let (contents, seals): (Vec<Content>, Vec<Seal>) = found
        .par_iter()
        .enumerate()
        .map(|(at, found)| {
            let admitted = admit(book, found, at + 1, &gates, most);
            progress.inc(1);
            admitted
        })
        .unzip();
    let deliveries =
        contents.into_iter().enumerate().map(|(at, content)| Delivery { package: at + 1, content }).collect();
    let paths = found.iter().map(Found::path).collect();
    let cache = work.cache.clone().map(|folder| Cache::new(folder, book, work, paths, &seals));
    let options = Options {
        as_of: work.as_of,
        way: work.way,
        keep: work.keep,
        memory: cache.as_ref().map(|cache| cache as &dyn Memory),
        progress: &|| progress.inc(1),
    };
    let mut verdicts = engine::check(book, deliveries, &options);
    if let Some(cache) = &cache {
        cache.tidy();
    }
    seal::name_files(&mut verdicts, &seals);
    progress.finish_and_clear();
    verdicts
}

/// One package: loaded, inspected by every gate, and only then read.
fn admit(
    book: &Rulebook,
    found: &Found,
    number: usize,
    gates: &[&dyn Gate],
    most: Option<usize>,
) -> (Content, Seal) {
    let package = match package::load(found) {
        Ok(package) => package,
        Err(problem) => {
            // The problem may lie with one file of a folder, whose name the report would repeat.
            if let Some(held) = inspect::inspect_path(&problem.location.file, number, gates) {
                return (Content::Held(held), Seal::default());
            }
            let submission = refused(book, found, *problem);
            return (Content::Read { submission, inspected: false }, Seal::default());
        }
    };
    let seal = Seal::of(&package);
    let content = match inspect::inspect(&package, number, gates) {
        Some(held) => Content::Held(held),
        None => {
            let submission = match most {
                Some(most) => read::read_keeping(most, package, &book.schema),
                None => read::read(package, &book.schema),
            };
            Content::Read { submission, inspected: !gates.is_empty() }
        }
    };
    (content, seal)
}

/// A package of which nothing could be read but why.
fn refused(book: &Rulebook, found: &Found, problem: ReadProblem) -> Submission {
    let mut submission = Intake::new(&book.schema, found.path()).finish();
    submission.problems = vec![problem];
    submission
}

/// Today in Beijing, whatever the machine's own zone.
fn today() -> Date {
    jiff::tz::Offset::constant(8).to_datetime(jiff::Timestamp::now()).date()
}

fn progress(packages: usize, lang: Lang) -> ProgressBar {
    if packages < LONG_BATCH || !io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    // Each package counts twice: once read, once judged.
    let bar = ProgressBar::with_draw_target(Some(2 * packages as u64), ProgressDrawTarget::stderr());
    let word = match lang {
        Lang::Zh => "正在检查",
        Lang::En => "checking",
    };
    if let Ok(style) = ProgressStyle::with_template("{msg} {bar:40} {percent:>3}%") {
        bar.set_style(style);
    }
    bar.with_message(word)
}

fn output(args: &CheckArgs) -> io::Result<Box<dyn Write + Send>> {
    Ok(match &args.output {
        Some(path) => Box::new(BufWriter::new(File::create(path)?)),
        None => Box::new(BufWriter::new(io::stdout())),
    })
}

/// Whoever reads the report may stop reading: `hegui check … | head`.
fn unless_left(written: io::Result<()>) -> io::Result<()> {
    match written {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        other => other,
    }
}

fn report(book: &Rulebook, verdicts: &Verdicts, common: &Common, args: &CheckArgs) -> io::Result<()> {
    let mut out = output(args)?;
    let written = match args.format {
        FormatArg::Terminal => {
            let options = write::Options {
                lang: common.lang(),
                width: args.width.unwrap_or_else(screen::width),
                style: match args.output {
                    None => screen::style(common.color),
                    Some(_) => screen::style_of_file(common.color),
                },
                max_findings: args.max_findings.0.unwrap_or(usize::MAX),
                detail: match args.detail {
                    DetailArg::Brief => Detail::Brief,
                    DetailArg::Normal => Detail::Normal,
                    DetailArg::Full => Detail::Full,
                },
            };
            write::terminal::write(&mut out, verdicts, &words(book), &options)
        }
        FormatArg::Json | FormatArg::Jsonl => write::json::write(&mut out, verdicts, &run_info(args)),
    };
    unless_left(written.and_then(|()| out.flush()))
}

/// Checks, and writes each finding as it is made; none is kept.
fn lines(book: &Rulebook, found: &[Found], work: &Work<'_>, args: &CheckArgs) -> io::Result<Verdicts> {
    let lines = JsonLines::new(output(args)?, &run_info(args), &book.digest, work.as_of);
    let take = |finding: &Finding| lines.finding(finding);
    let verdicts =
        check(book, found, &Work { keep: Keep::HandOver(&take), cache: work.cache.clone(), ..*work });
    unless_left(lines.finish(&verdicts)).map(|()| verdicts)
}

fn run_info(args: &CheckArgs) -> RunInfo {
    let mut options = BTreeMap::from([("fail_on".to_string(), format!("{:?}", args.fail_on).to_lowercase())]);
    if let (FormatArg::Terminal | FormatArg::Json, Some(most)) = (args.format, args.max_findings.0) {
        options.insert("max_findings".to_string(), most.to_string());
    }
    if !args.only.is_empty() {
        let mut only: Vec<String> = args.only.iter().map(|id| fold_code(id)).collect();
        only.sort();
        only.dedup();
        options.insert("only".to_string(), only.join(","));
    }
    RunInfo { engine: engine_name(), options }
}

/// The program and its version.
pub(crate) fn engine_name() -> String {
    format!("hegui {}", env!("CARGO_PKG_VERSION"))
}

/// The titles and sources that reports show beside rule ids.
pub(crate) fn words(book: &Rulebook) -> Book<'_> {
    let scripted = book.rules.iter().map(|rule| {
        let title = RuleTitle {
            title: rule.title.clone(),
            source: rule.source.clone(),
            grade: rule.grade.clone(),
            severity: rule.severity,
        };
        (rule.id.clone(), title)
    });
    let of_gates = book.schema.gate_rules.iter().map(|rule| {
        let title = RuleTitle {
            title: rule.title.clone(),
            source: rule.source.clone(),
            grade: rule.grade.clone(),
            severity: hegui_core::verdict::Severity::Stop,
        };
        (RuleId(rule.id.clone()), title)
    });
    Book { agreement: &book.agreement, rules: scripted.chain(of_gates).collect() }
}

/// The gravest thing that happened decides. Rules on trial change nothing.
fn exit_code(verdicts: &Verdicts, args: &CheckArgs) -> u8 {
    let broke = verdicts
        .submissions
        .iter()
        .flat_map(|submission| &submission.outcomes)
        .any(|outcome| outcome.outcome == Outcome::Error && !outcome.trial);
    if broke {
        return exit::RULE_BROKE;
    }
    if verdicts.submissions.iter().any(|submission| submission.held) {
        return exit::HELD;
    }
    let counts = verdicts.count(false, |severity| args.fail_on.counts(severity));
    if counts > 0 { exit::FINDINGS } else { exit::CLEAN }
}
