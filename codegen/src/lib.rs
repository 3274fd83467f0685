//! A Postman collection in, a typed Rust client crate out.
//!
//! Read `ARCHITECTURE.md` first. The library is a pure function of texts: no clock, no environment, no network; only `output::disk` touches files.

pub mod api;
pub mod bundle;
pub mod credential;
pub mod diagnostic;
pub mod diff;
pub mod docs;
pub mod draft;
pub mod emit;
pub mod evidence;
pub mod explain;
pub mod format;
pub mod hash;
pub mod infer;
pub mod json;
pub mod learn;
pub mod lower;
pub mod name;
pub mod origin;
pub mod output;
pub mod overlay;
pub mod percent;
pub mod pipeline;
pub mod placeholder;
pub mod postman;
mod questions;
pub mod replay;
pub mod review;
pub mod secret;
pub mod suggest;
pub mod summary;
pub mod template;
pub mod visible;
pub mod wire;
pub mod yaml;

use diagnostic::Diagnostic;
use output::FileTree;
pub use pipeline::Input;
use pipeline::{Analysis, Before, Lowered};
pub use questions::{account, explain, suggest};

/// Everything the pipeline found on the way, stage by stage.
#[derive(Clone, Debug)]
pub struct Generated {
    /// What the collection says.
    pub draft: draft::Draft,
    /// What the client offers.
    pub api: api::Api,
    /// How it is called.
    pub names: name::Names,
    /// What keeps these names in the next run.
    pub lock: name::Lock,
    /// Where the files say that they come from.
    pub source: emit::Source,
    /// The emitted crate.
    pub files: FileTree,
    /// What became of the input.
    pub account: lower::Account,
    /// Notes and warnings; never an error.
    pub diagnostics: Vec<Diagnostic>,
}

/// Runs the whole pipeline.
///
/// # Errors
///
/// All diagnostics found up to and with the stage that failed; at least one is an error.
pub fn generate(input: &Input<'_>) -> Result<Generated, Vec<Diagnostic>> {
    generate_after(input, None)
}

/// The same, where an earlier run made something: modules that are as they were are not printed again, and not a byte differs for it.
///
/// # Errors
///
/// Those of [`generate`].
pub fn generate_after(
    input: &Input<'_>,
    before: Option<&Generated>,
) -> Result<Generated, Vec<Diagnostic>> {
    let analysis = Analysis::new(input, infer::Reasoning::Left)?;
    let source = emit::Source { spec: input.spec_name.to_owned() };
    let before = before.map(|it| {
        let Generated { api, names, files, source, .. } = it;
        Before { api, names, files, source: source.clone() }
    });
    let files = analysis.files_after(input.spec_name, before.as_ref())?;
    let Analysis { lowered, api, names, lock, diagnostics, .. } = analysis;
    let Lowered { draft, account, .. } = lowered;
    Ok(Generated { draft, api, names, lock, source, files, account, diagnostics })
}
