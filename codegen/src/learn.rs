//! Recorded traffic -> [`Evidence`]: what each endpoint was sent and answered, as shapes and counts.
//!
//! Reads HAR 1.2 and JSON lines, matches each exchange to an endpoint of the API by method and path, and forgets every value. Traffic that matches nothing is reported. Knows neither files nor types beyond the paths they are called by.

mod base64;
mod har;
mod lines;
mod matching;
mod news;
mod report;
#[cfg(test)]
mod tests;
mod unreadable;
mod url;

pub use news::news;
pub use report::{report, stanza};

use crate::api::Api;
use crate::diagnostic::Diagnostic;
use crate::evidence::{BodyEvidence, Evidence, Exchanges, QueryEvidence, Shape};
use crate::infer::forget::forget_free_keys;
use crate::infer::observe::{Reading, is_plain_key, observe_text};
use matching::Matcher;
use std::collections::BTreeMap;

/// What was learned from one source.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Learned {
    /// What it teaches.
    pub evidence: Evidence,
    /// How many exchanges it holds.
    pub exchanges: u64,
    /// How many of them matched each endpoint.
    pub matched: BTreeMap<String, u64>,
    /// Those that matched none: why, method and path, and how many.
    pub unmatched: BTreeMap<Unmatched, u64>,
    /// How many of the matched were answered by each host, where the source says it.
    pub hosts: BTreeMap<String, u64>,
    /// How many bodies of matched exchanges were not recorded, or cannot be read.
    pub unread: u64,
}

/// An exchange that teaches nothing.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Unmatched {
    /// Why.
    pub reason: Reason,
    /// Its method.
    pub method: String,
    /// Its host, where the source says it, and its path.
    pub target: String,
}

/// Why an exchange matched no endpoint.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// The API has no such path.
    NoPath,
    /// The API has the path with other methods only.
    OtherMethod,
    /// It is on a host that no endpoint with this path is on, or that was not meant.
    OtherHost,
    /// No response was recorded.
    NoAnswer,
    /// A success is an HTML page: of a browser, or of something in between, but not of the API.
    Page,
}

impl Reason {
    /// The reason as a person reads it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NoPath => "no operation has this path",
            Self::OtherMethod => "no operation has this path with this method",
            Self::OtherHost => "it is on another host",
            Self::NoAnswer => "no answer was recorded",
            Self::Page => "the answer is an HTML page, which says nothing of the API",
        }
    }
}

/// One request with its response, as a source tells it.
#[derive(Debug, Default)]
struct Exchange {
    method: String,
    /// `scheme://host:port`, where the source says it.
    base: Option<String>,
    /// As sent, percent-encoded.
    path: String,
    query: Vec<(String, String)>,
    request: Payload,
    /// 0 where no response was recorded.
    status: u16,
    response: Payload,
    headers: Vec<String>,
}

/// What a message carries.
#[derive(Debug, Default)]
enum Payload {
    #[default]
    Empty,
    Json(Box<Shape>),
    Text,
    /// HTML.
    Page,
    Bytes,
    /// It was there, but not recorded, or cannot be read.
    Unread,
}

impl Payload {
    /// Text that is not JSON.
    fn of_other_text(text: &str, is_html: bool) -> Self {
        let start: String = text.trim_start().chars().take(14).collect();
        let start = start.to_ascii_lowercase();
        let begins = start.starts_with("<!doctype html") || start.starts_with("<html");
        if is_html || begins { Self::Page } else { Self::Text }
    }
}

/// Learns from the text of one source.
///
/// # Errors
///
/// A source that is neither HAR nor JSON lines, or that breaks off: nothing is learned from a part.
pub fn learn(name: &str, text: &str, api: &Api) -> Result<Learned, Box<Diagnostic>> {
    learn_from(name, text, api, &[])
}

/// As [`learn`], from exchanges with these hosts only; from all where none is named.
///
/// # Errors
///
/// As [`learn`].
pub fn learn_from(
    name: &str,
    text: &str,
    api: &Api,
    hosts: &[String],
) -> Result<Learned, Box<Diagnostic>> {
    let mut learned = Learned::default();
    let matcher = Matcher::new(api);
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut sink = |exchange: Exchange| learned.take(&matcher, hosts, exchange);
    if har::is_har(text) {
        har::read(name, text, &mut sink)?;
    } else {
        lines::read(name, text, &mut sink)?;
    }
    forget_free_keys(&mut learned.evidence);
    Ok(learned)
}

/// An exchange as a replay sees it.
pub(crate) struct Matched {
    /// The endpoint's key, or why there is none.
    pub(crate) endpoint: Result<String, Reason>,
    /// The path as sent.
    pub(crate) target: String,
    /// Query names and values, decoded.
    pub(crate) query: Vec<(String, String)>,
}

/// Matches every exchange of JSON lines, in order.
///
/// # Errors
///
/// As [`learn`].
pub(crate) fn matched(name: &str, text: &str, api: &Api) -> Result<Vec<Matched>, Box<Diagnostic>> {
    let matcher = Matcher::new(api);
    let mut all = Vec::new();
    lines::read(name, text, &mut |exchange: Exchange| {
        let Exchange { method, base, path, query, .. } = exchange;
        let endpoint = matcher.find(&method, base.as_deref(), &path).map(str::to_owned);
        all.push(Matched { endpoint, target: format!("{method} {path}"), query });
    })?;
    Ok(all)
}

impl Learned {
    fn take(&mut self, matcher: &Matcher, hosts: &[String], exchange: Exchange) {
        self.exchanges += 1;
        let base = exchange.base.as_deref();
        let host = base.and_then(|base| base.split_once("://")).map(|(_, host)| host);
        let is_meant = |host: &str| hosts.is_empty() || hosts.iter().any(|meant| meant == host);
        let endpoint = match exchange.status {
            _ if !host.is_none_or(is_meant) => Err(Reason::OtherHost),
            200..=299 if matches!(exchange.response, Payload::Page) => Err(Reason::Page),
            100..=599 => matcher.find(&exchange.method, base, &exchange.path),
            _ => Err(Reason::NoAnswer),
        };
        match endpoint {
            Ok(endpoint) => {
                *self.matched.entry(endpoint.to_owned()).or_default() += 1;
                if let Some(host) = host {
                    *self.hosts.entry(host.to_owned()).or_default() += 1;
                }
                let bodies = [&exchange.request, &exchange.response];
                let unread = bodies.iter().filter(|body| matches!(body, Payload::Unread));
                self.unread += u64::try_from(unread.count()).unwrap_or_default();
                let endpoints = &mut self.evidence.endpoints;
                endpoints.entry(endpoint.to_owned()).or_default().join(seen(exchange));
            }
            Err(reason) => {
                let target = format!("{}{}", base.unwrap_or_default(), exchange.path);
                let unmatched = Unmatched { reason, method: exchange.method, target };
                *self.unmatched.entry(unmatched).or_default() += 1;
            }
        }
    }
}

/// What one exchange shows.
fn seen(exchange: Exchange) -> Exchanges {
    let mut seen = Exchanges { count: 1, ..Exchanges::default() };
    let mut names: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (name, value) in exchange.query {
        if is_plain_key(&name) {
            names.entry(name).or_default().push(value);
        } else {
            seen.query_others += 1;
        }
    }
    for (name, values) in names {
        let repeated = u64::from(values.len() > 1);
        let mut query = QueryEvidence { count: 1, repeated, ..QueryEvidence::default() };
        for value in values {
            query.shape.join(observe_text(&value, Reading::Recorded));
        }
        seen.query.insert(name, query);
    }
    for header in exchange.headers {
        let header = header.to_ascii_lowercase();
        if is_plain_key(&header) {
            seen.headers.insert(header, 1);
        }
    }
    seen.request = body(exchange.request);
    seen.responses.insert(exchange.status, body(exchange.response));
    seen
}

fn body(payload: Payload) -> BodyEvidence {
    match payload {
        Payload::Empty => BodyEvidence { empty: 1, ..BodyEvidence::default() },
        Payload::Text | Payload::Page => BodyEvidence { other: 1, ..BodyEvidence::default() },
        Payload::Bytes => BodyEvidence { bytes: 1, ..BodyEvidence::default() },
        Payload::Unread => BodyEvidence::default(),
        Payload::Json(shape) => BodyEvidence { json: *shape, ..BodyEvidence::default() },
    }
}
