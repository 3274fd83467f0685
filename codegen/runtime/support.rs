//! What the JSON tables' macros refer to: imported whole by the files that hold the tables.

pub use super::extra::Extra;
pub use super::fit::{Fitted, FromJson, read_fields};
pub(crate) use super::form::form_object;
pub use super::form::{FormBody, push_field};
pub use super::json::{
    deserialize_fitting, keep_better, read_optional, read_patch, read_required, read_unknown,
    required, try_arm, write_extra, write_optional, write_patch,
};
pub(crate) use super::json::{json_deserialize, json_enumeration, json_object, json_union};
pub(crate) use super::multipart::multipart_object;
pub use super::multipart::{MultipartBody, PartContent, PartField, PartValue, push_part};
pub use super::patch::Patch;
pub use serde::de::{Deserialize, Deserializer, MapAccess};
pub use serde::ser::{Serialize, SerializeMap, Serializer};
pub use serde_json::Value;
pub use std::fmt::{self, Display, Formatter};
