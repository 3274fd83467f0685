//! Sends a request until it succeeds, may not be repeated, or time runs out.

use super::attempt::{Attempt, Progress};
use super::auth::{Authentication, UsedCredential, authenticate, with_own};
use super::client::{Client, Inner};
use super::deadline::{Cut, Deadline, wait as pause, within};
use super::dynamic::DynamicVariables;
use super::error::{Error, Phase};
use super::idempotency;
use super::operation::Operation;
use super::prepared::Prepared;
use super::read::{Body, Sink, copy, from_transport, read_body};
use super::request::{Unauthenticated, request};
use super::response::RawResponse;
use super::response_stream::{ResponseStream, Rest};
use super::retry::{Again, Failed, RetryPolicy, hint, is_idempotent, wait_after};
use super::said::said;
use super::sent::Circumstances;
use super::trace::{Begun, CallSpan, Told};
use super::transport::{BoxFuture, HttpRequest, HttpResponse, ResponseBody};
use super::upload::Upload;
use bytes::Bytes;
use http::StatusCode;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

/// How one call is sent.
struct Plan {
    operation: &'static Operation,
    auth: Authentication,
    retry: RetryPolicy,
    idempotent: bool,
    total: Duration,
    /// Whether the body of a success is left to a writer or the caller.
    leaves_body: bool,
}

/// A success: read whole, or with its body still to be read.
struct Answered {
    raw: RawResponse,
    rest: Option<Box<dyn ResponseBody>>,
}

/// Sends `prepared`, and writes the body of a success into `sink` if any; boxed, so that each operation's future is small.
pub(super) fn send<'a>(
    client: Client,
    prepared: Prepared,
    sink: Option<Sink<'a>>,
) -> BoxFuture<'a, Result<RawResponse, Error>> {
    let body = sink.map_or(Body::Whole, Body::Into);
    call(client, prepared, body, |answered, _| answered.raw)
}

/// Sends `prepared`, and leaves the body of a success to the caller, at most `limit` bytes.
pub(super) fn open(
    client: Client,
    prepared: Prepared,
    limit: usize,
) -> BoxFuture<'static, Result<ResponseStream, Error>> {
    let opened = move |Answered { raw, rest }, deadline| {
        let rest = rest.map(|body| Rest::new(body, limit, deadline)).unwrap_or_default();
        ResponseStream { raw, rest }
    };
    call(client, prepared, Body::Left, opened)
}

/// A call in its span; what it gives is made of the response, and of the time that is left for its body.
fn call<'a, R: HasStatus + 'a>(
    client: Client,
    mut prepared: Prepared,
    body: Body<'a>,
    finish: impl FnOnce(Answered, Deadline) -> R + Send + 'a,
) -> BoxFuture<'a, Result<R, Error>> {
    let span = CallSpan::begin(&Begun {
        operation: prepared.operation.name,
        method: prepared.method(),
        template: Some(prepared.path_template()),
        base: client.inner.server(prepared.operation.server).unwrap_or_default(),
    });
    let call = Box::pin(async move {
        let inner = &*client.inner;
        idempotency::key(&mut prepared, inner.clock.today());
        prepared.upload = prepared.upload.as_ref().map(Upload::renewed);
        let plan = plan(inner, &prepared, !matches!(body, Body::Whole));
        if let Some(message) = prepared.wrong.take() {
            return Err(Error::invalid_input(message));
        }
        let (progress, started) = (Progress::new(plan.total), inner.clock.now());
        let sent = whole(inner, &prepared, (plan, body), &progress).await;
        let elapsed = inner.clock.now().saturating_sub(started);
        let of = prepared.sent(progress.tried(), elapsed);
        match sent {
            Ok(Answered { raw, rest }) => {
                let raw = RawResponse { sent: Some(of), ..raw };
                let deadline = Deadline::new(Arc::clone(&inner.clock), started, progress.limit);
                Ok(finish(Answered { raw, rest }, deadline))
            }
            Err(mut error) => {
                error.call_mut().of(&of);
                Err(error)
            }
        }
    });
    span.around(told, call)
}

/// What a call gives.
trait HasStatus {
    fn status(&self) -> StatusCode;
}

impl HasStatus for RawResponse {
    fn status(&self) -> StatusCode {
        self.status
    }
}

impl HasStatus for ResponseStream {
    fn status(&self) -> StatusCode {
        self.raw.status
    }
}

/// A call's end, for its span.
fn told(ended: &Result<impl HasStatus, Error>) -> Told {
    match ended {
        Ok(response) => Told { status: Some(response.status()), failure: None },
        Err(error) => Told { status: error.status(), failure: Some(error.kind()) },
    }
}

/// All attempts and the body of the last, within the call's time.
async fn whole(
    inner: &Inner,
    prepared: &Prepared,
    (plan, body): (Plan, Body<'_>),
    progress: &Progress,
) -> Result<Answered, Error> {
    let mut whole = pin!(async {
        let Answered { raw, rest } = attempts(inner, prepared, plan, progress).await?;
        match (rest, body) {
            (Some(rest), Body::Into(sink)) => {
                copy(rest, sink).await?;
                Ok(Answered { raw, rest: None })
            }
            (rest, _) => Ok(Answered { raw, rest }),
        }
    });
    // What time cuts off is dropped only after it is known to be late.
    match within(&*inner.clock, progress.limit, whole.as_mut()).await {
        Ok(ended) => ended,
        Err(Cut::NoTimer(error)) => Err(error),
        Err(Cut::Late) => {
            progress.run_out();
            Err(progress.late())
        }
    }
}

fn plan(inner: &Inner, prepared: &Prepared, leaves_body: bool) -> Plan {
    let once = prepared.is_sent_once().then(RetryPolicy::never);
    Plan {
        operation: prepared.operation,
        auth: inner.authentication(prepared),
        retry: once.or(prepared.retry).unwrap_or(inner.retry),
        idempotent: prepared.idempotent || is_idempotent(prepared.method()),
        total: prepared.timeout.unwrap_or(inner.limits.total),
        leaves_body,
    }
}

async fn attempts(
    inner: &Inner,
    prepared: &Prepared,
    plan: Plan,
    progress: &Progress,
) -> Result<Answered, Error> {
    let variables = DynamicVariables::new(inner.clock.today());
    let started = inner.clock.now();
    let mut attempt = 1;
    let mut spent = 0;
    let mut may_refresh = !prepared.is_sent_once();
    loop {
        let unauthenticated = request(inner, prepared, variables, attempt)?;
        let open = Attempt::begin(inner, prepared, progress, attempt);
        let (ended, given) = one_attempt(inner, unauthenticated, &plan, prepared).await;
        open.end(ended.as_ref().map(|it| it.raw.status).map_err(|failed| &failed.error));
        let failed = match ended {
            Ok(answer) => {
                inner.budget.refund(spent);
                return Ok(answer);
            }
            Err(failed) => failed,
        };
        if may_refresh && given.is_refused(&failed.error) {
            may_refresh = false;
            attempt += 1;
            continue;
        }
        let Failed { error, wait, again } = failed;
        if !plan.retry.allows(attempt) || !again.is_allowed(plan.idempotent) {
            return Err(error);
        }
        let wait = wait_after(wait, inner.clock.jitter(plan.retry.longest_wait(attempt)));
        let elapsed = inner.clock.now().saturating_sub(started);
        if elapsed.saturating_add(wait) >= plan.total {
            return Err(error);
        }
        match inner.budget.take(&error) {
            Some(cost) => spent = cost,
            None => return Err(error),
        }
        pause(&*inner.clock, wait).await?;
        attempt += 1;
    }
}

/// One request and its response, and the credential it was sent with.
async fn one_attempt(
    inner: &Inner,
    mut unauthenticated: Unauthenticated,
    plan: &Plan,
    prepared: &Prepared,
) -> (Result<Answered, Failed>, UsedCredential) {
    let authenticated = match &plan.auth {
        Authentication::Scheme(index) => authenticate(inner, *index, &mut unauthenticated).await,
        Authentication::Own(credential) => with_own(inner, credential, &mut unauthenticated),
        Authentication::None => Ok(UsedCredential::Fixed),
    };
    let given = match authenticated {
        Ok(given) => given,
        Err(failed) => return (Err(failed), UsedCredential::Fixed),
    };
    // How long a body takes that is read meanwhile is its source's affair.
    let limit = if prepared.upload.is_some() { plan.total } else { inner.limits.attempt };
    let exchanged = exchange(inner, unauthenticated.request, plan);
    let answered = match within(&*inner.clock, limit, exchanged).await {
        Ok(Ok(answered)) => {
            given.observe_response(&answered.raw);
            judged(inner, prepared, answered)
        }
        Ok(Err(error)) => Err(Failed::from(error)),
        Err(Cut::NoTimer(error)) => Err(error.into()),
        Err(Cut::Late) => {
            let call = Circumstances::default();
            Err(Error::Timeout { phase: Phase::Attempt, limit, call }.into())
        }
    };
    (answered, given)
}

/// A success as it is; any other status as an error.
fn judged(inner: &Inner, prepared: &Prepared, answered: Answered) -> Result<Answered, Failed> {
    if answered.raw.status.is_success() {
        return Ok(answered);
    }
    let RawResponse { status, headers, body, .. } = answered.raw;
    let retry_after = hint(&headers, inner.clock.today());
    let mut call = Circumstances::default();
    call.saying(said(&body, inner, prepared));
    call.answered(&headers);
    let error = Error::Status { status, retry_after, body, call };
    Err(Failed { again: Again::after(&error), error, wait: retry_after })
}

async fn exchange(inner: &Inner, request: HttpRequest, plan: &Plan) -> Result<Answered, Error> {
    let response = inner.transport.send(request).await.map_err(from_transport)?;
    if plan.leaves_body && response.status.is_success() {
        let HttpResponse { status, headers, body } = response;
        let raw = RawResponse { status, headers, body: Bytes::new(), sent: None };
        return Ok(Answered { raw, rest: Some(body) });
    }
    let raw = read_body(response, inner.limits.max_body).await?;
    Ok(Answered { raw, rest: None })
}
