//! The ledgers and the floor share no code, so each is a test of the other.

#![allow(clippy::unwrap_used)]

use std::path::PathBuf;

use hegui_bench::floor::{self, Columns, Extent};
use hegui_bench::ledger::{Header, Owner, Patents, Plan, RULES, write_folder};

/// How many findings each rule has in a ledger of this plan.
fn findings(name: &str, plan: Plan, rows: usize) -> Vec<(&'static str, u64)> {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    let owners: Vec<Owner> = (1..=50).map(Owner::enterprise).collect();
    let header = Header { submission_id: "SYN-1".to_string(), submitter: &owners[0], year: plan.year };
    write_folder(&folder, &header, Patents::new(plan, &owners).take(rows)).unwrap();
    let header = floor::Header::parse(&header.toml()).unwrap();
    let counts = [Extent::Needed, Extent::Whole].map(|extent| {
        let columns = Columns::read(&folder.join("patents.csv"), extent).unwrap();
        assert_eq!(columns.rows(), rows);
        floor::check(&columns, header)
    });
    assert_eq!(counts[0], counts[1]);
    counts[0].by_rule().collect()
}

#[test]
fn clean_ledgers_have_no_findings() {
    for year in [2020, 2021, 2023] {
        let plan = Plan { faulty_per_mille: 0, year };
        for (rule, count) in findings(&format!("clean-{year}"), plan, 20_000) {
            assert_eq!(count, 0, "{rule} in {year}");
        }
    }
}

#[test]
fn every_fault_is_found_by_its_rule() {
    let rows = 1100;
    let counts = findings("faulty", Plan { faulty_per_mille: 1000, year: 2021 }, rows);
    assert_eq!(counts.iter().map(|(rule, _)| *rule).collect::<Vec<_>>(), RULES);
    for (rule, count) in counts {
        // Each rule has its turn in every eleven rows; some rows show more than one rule something.
        assert!(count >= 100, "{rule}: {count}");
    }
}

#[test]
fn the_rule_on_terms_does_not_reach_2020() {
    let counts = findings("before-the-law", Plan { faulty_per_mille: 1000, year: 2020 }, 220);
    assert!(counts.contains(&("PAT-009", 0)));
}
