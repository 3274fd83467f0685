//! What changed of a struct: its fields, and how a value is made.

use super::places::Relation;
use super::sentence::say;
use super::spot::Spot;
use super::{Change, Direction, Kind, Review, Verdict};
use crate::api::{Field, Nullability, Presence, Struct, Type, TypeId};
use std::collections::BTreeMap;

/// A struct of both sides, with the Rust names of its fields.
#[derive(Clone, Copy)]
pub(super) struct Both<'a> {
    pub(super) ids: (TypeId, TypeId),
    pub(super) old: (&'a Struct, &'a [String]),
    pub(super) new: (&'a Struct, &'a [String]),
}

/// A field with its Rust name.
#[derive(Clone, Copy)]
struct Named<'a> {
    it: &'a Field,
    rust: &'a str,
}

fn named<'a>((object, members): (&'a Struct, &'a [String])) -> BTreeMap<&'a str, Named<'a>> {
    let fields = object.fields.iter().zip(members);
    fields.map(|(it, rust)| (it.key.as_str(), Named { it, rust })).collect()
}

/// All changes of a struct.
pub(super) fn changes(review: &Review<'_>, spot: &Spot, both: Both<'_>) -> Vec<Change> {
    let (old, new) = (named(both.old), named(both.new));
    let mut changes = Vec::new();
    for (key, field) in &old {
        let spot = spot_of(review, spot, both, *field);
        match new.get(key) {
            None => {
                let sentence = say("The field {} is gone.", &[key]);
                let wire = Verdict::breaking_if(spot.direction != Direction::None);
                let successor = new.iter().find(|(key, now)| {
                    !old.contains_key(*key) && is_same_to_callers(review, *field, **now)
                });
                let source = Verdict::breaking_if(successor.is_none());
                changes.push(spot.change(Kind::FieldRemoved, (wire, source), sentence));
            }
            Some(now) => changes.extend(field_changes(review, &spot, both, (*field, *now))),
        }
    }
    for (key, field) in new.iter().filter(|(key, _)| !old.contains_key(*key)) {
        changes.push(added(review, &spot_of(review, spot, both, *field), both, (key, *field)));
    }
    let is_told = changes.iter().any(|change| change.source == Verdict::Breaking);
    changes.extend(made(review, spot, both, is_told));
    changes
}

/// Whether code that names one field compiles with the other: it is another one on the wire alone.
fn is_same_to_callers(review: &Review<'_>, old: Named<'_>, new: Named<'_>) -> bool {
    let is_alike = old.rust == new.rust && old.it.state() == new.it.state();
    is_alike && review.relate(&old.it.ty, &new.it.ty).is_same
}

/// A field; its key is the place that the overlay knows it by.
fn spot_of(review: &Review<'_>, spot: &Spot, both: Both<'_>, field: Named<'_>) -> Spot {
    let owner = review.old.api.types.get(both.ids.0).map(|it| it.key.child(&field.it.key));
    let key = owner.map_or_else(|| spot.key.clone(), |place| place.to_string());
    spot.part(key, format!("{}::{}", spot.rust, field.rust))
}

fn added(
    review: &Review<'_>,
    spot: &Spot,
    both: Both<'_>,
    (key, field): (&str, Named<'_>),
) -> Change {
    let is_built = review.new.exports.built.contains(&both.ids.1);
    // A file has no value of its own, nor has a secret.
    let has_value = !matches!(field.it.ty, Type::File | Type::Secret);
    let is_sent = has_value && !field.it.default.is_empty();
    let (verdicts, words) = match field.it.presence {
        Presence::Required if is_built => {
            ((Verdict::Breaking, Verdict::Breaking), "The field {} is new, and must be given.")
        }
        Presence::Optional if is_sent => (
            (Verdict::Breaking, Verdict::Additive),
            "The field {} is new, and sent as {} unless a caller says otherwise.",
        ),
        Presence::Required | Presence::Optional => {
            ((Verdict::Additive, Verdict::Additive), "The field {} is new.")
        }
    };
    let sent = field.it.default.join(", ");
    spot.change(Kind::FieldAdded, verdicts, say(words, &[key, &sent]))
}

fn field_changes(
    review: &Review<'_>,
    spot: &Spot,
    both: Both<'_>,
    (old, new): (Named<'_>, Named<'_>),
) -> Vec<Change> {
    let mut changes = Vec::new();
    if old.rust != new.rust {
        let sentence = say("The field {} is now called {}.", &[old.rust, new.rust]);
        let verdicts = (Verdict::None, Verdict::Breaking);
        changes.push(spot.change(Kind::FieldRenamed, verdicts, sentence));
    }
    changes.extend(retyped(review, spot, both, (old.it, new.it)));
    changes.extend(presence(review, spot, both, (old.it, new.it)));
    changes.extend(null(spot, (old.it, new.it)));
    changes.extend(sent(spot, old.it, new.it));
    changes
}

/// The type of a value that is set.
fn value(field: &Field) -> &Type {
    match (&field.ty, field.presence) {
        (Type::Nullable(inner), Presence::Optional) => inner,
        (ty, Presence::Required | Presence::Optional) => ty,
    }
}

fn retyped(
    review: &Review<'_>,
    spot: &Spot,
    both: Both<'_>,
    (old, new): (&Field, &Field),
) -> Option<Change> {
    // Null is told of by itself.
    let plain = |field: &'_ Field| match value(field) {
        Type::Nullable(inner) => (**inner).clone(),
        ty => ty.clone(),
    };
    let mut relation = review.relate(&plain(old), &plain(new));
    relation.is_same &= is_boxed(review, both, old, new);
    relation.is_change().then(|| {
        let types = (review.old.rust(&plain(old)), review.new.rust(&plain(new)));
        let sentence = say("{} was {}, and is now {}.", &[&old.key, &types.0, &types.1]);
        let verdicts = (relation.wire(spot.direction), relation.source());
        spot.change(Kind::FieldTypeChanged, verdicts, sentence)
    })
}

/// Whether both sides keep the value in the same way: in place, or on the heap.
fn is_boxed(review: &Review<'_>, both: Both<'_>, old: &Field, new: &Field) -> bool {
    let boxed = |edges: &std::collections::BTreeSet<(TypeId, TypeId)>, owner, field: &Field| {
        super::walk::leaf(&field.ty).is_some_and(|inner| edges.contains(&(owner, inner)))
    };
    boxed(&review.old.exports.boxed, both.ids.0, old)
        == boxed(&review.new.exports.boxed, both.ids.1, new)
}

fn presence(
    review: &Review<'_>,
    spot: &Spot,
    both: Both<'_>,
    (old, new): (&Field, &Field),
) -> Option<Change> {
    // In a type that nobody builds, a field of three states is one whether it must be there or not.
    let is_built = review.old.exports.built.contains(&both.ids.0);
    let is_patch = |it: &Field| it.nullability == Nullability::ThreeState;
    let source = Verdict::breaking_if(is_built || !is_patch(old) || !is_patch(new));
    match (old.presence, new.presence) {
        (Presence::Optional, Presence::Required) => {
            let wire = Verdict::breaking_if(spot.direction.is_request());
            let words = match spot.direction.is_request() {
                true => "The field {} must now be given.",
                false => "The field {} is now always there.",
            };
            Some(spot.change(Kind::FieldRequired, (wire, source), say(words, &[&old.key])))
        }
        (Presence::Required, Presence::Optional) => {
            let wire = Verdict::breaking_if(spot.direction.is_response());
            let words = match spot.direction.is_response() {
                true => "The field {} may now be missing.",
                false => "The field {} may now be left out.",
            };
            Some(spot.change(Kind::FieldOptional, (wire, source), say(words, &[&old.key])))
        }
        (Presence::Optional, Presence::Optional) | (Presence::Required, Presence::Required) => None,
    }
}

/// Whether null is a value of the field.
fn has_null(field: &Field) -> bool {
    field.nullability == Nullability::ThreeState || matches!(value(field), Type::Nullable(_))
}

fn null(spot: &Spot, (old, new): (&Field, &Field)) -> Option<Change> {
    let states = |it: &Field| (it.nullability, matches!(value(it), Type::Nullable(_)));
    if states(old) == states(new) {
        return None;
    }
    let relation = Relation {
        is_same: false,
        is_narrowed: has_null(old) && !has_null(new),
        // Who reads an optional field takes null for nothing.
        is_broadened: has_null(new) && !has_null(old) && old.presence == Presence::Required,
    };
    let (kind, words) = match has_null(new) {
        true => (Kind::FieldNullable, "The field {} may now be null."),
        false => (Kind::FieldNotNullable, "The field {} is no longer null."),
    };
    let verdicts = (relation.wire(spot.direction), relation.source());
    Some(spot.change(kind, verdicts, say(words, &[&old.key])))
}

/// What is sent by itself.
fn sent(spot: &Spot, old: &Field, new: &Field) -> Vec<Change> {
    let mut changes = Vec::new();
    let wire = (Verdict::Breaking, Verdict::None);
    let optional = old.presence == Presence::Optional && new.presence == Presence::Optional;
    if optional && old.default != new.default {
        let sent = (old.default.join(", "), new.default.join(", "));
        let words = "Unless a caller sets it, {} was sent as {}, and is now as {}.";
        let sentence = say(words, &[&old.key, &sent.0, &sent.1]);
        changes.push(spot.change(Kind::FieldDefaultChanged, wire, sentence));
    }
    if old.content_type != new.content_type {
        let shown = |it: &Field| it.content_type.clone().unwrap_or_else(|| "no type".to_owned());
        let sentence =
            say("The part {} goes out as {}, now as {}.", &[&old.key, &shown(old), &shown(new)]);
        changes.push(spot.change(Kind::FieldContentTypeChanged, wire, sentence));
    }
    if old.docs != new.docs {
        let sentence = say("What is said of {} changed.", &[&spot.rust]);
        let spot = spot.about(Direction::None);
        changes.push(spot.change(Kind::DocsChanged, (Verdict::None, Verdict::None), sentence));
    }
    changes
}

/// How a value is made.
fn made(review: &Review<'_>, spot: &Spot, both: Both<'_>, is_told: bool) -> Option<Change> {
    let (old, new) = (&review.old.exports, &review.new.exports);
    let spot = spot.about(Direction::None);
    let source = (Verdict::None, Verdict::Breaking);
    let (is_built, stays_built) =
        (old.built.contains(&both.ids.0), new.built.contains(&both.ids.1));
    if is_built && !stays_built {
        let sentence = say("{} has no constructor any more: no request takes it.", &[&spot.rust]);
        return Some(spot.change(Kind::ConstructorRemoved, source, sentence));
    }
    if old.default.contains(&both.ids.0) && !new.default.contains(&both.ids.1) && !is_told {
        let sentence = say("{} has no {} any more.", &[&spot.rust, "Default"]);
        return Some(spot.change(Kind::DefaultRemoved, source, sentence));
    }
    if !is_built {
        return None;
    }
    renamed_argument(review, &spot, both).or_else(|| reordered(review, &spot, both))
}

/// Whether the struct that the constructor takes is now called otherwise, though the type is not.
fn renamed_argument(review: &Review<'_>, spot: &Spot, both: Both<'_>) -> Option<Change> {
    let old = review.old.names.types.get(both.ids.0.0)?;
    let new = review.new.names.types.get(both.ids.1.0)?;
    let (before, after) = (old.required.as_ref()?, new.required.as_ref()?);
    if old.ident != new.ident || before == after {
        return None;
    }
    let sentence = say("{} is made from {}, now from {}.", &[&spot.rust, before, after]);
    Some(spot.change(Kind::ConstructorRemoved, (Verdict::None, Verdict::Breaking), sentence))
}

/// Whether arguments of the constructor now mean other fields.
fn reordered(review: &Review<'_>, spot: &Spot, both: Both<'_>) -> Option<Change> {
    let required = |object: &'_ Struct| {
        let fields = object.fields.iter().filter(|it| it.presence == Presence::Required);
        fields.cloned().collect::<Vec<Field>>()
    };
    let (old, new) = (required(both.old.0), required(both.new.0));
    let keys = |fields: &[Field]| fields.iter().map(|it| it.key.clone()).collect::<Vec<_>>();
    let (before, after) = (keys(&old), keys(&new));
    let sorted = |mut keys: Vec<String>| {
        keys.sort();
        keys
    };
    if before == after
        || both.old.0.takes_struct()
        || sorted(before.clone()) != sorted(after.clone())
    {
        return None;
    }
    let is_same = old.iter().zip(&new).all(|(old, new)| review.relate(&old.ty, &new.ty).is_same);
    let words = "The constructor of {} takes {}, now {}.";
    let sentence = say(words, &[&spot.rust, &before.join(", "), &after.join(", ")]);
    // The compiler does not see what moved among arguments of one type.
    let verdicts = if is_same {
        (Verdict::Breaking, Verdict::None)
    } else {
        (Verdict::None, Verdict::Breaking)
    };
    Some(spot.about(Direction::Request).change(Kind::ConstructorReordered, verdicts, sentence))
}
