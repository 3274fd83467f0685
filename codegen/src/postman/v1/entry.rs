//! Entries of lists in format v1.

use crate::json;
use crate::postman::field::{self, Field};
use crate::postman::located::{Located, Notes};

/// The elements of a list that are objects.
pub(super) fn objects<'a>(place: &Located<'a>, key: &str) -> Vec<Located<'a>> {
    let elements = place.get(key).and_then(|list| list.elements()).unwrap_or_default();
    elements.into_iter().filter(|element| element.node.members().is_some()).collect()
}

/// `{key | name, value, enabled}`.
pub(super) fn entry(place: &Located<'_>, notes: &mut Notes) -> Field {
    let mut field = field::field(place, notes);
    if field.name.is_empty() {
        field.name = place.text("name", notes).unwrap_or_default();
    }
    let off =
        place.get("enabled").is_some_and(|inner| inner.node.value == json::Value::Bool(false));
    field.enabled &= !off;
    field
}
