//! Named values: headers, query entries, form fields, variables and auth parameters, in every spelling that Postman takes.

use super::description::{self, Description};
use super::located::{Located, Notes};
use crate::json::{self, Value};
use crate::origin::Origin;

/// A named value as the collection writes it.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// Its name; empty if there is none.
    pub name: String,
    /// Its value.
    pub value: FieldValue,
    /// Whether it is in use.
    pub enabled: bool,
    /// Its description.
    pub description: Option<Description>,
    /// Where it stands.
    pub origin: Origin,
}

/// The value of a [`Field`]; what it means depends on where the field stands.
#[derive(Clone, Debug, PartialEq)]
pub enum FieldValue {
    /// No value.
    Absent,
    /// `null`.
    Null,
    /// A text.
    Text(String),
    /// A number or a boolean, as text.
    Scalar(String),
    /// An array or an object, as compact JSON.
    Json(String),
}

impl FieldValue {
    /// The value as text, where it is a scalar.
    #[must_use]
    pub fn scalar(&self) -> Option<&str> {
        match self {
            Self::Text(text) | Self::Scalar(text) => Some(text),
            Self::Absent | Self::Null | Self::Json(_) => None,
        }
    }
}

/// Reads one value.
pub(super) fn value(place: Option<&Located<'_>>) -> FieldValue {
    let Some(place) = place else { return FieldValue::Absent };
    match &place.node.value {
        Value::Null => FieldValue::Null,
        Value::Text(text) => FieldValue::Text(text.clone()),
        Value::Number(text) => FieldValue::Scalar(text.clone()),
        Value::Bool(value) => FieldValue::Scalar(value.to_string()),
        Value::Array(_) | Value::Object(_) | Value::Variable(_) => {
            FieldValue::Json(json::compact(place.node))
        }
    }
}

/// Reads `{key, value, disabled, description}`.
pub(super) fn field(place: &Located<'_>, notes: &mut Notes) -> Field {
    Field {
        name: place.text("key", notes).unwrap_or_default(),
        value: value(place.member("value").as_ref()),
        enabled: !place.flag("disabled"),
        description: description::member(place, notes),
        origin: place.origin(),
    }
}

/// Reads a list of fields, or an object of values; texts in a list go through `split`.
pub(super) fn fields(
    place: &Located<'_>,
    split: fn(&str, &Origin) -> Vec<Field>,
    notes: &mut Notes,
) -> Vec<Field> {
    match &place.node.value {
        Value::Null => Vec::new(),
        Value::Text(text) => split(text, &place.origin()),
        Value::Array(_) => {
            let elements = place.elements().unwrap_or_default();
            elements.iter().flat_map(|element| one(element, split, notes)).collect()
        }
        Value::Object(_) => {
            place.entries().into_iter().map(|(key, inner)| named(key, &inner)).collect()
        }
        Value::Number(_) | Value::Bool(_) | Value::Variable(_) => {
            notes.push(place.misfit("a list"));
            Vec::new()
        }
    }
}

fn one(
    place: &Located<'_>,
    split: fn(&str, &Origin) -> Vec<Field>,
    notes: &mut Notes,
) -> Vec<Field> {
    match &place.node.value {
        Value::Object(_) => vec![field(place, notes)],
        Value::Text(text) => split(text, &place.origin()),
        Value::Null => Vec::new(),
        Value::Number(_) | Value::Bool(_) | Value::Array(_) | Value::Variable(_) => {
            notes.push(place.misfit("an object"));
            Vec::new()
        }
    }
}

/// A field of `{name: value}`.
pub(super) fn named(name: &str, place: &Located<'_>) -> Field {
    Field {
        name: name.to_owned(),
        value: value(Some(place)),
        enabled: true,
        description: None,
        origin: place.origin(),
    }
}

/// Fields of a text of `name: value` lines; `//` before a line disables it (format v1).
pub(super) fn header_lines(text: &str, origin: &Origin) -> Vec<Field> {
    let line = |line: &str| {
        let (enabled, line) = match line.strip_prefix("//") {
            Some(rest) => (false, rest),
            None => (true, line),
        };
        let (name, value) = line.split_once(':').unwrap_or((line, ""));
        Field {
            name: name.trim().to_owned(),
            value: FieldValue::Text(value.trim().to_owned()),
            enabled,
            description: None,
            origin: origin.clone(),
        }
    };
    text.lines().filter(|text| !text.trim().is_empty()).map(line).collect()
}
