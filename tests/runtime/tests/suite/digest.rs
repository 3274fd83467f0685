//! Digest authentication: the examples of RFC 7616, the handshake, stale and foreign nonces, uploads.

use crate::harness::clock::Jumping;
use crate::harness::server::{Seen, Server, Step, json, response};
use crate::harness::signed::{AddBox, AddRoot, DIGEST, GetBox, List, builder, call};
use crate::runtime::test_util::{Reply, replay};
use crate::runtime::{
    ClientBuilder, CredentialValue, DigestCredentials, Error, RetryPolicy, Upload,
};
use http_auth::{DigestClient, PasswordParams, parse_challenges};
use md5::{Digest as _, Md5};
use sha2::Sha256;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Cursor;

fn with(url: &str, password: &str) -> ClientBuilder {
    let credentials = DigestCredentials::new("Mufasa", password);
    builder().base_url(url).credential("digest_auth", CredentialValue::Digest(credentials))
}

/// A challenge with a nonce, and more of its parameters.
fn challenge(nonce: &str, more: &str) -> String {
    format!("www-authenticate: Digest realm=\"vault\", nonce=\"{nonce}\"{more}")
}

fn refusal(nonce: &str, more: &str) -> Vec<Step> {
    response("401 Unauthorized", &[&challenge(nonce, more)], "")
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut hex, byte| {
        write!(hex, "{byte:02x}").unwrap();
        hex
    })
}

/// The parameters of an `Authorization` header.
fn parameters(seen: &Seen) -> BTreeMap<String, String> {
    let value = seen.header("authorization").unwrap().strip_prefix("Digest ").unwrap();
    let pairs = value.split(", ").map(|pair| pair.split_once('=').unwrap());
    pairs.map(|(name, value)| (name.to_owned(), value.trim_matches('"').to_owned())).collect()
}

/// Whether a request carries the one right answer, by RFC 7616 §3.4.1 and as written here.
fn assert_answers(seen: &Seen, nonce: &str, count: u32) {
    let given = parameters(seen);
    let hash = |text: String| match given["algorithm"].as_str() {
        "MD5" => hex(&Md5::digest(text)),
        "SHA-256" => hex(&Sha256::digest(text)),
        other => panic!("{other}"),
    };
    let (method, target) = (seen.line.split(' ').next(), seen.line.split(' ').nth(1));
    let (method, target) = (method.unwrap(), target.unwrap());
    let nc = format!("{count:08x}");
    let of_request = hash(format!("{method}:{target}"));
    let of_user = hash("Mufasa:vault:Circle of Life".to_owned());
    let cnonce = &given["cnonce"];
    let response = hash(format!("{of_user}:{nonce}:{nc}:{cnonce}:auth:{of_request}"));
    let wanted = [target, "Mufasa", nonce, &nc, &response];
    assert_eq!(["uri", "username", "nonce", "nc", "response"].map(|name| &given[name]), wanted);
}

#[test]
fn the_examples_of_rfc_7616() {
    let text = "Digest realm=\"http-auth@example.org\", qop=\"auth, auth-int\", algorithm=ALGORITHM, \
        nonce=\"7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v\", opaque=\"FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS\"";
    for (algorithm, wanted) in [
        ("MD5", "8ca523f5e9506fed4657c9700eebdbec"),
        ("SHA-256", "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1"),
    ] {
        let text = text.replace("ALGORITHM", algorithm);
        let mut client = DigestClient::try_from(&parse_challenges(&text).unwrap()[0]).unwrap();
        let parameters = PasswordParams {
            username: "Mufasa",
            password: "Circle of Life",
            uri: "/dir/index.html",
            method: "GET",
            body: None,
        };
        let cnonce = "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ";
        let response = client.respond_with_testing_cnonce(&parameters, cnonce).unwrap();
        assert!(response.contains(&format!("response=\"{wanted}\"")), "{response}");
    }
}

#[tokio::test]
async fn a_challenge_is_answered_and_the_next_call_answers_at_once() {
    for algorithm in ["MD5", "SHA-256"] {
        let more = format!(", qop=\"auth, auth-int\", algorithm={algorithm}, opaque=\"o\"");
        let server = Server::start(move |at| match at {
            0 => refusal("n1", &more),
            _ => json("200 OK", "{}"),
        });
        let client = with(&server.url, "Circle of Life").build().unwrap();
        let get = || call::<GetBox<DIGEST>>(&client).path("key", "a b").query("q", "x,y&z");
        get().send().await.unwrap();
        let seen = server.seen();
        assert_eq!(seen.len(), 2);
        assert_eq!(seen[0].header("authorization"), None);
        assert_eq!(seen[1].line, "GET /boxes/a%20b?q=x,y%26z HTTP/1.1");
        assert_answers(&seen[1], "n1", 1);
        assert_eq!(parameters(&seen[1])["opaque"], "o");
        get().send().await.unwrap();
        call::<AddRoot<DIGEST>>(&client.clone()).bytes("body").send().await.unwrap();
        let seen = server.seen();
        assert_eq!(seen.len(), 4);
        assert_answers(&seen[2], "n1", 2);
        assert_answers(&seen[3], "n1", 3);
        assert_ne!(parameters(&seen[1])["cnonce"], parameters(&seen[2])["cnonce"]);
    }
}

#[tokio::test]
async fn the_answer_to_a_challenge_is_no_retry() {
    let server = Server::start(|at| match at {
        0 => refusal("n1", ", qop=\"auth-int, auth\", algorithm=MD5"),
        _ => json("200 OK", "{}"),
    });
    let client = with(&server.url, "Circle of Life").build().unwrap();
    let add = call::<AddBox<DIGEST>>(&client).path("key", "1").bytes("a body");
    add.retry(RetryPolicy::never()).send().await.unwrap();
    let seen = server.seen();
    assert_eq!((seen.len(), &*seen[1].body), (2, &b"a body"[..]));
    assert_answers(&seen[1], "n1", 1);
}

#[tokio::test]
async fn a_stale_nonce_is_replaced_within_the_call() {
    for stale in [", stale=true", ""] {
        let more = format!(", qop=\"auth\", algorithm=MD5{stale}");
        let server = Server::start(move |at| match at {
            0 => refusal("n1", &more),
            2 => refusal("n2", &more),
            _ => json("200 OK", "{}"),
        });
        let client = with(&server.url, "Circle of Life").build().unwrap();
        for _ in 0..3 {
            call::<List<DIGEST>>(&client).send().await.unwrap();
        }
        let seen = server.seen();
        assert_eq!(seen.len(), 5);
        assert_answers(&seen[2], "n1", 2);
        assert_answers(&seen[3], "n2", 1);
        assert_answers(&seen[4], "n2", 2);
    }
}

#[tokio::test]
async fn a_wrong_password_is_refused_after_one_repeat() {
    let server = Server::start(|at| refusal(&format!("n{at}"), ", qop=\"auth\", algorithm=MD5"));
    let client = with(&server.url, "canary").build().unwrap();
    let error = call::<List<DIGEST>>(&client).send().await.unwrap_err();
    assert_eq!(error.to_string(), "GET /boxes answered 401 after 2 attempts");
    assert_eq!(server.seen().len(), 2);
    call::<List<DIGEST>>(&client).send().await.unwrap_err();
    assert_eq!(server.seen().len(), 4);
    // Who refuses the nonce that was just answered would refuse it again.
    let server = Server::start(|_| refusal("same", ", qop=\"auth\", algorithm=MD5"));
    let client = with(&server.url, "canary").build().unwrap();
    for wanted in [2, 3] {
        call::<List<DIGEST>>(&client).send().await.unwrap_err();
        let seen = server.seen();
        assert_eq!(seen.len(), wanted);
        assert_eq!(parameters(&seen[wanted - 1])["nc"], format!("{:08x}", wanted - 1));
    }
}

#[tokio::test]
async fn retries_count_the_repeat_and_the_nonce() {
    let server = Server::start(|at| match at {
        0 => refusal("n1", ", qop=\"auth\", algorithm=MD5"),
        1 => json("503 Busy", "{}"),
        _ => json("200 OK", "{}"),
    });
    let clock = Jumping::new();
    let client = with(&server.url, "Circle of Life").clock(clock.clone()).build().unwrap();
    call::<List<DIGEST>>(&client).send().await.unwrap();
    let seen = server.seen();
    assert_eq!((seen.len(), clock.waits().len()), (3, 1));
    assert_answers(&seen[1], "n1", 1);
    assert_answers(&seen[2], "n1", 2);
}

#[tokio::test]
async fn the_first_challenge_that_can_be_answered_is() {
    let server = Server::start(|at| match at {
        0 => response(
            "401 Unauthorized",
            &[
                "www-authenticate: Basic realm=\"vault\"",
                &challenge("n1", ", qop=\"auth\", algorithm=SHA-999"),
                &challenge(
                    "n2",
                    ", qop=\"auth\", algorithm=SHA-256, Digest realm=\"x\", nonce=\"n3\"",
                ),
            ],
            "",
        ),
        _ => json("200 OK", "{}"),
    });
    let client = with(&server.url, "Circle of Life").build().unwrap();
    call::<List<DIGEST>>(&client).send().await.unwrap();
    assert_answers(&server.seen()[1], "n2", 1);
    let signed = challenge("n1", ", qop=\"auth-int\"").replace("www-authenticate: ", "");
    for rubbish in
        ["Digest", "Digest realm=\"vault\"", ",,=\"", "Digest nonce=\"é\"", "\"\\", &signed]
    {
        let log = replay([Reply::status(401).header("www-authenticate", rubbish)]);
        let client = with("https://vault.example.com", "x").transport(log.clone()).build().unwrap();
        let error = call::<List<DIGEST>>(&client).send().await.unwrap_err();
        assert_eq!(error.to_string(), "GET /boxes answered 401 after 1 attempt");
        assert_eq!(log.sent().len(), 1, "{rubbish}");
    }
}

#[tokio::test]
async fn a_challenge_is_answered_to_its_own_server_only() {
    let start = || {
        Server::start(|at| match at {
            0 => refusal("n1", ", qop=\"auth\", algorithm=MD5"),
            _ => json("200 OK", "{}"),
        })
    };
    let (one, other) = (start(), start());
    let builder = with(&one.url, "Circle of Life");
    let clients = [builder.clone(), builder.base_url(&other.url)].map(|it| it.build().unwrap());
    for client in clients.iter().chain(&clients) {
        call::<List<DIGEST>>(client).send().await.unwrap();
    }
    for server in [one, other] {
        let seen = server.seen();
        assert_eq!(seen.len(), 3);
        assert_eq!(seen[0].header("authorization"), None);
        assert_answers(&seen[2], "n1", 2);
    }
}

#[tokio::test]
async fn an_upload_meets_no_challenge() {
    let server = Server::start(|at| match at {
        0 => refusal("n1", ", qop=\"auth\", algorithm=MD5"),
        3 => refusal("n2", ", qop=\"auth\", algorithm=MD5"),
        _ => json("200 OK", "{}"),
    });
    let client = with(&server.url, "Circle of Life").build().unwrap();
    let upload = || Upload::new(Cursor::new(b"abc".to_vec())).length(3);
    let error = call::<AddRoot<DIGEST>>(&client).upload(upload()).send().await.unwrap_err();
    assert!(matches!(error, Error::Auth { .. }), "{error:?}");
    assert_eq!(server.seen().len(), 0, "nothing is sent: {error}");
    call::<List<DIGEST>>(&client).send().await.unwrap();
    call::<AddRoot<DIGEST>>(&client).upload(upload()).send().await.unwrap();
    assert_answers(&server.seen()[2], "n1", 2);
    let error = call::<AddRoot<DIGEST>>(&client).upload(upload()).send().await.unwrap_err();
    assert_eq!(
        (error.to_string(), server.seen().len()),
        ("POST / answered 401 after 1 attempt".to_owned(), 4)
    );
}
