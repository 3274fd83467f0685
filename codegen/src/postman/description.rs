//! Descriptions: a text, or `{content, type}`.

use super::located::{Located, Notes};
use crate::json::Value;

/// A description and the markup it is written in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Description {
    /// The text as written.
    pub text: String,
    /// Its markup.
    pub markup: Markup,
}

/// The markup of a [`Description`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Markup {
    /// Markdown, or HTML where the collection is a published one.
    Unsaid,
    /// `text/markdown`.
    Markdown,
    /// `text/html`.
    Html,
    /// `text/plain`.
    Plain,
}

/// Reads the member `description` of `place`; anything but a text is left aside with a note, blank ones are none.
pub(super) fn member(place: &Located<'_>, notes: &mut Notes) -> Option<Description> {
    let place = place.get("description")?;
    let description = match &place.node.value {
        Value::Text(text) => Description { text: text.clone(), markup: Markup::Unsaid },
        Value::Object(_) => {
            let markup = match place.text("type", notes).as_deref() {
                Some("text/html") => Markup::Html,
                Some("text/plain") => Markup::Plain,
                Some("text/markdown") => Markup::Markdown,
                _ => Markup::Unsaid,
            };
            Description { text: place.text("content", notes)?, markup }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Variable(_) => {
            notes.push(place.misfit("a description"));
            return None;
        }
    };
    Some(description).filter(|description| !description.text.trim().is_empty())
}
