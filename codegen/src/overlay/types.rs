//! Types as people write them: `integer`, `list<text>`, `text | bool`, a type's stable key in backticks.

use super::nearest::nearest;
use crate::api::{
    Arm, Place, Step, Struct, StructRole, Type, TypeDef, TypeId, TypeKind, TypeOrigin, Types, Union,
};
use crate::docs::Docs;

/// Deepest nesting of `list<…>`, `map<…>` and `nullable<…>`: more is a mistake, and must not exhaust the stack.
const MAX_DEPTH: usize = 8;

/// Words for types, for messages too.
pub(super) const WORDS: &str = "text, secret, bool, integer, unsigned, number, json, object, \
                                file, list<…>, map<…>, nullable<…>, … | …, or a type's key in \
                                backticks";

/// Simple types, and what other languages call them.
const SPELLINGS: [(&str, &[&str]); 11] = [
    ("text", &["string", "str"]),
    ("secret", &["password"]),
    ("bool", &["boolean"]),
    ("integer", &["int", "long", "i64", "i32"]),
    ("unsigned", &["u64", "u32"]),
    ("number", &["float", "double", "decimal", "f64"]),
    ("json", &["any", "unknown", "value"]),
    ("object", &["struct"]),
    ("file", &["binary"]),
    ("list<…>", &["array", "vec"]),
    ("map<…>", &["dict", "hash"]),
];

/// The word for a type that was meant by the first word in `text` that is none.
pub(super) fn meant(text: &str) -> Option<&'static str> {
    let plain = |word: &'static str| word.trim_end_matches("<…>");
    let is_known =
        |word: &str| word == "nullable" || SPELLINGS.iter().any(|(right, _)| plain(right) == word);
    let words = text.split(|letter: char| !letter.is_alphanumeric());
    let wrong = words.filter(|word| !word.is_empty()).find(|word| !is_known(word))?.to_lowercase();
    let foreign = SPELLINGS.iter().find(|(_, others)| others.contains(&wrong.as_str()));
    let near = nearest(&wrong, SPELLINGS.iter().map(|(right, _)| plain(right)));
    let near = || SPELLINGS.iter().find(|(right, _)| near == Some(plain(right)));
    foreign.or_else(near).map(|(right, _)| *right)
}

/// A type as the overlay writes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TypeText {
    /// A type that needs no definition.
    Plain(Type),
    /// An object whose fields other entries add.
    Object,
    /// A list.
    List(Box<TypeText>),
    /// An object of free keys.
    Map(Box<TypeText>),
    /// A value that may be null inside a list or a map.
    Nullable(Box<TypeText>),
    /// One of several shapes.
    OneOf(Vec<TypeText>),
    /// A type of the API's, by its stable key.
    Key(String),
}

/// Where a type that the overlay brings stands, and why it does.
#[derive(Clone, Copy, Debug)]
pub(super) struct TypeSite<'a> {
    /// The place.
    pub(super) place: &'a Place,
    /// The part an object plays there.
    pub(super) role: StructRole,
    /// The entry's reason.
    pub(super) reason: &'a str,
}

impl TypeText {
    /// Reads a type.
    pub(super) fn read(text: &str) -> Option<Self> {
        Self::read_within(text, MAX_DEPTH)
    }

    fn read_within(text: &str, depth: usize) -> Option<Self> {
        let depth = depth.checked_sub(1)?;
        let arms = arms(text);
        if arms.len() > 1 {
            let arms: Option<Vec<Self>> =
                arms.into_iter().map(|arm| Self::read_within(arm, depth)).collect();
            return arms.map(Self::OneOf).filter(Self::has_distinct_arms);
        }
        let text = text.trim();
        if let Some(key) = text.strip_prefix('`').and_then(|rest| rest.strip_suffix('`')) {
            return Some(Self::Key(key.to_owned()));
        }
        if let Some((outer, rest)) = text.split_once('<') {
            let inner = Box::new(Self::read_within(rest.strip_suffix('>')?, depth)?);
            return match outer.trim() {
                "list" => Some(Self::List(inner)),
                "map" => Some(Self::Map(inner)),
                "nullable" => Some(Self::Nullable(inner)),
                _ => None,
            };
        }
        if text == "object" {
            return Some(Self::Object);
        }
        plain(text).map(Self::Plain)
    }

    fn has_distinct_arms(&self) -> bool {
        let Self::OneOf(arms) = self else { return true };
        arms.iter().enumerate().all(|(at, arm)| !arms.iter().skip(at + 1).any(|it| it == arm))
    }

    /// The type, with its definitions added to `types`; where it names a key that is none, that key.
    pub(super) fn build(&self, types: &mut Types, site: TypeSite<'_>) -> Result<Type, String> {
        let mut inside = |inner: &Self, place: &Place| {
            inner.build(types, TypeSite { place, ..site }).map(Box::new)
        };
        match self {
            Self::Plain(ty) => Ok(ty.clone()),
            Self::List(item) => Ok(Type::List(inside(item, &site.place.item())?)),
            Self::Map(value) => Ok(Type::Map(inside(value, &site.place.value())?)),
            Self::Nullable(value) => Ok(Type::Nullable(inside(value, site.place)?)),
            Self::Object => Ok(Type::Named(object(types, site))),
            Self::OneOf(arms) => {
                let object = site.place.object();
                let arms = arms.iter().map(|arm| {
                    let place = if *arm == Self::Object { &object } else { site.place };
                    arm.build(types, TypeSite { place, ..site }).map(|ty| Arm { ty })
                });
                let arms = arms.collect::<Result<Vec<Arm>, String>>()?;
                let kind = TypeKind::Union(Union { arms });
                Ok(Type::Named(define(types, site, kind)))
            }
            Self::Key(key) => {
                let wanted = Place::parse(key);
                let found = types.iter().find(|(_, def)| wanted.as_ref() == Some(&def.key));
                found.map(|(id, _)| Type::Named(id)).ok_or_else(|| key.clone())
            }
        }
    }
}

fn plain(word: &str) -> Option<Type> {
    Some(match word {
        "text" => Type::Text,
        "secret" => Type::Secret,
        "bool" => Type::Bool,
        "integer" => Type::Integer,
        "unsigned" => Type::Unsigned,
        "number" => Type::Number,
        "json" => Type::Unknown,
        "file" => Type::File,
        _ => return None,
    })
}

/// Splits at each `|` that stands in no brackets and no backticks.
fn arms(text: &str) -> Vec<&str> {
    let (mut depth, mut in_key, mut start) = (0_usize, false, 0);
    let mut arms = Vec::new();
    for (at, letter) in text.char_indices() {
        match letter {
            '`' => in_key = !in_key,
            '<' if !in_key => depth += 1,
            '>' if !in_key => depth = depth.saturating_sub(1),
            '|' if !in_key && depth == 0 => {
                arms.extend(text.get(start..at));
                start = at + 1;
            }
            _ => {}
        }
    }
    arms.extend(text.get(start..));
    arms
}

/// The object at a place: the one that is there, or a new one without fields.
fn object(types: &mut Types, site: TypeSite<'_>) -> TypeId {
    let known = types
        .iter()
        .find(|(_, def)| def.key == *site.place && matches!(def.kind, TypeKind::Struct(_)));
    if let Some((id, _)) = known {
        return id;
    }
    define(types, site, TypeKind::Struct(Struct { role: site.role, fields: Vec::new() }))
}

/// Adds a definition, unless it is there already.
pub(super) fn define(types: &mut Types, site: TypeSite<'_>, kind: TypeKind) -> TypeId {
    let mut key = site.place.clone();
    while let Some((id, def)) = types.iter().find(|(_, def)| def.key == key) {
        if def.kind == kind {
            return id;
        }
        key.steps.push(Step::Twin);
    }
    let provenance = vec![TypeOrigin::Overlay(site.reason.to_owned())];
    types.0.push(TypeDef { key, kind, docs: Docs::default(), provenance });
    TypeId(types.0.len() - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_types() {
        let text = || Box::new(TypeText::Plain(Type::Text));
        let rows = [
            (" text ", Some(*text())),
            ("list<map<text>>", Some(TypeText::List(Box::new(TypeText::Map(text()))))),
            ("`GET /a -> 2xx .`", Some(TypeText::Key("GET /a -> 2xx .".to_owned()))),
            ("text | list<text>", Some(TypeText::OneOf(vec![*text(), TypeText::List(text())]))),
            ("list<`/a | b .`>", Some(TypeText::List(Box::new(TypeText::Key("/a | b .".into()))))),
            ("text | text", None),
            ("text |", None),
            ("", None),
            ("list<text", None),
            ("set<text>", None),
        ];
        for (written, wanted) in rows {
            assert_eq!(TypeText::read(written), wanted, "{written}");
        }
        let deep = format!("{}text{}", "list<".repeat(100_000), ">".repeat(100_000));
        assert_eq!(TypeText::read(&deep), None);
    }
}
