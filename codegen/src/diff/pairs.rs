//! Which operation and which folder of the old client is which of the new one.

use super::Side;
use crate::api::{Api, Credential, CredentialId, GroupId, Operation, OperationId};
use crate::name::CredentialNames;
use std::collections::{BTreeMap, BTreeSet};

/// Operations of both sides.
#[derive(Clone, Debug, Default)]
pub(super) struct Operations {
    /// The same operation, ordered by the old one.
    pub(super) both: Vec<(OperationId, OperationId)>,
    /// Only in the old client.
    pub(super) removed: Vec<OperationId>,
    /// Only in the new client.
    pub(super) added: Vec<OperationId>,
}

/// What two operations have in common, from the closest to the farthest.
type Likeness = fn(&Operation) -> Vec<String>;

/// Equal keys; the digest aside; moved; renamed; alone on their endpoint; sent elsewhere.
const LIKENESS: &[(Likeness, Several)] = &[
    (|it| vec![it.key.to_string()], Several::InOrder),
    (
        |it| joined(&[&endpoint(it), &it.key.trail, std::slice::from_ref(&it.key.name)]),
        Several::InOrder,
    ),
    (|it| joined(&[&endpoint(it), std::slice::from_ref(&it.key.name)]), Several::Not),
    (|it| joined(&[&endpoint(it), &it.key.trail]), Several::Not),
    (|it| endpoint(it).to_vec(), Several::Not),
    (|it| joined(&[&it.key.trail, std::slice::from_ref(&it.key.name)]), Several::Not),
];

/// What becomes of several operations that are alike.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Several {
    /// The first is the first.
    InOrder,
    /// Nothing says which is which.
    Not,
}

fn endpoint(operation: &Operation) -> [String; 3] {
    let endpoint = &operation.key.endpoint;
    [endpoint.method.clone(), endpoint.server.clone(), endpoint.path.clone()]
}

fn joined(parts: &[&[String]]) -> Vec<String> {
    // The lengths keep a folder of one trail from being taken for the name of another.
    let lengths = parts.iter().map(|part| part.len().to_string());
    lengths.chain(parts.iter().flat_map(|part| part.iter().cloned())).collect()
}

/// Which operation is which: the closest likeness first.
pub(super) fn operations(old: &Api, new: &Api) -> Operations {
    let ids = |api: &Api| (0..api.operations.len()).map(OperationId).collect::<BTreeSet<_>>();
    let (mut left, mut right) = (ids(old), ids(new));
    let mut both = Vec::new();
    for (likeness, several) in LIKENESS {
        let (olds, mut news) = (alike(old, &left, *likeness), alike(new, &right, *likeness));
        for (what, olds) in olds {
            let news = news.remove(&what).unwrap_or_default();
            if *several == Several::Not && (olds.len(), news.len()) != (1, 1) {
                continue;
            }
            for (old, new) in olds.into_iter().zip(news) {
                left.remove(&old);
                right.remove(&new);
                both.push((old, new));
            }
        }
    }
    both.sort();
    Operations { both, removed: left.into_iter().collect(), added: right.into_iter().collect() }
}

/// Which credential of the old client is which of the new one.
#[derive(Clone, Debug, Default)]
pub(super) struct Credentials {
    /// The same credential, ordered by the old one.
    pub(super) both: BTreeMap<CredentialId, CredentialId>,
}

/// A credential as callers know it.
type Known<'a> = (&'a Credential, &'a CredentialNames);

/// Told apart by their keys; one that is alone with its scheme may have another key, and one that is given by the same setter may be sent otherwise.
pub(super) fn credentials(old: &Side<'_>, new: &Side<'_>) -> Credentials {
    let likeness: [fn(Known<'_>, Known<'_>) -> bool; 3] = [
        |(a, _), (b, _)| a.key == b.key,
        |(a, _), (b, _)| a.scheme == b.scheme,
        |(_, a), (_, b)| a.setter == b.setter,
    ];
    let all = |side: &Side<'_>| (0..side.api.credentials.len()).map(CredentialId).collect();
    let (mut left, mut right): (Vec<_>, Vec<_>) = (all(old), all(new));
    let mut both = BTreeMap::new();
    for is_like in likeness {
        left.retain(|id| {
            let Some(one) = known(old, *id) else { return false };
            let is_it =
                |id: &CredentialId| known(new, *id).is_some_and(|other| is_like(one, other));
            let found = right.iter().position(is_it);
            if let Some(at) = found {
                both.insert(*id, right.remove(at));
            }
            found.is_none()
        });
    }
    Credentials { both }
}

fn known<'a>(side: &Side<'a>, id: CredentialId) -> Option<Known<'a>> {
    side.api.credentials.get(id.0).zip(side.names.credentials.get(id.0))
}

fn alike(
    api: &Api,
    ids: &BTreeSet<OperationId>,
    likeness: Likeness,
) -> BTreeMap<Vec<String>, Vec<OperationId>> {
    let mut found: BTreeMap<Vec<String>, Vec<OperationId>> = BTreeMap::new();
    for id in ids {
        let Some(operation) = api.operations.get(id.0) else { continue };
        found.entry(likeness(operation)).or_default().push(*id);
    }
    found
}

/// Folders of both sides.
#[derive(Clone, Debug, Default)]
pub(super) struct Groups(BTreeMap<Option<GroupId>, Option<GroupId>>);

impl Groups {
    /// What a folder is in the new client.
    pub(super) fn new_of(&self, old: Option<GroupId>) -> Option<Option<GroupId>> {
        self.0.get(&old).copied()
    }

    /// Pairs of folders.
    pub(super) fn both(&self) -> impl Iterator<Item = (GroupId, GroupId)> {
        self.0.iter().filter_map(|(old, new)| Some(((*old)?, (*new)?)))
    }
}

/// Which folder is which: that of equal trail, else the one that all its operations moved to.
pub(super) fn groups(old: &Side<'_>, new: &Side<'_>, operations: &Operations) -> Groups {
    let mut pairs = BTreeMap::from([(None, None)]);
    let trails = new.api.groups.iter().enumerate().map(|(at, it)| (&it.trail, GroupId(at)));
    let trails: BTreeMap<_, _> = trails.collect();
    let mut free: BTreeSet<GroupId> = trails.values().copied().collect();
    for (at, group) in old.api.groups.iter().enumerate() {
        if let Some(found) = trails.get(&group.trail) {
            free.remove(found);
            pairs.insert(Some(GroupId(at)), Some(*found));
        }
    }
    let mut moved: BTreeMap<GroupId, BTreeSet<Option<GroupId>>> = BTreeMap::new();
    for (from, to) in &operations.both {
        let from = old.api.operations.get(from.0).and_then(|it| it.group);
        let to = new.api.operations.get(to.0).and_then(|it| it.group);
        if let Some(from) = from.filter(|from| !pairs.contains_key(&Some(*from))) {
            moved.entry(from).or_default().insert(to);
        }
    }
    for (from, to) in moved {
        if let Some(to) =
            to.first().copied().flatten().filter(|it| to.len() == 1 && free.remove(it))
        {
            pairs.insert(Some(from), Some(to));
        }
    }
    Groups(pairs)
}
