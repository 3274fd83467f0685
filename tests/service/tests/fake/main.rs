//! The service against a fake over loopback that is not ours: `wiremock` says what arrived, in its own reading of HTTP.

mod lines;

use auth0_management::test_util::{NoWait, Reply, replay};
use auth0_management::{Client, ClientBuilder, ReqwestTransport};
use bytes::Bytes;
use lines::Lines;
use serde_json::{Value, json};
use service_tests::{Attempts, Directory};
use std::time::Duration;
use wiremock::matchers::{body_json, header, header_exists, method, path, query_param};
use wiremock::{Mock, MockServer, Request, ResponseTemplate};

const TOKEN: &str = "token-of-the-tests";

fn at(server: &MockServer) -> ClientBuilder {
    let builder = Client::builder().auth0_domain("acme.example.org").base_url(server.uri());
    builder.clock(NoWait::new())
}

fn directory(server: &MockServer) -> Directory {
    Directory::new(at(server).auth0_token(TOKEN).build().unwrap())
}

/// Answers page `number` of two with the users that are on it, two a page.
async fn pages(server: &MockServer) {
    let page = |start: usize, addresses: &[&str]| {
        let users: Vec<Value> = addresses.iter().map(|it| json!({"email": it})).collect();
        json!({"start": start, "limit": 2, "length": users.len(), "total": 3, "users": users})
    };
    let first = page(0, &["ada@example.org", "bob@example.org"]);
    let second = page(2, &["cy@example.org"]);
    let asked = || {
        let asked = Mock::given(method("GET")).and(path("/api/v2/users"));
        let asked = asked.and(query_param("q", "email:*@example.org"));
        asked.and(query_param("per_page", "2")).and(query_param("include_totals", "true"))
    };
    let next = asked().and(query_param("page", "1"));
    next.respond_with(ResponseTemplate::new(200).set_body_json(second)).mount(server).await;
    asked().respond_with(ResponseTemplate::new(200).set_body_json(first)).mount(server).await;
}

const ALL: [&str; 3] = ["ada@example.org", "bob@example.org", "cy@example.org"];

#[tokio::test]
async fn a_list_comes_whole_page_by_page() {
    let server = MockServer::start().await;
    pages(&server).await;
    assert_eq!(directory(&server).addresses("email:*@example.org").await.unwrap(), ALL);
    let sent = server.received_requests().await.unwrap();
    assert_eq!(sent.len(), 2);
    for request in sent {
        assert_eq!(request.headers["authorization"], format!("Bearer {TOKEN}"));
        assert_eq!(request.headers["user-agent"], "auth0-management/0.1.0");
    }
}

#[tokio::test]
async fn a_body_that_creates_carries_what_was_set_and_a_refusal_says_why() {
    let server = MockServer::start().await;
    let body = json!({
        "connection": "Username-Password-Authentication",
        "email": "ada@example.org",
        "user_metadata": {"plan": "gold"},
    });
    let made = ResponseTemplate::new(201)
        .set_body_json(json!({"user_id": "auth0|1", "email": "ada@example.org"}));
    let users = || Mock::given(method("POST")).and(path("/api/v2/users"));
    users().and(body_json(&body)).respond_with(made).up_to_n_times(1).mount(&server).await;
    let refusal = json!({"statusCode": 409, "error": "Conflict", "message": "The user exists."});
    let refused = ResponseTemplate::new(409).set_body_json(refusal);
    users().respond_with(refused.insert_header("x-request-id", "r-7")).mount(&server).await;

    let directory = directory(&server);
    let user = directory.invite("ada@example.org", "gold").await.unwrap();
    assert_eq!(user.user_id.as_deref(), Some("auth0|1"));
    let error = directory.invite("ada@example.org", "gold").await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "POST /api/v2/users answered 409 after 1 attempt: The user exists. (request id r-7)"
    );
    assert_eq!(error.api_error().unwrap().message.as_deref(), Some("The user exists."));
}

#[tokio::test]
async fn a_patch_sends_null_where_null_is_meant_and_nothing_where_nothing_is() {
    let server = MockServer::start().await;
    let patch = || Mock::given(method("PATCH")).and(path("/api/v2/users/auth0%7C1"));
    let ok = || ResponseTemplate::new(200).set_body_json(json!({}));
    let both = json!({"nickname": "ada", "phone_number": null});
    patch().and(body_json(both)).respond_with(ok()).expect(1).mount(&server).await;
    let one = json!({"phone_number": null});
    patch().and(body_json(one)).respond_with(ok()).expect(1).mount(&server).await;
    let directory = directory(&server);
    directory.rename("auth0|1", Some("ada")).await.unwrap();
    directory.rename("auth0|1", None).await.unwrap();
}

#[tokio::test]
async fn what_is_deleted_is_gone_and_what_is_gone_is_no_failure() {
    let server = MockServer::start().await;
    let delete = Mock::given(method("DELETE")).and(path("/api/v2/users/auth0%7C1"));
    delete.respond_with(ResponseTemplate::new(204)).up_to_n_times(1).mount(&server).await;
    let directory = directory(&server);
    assert!(directory.remove("auth0|1").await.unwrap());
    assert!(!directory.remove("auth0|1").await.unwrap());
}

#[tokio::test]
async fn a_file_arrives_as_a_part_beside_its_fields() {
    let server = MockServer::start().await;
    let import = Mock::given(method("POST")).and(path("/api/v2/jobs/users-imports"));
    let job = ResponseTemplate::new(202).set_body_json(json!({"id": "job_1"}));
    import.and(is_multipart).respond_with(job).mount(&server).await;
    let file = Bytes::from_static(b"[{\"email\": \"ada@example.org\"}]");
    let id = directory(&server).import("con_1", file).await.unwrap();
    assert_eq!(id.as_deref(), Some("job_1"));
}

/// Whether a request is the form of the import: three parts, of which one is a file of JSON.
fn is_multipart(request: &Request) -> bool {
    let kind = request.headers["content-type"].to_str().unwrap();
    let boundary = kind.strip_prefix("multipart/form-data; boundary=").unwrap();
    let body = String::from_utf8(request.body.clone()).unwrap();
    let parts: Vec<&str> = body.split(boundary).filter(|part| part.contains("\r\n\r\n")).collect();
    let has = |head: &str, text: &str| {
        parts
            .iter()
            .any(|part| part.contains(head) && part.contains(&format!("\r\n\r\n{text}\r\n")))
    };
    parts.len() == 3
        && has("filename=\"users.json\"", "[{\"email\": \"ada@example.org\"}]")
        && has("name=\"connection_id\"", "con_1")
        && has("name=\"upsert\"", "true")
}

#[tokio::test]
async fn a_clients_id_and_secret_are_changed_for_one_token() {
    let server = MockServer::start().await;
    pages(&server).await;
    let token = json!({"access_token": TOKEN, "expires_in": 3600, "token_type": "Bearer"});
    let tokens = Mock::given(method("POST")).and(path("/oauth/token")).and(asks_for_a_token);
    let tokens = tokens.respond_with(ResponseTemplate::new(200).set_body_json(token));
    tokens.expect(1).mount(&server).await;
    let wrong = Mock::given(header_exists("authorization"))
        .and(|request: &Request| request.headers["authorization"] != format!("Bearer {TOKEN}"));
    wrong.respond_with(ResponseTemplate::new(401)).with_priority(1).mount(&server).await;
    let client = at(&server).client_credentials("id", "s3cret").build().unwrap();
    let found = Directory::new(client).addresses("email:*@example.org").await.unwrap();
    assert_eq!(found, ALL);
}

/// The audience is the API's own name, wherever it is sent to.
fn asks_for_a_token(request: &Request) -> bool {
    let body = String::from_utf8(request.body.clone()).unwrap();
    let mut fields: Vec<&str> = body.split('&').collect();
    fields.sort_unstable();
    fields
        == [
            "audience=https%3A%2F%2Facme.example.org%2Fapi%2Fv2%2F",
            "client_id=id",
            "client_secret=s3cret",
            "grant_type=client_credentials",
        ]
}

#[tokio::test]
async fn middleware_sees_every_attempt() {
    let server = MockServer::start().await;
    let busy = Mock::given(method("GET")).respond_with(ResponseTemplate::new(503));
    busy.up_to_n_times(2).with_priority(1).mount(&server).await;
    pages(&server).await;
    let attempts = Attempts::default();
    let transport = ReqwestTransport::new(Duration::from_secs(3)).unwrap();
    let transport = attempts.clone().around(transport);
    let client = at(&server).auth0_token(TOKEN).transport(transport).build().unwrap();
    assert_eq!(Directory::new(client).addresses("email:*@example.org").await.unwrap(), ALL);
    assert_eq!(attempts.of("users.list"), 4);
}

#[tokio::test]
async fn what_is_traced_has_names_and_no_secret() {
    let server = MockServer::start().await;
    let delete =
        Mock::given(method("DELETE")).and(header("authorization", "Bearer token-of-the-tests"));
    delete.respond_with(ResponseTemplate::new(204)).mount(&server).await;
    let lines = Lines::default();
    // For all threads: what is first reached where there is no subscriber would never be traced.
    tracing::subscriber::set_global_default(lines.clone()).unwrap();
    directory(&server).remove("auth0|1").await.unwrap();
    let text = lines.of("auth0_management");
    for part in ["DELETE", "/api/v2/users/{id}", "users.delete", "status_code=204"] {
        assert!(text.contains(part), "{part} in {text}");
    }
    assert!(!text.contains(TOKEN) && !text.contains("auth0|1"), "{text}");
}

#[test]
fn a_thread_that_waits_gets_the_same() {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    let server = runtime.block_on(MockServer::start());
    runtime.block_on(pages(&server));
    let found = directory(&server).addresses_blocking("email:*@example.org").unwrap();
    assert_eq!(found, ALL);
    runtime.block_on(async { drop(server) });
}

#[tokio::test]
async fn the_service_is_tested_without_a_socket() {
    let busy = Reply::status(429).header("Retry-After", "7");
    let log = replay([busy, Reply::status(204)]);
    let clock = NoWait::new();
    let client = Client::builder().auth0_domain("acme.example.org").auth0_token(TOKEN);
    let client = client.transport(log.clone()).clock(clock.clone()).build().unwrap();
    assert!(Directory::new(client).remove("auth0|1").await.unwrap());
    let sent: Vec<String> = log.sent().into_iter().map(|sent| sent.url).collect();
    assert_eq!(sent, ["https://acme.example.org/api/v2/users/auth0%7C1"; 2]);
    assert!(clock.waited() >= Duration::from_secs(7));
}
