//! Whether and when a request is sent again: pure decisions, and the budget that bounds them.

use super::error::Error;
use super::lock::lock;
use http::{HeaderMap, HeaderName};
use std::sync::Mutex;
use std::time::{Duration, SystemTime};

/// The longest wait a service can ask for; a longer hint is read as this.
const LONGEST_HINT: Duration = Duration::from_secs(60);
const BUDGET: u32 = 500;
const COST: u32 = 14;
const COST_OF_THROTTLING: u32 = 5;

/// How often a call is tried, and how long it waits in between.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RetryPolicy {
    attempts: u32,
    base: Duration,
    cap: Duration,
}

impl Default for RetryPolicy {
    fn default() -> Self {
        Self { attempts: 3, base: Duration::from_millis(500), cap: Duration::from_secs(20) }
    }
}

impl RetryPolicy {
    /// One attempt, no more.
    #[must_use]
    pub fn never() -> Self {
        Self::default().attempts(1)
    }

    /// How often a request is sent at most; 3 unless set.
    #[must_use]
    pub const fn attempts(mut self, attempts: u32) -> Self {
        self.attempts = attempts;
        self
    }

    /// The longest first wait, doubled for each further one; 500 ms unless set.
    #[must_use]
    pub const fn base(mut self, base: Duration) -> Self {
        self.base = base;
        self
    }

    /// The longest wait without a hint of the service's; 20 s unless set.
    #[must_use]
    pub const fn cap(mut self, cap: Duration) -> Self {
        self.cap = cap;
        self
    }

    /// The longest wait after `attempt` (from 1): `base · 2^(attempt − 1)`, at most the cap.
    pub(super) fn longest_wait(&self, attempt: u32) -> Duration {
        let factor = 1_u32.checked_shl(attempt.saturating_sub(1)).unwrap_or(u32::MAX);
        self.base.saturating_mul(factor).min(self.cap)
    }

    /// Whether another attempt may follow `attempt`.
    pub(super) const fn allows(&self, attempt: u32) -> bool {
        attempt < self.attempts
    }
}

/// Whether sending a request twice is the same as sending it once (RFC 9110 §9.2.2).
pub(super) fn is_idempotent(method: &str) -> bool {
    ["GET", "HEAD", "PUT", "DELETE", "OPTIONS", "TRACE"].contains(&method)
}

/// Whether a failed attempt may be repeated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Again {
    /// It would fail again.
    Never,
    /// It may have had an effect: only where repeating it is harmless.
    Idempotent,
    /// It had none.
    Always,
}

impl Again {
    /// What follows an attempt that ended with `error`.
    pub(super) fn after(error: &Error) -> Self {
        match error {
            Error::Connect { .. } => Self::Always,
            Error::Timeout { .. } | Error::Transport { .. } => Self::Idempotent,
            Error::Status { status, .. } => match status.as_u16() {
                429 => Self::Always,
                408 | 500 | 502 | 503 | 504 => Self::Idempotent,
                _ => Self::Never,
            },
            Error::InvalidInput { .. }
            | Error::Decode { .. }
            | Error::Paging { .. }
            | Error::WaitTimeout { .. }
            | Error::BodyTooLarge { .. }
            | Error::Auth { .. } => Self::Never,
        }
    }

    /// What follows a failure before anything of the call was sent.
    pub(super) fn unsent(error: &Error) -> Self {
        if error.is_retryable() { Self::Always } else { Self::Never }
    }

    pub(super) const fn is_allowed(self, idempotent: bool) -> bool {
        match self {
            Self::Never => false,
            Self::Idempotent => idempotent,
            Self::Always => true,
        }
    }
}

/// A failed attempt.
#[derive(Debug)]
pub(super) struct Failed {
    pub(super) error: Error,
    /// How long the service asks to wait.
    pub(super) wait: Option<Duration>,
    pub(super) again: Again,
}

impl From<Error> for Failed {
    fn from(error: Error) -> Self {
        Self { again: Again::after(&error), error, wait: None }
    }
}

/// The wait before the next attempt: what the service asks for and a little of the jitter, so that not all come back at once; else the jitter.
pub(super) fn wait_after(hint: Option<Duration>, jitter: Duration) -> Duration {
    hint.map_or(jitter, |hint| hint.saturating_add(jitter.min(hint / 4)).min(LONGEST_HINT))
}

/// How long the service asks to wait: `Retry-After` in seconds or as a date, else `X-RateLimit-Reset` minus `Date`.
///
/// Nonsense is no hint; nothing is longer than a minute.
pub(super) fn hint(headers: &HeaderMap, today: SystemTime) -> Option<Duration> {
    let wait = retry_after(headers, today).or_else(|| rate_limit_reset(headers))?;
    Some(wait.min(LONGEST_HINT))
}

fn retry_after(headers: &HeaderMap, today: SystemTime) -> Option<Duration> {
    let text = only(headers, &http::header::RETRY_AFTER)?;
    if let Some(seconds) = digits(text) {
        return Some(Duration::from_secs(seconds));
    }
    let date = httpdate::parse_http_date(text).ok()?;
    let from = date_of(headers).unwrap_or(today);
    Some(date.duration_since(from).unwrap_or_default())
}

fn rate_limit_reset(headers: &HeaderMap) -> Option<Duration> {
    let reset = digits(only(headers, &HeaderName::from_static("x-ratelimit-reset"))?)?;
    let reset = SystemTime::UNIX_EPOCH.checked_add(Duration::from_secs(reset))?;
    Some(reset.duration_since(date_of(headers)?).unwrap_or_default())
}

fn date_of(headers: &HeaderMap) -> Option<SystemTime> {
    httpdate::parse_http_date(only(headers, &http::header::DATE)?).ok()
}

/// The header's value, where it stands once.
fn only<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    let mut values = headers.get_all(name).iter();
    let value = values.next()?.to_str().ok()?;
    values.next().is_none().then_some(value.trim())
}

fn digits(text: &str) -> Option<u64> {
    text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok())?
}

/// Bounds the retries of all calls of a client together: a service in trouble is not stormed.
#[derive(Debug)]
pub(super) struct Budget(Mutex<u32>);

impl Default for Budget {
    fn default() -> Self {
        Self(Mutex::new(BUDGET))
    }
}

impl Budget {
    /// Takes what a retry after `error` costs; `None` where the budget is spent.
    pub(super) fn take(&self, error: &Error) -> Option<u32> {
        let throttled = error.status().is_some_and(|status| status.as_u16() == 429);
        let cost = if throttled { COST_OF_THROTTLING } else { COST };
        let mut left = lock(&self.0);
        *left = left.checked_sub(cost)?;
        Some(cost)
    }

    /// Gives back the cost of the last retry after a success; a first success gives one.
    pub(super) fn refund(&self, cost: u32) {
        let mut left = lock(&self.0);
        *left = left.saturating_add(cost.max(1)).min(BUDGET);
    }
}
