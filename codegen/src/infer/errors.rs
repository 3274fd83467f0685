//! What failures carry: one type for the whole API, and one for each kind that is plainly something else.

use super::decide::Decider;
use super::records::{RECORDED_SHARE, share};
use super::samples::Samples;
use crate::api::{Arm, Caller, Endpoint, Outcome, Place, Root, StructRole, Type};
use crate::evidence::Shape;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// An endpoint's failures with one status.
type Failure<'a> = (u16, &'a Endpoint);

/// Failures that are one type.
struct Kind<'a> {
    members: Vec<Failure<'a>>,
    shape: Shape,
}

/// The type of the failures of all endpoints: a service reports them in one way, or in few.
pub(crate) fn error(decider: &mut Decider<'_>, samples: &Samples) -> Option<Type> {
    let kinds = kinds(samples);
    let (most, others) = kinds.split_first()?;
    let ty = decider.top(&Place::errors(), &most.shape, StructRole::Error);
    if others.is_empty() {
        return Some(ty);
    }
    let (mut arms, mut whole) = (vec![Arm { ty }], most.shape.clone());
    for kind in others {
        whole.join(kind.shape.clone());
        let ty = decider.top(&place(kind)?, &kind.shape, StructRole::Error);
        arms.push(Arm { ty });
    }
    arms.retain(|arm| arm.ty != Type::Unknown);
    Some(decider.define_union(&Place::at(Root::Errors), arms, &whole))
}

/// The kinds of failures, the one of the most endpoints first. What has less than half of its keys in common with a kind is another: what is answered most decides first, so that a stray sample does not join two of them.
fn kinds(samples: &Samples) -> Vec<Kind<'_>> {
    let mut equal: BTreeMap<Vec<String>, Kind<'_>> = BTreeMap::new();
    for (endpoint, bodies) in &samples.endpoints {
        for (status, seen) in &bodies.failures {
            let shape = seen.json.object_part();
            let keys: Vec<String> = shape.objects.keys.keys().cloned().collect();
            if keys.is_empty() {
                continue;
            }
            let kind = equal.entry(keys).or_insert_with(nothing);
            kind.members.push((*status, endpoint));
            kind.shape.join(shape);
        }
    }
    let mut equal: Vec<Kind<'_>> = equal.into_values().collect();
    rank(&mut equal);
    let mut kinds: Vec<Kind<'_>> = Vec::new();
    for kind in equal {
        let alike = |known: &&mut Kind<'_>| share(&known.shape, &kind.shape).0 >= RECORDED_SHARE;
        match kinds.iter_mut().find(alike) {
            Some(known) => {
                known.members.extend(kind.members);
                known.shape.join(kind.shape);
            }
            None => kinds.push(kind),
        }
    }
    rank(&mut kinds);
    kinds
}

fn nothing<'a>() -> Kind<'a> {
    Kind { members: Vec::new(), shape: Shape::default() }
}

fn rank(kinds: &mut [Kind<'_>]) {
    kinds.iter_mut().for_each(|kind| kind.members.sort());
    kinds.sort_by_key(|kind| (Reverse(kind.members.len()), kind.members.first().copied()));
}

/// The place of failures that are not like most: the least status and endpoint that has them.
fn place(kind: &Kind<'_>) -> Option<Place> {
    let (status, endpoint) = kind.members.first()?;
    let outcome = Outcome::Status(*status);
    Some(Place::at(Root::Response(Caller::from(*endpoint), outcome)).object())
}
