//! What is logged of an attempt, with the feature `tracing`: never a URL, a query, a header or a body.

use super::error::Error;
use super::operation::Operation;
use http::StatusCode;
use std::time::Duration;

/// How an attempt ended.
pub(super) struct Ended<'a> {
    pub(super) operation: &'static Operation,
    pub(super) attempt: u32,
    pub(super) took: Duration,
    pub(super) outcome: Result<StatusCode, &'a Error>,
}

#[cfg(feature = "tracing")]
pub(super) fn ended(ended: &Ended<'_>) {
    let status = match ended.outcome {
        Ok(status) => Some(status),
        Err(error) => error.status(),
    };
    tracing::debug!(
        operation = ended.operation.name,
        method = ended.operation.method,
        path = ended.operation.path,
        status = status.map(|status| status.as_u16()),
        failure = ended.outcome.err().map(Error::kind),
        attempt = ended.attempt,
        duration_ms = u64::try_from(ended.took.as_millis()).unwrap_or(u64::MAX),
        "attempt"
    );
}

#[cfg(not(feature = "tracing"))]
pub(super) const fn ended(_: &Ended<'_>) {}
