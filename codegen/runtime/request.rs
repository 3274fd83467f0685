//! From a prepared call to a plain request: URL, headers, body. Credentials come later, in `auth`.

use super::client::Inner;
use super::dynamic::{DynamicVariables, Values, missing, value_of};
use super::encode::{query_name, query_value, segment, segments};
use super::error::Error;
use super::header::header;
use super::operation::{HeaderSlot, QueryDefault, QuerySlot};
use super::prepared::Prepared;
use super::transport::HttpRequest;
use http::header::{ACCEPT, CONTENT_TYPE, HeaderName, HeaderValue, USER_AGENT};
use http::{HeaderMap, Method};
use std::time::Duration;

/// Bytes of a URL for arguments and a query, so that it seldom grows.
const ROOM: usize = 96;

/// A request to which the credential is still to come.
pub(super) struct Unauthenticated {
    pub(super) request: HttpRequest,
    /// Bytes of the URL before which a key in the query stands.
    pub(super) api_key_position: usize,
}

/// Builds the request, each time the same; nothing was sent where this fails.
pub(super) fn request(
    inner: &Inner,
    prepared: &Prepared,
    variables: DynamicVariables,
    attempt: u32,
) -> Result<Unauthenticated, Error> {
    let mut values = variables.values();
    let operation = prepared.operation;
    let server = inner.server(operation.server)?;
    let mut url = String::with_capacity(server.len() + operation.path.len() + ROOM);
    url.push_str(server);
    push_path(inner, prepared, &mut values, &mut url)?;
    let api_key_position = push_query(inner, prepared, &mut values, &mut url)?;
    let request = HttpRequest {
        method: Method::from_bytes(prepared.method().as_bytes())
            .map_err(|_| Error::invalid_input("the method is no token"))?,
        url,
        headers: headers(inner, prepared, &mut values)?,
        body: prepared.body.clone(),
        upload: prepared.upload.clone(),
        sent: Some(prepared.sent(attempt, Duration::ZERO)),
        key_in_query: None,
    };
    Ok(Unauthenticated { request, api_key_position })
}

/// Fills the holes of the path: arguments as one segment each, then the client's variables, which may hold several. `{!name}` is a variable for certain, and `{$name}` a value made anew.
fn push_path(
    inner: &Inner,
    prepared: &Prepared,
    values: &mut Values,
    url: &mut String,
) -> Result<(), Error> {
    let mut rest = prepared.path_template();
    while let Some((before, after)) = rest.split_once('{') {
        url.push_str(before);
        let (name, after) = after.split_once('}').unwrap_or((after, ""));
        match prepared.path.iter().find(|(known, _)| *known == name) {
            Some((_, value)) => url.push_str(&segment(name, value)?),
            None => match value_of(values, name) {
                Some(value) => url.push_str(&segment(name, &value)?),
                None => {
                    let name = name.strip_prefix('!').unwrap_or(name);
                    let value = inner.variable(name).ok_or_else(|| missing(name))?;
                    url.push_str(&segments(name, &value)?);
                }
            },
        }
        rest = after;
    }
    url.push_str(rest);
    let authority = url.split_once("://").map_or("", |(_, rest)| rest);
    if !authority.contains('/') {
        url.push('/');
    }
    Ok(())
}

/// Says where in the URL a key in the query stands: where the operation has a place for it, else at the end.
fn push_query(
    inner: &Inner,
    prepared: &Prepared,
    values: &mut Values,
    url: &mut String,
) -> Result<usize, Error> {
    let lookup = |name: &str| inner.variable(name);
    let mut separator = '?';
    let mut push = |url: &mut String, name: &str, value: Option<&str>| {
        url.push(separator);
        separator = '&';
        url.push_str(name);
        if let Some(value) = value {
            url.push('=');
            url.push_str(value);
        }
    };
    let mut api_key_position = None;
    for (at, slot) in prepared.operation.query.iter().enumerate() {
        if slot.default == QueryDefault::Key {
            api_key_position = Some(url.len());
            continue;
        }
        let given = values_of(prepared, at, slot);
        let is_sent = slot.is_sent() && !prepared.without_query.contains(&at);
        if given.is_empty() && (is_given(prepared, slot) || !is_sent) {
            continue;
        }
        let name = slot.name.join(values, lookup, query_name)?;
        for value in &given {
            push(url, &name, Some(&query_value(value)));
        }
        if !given.is_empty() {
            continue;
        }
        match slot.default {
            QueryDefault::Value(default) => {
                let value = default.join(values, lookup, query_value)?;
                push(url, &name, Some(&value));
            }
            QueryDefault::NameAlone => push(url, &name, None),
            QueryDefault::Absent | QueryDefault::Key => {}
        }
    }
    for (name, value) in inner.default_query.iter().chain(&prepared.more_query) {
        push(url, &query_name(name), Some(&query_value(value)));
    }
    Ok(api_key_position.unwrap_or(url.len()))
}

impl QuerySlot {
    /// Whether it is sent unless the caller gives a value.
    fn is_sent(&self) -> bool {
        self.default != QueryDefault::Absent
    }

    /// Whether values of the one fall into the other.
    fn is_named_as(&self, other: &Self) -> bool {
        self.name == other.name && other.default != QueryDefault::Key
    }
}

fn is_given(prepared: &Prepared, slot: &QuerySlot) -> bool {
    let slots = prepared.operation.query;
    prepared.query.iter().any(|(at, _)| slots.get(*at).is_some_and(|other| slot.is_named_as(other)))
}

/// The values that fall into the slot at `place`: those of its name, one a slot, the surplus in the last one.
fn values_of<'a>(prepared: &'a Prepared, place: usize, slot: &QuerySlot) -> Vec<&'a str> {
    let slots = prepared.operation.query;
    let same = |other: &QuerySlot| slot.is_named_as(other);
    let before = slots.iter().take(place).filter(|other| same(other)).count();
    let is_last = !slots.iter().skip(place + 1).any(same);
    let given = prepared.query.iter().filter(|(at, _)| slots.get(*at).is_some_and(same));
    let values = given.map(|(_, value)| value.as_str()).skip(before);
    if is_last { values.collect() } else { values.take(1).collect() }
}

fn headers(inner: &Inner, prepared: &Prepared, values: &mut Values) -> Result<HeaderMap, Error> {
    let mut headers = HeaderMap::new();
    let content_type = prepared.content_type.as_deref().or(prepared.operation.content_type);
    let content_type = content_type.map(|it| header(CONTENT_TYPE.as_str(), it)).transpose()?;
    let accept = (ACCEPT, HeaderValue::from_static("*/*"));
    let defaults = [Some((USER_AGENT, inner.agent.clone())), Some(accept), content_type];
    for (name, value) in defaults.into_iter().flatten() {
        if !prepared.withholds_header(name.as_str()) {
            headers.insert(name, value);
        }
    }
    for (name, value) in &inner.default_headers {
        if !prepared.withholds_header(name.as_str()) {
            headers.insert(name, value.clone());
        }
    }
    let lookup = |name: &str| inner.variable(name);
    let mut own = Vec::new();
    for (at, slot) in prepared.operation.headers.iter().enumerate() {
        let mut given = prepared.headers.iter().filter(|(slot, _)| *slot == at).peekable();
        let default = slot.default.filter(|_| !is_header_given(prepared, slot));
        if given.peek().is_none() && default.is_none() {
            continue;
        }
        let name = slot.name.join(values, lookup, str::to_owned)?;
        for (_, value) in given {
            put(&mut headers, &mut own, header(&name, value)?);
        }
        if let Some(default) = default.filter(|_| !prepared.withholds_header(&name)) {
            let value = default.join(values, lookup, str::to_owned)?;
            put(&mut headers, &mut own, header(&name, &value)?);
        }
    }
    own.clear();
    for (name, value) in &prepared.more_headers {
        put(&mut headers, &mut own, header(name, value)?);
    }
    Ok(headers)
}

/// Whether the caller gave a value for a header of this name: it replaces what all slots of the name send by themselves.
fn is_header_given(prepared: &Prepared, slot: &HeaderSlot) -> bool {
    let slots = prepared.operation.headers;
    let has_name = |at: usize| slots.get(at).is_some_and(|other| other.name == slot.name);
    prepared.headers.iter().any(|(at, _)| has_name(*at))
}

/// Adds a header to those of its name in `own`, which together replace what was there.
fn put(
    headers: &mut HeaderMap,
    own: &mut Vec<HeaderName>,
    (name, value): (HeaderName, HeaderValue),
) {
    if own.contains(&name) {
        headers.append(name, value);
    } else {
        headers.insert(name.clone(), value);
        own.push(name);
    }
}
