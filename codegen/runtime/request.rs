//! From a prepared call to a plain request: URL, headers, body. Credentials come later, in `auth`.

use super::call::Prepared;
use super::client::Inner;
use super::encode::{query_name, query_value, segment, segments};
use super::error::Error;
use super::generated::{Moment, Values, anew, join, missing};
use super::secret::is_secret_name;
use super::spec::{QueryDefault, QuerySpec};
use super::transport::HttpRequest;
use http::header::{ACCEPT, CONTENT_TYPE, HeaderName, HeaderValue, USER_AGENT};
use http::{HeaderMap, Method};

/// Bytes of a URL for arguments and a query, so that it seldom grows.
const ROOM: usize = 96;

/// A request to which the credential is still to come.
pub(super) struct Unauthenticated {
    pub(super) request: HttpRequest,
    /// Bytes of the URL before which a key in the query stands.
    pub(super) key_at: usize,
}

/// Builds the request, each time the same; nothing was sent where this fails.
pub(super) fn request(
    inner: &Inner,
    prepared: &Prepared,
    moment: Moment,
) -> Result<Unauthenticated, Error> {
    let mut values = moment.values();
    let spec = prepared.spec;
    let server = inner.server(spec.server)?;
    let mut url = String::with_capacity(server.len() + spec.path.len() + ROOM);
    url.push_str(server);
    push_path(inner, prepared, &mut values, &mut url)?;
    let key_at = push_query(inner, prepared, &mut values, &mut url)?;
    let request = HttpRequest {
        method: Method::from_bytes(spec.method.as_bytes())
            .map_err(|_| Error::invalid("the method is no token"))?,
        url,
        headers: headers(inner, prepared, &mut values)?,
        body: prepared.body.clone(),
        upload: prepared.upload.clone(),
    };
    Ok(Unauthenticated { request, key_at })
}

/// Fills the holes of the path: arguments as one segment each, then the client's variables, which may hold several. `{!name}` is a variable for certain, and `{$name}` a value made anew.
fn push_path(
    inner: &Inner,
    prepared: &Prepared,
    values: &mut Values,
    url: &mut String,
) -> Result<(), Error> {
    let mut rest = prepared.spec.path;
    while let Some((before, after)) = rest.split_once('{') {
        url.push_str(before);
        let (name, after) = after.split_once('}').unwrap_or((after, ""));
        match prepared.path.iter().find(|(known, _)| *known == name) {
            Some((_, value)) => url.push_str(&segment(name, value)?),
            None => match anew(values, name) {
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
    let mut key_at = None;
    for (slot, spec) in prepared.spec.query.iter().enumerate() {
        if spec.default == QueryDefault::Key {
            key_at = Some(url.len());
            continue;
        }
        let given = values_of(prepared, slot, spec);
        if given.is_empty() && (is_given(prepared, spec) || !spec.is_sent()) {
            continue;
        }
        let name = join(values, spec.name, lookup, query_name)?;
        for value in &given {
            push(url, &name, Some(&query_value(value)));
        }
        if !given.is_empty() {
            continue;
        }
        match spec.default {
            QueryDefault::Value(default) => {
                let value = join(values, default, lookup, query_value)?;
                push(url, &name, Some(&value));
            }
            QueryDefault::NameAlone => push(url, &name, None),
            QueryDefault::Absent | QueryDefault::Key => {}
        }
    }
    for (name, value) in &prepared.more_query {
        push(url, &query_name(name), Some(&query_value(value)));
    }
    Ok(key_at.unwrap_or(url.len()))
}

impl QuerySpec {
    /// Whether it is sent unless the caller gives a value.
    fn is_sent(&self) -> bool {
        self.default != QueryDefault::Absent
    }

    /// Whether values of the one fall into the other.
    fn is_named_as(&self, other: &Self) -> bool {
        self.name == other.name && other.default != QueryDefault::Key
    }
}

fn is_given(prepared: &Prepared, spec: &QuerySpec) -> bool {
    let slots = prepared.spec.query;
    prepared.query.iter().any(|(at, _)| slots.get(*at).is_some_and(|other| spec.is_named_as(other)))
}

/// The values that fall into `slot`: those of its name, one a slot, the surplus in the last one.
fn values_of<'a>(prepared: &'a Prepared, slot: usize, spec: &QuerySpec) -> Vec<&'a str> {
    let slots = prepared.spec.query;
    let same = |other: &QuerySpec| spec.is_named_as(other);
    let before = slots.iter().take(slot).filter(|other| same(other)).count();
    let is_last = !slots.iter().skip(slot + 1).any(same);
    let given = prepared.query.iter().filter(|(at, _)| slots.get(*at).is_some_and(same));
    let values = given.map(|(_, value)| value.as_str()).skip(before);
    if is_last { values.collect() } else { values.take(1).collect() }
}

fn headers(inner: &Inner, prepared: &Prepared, values: &mut Values) -> Result<HeaderMap, Error> {
    let mut headers = HeaderMap::new();
    headers.insert(USER_AGENT, inner.agent.clone());
    headers.insert(ACCEPT, HeaderValue::from_static("*/*"));
    let content_type = prepared.content_type.as_deref().or(prepared.spec.content_type);
    if let Some(content_type) = content_type {
        let (name, value) = header(CONTENT_TYPE.as_str(), content_type)?;
        headers.insert(name, value);
    }
    let lookup = |name: &str| inner.variable(name);
    let mut own = Vec::new();
    for (slot, spec) in prepared.spec.headers.iter().enumerate() {
        let mut given = prepared.headers.iter().filter(|(at, _)| *at == slot).peekable();
        let default = spec.default.filter(|_| given.peek().is_none());
        if given.peek().is_none() && default.is_none() {
            continue;
        }
        let name = join(values, spec.name, lookup, str::to_owned)?;
        for (_, value) in given {
            put(&mut headers, &mut own, header(&name, value)?);
        }
        if let Some(default) = default {
            put(
                &mut headers,
                &mut own,
                header(&name, &join(values, default, lookup, str::to_owned)?)?,
            );
        }
    }
    own.clear();
    for (name, value) in &prepared.more_headers {
        put(&mut headers, &mut own, header(name, value)?);
    }
    Ok(headers)
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

fn header(name: &str, value: &str) -> Result<(HeaderName, HeaderValue), Error> {
    let wrong = || Error::invalid(format!("the header {name:?} cannot be sent"));
    let name = HeaderName::from_bytes(name.as_bytes()).map_err(|_| wrong())?;
    let mut value = latin1(value).ok_or_else(wrong)?;
    value.set_sensitive(is_secret_name(name.as_str()));
    Ok((name, value))
}

/// A header value; characters up to U+00FF are sent as one byte each.
pub(super) fn latin1(value: &str) -> Option<HeaderValue> {
    if value.is_ascii() {
        return HeaderValue::from_str(value).ok();
    }
    let bytes = value.chars().map(|c| u8::try_from(u32::from(c))).collect::<Result<Vec<_>, _>>();
    HeaderValue::from_bytes(&bytes.ok()?).ok()
}
