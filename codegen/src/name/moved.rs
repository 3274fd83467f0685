//! What was renamed or moved in the collection -> the line of the lock that it had before.
//!
//! In: an [`Api`], lines that are nobody's now, and what has a line. Out: pairs of a key and an index. A request is known again by its endpoint where that has one request more and one line too many, so that nothing is guessed; a folder by the requests that were in it, if all of them stand in one folder now.

use super::lock::{Locked, Path};
use crate::api::Api;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound;

/// Lines that are nobody's now, by their keys.
type Open<'a> = BTreeMap<&'a str, &'a Locked>;

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
