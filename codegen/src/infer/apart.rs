//! Samples that hold different things: told apart by their keys, at once or through others.

use super::records::items;
use crate::evidence::Shape;
use std::collections::BTreeSet;

/// Samples that have keys in common.
#[derive(Debug)]
pub(crate) struct Group<K> {
    /// Whose they are.
    pub(crate) members: Vec<K>,
    /// All of them joined.
    pub(crate) shape: Shape,
    keys: BTreeSet<String>,
}

/// The groups of samples without a common key; the keys are those of objects, or of the objects in a list.
pub(crate) fn by_keys<K>(samples: impl Iterator<Item = (K, Shape)>) -> Vec<Group<K>> {
    let mut groups: Vec<Group<K>> = Vec::new();
    for (member, shape) in samples {
        let top = shape.object_part().joined(items(&shape));
        let keys = top.objects.keys.into_keys().collect();
        let mut group = Group { members: vec![member], shape, keys };
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
