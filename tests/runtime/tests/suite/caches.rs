//! Kept responses: asked for again by their validators, never given to another credential, bounded.

use crate::harness::client::{Pet, add, client, get};
use crate::runtime::test_util::{Replay, Reply, replay};
use crate::runtime::{
    Bytes, Call, Client, CredentialValue, HttpRequest, ResponseCache, RetryPolicy,
};
use tokio::io::AsyncReadExt;

fn pet(name: &str, tag: &str) -> Reply {
    Reply::json(200, format!(r#"{{"name": "{name}"}}"#)).header("etag", tag)
}

fn same() -> Reply {
    Reply::status(304)
}

struct Kept {
    client: Client,
    log: Replay,
    cache: ResponseCache<Replay>,
}

fn kept(replies: impl IntoIterator<Item = Reply>) -> Kept {
    let log = replay(replies);
    let cache = ResponseCache::new(log.clone());
    let builder = client("https://pets.example").transport(cache.clone());
    Kept { client: builder.retry(RetryPolicy::never()).build().unwrap(), log, cache }
}

impl Kept {
    async fn name(&self, id: &str) -> String {
        self.sent(get(&self.client, id)).await
    }

    async fn sent(&self, call: Call<Pet>) -> String {
        call.send().await.unwrap().name.clone().unwrap_or_default()
    }

    /// The conditions of the requests so far; empty for none.
    fn conditions(&self) -> Vec<String> {
        let of = |request: &HttpRequest| {
            let headers = &request.headers;
            let texts = ["if-none-match", "if-modified-since"].map(|name| headers.get(name));
            texts.into_iter().flatten().map(|it| it.to_str().unwrap()).collect::<Vec<_>>().join(" ")
        };
        self.log.sent().iter().map(of).collect()
    }
}

#[tokio::test]
async fn what_has_not_changed_is_not_sent_again() {
    let fresh = same()
        .header("x-rate", "8")
        .header("content-type", "text/plain")
        .header("content-length", "0");
    let first = pet("Rex", "\"a\"").header("x-rate", "9").header("x-kept", "k");
    let first = first.header("last-modified", "Mon, 02 Nov 2026 08:00:00 GMT");
    let it = kept([first, fresh, same(), pet("Tom", "W/\"b\""), same().header("etag", "\"b\"")]);
    assert_eq!(it.name("1").await, "Rex");
    let response = get(&it.client, "1").send().await.unwrap();
    assert_eq!((response.status().as_u16(), response.name.as_deref()), (200, Some("Rex")));
    let header = |name: &str| response.headers()[name].to_str().unwrap();
    assert_eq!(["x-rate", "x-kept", "etag"].map(header), ["8", "k", "\"a\""]);
    assert_eq!(header("content-type"), "application/json", "what it says of no body is left out");
    assert_eq!(it.name("1").await, "Rex");
    assert_eq!(it.name("1").await, "Tom", "it changed");
    assert_eq!(it.name("1").await, "Tom");
    let both = "\"a\" Mon, 02 Nov 2026 08:00:00 GMT";
    assert_eq!(it.conditions(), ["", both, both, both, "W/\"b\""]);
}

#[tokio::test]
async fn no_response_goes_to_another_credential_or_another_request() {
    let it = kept((0..9).map(|at| pet(&at.to_string(), "\"a\"").header("vary", "Accept, x-lang")));
    it.name("1").await;
    it.sent(get(&it.client, "1").with_auth(CredentialValue::Token("another".into()))).await;
    it.sent(get(&it.client, "1").without_auth()).await;
    it.sent(get(&it.client, "1").header("x-lang", "fr")).await;
    it.sent(get(&it.client, "1").header("x-user", "ada")).await;
    it.sent(get(&it.client, "1").query("q", 1)).await;
    it.name("2").await;
    assert_eq!(it.conditions(), [""; 7]);
    it.sent(get(&it.client, "1").header("x-lang", "fr").header("x-request-id", "7")).await;
    assert_eq!(it.conditions()[7], "\"a\"");
    let any = kept([pet("Rex", "\"a\"").header("vary", "*"), pet("Rex", "\"a\"")]);
    any.name("1").await;
    any.name("1").await;
    assert_eq!(any.conditions(), ["", ""]);
}

#[tokio::test]
async fn what_shall_not_be_kept_is_not() {
    let never = || pet("Rex", "\"a\"").header("cache-control", "private, No-Store");
    let it = kept([
        never(),
        never(),
        Reply::json(200, "{}"),
        Reply::json(200, "{}"),
        Reply::json(404, "{}").header("etag", "\"a\""),
        pet("Rex", "\"a\""),
        pet("Rex", "\"a\""),
        pet("Rex", "\"a\""),
        pet("Rex", "\"a\""),
    ]);
    for _ in 0..4 {
        it.name("1").await;
    }
    get(&it.client, "1").send().await.map(drop).unwrap_err();
    it.sent(get(&it.client, "1").header("cache-control", "no-store")).await;
    it.sent(get(&it.client, "1").header("if-none-match", "\"mine\"")).await;
    add(&it.client, &Pet::default()).send().await.unwrap();
    assert_eq!(it.cache.size(), 0);
    it.name("1").await;
    assert!(it.cache.size() > 0);
    let conditions = it.conditions();
    assert_eq!(conditions[6], "\"mine\"");
    assert!(conditions.iter().enumerate().all(|(at, it)| at == 6 || it.is_empty()));
    let private = kept([pet("Rex", "\"a\"").header("cache-control", "private"), same()]);
    private.name("1").await;
    assert_eq!(private.name("1").await, "Rex", "the same credential's");
}

#[tokio::test]
async fn what_is_not_read_to_its_end_is_not_kept_and_failures_are_given() {
    let it = kept([
        pet("Rex", "\"a\""),
        Reply::status(503),
        same().header("etag", "\"c\""),
        pet("Tom", "\"c\""),
    ]);
    it.name("1").await;
    assert_eq!(get(&it.client, "1").send().await.unwrap_err().status().unwrap(), 503);
    assert_eq!(it.name("1").await, "Tom", "a 304 about another response is asked again");
    assert_eq!(it.conditions(), ["", "\"a\"", "\"a\"", ""]);
    let it = kept([same()]);
    assert_eq!(get(&it.client, "1").send().await.unwrap_err().status().unwrap(), 304);
    let log = replay([pet("a name that is longer than the cap", "\"a\"")]);
    let cache = ResponseCache::new(log);
    let small = client("https://pets.example").transport(cache.clone()).max_body(20);
    get(&small.build().unwrap(), "1").send().await.map(drop).unwrap_err();
    assert_eq!(cache.size(), 0);
}

#[tokio::test]
async fn what_is_kept_is_bounded_and_what_was_used_last_stays() {
    let long = |at: usize| pet(&format!("{at}{}", "x".repeat(700)), "\"a\"");
    let mut replies: Vec<Reply> = (0..3).map(long).collect();
    replies.extend([
        same(),
        long(3),
        same(),
        long(1),
        Reply::json(200, format!("{{\"name\":\"{}\"}}", "x".repeat(2_000))).header("etag", "\"b\""),
    ]);
    let log = replay(replies);
    let cache = ResponseCache::new(log.clone()).capacity(4_000);
    let client = client("https://pets.example").transport(cache.clone()).build().unwrap();
    let it = Kept { client, log, cache };
    for id in ["0", "1", "2", "0", "3", "0", "1"] {
        let name = it.name(id).await;
        assert!(name.starts_with(id), "{id}: {name}");
        assert!(it.cache.size() <= 4_000, "{}", it.cache.size());
    }
    assert_eq!(it.conditions(), ["", "", "", "\"a\"", "", "\"a\"", ""]);
    let before = it.cache.size();
    it.name("9").await;
    assert_eq!(it.cache.size(), before, "it is larger than a quarter");
    it.cache.clear();
    assert_eq!(it.cache.size(), 0);
    assert_eq!(format!("{:?}", it.cache), "ResponseCache { size: 0, .. }");
}

#[tokio::test]
async fn an_empty_body_is_kept_too() {
    let empty = || Reply::status(200).header("etag", "\"e\"");
    let it = kept([empty(), same()]);
    for _ in 0..2 {
        let raw = get(&it.client, "1").send_raw().await.unwrap();
        assert_eq!((raw.status.as_u16(), raw.body), (200, Bytes::new()));
    }
    assert_eq!(it.conditions(), ["", "\"e\""]);
}

#[tokio::test]
async fn a_stream_is_kept_once_it_was_read_to_its_end() {
    let body = r#"{"name": "Rex"}"#;
    let it = kept([pet("Rex", "\"a\""), pet("Rex", "\"a\""), same()]);
    let stream = || async { get(&it.client, "1").send_stream(100).await.unwrap() };
    drop(stream().await);
    for _ in 0..2 {
        let mut text = String::new();
        stream().await.read_to_string(&mut text).await.unwrap();
        assert_eq!(text, body);
    }
    assert_eq!(it.conditions(), ["", "", "\"a\""], "what was not read is not kept");
}
