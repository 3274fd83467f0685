//! For tests of code that uses the client: responses without a socket, and the log of what was sent.
//!
//! Give the builder `.transport(replay)`, keep a clone of the replay, and ask it what was sent. A [`Recorder`] writes what a real service answers into a file, and [`Replay::from_file`] answers with it.

pub use super::recorder::Recorder;
pub use super::replay::{Replay, replay};
pub use super::reply::Reply;

use super::clock::{Clock, SystemClock, time_of_day};
use super::error::{Error, Phase};
use super::lock::lock;
use super::retry::hint;
use super::sent::Circumstances;
use super::transport::BoxFuture;
use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

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
