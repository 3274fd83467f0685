//! Waits: a call that is sent until its response says that something is done.

use crate::harness::client::{Pet, client, get};
use crate::harness::clock::Jumping;
use crate::runtime::test_util::{Replay, Reply, replay};
use crate::runtime::{Client, Clock, Error, Response, TransportErrorKind, WaitUntil};
use std::time::Duration;

fn at(state: &str) -> Reply {
    Reply::json(200, format!(r#"{{"name": "{state}"}}"#))
}

fn with(replies: impl IntoIterator<Item = Reply>) -> (Client, Replay, Jumping) {
    let (log, clock) = (replay(replies), Jumping::new());
    let client = client("https://pets.example").transport(log.clone()).clock(clock.clone());
    (client.build().unwrap(), log, clock)
}

fn is_done(pet: &Response<Pet>) -> bool {
    pet.name.as_deref() == Some("done")
}

fn until_done(client: &Client) -> WaitUntil<Pet> {
    get(client, "1").wait_until(is_done)
}

fn seconds(clock: &Jumping) -> Vec<f64> {
    clock.waits().iter().map(Duration::as_secs_f64).collect()
}

#[tokio::test]
async fn a_call_is_sent_until_it_is_done() {
    let (client, log, clock) = with([at("new"), at("new"), at("new"), at("done"), at("new")]);
    let pet = until_done(&client).send().await.unwrap();
    assert_eq!((pet.name.as_deref(), log.left()), (Some("done"), 1));
    assert_eq!(seconds(&clock), [1.0, 1.5, 2.25]);
    let (client, _, clock) = with([at("new"), at("new"), at("new"), at("done")]);
    let wait = until_done(&client).first(Duration::from_secs(4)).cap(Duration::from_secs(5));
    wait.send().await.unwrap();
    assert_eq!(seconds(&clock), [4.0, 5.0, 5.0]);
}

#[tokio::test]
async fn a_wait_is_as_long_as_the_service_asks_for() {
    let asks = |wait: &str| at("new").header("retry-after", wait);
    let (client, _, clock) = with([asks("30"), at("new"), asks("0"), at("done")]);
    until_done(&client).send().await.unwrap();
    assert_eq!(seconds(&clock), [30.0, 1.5, 1.0], "a service that asks for no wait is not stormed");
}

#[tokio::test]
async fn a_wait_that_takes_too_long_tells_the_last_response() {
    let slow = |at_: usize| at(&format!("step {at_}")).header("x-request-id", "r-7");
    let (client, log, clock) = with((0..9).map(slow));
    let error = until_done(&client).limit(Duration::from_secs(6)).send().await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "GET /pets/{id}: what was waited for did not come within 6s, after 4 attempts (request id r-7)"
    );
    assert_eq!((log.left(), seconds(&clock)), (5, vec![1.0, 1.5, 2.25]));
    assert!(error.is_timeout() && error.is_retryable());
    assert_eq!((error.kind(), error.elapsed()), ("wait_timeout", Duration::from_millis(4750)));
    assert_eq!(error.api::<serde_json::Value>().unwrap()["name"], "step 3");
    assert!(!format!("{error:?}").contains("step"), "{error:?}");
    let Error::WaitTimeout { limit, body, .. } = error else { panic!("another error") };
    assert_eq!((limit, &*body), (Duration::from_secs(6), &br#"{"name": "step 3"}"#[..]));
}

#[tokio::test]
async fn a_failure_ends_a_wait_unless_it_may_pass() {
    let (client, log, _) = with([at("new"), Reply::status(404), at("done")]);
    let error = until_done(&client).send().await.unwrap_err();
    assert!(error.is_not_found() && log.left() == 1, "{error}");
    let (client, log, _) = with([Reply::status(404), Reply::status(503), at("new"), at("done")]);
    until_done(&client).despite(Error::is_not_found).send().await.unwrap();
    assert_eq!(log.left(), 0, "the call's own retries go on");
    let missing = || Reply::json(404, r#"{"message": "no such pet"}"#);
    let (client, ..) = with((0..9).map(|_| missing()));
    let wait = until_done(&client).despite(Error::is_not_found).limit(Duration::from_secs(3));
    let error = wait.send().await.unwrap_err();
    assert!(matches!(error, Error::WaitTimeout { .. }), "{error:?}");
    assert_eq!((error.attempts(), error.service_message()), (3, Some("no such pet")));
    let (client, ..) = with([Reply::json(200, "[1]")]);
    let error = until_done(&client).send().await.unwrap_err();
    assert!(matches!(error, Error::Decode { .. }), "{error:?}");
    let (client, ..) = with((0..9).map(|_| Reply::failure(TransportErrorKind::Connect)));
    assert!(until_done(&client).send().await.unwrap_err().is_connect());
}

#[test]
fn waits_work_without_async() {
    let (client, log, clock) = with([at("new"), at("done")]);
    let pet = until_done(&client).send_blocking().unwrap();
    assert_eq!((pet.name.as_deref(), log.sent().len()), (Some("done"), 2));
    assert_eq!(clock.now(), Duration::from_secs(1));
    let shown = format!("{:?}", until_done(&client));
    assert_eq!(shown, "WaitUntil { operation: \"pets.get\", .. }");
}
