//! Where a type comes from, told in its docs.
//!
//! In: a type. Out: lines for its doc comment. Knows no Rust.

use super::docs::{lines, paragraphs, prose};
use crate::api::{Content, Message, TypeDef, TypeKind, TypeOrigin};
use crate::docs::Inline;

/// A type's description, and the message it is part of; `explain` prints all where there are more.
pub(crate) fn docs(definition: &TypeDef) -> Vec<String> {
    let mut said = match definition.provenance.first() {
        None => vec![text("Variables of a GraphQL query")],
        Some(TypeOrigin::Overlay(reason)) => {
            vec![text(&format!("Known from the overlay: {}", reason.trim_end_matches('.')))]
        }
        Some(TypeOrigin::Message(message)) => message_of(message, is_whole(definition)),
    };
    said.push(text(&match definition.provenance.len().saturating_sub(1) {
        0 => ".".to_owned(),
        1 => ", and one more place.".to_owned(),
        more => format!(", and {more} more places."),
    }));
    paragraphs([lines(&definition.docs), prose(said)])
}

/// Whether it is all that a message carries, and not a part.
fn is_whole(definition: &TypeDef) -> bool {
    matches!(definition.kind, TypeKind::Struct(_)) && definition.key.steps.is_empty()
}

/// What carries it: `` Body of `POST /users` ``.
fn message_of(message: &Message, is_whole: bool) -> Vec<Inline> {
    let carrier = match message.content {
        Content::Body => "body".to_owned(),
        Content::Form => "form".to_owned(),
        Content::Response(200..=299) => "response".to_owned(),
        Content::Response(status) => format!("response {status}"),
    };
    let carrier = if is_whole { capitalised(&carrier) } else { format!("In the {carrier}") };
    vec![text(&format!("{carrier} of ")), Inline::Code(message.request.clone())]
}

fn capitalised(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

fn text(said: &str) -> Inline {
    Inline::Text(said.to_owned())
}
