//! Requests of format v1: everything in flat members of one object.

use super::auth::auth;
use super::body::body;
use super::entry::{entry, objects};
use crate::diagnostic::Diagnostic;
use crate::postman::description::{self, Description, Markup};
use crate::postman::field::{self, Field, FieldValue};
use crate::postman::located::{Located, Notes};
use crate::postman::profile;
use crate::postman::request::{Message, Request, Response};
use crate::postman::url::{self, Url};
use std::collections::BTreeSet;

/// Reads one element of `requests`.
pub(super) fn read(place: &Located<'_>, notes: &mut Notes) -> Request {
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

fn description(place: &Located<'_>, notes: &mut Notes) -> Option<Description> {
    let mut description = description::member(place, notes)?;
    if place.get("descriptionFormat").and_then(|f| f.scalar()).as_deref() == Some("html") {
        description.markup = Markup::Html;
    }
    Some(description)
}

fn message(place: &Located<'_>, notes: &mut Notes) -> Message {
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
fn filled(mut url: Url, place: &Located<'_>, notes: &mut Notes) -> Url {
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
fn parameter(place: &Located<'_>, notes: &mut Notes) -> Field {
    let mut field = entry(place, notes);
    let Some(equals) = place.member("equals") else { return field };
    let is_empty = field.value == FieldValue::Text(String::new());
    field.value = match field.value {
        FieldValue::Null if equals.is_truthy() => FieldValue::Text(String::new()),
        FieldValue::Text(_) if is_empty && !equals.is_truthy() => FieldValue::Null,
        value => value,
    };
    field
}

/// A list is taken as it is; else the objects of `headerData`, and the lines of `headers` under other names.
fn headers(place: &Located<'_>, notes: &mut Notes) -> Vec<Field> {
    let written = place.get("headers");
    let data = objects(place, "headerData");
    if let Some(list) = written.as_ref().filter(|list| list.elements().is_some()) {
        if !data.is_empty() {
            let message = "`headerData` is ignored, as in Postman: `headers` is a list";
            notes.push(Diagnostic::note("postman::headers", message, list.origin()));
        }
        return field::fields(list, field::header_lines, notes);
    }
    let mut headers: Vec<Field> = data.iter().map(|element| entry(element, notes)).collect();
    for header in &mut headers {
        if let Some(name) = header.name.strip_prefix("//") {
            header.name = name.trim().to_owned();
            header.enabled = false;
        }
    }
    let known: BTreeSet<String> = headers.iter().map(|field| field.name.clone()).collect();
    let lines = written.map(|written| header_lines(&written, notes)).unwrap_or_default();
    headers.extend(lines.into_iter().filter(|line| !known.contains(&line.name)));
    headers
}

/// The lines of a text: a name without blanks, `:` and a value; `//` disables one, and a blank continues the line before.
fn header_lines(place: &Located<'_>, notes: &mut Notes) -> Vec<Field> {
    let text = place.scalar().unwrap_or_default();
    let text = text.replace("\r\n ", " ").replace("\r\n\t", "\t");
    let mut headers = Vec::new();
    for line in text.split(['\r', '\n']).filter(|line| !line.trim().is_empty()) {
        let off = line.strip_prefix("//");
        let rest = off.map_or(line, str::trim_start);
        match rest.split_once(':') {
            Some((name, value)) if !name.is_empty() && !name.contains(char::is_whitespace) => {
                headers.push(Field {
                    name: name.to_owned(),
                    value: FieldValue::Text(value.trim().to_owned()),
                    enabled: off.is_none(),
                    description: None,
                    origin: place.origin(),
                });
            }
            // What stands for an entry without a name, as Postman writes it.
            Some((name, _)) if name.trim().is_empty() => {}
            Some(_) | None => {
                let message =
                    "a line of the headers is no `name: value`; it is left out, as in Postman";
                notes.push(Diagnostic::warning("postman::header-line", message, place.origin()));
            }
        }
    }
    headers
}

/// The objects of a list, as fields.
fn listed(place: &Located<'_>, key: &str, notes: &mut Notes) -> Vec<Field> {
    objects(place, key).iter().map(|element| entry(element, notes)).collect()
}

fn response(place: &Located<'_>, notes: &mut Notes) -> Response {
    let body = place.get("text").or_else(|| place.get("body"));
    let code = place.get("responseCode").and_then(|inner| inner.get("code"));
    let mut requests = ["requestObject", "request"].into_iter().filter_map(|key| place.get(key));
    let request = requests.find(|inner| inner.node.members().is_some());
    Response {
        request: request.map(|inner| message(&inner, &mut Vec::new())),
        status: code.and_then(|code| code.scalar()).and_then(|code| code.parse().ok()),
        headers: headers(place, notes),
        body: body.as_ref().and_then(|body| body.scalar()).unwrap_or_default(),
        body_origin: body.unwrap_or_else(|| place.clone()).origin(),
        language: place.get("language").and_then(|language| language.scalar()),
    }
}
