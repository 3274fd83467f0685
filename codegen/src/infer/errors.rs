//! What failures carry: one type for the whole API, and one for each kind that has no key in common with it.

use super::apart::{Group, by_keys};
use super::decide::Decider;
use super::samples::Samples;
use crate::api::{Arm, Caller, Endpoint, Outcome, Place, Root, StructRole, Type};
use crate::evidence::Shape;
use std::cmp::Reverse;

/// An endpoint's failures with one status.
type Failure<'a> = (u16, &'a Endpoint);

/// The type of the failures of all endpoints: a service reports them in one way, or in few.
pub(crate) fn error(decider: &mut Decider<'_>, samples: &Samples) -> Option<Type> {
    let mut failures: Vec<(Failure<'_>, Shape)> = Vec::new();
    for (endpoint, bodies) in &samples.endpoints {
        for (status, seen) in &bodies.failures {
            let object = seen.json.object_part();
            if !object.objects.keys.is_empty() {
                failures.push(((*status, endpoint), object));
            }
        }
    }
    let mut groups = by_keys(failures.into_iter());
    groups.iter_mut().for_each(|group| group.members.sort());
    groups.sort_by_key(|group| (Reverse(group.members.len()), group.members.first().copied()));
    match groups.as_slice() {
        [] => None,
        [one] => Some(decider.top(&Place::errors(), &one.shape, StructRole::Error)),
        [most, others @ ..] => {
            let mut whole = most.shape.clone();
            let ty = decider.top(&Place::errors(), &most.shape, StructRole::Error);
            let mut arms = vec![Arm { ty }];
            for group in others {
                whole.join(group.shape.clone());
                let ty = decider.top(&place(group)?, &group.shape, StructRole::Error);
                arms.push(Arm { ty });
            }
            arms.retain(|arm| arm.ty != Type::Unknown);
            Some(decider.define_union(&Place::at(Root::Errors), arms, &whole))
        }
    }
}

/// The place of failures that are not like most: the least status and endpoint that has them.
fn place(group: &Group<Failure<'_>>) -> Option<Place> {
    let (status, endpoint) = group.members.first()?;
    let outcome = Outcome::Status(*status);
    Some(Place::at(Root::Response(Caller::from(*endpoint), outcome)).object())
}
