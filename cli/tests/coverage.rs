//! `hegui coverage`: every clause is accounted for, in data.

#![allow(clippy::unwrap_used)] // Helpers are not seen as tests.

mod common;

use std::collections::BTreeSet;

use common::{hegui, root};
use serde_json::Value;

fn clauses() -> Vec<Value> {
    let report = hegui(&root(), &["coverage", "--format", "json"]).exits(0).json();
    report["clauses"].as_array().unwrap().clone()
}

#[test]
fn every_clause_has_rules_or_says_why_not() {
    let clauses = clauses();
    assert_eq!(clauses.len(), 26);
    for clause in &clauses {
        let (rules, unchecked) =
            (clause["rules"].as_array().unwrap(), clause["unchecked"].as_array().unwrap());
        assert!(!rules.is_empty() || !unchecked.is_empty(), "{}", clause["id"]);
    }
}

/// No clause of the agreement holds a number or a standard, so each has something that no rule may decide.
#[test]
fn every_clause_says_what_is_left_to_people() {
    for clause in clauses() {
        assert!(!clause["unchecked"].as_array().unwrap().is_empty(), "{}", clause["id"]);
    }
}

#[test]
fn every_rule_stands_under_its_clause() {
    let listed: BTreeSet<String> = clauses()
        .iter()
        .flat_map(|clause| clause["rules"].as_array().unwrap().clone())
        .map(|rule| rule["id"].as_str().unwrap().to_string())
        .collect();
    for rule in glob::glob(&root().join("rules/*/*.rhai").to_string_lossy()).unwrap() {
        let name = rule.unwrap().file_name().unwrap().to_string_lossy().into_owned();
        let id: String = name.split('-').take(2).collect::<Vec<_>>().join("-");
        assert!(listed.contains(&id), "{id}");
    }
}

/// The manifest names the clauses once more, so that a sheet can offer them to choose from.
#[test]
fn evidence_offers_exactly_the_clauses_of_the_agreement() {
    let manifest = std::fs::read_to_string(root().join("plugins/evidence/plugin.toml")).unwrap();
    let manifest: toml::Table = toml::from_str(&manifest).unwrap();
    let fields = manifest["tables"]["evidence"]["fields"].as_array().unwrap();
    let allowed: Vec<&str> =
        fields[0]["allowed"].as_array().unwrap().iter().map(|word| word.as_str().unwrap()).collect();
    let clauses = clauses();
    let ids: Vec<&str> = clauses.iter().map(|clause| clause["id"].as_str().unwrap()).collect();
    assert_eq!(allowed, ids);
}

#[test]
fn people_get_a_table_and_the_reasons() {
    hegui(&root(), &["coverage"]).exits(0).says(&["局-1", "报送里没有这项数据", "条规则"]);
    hegui(&root(), &["coverage", "--lang", "en"]).exits(0).says(&["there is no basis to judge by"]);
}
