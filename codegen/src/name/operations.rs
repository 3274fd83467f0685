//! Names of operations: methods, arguments and setters.
//!
//! In: the operations, and the accessors that stand on the same handles. Out: a phrase each, and all of an [`OperationNames`] but its request's type.

use super::phrase::{self, Phrase, Setting};
use super::pins::Pins;
use super::scope::{Entry, Scope};
use super::wording::{self, Wording, text};
use super::{GroupNames, OperationNames, parameters, reserved, title, words};
use crate::api::{Api, Operation};
use crate::template::{Piece, Template};

/// An operation in words.
#[derive(Clone, Debug, Default)]
pub(super) struct Spoken {
    /// Its name, taken apart.
    pub phrase: Phrase,
    /// Words of its folder, the last one in the singular.
    pub folder: Vec<String>,
    /// Words of its path after what all paths share.
    pub path: Vec<String>,
    /// The ways to say it, from short to long; once methods are named, from the one chosen on.
    pub wordings: Vec<Wording>,
}

/// Takes all names apart.
pub(super) fn speak(api: &Api, pins: &Pins) -> Vec<Spoken> {
    let shared = shared_segments(api);
    let speak_one = |(index, operation): (usize, &Operation)| {
        let folder = operation.group.and_then(|id| api.groups.get(id.0));
        let trail: Vec<Vec<String>> = folder
            .map(|group| group.trail.iter().map(|name| words::split(title::gist(name))).collect())
            .unwrap_or_default();
        let path = path_words(&operation.path, shared);
        let pin = pins.operations.get(&index).map(String::as_str);
        let phrase = phrase_of(operation, pin, &trail, &path);
        Spoken {
            wordings: wording::wordings(operation, &phrase, &path, pin.is_some()),
            phrase,
            folder: trail.last().map(|last| phrase::singular_tail(last)).unwrap_or_default(),
            path,
        }
    };
    api.operations.iter().enumerate().map(speak_one).collect()
}

fn phrase_of(
    operation: &Operation,
    pin: Option<&str>,
    trail: &[Vec<String>],
    path: &[String],
) -> Phrase {
    let parameters: Vec<Vec<String>> = operation
        .path_parameters
        .iter()
        .map(|parameter| words::split(&text(&parameter.name)))
        .collect();
    let (folder, around) =
        trail.split_last().map_or((&[][..], &[][..]), |(last, before)| (last.as_slice(), before));
    let setting = Setting {
        folder,
        around: &around.concat(),
        path,
        method: &operation.method,
        parameters: &parameters,
        ends_with_parameter: matches!(operation.path.0.last(), Some(Piece::Argument(_))),
    };
    let said = || {
        let address = title::is_address(&operation.name);
        let name = if address { "" } else { title::gist(&operation.name) };
        phrase::read(&words::split(name), &setting)
    };
    match pin {
        Some(pin) => phrase::pinned(&words::split(pin), &setting),
        None => said().unwrap_or_else(|| phrase::unspoken(path, &setting)),
    }
}

/// Names methods handle by handle, and everything a call takes; also which operations ended with a number.
pub(super) fn name(
    api: &Api,
    spoken: &mut [Spoken],
    groups: &[GroupNames],
    pins: &Pins,
) -> (Vec<OperationNames>, Vec<usize>) {
    let mut names: Vec<OperationNames> = api.operations.iter().map(parameters::name).collect();
    let mut numbered = Vec::new();
    let handles = std::iter::once(None).chain((0..api.groups.len()).map(Some));
    for handle in handles {
        let mut scope = handle_scope(api, groups, handle);
        let members: Vec<usize> = (0..api.operations.len())
            .filter(|at| {
                api.operations.get(*at).is_some_and(|it| it.group.map(|id| id.0) == handle)
            })
            .collect();
        let entries: Vec<Entry> = members
            .iter()
            .filter_map(|at| Some(entry(*at, api.operations.get(*at)?, spoken.get(*at)?, pins)))
            .collect();
        for (at, named) in members.into_iter().zip(scope.resolve(&entries)) {
            if named.numbered {
                numbered.push(at);
            }
            if let Some(spoken) = spoken.get_mut(at) {
                choose(spoken, &named.name);
            }
            if let Some(names) = names.get_mut(at) {
                names.constant = named.name.to_ascii_uppercase();
                names.method = named.name;
            }
        }
    }
    (names, numbered)
}

/// Drops the wordings before the one that became the method.
fn choose(spoken: &mut Spoken, method: &str) {
    let chosen = |it: &Wording| words::snake(&it.method).is_some_and(|name| name == method);
    let at = spoken.wordings.iter().position(chosen).unwrap_or(0);
    spoken.wordings.drain(..at);
}

/// What stands on a handle already: its own methods, and the accessors of the folders inside.
fn handle_scope(api: &Api, groups: &[GroupNames], handle: Option<usize>) -> Scope {
    let own = if handle.is_none() { reserved::CLIENT } else { reserved::HANDLE };
    let mut scope = Scope::new(own.iter().copied());
    for (group, names) in api.groups.iter().zip(groups) {
        let on = group.parent.filter(|_| names.nested).map(|id| id.0);
        if on == handle {
            scope.take(&names.accessor);
        }
    }
    scope
}

fn entry(at: usize, operation: &Operation, spoken: &Spoken, pins: &Pins) -> Entry {
    Entry {
        key: operation.key.to_string(),
        pin: pins.operations.get(&at).cloned(),
        rank: u8::from(spoken.phrase.alias.is_some()),
        candidates: spoken.wordings.iter().filter_map(|it| words::snake(&it.method)).collect(),
        ..Entry::default()
    }
}

/// How many leading literal segments all paths share.
fn shared_segments(api: &Api) -> usize {
    let mut paths = api.operations.iter().map(|operation| literal_segments(&operation.path));
    let Some(first) = paths.next() else { return 0 };
    let mut shared = first.len();
    for path in paths {
        let same = first.iter().zip(&path).take_while(|(left, right)| left == right).count();
        shared = shared.min(same);
    }
    shared
}

fn literal_segments(path: &Template) -> Vec<String> {
    let mut joined = String::new();
    for piece in &path.0 {
        match piece {
            Piece::Text(part) => joined.push_str(part),
            Piece::Argument(_) | Piece::Variable(_) | Piece::Generated(_) => joined.push('\u{0}'),
        }
    }
    let literal = |segment: &&str| !segment.is_empty() && !segment.contains('\u{0}');
    joined.split('/').filter(literal).map(str::to_owned).collect()
}

fn path_words(path: &Template, shared: usize) -> Vec<String> {
    let segments = literal_segments(path);
    let kept = segments.get(shared.min(segments.len().saturating_sub(1))..).unwrap_or_default();
    kept.iter().flat_map(|segment| words::split(segment)).collect()
}
