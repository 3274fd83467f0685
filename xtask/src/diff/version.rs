//! Whether the clients' versions went as far since an edition as what changed in them asks.

use super::edition::Edition;
use super::pair::pairs;
use postman_codegen::diff::Verdict;
use postman_codegen::review::Comparison;
use std::ffi::OsStr;

/// What a client's version is, and what it would have to be.
pub(crate) struct Version {
    pub(crate) package: String,
    pub(crate) version: String,
    /// The least version that tells callers what changed.
    pub(crate) needs: String,
    pub(crate) verdict: Verdict,
    pub(crate) is_enough: bool,
}

/// The versions of the working tree's clients, or of the one called `collection`, seen from the edition `against`.
///
/// # Errors
///
/// An edition, or a collection in it, that cannot be read.
pub(crate) fn versions(against: &OsStr, collection: Option<&str>) -> anyhow::Result<Vec<Version>> {
    let (old, new) = (Edition::load(Some(against))?, Edition::load(None)?);
    let version = |comparison: Comparison| Version {
        is_enough: comparison.is_version_enough(),
        needs: comparison.needs(),
        verdict: comparison.verdict(),
        package: comparison.package,
        version: comparison.new_version,
    };
    let compared = pairs(&old, &new, collection)?.into_iter().map(|pair| {
        let compared = pair.compared(&old, &new);
        compared
            .map(version)
            .map_err(|failure| anyhow::anyhow!("{}{}", failure.findings, failure.why))
    });
    compared.collect()
}
