//! Walking a path like `.identities[].provider` through types, to the fields it ends at.

use crate::api::{Place, Step, Type, TypeId, TypeKind, Types};

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

/// All fields that `path` ends at from `ty` on, each once; several where a union has several shapes. Keys stand in quotes where places print them so; a path that is none is one key.
pub(super) fn spots(types: &Types, ty: &Type, path: &str) -> Vec<Spot> {
    let key = path.strip_prefix('.').unwrap_or(path);
    let steps = Place::steps(path).unwrap_or_else(|| vec![Step::Field(key.to_owned())]);
    let is_value = |step: &Step| matches!(step, Step::Field(_) | Step::Item | Step::Value);
    let steps: Vec<Step> = steps.into_iter().filter(is_value).collect();
    let mut found = Vec::new();
    walk(types, ty, &steps, MAX_UNIONS, &mut found);
    found
}

fn walk(types: &Types, ty: &Type, steps: &[Step], unions: usize, found: &mut Vec<Spot>) {
    match (ty, steps) {
        (Type::List(inner), [Step::Item, rest @ ..])
        | (Type::Map(inner), [Step::Value, rest @ ..]) => {
            walk(types, inner, rest, MAX_UNIONS, found);
        }
        (Type::Nullable(value), _) => walk(types, value, steps, unions, found),
        (Type::Named(id), _) => named(types, *id, steps, unions, found),
        (Type::List(_) | Type::Map(_) | Type::Unknown | Type::Bool | Type::Integer, _) => {}
        (Type::Unsigned | Type::Number | Type::Text | Type::Secret | Type::File, _) => {}
    }
}

fn named(types: &Types, id: TypeId, steps: &[Step], unions: usize, found: &mut Vec<Spot>) {
    match types.get(id).map(|def| &def.kind) {
        Some(TypeKind::Struct(_)) => member(types, id, steps, found),
        Some(TypeKind::Union(union)) => {
            let Some(unions) = unions.checked_sub(1) else { return };
            union.arms.iter().for_each(|arm| walk(types, &arm.ty, steps, unions, found));
        }
        Some(TypeKind::Enumeration(_)) | None => {}
    }
}

/// The field that the first steps name, and what is inside it. Keys may hold dots and brackets, and people write them without quotes, so the longest key comes first.
fn member(types: &Types, id: TypeId, steps: &[Step], found: &mut Vec<Spot>) {
    let Some(TypeKind::Struct(object)) = types.get(id).map(|def| &def.kind) else { return };
    let [Step::Field(first), others @ ..] = steps else { return };
    for taken in (1..=steps.len()).rev() {
        let (Some(own), Some(rest)) = (steps.get(..taken), steps.get(taken..)) else { continue };
        let key = written(own);
        let Some(field) = object.fields.iter().find(|field| field.key == key) else { continue };
        let before = found.len();
        match rest {
            [] => push(found, Spot { owner: id, key, exists: true }),
            [_, ..] => walk(types, &field.ty, rest, MAX_UNIONS, found),
        }
        if found.len() > before {
            return;
        }
    }
    if others.is_empty() {
        push(found, Spot { owner: id, key: first.clone(), exists: false });
    }
}

fn push(found: &mut Vec<Spot>, spot: Spot) {
    if !found.contains(&spot) {
        found.push(spot);
    }
}

/// A key as people write it without quotes: `ids[]`, `x.api.key`.
fn written(steps: &[Step]) -> String {
    let mut key = String::new();
    for step in steps {
        match step {
            Step::Field(name) if key.is_empty() => key.push_str(name),
            Step::Field(name) => key.extend([".", name]),
            Step::Item => key.push_str("[]"),
            Step::Value => key.push_str("{}"),
            Step::Object | Step::Arm | Step::Twin => {}
        }
    }
    key
}
