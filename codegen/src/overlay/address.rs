//! The text of an `at`, cut into what it addresses and the place in there.
//!
//! Keys hold paths and names as the collection writes them, blanks and brackets included: so they are found by what the API has, never by cutting at a separator.

use crate::api::{Api, Family, OperationId};
use std::collections::BTreeMap;

/// What an `at` may begin with.
#[derive(Debug, Default)]
pub(super) struct Addresses {
    /// Operations by endpoint (`GET /users/{}`).
    endpoints: BTreeMap<String, Vec<OperationId>>,
    /// Operations by path family (`/users`).
    families: BTreeMap<String, Vec<OperationId>>,
    /// Folder trail, name and digest of each operation, in brackets (`[Users › Get a user]`).
    brackets: Vec<String>,
}

/// The operations that an `at` begins with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Addressed<'a> {
    /// Operations that it may mean; several where they tie.
    pub(super) operations: Vec<OperationId>,
    /// What follows (`body.connection`), empty for the operation itself.
    pub(super) rest: &'a str,
}

impl Addresses {
    /// What the operations of `api` are addressed by.
    pub(super) fn new(api: &Api) -> Self {
        let mut all = Self::default();
        for (index, operation) in api.operations.iter().enumerate() {
            let endpoint = operation.key.endpoint.to_string();
            let key = operation.key.to_string();
            let bracket = key.strip_prefix(&endpoint).unwrap_or_default().trim_start();
            all.brackets.push(bracket.to_owned());
            let Family(family) = Family::of(&operation.key.endpoint);
            all.families.entry(family).or_default().push(OperationId(index));
            all.endpoints.entry(endpoint).or_default().push(OperationId(index));
        }
        all
    }

    /// All endpoints, for messages.
    pub(super) fn endpoints(&self) -> impl Iterator<Item = &str> {
        self.endpoints.keys().map(String::as_str)
    }

    /// All path families, for messages.
    pub(super) fn families(&self) -> impl Iterator<Item = &str> {
        self.families.keys().map(String::as_str)
    }

    /// How many operations share an operation's endpoint.
    pub(super) fn twins(&self, endpoint: &str) -> usize {
        self.endpoints.get(endpoint).map_or(0, Vec::len)
    }

    /// The operations of the longest path family that `at` begins with, and the place inside the resource (`.name`).
    pub(super) fn resource<'a>(&self, at: &'a str) -> Option<Addressed<'a>> {
        let (operations, rest) = longest(&self.families, at)?;
        rest.starts_with(['.', '[', '{'])
            .then(|| Addressed { operations: operations.clone(), rest })
    }

    /// The operations of the longest endpoint that `at` begins with, told apart by what stands in brackets; `None` where no endpoint is meant.
    pub(super) fn operations<'a>(&self, at: &'a str) -> Option<Addressed<'a>> {
        let (twins, rest) = longest(&self.endpoints, at)?;
        if !rest.starts_with('[') {
            return Some(Addressed { operations: twins.clone(), rest });
        }
        let bracket = |id: &OperationId| self.brackets.get(id.0).map_or("", String::as_str);
        let whole = twins.iter().filter(|id| {
            rest.strip_prefix(bracket(id))
                .is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
        });
        if let Some(id) = whole.max_by_key(|id| bracket(id).len()) {
            let rest = rest.strip_prefix(bracket(id)).unwrap_or_default().trim_start();
            return Some(Addressed { operations: vec![*id], rest });
        }
        let end = rest.rfind(']').map_or(rest.len(), |close| close + 1);
        let (begun, rest) = rest.split_at_checked(end)?;
        let begun = begun.trim_end_matches(']');
        let operations = twins.iter().filter(|id| bracket(id).starts_with(begun)).copied();
        Some(Addressed { operations: operations.collect(), rest: rest.trim_start() })
    }
}

/// The entry of the longest key that `at` is, or begins with before a blank.
fn longest<'a, 'm, V>(map: &'m BTreeMap<String, V>, at: &'a str) -> Option<(&'m V, &'a str)> {
    let blanks = at.match_indices(' ').map(|(index, _)| index);
    let mut cuts: Vec<usize> = blanks.chain([at.len()]).collect();
    cuts.reverse();
    cuts.into_iter().find_map(|cut| {
        let (key, rest) = at.split_at_checked(cut)?;
        map.get(key).map(|value| (value, rest.trim_start()))
    })
}
