//! Bodies of one endpoint that are bodies of different actions: those whose keys do not meet.
//!
//! One endpoint may take several commands, told apart by what the body holds. Bodies that share a key, at once or through others, are one type; the rest have types of their own, each addressed by its least operation. Where traffic showed requests there is one type, since traffic cannot tell whose they are.

use super::records::items;
use super::samples::Samples;
use crate::api::{Endpoint, OperationKey};
use crate::evidence::Shape;
use std::collections::{BTreeMap, BTreeSet};

/// The bodies of one action.
#[derive(Debug)]
pub(crate) struct Action {
    /// The least operation that has it.
    pub(crate) operation: OperationKey,
    /// What its samples show.
    pub(crate) shape: Shape,
}

/// The actions of the endpoints that have several, by operation.
#[derive(Debug, Default)]
pub(crate) struct Actions {
    all: Vec<Action>,
    of: BTreeMap<OperationKey, usize>,
    several: BTreeSet<Endpoint>,
}

impl Actions {
    /// The action of an operation whose endpoint has several.
    pub(crate) fn of(&self, operation: &OperationKey) -> Option<&Action> {
        self.of.get(operation).and_then(|at| self.all.get(*at))
    }

    /// Whether the endpoint has several.
    pub(crate) fn are_several(&self, endpoint: &Endpoint) -> bool {
        self.several.contains(endpoint)
    }
}

/// Tells the actions of all endpoints apart.
pub(crate) fn actions(samples: &Samples) -> Actions {
    let mut endpoints: BTreeMap<&Endpoint, Vec<(&OperationKey, &Shape)>> = BTreeMap::new();
    for (operation, shape) in &samples.json {
        if is_open(shape) {
            // It may be the body of any of them.
            continue;
        }
        endpoints.entry(&operation.endpoint).or_default().push((operation, shape));
    }
    let mut actions = Actions::default();
    for (endpoint, bodies) in endpoints {
        let recorded = samples.endpoints.get(endpoint).is_some_and(|all| all.request_recorded);
        if bodies.len() < 2 || recorded {
            continue;
        }
        let apart = by_keys(&bodies);
        if apart.len() < 2 {
            continue;
        }
        actions.several.insert(endpoint.clone());
        for Group { members, shape, keys: _ } in apart {
            let Some(least) = members.iter().min() else { continue };
            let (operation, at) = ((*least).clone(), actions.all.len());
            actions.of.extend(members.into_iter().map(|member| (member.clone(), at)));
            actions.all.push(Action { operation, shape });
        }
    }
    actions
}

/// Whether a body is but a variable: its own text says nothing of what it holds.
pub(crate) fn is_open(shape: &Shape) -> bool {
    let says_nothing = shape.kinds().is_empty() && shape.placeholders.count == 0 && !shape.cut;
    says_nothing && shape.nulls.count == 0 && shape.unknowns.count > 0
}

/// Bodies that have keys in common.
struct Group<'a> {
    members: Vec<&'a OperationKey>,
    shape: Shape,
    keys: BTreeSet<String>,
}

/// The groups of bodies without a common key; the keys are those of objects, or of the objects in a list.
fn by_keys<'a>(bodies: &[(&'a OperationKey, &Shape)]) -> Vec<Group<'a>> {
    let mut groups: Vec<Group<'_>> = Vec::new();
    for (operation, shape) in bodies {
        let top = shape.object_part().joined(items(shape));
        let keys = top.objects.keys.into_keys().collect();
        let mut group = Group { members: vec![operation], shape: (*shape).clone(), keys };
        let (met, mut rest): (Vec<_>, Vec<_>) =
            groups.into_iter().partition(|other| !other.keys.is_disjoint(&group.keys));
        for other in met {
            group.members.extend(other.members);
            group.shape.join(other.shape);
            group.keys.extend(other.keys);
        }
        rest.push(group);
        groups = rest;
    }
    groups
}
