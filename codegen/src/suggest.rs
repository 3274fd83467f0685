//! Descriptions and operations that cannot work -> stanzas of the overlay, ready to paste.
//!
//! In: what the collection says in words, and the API that was made of it. Out: suggestions, each with the sentence and its place; each is one that the overlay accepts and that changes something. Nothing is applied. Rules are English in general and know no vendor.

mod context;
mod finding;
mod lints;
mod parameters;
mod passage;
mod place;
mod required;
mod rules;
mod terms;
mod tokens;
mod values;

use crate::api::Api;
use crate::draft::Draft;
use crate::overlay::{self, Patch};
use finding::Finding;

/// What suggestions are made from.
#[derive(Clone, Copy, Debug)]
pub struct SuggestInput<'a> {
    /// Path and text of the collection.
    pub spec: (&'a str, &'a str),
    /// What the collection says.
    pub draft: &'a Draft,
    /// What inference made of it.
    pub inferred: &'a Api,
    /// What the overlay says already.
    pub patches: &'a [Patch],
    /// What the client offers.
    pub api: &'a Api,
}

/// A correction that somebody may want.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    /// The stanza, below comments that say why.
    pub stanza: String,
    /// What it corrects.
    pub patch: Patch,
}

/// All suggestions, by operation. What the overlay says, and what is so already, is none.
#[must_use]
pub fn suggest(subject: &SuggestInput<'_>) -> Vec<Suggestion> {
    let mut kept: Vec<Suggestion> = Vec::new();
    for operation in &subject.api.operations {
        for finding in rules::findings(subject, operation) {
            let said = |suggestion: &Suggestion| corrects_same(&suggestion.patch, &finding);
            if !kept.iter().any(said) {
                kept.extend(accepted(subject, &finding));
            }
        }
    }
    kept
}

/// All suggestions as a text to read and to paste from.
#[must_use]
pub fn report(suggestions: &[Suggestion]) -> String {
    if suggestions.is_empty() {
        return "nothing to suggest\n".to_owned();
    }
    let stanzas: Vec<_> = suggestions.iter().map(|suggestion| suggestion.stanza.as_str()).collect();
    stanzas.join("\n")
}

/// Whether an earlier suggestion corrects the same thing of the same place.
fn corrects_same(patch: &Patch, finding: &Finding) -> bool {
    let keys = || patch.keys.iter().map(|patch_key| patch_key.key);
    patch.entry.at == finding.at
        && finding.keys.iter().any(|(key, _)| keys().any(|known| known == *key))
}

/// The suggestion, where the overlay takes it beside what it says already, and it changes something.
fn accepted(subject: &SuggestInput<'_>, finding: &Finding) -> Option<Suggestion> {
    let place = place::of(subject, finding);
    let stanza = finding::stanza(finding, &place);
    let patch = overlay::accepted(subject.inferred, subject.patches, &stanza)?;
    Some(Suggestion { stanza, patch })
}
