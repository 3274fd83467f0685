//! Three states of a field: left alone, deleted, set.

use super::Secret;
use serde_json::{Map, Value};

/// A field of a partial update.
///
/// An `Option` becomes one as well: `None` leaves the field alone. Null is sent by [`Patch::Null`] only.
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

impl<T> Patch<T> {
    /// The value itself, where one is set.
    #[must_use]
    pub fn into_value(self) -> Option<T> {
        match self {
            Self::Set(value) => Some(value),
            Self::Unset | Self::Null => None,
        }
    }
}

impl Patch<Value> {
    /// The value to send, null included.
    pub(crate) fn or_null(self) -> Option<Value> {
        match self {
            Self::Unset => None,
            Self::Null => Some(Value::Null),
            Self::Set(value) => Some(value),
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
        value.map_or(Self::Unset, Self::Set)
    }
}

impl From<Option<&str>> for Patch<String> {
    fn from(value: Option<&str>) -> Self {
        value.map_or(Self::Unset, Self::from)
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

impl From<&String> for Patch<String> {
    fn from(text: &String) -> Self {
        Self::Set(text.clone())
    }
}

impl<'a, T: From<&'a str>, const N: usize> From<[&'a str; N]> for Patch<Vec<T>> {
    fn from(texts: [&'a str; N]) -> Self {
        Self::Set(texts.into_iter().map(T::from).collect())
    }
}

/// What becomes JSON, and an option of it: none is no null.
macro_rules! json_values {
    ($($given:ty)*) => {$(
        impl From<$given> for Patch<Value> {
            fn from(value: $given) -> Self {
                Self::Set(value.into())
            }
        }

        impl From<Option<$given>> for Patch<Value> {
            fn from(value: Option<$given>) -> Self {
                value.map_or(Self::Unset, Self::from)
            }
        }
    )*};
}

json_values!(&str String bool i32 i64 u32 u64 f64 Map<String, Value> Vec<Value> Vec<String>);
