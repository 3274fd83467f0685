//! The differences a typed client makes on purpose, each with its name and its reason.

use super::json_equal::{Sameness, same_json};
use super::line::{Line, Sent};
use super::parts;
use super::rule::Rule;
use crate::credential::is_credential;
use crate::percent;
use std::collections::BTreeSet;

/// Schemes that sign: what Postman adds for most of them is the user's signer's business.
const HOOKED: [&str; 9] =
    ["asap", "awsv4", "digest", "edgegrid", "hawk", "jwt", "ntlm", "oauth1", "akamai"];

/// Headers that only the HTTP library may set, or that say nothing beyond the request itself.
const TRANSPORT: [&str; 7] = [
    "accept-encoding",
    "connection",
    "content-length",
    "host",
    "postman-token",
    "proxy-connection",
    "transfer-encoding",
];

/// Takes from `truth` what a scheme added that signs, unless `ours` signs the same bytes in the same way.
pub(super) fn strip_signature(
    ours: &mut Sent,
    truth: &Line,
    theirs: &mut Sent,
    met: &mut BTreeSet<Rule>,
) {
    if !truth.auth.as_deref().is_some_and(|kind| HOOKED.contains(&kind)) {
        return;
    }
    let signs_alike = truth.auth.as_deref() == Some("awsv4") && truth.added.query.is_empty();
    let same = ours.path == theirs.path && ours.query == theirs.query && ours.body == theirs.body;
    if signs_alike
        && same
        && signed_headers(ours) == signed_headers(theirs)
        && !signs_other_bytes(theirs)
    {
        return;
    }
    let before = theirs.clone();
    theirs.headers.retain(|(name, _)| !contains(&truth.added.headers, name));
    ours.headers.retain(|(name, _)| !contains(&truth.added.headers, name));
    if !truth.added.query.is_empty() {
        theirs.query = without(theirs.query.take(), &truth.added.query);
        ours.query = without(ours.query.take(), &truth.added.query);
    }
    if !truth.added.form.is_empty() {
        let body = String::from_utf8_lossy(&theirs.body).into_owned();
        theirs.body = without(Some(body), &truth.added.form).unwrap_or_default().into_bytes();
    }
    if *theirs != before {
        met.insert(Rule::SignedByHook);
    }
}

/// Which headers a signature for AWS is of; beyond a few that must be among them the signer chooses.
fn signed_headers(sent: &Sent) -> Option<&str> {
    let is_signature = |name: &str| name.eq_ignore_ascii_case("authorization");
    let (_, value) = sent.headers.iter().find(|(name, _)| is_signature(name))?;
    value.split_once("SignedHeaders=")?.1.split(',').next()
}

/// SHA-256 of nothing.
const NOTHING: &str = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

/// Whether the body is signed that is not sent, or is sent but not signed: no service accepts that.
fn signs_other_bytes(sent: &Sent) -> bool {
    let is_hash = |name: &str| name.eq_ignore_ascii_case("x-amz-content-sha256");
    let hash = sent.headers.iter().find(|(name, _)| is_hash(name));
    hash.is_some_and(|(_, hash)| (hash == NOTHING) != sent.body.is_empty())
}

fn contains(names: &[String], name: &str) -> bool {
    names.iter().any(|known| known.eq_ignore_ascii_case(name))
}

fn without(query: Option<String>, names: &[String]) -> Option<String> {
    let query = query?;
    let kept: Vec<&str> = query
        .split('&')
        .filter(|pair| !contains(names, pair.split('=').next().unwrap_or_default()))
        .collect();
    if kept.is_empty() { None } else { Some(kept.join("&")) }
}

/// Takes from `theirs` the headers that only the HTTP library may set; says so where one differs from what any HTTP library would set.
pub(super) fn untransport(ours: &mut Sent, theirs: &mut Sent, met: &mut BTreeSet<Rule>) {
    let length = theirs.body.len().to_string();
    let host = theirs.host.clone();
    theirs.headers.retain(|(name, value)| {
        let name = name.to_ascii_lowercase();
        if !TRANSPORT.contains(&name.as_str()) {
            return true;
        }
        let implied = (name == "host" && *value == host)
            || (name == "content-length" && *value == length)
            || (name == "connection" && value.eq_ignore_ascii_case("keep-alive"));
        if !implied {
            met.insert(Rule::TransportHeader);
        }
        false
    });
    ours.headers.retain(|(name, _)| !TRANSPORT.contains(&name.to_ascii_lowercase().as_str()));
}

/// Takes from `theirs` the further headers of a name that carries a credential, where `ours` has the first.
pub(super) fn unrepeat(ours: &Sent, theirs: &mut Sent, met: &mut BTreeSet<Rule>) {
    let named = |sent: &Sent, name: &str| -> Vec<String> {
        let same = sent.headers.iter().filter(|(known, _)| known.eq_ignore_ascii_case(name));
        same.map(|(_, value)| value.clone()).collect()
    };
    for (name, value) in ours.headers.iter().filter(|(name, _)| is_credential(name)) {
        let others = named(theirs, name);
        if others.len() > 1 && others.first() == Some(value) && named(ours, name).len() == 1 {
            theirs.headers.retain(|(known, _)| !known.eq_ignore_ascii_case(name));
            theirs.headers.push((name.clone(), value.clone()));
            met.insert(Rule::OneCredential);
        }
    }
}

/// Takes from `ours` the `Content-Type` that names a boundary, where `theirs` has the same kind of body and no type at all.
pub(super) fn unbound(ours: &mut Sent, theirs: &Sent, met: &mut BTreeSet<Rule>) {
    let is_type = |name: &str| name.eq_ignore_ascii_case("content-type");
    let before = ours.headers.len();
    if theirs.body.starts_with(parts::BOUNDARY.as_bytes())
        && !theirs.headers.iter().any(|(name, _)| is_type(name))
    {
        ours.headers
            .retain(|(name, value)| !is_type(name) || !value.starts_with("multipart/form-data;"));
    }
    if ours.headers.len() < before {
        met.insert(Rule::BoundaryIsNamed);
    }
}

/// Whether the two URLs differ only in how the values the driver gave are escaped.
pub(super) fn escaped(ours: &Sent, theirs: &Sent, given: &[String]) -> Option<BTreeSet<Rule>> {
    let mut met = BTreeSet::new();
    let mut path = ours.path.clone();
    for value in given {
        path = path.replace(&segment(value), &spliced_path(value));
    }
    let mut query = ours.query.clone();
    if path != theirs.path
        && let Some((head, tail)) = path.split_once('?')
    {
        // A `?` in a spliced path value starts the query.
        query = Some(query.map_or(tail.to_owned(), |query| format!("{tail}&{query}")));
        path = head.to_owned();
    }
    if path != ours.path {
        met.insert(Rule::PathValueIsOneSegment);
    }
    if query != theirs.query {
        met.insert(Rule::QueryValueIsOneValue);
        let same = query.zip(theirs.query.as_ref());
        if !same.is_some_and(|(ours, theirs)| same_query(&ours, theirs, given)) {
            return None;
        }
    }
    (path == theirs.path).then_some(met)
}

/// Whether the two URLs differ only in what every URL must escape.
pub(super) fn unencoded(ours: &Sent, theirs: &Sent) -> bool {
    let query = theirs.query.as_deref().map(spliced_query);
    ours.path == spliced_path(&theirs.path) && ours.query == query
}

/// Whether two paths differ only in segments that Postman sends as `[object Object]`.
pub(super) fn objects_in_path(ours: &Sent, theirs: &Sent) -> bool {
    let (one, other): (Vec<_>, Vec<_>) =
        (ours.path.split('/').collect(), theirs.path.split('/').collect());
    let same = |(a, b): (&&str, &&str)| a == b || *b == "[object%20Object]";
    ours.query == theirs.query && one.len() == other.len() && one.iter().zip(&other).all(same)
}

/// Whether two queries differ only in how given values are escaped.
fn same_query(ours: &str, theirs: &str, given: &[String]) -> bool {
    let mut spliced = ours.to_owned();
    for value in given {
        spliced = spliced.replace(&one_value(value), &spliced_query(value));
    }
    if spliced == theirs {
        return true;
    }
    let (ours, theirs): (Vec<_>, Vec<_>) = (ours.split('&').collect(), theirs.split('&').collect());
    let same = |(ours, theirs): (&&str, &&str)| {
        let is_given = |value: &str| given.iter().any(|known| *known == percent::decode(value));
        match (ours.split_once('='), theirs.split_once('=')) {
            (Some((a, mine)), Some((b, other))) if a == b => {
                mine == other || (is_given(mine) && percent::decode(mine) == percent::decode(other))
            }
            (_, _) => ours == theirs,
        }
    };
    ours.len() == theirs.len() && ours.iter().zip(&theirs).all(same)
}

/// RFC 3986 unreserved characters are kept.
fn segment(value: &str) -> String {
    encode(value, |byte| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte))
}

fn spliced_path(value: &str) -> String {
    encode(value, |byte| (0x21..0x7F).contains(&byte) && !b"\"#<>`{}".contains(&byte))
}

fn one_value(value: &str) -> String {
    encode(value, |byte| (0x21..0x7F).contains(&byte) && !b"\"#'<>&%+".contains(&byte))
}

fn spliced_query(value: &str) -> String {
    encode(value, |byte| (0x21..0x7F).contains(&byte) && !b"\"#'<>".contains(&byte))
}

fn encode(value: &str, keep: impl Fn(u8) -> bool) -> String {
    use std::fmt::Write as _;
    let mut out = String::with_capacity(value.len());
    for byte in value.bytes() {
        if keep(byte) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

/// Whether two bodies say the same, and by which rules.
pub(super) fn bodies(ours: &[u8], theirs: &[u8]) -> Option<BTreeSet<Rule>> {
    if ours == theirs {
        return Some(BTreeSet::new());
    }
    let (ours, theirs) = (std::str::from_utf8(ours).ok()?, std::str::from_utf8(theirs).ok()?);
    if ours.starts_with(parts::BOUNDARY) {
        return parts::same(ours, theirs);
    }
    let (sameness, strict) = match same_json(ours, theirs, false) {
        Some(sameness) => (sameness, true),
        None => (same_json(ours, theirs, true)?, false),
    };
    let mut met = BTreeSet::new();
    match sameness {
        Sameness::Equal => {}
        Sameness::Rounded => {
            met.insert(Rule::NumberIsRounded);
        }
        Sameness::Filled => {
            met.insert(Rule::PlaceholderNotSent);
        }
        Sameness::Different => return None,
    }
    if !strict {
        met.insert(Rule::BodyIsStrictJson);
    }
    Some(met)
}
