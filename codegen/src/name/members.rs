//! Names inside a type: fields of a struct, variants of an enumeration or a union.
//!
//! In: one definition, and the names of all types. Out: its members' names.

use super::context::Context;
use super::keys::{arm_keys, is_object, is_own};
use super::scope::{Entry, Scope};
use super::{reserved, words};
use crate::api::{Enumeration, Field, Struct, Type, TypeDef, TypeKind, Union};
use std::collections::BTreeMap;

/// What was published of the members of a type.
type Published = BTreeMap<String, String>;

/// Names the members of `def`, the type at `at`; `idents` are the names of all types by id.
pub(super) fn name(
    context: &Context<'_>,
    at: usize,
    def: &TypeDef,
    idents: &[String],
) -> Vec<String> {
    let none = Published::new();
    let held = context.held.types.get(at).copied().flatten();
    let held = held.map_or(&none, |it| &it.members);
    match &def.kind {
        TypeKind::Struct(it) => fields(it, held),
        TypeKind::Enumeration(it) => values(it, held),
        TypeKind::Union(it) => {
            let own = idents.get(at).map_or("", String::as_str);
            arms(it, own, idents, (&arm_keys(context.api, it), held))
        }
    }
}

fn fields(it: &Struct, held: &Published) -> Vec<String> {
    let entry = |field: &Field| {
        let entry = entry(&field.key, "field", words::snake);
        let own = entry.candidates.first().is_some_and(|first| is_own(&field.key, first));
        Entry { places: field.provenance.len(), rank: u8::from(!own), own, ..entry }
    };
    let mut entries: Vec<Entry> = it.fields.iter().map(entry).collect();
    let keys: Vec<String> = it.fields.iter().map(|field| field.key.clone()).collect();
    resolved(reserved::STRUCT, &mut entries, (&keys, held))
}

fn values(it: &Enumeration, held: &Published) -> Vec<String> {
    let mut entries: Vec<Entry> =
        it.values.iter().map(|value| entry(value, "value", words::camel)).collect();
    for (entry, value) in entries.iter_mut().zip(&it.values) {
        if value.is_empty() {
            entry.candidates = vec!["Empty".to_owned(), "EmptyText".to_owned()];
        }
    }
    resolved(reserved::VARIANTS, &mut entries, (&it.values, held))
}

/// Names `entries`, which have these keys; a name whose key is gone passes to a new key of the same words, and else is kept.
fn resolved(
    reserved: &[&str],
    entries: &mut [Entry],
    (keys, held): (&[String], &Published),
) -> Vec<String> {
    let mut gone = held.clone();
    for (entry, key) in entries.iter_mut().zip(keys) {
        entry.lock = gone.remove(key);
    }
    for (entry, key) in entries.iter_mut().zip(keys).filter(|(entry, _)| entry.lock.is_none()) {
        let is_same = |old: &&String| words::split(old) == words::split(key);
        if let Some(old) = gone.keys().find(is_same).cloned() {
            entry.lock = gone.remove(&old);
        }
    }
    let mut scope = Scope::new(reserved.iter().copied());
    scope.keep(gone.values().map(String::as_str));
    let named = scope.resolve_members(entries);
    named.into_iter().map(|named| named.name).collect()
}

type Case = fn(&[String]) -> Option<String>;

fn entry(key: &str, kind: &str, case: Case) -> Entry {
    let plain = words::split(key);
    let plain_key = plain.concat();
    let spelled = words::spells(key).then(|| words::spell(key));
    let mut candidates: Vec<String> =
        [Some(plain), spelled].iter().flatten().filter_map(|list| case(list)).collect();
    if candidates.is_empty() {
        candidates.extend(case(&[kind.to_owned()]));
    }
    // Of equally frequent keys, one that is its own name keeps it, whatever else comes to clash with it.
    let is_own = plain_key == key || candidates.first().is_some_and(|name| name == key);
    Entry { key: format!("{} {key}", u8::from(!is_own)), candidates, ..Entry::default() }
}

fn arms(it: &Union, own: &str, idents: &[String], held: (&[String], &Published)) -> Vec<String> {
    let objects = it.arms.iter().filter(|arm| is_object(&arm.ty)).count();
    let mut entries: Vec<Entry> = it
        .arms
        .iter()
        .enumerate()
        .map(|(at, arm)| {
            let mut lists = arm_words(&arm.ty, own, idents);
            // The only object is called so where its type says no more, or a whole sentence.
            let is_telling = |list: &Vec<String>| list.len() <= LONGEST_ARM;
            if is_object(&arm.ty) && objects == 1 && !lists.first().is_some_and(is_telling) {
                lists.insert(0, vec!["object".to_owned()]);
            }
            let candidates = lists.iter().filter_map(|list| words::camel(list)).collect();
            Entry { key: format!("arm {at:03}"), candidates, ..Entry::default() }
        })
        .collect();
    resolved(reserved::VARIANTS, &mut entries, held)
}

/// How many words the only object among the arms has at most.
const LONGEST_ARM: usize = 3;

/// What an arm may be called: its kind, then its kind with what it holds.
fn arm_words(ty: &Type, own: &str, idents: &[String]) -> Vec<Vec<String>> {
    let one = |word: &str| vec![vec![word.to_owned()]];
    let holding = |word: &str, inner: &Type| {
        let mut lists = one(word);
        for mut list in arm_words(inner, own, idents) {
            list.push(word.to_owned());
            lists.push(list);
        }
        lists
    };
    match ty {
        Type::Unknown => one("any"),
        Type::Bool => one("bool"),
        Type::Integer => one("integer"),
        Type::Unsigned => one("unsigned"),
        Type::Number => one("number"),
        Type::Text => one("text"),
        Type::Secret => one("secret"),
        Type::File => one("file"),
        Type::List(inner) => holding("list", inner),
        Type::Map(inner) => holding("map", inner),
        Type::Nullable(inner) => holding("nullable", inner),
        Type::Named(id) => {
            let ident = words::split(idents.get(id.0).map_or("object", String::as_str));
            let own = words::split(own);
            let shared = ident.iter().zip(&own).take_while(|(left, right)| left == right).count();
            let tail = ident.get(shared..).unwrap_or_default().to_vec();
            let short = if tail.is_empty() { vec!["object".to_owned()] } else { tail };
            vec![short, ident]
        }
    }
}
