//! Request bodies by mode (POSTMAN.md §5): only the named mode counts.

use super::field::{self, Field, FieldValue};
use super::place::{Notes, Place};
use super::url;
use crate::diagnostic::Diagnostic;
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
    /// The bytes of a file; its name, where there is one.
    File(Option<String>),
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
    /// The file's name in the collection.
    pub source: Option<String>,
}

/// A GraphQL request that says nothing: Postman sends an empty object.
pub(super) const NO_GRAPHQL: Body =
    Body::GraphQl { query: None, operation_name: None, variables: None };

/// Reads the member `body` of `place`: `None` where Postman sends none.
pub(super) fn member(place: &Place<'_>, notes: &mut Notes) -> Option<Body> {
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
            let list = body.get("urlencoded")?;
            Some(Body::UrlEncoded(field::fields(&list, url::query_text, notes)))
        }
        "formdata" => Some(Body::FormData(parts(&body.get("formdata")?, notes))),
        "file" => {
            let file = file(&body);
            notes.extend(no_file(place).filter(|_| file.is_none()));
            file
        }
        "graphql" => match body.get("graphql") {
            Some(request) => graphql(&request, notes),
            None => Some(NO_GRAPHQL),
        },
        _ => raw_mode(&body, &mode),
    }
}

fn raw_mode(body: &Place<'_>, mode: &str) -> Option<Body> {
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

fn file(body: &Place<'_>) -> Option<Body> {
    let file = body.get("file")?;
    if let Some(name) = file.scalar() {
        return Some(Body::File(Some(name).filter(|name| !name.is_empty())));
    }
    match (file.get("src"), file.get("content")) {
        (Some(source), _) => Some(Body::File(source.scalar().filter(|name| !name.is_empty()))),
        (None, Some(_)) => Some(Body::File(None)),
        (None, None) => None,
    }
}

/// The finding that the body of `request` is a file, and that none is chosen; where the method has a body at all.
pub(super) fn no_file(request: &Place<'_>) -> Option<Diagnostic> {
    let method = request.get("method").and_then(|method| method.scalar())?;
    let has_body = !["GET", "HEAD", ""].contains(&method.to_ascii_uppercase().as_str());
    let message = "the body is a file, and none is chosen: there is no body, as in Postman";
    let note = || Diagnostic::note("postman::no-file", message, request.origin());
    has_body.then(|| note().with_help("give the call one by `.upload(…)`"))
}

/// Reads `{query, operationName, variables}`.
pub(super) fn graphql(place: &Place<'_>, notes: &mut Notes) -> Option<Body> {
    if place.node.members().is_none() {
        notes.push(place.misfit("a GraphQL request"));
    }
    let variables = place.get("variables").and_then(|inner| {
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
pub(super) fn parts(list: &Place<'_>, notes: &mut Notes) -> Vec<FormPart> {
    let Some(elements) = list.elements() else {
        let fields = field::fields(list, url::query_text, notes);
        let text = |field| FormPart { field, file: false, content_type: None, source: None };
        return fields.into_iter().map(text).collect();
    };
    elements.iter().flat_map(|element| part(element, notes)).collect()
}

/// One part, or one of each file that `src` lists.
fn part(place: &Place<'_>, notes: &mut Notes) -> Vec<FormPart> {
    if place.node.members().is_none() {
        notes.push(place.misfit("a form field"));
        return Vec::new();
    }
    let field = field::field(place, notes);
    let source = place.get("src");
    split(place, field, source.as_ref(), notes)
}

/// The parts of a form field: one for each file of `source`.
pub(super) fn split(
    place: &Place<'_>,
    field: Field,
    source: Option<&Place<'_>>,
    notes: &mut Notes,
) -> Vec<FormPart> {
    let content_type = place.text("contentType", notes).filter(|text| !text.is_empty());
    let file = place.text("type", notes).as_deref() == Some("file");
    let sources = match source.and_then(Place::elements) {
        Some(sources) if file && !sources.is_empty() => sources.iter().map(Place::scalar).collect(),
        _ => vec![source.and_then(|source| source.scalar())],
    };
    let with = |source| FormPart {
        field: if file {
            Field { value: FieldValue::Absent, ..field.clone() }
        } else {
            field.clone()
        },
        file,
        content_type: content_type.clone(),
        source: if file { source } else { None },
    };
    sources.into_iter().map(with).collect()
}
