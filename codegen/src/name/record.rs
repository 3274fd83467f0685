//! Names -> the lock that keeps them.
//!
//! In: an API with its names, and what was locked before. Out: the [`Lock`] of the next run. What needs no line has none: a field or parameter that is called exactly what its key says, since nothing else can come to be called so.

use super::held::Held;
use super::keys::{arm_keys, is_own, parameter_key};
use super::lock::{Alias, Kind, Lock, Locked, Path};
use super::template_words::text;
use super::{Aliased, Names, OperationNames};
use crate::api::{Api, Likeness, Operation, Parameter, TypeDef, TypeKind};
use std::collections::{BTreeMap, BTreeSet};

/// The lock of `names`: everything that is there, and what of `held` is gone and in nobody's way.
pub(super) fn record(api: &Api, names: &Names, held: &Held<'_>) -> Lock {
    let mut lock = Lock::default();
    setters(api, names, &mut lock);
    for (group, own) in api.groups.iter().zip(&names.groups) {
        let path = Path { ty: own.handle.clone(), ..below(&own.module) };
        put(&mut lock, Kind::Folder, group.trail.join(" › "), path);
    }
    for (at, (operation, own)) in api.operations.iter().zip(&names.operations).enumerate() {
        let around = operation.group.and_then(|id| names.groups.get(id.0));
        let around = around.map(|it| it.module.clone()).unwrap_or_default();
        let path = Path { around, name: own.method.clone(), ty: own.request.clone() };
        let members = parameters(operation, own);
        let likenesses = likeness(operation, held.operations.get(at).copied().flatten());
        let likenesses = likenesses.into_iter().collect();
        let entry = Locked { path: Some(path), members, likenesses, ..Locked::default() };
        lock.0.insert((Kind::Operation, operation.key.to_string()), entry);
    }
    for (def, own) in api.types.0.iter().zip(&names.types) {
        let ty = own.required.clone().unwrap_or_default();
        let path = Path { around: own.module.clone(), name: own.ident.clone(), ty };
        let members = inside(api, def, &own.members);
        let entry = Locked { path: Some(path), members, ..Locked::default() };
        lock.0.insert((Kind::Type, def.key.to_string()), entry);
    }
    mark(api, names, held, &mut lock);
    keep(held, &mut lock);
    lock
}

/// What the line of a request says it is like: as it did, unless that was another request by now, so that an edit changes no line; nothing of what says nothing.
fn likeness(operation: &Operation, locked: Option<&Locked>) -> Option<Likeness> {
    let now = operation.likeness;
    let had = locked.into_iter().flat_map(|it| &it.likenesses).copied();
    let nearest = had.max_by_key(|it| it.nearness(now));
    let kept = nearest.filter(|it| it.nearness(now) >= Likeness::NEAR);
    Some(kept.unwrap_or(now)).filter(|it| !it.is_nothing())
}

/// Adds where else things are found, and which of them the collection calls otherwise by now.
fn mark(api: &Api, names: &Names, held: &Held<'_>, lock: &mut Lock) {
    let key = |of: Aliased| {
        Some(match of {
            Aliased::Group(id) => (Kind::Folder, api.groups.get(id.0)?.trail.join(" › ")),
            Aliased::Operation(id) => (Kind::Operation, api.operations.get(id.0)?.key.to_string()),
            Aliased::Type(id) => (Kind::Type, api.types.get(id)?.key.to_string()),
        })
    };
    for alias in &names.aliases {
        if let Some(locked) = key(alias.of).and_then(|key| lock.0.get_mut(&key)) {
            let (path, deprecated) = (alias.path.clone(), alias.deprecated.clone());
            locked.aliases.insert(Alias { path, deprecated });
        }
    }
    for of in held.otherwise() {
        if let Some(locked) = key(of).and_then(|key| lock.0.get_mut(&key)) {
            locked.is_renamed = true;
        }
    }
}

/// Adds what is gone, unless its name is another's now.
fn keep(held: &Held<'_>, lock: &mut Lock) {
    let shown = |kind: Kind, path: &Path| match kind {
        Kind::Folder | Kind::Operation => path.shown(Kind::Folder),
        Kind::Type => path.shown(Kind::Type),
        Kind::Credential | Kind::Server | Kind::Variable => format!("client {}", path.name),
    };
    let all = lock.0.iter().filter_map(|((kind, _), it)| Some(shown(*kind, it.path.as_ref()?)));
    let taken: BTreeSet<String> = all.collect();
    for ((kind, key), gone) in &held.gone {
        if gone.path.as_ref().is_none_or(|path| !taken.contains(&shown(*kind, path))) {
            lock.0.entry((*kind, (*key).to_owned())).or_insert_with(|| (*gone).clone());
        }
    }
}

fn setters(api: &Api, names: &Names, lock: &mut Lock) {
    let setter = |name: &String| Path { name: name.clone(), ..Path::default() };
    for (variable, name) in api.variables.iter().zip(&names.variables) {
        put(lock, Kind::Variable, variable.name.clone(), setter(name));
    }
    for (server, name) in api.servers.iter().zip(&names.servers) {
        put(lock, Kind::Server, server.base.written(), setter(name));
    }
    for (credential, own) in api.credentials.iter().zip(&names.credentials) {
        let further =
            [("tokens", &own.tokens), ("temporary", &own.temporary), ("signer", &own.signer)];
        let members =
            further.into_iter().filter_map(|(kind, name)| Some((kind.to_owned(), name.clone()?)));
        let members = members.collect();
        let entry = Locked { path: Some(setter(&own.setter)), members, ..Locked::default() };
        lock.0.insert((Kind::Credential, credential.key.clone()), entry);
    }
}

fn put(lock: &mut Lock, kind: Kind, key: String, path: Path) {
    lock.0.insert((kind, key), Locked { path: Some(path), ..Locked::default() });
}

/// The path of a module's last segment.
fn below(module: &[String]) -> Path {
    let (name, around) = module
        .split_last()
        .map_or_else(Default::default, |(name, around)| (name.clone(), around.to_vec()));
    Path { around, name, ty: String::new() }
}

fn parameters(operation: &Operation, own: &OperationNames) -> BTreeMap<String, String> {
    let lists = [
        ("path", &operation.path_parameters, &own.path),
        ("query", &operation.query, &own.query),
        ("header", &operation.headers, &own.headers),
    ];
    let all = lists.into_iter().flat_map(|(place, list, names)| {
        list.iter().zip(names).map(move |(parameter, name)| (place, parameter, name))
    });
    let has_line = |(place, parameter, name): &(&str, &Parameter, &String)| {
        *place == "header" || !is_own(text(&parameter.name).trim(), name)
    };
    let line = |(place, parameter, name): (&str, &Parameter, &String)| {
        (parameter_key(place, parameter), name.clone())
    };
    all.filter(has_line).map(line).collect()
}

fn inside(api: &Api, def: &TypeDef, names: &[String]) -> BTreeMap<String, String> {
    let keys: Vec<String> = match &def.kind {
        TypeKind::Struct(it) => it.fields.iter().map(|field| field.key.clone()).collect(),
        TypeKind::Enumeration(it) => it.values.clone(),
        TypeKind::Union(it) => arm_keys(api, it),
    };
    let is_struct = matches!(def.kind, TypeKind::Struct(_));
    let all = keys.into_iter().zip(names);
    let lines = all.filter(|(key, name)| !is_struct || !is_own(key, name));
    lines.map(|(key, name)| (key, name.clone())).collect()
}
