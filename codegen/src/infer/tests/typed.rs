//! What the pipeline's own call gives, as tests look at it.

use crate::api::Api;
use crate::diagnostic::Diagnostic;
use crate::draft::Draft;
use crate::evidence::Evidence;
use crate::infer::{Inferred, Reasoning, infer};
use crate::overlay::Hint;

/// The API of a draft, and the findings.
pub(in crate::infer) fn typed(
    draft: &Draft,
    evidence: &Evidence,
    hints: &[Hint],
) -> (Api, Vec<Diagnostic>) {
    let Inferred { api, found, .. } = infer(draft, evidence, hints, Reasoning::Left, None);
    (api, found)
}
