//! Requests of format v1: everything in flat members of one object.

use crate::diagnostic::Diagnostic;
use crate::json;
use crate::postman::auth::{self, Auth, AuthChoice};
use crate::postman::body::{self, Body, FormPart};
use crate::postman::description::{self, Description, Markup};
use crate::postman::field::{self, Field, FieldValue};
use crate::postman::place::{Notes, Place};
use crate::postman::profile;
use crate::postman::request::{Message, Request, Response};
use crate::postman::url::{self, Url};
use std::collections::BTreeSet;

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
    let query = objects(place, "queryParams");
    if !query.is_empty() {
        url.query = query.iter().map(|element| parameter(element, notes)).collect();
    }
    url.variables = listed(place, "pathVariableData", notes);
    let values = place.get("pathVariables").map(|inner| inner.entries()).unwrap_or_default();
    let known: BTreeSet<String> = url.variables.iter().map(|field| field.name.clone()).collect();
    let new = values.iter().filter(|(name, _)| !known.contains(*name));
    url.variables.extend(new.map(|(name, inner)| field::named(name, inner)));
    url
}

/// A query parameter; `equals` says whether a `=` follows a name without a value.
fn parameter(place: &Place<'_>, notes: &mut Notes) -> Field {
    let mut field = entry(place, notes);
    let Some(equals) = place.member("equals") else { return field };
    let is_bare = match &field.value {
        FieldValue::Null => true,
        FieldValue::Text(text) => text.is_empty(),
        FieldValue::Absent | FieldValue::Scalar(_) | FieldValue::Json(_) => false,
    };
    match &equals.node.value {
        json::Value::Bool(true) if is_bare => field.value = FieldValue::Text(String::new()),
        json::Value::Bool(false) | json::Value::Null if is_bare => field.value = FieldValue::Null,
        _ => {}
    }
    field
}

/// A list is taken as it is; else the objects of `headerData`, and the lines of `headers` under other names.
fn headers(place: &Place<'_>, notes: &mut Notes) -> Vec<Field> {
    let written = place.get("headers");
    let lines = written.map(|inner| field::fields(&inner, field::header_lines, notes));
    let lines = lines.unwrap_or_default();
    if place.get("headers").is_some_and(|inner| inner.elements().is_some()) {
        return lines;
    }
    let mut headers = listed(place, "headerData", notes);
    for header in &mut headers {
        if let Some(name) = header.name.strip_prefix("//") {
            header.name = name.trim().to_owned();
            header.enabled = false;
        }
    }
    let known: BTreeSet<String> = headers.iter().map(|field| field.name.clone()).collect();
    headers.extend(lines.into_iter().filter(|line| !known.contains(&line.name)));
    headers
}

/// The objects of a list.
fn objects<'a>(place: &Place<'a>, key: &str) -> Vec<Place<'a>> {
    let elements = place.get(key).and_then(|list| list.elements()).unwrap_or_default();
    elements.into_iter().filter(|element| element.node.members().is_some()).collect()
}

/// The objects of a list, as fields.
fn listed(place: &Place<'_>, key: &str, notes: &mut Notes) -> Vec<Field> {
    objects(place, key).iter().map(|element| entry(element, notes)).collect()
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
    if place.flag("dataDisabled") || place.member("dataMode").is_some_and(|it| it.node.is_null()) {
        return None;
    }
    match place.text("dataMode", notes).as_deref() {
        Some("raw") => raw(place),
        Some("urlencoded") => {
            Some(Body::UrlEncoded(form(place).iter().map(|it| entry(it, notes)).collect()))
        }
        Some("params") => Some(Body::FormData(parts(place, notes))),
        Some("binary") => {
            let name = raw_text(place);
            notes.extend(body::no_file(place).filter(|_| name.is_none()));
            name.map(|name| Body::File(Some(name)))
        }
        Some("graphql") => graphql(place, notes).or(Some(body::NO_GRAPHQL)),
        Some(_) | None => guessed(place, notes),
    }
}

/// The body of a request that does not say what it is.
fn guessed(place: &Place<'_>, notes: &mut Notes) -> Option<Body> {
    let is_list = |key| place.get(key).is_some_and(|inner| inner.elements().is_some());
    match raw_text(place) {
        Some(_) => raw(place),
        None if is_list("data") => Some(Body::FormData(parts(place, notes))),
        None => graphql(place, notes).or_else(|| raw(place)),
    }
}

/// `graphqlModeData`; where it is empty `data`, if there are options for GraphQL.
fn graphql(place: &Place<'_>, notes: &mut Notes) -> Option<Body> {
    let is_filled = |it: &Place<'_>| it.node.members().is_none_or(|members| !members.is_empty());
    let options = place.get("dataOptions").and_then(|options| options.member("graphql"));
    let stored = place.get("graphqlModeData").filter(is_filled);
    let stored = stored.or_else(|| place.get("data").filter(|_| options.is_some()));
    body::graphql(&stored?, notes)
}

/// `rawModeData`, a text or a list of one; else `data`.
fn raw(place: &Place<'_>) -> Option<Body> {
    let data = || place.get("data").and_then(|data| data.scalar());
    let text = raw_text(place).or_else(data)?;
    let stored = place.get("rawModeData").or_else(|| place.get("data"))?;
    let options = place.get("dataOptions").and_then(|options| options.get("raw"));
    let language = options.and_then(|raw| raw.get("language")).and_then(|inner| inner.scalar());
    body::raw(text, language, stored.origin())
}

/// The text of `rawModeData`, where it is not empty.
fn raw_text(place: &Place<'_>) -> Option<String> {
    let stored = place.get("rawModeData")?;
    let text = match stored.elements() {
        Some(elements) => elements.iter().filter_map(Place::scalar).collect(),
        None => stored.scalar().unwrap_or_default(),
    };
    (!text.is_empty()).then_some(text)
}

/// The fields of a form; one without a key is none.
fn form<'a>(place: &Place<'a>) -> Vec<Place<'a>> {
    let fields = objects(place, "data");
    fields.into_iter().filter(|element| element.get("key").is_some()).collect()
}

fn parts(place: &Place<'_>, notes: &mut Notes) -> Vec<FormPart> {
    let mut parts = Vec::new();
    for element in form(place) {
        let source = element.get("src").or_else(|| element.get("value"));
        let field = entry(&element, notes);
        parts.extend(body::split(&element, field, source.as_ref(), notes));
    }
    parts
}

/// `auth`, unless a helper stands beside it, as older files have it: Postman believes that one, be it `null`.
pub(super) fn auth(place: &Place<'_>, notes: &mut Notes) -> AuthChoice {
    let auth = auth::member(place, notes);
    let is_old = place.member("currentHelper").is_some() || place.get("helperAttributes").is_some();
    if !is_old {
        return auth;
    }
    let helper = helper(place);
    if auth != AuthChoice::Inherit && kind(&auth) != kind(&helper) {
        let message =
            "`currentHelper` decides, as in Postman; what `auth` says beside it is ignored";
        notes.push(Diagnostic::warning("postman::helper", message, place.origin()));
    }
    helper
}

fn kind(choice: &AuthChoice) -> Option<&str> {
    match choice {
        AuthChoice::Inherit => None,
        AuthChoice::None => Some("noauth"),
        AuthChoice::Own(auth) => Some(&auth.kind),
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
        "jwtAuth" => "jwt",
        "asapAuth" => "asap",
        "edgegridAuth" => "edgegrid",
        other => other,
    };
    let attributes = place.get("helperAttributes");
    let parameters = attributes.as_ref().map(attributes_of).unwrap_or_default();
    let origin = attributes.unwrap_or_else(|| place.clone()).origin();
    AuthChoice::Own(Auth { kind: kind.to_owned(), parameters, origin })
}

/// The parameters of a helper: an object, which the oldest files hold as text.
fn attributes_of(place: &Place<'_>) -> Vec<Field> {
    let named = |place: &Place<'_>| {
        place.entries().iter().map(|(name, inner)| field::named(name, inner)).collect()
    };
    let Some(text) = place.scalar() else { return named(place) };
    let Ok(node) = json::read(&text) else { return Vec::new() };
    let mut parameters: Vec<Field> = named(&Place::root(&node));
    for parameter in &mut parameters {
        parameter.origin = place.origin();
    }
    parameters
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
