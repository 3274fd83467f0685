//! Sends a request until it succeeds, may not be repeated, or time runs out.

use super::answer::RawResponse;
use super::auth::authenticate;
use super::call::Prepared;
use super::client::{Client, Inner};
use super::error::{Error, Phase};
use super::request::request;
use super::retry::{hint, is_idempotent, is_repeatable};
use super::spec::OperationSpec;
use super::transport::{BoxFuture, HttpRequest, HttpResponse, TransportError, TransportErrorKind};
use bytes::{Bytes, BytesMut};
use std::time::Duration;

/// How one call is sent.
struct Plan {
    spec: &'static OperationSpec,
    retry: super::retry::RetryPolicy,
    idempotent: bool,
    total: Duration,
}

/// Sends `prepared`; boxed, so that each operation's future is small.
pub(super) fn send(
    client: &Client,
    prepared: Prepared,
) -> BoxFuture<'_, Result<RawResponse, Error>> {
    Box::pin(async move {
        let inner = &*client.inner;
        let (spec, timeout) = (prepared.spec, prepared.timeout);
        let (retry, idempotent) = (prepared.retry, prepared.idempotent);
        let request = request(inner, prepared)?;
        let plan = Plan {
            spec,
            retry: retry.unwrap_or(inner.retry),
            idempotent: idempotent || is_idempotent(&request.method),
            total: timeout.unwrap_or(inner.limits.total),
        };
        let limit = plan.total;
        tokio::time::timeout(limit, attempts(inner, request, plan))
            .await
            .unwrap_or(Err(Error::Timeout { phase: Phase::Total, limit }))
    })
}

async fn attempts(inner: &Inner, request: HttpRequest, plan: Plan) -> Result<RawResponse, Error> {
    let started = inner.clock.now();
    let mut attempt = 1;
    let mut spent = 0;
    loop {
        let (error, wait) = match one_attempt(inner, &request, &plan, attempt).await {
            Ok(answer) => {
                inner.budget.refund(spent);
                return Ok(answer);
            }
            Err(failed) => failed,
        };
        if !plan.retry.allows(attempt) || !is_repeatable(&error, plan.idempotent) {
            return Err(error);
        }
        let jitter = inner.clock.jitter(plan.retry.longest_wait(attempt));
        let wait = wait.map_or(jitter, |hint| hint.saturating_add(jitter.min(hint / 4)));
        let elapsed = inner.clock.now().saturating_duration_since(started);
        if elapsed.saturating_add(wait) >= plan.total {
            return Err(error);
        }
        match inner.budget.take(&error) {
            Some(cost) => spent = cost,
            None => return Err(error),
        }
        inner.clock.sleep(wait).await;
        attempt += 1;
    }
}

/// One request and its answer; a failure comes with the wait the service asks for.
async fn one_attempt(
    inner: &Inner,
    request: &HttpRequest,
    plan: &Plan,
    attempt: u32,
) -> Result<RawResponse, (Error, Option<Duration>)> {
    let limit = inner.limits.attempt;
    let answer = match tokio::time::timeout(limit, exchange(inner, request, plan)).await {
        Ok(answer) => answer.map_err(|error| (error, None))?,
        Err(_) => return Err((Error::Timeout { phase: Phase::Attempt, limit }, None)),
    };
    if answer.status.is_success() {
        return Ok(answer);
    }
    let retry_after = hint(&answer.headers, inner.clock.today());
    let error = Error::Status {
        status: answer.status,
        retry_after,
        body: answer.body,
        attempts: attempt,
        operation: plan.spec,
    };
    Err((error, retry_after))
}

async fn exchange(inner: &Inner, request: &HttpRequest, plan: &Plan) -> Result<RawResponse, Error> {
    let mut request = request.clone();
    if let Some(index) = plan.spec.auth {
        authenticate(inner, index, &mut request)?;
    }
    let response = inner.transport.send(request).await.map_err(from_transport)?;
    read_body(response, inner.limits.max_body).await
}

async fn read_body(response: HttpResponse, limit: usize) -> Result<RawResponse, Error> {
    let HttpResponse { status, headers, mut body } = response;
    let mut first = Bytes::new();
    let mut whole = BytesMut::new();
    while let Some(piece) = body.chunk().await.map_err(from_transport)? {
        if first.len() + whole.len() + piece.len() > limit {
            return Err(Error::BodyTooLarge { limit });
        }
        if first.is_empty() && whole.is_empty() {
            first = piece;
        } else {
            if whole.is_empty() {
                whole.extend_from_slice(&std::mem::take(&mut first));
            }
            whole.extend_from_slice(&piece);
        }
    }
    let body = if whole.is_empty() { first } else { whole.freeze() };
    Ok(RawResponse { status, headers, body })
}

fn from_transport(error: TransportError) -> Error {
    match error.kind {
        TransportErrorKind::Connect | TransportErrorKind::ConnectTimeout => {
            Error::Connect { source: error.source }
        }
        TransportErrorKind::Refused => Error::invalid(error.source.to_string()),
        TransportErrorKind::Broken => Error::Transport { source: error.source },
    }
}
