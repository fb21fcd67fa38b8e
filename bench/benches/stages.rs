//! How long each stage of a check takes, apart from the others: loading the rulebook, the gate, reading, proving,
//! interpreting, reporting. `cargo bench -p hegui-bench` prints them; `-- --save-baseline before` and
//! `-- --baseline before` hold two builds against each other.

#![allow(clippy::unwrap_used, clippy::missing_docs_in_private_items, missing_docs)]

use std::hint::black_box;
use std::path::{Path, PathBuf};

use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use hegui::{Config, load_rulebook, plugins};
use hegui_bench::ledger::{Header, Owner, Patents, Plan, write_folder};
use hegui_core::engine::{Content, Delivery, Keep, Options, check};
use hegui_core::gate::Gate;
use hegui_core::prove::Way;
use hegui_core::rulebook::Rulebook;
use hegui_core::submission::Submission;
use hegui_core::value::Date;
use hegui_core::verdict::Verdicts;
use hegui_formats::package::{self, Package};
use hegui_formats::write::{RunInfo, json};
use hegui_formats::{inspect, read};

/// The record rules that are measured against the peers.
const RULES: [&str; 11] = [
    "PAT-001", "PAT-002", "PAT-003", "PAT-004", "PAT-005", "PAT-006", "PAT-007", "PAT-008", "PAT-009",
    "PAT-012", "PAT-048",
];

/// Patents of a ledger, and of the smaller one on which every record is interpreted.
const ROWS: u32 = 20_000;
const FEW: u32 = 1_000;
const YEAR: i16 = 2021;

fn rulebook() -> Rulebook {
    let config = Path::new(env!("CARGO_MANIFEST_DIR")).join("../hegui.toml");
    let mut book = load_rulebook(&Config::read(&config).unwrap()).unwrap();
    book.keep_only(&RULES.map(str::to_string)).unwrap();
    book
}

/// A ledger on disk, of which so many of a thousand patents are faulty.
fn ledger(name: &str, rows: u32, faulty_per_mille: u32) -> Package {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name).join("报送");
    let (submitter, owners) = (Owner::enterprise(202), [Owner::enterprise(1), Owner::enterprise(2)]);
    let header = Header { submission_id: "SYN-2021-000202".to_string(), submitter: &submitter, year: YEAR };
    let patents = Patents::new(Plan { faulty_per_mille, year: YEAR }, &owners).take(rows as usize);
    write_folder(&folder, &header, patents).unwrap();
    let found = package::discover(&[folder.to_string_lossy().into_owned()]);
    package::load(&found[0]).unwrap()
}

fn judged(book: &Rulebook, submission: Submission, way: Way) -> Verdicts {
    let deliveries = vec![Delivery { package: 1, content: Content::Read { submission, inspected: true } }];
    let as_of = Date::new(YEAR + 1, 3, 1).unwrap();
    check(book, deliveries, &Options { as_of, way, keep: Keep::All, memory: None, progress: &|| {} })
}

fn stages(criterion: &mut Criterion) {
    criterion.bench_function("load the rulebook", |bencher| bencher.iter(|| black_box(rulebook())));

    let book = rulebook();
    let (clean, faulty, few) = (ledger("clean", ROWS, 0), ledger("faulty", ROWS, 10), ledger("few", FEW, 0));
    let schema = &book.schema;

    let mut group = criterion.benchmark_group("a patent");
    group.sample_size(20).throughput(Throughput::Elements(ROWS.into()));
    let gates: Vec<&dyn Gate> = plugins().into_iter().filter_map(|plugin| plugin.gate()).collect();
    group.bench_function("gate", |bencher| bencher.iter(|| black_box(inspect::inspect(&clean, 1, &gates))));
    group.bench_function("read", |bencher| {
        bencher.iter_batched(|| clean.clone(), |package| read::read(package, schema), BatchSize::LargeInput);
    });
    let submission = read::read(clean, schema);
    group.bench_function("prove", |bencher| {
        let again = || submission.clone();
        bencher.iter_batched(again, |one| judged(&book, one, Way::Prove), BatchSize::LargeInput);
    });
    let verdicts = judged(&book, read::read(faulty, schema), Way::Prove);
    group.bench_function("report", |bencher| {
        bencher.iter(|| {
            let mut out = Vec::new();
            json::write(&mut out, &verdicts, &RunInfo::default()).unwrap();
            black_box(out)
        });
    });
    group.throughput(Throughput::Elements(FEW.into()));
    let submission = read::read(few, schema);
    group.bench_function("interpret", |bencher| {
        let again = || submission.clone();
        bencher.iter_batched(again, |one| judged(&book, one, Way::Interpret), BatchSize::LargeInput);
    });
    group.finish();
}

criterion_group!(benches, stages);
criterion_main!(benches);
