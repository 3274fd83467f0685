//! Texts with holes: what a collection writes as `…{{name}}…` or `/:name/`.
//!
//! Plain data shared by both IRs. Text pieces are literal and not yet percent-encoded.

use std::collections::BTreeSet;

/// A text with holes, in order; two text pieces never follow each other.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Template(pub Vec<Piece>);

/// One piece of a [`Template`].
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Piece {
    /// Literal text.
    Text(String),
    /// A value the caller of the operation gives, by its name in the collection.
    Argument(String),
    /// A value the client is configured with, by its name in the collection.
    Variable(String),
    /// A value made anew for each call (`{{$guid}}`).
    Dynamic(DynamicVariable),
}

/// Values made anew for each call; the dynamic variables whose meaning is unambiguous.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DynamicVariable {
    /// A version 4 UUID (`$guid`, `$randomUUID`).
    Uuid,
    /// Seconds since the epoch (`$timestamp`).
    Timestamp,
    /// Now, as an ISO 8601 text in UTC with milliseconds (`$isoTimestamp`).
    IsoTimestamp,
    /// An integer from 0 to 1000 (`$randomInt`).
    Integer,
}

impl Template {
    /// A template without holes.
    #[must_use]
    pub fn literal(text: impl Into<String>) -> Self {
        let text = text.into();
        if text.is_empty() { Self::default() } else { Self(vec![Piece::Text(text)]) }
    }

    /// The text, where there are no holes.
    #[must_use]
    pub fn as_literal(&self) -> Option<&str> {
        match self.0.as_slice() {
            [] => Some(""),
            [Piece::Text(text)] => Some(text),
            _ => None,
        }
    }

    /// The text as a collection writes it, with its `{{holes}}`.
    #[must_use]
    pub fn written(&self) -> String {
        let piece = |piece: &Piece| match piece {
            Piece::Text(text) => text.clone(),
            Piece::Argument(name) | Piece::Variable(name) => format!("{{{{{name}}}}}"),
            Piece::Dynamic(DynamicVariable::Uuid) => "{{$guid}}".to_owned(),
            Piece::Dynamic(DynamicVariable::Timestamp) => "{{$timestamp}}".to_owned(),
            Piece::Dynamic(DynamicVariable::IsoTimestamp) => "{{$isoTimestamp}}".to_owned(),
            Piece::Dynamic(DynamicVariable::Integer) => "{{$randomInt}}".to_owned(),
        };
        self.0.iter().map(piece).collect()
    }

    /// Names of the arguments in order of first use, each once.
    #[must_use]
    pub fn arguments(&self) -> Vec<&str> {
        let mut seen = BTreeSet::new();
        let mut names = Vec::new();
        for piece in &self.0 {
            if let Piece::Argument(name) = piece
                && seen.insert(name)
            {
                names.push(name.as_str());
            }
        }
        names
    }
}
