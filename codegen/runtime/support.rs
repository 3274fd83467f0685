//! What the JSON tables' macros refer to: imported whole by the files that hold the tables.
//!
//! Names that an API's types may well have are prefixed; the rest is reserved.

pub use super::extra::Extra;
pub(crate) use super::fit::set_key;
pub use super::form::FormBody;
pub(crate) use super::form::{form_fields, form_object};
pub(crate) use super::json::{
    deserialize_fitting, json_builder, json_enumeration, json_node, json_object, json_union,
    keep_better, try_arm,
};
pub use super::multipart::{MultipartBody, PartContent, PartField, PartValue, push_part};
pub(crate) use super::multipart::{multipart_object, part_setter};
pub use super::node::{
    Decoded as JsonDecoded, FieldVisitor as JsonFieldVisitor,
    FieldVisitorMut as JsonFieldVisitorMut, Node as JsonNode, Scalar as JsonScalar,
    Slot as JsonSlot, View as JsonView,
};
pub(crate) use super::nodes::set;
pub use super::patch::Patch;
pub(crate) use super::setters::{constructor, setters};
pub use super::slots::Required as JsonRequired;
pub(crate) use super::write::{copy, debug, equal, serialize_node};
pub use serde::de::{Deserialize, Deserializer};
pub use serde::ser::{Serialize, Serializer};
pub use serde_json::Value;
pub use std::fmt::{self, Display, Formatter};
