//! Writing, showing, copying and comparing values through their nodes.

use super::extra::Extra;
use super::node::{Entries, List, Node, Scalar, Slot, View};
use serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};
use serde_json::Value;
use std::fmt;

/// A node for any writer. Free JSON and maps are marked as newtypes, which JSON does not show.
pub(crate) struct Written<'a>(pub &'a dyn Node);

impl Serialize for Written<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0.view() {
            View::Scalar(Scalar::Null) => serializer.serialize_unit(),
            View::Scalar(Scalar::Bool(value)) => serializer.serialize_bool(value),
            View::Scalar(Scalar::I64(value)) => serializer.serialize_i64(value),
            View::Scalar(Scalar::U64(value)) => serializer.serialize_u64(value),
            View::Scalar(Scalar::F64(value)) => serializer.serialize_f64(value),
            View::Scalar(Scalar::Text(text)) => serializer.serialize_str(text),
            View::Free(value) | View::Other(value) => {
                serializer.serialize_newtype_struct("Free", value)
            }
            View::List(list) => write_list(list, serializer),
            View::Entries(entries) => {
                serializer.serialize_newtype_struct("Entries", &WrittenEntries(entries))
            }
            View::Object => write_object(self.0, serializer),
        }
    }
}

/// Writes a node, with any writer.
///
/// # Errors
///
/// Those of the writer.
pub(crate) fn serialize_node<S: Serializer>(
    node: &dyn Node,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    Written(node).serialize(serializer)
}

/// A node as JSON in memory.
pub(super) fn to_value(node: &dyn Node) -> Value {
    serde_json::to_value(Written(node)).unwrap_or_default()
}

struct WrittenEntries<'a>(&'a dyn Entries);

impl Serialize for WrittenEntries<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        let mut outcome = Ok(());
        self.0.each(&mut |key, value| {
            if outcome.is_ok() {
                outcome = map.serialize_entry(key, &Written(value));
            }
        });
        outcome?;
        map.end()
    }
}

fn write_list<S: Serializer>(list: &dyn List, serializer: S) -> Result<S::Ok, S::Error> {
    let mut seq = serializer.serialize_seq(Some(list.len()))?;
    for item in (0..list.len()).filter_map(|index| list.get(index)) {
        seq.serialize_element(&Written(item))?;
    }
    seq.end()
}

/// What a field sends: nothing where it has to be there and a value that does not fit it stands beside the fields.
pub(super) fn sent<'a>(slot: &'a dyn Slot, key: &str, extra: &Extra) -> Option<&'a dyn Node> {
    slot.node().filter(|_| !slot.is_required() || extra.get(key).is_none())
}

/// What is kept beside the fields and sent: a field that sends something beats what is kept under its key.
pub(super) fn beside<'a>(
    keys: &'a [&'static str],
    slots: &'a [&dyn Slot],
    extra: &'a Extra,
) -> impl Iterator<Item = (&'a String, &'a Value)> {
    let is_sent = move |key: &str| {
        let mut fields = keys.iter().zip(slots);
        fields.any(|(known, slot)| *known == key && sent(*slot, key, extra).is_some())
    };
    extra.iter().filter(move |(key, _)| !is_sent(key))
}

/// Writes the fields that are set, then what is kept beside them.
fn write_object<S: Serializer>(object: &dyn Node, serializer: S) -> Result<S::Ok, S::Error> {
    let mut map = serializer.serialize_map(None)?;
    let mut outcome = Ok(());
    object.slots(&mut |keys, slots, extra| outcome = write_slots(keys, slots, extra, &mut map));
    outcome?;
    map.end()
}

fn write_slots<M: SerializeMap>(
    keys: &[&'static str],
    slots: &[&dyn Slot],
    extra: &Extra,
    map: &mut M,
) -> Result<(), M::Error> {
    for (key, slot) in keys.iter().zip(slots) {
        if let Some(node) = sent(*slot, key, extra) {
            map.serialize_entry(key, &Written(node))?;
        }
    }
    for (key, value) in beside(keys, slots, extra) {
        map.serialize_entry(key, value)?;
    }
    Ok(())
}

/// Shows the fields that are set, under their keys.
///
/// # Errors
///
/// Those of the writer.
pub(crate) fn debug(object: &dyn Node, name: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let mut shown = f.debug_struct(name);
    object.slots(&mut |keys, slots, extra| {
        for (key, slot) in keys.iter().zip(slots) {
            if let Some(node) = slot.node() {
                shown.field(key, &node);
            }
        }
        if !extra.is_empty() {
            shown.field("extra", extra);
        }
    });
    shown.finish()
}

/// A copy of `from`.
#[must_use]
pub(crate) fn copy<T: Node>(from: &T) -> T {
    let mut to = T::blank();
    to.slots_mut(&mut |to_slots, to_extra| {
        from.slots(&mut |_, slots, extra| {
            for (to, from) in to_slots.iter_mut().zip(slots) {
                to.copy(*from);
            }
            to_extra.clone_from(extra);
        });
    });
    to
}

/// Whether all fields and all that is kept beside them are equal.
#[must_use]
pub(crate) fn equal(a: &dyn Node, b: &dyn Node) -> bool {
    let mut equal = false;
    a.slots(&mut |_, a_slots, a_extra| {
        b.slots(&mut |_, b_slots, b_extra| {
            let mut pairs = a_slots.iter().zip(b_slots);
            equal = a_extra == b_extra && pairs.all(|(a, b)| a.equals(*b));
        });
    });
    equal
}
