//! The splitter of URL texts: where Postman's parser cuts, we cut; `{{…}}` is opaque.

use super::Url;
use crate::origin::Origin;
use crate::postman::field::{Field, FieldValue};

/// Splits a URL text.
pub(super) fn url_text(text: &str, origin: Origin) -> Url {
    let text = text.trim_start();
    let text = before(text, '#').0;
    let (address, query) = before(text, '?');
    let address = slashed(address);
    let (protocol, rest) = match find(&address, "://") {
        Some(at) => {
            let rest = address.get(at + 3..).unwrap_or_default();
            (address.get(..at).unwrap_or_default(), rest.trim_start_matches('/'))
        }
        None => ("", address.as_str()),
    };
    let (authority, path) = before(rest, '/');
    let (userinfo, place) = match rfind(authority, '@') {
        Some(at) => (authority.get(..at), authority.get(at + 1..).unwrap_or_default()),
        None => (None, authority),
    };
    let (host, port) = match rfind(place, ':').filter(|at| rfind(place, ']') < Some(*at)) {
        Some(at) => (place.get(..at).unwrap_or_default(), place.get(at + 1..)),
        None => (place, None),
    };
    Url {
        protocol: protocol.to_owned(),
        userinfo: userinfo.map(str::to_owned),
        host: host.to_owned(),
        port: port.map(str::to_owned),
        path: path.map(|path| split_opaque(path, '/')),
        query: query.map(|query| query_text(query, &origin)).unwrap_or_default(),
        variables: Vec::new(),
        origin,
    }
}

/// Splits a query text, `a=1&b`; empty pieces are kept.
#[must_use]
pub fn query_text(text: &str, origin: &Origin) -> Vec<Field> {
    let entry = |piece: String| {
        let (name, value) = before(&piece, '=');
        Field {
            name: name.to_owned(),
            value: value.map_or(FieldValue::Absent, |value| FieldValue::Text(value.to_owned())),
            enabled: true,
            description: None,
            origin: origin.clone(),
        }
    };
    split_opaque(text, '&').into_iter().map(entry).collect()
}

/// Splits at each `separator` outside of `{{…}}`.
pub(super) fn split_opaque(text: &str, separator: char) -> Vec<String> {
    let mut pieces = Vec::new();
    let mut rest = text;
    loop {
        let (piece, more) = before(rest, separator);
        pieces.push(piece.to_owned());
        match more {
            Some(more) => rest = more,
            None => return pieces,
        }
    }
}

/// The text before the first `stop` outside of `{{…}}`, and what follows it.
fn before(text: &str, stop: char) -> (&str, Option<&str>) {
    let mut buffer = [0; 4];
    match find(text, stop.encode_utf8(&mut buffer)) {
        Some(at) => (text.get(..at).unwrap_or_default(), text.get(at + stop.len_utf8()..)),
        None => (text, None),
    }
}

/// Where `needle`, in ASCII, first occurs outside of `{{…}}`.
fn find(text: &str, needle: &str) -> Option<usize> {
    let first = needle.chars().next()?;
    let mut at = 0;
    loop {
        at += text.get(at..)?.find(['{', first])?;
        let rest = text.get(at..)?;
        match hole(rest) {
            Some(length) => at += length,
            None if rest.starts_with(needle) => return Some(at),
            None => at += 1,
        }
    }
}

/// The length of the hole that `text` starts with.
fn hole(text: &str) -> Option<usize> {
    let inside = text.strip_prefix("{{")?;
    let close = inside.find(['{', '}'])?;
    inside.get(close..)?.starts_with("}}").then_some(close + 4)
}

/// Where `needle` last occurs outside of `{{…}}`.
fn rfind(text: &str, needle: char) -> Option<usize> {
    let mut last = None;
    let mut from = 0;
    let mut buffer = [0; 4];
    let needle = needle.encode_utf8(&mut buffer);
    while let Some(at) = text.get(from..).and_then(|rest| find(rest, needle)) {
        last = Some(from + at);
        from += at + needle.len();
    }
    last
}

/// The text with `\` outside of `{{…}}` turned into `/`.
fn slashed(text: &str) -> String {
    if text.contains('\\') { split_opaque(text, '\\').join("/") } else { text.to_owned() }
}
