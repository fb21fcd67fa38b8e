//! From what a script said to a finding with its place, key, figures and fingerprint.

use sha2::{Digest, Sha256};

use super::batch::{Batch, Entry};
use crate::agreement::ClauseId;
use crate::gate::Held;
use crate::rule::{Rule, Status};
use crate::rulebook::Rulebook;
use crate::script::world::World;
use crate::script::{Draft, Target};
use crate::submission::{Cell, ReadProblem};
use crate::text::Text;
use crate::value::Value;
use crate::verdict::{Excerpt, Finding, Location, RuleId, Severity};

/// A finding of a rule.
pub(super) fn of_rule(
    book: &Rulebook,
    world: &World,
    batch: &Batch,
    rule: &Rule,
    at: Option<usize>,
    draft: &Draft,
) -> Finding {
    let (location, key, cell, mut excerpt) = place(world, batch, draft.target);
    let held = rule.severity == Severity::Stop;
    if let Some(excerpt) = excerpt.as_mut().filter(|_| draft.withheld) {
        withhold(excerpt);
    }
    let found = match (&draft.found, &cell) {
        _ if held || draft.withheld => None,
        (Some(value), _) => Some(value.clone()),
        (None, Some(Cell::Valid(value))) => Some(value.clone()),
        _ => None,
    };
    let difference = match (&found, &draft.expected) {
        (Some(found), Some(expected)) => difference(found, expected),
        _ => None,
    };
    let entry = at.map(|at| &batch.entries[at]);
    let location = match entry {
        Some(entry) if held => Location { file: entry.number_text(), ..location },
        _ => location,
    };
    let mut finding = Finding {
        rule: rule.id.clone(),
        clause: Some(rule.clause.clone()),
        severity: severity(rule).0,
        trial: severity(rule).1,
        submission: entry.map(|entry| {
            if held && rule.status == Status::Active { entry.held_id() } else { entry.id.clone() }
        }),
        message: worded(&draft.message, rule),
        location,
        key,
        found: found.map(|value| value.to_string()),
        expected: draft.expected.as_ref().map(ToString::to_string),
        difference,
        fingerprint: String::new(),
        excerpt: if held { None } else { excerpt },
    };
    finding.fingerprint = fingerprint(entry, &finding);
    debug_assert!(book.rules.iter().any(|known| known.id == rule.id));
    finding
}

/// How grave what a rule finds is, and whether the rule is on trial.
pub(super) fn severity(rule: &Rule) -> (Severity, bool) {
    match rule.status {
        // A stop rule on trial stops nothing.
        Status::Trial => (rule.severity.min(Severity::Error), true),
        _ => (rule.severity, false),
    }
}

/// Takes the cell that is meant out of an excerpt; its neighbours tell which record it is.
fn withhold(excerpt: &mut Excerpt) {
    if let Some(cell) = excerpt.marked.and_then(|at| excerpt.cells.get_mut(at)) {
        *cell = "（不重复）".to_string();
    }
}

/// A message without English wording gets the rule's English title, so that no English report is silent.
fn worded(message: &Text, rule: &Rule) -> Text {
    if message.en.is_empty() && !rule.title.en.is_empty() {
        return Text::new(&message.zh, &rule.title.en);
    }
    message.clone()
}

fn place(
    world: &World,
    batch: &Batch,
    target: Target,
) -> (Location, Option<String>, Option<Cell>, Option<Excerpt>) {
    match target {
        Target::Batch => (Location::default(), None, None, None),
        Target::Submission(at, None) => (Location::file(&batch.entries[at].source), None, None, None),
        Target::Submission(at, Some(spot)) => match world.submissions[at].header.get(spot.field) {
            Some(entry) => {
                let fields = &world.schema.header;
                let part = spot.part.and_then(|part| fields[spot.field].ty.parts().get(part));
                let key = spot.key(fields);
                let apart = part.and_then(|part| entry.parts.iter().find(|(key, _)| *key == part.key));
                let location = match (apart, &entry.location.path) {
                    (Some((_, place)), _) => place.clone(),
                    (None, Some(_)) => {
                        Location { path: Some(format!("header.{key}")), ..entry.location.clone() }
                    }
                    (None, None) => entry.location.clone(),
                };
                let cell = part_of(&entry.cell, part.map(|part| part.key.as_str()));
                (Location { field: Some(key), ..location }, None, Some(cell), None)
            }
            None => (Location::file(&batch.entries[at].source), None, None, None),
        },
        Target::Record(record, spot) => {
            let schema = world.table_schema(record.table);
            let Some(table) = world.table(record.submission, record.table) else {
                return (Location::default(), None, None, None);
            };
            let spot = spot.filter(|spot| !schema.fields[spot.field].private);
            let cell = spot.map(|spot| {
                let part = spot.part.and_then(|part| schema.fields[spot.field].ty.parts().get(part));
                part_of(&table.cell(record.row, spot.field), part.map(|part| part.key.as_str()))
            });
            (
                table.location(schema, record.row, spot),
                table.record_key(schema, record.row),
                cell,
                Some(table.excerpt(schema, record.row, spot)),
            )
        }
    }
}

/// The cell of an object's part, or the whole cell where no part is meant.
fn part_of(cell: &Cell, part: Option<&str>) -> Cell {
    match (cell, part) {
        (Cell::Valid(Value::Object(values)), Some(key)) => {
            values.get(key).cloned().map_or(Cell::Empty, Cell::Valid)
        }
        _ => cell.clone(),
    }
}

/// `found − expected`, for numbers.
fn difference(found: &Value, expected: &Value) -> Option<String> {
    let difference = found.as_decimal()?.checked_sub(expected.as_decimal()?)?;
    Some(difference.to_string())
}

/// A finding of reading.
pub(super) fn of_reading(entry: &Entry, problem: &ReadProblem) -> Finding {
    let mut finding = Finding {
        rule: RuleId::read(),
        clause: None,
        severity: problem.kind.severity(),
        trial: false,
        submission: Some(entry.id.clone()),
        message: problem.kind.message(),
        location: problem.location.clone(),
        key: problem.key.clone(),
        found: problem.found.clone(),
        expected: problem.kind.expected(),
        difference: None,
        fingerprint: String::new(),
        excerpt: problem.excerpt.clone(),
    };
    finding.fingerprint = fingerprint(Some(entry), &finding);
    finding
}

/// What may be said of a held package: numbers only.
pub(super) fn of_held(book: &Rulebook, entry: &Entry, held: &Held) -> Vec<Finding> {
    held.reasons
        .iter()
        .map(|reason| {
            let rule = book.schema.gate_rules.iter().find(|rule| rule.id == reason.rule.0);
            let message = match (&reason.why, reason.offset, reason.length) {
                (Some(why), ..) => Text::new(
                    format!("文件无法作保密检查，已封存：{}。SHA-256 {}", why.zh, reason.sha256),
                    format!("the file cannot be inspected and is held: {}. SHA-256 {}", why.en, reason.sha256),
                ),
                (None, Some(offset), Some(length)) => Text::new(
                    format!("疑似涉密标志，已封存：起于第 {} 字，共 {length} 字。SHA-256 {}", offset + 1, reason.sha256),
                    format!(
                        "a mark of secrecy, perhaps; held: from character {}, {length} characters. SHA-256 {}",
                        offset + 1,
                        reason.sha256
                    ),
                ),
                _ => Text::new(
                    format!("疑似涉密标志，已封存。SHA-256 {}", reason.sha256),
                    format!("a mark of secrecy, perhaps; held. SHA-256 {}", reason.sha256),
                ),
            };
            let mut finding = Finding {
                rule: reason.rule.clone(),
                clause: rule.map(|rule| ClauseId(rule.clause.clone())),
                severity: Severity::Stop,
                trial: false,
                submission: Some(entry.id.clone()),
                message,
                location: Location {
                    file: entry.number_text(),
                    path: Some(format!("第{}个文件·{}", reason.file, reason.place.zh)),
                    ..Location::default()
                },
                key: None,
                found: None,
                expected: None,
                difference: None,
                fingerprint: String::new(),
                excerpt: None,
            };
            finding.fingerprint = fingerprint(None, &finding);
            finding
        })
        .collect()
}

/// Equal in two runs when the same rule fails at the same record of the same submitter with the same content.
/// File names and row numbers do not count: a row inserted above changes nothing.
fn fingerprint(entry: Option<&Entry>, finding: &Finding) -> String {
    let mut hash = Sha256::new();
    let mut add = |part: &str| {
        hash.update((part.len() as u64).to_le_bytes());
        hash.update(part.as_bytes());
    };
    add(&finding.rule.0);
    if let Some(entry) = entry {
        add(entry.submitter.kind.map_or("", |kind| kind.key()));
        add(&entry.submitter.code);
        add(&entry.year.map(|year| year.to_string()).unwrap_or_default());
    }
    let location = &finding.location;
    add(location.table.as_deref().unwrap_or_default());
    add(location.field.as_deref().unwrap_or_default());
    match &finding.key {
        Some(key) => add(key),
        // Without a key, the place is all there is to tell two records apart.
        None => add(&location.short()),
    }
    add(finding.found.as_deref().unwrap_or_default());
    add(finding.expected.as_deref().unwrap_or_default());
    if finding.found.is_none() {
        add(&finding.message.zh);
    }
    hash.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

/// The order of findings of one rule on one submission: as the file has them.
pub(super) fn by_place(a: &Finding, b: &Finding) -> std::cmp::Ordering {
    let key = |finding: &Finding| {
        let location = &finding.location;
        (location.file.clone(), location.table.clone(), location.record, location.line, location.column)
    };
    key(a)
        .cmp(&key(b))
        .then_with(|| cell_order(&a.location).cmp(&cell_order(&b.location)))
        .then_with(|| a.location.cmp(&b.location))
        .then_with(|| a.message.cmp(&b.message))
}

/// `B2` before `AA2`.
fn cell_order(location: &Location) -> Option<(usize, String)> {
    location.cell.as_ref().map(|cell| {
        let letters: String = cell.chars().take_while(char::is_ascii_alphabetic).collect();
        (letters.len(), letters)
    })
}
