//! Which records are nearly equal: those under one key that share most of their fields, none of another kind.

use super::{FEWEST_FIELDS, Merger};
use crate::api::{Family, Place, Root, Struct, StructRole, Type, TypeKind};
use std::collections::BTreeMap;

/// Least share of the larger record's fields, in percent, that nearly equal records have in common.
const NEAR_SHARE: usize = 80;

/// On which side of the wire a record was seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Side {
    Request,
    Response,
}

impl Merger<'_> {
    /// Merges nearly equal records under one key, inner ones first; returns whether any was.
    pub(super) fn merge_near(&mut self) -> bool {
        let mut groups: BTreeMap<(String, Side), Vec<usize>> = BTreeMap::new();
        for at in self.remaining() {
            if let Some(under) = self.under(at) {
                groups.entry(under).or_default().push(at);
            }
        }
        let mut groups: Vec<Vec<usize>> =
            groups.into_values().filter(|all| all.len() > 1).collect();
        let heights = self.heights();
        groups.sort_by_key(|group| group.iter().filter_map(|at| heights.get(at)).min());
        let mut merged = false;
        for mut group in groups {
            group.sort_by_key(|at| self.preference(*at));
            merged |= self.merge_alike(&group);
        }
        merged
    }

    fn merge_alike(&mut self, group: &[usize]) -> bool {
        let mut keepers: Vec<usize> = Vec::new();
        let mut merged = false;
        for at in group {
            match keepers.iter().copied().find(|keeper| self.are_near(*keeper, *at)) {
                Some(keeper) if !self.is_apart(*at) && !self.is_apart(keeper) => {
                    self.absorb(keeper, *at);
                    merged = true;
                }
                Some(_) => {}
                None => keepers.push(*at),
            }
        }
        merged
    }

    /// The key that a nested record stands under, and its side.
    fn under(&self, at: usize) -> Option<(String, Side)> {
        let definition = self.types.get(at)?;
        let TypeKind::Struct(Struct { role: StructRole::Nested, .. }) = &definition.kind else {
            return None;
        };
        let side = match &definition.key.root {
            Root::Sent(_) | Root::Request(_) | Root::Form(_) => Side::Request,
            Root::Variables(_) | Root::Parameter(..) => Side::Request,
            Root::Resource(_) | Root::Response(..) | Root::Failure(_) | Root::Errors => {
                Side::Response
            }
        };
        Some((definition.key.field_name()?.to_owned(), side))
    }

    fn are_near(&self, one: usize, other: usize) -> bool {
        let (Some(mine), Some(theirs)) = (self.object(one), self.object(other)) else {
            return false;
        };
        let mut common = 0;
        for field in &mine.fields {
            let Some(same) = theirs.fields.iter().find(|their| their.key == field.key) else {
                continue;
            };
            let equal = |one, other| self.representative(one) == self.representative(other);
            if joined(&field.ty, &same.ty, &equal).is_none() {
                return false;
            }
            common += 1;
        }
        let larger = mine.fields.len().max(theirs.fields.len());
        let smaller = mine.fields.len().min(theirs.fields.len());
        let enough = smaller >= FEWEST_FIELDS || self.family(one) == self.family(other);
        enough && common > 0 && common * 100 >= larger * NEAR_SHARE
    }

    fn family(&self, at: usize) -> Option<Family> {
        self.place(at).and_then(Place::family)
    }

    /// How many records lie inside each other below each type; one that holds itself counts once.
    fn heights(&self) -> BTreeMap<usize, usize> {
        let mut heights = BTreeMap::new();
        for at in self.remaining() {
            self.measure(at, &mut heights);
        }
        heights
    }

    fn measure(&self, at: usize, heights: &mut BTreeMap<usize, usize>) -> usize {
        if let Some(known) = heights.get(&at) {
            return *known;
        }
        heights.insert(at, 0);
        let fields = self.object(at).map(|object| object.fields.as_slice()).unwrap_or_default();
        let inner = fields.iter().filter_map(|field| named(&field.ty));
        let inner = inner.map(|id| 1 + self.measure(self.representative(id), heights)).max();
        heights.insert(at, inner.unwrap_or(0));
        inner.unwrap_or(0)
    }
}

/// The named type that a type is or holds.
pub(super) fn named(ty: &Type) -> Option<usize> {
    match ty {
        Type::Named(id) => Some(id.0),
        Type::List(inner) | Type::Map(inner) | Type::Nullable(inner) => named(inner),
        Type::Unknown | Type::Bool | Type::Integer | Type::Unsigned | Type::Number => None,
        Type::Text | Type::Secret | Type::File => None,
    }
}

/// The type that holds the values of both; `None` if they are of different kinds. `equal` tells whether two named types are one.
pub(super) fn joined(
    one: &Type,
    other: &Type,
    equal: &dyn Fn(usize, usize) -> bool,
) -> Option<Type> {
    let inside = |one: &Type, other: &Type| joined(one, other, equal).map(Box::new);
    match (one, other) {
        (one, other) if one == other => Some(one.clone()),
        (Type::Unknown, known) | (known, Type::Unknown) => Some(known.clone()),
        (Type::Named(one), Type::Named(other)) => {
            equal(one.0, other.0).then_some(Type::Named(*one))
        }
        (Type::List(one), Type::List(other)) => inside(one, other).map(Type::List),
        (Type::Map(one), Type::Map(other)) => inside(one, other).map(Type::Map),
        (Type::Nullable(one), Type::Nullable(other)) => inside(one, other).map(Type::Nullable),
        (Type::Nullable(one), other) | (other, Type::Nullable(one)) => {
            inside(one, other).map(Type::Nullable)
        }
        (one, other) if is_number(one) && is_number(other) => Some(Type::Number),
        _ => None,
    }
}

fn is_number(ty: &Type) -> bool {
    matches!(ty, Type::Integer | Type::Unsigned | Type::Number)
}
