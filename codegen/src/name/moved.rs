//! What was renamed or moved in the collection -> the line of the lock that it had before.
//!
//! In: an [`Api`], lines that are nobody's now, and what has a line. Out: pairs of a key and an index. A request is known again by its endpoint where that has one request more and one line too many, so that nothing is guessed; a folder by the requests that were in it, if all of them stand in one folder now.

use super::keys::parameter_key;
use super::lock::{Locked, Path};
use crate::api::{Api, Operation, OperationKey};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound;

/// Lines that are nobody's now, by their keys.
type Open<'a> = BTreeMap<&'a str, &'a Locked>;

/// The key that each operation had before it gained or lost a twin, which its digest is there for, or was edited beside one. Which of several is meant is not known: that whose parameters the line names, of equal ones the first; the last value says that it was a choice.
pub(super) fn twins<'a>(
    api: &Api,
    open: &Open<'a>,
    held: &[Option<&Locked>],
) -> Vec<(&'a str, usize, bool)> {
    let mut new: BTreeMap<OperationKey, Vec<usize>> = BTreeMap::new();
    for (at, operation) in api.operations.iter().enumerate() {
        if held.get(at).is_some_and(Option::is_none) {
            let shared = OperationKey { digest: None, ..operation.key.clone() };
            new.entry(shared).or_default().push(at);
        }
    }
    let mut found = Vec::new();
    for (shared, candidates) in new {
        let lines = lines_of(&shared, open);
        let is_choice = lines.len() > 1 || candidates.len() > 1;
        if lines.len() > 1 && candidates.len() > 1 {
            continue;
        }
        let named = |(_, line, at): &(&str, &Locked, usize)| {
            let keys = api.operations.get(*at).map(parameter_keys).unwrap_or_default();
            line.members.keys().filter(|key| keys.contains(*key)).count()
        };
        let pairs =
            lines.iter().flat_map(|(key, line)| candidates.iter().map(|at| (*key, *line, *at)));
        let pairs: Vec<_> = pairs.collect();
        // Of equal ones the last of the reversed, which is the first.
        let best = pairs.into_iter().rev().max_by_key(named);
        found.extend(best.map(|(key, _, at)| (key, at, is_choice)));
    }
    found
}

/// The open lines of an operation and of its twins.
fn lines_of<'a>(shared: &OperationKey, open: &Open<'a>) -> Vec<(&'a str, &'a Locked)> {
    let plain = shared.to_string();
    let with_digest = plain.strip_suffix(']').map(|it| format!("{it} #")).unwrap_or_default();
    let is_twin = |key: &str| {
        let digest = key.strip_prefix(&with_digest).and_then(|rest| rest.strip_suffix(']'));
        digest.is_some_and(|it| it.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b'-'))
    };
    let after = (Bound::Included(with_digest.as_str()), Bound::Unbounded);
    let twins = open.range::<str, _>(after).take_while(|it| it.0.starts_with(&with_digest));
    let twins = twins.filter(|(key, _)| is_twin(key));
    twins.chain(open.get_key_value(plain.as_str())).map(|(key, line)| (*key, *line)).collect()
}

fn parameter_keys(operation: &Operation) -> BTreeSet<String> {
    let lists = [
        ("path", &operation.path_parameters),
        ("query", &operation.query),
        ("header", &operation.headers),
    ];
    let keys = lists.into_iter().flat_map(|(place, list)| {
        list.iter().map(move |parameter| parameter_key(place, parameter))
    });
    keys.collect()
}

/// The key that each operation without a line had before.
pub(super) fn operations<'a>(
    api: &Api,
    open: &Open<'a>,
    held: &[Option<&Locked>],
) -> Vec<(&'a str, usize)> {
    let mut new: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, operation) in api.operations.iter().enumerate() {
        if held.get(at).is_some_and(Option::is_none) {
            let beginning = format!("{} [", operation.key.endpoint);
            new.entry(beginning).or_default().push(at);
        }
    }
    let mut found = Vec::new();
    for (beginning, operations) in &new {
        let after = (Bound::Included(beginning.as_str()), Bound::Unbounded);
        let lines = open.range::<str, _>(after).map(|(key, _)| *key);
        let mut lines = lines.take_while(|key| key.starts_with(beginning.as_str()));
        if let ([at], Some(key), None) = (operations.as_slice(), lines.next(), lines.next()) {
            found.push((key, *at));
        }
    }
    found
}

/// The key that each folder without a line had before; `operations` have theirs already.
pub(super) fn folders<'a>(
    api: &Api,
    open: &Open<'a>,
    held: &[Option<&Locked>],
    operations: &[Option<&Locked>],
) -> Vec<(&'a str, usize)> {
    let mut went: BTreeMap<&[String], BTreeSet<Option<usize>>> = BTreeMap::new();
    for (operation, locked) in api.operations.iter().zip(operations) {
        let path = locked.as_ref().and_then(|it| it.path.as_ref());
        if let Some(Path { around, .. }) = path {
            went.entry(around).or_default().insert(operation.group.map(|id| id.0));
        }
    }
    let mut found: BTreeMap<usize, &'a str> = BTreeMap::new();
    for (key, locked) in open {
        let Some(path) = &locked.path else { continue };
        let own = [&path.around[..], std::slice::from_ref(&path.name)].concat();
        let homes = went.get(own.as_slice()).map(|homes| homes.iter().copied().collect::<Vec<_>>());
        if let Some([Some(at)]) = homes.as_deref()
            && held.get(*at).is_some_and(Option::is_none)
        {
            found.entry(*at).or_insert(key);
        }
    }
    found.into_iter().map(|(at, key)| (key, at)).collect()
}
