//! Tokens: one request for all who wait, kept until shortly before they expire, never shown. Fault test 17.

use crate::harness::client::{Pet, add, builder, get};
use crate::runtime::test_util::{Reply, replay};
use crate::runtime::{
    BoxFuture, Client, ClientCredentials, Clock, CredentialValue, Error, HttpRequest, HttpResponse,
    RetryPolicy, SystemClock, Transport, TransportError, TransportErrorKind,
};
use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

fn credentials() -> ClientCredentials {
    ClientCredentials::new("/oauth/token", "my id", "canary-secret").audience("https://a/&b")
}

fn with(transport: impl Transport) -> Client {
    let builder = builder().base_url("https://pets.example").transport(transport);
    let credential = CredentialValue::ClientCredentials(credentials());
    builder.credential("token", credential).clock(Time::default()).build().unwrap()
}

fn token(value: &str, seconds: u64) -> Reply {
    Reply::json(200, format!(r#"{{"access_token": "{value}", "expires_in": {seconds}}}"#))
}

/// Time that passes when it is told to, on a monotonic clock that knows nothing of the skew.
#[derive(Clone, Default)]
struct Time {
    passed: Arc<AtomicU64>,
    skew: i64,
}

impl Time {
    fn seconds(&self) -> u64 {
        self.passed.load(Ordering::SeqCst)
    }

    fn pass(&self, seconds: u64) {
        self.passed.fetch_add(seconds, Ordering::SeqCst);
    }
}

impl Clock for Time {
    fn now(&self) -> Duration {
        Duration::from_secs(self.seconds())
    }

    fn today(&self) -> SystemTime {
        let shown = 1_700_000_000_i64 + self.skew + i64::try_from(self.seconds()).unwrap();
        SystemTime::UNIX_EPOCH + Duration::from_secs(shown.try_into().unwrap())
    }

    fn sleep(&self, wait: Duration) -> BoxFuture<'_, ()> {
        self.pass(wait.as_secs());
        Box::pin(async {})
    }

    fn deadline(&self, limit: Duration) -> BoxFuture<'_, ()> {
        Box::pin(async move { SystemClock.deadline(limit).await })
    }

    fn jitter(&self, most: Duration) -> Duration {
        most
    }
}

fn bearer(request: &HttpRequest) -> Option<&str> {
    request.headers.get("authorization")?.to_str().ok()
}

#[tokio::test]
async fn asks_for_a_token_once_and_sends_it() {
    let replay = replay([token("t1", 3600), Reply::json(200, "{}"), Reply::json(200, "{}")]);
    let client = with(replay.clone());
    get(&client, "1").send().await.unwrap();
    get(&client, "2").send().await.unwrap();
    let sent = replay.sent();
    assert_eq!(sent[0].url, "https://pets.example/oauth/token");
    assert_eq!(
        sent[0].body,
        "grant_type=client_credentials&client_id=my%20id&client_secret=canary-secret\
         &audience=https%3A%2F%2Fa%2F%26b"
    );
    assert_eq!(sent[1..].iter().map(bearer).collect::<Vec<_>>(), [Some("Bearer t1"); 2]);
    get(&client, "3").without_auth().send().await.unwrap_err();
    assert_eq!(bearer(&replay.sent()[3]), None);
}

#[tokio::test]
async fn one_401_asks_for_another_token_once() {
    let ok = || Reply::json(200, "{}");
    let refused = || Reply::status(401);
    let log = replay([token("t1", 3600), refused(), token("t2", 3600), ok()]);
    add(&with(log.clone()), &Pet::default()).send().await.unwrap();
    assert_eq!(bearer(&log.sent()[3]), Some("Bearer t2"));
    let log = replay([token("t1", 3600), refused(), token("t2", 3600), refused(), ok()]);
    let error = get(&with(log.clone()), "1").send().await.unwrap_err();
    assert_eq!(error.to_string(), "GET /pets/{id} answered 401 after 2 attempts");
    assert_eq!(log.left(), 1);
}

#[tokio::test]
async fn says_why_there_is_no_token_and_nothing_secret() {
    let echo = r#"{"error": "invalid_client", "error_description": "canary-secret"}"#;
    let cases = [
        (Reply::json(401, echo), "the token endpoint answered 401 (invalid_client)"),
        (Reply::json(400, r#"{"error": "canary-secret"}"#), "the token endpoint answered 400"),
        (Reply::json(200, "{}"), "the token endpoint answered without a token"),
        (Reply::json(200, "<html>"), "the token endpoint answered without a token"),
        (token("t", 0), "the token endpoint answers with tokens that have expired"),
    ];
    for (reply, wanted) in cases {
        let log = replay([reply]);
        let client = with(log.clone());
        let error = add(&client, &Pet::default()).send().await.unwrap_err();
        assert!(matches!(error, Error::Auth { .. }), "{error:?}");
        assert_eq!(error.to_string(), format!("POST /pets: {wanted}"));
        assert!(!format!("{error:?} {client:?} {:?}", credentials()).contains("canary"));
        assert_eq!(log.sent().len(), 1, "nothing else is sent");
    }
}

#[tokio::test]
async fn a_post_survives_a_token_endpoint_in_trouble() {
    let replies = [Reply::status(503), Reply::failure(TransportErrorKind::Broken)];
    let replies = replies.into_iter().chain([token("t1", 60), Reply::json(200, "{}")]);
    let log = replay(replies);
    add(&with(log.clone()), &Pet::default()).send().await.unwrap();
    assert_eq!(log.sent().len(), 4);
    let log = replay([Reply::status(503), Reply::status(503)]);
    let call = with(log.clone());
    let call = add(&call, &Pet::default()).retry(RetryPolicy::never());
    let error = call.send().await.unwrap_err();
    assert!(error.is_retryable(), "{error:?}");
}

/// Answers token requests slowly, counts them, and refuses expired tokens.
#[derive(Clone)]
struct Service {
    time: Time,
    latency: u64,
    slow: bool,
    tokens: Arc<Mutex<Vec<u64>>>,
    expired: Arc<AtomicU64>,
}

impl Service {
    fn new(time: &Time, latency: u64, slow: bool) -> Self {
        let (tokens, expired) = (Arc::default(), Arc::default());
        Self { time: time.clone(), latency, slow, tokens, expired }
    }

    fn builder(&self) -> Client {
        let builder = builder().base_url("https://pets.example").transport(self.clone());
        let credential = CredentialValue::ClientCredentials(credentials());
        builder.credential("token", credential).clock(self.time.clone()).build().unwrap()
    }

    fn issued(&self) -> usize {
        self.tokens.lock().unwrap().len()
    }
}

impl Transport for Service {
    fn send(&self, request: HttpRequest) -> BoxFuture<'_, Result<HttpResponse, TransportError>> {
        Box::pin(async move {
            if self.slow {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
            self.time.pass(self.latency);
            let now = self.time.seconds();
            let mut tokens = self.tokens.lock().unwrap();
            let mut status = StatusCode::OK;
            let mut body = "{}".to_owned();
            if request.url.ends_with("/oauth/token") {
                tokens.push(now + 3600);
                body = format!(r#"{{"access_token": "{}", "expires_in": 3600}}"#, tokens.len());
            } else {
                let number = bearer(&request).and_then(|it| it.strip_prefix("Bearer "));
                let number: usize = number.and_then(|it| it.parse().ok()).unwrap();
                if tokens[number - 1] <= now {
                    self.expired.fetch_add(1, Ordering::SeqCst);
                    status = StatusCode::UNAUTHORIZED;
                }
            }
            let body = Box::new(Some(Bytes::from(body)));
            Ok(HttpResponse { status, headers: HeaderMap::new(), body })
        })
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_hundred_callers_share_one_request_even_when_its_starter_goes() {
    let service = Service::new(&Time::default(), 0, true);
    let client = service.builder();
    let starter = client.clone();
    let starter = tokio::spawn(async move { get(&starter, "0").send().await.map(drop) });
    tokio::time::sleep(Duration::from_millis(5)).await;
    let callers = (0..100).map(|id| {
        let client = client.clone();
        tokio::spawn(async move { get(&client, &format!("p{id}")).send().await.map(drop) })
    });
    let callers = callers.collect::<Vec<_>>();
    starter.abort();
    for caller in callers {
        caller.await.unwrap().unwrap();
    }
    assert_eq!(service.issued(), 1);
}

#[tokio::test]
async fn no_expired_token_is_sent_in_a_day() {
    for skew in [-300, 0, 300] {
        for latency in [0, 1, 25] {
            let time = Time { skew, ..Time::default() };
            let service = Service::new(&time, latency, false);
            let client = service.builder();
            let mut calls = 0;
            while time.seconds() < 24 * 3600 {
                get(&client, "1").send().await.unwrap();
                time.pass(17);
                calls += 1;
            }
            let (issued, expired) = (service.issued(), service.expired.load(Ordering::SeqCst));
            println!("skew {skew} s, latency {latency} s: {calls} calls, {issued} tokens");
            assert_eq!(expired, 0);
            assert!((24..=27).contains(&issued), "{issued}");
        }
    }
}
