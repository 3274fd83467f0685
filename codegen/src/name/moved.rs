//! What was renamed or moved in the collection -> the line of the lock that it had before.
//!
//! In: an [`Api`], lines that are nobody's now, and what has a line. Out: pairs of a key and an index. A request is known again by its endpoint and what it sends, a folder by the requests that were in it, if all of them stand in one folder now.

use super::keys::parameter_key;
use super::lock::{Locked, Path};
use super::matching::{Pair, matched};
use crate::api::{Api, Endpoint, Likeness, Operation, OperationKey};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound;

/// Lines that are nobody's now, by their keys.
type Open<'a> = BTreeMap<&'a str, &'a Locked>;

/// The key that each operation had before it gained or lost a twin, which its digest is there for, or was edited beside one. Which of several is meant says what they send, then the parameters that a line names, of equal ones the first; the last value says that it was a choice.
pub(super) fn twins<'a>(
    api: &Api,
    open: &Open<'a>,
    held: &[Option<&Locked>],
) -> Vec<(&'a str, usize, bool)> {
    let mut new: BTreeMap<OperationKey, Vec<usize>> = BTreeMap::new();
    for (at, operation) in without_line(api, held) {
        let shared = OperationKey { digest: None, ..operation.key.clone() };
        new.entry(shared).or_default().push(at);
    }
    let mut found = Vec::new();
    for (shared, candidates) in new {
        let lines = lines_of(&shared, open);
        let is_alone = lines.len() == 1 && candidates.len() == 1;
        // Of lines that say nothing of what was sent, one is known by its parameters, and several are not.
        let is_clear = lines.len() == 1 || candidates.len() == 1;
        let pair = |(key, line): &(&'a str, &Locked), at: usize| {
            let operation = api.operations.get(at)?;
            let keys = parameter_keys(operation);
            let named = line.members.keys().filter(|key| keys.contains(*key)).count();
            let nearness = nearness(line, operation);
            let pair = Pair { key, at, nearness: nearness.unwrap_or_default(), hints: named };
            (is_clear || nearness.is_some()).then_some((pair, nearness.is_none()))
        };
        let pairs = lines.iter().flat_map(|line| candidates.iter().map(move |at| pair(line, *at)));
        let (pairs, unknown): (Vec<Pair<'a>>, Vec<bool>) = pairs.flatten().unzip();
        let is_unknown = is_alone && unknown.contains(&true);
        let all = matched(pairs).into_iter();
        found.extend(all.map(|(it, is_best)| {
            let is_sure = is_unknown || is_best && it.nearness >= Likeness::NEAR;
            (it.key, it.at, !is_sure)
        }));
    }
    found
}

/// The operations that have no line.
fn without_line<'s>(
    api: &'s Api,
    held: &'s [Option<&Locked>],
) -> impl Iterator<Item = (usize, &'s Operation)> {
    let all = api.operations.iter().enumerate();
    all.filter(|(at, _)| held.get(*at).is_some_and(Option::is_none))
}

/// How near what a line says of a request is to what it sends now; `None` where the line says nothing, though there is something to say.
fn nearness(line: &Locked, operation: &Operation) -> Option<u32> {
    let now = operation.likeness;
    let nearest = line.likenesses.iter().map(|it| it.nearness(now)).max();
    nearest.or_else(|| now.is_nothing().then_some(Likeness::SAME))
}

/// The open lines of an operation and of its twins.
fn lines_of<'a>(shared: &OperationKey, open: &Open<'a>) -> Vec<(&'a str, &'a Locked)> {
    let plain = shared.to_string();
    let with_digest = plain.strip_suffix(']').map(|it| format!("{it} #")).unwrap_or_default();
    let is_twin = |key: &str| {
        let digest = key.strip_prefix(&with_digest).and_then(|rest| rest.strip_suffix(']'));
        digest.is_some_and(is_digest)
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

/// The key that each operation without a line had before: that of what sent the same or nearly so, or was called the same in another folder. Where the endpoint is one request's alone, that is it, whatever it sends.
pub(super) fn operations<'a>(
    api: &Api,
    open: &Open<'a>,
    held: &[Option<&Locked>],
) -> Vec<(&'a str, usize)> {
    let mut new: BTreeMap<&Endpoint, Vec<usize>> = BTreeMap::new();
    for (at, operation) in without_line(api, held) {
        new.entry(&operation.key.endpoint).or_default().push(at);
    }
    let mut others: BTreeMap<&Endpoint, usize> = BTreeMap::new();
    for operation in api.operations.iter().filter(|it| new.contains_key(&it.key.endpoint)) {
        *others.entry(&operation.key.endpoint).or_default() += 1;
    }
    let mut found = Vec::new();
    for (endpoint, candidates) in &new {
        let beginning = format!("{endpoint} [");
        let after = (Bound::Included(beginning.as_str()), Bound::Unbounded);
        let lines = open.range::<str, _>(after).map(|(key, line)| (*key, *line));
        let lines = lines.take_while(|(key, _)| key.starts_with(&beginning));
        let lines: Vec<(&'a str, &Locked)> = lines.collect();
        let is_last = lines.len() == 1 && candidates.len() == 1;
        let is_alone = is_last && others.get(endpoint) == Some(&1);
        let pair = |(key, line): &(&'a str, &Locked), at: usize| {
            let operation = api.operations.get(at)?;
            let inside = key.strip_prefix(&beginning).unwrap_or_default();
            let (is_named, stays) = said(&operation.key, inside);
            let nearness = nearness(line, operation);
            let is_near = nearness.is_some_and(|it| it >= Likeness::NEAR);
            let is_it = is_near || is_named || is_alone || is_last && nearness.is_none();
            let hints = usize::from(is_named) * 2 + usize::from(stays);
            is_it.then(|| Pair { key, at, nearness: nearness.unwrap_or_default(), hints })
        };
        let pairs = lines.iter().flat_map(|line| candidates.iter().map(move |at| pair(line, *at)));
        let sure = matched(pairs.flatten().collect()).into_iter().filter(|it| it.1);
        found.extend(sure.map(|(it, _)| (it.key, it.at)));
    }
    found
}

/// Whether a key, from its folders on, says the name of an operation, and whether it says the folders around it.
fn said(key: &OperationKey, inside: &str) -> (bool, bool) {
    let inside = inside.strip_suffix(']').unwrap_or(inside);
    let inside = match inside.rsplit_once(" #") {
        Some((before, digest)) if is_digest(digest) => before,
        Some(_) | None => inside,
    };
    let before = inside.strip_suffix(&key.name);
    let is_named = before.is_some_and(|it| it.is_empty() || it.ends_with(" › "));
    let trail: String = key.trail.iter().map(|folder| format!("{folder} › ")).collect();
    let rest = inside.strip_prefix(&trail);
    (is_named, rest.is_some_and(|it| !it.contains(" › ")))
}

/// Whether a text is a digest that tells twins apart.
fn is_digest(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b'-')
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
