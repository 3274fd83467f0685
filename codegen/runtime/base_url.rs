//! Base URLs as callers give them: made into what a path can follow, or refused with what is wrong.

use super::encode::component;
use super::error::Error;
use super::spec::{Part, ServerSpec};

/// What becomes of the callers' variables that stand in a base URL: a scheme that the base URL has itself, and a slash at the end, come off.
pub(super) fn normalise(
    variables: &mut [(&'static str, String)],
    servers: &[ServerSpec],
) -> Result<(), Error> {
    for server in servers {
        let mut before = "";
        for part in server.base {
            match part {
                Part::Text(text) => before = text,
                Part::Variable(name) => {
                    let given = variables.iter_mut().find(|(known, _)| known == name);
                    if let Some((name, value)) = given {
                        *value = place(name, value, before)?;
                    }
                    before = "";
                }
                Part::Uuid | Part::Timestamp | Part::IsoTimestamp | Part::Integer => before = "",
            }
        }
    }
    Ok(())
}

/// A base URL that a caller gives whole.
pub(super) fn whole(setter: &str, url: &str) -> Result<String, Error> {
    place(setter, url, "")
}

/// What a caller gives for `setter`, without its scheme where `before` ends with one.
fn place(setter: &str, given: &str, before: &str) -> Result<String, Error> {
    let mut text = given.trim();
    if text.contains(|c: char| c.is_whitespace() || c.is_control() || ['?', '#'].contains(&c)) {
        return Err(Error::invalid_input(format!(
            "`{setter}` is a part of the base URL, which has no blanks, no query and no fragment"
        )));
    }
    if let (Some(own), Some((scheme, rest))) = (before.strip_suffix("://"), text.split_once("://"))
    {
        if !own.eq_ignore_ascii_case(scheme) {
            return Err(Error::invalid_input(format!(
                "`{setter}` begins with another scheme than the base URL, which is {own}: give the host alone, or the whole URL to `base_url`"
            )));
        }
        text = rest;
    }
    Ok(match text.split_once("://") {
        Some((scheme, rest)) => format!("{scheme}://{}", rest.trim_end_matches('/')),
        None => text.trim_end_matches('/').to_owned(),
    })
}

/// The base URL as the value of the variable that the collection has for it, for other places that name it: without a scheme where one of these has its own.
pub(super) fn as_variable(setter: &str, url: &str, servers: &[ServerSpec]) -> String {
    let is_after_scheme = |pair: &[Part]| match pair {
        [Part::Text(text), Part::Variable(name)] => *name == setter && text.ends_with("://"),
        _ => false,
    };
    let url = url.trim().trim_end_matches('/');
    let has_scheme = servers.iter().any(|it| it.base.windows(2).any(is_after_scheme));
    match url.split_once("://") {
        Some((_, rest)) if has_scheme => rest.to_owned(),
        Some(_) | None => url.to_owned(),
    }
}

/// The collection's base URL with its scheme: without one it means plain http, as in Postman.
pub(super) fn with_scheme(base: String) -> String {
    if base.contains("://") { base } else { format!("http://{base}") }
}

/// A base URL with its scheme; `https` where a caller gives none.
pub(super) fn checked(base: String, allow_http: bool) -> Result<String, Error> {
    let base = if base.contains("://") { base } else { format!("https://{base}") };
    let Some((scheme, rest)) = base.split_once("://") else {
        return Err(Error::invalid_input("a base URL has no scheme"));
    };
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = host_of(authority);
    if host.is_empty() || component(host).contains("%20") {
        return Err(Error::invalid_input("a base URL has no host"));
    }
    match scheme.to_ascii_lowercase().as_str() {
        "https" => Ok(base),
        "http" if allow_http || is_loopback(host) => Ok(base),
        "http" => Err(Error::invalid_input(
            "plain http to another host shows credentials on the way: use https, or `.allow_http()`",
        )),
        _ => Err(Error::invalid_input("a base URL is neither https nor http")),
    }
}

fn host_of(authority: &str) -> &str {
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    if host.starts_with('[') {
        return host.split_inclusive(']').next().unwrap_or_default();
    }
    host.split(':').next().unwrap_or_default()
}

/// The host of a URL, and its port or that of its scheme; without user and password.
pub(super) fn host_and_port(url: &str) -> (&str, u16) {
    let (scheme, rest) = url.split_once("://").unwrap_or(("https", url));
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = host_of(authority);
    let port =
        authority.rsplit_once(host).and_then(|(_, port)| port.strip_prefix(':')?.parse().ok());
    let usual = if scheme.eq_ignore_ascii_case("http") { 80 } else { 443 };
    (host.trim_start_matches('[').trim_end_matches(']'), port.unwrap_or(usual))
}

fn is_loopback(host: &str) -> bool {
    let host = host.trim_start_matches('[').trim_end_matches(']');
    host.eq_ignore_ascii_case("localhost")
        || host.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback())
}
