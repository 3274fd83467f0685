//! Which type of the old client is which of the new one: both sides of each message, walked in parallel.

use super::pairs::Operations;
use super::spot::Ends;
use super::{Direction, Side};
use crate::api::{
    Body, Operation, OperationId, Parameter, Response, Struct, Type, TypeDef, TypeId, TypeKind,
    Union,
};
use std::collections::{BTreeMap, BTreeSet};

/// Types of both sides.
#[derive(Clone, Debug, Default)]
pub(super) struct Types {
    /// Pairs that stand in one place, in which messages, and an operation that reaches them.
    pub(super) both: BTreeMap<(TypeId, TypeId), Reach>,
    /// Types whose paths are gone, and what they are now.
    pub(super) renamed: BTreeMap<TypeId, TypeId>,
    /// Pairs of which a path of the old type means the new one.
    same: BTreeSet<(TypeId, TypeId)>,
}

/// Where a pair of types stands.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Reach {
    pub(super) direction: Direction,
    pub(super) at: Ends,
}

impl Types {
    /// Whether both are one type to those who name it; what was renamed as a whole is one.
    pub(super) fn is_same(&self, old: TypeId, new: TypeId) -> bool {
        self.same.contains(&(old, new)) || self.renamed.get(&old) == Some(&new)
    }
}

struct Walk<'a> {
    old: &'a Side<'a>,
    new: &'a Side<'a>,
    found: Types,
    open: Vec<(TypeId, TypeId, Reach)>,
}

/// Pairs the types of both sides, from what the operations carry on.
pub(super) fn walk(old: &Side<'_>, new: &Side<'_>, operations: &Operations) -> Types {
    let mut walk = Walk { old, new, found: Types::default(), open: Vec::new() };
    for (left, right) in &operations.both {
        walk.operation(*left, *right);
    }
    walk.close();
    walk.by_path();
    walk.found
}

impl Walk<'_> {
    fn operation(&mut self, left: OperationId, right: OperationId) {
        let old = self.old.api.operations.get(left.0);
        let Some((old, new)) = old.zip(self.new.api.operations.get(right.0)) else { return };
        let at = (Some(left), Some(right));
        let (request, response) = (
            Reach { direction: Direction::Request, at },
            Reach { direction: Direction::Response, at },
        );
        self.types(sent(old).as_ref(), sent(new).as_ref(), request);
        self.types(answered(old), answered(new), response);
        self.types(old.error.as_ref(), new.error.as_ref(), response);
        for (old, new) in old.path_parameters.iter().zip(&new.path_parameters) {
            self.types(Some(&old.ty), Some(&new.ty), request);
        }
        for (old, new) in [(&old.query, &new.query), (&old.headers, &new.headers)] {
            let named = |name: &Parameter| new.iter().find(|it| it.name == name.name);
            for (old, new) in old.iter().filter_map(|old| Some((old, named(old)?))) {
                self.types(Some(&old.ty), Some(&new.ty), request);
            }
        }
        self.close();
    }

    fn types(&mut self, old: Option<&Type>, new: Option<&Type>, reach: Reach) {
        let Some((left, right)) = old.zip(new) else { return };
        let Some((old, new)) = leaf(left).zip(leaf(right)) else { return };
        // A struct is not compared with what stands in a map that came in its place.
        if Self::wraps(left, right) || self.is_one_kind(old, new) {
            self.open.push((old, new, reach));
        }
    }

    /// Whether both types stand in the same lists and maps.
    fn wraps(old: &Type, new: &Type) -> bool {
        match (old, new) {
            (Type::List(old), Type::List(new))
            | (Type::Map(old), Type::Map(new))
            | (Type::Nullable(old), Type::Nullable(new)) => Self::wraps(old, new),
            (Type::Nullable(old), new) => Self::wraps(old, new),
            (old, Type::Nullable(new)) => Self::wraps(old, new),
            (old, new) => matches!((old, new), (Type::Named(_), Type::Named(_))),
        }
    }

    fn is_one_kind(&self, old: TypeId, new: TypeId) -> bool {
        let kinds = self.old.api.types.get(old).zip(self.new.api.types.get(new));
        let of = |it: &TypeDef| std::mem::discriminant(&it.kind);
        kinds.is_some_and(|(old, new)| of(old) == of(new))
    }

    /// Goes on until nothing is left that was not seen in the same direction.
    fn close(&mut self) {
        while let Some((old, new, reach)) = self.open.pop() {
            let known = self
                .found
                .both
                .entry((old, new))
                .or_insert(Reach { at: reach.at, ..Reach::default() });
            let direction = known.direction.and(reach.direction);
            let is_news = known.direction != direction || known.direction == Direction::None;
            if known.direction == direction && !is_news {
                continue;
            }
            let is_first = known.direction == Direction::None;
            known.direction = direction;
            if is_first {
                self.meet(old, new);
            }
            self.inside(old, new, Reach { direction, ..reach });
        }
    }

    fn inside(&mut self, old: TypeId, new: TypeId, reach: Reach) {
        let kinds = self.old.api.types.get(old).zip(self.new.api.types.get(new));
        match kinds.map(|(old, new)| (&old.kind, &new.kind)) {
            Some((TypeKind::Struct(old), TypeKind::Struct(new))) => {
                for (old, new) in fields(old, new) {
                    self.types(Some(old), Some(new), reach);
                }
            }
            Some((TypeKind::Union(left), TypeKind::Union(right))) => {
                for (old, new) in self.arms((old, left), (new, right)) {
                    self.types(Some(&old), Some(&new), reach);
                }
            }
            Some((TypeKind::Struct(_), TypeKind::Union(_) | TypeKind::Enumeration(_)))
            | Some((TypeKind::Union(_), TypeKind::Struct(_) | TypeKind::Enumeration(_)))
            | Some((TypeKind::Enumeration(_), _))
            | None => {}
        }
    }

    /// Arms under variants of one name.
    fn arms(&self, old: (TypeId, &Union), new: (TypeId, &Union)) -> Vec<(Type, Type)> {
        let named = |side: &Side<'_>, (id, union): (TypeId, &Union)| {
            let members = side.names.types.get(id.0).map(|own| own.members.clone());
            let arms = union.arms.iter().map(|arm| arm.ty.clone());
            members.unwrap_or_default().into_iter().zip(arms).collect::<BTreeMap<_, _>>()
        };
        let (old, mut new) = (named(self.old, old), named(self.new, new));
        old.into_iter().filter_map(|(name, old)| Some((old, new.remove(&name)?))).collect()
    }

    /// Decides whether two types that stand in one place are one to those who name them.
    fn meet(&mut self, old: TypeId, new: TypeId) {
        let paths = self.old.exports.paths.get(old.0).into_iter().flatten();
        let means: Vec<TypeId> =
            paths.filter_map(|path| self.new.exports.types.get(path).copied()).collect();
        if means.is_empty() {
            self.found.renamed.entry(old).or_insert(new);
        } else if means.iter().all(|id| *id == new) {
            self.found.same.insert((old, new));
        }
    }

    /// What no message of both sides reaches is compared where its path stayed.
    fn by_path(&mut self) {
        let seen: BTreeSet<TypeId> = self.found.both.keys().map(|(old, _)| *old).collect();
        for (path, old) in &self.old.exports.types {
            if let Some(new) = self.new.exports.types.get(path).filter(|_| !seen.contains(old)) {
                self.found.both.entry((*old, *new)).or_default();
                self.found.same.insert((*old, *new));
            }
        }
    }
}

/// Types of fields of one key.
fn fields<'a>(old: &'a Struct, new: &'a Struct) -> Vec<(&'a Type, &'a Type)> {
    let types: BTreeMap<&str, &Type> =
        new.fields.iter().map(|field| (field.key.as_str(), &field.ty)).collect();
    let pair = |field: &'a crate::api::Field| Some((&field.ty, *types.get(field.key.as_str())?));
    old.fields.iter().filter_map(pair).collect()
}

/// The named type inside lists, maps and what may be null.
pub(super) fn leaf(ty: &Type) -> Option<TypeId> {
    match ty {
        Type::Named(id) => Some(*id),
        Type::List(inner) | Type::Map(inner) | Type::Nullable(inner) => leaf(inner),
        Type::Unknown | Type::Bool | Type::Integer | Type::Unsigned | Type::Number => None,
        Type::Text | Type::Secret | Type::File => None,
    }
}

/// The type of what a request carries, if it has one.
pub(super) fn sent(operation: &Operation) -> Option<Type> {
    match operation.body.as_ref()? {
        Body::Json { ty, .. } => Some(ty.clone()),
        Body::Form { ty, .. } | Body::Multipart { ty, .. } => Some(Type::Named(*ty)),
        Body::GraphQl { variables, .. } => variables.clone(),
        Body::Text { .. } | Body::Bytes { .. } => None,
    }
}

/// The type of a response, if it has one.
pub(super) fn answered(operation: &Operation) -> Option<&Type> {
    match &operation.response {
        Response::Json { ty, .. } => Some(ty),
        Response::Unknown | Response::Empty | Response::Text | Response::Bytes => None,
    }
}
