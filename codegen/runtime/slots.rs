//! The states of a field: always there, or absent, or null besides.

use super::node::{Erased, Node, Read, Slot};
use super::patch::Patch;
use std::any::Any;

impl<T: Node + Clone + PartialEq> Slot for Option<T> {
    fn node(&self) -> Option<&dyn Node> {
        self.as_ref().map(|value| value as &dyn Node)
    }

    fn read(&mut self, read: &mut Read<'_>) {
        let mut value = T::blank();
        *self = read(&mut value).then_some(value);
    }

    fn as_any(&self) -> &dyn Any {
        self
    }

    fn equals(&self, other: &dyn Slot) -> bool {
        Erased::equals(self, other.as_any())
    }

    fn copy(&mut self, other: &dyn Slot) {
        Erased::copy(self, other.as_any());
    }
}

/// A null that is written.
const NULL: &dyn Node = &None::<bool>;

impl<T: Node + Clone + PartialEq> Slot for Patch<T> {
    fn node(&self) -> Option<&dyn Node> {
        match self {
            Self::Unset => None,
            Self::Null => Some(NULL),
            Self::Set(value) => Some(value),
        }
    }

    fn read(&mut self, read: &mut Read<'_>) {
        let mut value = T::blank();
        *self = if read(&mut value) { Self::Set(value) } else { Self::Unset };
    }

    fn set_null(&mut self) -> bool {
        *self = Self::Null;
        true
    }

    fn as_any(&self) -> &dyn Any {
        self
    }

    fn equals(&self, other: &dyn Slot) -> bool {
        Erased::equals(self, other.as_any())
    }

    fn copy(&mut self, other: &dyn Slot) {
        Erased::copy(self, other.as_any());
    }
}

/// A field that is always there, as it is.
pub struct Required<N>(pub N);

impl Slot for Required<&dyn Node> {
    fn node(&self) -> Option<&dyn Node> {
        Some(self.0)
    }

    fn read(&mut self, _: &mut Read<'_>) {}

    fn is_required(&self) -> bool {
        true
    }

    fn as_any(&self) -> &dyn Any {
        self.0.as_any()
    }

    fn equals(&self, other: &dyn Slot) -> bool {
        self.0.equals(other.as_any())
    }

    fn copy(&mut self, _: &dyn Slot) {}
}

impl Slot for Required<&mut dyn Node> {
    fn node(&self) -> Option<&dyn Node> {
        Some(self.0)
    }

    fn read(&mut self, read: &mut Read<'_>) {
        read(self.0);
    }

    fn is_required(&self) -> bool {
        true
    }

    fn as_any(&self) -> &dyn Any {
        self.0.as_any()
    }

    fn equals(&self, other: &dyn Slot) -> bool {
        self.0.equals(other.as_any())
    }

    fn copy(&mut self, other: &dyn Slot) {
        self.0.copy(other.as_any());
    }
}
