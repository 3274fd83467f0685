//! Names of operations: methods, arguments and setters.
//!
//! In: the operations, and the accessors that stand on the same handles. Out: a phrase each, and all of an [`OperationNames`] but its request's type.

use super::held::{self, Held};
use super::phrase::{self, Phrase};
use super::pins::Pins;
use super::request::Trail;
use super::scope::{Entry, Scope};
use super::spellings::Spellings;
use super::wording::{self, Wording};
use super::{GroupNames, OperationNames, parameters, request, reserved, template_words, words};
use crate::api::{Api, Operation};
use std::collections::BTreeMap;

/// An operation in words.
#[derive(Clone, Debug, Default)]
pub(super) struct ParsedName {
    /// Its name, taken apart.
    pub phrase: Phrase,
    /// Words of its folder, the last one in the singular.
    pub folder: Vec<String>,
    /// Words of its path after what all paths share.
    pub path: Vec<String>,
    /// The way it is said: the shortest, or the one that was chosen once methods are named.
    pub said: Wording,
    /// How many ways are shorter.
    passed: usize,
    /// Whether the user said it.
    is_pinned: bool,
}

impl ParsedName {
    /// The ways to say `operation`, from the one in which it is said on, from short to long.
    pub(super) fn wordings(&self, operation: &Operation) -> impl Iterator<Item = Wording> + use<> {
        let all = wording::wordings(operation, &self.phrase, &self.path, self.is_pinned);
        all.into_iter().skip(self.passed)
    }
}

/// Takes all names apart.
pub(super) fn parse_names(api: &Api, pins: &Pins) -> Vec<ParsedName> {
    let shared = shared_segments(api);
    // Many requests stand in one folder, whose names are read once.
    let trails: Vec<Trail> = api.groups.iter().map(|group| Trail::read(&group.trail)).collect();
    let no_trail = Trail::read(&[]);
    let speak_one = |(index, operation): (usize, &Operation)| {
        let trail = operation.group.and_then(|id| trails.get(id.0)).unwrap_or(&no_trail);
        let path = template_words::path_words(&operation.path, &shared);
        let pin = pins.operations.get(&index).map(String::as_str);
        let phrase = request::phrase(operation, pin, trail, &path);
        ParsedName {
            said: wording::first(&phrase),
            passed: 0,
            is_pinned: pin.is_some(),
            phrase,
            folder: trail.levels.last().map(|last| phrase::singular_tail(last)).unwrap_or_default(),
            path,
        }
    };
    api.operations.iter().enumerate().map(speak_one).collect()
}

/// Names methods handle by handle, and everything a call takes; also which operations ended with a number.
pub(super) fn name(
    api: &Api,
    parsed: &mut [ParsedName],
    groups: &[GroupNames],
    (pins, held): (&Pins, &Held<'_>),
) -> (Vec<OperationNames>, Vec<usize>) {
    let spellings = Spellings::of(api);
    let call = |(at, operation): (usize, &Operation)| {
        parameters::name(operation, &spellings, held.operations.get(at).copied().flatten())
    };
    let mut names: Vec<OperationNames> = api.operations.iter().enumerate().map(call).collect();
    let mut numbered = Vec::new();
    let accessors = accessors(groups);
    for (handle, members) in members(api) {
        let mut scope = handle_scope(handle, accessors.get(&handle));
        scope.keep(held.kept_on(handle));
        let entries: Vec<Entry> = members
            .iter()
            .filter_map(|at| {
                let entry = entry(*at, api.operations.get(*at)?, parsed.get(*at)?, pins);
                Some(Entry { lock: held::name_of(&held.operations, *at), ..entry })
            })
            .collect();
        let all = |member: usize| -> Vec<String> {
            let at = members.get(member);
            let found = at.and_then(|at| api.operations.get(*at).zip(parsed.get(*at)));
            let wordings = found.into_iter().flat_map(|(operation, it)| it.wordings(operation));
            wordings.flat_map(|wording| methods(&wording)).collect()
        };
        let named = scope.resolve_with(&entries, &all);
        for (at, named) in members.into_iter().zip(named) {
            if named.numbered {
                numbered.push(at);
            }
            let Some(operation) = api.operations.get(at) else { continue };
            if let Some((parsed, names)) = parsed.get_mut(at).zip(names.get_mut(at)) {
                choose(parsed, operation, &named.name);
                names.verb.clone_from(&parsed.phrase.verb);
                names.constant = named.name.to_ascii_uppercase();
                names.method = named.name;
            }
        }
    }
    (names, numbered)
}

/// Goes on to the wording that became the method.
fn choose(parsed: &mut ParsedName, operation: &Operation, method: &str) {
    let is_chosen = |it: &Wording| methods(it).any(|name| name == method);
    if is_chosen(&parsed.said) {
        return;
    }
    let mut wordings = parsed.wordings(operation).enumerate();
    if let Some((at, wording)) = wordings.find(|(_, wording)| is_chosen(wording)) {
        parsed.passed += at;
        parsed.said = wording;
    }
}

/// The methods that a wording may be: in brief, then with all its words.
fn methods(wording: &Wording) -> impl Iterator<Item = String> + use<> {
    let lists = [&words::brief(&wording.method, 1, words::BRIEF), &wording.method];
    lists.map(|list| words::snake(list)).into_iter().flatten()
}

/// The operations of each handle; those of `None` stand on the client itself.
fn members(api: &Api) -> BTreeMap<Option<usize>, Vec<usize>> {
    let mut members: BTreeMap<Option<usize>, Vec<usize>> = BTreeMap::new();
    for (at, operation) in api.operations.iter().enumerate() {
        members.entry(operation.group.map(|id| id.0)).or_default().push(at);
    }
    members
}

/// The accessors that stand on each handle.
fn accessors(groups: &[GroupNames]) -> BTreeMap<Option<usize>, Vec<&str>> {
    let mut accessors: BTreeMap<Option<usize>, Vec<&str>> = BTreeMap::new();
    for names in groups {
        let handle = names.parent.map(|id| id.0);
        accessors.entry(handle).or_default().push(&names.accessor);
    }
    accessors
}

/// What stands on a handle already: its own methods, and the accessors of the folders inside.
fn handle_scope(handle: Option<usize>, accessors: Option<&Vec<&str>>) -> Scope<'static> {
    let own = if handle.is_none() { reserved::CLIENT } else { reserved::HANDLE };
    Scope::new(own.iter().chain(accessors.into_iter().flatten()).copied())
}

fn entry(at: usize, operation: &Operation, parsed: &ParsedName, pins: &Pins) -> Entry {
    Entry {
        key: operation.key.to_string(),
        pin: pins.operations.get(&at).cloned(),
        rank: parsed.phrase.rank(),
        candidates: methods(&parsed.said).collect(),
        ..Entry::default()
    }
}

/// The literal segments that more than half of all paths begin with: they tell nothing apart, and no single request moves them.
fn shared_segments(api: &Api) -> Vec<String> {
    let paths: Vec<Vec<String>> =
        api.operations.iter().map(|it| template_words::literal_segments(&it.path)).collect();
    let mut shared: Vec<String> = Vec::new();
    loop {
        let mut next: BTreeMap<&String, usize> = BTreeMap::new();
        for path in paths.iter().filter(|path| path.starts_with(&shared)) {
            if let Some(segment) = path.get(shared.len()) {
                *next.entry(segment).or_default() += 1;
            }
        }
        let common = next.into_iter().find(|(_, count)| count * 2 > paths.len());
        let Some((segment, _)) = common else { return shared };
        shared.push(segment.clone());
    }
}
