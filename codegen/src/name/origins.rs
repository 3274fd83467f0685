//! Where a person looks for a type: at the first operation of its family.
//!
//! In: an [`Api`]. Out: an [`Origin`] for the key of a type. Knows no names.

use crate::api::{Api, Family, Place};
use crate::origin::Origin;
use std::collections::BTreeMap;

/// The first operation of each family.
pub(super) struct Origins<'a>(BTreeMap<Family, &'a Origin>);

impl<'a> Origins<'a> {
    pub(super) fn new(api: &'a Api) -> Self {
        let mut first = BTreeMap::new();
        for operation in &api.operations {
            first.entry(Family::of(&operation.key.endpoint)).or_insert(&operation.origin);
        }
        Self(first)
    }

    /// The origin of the type at `place`; what belongs to the whole API has none.
    pub(super) fn of(&self, place: &Place) -> Origin {
        let own = place.family().and_then(|family| self.0.get(&family).copied());
        own.cloned().unwrap_or_default()
    }
}
