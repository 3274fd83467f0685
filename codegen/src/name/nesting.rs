//! Which folders stand around a folder.
//!
//! In: an [`Api`]. Out: indices of its groups. Knows no names.

use crate::api::{Api, Operation};

/// The folders around a folder and itself, from the outside in.
pub(super) fn around(api: &Api, index: usize) -> Vec<usize> {
    let mut chain = Vec::new();
    let mut at = Some(index);
    while let Some((index, group)) = at.and_then(|at| Some((at, api.groups.get(at)?))) {
        if chain.len() > api.groups.len() {
            break;
        }
        chain.push(index);
        at = group.parent.map(|id| id.0);
    }
    chain.reverse();
    chain
}

/// The outermost folder around each folder, or itself.
pub(super) fn tops(api: &Api) -> Vec<usize> {
    let top = |at: usize| around(api, at).first().copied().unwrap_or(at);
    (0..api.groups.len()).map(top).collect()
}

/// The outermost folder that an operation stands in; `None` is the client itself.
pub(super) fn top_of(operation: &Operation, tops: &[usize]) -> Option<usize> {
    operation.group.and_then(|id| tops.get(id.0)).copied()
}
