//! What something is called in Rust, and where it stands in the emitted source.

use super::ExplainInput;
use crate::api::{CredentialId, OperationId, TypeId};
use crate::output::FileTree;

/// Most lines that an item's signature is read from.
const MOST_SIGNATURE_LINES: usize = 6;

/// A type, and where it is defined.
pub(super) fn ty(subject: &ExplainInput<'_>, id: TypeId) -> Option<String> {
    let own = subject.names.types.get(id.0)?;
    let path = format!("src/{}/models.rs", own.module.join("/"));
    at(subject, &path, &[&definitions(&own.ident)])
}

/// The field at `index` of a struct, and where it is defined.
pub(super) fn field(subject: &ExplainInput<'_>, id: TypeId, index: usize) -> Option<String> {
    let own = subject.names.types.get(id.0)?;
    let path = format!("src/{}/models.rs", own.module.join("/"));
    let field = format!("pub {}:", own.members.get(index)?);
    at(subject, &path, &[&definitions(&own.ident), &[field]])
}

/// An operation's method.
pub(super) fn method(subject: &ExplainInput<'_>, id: OperationId) -> Option<String> {
    let own = subject.names.operations.get(id.0)?;
    let (path, handle) = home(subject, id)?;
    at(subject, &path, &[&[handle], &[format!("pub fn {}(", own.method)]])
}

/// The row of an optional parameter's setter; the method that takes a required one.
pub(super) fn setter(subject: &ExplainInput<'_>, id: OperationId, name: &str) -> Option<String> {
    let own = subject.names.operations.get(id.0)?;
    let (path, _) = home(subject, id)?;
    let request = format!("pub struct {}", own.request);
    let found = at(subject, &path, &[&[request], &rows(subject, id, name)]);
    found.or_else(|| method(subject, id))
}

/// How the row of a setter may begin: with any slot.
fn rows(subject: &ExplainInput<'_>, id: OperationId, name: &str) -> Vec<String> {
    let Some(operation) = subject.api.operations.get(id.0) else { return Vec::new() };
    let headers: usize = operation.headers.iter().map(|it| it.default.len().max(1)).sum();
    let query = (0..=operation.query_order.len()).map(|slot| format!("query {slot} {name}("));
    query.chain((0..headers).map(|slot| format!("header {slot} {name}("))).collect()
}

/// The setter of a credential.
pub(super) fn credential(subject: &ExplainInput<'_>, id: CredentialId) -> Option<String> {
    let own = subject.names.credentials.get(id.0)?;
    let setter = format!("pub fn {}(", own.setter);
    at(subject, "src/client.rs", &[&["impl ClientBuilder".to_owned()], &[setter]])
}

/// The file that an operation's method stands in, and the line that begins its block.
fn home(subject: &ExplainInput<'_>, id: OperationId) -> Option<(String, String)> {
    let operation = subject.api.operations.get(id.0)?;
    let Some(group) = operation.group else {
        return Some(("src/client.rs".to_owned(), "impl Client".to_owned()));
    };
    let own = subject.names.groups.get(group.0)?;
    let handle = format!("impl {}", own.handle);
    Some((format!("src/{}.rs", own.module.join("/")), handle))
}

fn definitions(ident: &str) -> [String; 2] {
    [format!("pub struct {ident}"), format!("pub enum {ident}")]
}

/// The item after lines that begin so, one after the other: its signature and its place.
fn at(subject: &ExplainInput<'_>, path: &str, begins: &[&[String]]) -> Option<String> {
    let (line, signature) = signature(subject.files, path, begins)?;
    Some(format!("{signature}    {}/{path}:{line}", subject.client))
}

fn signature(files: &FileTree, path: &str, begins: &[&[String]]) -> Option<(usize, String)> {
    let lines: Vec<&str> = files.0.get(path)?.lines().map(str::trim).collect();
    let mut next = 0;
    for words in begins {
        let is_one = |line: &&str| words.iter().any(|word| is_begun(line, word));
        next += lines.get(next..)?.iter().position(is_one)? + 1;
    }
    let mut text = String::new();
    for line in lines.get(next - 1..)?.iter().take(MOST_SIGNATURE_LINES) {
        if !(text.is_empty() || text.ends_with(['(', '<']) || line.starts_with([')', '>'])) {
            text.push(' ');
        }
        text.push_str(line);
        if line.ends_with(['{', ';']) || (line.ends_with(',') && !text.contains("fn ")) {
            break;
        }
    }
    let text = text.trim_end_matches(['{', ',', ';', ' ']).replace(",)", ")");
    Some((next, text))
}

/// Whether a line begins with a word that ends there.
fn is_begun(line: &str, word: &str) -> bool {
    let is_word = |letter: char| letter.is_alphanumeric() || letter == '_';
    let rest = line.strip_prefix(word);
    rest.is_some_and(|rest| !word.ends_with(is_word) || !rest.starts_with(is_word))
}
