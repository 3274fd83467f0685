//! `application/x-www-form-urlencoded` bodies.

use super::encode::component;
use super::node::Node;
use super::write::{beside, sent, to_value};
use serde_json::Value;

/// A body of form fields.
pub trait FormBody {
    /// Names and values in the order they are sent.
    fn fields(&self) -> Vec<(String, String)>;
}

/// The fields of an object: a list as one field each.
pub(crate) fn form_fields(object: &dyn Node) -> Vec<(String, String)> {
    let mut fields = Vec::new();
    let mut push = |key: &str, value: Value| {
        fields.extend(texts(value).into_iter().map(|text| (key.to_owned(), text)));
    };
    object.slots(&mut |keys, slots, extra| {
        for (key, slot) in keys.iter().zip(slots) {
            if let Some(node) = sent(*slot, key, extra) {
                push(key, to_value(node));
            }
        }
        for (key, value) in beside(keys, slots, extra) {
            push(key, value.clone());
        }
    });
    fields
}

/// A value as the texts of form fields.
pub(super) fn texts(value: Value) -> Vec<String> {
    match value {
        Value::Null => Vec::new(),
        Value::String(text) => vec![text],
        Value::Array(values) => values.into_iter().flat_map(texts).collect(),
        Value::Bool(_) | Value::Number(_) | Value::Object(_) => vec![value.to_string()],
    }
}

/// Writes `FormBody` of structs that are nodes.
macro_rules! form_object {
    ($name:ident) => {
        impl FormBody for $name {
            fn fields(&self) -> Vec<(String, String)> {
                form_fields(self)
            }
        }
    };
}
pub(crate) use form_object;

/// The body's text.
pub(super) fn encode(fields: &[(String, String)]) -> String {
    let pairs =
        fields.iter().map(|(key, value)| format!("{}={}", component(key), component(value)));
    pairs.collect::<Vec<_>>().join("&")
}
