//! Names of types: handles, markers, and the definitions.
//!
//! In: phrases, groups and uses. Out: handles, markers, and a [`TypeNames`] each. All types, markers and handles of one top-level folder are one domain, and so are those shared; no name of the shared ones returns elsewhere.

use super::english;
use super::groups::top_of;
use super::operations::Spoken;
use super::pins::Pins;
use super::scope::{Entry, Named, Scope};
use super::uses::{Part, Use, Uses};
use super::{GroupNames, OperationNames, TypeNames, members, phrase, reserved, title, words};
use crate::api::{Api, TypeDef, TypeKind};

/// What the domains of types are made of.
#[derive(Clone, Copy)]
pub(super) struct Context<'a> {
    /// The API.
    pub api: &'a Api,
    /// Its operations in words.
    pub spoken: &'a [Spoken],
    /// Where its types are used.
    pub uses: &'a Uses,
    /// The user's pins.
    pub pins: &'a Pins,
}

#[derive(Clone, Copy)]
enum Subject {
    Handle(usize),
    Marker(usize),
    Type(usize),
}

/// Names handles and markers in place, and all types; returns keys of those that ended with a digest.
pub(super) fn name(
    context: &Context<'_>,
    groups: &mut [GroupNames],
    operations: &mut [OperationNames],
) -> (Vec<TypeNames>, Vec<String>) {
    let api = context.api;
    let homes: Vec<Option<usize>> = (0..api.types.0.len()).map(|at| home(context, at)).collect();
    let mut idents = vec![String::new(); homes.len()];
    let mut digested = Vec::new();
    let mut shared = Scope::new(reserved::TYPES.iter().copied());
    let tops = (0..api.groups.len()).filter(|at| top_of(api, *at) == Some(*at));
    for domain in std::iter::once(None).chain(tops.map(Some)) {
        let subjects = subjects(context, domain, &homes);
        let entries: Vec<Entry> = subjects.iter().map(|subject| entry(context, *subject)).collect();
        let named = shared.clone().resolve(&entries);
        for ((subject, entry), Named { name, digested: is_digested }) in
            subjects.into_iter().zip(&entries).zip(named)
        {
            if is_digested {
                digested.push(entry.key.clone());
            }
            let slot = match subject {
                Subject::Handle(at) => groups.get_mut(at).map(|names| &mut names.handle),
                Subject::Marker(at) => operations.get_mut(at).map(|names| &mut names.marker),
                Subject::Type(at) => {
                    if domain.is_none() {
                        shared.take(&name);
                    }
                    idents.get_mut(at)
                }
            };
            if let Some(slot) = slot {
                *slot = name;
            }
        }
    }
    let module = |at: &Option<usize>| match at.and_then(|top| groups.get(top)) {
        Some(names) => names.module.clone(),
        None => vec!["shared".to_owned()],
    };
    let names =
        homes.iter().zip(api.types.0.iter()).zip(&idents).map(|((home, def), ident)| TypeNames {
            module: module(home),
            ident: ident.clone(),
            members: members::name(def, ident, &idents),
        });
    (names.collect(), digested)
}

/// The top-level folder all uses of a type stand in.
fn home(context: &Context<'_>, at: usize) -> Option<usize> {
    let tops = context.uses.tops.get(at)?;
    if tops.len() == 1 { tops.first().copied().flatten() } else { None }
}

fn subjects(context: &Context<'_>, domain: Option<usize>, homes: &[Option<usize>]) -> Vec<Subject> {
    let api = context.api;
    let handles = (0..api.groups.len())
        .filter(|at| domain.is_some() && top_of(api, *at) == domain)
        .map(Subject::Handle);
    let markers = api.operations.iter().enumerate().filter_map(|(at, operation)| {
        let top = operation.group.and_then(|id| top_of(api, id.0));
        (top == domain).then_some(Subject::Marker(at))
    });
    let types = homes.iter().enumerate().filter(|(_, home)| **home == domain);
    handles.chain(markers).chain(types.map(|(at, _)| Subject::Type(at))).collect()
}

fn entry(context: &Context<'_>, subject: Subject) -> Entry {
    match subject {
        Subject::Handle(at) => handle(context, at),
        Subject::Marker(at) => marker(context, at),
        Subject::Type(at) => definition(context, at),
    }
}

fn handle(context: &Context<'_>, at: usize) -> Entry {
    let trail = context.api.groups.get(at).map(|group| group.trail.clone()).unwrap_or_default();
    let mut longer: Vec<String> = Vec::new();
    let mut candidates = Vec::new();
    for folder in trail.iter().rev() {
        longer = [words::split(title::gist(folder)), longer].concat();
        candidates.extend(words::camel(&longer));
        if words::is_cut(&longer) {
            break;
        }
    }
    let alone = [longer, vec!["api".to_owned()]].concat();
    candidates.extend(words::camel(&alone));
    Entry { key: trail.join(" › "), pin: None, rank: 0, candidates }
}

fn marker(context: &Context<'_>, at: usize) -> Entry {
    let Some((operation, spoken)) = context.api.operations.get(at).zip(context.spoken.get(at))
    else {
        return Entry::default();
    };
    let call = |list: &[String]| words::camel_with(list, "Call");
    let trail: Vec<String> =
        operation.key.trail.iter().flat_map(|name| words::split(title::gist(name))).collect();
    let said = spoken.wordings.iter().take(1).map(|wording| wording.alone.clone());
    let around = spoken.wordings.iter().map(|wording| [&wording.alone[..], &trail].concat());
    let candidates: Vec<String> = said.chain(around).filter_map(|list| call(&list)).collect();
    Entry { key: operation.key.to_string(), pin: None, rank: 0, candidates }
}

/// The chosen wording as verb and noun: the stem of a request's type.
fn alone(spoken: &Spoken) -> Vec<String> {
    spoken.wordings.first().map(|wording| wording.alone.clone()).unwrap_or_default()
}

fn definition(context: &Context<'_>, at: usize) -> Entry {
    let Some(def) = context.api.types.0.get(at) else { return Entry::default() };
    let pin = context.pins.types.get(&at).cloned();
    let found = context.uses.first.get(at).and_then(Option::as_ref);
    let is_shared = context.uses.tops.get(at).is_some_and(|tops| tops.len() > 1);
    let lists = match found {
        Some(found) if found.path.is_empty() && found.part == Part::Error && is_shared => {
            [vec![vec!["api".to_owned(), "error".to_owned()]], top(context, def, found)].concat()
        }
        Some(found) if found.path.is_empty() => top(context, def, found),
        Some(found) => nested(context, found),
        None => vec![words::split(&def.key.to_string())],
    };
    let rank = match found {
        Some(found) => 1 + u8::try_from(found.path.len().min(100)).unwrap_or(100),
        None => 200,
    };
    let candidates = lists.iter().filter_map(|list| words::camel(list)).collect();
    Entry { key: def.key.to_string(), pin, rank, candidates }
}

/// The noun of an operation: its object up to the first preposition, in the singular.
fn noun(spoken: &Spoken) -> Vec<String> {
    let full = &spoken.phrase.full;
    let end = full.iter().position(|word| english::is_preposition(word)).unwrap_or(full.len());
    let object = full.get(..end).filter(|object| !object.is_empty()).unwrap_or(&spoken.folder);
    let object = if object.is_empty() { &spoken.path } else { object };
    phrase::singular_tail(object)
}

fn top(context: &Context<'_>, def: &TypeDef, found: &Use) -> Vec<Vec<String>> {
    let Some(spoken) = context.spoken.get(found.operation) else { return Vec::new() };
    let noun = noun(spoken);
    let word = |word: &str| vec![word.to_owned()];
    let lists = spoken.phrase.verb == "list";
    let is_union = matches!(def.kind, TypeKind::Union(_));
    let stem = match found.part {
        Part::Request if found.item => {
            [phrase::singular_tail(&alone(spoken)), word("item")].concat()
        }
        Part::Request => alone(spoken),
        Part::Answer if is_union && lists => [noun.clone(), word("listing")].concat(),
        Part::Answer if lists && !found.item => [noun.clone(), word("page")].concat(),
        Part::Answer if is_union => [noun.clone(), word("answer")].concat(),
        Part::Answer if found.arm_of.is_some() && !lists => [noun.clone(), word("object")].concat(),
        Part::Answer => noun.clone(),
        Part::Error => [noun.clone(), word("failure")].concat(),
    };
    let suffix = match found.part {
        Part::Request => "body",
        Part::Answer => "details",
        Part::Error => "body",
    };
    let long = [spoken.folder.clone(), alone(spoken)].concat();
    vec![
        stem.clone(),
        [stem.clone(), word(suffix)].concat(),
        [&spoken.folder[..], &stem, &word(suffix)].concat(),
        [&long[..], &word(suffix)].concat(),
        [&long[..], &spoken.path, &word(suffix)].concat(),
    ]
}

/// Words of a step: in the singular where it is taken out of a list or a map.
fn step((key, item): &(String, bool)) -> Vec<String> {
    let said = words::split(key);
    if *item { phrase::singular_tail(&said) } else { said }
}

/// Candidates of a nested type: its field, then its parents' fields before it, then the top.
fn nested(context: &Context<'_>, found: &Use) -> Vec<Vec<String>> {
    let mut lists = Vec::new();
    let mut longer: Vec<String> = Vec::new();
    for part in found.path.iter().rev() {
        longer = [step(part), longer].concat();
        lists.push(longer.clone());
    }
    if let Some(spoken) = context.spoken.get(found.operation) {
        let top = noun(spoken);
        let nearest = found.path.last().map(step).unwrap_or_default();
        lists.insert(1.min(lists.len()), [top.clone(), nearest].concat());
        lists.push([top, longer.clone()].concat());
        lists.push([alone(spoken), longer.clone()].concat());
        lists.push([spoken.path.clone(), longer.clone()].concat());
    }
    let written = found
        .path
        .last()
        .and_then(|(key, item)| if *item { Some("entry".to_owned()) } else { words::style(key) });
    lists.push([longer, written.into_iter().collect()].concat());
    if found.arm_of.is_some() {
        lists.iter_mut().for_each(|list| list.push("object".to_owned()));
    }
    lists
}
