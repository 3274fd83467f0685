//! Auth blocks: `{"type": "bearer", "bearer": [{key, value}] | {key: value}}`.

use super::field::{self, Field, FieldValue};
use super::located::{Located, Notes};
use crate::json::Value;
use crate::origin::Origin;

/// What an item says about its authentication.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum AuthChoice {
    /// Nothing: the enclosing folder's holds.
    #[default]
    Inherit,
    /// `noauth`: none, whatever encloses it.
    None,
    /// A scheme of its own.
    Own(Auth),
}

/// A scheme with its parameters.
#[derive(Clone, Debug, PartialEq)]
pub struct Auth {
    /// The collection's word for it (`bearer`, `apikey`, …).
    pub kind: String,
    /// Its parameters in order; of equal names the last counts.
    pub parameters: Vec<Field>,
    /// Where it stands.
    pub origin: Origin,
}

impl Auth {
    /// The last parameter called `name`, where it has a value.
    #[must_use]
    pub fn parameter(&self, name: &str) -> Option<&FieldValue> {
        let named = self.parameters.iter().rev().find(|field| field.name == name);
        named.map(|field| &field.value)
    }

    /// That parameter as text, where it is a scalar.
    #[must_use]
    pub fn text(&self, name: &str) -> Option<&str> {
        self.parameter(name).and_then(FieldValue::scalar)
    }
}

/// Reads the member `auth` of `place`.
pub(super) fn member(place: &Located<'_>, notes: &mut Notes) -> AuthChoice {
    let Some(auth) = place.get("auth") else { return AuthChoice::Inherit };
    match &auth.node.value {
        Value::Object(_) => {}
        Value::Array(elements) if elements.is_empty() => return AuthChoice::Inherit,
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Text(_) => {
            notes.push(auth.misfit("an auth block"));
            return AuthChoice::Inherit;
        }
        Value::Array(_) | Value::Variable(_) => {
            notes.push(auth.misfit("an auth block"));
            return AuthChoice::Inherit;
        }
    }
    match auth.text("type", notes).as_deref() {
        None | Some("") => AuthChoice::Inherit,
        Some("noauth") => AuthChoice::None,
        Some(kind) => {
            let parameters = auth
                .get(kind)
                .map(|inner| field::fields(&inner, field::header_lines, notes))
                .unwrap_or_default();
            let origin = auth.origin();
            AuthChoice::Own(Auth { kind: kind.to_owned(), parameters, origin })
        }
    }
}
