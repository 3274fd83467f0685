//! Which modules are printed as they were: what of two APIs is the same, and what hangs on what is not.
//!
//! In: the emission of one API and that of another edition of it. Out: a yes or no for each part. Whatever is not looked at here must be equal as a whole, so that a part is printed once too often rather than once too seldom; places in the text of the collection alone are nothing that a module says.

use super::layout::{Contents, Layout, ModulePath, named, parts};
use super::{Crate, Emission};
use crate::api::{Api, Body, Operation, OperationId, TypeId, Types};
use crate::name::Names;
use std::collections::BTreeSet;

/// Whether each part of `new` is printed as in `old`; the first, which tells of the whole, never is.
pub(super) fn kept(old: &Emission<'_>, new: &Emission<'_>) -> Vec<bool> {
    let mut kept = vec![false; new.parts()];
    if old.source != new.source || !is_same_frame(&old.of, &new.of) {
        return kept;
    }
    let changed = Changed::new(&old.of, &new.of);
    for (kept, path) in kept.iter_mut().skip(1).zip(&new.modules) {
        let (before, now) = (&old.of.layout, &new.of.layout);
        let is_laid_out_alike = before.modules.get(path) == now.modules.get(path)
            && before.borrowed.get(path) == now.borrowed.get(path);
        let contents = now.modules.get(path);
        *kept = is_laid_out_alike && !contents.is_some_and(|it| changed.touches(now, path, it));
    }
    kept
}

/// Whether all is the same that no module has for itself, and everything has the number it had.
fn is_same_frame(old: &Crate<'_>, new: &Crate<'_>) -> bool {
    is_same_api(old.api, new.api)
        && is_same_client(old.names, new.names)
        && is_same_layout(&old.layout, &new.layout)
}

fn is_same_api(old: &Api, new: &Api) -> bool {
    // All of it: whatever an API gains has to be decided on here.
    let Api { title, docs, variables, servers, credentials, groups, operations, types } = old;
    let is_same = |(a, b): (&Operation, &Operation)| a.key == b.key && a.group == b.group;
    *title == new.title
        && *docs == new.docs
        && *variables == new.variables
        && *servers == new.servers
        && *credentials == new.credentials
        && *groups == new.groups
        && operations.len() == new.operations.len()
        && operations.iter().zip(&new.operations).all(is_same)
        && types.0.len() == new.types.0.len()
}

fn is_same_client(old: &Names, new: &Names) -> bool {
    let Names { package, version, license, repository, keywords, categories, .. } = old;
    let Names { variables, servers, credentials, groups, operations, types, aliases, .. } = old;
    let is_same_package = *package == new.package
        && *version == new.version
        && *license == new.license
        && *repository == new.repository
        && *keywords == new.keywords
        && *categories == new.categories;
    // A further path to something says its name, wherever that path leads from.
    let is_led_to = aliases.is_empty() || *operations == new.operations && *types == new.types;
    is_same_package
        && *variables == new.variables
        && *servers == new.servers
        && *credentials == new.credentials
        && *groups == new.groups
        && *aliases == new.aliases
        && is_led_to
}

fn is_same_layout(old: &Layout, new: &Layout) -> bool {
    let Layout { operations, accessors, features, credential, .. } = old;
    *operations == new.operations
        && *accessors == new.accessors
        && *features == new.features
        && *credential == new.credential
}

/// What is not as it was, with all that shows it.
struct Changed {
    types: Vec<bool>,
    operations: Vec<bool>,
}

impl Changed {
    fn new(old: &Crate<'_>, new: &Crate<'_>) -> Self {
        let types = changed_types(old, new);
        let (before, now) = (&old.layout, &new.layout);
        let mut operations: Vec<bool> = vec![false; new.api.operations.len()];
        let own = operations.iter_mut().zip(old.api.operations.iter().zip(&new.api.operations));
        for (changed, (one, other)) in own {
            *changed = !is_same_call(one, other)
                || shown(other).iter().any(|id| types.get(id.0).is_none_or(|it| *it));
        }
        let names = old.names.operations.iter().zip(&new.names.operations);
        for (changed, (one, other)) in operations.iter_mut().zip(names) {
            *changed |= one != other;
        }
        let lists = [(&before.paged, &now.paged), (&before.requests, &now.requests)];
        for OperationId(at) in lists.iter().flat_map(|(one, other)| one.symmetric_difference(other))
        {
            operations.get_mut(*at).into_iter().for_each(|it| *it = true);
        }
        Self { types, operations }
    }

    fn has_type(&self, id: TypeId) -> bool {
        self.types.get(id.0).is_none_or(|it| *it)
    }

    /// Whether a module shows anything of it.
    fn touches(&self, layout: &Layout, path: &ModulePath, contents: &Contents) -> bool {
        let borrowed = layout.borrowed.get(path).into_iter().flatten();
        let groups = contents.groups.iter().map(|id| layout.operations.get(&Some(*id)));
        let is_changed = |id: &OperationId| self.operations.get(id.0).is_none_or(|it| *it);
        contents.types.iter().chain(borrowed).any(|id| self.has_type(*id))
            || groups.flatten().flatten().any(is_changed)
    }
}

/// Whether two operations are the same wherever they stand in the collection's text.
fn is_same_call(old: &Operation, new: &Operation) -> bool {
    let Operation { key, origin: _, name, docs, group, method, server, path, .. } = old;
    let Operation { path_parameters, query, query_order, api_key_position, headers, .. } = old;
    let Operation { auth, body, omit_content_type, response, error, pagination, .. } = old;
    let Operation { deprecated, scopes, .. } = old;
    let is_same_request = *path_parameters == new.path_parameters
        && *query == new.query
        && *query_order == new.query_order
        && *api_key_position == new.api_key_position
        && *headers == new.headers
        && *auth == new.auth
        && *body == new.body
        && *omit_content_type == new.omit_content_type;
    let is_same_answer =
        *response == new.response && *error == new.error && *pagination == new.pagination;
    let is_said_alike = *key == new.key
        && *name == new.name
        && *docs == new.docs
        && *deprecated == new.deprecated
        && *scopes == new.scopes;
    let is_sent_alike =
        *group == new.group && *method == new.method && *server == new.server && *path == new.path;
    is_same_request && is_same_answer && is_said_alike && is_sent_alike
}

/// The named types that an operation takes and gives.
fn shown(operation: &Operation) -> Vec<TypeId> {
    let mut shown = Vec::new();
    let parameters = operation.path_parameters.iter().chain(&operation.query);
    let parameters = parameters.chain(&operation.headers).map(|parameter| &parameter.ty);
    let answers = operation.response.decoded().map(|(ty, _)| ty);
    let types = parameters.chain(answers).chain(&operation.error);
    types.for_each(|ty| named(ty, &mut shown));
    match &operation.body {
        Some(Body::Json { ty, .. } | Body::GraphQl { variables: Some(ty), .. }) => {
            named(ty, &mut shown);
        }
        Some(Body::Form { ty, .. } | Body::Multipart { ty, .. }) => shown.push(*ty),
        Some(Body::Text { .. } | Body::Bytes { .. } | Body::GraphQl { variables: None, .. })
        | None => {}
    }
    shown
}

/// The types that are not as they were, or hold one that is not.
fn changed_types(old: &Crate<'_>, new: &Crate<'_>) -> Vec<bool> {
    let definitions = old.api.types.0.iter().zip(&new.api.types.0);
    let names = old.names.types.iter().zip(&new.names.types);
    let mut changed: Vec<bool> =
        definitions.zip(names).map(|(of, named)| of.0 != of.1 || named.0 != named.1).collect();
    changed.resize(new.api.types.0.len(), true);
    let (before, now) = (&old.layout, &new.layout);
    let sets = [
        (&before.built, &now.built),
        (&before.forms, &now.forms),
        (&before.multiparts, &now.multiparts),
    ];
    let flagged = sets.iter().flat_map(|(one, other)| one.symmetric_difference(other)).copied();
    let boxed = before.boxed.symmetric_difference(&now.boxed).map(|(from, _)| *from);
    for TypeId(at) in flagged.chain(boxed) {
        changed.get_mut(at).into_iter().for_each(|it| *it = true);
    }
    spread(&new.api.types, &mut changed);
    changed
}

/// Marks all that holds what is marked, at any depth.
fn spread(types: &Types, changed: &mut [bool]) {
    let mut holders: Vec<Vec<usize>> = vec![Vec::new(); changed.len()];
    for (id, _) in types.iter() {
        let mut held = Vec::new();
        parts(types, id).into_iter().for_each(|ty| named(ty, &mut held));
        for TypeId(at) in held {
            holders.get_mut(at).into_iter().for_each(|it| it.push(id.0));
        }
    }
    let marked = changed.iter().enumerate().filter(|(_, is)| **is).map(|(at, _)| at);
    let mut open: Vec<usize> = marked.collect();
    let mut seen: BTreeSet<usize> = open.iter().copied().collect();
    while let Some(at) = open.pop() {
        for holder in holders.get(at).into_iter().flatten() {
            changed.get_mut(*holder).into_iter().for_each(|it| *it = true);
            open.extend(seen.insert(*holder).then_some(*holder));
        }
    }
}
