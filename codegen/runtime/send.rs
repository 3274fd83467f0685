//! From a prepared call to an answer: one request, under a deadline, capped.

use super::answer::RawResponse;
use super::call::Prepared;
use super::client::{Client, CredentialValue, Inner};
use super::encode::{base64, component, query_name, query_value, segment};
use super::error::{Error, Phase};
use super::generated::{join, missing};
use super::secret::Secret;
use super::spec::{QuerySpec, SchemeSpec};
use super::transport::{BoxFuture, HttpRequest, HttpResponse, TransportError, TransportErrorKind};
use bytes::{Bytes, BytesMut};
use http::header::{
    ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderName, HeaderValue, RETRY_AFTER, USER_AGENT,
};
use http::{HeaderMap, Method};
use std::time::Duration;

/// Sends `prepared`; boxed, so that each operation's future is small.
pub(super) fn send(
    client: &Client,
    prepared: Prepared,
) -> BoxFuture<'_, Result<RawResponse, Error>> {
    Box::pin(async move {
        let inner = &*client.inner;
        let total = prepared.timeout.unwrap_or(inner.limits.total);
        let (spec, request) = (prepared.spec, request(inner, prepared)?);
        let attempt = inner.limits.attempt.min(total);
        let phase = if attempt < total { Phase::Attempt } else { Phase::Total };
        let answer = tokio::time::timeout(attempt, exchange(inner, request))
            .await
            .map_err(|_| Error::Timeout { phase, limit: attempt })??;
        if answer.status.is_success() {
            return Ok(answer);
        }
        Err(Error::Status {
            status: answer.status,
            retry_after: retry_after(&answer.headers),
            body: answer.body,
            attempts: 1,
            operation: spec,
        })
    })
}

async fn exchange(inner: &Inner, request: HttpRequest) -> Result<RawResponse, Error> {
    let response = inner.transport.send(request).await.map_err(from_transport)?;
    read_body(response, inner.limits.max_body).await
}

async fn read_body(response: HttpResponse, limit: usize) -> Result<RawResponse, Error> {
    let HttpResponse { status, headers, mut body } = response;
    let mut first = Bytes::new();
    let mut whole = BytesMut::new();
    while let Some(piece) = body.chunk().await.map_err(from_transport)? {
        if first.len() + whole.len() + piece.len() > limit {
            return Err(Error::BodyTooLarge { limit });
        }
        if first.is_empty() && whole.is_empty() {
            first = piece;
        } else {
            if whole.is_empty() {
                whole.extend_from_slice(&std::mem::take(&mut first));
            }
            whole.extend_from_slice(&piece);
        }
    }
    let body = if whole.is_empty() { first } else { whole.freeze() };
    Ok(RawResponse { status, headers, body })
}

fn from_transport(error: TransportError) -> Error {
    match error.kind {
        TransportErrorKind::Connect | TransportErrorKind::ConnectTimeout => {
            Error::Connect { source: error.source }
        }
        TransportErrorKind::Refused => Error::invalid(error.source.to_string()),
        TransportErrorKind::Broken => Error::Transport { source: error.source },
    }
}

/// `Retry-After` in seconds.
fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let seconds = headers.get(RETRY_AFTER)?.to_str().ok()?.trim().parse().ok()?;
    Some(Duration::from_secs(seconds))
}

fn request(inner: &Inner, prepared: Prepared) -> Result<HttpRequest, Error> {
    if let Some(error) = prepared.wrong {
        return Err(error);
    }
    let spec = prepared.spec;
    let mut url = inner.server(spec.server)?.to_owned();
    push_path(inner, &prepared, &mut url)?;
    push_query(inner, &prepared, &mut url)?;
    let mut request = HttpRequest {
        method: Method::from_bytes(spec.method.as_bytes())
            .map_err(|_| Error::invalid("the method is no token"))?,
        url,
        headers: headers(inner, &prepared)?,
        body: prepared.body,
    };
    if let Some(index) = spec.auth {
        authenticate(inner, index, &mut request)?;
    }
    Ok(request)
}

/// Fills the holes of the path: arguments as one segment each, then the client's variables.
fn push_path(inner: &Inner, prepared: &Prepared, url: &mut String) -> Result<(), Error> {
    let mut rest = prepared.spec.path;
    while let Some((before, after)) = rest.split_once('{') {
        url.push_str(before);
        let (name, after) = after.split_once('}').unwrap_or((after, ""));
        match prepared.path.iter().find(|(known, _)| *known == name) {
            Some((_, value)) => url.push_str(&segment(name, value)?),
            None => {
                let value = inner.variable(name).ok_or_else(|| missing(name))?;
                url.push_str(&segment(name, &value)?);
            }
        }
        rest = after;
    }
    url.push_str(rest);
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
        if given.peek().is_none()
            && let Some(default) = spec.default
        {
            put(&mut added, &name, &join(default, lookup, str::to_owned)?, true)?;
        }
        for (_, value) in given {
            put(&mut added, &name, value, true)?;
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
fn latin1(value: &str) -> Option<HeaderValue> {
    let bytes = value.chars().map(|c| u8::try_from(u32::from(c))).collect::<Result<Vec<_>, _>>();
    HeaderValue::from_bytes(&bytes.ok()?).ok()
}

fn authenticate(inner: &Inner, index: usize, request: &mut HttpRequest) -> Result<(), Error> {
    let Some(spec) = inner.api.credentials.get(index) else {
        return Ok(());
    };
    let given = inner.credentials.iter().find(|(setter, _)| *setter == spec.setter);
    let Some((_, credential)) = given else {
        let message = format!("the client has no credential: give the builder `{}`", spec.setter);
        return Err(Error::Auth { message });
    };
    match (credential, spec.scheme) {
        (CredentialValue::Signer(signer), _) => signer.sign(request),
        (CredentialValue::Token(token), SchemeSpec::Bearer { prefix: "" }) => {
            put_secret(request, AUTHORIZATION.as_str(), token.expose().to_owned())
        }
        (CredentialValue::Token(token), SchemeSpec::Bearer { prefix }) => {
            put_secret(request, AUTHORIZATION.as_str(), format!("{prefix} {}", token.expose()))
        }
        (CredentialValue::Token(token), SchemeSpec::HeaderKey { name }) => {
            put_secret(request, name, token.expose().to_owned())
        }
        (CredentialValue::Token(token), SchemeSpec::QueryKey { name }) => {
            push_key(request, name, token);
            Ok(())
        }
        (CredentialValue::Basic { username, password }, _) => {
            let plain = format!("{username}:{}", password.expose());
            let value = format!("Basic {}", base64(plain.as_bytes()));
            put_secret(request, AUTHORIZATION.as_str(), value)
        }
        (CredentialValue::Token(_), SchemeSpec::Basic | SchemeSpec::Custom { .. }) => {
            let message = format!("the credential `{}` is of another kind", spec.setter);
            Err(Error::Auth { message })
        }
    }
}

/// Sets a header that holds a credential.
fn put_secret(request: &mut HttpRequest, name: &str, value: String) -> Result<(), Error> {
    let wrong =
        || Error::Auth { message: "a credential holds characters no header can".to_owned() };
    let name = HeaderName::from_bytes(name.as_bytes()).map_err(|_| wrong())?;
    let mut value = latin1(&value).ok_or_else(wrong)?;
    value.set_sensitive(true);
    request.headers.insert(name, value);
    Ok(())
}

fn push_key(request: &mut HttpRequest, name: &str, key: &Secret) {
    request.url.push(if request.url.contains('?') { '&' } else { '?' });
    request.url.push_str(&query_name(name));
    request.url.push('=');
    request.url.push_str(&component(key.expose()));
}
