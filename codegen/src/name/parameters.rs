//! Names of what a call takes: path arguments, the body, query and header setters.
//!
//! In: one operation. Out: the part of its [`OperationNames`] that no other operation can touch.

use super::scope::{Entry, Scope};
use super::wording::text;
use super::{OperationNames, reserved, words};
use crate::api::{Operation, Parameter, Presence};

#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Path,
    Query,
    Header,
}

impl Place {
    fn word(self) -> String {
        match self {
            Self::Path => "path",
            Self::Query => "query",
            Self::Header => "header",
        }
        .to_owned()
    }
}

/// Arguments are unique among arguments, setters among the methods of the call.
pub(super) fn name(operation: &Operation) -> OperationNames {
    let places = [
        (Place::Path, &operation.path_parameters),
        (Place::Query, &operation.query),
        (Place::Header, &operation.headers),
    ];
    let flat: Vec<(Place, &Parameter)> = places
        .into_iter()
        .flat_map(|(place, list)| list.iter().map(move |parameter| (place, parameter)))
        .collect();
    let is_argument = |place: Place, parameter: &Parameter| {
        place == Place::Path || parameter.presence == Presence::Required
    };
    let mut arguments = Vec::new();
    let mut setters = Vec::new();
    for (place, parameter) in &flat {
        let target = if is_argument(*place, parameter) { &mut arguments } else { &mut setters };
        target.push(entry(*place, parameter));
    }
    let mut arguments = resolved(&["body"], &arguments);
    let mut setters = resolved(reserved::CALL, &setters);
    let mut names = OperationNames { body: "body".to_owned(), ..OperationNames::default() };
    for (place, parameter) in flat {
        let next = if is_argument(place, parameter) { arguments.next() } else { setters.next() };
        match place {
            Place::Path => &mut names.path,
            Place::Query => &mut names.query,
            Place::Header => &mut names.headers,
        }
        .push(next.unwrap_or_default());
    }
    names
}

fn resolved(reserved: &[&str], entries: &[Entry]) -> std::vec::IntoIter<String> {
    let named = Scope::new(reserved.iter().copied()).resolve_members(entries);
    named.into_iter().map(|named| named.name).collect::<Vec<_>>().into_iter()
}

/// Candidates from the name alone to the name with all its signs and its place.
fn entry(place: Place, parameter: &Parameter) -> Entry {
    let name = text(&parameter.name);
    let name = name.trim();
    let plain = words::split(name);
    let at = |mut list: Vec<String>| {
        list.push(place.word());
        list
    };
    let style: Vec<String> = words::style(name).into_iter().collect();
    let styled = [words::spell(name), style.clone()].concat();
    let candidates: Vec<String> = [
        plain.clone(),
        words::spell(name),
        [plain.clone(), style.clone()].concat(),
        at(plain),
        at(styled),
    ]
    .iter()
    .filter_map(|list| words::snake(list))
    .collect();
    // A name that is its own setter keeps it, whatever else comes to clash with it.
    let rank = if candidates.first().is_some_and(|first| first == name) { 1 } else { 2 };
    Entry { key: format!("{} {name}", place.word()), pin: None, rank, candidates }
}
