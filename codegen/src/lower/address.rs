//! A URL -> where it leads: server, path and query, each with its holes (POSTMAN.md §2).
//!
//! Paths are kept exactly: dot segments, empty segments and trailing slashes stay.

use super::brackets::bracketed;
use super::{holes, host};
use crate::origin::Origin;
use crate::postman::{Field, FieldValue, Url};
use crate::template::{Piece, Template};
use std::collections::BTreeMap;

/// Where a request goes; every `{{variable}}` is still a [`Piece::Variable`].
pub(super) struct Address {
    /// Scheme, host and port; empty where the URL has no host.
    pub(super) base: Template,
    /// User name and password in front of the host.
    pub(super) userinfo: Option<String>,
    /// Path from the first `/` on; `:names` are [`Piece::Argument`]s. Empty where the URL ends with the base, and the base with a variable, which may bring a path.
    pub(super) path: Template,
    /// Query entries, disabled ones included.
    pub(super) query: Vec<Field>,
    /// Values and descriptions of `:names`.
    pub(super) variables: Vec<Field>,
    /// How the holes in other notations are written, by name: what Postman sends for them.
    pub(super) written: BTreeMap<String, String>,
    /// Where the URL stands.
    pub(super) origin: Origin,
}

/// Why a URL cannot be sent to.
pub(super) enum Unreachable {
    /// No URL, or an empty one.
    Missing,
    /// Another scheme than `http` and `https`.
    Scheme(String),
}

/// Takes a URL apart.
pub(super) fn address(url: Option<&Url>) -> Result<Address, Unreachable> {
    let url = url.filter(|url| !url.is_empty()).ok_or(Unreachable::Missing)?;
    scheme(&url.protocol)?;
    let split = if is_hostless(url) { without_scheme(url) } else { url.resplit() };
    let base = base(&split)?;
    if base.0.is_empty() && split.path.iter().flatten().all(String::is_empty) {
        return Err(Unreachable::Missing);
    }
    let ends_open = matches!(base.0.last(), Some(Piece::Variable(_)));
    let (mut path, written) = path(split.path.as_deref().unwrap_or_default());
    if path.0.is_empty() && !ends_open {
        path = Template::literal("/");
    }
    Ok(Address {
        base,
        userinfo: split.userinfo.filter(|text| !text.is_empty()),
        path,
        query: split.query,
        variables: url.variables.clone(),
        written,
        origin: url.origin.clone(),
    })
}

/// Whether the parts of a URL hold a path and no host. Postman takes the path's first segment for the host then; where it looks like one, so do we.
fn is_hostless(url: &Url) -> bool {
    let mut segments = url.path.iter().flatten().filter(|segment| !segment.is_empty());
    url.host.trim().is_empty() && !segments.next().is_some_and(|first| is_host(first))
}

/// Endings of file names that no host has.
const FILES: [&str; 16] = [
    "ashx", "asmx", "asp", "aspx", "cgi", "csv", "htm", "html", "json", "jsp", "php", "svc", "txt",
    "xml", "yaml", "yml",
];

/// Whether the segment of a path looks like a host: `v1.0` is a version, and `orders.json` a file.
fn is_host(segment: &str) -> bool {
    let named = segment.contains(['.', ':']) && !segment.starts_with(':');
    let ending = segment.rsplit_once('.').map_or("", |(_, ending)| ending);
    let is_file = FILES.iter().any(|file| ending.eq_ignore_ascii_case(file));
    let is_named = named && !is_file && !is_version(segment);
    is_named || segment.starts_with("{{") || segment.eq_ignore_ascii_case("localhost")
}

/// `v1`, `V2.0.1`, `1.0`: numbers, of which four without a letter are an address.
fn is_version(segment: &str) -> bool {
    let numbers = segment.strip_prefix(['v', 'V']).unwrap_or(segment);
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let is_address = numbers.len() == segment.len() && numbers.split('.').count() == 4;
    numbers.split('.').all(is_number) && !is_address
}

/// The URL's path and query, relative to a base URL that somebody else knows.
fn without_scheme(url: &Url) -> Url {
    Url { protocol: String::new(), ..url.clone() }.resplit()
}

/// Scheme, host and port; nothing where there is no host.
fn base(url: &Url) -> Result<Template, Unreachable> {
    if url.host.trim().is_empty() {
        return Ok(Template::default());
    }
    let mut pieces = scheme(&url.protocol)?;
    let open = matches!(pieces.as_slice(), [.., Piece::Variable(_)]);
    let host = holes::template(&url.host).0;
    if !pieces.is_empty() || open {
        holes::push_literal(&mut pieces, "://");
    } else if !matches!(host.first(), Some(Piece::Variable(_))) {
        holes::push_literal(&mut pieces, "http://");
    }
    let address = Template(host.clone()).as_literal().and_then(host::ipv4);
    let host = address.map_or(host, |address| vec![Piece::Text(address)]);
    for piece in host {
        match piece {
            Piece::Text(text) => holes::push_literal(&mut pieces, &host::ascii(&text)),
            Piece::Argument(_) | Piece::Variable(_) | Piece::Dynamic(_) => pieces.push(piece),
        }
    }
    if let Some(port) = url.port.as_deref().filter(|port| !port.is_empty()) {
        holes::push_literal(&mut pieces, ":");
        holes::push_text(&mut pieces, port);
    }
    let configured = |piece| match piece {
        Piece::Dynamic(kind) => Piece::Variable(format!("${kind:?}")),
        Piece::Text(_) | Piece::Argument(_) | Piece::Variable(_) => piece,
    };
    Ok(Template(pieces.into_iter().map(configured).collect()))
}

/// The scheme, in lower case.
fn scheme(protocol: &str) -> Result<Vec<Piece>, Unreachable> {
    let mut pieces = Vec::new();
    holes::push_text(&mut pieces, protocol.trim_end_matches("://"));
    lower_literals(&mut pieces);
    match Template(pieces.clone()).as_literal() {
        Some("" | "http" | "https") | None => Ok(pieces),
        Some(other) => Err(Unreachable::Scheme(other.to_owned())),
    }
}

fn lower_literals(pieces: &mut [Piece]) {
    for piece in pieces {
        if let Piece::Text(text) = piece {
            *text = text.to_lowercase();
        }
    }
}

/// The path of `segments`; none of them, an empty path. With it, how each hole in another notation than Postman's is written, by name.
fn path(segments: &[String]) -> (Template, BTreeMap<String, String>) {
    let (mut pieces, mut written) = (Vec::new(), BTreeMap::new());
    for segment in segments {
        holes::push_literal(&mut pieces, "/");
        match argument(segment) {
            Some((name, rest)) => {
                pieces.push(Piece::Argument(name.to_owned()));
                push_rest(&mut pieces, rest);
            }
            None => push_segment(&mut pieces, segment, &mut written),
        }
    }
    (Template(pieces), written)
}

/// A segment that is no `:name`, with its holes in brackets.
fn push_segment(pieces: &mut Vec<Piece>, segment: &str, written: &mut BTreeMap<String, String>) {
    let mut rest = segment.to_owned();
    while let Some(hole) = bracketed(&rest) {
        holes::push_literal(pieces, &hole.before);
        pieces.push(Piece::Argument(hole.name.clone()));
        written.insert(hole.name, hole.written);
        rest = hole.after;
    }
    holes::push_text(pieces, &rest);
}

/// What follows the name of an argument: `.:extension` is one too.
fn push_rest(pieces: &mut Vec<Piece>, rest: &str) {
    match rest.strip_prefix('.').and_then(argument) {
        Some((name, after)) => {
            holes::push_literal(pieces, ".");
            pieces.push(Piece::Argument(name.to_owned()));
            push_rest(pieces, after);
        }
        None => holes::push_text(pieces, rest),
    }
}

/// The name of a segment that starts with `:` and what follows it; the name ends at the first dot, and a `{{hole}}` in it is a part of the name, as in Postman.
fn argument(segment: &str) -> Option<(&str, &str)> {
    let name = segment.strip_prefix(':')?;
    let end = name.find('.').unwrap_or(name.len());
    let (name, rest) = (name.get(..end)?, name.get(end..)?);
    let is_whole = name.matches("{{").count() == name.matches("}}").count();
    (!name.is_empty() && is_whole).then_some((name, rest))
}

/// A value that Postman would put into a path.
pub(super) fn usable(value: &FieldValue) -> Option<String> {
    match value {
        FieldValue::Text(text) if !text.is_empty() => Some(text.clone()),
        FieldValue::Text(_) | FieldValue::Absent | FieldValue::Null => None,
        FieldValue::Scalar(_) | FieldValue::Json(_) => None,
    }
}
