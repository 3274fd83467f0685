//! Waits until something is done: a call that is sent again and again until its response says so.

use super::call::Call;
use super::client::Client;
use super::deadline::wait as pause;
use super::error::{Error, Phase};
use super::prepared::Prepared;
use super::response::{FromResponse, RawResponse, Response};
use super::retry::hint;
use super::send;
use super::sent::Circumstances;
use super::transport::BoxFuture;
use bytes::Bytes;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

const FIRST: Duration = Duration::from_secs(1);
const CAP: Duration = Duration::from_secs(15);
const LIMIT: Duration = Duration::from_secs(300);

type IsDone<T> = Box<dyn FnMut(&Response<T>) -> bool + Send>;
type MayPass = Box<dyn FnMut(&Error) -> bool + Send>;

impl<T: FromResponse> Call<T> {
    /// A wait: sends the call again and again until `is_done` holds for its response.
    ///
    /// ```text
    /// let job = client.jobs().get(id)
    ///     .wait_until(|job| job.status.as_deref() == Some("completed"))
    ///     .limit(Duration::from_secs(600))
    ///     .send()
    ///     .await?;
    /// ```
    ///
    /// One second after the first response, and ever half as much longer, at most 15; where a response says `Retry-After`, after that. A failure that the call's own retries do not mend ends the wait, unless [`WaitUntil::despite`] says otherwise.
    pub fn wait_until(
        self,
        is_done: impl FnMut(&Response<T>) -> bool + Send + 'static,
    ) -> WaitUntil<T> {
        let (client, prepared) = self.into_parts();
        let (first, cap, limit) = (FIRST, CAP, LIMIT);
        let (is_done, may_pass) = (Box::new(is_done), Box::new(|_: &Error| false));
        WaitUntil { client, prepared, is_done, may_pass, first, cap, limit }
    }
}

/// A wait that is still to begin, made by [`Call::wait_until`].
#[must_use = "nothing is sent before `send`"]
pub struct WaitUntil<T> {
    client: Client,
    prepared: Prepared,
    is_done: IsDone<T>,
    may_pass: MayPass,
    first: Duration,
    cap: Duration,
    limit: Duration,
}

impl<T> fmt::Debug for WaitUntil<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let operation = self.prepared.operation.name;
        f.debug_struct("WaitUntil").field("operation", &operation).finish_non_exhaustive()
    }
}

impl<T> WaitUntil<T> {
    /// How long it waits after the first response, and at least after each: 1 s unless set.
    pub const fn first(mut self, wait: Duration) -> Self {
        self.first = wait;
        self
    }

    /// The longest wait between two calls, `Retry-After` apart: 15 s unless set.
    pub const fn cap(mut self, cap: Duration) -> Self {
        self.cap = cap;
        self
    }

    /// How long it takes at most, all calls included: 5 minutes unless set. Then it fails with [`Error::WaitTimeout`], which holds the last response.
    pub const fn limit(mut self, limit: Duration) -> Self {
        self.limit = limit;
        self
    }

    /// Goes on after failures for which `may_pass` holds: what is waited for may not be there yet.
    ///
    /// ```text
    /// .despite(|error| error.is_not_found())
    /// ```
    pub fn despite(mut self, may_pass: impl FnMut(&Error) -> bool + Send + 'static) -> Self {
        self.may_pass = Box::new(may_pass);
        self
    }
}

/// What one call came to.
enum Ended<T> {
    Done(Response<T>),
    /// With how long the service asks to wait.
    NotYet(Last, Option<Duration>),
    Failed(Error),
}

/// The last response, done or not.
struct Last {
    body: Bytes,
    call: Circumstances,
}

impl<T: FromResponse + Send + 'static> WaitUntil<T> {
    /// Sends the call until its response is as it was waited for, and gives this response.
    ///
    /// # Errors
    ///
    /// [`Error::WaitTimeout`] where time ran out; else what a call failed with.
    pub fn send(self) -> BoxFuture<'static, Result<Response<T>, Error>> {
        Box::pin(self.run())
    }

    async fn run(mut self) -> Result<Response<T>, Error> {
        let clock = Arc::clone(&self.client.inner.clock);
        let begun = clock.now();
        let elapsed = || clock.now().saturating_sub(begun);
        let (mut sent, mut wait) = (0_u32, self.first);
        let mut last = None;
        loop {
            let left = self.limit.saturating_sub(elapsed());
            let ended = self.once(left).await;
            let tried = ended.as_ref().map_or_else(Error::attempts, RawResponse::attempts);
            sent = sent.saturating_add(tried);
            let (now, asked) = match self.judged(ended) {
                Ended::Done(response) => return Ok(response),
                Ended::NotYet(now, asked) => (now, asked),
                Ended::Failed(error) => match last.filter(|_| is_cut_off(&error, left)) {
                    Some(last) => return Err(self.late(last, sent, elapsed())),
                    None => return Err(error),
                },
            };
            let next = asked.map_or(wait, |asked| asked.max(self.first));
            if elapsed().saturating_add(next) >= self.limit {
                return Err(self.late(now, sent, elapsed()));
            }
            last = Some(now);
            pause(&*clock, next).await?;
            wait = wait.saturating_add(wait / 2).min(self.cap);
        }
    }

    /// One call, within what is left of the time.
    fn once(&self, left: Duration) -> BoxFuture<'static, Result<RawResponse, Error>> {
        let mut prepared = self.prepared.clone();
        let total = prepared.timeout.unwrap_or(self.client.inner.limits.total);
        prepared.timeout = Some(total.min(left));
        send::send(self.client.clone(), prepared, None)
    }

    fn judged(&mut self, ended: Result<RawResponse, Error>) -> Ended<T> {
        let raw = match ended {
            Ok(raw) => raw,
            Err(error) if (self.may_pass)(&error) => {
                let asked = error.retry_after();
                return Ended::NotYet(Last::failed(error), asked);
            }
            Err(error) => return Ended::Failed(error),
        };
        match raw.clone().read() {
            Ok(response) if (self.is_done)(&response) => Ended::Done(response),
            Ok(_) => {
                let asked = hint(&raw.headers, self.client.inner.clock.today());
                Ended::NotYet(Last::answered(raw), asked)
            }
            Err(error) => Ended::Failed(error),
        }
    }

    fn late(&self, last: Last, attempts: u32, elapsed: Duration) -> Error {
        let Last { body, mut call } = last;
        call.took(attempts, elapsed);
        Error::WaitTimeout { limit: self.limit, body, call }
    }
}

/// Whether a call was given up because the wait is over.
fn is_cut_off(error: &Error, left: Duration) -> bool {
    matches!(error, Error::Timeout { phase: Phase::Total, limit, .. } if *limit >= left)
}

impl Last {
    fn answered(raw: RawResponse) -> Self {
        let RawResponse { headers, body, sent, .. } = raw;
        let mut call = Circumstances::default();
        sent.iter().for_each(|sent| call.of(sent));
        call.answered(&headers);
        Self { body, call }
    }

    fn failed(mut error: Error) -> Self {
        let call = std::mem::take(error.call_mut());
        let body = if let Error::Status { body, .. } = error { body } else { Bytes::new() };
        Self { body, call }
    }
}
