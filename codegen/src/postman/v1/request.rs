//! Requests of format v1: everything in flat members of one object.

use crate::json;
use crate::postman::auth::{self, Auth, AuthChoice};
use crate::postman::body::{self, Body, FormPart};
use crate::postman::description::{self, Description, Markup};
use crate::postman::field::{self, Field, FieldValue};
use crate::postman::place::{Notes, Place};
use crate::postman::profile;
use crate::postman::request::{Message, Request, Response};
use crate::postman::url::{self, Url};

/// Reads one element of `requests`.
pub(super) fn read(place: &Place<'_>, notes: &mut Notes) -> Request {
    let name = place.text("name", notes).unwrap_or_default();
    let place = place.clone().named(&name);
    let responses = place.get("responses").and_then(|list| list.elements()).unwrap_or_default();
    let responses = responses.iter().filter(|inner| inner.node.members().is_some());
    Request {
        name,
        description: description(&place, notes),
        message: message(&place, notes),
        auth: auth(&place, notes),
        profile: profile::member(&place),
        responses: responses.map(|inner| response(inner, notes)).collect(),
        origin: place.origin(),
    }
}

fn description(place: &Place<'_>, notes: &mut Notes) -> Option<Description> {
    let mut description = description::member(place, notes)?;
    if place.get("descriptionFormat").and_then(|f| f.scalar()).as_deref() == Some("html") {
        description.markup = Markup::Html;
    }
    Some(description)
}

fn message(place: &Place<'_>, notes: &mut Notes) -> Message {
    let url = place.get("url").and_then(|inner| url::any(&inner, notes));
    Message {
        method: place.text("method", notes).unwrap_or_default(),
        method_origin: place.member("method").unwrap_or_else(|| place.clone()).origin(),
        url: url.map(|url| filled(url, place, notes)),
        headers: headers(place, notes),
        body: body(place, notes),
    }
}

/// The URL with what stands beside it: path variables, and query parameters where they are listed.
fn filled(mut url: Url, place: &Place<'_>, notes: &mut Notes) -> Url {
    let query = listed(place, "queryParams", notes);
    if !query.is_empty() {
        url.query = query;
    }
    url.variables = listed(place, "pathVariableData", notes);
    if url.variables.is_empty() {
        let values = place.get("pathVariables").map(|inner| inner.entries()).unwrap_or_default();
        url.variables = values.iter().map(|(name, inner)| field::named(name, inner)).collect();
    }
    url
}

fn headers(place: &Place<'_>, notes: &mut Notes) -> Vec<Field> {
    let listed = listed(place, "headerData", notes);
    if !listed.is_empty() {
        return listed;
    }
    let Some(headers) = place.get("headers") else { return Vec::new() };
    match headers.elements() {
        Some(elements) => elements.iter().map(|element| entry(element, notes)).collect(),
        None => field::fields(&headers, field::header_lines, notes),
    }
}

/// The objects of a list, as fields.
fn listed(place: &Place<'_>, key: &str, notes: &mut Notes) -> Vec<Field> {
    let elements = place.get(key).and_then(|list| list.elements()).unwrap_or_default();
    let objects = elements.iter().filter(|element| element.node.members().is_some());
    objects.map(|element| entry(element, notes)).collect()
}

/// `{key | name, value, enabled}`.
fn entry(place: &Place<'_>, notes: &mut Notes) -> Field {
    let mut field = field::field(place, notes);
    if field.name.is_empty() {
        field.name = place.text("name", notes).unwrap_or_default();
    }
    let off =
        place.get("enabled").is_some_and(|inner| inner.node.value == json::Value::Bool(false));
    field.enabled &= !off;
    field
}

fn body(place: &Place<'_>, notes: &mut Notes) -> Option<Body> {
    if place.flag("dataDisabled") {
        return None;
    }
    match place.text("dataMode", notes)?.as_str() {
        "raw" => raw(place),
        "urlencoded" => Some(Body::UrlEncoded(listed(place, "data", notes))),
        "params" | "formdata" => Some(Body::FormData(parts(place, notes))),
        "binary" => {
            let name = place.get("rawModeData").and_then(|inner| inner.scalar());
            name.filter(|name| !name.is_empty()).map(|name| Body::File(Some(name)))
        }
        "graphql" => body::graphql(&place.get("graphqlModeData")?, notes),
        _ => None,
    }
}

/// `rawModeData`, a text or a list of one; in old files `data`.
fn raw(place: &Place<'_>) -> Option<Body> {
    let stored = place.get("rawModeData").or_else(|| place.get("data"))?;
    let text = match stored.elements() {
        Some(elements) => elements.iter().filter_map(Place::scalar).collect(),
        None => stored.scalar().unwrap_or_else(|| json::compact(stored.node)),
    };
    let options = place.get("dataOptions").and_then(|options| options.get("raw"));
    let language = options.and_then(|raw| raw.get("language")).and_then(|inner| inner.scalar());
    body::raw(text, language, stored.origin())
}

fn parts(place: &Place<'_>, notes: &mut Notes) -> Vec<FormPart> {
    let elements = place.get("data").and_then(|list| list.elements()).unwrap_or_default();
    let objects = elements.iter().filter(|element| element.node.members().is_some());
    let part = |element: &Place<'_>| {
        let mut field = entry(element, notes);
        let file = element.get("type").and_then(|kind| kind.scalar()).as_deref() == Some("file");
        let content_type = element.get("contentType").and_then(|inner| inner.scalar());
        let source = element.get("value").and_then(|value| value.scalar()).filter(|_| file);
        if file {
            field.value = FieldValue::Absent;
        }
        FormPart { field, file, content_type, source }
    };
    objects.map(part).collect()
}

/// `auth`, or the helper that older files name.
fn auth(place: &Place<'_>, notes: &mut Notes) -> AuthChoice {
    match auth::member(place, notes) {
        AuthChoice::Inherit => helper(place),
        own => own,
    }
}

fn helper(place: &Place<'_>) -> AuthChoice {
    let Some(name) = place.get("currentHelper").and_then(|helper| helper.scalar()) else {
        return AuthChoice::Inherit;
    };
    let kind = match name.as_str() {
        "" | "normal" => return AuthChoice::Inherit,
        "noauth" => return AuthChoice::None,
        "basicAuth" => "basic",
        "bearerAuth" => "bearer",
        "apikeyAuth" => "apikey",
        "digestAuth" => "digest",
        "oAuth1" => "oauth1",
        "oAuth2" => "oauth2",
        "hawkAuth" => "hawk",
        "awsSigV4" => "awsv4",
        "ntlmAuth" => "ntlm",
        "edgegridAuth" => "edgegrid",
        other => other,
    };
    let attributes = place.get("helperAttributes");
    let entries = attributes.as_ref().map(Place::entries).unwrap_or_default();
    AuthChoice::Own(Auth {
        kind: kind.to_owned(),
        parameters: entries.iter().map(|(name, inner)| field::named(name, inner)).collect(),
        origin: attributes.unwrap_or_else(|| place.clone()).origin(),
    })
}

fn response(place: &Place<'_>, notes: &mut Notes) -> Response {
    let body = place.get("text").or_else(|| place.get("body"));
    let code = place.get("responseCode").and_then(|inner| inner.get("code"));
    let request = ["requestObject", "request"].into_iter().find_map(|key| place.get(key));
    let request = request.filter(|inner| inner.node.members().is_some());
    Response {
        request: request.map(|inner| message(&inner, &mut Vec::new())),
        status: code.and_then(|code| code.scalar()).and_then(|code| code.parse().ok()),
        headers: headers(place, notes),
        body: body.as_ref().and_then(|body| body.scalar()).unwrap_or_default(),
        body_origin: body.unwrap_or_else(|| place.clone()).origin(),
        language: place.get("language").and_then(|language| language.scalar()),
    }
}
