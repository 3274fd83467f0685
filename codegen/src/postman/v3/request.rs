//! Requests of format v3, and what definitions share with them.

use crate::diagnostic::Diagnostic;
use crate::json::{self, Value};
use crate::postman::auth::{Auth, AuthChoice};
use crate::postman::body::{self, Body, FormPart};
use crate::postman::description;
use crate::postman::field::{self, Field, FieldValue};
use crate::postman::located::{Located, Notes};
use crate::postman::profile::Profile;
use crate::postman::request::{Message, Request, Response};
use crate::postman::url::{self, Url};

/// What a request's file does not say itself.
pub(super) struct RequestContext<'a> {
    /// Its name.
    pub(super) name: String,
    /// Its saved responses in order.
    pub(super) examples: Vec<Located<'a>>,
}

/// Reads the file of a request.
pub(super) fn read(place: &Located<'_>, found: RequestContext<'_>, notes: &mut Notes) -> Request {
    Request {
        name: found.name,
        description: description::member(place, notes),
        message: message(place, notes),
        auth: auth(place, notes),
        profile: Profile::default(),
        responses: found.examples.iter().map(|example| response(example, notes)).collect(),
        origin: place.origin(),
    }
}

fn message(place: &Located<'_>, notes: &mut Notes) -> Message {
    let url = place.get("url").and_then(|inner| url::any(&inner, notes));
    Message {
        method: place.text("method", notes).unwrap_or_default(),
        method_origin: place.member("method").unwrap_or_else(|| place.clone()).origin(),
        url: url.map(|url| filled(url, place, notes)),
        headers: listed(place, "headers", notes),
        body: body(place, notes),
    }
}

/// The URL with what stands beside it. A query parameter that both the text and the list name is the list's.
fn filled(mut url: Url, place: &Located<'_>, notes: &mut Notes) -> Url {
    let query = listed(place, "queryParams", notes);
    url.query.retain(|entry| query.iter().all(|listed| listed.name != entry.name));
    url.query.extend(query);
    url.variables.extend(listed(place, "pathVariables", notes));
    url
}

fn listed(place: &Located<'_>, key: &str, notes: &mut Notes) -> Vec<Field> {
    place.get(key).map(|list| fields(&list, notes)).unwrap_or_default()
}

/// `{key, value, disabled, description}` each, or one mapping of names to values.
pub(super) fn fields(list: &Located<'_>, notes: &mut Notes) -> Vec<Field> {
    let fields = field::fields(list, field::header_lines, notes);
    fields.into_iter().map(written).collect()
}

/// `{type, credentials}`.
pub(super) fn auth(place: &Located<'_>, notes: &mut Notes) -> AuthChoice {
    let Some(auth) = place.get("auth") else { return AuthChoice::Inherit };
    if auth.node.members().is_none() {
        notes.push(auth.misfit("an auth block"));
        return AuthChoice::Inherit;
    }
    match auth.text("type", notes).as_deref() {
        None | Some("" | "inherit") => AuthChoice::Inherit,
        Some("noauth") => AuthChoice::None,
        Some(kind) => AuthChoice::Own(Auth {
            kind: kind.to_owned(),
            parameters: listed(&auth, "credentials", notes),
            origin: auth.origin(),
        }),
    }
}

/// `{type, content}`.
fn body(place: &Located<'_>, notes: &mut Notes) -> Option<Body> {
    let body = place.get("body")?;
    if body.node.members().is_none() {
        notes.push(body.misfit("a body"));
        return None;
    }
    let kind = body.text("type", notes);
    let content = body.get("content");
    match (kind.as_deref(), content) {
        (Some("none"), _) | (Some(_), None) => None,
        (None, None) if body.entries().is_empty() => None,
        (None, _) => {
            let message = "a body without a `type` is not sent";
            notes.push(Diagnostic::warning("postman::body-type", message, body.origin()));
            None
        }
        (Some("urlencoded"), Some(content)) => {
            let fields = field::fields(&content, url::query_text, notes);
            Some(Body::UrlEncoded(fields.into_iter().map(written).collect()))
        }
        (Some("formdata"), Some(content)) => Some(Body::FormData(parts(&content, notes))),
        (Some("graphql"), Some(content)) => body::graphql(&content, notes),
        (Some("file"), Some(content)) => {
            let name = content.get("src").unwrap_or(content).scalar();
            Some(Body::File(name.filter(|name| !name.is_empty())))
        }
        (Some(language), Some(content)) => raw(language, &content, &body, notes),
    }
}

fn parts(content: &Located<'_>, notes: &mut Notes) -> Vec<FormPart> {
    let parts = body::parts(content, notes).into_iter();
    parts.map(|part| FormPart { field: written(part.field), ..part }).collect()
}

/// A text; written as a tree, the JSON of it.
fn raw(
    language: &str,
    content: &Located<'_>,
    body: &Located<'_>,
    notes: &mut Notes,
) -> Option<Body> {
    let known = ["json", "text", "xml", "html", "javascript"].contains(&language);
    if !known {
        let message = format!("no body is known to be of type `{language}`; its text is sent");
        let origin = body.member("type").unwrap_or_else(|| body.clone()).origin();
        notes.push(Diagnostic::warning("postman::body-type", message, origin));
    }
    let language = known.then(|| language.to_owned());
    body::raw(text(content), language, content.origin())
}

fn text(content: &Located<'_>) -> String {
    match &content.node.value {
        Value::Text(text) => text.clone(),
        Value::Null | Value::Bool(_) | Value::Number(_) => json::compact(content.node),
        Value::Array(_) | Value::Object(_) | Value::Variable(_) => json::compact(content.node),
    }
}

/// Reads the file of an example: the request that was sent, and what came back.
fn response(example: &Located<'_>, notes: &mut Notes) -> Response {
    let response = example.get("response").unwrap_or_else(|| {
        notes.push(Diagnostic::warning(
            "postman::example",
            "an example without a `response`; it says nothing",
            example.origin(),
        ));
        example.clone()
    });
    let body = response.get("body");
    let content = body.as_ref().and_then(|body| body.get("content"));
    let status = response.get("statusCode").and_then(|code| code.scalar());
    Response {
        request: example.get("request").map(|request| message(&request, &mut Vec::new())),
        status: status.and_then(|code| code.parse().ok()),
        headers: listed(&response, "headers", notes),
        body: content.as_ref().map(text).unwrap_or_default(),
        language: body.as_ref().and_then(|body| body.get("type")).and_then(|kind| kind.scalar()),
        body_origin: content.unwrap_or(response).origin(),
    }
}

/// Numbers and booleans as the texts that a person wrote: Postman quotes what it writes itself.
fn written(mut field: Field) -> Field {
    if let FieldValue::Scalar(text) = field.value {
        field.value = FieldValue::Text(text);
    }
    field
}
