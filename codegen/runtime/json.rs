//! The macros that turn a field table into reading and writing, and what they call.
//!
//! One row a field: `required`, `optional` or `patch`, the field, its key. Nothing is lost: unknown keys and misfits stay in the object's `extra`.

use super::extra::Extra;
use super::fit::{FromJson, Seed, fit};
use super::patch::Patch;
use serde::Serialize;
use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess};
use serde::ser::SerializeMap;
use serde_json::Value;

/// Reads the value of an optional field.
///
/// # Errors
///
/// Those of the reader.
pub fn read_optional<'de, A: MapAccess<'de>, T: FromJson>(
    map: &mut A,
    key: &str,
    field: &mut Option<T>,
    extra: &mut Extra,
) -> Result<(), A::Error> {
    match map.next_value_seed(Seed::<T>::new())? {
        Ok(value) => *field = Some(value),
        Err(misfit) => {
            *field = None;
            extra.insert(key, misfit);
        }
    }
    Ok(())
}

/// Keeps the value of a key without a field.
///
/// # Errors
///
/// Those of the reader.
pub fn read_unknown<'de, A: MapAccess<'de>>(
    map: &mut A,
    key: &str,
    extra: &mut Extra,
) -> Result<(), A::Error> {
    extra.insert(key, map.next_value::<Value>()?);
    Ok(())
}

/// Reads the value of a field with three states.
///
/// # Errors
///
/// Those of the reader.
pub fn read_patch<'de, A: MapAccess<'de>, T: FromJson>(
    map: &mut A,
    key: &str,
    field: &mut Patch<T>,
    extra: &mut Extra,
) -> Result<(), A::Error> {
    match map.next_value_seed(Seed::<Patch<T>>::new())? {
        Ok(value) => *field = value,
        Err(misfit) => {
            *field = Patch::Unset;
            extra.insert(key, misfit);
        }
    }
    Ok(())
}

/// Reads the value of a required field.
///
/// # Errors
///
/// Those of the reader, and a value that does not fit.
pub fn read_required<'de, A: MapAccess<'de>, T: FromJson>(
    map: &mut A,
    key: &str,
    field: &mut Option<T>,
) -> Result<(), A::Error> {
    match map.next_value_seed(Seed::<T>::new())? {
        Ok(value) => *field = Some(value),
        Err(_) => return Err(A::Error::custom(format_args!("`{key}` is of another type"))),
    }
    Ok(())
}

/// The value of a required field.
///
/// # Errors
///
/// Where the key was missing.
pub fn required<T, E: Error>(key: &'static str, field: Option<T>) -> Result<T, E> {
    field.ok_or_else(|| E::missing_field(key))
}

/// Reads a value whose type has [`FromJson`].
///
/// # Errors
///
/// Those of the reader, and a value of a kind that `name` is never.
pub fn deserialize_fitting<'de, D: Deserializer<'de>, T: FromJson>(
    deserializer: D,
    name: &str,
) -> Result<T, D::Error> {
    match Seed::<T>::new().deserialize(deserializer)? {
        Ok(value) => Ok(value),
        Err(_) => Err(D::Error::custom(format_args!("this is no {name}"))),
    }
}

/// One arm of a union, with how many values it leaves unknown.
pub fn try_arm<T: FromJson, U>(value: &Value, arm: fn(T) -> U) -> Option<(usize, U)> {
    let read = fit::<T>(value.clone()).ok()?;
    Some((read.unknown(), arm(read)))
}

/// Keeps the arm that leaves fewer values unknown; the earlier one on a tie.
pub fn keep_better<U>(best: &mut Option<(usize, U)>, next: Option<(usize, U)>) {
    match (&*best, next) {
        (Some((fewest, _)), Some(next)) if *fewest <= next.0 => {}
        (_, Some(next)) => *best = Some(next),
        (_, None) => {}
    }
}

/// Writes an optional field where it is set.
///
/// # Errors
///
/// Those of the writer.
pub fn write_optional<M: SerializeMap, T: Serialize>(
    map: &mut M,
    key: &'static str,
    field: &Option<T>,
) -> Result<(), M::Error> {
    field.as_ref().map_or(Ok(()), |value| map.serialize_entry(key, value))
}

/// Writes a field with three states unless it is unset.
///
/// # Errors
///
/// Those of the writer.
pub fn write_patch<M: SerializeMap, T: Serialize>(
    map: &mut M,
    key: &'static str,
    field: &Patch<T>,
) -> Result<(), M::Error> {
    match field {
        Patch::Unset => Ok(()),
        Patch::Null => map.serialize_entry(key, &()),
        Patch::Set(value) => map.serialize_entry(key, value),
    }
}

/// Writes what is kept beside the fields; a field that is set beats what is kept under its key.
///
/// # Errors
///
/// Those of the writer.
pub fn write_extra<M: SerializeMap>(
    map: &mut M,
    extra: &Extra,
    is_set: impl Fn(&str) -> bool,
) -> Result<(), M::Error> {
    for (key, value) in extra {
        if !is_set(key) {
            map.serialize_entry(key, value)?;
        }
    }
    Ok(())
}

/// Writes `FromJson`, `Serialize` and `Deserialize` of structs from their field tables.
macro_rules! json_object {
    ($($name:ident { $($mode:ident $field:ident: $key:literal,)* })*) => {$(
        impl FromJson for $name {
            fn from_map<'de, A: MapAccess<'de>>(mut map: A) -> Result<Fitted<Self>, A::Error> {
                $(let mut $field = json_object!(@unset $mode);)*
                let mut extra = Extra::default();
                read_fields(&mut map, |map, key| match key {
                    $($key => json_object!(@read $mode $field $key map extra),)*
                    _ => read_unknown(map, key, &mut extra),
                })?;
                Ok(Ok(Self { $($field: json_object!(@finish $mode $field $key),)* extra }))
            }

            fn unknown(&self) -> usize {
                self.extra.len() $(+ json_object!(@unknown $mode self $field))*
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                let mut map = serializer.serialize_map(None)?;
                $(json_object!(@write $mode self $field $key map);)*
                write_extra(&mut map, &self.extra, |key| match key {
                    $($key => json_object!(@set $mode self $field),)*
                    _ => false,
                })?;
                map.end()
            }
        }

        json_deserialize! { $name }
    )*};
    (@unset patch) => { Patch::Unset };
    (@unset $mode:ident) => { None };
    (@read optional $field:ident $key:literal $map:ident $extra:ident) => {
        read_optional($map, $key, &mut $field, &mut $extra)
    };
    (@read patch $field:ident $key:literal $map:ident $extra:ident) => {
        read_patch($map, $key, &mut $field, &mut $extra)
    };
    (@read required $field:ident $key:literal $map:ident $extra:ident) => {
        read_required($map, $key, &mut $field)
    };
    (@finish required $field:ident $key:literal) => { required($key, $field)? };
    (@finish $mode:ident $field:ident $key:literal) => { $field };
    (@unknown required $self:ident $field:ident) => { $self.$field.unknown() };
    (@unknown optional $self:ident $field:ident) => { $self.$field.unknown() };
    (@unknown patch $self:ident $field:ident) => { $self.$field.unknown() };
    (@write optional $self:ident $field:ident $key:literal $map:ident) => {
        write_optional(&mut $map, $key, &$self.$field)?
    };
    (@write patch $self:ident $field:ident $key:literal $map:ident) => {
        write_patch(&mut $map, $key, &$self.$field)?
    };
    (@write required $self:ident $field:ident $key:literal $map:ident) => {
        $map.serialize_entry($key, &$self.$field)?
    };
    (@set optional $self:ident $field:ident) => { $self.$field.is_some() };
    (@set patch $self:ident $field:ident) => { !$self.$field.is_unset() };
    (@set required $self:ident $field:ident) => { true };
}
pub(crate) use json_object;

/// Writes `Deserialize` of a type that has `FromJson`.
macro_rules! json_deserialize {
    ($($name:ident)*) => {$(
        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                deserialize_fitting(deserializer, stringify!($name))
            }
        }
    )*};
}
pub(crate) use json_deserialize;

/// Writes `FromJson`, `Serialize`, `Deserialize` and conversions of open enumerations.
macro_rules! json_enumeration {
    ($($name:ident { $($variant:ident: $value:literal,)* })*) => {$(
        impl $name {
            /// The text on the wire.
            #[must_use]
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $value,)*
                    Self::Unknown(text) => text,
                }
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                match text {
                    $($value => Self::$variant,)*
                    _ => Self::Unknown(text.to_owned()),
                }
            }
        }

        impl Display for $name {
            fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl FromJson for $name {
            fn from_text(text: &str) -> Fitted<Self> {
                Ok(text.into())
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl PartContent for $name {
            fn to_parts(&self) -> Vec<PartValue> {
                vec![PartValue::Text(self.as_str().to_owned())]
            }
        }

        json_deserialize! { $name }
    )*};
}
pub(crate) use json_enumeration;

/// Writes `FromJson`, `Serialize` and `Deserialize` of unions; their last variant is `Other`.
macro_rules! json_union {
    ($($name:ident { $($arm:ident,)* })*) => {$(
        impl FromJson for $name {
            fn from_other(value: Value) -> Fitted<Self> {
                let mut best: Option<(usize, Self)> = None;
                $(keep_better(&mut best, try_arm(&value, Self::$arm));)*
                Ok(best.map_or(Self::Other(value), |(_, read)| read))
            }

            fn unknown(&self) -> usize {
                match self {
                    $(Self::$arm(value) => value.unknown(),)*
                    Self::Other(_) => 1,
                }
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                match self {
                    $(Self::$arm(value) => value.serialize(serializer),)*
                    Self::Other(value) => serializer.serialize_newtype_struct("Other", value),
                }
            }
        }

        json_deserialize! { $name }
    )*};
}
pub(crate) use json_union;
