//! Which file holds what, and the questions about types that need the whole graph.

use super::pages::pages;
use super::slots;
use crate::api::{
    Api, Body, CredentialId, GroupId, OperationId, Presence, Response, Struct, Type, TypeId,
    TypeKind, Types,
};
use crate::name::Names;
use std::collections::{BTreeMap, BTreeSet};

/// A module's path from the crate's root.
pub(crate) type ModulePath = Vec<String>;

/// What stands where.
#[derive(Clone, Debug, Default)]
pub(crate) struct Layout {
    /// All modules but the crate's root and `client`.
    pub(crate) modules: BTreeMap<ModulePath, Contents>,
    /// Operations of each group, or of the client itself, in order.
    pub(crate) operations: BTreeMap<Option<GroupId>, Vec<OperationId>>,
    /// Handles that the client (`None`) or another handle gives.
    pub(crate) accessors: BTreeMap<Option<GroupId>, Vec<GroupId>>,
    /// Types that callers build: these have constructors and setters.
    pub(crate) built: BTreeSet<TypeId>,
    /// Edges on a cycle, from a type to another that it holds directly: these are boxed.
    pub(crate) boxed: BTreeSet<(TypeId, TypeId)>,
    /// Structs that are sent as `application/x-www-form-urlencoded`.
    pub(crate) forms: BTreeSet<TypeId>,
    /// Structs that are sent as `multipart/form-data`.
    pub(crate) multiparts: BTreeSet<TypeId>,
    /// Types of other modules that each folder's operations reach: the folder shows them too, so that a path holds when a second folder comes to use a type.
    pub(crate) borrowed: BTreeMap<ModulePath, BTreeSet<TypeId>>,
    /// The cargo feature of each top-level module that has one.
    pub(crate) features: BTreeMap<String, String>,
    /// Listings that are walked page by page.
    pub(crate) paged: BTreeSet<OperationId>,
    /// The credential that most operations take, more than half of all.
    pub(crate) credential: Option<CredentialId>,
    /// Operations whose requests have a type: there is something to set, or pages to walk through.
    pub(crate) requests: BTreeSet<OperationId>,
}

/// What stands in a module.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Contents {
    /// Handles.
    pub(crate) groups: Vec<GroupId>,
    /// Types.
    pub(crate) types: Vec<TypeId>,
    /// Names of the modules inside.
    pub(crate) children: BTreeSet<String>,
}

impl Layout {
    /// Lays out the crate.
    pub(crate) fn new(api: &Api, names: &Names) -> Self {
        let (boxed, credential) = (cycles(&api.types), usual_credential(api));
        let mut layout = Self { boxed, credential, ..Self::default() };
        for (at, operation) in api.operations.iter().enumerate() {
            layout.operations.entry(operation.group).or_default().push(OperationId(at));
        }
        layout.place_groups(names);
        layout.collect_requests(api);
        for (at, own) in names.types.iter().enumerate() {
            layout.contents(&own.module).types.push(TypeId(at));
        }
        layout.collect_built(api);
        layout.collect_borrowed(api, names);
        layout
    }

    fn collect_requests(&mut self, api: &Api) {
        for (at, operation) in api.operations.iter().enumerate() {
            let is_paged = pages(api, operation).is_some();
            self.paged.extend(is_paged.then_some(OperationId(at)));
            let has_type = is_paged || slots::has_setters(operation);
            self.requests.extend(has_type.then_some(OperationId(at)));
        }
    }

    fn collect_borrowed(&mut self, api: &Api, names: &Names) {
        let mut roots: BTreeMap<ModulePath, Vec<TypeId>> = BTreeMap::new();
        for operation in &api.operations {
            let group = operation.group.and_then(|id| names.groups.get(id.0));
            let Some(top) = group.and_then(|own| own.module.first()) else { continue };
            let open = roots.entry(vec![top.clone()]).or_default();
            match &operation.body {
                Some(Body::Json { ty, .. }) => named(ty, open),
                Some(Body::Form { ty, .. } | Body::Multipart { ty, .. }) => open.push(*ty),
                Some(Body::GraphQl { variables: Some(ty), .. }) => named(ty, open),
                Some(Body::GraphQl { variables: None, .. }) => {}
                Some(Body::Text { .. } | Body::Bytes { .. }) | None => {}
            }
            if let Response::Json { ty, .. } = &operation.response {
                named(ty, open);
            }
        }
        for (module, mut open) in roots {
            let mut seen = BTreeSet::new();
            while let Some(id) = open.pop() {
                if seen.insert(id) {
                    parts(&api.types, id).into_iter().for_each(|ty| named(ty, &mut open));
                }
            }
            let elsewhere = |id: &TypeId| {
                let own = names.types.get(id.0).map(|own| &own.module);
                own.is_some_and(|own| own.first() != module.first())
            };
            seen.retain(elsewhere);
            self.borrowed.insert(module, seen);
        }
    }

    /// Groups without operations, of their own or of nested handles, have no handle.
    fn place_groups(&mut self, names: &Names) {
        let mut used: BTreeSet<GroupId> = self.operations.keys().copied().flatten().collect();
        let groups = || names.groups.iter().enumerate();
        for (at, own) in groups().rev() {
            if used.contains(&GroupId(at)) {
                used.extend(own.parent);
            }
        }
        for (at, own) in groups() {
            let id = GroupId(at);
            if used.contains(&id) {
                self.contents(&own.module).groups.push(id);
                self.accessors.entry(own.parent).or_default().push(id);
                if let Some(top) = own.module.first() {
                    self.features.insert(top.clone(), own.feature.clone());
                }
            }
        }
    }

    /// Whether a group has a handle.
    pub(crate) fn has_handle(&self, id: GroupId) -> bool {
        self.accessors.values().any(|those| those.contains(&id))
    }

    /// The contents of a module, which is made with all modules around it.
    fn contents(&mut self, module: &[String]) -> &mut Contents {
        for depth in 1..module.len() {
            if let (Some(outer), Some(child)) = (module.get(..depth), module.get(depth)) {
                let outer = self.modules.entry(outer.to_vec()).or_default();
                outer.children.insert(child.clone());
            }
        }
        self.modules.entry(module.to_vec()).or_default()
    }

    fn collect_built(&mut self, api: &Api) {
        let mut open = Vec::new();
        for operation in &api.operations {
            let parameters = operation.path_parameters.iter();
            let parameters = parameters.chain(&operation.query).chain(&operation.headers);
            parameters.for_each(|parameter| named(&parameter.ty, &mut open));
            match &operation.body {
                Some(Body::Json { ty, .. }) => named(ty, &mut open),
                Some(Body::GraphQl { variables, .. }) => {
                    variables.iter().for_each(|ty| named(ty, &mut open));
                }
                Some(Body::Form { ty, .. }) => {
                    self.forms.insert(*ty);
                    open.push(*ty);
                }
                Some(Body::Multipart { ty, .. }) => {
                    self.multiparts.insert(*ty);
                    open.push(*ty);
                }
                Some(Body::Text { .. } | Body::Bytes { .. }) | None => {}
            }
        }
        while let Some(id) = open.pop() {
            if self.built.insert(id) {
                parts(&api.types, id).into_iter().for_each(|ty| named(ty, &mut open));
            }
        }
    }
}

/// The types of a type's fields or arms.
pub(crate) fn parts(types: &Types, id: TypeId) -> Vec<&Type> {
    match types.get(id).map(|definition| &definition.kind) {
        Some(TypeKind::Struct(Struct { fields, .. })) => {
            fields.iter().map(|field| &field.ty).collect()
        }
        Some(TypeKind::Union(union)) => union.arms.iter().map(|arm| &arm.ty).collect(),
        Some(TypeKind::Enumeration(_)) | None => Vec::new(),
    }
}

/// Adds the named type inside `ty`.
pub(crate) fn named(ty: &Type, out: &mut Vec<TypeId>) {
    match ty {
        Type::Named(id) => out.push(*id),
        Type::List(inner) | Type::Map(inner) | Type::Nullable(inner) => named(inner, out),
        Type::Unknown | Type::Bool | Type::Integer | Type::Unsigned | Type::Number => {}
        Type::Text | Type::Secret | Type::File => {}
    }
}

/// The named type that a value of `ty` holds within itself, not on the heap.
pub(crate) fn held(ty: &Type) -> Option<TypeId> {
    match ty {
        Type::Named(id) => Some(*id),
        Type::Nullable(inner) => held(inner),
        Type::List(_) | Type::Map(_) | Type::Unknown | Type::Bool | Type::Integer => None,
        Type::Unsigned | Type::Number | Type::Text | Type::Secret | Type::File => None,
    }
}

/// Edges of `held` whose ends reach each other.
fn usual_credential(api: &Api) -> Option<CredentialId> {
    let mut uses: BTreeMap<CredentialId, usize> = BTreeMap::new();
    for id in api.operations.iter().filter_map(|operation| operation.auth) {
        *uses.entry(id).or_default() += 1;
    }
    let (id, count) = uses.into_iter().max_by_key(|(_, count)| *count)?;
    (2 * count > api.operations.len()).then_some(id)
}

fn cycles(types: &Types) -> BTreeSet<(TypeId, TypeId)> {
    let targets =
        |id: TypeId| parts(types, id).into_iter().filter_map(held).collect::<BTreeSet<_>>();
    let mut edges: BTreeMap<TypeId, BTreeSet<TypeId>> =
        types.iter().map(|(id, _)| (id, targets(id))).collect();
    // What lies on no cycle loses all its edges in turn: leaves first.
    loop {
        let leaves: BTreeSet<TypeId> =
            edges.iter().filter(|(_, to)| to.is_empty()).map(|(id, _)| *id).collect();
        if leaves.is_empty() {
            break;
        }
        edges.retain(|id, _| !leaves.contains(id));
        edges.values_mut().for_each(|to| to.retain(|id| !leaves.contains(id)));
    }
    let mut cyclic = BTreeSet::new();
    for (from, to) in &edges {
        for to in to {
            if reaches(&edges, *to, *from) {
                cyclic.insert((*from, *to));
            }
        }
    }
    cyclic
}

fn reaches(edges: &BTreeMap<TypeId, BTreeSet<TypeId>>, from: TypeId, to: TypeId) -> bool {
    let (mut seen, mut open) = (BTreeSet::new(), vec![from]);
    while let Some(id) = open.pop() {
        if id == to {
            return true;
        }
        if seen.insert(id) {
            open.extend(edges.get(&id).into_iter().flatten());
        }
    }
    false
}

/// Whether some field of a struct must be given.
pub(crate) fn has_required(object: &Struct) -> bool {
    object.fields.iter().any(|field| field.presence == Presence::Required)
}
