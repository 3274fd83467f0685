//! Where a type comes from, told in its docs.
//!
//! In: a type. Out: lines for its doc comment. Knows no Rust.

use super::docs::{lines, paragraphs, text_lines};
use crate::api::TypeDef;

/// A type's description, and the place it comes from; `explain` prints all where there are more.
pub(crate) fn docs(definition: &TypeDef) -> Vec<String> {
    let from = match definition.provenance.as_slice() {
        [] => "From: the variables of a GraphQL query.".to_owned(),
        [first] => format!("From: {first}."),
        [first, _] => format!("From: {first}, and one more place."),
        [first, rest @ ..] => format!("From: {first}, and {} more places.", rest.len()),
    };
    paragraphs([lines(&definition.docs), text_lines(&from)])
}
