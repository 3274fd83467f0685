//! One concept, one type: records that are equal, or nearly equal under one key, become one type.
//!
//! Works on finished types, so that it knows neither samples nor where they came from. Equal records are one type wherever they stand; nearly equal ones only under the same key and within requests or within responses, so that no request gains a field that only responses showed. The overlay can keep a type apart.

mod classes;
mod near;

use super::arena::visit_ids;
use crate::api::{
    Api, Family, Field, Nullability, Place, Root, Step, Struct, StructRole, Type, TypeDef, TypeId,
    TypeKind,
};
use std::collections::{BTreeMap, BTreeSet};

/// Fewest fields that make equality mean something: two pairs of `id` and `name` are alike by accident.
const FEWEST_FIELDS: usize = 4;

/// Most rounds of merging: a union of fields can make two more records equal, seldom twice.
const MOST_ROUNDS: usize = 4;

/// What became of types that describe more than one place.
#[derive(Debug, Default)]
pub(crate) struct Unified {
    /// The keys of the types that went into each type that is shared.
    pub(crate) shared: BTreeMap<String, Vec<String>>,
    /// The types that were kept apart from an equal one because the overlay says so.
    pub(crate) kept_apart: BTreeSet<String>,
}

/// Types with which of them stands for which.
struct Merger<'a> {
    types: Vec<TypeDef>,
    /// The type that stands for each type; itself if it stands for itself.
    stands_for: Vec<usize>,
    apart: &'a BTreeSet<String>,
    unified: Unified,
}

/// Merges the types of `api`; `apart` are keys of types that stay by themselves.
pub(crate) fn unify(api: &mut Api, apart: &BTreeSet<String>) -> Unified {
    let types = std::mem::take(&mut api.types.0);
    let stands_for = (0..types.len()).collect();
    let mut merger = Merger { types, stands_for, apart, unified: Unified::default() };
    for _ in 0..MOST_ROUNDS {
        let equal = merger.merge_equal();
        let near = merger.merge_near();
        if !equal && !near {
            break;
        }
    }
    merger.finish(api)
}

impl Merger<'_> {
    fn representative(&self, at: usize) -> usize {
        let mut at = at;
        while let Some(next) = self.stands_for.get(at).copied().filter(|next| *next != at) {
            at = next;
        }
        at
    }

    /// The types that stand for themselves.
    fn remaining(&self) -> Vec<usize> {
        (0..self.types.len()).filter(|at| self.representative(*at) == *at).collect()
    }

    /// Whether the overlay keeps a type, or one inside of it, by itself; which it keeps is noted.
    fn is_apart(&mut self, at: usize) -> bool {
        if self.apart.is_empty() {
            return false;
        }
        let key = |at: &usize| self.types.get(*at).map(|definition| definition.key.to_string());
        let keys = self.within(vec![at]).iter().filter_map(key).collect::<Vec<_>>();
        let apart: Vec<_> = keys.into_iter().filter(|key| self.apart.contains(key)).collect();
        let is_apart = !apart.is_empty();
        self.unified.kept_apart.extend(apart);
        is_apart
    }

    /// The types that are used where `open` are: themselves, and what they hold.
    fn within(&self, mut open: Vec<usize>) -> BTreeSet<usize> {
        let mut used = BTreeSet::new();
        while let Some(at) = open.pop() {
            let at = self.representative(at);
            if used.insert(at)
                && let Some(definition) = self.types.get(at)
            {
                open.extend(inner_types(&definition.kind).filter_map(near::named));
            }
        }
        used
    }

    /// Merges the equal types of each class; returns whether any was.
    fn merge_equal(&mut self) -> bool {
        let remaining = self.remaining();
        let mut merged = false;
        for class in classes::classes(self, &remaining) {
            for group in self.mergeable(&class) {
                merged |= self.merge_group(group);
            }
        }
        merged
    }

    /// The members of a class of equal types that are one type.
    fn mergeable(&self, class: &[usize]) -> Vec<Vec<usize>> {
        let large = class.first().and_then(|at| self.object(*at));
        if large.is_some_and(|object| object.fields.len() >= FEWEST_FIELDS) {
            return vec![class.to_vec()];
        }
        let mut groups: BTreeMap<(Option<Family>, Option<&str>), Vec<usize>> = BTreeMap::new();
        for at in class {
            let Some(place) = self.place(*at) else { continue };
            groups.entry((place.family(), place.field_name())).or_default().push(*at);
        }
        groups.into_values().collect()
    }

    fn merge_group(&mut self, mut group: Vec<usize>) -> bool {
        if group.len() < 2 {
            return false;
        }
        group.retain(|at| !self.is_apart(*at));
        group.sort_by_key(|at| self.preference(*at));
        let Some((first, rest)) = group.split_first() else { return false };
        for at in rest {
            self.absorb(*first, *at);
        }
        !rest.is_empty()
    }

    fn place(&self, at: usize) -> Option<&Place> {
        self.types.get(at).map(|definition| &definition.key)
    }

    /// Which of several equal types gives its key: a resource's own record, then what lies least deep, then the least key.
    fn preference(&self, at: usize) -> (bool, usize, String) {
        let Some(place) = self.place(at) else { return (true, 0, String::new()) };
        let is_record = matches!(place.root, Root::Resource(_)) && place.steps == [Step::Object];
        let deep = place.steps.iter().filter(|step| **step != Step::Object).count();
        (!is_record, deep, place.to_string())
    }

    /// Lets `one` stand for `other` too.
    fn absorb(&mut self, one: usize, other: usize) {
        let Some(absorbed) = self.types.get(other).cloned() else { return };
        let Some(keeper) = self.types.get_mut(one) else { return };
        let (key, own) = (keeper.key.to_string(), absorbed.key.to_string());
        for origin in absorbed.provenance {
            if !keeper.provenance.contains(&origin) {
                keeper.provenance.push(origin);
            }
        }
        if keeper.docs.0.is_empty() {
            keeper.docs = absorbed.docs;
        }
        let same_places = inner_pairs(&keeper.kind, &absorbed.kind);
        if let (TypeKind::Struct(mine), TypeKind::Struct(theirs)) =
            (&mut keeper.kind, absorbed.kind)
        {
            join_fields(mine, theirs);
        }
        if let Some(stands_for) = self.stands_for.get_mut(other) {
            *stands_for = one;
        }
        let inner = self.unified.shared.remove(&own).unwrap_or_default();
        let shared = self.unified.shared.entry(key).or_default();
        shared.push(own);
        shared.extend(inner);
        for (mine, theirs) in same_places {
            self.absorb_inner(mine, theirs);
        }
    }

    /// What equal types hold at one place is one type too, however small: nobody else can reach the other.
    fn absorb_inner(&mut self, mine: usize, theirs: usize) {
        let (mine, theirs) = (self.representative(mine), self.representative(theirs));
        if mine != theirs {
            self.absorb(mine, theirs);
        }
    }

    fn object(&self, at: usize) -> Option<&Struct> {
        match &self.types.get(at)?.kind {
            TypeKind::Struct(object) => Some(object),
            TypeKind::Enumeration(_) | TypeKind::Union(_) => None,
        }
    }

    /// Puts the types that are used back, in the order of their keys.
    fn finish(self, api: &mut Api) -> Unified {
        // What a record holds that another one stands for is used by nobody, unless it is equal to what that one holds.
        let mut open = Vec::new();
        visit_ids(api, &mut |id| open.push(id.0));
        let used = self.within(open);
        let ranks: BTreeMap<usize, usize> =
            used.iter().enumerate().map(|(rank, at)| (*at, rank)).collect();
        let to: Vec<Option<usize>> =
            (0..self.types.len()).map(|at| ranks.get(&self.representative(at)).copied()).collect();
        let kept = self.types.into_iter().enumerate();
        let kept = kept.filter(|(at, _)| ranks.contains_key(at));
        api.types.0 = kept.map(|(_, definition)| definition).collect();
        visit_ids(api, &mut |id: &mut TypeId| {
            if let Some(Some(rank)) = to.get(id.0) {
                *id = TypeId(*rank);
            }
        });
        let mut unified = self.unified;
        unified.shared.values_mut().for_each(|keys| keys.sort());
        unified
    }
}

/// The types of fields or arms.
fn inner_types(kind: &TypeKind) -> Box<dyn Iterator<Item = &Type> + '_> {
    match kind {
        TypeKind::Struct(object) => Box::new(object.fields.iter().map(|field| &field.ty)),
        TypeKind::Union(union) => Box::new(union.arms.iter().map(|arm| &arm.ty)),
        TypeKind::Enumeration(_) => Box::new(std::iter::empty()),
    }
}

/// The types that stand at one place of two types: that of fields of one key, or of arms in order.
fn inner_pairs(one: &TypeKind, other: &TypeKind) -> Vec<(usize, usize)> {
    let pair = |one: &Type, other: &Type| Some((near::named(one)?, near::named(other)?));
    match (one, other) {
        (TypeKind::Struct(mine), TypeKind::Struct(theirs)) => {
            let own = |key: &str| mine.fields.iter().find(|own| own.key == key);
            let pairs = theirs.fields.iter().filter_map(|it| pair(&own(&it.key)?.ty, &it.ty));
            pairs.collect()
        }
        (TypeKind::Union(mine), TypeKind::Union(theirs)) => {
            let arms = mine.arms.iter().zip(&theirs.arms);
            arms.filter_map(|(mine, theirs)| pair(&mine.ty, &theirs.ty)).collect()
        }
        _ => Vec::new(),
    }
}

/// Adds what another struct knows: of common fields their states and sources, and the fields that this one lacks.
fn join_fields(mine: &mut Struct, theirs: Struct) {
    for field in theirs.fields {
        match mine.fields.iter_mut().find(|own| own.key == field.key) {
            Some(own) => join_field(own, field),
            None => mine.fields.push(field),
        }
    }
    // A request keeps its role only where all that share it are requests.
    if mine.role == StructRole::Nested {
        mine.role = theirs.role;
    }
}

fn join_field(mine: &mut Field, theirs: Field) {
    if let Some(ty) = near::joined(&mine.ty, &theirs.ty, &|one, other| one == other) {
        mine.ty = ty;
    }
    if theirs.nullability == Nullability::ThreeState {
        mine.nullability = Nullability::ThreeState;
    }
    mine.format = mine.format.filter(|format| theirs.format == Some(*format));
    if mine.docs.0.is_empty() {
        mine.docs = theirs.docs;
    }
    for origin in theirs.provenance {
        if !mine.provenance.contains(&origin) {
            mine.provenance.push(origin);
        }
    }
    mine.provenance.sort();
}
