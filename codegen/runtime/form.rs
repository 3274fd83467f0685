//! `application/x-www-form-urlencoded` bodies.

use super::encode::component;
use serde::Serialize;
use serde_json::Value;

/// A body of form fields.
pub trait FormBody {
    /// Names and values in the order they are sent.
    fn fields(&self) -> Vec<(String, String)>;
}

/// Adds the value of a field, where there is one: a list as one field each.
pub fn push_field<T: Serialize>(fields: &mut Vec<(String, String)>, key: &str, value: Option<&T>) {
    let value = value.map(|value| serde_json::to_value(value).unwrap_or_default());
    for text in value.map(texts).unwrap_or_default() {
        fields.push((key.to_owned(), text));
    }
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

/// Writes `FormBody` of structs from their field tables.
macro_rules! form_object {
    ($($name:ident { $($mode:ident $field:ident: $key:literal,)* })*) => {$(
        impl FormBody for $name {
            fn fields(&self) -> Vec<(String, String)> {
                let mut fields = Vec::new();
                $(push_field(&mut fields, $key, form_object!(@value $mode self $field));)*
                for (key, value) in &self.extra {
                    push_field(&mut fields, key, Some(value));
                }
                fields
            }
        }
    )*};
    (@value required $self:ident $field:ident) => { Some(&$self.$field) };
    (@value optional $self:ident $field:ident) => { $self.$field.as_ref() };
    (@value patch $self:ident $field:ident) => { $self.$field.value() };
}
pub(crate) use form_object;

/// The body's text.
pub(super) fn encode(fields: &[(String, String)]) -> String {
    let pairs =
        fields.iter().map(|(key, value)| format!("{}={}", component(key), component(value)));
    pairs.collect::<Vec<_>>().join("&")
}
