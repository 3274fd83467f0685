//! AWS Signature Version 4: published examples, what Postman signs, retries, uploads.

use crate::harness::clock::Jumping;
use crate::harness::signed::{
    AWS, AddBox, AddRoot, GATEWAY, Get, GetBox, List, Odd, Put, Root, STORAGE, Signed, builder,
    call,
};
use crate::runtime::test_util::{Replay, Reply, replay};
use crate::runtime::{
    AwsCredentials, Call, Client, ClientBuilder, CredentialValue, Error, HttpRequest, Json, Upload,
};
use std::io::Cursor;

/// The keys of AWS's examples.
fn keys() -> AwsCredentials {
    AwsCredentials::new("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY")
}

/// A builder with `keys` for every scheme, and the log of what it sends at `now`.
fn at(now: u64, url: &str, keys: AwsCredentials) -> (ClientBuilder, Replay) {
    let log = replay((0..9).map(|_| Reply::json(200, "{}")));
    let mut builder = builder().base_url(url).clock(Jumping::at(now)).transport(log.clone());
    for setter in ["aws_credentials", "gateway_credentials", "storage_credentials"] {
        builder = builder.credential(setter, CredentialValue::AwsV4(keys.clone()));
    }
    (builder, log)
}

async fn sent<O: Signed>(
    client: &Client,
    log: &Replay,
    set: impl FnOnce(Call<Json>) -> Call<Json>,
) -> HttpRequest {
    set(call::<O>(client)).send_raw().await.unwrap();
    log.sent().pop().unwrap()
}

/// The names that are signed, and the signature.
fn signature(request: &HttpRequest) -> (String, String) {
    let value = &request.headers["authorization"];
    assert!(value.is_sensitive());
    let (_, rest) = value.to_str().unwrap().split_once("SignedHeaders=").unwrap();
    let (names, signature) = rest.split_once(", Signature=").unwrap();
    (names.to_owned(), signature.to_owned())
}

fn assert_signed(request: &HttpRequest, names: &str, wanted: &str) {
    assert_eq!(signature(request), (names.to_owned(), wanted.to_owned()), "{}", request.url);
}

#[tokio::test]
async fn requests_of_the_published_test_suite() {
    let suite = |keys| at(1_440_938_160, "https://example.amazonaws.com", keys);
    let (builder, log) = suite(keys());
    let client = builder.build().unwrap();
    let request = sent::<Root<AWS>>(&client, &log, |call| call).await;
    assert_eq!(request.headers["x-amz-date"], "20150830T123600Z");
    let wanted = "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31";
    assert_signed(&request, "host;x-amz-date", wanted);
    let request = sent::<Root<AWS>>(&client, &log, |call| {
        call.query("Param2", "value2").query("Param1", "value1")
    });
    let wanted = "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500";
    assert_signed(&request.await, "host;x-amz-date", wanted);
    let request = sent::<AddRoot<AWS>>(&client, &log, |call| call).await;
    let wanted = "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b";
    assert_signed(&request, "host;x-amz-date", wanted);
    let request = sent::<Root<AWS>>(&client, &log, |call| {
        call.header("My-Header1", " value1").header("My-Header2", " \"a   b   c\"")
    });
    let wanted = "acc3ed3afb60bb290fc8d2dd0098b9911fcaa05412b367055dee359757a9c736";
    assert_signed(&request.await, "host;my-header1;my-header2;x-amz-date", wanted);
    let token = "6e86291e8372ff2a2260956d9b8aae1d763fbf315fa00fa31553b73ebf194267";
    let (builder, log) = suite(keys().session_token(token));
    let request = sent::<Root<AWS>>(&builder.build().unwrap(), &log, |call| call).await;
    assert_eq!(request.headers["x-amz-security-token"], token);
    assert!(request.headers["x-amz-security-token"].is_sensitive());
    let wanted = "07ec1639c89043aa0e3e2de82b96708f198cceab042d4a97044c66dd9f74e7f8";
    assert_signed(&request, "host;x-amz-date;x-amz-security-token", wanted);
}

#[tokio::test]
async fn requests_of_the_published_examples_of_s3() {
    let keys =
        AwsCredentials::new("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY");
    let (builder, log) = at(1_369_353_600, "https://examplebucket.s3.amazonaws.com", keys);
    let client = builder.variable("region", "us-east-1".to_owned()).build().unwrap();
    let request = sent::<Get<STORAGE>>(&client, &log, |call| {
        call.path("key", "test.txt").header("Range", "bytes=0-9")
    });
    let wanted = "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41";
    assert_signed(&request.await, "host;range;x-amz-content-sha256;x-amz-date", wanted);
    let request = sent::<Put<STORAGE>>(&client, &log, |call| {
        call.path("key", "test$file.text")
            .header("Date", "Fri, 24 May 2013 00:00:00 GMT")
            .header("x-amz-storage-class", "REDUCED_REDUNDANCY")
            .bytes("Welcome to Amazon S3.")
    });
    let wanted = "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd";
    let names = "date;host;x-amz-content-sha256;x-amz-date;x-amz-storage-class";
    assert_signed(&request.await, names, wanted);
    let request = sent::<Root<STORAGE>>(&client, &log, |call| call.query("lifecycle", ""));
    let wanted = "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543";
    assert_signed(&request.await, "host;x-amz-content-sha256;x-amz-date", wanted);
    let request = sent::<Root<STORAGE>>(&client, &log, |call| {
        call.query("max-keys", "2").query("prefix", "J")
    });
    let wanted = "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7";
    assert_signed(&request.await, "host;x-amz-content-sha256;x-amz-date", wanted);
}

#[tokio::test]
async fn what_postman_signs_is_signed_alike() {
    let (builder, log) = at(1_700_000_000, "https://vault.example.com", keys());
    let client = builder.build().unwrap();
    let request = sent::<List<GATEWAY>>(&client, &log, |call| call.query("b", 2).query("a", "x y"));
    let wanted = "27ffb3b957e8af3e30e7ad0f6161d39764be86284f1853fbfa8c54855f070723";
    assert_signed(&request.await, "host;x-amz-date", wanted);
    let request = sent::<AddBox<GATEWAY>>(&client, &log, |call| {
        let call = call.path("key", "a b").header("Content-Type", "application/json");
        call.header("X-Box", "7").bytes(r#"{"name":"red"}"#)
    });
    let wanted = "bdd883407418668ec38b187506f134324ad3463e28848e9b6b314ddaf8f63f3a";
    let names = "content-type;host;x-amz-content-sha256;x-amz-date;x-box";
    assert_signed(&request.await, names, wanted);
    let keys = keys().session_token("the-session");
    let (builder, log) = at(1_700_000_000, "https://vault.example.com", keys);
    let client = builder.variable("region", "eu-west-1".to_owned()).build().unwrap();
    let request = sent::<GetBox<STORAGE>>(&client, &log, |call| call.path("key", "1"));
    let wanted = "e31427c56dbef085421965d7c42c84fb2969e75f9be533377b48ebfa927f220f";
    let names = "host;x-amz-content-sha256;x-amz-date;x-amz-security-token";
    assert_signed(&request.await, names, wanted);
}

#[tokio::test]
async fn a_path_is_signed_as_the_service_verifies_it() {
    let (builder, log) = at(1_700_000_000, "https://vault.example.com", keys());
    let client = builder.variable("region", "eu-west-1".to_owned()).build().unwrap();
    let request = sent::<Odd<STORAGE>>(&client, &log, |call| call).await;
    assert!(request.url.ends_with("/%2F/v1:batch/a%20b/@me/a+b/%c3%a9/%7E"));
    let wanted = "37940e36e727f20838815f75a0c73edf51a604a6ba3f68bc40a90357cdde0adb";
    assert_signed(&request, "host;x-amz-content-sha256;x-amz-date", wanted);
    let request = sent::<Odd<GATEWAY>>(&client, &log, |call| call).await;
    let wanted = "fde476d14863f35f5175428a4d9ca43fbb8b23801e6da9619cc8922c4648eca2";
    assert_signed(&request, "host;x-amz-date", wanted);
}

#[tokio::test]
async fn every_attempt_is_signed_for_itself() {
    let clock = Jumping::at(1_440_938_160);
    let log = replay([Reply::status(503).header("retry-after", "5"), Reply::json(200, "{}")]);
    let builder = builder().clock(clock.clone()).transport(log.clone());
    let client = builder.credential("aws_credentials", CredentialValue::AwsV4(keys()));
    call::<Root<AWS>>(&client.build().unwrap()).send().await.unwrap();
    assert_eq!(clock.waits().len(), 1);
    let sent = log.sent();
    assert_eq!(sent.len(), 2);
    for request in &sent {
        assert_eq!(request.headers.get_all("authorization").iter().count(), 1);
        assert_eq!(request.headers.get_all("x-amz-date").iter().count(), 1);
    }
}

#[tokio::test]
async fn an_upload_is_left_unsigned_for_storage_and_refused_elsewhere() {
    let (builder, log) = at(1_700_000_000, "https://vault.example.com", keys());
    let upload = || Upload::new(Cursor::new(b"abc".to_vec())).length(3);
    let client = builder.clone().build().unwrap();
    let error = call::<AddRoot<AWS>>(&client).upload(upload()).send().await.unwrap_err();
    assert!(matches!(error, Error::Auth { .. }), "{error:?}");
    assert!(error.to_string().ends_with("give the body as bytes"), "{error}");
    let error = call::<Put<STORAGE>>(&client).path("key", "k").send().await.unwrap_err();
    assert!(error.to_string().contains("`region`"), "{error}");
    assert_eq!(log.sent().len(), 0);
    let client = builder.variable("region", "eu-west-1".to_owned()).build().unwrap();
    let request =
        sent::<Put<STORAGE>>(&client, &log, |call| call.path("key", "k").upload(upload()));
    assert_eq!(request.await.headers["x-amz-content-sha256"], "UNSIGNED-PAYLOAD");
}
