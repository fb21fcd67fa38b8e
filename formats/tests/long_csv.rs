//! A CSV file so long that it is read in blocks, several at once: what it holds does not depend on where it is cut.

#![allow(clippy::unwrap_used, clippy::panic)]

mod common;

use std::fmt::Write as _;

use common::{folder, schema};
use hegui_core::submission::{Cell, Footer, ReadProblemKind, Submission};
use hegui_core::value::Value;
use hegui_formats::read::read_keeping;

/// Enough for some blocks.
const ROUNDS: usize = 30_000;

fn read(patents: &str) -> Submission {
    let header = "\"报告年度\" = 2025".as_bytes();
    read_keeping(3, folder(&[("header.toml", header), ("patents.csv", patents.as_bytes())]), &schema())
}

/// Most cuts fall on rows of which only a later one tells that they are records.
#[test]
fn rows_that_look_like_notes_are_records_where_records_follow() {
    let mut text = "专利台账\n申请号,发明创造名称\n".to_string();
    for n in 0..ROUNDS {
        let filling = "一种装置".repeat(15);
        write!(text, "{n},{filling}\n注：{filling}\n2.{filling}\r\n\n合计\n").unwrap();
    }
    text.push_str("末,最后一条\n注：甲\n2.乙\n合计\n");
    assert!(text.len() > 10 << 20);
    let submission = read(&text);
    let table = submission.tables.iter().flatten().next().unwrap();
    assert_eq!(table.len(), 4 * ROUNDS + 1);
    // Five lines a round, one of them blank; two above.
    let numbers = (0..ROUNDS).flat_map(|n| [3, 4, 5, 7].map(|at| u32::try_from(5 * n).unwrap() + at));
    let last = u32::try_from(5 * ROUNDS).unwrap() + 3;
    assert_eq!(table.rows, numbers.chain([last]).collect::<Vec<u32>>());
    let key = schema().tables.iter().find(|one| one.key == "patents").unwrap().field("申请号").unwrap();
    let cell = |row: usize| match table.cell(row, key) {
        Cell::Valid(Value::Text(text)) => text.to_string(),
        other => panic!("{other:?}"),
    };
    for n in (0..ROUNDS).step_by(97) {
        assert_eq!(cell(4 * n), n.to_string());
        assert_eq!(cell(4 * n + 3), "合计");
    }
    assert_eq!(cell(4 * ROUNDS), "末");
    let footers: Vec<Footer> = submission
        .problems
        .iter()
        .filter_map(|problem| match problem.kind {
            ReadProblemKind::Footer { footer, .. } => Some(footer),
            _ => None,
        })
        .collect();
    assert_eq!(footers, [Footer::Note("注"), Footer::Continuation, Footer::Total("合计", false)]);
}

#[test]
fn problems_of_a_column_are_counted_over_all_blocks() {
    let mut text = "申请号,发明创造名称,申请日\n".to_string();
    for n in 0..ROUNDS {
        writeln!(text, "{n},\"{}, \"\"引\"\"\n二\",约{n}年", "一种装置".repeat(15)).unwrap();
    }
    let submission = read(&text);
    let cells = submission.problems.iter().filter(|one| matches!(one.kind, ReadProblemKind::Cell { .. }));
    let kept: Vec<_> =
        cells.map(|one| (one.location.line, one.found.clone().unwrap(), one.key.clone())).collect();
    let expected = [0, 1, 2].map(|n: u32| (Some(2 * n + 2), format!("约{n}年"), Some(n.to_string())));
    assert_eq!(kept, expected);
    assert_eq!(submission.more_problems.values().sum::<usize>(), ROUNDS - 3);
    assert_eq!(submission.records(), ROUNDS);
}
