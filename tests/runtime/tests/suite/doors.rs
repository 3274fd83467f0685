//! What callers may give: options that leave alone, numbers of any width, base URLs as people write them, credentials for one call, and calls that the collection does not have.

use crate::harness::client::{ByPage, Pet, add, builder, client, get, list};
use crate::runtime::test_util::{Replay, Reply, replay};
use crate::runtime::{
    Call, Client, ClientBuilder, ClientCredentials, CredentialValue, Error, HeaderSlot,
    HttpRequest, Json, Method, Operation, Patch, PrintedText, Secret, Signer, WholeNumber,
};
use http::header::ACCEPT;
use serde_json::json;

fn log() -> Replay {
    replay((0..9).map(|_| Reply::json(200, "{}")))
}

fn built(set: impl FnOnce(ClientBuilder) -> ClientBuilder) -> (Client, Replay) {
    let log = log();
    let client = set(client("https://pets.example").transport(log.clone())).build().unwrap();
    (client, log)
}

fn last(log: &Replay) -> HttpRequest {
    log.sent().pop().unwrap()
}

#[test]
fn none_leaves_a_field_alone() {
    assert_eq!(Patch::<String>::from(None::<String>), Patch::Unset);
    assert_eq!(Patch::<String>::from(Some("x")), Patch::Set("x".to_owned()));
    assert_eq!(Patch::<i64>::from(Some(1)), Patch::Set(1));
    let texts = ["x".printed(), Some(5).printed(), None::<&str>.printed()];
    assert_eq!(texts, [Some("x".to_owned()), Some("5".to_owned()), None]);
    let digits = [1_u8.digits(), (-1_i64).digits(), Some(2_usize).digits(), None::<u32>.digits()];
    assert_eq!(digits.map(|it| it.unwrap_or_default()), ["1", "-1", "2", ""]);
}

#[tokio::test]
async fn names_and_values_of_headers_are_what_people_have() {
    let (client, log) = built(|it| it);
    let call = get(&client, "1").header(ACCEPT, "text/plain").header("n", 5);
    call.header(String::from("k"), true).send().await.unwrap();
    let headers = last(&log).headers;
    assert_eq!([&headers["accept"], &headers["n"], &headers["k"]], ["text/plain", "5", "true"]);
}

async fn url_of(builder: ClientBuilder) -> Result<String, Error> {
    let log = log();
    let token = CredentialValue::Token("t".into());
    let client = builder.credential("token", token).transport(log.clone()).build()?;
    list(&client).send().await?;
    Ok(last(&log).url)
}

#[tokio::test]
async fn a_host_is_taken_as_people_write_it_or_refused() {
    let host = |text: &str| builder().variable("host", text.to_owned());
    for text in ["a.example", "a.example/", "https://a.example/", " HTTPS://a.example// "] {
        assert_eq!(url_of(host(text)).await.unwrap(), "https://a.example/pets", "{text}");
    }
    assert_eq!(url_of(host("a.example/x/")).await.unwrap(), "https://a.example/x/pets");
    for (text, why) in [
        ("http://a.example", "`host` begins with another scheme than the base URL"),
        ("a.example?x=1", "no query and no fragment"),
        ("a example", "no blanks"),
        ("https://", "a base URL has no host"),
    ] {
        let error = url_of(host(text)).await.unwrap_err().to_string();
        assert!(error.contains(why), "{text}: {error}");
    }
    for url in ["https://b.example/", "b.example", "https://b.example"] {
        assert_eq!(url_of(builder().base_url(url)).await.unwrap(), "https://b.example/pets");
    }
    let error = url_of(builder().base_url("https://b.example#x")).await.unwrap_err().to_string();
    assert!(error.contains("`base_url`"), "{error}");
}

struct Stamp;

impl Signer for Stamp {
    fn sign(&self, request: &mut HttpRequest) -> Result<(), Error> {
        request.headers.insert("x-stamp", request.attempt().into());
        Ok(())
    }
}

#[tokio::test]
async fn a_call_may_bring_a_credential_of_its_own_or_none() {
    let (client, log) = built(|it| it);
    get(&client, "1").with_auth("own").send().await.unwrap();
    assert_eq!(last(&log).headers["authorization"], "Bearer own");
    assert!(last(&log).headers["authorization"].is_sensitive());
    get(&client, "1").without_auth().send().await.unwrap();
    assert!(!last(&log).headers.contains_key("authorization"));
    get(&client, "1").send().await.unwrap();
    assert_eq!(last(&log).headers["authorization"], "Bearer canary-token");
}

#[tokio::test]
async fn what_goes_with_every_call_gives_way_to_the_call() {
    let (client, log) = built(|it| {
        let it = it.default_header("x-tenant", 7).default_header("x-secret", "s");
        it.default_query("trace", "a b").user_agent("hangar/1")
    });
    get(&client, "1").send().await.unwrap();
    let sent = last(&log);
    assert_eq!([&sent.headers["x-tenant"], &sent.headers["user-agent"]], ["7", "hangar/1"]);
    assert!(sent.headers["x-secret"].is_sensitive());
    assert!(sent.url.ends_with("&trace=a%20b"), "{}", sent.url);
    get(&client, "1").header("X-Tenant", 8).without_header("x-secret").send().await.unwrap();
    let headers = last(&log).headers;
    assert_eq!((&headers["x-tenant"], headers.get("x-secret")), (&"8".parse().unwrap(), None));
    let error = client_with_header("a b").build().unwrap_err();
    assert_eq!(error.to_string(), "the header \"a b\" cannot be sent");
}

fn client_with_header(name: &str) -> ClientBuilder {
    client("https://pets.example").transport(log()).default_header(name, "x")
}

#[tokio::test]
async fn a_raw_call_has_all_that_others_have() {
    let (client, log) = built(|it| it);
    let call = client.request(Method::PATCH, "/roles/{id}/x").with_path("id", "a/b");
    let response = call.query("q", 1).with_json(&json!({"a": 1})).send().await.unwrap();
    assert_eq!(response.attempts(), 1);
    let sent = last(&log);
    assert_eq!((sent.method.as_str(), sent.path_template()), ("PATCH", Some("/roles/{id}/x")));
    assert_eq!(sent.url, "https://pets.example/roles/a%2Fb/x?q=1");
    assert_eq!(sent.headers["authorization"], "Bearer canary-token");
    assert_eq!(
        (&sent.headers["content-type"], &*sent.body),
        (&"application/json".parse().unwrap(), &br#"{"a":1}"#[..])
    );
    for path in ["roles", "/roles?x", "/a b", "/a/../b", "/a#b"] {
        let error = client.request(Method::GET, path).send().await.unwrap_err();
        assert!(error.to_string().starts_with("the path of a raw call"), "{path}: {error}");
    }
    let busy = || Reply::status(503);
    let log = replay([busy(), Reply::status(200), busy()]);
    let client = crate::harness::client::client("https://pets.example").transport(log.clone());
    let client = client.clock(crate::runtime::test_util::NoWait::new()).build().unwrap();
    assert_eq!(client.request(Method::GET, "/x").send().await.unwrap().attempts(), 2);
    let error = client.request(Method::POST, "/x").send().await.unwrap_err();
    assert_eq!(error.to_string(), "POST /x answered 503 after 1 attempt");
}

#[tokio::test]
async fn a_body_may_be_given_where_the_collection_shows_another_or_none() {
    let (client, log) = built(|it| it);
    add(&client, &Pet::default()).with_body("text/csv", "a,b").send().await.unwrap();
    let sent = last(&log);
    assert_eq!(
        (&sent.headers["content-type"], &*sent.body),
        (&"text/csv".parse().unwrap(), &b"a,b"[..])
    );
    list(&client).with_json(&[1]).send().await.unwrap();
    assert_eq!(&*last(&log).body, b"[1]");
}

#[tokio::test]
async fn a_signer_signs_what_has_no_credential() {
    let log = log();
    let builder = builder().base_url("https://pets.example").transport(log.clone()).signer(Stamp);
    let client = builder.build().unwrap();
    client.request(Method::GET, "/x").send().await.unwrap();
    assert_eq!(last(&log).headers["x-stamp"], "1");
    client.request(Method::GET, "/x").without_auth().send().await.unwrap();
    assert!(!last(&log).headers.contains_key("x-stamp"));
}

#[tokio::test]
async fn client_credentials_can_be_changed_after_they_were_given() {
    let log = replay([Reply::json(200, r#"{"access_token": "t"}"#), Reply::json(200, "{}")]);
    let credentials = ClientCredentials::new("/token", "id", "secret");
    let builder = client("https://pets.example").transport(log.clone());
    let builder = builder.credential("token", CredentialValue::ClientCredentials(credentials));
    let builder = builder.map_client_credentials(|it| it.audience("https://api").scope("read"));
    get(&builder.build().unwrap(), "1").send().await.unwrap();
    let body = log.sent().remove(0).body;
    assert!(body.ends_with(b"&audience=https%3A%2F%2Fapi&scope=read"), "{body:?}");
}

#[tokio::test]
async fn client_credentials_have_a_door_each() {
    let log = replay([Reply::json(200, r#"{"access_token": "t"}"#), Reply::json(200, "{}")]);
    let credentials = ClientCredentials::new("/token", "i d", "s&")
        .token_url("https://login.example/oauth")
        .audience("a")
        .scope("b c")
        .parameter("resource", "x y")
        .leeway(std::time::Duration::ZERO)
        .in_header();
    let builder = client("https://pets.example").transport(log.clone());
    let client = builder.credential("token", credentials.into()).build().unwrap();
    get(&client, "1").send().await.unwrap();
    let sent = log.sent().remove(0);
    assert_eq!(sent.url, "https://login.example/oauth");
    assert_eq!(sent.headers["authorization"], "Basic aSUyMGQ6cyUyNg==");
    assert!(sent.headers["authorization"].is_sensitive());
    let body = "grant_type=client_credentials&audience=a&scope=b%20c&resource=x%20y";
    assert_eq!(sent.body, body);
}

const KEYED: Operation = Operation::new("pets.keyed", "POST", "/pets")
    .headers(&[HeaderSlot::plain("x-tag"), HeaderSlot::plain("Idempotency-Key")]);

#[tokio::test]
async fn a_key_is_made_for_each_call_and_kept_over_its_attempts() {
    let log = replay((0..8).map(|at| Reply::status(if at % 2 == 0 { 503 } else { 200 })));
    let client = client("https://pets.example").transport(log.clone());
    let client = client.clock(crate::runtime::test_util::NoWait::new()).build().unwrap();
    let call = || Call::<Json>::new(&client, &KEYED).without_auth();
    call().send_raw().await.unwrap();
    call().send_raw().await.unwrap();
    call().set_header(1, "mine").send_raw().await.unwrap();
    add(&client, &Pet::default()).header("idempotency-key", "mine").send_raw().await.unwrap();
    let keys: Vec<_> = log.sent().iter().map(|it| it.headers["idempotency-key"].clone()).collect();
    assert_eq!((&keys[0], &keys[2]), (&keys[1], &keys[3]));
    assert_ne!(keys[0], keys[2]);
    assert_eq!(keys[0].len(), 36);
    assert!(keys[4..].iter().all(|key| key == "mine"));
    let log = replay([Reply::status(503)]);
    let other = crate::harness::client::client("https://pets.example").transport(log.clone());
    let other = other.build().unwrap();
    let call = Call::<Json>::new(&other, &KEYED).without_header("Idempotency-Key");
    assert!(call.send_raw().await.is_err());
    assert_eq!(log.sent().len(), 1);
}

const RENAMED: Operation = Operation::new("pets.rename", "PATCH", "/pets")
    .auth(0)
    .headers(&[HeaderSlot::plain("X-Idempotency-Key")]);

#[tokio::test]
async fn a_key_is_kept_over_attempts_and_a_new_token_whatever_the_method() {
    let token = |it: &str| Reply::json(200, format!(r#"{{"access_token": "{it}"}}"#));
    let log = replay([
        token("t1"),
        Reply::status(503),
        Reply::status(401),
        token("t2"),
        Reply::failure(crate::runtime::TransportErrorKind::Broken),
        Reply::status(200),
    ]);
    let builder = client("https://pets.example").transport(log.clone());
    let builder = builder.credential("token", ClientCredentials::new("/token", "i", "s").into());
    let policy = crate::runtime::RetryPolicy::default().attempts(4);
    let builder = builder.clock(crate::runtime::test_util::NoWait::new()).retry(policy);
    let client = builder.build().unwrap();
    Call::<Json>::new(&client, &RENAMED).send_raw().await.unwrap();
    let sent = log.sent();
    let sent: Vec<_> = sent.iter().filter(|it| it.method == Method::PATCH).collect();
    let token_of = |at: usize| sent[at].headers["authorization"].to_str().unwrap();
    assert_eq!([0, 1, 2, 3].map(token_of), ["Bearer t1", "Bearer t1", "Bearer t2", "Bearer t2"]);
    let key = &sent[0].headers["x-idempotency-key"];
    assert_eq!(key.len(), 36);
    assert!(sent.iter().all(|it| it.headers["x-idempotency-key"] == key));
}

#[test]
fn items_and_pages_come_without_async() {
    let pages = || [r#"{"items": [1, 2], "total": 3}"#, r#"{"items": [3], "total": 3}"#];
    let built = || {
        let log = replay(pages().map(|body| Reply::json(200, body)));
        client("https://pets.example").transport(log).build().unwrap()
    };
    let items = list(&built()).items::<ByPage>().blocking();
    assert_eq!(items.map(Result::unwrap).collect::<Vec<_>>(), [1, 2, 3]);
    let sizes = list(&built()).pages::<ByPage>().blocking().map(|page| page.unwrap().items.len());
    assert_eq!(sizes.collect::<Vec<_>>(), [2, 1]);
}

#[test]
fn a_secret_is_read_from_configuration() {
    let secret: Secret = serde_json::from_str("\"s\"").unwrap();
    assert_eq!(Ok(secret), "s".parse());
}
