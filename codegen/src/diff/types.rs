//! What changed of the types: gone, called otherwise, of another kind, and what they hold.

use super::sentence::say;
use super::spot::Spot;
use super::walk::Reach;
use super::{Change, Direction, Kind, Review, Side, Verdict, structs, variants};
use crate::api::{TypeDef, TypeId, TypeKind};
use std::collections::BTreeSet;

/// A type of one side, with the Rust names of its members.
#[derive(Clone, Copy)]
pub(super) struct View<'a> {
    pub(super) id: TypeId,
    pub(super) it: &'a TypeDef,
    pub(super) members: &'a [String],
}

impl<'a> View<'a> {
    fn of(side: &Side<'a>, id: TypeId) -> Option<Self> {
        let members = &side.names.types.get(id.0)?.members;
        Some(Self { id, it: side.api.types.get(id)?, members })
    }
}

/// All changes of types.
pub(super) fn changes(review: &Review<'_>) -> Vec<Change> {
    let mut changes = paths(review);
    for ((old, new), reach) in &review.types.both {
        let Some((left, right)) = View::of(review.old, *old).zip(View::of(review.new, *new)) else {
            continue;
        };
        let mut inside = held(review, left, right, *reach);
        if !review.types.is_same(*old, *new) {
            // The place that has another type now is told of itself, and does not compile.
            inside.iter_mut().for_each(|change| change.source = Verdict::None);
            inside.retain(|change| change.wire > Verdict::Additive);
        }
        changes.append(&mut inside);
    }
    changes
}

/// The spot of a type; it has no place of its own in the collection but that of an operation that reaches it.
fn spot(review: &Review<'_>, key: &TypeDef, rust: &str, reach: Reach) -> Spot {
    let spot = review.operation(reach.at).part(key.key.to_string(), rust.to_owned());
    spot.about(reach.direction)
}

fn paths(review: &Review<'_>) -> Vec<Change> {
    let mut changes = Vec::new();
    let reach = |old| {
        let mut both = review.types.both.iter();
        both.find(|((id, _), _)| *id == old).map(|(_, reach)| *reach).unwrap_or_default()
    };
    for (id, it) in review.old.api.types.iter() {
        let path = review.old.path(id);
        let spot = spot(review, it, path, reach(id)).about(Direction::None);
        let all = review.old.exports.paths.get(id.0).into_iter().flatten();
        let lost: Vec<&str> = all
            .clone()
            .filter(|path| !review.new.exports.types.contains_key(*path))
            .map(String::as_str)
            .collect();
        let is_gone = lost.len() == all.count();
        if let Some(now) = review.is_path_deprecated(path) {
            let sentence = say("The type {} is now {}.", &[path, review.new.path(now)]);
            let verdicts = (Verdict::None, Verdict::Warning);
            changes.push(spot.clone().change(Kind::TypeRenamed, verdicts, sentence));
        }
        let (kind, verdicts, sentence) = match review.types.renamed.get(&id) {
            _ if lost.is_empty() => continue,
            Some(new) if is_gone => {
                let sentence = say("The type {} is now {}.", &[path, review.new.path(*new)]);
                (Kind::TypeRenamed, (Verdict::None, Verdict::Breaking), sentence)
            }
            Some(_) | None if !is_gone => {
                let sentence = say("The type {} is no longer at {}.", &[path, &lost.join(", ")]);
                (Kind::TypeMoved, (Verdict::None, Verdict::Breaking), sentence)
            }
            Some(_) | None => {
                let sentence = say("The type {} is gone.", &[path]);
                (Kind::TypeRemoved, (Verdict::None, Verdict::Breaking), sentence)
            }
        };
        changes.push(spot.change(kind, verdicts, sentence));
    }
    changes.extend(added(review));
    changes
}

fn added(review: &Review<'_>) -> Vec<Change> {
    let known: BTreeSet<TypeId> = review.types.both.keys().map(|(_, new)| *new).collect();
    let is_new = |id: &TypeId| {
        let paths = review.new.exports.paths.get(id.0).into_iter().flatten();
        !known.contains(id)
            && paths.into_iter().all(|path| !review.old.exports.types.contains_key(path))
    };
    let types = review.new.api.types.iter().filter(|(id, _)| is_new(id));
    types
        .map(|(id, it)| {
            let path = review.new.path(id);
            let sentence = say("The type {} is new.", &[path]);
            let verdicts = (Verdict::None, Verdict::Additive);
            Spot::of(it.key.to_string(), path).change(Kind::TypeAdded, verdicts, sentence)
        })
        .collect()
}

/// What a type holds.
fn held(review: &Review<'_>, old: View<'_>, new: View<'_>, reach: Reach) -> Vec<Change> {
    let spot = spot(review, old.it, review.old.path(old.id), reach);
    let mut changes = match (&old.it.kind, &new.it.kind) {
        (TypeKind::Struct(left), TypeKind::Struct(right)) => structs::changes(
            review,
            &spot,
            structs::Both {
                ids: (old.id, new.id),
                old: (left, old.members),
                new: (right, new.members),
            },
        ),
        (TypeKind::Enumeration(left), TypeKind::Enumeration(right)) => {
            variants::values(&spot, (left, old.members), (right, new.members))
        }
        (TypeKind::Union(left), TypeKind::Union(right)) => {
            variants::arms(review, &spot, (left, old.members), (right, new.members))
        }
        (TypeKind::Struct(_) | TypeKind::Enumeration(_) | TypeKind::Union(_), _) => {
            vec![kind(review, &spot, old, new)]
        }
    };
    if old.it.docs != new.it.docs {
        let sentence = say("What is said of {} changed.", &[&spot.rust]);
        let spot = spot.about(Direction::None);
        changes.push(spot.change(Kind::DocsChanged, (Verdict::None, Verdict::None), sentence));
    }
    changes
}

fn kind(review: &Review<'_>, spot: &Spot, old: View<'_>, new: View<'_>) -> Change {
    let word = |kind: &TypeKind| match kind {
        TypeKind::Struct(_) => "a struct",
        TypeKind::Enumeration(_) => "an enumeration of texts",
        TypeKind::Union(_) => "an enumeration of shapes",
    };
    let relation = review.kinds(old.id, new.id);
    let sentence = say(
        "The type {} was {}, and is now {}.",
        &[&spot.rust, word(&old.it.kind), word(&new.it.kind)],
    );
    spot.change(Kind::TypeKindChanged, (relation.wire(spot.direction), Verdict::Breaking), sentence)
}
