//! Keys that are data are values, and evidence holds none: they are counted, and their names go.
//!
//! Judged by the rules that tell maps from structs, once all exchanges of a source are joined.

use super::maps::{ObjectKind, is_fixed, object_kind};
use super::words::is_free;
use crate::evidence::{Evidence, Shape};
use std::collections::BTreeMap;

/// Fewest objects that show that keys under a free name are fixed: what is in one of them only may be its user's own.
const FEWEST_OBJECTS: u64 = 3;

/// How many objects stand under a free name, and in how many of them each key is.
#[derive(Debug, Default)]
struct Free {
    objects: u64,
    keys: BTreeMap<String, u64>,
}

/// Forgets the names of keys that are data.
pub fn forget_free_keys(evidence: &mut Evidence) {
    let mut free: BTreeMap<String, Free> = BTreeMap::new();
    shapes(evidence, &mut |shape| collect(shape, "", &mut free));
    let fixed = |seen: &Free| {
        seen.objects >= FEWEST_OBJECTS && is_fixed(seen.keys.values().copied(), seen.objects)
    };
    free.retain(|_, seen| !fixed(seen));
    shapes(evidence, &mut |shape| forget(shape, "", &free));
}

fn shapes(evidence: &mut Evidence, visit: &mut impl FnMut(&mut Shape)) {
    for exchanges in evidence.endpoints.values_mut() {
        visit(&mut exchanges.request.json);
        exchanges.responses.values_mut().for_each(|body| visit(&mut body.json));
    }
}

/// Calls `visit` with each shape directly below, and the key it stands under.
fn below(shape: &mut Shape, name: &str, visit: &mut impl FnMut(&mut Shape, &str)) {
    shape.lists.elements.iter_mut().for_each(|elements| visit(elements, name));
    shape.objects.other.iter_mut().for_each(|other| visit(other, ""));
    shape.objects.keys.iter_mut().for_each(|(name, key)| visit(&mut key.shape, name));
}

fn collect(shape: &mut Shape, name: &str, free: &mut BTreeMap<String, Free>) {
    if is_free(name) {
        let seen = free.entry(name.to_owned()).or_default();
        seen.objects += shape.objects.seen.count;
        for (key, found) in &shape.objects.keys {
            *seen.keys.entry(key.clone()).or_default() += found.count;
        }
    }
    below(shape, name, &mut |shape, name| collect(shape, name, free));
}

fn forget(shape: &mut Shape, name: &str, free: &BTreeMap<String, Free>) {
    if free.contains_key(name) {
        return fold_all(shape);
    }
    if object_kind(name, &shape.objects) == ObjectKind::Map {
        fold(shape);
    }
    below(shape, name, &mut |shape, name| forget(shape, name, free));
}

/// Forgets the keys of the objects at one place.
fn fold(shape: &mut Shape) {
    for key in std::mem::take(&mut shape.objects.keys).into_values() {
        shape.objects.others += key.count;
        shape.objects.other.get_or_insert_default().join(*key.shape);
    }
}

/// Forgets all keys from a place on: whoever chose the keys of an object chose what is inside.
fn fold_all(shape: &mut Shape) {
    fold(shape);
    below(shape, "", &mut |shape, _| fold_all(shape));
}
