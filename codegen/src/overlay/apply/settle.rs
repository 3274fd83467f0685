//! Brings a corrected API back into order: types and credentials by key, and nothing that only a dropped thing used.

use crate::api::{
    Api, Body, CredentialId, GroupId, Operation, OperationId, Place, Response, Step, Type, TypeId,
    TypeKind, Types,
};
use std::collections::{BTreeMap, BTreeSet};

/// Leaves out what was dropped and what nothing uses any more, and orders the rest.
pub(super) fn settle(mut api: Api, dropped: &BTreeSet<OperationId>) -> Api {
    let used_before = used_groups(&api);
    let mut index = 0;
    api.operations.retain(|_| {
        index += 1;
        !dropped.contains(&OperationId(index - 1))
    });
    groups(&mut api, &used_before);
    credentials(&mut api);
    types(&mut api);
    api
}

/// Groups that hold operations, themselves or in a group inside.
fn used_groups(api: &Api) -> BTreeSet<GroupId> {
    let mut used = BTreeSet::new();
    for operation in &api.operations {
        let mut group = operation.group;
        while let Some(id) = group.filter(|id| used.insert(*id)) {
            group = api.groups.get(id.0).and_then(|group| group.parent);
        }
    }
    used
}

/// Leaves out the groups whose last operation was dropped.
fn groups(api: &mut Api, used_before: &BTreeSet<GroupId>) {
    let used = used_groups(api);
    let kept = (0..api.groups.len()).map(GroupId);
    let kept = kept.filter(|id| used.contains(id) || !used_before.contains(id));
    let places: BTreeMap<GroupId, GroupId> =
        kept.enumerate().map(|(place, id)| (id, GroupId(place))).collect();
    let mut groups = std::mem::take(&mut api.groups);
    let mut index = 0;
    groups.retain(|_| {
        index += 1;
        places.contains_key(&GroupId(index - 1))
    });
    for group in &mut groups {
        group.parent = group.parent.and_then(|id| places.get(&id).copied());
    }
    api.groups = groups;
    for operation in &mut api.operations {
        operation.group = operation.group.and_then(|id| places.get(&id).copied());
    }
}

fn credentials(api: &mut Api) {
    let used: BTreeSet<CredentialId> = api.operations.iter().filter_map(|it| it.auth).collect();
    let mut kept: Vec<(CredentialId, crate::api::Credential)> =
        std::mem::take(&mut api.credentials)
            .into_iter()
            .enumerate()
            .map(|(index, credential)| (CredentialId(index), credential))
            .filter(|(id, _)| used.contains(id))
            .collect();
    kept.sort_by(|(_, one), (_, other)| one.key.cmp(&other.key));
    let places: BTreeMap<CredentialId, CredentialId> =
        kept.iter().enumerate().map(|(place, (id, _))| (*id, CredentialId(place))).collect();
    api.credentials = kept.into_iter().map(|(_, credential)| credential).collect();
    for operation in &mut api.operations {
        operation.auth = operation.auth.and_then(|id| places.get(&id).copied());
    }
}

/// A definition that took the place of another one, which nothing uses any more, takes its key too (`define` marks it until then).
fn types(api: &mut Api) {
    let used = used_types(api);
    let mut kept: Vec<_> = std::mem::take(&mut api.types.0)
        .into_iter()
        .enumerate()
        .map(|(index, def)| (TypeId(index), def))
        .filter(|(id, _)| used.contains(id))
        .collect();
    let taken: BTreeSet<Place> = kept.iter().map(|(_, def)| def.key.clone()).collect();
    for (_, def) in &mut kept {
        let plain = def.key.without_last(|step| *step == Step::Twin);
        if !taken.contains(&plain) {
            def.key = plain;
        }
    }
    kept.sort_by_cached_key(|(_, def)| def.key.to_string());
    let places: BTreeMap<TypeId, TypeId> =
        kept.iter().enumerate().map(|(place, (id, _))| (*id, TypeId(place))).collect();
    api.types = Types(kept.into_iter().map(|(_, def)| def).collect());
    let mut moved = |id: &mut TypeId| *id = places.get(id).copied().unwrap_or(*id);
    for def in &mut api.types.0 {
        types_of(&mut def.kind).into_iter().for_each(|ty| ids(ty, &mut moved));
    }
    for operation in &mut api.operations {
        operation_ids(operation, &mut moved);
    }
}

/// Types that an operation uses, itself or inside another type.
fn used_types(api: &mut Api) -> BTreeSet<TypeId> {
    let mut open: Vec<TypeId> = Vec::new();
    for operation in &mut api.operations {
        operation_ids(operation, &mut |id| open.push(*id));
    }
    let mut used = BTreeSet::new();
    while let Some(id) = open.pop() {
        if !used.insert(id) {
            continue;
        }
        if let Some(def) = api.types.0.get_mut(id.0) {
            for ty in types_of(&mut def.kind) {
                ids(ty, &mut |id| open.push(*id));
            }
        }
    }
    used
}

fn types_of(kind: &mut TypeKind) -> Vec<&mut Type> {
    match kind {
        TypeKind::Struct(object) => object.fields.iter_mut().map(|field| &mut field.ty).collect(),
        TypeKind::Enumeration(_) => Vec::new(),
        TypeKind::Union(union) => union.arms.iter_mut().map(|arm| &mut arm.ty).collect(),
    }
}

/// Calls `visit` with each id that an operation names.
fn operation_ids(operation: &mut Operation, visit: &mut impl FnMut(&mut TypeId)) {
    let Operation { path_parameters, query, headers, .. } = operation;
    for parameter in path_parameters.iter_mut().chain(query).chain(headers) {
        ids(&mut parameter.ty, visit);
    }
    match &mut operation.body {
        Some(Body::Json { ty, .. } | Body::GraphQl { variables: Some(ty), .. }) => ids(ty, visit),
        Some(Body::Form { ty, .. } | Body::Multipart { ty, .. }) => visit(ty),
        Some(Body::Text { .. } | Body::Bytes { .. } | Body::GraphQl { variables: None, .. }) => {}
        None => {}
    }
    match &mut operation.response {
        Response::Json { ty, .. } => ids(ty, visit),
        Response::Unknown | Response::Empty | Response::Text | Response::Bytes => {}
    }
    operation.error.iter_mut().for_each(|ty| ids(ty, visit));
}

fn ids(ty: &mut Type, visit: &mut impl FnMut(&mut TypeId)) {
    match ty {
        Type::List(inner) | Type::Map(inner) | Type::Nullable(inner) => ids(inner, visit),
        Type::Named(id) => visit(id),
        Type::Unknown | Type::Bool | Type::Integer | Type::Unsigned | Type::Number => {}
        Type::Text | Type::Secret | Type::File => {}
    }
}
