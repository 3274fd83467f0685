//! Walking a path like `.identities[].provider` through types, to the fields it ends at.

use crate::api::{Type, TypeId, TypeKind, Types};

/// Most unions directly inside each other; a union of itself must not be walked for ever.
const MAX_UNIONS: usize = 8;

/// A field that a path ends at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Spot {
    /// The struct.
    pub(super) owner: TypeId,
    /// The field's key.
    pub(super) key: String,
    /// Whether the struct has it.
    pub(super) exists: bool,
}

/// All fields that `path` ends at from `ty` on, each once; several where a union has several shapes.
pub(super) fn spots(types: &Types, ty: &Type, path: &str) -> Vec<Spot> {
    let mut found = Vec::new();
    walk(types, ty, path, MAX_UNIONS, &mut found);
    found
}

fn walk(types: &Types, ty: &Type, path: &str, unions: usize, found: &mut Vec<Spot>) {
    match ty {
        Type::List(item) => inside(types, item, path.strip_prefix("[]"), found),
        Type::Map(value) => inside(types, value, path.strip_prefix("{}"), found),
        Type::Nullable(value) => walk(types, value, path, unions, found),
        Type::Named(id) => named(types, *id, path, unions, found),
        Type::Unknown | Type::Bool | Type::Integer | Type::Unsigned | Type::Number => {}
        Type::Text | Type::Secret | Type::File => {}
    }
}

fn inside(types: &Types, ty: &Type, path: Option<&str>, found: &mut Vec<Spot>) {
    if let Some(path) = path {
        walk(types, ty, path, MAX_UNIONS, found);
    }
}

fn named(types: &Types, id: TypeId, path: &str, unions: usize, found: &mut Vec<Spot>) {
    match types.get(id).map(|def| &def.kind) {
        Some(TypeKind::Struct(_)) => {
            if let Some(key) = path.strip_prefix('.').filter(|key| !key.is_empty()) {
                member(types, id, key, found);
            }
        }
        Some(TypeKind::Union(union)) => {
            let Some(unions) = unions.checked_sub(1) else { return };
            union.arms.iter().for_each(|arm| walk(types, &arm.ty, path, unions, found));
        }
        Some(TypeKind::Enumeration(_)) | None => {}
    }
}

/// The field called `key`, or the field that `key` begins with and what is inside it. Keys may hold dots, so the whole key comes first.
fn member(types: &Types, id: TypeId, key: &str, found: &mut Vec<Spot>) {
    let Some(TypeKind::Struct(object)) = types.get(id).map(|def| &def.kind) else { return };
    let exists = object.fields.iter().any(|field| field.key == key);
    if !exists {
        for field in &object.fields {
            let rest = key.strip_prefix(field.key.as_str());
            let Some(rest) = rest.filter(|rest| rest.starts_with(['.', '[', '{'])) else {
                continue;
            };
            let before = found.len();
            walk(types, &field.ty, rest, MAX_UNIONS, found);
            if found.len() > before {
                return;
            }
        }
    }
    let spot = Spot { owner: id, key: key.to_owned(), exists };
    let is_name = exists || !key.contains(['.', '[', '{']);
    if is_name && !found.contains(&spot) {
        found.push(spot);
    }
}
