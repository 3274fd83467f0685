//! What a response and an error know of the call they came from.

use super::operation::Operation;
use http::HeaderMap;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

/// A method and a path that the caller gave.
#[derive(Debug)]
pub(super) struct RawTarget {
    pub(super) method: String,
    pub(super) path: String,
}

/// Which call a response or an error came from.
#[derive(Clone)]
pub(super) struct Sent {
    pub(super) operation: &'static Operation,
    /// Instead of the operation's method and path.
    pub(super) raw: Option<Arc<RawTarget>>,
    /// How many requests were sent.
    pub(super) attempts: u32,
    /// From the first request on, waits included.
    pub(super) elapsed: Duration,
}

impl Sent {
    pub(super) fn method(&self) -> &str {
        self.raw.as_ref().map_or(self.operation.method, |raw| &raw.method)
    }

    pub(super) fn path(&self) -> &str {
        self.raw.as_ref().map_or(self.operation.path, |raw| &raw.path)
    }
}

impl fmt::Debug for Sent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.method(), self.path())
    }
}

/// What an error knows of its call, once it has one: on the heap, so that errors are small.
#[doc(hidden)]
#[derive(Clone, Default)]
pub struct Circumstances(Option<Box<Known>>);

/// Headers may hold what nobody should read: only the call is shown.
impl fmt::Debug for Circumstances {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Circumstances").field(&self.sent()).finish()
    }
}

#[derive(Clone, Default)]
struct Known {
    sent: Option<Sent>,
    headers: HeaderMap,
    said: Option<String>,
    at_token_endpoint: bool,
}

impl Circumstances {
    /// The call, unless one is known.
    pub(super) fn of(&mut self, sent: &Sent) {
        self.known().sent.get_or_insert_with(|| sent.clone());
    }

    /// How often and how long all was tried.
    pub(super) fn took(&mut self, attempts: u32, elapsed: Duration) {
        if let Some(sent) = &mut self.known().sent {
            (sent.attempts, sent.elapsed) = (attempts, elapsed);
        }
    }

    /// The headers of the response.
    pub(super) fn answered(&mut self, headers: &HeaderMap) {
        self.known().headers.clone_from(headers);
    }

    /// What the service says in its own words.
    pub(super) fn saying(&mut self, said: Option<String>) {
        self.known().said = said;
    }

    /// That the call was still waiting for a token.
    pub(super) fn without_token(mut self) -> Self {
        self.known().at_token_endpoint = true;
        self
    }

    fn known(&mut self) -> &mut Known {
        self.0.get_or_insert_default()
    }

    pub(super) fn sent(&self) -> Option<&Sent> {
        self.0.as_ref()?.sent.as_ref()
    }

    pub(super) fn headers(&self) -> Option<&HeaderMap> {
        self.0.as_ref().map(|known| &known.headers)
    }

    pub(super) fn said(&self) -> Option<&str> {
        self.0.as_ref()?.said.as_deref()
    }

    pub(super) fn is_at_token_endpoint(&self) -> bool {
        self.0.as_ref().is_some_and(|known| known.at_token_endpoint)
    }
}

/// What a service calls a response in its logs: the first header whose name says so.
pub(super) fn request_id(headers: &HeaderMap) -> Option<&str> {
    let ends = ["requestid", "correlationid", "traceid"];
    let named = |name: &str| {
        let letters: String = name.chars().filter(|c| *c != '-' && *c != '_').collect();
        ends.iter().any(|end| letters.ends_with(end))
    };
    let (_, value) = headers.iter().find(|(name, _)| named(name.as_str()))?;
    value.to_str().ok().filter(|id| !id.is_empty())
}
