//! What changed of an enumeration: the texts it knows, or the shapes it has.

use super::places::Relation;
use super::sentence::say;
use super::spot::Spot;
use super::{Change, Kind, Review, Verdict};
use crate::api::{Enumeration, Type, Union};
use std::collections::BTreeMap;

/// Changes of the known texts. What is not known is kept as it is, so that a new one breaks no reader.
pub(super) fn values(
    spot: &Spot,
    (old, before): (&Enumeration, &[String]),
    (new, after): (&Enumeration, &[String]),
) -> Vec<Change> {
    let named = |set: &'_ Enumeration, members: &[String]| {
        set.values.iter().cloned().zip(members.iter().cloned()).collect::<BTreeMap<_, _>>()
    };
    let (old, new) = (named(old, before), named(new, after));
    let spot_of = |value: &str, rust: &str| {
        spot.part(format!("{} = {value}", spot.key), format!("{}::{rust}", spot.rust))
    };
    let mut changes = Vec::new();
    for (value, rust) in &old {
        let spot = spot_of(value, rust);
        match new.get(value) {
            None => {
                let wire = Verdict::breaking_if(spot.direction.is_request());
                let sentence = say("The value {} is gone.", &[value]);
                changes.push(spot.change(Kind::ValueRemoved, (wire, Verdict::Breaking), sentence));
            }
            Some(now) if now != rust => {
                let sentence = say("The variant {} is now called {}.", &[rust, now]);
                let verdicts = (Verdict::None, Verdict::Breaking);
                changes.push(spot.change(Kind::ValueRenamed, verdicts, sentence));
            }
            Some(_) => {}
        }
    }
    for (value, rust) in new.iter().filter(|(value, _)| !old.contains_key(*value)) {
        let sentence = say("The value {} is new.", &[value]);
        let verdicts = (Verdict::Additive, Verdict::Additive);
        changes.push(spot_of(value, rust).change(Kind::ValueAdded, verdicts, sentence));
    }
    changes
}

/// Changes of the shapes: what has a variant of one name is one shape, then what is of one type.
pub(super) fn arms(
    review: &Review<'_>,
    spot: &Spot,
    (old, before): (&Union, &[String]),
    (new, after): (&Union, &[String]),
) -> Vec<Change> {
    let named = |union: &'_ Union, members: &[String]| {
        let types = union.arms.iter().map(|arm| arm.ty.clone());
        members.iter().cloned().zip(types).collect::<BTreeMap<String, Type>>()
    };
    let (mut old, mut new) = (named(old, before), named(new, after));
    let spot_of =
        |rust: &str| spot.part(format!("{} | {rust}", spot.key), format!("{}::{rust}", spot.rust));
    let mut changes = Vec::new();
    let common: Vec<String> = old.keys().filter(|name| new.contains_key(*name)).cloned().collect();
    for name in common {
        let Some((left, right)) = old.remove(&name).zip(new.remove(&name)) else { continue };
        let relation = review.relate(&left, &right);
        if relation.is_change() {
            changes.push(retyped(review, &spot_of(&name), (&left, &right), relation));
        }
    }
    for (name, left) in old {
        let same = new.iter().find(|(_, right)| review.relate(&left, right) == Relation::SAME);
        let same = same.map(|(now, _)| now.clone());
        let spot = spot_of(&name);
        changes.push(match same {
            Some(now) => {
                new.remove(&now);
                let sentence = say("The variant {} is now called {}.", &[&name, &now]);
                spot.change(Kind::VariantRenamed, (Verdict::None, Verdict::Breaking), sentence)
            }
            None => {
                let wire = Verdict::breaking_if(spot.direction.is_request());
                let sentence = say("The shape {} is gone.", &[&name]);
                spot.change(Kind::VariantRemoved, (wire, Verdict::Breaking), sentence)
            }
        });
    }
    changes.extend(new.into_keys().map(|name| {
        let sentence = say("The shape {} is new.", &[&name]);
        let verdicts = (Verdict::Additive, Verdict::Additive);
        spot_of(&name).change(Kind::VariantAdded, verdicts, sentence)
    }));
    changes
}

fn retyped(
    review: &Review<'_>,
    spot: &Spot,
    (old, new): (&Type, &Type),
    relation: Relation,
) -> Change {
    let types = (review.old.rust(old), review.new.rust(new));
    let sentence = say("The shape was {}, and is now {}.", &[&types.0, &types.1]);
    let verdicts = (relation.wire(spot.direction), relation.source());
    spot.change(Kind::VariantTypeChanged, verdicts, sentence)
}
