//! Reading JSON that never refuses a value: what does not fit comes back as it is.
//!
//! One pass and no buffering while values fit.

use serde::Serialize;
use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{Deserialize, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

/// A value that fits, or the JSON that does not.
pub type Fitted<T> = Result<T, Value>;

/// A type read from JSON; each method takes one kind of value and hands back what does not fit.
pub trait FromJson: Sized {
    /// Any kind without a method of its own.
    fn from_other(value: Value) -> Fitted<Self> {
        Err(value)
    }

    /// `null`, or no body at all.
    fn from_null() -> Fitted<Self> {
        Self::from_other(Value::Null)
    }

    /// `true` or `false`.
    fn from_bool(value: bool) -> Fitted<Self> {
        Self::from_other(value.into())
    }

    /// An integer.
    fn from_i64(value: i64) -> Fitted<Self> {
        Self::from_other(value.into())
    }

    /// An integer that is not negative.
    fn from_u64(value: u64) -> Fitted<Self> {
        match i64::try_from(value) {
            Ok(value) => Self::from_i64(value),
            Err(_) => Self::from_other(value.into()),
        }
    }

    /// A number with a fraction or an exponent.
    fn from_f64(value: f64) -> Fitted<Self> {
        Self::from_other(value.into())
    }

    /// A text.
    fn from_text(text: &str) -> Fitted<Self> {
        Self::from_other(text.into())
    }

    /// An array.
    fn from_seq<'de, A: SeqAccess<'de>>(seq: A) -> Result<Fitted<Self>, A::Error> {
        Value::deserialize(SeqAccessDeserializer::new(seq)).map(Self::from_other)
    }

    /// An object.
    fn from_map<'de, A: MapAccess<'de>>(map: A) -> Result<Fitted<Self>, A::Error> {
        Value::deserialize(MapAccessDeserializer::new(map)).map(Self::from_other)
    }

    /// How many values landed outside of known fields: what tells the arms of a union apart.
    fn unknown(&self) -> usize {
        0
    }
}

/// Reads a `T` wherever serde reads a value.
#[derive(Debug)]
pub(super) struct Seed<T>(PhantomData<T>);

impl<T> Seed<T> {
    /// A seed for `T`.
    #[must_use]
    pub(super) const fn new() -> Self {
        Self(PhantomData)
    }
}

impl<'de, T: FromJson> DeserializeSeed<'de> for Seed<T> {
    type Value = Fitted<T>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Fitted<T>, D::Error> {
        deserializer.deserialize_any(FitVisitor(PhantomData))
    }
}

/// The visitor behind [`Seed`].
#[derive(Debug)]
struct FitVisitor<T>(PhantomData<T>);

impl<'de, T: FromJson> Visitor<'de> for FitVisitor<T> {
    type Value = Fitted<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(T::from_null())
    }

    fn visit_bool<E>(self, value: bool) -> Result<Self::Value, E> {
        Ok(T::from_bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Self::Value, E> {
        Ok(T::from_i64(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Self::Value, E> {
        Ok(T::from_u64(value))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Self::Value, E> {
        Ok(T::from_f64(value))
    }

    fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
        Ok(T::from_text(text))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<Self::Value, A::Error> {
        T::from_seq(seq)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
        T::from_map(map)
    }
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

/// Calls `field` for each key of an object; it must read the key's value.
///
/// # Errors
///
/// Those of the reader and of `field`.
pub fn read_fields<'de, A, F>(map: &mut A, mut field: F) -> Result<(), A::Error>
where
    A: MapAccess<'de>,
    F: FnMut(&mut A, &str) -> Result<(), A::Error>,
{
    while let Some(key) = map.next_key::<Key<'de>>()? {
        field(map, &key.0)?;
    }
    Ok(())
}

macro_rules! fits {
    ($($type:ty: $method:ident($kind:ty) $convert:expr;)*) => {$(
        impl FromJson for $type {
            fn $method(value: $kind) -> Fitted<Self> {
                Ok($convert(value))
            }
        }
    )*};
}

fits! {
    bool: from_bool(bool) std::convert::identity;
    i64: from_i64(i64) std::convert::identity;
    String: from_text(&str) str::to_owned;
    Value: from_other(Value) std::convert::identity;
}

impl FromJson for u64 {
    fn from_i64(value: i64) -> Fitted<Self> {
        Self::try_from(value).map_err(|_| value.into())
    }

    fn from_u64(value: u64) -> Fitted<Self> {
        Ok(value)
    }
}

impl FromJson for f64 {
    fn from_i64(value: i64) -> Fitted<Self> {
        const EXACT: i64 = 1 << 53;
        if (-EXACT..=EXACT).contains(&value) {
            return Ok(value as Self);
        }
        Err(value.into())
    }

    fn from_f64(value: f64) -> Fitted<Self> {
        Ok(value)
    }
}

impl<T: FromJson> FromJson for Box<T> {
    fn from_seq<'de, A: SeqAccess<'de>>(seq: A) -> Result<Fitted<Self>, A::Error> {
        Ok(T::from_seq(seq)?.map(Self::new))
    }

    fn from_map<'de, A: MapAccess<'de>>(map: A) -> Result<Fitted<Self>, A::Error> {
        Ok(T::from_map(map)?.map(Self::new))
    }

    fn from_other(value: Value) -> Fitted<Self> {
        fit(value).map(Self::new)
    }

    fn unknown(&self) -> usize {
        T::unknown(self)
    }
}

impl<T: FromJson> FromJson for Option<T> {
    fn from_null() -> Fitted<Self> {
        Ok(None)
    }

    fn from_seq<'de, A: SeqAccess<'de>>(seq: A) -> Result<Fitted<Self>, A::Error> {
        Ok(T::from_seq(seq)?.map(Some))
    }

    fn from_map<'de, A: MapAccess<'de>>(map: A) -> Result<Fitted<Self>, A::Error> {
        Ok(T::from_map(map)?.map(Some))
    }

    fn from_other(value: Value) -> Fitted<Self> {
        fit(value).map(Some)
    }

    fn unknown(&self) -> usize {
        self.as_ref().map_or(0, T::unknown)
    }
}

impl<T: FromJson + Serialize> FromJson for Vec<T> {
    fn from_seq<'de, A: SeqAccess<'de>>(mut seq: A) -> Result<Fitted<Self>, A::Error> {
        let mut items = Self::new();
        while let Some(item) = seq.next_element_seed(Seed::<T>::new())? {
            match item {
                Ok(item) => items.push(item),
                Err(misfit) => {
                    let mut raw = items.iter().map(to_value).collect::<Vec<_>>();
                    raw.push(misfit);
                    while let Some(value) = seq.next_element()? {
                        raw.push(value);
                    }
                    return Ok(Err(Value::Array(raw)));
                }
            }
        }
        Ok(Ok(items))
    }

    fn unknown(&self) -> usize {
        self.iter().map(T::unknown).sum()
    }
}

impl<T: FromJson + Serialize> FromJson for BTreeMap<String, T> {
    fn from_map<'de, A: MapAccess<'de>>(mut map: A) -> Result<Fitted<Self>, A::Error> {
        let mut entries = Self::new();
        while let Some(key) = map.next_key::<String>()? {
            match map.next_value_seed(Seed::<T>::new())? {
                Ok(value) => drop(entries.insert(key, value)),
                Err(misfit) => {
                    let mut raw = Map::new();
                    raw.extend(entries.iter().map(|(key, value)| (key.clone(), to_value(value))));
                    raw.insert(key, misfit);
                    while let Some((key, value)) = map.next_entry()? {
                        raw.insert(key, value);
                    }
                    return Ok(Err(Value::Object(raw)));
                }
            }
        }
        Ok(Ok(entries))
    }

    fn unknown(&self) -> usize {
        self.values().map(T::unknown).sum()
    }
}

/// Reads a `T` out of JSON that is already in memory.
pub(super) fn fit<T: FromJson>(value: Value) -> Fitted<T> {
    match value {
        Value::Null => T::from_null(),
        Value::Bool(value) => T::from_bool(value),
        Value::String(text) => T::from_text(&text),
        Value::Number(_) | Value::Array(_) | Value::Object(_) => {
            let kept = value.clone();
            Seed::<T>::new().deserialize(value).unwrap_or(Err(kept))
        }
    }
}

fn to_value<T: Serialize>(value: &T) -> Value {
    serde_json::to_value(value).unwrap_or_default()
}
