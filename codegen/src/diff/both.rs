//! Operations of one side, and of both, with their names.

use super::Side;
use crate::api::{Operation, OperationId};
use crate::name::OperationNames;

/// An operation of one side.
#[derive(Clone, Copy)]
pub(super) struct View<'a> {
    pub(super) id: OperationId,
    pub(super) it: &'a Operation,
    pub(super) own: &'a OperationNames,
}

impl<'a> View<'a> {
    /// The operation `id` of a side.
    pub(super) fn of(side: &Side<'a>, id: OperationId) -> Option<Self> {
        let (it, own) = (side.api.operations.get(id.0)?, side.names.operations.get(id.0)?);
        Some(Self { id, it, own })
    }
}

/// An operation of both sides.
#[derive(Clone, Copy)]
pub(super) struct Both<'a> {
    pub(super) old: View<'a>,
    pub(super) new: View<'a>,
}
