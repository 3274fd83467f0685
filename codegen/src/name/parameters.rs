//! Names of what a call takes: path arguments, the body, query and header setters.
//!
//! In: one operation. Out: the part of its [`OperationNames`] that no other operation can touch.

use super::keys::{is_own, parameter_key};
use super::lock::Locked;
use super::scope::{Entry, Scope};
use super::spellings::Spellings;
use super::template_words::text;
use super::{OperationNames, reserved, words};
use crate::api::{Operation, Parameter, Presence};

#[derive(Clone, Copy, PartialEq, Eq)]
enum ArgumentLocation {
    Path,
    Query,
    Header,
}

impl ArgumentLocation {
    const fn word(self) -> &'static str {
        match self {
            Self::Path => "path",
            Self::Query => "query",
            Self::Header => "header",
        }
    }
}

/// Arguments are unique among arguments, setters among the methods of the request.
pub(super) fn name(
    operation: &Operation,
    spellings: &Spellings,
    held: Option<&Locked>,
) -> OperationNames {
    let places = [
        (ArgumentLocation::Path, &operation.path_parameters),
        (ArgumentLocation::Query, &operation.query),
        (ArgumentLocation::Header, &operation.headers),
    ];
    let flat: Vec<(ArgumentLocation, &Parameter)> = places
        .into_iter()
        .flat_map(|(place, list)| list.iter().map(move |parameter| (place, parameter)))
        .collect();
    let is_argument = |place: ArgumentLocation, parameter: &Parameter| {
        place == ArgumentLocation::Path || parameter.presence == Presence::Required
    };
    let mut arguments = Vec::new();
    let mut setters = Vec::new();
    for (at, (place, parameter)) in flat.iter().enumerate() {
        let target = if is_argument(*place, parameter) { &mut arguments } else { &mut setters };
        let same = |(other, it): &(ArgumentLocation, &Parameter)| {
            other != place && said(it) == said(parameter)
        };
        let name = match place {
            // Path variables stand first among all parameters; one that was published is spelt as it was.
            ArgumentLocation::Path if held.is_none() => spellings.name(operation, at),
            ArgumentLocation::Path => text(&parameter.name),
            ArgumentLocation::Query | ArgumentLocation::Header => text(&parameter.name),
        };
        let key = parameter_key(place.word(), parameter);
        let lock = held.and_then(|it| it.members.get(&key)).cloned();
        target.push(Entry { lock, ..entry(*place, name.trim(), flat.iter().any(same)) });
    }
    let mut arguments = resolved(&["body"], &arguments);
    let mut setters = resolved(reserved::REQUEST, &setters);
    let mut names = OperationNames { body: "body".to_owned(), ..OperationNames::default() };
    for (place, parameter) in flat {
        let next = if is_argument(place, parameter) { arguments.next() } else { setters.next() };
        match place {
            ArgumentLocation::Path => &mut names.path,
            ArgumentLocation::Query => &mut names.query,
            ArgumentLocation::Header => &mut names.headers,
        }
        .push(next.unwrap_or_default());
    }
    names
}

fn resolved(reserved: &[&str], entries: &[Entry]) -> std::vec::IntoIter<String> {
    if entries.is_empty() {
        return Vec::new().into_iter();
    }
    let named = Scope::new(reserved.iter().copied()).resolve_members(entries);
    named.into_iter().map(|named| named.name).collect::<Vec<_>>().into_iter()
}

/// The words of a parameter's name.
fn said(parameter: &Parameter) -> Vec<String> {
    words::split(&text(&parameter.name))
}

/// Candidates: the name alone, with all its signs, and with its place where another place has the same name.
fn entry(place: ArgumentLocation, name: &str, elsewhere: bool) -> Entry {
    let plain = words::split(name);
    let mut lists = vec![plain.clone(), words::spell(name)];
    if elsewhere || lists.concat().is_empty() {
        lists.push([plain, vec![place.word().to_owned()]].concat());
    }
    let candidates: Vec<String> = lists.iter().filter_map(|list| words::snake(list)).collect();
    // A name that is its own setter keeps it, whatever else comes to clash with it; what the path needs stands first.
    let is_same = candidates.first().is_some_and(|first| first == name);
    let rank = if place == ArgumentLocation::Path { 0 } else { 1 + u8::from(!is_same) };
    let own = place != ArgumentLocation::Header
        && candidates.first().is_some_and(|first| is_own(name, first));
    Entry { key: format!("{} {name}", place.word()), rank, own, candidates, ..Entry::default() }
}
