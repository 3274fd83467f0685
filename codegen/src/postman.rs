//! Text -> [`Collection`]: recognises the format and mirrors it, nothing more.
//!
//! Values stay as written: nothing is resolved, decoded or judged here. Must not know the floors above.

mod auth;
mod body;
mod collection;
mod decode;
mod description;
mod field;
mod place;
mod profile;
mod recognise;
mod request;
mod url;
mod v1;

pub use auth::{Auth, AuthChoice};
pub use body::{Body, FormPart};
pub use collection::{Collection, Folder, Item};
pub use decode::decode;
pub use description::{Description, Markup};
pub use field::{Field, FieldValue};
pub use profile::Profile;
pub use recognise::Format;
pub use request::{Message, Request, Response};
pub use url::{Url, query_text};

use crate::diagnostic::{Diagnostic, Severity};
use crate::json::{self, Node};
use crate::origin::{Origin, Pointer};
use place::Place;

/// Reads a collection.
///
/// # Errors
///
/// As [`document`] and [`collection`].
pub fn parse(text: &str) -> Result<(Collection, Vec<Diagnostic>), Vec<Diagnostic>> {
    collection(&document(text)?)
}

/// Reads the text as JSON.
///
/// # Errors
///
/// One diagnostic with the position where the text is no JSON.
pub fn document(text: &str) -> Result<Node, Vec<Diagnostic>> {
    json::read(text).map_err(|error| {
        let origin = Origin { pointer: Pointer::root(), span: Some(error.span), trail: Vec::new() };
        if text.trim_start_matches('\u{feff}').trim().is_empty() {
            return vec![Diagnostic::error("postman::empty", "the file is empty", origin)];
        }
        let message = format!("not JSON: {}", error.message);
        vec![Diagnostic::error("postman::syntax", message, origin)]
    })
}

/// Mirrors the collection in `document`, whatever its format; returns what was left aside with it.
///
/// # Errors
///
/// A document that is no collection, or holds a value that Postman itself could not read: each with its position.
pub fn collection(document: &Node) -> Result<(Collection, Vec<Diagnostic>), Vec<Diagnostic>> {
    let mut notes = Vec::new();
    let (format, root) =
        recognise::recognise(Place::root(document), &mut notes).map_err(|error| vec![*error])?;
    let read = match format {
        Format::V2 => collection::read(&root, &mut notes),
        Format::V1 => v1::read(&root, &mut notes),
    };
    if notes.iter().any(|note| note.severity == Severity::Error) {
        return Err(notes);
    }
    Ok((read, notes))
}
