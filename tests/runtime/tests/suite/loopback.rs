//! The runtime over real sockets: what is sent, what comes back, and what goes wrong.

use crate::harness::client::{Pet, add, builder, client, get};
use crate::harness::clock::Jumping;
use crate::harness::server::{Server, Step, json, response};
use crate::runtime::{Client, Error, Phase, RetryPolicy};
use std::time::{Duration, Instant};

fn built(server: &Server) -> Client {
    client(&server.url).clock(Jumping::new()).build().unwrap()
}

fn write(text: &str) -> Step {
    Step::Write(text.as_bytes().to_vec())
}

#[tokio::test]
async fn sends_what_it_says() {
    let server = Server::always(json("200 OK", r#"{"name": "Rex", "age": 3}"#));
    let client = built(&server);
    let call = get(&client, "a/b ?#é|").set_query(0, "x&y").set_query(0, 7).set_query(0, true);
    let pet = call.query("more", "a+b").header("x-trace", "1").send().await.unwrap();
    assert_eq!((pet.name.as_deref(), pet.status().as_u16()), (Some("Rex"), 200));
    assert_eq!(pet.extra.get("age"), Some(&3.into()));
    let seen = &server.seen()[0];
    assert_eq!(
        seen.line,
        "GET /pets/a%2Fb%20%3F%23%C3%A9%7C?tag=x%26y&v=2&tag=7&tag=true&all&more=a%2Bb HTTP/1.1"
    );
    assert_eq!(seen.header("authorization"), Some("Bearer canary-token"));
    assert_eq!(seen.header("x-trace"), Some("1"));
    assert_eq!(seen.header("user-agent"), Some("pets/1.0.0"));
    let pet = Pet { name: Some("Ada".into()), password: Some("p".into()), ..Pet::default() };
    add(&client, &pet).send().await.unwrap();
    let seen = &server.seen()[1];
    assert_eq!(seen.body, br#"{"name":"Ada","password":"p"}"#);
    assert_eq!(seen.header("content-type"), Some("application/json"));
}

#[tokio::test]
async fn nothing_is_sent_where_the_call_is_wrong() {
    let server = Server::always(json("200 OK", "{}"));
    let client = built(&server);
    for id in ["", ".", ".."] {
        let error = get(&client, id).send().await.unwrap_err();
        assert!(error.to_string().starts_with("the path argument `id` must not be"), "{error}");
    }
    let error = get(&client, "1").header("x y", "1").send().await.unwrap_err();
    assert_eq!(error.to_string(), "the header \"x y\" cannot be sent");
    let error = get(&client, "1").header("x", "a\r\nb: c").send().await.unwrap_err();
    assert_eq!(error.to_string(), "the header \"x\" cannot be sent");
    let client = builder().base_url(&server.url).build().unwrap();
    let error = get(&client, "1").send().await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "GET /pets/{id}: the client has no credential: give the builder `token`"
    );
    assert_eq!(server.seen().len(), 0);
}

#[test]
fn a_client_needs_its_variables_and_a_safe_base() {
    let wrong = |builder: crate::runtime::ClientBuilder| builder.build().unwrap_err().to_string();
    assert_eq!(wrong(builder()), "the client has no `host`: give it to the builder");
    assert!(wrong(builder().base_url("http://example.org")).starts_with("plain http"));
    assert!(wrong(builder().base_url("http://127.0.0.1.example.org")).starts_with("plain http"));
    assert!(wrong(builder().base_url("ftp://example.org")).ends_with("neither https nor http"));
    assert!(wrong(builder().base_url("https://")).ends_with("has no host"));
    for good in ["https://example.org", "http://[::1]:8080", "http://localhost", "example.org/v1"] {
        builder().base_url(good).build().unwrap();
    }
    builder().base_url("http://example.org").allow_http().build().unwrap();
}

#[tokio::test]
async fn an_empty_answer_is_never_parsed() {
    let server = Server::start(|at| match at {
        0 => response("204 No Content", &["content-type: application/json"], ""),
        1 => json("200 OK", ""),
        _ => json("202 Accepted", r#"{"name": "late"}"#),
    });
    let client = built(&server);
    for wanted in [204, 200] {
        let empty = get(&client, "1").send_as::<()>().await.unwrap();
        assert_eq!(empty.status().as_u16(), wanted);
    }
    assert_eq!(get(&client, "1").send().await.unwrap().name.as_deref(), Some("late"));
}

#[tokio::test]
async fn no_redirect_is_followed() {
    let other = Server::always(json("200 OK", "{}"));
    for status in ["301 Moved", "302 Found", "307 Temporary Redirect", "308 Permanent Redirect"] {
        let location = format!("location: {}/elsewhere", other.url);
        let server = Server::start({
            let location = location.clone();
            move |_| response(status, &[&location], "")
        });
        let error = add(&built(&server), &Pet::default()).send().await.unwrap_err();
        assert_eq!(error.status().map(|status| status.as_u16() / 100), Some(3));
        assert_eq!(server.seen().len(), 1);
    }
    assert_eq!(other.seen().len(), 0);
}

#[tokio::test]
async fn failures_say_what_the_service_said() {
    let server = Server::start(|at| match at {
        0 => json("404 Not Found", r#"{"name": "gone"}"#),
        _ => response("404 Not Found", &["content-type: text/html"], "<html>"),
    });
    let client = built(&server);
    let error = get(&client, "1").send().await.unwrap_err();
    assert_eq!(error.to_string(), "GET /pets/{id} answered 404 after 1 attempt");
    assert_eq!(error.api::<Pet>().and_then(|pet| pet.name), Some("gone".into()));
    let error = get(&client, "1").send().await.unwrap_err();
    assert_eq!(error.api::<Pet>(), None);
    assert!(!error.is_retryable());
}

#[tokio::test]
async fn an_answer_has_a_cap_and_a_deadline() {
    let server = Server::always(json("200 OK", &format!("\"{}\"", "x".repeat(5_000))));
    let client = client(&server.url).max_body(4_096).build().unwrap();
    let error = get(&client, "1").send().await.unwrap_err();
    assert!(matches!(error, Error::BodyTooLarge { limit: 4_096, .. }), "{error}");

    let mut drip = vec![write("HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n")];
    drip.extend((0..100).flat_map(|_| [write(" "), Step::Wait(Duration::from_millis(30))]));
    let server = Server::always(drip);
    let client = built(&server);
    let started = Instant::now();
    let limit = Duration::from_millis(200);
    let error = get(&client, "1").timeout(limit).send().await.unwrap_err();
    assert!(matches!(error, Error::Timeout { phase: Phase::Total, .. }), "{error}");
    println!("deadline overshoot: {:?}", started.elapsed().saturating_sub(limit));
    assert!(started.elapsed() >= limit);
}

#[tokio::test]
async fn a_truncated_answer_is_never_a_value() {
    let body = format!("{{\"name\": \"{}\"}}", "n".repeat(300));
    let whole = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n{body}", body.len());
    let head = whole.len() - body.len();
    for end in (head..whole.len()).step_by(29) {
        let server = Server::always(vec![write(&whole[..end]), Step::Close]);
        let error = get(&built(&server), "1").send().await.unwrap_err();
        assert!(matches!(error, Error::Transport { .. }), "at {end}: {error:?}");
        assert_eq!(server.seen().len(), 3, "a GET is tried three times");
    }
}

#[tokio::test]
async fn garbage_is_a_decode_error_with_its_body() {
    for garbage in ["<html>", "{", "[1, 2]", "{\"name\": }", "{} {}", "nul"] {
        let server = Server::always(json("200 OK", garbage));
        match get(&built(&server), "1").send().await.unwrap_err() {
            Error::Decode { body, .. } => assert_eq!(body, garbage),
            error => panic!("{garbage}: {error}"),
        }
    }
}

#[tokio::test]
async fn a_get_is_retried_and_a_post_is_not_sent_twice() {
    let flaky = |at: usize| if at % 3 < 2 { vec![Step::Close] } else { json("200 OK", "{}") };
    let server = Server::start(flaky);
    get(&built(&server), "1").send().await.unwrap();
    assert_eq!(server.seen().len(), 3);
    for steps in [vec![Step::Close], json("500 Oops", "{}"), json("503 Busy", "{}")] {
        let server = Server::always(steps);
        add(&built(&server), &Pet::default()).send().await.unwrap_err();
        assert_eq!(server.seen().len(), 1);
        add(&built(&server), &Pet::default()).idempotent(true).send().await.unwrap_err();
        assert_eq!(server.seen().len(), 4);
    }
}

#[tokio::test]
async fn no_connection_is_tried_three_times_for_a_post_too() {
    let url = Server::always(Vec::new()).url;
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let clock = Jumping::new();
    let free = format!("http://127.0.0.1:{port}");
    assert_ne!(url, free);
    let client = client(&free).clock(clock.clone()).build().unwrap();
    let error = add(&client, &Pet::default()).send().await.unwrap_err();
    assert!(matches!(error, Error::Connect { .. }), "{error}");
    assert_eq!(clock.waits(), [500, 1_000].map(Duration::from_millis));
}

#[tokio::test]
async fn waits_as_long_as_the_service_asks_and_never_past_the_deadline() {
    let busy = |header: &'static str| {
        Server::start(move |at| match at {
            0 => response("429 Too Many Requests", &[header], "{}"),
            _ => json("200 OK", "{}"),
        })
    };
    for (header, least, most) in [
        ("retry-after: 7", 7_000, 8_750),
        ("retry-after: Tue, 14 Nov 2023 22:13:25 GMT", 5_000, 6_250),
        ("retry-after: 1000000000", 60_000, 75_000),
        ("retry-after: soon", 0, 500),
        ("retry-after: -1", 0, 500),
        ("x-ratelimit-reset: 1700000000\r\ndate: Tue, 14 Nov 2023 22:13:11 GMT", 9_000, 11_250),
    ] {
        let (server, clock) = (busy(header), Jumping::new());
        let client = client(&server.url).clock(clock.clone()).build().unwrap();
        add(&client, &Pet::default()).send().await.unwrap();
        let waited = clock.waits()[0].as_millis();
        assert!((least..=most).contains(&waited), "{header}: {waited}");
    }
    let (server, clock) = (busy("retry-after: 30"), Jumping::new());
    let client = client(&server.url).clock(clock.clone()).build().unwrap();
    let error = get(&client, "1").timeout(Duration::from_secs(10)).send().await.unwrap_err();
    assert_eq!(error.to_string(), "GET /pets/{id} answered 429 after 1 attempt; retry after 30 s");
    assert!(clock.waits().is_empty());
}

#[tokio::test]
async fn a_budget_bounds_the_retries_of_a_client() {
    let server = Server::always(json("500 Oops", "{}"));
    let client = built(&server);
    for _ in 0..100 {
        get(&client, "1").send().await.unwrap_err();
    }
    let retries = server.seen().len() - 100;
    assert_eq!(retries, 500 / 14);
    get(&client, "1").retry(RetryPolicy::never()).send().await.unwrap_err();
}

#[tokio::test]
async fn no_credential_is_ever_shown() {
    let server = Server::always(json("401 Unauthorized", "{}"));
    let builder = client(&server.url);
    let shown = format!("{builder:?}");
    let client = builder.build().unwrap();
    let pet = Pet { password: Some("canary-password".into()), ..Pet::default() };
    let call = add(&client, &pet);
    let shown = format!("{shown} {client:?} {call:?} {pet:?}");
    let error = call.send().await.unwrap_err();
    let shown = format!("{shown} {error} {error:?}");
    assert!(!shown.contains("canary"), "{shown}");
    assert!(size_of::<Error>() <= 128, "{}", size_of::<Error>());
}

#[tokio::test]
async fn refuses_a_url_that_would_be_changed() {
    let server = Server::always(json("200 OK", "{}"));
    let client = client(&format!("{}/a/../b", server.url)).build().unwrap();
    let error = get(&client, "1").send().await.unwrap_err();
    assert!(error.to_string().starts_with("reqwest would send another path"), "{error}");
    assert_eq!(server.seen().len(), 0);
}
