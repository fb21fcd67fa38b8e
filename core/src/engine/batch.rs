//! The batch: packages in a stable order, who is whose last year, which revision counts.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::{Content, Delivery, Subject};
use crate::gate::Held;
use crate::schema::Schema;
use crate::script::world::World;
use crate::submission::{ReadProblem, ReadProblemKind, Submission};
use crate::value::{Date, Value};
use crate::verdict::{Location, Severity, Submitter};

/// All packages of a run, sorted by submitter, year and revision; held ones last.
pub(super) struct Batch {
    pub(super) entries: Vec<Entry>,
    /// Submissions that a stop rule holds.
    pub(super) stopped: BTreeSet<usize>,
    submissions: Vec<Submission>,
}

/// What is known of a package beside its cells.
pub(super) struct Entry {
    pub(super) id: String,
    pub(super) package: usize,
    pub(super) source: String,
    pub(super) submitter: Submitter,
    pub(super) year: Option<i32>,
    pub(super) inspected: bool,
    pub(super) held: Option<Held>,
    pub(super) problems: Vec<ReadProblem>,
    /// How many more there are, by severity.
    pub(super) more_problems: BTreeMap<Severity, usize>,
    /// Whether anything of a submission could be read.
    pub(super) readable: bool,
    revision: i64,
}

impl Entry {
    /// The id under which a held package is reported: its own holds the submitter's code, which is text of it.
    pub(super) fn held_id(&self) -> String {
        format!("held-{}", self.package)
    }

    /// What a held package is called: its number, for its name may itself be what must not be repeated.
    pub(super) fn number_text(&self) -> String {
        self.package.to_string()
    }
}

impl Batch {
    pub(super) fn new(schema: &Schema, deliveries: Vec<Delivery>) -> Self {
        let mut all: Vec<(Entry, Submission)> =
            deliveries.into_iter().map(|delivery| entry(schema, delivery)).collect();
        all.sort_by(|(a, _), (b, _)| sort_key(a).cmp(&sort_key(b)));
        let (mut entries, submissions): (Vec<Entry>, Vec<Submission>) = all.into_iter().unzip();
        let mut used: BTreeMap<String, usize> = BTreeMap::new();
        for entry in &mut entries {
            let count = used.entry(entry.id.clone()).or_default();
            *count += 1;
            if *count > 1 {
                entry.id = format!("{}#{count}", entry.id);
            }
        }
        let mut batch = Self { entries, stopped: BTreeSet::new(), submissions };
        batch.find_duplicates(schema);
        batch
    }

    /// Holds what stop rules stopped. Other packages may have named it already; from here on it is a number.
    pub(super) fn hold(&mut self, stopped: BTreeSet<usize>) {
        let numbers: BTreeMap<String, String> = stopped
            .iter()
            .map(|&at| (self.entries[at].source.clone(), format!("#{}", self.entries[at].number_text())))
            .collect();
        for problem in self.entries.iter_mut().flat_map(|entry| &mut entry.problems) {
            if let ReadProblemKind::Duplicate { other } = &mut problem.kind
                && let Some(number) = numbers.get(other)
            {
                other.clone_from(number);
            }
        }
        self.stopped = stopped;
    }

    /// Whether a package is reported on: it is not held.
    pub(super) fn is_open(&self, at: usize) -> bool {
        self.entries[at].held.is_none() && !self.stopped.contains(&at)
    }

    /// Whether rules are run on a package: at least its header could be read. Of any other, what went wrong while
    /// reading is all there is to say.
    pub(super) fn is_judged(&self, at: usize) -> bool {
        self.is_open(at) && self.entries[at].readable
    }

    /// A submission, and the packages that a verdict on it rests on.
    pub(super) fn subject(&self, at: usize, previous: Option<usize>) -> Subject<'_> {
        let entry = &self.entries[at];
        let previous = previous.map(|at| self.entries[at].package);
        Subject { id: &entry.id, package: entry.package, previous }
    }

    /// Packages of one submitter for one year, each group in order of revision.
    fn versions(&self) -> Vec<Vec<usize>> {
        let mut groups: BTreeMap<(&Submitter, i32), Vec<usize>> = BTreeMap::new();
        for (at, entry) in self.entries.iter().enumerate() {
            if let (true, None, Some(year), false) =
                (entry.readable, &entry.held, entry.year, entry.submitter.code.is_empty())
            {
                // The name may be written differently from year to year; the code is what identifies.
                let found = groups.keys().find(|(known, of)| {
                    *of == year && known.code == entry.submitter.code && known.kind == entry.submitter.kind
                });
                let key = found.copied().unwrap_or((&entry.submitter, year));
                groups.entry(key).or_default().push(at);
            }
        }
        groups.into_values().collect()
    }

    /// Two submissions of one submitter for one year are a mistake, unless the later names the earlier.
    fn find_duplicates(&mut self, schema: &Schema) {
        for group in self.versions() {
            for pair in group.windows(2) {
                let (earlier, later) = (pair[0], pair[1]);
                let text = |at: usize, key: &str| {
                    self.submissions[at].header_value(schema, key).map(ToString::to_string)
                };
                let chained = self.entries[earlier].revision < self.entries[later].revision
                    && text(earlier, "submission_id").is_some()
                    && text(later, "previous_submission_id") == text(earlier, "submission_id");
                if chained {
                    continue;
                }
                for (at, other) in [(earlier, later), (later, earlier)] {
                    let kind = ReadProblemKind::Duplicate { other: self.entries[other].source.clone() };
                    let location = Location::file(&self.entries[at].source);
                    self.entries[at].problems.push(ReadProblem::new(kind, location));
                }
            }
        }
    }

    /// The world that rules look at. Takes the submissions.
    pub(super) fn world(&mut self, schema: &Arc<Schema>, as_of: Date, out: &BTreeSet<usize>) -> World {
        let (previous, counted) = self.relations(out);
        World::new(Arc::clone(schema), as_of, std::mem::take(&mut self.submissions), previous, counted, None)
    }

    /// The same world without the submissions that were stopped meanwhile.
    pub(super) fn without_stopped(&self, mut world: World) -> World {
        (world.previous, world.counted) = self.relations(&self.stopped);
        world
    }

    fn relations(&self, out: &BTreeSet<usize>) -> (Vec<Option<usize>>, BTreeSet<usize>) {
        let counted: BTreeSet<usize> = self
            .versions()
            .into_iter()
            .filter_map(|group| group.into_iter().rev().find(|at| !out.contains(at)))
            .collect();
        let previous = self
            .entries
            .iter()
            .map(|entry| {
                counted.iter().copied().find(|&at| {
                    let other = &self.entries[at];
                    other.submitter.code == entry.submitter.code
                        && other.submitter.kind == entry.submitter.kind
                        && entry.year.is_some_and(|year| other.year == Some(year - 1))
                })
            })
            .collect();
        (previous, counted)
    }
}

fn sort_key(entry: &Entry) -> impl Ord + '_ {
    let held = entry.held.is_some();
    let unknown = entry.submitter.kind.is_none();
    (
        held,
        unknown,
        entry.submitter.kind,
        &entry.submitter.code,
        entry.year,
        entry.revision,
        &entry.source,
        entry.package,
    )
}

fn entry(schema: &Schema, delivery: Delivery) -> (Entry, Submission) {
    let package = delivery.package;
    match delivery.content {
        Content::Read { mut submission, inspected } => {
            let submitter = submission.submitter(schema);
            let year = submission.year(schema);
            let id = match (year, submitter.code.as_str()) {
                (Some(year), code) if !code.is_empty() => format!("{year}-{code}"),
                _ => submission.source.clone(),
            };
            let revision = match submission.header_value(schema, "revision") {
                Some(Value::Integer(revision)) => *revision,
                _ => 1,
            };
            let entry = Entry {
                id,
                package,
                source: submission.source.clone(),
                submitter,
                year,
                inspected,
                held: None,
                problems: std::mem::take(&mut submission.problems),
                more_problems: std::mem::take(&mut submission.more_problems),
                readable: submission.has_header(),
                revision,
            };
            (entry, submission)
        }
        Content::Held(held) => {
            let submission = crate::submission::Intake::new(schema, "").finish();
            let entry = Entry {
                id: format!("held-{package}"),
                package,
                source: String::new(),
                submitter: Submitter::default(),
                year: None,
                inspected: true,
                held: Some(held),
                problems: Vec::new(),
                more_problems: BTreeMap::new(),
                readable: false,
                revision: 1,
            };
            (entry, submission)
        }
    }
}
