//! POSTMAN.md §6.

use super::{collection, request, shown};
use expect_test::expect;

fn auth(auth: &str) -> String {
    let text = format!(r#"{{"url": "http://x.test", "auth": {auth}}}"#);
    request(&text).replacen("GET http://x.test /", "", 1).trim_start().to_owned()
}

#[test]
fn knows_every_type() {
    for (text, wanted) in [
        (
            r#"{"type": "bearer", "bearer": [{"key": "token", "value": "{{t}}"}]}"#,
            "a[bearer \"Bearer\" \"t\"]",
        ),
        (r#"{"type": "bearer", "bearer": {"token": "s3cret"}}"#, "a[bearer \"Bearer\"]"),
        (
            r#"{"type": "bearer", "bearer": [{"key": "token", "value": "a"}, {"key": "token", "value": "{{b}}"}]}"#,
            "a[bearer \"Bearer\" \"b\"]",
        ),
        (
            r#"{"type": "basic", "basic": {"username": "{{u}}", "password": "{{p}}"}}"#,
            "a[basic \"u\" \"p\"]",
        ),
        (
            r#"{"type": "basic", "basic": {"username": "u", "password": "{{p}}"}}"#,
            "a[basic \"\" \"p\"]",
        ),
        (r#"{"type": "apikey", "apikey": {"key": "K", "value": "{{k}}"}}"#, "a[header K \"k\"]"),
        (
            r#"{"type": "apikey", "apikey": {"key": "k", "value": "v", "in": "query"}}"#,
            "a[query k]",
        ),
        (
            r#"{"type": "apikey", "apikey": {"value": "v"}}"#,
            "Warning lower::api-key #/item/0/request/auth",
        ),
        (
            r#"{"type": "oauth2", "oauth2": {"accessToken": "{{t}}", "headerPrefix": "", "accessTokenUrl": "https://x.test/token"}}"#,
            "a[oauth2 \"\" https://x.test/token \"t\"]",
        ),
        (
            r#"{"type": "oauth2", "oauth2": {"accessToken": "{{t}}", "addTokenTo": "queryParams"}}"#,
            "a[query access_token \"t\"]",
        ),
        (r#"{"type": "digest", "digest": {"username": "{{u}}"}}"#, "a[digest \"u\"]"),
        (
            r#"{"type": "awsv4", "awsv4": {"accessKey": "{{a}}", "secretKey": "{{s}}", "region": "eu"}}"#,
            "a[awsv4 execute-api eu \"a\" \"s\"]",
        ),
        (
            r#"{"type": "hawk", "hawk": {}}"#,
            "a[custom hawk]\nNote lower::signer #/item/0/request/auth",
        ),
        (r#"{"type": "novel"}"#, "Warning lower::auth #/item/0/request/auth"),
        (r#"{"type": "noauth"}"#, ""),
        (r#""bearer""#, "Warning postman::misfit #/item/0/request/auth"),
    ] {
        assert_eq!(auth(text), wanted, "{text}");
    }
}

#[test]
fn inherits_the_nearest() {
    let request =
        |auth: &str| format!(r#"{{"request": {{"url": "http://x.test", "auth": {auth}}}}}"#);
    let basic = r#"{"type": "basic", "basic": []}"#;
    let items = format!(
        r#"{{"auth": {{"type": "bearer", "bearer": {{"token": "{{{{t}}}}"}}}}, "item": [
            {}, {}, {}, {}, {}, {{"auth": {{"type": "noauth"}}, "item": [{}]}}]}}"#,
        request("null"),
        request("{}"),
        request(r#"{"type": null}"#),
        request(r#"{"type": "noauth"}"#),
        request(basic),
        request("null"),
    );
    expect![[r#"
        GET http://x.test / a[bearer "Bearer" "t"]
        GET http://x.test / a[bearer "Bearer" "t"]
        GET http://x.test / a[bearer "Bearer" "t"]
        GET http://x.test /
        GET http://x.test / a[basic]
        GET http://x.test /"#]]
    .assert_eq(&shown(&collection(&items)));
}

#[test]
fn replaces_what_is_written_by_hand() {
    let both = |auth: &str, rest: &str| {
        let text =
            format!(r#"{{"url": "http://x.test?k=1&l=2", "auth": {auth}, "header": {rest}}}"#);
        request(&text).replacen("GET http://x.test / ", "", 1)
    };
    let hand = r#"[{"key": "AUTHORIZATION", "value": "Token {{h}}"}]"#;
    for (auth, wanted) in [
        (
            r#"{"type": "bearer", "bearer": {"token": "{{t}}"}}"#,
            "?k=1 & l=2 a[bearer \"Bearer\" \"t\"]",
        ),
        (r#"{"type": "bearer", "bearer": {"token": ""}}"#, "?k=1 & l=2 a[bearer \"Token\" \"h\"]"),
        (
            r#"{"type": "apikey", "apikey": {"key": "k", "value": "{{v}}", "in": "query"}}"#,
            "?l=2 h[AUTHORIZATION=caller(Token {{h}})] a[query k \"v\"]\nNote lower::further-credential #/item/0/request/header/0",
        ),
    ] {
        assert_eq!(both(auth, hand), wanted, "{auth}");
    }
    let key = r#"{"type": "apikey", "apikey": {"key": "X-Api-Key", "value": "{{v}}"}}"#;
    let spelled = r#"[{"key": "X_API key", "value": "old", "disabled": true}, {"key": "xApiKey", "value": "old"}]"#;
    assert!(both(key, spelled).ends_with("a[header X-Api-Key \"v\"]"));
    assert!(!both(key, spelled).contains("old"));
}

#[test]
fn a_key_written_into_the_query_keeps_its_place() {
    for (query, wanted) in [
        ("a=1&api_key={{k}}&b=2", "?a=1 & b=2 key after 1 a[query api_key \"k\"]"),
        ("api_key={{k}}", "key after 0 a[query api_key \"k\"]"),
        (
            "api_key={{k}}&api_key={{l}}",
            "?api_key=caller({{l}}) key after 0 a[query api_key \"k\"]\nNote lower::further-credential #/item/0/request/url",
        ),
    ] {
        let found = request(&format!(r#"{{"url": "http://x.test?{query}"}}"#));
        assert_eq!(found.replacen("GET http://x.test / ", "", 1), wanted);
    }
}

#[test]
fn a_user_in_the_url_gives_way_to_another_credential_and_is_told() {
    let key = r#"{"type": "apikey", "apikey": {"key": "X-Key", "value": "{{v}}"}}"#;
    let with = |auth: &str| {
        request(&format!(r#"{{"url": "http://{{{{u}}}}:{{{{p}}}}@x.test", "auth": {auth}}}"#))
    };
    assert_eq!(with("null"), "GET http://x.test / a[basic \"u\" \"p\"]");
    let found = "GET http://x.test / a[header X-Key \"v\"]
Warning lower::second-credential #/item/0/request/url";
    assert_eq!(with(key), found);
}

#[test]
fn an_auth_block_that_gives_way_is_told() {
    let found = request(
        r#"{"url": "http://x.test", "auth": {"type": "bearer", "bearer": {"token": ""}}, "header": [{"key": "X-Api-Key", "value": "{{k}}"}]}"#,
    );
    let wanted = "GET http://x.test / a[header X-Api-Key \"k\"]
Warning lower::second-credential #/item/0/request/auth";
    assert_eq!(found, wanted);
}

#[test]
fn the_word_before_the_variable_of_a_token_belongs_to_the_scheme() {
    let key = |value: &str| {
        format!(r#"{{"type": "apikey", "apikey": {{"key": "authorization", "value": "{value}"}}}}"#)
    };
    let bearer = |token: &str| format!(r#"{{"type": "bearer", "bearer": {{"token": "{token}"}}}}"#);
    for (text, wanted) in [
        (bearer("{{t}}"), "a[bearer \"Bearer\" \"t\"]"),
        (bearer("Token {{t}}"), "a[bearer \"Bearer Token\" \"t\"]"),
        (bearer("s3cret {{t}}"), "a[bearer \"Bearer\" \"t\"]"),
        (bearer("Token s3cret"), "a[bearer \"Bearer\"]"),
        (bearer("secret {{t}}"), "a[bearer \"Bearer\" \"t\"]"),
        (bearer("Token horse {{t}}"), "a[bearer \"Bearer\" \"t\"]"),
        (bearer("Token {{t}} tail"), "a[bearer \"Bearer Token\" \"t\"]"),
        (bearer("hunter two {{"), "a[bearer \"Bearer\"]"),
        (key("Bearer {{t}}"), "a[bearer \"Bearer\" \"t\"]"),
        (key("{{t}}"), "a[header authorization \"t\"]"),
    ] {
        assert_eq!(auth(&text), wanted, "{text}");
    }
    let header = |value: &str| {
        let header = format!(r#"[{{"key": "Authorization", "value": "{value}"}}]"#);
        let found = request(&format!(r#"{{"url": "http://x.test", "header": {header}}}"#));
        found.replacen("GET http://x.test / ", "", 1)
    };
    for (value, wanted) in [
        ("Bearer Token {{t}}", "a[bearer \"Bearer Token\" \"t\"]"),
        ("Door-Key {{t}}", "a[bearer \"Door-Key\" \"t\"]"),
        ("Door-Key   {{t}}", "a[bearer \"Door-Key  \" \"t\"]"),
        ("Bearer  {{t}} ", "a[bearer \"Bearer \" \"t\"]"),
        ("OAuth2 {{t}}", "a[bearer \"OAuth2\" \"t\"]"),
        ("Token s3cret", "a[bearer \"Token\"]"),
        ("s3cret {{t}}", "a[bearer \"\" \"t\"]"),
        ("secret word", "a[bearer \"\"]"),
        ("abcdefghijklmnopqrstuvwxyz {{t}}", "a[bearer \"\" \"t\"]"),
    ] {
        assert_eq!(header(value), wanted, "{value}");
    }
}

#[test]
fn what_a_signer_has_to_know_is_kept_and_no_more() {
    let oauth1 = |more: &str| {
        format!(
            r#"{{"type": "oauth1", "oauth1": [{{"key": "consumerSecret", "value": "s3cret"}}, {{"key": "signatureMethod", "value": "{more}"}}, {{"key": "addParamsToHeader", "value": false}}]}}"#
        )
    };
    let found = "a[custom oauth1 addParamsToHeader=false signatureMethod=HMAC-SHA1]
Note lower::signer #/item/0/request/auth";
    assert_eq!(auth(&oauth1("HMAC-SHA1")), found);
    assert!(auth(&oauth1("{{method}}")).starts_with("a[custom oauth1 addParamsToHeader=false]"));
}
