//! What a recorder wrote answers again, by the name of the operation.

use crate::harness::client::{Pet, add, client, get, list};
use crate::runtime::test_util::{NoWait, Recorder, Replay, Reply, replay};
use crate::runtime::{Call, Client, Error, Json, Method, Operation, Transport};
use std::io::{self, Write};
use std::sync::{Arc, Mutex};

/// What was written, for who looks at it later.
#[derive(Clone, Default)]
pub struct Written(Arc<Mutex<Vec<u8>>>);

impl Written {
    /// The whole of it.
    pub fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }
}

impl Write for Written {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn with(transport: impl Transport) -> Client {
    client("https://pets.example/v1").transport(transport).clock(NoWait::new()).build().unwrap()
}

fn recorded(lines: &str) -> (Client, Replay) {
    let replay = Replay::from_lines(lines).unwrap();
    (with(replay.clone()), replay)
}

async fn name(client: &Client, id: &str) -> Result<String, Error> {
    get(client, id).send().await.map(|pet| pet.name.clone().unwrap_or_default())
}

#[tokio::test]
async fn what_was_recorded_answers_again_by_operation() {
    let written = Written::default();
    let service = replay([
        Reply::status(503),
        Reply::json(200, r#"{"name": "Rex"}"#).header("x-rate", "7"),
        Reply::json(200, r#"{"items": [1], "next": "b"}"#),
        Reply::json(201, r#"{"name": "Ada", "password": "canary"}"#),
        Reply::json(200, r#"{"items": [2]}"#),
        Reply::json(200, r#"{"name": "Rex again"}"#),
        Reply::json(200, r#"{"name": "Tom"}"#),
    ]);
    let real = with(Recorder::new(service, written.clone()));
    name(&real, "1").await.unwrap();
    list(&real).query("page", 1).send().await.unwrap();
    add(&real, &Pet::default()).send().await.unwrap();
    list(&real).query("page", 2).send().await.unwrap();
    name(&real, "1").await.unwrap();
    name(&real, "2").await.unwrap();
    assert!(!written.text().contains("canary"), "{}", written.text());

    let (offline, replay) = recorded(&written.text());
    assert_eq!(replay.left(), 7);
    assert_eq!(list(&offline).query("page", 2).send().await.unwrap()["items"][0], 2);
    assert_eq!(add(&offline, &Pet::default()).send().await.unwrap().name.as_deref(), Some("Ada"));
    assert_eq!(name(&offline, "2").await.unwrap(), "Tom");
    let pet = get(&offline, "1").send().await.unwrap();
    assert_eq!((pet.name.as_deref(), pet.attempts()), (Some("Rex"), 2), "the failure is given too");
    assert_eq!(pet.headers()["x-rate"], "7");
    assert_eq!(name(&offline, "1").await.unwrap(), "Rex again");
    assert_eq!(list(&offline).query("page", 1).send().await.unwrap()["next"], "b");
    assert_eq!((replay.left(), replay.sent().len()), (0, 7));
}

const LINES: &str = r#"
{"operation": "pets.get", "method": "GET", "path": "/pets/1", "status": 200, "response_body": {"name": "Rex"}}
{"operation": "pets.get", "method": "GET", "path": "/pets/2", "status": 200, "response_body": {"name": "Tom"}}

{"operation": "pets.add", "method": "POST", "path": "/pets", "status": 200, "response_body": "9 bytes", "response_size": 9}
"#;

#[tokio::test]
async fn what_is_not_recorded_is_an_error_that_names_the_operation() {
    let (client, _) = recorded(LINES);
    let failed = name(&client, "3").await.unwrap_err().to_string();
    assert_eq!(
        failed,
        "nothing is recorded for `pets.get` with this path and query, only with others (lines 2, 3): `.by_name_only()` leaves them out of account"
    );
    assert_eq!(name(&client, "2").await.unwrap(), "Tom");
    let failed = name(&client, "2").await.unwrap_err().to_string();
    assert_eq!(
        failed,
        "nothing more is recorded for `pets.get`: all its responses were given (lines 2, 3)"
    );
    let failed = list(&client).send().await.unwrap_err();
    assert_eq!(
        failed.to_string(),
        "nothing is recorded for `pets.list`, only for pets.get, pets.add"
    );
    assert_eq!((failed.attempts(), failed.operation()), (1, Some("pets.list")));
    let failed = add(&client, &Pet::default()).send().await.unwrap_err().to_string();
    assert!(failed.starts_with("the recording has only the size of this response (9"), "{failed}");
}

#[tokio::test]
async fn path_and_query_may_be_left_out_of_account() {
    let client = with(Replay::from_lines(LINES).unwrap().by_name_only());
    assert_eq!(name(&client, "7").await.unwrap(), "Rex");
    assert_eq!(name(&client, "1").await.unwrap(), "Tom");
    let one = r#"{"operation": "pets.get", "method": "GET", "path": "/pets/1", "status": 200, "response_body": {"name": "Rex"}}"#;
    let (client, _) = recorded(one);
    assert_eq!(name(&client, "8").await.unwrap(), "Rex", "it was recorded with one path only");
}

#[tokio::test]
async fn lines_without_a_name_answer_by_method_and_path() {
    let (client, _) = recorded(
        r#"{"method": "get", "url": "https://other.example/v1/pets/1?v=2", "status": 200, "response_body": {"name": "Rex"}}
{"method": "GET", "path": "/v1/pets/2", "status": 404, "response_body": "no such pet"}
{"method": "GET", "path": "/v1/cats", "status": 200, "response_body": null, "response_size": 4}"#,
    );
    let failed = name(&client, "2").await.unwrap_err();
    assert!(failed.is_not_found(), "{failed}");
    assert_eq!(name(&client, "1").await.unwrap(), "Rex");
    let cats = client.request(Method::GET, "/cats").send().await.unwrap();
    assert!(cats.is_null());
    let failed = client.request(Method::POST, "/cats").send().await.unwrap_err().to_string();
    assert!(failed.starts_with("nothing is recorded for `request`"), "{failed}");
}

#[test]
fn a_line_that_is_no_exchange_is_refused_by_its_number() {
    for (line, what) in [
        ("{", "it is no JSON object"),
        (r#"{"path": "/", "status": 200}"#, "`method` is missing"),
        (r#"{"method": "GET", "status": 200}"#, "`path` is missing"),
        (r#"{"method": "GET", "path": "/"}"#, "`status` is missing"),
        (r#"{"method": "GET", "path": "/", "status": 20}"#, "`status` is no status"),
        (r#"{"method": "GET", "path": "/", "status": 200, "query": [1]}"#, "`query` is no list"),
    ] {
        let error = Replay::from_lines(format!("\n{line}\n")).unwrap_err().to_string();
        assert!(error.starts_with(&format!("line 2 of the recording: {what}")), "{error}");
    }
    let error = Replay::from_file("no/such/file.jsonl").unwrap_err().to_string();
    assert!(error.starts_with("no/such/file.jsonl: "), "{error}");
}

const VERIFY: Operation = Operation::new("pets.verify", "GET", "/pets/{id}/{token}/{chip}");

#[tokio::test]
async fn names_that_only_this_api_uses_for_credentials_are_hidden_on_demand() {
    let written = Written::default();
    let service = replay([Reply::json(200, r#"{"chip": "canary-1", "name": "Rex"}"#)
        .header("x-chip", "canary-2")
        .header("x-many", "a")
        .header("x-many", "b")]);
    let names = ["chip", "X-Chip"];
    let client = with(Recorder::new(service, written.clone()).hide(names));
    let call = Call::<Json>::new(&client, &VERIFY).path("id", 1).path("token", "canary-3");
    call.path("chip", "canary-4").query("chip", "canary-5").send().await.unwrap();
    let text = written.text();
    assert!(!text.contains("canary"), "{text}");
    assert!(text.contains(r#""path":"/v1/pets/1/[REDACTED]/[REDACTED]""#), "{text}");
    assert!(text.contains(r#""x-many":["a","b"]"#), "{text}");
    let (client, _) = recorded(&format!("{text}{}", text.replace("/1/", "/2/")));
    let call = Call::<Json>::new(&client, &VERIFY).path("id", 2).path("token", "other");
    let pet = call.path("chip", "other").query("chip", "other").send().await.unwrap();
    assert_eq!(pet["name"], "Rex", "what is hidden may be any");
}
