//! What an error tells whoever is on call: which call, how often, how long, and what the service said.

use crate::harness::client::{Pet, add, client, get};
use crate::runtime::test_util::{NoWait, Reply, replay, status_error, timeout_error};
use crate::runtime::{
    BoxFuture, Client, CredentialValue, Error, HeaderMap, HttpRequest, HttpResponse, RetryPolicy,
    StatusCode, Transport, TransportError, TransportErrorKind,
};
use std::time::Duration;

/// Never answers.
struct Silent;

impl Transport for Silent {
    fn send(&self, _: HttpRequest) -> BoxFuture<'_, Result<HttpResponse, TransportError>> {
        Box::pin(std::future::pending())
    }
}

fn built(replies: impl IntoIterator<Item = Reply>) -> Client {
    let client = client("https://pets.example").transport(replay(replies));
    client.retry(RetryPolicy::default().base(Duration::ZERO)).build().unwrap()
}

#[tokio::test]
async fn a_status_says_what_was_called_and_what_the_service_said() {
    let body = r#"{"statusCode": 404, "error": "Not Found", "message": "There is no such pet."}"#;
    let reply = Reply::json(404, body).header("x-request-id", "r-7").header("x-rate-left", "3");
    let error = get(&built([reply]), "canary").send().await.unwrap_err();
    let line =
        "GET /pets/{id} answered 404 after 1 attempt: There is no such pet. (request id r-7)";
    assert_eq!(error.to_string(), line);
    assert_eq!(error.operation(), Some("pets.get"));
    assert_eq!((error.method(), error.path()), (Some("GET"), Some("/pets/{id}")));
    assert_eq!((error.attempts(), error.header("X-Rate-Left")), (1, Some("3")));
    assert_eq!((error.request_id(), error.is_not_found()), (Some("r-7"), true));
    assert!(!error.is_retryable() && !error.is_timeout() && !error.is_connect());
}

#[tokio::test]
async fn the_service_may_say_it_anywhere_usual() {
    for (body, said) in [
        (r#"{"error": {"message": "deep"}}"#, "deep"),
        (r#"{"errors": [{"detail": "listed"}]}"#, "listed"),
        (r#"{"error": "invalid_x", "error_description": "long"}"#, "long"),
        (r#"{"title": "a\nb", "status": 1}"#, "a b"),
    ] {
        let error = get(&built([Reply::json(400, body)]), "1").send().await.unwrap_err();
        assert_eq!(error.service_message(), Some(said), "{body}");
    }
    for body in ["", "<html>", "[]", "{}", r#"{"message": 7}"#, r#"{"message": " "}"#] {
        let error = get(&built([Reply::json(400, body)]), "1").send().await.unwrap_err();
        assert_eq!(error.to_string(), "GET /pets/{id} answered 400 after 1 attempt", "{body}");
    }
    let long = format!(r#"{{"message": "{}"}}"#, "é ".repeat(400));
    let error = get(&built([Reply::json(400, long)]), "1").send().await.unwrap_err();
    assert_eq!(error.service_message().unwrap().chars().count(), 301);
}

#[tokio::test]
async fn what_was_sent_in_confidence_is_not_said_again() {
    let echo = r#"{"message": "canary-token, canary-password, canary-query and canary-header, eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.e30.AbC: no"}"#;
    let reply = || Reply::json(400, echo);
    let client = built([reply(), reply()]);
    let pet = Pet { password: Some("canary-password".into()), ..Pet::default() };
    let call = add(&client, &pet).query("api_key", "canary-query");
    let error = call.header("x-secret", "canary-header").send().await.unwrap_err();
    let shown = format!("{error} {error:?}");
    assert!(!shown.contains("canary") && !shown.contains("eyJ"), "{shown}");
    assert!(shown.ends_with("bytes of body)") && shown.contains("[REDACTED], [REDACTED]"));
}

#[tokio::test]
async fn failures_below_http_say_what_was_called_and_how_often() {
    let no = || Reply::failure(TransportErrorKind::Connect);
    let error = get(&built([no(), no(), no()]), "1").send().await.unwrap_err();
    let line = "GET /pets/{id}: cannot connect to the service, after 3 attempts";
    assert_eq!((error.to_string().as_str(), error.is_connect()), (line, true));
    let late = || Reply::failure(TransportErrorKind::ConnectTimeout);
    let error = get(&built([late(), late(), late()]), "1").send().await.unwrap_err();
    assert!(error.is_connect() && error.is_timeout() && error.is_retryable());
    assert_eq!(error.to_string(), "GET /pets/{id}: connecting took too long, after 3 attempts");
    let client = client("https://pets.example").transport(Silent).build().unwrap();
    let call = get(&client, "1").timeout(Duration::from_millis(5));
    let error = call.send().await.unwrap_err();
    let line = "GET /pets/{id}: the call took longer than 5ms, after 1 attempt";
    assert_eq!((error.to_string().as_str(), error.is_timeout()), (line, true));
}

#[tokio::test]
async fn what_cannot_be_read_keeps_its_headers() {
    let reply = Reply::json(200, "<html>").header("request-id", "r-8");
    let error = get(&built([reply]), "1").send().await.unwrap_err();
    assert_eq!((error.kind(), error.request_id()), ("decode", Some("r-8")));
    assert!(error.to_string().starts_with("GET /pets/{id}: cannot read the response: "));
    assert!(error.to_string().ends_with(" (request id r-8)"), "{error}");
}

#[tokio::test]
async fn a_response_knows_its_attempts_and_its_id() {
    let last = Reply::json(200, "{}").header("x-correlation-id", "c-1");
    let client = built([Reply::status(503), last]);
    let response = get(&client, "1").send().await.unwrap();
    assert_eq!((response.attempts(), response.request_id()), (2, Some("c-1")));
}

#[tokio::test]
async fn a_token_that_does_not_come_says_so() {
    let credentials = crate::runtime::ClientCredentials::new("/token", "id", "secret");
    let replies = (0..3).map(|_| Reply::status(503));
    let client = client("https://pets.example").transport(replay(replies)).clock(NoWait::new());
    let credential = CredentialValue::ClientCredentials(credentials);
    let client = client.credential("token", credential).build().unwrap();
    let error = get(&client, "1").send().await.unwrap_err();
    let line = "GET /pets/{id}: no token: the token endpoint answered 503, after 3 attempts";
    assert_eq!(error.to_string(), line);
}

#[test]
fn errors_can_be_made_for_tests() {
    let headers = HeaderMap::from_iter([("retry-after".parse().unwrap(), 7.into())]);
    let error = status_error(StatusCode::TOO_MANY_REQUESTS, &headers, "{}");
    assert_eq!(error.to_string(), "the service answered 429; retry after 7 s");
    assert_eq!(error.retry_after(), Some(Duration::from_secs(7)));
    assert!(timeout_error(Duration::from_secs(1)).is_timeout());
    let broken = TransportError::new(TransportErrorKind::Connect, "no route");
    assert_eq!(broken.to_string(), "cannot connect");
    assert!(Error::from(broken).is_connect());
    let message = Error::invalid_input("no").to_string() + &Error::auth("key").to_string();
    assert_eq!(message, "nokey");
}
