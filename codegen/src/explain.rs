//! A key -> why it is what it is: samples, evidence by source, corrections, rule, and its place in the emitted source.
//!
//! In: everything that one run of the pipeline made. Out: a text for a person, or the nearest right keys. Decides nothing itself: it asks the stages what they did.

mod addressed;
mod headline;
mod keys;
mod print;
mod reason;
mod rust;
mod said;
mod seen;

use crate::api::Api;
use crate::diagnostic::Diagnostic;
use crate::draft::Draft;
use crate::evidence::Evidence;
use crate::infer::reasons::Reasons;
use crate::name::Names;
use crate::origin::Origin;
use crate::output::FileTree;
use crate::overlay::{Change, Overlay, Target, nearest_few, targets};
use addressed::Addressed;
use print::{line, section};

/// Most keys that are offered for one that is not known.
const MOST_NEAREST: usize = 5;

/// Most lines of one kind that are printed.
const MOST_LINES: usize = 12;

/// What the files are called, as they are printed.
#[derive(Clone, Copy, Debug, Default)]
pub struct Paths<'a> {
    /// The collection.
    pub spec: &'a str,
    /// The overlay.
    pub overlay: &'a str,
    /// The folder of the emitted crate.
    pub client: &'a str,
}

/// What one run of the pipeline made, and what its files are called.
#[derive(Clone, Copy, Debug)]
pub struct ExplainInput<'a> {
    /// Path and text of the collection.
    pub spec: (&'a str, &'a str),
    /// Path and text of the overlay; empty if there is none.
    pub overlay: (&'a str, &'a str),
    /// The overlay.
    pub corrections: &'a Overlay,
    /// Path and evidence of each source.
    pub evidence: &'a [(String, Evidence)],
    /// What the collection says.
    pub draft: &'a Draft,
    /// What inference made of it.
    pub inferred: &'a Api,
    /// Why.
    pub reasons: &'a Reasons,
    /// What the client offers.
    pub api: &'a Api,
    /// How it is called.
    pub names: &'a Names,
    /// Folder of the emitted crate.
    pub client: &'a str,
    /// The emitted crate.
    pub files: &'a FileTree,
}

/// Explains what `key` addresses.
///
/// # Errors
///
/// A key that addresses nothing, with the nearest right ones; one that several operations may be meant by, with all of them.
pub fn explain(subject: &ExplainInput<'_>, key: &str) -> Result<String, Diagnostic> {
    let things =
        addressed::find(subject, key.trim()).map_err(|error| miss(subject, key.trim(), error))?;
    let mut out = String::new();
    let mut told = Vec::new();
    for thing in &things {
        headline::headline(&mut out, subject, thing);
    }
    for thing in &things {
        let place = thing.place(subject);
        if told.contains(&place) {
            continue;
        }
        reason::reason(&mut out, subject, thing, place.as_ref());
        told.push(place);
    }
    for thing in &things {
        section(&mut out, "shared", shared(subject, thing));
    }
    let entries = said::entries(subject, &things);
    section(&mut out, "overlay", entries);
    Ok(out)
}

/// The other places whose types a type stands for.
fn shared(subject: &ExplainInput<'_>, thing: &Addressed) -> Vec<String> {
    let Addressed::Type(id) = thing else { return Vec::new() };
    let key = subject.api.types.get(*id).map(|def| def.key.to_string()).unwrap_or_default();
    let places = subject.reasons.shared.get(&key).into_iter().flatten();
    places.map(|place| format!("`{place}` has the same fields, or nearly the same")).collect()
}

/// The error for a key that addresses nothing, or several operations.
fn miss(subject: &ExplainInput<'_>, key: &str, error: Diagnostic) -> Diagnostic {
    if error.code == "overlay::ambiguous" {
        let help = error.help.unwrap_or_default();
        return unknown("explain::ambiguous", error.message, help);
    }
    if let Some(dropped) = dropped(subject, key) {
        return unknown("explain::dropped", format!("`{key}` is not in the client"), dropped);
    }
    let near = nearest_few(key, &keys::all(subject.api), MOST_NEAREST);
    let near: Vec<_> = near.iter().map(|key| format!("`{key}`")).collect();
    let help = match near.as_slice() {
        [] => "`cargo xtask dump --stage overlay` prints all keys".to_owned(),
        near => format!("the nearest keys are {}", near.join(", ")),
    };
    unknown("explain::unknown-key", format!("`{key}` is no place of this API"), help)
}

fn unknown(code: &'static str, message: String, help: String) -> Diagnostic {
    Diagnostic::error(code, message, Origin::default()).with_help(help)
}

/// Which entry of the overlay drops what `key` addresses, if one does.
fn dropped(subject: &ExplainInput<'_>, key: &str) -> Option<String> {
    let wanted = targets(subject.inferred, key).ok()?;
    subject.corrections.patches.iter().find_map(|patch| {
        patch.keys.iter().find(|patch_key| patch_key.change == Change::Drop)?;
        let gone = targets(subject.inferred, &patch.entry.at).ok()?;
        wanted.iter().any(|target| gone.iter().any(|gone| holds(gone, target))).then(|| {
            let line = line(subject.overlay, patch.entry.span);
            format!("{line} drops `{}`: {}", patch.entry.at, patch.entry.reason)
        })
    })
}

/// Whether `target` is gone when `gone` is.
fn holds(gone: &Target, target: &Target) -> bool {
    let operation = addressed::operation_of(target);
    gone == target || matches!(gone, Target::Operation(id) if operation == Some(*id))
}
