//! A canary in each place a credential has, looked for in everything that is shown: `Debug`, `Display`, errors with what the service echoes, hooks, traces and recordings.

use crate::harness::alone::alone;
use crate::harness::client::{ADD, Pet, client};
use crate::harness::signed::{self, AWS, AddBox, DIGEST};
use crate::harness::trace::Lines;
use crate::recordings::Written;
use crate::runtime::test_util::{NoWait, Recorder};
use crate::runtime::{
    ApiSpec, AwsCredentials, BoxFuture, Bytes, Call, ClientBuilder, ClientCredentials,
    CredentialSpec, CredentialValue, DigestCredentials, Error, HeaderSlot, HttpRequest,
    HttpResponse, Json, Operation, Part, QuerySlot, SchemeSpec, Serde, ServerSpec, Transport,
    TransportError,
};
use http::{HeaderMap, StatusCode};
use std::fmt::{Debug, Write};
use std::sync::{Arc, Mutex};

/// A service that says in its error whatever it was sent, and more.
#[derive(Clone, Default)]
struct Echo {
    status: u16,
}

impl Transport for Echo {
    fn send(&self, request: HttpRequest) -> BoxFuture<'_, Result<HttpResponse, TransportError>> {
        let is_token = request.url.contains("/token");
        let headers = request.headers.values().map(|it| String::from_utf8_lossy(it.as_bytes()));
        let mut words: Vec<String> = headers.map(|text| text.into_owned()).collect();
        words.push(request.url.clone());
        words.push(String::from_utf8_lossy(&request.body).into_owned());
        let said = words.join(" ").replace(['?', '&', '=', '"', ':', '/', ',', '{', '}'], " ");
        let said: Vec<&str> = said.split_whitespace().filter(|it| it.contains("canary")).collect();
        let body = match is_token {
            true => r#"{"access_token": "canary-issued", "expires_in": 3600}"#.to_owned(),
            false => serde_json::json!({
                "message": said.join(" "),
                "client_secret": "canary-body",
                "next": "https://u:canary-user@x.example/y?a=1&page_token=canary-next#z",
            })
            .to_string(),
        };
        let mut headers = HeaderMap::new();
        headers.insert("set-cookie", "sid=canary-cookie".parse().unwrap());
        let link = "<https://x.example/p?sig=canary-link&page=2>; rel=\"next\"";
        headers.insert("link", link.parse().unwrap());
        let challenge = "Digest realm=\"r\", qop=\"auth\", nonce=\"n\"";
        headers.insert("www-authenticate", challenge.parse().unwrap());
        let status = if is_token { 200 } else { self.status };
        let status = StatusCode::from_u16(status).unwrap();
        let body = Box::new(Some(Bytes::from(body)));
        Box::pin(async move { Ok(HttpResponse { status, headers, body }) })
    }
}

const API: ApiSpec = ApiSpec {
    name: "pets",
    version: "1.0.0",
    variables: &[],
    servers: &[ServerSpec { setter: "base_url", base: &[Part::Text("https://pets.example")] }],
    // A name that says nothing of what it holds.
    credentials: &[CredentialSpec {
        setter: "app",
        scheme: SchemeSpec::QueryKey { name: "app id" },
    }],
};
const KEYED: Operation = Operation::new("pets.keyed", "POST", "/pets/{token}/{id}")
    .auth(0)
    .query(&[QuerySlot::plain("api_key"), QuerySlot::plain("page")])
    .headers(&[HeaderSlot::plain("X-Api-Key")])
    .content_type("application/x-www-form-urlencoded");

/// Everything that was shown.
#[derive(Clone, Default)]
struct Shown(Arc<Mutex<String>>);

impl Shown {
    fn put(&self, it: &impl Debug) {
        let _ = writeln!(self.0.lock().unwrap(), "{it:?} {it:#?}");
    }

    fn error(&self, error: &Error) {
        self.put(error);
        let _ = writeln!(self.0.lock().unwrap(), "{error} {:?}", error.service_message());
    }
}

/// The client of a service that echoes with this status, with all that watches it.
fn watched(builder: ClientBuilder, status: u16, shown: &Shown, lines: &Written) -> ClientBuilder {
    let told = shown.clone();
    let builder = builder.on_attempt_end(move |attempt| told.put(attempt));
    let builder = builder.default_header("x-tenant-token", "canary-default-header");
    let builder = builder.default_query("default_token", "canary-default-query");
    builder.clock(NoWait::new()).transport(Recorder::new(Echo { status }, lines.clone()))
}

async fn sent(call: Call<Json>, shown: &Shown) {
    shown.put(&call);
    let (raw, odd) = (call.clone(), call.clone());
    match call.send().await {
        Ok(response) => shown.put(&response.status()),
        Err(error) => shown.error(&error),
    }
    if let Ok(raw) = raw.send_raw().await {
        shown.put(&raw);
    }
    if let Err(error) = odd.send_as::<Serde<Vec<u8>>>().await {
        shown.error(&error);
    }
}

async fn everything(shown: &Shown, lines: &Written) {
    let basic = CredentialValue::Basic { username: "me".into(), password: "canary-basic".into() };
    let issued = ClientCredentials::new("/token", "my-id", "canary-secret")
        .parameter("resource", "canary-parameter");
    let in_header = issued.clone().in_header();
    let token = CredentialValue::Token("canary-token".into());
    for status in [200, 400] {
        for credential in
            [token.clone(), basic.clone(), issued.clone().into(), in_header.clone().into()]
        {
            shown.put(&credential);
            let builder = client("https://pets.example").credential("token", credential.clone());
            let client = watched(builder, status, shown, lines);
            shown.put(&client);
            let client = client.build().unwrap();
            shown.put(&client);
            let pet = Pet { password: Some("canary-password".into()), ..Pet::default() };
            let call = Call::<Json>::new(&client, &ADD).json(&pet);
            let call = call.header("cookie", "canary-cookie").query("access_token", "canary-query");
            sent(call.clone(), shown).await;
            sent(call.with_auth("canary-own"), shown).await;
        }
        let keyed = ClientBuilder::new(&API).credential("app", "canary-app".into());
        let keyed = watched(keyed, status, shown, lines).build().unwrap();
        let call = Call::<Json>::new(&keyed, &KEYED).path("token", "canary-path").path("id", 1);
        let call = call.set_query(0, "canary-slot").set_header(0, "canary-header");
        sent(call.text("password=canary-form&name=Rex"), shown).await;
        let digest = DigestCredentials::new("me", "canary-digest");
        let keys = AwsCredentials::new("AKIDEXAMPLE", "canary-aws").session_token("canary-session");
        shown.put(&(&digest, &keys));
        let signed = signed::builder().base_url("https://pets.example");
        let signed = signed.credential("digest_auth", CredentialValue::Digest(digest));
        let signed = signed.credential("aws_credentials", CredentialValue::AwsV4(keys));
        let signed = watched(signed, status, shown, lines).build().unwrap();
        sent(signed::call::<AddBox<DIGEST>>(&signed).path("key", "canary-key"), shown).await;
        sent(signed::call::<AddBox<AWS>>(&signed).path("key", "canary-key"), shown).await;
    }
}

#[test]
fn no_credential_is_shown_wherever_it_stands() {
    alone("redaction::no_credential_is_shown_wherever_it_stands", || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let (traced, shown, lines) = (Lines::default(), Shown::default(), Written::default());
        tracing::subscriber::set_global_default(traced.clone()).unwrap();
        runtime.block_on(everything(&shown, &lines));
        let shown = shown.0.lock().unwrap().clone();
        // What was sent was echoed: without it nothing is proved.
        assert!(shown.contains("answered 400") && shown.contains("[REDACTED]"), "{shown}");
        assert!(lines.text().contains("pets.keyed") && traced.text().contains("pets.keyed"));
        for (place, text) in
            [("shown", shown), ("traced", traced.text()), ("recorded", lines.text())]
        {
            assert!(!text.is_empty());
            let line = text.lines().find(|line| line.contains("canary"));
            assert_eq!(line, None, "{place}");
        }
    });
}
