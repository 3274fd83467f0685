//! Types while they are being found: by key, so that the order in which they are found does not matter.

use crate::api::{
    Api, Body, Field, Place, Struct, Type, TypeDef, TypeId, TypeKind, TypeOrigin, Types,
};
use std::collections::BTreeMap;

/// Definitions in the order in which they were found.
#[derive(Debug, Default)]
pub(crate) struct Arena {
    definitions: Vec<TypeDef>,
    by_key: BTreeMap<Place, TypeId>,
}

impl Arena {
    /// The type with this key, where it was found already.
    pub(crate) fn find(&self, key: &Place) -> Option<TypeId> {
        self.by_key.get(key).copied()
    }

    /// Adds a type; a key is only ever given once.
    pub(crate) fn add(
        &mut self,
        key: &Place,
        kind: TypeKind,
        provenance: Vec<TypeOrigin>,
    ) -> TypeId {
        let id = TypeId(self.definitions.len());
        self.by_key.insert(key.clone(), id);
        self.definitions.push(TypeDef {
            key: key.clone(),
            kind,
            docs: crate::docs::Docs::default(),
            provenance,
        });
        id
    }

    /// Puts all types into `api`, ordered by key as it is printed, and points everything to where they went.
    pub(crate) fn finish(self, api: &mut Api) {
        let mut definitions: Vec<_> = self.definitions.into_iter().enumerate().collect();
        definitions.sort_by_cached_key(|(_, definition)| definition.key.to_string());
        let ids = definitions.iter().map(|(id, _)| TypeId(*id)).enumerate();
        let ranks: BTreeMap<TypeId, TypeId> = ids.map(|(rank, id)| (id, TypeId(rank))).collect();
        api.types = Types(definitions.into_iter().map(|(_, definition)| definition).collect());
        visit_ids(api, &mut |id| {
            if let Some(rank) = ranks.get(id) {
                *id = *rank;
            }
        });
    }
}

/// Calls `visit` with each use of a named type.
pub(crate) fn visit_ids(api: &mut Api, visit: &mut impl FnMut(&mut TypeId)) {
    visit_types(api, &mut |ty| {
        if let Type::Named(id) = ty {
            visit(id);
        }
    });
    for operation in &mut api.operations {
        if let Some(Body::Form { ty, .. } | Body::Multipart { ty, .. }) = &mut operation.body {
            visit(ty);
        }
    }
}

/// Calls `visit` with each type of an API, outer ones before what is in them.
fn visit_types(api: &mut Api, visit: &mut impl FnMut(&mut Type)) {
    for definition in &mut api.types.0 {
        match &mut definition.kind {
            TypeKind::Struct(Struct { fields, .. }) => {
                fields.iter_mut().for_each(|Field { ty, .. }| visit_type(ty, visit));
            }
            TypeKind::Enumeration(_) => {}
            TypeKind::Union(union) => {
                union.arms.iter_mut().for_each(|arm| visit_type(&mut arm.ty, visit));
            }
        }
    }
    for operation in &mut api.operations {
        match &mut operation.body {
            Some(Body::Json { ty, .. } | Body::GraphQl { variables: Some(ty), .. }) => {
                visit_type(ty, visit);
            }
            Some(Body::Text { .. } | Body::Bytes { .. } | Body::Form { .. })
            | Some(Body::Multipart { .. } | Body::GraphQl { variables: None, .. })
            | None => {}
        }
        if let crate::api::Response::Json { ty, .. } = &mut operation.response {
            visit_type(ty, visit);
        }
        operation.error.iter_mut().for_each(|ty| visit_type(ty, visit));
    }
}

fn visit_type(ty: &mut Type, visit: &mut impl FnMut(&mut Type)) {
    visit(ty);
    match ty {
        Type::List(inner) | Type::Map(inner) | Type::Nullable(inner) => visit_type(inner, visit),
        Type::Unknown | Type::Bool | Type::Integer | Type::Unsigned | Type::Number => {}
        Type::Text | Type::Secret | Type::File | Type::Named(_) => {}
    }
}
