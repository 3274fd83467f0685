//! ([`Api`], [`Names`]) -> what a user of the emitted crate can name, as far as the names alone do not say it.
//!
//! Asks the emitter's own layout, so that whoever compares two clients sees what their users see.

use super::layout::ModulePath;
use super::pages::pages;
use super::{Crate, aliases};
use crate::api::{Api, GroupId, OperationId, Type, TypeId, TypeKind};
use crate::name::{AliasNames, Aliased, Names};
use std::collections::{BTreeMap, BTreeSet};

/// What a user of the emitted crate can name.
#[derive(Clone, Debug, Default)]
pub struct Exports {
    /// The type that each path means, from the crate's root (`users::User`).
    pub types: BTreeMap<String, TypeId>,
    /// The paths of each type, parallel to the API's types: its own first.
    pub paths: Vec<Vec<String>>,
    /// Types with a constructor and setters.
    pub built: BTreeSet<TypeId>,
    /// Types with `Default`.
    pub default: BTreeSet<TypeId>,
    /// Edges from a type to one that it holds on the heap.
    pub boxed: BTreeSet<(TypeId, TypeId)>,
    /// Operations whose requests have a type of their own.
    pub requests: BTreeSet<OperationId>,
    /// Operations with `pages()` and `items()`, with what these give.
    pub paged: BTreeMap<OperationId, Type>,
    /// Groups with a handle.
    pub handles: BTreeSet<GroupId>,
    /// Cargo features of the folders.
    pub features: BTreeSet<String>,
    /// Methods and accessors under other names, by the module of their handle.
    pub calls: BTreeSet<(Vec<String>, String)>,
    /// The type that `Error::api_error` gives, if it is there.
    pub error: Option<TypeId>,
}

/// What a user of the crate that is emitted of these can name.
#[must_use]
pub fn exports(api: &Api, names: &Names) -> Exports {
    let of = Crate::new(api, names);
    let mut exports = Exports {
        default: api.types.iter().filter_map(|(id, _)| of.has_default(id).then_some(id)).collect(),
        handles: of.layout.accessors.values().flatten().copied().collect(),
        features: features(&of),
        error: of.api_error(),
        ..Exports::default()
    };
    for (at, own) in names.types.iter().enumerate() {
        let path = path(&own.module, &own.ident);
        exports.types.insert(path.clone(), TypeId(at));
        exports.paths.push(vec![path]);
    }
    for (module, borrowed) in &of.layout.borrowed {
        show(&of, module, borrowed, &mut exports);
    }
    for alias in &names.aliases {
        other(&of, alias, &mut exports);
    }
    for alias in &names.aliases {
        module(&of, alias, &mut exports);
    }
    exports.paged = paged(api);
    exports.requests = of.layout.requests;
    exports.built = of.layout.built;
    exports.boxed = of.layout.boxed;
    exports
}

/// Adds the paths under which a module shows types of others: those whose name nothing else in it has.
fn show(of: &Crate<'_>, module: &ModulePath, borrowed: &BTreeSet<TypeId>, exports: &mut Exports) {
    let named = |id: &TypeId| Some((*id, &of.names.types.get(id.0)?.ident));
    let mut count: BTreeMap<&String, usize> = BTreeMap::new();
    borrowed.iter().filter_map(named).for_each(|(_, name)| *count.entry(name).or_default() += 1);
    for (id, name) in borrowed.iter().filter_map(named) {
        if count.get(name) == Some(&1) && !of.is_local(module, name) && !of.is_alias(module, name) {
            let path = path(module, name);
            exports.types.insert(path.clone(), id);
            exports.paths.get_mut(id.0).into_iter().for_each(|paths| paths.push(path.clone()));
        }
    }
}

fn features(of: &Crate<'_>) -> BTreeSet<String> {
    let others = aliases::features(of).map(|(name, _)| name.to_owned());
    of.layout.features.values().cloned().chain(others).collect()
}

/// Adds what is found under another name besides.
fn other(of: &Crate<'_>, alias: &AliasNames, exports: &mut Exports) {
    let around = &alias.path.around;
    if !(around.is_empty() || of.layout.modules.contains_key(around)) || !alias.shows_name {
        return;
    }
    match alias.of {
        Aliased::Type(id) if !around.is_empty() => {
            let path = path(around, &alias.path.name);
            exports.types.insert(path.clone(), id);
            exports.paths.get_mut(id.0).into_iter().for_each(|paths| paths.push(path.clone()));
        }
        Aliased::Type(_) => {}
        Aliased::Group(_) | Aliased::Operation(_) => {
            exports.calls.insert((around.clone(), alias.path.name.clone()));
        }
    }
}

/// Adds the paths of types through another name of their module.
fn module(of: &Crate<'_>, alias: &AliasNames, exports: &mut Exports) {
    let Aliased::Group(id) = alias.of else { return };
    let Some(own) = of.names.groups.get(id.0).filter(|_| alias.shows_name) else { return };
    if !of.layout.has_handle(id) {
        return;
    }
    let (now, then) = (path(&own.module, ""), path(&alias.path.around, &alias.path.name));
    let inside = exports
        .types
        .iter()
        .filter_map(|(path, ty)| Some((format!("{then}::{}", path.strip_prefix(&now)?), *ty)));
    for (path, ty) in inside.collect::<Vec<_>>() {
        exports.types.insert(path.clone(), ty);
        exports.paths.get_mut(ty.0).into_iter().for_each(|paths| paths.push(path.clone()));
    }
}

/// What the pages of listings give.
fn paged(api: &Api) -> BTreeMap<OperationId, Type> {
    let all = api.operations.iter().enumerate();
    all.filter_map(|(at, it)| Some((OperationId(at), pages(api, it)?.item.clone()))).collect()
}

fn path(module: &[String], name: &str) -> String {
    let outer = module.iter().map(|segment| format!("{segment}::"));
    outer.chain([name.to_owned()]).collect()
}

impl Crate<'_> {
    /// Whether the emitted type has `Default`: a struct of which nothing must be given, or whose constructor takes nothing.
    fn has_default(&self, id: TypeId) -> bool {
        match self.api.types.get(id).map(|definition| &definition.kind) {
            Some(TypeKind::Struct(object)) => {
                let takes_nothing = !super::layout::has_required(object);
                object.is_all_optional() || (takes_nothing && self.layout.built.contains(&id))
            }
            Some(TypeKind::Enumeration(_) | TypeKind::Union(_)) | None => false,
        }
    }
}
