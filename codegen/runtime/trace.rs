//! What is logged of an attempt, with the feature `tracing`: never a URL, a query, a header or a body. The fields have OpenTelemetry's names for HTTP clients.

use super::error::Error;
use super::sent::Sent;
use http::StatusCode;
use std::time::Duration;

/// How an attempt ended.
pub(super) struct Ended<'a> {
    pub(super) sent: &'a Sent,
    pub(super) outcome: Result<StatusCode, &'a Error>,
}

#[cfg(feature = "tracing")]
pub(super) fn ended(ended: &Ended<'_>) {
    let status = match ended.outcome {
        Ok(status) => Some(status),
        Err(error) => error.status(),
    };
    tracing::debug!(
        target: TARGET,
        operation = ended.sent.operation.name,
        http.request.method = ended.sent.method(),
        url.template = ended.sent.path(),
        http.response.status_code = status.map(|status| status.as_u16()),
        "error.type" = ended.outcome.err().map(Error::kind),
        http.request.resend_count = ended.sent.attempts.saturating_sub(1),
        duration_ms = millis(ended.sent.elapsed),
        "attempt"
    );
}

/// A request for a token ended, with this status if there was a response.
#[cfg(feature = "tracing")]
pub(super) fn token(status: Option<StatusCode>, took: Duration) {
    tracing::debug!(
        target: TARGET,
        operation = "token",
        http.request.method = "POST",
        http.response.status_code = status.map(|status| status.as_u16()),
        duration_ms = millis(took),
        "token"
    );
}

/// The crate's name, which is how logs are filtered.
#[cfg(feature = "tracing")]
const TARGET: &str = env!("CARGO_CRATE_NAME");

#[cfg(feature = "tracing")]
fn millis(took: Duration) -> u64 {
    u64::try_from(took.as_millis()).unwrap_or(u64::MAX)
}

#[cfg(not(feature = "tracing"))]
pub(super) const fn ended(_: &Ended<'_>) {}

#[cfg(not(feature = "tracing"))]
pub(super) const fn token(_: Option<StatusCode>, _: Duration) {}
