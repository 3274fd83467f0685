//! Fault 14: a canary as token, password, client secret, secret key, session token and query key, looked for in everything that is shown.

use crate::harness::alone::alone;
use crate::harness::client::{Pet, add, client, get};
use crate::harness::server::{Server, Step, json, response};
use crate::harness::signed::{self, AWS, DIGEST};
use crate::harness::trace::Lines;
use crate::runtime::{
    AwsCredentials, BoxFuture, Client, ClientCredentials, CredentialValue, DigestCredentials,
    Error, HttpRequest, RetryPolicy, Secret, Signer,
};
use std::error::Error as _;
use std::fmt::Write;
use std::sync::Arc;
use std::time::Duration;

struct Panics;

impl Signer for Panics {
    fn sign(&self, request: &mut HttpRequest) -> Result<(), Error> {
        panic!("the signer broke on {request:?}");
    }
}

fn basic() -> CredentialValue {
    CredentialValue::Basic { username: "me".to_owned(), password: "canary-basic".into() }
}

fn issued() -> CredentialValue {
    let credentials = ClientCredentials::new("/token", "id", "canary-client-secret");
    CredentialValue::ClientCredentials(credentials)
}

/// An error and all that is below it.
fn show(out: &mut String, error: &Error) {
    let _ = writeln!(out, "{error} {error:?} {error:#?}");
    let mut source = error.source();
    while let Some(below) = source {
        let _ = writeln!(out, "{below} {below:?}");
        source = below.source();
    }
}

async fn everything(out: &mut String) {
    let servers = [
        Server::always(json("401 Unauthorized", r#"{"token": "canary-answer"}"#)),
        Server::always(json("200 OK", r#"{"access_token": "canary-issued", "name": 1}"#)),
        Server::always(json("200 OK", r#"["canary-answer"]"#)),
        Server::always(response("200 OK", &["set-cookie: canary"], "<html>canary-answer")),
        Server::always(vec![Step::Close]),
        Server::always(vec![Step::Write(b"canary-garbage\r\n\r\n".to_vec()), Step::Close]),
        Server::always(vec![Step::Wait(Duration::from_millis(100)), Step::Close]),
    ];
    let urls = servers.iter().map(|server| server.url.as_str());
    for url in urls.chain(["http://127.0.0.1:1", "https://canary-host.invalid"]) {
        for credential in [CredentialValue::Token("canary-token".into()), basic(), issued()] {
            let builder = client(url).credential("token", credential.clone());
            let builder = builder.retry(RetryPolicy::never()).timeout(Duration::from_millis(80));
            let _ = writeln!(out, "{builder:?} {builder:#?} {credential:?}");
            let client = builder.build().unwrap();
            let pet = Pet { password: Some("canary-password".into()), ..Pet::default() };
            let call = add(&client, &pet).query("api_key", "canary-query").header("x", "canary-x");
            let _ = writeln!(out, "{client:?} {call:?} {pet:?} {pet:#?}");
            match call.send().await {
                Ok(pet) => drop(writeln!(out, "{:?} {:?}", pet.name, pet.extra)),
                Err(error) => show(out, &error),
            }
            if let Err(error) = get(&client, "canary-path").send().await {
                show(out, &error);
            }
        }
    }
    let client = client("https://pets.example").credential("token", "canary\n".to_token());
    let error = get(&client.build().unwrap(), "1").send().await.unwrap_err();
    show(out, &error);
}

/// The same for credentials that sign, whose libraries trace as well.
async fn everything_signed(out: &mut String) {
    let challenge = "www-authenticate: Digest realm=\"r\", qop=\"auth\", nonce=\"canary-nonce\"";
    let servers = [
        Server::always(response("401 Unauthorized", &[challenge], "canary-answer")),
        Server::always(json("200 OK", "{}")),
    ];
    let digest = DigestCredentials::new("canary-user", "canary-password");
    let keys = AwsCredentials::new("canary-key", "canary-secret").session_token("canary-session");
    let _ = writeln!(out, "{digest:?} {digest:#?} {keys:?} {keys:#?}");
    let broken = AwsCredentials::new("canary\n", "canary").session_token("canary\n");
    for url in servers.iter().map(|server| server.url.as_str()).chain(["http://127.0.0.1:1"]) {
        for keys in [&keys, &broken] {
            let builder = signed::builder().base_url(url).retry(RetryPolicy::never());
            let builder =
                builder.credential("digest_auth", CredentialValue::Digest(digest.clone()));
            let builder =
                builder.credential("aws_credentials", CredentialValue::AwsV4(keys.clone()));
            let client = builder.build().unwrap();
            for digested in [true, false] {
                let sent = if digested { send::<DIGEST>(&client) } else { send::<AWS>(&client) };
                match sent.await {
                    Ok(()) => {}
                    Err(error) => show(out, &error),
                }
            }
        }
    }
}

fn send<const AUTH: usize>(client: &Client) -> BoxFuture<'_, Result<(), Error>> {
    let call = signed::call::<signed::AddBox<AUTH>>(client).path("key", "canary-path");
    let call = call.query("q", "canary-query").header("x", "canary-header").bytes("canary-body");
    Box::pin(async { call.send().await.map(drop) })
}

trait ToToken {
    fn to_token(&self) -> CredentialValue;
}

impl ToToken for str {
    fn to_token(&self) -> CredentialValue {
        CredentialValue::Token(Secret::from(self))
    }
}

#[test]
fn fault_14_no_secret_is_ever_shown() {
    alone("faults::secrets::fault_14_no_secret_is_ever_shown", || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let (lines, mut out) = (Lines::default(), String::new());
        tracing::subscriber::set_global_default(lines.clone()).unwrap();
        runtime.block_on(everything(&mut out));
        runtime.block_on(everything_signed(&mut out));
        let signer = CredentialValue::Signer(Arc::new(Panics));
        let client = client("https://pets.example").credential("token", signer).build().unwrap();
        let broken = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            let call = get(&client, "canary-path").query("k", "canary-query");
            let _ = runtime.block_on(call.send());
        }));
        out.push_str(broken.unwrap_err().downcast_ref::<String>().unwrap());
        // hyper's connector logs the host it connects to: nobody's secret.
        let traced = lines.text().replace("canary-host", "host");
        out = out.replace("canary-host", "host");
        println!("fault 14: {} bytes shown, {} bytes traced", out.len(), traced.len());
        for text in [out, traced] {
            let line = text.lines().find(|line| line.contains("canary"));
            assert_eq!(line, None);
        }
    });
}
