//! Form fields and the order in which Postman sends them.

// The client guesses by the same table.
#[path = "../../../runtime/media_type.rs"]
mod media_type;

use crate::credential::is_withheld;
use crate::draft::{Entry, EntryValue};
use crate::lower::context::Context;
use crate::postman::{Field, FieldValue};
use crate::template::Template;
use std::collections::BTreeMap;

pub(super) use media_type::by_extension;

/// The fields of an urlencoded form in the order they are sent: integer-like names first, by number; equal names at the first one's place. `None` where none is in use.
pub(super) fn urlencoded(fields: &[Field], context: &Context) -> Option<Vec<Entry>> {
    if !fields.iter().any(|field| field.enabled) {
        return None;
    }
    let mut groups: BTreeMap<(u32, usize), Vec<&Field>> = BTreeMap::new();
    let mut places: BTreeMap<&str, (u32, usize)> = BTreeMap::new();
    for field in fields.iter().filter(|field| field.enabled).chain(fields) {
        // Names that are no index come after those that are.
        let next = (array_index(&field.name).unwrap_or(u32::MAX), places.len());
        places.entry(&field.name).or_insert(next);
    }
    for field in fields {
        if let Some(place) = places.get(field.name.as_str()) {
            groups.entry(*place).or_default().push(field);
        }
    }
    Some(groups.into_values().flatten().map(|field| entry(field, context)).collect())
}

/// The number of a name that JavaScript keeps as an array index.
fn array_index(name: &str) -> Option<u32> {
    let number: u32 = name.parse().ok()?;
    (number < u32::MAX && number.to_string() == name).then_some(number)
}

/// One field of a form.
pub(super) fn entry(field: &Field, context: &Context) -> Entry {
    let value = match &field.value {
        FieldValue::Absent | FieldValue::Null => EntryValue::Default(Template::default()),
        FieldValue::Text(text) | FieldValue::Scalar(text) | FieldValue::Json(text) => {
            if is_withheld(&field.name, text) && !text.is_empty() {
                context.redacted(text)
            } else {
                context.value(field, text)
            }
        }
    };
    context.entry(field, value)
}
