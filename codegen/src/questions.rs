//! What a person asks about a client: why something is as it is, and what should be corrected.
//!
//! In: the same texts as for generating. Out: an answer to print. The pipeline runs, and is asked what else it knows.

use crate::diagnostic::Diagnostic;
use crate::{Generated, Input, evidence, generate, infer, overlay};

/// Explains what `key` addresses in the client that [`generate`] makes.
///
/// # Errors
///
/// As [`generate`], and a key that addresses nothing or several operations.
pub fn explain(
    input: &Input<'_>,
    paths: crate::explain::Paths<'_>,
    key: &str,
) -> Result<String, Vec<Diagnostic>> {
    let Generated { draft, api, names, files, .. } = generate(input)?;
    let overlay = input.overlay.map_or_else(|| Ok(overlay::Overlay::default()), overlay::parse)?;
    let (sources, joined) =
        (evidence::file::read_each(input.evidence)?, evidence::file::read_all(input.evidence)?);
    let (inferred, reasons) = infer::infer_with_reasons(&draft, &joined, &overlay.hints);
    let subject = crate::explain::Subject {
        spec: (paths.spec, input.spec),
        overlay: (paths.overlay, input.overlay.unwrap_or_default()),
        corrections: &overlay,
        evidence: &sources,
        draft: &draft,
        inferred: &inferred,
        reasons: &reasons,
        api: &api,
        names: &names,
        client: paths.client,
        files: &files,
    };
    crate::explain::explain(&subject, key).map_err(|error| vec![error])
}

/// Corrections that the collection's own words ask for, as stanzas of the overlay; `spec` is the collection's path as it is printed.
///
/// # Errors
///
/// As [`generate`].
pub fn suggest(input: &Input<'_>, spec: &str) -> Result<String, Vec<Diagnostic>> {
    let Generated { draft, api, .. } = generate(input)?;
    let overlay = input.overlay.map_or_else(|| Ok(overlay::Overlay::default()), overlay::parse)?;
    let evidence = evidence::file::read_all(input.evidence)?;
    let subject = crate::suggest::Subject {
        spec: (spec, input.spec),
        draft: &draft,
        inferred: &infer::infer(&draft, &evidence, &overlay.hints).0,
        patches: &overlay.patches,
        api: &api,
    };
    Ok(crate::suggest::report(&crate::suggest::suggest(&subject)))
}
