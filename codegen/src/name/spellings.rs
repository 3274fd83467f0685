//! Path variables that are spelt in several ways: `org`, `orgid` and `org_id` at one place of one path.
//!
//! In: all operations. Out: for each place and variable the spelling that all of them share. Knows nothing of what is taken.

use super::template_words::text;
use super::words;
use crate::api::{Api, Operation};
use crate::template::Piece;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// A place in a path, by what stands before it, and a variable there without case, signs and `id`.
type Place = (String, String);

/// The spelling of each variable at each place.
#[derive(Clone, Debug, Default)]
pub(super) struct Spellings(BTreeMap<Place, String>);

impl Spellings {
    /// Of several spellings the most frequent, then the one of the most words, then the least.
    pub(super) fn of(api: &Api) -> Self {
        let mut counts: BTreeMap<Place, BTreeMap<String, usize>> = BTreeMap::new();
        for operation in &api.operations {
            for (at, parameter) in operation.path_parameters.iter().enumerate() {
                let name = text(&parameter.name);
                let names = counts.entry(place(operation, at, &name)).or_default();
                *names.entry(name).or_default() += 1;
            }
        }
        let best = |names: BTreeMap<String, usize>| {
            let claim = |(name, count): &(String, usize)| {
                (Reverse(*count), Reverse(words::split(name).len()), name.clone())
            };
            names.into_iter().min_by_key(claim).map(|(name, _)| name)
        };
        Self(counts.into_iter().filter_map(|(place, names)| Some((place, best(names)?))).collect())
    }

    /// How the variable at `at` of the path is spelt.
    pub(super) fn name(&self, operation: &Operation, at: usize) -> String {
        let written =
            operation.path_parameters.get(at).map(|it| text(&it.name)).unwrap_or_default();
        self.0.get(&place(operation, at, &written)).cloned().unwrap_or(written)
    }
}

/// The path up to the hole of the variable at `at`, and the variable.
fn place(operation: &Operation, at: usize, name: &str) -> Place {
    let own = operation.path_parameters.get(at).and_then(|it| it.name.as_literal());
    let mut before = operation.key.endpoint.server.clone();
    for piece in &operation.path.0 {
        match piece {
            Piece::Text(part) => before.push_str(part),
            Piece::Argument(hole) if own == Some(hole.as_str()) => break,
            Piece::Argument(_) | Piece::Variable(_) | Piece::Dynamic(_) => before.push_str("{}"),
        }
    }
    let letters = words::split(name).concat();
    let stem = letters.strip_suffix("id").filter(|stem| !stem.is_empty());
    let stem = stem.map(str::to_owned).unwrap_or(letters);
    (before, stem)
}
