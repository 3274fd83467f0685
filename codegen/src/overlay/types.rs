//! Types as people write them: `integer`, `list<text>`, a type's stable key in backticks.

use crate::api::{PlaceKey, Type, Types};

/// A type as the overlay writes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TypeText {
    /// A type that needs no definition.
    Plain(Type),
    /// A list.
    List(Box<TypeText>),
    /// An object of free keys.
    Map(Box<TypeText>),
    /// A value that may be null inside a list or a map.
    Nullable(Box<TypeText>),
    /// A type of the API's, by its stable key.
    Key(String),
}

/// Words for types, for messages too.
pub(super) const WORDS: &str = "text, secret, bool, integer, unsigned, number, json, file, \
                                list<…>, map<…>, nullable<…>, or a type's key in backticks";

impl TypeText {
    /// Reads a type.
    pub(super) fn read(text: &str) -> Option<Self> {
        let text = text.trim();
        if let Some(key) = text.strip_prefix('`').and_then(|rest| rest.strip_suffix('`')) {
            return Some(Self::Key(key.to_owned()));
        }
        if let Some((outer, rest)) = text.split_once('<') {
            let inner = Box::new(Self::read(rest.strip_suffix('>')?)?);
            return match outer.trim() {
                "list" => Some(Self::List(inner)),
                "map" => Some(Self::Map(inner)),
                "nullable" => Some(Self::Nullable(inner)),
                _ => None,
            };
        }
        let plain = match text {
            "text" => Type::Text,
            "secret" => Type::Secret,
            "bool" => Type::Bool,
            "integer" => Type::Integer,
            "unsigned" => Type::Unsigned,
            "number" => Type::Number,
            "json" => Type::Unknown,
            "file" => Type::File,
            _ => return None,
        };
        Some(Self::Plain(plain))
    }

    /// The type, where every key it names is one of `types`.
    pub(super) fn resolve(&self, types: &Types) -> Result<Type, String> {
        let inner = |inner: &Self| inner.resolve(types).map(Box::new);
        match self {
            Self::Plain(ty) => Ok(ty.clone()),
            Self::List(item) => Ok(Type::List(inner(item)?)),
            Self::Map(value) => Ok(Type::Map(inner(value)?)),
            Self::Nullable(value) => Ok(Type::Nullable(inner(value)?)),
            Self::Key(key) => {
                let wanted = PlaceKey(key.clone());
                let found = types.iter().find(|(_, def)| def.key == wanted);
                found
                    .map(|(id, _)| Type::Named(id))
                    .ok_or_else(|| format!("no type has the key `{key}`"))
            }
        }
    }
}
