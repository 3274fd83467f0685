//! Three states of a field: left alone, deleted, set.

use super::Secret;
use super::fit::{Fitted, FromJson};
use serde_json::Value;

/// A field of a partial update.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Patch<T> {
    /// Not sent: the service leaves the field as it is.
    #[default]
    Unset,
    /// Sent as `null`: most services delete the field.
    Null,
    /// Sent with a value.
    Set(T),
}

impl<T> Patch<T> {
    /// Whether nothing is sent.
    #[must_use]
    pub const fn is_unset(&self) -> bool {
        matches!(self, Self::Unset)
    }

    /// Whether `null` is sent.
    #[must_use]
    pub const fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    /// The value, where one is set.
    #[must_use]
    pub const fn value(&self) -> Option<&T> {
        match self {
            Self::Set(value) => Some(value),
            Self::Unset | Self::Null => None,
        }
    }
}

impl<T> From<T> for Patch<T> {
    fn from(value: T) -> Self {
        Self::Set(value)
    }
}

impl<T> From<Option<T>> for Patch<T> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Self::Set)
    }
}

impl From<&str> for Patch<String> {
    fn from(text: &str) -> Self {
        Self::Set(text.to_owned())
    }
}

impl From<&str> for Patch<Secret> {
    fn from(text: &str) -> Self {
        Self::Set(text.into())
    }
}

impl From<String> for Patch<Secret> {
    fn from(text: String) -> Self {
        Self::Set(text.into())
    }
}

impl From<&str> for Patch<Value> {
    fn from(text: &str) -> Self {
        Self::Set(text.into())
    }
}

impl<T: FromJson> FromJson for Patch<T> {
    fn from_null() -> Fitted<Self> {
        Ok(Self::Null)
    }

    fn from_bool(value: bool) -> Fitted<Self> {
        T::from_bool(value).map(Self::Set)
    }

    fn from_i64(value: i64) -> Fitted<Self> {
        T::from_i64(value).map(Self::Set)
    }

    fn from_u64(value: u64) -> Fitted<Self> {
        T::from_u64(value).map(Self::Set)
    }

    fn from_f64(value: f64) -> Fitted<Self> {
        T::from_f64(value).map(Self::Set)
    }

    fn from_text(text: &str) -> Fitted<Self> {
        T::from_text(text).map(Self::Set)
    }

    fn from_seq<'de, A: serde::de::SeqAccess<'de>>(seq: A) -> Result<Fitted<Self>, A::Error> {
        Ok(T::from_seq(seq)?.map(Self::Set))
    }

    fn from_map<'de, A: serde::de::MapAccess<'de>>(map: A) -> Result<Fitted<Self>, A::Error> {
        Ok(T::from_map(map)?.map(Self::Set))
    }

    fn unknown(&self) -> usize {
        self.value().map_or(0, T::unknown)
    }
}
