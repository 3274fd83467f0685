//! A Postman collection in, a typed Rust client crate out.
//!
//! Read `ARCHITECTURE.md` first. The library is a pure function of texts: no clock, no environment, no network; only `output::disk` touches files.

pub mod api;
pub mod bundle;
pub mod credential;
pub mod diagnostic;
pub mod docs;
pub mod draft;
pub mod emit;
pub mod evidence;
pub mod explain;
pub mod format;
pub mod infer;
pub mod json;
pub mod learn;
pub mod lower;
pub mod name;
pub mod origin;
pub mod output;
pub mod overlay;
pub mod placeholder;
pub mod postman;
mod questions;
pub mod replay;
pub mod suggest;
pub mod summary;
pub mod template;
pub mod wire;
pub mod yaml;

use diagnostic::{Diagnostic, Severity};
use output::FileTree;
pub use questions::{explain, suggest};

/// The texts a client is made of.
#[derive(Clone, Debug, Default)]
pub struct Input<'a> {
    /// File name of the spec, without its folder.
    pub spec_name: &'a str,
    /// The collection.
    pub spec: &'a str,
    /// The overlay, where there is one.
    pub overlay: Option<&'a str>,
    /// Name and text of each evidence file, in any order.
    pub evidence: &'a [(String, String)],
    /// Package name that beats the overlay's.
    pub package: Option<&'a str>,
}

/// Everything the pipeline found on the way, floor by floor.
#[derive(Clone, Debug)]
pub struct Generated {
    /// What the collection says.
    pub draft: draft::Draft,
    /// What the client offers.
    pub api: api::Api,
    /// How it is called.
    pub names: name::Names,
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
/// All diagnostics found up to and with the floor that failed; at least one is an error.
pub fn generate(input: &Input<'_>) -> Result<Generated, Vec<Diagnostic>> {
    let mut found = Vec::new();
    let overlay = input.overlay.map_or_else(|| Ok(overlay::Overlay::default()), overlay::parse)?;
    let document = postman::document(input.spec)?;
    let (collection, noted) = postman::collection(&document)?;
    found.extend(noted);
    let account = lower::account::account(&document);
    found.extend(account.diagnostics());
    let (draft, noted) = lower::lower(&collection);
    checked(&mut found, noted)?;
    let evidence = evidence::file::read_all(input.evidence)?;
    let (api, noted) = infer::infer(&draft, &evidence, &overlay.hints);
    checked(&mut found, noted)?;
    let (api, noted) = overlay::apply::apply(api, &overlay.patches);
    checked(&mut found, noted)?;
    let client = overlay::ClientTable {
        name: input.package.map(str::to_owned).or_else(|| overlay.client.name.clone()),
        ..overlay.client.clone()
    };
    let (names, noted) = name::name(&api, &client, &overlay.names);
    checked(&mut found, noted)?;
    let source = emit::Source { spec: input.spec_name.to_owned() };
    let files = format::format(emit::emit(&api, &names, &source))?;
    Ok(Generated { draft, api, names, files, account, diagnostics: found })
}

fn checked(found: &mut Vec<Diagnostic>, noted: Vec<Diagnostic>) -> Result<(), Vec<Diagnostic>> {
    found.extend(noted);
    if found.iter().any(|diagnostic| diagnostic.severity == Severity::Error) {
        return Err(std::mem::take(found));
    }
    Ok(())
}
