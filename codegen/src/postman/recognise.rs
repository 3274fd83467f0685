//! Which format a document is in; by its shape, since `info.schema` may be missing or wrong (POSTMAN.md §9).

use super::located::{Located, Notes};
use super::v3;
use crate::diagnostic::Diagnostic;
use crate::json::Value;

/// A format of Postman's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// A flat list of requests in a tree of ids.
    V1,
    /// A tree of items: v2.0, v2.1 and the published variant.
    V2,
    /// A member for each file of a folder.
    V3,
}

/// The format, and the place of the collection within the document.
pub(super) fn recognise<'a>(
    document: Located<'a>,
    notes: &mut Notes,
) -> Result<(Format, Located<'a>), Box<Diagnostic>> {
    let root = unwrapped(document);
    if let Some(items) = root.get("item") {
        if items.node.elements().is_none() {
            let message = format!("`item` is {}, not an array of items", items.node.kind());
            return Err(Box::new(Diagnostic::error("postman::items", message, items.origin())));
        }
        note_schema(&root, notes);
        return Ok((Format::V2, root));
    }
    if root.get("requests").is_some_and(|list| list.node.elements().is_some()) {
        return Ok((Format::V1, root));
    }
    let definition =
        |(path, _): &(&str, Located<'_>)| v3::is_definition(path) && path.matches('/').count() == 2;
    if root.entries().iter().any(definition) {
        return Ok((Format::V3, root));
    }
    if has_collection_schema(&root) {
        notes.push(Diagnostic::warning(
            "postman::no-items",
            "the collection has no `item` array: no request, no operation",
            root.origin(),
        ));
        return Ok((Format::V2, root));
    }
    Err(Box::new(stranger(&root)))
}

/// API exports wrap the collection in a member of that name.
fn unwrapped(document: Located<'_>) -> Located<'_> {
    let bare = document.get("item").is_none() && document.get("requests").is_none();
    match document.get("collection").filter(|inner| bare && inner.node.members().is_some()) {
        Some(inner) => inner,
        None => document,
    }
}

fn schema(root: &Located<'_>) -> Option<String> {
    root.get("info").and_then(|info| info.get("schema")).and_then(|schema| schema.scalar())
}

fn has_collection_schema(root: &Located<'_>) -> bool {
    schema(root).is_some_and(|schema| schema.contains("/collection/"))
}

fn note_schema(root: &Located<'_>, notes: &mut Notes) {
    let found = match schema(root) {
        Some(schema) if schema.contains("/collection/v2.") || schema.contains("/v2.") => return,
        Some(schema) => format!("unknown `info.schema` {schema:?}"),
        None => "no `info.schema`".to_owned(),
    };
    let message = format!("{found}; read as format v2 by its shape");
    let place = root.get("info").unwrap_or_else(|| root.clone());
    notes.push(Diagnostic::warning("postman::schema", message, place.origin()));
}

/// The error for a document that is something else, and says what where it can.
fn stranger(root: &Located<'_>) -> Diagnostic {
    let has = |key: &str| root.get(key).is_some();
    let what = match &root.node.value {
        Value::Object(_) if has("openapi") || has("swagger") => "an OpenAPI document",
        Value::Object(_) if has("asyncapi") => "an AsyncAPI document",
        Value::Object(_) if has("_postman_variable_scope") || has("values") => {
            "a Postman environment or globals file"
        }
        Value::Object(_) if has("log") => "an HTTP archive (HAR)",
        Value::Object(_) => "an object without an `item` or `requests` array",
        Value::Null | Value::Bool(_) | Value::Number(_) => root.node.kind(),
        Value::Text(_) | Value::Array(_) | Value::Variable(_) => root.node.kind(),
    };
    let message = format!("not a Postman collection, but {what}");
    Diagnostic::error("postman::not-a-collection", message, root.origin())
        .with_help("export the collection from Postman as v2.1 JSON")
}
