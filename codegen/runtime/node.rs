//! What a type of the API is to the code that reads, writes, copies and compares it: a tree of nodes behind `dyn`.
//!
//! A type only lists its fields; everything else is here and beside, compiled once for all types. That keeps clients with hundreds of types quick to compile.

use super::extra::Extra;
use serde_json::Value;
use std::any::Any;
use std::fmt;

/// Whether a value fits; if not, here it is again.
pub type Decoded = Result<(), Value>;

/// Null, or a value without parts.
#[derive(Clone, Copy, Debug)]
pub enum Scalar<'a> {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// An integer.
    I64(i64),
    /// An integer above `i64::MAX`.
    U64(u64),
    /// A number with a fraction or an exponent.
    F64(f64),
    /// A text.
    Text(&'a str),
}

impl From<Scalar<'_>> for Value {
    fn from(scalar: Scalar<'_>) -> Self {
        match scalar {
            Scalar::Null => Self::Null,
            Scalar::Bool(value) => value.into(),
            Scalar::I64(value) => value.into(),
            Scalar::U64(value) => value.into(),
            Scalar::F64(value) => value.into(),
            Scalar::Text(text) => text.into(),
        }
    }
}

/// A value that is read from JSON and written to it.
pub trait Node: Erased + fmt::Debug {
    /// A value to read into.
    fn blank() -> Self
    where
        Self: Sized;

    /// What it is when written.
    fn view(&self) -> View<'_> {
        View::Object
    }

    /// Shows the keys of an object's fields, the fields in that order, and the rest; nothing where it is no object.
    fn slots(&self, _: &mut FieldVisitor<'_>) {}

    /// Lends what [`Node::slots`] shows.
    fn slots_mut(&mut self, _: &mut FieldVisitorMut<'_>) {}

    /// Becomes `scalar`, where that fits.
    ///
    /// # Errors
    ///
    /// Hands back what does not fit.
    fn take(&mut self, scalar: Scalar<'_>) -> Decoded {
        self.take_value(scalar.into())
    }

    /// Becomes `value`, where any kind of JSON may fit.
    ///
    /// # Errors
    ///
    /// Hands back what does not fit.
    fn take_value(&mut self, value: Value) -> Decoded {
        Err(value)
    }

    /// The list to read an array into, where that fits.
    fn open_list(&mut self) -> Option<&mut dyn List> {
        None
    }

    /// The map to read an object of free keys into, where that fits.
    fn open_entries(&mut self) -> Option<&mut dyn Entries> {
        None
    }
}

/// What reads the next value into a node; `false` where it does not fit.
pub(crate) type Read<'a> = dyn FnMut(&mut dyn Node) -> bool + 'a;

/// A value as it is written.
pub enum View<'a> {
    /// A value without parts.
    Scalar(Scalar<'a>),
    /// JSON of any shape.
    Free(&'a Value),
    /// JSON of a shape that its union does not know.
    Other(&'a Value),
    /// An array.
    List(&'a dyn List),
    /// An object of free keys.
    Entries(&'a dyn Entries),
    /// An object of known fields: see [`Node::slots`].
    Object,
}

/// What sees the keys of an object's fields, the fields, and what is kept beside them.
pub type FieldVisitor<'a> = dyn FnMut(&'static [&'static str], &[&dyn Slot], &Extra) + 'a;

/// What may change the fields of an object, in the order of [`Node::slots`], and what is kept beside them.
pub type FieldVisitorMut<'a> = dyn FnMut(&mut [&mut dyn Slot], &mut Extra) + 'a;

/// A field.
pub trait Slot {
    /// The value, if any; null counts as one.
    fn node(&self) -> Option<&dyn Node>;

    /// Reads a value; the field is absent after one that does not fit.
    fn read(&mut self, read: &mut Read<'_>);

    /// Becomes null; `false` where the field has no such state.
    fn set_null(&mut self) -> bool {
        false
    }

    /// Whether an object without the field is none.
    fn is_required(&self) -> bool {
        false
    }

    /// The field for a comparison.
    fn as_any(&self) -> &dyn Any;

    /// Whether `other` is of the same type and equal.
    fn equals(&self, other: &dyn Slot) -> bool;

    /// Becomes a copy of `other`, where that is of the same type.
    fn copy(&mut self, other: &dyn Slot);
}

/// Values in order.
pub trait List {
    /// How many.
    fn len(&self) -> usize;

    /// One of them.
    fn get(&self, index: usize) -> Option<&dyn Node>;

    /// Forgets all.
    fn clear(&mut self);

    /// Adds what is read.
    fn push(&mut self, read: &mut Read<'_>);
}

/// Values under free keys.
pub trait Entries {
    /// How many.
    fn len(&self) -> usize;

    /// Shows all in order.
    fn each<'a>(&'a self, show: &mut dyn FnMut(&'a str, &'a dyn Node));

    /// Forgets all.
    fn clear(&mut self);

    /// Adds what is read.
    fn insert(&mut self, key: &str, read: &mut Read<'_>);
}

/// Copies and comparisons of values whose types are not known here.
pub trait Erased: Any {
    /// The value for a cast.
    fn as_any(&self) -> &dyn Any;

    /// Whether `other` is of this type and equal.
    fn equals(&self, other: &dyn Any) -> bool;

    /// Becomes a copy of `other`, where that is of this type.
    fn copy(&mut self, other: &dyn Any);
}

impl<T: Any + Clone + PartialEq> Erased for T {
    fn as_any(&self) -> &dyn Any {
        self
    }

    fn equals(&self, other: &dyn Any) -> bool {
        other.downcast_ref::<T>().is_some_and(|other| self == other)
    }

    fn copy(&mut self, other: &dyn Any) {
        if let Some(other) = other.downcast_ref::<T>() {
            self.clone_from(other);
        }
    }
}

/// The keys of an object's fields.
pub(super) fn keys(node: &dyn Node) -> &'static [&'static str] {
    let mut found: &[&str] = &[];
    node.slots(&mut |keys, _, _| found = keys);
    found
}

/// Paths of the values that landed outside of known fields.
pub(super) fn drift(node: &dyn Node, path: &str, found: &mut Vec<String>) {
    match node.view() {
        View::Scalar(_) | View::Free(_) => {}
        View::Other(_) => found.push(if path.is_empty() { "." } else { path }.to_owned()),
        View::List(list) => {
            for (index, item) in (0..list.len()).filter_map(|at| Some((at, list.get(at)?))) {
                drift(item, &format!("{path}[{index}]"), found);
            }
        }
        View::Entries(entries) => {
            entries.each(&mut |key, node| drift(node, &format!("{path}.{key}"), found));
        }
        View::Object => node.slots(&mut |keys, slots, extra| {
            for (key, slot) in keys.iter().zip(slots) {
                if let Some(node) = slot.node() {
                    drift(node, &format!("{path}.{key}"), found);
                }
            }
            found.extend(extra.iter().map(|(key, _)| format!("{path}.{key}")));
        }),
    }
}

/// How many values landed outside of known fields: what tells the arms of a union apart.
pub(super) fn unknown(node: &dyn Node) -> usize {
    let mut count = 0;
    match node.view() {
        View::Scalar(_) | View::Free(_) => {}
        View::Other(_) => count += 1,
        View::List(list) => {
            let items = (0..list.len()).filter_map(|index| list.get(index));
            count += items.map(unknown).sum::<usize>();
        }
        View::Entries(entries) => entries.each(&mut |_, node| count += unknown(node)),
        View::Object => node.slots(&mut |_, slots, extra| {
            count += extra.len();
            count += slots.iter().filter_map(|slot| slot.node()).map(unknown).sum::<usize>();
        }),
    }
    count
}
