//! What is traced: a span for each call and each token, an event for each attempt, with OpenTelemetry's names.

use crate::harness::alone::alone;
use crate::harness::client::{Pet, add, client, get};
use crate::harness::server::{Server, Step, json};
use crate::harness::spans::{Fields, Seen, Spans};
use crate::runtime::{ClientCredentials, CredentialValue, RetryPolicy};
use std::time::Duration;

/// What is traced while `test` runs in a process of its own: what a subscriber is told depends on what other threads met first.
fn traced(name: &str, test: impl FnOnce(&tokio::runtime::Runtime), check: impl FnOnce(Vec<Seen>)) {
    alone(name, || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let spans = Spans::default();
        tracing::subscriber::set_global_default(spans.clone()).unwrap();
        test(&runtime);
        check(spans.seen());
    });
}

fn field<'a>(fields: &'a Fields, name: &str) -> &'a str {
    fields.get(name).map_or("-", String::as_str)
}

fn shown(fields: &Fields, names: &[&str]) -> String {
    names.iter().map(|name| field(fields, name)).collect::<Vec<_>>().join(" | ")
}

const CALL: [&str; 7] = [
    "otel.name",
    "otel.kind",
    "http.request.method",
    "url.template",
    "server.address",
    "http.response.status_code",
    "error.type",
];
const ATTEMPT: [&str; 4] =
    ["message", "http.request.resend_count", "http.response.status_code", "error.type"];

#[test]
fn a_call_is_a_span_and_an_attempt_an_event_in_it() {
    let server = Server::start(|at| match at {
        0 => json("503 Busy", "{}"),
        1 => json("200 OK", "{}"),
        _ => json("404 Not Found", "{}"),
    });
    let port = server.url.rsplit(':').next().unwrap().to_owned();
    traced(
        "traces::a_call_is_a_span_and_an_attempt_an_event_in_it",
        |runtime| {
            let client = client(&server.url).build().unwrap();
            runtime.block_on(get(&client, "canary").query("q", "canary").send()).unwrap();
            runtime.block_on(get(&client, "canary").send()).unwrap_err();
        },
        |spans| {
            assert_eq!(spans.len(), 2, "{spans:#?}");
            assert!(!format!("{spans:?}").contains("canary"), "{spans:#?}");
            let name = "GET /pets/{id} | client | GET | /pets/{id} | 127.0.0.1";
            assert_eq!(shown(&spans[0].fields, &CALL), format!("{name} | 200 | -"));
            assert_eq!(field(&spans[0].fields, "server.port"), port);
            assert_eq!(field(&spans[0].fields, "otel.status_code"), "-");
            let events: Vec<_> = spans[0].events.iter().map(|it| shown(it, &ATTEMPT)).collect();
            assert_eq!(events, ["attempt | 0 | 503 | 503", "attempt | 1 | 200 | -"]);
            assert_eq!(shown(&spans[1].fields, &CALL), format!("{name} | 404 | 404"));
            assert_eq!(field(&spans[1].fields, "otel.status_code"), "ERROR");
        },
    );
}

#[test]
fn a_request_for_a_token_is_a_span_below_its_call() {
    let server = Server::start(|at| match at {
        0 => json("200 OK", r#"{"access_token": "canary-token"}"#),
        _ => json("200 OK", "{}"),
    });
    traced(
        "traces::a_request_for_a_token_is_a_span_below_its_call",
        |runtime| {
            let credentials = ClientCredentials::new("/token", "canary-id", "canary-secret");
            let credentials = CredentialValue::ClientCredentials(credentials);
            let client = client(&server.url).credential("token", credentials).build().unwrap();
            runtime.block_on(get(&client, "1").send()).unwrap();
        },
        |spans| {
            assert_eq!(spans.len(), 2, "{spans:#?}");
            assert!(!format!("{spans:?}").contains("canary"), "{spans:#?}");
            assert_eq!(field(&spans[0].fields, "operation"), "pets.get");
            assert_eq!(spans[1].parent, Some(0));
            assert_eq!(
                shown(&spans[1].fields, &CALL),
                "POST | client | POST | - | 127.0.0.1 | 200 | -"
            );
            let told: Vec<_> = spans.iter().map(|it| it.events.len()).collect();
            assert_eq!(told, [1, 1]);
            assert_eq!(shown(&spans[1].events[0], &ATTEMPT), "token | - | 200 | -");
        },
    );
}

#[test]
fn a_token_that_nobody_gives_is_told_as_a_failure() {
    let server = Server::always(json("401 Unauthorized", r#"{"error": "canary"}"#));
    traced(
        "traces::a_token_that_nobody_gives_is_told_as_a_failure",
        |runtime| {
            let credentials = ClientCredentials::new("/token", "id", "secret");
            let credentials = CredentialValue::ClientCredentials(credentials);
            let client = client(&server.url).credential("token", credentials).build().unwrap();
            runtime.block_on(get(&client, "1").send()).unwrap_err();
        },
        |spans| {
            let ends: Vec<_> = spans.iter().map(|it| shown(&it.fields, &CALL[5..])).collect();
            assert_eq!(ends, ["- | auth", "401 | 401"], "{spans:#?}");
        },
    );
}

#[test]
fn a_call_that_is_dropped_or_late_says_so() {
    let server = Server::always(vec![Step::Wait(Duration::from_secs(5)), Step::Close]);
    traced(
        "traces::a_call_that_is_dropped_or_late_says_so",
        |runtime| {
            let client = client(&server.url).retry(RetryPolicy::never()).build().unwrap();
            let limit = Duration::from_millis(50);
            runtime.block_on(async {
                tokio::time::timeout(limit, get(&client, "1").send()).await.unwrap_err();
                add(&client, &Pet::default()).timeout(limit).send().await.unwrap_err();
            });
        },
        |spans| {
            let ends: Vec<_> = spans.iter().map(|it| field(&it.fields, "error.type")).collect();
            assert_eq!(ends, ["dropped", "timeout"], "{spans:#?}");
            let events = spans.iter().map(|it| shown(&it.events[0], &ATTEMPT)).collect::<Vec<_>>();
            assert_eq!(events, ["attempt | 0 | - | dropped", "attempt | 0 | - | timeout"]);
        },
    );
}

#[test]
fn a_blocking_call_stands_in_the_span_of_its_caller() {
    let server = Server::always(json("200 OK", "{}"));
    traced(
        "traces::a_blocking_call_stands_in_the_span_of_its_caller",
        |_| {
            let client = client(&server.url).build().unwrap();
            let caller = tracing::info_span!("caller");
            let _entered = caller.enter();
            get(&client, "1").send_blocking().unwrap();
        },
        |spans| {
            let shown: Vec<_> = spans.iter().map(|it| (it.name.as_str(), it.parent)).collect();
            assert_eq!(shown, [("caller", None), ("call", Some(0))]);
        },
    );
}
