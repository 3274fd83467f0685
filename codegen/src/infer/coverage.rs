//! How emitted types would read a value: which leaves land in typed fields, and which are only kept.
//!
//! A model of the emitted decoding over [`Node`], so that the law (every sample decodes and encodes back) can be checked without compiling a client. A leaf is a scalar, `null` included.

use crate::api::{Field, Nullability, Struct, Type, TypeKind, Types};
use crate::json::{Node, Value};

/// Where the leaves of a value land.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Coverage {
    /// All leaves.
    pub leaves: u64,
    /// Those in typed fields.
    pub typed: u64,
    /// Those in maps of free keys.
    pub in_maps: u64,
}

impl Coverage {
    /// Adds `other`.
    pub fn add(&mut self, other: Self) {
        self.leaves += other.leaves;
        self.typed += other.typed;
        self.in_maps += other.in_maps;
    }

    fn typed_leaf() -> Self {
        Self { leaves: 1, typed: 1, in_maps: 0 }
    }

    fn kept(node: &Node) -> Self {
        Self { leaves: leaves(node), typed: 0, in_maps: 0 }
    }

    fn in_map(node: &Node) -> Self {
        Self { in_maps: leaves(node), ..Self::kept(node) }
    }
}

/// Where the leaves of `node` land when it is read as `ty`; `None` where it cannot be read at all.
#[must_use]
pub fn cover(types: &Types, ty: &Type, node: &Node) -> Option<Coverage> {
    match (ty, &node.value) {
        (Type::Unknown, _) => Some(Coverage::kept(node)),
        (Type::Nullable(_), Value::Null) => Some(Coverage::typed_leaf()),
        (Type::Nullable(inner), _) => cover(types, inner, node),
        (Type::Bool, Value::Bool(_)) | (Type::Text | Type::Secret, Value::Text(_)) => {
            Some(Coverage::typed_leaf())
        }
        (Type::Integer | Type::Unsigned | Type::Number, Value::Number(text)) => {
            fits(ty, text).then(Coverage::typed_leaf)
        }
        (Type::List(inner), Value::Array(elements)) => {
            let mut sum = Coverage::default();
            for element in elements {
                sum.add(cover(types, inner, element)?);
            }
            Some(sum)
        }
        (Type::Map(inner), Value::Object(members)) => {
            let all = members.iter().all(|member| cover(types, inner, &member.value).is_some());
            all.then(|| Coverage::in_map(node))
        }
        (Type::Named(id), _) => named(types, &types.get(*id)?.kind, node),
        (Type::Bool | Type::Text | Type::Secret | Type::File, _) => None,
        (Type::Integer | Type::Unsigned | Type::Number | Type::List(_) | Type::Map(_), _) => None,
    }
}

fn named(types: &Types, kind: &TypeKind, node: &Node) -> Option<Coverage> {
    match kind {
        TypeKind::Struct(object) => object_coverage(types, object, node),
        TypeKind::Enumeration(_) => node.text().map(|_| Coverage::typed_leaf()),
        TypeKind::Union(union) => {
            let arms = union.arms.iter().filter_map(|arm| cover(types, &arm.ty, node));
            // The client takes the arm that knows most, the first of several.
            let best = arms.rev().max_by_key(|arm| arm.typed);
            Some(best.unwrap_or_else(|| Coverage::kept(node)))
        }
    }
}

fn object_coverage(types: &Types, object: &Struct, node: &Node) -> Option<Coverage> {
    let mut sum = Coverage::default();
    for (index, member) in node.members()?.iter().enumerate() {
        let rest = node.members()?.get(index + 1..).unwrap_or_default();
        if rest.iter().any(|later| later.key == member.key) {
            continue;
        }
        let field = object.fields.iter().find(|field| field.key == member.key);
        let read = field.and_then(|field| field_coverage(types, field, &member.value));
        sum.add(read.unwrap_or_else(|| Coverage::kept(&member.value)));
    }
    Some(sum)
}

/// `None` is a value that does not fit, which is kept beside the field.
fn field_coverage(types: &Types, field: &Field, node: &Node) -> Option<Coverage> {
    match (field.nullability, &node.value) {
        (Nullability::ThreeState, Value::Null) => Some(Coverage::typed_leaf()),
        (Nullability::Plain, Value::Null) => None,
        (Nullability::ThreeState | Nullability::Plain, _) => cover(types, &field.ty, node),
    }
}

/// Whether a number type holds a number exactly, as far as JSON readers with 64 bits see it.
fn fits(ty: &Type, text: &str) -> bool {
    match ty {
        Type::Integer => text.parse::<i64>().is_ok() && text != "-0",
        Type::Unsigned => text.parse::<u64>().is_ok(),
        _ => text.parse::<f64>().is_ok_and(f64::is_finite),
    }
}

fn leaves(node: &Node) -> u64 {
    match &node.value {
        Value::Array(elements) => elements.iter().map(leaves).sum(),
        Value::Object(members) => members.iter().map(|member| leaves(&member.value)).sum(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Text(_) => 1,
        Value::Variable(_) => 0,
    }
}
