//! What a type is known from.

use std::fmt;

/// What a type is known from.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum TypeOrigin {
    /// Messages that hold it.
    Message(Message),
    /// The overlay, with its reason.
    Overlay(String),
}

/// Messages of one kind.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Message {
    /// Method and path of the request: `GET /users/{id}`.
    pub request: String,
    /// Which of its messages.
    pub content: Content,
    /// Whether recorded traffic shows them, and not the collection.
    pub is_recorded: bool,
}

/// What of an exchange is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Content {
    /// The JSON that is sent.
    Body,
    /// The form that is sent.
    Form,
    /// The response with this status.
    Response(u16),
}

impl TypeOrigin {
    /// Whether it is a response.
    #[must_use]
    pub fn is_response(&self) -> bool {
        matches!(self, Self::Message(Message { content: Content::Response(_), .. }))
    }
}

impl fmt::Display for TypeOrigin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Message(message) => message.fmt(f),
            Self::Overlay(reason) => write!(f, "overlay: {reason}"),
        }
    }
}

/// As lists of samples show it: `GET /users -> 200 (traffic)`.
impl fmt::Display for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { request, content, is_recorded } = self;
        match (content, is_recorded) {
            (Content::Body, false) => write!(f, "{request} (body)"),
            (Content::Body, true) => write!(f, "{request} (body, traffic)"),
            (Content::Form, false) => write!(f, "{request} (form)"),
            (Content::Form, true) => write!(f, "{request} (form, traffic)"),
            (Content::Response(status), false) => write!(f, "{request} -> {status}"),
            (Content::Response(status), true) => write!(f, "{request} -> {status} (traffic)"),
        }
    }
}
