//! The types of an API: an arena of definitions, and the small types that stand in places.

use super::place::Place;
use super::provenance::TypeOrigin;
use crate::docs::Docs;

/// All type definitions, ordered by key; a [`TypeId`] is an index into it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Types(pub Vec<TypeDef>);

/// Index into [`Types`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TypeId(pub usize);

impl Types {
    /// The definition of `id`; ids only ever come from this arena.
    #[must_use]
    pub fn get(&self, id: TypeId) -> Option<&TypeDef> {
        self.0.get(id.0)
    }

    /// Ids and definitions in order.
    pub fn iter(&self) -> impl Iterator<Item = (TypeId, &TypeDef)> {
        self.0.iter().enumerate().map(|(index, def)| (TypeId(index), def))
    }
}

/// A named type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypeDef {
    /// Stable key: the least place it describes, or its resource and place where places share it.
    pub key: Place,
    /// What it is.
    pub kind: TypeKind,
    /// Its description.
    pub docs: Docs,
    /// What it is known from, the first for its docs.
    pub provenance: Vec<TypeOrigin>,
}

/// What a named type is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TypeKind {
    /// A JSON object with known keys, a form, or a multipart body.
    Struct(Struct),
    /// An open set of texts.
    Enumeration(Enumeration),
    /// Values of several shapes.
    Union(Union),
}

/// A JSON object with known keys; keys that are not known are kept in `extra`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Struct {
    /// What part it plays, which decides its name's verb and its states.
    pub role: StructRole,
    /// Fields in the order of the sample with the least key.
    pub fields: Vec<Field>,
}

impl Struct {
    /// Most required fields that a constructor takes one by one.
    pub const MOST_ARGUMENTS: usize = 3;

    /// Whether its constructor takes a struct of what is required, for single arguments would be too many.
    #[must_use]
    pub fn takes_struct(&self) -> bool {
        let is_required = |field: &&Field| field.presence == Presence::Required;
        self.fields.iter().filter(is_required).count() > Self::MOST_ARGUMENTS
    }
}

/// What part a struct plays.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum StructRole {
    /// The top of a request body.
    Request,
    /// The top of a response, or the items of a listing.
    Response,
    /// The top of an error response.
    Error,
    /// Inside another type.
    Nested,
}

/// A field of a struct.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// Its key on the wire.
    pub key: String,
    /// Its type.
    pub ty: Type,
    /// Whether it must be given.
    pub presence: Presence,
    /// Whether null means something of its own.
    pub nullability: Nullability,
    /// What a form sends unless the caller gives a value; of several values of one name, each.
    pub default: Vec<String>,
    /// The content type of a multipart body's part.
    pub content_type: Option<String>,
    /// What all its texts are, where it is text; its type stays text, so that no other text is lost.
    pub format: Option<TextFormat>,
    /// Its description.
    pub docs: Docs,
    /// What it is known from.
    pub provenance: Vec<String>,
}

/// A format that texts are in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextFormat {
    /// RFC 3339 date and time.
    DateTime,
    /// RFC 9562 UUID.
    Uuid,
}

impl Field {
    /// What stands at its place: of what must be given, null is a value of its type.
    #[must_use]
    pub const fn state(&self) -> FieldState {
        match (self.presence, self.nullability) {
            (Presence::Required, Nullability::Plain | Nullability::ThreeState) => {
                FieldState::Required
            }
            (Presence::Optional, Nullability::Plain) => FieldState::Optional,
            (Presence::Optional, Nullability::ThreeState) => FieldState::Patch,
        }
    }
}

/// What stands at a field's place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldState {
    /// A value.
    Required,
    /// A value or nothing.
    Optional,
    /// A value, null or nothing.
    Patch,
}

/// Whether something must be given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Presence {
    /// It must.
    Required,
    /// It may be left out.
    Optional,
}

/// Whether null is a state of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Nullability {
    /// Null says nothing that absence does not.
    Plain,
    /// Unset, null and a value are three states.
    ThreeState,
}

/// The type of a place.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Type {
    /// Nothing is known: any JSON.
    Unknown,
    /// `true` or `false`.
    Bool,
    /// A signed 64-bit integer.
    Integer,
    /// An unsigned 64-bit integer (a value over `i64::MAX` was seen, or the overlay says so).
    Unsigned,
    /// A number with a fraction.
    Number,
    /// Text.
    Text,
    /// Text that must not be shown.
    Secret,
    /// A file of the caller's; only in multipart bodies.
    File,
    /// A list.
    List(Box<Type>),
    /// An object of free keys.
    Map(Box<Type>),
    /// A value that may be null inside a list or a map.
    Nullable(Box<Type>),
    /// A named type.
    Named(TypeId),
}

impl Type {
    /// Whether a form's field of this type can send `text` by itself: a value of the type which is written so. Nothing stands in for a secret or a file; of named types, only enumerations stand in forms, and these hold any text.
    #[must_use]
    pub fn sends(&self, text: &str) -> bool {
        let is = |written: Option<String>| written.is_some_and(|written| written == text);
        match self {
            Self::Text | Self::Named(_) => true,
            Self::Bool => matches!(text, "true" | "false"),
            Self::Integer => is(text.parse().ok().map(|value: i64| value.to_string())),
            Self::Unsigned => is(text.parse().ok().map(|value: u64| value.to_string())),
            Self::Number => is(text.parse().ok().map(|value: f64| value.to_string())),
            Self::Secret | Self::File | Self::Unknown => false,
            Self::List(_) | Self::Map(_) | Self::Nullable(_) => false,
        }
    }
}

/// An open set of texts; a value outside it is kept as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Enumeration {
    /// The known values in order.
    pub values: Vec<String>,
}

/// Values of several shapes; what fits no arm is kept as JSON.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Union {
    /// Arms in the order they are tried, told apart by their JSON kind and, for objects, by their keys.
    pub arms: Vec<Arm>,
}

/// One shape of a [`Union`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Arm {
    /// Its type.
    pub ty: Type,
}
