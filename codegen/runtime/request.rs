//! From a prepared call to a plain request: URL, headers, body. Credentials come later, in `auth`.

use super::call::Prepared;
use super::client::Inner;
use super::encode::{query_name, query_value, segment, segments};
use super::error::Error;
use super::generated::{anew, join, missing};
use super::spec::QuerySpec;
use super::transport::HttpRequest;
use http::header::{ACCEPT, CONTENT_TYPE, HeaderName, HeaderValue, USER_AGENT};
use http::{HeaderMap, Method};

/// Builds the request; nothing was sent where this fails.
pub(super) fn request(inner: &Inner, prepared: Prepared) -> Result<HttpRequest, Error> {
    if let Some(error) = prepared.wrong {
        return Err(error);
    }
    let spec = prepared.spec;
    let mut url = inner.server(spec.server)?.to_owned();
    push_path(inner, &prepared, &mut url)?;
    push_query(inner, &prepared, &mut url)?;
    Ok(HttpRequest {
        method: Method::from_bytes(spec.method.as_bytes())
            .map_err(|_| Error::invalid("the method is no token"))?,
        url,
        headers: headers(inner, &prepared)?,
        body: prepared.body,
        upload: prepared.upload,
    })
}

/// Fills the holes of the path: arguments as one segment each, then the client's variables, which may hold several. `{!name}` is a variable for certain, and `{$name}` a value made anew.
fn push_path(inner: &Inner, prepared: &Prepared, url: &mut String) -> Result<(), Error> {
    let mut rest = prepared.spec.path;
    while let Some((before, after)) = rest.split_once('{') {
        url.push_str(before);
        let (name, after) = after.split_once('}').unwrap_or((after, ""));
        match prepared.path.iter().find(|(known, _)| *known == name) {
            Some((_, value)) => url.push_str(&segment(name, value)?),
            None => match anew(name) {
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

fn push_query(inner: &Inner, prepared: &Prepared, url: &mut String) -> Result<(), Error> {
    let lookup = |name: &str| inner.variable(name);
    let mut separator = '?';
    let mut push = |name: &str, value: Option<&str>| {
        url.push(separator);
        separator = '&';
        url.push_str(name);
        if let Some(value) = value {
            url.push('=');
            url.push_str(value);
        }
    };
    for (slot, spec) in prepared.spec.query.iter().enumerate() {
        let name = join(spec.name, lookup, query_name)?;
        let given = values_of(prepared, slot, spec);
        for value in &given {
            push(&name, Some(&query_value(value)));
        }
        if !given.is_empty() || is_given(prepared, spec) {
            continue;
        }
        match spec.default {
            Some(default) => push(&name, Some(&join(default, lookup, query_value)?)),
            None if spec.bare => push(&name, None),
            None => {}
        }
    }
    for (name, value) in &prepared.more_query {
        push(&query_name(name), Some(&query_value(value)));
    }
    Ok(())
}

fn is_given(prepared: &Prepared, spec: &QuerySpec) -> bool {
    let slots = prepared.spec.query;
    prepared.query.iter().any(|(at, _)| slots.get(*at).is_some_and(|other| other.name == spec.name))
}

/// The values that fall into `slot`: those of its name, one a slot, the surplus in the last one.
fn values_of<'a>(prepared: &'a Prepared, slot: usize, spec: &QuerySpec) -> Vec<&'a str> {
    let slots = prepared.spec.query;
    let same = |other: &QuerySpec| other.name == spec.name;
    let before = slots.iter().take(slot).filter(|other| same(other)).count();
    let is_last = !slots.iter().skip(slot + 1).any(same);
    let given = prepared.query.iter().filter(|(at, _)| slots.get(*at).is_some_and(same));
    let values = given.map(|(_, value)| value.as_str()).skip(before);
    if is_last { values.collect() } else { values.take(1).collect() }
}

fn headers(inner: &Inner, prepared: &Prepared) -> Result<HeaderMap, Error> {
    let mut headers = HeaderMap::new();
    let agent = format!("{}/{}", inner.api.name, inner.api.version);
    put(&mut headers, USER_AGENT.as_str(), &agent, false)?;
    put(&mut headers, ACCEPT.as_str(), "*/*", false)?;
    let content_type = prepared.content_type.as_deref().or(prepared.spec.content_type);
    if let Some(content_type) = content_type {
        put(&mut headers, CONTENT_TYPE.as_str(), content_type, false)?;
    }
    let lookup = |name: &str| inner.variable(name);
    let mut added = HeaderMap::new();
    for (slot, spec) in prepared.spec.headers.iter().enumerate() {
        let name = join(spec.name, lookup, str::to_owned)?;
        let mut given = prepared.headers.iter().filter(|(at, _)| *at == slot).peekable();
        let default = spec.default.filter(|_| given.peek().is_none());
        for (_, value) in given {
            put(&mut added, &name, value, true)?;
        }
        if let Some(default) = default {
            put(&mut added, &name, &join(default, lookup, str::to_owned)?, true)?;
        }
    }
    replace(&mut headers, added);
    let mut added = HeaderMap::new();
    for (name, value) in &prepared.more_headers {
        put(&mut added, name, value, true)?;
    }
    replace(&mut headers, added);
    Ok(headers)
}

fn replace(headers: &mut HeaderMap, added: HeaderMap) {
    for name in added.keys() {
        headers.remove(name);
    }
    for (name, values) in grouped(added) {
        for value in values {
            headers.append(name.clone(), value);
        }
    }
}

fn grouped(headers: HeaderMap) -> Vec<(HeaderName, Vec<HeaderValue>)> {
    let mut groups: Vec<(HeaderName, Vec<HeaderValue>)> = Vec::new();
    for (name, value) in headers {
        match (name, groups.last_mut()) {
            (Some(name), _) => groups.push((name, vec![value])),
            (None, Some((_, values))) => values.push(value),
            (None, None) => {}
        }
    }
    groups
}

fn put(headers: &mut HeaderMap, name: &str, value: &str, append: bool) -> Result<(), Error> {
    let wrong = || Error::invalid(format!("the header {name:?} cannot be sent"));
    let name = HeaderName::from_bytes(name.as_bytes()).map_err(|_| wrong())?;
    let value = latin1(value).ok_or_else(wrong)?;
    if append {
        headers.append(name, value);
    } else {
        headers.insert(name, value);
    }
    Ok(())
}

/// A header value; characters up to U+00FF are sent as one byte each.
pub(super) fn latin1(value: &str) -> Option<HeaderValue> {
    let bytes = value.chars().map(|c| u8::try_from(u32::from(c))).collect::<Result<Vec<_>, _>>();
    HeaderValue::from_bytes(&bytes.ok()?).ok()
}
