//! Requests and their saved responses.

use super::auth::{self, AuthChoice};
use super::body::{self, Body};
use super::description::{self, Description};
use super::field::{self, Field, FieldValue};
use super::located::{Located, Notes};
use super::profile::{self, Profile};
use super::url::{self, Url};
use crate::diagnostic::Diagnostic;
use crate::json::Value;
use crate::origin::Origin;

/// A request of the collection.
#[derive(Clone, Debug, PartialEq)]
pub struct Request {
    /// The item's name; may be empty.
    pub name: String,
    /// Its description.
    pub description: Option<Description>,
    /// What is sent.
    pub message: Message,
    /// Its authentication.
    pub auth: AuthChoice,
    /// How Postman is told to send it.
    pub profile: Profile,
    /// Saved responses in order.
    pub responses: Vec<Response>,
    /// Where the item stands.
    pub origin: Origin,
}

/// What a request sends.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Message {
    /// The method as written; empty means GET.
    pub method: String,
    /// Where the method stands.
    pub method_origin: Origin,
    /// The URL, if any.
    pub url: Option<Url>,
    /// Headers in order.
    pub headers: Vec<Field>,
    /// The body.
    pub body: Option<Body>,
}

/// A saved response.
#[derive(Clone, Debug, PartialEq)]
pub struct Response {
    /// The request that got it.
    pub request: Option<Message>,
    /// HTTP status, where it is an integer.
    pub status: Option<u16>,
    /// Headers in order.
    pub headers: Vec<Field>,
    /// The body's text; empty if there is none.
    pub body: String,
    /// Where the body stands.
    pub body_origin: Origin,
    /// `_postman_previewlanguage`.
    pub language: Option<String>,
}

/// Reads an item that is no folder.
pub(super) fn item(item: &Located<'_>, name: String, notes: &mut Notes) -> Request {
    let request = item.get("request");
    let described = request.as_ref().and_then(|inner| description::member(inner, notes));
    let description = described.or_else(|| description::member(item, notes));
    let own = request.as_ref().map(|inner| auth::member(inner, notes)).unwrap_or_default();
    let auth = if own == AuthChoice::Inherit { auth::member(item, notes) } else { own };
    let responses = item.get("response").or_else(|| item.get("responses"));
    Request {
        name,
        description,
        message: request.as_ref().map(|inner| message(inner, notes)).unwrap_or_default(),
        auth,
        profile: profile::member(item),
        responses: responses.map(|list| self::responses(&list, notes)).unwrap_or_default(),
        origin: item.origin(),
    }
}

/// Reads a request object, or a text that is its URL.
fn message(place: &Located<'_>, notes: &mut Notes) -> Message {
    match &place.node.value {
        Value::Text(_) => Message {
            url: url::any(place, notes),
            method_origin: place.origin(),
            ..Message::default()
        },
        Value::Object(_) => Message {
            method: place.text("method", notes).unwrap_or_default(),
            method_origin: place.member("method").unwrap_or_else(|| place.clone()).origin(),
            url: url::member(place, notes),
            headers: headers(place, notes),
            body: body::member(place, notes),
        },
        Value::Null => Message::default(),
        Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Variable(_) => {
            let message = format!("{} stands where a request belongs", place.node.kind());
            notes.push(
                Diagnostic::error("postman::request", message, place.origin())
                    .with_help("a request is an object with a `url`, or the URL as a text"),
            );
            Message::default()
        }
    }
}

fn headers(place: &Located<'_>, notes: &mut Notes) -> Vec<Field> {
    let Some(list) = place.get("header") else { return Vec::new() };
    field::fields(&list, field::header_lines, notes)
}

fn responses(list: &Located<'_>, notes: &mut Notes) -> Vec<Response> {
    let Some(elements) = list.elements() else {
        notes.push(list.misfit("a list of saved responses"));
        return Vec::new();
    };
    let objects = elements.iter().filter(|element| element.node.members().is_some());
    objects.map(|element| response(element, notes)).collect()
}

fn response(place: &Located<'_>, notes: &mut Notes) -> Response {
    let body = place.get("body");
    let text = body.as_ref().map(|body| match field::value(Some(body)) {
        FieldValue::Text(text) | FieldValue::Scalar(text) | FieldValue::Json(text) => text,
        FieldValue::Absent | FieldValue::Null => String::new(),
    });
    let status = place.get("code").and_then(|code| code.scalar());
    Response {
        request: place.get("originalRequest").map(|request| message(&request, &mut Vec::new())),
        status: status.and_then(|code| code.parse().ok()),
        headers: headers(place, notes),
        body: text.unwrap_or_default(),
        body_origin: body.unwrap_or_else(|| place.clone()).origin(),
        language: place.get("_postman_previewlanguage").and_then(|language| language.scalar()),
    }
}
