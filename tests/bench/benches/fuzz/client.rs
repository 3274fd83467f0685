//! Targets of the runtime, through the committed client: no value changes where a request goes, and no answer makes it panic.

use crate::mutate::Chance;
use auth0_management::connections::Connection;
use auth0_management::jobs::ImportUsers;
use auth0_management::test_util::{NoWait, Replay, Reply, replay};
use auth0_management::users::{CreateUser, User};
use auth0_management::{Client, FilePart};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::time::Duration;
use url::Url;

fn client(log: &Replay, clock: &NoWait) -> Client {
    let client = Client::builder().auth0_domain("https://acme.example.org").auth0_token("t");
    client.transport(log.clone()).clock(clock.clone()).build().unwrap()
}

fn wait<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap().block_on(future)
}

fn decoded(text: &str) -> String {
    postman_codegen::percent::decode(text)
}

/// A value in the path is one segment, whatever is in it, or refused.
pub(crate) fn path_segment(chance: &mut Chance, input: &mut String) {
    *input = chance.text();
    let log = replay([Reply::json(200, "{}")]);
    let done = wait(client(&log, &NoWait::new()).users().get(&input).send_raw());
    let sent = log.sent();
    let Some(request) = sent.first() else {
        assert!(done.is_err());
        return;
    };
    let url = Url::parse(&request.url).unwrap();
    assert_eq!(url.as_str(), request.url, "a URL library changes it");
    let segments: Vec<&str> = url.path_segments().unwrap().collect();
    assert_eq!(segments.len(), 4, "{url}");
    assert_eq!(
        (&segments[..3], decoded(segments[3])),
        (&["api", "v2", "users"][..], input.clone())
    );
    assert_eq!(
        (url.host_str(), url.fragment(), url.query()),
        (Some("acme.example.org"), None, None)
    );
}

/// A value in the query is one value.
pub(crate) fn query(chance: &mut Chance, input: &mut String) {
    *input = chance.text();
    let log = replay([Reply::json(200, "[]")]);
    wait(client(&log, &NoWait::new()).users().list().q(input.as_str()).send_raw()).unwrap();
    let url = Url::parse(&log.sent()[0].url).unwrap();
    let values: Vec<String> = url
        .query_pairs()
        .filter(|(name, _)| name == "q")
        .map(|(_, value)| value.into_owned())
        .collect();
    assert_eq!((values, url.path(), url.fragment()), (vec![input.clone()], "/api/v2/users", None));
}

/// Whatever a service asks to wait, the client waits no longer than a minute or two, and then stops.
pub(crate) fn retry_after(chance: &mut Chance, input: &mut String) {
    let seeds = [
        "120",
        "Sun, 06 Nov 1994 08:49:37 GMT",
        "Sat, 28 Nov 2026 20:00:00 GMT",
        "18446744073709551615",
        "-1",
        "1e9",
        "0.5",
    ];
    let seed = chance.of(&seeds);
    *input = chance.mutated(seed, &["9", "GMT", ",", " ", "-", "Nov"]);
    if !input.chars().all(|c| c == '\t' || (' '..='~').contains(&c)) {
        return;
    }
    let name = chance.of(&["retry-after", "x-ratelimit-reset", "ratelimit-reset", "date"]);
    let busy = || Reply::status(429).header(name, input.trim());
    let (log, clock) = (replay([busy(), busy(), Reply::json(200, "{}")]), NoWait::new());
    let _ = wait(client(&log, &clock).users().get("a").send_raw());
    assert!(!log.sent().is_empty());
    assert!(clock.waited() < Duration::from_secs(3_600), "{:?}", clock.waited());
}

/// The name of a file and the text of a field stay within their part.
pub(crate) fn multipart(chance: &mut Chance, input: &mut String) {
    let (name, content, field) = (chance.text(), chance.text(), chance.text());
    *input = format!("{name:?} {content:?} {field:?}");
    let log = replay([Reply::json(202, "{}")]);
    let body = ImportUsers::new(FilePart::bytes(name, content.clone()), field.clone());
    let done = wait(client(&log, &NoWait::new()).jobs().import_users(body).send_raw());
    let sent = log.sent();
    let Some(request) = sent.first() else {
        assert!(done.is_err());
        return;
    };
    let kind = request.headers["content-type"].to_str().unwrap();
    let boundary = format!("--{}", kind.split_once("boundary=").unwrap().1.trim_matches('"'));
    let text = String::from_utf8_lossy(&request.body).into_owned();
    let parts: Vec<&str> = text.split(&boundary).collect();
    assert!(
        parts.len() >= 4 && parts[0].is_empty() && parts.last().unwrap().starts_with("--"),
        "{text:?}"
    );
    let bodies: Vec<(&str, &str)> =
        parts[1..parts.len() - 1].iter().map(|part| part.split_once("\r\n\r\n").unwrap()).collect();
    for (head, _) in &bodies {
        let lines = head.trim_start_matches("\r\n").split("\r\n");
        let known = |line: &str| {
            ["content-disposition: form-data; name=\"", "content-type: "]
                .iter()
                .any(|it| line.to_ascii_lowercase().starts_with(it))
        };
        assert!(
            lines.clone().all(known) && !head.replace("\r\n", "").contains(['\r', '\n']),
            "{head:?}"
        );
    }
    for wanted in [content, field] {
        assert!(
            bodies.iter().any(|(_, body)| *body == format!("{wanted}\r\n")),
            "{wanted:?} in {text:?}"
        );
    }
}

/// Any JSON of an object is read into a type and written back equal, or is refused.
pub(crate) fn json_types(chance: &mut Chance, input: &mut String) {
    let seed = serde_json::json!({
        "user_id": "a", "email": "b", "email_verified": true, "identities": [{ "connection": "c", "user_id": "d", "isSocial": false }], "logins_count": 1,
        "app_metadata": { "x": [1] }, "name": null, "id": "e", "options": { "y": {} }, "enabled_clients": ["f"], "strategy": "g", "connection": "h", "password": "i"
    });
    let mut value = if chance.one_in(4) { chance.value(4) } else { seed };
    chance.changed(&mut value, 6);
    *input = value.to_string();
    back::<User>(input);
    back::<CreateUser>(input);
    back::<Connection>(input);
}

fn back<T: DeserializeOwned + Serialize>(text: &str) {
    let Ok(typed) = serde_json::from_str::<T>(text) else { return };
    let written = serde_json::to_value(&typed).unwrap();
    let whole: serde_json::Value = serde_json::from_str(text).unwrap();
    assert_eq!(written, whole);
}
