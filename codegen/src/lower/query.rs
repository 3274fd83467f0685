//! Query entries (POSTMAN.md §3).

use super::context::Context;
use crate::credential::{self, is_withheld};
use crate::draft::{Entry, EntryValue};
use crate::postman::{Field, FieldValue};

/// One query entry.
pub(super) fn entry(field: &Field, context: &Context) -> Entry {
    let value = match &field.value {
        FieldValue::Text(text) if is_withheld(&field.name, text) => context.redacted(text),
        FieldValue::Text(text) => context.value(field, text),
        // Postman sends the name alone for values that are no text.
        FieldValue::Absent | FieldValue::Null => EntryValue::Absent,
        FieldValue::Scalar(_) | FieldValue::Json(_) => EntryValue::Absent,
    };
    context.entry(field, value)
}

/// Whether this entry is a key of the client.
pub(super) fn is_client_key(field: &Field) -> bool {
    field.enabled && field.value.scalar().is_some() && credential::is_client_key(&field.name)
}
