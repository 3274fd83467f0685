//! Request bodies by mode (POSTMAN.md §5): only the named mode counts.

use super::field::{self, Field, FieldValue};
use super::located::{Located, Notes};
use super::url;
use crate::json::{self, Value};
use crate::origin::Origin;

/// A body as the collection writes it.
#[derive(Clone, Debug, PartialEq)]
pub enum Body {
    /// A text.
    Raw {
        /// The text.
        text: String,
        /// `options.raw.language`.
        language: Option<String>,
        /// Where the text stands.
        origin: Origin,
    },
    /// `application/x-www-form-urlencoded`.
    UrlEncoded(Vec<Field>),
    /// `multipart/form-data`.
    FormData(Vec<FormPart>),
    /// The bytes of a file; its name, if any.
    File(Option<String>),
    /// A file, and none is chosen.
    NoFile,
    /// A GraphQL request.
    GraphQl {
        /// The document; `None` where none is sent.
        query: Option<String>,
        /// The operation's name.
        operation_name: Option<String>,
        /// The variables as text, and where they stand.
        variables: Option<(String, Origin)>,
    },
}

/// One part of a multipart body.
#[derive(Clone, Debug, PartialEq)]
pub struct FormPart {
    /// Name and value.
    pub field: Field,
    /// Whether it is a file.
    pub file: bool,
    /// Its own content type.
    pub content_type: Option<String>,
}

/// A GraphQL request that says nothing: Postman sends an empty object.
pub(super) const NO_GRAPHQL: Body =
    Body::GraphQl { query: None, operation_name: None, variables: None };

/// Reads the member `body` of `place`: `None` where Postman sends none.
pub(super) fn member(place: &Located<'_>, notes: &mut Notes) -> Option<Body> {
    let body = place.get("body")?;
    match &body.node.value {
        Value::Text(text) => {
            return raw(text.clone(), None, body.origin());
        }
        Value::Object(_) => {}
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Variable(_) => {
            notes.push(body.misfit("a body"));
            return None;
        }
    }
    let mode = body.text("mode", notes)?.to_ascii_lowercase();
    if mode.is_empty() || body.flag("disabled") {
        return None;
    }
    match mode.as_str() {
        "urlencoded" => {
            let list = body.get("urlencoded").filter(|list| list.node.text() != Some(""))?;
            Some(Body::UrlEncoded(field::fields(&list, url::query_text, notes)))
        }
        "formdata" => Some(Body::FormData(parts(&body.get("formdata")?, notes))),
        "file" => Some(file(&body)),
        "graphql" => match body.get("graphql") {
            Some(request) => graphql(&request, notes),
            None => Some(NO_GRAPHQL),
        },
        _ => raw_mode(&body, &mode),
    }
}

fn raw_mode(body: &Located<'_>, mode: &str) -> Option<Body> {
    let place = body.get(mode).or_else(|| body.get("raw"))?;
    let text = match &place.node.value {
        Value::Text(text) => text.clone(),
        Value::Null | Value::Bool(_) | Value::Number(_) => json::compact(place.node),
        Value::Array(_) | Value::Object(_) | Value::Variable(_) => json::compact(place.node),
    };
    let language = body.get("options").and_then(|options| options.get("raw"));
    let language = language.and_then(|raw| raw.get("language")).and_then(|place| place.scalar());
    raw(text, language, place.origin())
}

/// A raw body, unless its text is empty.
pub(super) fn raw(text: String, language: Option<String>, origin: Origin) -> Option<Body> {
    (!text.is_empty()).then_some(Body::Raw { text, language, origin })
}

fn file(body: &Located<'_>) -> Body {
    let Some(file) = body.get("file") else { return Body::NoFile };
    let named = |name: Option<String>| Body::File(name.filter(|name| !name.is_empty()));
    match (file.scalar(), file.get("src"), file.get("content")) {
        (Some(name), _, _) => named(Some(name)),
        (None, Some(source), _) => named(source.scalar()),
        (None, None, Some(_)) => Body::File(None),
        (None, None, None) => Body::NoFile,
    }
}

/// Reads `{query, operationName, variables}`.
pub(super) fn graphql(place: &Located<'_>, notes: &mut Notes) -> Option<Body> {
    if place.node.members().is_none() {
        notes.push(place.misfit("a GraphQL request"));
    }
    // Null is sent; only a text that is empty, or no member at all, is left out.
    let variables = place.member("variables").and_then(|inner| {
        let text = inner.scalar().unwrap_or_else(|| json::compact(inner.node));
        (!text.trim().is_empty()).then(|| (text, inner.origin()))
    });
    Some(Body::GraphQl {
        query: place.text("query", notes),
        operation_name: place.text("operationName", notes),
        variables,
    })
}

/// The parts of a multipart body.
pub(super) fn parts(list: &Located<'_>, notes: &mut Notes) -> Vec<FormPart> {
    if let Some(text) = list.node.text() {
        // Postman reads no parts from a text.
        notes.extend((!text.is_empty()).then(|| list.misfit("a list")));
        return Vec::new();
    }
    let Some(elements) = list.elements() else {
        let fields = field::fields(list, url::query_text, notes);
        let text = |field| FormPart { field, file: false, content_type: None };
        return fields.into_iter().map(text).collect();
    };
    elements.iter().flat_map(|element| part(element, notes)).collect()
}

/// One part, or one of each file that `src` lists.
fn part(place: &Located<'_>, notes: &mut Notes) -> Vec<FormPart> {
    if place.node.members().is_none() {
        notes.push(place.misfit("a form field"));
        return Vec::new();
    }
    let field = field::field(place, notes);
    let source = place.get("src");
    split(place, &field, source.as_ref(), notes)
}

/// The parts of a form field: one for each file of `source`.
pub(super) fn split(
    place: &Located<'_>,
    field: &Field,
    source: Option<&Located<'_>>,
    notes: &mut Notes,
) -> Vec<FormPart> {
    let content_type = place.text("contentType", notes).filter(|text| !text.is_empty());
    let file = place.text("type", notes).as_deref() == Some("file");
    let sources = source.and_then(Located::elements).filter(|_| file);
    let mut field = field.clone();
    if file {
        field.value = FieldValue::Absent;
    }
    vec![FormPart { field, file, content_type }; sources.map_or(1, |sources| sources.len().max(1))]
}
