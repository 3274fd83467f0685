//! Text -> [`Collection`]: recognises the format and mirrors it, nothing more.
//!
//! Values stay as written: nothing is resolved, decoded or judged here. Must not know the stages above.

mod auth;
mod body;
mod collection;
mod decode;
mod description;
mod field;
mod located;
mod profile;
mod recognise;
mod request;
mod secrets;
mod url;
mod v1;
mod v3;

pub use auth::{Auth, AuthChoice};
pub use body::{Body, FormPart};
pub use collection::{Collection, Folder, Item};
pub use decode::decode;
pub use description::{Description, Markup};
pub use field::{Field, FieldValue};
pub use profile::Profile;
pub use recognise::Format;
pub use request::{Message, Request, Response};
pub use secrets::redact;
pub use url::{Url, query_text};

use crate::diagnostic::{Diagnostic, Severity};
use crate::json::{self, Member, Node, Value};
use crate::origin::{Origin, Pointer, Span};
use crate::{bundle, yaml};
use located::Located;

/// Reads a collection.
///
/// # Errors
///
/// As [`document`] and [`collection`].
pub fn parse(text: &str) -> Result<(Collection, Vec<Diagnostic>), Vec<Diagnostic>> {
    collection(&document(text)?)
}

/// Reads the text as JSON; a bundle of YAML files as an object with a member for each, by path.
///
/// # Errors
///
/// The position where the text is no JSON; of a bundle, where each file that cannot be read is no YAML.
pub fn document(text: &str) -> Result<Node, Vec<Diagnostic>> {
    if let Some(files) = bundle::files(text) {
        return folder(text, &files);
    }
    json::read(text).map_err(|error| {
        let origin = Origin { pointer: Pointer::root(), span: Some(error.span), trail: Vec::new() };
        if text.trim_start_matches('\u{feff}').trim().is_empty() {
            return vec![Diagnostic::error("postman::empty", "the file is empty", origin)];
        }
        let message = format!("not JSON: {}", error.message);
        vec![Diagnostic::error("postman::syntax", message, origin)]
    })
}

/// The object of a bundle's files.
fn folder(text: &str, files: &[bundle::File<'_>]) -> Result<Node, Vec<Diagnostic>> {
    let mut members = Vec::new();
    let mut errors = Vec::new();
    for file in files {
        match yaml::read(file.text, file.start) {
            Ok(value) => {
                let key = file.path.to_owned();
                members.push(Member { key, key_span: file.path_span(), value });
            }
            Err(error) => {
                let file = Pointer::root().key(file.path);
                let pointer = error.path.iter().fold(file, |pointer, step| pointer.key(step));
                let origin = Origin { pointer, span: Some(error.span), trail: Vec::new() };
                let message = format!("not YAML: {}", error.message);
                errors.push(Diagnostic::error("postman::syntax", message, origin));
            }
        }
    }
    let span = Span { start: 0, end: text.len() };
    if errors.is_empty() { Ok(Node { span, value: Value::Object(members) }) } else { Err(errors) }
}

/// Mirrors the collection in `document`, whatever its format; returns what was left aside with it.
///
/// # Errors
///
/// A document that is no collection, or holds a value that Postman itself could not read: each with its position.
pub fn collection(document: &Node) -> Result<(Collection, Vec<Diagnostic>), Vec<Diagnostic>> {
    let mut notes = Vec::new();
    let (format, root) =
        recognise::recognise(Located::root(document), &mut notes).map_err(|error| vec![*error])?;
    let read = match format {
        Format::V2 => collection::read(&root, &mut notes),
        Format::V1 => v1::read(&root, &mut notes),
        Format::V3 => v3::read(&root, &mut notes),
    };
    if notes.iter().any(|note| note.severity == Severity::Error) {
        return Err(notes);
    }
    Ok((read, notes))
}
