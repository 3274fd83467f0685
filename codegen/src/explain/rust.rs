//! What something is called in Rust, and where it stands in the emitted source.

use super::ExplainInput;
use crate::api::{CredentialId, OperationId, TypeId};
use crate::output::FileTree;
use crate::overlay::Location;

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

/// The row of the setter of the optional parameter at `index`; the method that takes a required one.
pub(super) fn setter(
    subject: &ExplainInput<'_>,
    id: OperationId,
    location: Location,
    index: usize,
) -> Option<String> {
    let found = row(subject, id, location, index);
    found.or_else(|| method(subject, id))
}

fn row(
    subject: &ExplainInput<'_>,
    id: OperationId,
    location: Location,
    index: usize,
) -> Option<String> {
    let own = subject.names.operations.get(id.0)?;
    let operation = subject.api.operations.get(id.0)?;
    let row = match location {
        Location::Path => return None,
        Location::Query => {
            format!("query {} {}(", operation.query_slot(index)?, own.query.get(index)?)
        }
        Location::Header => {
            format!("header {} {}(", operation.header_slot(index), own.headers.get(index)?)
        }
    };
    let (path, _) = home(subject, id)?;
    at(subject, &path, &[&[format!("pub struct {}", own.request)], &[row]])
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

/// How the definition of a type begins.
const DEFINITIONS: [&str; 2] = ["pub struct", "pub enum"];

fn definitions(ident: &str) -> [String; 2] {
    DEFINITIONS.map(|word| format!("{word} {ident}"))
}

/// The item after lines that begin so, one after the other: its signature and its place.
fn at(subject: &ExplainInput<'_>, path: &str, begins: &[&[String]]) -> Option<String> {
    let (line, signature) = signature(subject.files, path, begins)?;
    Some(format!("{signature}    {}/{path}:{line}", subject.client))
}

fn signature(files: &FileTree, path: &str, begins: &[&[String]]) -> Option<(usize, String)> {
    let mut lines: Vec<&str> = files.0.get(path)?.lines().map(str::trim).collect();
    let mut next = 0;
    for words in begins {
        let is_one = |line: &&str| words.iter().any(|word| is_begun(line, word));
        next += lines.get(next..)?.iter().position(is_one)? + 1;
        // What stands in one type stands before the next.
        let is_type = |line: &&str| DEFINITIONS.iter().any(|word| is_begun(line, word));
        if lines.get(next - 1).is_some_and(is_type) {
            let end = lines.get(next..)?.iter().position(is_type);
            lines.truncate(end.map_or(lines.len(), |end| next + end));
        }
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

#[cfg(test)]
mod tests {
    use super::signature;
    use crate::output::FileTree;

    #[test]
    fn what_stands_in_one_type_is_not_looked_for_in_the_next() {
        let text = "request! {\n    pub struct List {\n        query 0 page(i64),\n    }\n}\n\nrequest! {\n    pub struct Find {\n        query 0 size(i64),\n    }\n}\n";
        let files = FileTree([("src/a.rs".to_owned(), text.to_owned())].into());
        let row = |request: &str, row: &str| {
            let begins = [&[format!("pub struct {request}")][..], &[row.to_owned()]];
            signature(&files, "src/a.rs", &begins)
        };
        assert_eq!(row("List", "query 0 page("), Some((3, "query 0 page(i64)".to_owned())));
        assert_eq!(row("Find", "query 0 size("), Some((9, "query 0 size(i64)".to_owned())));
        assert_eq!(row("List", "query 0 size("), None);
    }
}
