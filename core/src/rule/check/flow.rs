//! What is known at a point of the script: variables, and places that have been asked for emptiness.

use std::collections::{BTreeMap, BTreeSet};

use super::ty::Ty;

/// Places known not to be empty.
pub(super) type Facts = BTreeSet<String>;

/// A variable of the script.
#[derive(Debug, Clone)]
pub(super) struct Variable {
    pub(super) name: String,
    pub(super) ty: Ty,
    pub(super) optional: bool,
    pub(super) unit: Option<String>,
    pub(super) place: String,
    pub(super) constant: bool,
}

/// What a variable comes to hold anywhere in the script: its type, and whether it is ever empty.
pub(super) type Learned = BTreeMap<String, (Ty, bool)>;

/// The state that checking a script carries along.
#[derive(Debug, Default)]
pub(super) struct Flow {
    pub(super) known: Facts,
    variables: Vec<Variable>,
    /// Whether the point cannot be reached: after `return`, `skip`, `undecided`.
    pub(super) ended: bool,
    /// What the pass before learned of the variables: in a loop, what stands below comes before what stands above.
    pub(super) learned: Learned,
    /// How many of the variables may not be assigned to here: inside conditions and closures, whose effects on what
    /// is known would be lost.
    pub(super) frozen: usize,
}

impl Flow {
    /// Declares a variable; `at` is where, by which it is told from others of its name.
    pub(super) fn declare(&mut self, name: &str, at: &str, ty: Ty, optional: bool) -> &mut Variable {
        let place = format!("var:{name}:{at}");
        self.forget(&place);
        if !optional {
            self.known.insert(place.clone());
        }
        let (ty, ever_empty) = match self.learned.get(&place) {
            Some((later, empty)) if !matches!(later, Ty::Wrong | Ty::Mixed) => (later.clone(), *empty),
            Some((_, empty)) => (ty, *empty),
            None => (ty, false),
        };
        self.variables.push(Variable {
            name: name.to_string(),
            ty,
            optional: optional || ever_empty,
            unit: None,
            place,
            constant: false,
        });
        let last = self.variables.len() - 1;
        &mut self.variables[last]
    }

    pub(super) fn variable(&self, name: &str) -> Option<&Variable> {
        self.variables.iter().rev().find(|variable| variable.name == name)
    }

    pub(super) fn variable_mut(&mut self, name: &str) -> Option<&mut Variable> {
        self.variables.iter_mut().rev().find(|variable| variable.name == name)
    }

    pub(super) fn names(&self) -> Vec<String> {
        self.variables.iter().map(|variable| variable.name.clone()).collect()
    }

    /// How many variables there are now; [`Flow::leave`] forgets those declared since.
    pub(super) fn enter(&self) -> usize {
        self.variables.len()
    }

    pub(super) fn leave(&mut self, mark: usize) {
        for variable in self.variables.drain(mark.min(self.variables.len())..) {
            self.learned.insert(variable.place, (variable.ty, variable.optional));
        }
    }

    /// Whether a variable may be assigned to here.
    pub(super) fn may_assign(&self, name: &str) -> bool {
        self.variables.iter().rposition(|variable| variable.name == name).is_none_or(|at| at >= self.frozen)
    }

    /// Forgets what was known of a variable that is assigned to.
    pub(super) fn forget(&mut self, place: &str) {
        let within = format!("{place}.");
        let near = self.known.range(place.to_string()..).take_while(|known| known.starts_with(place));
        let gone: Vec<String> =
            near.filter(|known| *known == place || known.starts_with(&within)).cloned().collect();
        for place in gone {
            self.known.remove(&place);
        }
    }

    /// Joins two ends of a choice: what was known and whether it ended, at each.
    pub(super) fn join(&mut self, one: (Facts, bool), other: (Facts, bool)) {
        self.ended = one.1 && other.1;
        self.known = match (one, other) {
            ((_, true), (known, _)) => known,
            ((known, _), (_, true)) => known,
            ((a, _), (b, _)) => a.intersection(&b).cloned().collect(),
        };
    }

    /// The state at the end of a branch, taken out.
    pub(super) fn take(&mut self) -> (Facts, bool) {
        (std::mem::take(&mut self.known), std::mem::take(&mut self.ended))
    }
}
