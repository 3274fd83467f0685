//! The macros that make nodes of the API's types, from tables with one row a field, a text or an arm.
//!
//! Nothing is lost: unknown keys and misfits stay in an object's `extra`, unknown texts and shapes in a variant of their own.

use super::fit::{fit, read, reason};
use super::node::{Node, unknown};
use serde::de::{Deserializer, Error};
use serde_json::Value;

/// Reads a value of a type that is a [`Node`].
///
/// # Errors
///
/// Those of the reader, and a value of a kind that `name` is never.
pub(crate) fn deserialize_fitting<'de, D: Deserializer<'de>, T: Node>(
    deserializer: D,
    name: &str,
) -> Result<T, D::Error> {
    read(deserializer)?.map_err(|misfit| match reason(&mut T::blank(), &misfit) {
        Some(reason) => D::Error::custom(reason),
        None => D::Error::custom(format_args!("this is no {name}")),
    })
}

/// One arm of a union, with how many values it leaves unknown.
pub(crate) fn try_arm<T: Node, U>(value: &Value, arm: fn(T) -> U) -> Option<(usize, U)> {
    let read = fit::<T>(value.clone()).ok()?;
    Some((unknown(&read), arm(read)))
}

/// Keeps the arm that leaves fewer values unknown; the earlier one on a tie.
pub(crate) fn keep_better<U>(best: &mut Option<(usize, U)>, next: Option<(usize, U)>) {
    match (&*best, next) {
        (Some((fewest, _)), Some(next)) if *fewest <= next.0 => {}
        (_, Some(next)) => *best = Some(next),
        (_, None) => {}
    }
}

/// Makes structs nodes: a row has `required`, `optional` or `patch`, the field, its key, and what a setter takes, which is of no interest here. `: Default` stands where no field must be given.
macro_rules! json_object {
    ($name:ident $(: $default:ident)? {
        $($(required $req:ident)? $(optional $opt:ident)? $(patch $pat:ident)?: $key:literal $(=> $how:ident $taken:ty)?,)*
    }) => {
        impl JsonNode for $name {
            fn blank() -> Self {
                Self {
                    $($($req: JsonNode::blank(),)? $($opt: None,)? $($pat: Patch::Unset,)?)*
                    extra: Extra::new(),
                }
            }

            fn slots(&self, visit: &mut JsonFieldVisitor<'_>) {
                let slots: &[&dyn JsonSlot] = &[$(
                    $(&JsonRequired(&self.$req as &dyn JsonNode))? $(&self.$opt)? $(&self.$pat)?
                ),*];
                visit(&[$($key),*], slots, &self.extra);
            }

            fn slots_mut(&mut self, visit: &mut JsonFieldVisitorMut<'_>) {
                let slots: &mut [&mut dyn JsonSlot] = &mut [$(
                    $(&mut JsonRequired(&mut self.$req as &mut dyn JsonNode))?
                    $(&mut self.$opt)? $(&mut self.$pat)?
                ),*];
                visit(slots, &mut self.extra);
            }
        }

        $(impl $default for $name {
            fn default() -> Self {
                JsonNode::blank()
            }
        })?

        impl Clone for $name {
            fn clone(&self) -> Self {
                copy(self)
            }
        }

        impl PartialEq for $name {
            fn eq(&self, other: &Self) -> bool {
                equal(self, other)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
                debug(self, stringify!($name), f)
            }
        }

        json_node! { $name }
    };
}
pub(crate) use json_object;

/// Makes structs that callers build nodes, and writes their constructors and setters.
macro_rules! json_builder {
    ($name:ident $new:tt $rows:tt) => {
        json_object! { $name $rows }
        constructor! { $name $new $rows }
        setters! { $name $rows }

        impl $name {
            /// Sets what is sent under a key, known to this crate or not, as it is: null too. Of several for one key the last counts.
            #[must_use]
            pub fn set(mut self, key: impl Into<String>, value: impl Into<Value>) -> Self {
                set_key(&mut self, key.into(), value.into());
                self
            }
        }
    };
}
pub(crate) use json_builder;

/// Writes `Serialize` and `Deserialize` of nodes.
macro_rules! json_node {
    ($name:ident) => {
        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serialize_node(self, serializer)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                deserialize_fitting(deserializer, stringify!($name))
            }
        }
    };
}
pub(crate) use json_node;

/// Makes open enumerations nodes, with conversions from and to text.
macro_rules! json_enumeration {
    ($name:ident { $($variant:ident: $value:literal,)* }) => {
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

        impl From<String> for $name {
            fn from(text: String) -> Self {
                text.as_str().into()
            }
        }

        impl std::str::FromStr for $name {
            type Err = std::convert::Infallible;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Ok(text.into())
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }

        impl Display for $name {
            fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl JsonNode for $name {
            fn blank() -> Self {
                Self::Unknown(String::new())
            }

            fn view(&self) -> JsonView<'_> {
                JsonView::Scalar(JsonScalar::Text(self.as_str()))
            }

            fn take(&mut self, scalar: JsonScalar<'_>) -> JsonDecoded {
                match scalar {
                    JsonScalar::Text(text) => set(self, text.into()),
                    other => Err(other.into()),
                }
            }
        }

        impl PartContent for $name {
            fn to_parts(&self) -> Vec<PartValue> {
                vec![PartValue::Text(self.as_str().to_owned())]
            }
        }

        json_node! { $name }
    };
}
pub(crate) use json_enumeration;

/// Makes unions nodes; their last variant is `Other`.
macro_rules! json_union {
    ($name:ident { $($arm:ident,)* }) => {
        impl JsonNode for $name {
            fn blank() -> Self {
                Self::Other(Value::Null)
            }

            fn view(&self) -> JsonView<'_> {
                match self {
                    $(Self::$arm(value) => value.view(),)*
                    Self::Other(value) => JsonView::Other(value),
                }
            }

            fn slots(&self, visit: &mut JsonFieldVisitor<'_>) {
                match self {
                    $(Self::$arm(value) => value.slots(visit),)*
                    Self::Other(_) => {}
                }
            }

            fn take_value(&mut self, value: Value) -> JsonDecoded {
                let mut best: Option<(usize, Self)> = None;
                $(keep_better(&mut best, try_arm(&value, Self::$arm));)*
                set(self, best.map_or(Self::Other(value), |(_, read)| read))
            }
        }

        json_node! { $name }
    };
}
pub(crate) use json_union;
