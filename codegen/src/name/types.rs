//! Names of types: handles, requests, and the definitions.
//!
//! In: phrases, groups and uses. Out: handles, requests, and a [`TypeNames`] each. All types, requests and handles of one top-level folder are one domain, and so are those shared; no name of the shared ones returns elsewhere.

use super::context::Context;
use super::groups::said_with_parents;
use super::held::{self, SHARED};
use super::nesting::top_of;
use super::operations::ParsedName;
use super::scope::{Entry, Named, Scope};
use super::{GroupNames, OperationNames, TypeNames, definitions, members, reserved, title, words};
use crate::api::{Group, Operation, TypeKind};
use std::collections::BTreeMap;
use std::iter;

#[derive(Clone, Copy)]
enum Nameable {
    Handle(usize),
    Request(usize),
    Type(usize),
}

impl Nameable {
    /// The index of a type.
    fn as_type(&self) -> Option<usize> {
        if let Self::Type(at) = self { Some(*at) } else { None }
    }
}

/// Names handles and requests in place, and all types; returns keys of those that ended with a number.
pub(super) fn name(
    context: &Context<'_>,
    groups: &mut [GroupNames],
    operations: &mut [OperationNames],
) -> (Vec<TypeNames>, Vec<String>) {
    let api = context.api;
    let homes: Vec<Option<usize>> = (0..api.types.0.len()).map(|at| home(context, at)).collect();
    let mut idents = vec![String::new(); homes.len()];
    let mut required = BTreeMap::new();
    let mut numbered = Vec::new();
    let mut shared = Scope::new(reserved::TYPES.iter().copied());
    // The shared ones come first: no name of theirs returns elsewhere.
    for (domain, nameables) in domains(context, &homes) {
        let entries: Vec<Entry> =
            nameables.iter().map(|nameable| entry(context, *nameable)).collect();
        let mut scope = Scope::inside(&shared);
        keep(context, domain, &nameables, &mut scope);
        let all = |at: usize| nameables.get(at).map(|it| candidates(context, *it));
        let named = scope.contest_with(&entries, &|at| all(at).unwrap_or_default());
        for ((nameable, entry), Named { name, numbered: is_numbered }) in
            nameables.iter().zip(&entries).zip(named)
        {
            if is_numbered {
                numbered.push(entry.key.clone());
            }
            let slot = match *nameable {
                Nameable::Handle(at) => groups.get_mut(at).map(|names| &mut names.handle),
                Nameable::Request(at) => operations.get_mut(at).map(|names| &mut names.request),
                Nameable::Type(at) => idents.get_mut(at),
            };
            if let Some(slot) = slot {
                *slot = name;
            }
        }
        let types: Vec<usize> = nameables.iter().filter_map(Nameable::as_type).collect();
        let named = name_required(context, &types, &idents, &mut scope);
        if domain.is_none() {
            let given = types.iter().filter_map(|at| idents.get(*at)).chain(named.values());
            given.for_each(|name| shared.take(name));
        }
        required.extend(named);
    }
    let module = |at: &Option<usize>| match at.and_then(|top| groups.get(top)) {
        Some(names) => names.module.clone(),
        None => vec![SHARED.to_owned()],
    };
    let modules = homes.iter().map(module).collect();
    (put_together(context, modules, &idents, required), numbered)
}

/// Keeps in a domain what was published there and is not there now, and what constructors take; what is shared is called as nothing was that is not.
fn keep(
    context: &Context<'_>,
    domain: Option<usize>,
    nameables: &[Nameable],
    scope: &mut Scope<'_>,
) {
    let held = context.held;
    scope.keep(held.kept_in(domain));
    let types = nameables.iter().filter_map(Nameable::as_type);
    let required: Vec<String> = types.filter_map(|at| held::type_of(&held.types, at)).collect();
    scope.keep(required.iter().map(String::as_str));
    if domain.is_none() {
        scope.keep(held.all_types());
    }
}

/// The names of all types, of their parts.
fn put_together(
    context: &Context<'_>,
    modules: Vec<Vec<String>>,
    idents: &[String],
    mut required: BTreeMap<usize, String>,
) -> Vec<TypeNames> {
    let types = context.api.types.0.iter().zip(idents).zip(modules).enumerate();
    let names = types.map(|(at, ((def, ident), module))| TypeNames {
        module,
        ident: ident.clone(),
        required: required.remove(&at),
        members: members::name(context, at, def, idents),
    });
    names.collect()
}

/// Names what the constructors of `types` take, after the types: these keep the plain name.
fn name_required(
    context: &Context<'_>,
    types: &[usize],
    idents: &[String],
    scope: &mut Scope<'_>,
) -> BTreeMap<usize, String> {
    let takes_struct = |at: &usize| match context.api.types.0.get(*at).map(|def| &def.kind) {
        Some(TypeKind::Struct(own)) => own.takes_struct(),
        Some(TypeKind::Enumeration(_) | TypeKind::Union(_)) | None => false,
    };
    let types: Vec<usize> = types.iter().copied().filter(takes_struct).collect();
    let entry = |at: &usize| {
        let ident = idents.get(*at).map(String::as_str).unwrap_or_default();
        let candidates = ["Required", "RequiredFields"].map(|end| format!("{ident}{end}"));
        let lock = held::type_of(&context.held.types, *at);
        Entry { key: ident.to_owned(), lock, candidates: candidates.to_vec(), ..Entry::default() }
    };
    let entries: Vec<Entry> = types.iter().map(entry).collect();
    let named = scope.contest(&entries).into_iter().map(|named| named.name);
    types.into_iter().zip(named).collect()
}

/// The top-level folder all uses of a type stand in.
fn home(context: &Context<'_>, at: usize) -> Option<usize> {
    let tops = context.uses.tops.get(at)?;
    if tops.len() == 1 { tops.first().copied().flatten() } else { None }
}

/// What wants a name in each top-level folder, `None` being what is shared: handles, then requests, then types.
fn domains(
    context: &Context<'_>,
    homes: &[Option<usize>],
) -> BTreeMap<Option<usize>, Vec<Nameable>> {
    let handles = context.tops.iter().enumerate();
    let handles = handles.map(|(at, top)| (Some(*top), Nameable::Handle(at)));
    let requests = context.api.operations.iter().enumerate();
    let requests = requests.map(|(at, it)| (top_of(it, context.tops), Nameable::Request(at)));
    let types = homes.iter().enumerate().map(|(at, home)| (*home, Nameable::Type(at)));
    let mut domains: BTreeMap<Option<usize>, Vec<Nameable>> = BTreeMap::new();
    for (domain, nameable) in handles.chain(requests).chain(types) {
        domains.entry(domain).or_default().push(nameable);
    }
    domains
}

fn entry(context: &Context<'_>, nameable: Nameable) -> Entry {
    match nameable {
        Nameable::Handle(at) => {
            Entry { lock: held::type_of(&context.held.groups, at), ..handle(context, at) }
        }
        Nameable::Request(at) => {
            Entry { lock: held::type_of(&context.held.operations, at), ..request(context, at) }
        }
        Nameable::Type(at) => {
            let lock = held::name_of(&context.held.types, at);
            Entry { lock, ..definitions::entry(context, at) }
        }
    }
}

/// All that something may be called; nothing for what has them in its entry.
fn candidates(context: &Context<'_>, nameable: Nameable) -> Vec<String> {
    match nameable {
        Nameable::Handle(_) => Vec::new(),
        Nameable::Request(at) => {
            let found = context.api.operations.get(at).zip(context.parsed.get(at));
            let found = found.map(|(operation, parsed)| requests(context, operation, parsed));
            found.into_iter().flatten().collect()
        }
        Nameable::Type(at) => definitions::candidates(context, at).collect(),
    }
}

fn handle(context: &Context<'_>, at: usize) -> Entry {
    let Some(group) = context.api.groups.get(at) else { return Entry::default() };
    let mut lists = said_with_parents(group);
    let alone = [lists.last().cloned().unwrap_or_default(), vec!["api".to_owned()]].concat();
    lists.push(alone);
    let candidates = lists.iter().filter_map(|list| words::camel(list)).collect();
    let key = group.trail.join(" › ");
    Entry { key, rank: definitions::HANDLE, candidates, ..Entry::default() }
}

/// The words of a folder's names, from the outside in.
pub(super) fn trail(group: &Group) -> Vec<String> {
    group.trail.iter().flat_map(|name| words::split(&title::folder(name))).collect()
}

fn request(context: &Context<'_>, at: usize) -> Entry {
    let Some((operation, parsed)) = context.api.operations.get(at).zip(context.parsed.get(at))
    else {
        return Entry::default();
    };
    let candidates = requests(context, operation, parsed).take(1).collect();
    let key = operation.key.to_string();
    let rank = definitions::REQUEST + parsed.phrase.rank();
    Entry { key, rank, candidates, suffix: REQUEST, ..Entry::default() }
}

/// What the types of all requests end with.
const REQUEST: &str = "Request";

/// What the type of a request may be called: as it is said, then with the folders around it.
fn requests<'a>(
    context: &Context<'a>,
    operation: &'a Operation,
    parsed: &'a ParsedName,
) -> impl Iterator<Item = String> + use<'a> {
    let request = |list: Vec<String>| {
        let list = words::once(&list);
        let brief = words::brief(&list, 0, words::BRIEF - REQUEST.len());
        [brief, list].into_iter().filter_map(|list| words::camel_with(&list, REQUEST))
    };
    let trail = operation.group.and_then(|id| context.trails.get(id.0));
    let trail = trail.map(Vec::as_slice).unwrap_or_default();
    let around = move || parsed.wordings(operation).map(|it| [&it.alone[..], trail].concat());
    let around = iter::once_with(around).flatten();
    iter::once_with(|| parsed.said.alone.clone()).chain(around).flat_map(request)
}
