//! How the types of one place of both clients relate: in Rust, and in the values they admit.

use super::{Direction, Review, Side, Verdict};
use crate::api::{GroupId, OperationId, Type, TypeId, TypeKind};

/// How the new type of a place relates to the old one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Relation {
    /// Both are one Rust type.
    pub(super) is_same: bool,
    /// It refuses values that the old one admits.
    pub(super) is_narrowed: bool,
    /// It admits values that the old one refuses.
    pub(super) is_broadened: bool,
}

impl Relation {
    /// Nothing changed.
    pub(super) const SAME: Self = Self { is_same: true, is_narrowed: false, is_broadened: false };

    /// Whether anything changed.
    pub(super) fn is_change(self) -> bool {
        self != Self::SAME
    }

    /// On the wire: what callers send must still be admitted, and what they get must be no more than they know.
    pub(super) fn wire(self, direction: Direction) -> Verdict {
        let sent = direction.is_request() && self.is_narrowed;
        Verdict::breaking_if(sent || (direction.is_response() && self.is_broadened))
    }

    /// In a caller's code.
    pub(super) fn source(self) -> Verdict {
        Verdict::breaking_if(!self.is_same)
    }
}

/// Sets of JSON values, a bit a kind.
mod values {
    pub(super) const NULL: u16 = 1;
    pub(super) const BOOL: u16 = 1 << 1;
    pub(super) const NEGATIVE: u16 = 1 << 2;
    pub(super) const NATURAL: u16 = 1 << 3;
    pub(super) const LARGE: u16 = 1 << 4;
    pub(super) const FRACTION: u16 = 1 << 5;
    pub(super) const TEXT: u16 = 1 << 6;
    pub(super) const FILE: u16 = 1 << 7;
    pub(super) const LIST: u16 = 1 << 8;
    pub(super) const OBJECT: u16 = 1 << 9;
}

impl Side<'_> {
    /// The kinds of values that a type admits; nothing of one of which nothing is known.
    fn values(&self, ty: &Type) -> Option<u16> {
        Some(match ty {
            Type::Unknown => return None,
            Type::Bool => values::BOOL,
            Type::Integer => values::NEGATIVE | values::NATURAL,
            Type::Unsigned => values::NATURAL | values::LARGE,
            Type::Number => values::NEGATIVE | values::NATURAL | values::LARGE | values::FRACTION,
            Type::Text | Type::Secret => values::TEXT,
            Type::File => values::FILE,
            Type::List(_) => values::LIST,
            Type::Map(_) => values::OBJECT,
            Type::Nullable(inner) => self.values(inner)? | values::NULL,
            Type::Named(id) => return self.named(*id),
        })
    }

    fn named(&self, id: TypeId) -> Option<u16> {
        match &self.api.types.get(id)?.kind {
            TypeKind::Struct(_) => Some(values::OBJECT),
            TypeKind::Enumeration(_) => Some(values::TEXT),
            // An arm is no union, so that this ends.
            TypeKind::Union(union) => union.arms.iter().try_fold(0, |all, arm| match arm.ty {
                Type::Named(inner) if inner == id => Some(all),
                _ => Some(all | self.values(&arm.ty)?),
            }),
        }
    }

    /// A type as it stands in Rust.
    pub(super) fn rust(&self, ty: &Type) -> String {
        match ty {
            Type::Unknown => "Value".to_owned(),
            Type::Bool => "bool".to_owned(),
            Type::Integer => "i64".to_owned(),
            Type::Unsigned => "u64".to_owned(),
            Type::Number => "f64".to_owned(),
            Type::Text => "String".to_owned(),
            Type::Secret => "Secret".to_owned(),
            Type::File => "FilePart".to_owned(),
            Type::List(inner) => format!("Vec<{}>", self.rust(inner)),
            Type::Map(inner) => format!("BTreeMap<String, {}>", self.rust(inner)),
            Type::Nullable(inner) => format!("Option<{}>", self.rust(inner)),
            Type::Named(id) => self.path(*id).to_owned(),
        }
    }

    /// The path of a type from the crate's root.
    pub(super) fn path(&self, id: TypeId) -> &str {
        let paths = self.exports.paths.get(id.0);
        paths.and_then(|paths| paths.first()).map_or("?", String::as_str)
    }

    /// The accessors that lead to a folder: `users().roles()`.
    pub(super) fn accessors(&self, group: Option<GroupId>) -> String {
        let accessors = self.names.accessors(group).into_iter();
        accessors.map(|accessor| format!("{accessor}()")).collect::<Vec<_>>().join(".")
    }

    /// An operation's method with the accessors before it: `users().get`.
    pub(super) fn call(&self, id: OperationId) -> String {
        let operation = self.api.operations.get(id.0).zip(self.names.operations.get(id.0));
        let Some((operation, own)) = operation else { return String::new() };
        match self.accessors(operation.group) {
            outer if outer.is_empty() => own.method.clone(),
            outer => format!("{outer}.{}", own.method),
        }
    }
}

impl Review<'_> {
    /// How the types of one place relate. What named types hold is compared where they are.
    pub(super) fn relate(&self, old: &Type, new: &Type) -> Relation {
        match (old, new) {
            (Type::List(old), Type::List(new))
            | (Type::Map(old), Type::Map(new))
            | (Type::Nullable(old), Type::Nullable(new)) => self.relate(old, new),
            (Type::Named(old), Type::Named(new)) => {
                Relation { is_same: self.types.is_same(*old, *new), ..Relation::SAME }
            }
            (old, new) => {
                let (left, right) = (self.old.values(old), self.new.values(new));
                // Nothing follows from what is not known.
                let (left, right) = left.zip(right).unwrap_or_default();
                Relation {
                    is_same: old == new,
                    is_narrowed: left & !right != 0,
                    is_broadened: right & !left != 0,
                }
            }
        }
    }

    /// How the values of two types of different kinds relate.
    pub(super) fn kinds(&self, old: TypeId, new: TypeId) -> Relation {
        let (left, right) = self.old.named(old).zip(self.new.named(new)).unwrap_or_default();
        let (is_narrowed, is_broadened) = (left & !right != 0, right & !left != 0);
        Relation { is_same: false, is_narrowed, is_broadened }
    }

    /// How two optional types relate, of which one may be missing: what is missing is as unknown.
    pub(super) fn relate_known(&self, old: Option<&Type>, new: Option<&Type>) -> Relation {
        let of = |ty: Option<&Type>| ty.cloned().unwrap_or(Type::Unknown);
        match (old, new) {
            (None, None) => Relation::SAME,
            (old, new) => {
                let relation = self.relate(&of(old), &of(new));
                Relation { is_same: relation.is_same && old.is_some() == new.is_some(), ..relation }
            }
        }
    }
}
