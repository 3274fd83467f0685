//! Names of operations: methods, arguments and setters.
//!
//! In: the operations, and the accessors that stand on the same handles. Out: a phrase each, and all of an [`OperationNames`] but its marker.

use super::phrase::{self, Phrase, Setting};
use super::pins::Pins;
use super::scope::{Entry, Scope};
use super::{GroupNames, OperationNames, english, parameters, reserved, words};
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
}

/// Takes all names apart.
pub(super) fn speak(api: &Api, pins: &Pins) -> Vec<Spoken> {
    let shared = shared_segments(api);
    let speak_one = |(index, operation): (usize, &Operation)| {
        let folder = operation.group.and_then(|id| api.groups.get(id.0));
        let trail: Vec<Vec<String>> = folder
            .map(|group| group.trail.iter().map(|name| words::split(name)).collect())
            .unwrap_or_default();
        let path = path_words(&operation.path, shared);
        let pin = pins.operations.get(&index).map(String::as_str);
        Spoken {
            phrase: phrase_of(operation, pin, &trail, &path),
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
        method: &operation.method,
        parameters: &parameters,
        ends_with_parameter: matches!(operation.path.0.last(), Some(Piece::Argument(_))),
    };
    match pin {
        Some(pin) => pinned(&words::split(pin), &setting),
        None => phrase::read(&words::split(&operation.name), &setting)
            .unwrap_or_else(|| unspoken(path, &setting)),
    }
}

/// A pinned method as a phrase: what it is called decides what its types are called.
fn pinned(name: &[String], setting: &Setting<'_>) -> Phrase {
    let verb = name.first().cloned().unwrap_or_default();
    let short: Vec<String> = name.get(1..).unwrap_or_default().to_vec();
    let own = short.is_empty();
    let full = if own { phrase::singular_tail(setting.folder) } else { short.clone() };
    Phrase { written: verb.clone(), verb, short, full, own }
}

/// A name without words: method and path speak.
fn unspoken(path: &[String], setting: &Setting<'_>) -> Phrase {
    let plural = path.last().is_some_and(|word| english::is_plural(word));
    let verb = phrase::method_verb(setting, plural).to_owned();
    let object = if path.is_empty() { setting.folder.to_vec() } else { path.to_vec() };
    Phrase {
        written: verb.clone(),
        verb,
        own: object.is_empty(),
        short: object.clone(),
        full: object,
    }
}

/// Names methods handle by handle, and everything a call takes; also which operations ended with a digest.
pub(super) fn name(
    api: &Api,
    spoken: &[Spoken],
    groups: &[GroupNames],
    pins: &Pins,
) -> (Vec<OperationNames>, Vec<usize>) {
    let mut names: Vec<OperationNames> = api.operations.iter().map(parameters::name).collect();
    let mut digested = Vec::new();
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
            if named.digested {
                digested.push(at);
            }
            if let Some(names) = names.get_mut(at) {
                names.method = named.name;
            }
        }
    }
    (names, digested)
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
    let phrase = &spoken.phrase;
    let joined = |parts: &[&[String]]| words::snake(&parts.concat());
    let verb = std::slice::from_ref(&phrase.verb);
    let written = std::slice::from_ref(if phrase.written.is_empty() {
        &phrase.verb
    } else {
        &phrase.written
    });
    let method = [operation.method.to_lowercase()];
    let by = by_parameters(operation);
    let rest: Vec<String> =
        spoken.path.iter().filter(|word| !phrase.short.contains(word)).cloned().collect();
    let candidates = [
        joined(&[verb, &phrase.short]),
        joined(&[written, &phrase.full]),
        joined(&[verb, &phrase.short, &by]),
        joined(&[verb, &phrase.short, &rest]),
        joined(&[verb, &phrase.short, &rest, &by]),
        joined(&[&method, verb, &phrase.short, &rest, &by]),
        joined(&[&words::spell(&operation.name)]),
    ];
    Entry {
        key: operation.key.to_string(),
        pin: pins.operations.get(&at).cloned(),
        rank: 0,
        candidates: candidates.into_iter().flatten().collect(),
    }
}

fn by_parameters(operation: &Operation) -> Vec<String> {
    let mut by: Vec<String> = Vec::new();
    for parameter in &operation.path_parameters {
        by.push(if by.is_empty() { "by" } else { "and" }.to_owned());
        by.extend(words::split(&text(&parameter.name)));
    }
    by
}

/// The text of a name, holes included.
pub(super) fn text(template: &Template) -> String {
    let mut text = String::new();
    for piece in &template.0 {
        match piece {
            Piece::Text(part) | Piece::Argument(part) | Piece::Variable(part) => {
                text.push_str(part);
            }
            Piece::Generated(_) => {}
        }
        text.push(' ');
    }
    text
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
