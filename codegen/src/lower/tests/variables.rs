//! POSTMAN.md §7, and what configures the client.

use super::{collection, lowered, shown};
use crate::docs::{Block, Inline};
use expect_test::expect;

/// Requests of these URLs, and these variables of the collection.
fn requests(urls: &[&str], variables: &str) -> String {
    let item = |url: &&str| format!(r#"{{"request": "{url}"}}"#);
    let items: Vec<String> = urls.iter().map(item).collect();
    collection(&items.join(",")).replacen('{', &format!(r#"{{"variable": [{variables}],"#), 1)
}

#[test]
fn shares_what_half_of_the_operations_use() {
    let urls =
        ["{{b}}/{{org}}/a/{{id}}", "{{b}}/{{org}}/b", "{{b}}/{{org}}/c/:org", "{{b}}/d?o={{org}}"];
    expect![[r#"
        GET ${b} /${org}/a/<id>
        GET ${b} /${org}/b
        GET ${b} /${org}/c/<org>
        GET ${b} /d ?o=${org}"#]]
    .assert_eq(&shown(&requests(&urls, "")));
    let few = ["{{b}}/{{org}}/a", "{{b}}/{{org}}/b"];
    expect![[r#"
        GET ${b} /<org>/a
        GET ${b} /<org>/b"#]]
    .assert_eq(&shown(&requests(&few, "")));
}

#[test]
fn keeps_plain_base_urls_only() {
    let default = |value: &str| {
        let variables = format!(
            r#"{{"key": "b", "value": "old"}}, {{"key": "b", "value": {value}}}, {{"key": "h", "value": "api.x.test"}},
               {{"key": "api_token", "value": "t.x.test"}}, {{"key": "b", "value": "https://off.test", "disabled": true}}"#
        );
        let (draft, _) = lowered(&requests(&["{{b}}/a"], &variables));
        assert_eq!(draft.variables.len(), 1);
        draft.variables[0].default.clone()
    };
    for (value, wanted) in [
        ("\"https://x.test/v1\"", Some("https://x.test/v1")),
        ("\"https://{{h}}/v1\"", Some("https://api.x.test/v1")),
        ("\"localhost:3000\"", Some("localhost:3000")),
        ("\"https://{{unknown}}\"", None),
        ("\"https://{{api_token}}\"", None),
        ("\"https://{{b}}\"", None),
        ("\"https://user:pass@x.test\"", None),
        ("\"https://x.test?key=1\"", None),
        ("\"hunter2\"", None),
        ("5", None),
        ("null", None),
    ] {
        assert_eq!(default(value).as_deref(), wanted, "{value}");
    }
}

#[test]
fn withholds_values() {
    let text = r#"{"info": {"schema": "/collection/v2.1.0/"}, "variable": [{"key": "base", "value": "CANARY"}, {"key": "q", "value": "CANARY"}],
      "auth": {"type": "basic", "basic": [{"key": "username", "value": "CANARY"}, {"key": "password", "value": "CANARY"}]},
      "event": [{"listen": "test", "script": {"exec": ["CANARY"]}}],
      "item": [{"request": {"url": {"raw": "x", "host": "{{base}}", "auth": {"user": "CANARY", "password": "CANARY"},
          "query": [{"key": "api_key", "value": "CANARY"}, {"key": "q", "value": "{{q}}"}]}, "method": "POST",
        "header": [{"key": "Authorization", "value": "Bearer CANARY"}, {"key": "Cookie", "value": "CANARY={{x}}"},
          {"key": "X-Auth-Token", "value": "CANARY", "disabled": true}],
        "body": {"mode": "urlencoded", "urlencoded": [{"key": "client_secret", "value": "CANARY"}]}}}]}"#;
    let (draft, found) = lowered(text);
    assert!(!format!("{draft:?}{found:?}").contains("CANARY"));
    let (collection, _) = crate::postman::parse(text).unwrap();
    let revealed = crate::lower::reveal(&collection);
    assert_eq!(format!("{:?}", revealed.credentials.values()), "[[\"CANARY\", \"CANARY\"]]");
    assert!(format!("{:?}", revealed.draft).contains("client_secret"));
}

#[test]
fn a_placeholder_is_the_callers_and_its_words_are_told() {
    let query = r#"{"key": "q", "value": "string"}, {"key": "valueType", "value": "string"}, {"key": "who", "value": "%3Cyour%20shelf%3E"}"#;
    let path = r#"{"key": "id", "value": "<the shelf>", "description": "Its id."}"#;
    let url = format!(
        r#"{{"host": "x.test", "path": [":id"], "query": [{query}], "variable": [{path}]}}"#
    );
    let text = collection(&format!(r#"{{"request": {{"url": {url}}}}}"#));
    expect!["GET http://x.test /<id> ?q=caller(string) & valueType=string & who=caller(%3Cyour%20shelf%3E)"]
        .assert_eq(&shown(&text));
    let (draft, _) = lowered(&text);
    let told = |words: &str| {
        let said = Inline::Text("In the collection: ".to_owned());
        Block::Paragraph(vec![said, Inline::Code(words.to_owned())])
    };
    assert_eq!(draft.operations[0].path_parameters[0].docs.0[1..], [told("the shelf")]);
}

#[test]
fn the_words_of_a_secret_in_a_path_are_not_told() {
    for name in ["api_key", "session_id", "otp"] {
        let variable = format!(r#"{{"key": "{name}", "value": "<CANARY pike>"}}"#);
        let path = format!(r#"["files", ":{name}"]"#);
        let url = format!(r#"{{"host": "x.test", "path": {path}, "variable": [{variable}]}}"#);
        let (draft, found) = lowered(&collection(&format!(r#"{{"request": {{"url": {url}}}}}"#)));
        assert_eq!(draft.operations[0].path_parameters[0].name, name);
        assert!(!format!("{draft:?}{found:?}").contains("CANARY"), "{name}");
    }
}
