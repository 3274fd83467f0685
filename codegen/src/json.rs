//! JSON text -> [`Node`]: a tree that keeps order, exact numbers and the place of each value.
//!
//! Reads what `JSON.parse` reads and what `serde_json` refuses or loses: lone surrogates (read as U+FFFD), numbers of any size (kept as text), duplicate keys (all kept; [`Node::get`] takes the last), a byte order mark, nesting to [`MAX_DEPTH`]. Nothing here knows Postman.

mod build;
mod read;
mod write;

pub use build::Build;
pub use read::{Leniency, SyntaxError, read, read_leniently, read_with};
pub use write::compact;

use crate::origin::Span;

/// Deepest nesting that is read. Two levels a folder and some for a request: 250 nested folders fit, and no walk over the tree can exhaust a stack.
pub const MAX_DEPTH: usize = 512;

/// A JSON value and the bytes it was read from.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// Its bytes in the text.
    pub span: Span,
    /// The value.
    pub value: Value,
}

/// What a [`Node`] holds.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number as it was written.
    Number(String),
    /// A text, unescaped.
    Text(String),
    /// An array.
    Array(Vec<Node>),
    /// An object, in the order of the text.
    Object(Vec<Member>),
    /// A `{{variable}}` standing where a value belongs; only [`read_leniently`] makes it.
    Variable(String),
}

/// One `"key": value` of an object.
#[derive(Clone, Debug, PartialEq)]
pub struct Member {
    /// The key, unescaped.
    pub key: String,
    /// The key's bytes in the text.
    pub key_span: Span,
    /// The value.
    pub value: Node,
}

impl Node {
    /// The last member called `key`, where this is an object that has one.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.members()?.iter().rev().find(|member| member.key == key).map(|member| &member.value)
    }

    /// The members, where this is an object.
    #[must_use]
    pub fn members(&self) -> Option<&[Member]> {
        match &self.value {
            Value::Object(members) => Some(members),
            Value::Null | Value::Bool(_) | Value::Number(_) => None,
            Value::Text(_) | Value::Array(_) | Value::Variable(_) => None,
        }
    }

    /// The elements, where this is an array.
    #[must_use]
    pub fn elements(&self) -> Option<&[Node]> {
        match &self.value {
            Value::Array(elements) => Some(elements),
            Value::Null | Value::Bool(_) | Value::Number(_) => None,
            Value::Text(_) | Value::Object(_) | Value::Variable(_) => None,
        }
    }

    /// The text, where this is one.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        match &self.value {
            Value::Text(text) => Some(text),
            Value::Null | Value::Bool(_) | Value::Number(_) => None,
            Value::Array(_) | Value::Object(_) | Value::Variable(_) => None,
        }
    }

    /// Whether this is `null`.
    #[must_use]
    pub fn is_null(&self) -> bool {
        self.value == Value::Null
    }

    /// What kind of value this is, for messages.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match &self.value {
            Value::Null => "null",
            Value::Bool(_) => "a boolean",
            Value::Number(_) => "a number",
            Value::Text(_) => "text",
            Value::Array(_) => "an array",
            Value::Object(_) => "an object",
            Value::Variable(_) => "a variable",
        }
    }
}
