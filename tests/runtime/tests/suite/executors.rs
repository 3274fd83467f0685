//! Without tokio: a client runs wherever its transport and its clock do, and says what is missing where they do not.

use crate::harness::client::{Pet, add, builder, client, get};
use crate::runtime::test_util::{NoWait, Reply, replay};
use crate::runtime::{
    BoxFuture, ClientCredentials, Clock, CredentialValue, Error, HttpRequest, HttpResponse, Phase,
    RetryPolicy, ThreadClock, Transport, TransportError,
};
use futures_executor::block_on;
use std::future::{Future, pending};
use std::sync::mpsc::channel;
use std::thread;
use std::time::{Duration, Instant};

/// A transport that never answers.
struct Silent;

impl Transport for Silent {
    fn send(&self, _: HttpRequest) -> BoxFuture<'_, Result<HttpResponse, TransportError>> {
        Box::pin(pending())
    }
}

#[test]
fn a_replay_runs_on_any_executor() {
    let log = replay([Reply::json(200, r#"{"name": "Rex"}"#), Reply::status(204)]);
    let client = client("https://pets.example").transport(log).build().unwrap();
    let pet = block_on(get(&client, "1").send()).unwrap();
    assert_eq!(pet.name.as_deref(), Some("Rex"));
    block_on(add(&client, &Pet::default()).send()).unwrap();
}

#[test]
fn retries_and_tokens_run_on_any_executor() {
    let token = r#"{"access_token": "t", "expires_in": 60}"#;
    let log = replay([Reply::json(200, token), Reply::status(503), Reply::json(200, "{}")]);
    let clock = NoWait::new();
    let credential = ClientCredentials::new("/oauth/token", "id", "secret");
    let client = builder().base_url("https://pets.example").transport(log).clock(clock.clone());
    let client = client.credential("token", CredentialValue::ClientCredentials(credential));
    let pet = block_on(get(&client.build().unwrap(), "1").send()).unwrap();
    assert_eq!((pet.attempts(), clock.waited()), (2, Duration::from_millis(500)));
}

#[test]
fn what_has_to_wait_without_tokio_says_so() {
    let log = replay([Reply::status(503), Reply::json(200, "{}")]);
    let retrying = client("https://pets.example").transport(log.clone()).build().unwrap();
    let silent = client("https://pets.example").transport(Silent).build().unwrap();
    for client in [retrying, silent] {
        let error = block_on(get(&client, "1").send()).unwrap_err();
        assert!(matches!(error, Error::InvalidInput { .. }), "{error:?}");
        let text = error.to_string();
        assert!(text.contains("no tokio runtime is here to wait by"), "{text}");
        assert!(text.contains("`.clock(…)`"), "{text}");
    }
    assert_eq!(log.left(), 1, "what cannot wait is not sent again");
}

#[test]
fn the_default_transport_without_tokio_says_so() {
    let client = client("http://127.0.0.1:9").build().unwrap();
    let error = block_on(get(&client, "1").send()).unwrap_err();
    assert!(error.to_string().contains("reqwest needs a tokio runtime"), "{error}");
}

#[test]
fn a_clock_of_another_executor_ends_attempts_and_calls() {
    let limit = Duration::from_millis(30);
    let silent = || client("https://pets.example").transport(Silent).clock(ThreadClock);
    let attempt = silent().attempt_timeout(limit).timeout(limit * 2).build().unwrap();
    let error = block_on(add(&attempt, &Pet::default()).send()).unwrap_err();
    assert!(matches!(error, Error::Timeout { phase: Phase::Attempt, .. }), "{error:?}");
    let total = silent().timeout(limit).build().unwrap();
    let began = Instant::now();
    let error = block_on(get(&total, "1").send()).unwrap_err();
    assert!(matches!(error, Error::Timeout { phase: Phase::Total, .. }), "{error:?}");
    assert!(began.elapsed() >= limit && began.elapsed() < Duration::from_secs(5));
}

#[test]
fn a_tokio_runtime_without_a_timer_waits_by_a_thread() {
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let wait = Duration::from_millis(20);
    let log = replay([Reply::status(503), Reply::json(200, "{}")]);
    let retry = RetryPolicy::default().base(wait);
    let builder = client("https://pets.example").clock(ThreadClock).retry(retry);
    let retrying = builder.clone().transport(log.clone()).build().unwrap();
    assert_eq!(runtime.block_on(get(&retrying, "1").send()).unwrap().attempts(), 2);
    let silent = builder.transport(Silent).timeout(wait).build().unwrap();
    let error = runtime.block_on(get(&silent, "1").send()).unwrap_err();
    assert!(matches!(error, Error::Timeout { phase: Phase::Total, .. }), "{error:?}");
}

#[test]
fn a_thread_ends_waits_in_the_order_of_their_ends_and_forgets_those_given_up() {
    let (began, (tell, told)) = (Instant::now(), channel());
    let threads = [90_u64, 30, 60].map(|millis| {
        let tell = tell.clone();
        thread::spawn(move || {
            block_on(ThreadClock.sleep(Duration::from_millis(millis)));
            tell.send((millis, began.elapsed())).unwrap();
        })
    });
    let mut given_up = ThreadClock.sleep(Duration::MAX);
    let waker = std::task::Waker::noop();
    let polled = given_up.as_mut().poll(&mut std::task::Context::from_waker(waker));
    assert!(polled.is_pending());
    drop(given_up);
    block_on(ThreadClock.sleep(Duration::ZERO));
    threads.into_iter().for_each(|thread| thread.join().unwrap());
    drop(tell);
    let ended: Vec<_> = told.iter().collect();
    assert_eq!(ended.iter().map(|it| it.0).collect::<Vec<_>>(), [30, 60, 90]);
    assert!(ended.iter().all(|(millis, took)| *took >= Duration::from_millis(*millis)));
}

#[test]
fn a_body_that_never_pauses_is_late_too() {
    /// Bytes without end, always there.
    struct Endless;
    impl crate::runtime::ResponseBody for Endless {
        fn poll_chunk(
            &mut self,
            context: &mut std::task::Context<'_>,
        ) -> std::task::Poll<Result<Option<bytes::Bytes>, TransportError>> {
            // As a socket of tokio's: after some pieces the task has to yield.
            let mut yielding = std::pin::pin!(tokio::task::coop::consume_budget());
            let ready = yielding.as_mut().poll(context);
            ready.map(|()| Ok(Some(bytes::Bytes::from_static(b"x"))))
        }
    }
    struct Flood;
    impl Transport for Flood {
        fn send(&self, _: HttpRequest) -> BoxFuture<'_, Result<HttpResponse, TransportError>> {
            let (status, headers) = (http::StatusCode::OK, http::HeaderMap::new());
            Box::pin(async move { Ok(HttpResponse { status, headers, body: Box::new(Endless) }) })
        }
    }
    let client = client("https://pets.example").transport(Flood).max_body(usize::MAX);
    let client = client.timeout(Duration::from_millis(50)).build().unwrap();
    // A thread of its own: what never pauses lets no timer of this one end the test.
    let (tell, told) = channel();
    thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
        let mut sink = tokio::io::sink();
        let sent = runtime.block_on(get(&client, "1").send_to(&mut sink, usize::MAX));
        tell.send(sent.map(drop)).unwrap();
    });
    let error = told.recv_timeout(Duration::from_secs(20)).expect("it ends").unwrap_err();
    assert!(matches!(error, Error::Timeout { phase: Phase::Total, .. }), "{error:?}");
}
