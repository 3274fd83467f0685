//! What a person asks about a client: why something is as it is, and what should be corrected.
//!
//! In: the same texts as for generating. Out: a text to print. The pipeline runs, and what each stage made is handed over.

use crate::diagnostic::Diagnostic;
use crate::infer::Reasoning;
use crate::pipeline::{Analysis, Input, Lowered};
use crate::summary::account::Report;

/// Explains what `key` addresses in the client that [`generate`](crate::generate) makes.
///
/// # Errors
///
/// As [`generate`](crate::generate), and a key that addresses nothing or several operations.
pub fn explain(
    input: &Input<'_>,
    paths: crate::explain::Paths<'_>,
    key: &str,
) -> Result<String, Vec<Diagnostic>> {
    let analysis = Analysis::new(input, Reasoning::Kept)?;
    let files = analysis.files(input.spec_name)?;
    let subject = crate::explain::ExplainInput {
        spec: (paths.spec, input.spec),
        overlay: (paths.overlay, input.overlay.unwrap_or_default()),
        corrections: &analysis.lowered.overlay,
        evidence: &analysis.sources,
        draft: &analysis.lowered.draft,
        inferred: &analysis.inferred,
        reasons: &analysis.reasons,
        api: &analysis.api,
        names: &analysis.names,
        client: paths.client,
        files: &files,
    };
    crate::explain::explain(&subject, key).map_err(|error| vec![error])
}

/// Corrections that the collection's own words ask for, as stanzas of the overlay; `spec` is the collection's path as it is printed.
///
/// # Errors
///
/// As [`generate`](crate::generate).
pub fn suggest(input: &Input<'_>, spec: &str) -> Result<String, Vec<Diagnostic>> {
    let analysis = Analysis::new(input, Reasoning::Kept)?;
    let subject = crate::suggest::SuggestInput {
        spec: (spec, input.spec),
        draft: &analysis.lowered.draft,
        inferred: &analysis.inferred,
        patches: &analysis.lowered.overlay.patches,
        api: &analysis.api,
    };
    Ok(crate::suggest::report(&crate::suggest::suggest(&subject)))
}

/// What became of every member of the collection; `spec` is its path as it is printed.
///
/// # Errors
///
/// A text that cannot be read at all.
pub fn account<'a>(input: &Input<'a>, spec: &'a str) -> Result<Report<'a>, Vec<Diagnostic>> {
    let lowered = Lowered::new(input)?;
    let document = crate::postman::document(input.spec)?;
    Ok(Report::new(&document, &lowered.draft, &lowered.diagnostics, (spec, input.spec)))
}
