//! Draft + evidence + hints -> [`Api`]: observe, pool, decide.

use crate::api::Api;
use crate::diagnostic::Diagnostic;
use crate::draft::Draft;
use crate::evidence::Evidence;
use crate::overlay::Hint;

/// Types everything in `draft`. One bad operation never costs the rest.
#[must_use]
pub fn infer(draft: &Draft, evidence: &Evidence, hints: &[Hint]) -> (Api, Vec<Diagnostic>) {
    let _ = (draft, evidence, hints);
    (Api::default(), Vec::new())
}
