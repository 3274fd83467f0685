//! The seams: replay, recorder, middleware, writers, readers, blocking calls, tracing.

use crate::harness::alone::alone;
use crate::harness::client::{ADD, GET, Pet, add, client, get};
use crate::harness::server::{Server, Step, json, response};
use crate::harness::trace::Lines;
use crate::recordings::Written;
use crate::runtime::test_util::{Recorder, Reply, replay};
use crate::runtime::{
    BoxFuture, Call, CredentialValue, Error, HttpRequest, HttpResponse, ReqwestTransport, Signer,
    Transport, TransportError, TransportErrorKind, Upload,
};
use serde_json::{Value, json};
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

#[tokio::test]
async fn a_replay_answers_and_keeps_what_was_sent() {
    let log = replay([
        Reply::json(200, r#"{"name": "Rex"}"#).header("x-rate", "7"),
        Reply::failure(TransportErrorKind::Connect),
        Reply::status(204),
    ]);
    let client = client("https://pets.example").transport(log.clone()).build().unwrap();
    let pet = get(&client, "1").send().await.unwrap();
    assert_eq!(pet.name.as_deref(), Some("Rex"));
    assert_eq!(pet.headers()["x-rate"], "7");
    let call = add(&client, &Pet::default()).retry(crate::runtime::RetryPolicy::never());
    assert!(matches!(call.send().await, Err(Error::Connect { .. })));
    assert_eq!(log.left(), 1);
    get(&client, "1").send_as::<()>().await.unwrap();
    let error = get(&client, "1").send().await.unwrap_err();
    assert_eq!(error.to_string(), "the replay has no reply left");
    let lines = log.sent().iter().map(|it| format!("{} {}", it.method, it.url)).collect::<Vec<_>>();
    assert_eq!(lines[1], "POST https://pets.example/pets");
    assert_eq!(log.sent()[1].body, "{}");
}

#[tokio::test]
async fn a_recorder_writes_lines_without_credentials() {
    let body = r#"{"name": "Rex", "access_token": "canary-1", "deep": [{"apiKey": "canary-2"}]}"#;
    let replay = replay([
        Reply::json(200, body).header("set-cookie", "canary-3").header("x-rate", "7"),
        Reply::status(200).body("canary-4 as text"),
    ]);
    let written = Written::default();
    let recorder = Recorder::new(replay, written.clone());
    let client = client("https://pets.example").transport(recorder).build().unwrap();
    let pet = Pet { password: Some("canary-5".into()), ..Pet::default() };
    add(&client, &pet).query("api_key", "canary-6").query("q", "a b").send().await.unwrap();
    get(&client, "1").send_raw().await.unwrap();
    let text = written.text();
    assert!(!text.contains("canary"), "{text}");
    let lines: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(
        lines[0],
        json!({
            "operation": "pets.add", "method": "POST", "path": "/pets", "status": 200,
            "query": [["api_key", "[REDACTED]"], ["q", "a b"]],
            "request_body": {"password": "[REDACTED]"},
            "response_headers":
                {"content-type": "application/json", "set-cookie": "[REDACTED]", "x-rate": "7"},
            "response_body": {
                "name": "Rex", "access_token": "[REDACTED]", "deep": [{"apiKey": "[REDACTED]"}]
            },
        })
    );
    assert_eq!(
        (&lines[1]["response_body"], &lines[1]["response_size"]),
        (&json!("16 bytes"), &json!(16))
    );
}

struct Counted<T> {
    inner: T,
    sent: Arc<AtomicU64>,
}

impl<T: Transport> Transport for Counted<T> {
    fn send(&self, request: HttpRequest) -> BoxFuture<'_, Result<HttpResponse, TransportError>> {
        self.sent.fetch_add(1, Ordering::Relaxed);
        self.inner.send(request)
    }
}

struct Stamp;

impl Signer for Stamp {
    fn sign(&self, request: &mut HttpRequest) -> Result<(), Error> {
        let stamp = format!("{} {}", request.method, request.body.len());
        let value = stamp.parse().map_err(|_| Error::auth("no stamp"))?;
        request.headers.insert("x-stamp", value);
        Ok(())
    }
}

#[tokio::test]
async fn a_layer_sees_every_request_and_a_signer_signs_it() {
    let server = Server::start(|at| match at {
        0 => json("503 Busy", "{}"),
        _ => json("200 OK", "{}"),
    });
    let sent = Arc::new(AtomicU64::new(0));
    let inner = Arc::new(ReqwestTransport::new(Duration::from_secs(1)).unwrap());
    let transport = Counted { inner, sent: Arc::clone(&sent) };
    let builder = client(&server.url).transport(transport);
    let signer = CredentialValue::Signer(Arc::new(Stamp));
    let client = builder.credential("token", signer).build().unwrap();
    get(&client, "1").send().await.unwrap();
    assert_eq!(sent.load(Ordering::Relaxed), 2);
    assert_eq!(server.seen()[1].header("x-stamp"), Some("GET 0"));
}

#[tokio::test]
async fn a_download_goes_to_a_writer_up_to_its_limit() {
    let big = "x".repeat(300_000);
    let server = Server::start(move |at| match at {
        0 => json("503 Busy", "{}"),
        1 | 2 => response("200 OK", &[], &big),
        3 => json("404 Not Found", r#"{"name": "gone"}"#),
        _ => vec![
            Step::Write(b"HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nhalf".to_vec()),
            Step::Close,
        ],
    });
    let client = client(&server.url).max_body(10).build().unwrap();
    let mut file = Vec::new();
    let response = get(&client, "1").send_to(&mut file, 300_000).await.unwrap();
    assert_eq!((file.len(), response.status.as_u16(), response.body.len()), (300_000, 200, 0));
    let error = get(&client, "1").send_to(&mut Vec::new(), 299_999).await.unwrap_err();
    assert!(matches!(error, Error::BodyTooLarge { limit: 299_999, .. }), "{error}");
    let error = get(&client, "1").send_to(&mut Vec::new(), 10).await.unwrap_err();
    assert!(
        matches!(error, Error::BodyTooLarge { limit: 10, .. }),
        "an error answer is capped too"
    );
    let seen = server.seen().len();
    let error = get(&client, "1").send_to(&mut Vec::new(), 10).await.unwrap_err();
    assert!(matches!(error, Error::Transport { .. }), "{error}");
    assert_eq!(server.seen().len(), seen + 1, "what was written cannot be taken back");
}

#[tokio::test]
async fn an_upload_is_read_while_it_is_sent_and_never_sent_twice() {
    let server = Server::always(json("503 Busy", "{}"));
    let client = client(&server.url).build().unwrap();
    let bytes = vec![7_u8; 100_000];
    let upload = Upload::new(io::Cursor::new(bytes.clone())).length(100_000);
    assert!(upload.pieces().is_ok() && upload.pieces().is_err(), "a reader is read once");
    let upload = Upload::new(io::Cursor::new(bytes.clone())).length(100_000);
    let call = Call::<Pet>::new(&client, &ADD).upload(upload).idempotent(true);
    let error = call.send().await.unwrap_err();
    assert_eq!(error.to_string(), "POST /pets answered 503 after 1 attempt");
    let seen = server.seen();
    assert_eq!(seen.len(), 1);
    assert_eq!(seen[0].header("content-length"), Some("100000"));
    assert_eq!(seen[0].body, bytes);
    let short = Upload::new(io::Cursor::new(vec![7_u8; 5])).length(10);
    let error = Call::<Pet>::new(&client, &ADD).upload(short).send().await.unwrap_err();
    assert!(matches!(error, Error::InvalidInput { .. }), "{error:?}");
}

#[test]
fn blocking_calls_work_anywhere() {
    let server = Server::always(json("200 OK", r#"{"name": "Rex"}"#));
    let client = client(&server.url).build().unwrap();
    assert_eq!(get(&client, "1").send_blocking().unwrap().name.as_deref(), Some("Rex"));
    let threads = (0..8).map(|id| {
        let client = client.clone();
        std::thread::spawn(move || get(&client, &format!("t{id}")).send_blocking().map(drop))
    });
    for thread in threads.collect::<Vec<_>>() {
        thread.join().unwrap().unwrap();
    }
    let (_, written) = get(&client, "1").send_to_blocking(Vec::new(), 100).unwrap();
    assert_eq!(written, br#"{"name": "Rex"}"#);
    let raw = get(&client, "1").send_raw_blocking().unwrap();
    assert_eq!(raw.status, 200);
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async { get(&client, "1").send_blocking().map(drop) }).unwrap();
    assert_eq!(server.seen().len(), 12);
}

#[test]
fn attempts_are_logged_without_values() {
    // What a subscriber is told depends on what other threads met first: no other tests beside this one.
    alone("seams::attempts_are_logged_without_values", || {
        let server = Server::start(|at| match at {
            0 => json("503 Busy", "{}"),
            _ => json("200 OK", "{}"),
        });
        let client = client(&server.url).build().unwrap();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let lines = Lines::default();
        tracing::subscriber::with_default(lines.clone(), || {
            let call =
                Call::<Pet>::new(&client, &GET).path("id", "canary-id").query("q", "canary-q");
            runtime.block_on(call.header("x", "canary-h").send()).unwrap();
        });
        let text = lines.text();
        assert!(!text.contains("canary"), "{text}");
        let attempts: Vec<&str> =
            text.lines().filter(|line| line.contains("resend_count=")).collect();
        assert_eq!(attempts.len(), 2, "{text}");
        for part in [
            "operation=\"pets.get\"",
            "url.template=\"/pets/{id}\"",
            "http.response.status_code=503",
            "http.request.resend_count=0",
        ] {
            assert!(attempts[0].contains(part), "{}", attempts[0]);
        }
        assert!(attempts[0].contains("error.type=\"503\""), "{}", attempts[0]);
    });
}

#[tokio::test]
async fn headers_that_callers_give_are_sensitive_by_their_names() {
    let log = replay([Reply::json(200, "{}")]);
    let client = client("https://pets.example").transport(log.clone()).build().unwrap();
    let call = get(&client, "1").header("X-Api-Key", "k").header("X-Signature", "s");
    call.header("X-Trace", "t").send().await.unwrap();
    let headers = &log.sent()[0].headers;
    let sensitive =
        ["x-api-key", "x-signature", "x-trace"].map(|name| headers[name].is_sensitive());
    assert_eq!(sensitive, [true, true, false]);
}
