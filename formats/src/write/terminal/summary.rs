//! The end of the report: outcomes by clause, and all totals in one line.

use std::io;

use comfy_table::{CellAlignment, Table, TableStyle, presets};
use hegui_core::text::Lang;
use hegui_core::verdict::{Outcome, Severity, Verdicts};

use super::Context;
use super::page::{Ink, Page};
use super::text::{cut, width};
use super::words::{plural, say};

/// Below this many columns a clause's words say nothing, and their column is left out.
const WORDS: usize = 12;

/// Solid borders, and no lines between rows.
const STYLE: TableStyle = {
    let mut style = presets::UTF8_FULL_CONDENSED;
    style.header_lines.junction = Some('│');
    style.content_lines.junction = Some('│');
    style
};

/// Writes the table and the line.
pub(super) fn write(
    page: &mut Page<'_>,
    context: Context<'_>,
    verdicts: &Verdicts,
    held: usize,
) -> io::Result<()> {
    let Rows { rows, silent } = rows(context, verdicts);
    page.blank()?;
    page.across()?;
    if !rows.is_empty() {
        let title = say(context.lang(), "各条款结论（条）", "Outcomes by clause");
        page.paragraph(0, Ink::Strong, title)?;
        let lines: Vec<String> = table(context.lang(), rows, page.room(0)).lines().collect();
        // The last two lines are the total and the border.
        let total = lines.len().saturating_sub(2);
        for (n, line) in lines.iter().enumerate() {
            if n == total {
                page.line(0, &[(Ink::Plain, rule_like(&lines))])?;
            }
            page.line(0, &[(Ink::Plain, line.clone())])?;
        }
        if !silent.is_empty() {
            page.paragraph(0, Ink::Faint, &not_for_them(context.lang(), &silent))?;
        }
        page.blank()?;
    }
    page.paragraph(0, Ink::Strong, &totals(context.lang(), verdicts, held))
}

struct Row {
    id: String,
    words: String,
    counts: [usize; Outcome::ALL.len()],
}

/// The table's rows, and the clauses left out of it: none of their rules applies to any of these submissions.
struct Rows {
    rows: Vec<Row>,
    silent: Vec<String>,
}

/// A row for each clause of which something is said; first what cites none, such as the reading of a package.
fn rows(context: Context<'_>, verdicts: &Verdicts) -> Rows {
    let lang = context.lang();
    let all = || verdicts.submissions.iter().flat_map(|verdict| &verdict.outcomes);
    let without = Outcome::ALL
        .map(|outcome| all().filter(|rule| rule.clause.is_none() && rule.outcome == outcome).count());
    let words = say(lang, "读取和保密检查", "reading and the secrecy gate").to_string();
    let mut rows = vec![Row { id: say(lang, "无条款", "none").to_string(), words, counts: without }];
    for tally in &verdicts.clauses {
        let clause = context.book.agreement.clause(&tally.id);
        let words = clause.map_or("", |clause| say(lang, &clause.text, &clause.gloss)).to_string();
        rows.push(Row {
            id: tally.id.0.clone(),
            words,
            counts: Outcome::ALL.map(|outcome| tally.get(outcome)),
        });
    }
    rows.retain(|row| row.counts.iter().any(|n| *n > 0));
    let total = Row {
        id: say(lang, "合计", "Total").to_string(),
        words: String::new(),
        counts: std::array::from_fn(|at| rows.iter().map(|row| row.counts[at]).sum()),
    };
    let applies = |row: &Row| {
        let mut counts = Outcome::ALL.iter().zip(row.counts);
        counts.any(|(outcome, n)| n > 0 && *outcome != Outcome::NotApplicable)
    };
    let (mut rows, silent): (Vec<Row>, Vec<Row>) = rows.into_iter().partition(applies);
    if !rows.is_empty() {
        rows.push(total);
    }
    Rows { rows, silent: silent.into_iter().map(|row| row.id).collect() }
}

fn not_for_them(lang: Lang, clauses: &[String]) -> String {
    let ids = clauses.join(say(lang, "、", ", "));
    match lang {
        Lang::Zh => format!("另有 {} 条条款的规则对这些报送都不适用：{ids}", clauses.len()),
        Lang::En => {
            format!("The rules of {} apply to none of these: {ids}", plural(clauses.len(), "further clause"))
        }
    }
}

fn table(lang: Lang, rows: Vec<Row>, room: usize) -> Table {
    // English outcomes are long; a clerk's terminal is not.
    let heads = Outcome::ALL.map(|outcome| outcome.label().get(lang).replace(' ', "\n"));
    let ids =
        rows.iter().map(|row| width(&row.id)).max().unwrap_or(0).max(width(say(lang, "条款", "clause")));
    let numbers: usize = heads
        .iter()
        .enumerate()
        .map(|(at, head)| {
            let digits = rows.iter().map(|row| row.counts[at].to_string().len()).max().unwrap_or(0);
            head.lines().map(width).max().unwrap_or(0).max(digits)
        })
        .sum();
    // Each of the columns has a border and a space at either side, and the last a border more.
    let columns = heads.len() + 2;
    let words = room.saturating_sub(ids + numbers + 3 * columns + 1);
    let has_words = words >= WORDS;

    let mut table = Table::new();
    table.load_style(STYLE);
    let mut head = vec![say(lang, "条款", "clause").to_string()];
    head.extend(has_words.then(|| say(lang, "内容", "content").to_string()));
    head.extend(heads);
    table.set_header(head);
    for row in rows {
        let mut cells = vec![cut(&row.id, room)];
        cells.extend(has_words.then(|| cut(&row.words, words)));
        cells.extend(row.counts.iter().map(ToString::to_string));
        table.add_row(cells);
    }
    let first = 1 + usize::from(has_words);
    for column in table.column_iter_mut().skip(first) {
        column.set_cell_alignment(CellAlignment::Right);
    }
    table
}

/// A line above the total, made from the line below the headings: the table itself draws lines between all rows or none.
fn rule_like(lines: &[String]) -> String {
    let below_headings = lines.iter().find(|line| line.starts_with('╞'));
    let thin = |c| match c {
        '╞' => '├',
        '╪' => '┼',
        '╡' => '┤',
        _ => '─',
    };
    below_headings.map(|line| line.chars().map(thin).collect()).unwrap_or_default()
}

/// Findings by severity, those of trial rules apart since they decide nothing, and what else decides the exit code.
fn totals(lang: Lang, verdicts: &Verdicts, held: usize) -> String {
    let findings = |severity: Severity| verdicts.count(false, |own| own == severity);
    let trial = verdicts.count(true, |_| true);
    let outcomes = |outcome: Outcome| {
        let all = verdicts.submissions.iter().flat_map(|verdict| &verdict.outcomes);
        all.filter(|rule| rule.outcome == outcome).count()
    };
    let (errors, warnings, infos) =
        (findings(Severity::Error), findings(Severity::Warn), findings(Severity::Info));
    let (undecided, broken) = (outcomes(Outcome::CannotDecide), outcomes(Outcome::Error));
    let mut line = match lang {
        Lang::Zh => format!(
            "错误 {errors} 处，警告 {warnings} 处，提示 {infos} 处；无法判定 {undecided} 条；封存 {held} 个报送包"
        ),
        Lang::En => format!(
            "{}, {}, {}; {undecided} undecided; {} held",
            plural(errors, "error"),
            plural(warnings, "warning"),
            plural(infos, "info"),
            plural(held, "package"),
        ),
    };
    if broken > 0 {
        line.push_str(&match lang {
            Lang::Zh => format!("；规则出错 {broken} 条"),
            Lang::En => format!("; {}", plural(broken, "broken rule")),
        });
    }
    if trial > 0 {
        line.push_str(&match lang {
            Lang::Zh => format!("；试行 {trial} 处，不计入"),
            Lang::En => format!("; {} in trial, not counted", plural(trial, "finding")),
        });
    }
    line
}
