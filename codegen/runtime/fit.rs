//! Reading JSON that never refuses a value: what does not fit its node comes back as it is.
//!
//! One pass and no buffering while values fit.

use super::extra::Extra;
use super::node::{Decoded, Entries, List, Node, Scalar, Slot, keys};
use super::write::to_value;
use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{Deserialize, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};
use std::borrow::Cow;
use std::fmt;

/// Reads a `T`, or hands back the JSON that is none.
///
/// # Errors
///
/// Those of the reader.
pub(crate) fn read<'de, T: Node, D: Deserializer<'de>>(
    reader: D,
) -> Result<Result<T, Value>, D::Error> {
    let mut value = T::blank();
    let decoded = Target(&mut value).deserialize(reader)?;
    Ok(decoded.map(|()| value))
}

/// Reads a `T` out of JSON that is already in memory.
pub(super) fn fit<T: Node>(value: Value) -> Result<T, Value> {
    let kept = value.clone();
    read(value).unwrap_or(Err(kept))
}

/// Reads the next value into a node.
struct Target<'a>(&'a mut dyn Node);

impl<'de> DeserializeSeed<'de> for Target<'_> {
    type Value = Decoded;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Decoded, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Target<'_> {
    type Value = Decoded;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Decoded, E> {
        Ok(self.0.take(Scalar::Null))
    }

    fn visit_bool<E>(self, value: bool) -> Result<Decoded, E> {
        Ok(self.0.take(Scalar::Bool(value)))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Decoded, E> {
        Ok(self.0.take(Scalar::I64(value)))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Decoded, E> {
        let small = i64::try_from(value).map(Scalar::I64);
        Ok(self.0.take(small.unwrap_or(Scalar::U64(value))))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Decoded, E> {
        Ok(self.0.take(Scalar::F64(value)))
    }

    fn visit_str<E>(self, text: &str) -> Result<Decoded, E> {
        Ok(self.0.take(Scalar::Text(text)))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<Decoded, A::Error> {
        if let Some(list) = self.0.open_list() {
            list.clear();
            return read_list(list, seq);
        }
        Value::deserialize(SeqAccessDeserializer::new(seq)).map(|value| self.0.take_value(value))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Decoded, A::Error> {
        if let Some(entries) = self.0.open_entries() {
            entries.clear();
            return read_entries(entries, map);
        }
        let (mut map, mut outcome) = (Some(map), None);
        // What may be absent is there by now: opening its entries made it.
        let keys = keys(self.0);
        self.0.slots_mut(&mut |slots, extra| {
            outcome = map.take().map(|map| read_slots(keys, slots, extra, map));
        });
        match (map, outcome) {
            (_, Some(outcome)) => outcome,
            (Some(map), None) => {
                let value = Value::deserialize(MapAccessDeserializer::new(map))?;
                Ok(self.0.take_value(value))
            }
            (None, None) => Ok(Ok(())),
        }
    }
}

/// Reads the next value of a field; null where the field has that state.
struct SlotTarget<'a>(&'a mut dyn Slot);

impl<'de> DeserializeSeed<'de> for SlotTarget<'_> {
    type Value = Decoded;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Decoded, D::Error> {
        let (mut deserializer, mut outcome) = (Some(deserializer), None);
        self.0.read(&mut |node| {
            outcome = deserializer.take().map(|it| Target(node).deserialize(it));
            matches!(outcome, Some(Ok(Ok(()))))
        });
        match outcome.unwrap_or(Ok(Ok(())))? {
            Err(Value::Null) if self.0.set_null() => Ok(Ok(())),
            decoded => Ok(decoded),
        }
    }
}

/// Sets what is sent under `key`: its field, or, where there is none or the value does not fit it, what is kept beside the fields.
pub(crate) fn set_key(object: &mut dyn Node, key: String, value: Value) {
    let index = keys(object).iter().position(|known| *known == key);
    let mut given = Some((key, value));
    object.slots_mut(&mut |slots, extra| {
        let Some((key, value)) = given.take() else { return };
        extra.remove(&key);
        let slot = index.and_then(|index| slots.get_mut(index));
        let misfit = match slot {
            Some(slot) => {
                let kept = value.clone();
                SlotTarget(*slot).deserialize(value).unwrap_or(Err(kept))
            }
            None => Err(value),
        };
        if let Err(misfit) = misfit {
            extra.insert(key, misfit);
        }
    });
}

fn read_list<'de, A: SeqAccess<'de>>(list: &mut dyn List, mut seq: A) -> Result<Decoded, A::Error> {
    loop {
        let mut next = Ok(None);
        list.push(&mut |item| {
            next = seq.next_element_seed(Target(item));
            matches!(next, Ok(Some(Ok(()))))
        });
        match next? {
            None => return Ok(Ok(())),
            Some(Ok(())) => {}
            Some(Err(misfit)) => {
                let before = (0..list.len()).filter_map(|index| list.get(index));
                let mut raw: Vec<Value> = before.map(to_value).collect();
                raw.push(misfit);
                while let Some(value) = seq.next_element()? {
                    raw.push(value);
                }
                return Ok(Err(Value::Array(raw)));
            }
        }
    }
}

fn read_entries<'de, A: MapAccess<'de>>(
    entries: &mut dyn Entries,
    mut map: A,
) -> Result<Decoded, A::Error> {
    while let Some(key) = map.next_key::<Key<'de>>()? {
        let mut next = Ok(Ok(()));
        entries.insert(&key.0, &mut |value| {
            next = map.next_value_seed(Target(value));
            matches!(next, Ok(Ok(())))
        });
        if let Err(misfit) = next? {
            let mut raw = Map::new();
            entries.each(&mut |key, value| drop(raw.insert(key.to_owned(), to_value(value))));
            raw.insert(key.0.into_owned(), misfit);
            while let Some((key, value)) = map.next_entry()? {
                raw.insert(key, value);
            }
            return Ok(Err(Value::Object(raw)));
        }
    }
    Ok(Ok(()))
}

fn read_slots<'de, A: MapAccess<'de>>(
    keys: &[&'static str],
    slots: &mut [&mut dyn Slot],
    extra: &mut Extra,
    mut map: A,
) -> Result<Decoded, A::Error> {
    let (mut next, mut met) = (0, Vec::new());
    while let Some(key) = map.next_key::<Key<'de>>()? {
        let key = &*key.0;
        let index = position(keys, key, next);
        next = index.map_or(next, |index| index + 1);
        let Some(slot) = index.and_then(|index| slots.get_mut(index)) else {
            extra.insert(key, map.next_value::<Value>()?);
            continue;
        };
        match map.next_value_seed(SlotTarget(*slot))? {
            Ok(()) if slot.is_required() => met.extend(index),
            Ok(()) => {}
            Err(misfit) => extra.insert(key, misfit),
        }
    }
    let is_missing =
        |(index, slot): (usize, &&mut dyn Slot)| slot.is_required() && !met.contains(&index);
    if slots.iter().enumerate().any(is_missing) {
        return Ok(Err(raw(keys, slots, extra, &met)));
    }
    Ok(Ok(()))
}

/// The object as it came, as far as it was read; `met` are the required fields that were there.
fn raw(keys: &[&str], slots: &[&mut dyn Slot], extra: &Extra, met: &[usize]) -> Value {
    let mut raw: Map<String, Value> =
        extra.iter().map(|(key, value)| (key.clone(), value.clone())).collect();
    for (index, (key, slot)) in keys.iter().zip(slots).enumerate() {
        if let Some(node) = slot.node().filter(|_| !slot.is_required() || met.contains(&index)) {
            raw.insert((*key).to_owned(), to_value(node));
        }
    }
    Value::Object(raw)
}

/// Why `value` is no such node, in a few words.
pub(super) fn reason(node: &mut dyn Node, value: &Value) -> Option<String> {
    let Value::Object(map) = value else {
        return None;
    };
    let mut reason = None;
    let keys = keys(node);
    node.slots_mut(&mut |slots, _| {
        let mut required = keys.iter().zip(slots).filter(|(_, slot)| slot.is_required());
        reason = required.find_map(|(key, slot)| match map.get(*key) {
            None => Some(format!("missing field `{key}`")),
            Some(value) => match SlotTarget(*slot).deserialize(value.clone()) {
                Ok(Ok(())) => None,
                Ok(Err(_)) | Err(_) => Some(format!("`{key}` is of another type")),
            },
        });
    });
    reason
}

/// Where `key` stands in `keys`: most objects come in the order of their fields.
fn position(keys: &[&str], key: &str, next: usize) -> Option<usize> {
    if keys.get(next) == Some(&key) {
        return Some(next);
    }
    keys.iter().position(|known| *known == key)
}

/// A key borrowed from the input where it holds no escapes.
struct Key<'de>(Cow<'de, str>);

impl<'de> Deserialize<'de> for Key<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct KeyVisitor;
        impl<'de> Visitor<'de> for KeyVisitor {
            type Value = Key<'de>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a key")
            }
            fn visit_borrowed_str<E>(self, key: &'de str) -> Result<Key<'de>, E> {
                Ok(Key(Cow::Borrowed(key)))
            }
            fn visit_str<E>(self, key: &str) -> Result<Key<'de>, E> {
                Ok(Key(Cow::Owned(key.to_owned())))
            }
        }
        deserializer.deserialize_str(KeyVisitor)
    }
}
