//! For tests of code that uses the client: responses without a socket, and the log of what was sent.
//!
//! Give the builder `.transport(replay)`, keep a clone of the replay, and ask it what was sent.

pub use super::recorder::Recorder;

use super::clock::{Clock, SystemClock, time_of_day};
use super::error::{Error, Phase};
use super::lock::lock;
use super::retry::hint;
use super::sent::Circumstances;
use super::transport::{
    BoxFuture, HttpRequest, HttpResponse, Transport, TransportError, TransportErrorKind,
};
use bytes::Bytes;
use http::header::{CONTENT_TYPE, HeaderName, HeaderValue};
use http::{HeaderMap, StatusCode};
use std::collections::VecDeque;
use std::fmt;
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

/// A response to be given.
#[derive(Clone, Debug)]
pub struct Reply {
    status: StatusCode,
    headers: HeaderMap,
    body: Result<Bytes, TransportErrorKind>,
}

impl Reply {
    /// A response without a body; 500 where `status` is none.
    #[must_use]
    pub fn status(status: u16) -> Self {
        let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        Self { status, headers: HeaderMap::new(), body: Ok(Bytes::new()) }
    }

    /// A response of JSON, given as text.
    #[must_use]
    pub fn json(status: u16, body: impl Into<Bytes>) -> Self {
        let mut reply = Self::status(status).body(body);
        reply.headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        reply
    }

    /// No response: a failure of the transport.
    #[must_use]
    pub fn failure(kind: TransportErrorKind) -> Self {
        Self { body: Err(kind), ..Self::status(500) }
    }

    /// With this body.
    #[must_use]
    pub fn body(mut self, body: impl Into<Bytes>) -> Self {
        self.body = Ok(body.into());
        self
    }

    /// With a header; one that cannot be sent is left out.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        let (name, value) = (HeaderName::try_from(name), HeaderValue::try_from(value));
        if let (Ok(name), Ok(value)) = (name, value) {
            self.headers.append(name, value);
        }
        self
    }
}

/// A transport that gives `replies` one after the other, and then fails.
pub fn replay(replies: impl IntoIterator<Item = Reply>) -> Replay {
    let replies = replies.into_iter().collect();
    Replay { shared: Arc::new(Shared { replies: Mutex::new(replies), sent: Mutex::default() }) }
}

/// What [`replay`] gives: a transport, and the log of what was sent. Clones share both.
#[derive(Clone)]
pub struct Replay {
    shared: Arc<Shared>,
}

struct Shared {
    replies: Mutex<VecDeque<Reply>>,
    sent: Mutex<Vec<HttpRequest>>,
}

impl fmt::Debug for Replay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Replay").field("left", &self.left()).finish_non_exhaustive()
    }
}

impl Replay {
    /// The requests so far, in the order they were sent.
    #[must_use]
    pub fn sent(&self) -> Vec<HttpRequest> {
        lock(&self.shared.sent).clone()
    }

    /// How many replies were not asked for.
    #[must_use]
    pub fn left(&self) -> usize {
        lock(&self.shared.replies).len()
    }
}

impl Transport for Replay {
    fn send(&self, request: HttpRequest) -> BoxFuture<'_, Result<HttpResponse, TransportError>> {
        lock(&self.shared.sent).push(request);
        let reply = lock(&self.shared.replies).pop_front();
        Box::pin(async move {
            let Some(Reply { status, headers, body }) = reply else {
                return Err(failed(TransportErrorKind::Refused, "the replay has no reply left"));
            };
            let body = body.map_err(|kind| failed(kind, "the replay says so"))?;
            let body = Some(body).filter(|body| !body.is_empty());
            Ok(HttpResponse { status, headers, body: Box::new(body) })
        })
    }
}

/// A clock that does not wait: a call with retries ends at once, and each wait puts the clock forward.
#[derive(Clone, Debug)]
pub struct NoWait {
    today: SystemTime,
    waited: Arc<Mutex<Duration>>,
}

impl Default for NoWait {
    fn default() -> Self {
        Self { today: time_of_day(), waited: Arc::default() }
    }
}

impl NoWait {
    /// A clock that begins now.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// How long the calls would have waited so far.
    #[must_use]
    pub fn waited(&self) -> Duration {
        *lock(&self.waited)
    }
}

impl Clock for NoWait {
    fn now(&self) -> Duration {
        self.waited()
    }

    fn today(&self) -> SystemTime {
        self.today.checked_add(self.waited()).unwrap_or(self.today)
    }

    fn sleep(&self, wait: Duration) -> BoxFuture<'_, ()> {
        let mut waited = lock(&self.waited);
        *waited = waited.saturating_add(wait);
        Box::pin(async {})
    }

    /// What really hangs is late as ever where tokio's timer is there; without it nothing is.
    fn deadline(&self, limit: Duration) -> BoxFuture<'_, ()> {
        match SystemClock.ready() {
            Ok(()) => Box::pin(async move { SystemClock.deadline(limit).await }),
            Err(_) => Box::pin(std::future::pending()),
        }
    }

    fn jitter(&self, most: Duration) -> Duration {
        most
    }
}

/// What a call fails with where a service answers with this status and body: for tests of code that handles it.
#[must_use]
pub fn status_error(status: StatusCode, headers: &HeaderMap, body: impl Into<Bytes>) -> Error {
    let mut call = Circumstances::default();
    call.answered(headers);
    let retry_after = hint(headers, time_of_day());
    Error::Status { status, retry_after, body: body.into(), call }
}

/// What a call fails with that took longer than `limit`.
#[must_use]
pub fn timeout_error(limit: Duration) -> Error {
    Error::Timeout { phase: Phase::Total, limit, call: Circumstances::default() }
}

fn failed(kind: TransportErrorKind, message: &str) -> TransportError {
    TransportError { kind, source: message.into() }
}
