//! Which types are equal: the coarsest partition in which equal types have equal fields of equal classes.

use super::Merger;
use crate::api::{Field, Nullability, StructRole, Type, TypeKind};
use std::collections::BTreeMap;

/// What a type is, as far as equality goes; named types inside stand as the number of their class.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Signature {
    sort: Sort,
    members: Vec<(String, String)>,
}

/// Types of different sorts are never one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Sort {
    /// A struct at the top of a request.
    Request,
    /// A struct at the top of a failure.
    Error,
    /// Any other struct.
    Record,
    Union,
    Enumeration,
}

/// The classes of equal types among `remaining` that have more than one member, in order.
pub(super) fn classes(merger: &Merger<'_>, remaining: &[usize]) -> Vec<Vec<usize>> {
    let mut class_of: BTreeMap<usize, usize> = remaining.iter().map(|at| (*at, 0)).collect();
    let mut count = 0;
    loop {
        let mut by_signature: BTreeMap<Signature, Vec<usize>> = BTreeMap::new();
        for at in remaining {
            if let Some(signature) = signature(merger, *at, &class_of) {
                by_signature.entry(signature).or_default().push(*at);
            }
        }
        let refined = by_signature.len();
        for (class, members) in by_signature.values().enumerate() {
            class_of.extend(members.iter().map(|at| (*at, class)));
        }
        if refined == count {
            return by_signature.into_values().filter(|members| members.len() > 1).collect();
        }
        count = refined;
    }
}

fn signature(
    merger: &Merger<'_>,
    at: usize,
    class_of: &BTreeMap<usize, usize>,
) -> Option<Signature> {
    let written = |ty: &Type| written(merger, ty, class_of);
    let (sort, mut members) = match &merger.types.get(at)?.kind {
        TypeKind::Struct(object) => {
            let sort = match object.role {
                StructRole::Request => Sort::Request,
                StructRole::Error => Sort::Error,
                StructRole::Response | StructRole::Nested => Sort::Record,
            };
            let member = |field: &Field| {
                let states = states(sort, field);
                (field.key.clone(), format!("{}{states}", written(&field.ty)))
            };
            (sort, object.fields.iter().map(member).collect())
        }
        TypeKind::Union(union) => {
            let arms = union.arms.iter().map(|arm| (String::new(), written(&arm.ty)));
            (Sort::Union, arms.collect())
        }
        TypeKind::Enumeration(enumeration) => {
            let values = enumeration.values.iter().map(|value| (value.clone(), String::new()));
            (Sort::Enumeration, values.collect::<Vec<_>>())
        }
    };
    members.sort();
    Some(Signature { sort, members })
}

/// What of a field tells requests apart: three states, and what a form sends.
fn states(sort: Sort, field: &Field) -> String {
    match sort {
        Sort::Request => {
            let three = field.nullability == Nullability::ThreeState;
            format!(" {three} {:?} {:?}", field.default, field.content_type)
        }
        Sort::Error | Sort::Record | Sort::Union | Sort::Enumeration => String::new(),
    }
}

/// A type as text, with the classes of named types in place of the types.
fn written(merger: &Merger<'_>, ty: &Type, class_of: &BTreeMap<usize, usize>) -> String {
    let inner = |ty: &Type| written(merger, ty, class_of);
    match ty {
        Type::Named(id) => {
            let class = class_of.get(&merger.representative(id.0)).copied().unwrap_or_default();
            format!("#{class}")
        }
        Type::List(item) => format!("[{}]", inner(item)),
        Type::Map(value) => format!("{{{}}}", inner(value)),
        Type::Nullable(value) => format!("{}|null", inner(value)),
        Type::Unknown | Type::Bool | Type::Integer | Type::Unsigned | Type::Number => {
            format!("{ty:?}")
        }
        Type::Text | Type::Secret | Type::File => format!("{ty:?}"),
    }
}
