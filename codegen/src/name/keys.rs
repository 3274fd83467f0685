//! What addresses a name inside a type or an operation, and which of these names need no lock.
//!
//! In: members as the API has them. Out: keys that no naming rule can change.

use super::words;
use crate::api::{Api, Arm, Parameter, Type, Union};

/// Whether `name` is what the key says, letter by letter. No two keys say the same, so that such a name needs no lock: nothing else can claim it.
pub(super) fn is_own(key: &str, name: &str) -> bool {
    let is_same = name == key || name.strip_suffix('_') == Some(key);
    is_same && words::are_joined(key)
}

/// The key of a parameter inside its operation.
pub(super) fn parameter_key(place: &str, parameter: &Parameter) -> String {
    format!("{place}.{}", parameter.name.written())
}

/// What tells the arms of a union from each other, whatever they are called: the kind of JSON, of several objects which one.
pub(super) fn arm_keys(api: &Api, it: &Union) -> Vec<String> {
    let objects = it.arms.iter().filter(|arm| is_object(&arm.ty)).count();
    let key = |arm: &Arm| match &arm.ty {
        Type::Named(id) if objects > 1 => {
            api.types.get(*id).map(|def| def.key.to_string()).unwrap_or_default()
        }
        ty => kind(ty),
    };
    it.arms.iter().map(key).collect()
}

/// The kind of JSON of a type, and of what is in it.
fn kind(ty: &Type) -> String {
    let word = match ty {
        Type::List(inner) => return format!("list of {}", kind(inner)),
        Type::Map(inner) => return format!("map of {}", kind(inner)),
        Type::Nullable(inner) => return kind(inner),
        Type::Named(_) => "object",
        Type::Unknown => "any",
        Type::Bool => "bool",
        Type::Integer | Type::Unsigned | Type::Number => "number",
        Type::Text | Type::Secret => "text",
        Type::File => "file",
    };
    word.to_owned()
}

pub(super) const fn is_object(ty: &Type) -> bool {
    matches!(ty, Type::Named(_))
}
