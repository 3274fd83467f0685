//! The hook for the ends of attempts: it is told of each, however it ends.

use crate::harness::client::{client, get};
use crate::harness::clock::Jumping;
use crate::harness::server::{Server, Step, json};
use crate::runtime::{AttemptEnd, AttemptOutcome, ClientBuilder, RetryPolicy};
use std::sync::{Arc, Mutex};
use std::time::Duration;

type Told = Arc<Mutex<Vec<String>>>;

/// `builder` with a hook, and what the hook was told.
fn hooked(builder: ClientBuilder) -> (ClientBuilder, Told) {
    let told = Told::default();
    let to = Arc::clone(&told);
    let hook = move |ended: &AttemptEnd<'_>| {
        let outcome = match ended.outcome() {
            AttemptOutcome::Succeeded(status) => status.to_string(),
            AttemptOutcome::Failed(error) => error.kind().to_owned(),
            AttemptOutcome::Dropped => "dropped".to_owned(),
        };
        let call = format!("{} {} {}", ended.operation(), ended.method(), ended.path_template());
        to.lock().unwrap().push(format!("{call} {}: {outcome}", ended.attempt()));
    };
    (builder.on_attempt_end(hook), told)
}

fn told(told: &Told) -> Vec<String> {
    std::mem::take(&mut *told.lock().unwrap())
}

#[tokio::test]
async fn a_hook_is_told_of_every_attempt() {
    let server = Server::start(|at| match at {
        0 => json("503 Busy", "{}"),
        1 => vec![Step::Close],
        _ => json("200 OK", "{}"),
    });
    let (builder, seen) = hooked(client(&server.url).clock(Jumping::new()));
    get(&builder.build().unwrap(), "canary").send().await.unwrap();
    let call = "pets.get GET /pets/{id}";
    let expected =
        ["1: status", "2: transport", "3: 200 OK"].map(|attempt| format!("{call} {attempt}"));
    assert_eq!(told(&seen), expected);
}

#[tokio::test]
async fn a_hook_is_told_of_attempts_that_take_too_long() {
    let server = Server::always(vec![Step::Wait(Duration::from_secs(5)), Step::Close]);
    let limit = Duration::from_millis(40);
    let builder = client(&server.url).retry(RetryPolicy::never());
    let (attempt, seen) = hooked(builder.clone().attempt_timeout(limit));
    get(&attempt.build().unwrap(), "1").send().await.unwrap_err();
    assert_eq!(told(&seen), ["pets.get GET /pets/{id} 1: timeout"]);
    let (total, seen) = hooked(builder.timeout(limit));
    get(&total.build().unwrap(), "1").send().await.unwrap_err();
    assert_eq!(told(&seen), ["pets.get GET /pets/{id} 1: timeout"], "the attempt is not given up");
}

#[tokio::test]
async fn a_hook_is_told_of_an_attempt_whose_call_is_dropped() {
    let server = Server::always(vec![Step::Wait(Duration::from_secs(5)), Step::Close]);
    let (builder, seen) = hooked(client(&server.url));
    let client = builder.build().unwrap();
    let call = get(&client, "1").send();
    tokio::time::timeout(Duration::from_millis(40), call).await.unwrap_err();
    assert_eq!(told(&seen), ["pets.get GET /pets/{id} 1: dropped"]);
    drop(get(&client, "1").send());
    assert_eq!(told(&seen).len(), 0, "a call that never began has no attempt");
}
