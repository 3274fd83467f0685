//! Where a type comes from, told in its docs.
//!
//! In: a type. Out: lines for its doc comment. Knows no Rust.

use super::docs::{lines, paragraphs, text_lines};
use crate::api::TypeDef;

/// Places that a type's `From:` line names.
const PLACES: usize = 6;

/// A type's description, and the places it comes from.
pub(crate) fn docs(definition: &TypeDef) -> Vec<String> {
    let from = definition.provenance.iter().take(PLACES).cloned().collect::<Vec<_>>().join("; ");
    let more = definition.provenance.len().saturating_sub(PLACES);
    let from = match more {
        0 if from.is_empty() => "From: the variables of a GraphQL query.".to_owned(),
        0 => format!("From: {from}."),
        more => format!("From: {from}; and {more} more."),
    };
    paragraphs([lines(&definition.docs), text_lines(&from)])
}
