//! Tiny recordings in; matches, evidence and refusals out.

mod bodies;
mod laws;

use super::{learn, news, report};
use crate::api::{Api, Endpoint, Operation, OperationKey, Server};
use crate::evidence::file;
use crate::template::{Piece, Template};
use expect_test::{Expect, expect};

fn operation(method: &str, path: &str) -> Operation {
    let mut pieces = Vec::new();
    for (index, part) in path.split(['{', '}']).enumerate() {
        if !part.is_empty() {
            let text = part.to_owned();
            let is_hole = index % 2 == 1;
            pieces.push(if is_hole { Piece::Argument(text) } else { Piece::Text(text) });
        }
    }
    let path = Template(pieces);
    let endpoint = Endpoint::new("", method, &path);
    Operation {
        likeness: crate::api::Likeness::default(),
        key: OperationKey { endpoint, ..OperationKey::default() },
        origin: crate::origin::Origin::default(),
        name: String::new(),
        docs: crate::docs::Docs::default(),
        group: None,
        method: method.to_owned(),
        server: crate::api::ServerId(0),
        path,
        path_parameters: Vec::new(),
        query: Vec::new(),
        query_order: Vec::new(),
        api_key_position: None,
        headers: Vec::new(),
        auth: None,
        body: None,
        omit_content_type: false,
        response: crate::api::Response::Unknown,
        error: None,
        pagination: None,
        deprecated: None,
        scopes: Vec::new(),
    }
}

fn api() -> Api {
    let base = Template(vec![
        Piece::Text("https://".to_owned()),
        Piece::Variable("tenant".to_owned()),
        Piece::Text(".example.test".to_owned()),
    ]);
    Api {
        servers: vec![Server { base }],
        operations: vec![
            operation("GET", "/users"),
            operation("GET", "/users/me"),
            operation("GET", "/users/{id}"),
            operation("POST", "/users/{id}"),
            operation("GET", "/files/{name}.txt"),
        ],
        ..Api::default()
    }
}

fn check(text: &str, expected: Expect) {
    let found = match learn("traffic", text, &api()) {
        Err(error) => error.render("traffic", text),
        Ok(learned) => {
            let mut out = String::new();
            for (unmatched, count) in &learned.unmatched {
                let why = unmatched.reason.as_str();
                out += &format!("{} {} ×{count}: {why}\n", unmatched.method, unmatched.target);
            }
            out + &file::write(&learned.evidence)
        }
    };
    expected.assert_eq(&found);
}

#[test]
fn a_literal_beats_a_parameter() {
    check(
        r#"{"method": "GET", "path": "/users/me", "status": 200, "response_body": null}
           {"method": "get", "url": "https://a.example.test/users/a%2Fb", "status": 404}
           {"method": "GET", "path": "/files/x.txt", "status": 200, "response_body": "plain"}
           {"method": "GET", "path": "/files/.txt", "status": 200}
           {"method": "PUT", "path": "/users", "status": 200}
           {"method": "GET", "url": "https://other.test/users", "status": 200}
           {"method": "GET", "path": "/users/", "status": 0}
        "#,
        expect![[r#"
            GET /files/.txt ×1: no operation has this path
            PUT /users ×1: no operation has this path with this method
            GET https://other.test/users ×1: it is on another host
            GET /users/ ×1: no answer was recorded
            {
              "endpoints": {
                "GET /files/{}.txt": {"answers":{"200":{"other":1}},"exchanges":1,"request":{"empty":1}},
                "GET /users/me": {"answers":{"200":{"empty":1}},"exchanges":1,"request":{"empty":1}},
                "GET /users/{}": {"answers":{"404":{"empty":1}},"exchanges":1,"request":{"empty":1}}
              },
              "evidence": 1
            }
        "#]],
    );
}

#[test]
fn shapes_and_counts_but_no_values() {
    check(
        r#"{"method": "POST", "path": "/users/7?a=b", "query": [["page", "2"], ["odd[key]", "x"], ["tag", "u"], ["tag", "v"]], "status": 201, "request_body": {"name": "canary", "age": 1.5, "canary key": true}, "response_body": [{"id": null}, {"id": "3f2b8c9e-0000-4000-8000-0123456789ab"}], "response_headers": {"X-Limit": "9"}}"#,
        expect![[r#"
            {
              "endpoints": {
                "POST /users/{}": {
                  "answers": {
                    "201": {
                      "json": {
                        "elements": {"keys":{"id":{"formats":{"uuid":1},"in":2,"nulls":1,"texts":1}},"objects":2},
                        "lists": 1
                      }
                    }
                  },
                  "exchanges": 1,
                  "headers": {"x-limit":1},
                  "query": {"page":{"formats":{"integer":1},"in":1,"texts":1},"tag":{"in":1,"repeated":1,"texts":2}},
                  "query_others": 1,
                  "request": {
                    "json": {
                      "keys": {"age":{"fraction":true,"in":1,"numbers":1},"name":{"in":1,"texts":1}},
                      "objects": 1,
                      "other": {"bools":1},
                      "others": 1
                    }
                  }
                }
              },
              "evidence": 1
            }
        "#]],
    );
}

#[test]
fn har_entries() {
    check(
        r#"{"log": {"version": "1.2", "creator": {"name": "x"}, "entries": [
            {"request": {"method": "GET", "url": "https://t.example.test/users?page=1", "cookies": [{"name": "sid", "value": "canary"}], "queryString": [{"name": "page", "value": "1"}]},
             "response": {"status": 200, "headers": [{"name": "Date", "value": "x"}], "content": {"mimeType": "application/json", "encoding": "base64", "text": "W3siaWQiOjF9XQ=="}}},
            {"request": {"method": "GET", "url": "https://t.example.test/users"},
             "response": {"status": 200, "content": {"mimeType": "text/html", "text": "<html>"}}},
            {"request": {"method": "POST", "url": "https://t.example.test/users/1", "postData": {"mimeType": "application/json", "text": "{\"a\":1}"}},
             "response": {"status": 204, "content": {"size": 0}}},
            {"request": {"method": "GET", "url": "https://elsewhere.test/users"}, "response": {"status": 200}}
        ]}}"#,
        expect![[r#"
            GET https://elsewhere.test/users ×1: it is on another host
            GET https://t.example.test/users ×1: the answer is an HTML page, which says nothing of the API
            {
              "endpoints": {
                "GET /users": {
                  "answers": {"200":{"json":{"elements":{"keys":{"id":{"in":1,"numbers":1}},"objects":1},"lists":1}}},
                  "exchanges": 1,
                  "headers": {"date":1},
                  "query": {"page":{"formats":{"integer":1},"in":1,"texts":1}},
                  "request": {"empty":1}
                },
                "POST /users/{}": {
                  "answers": {"204":{"empty":1}},
                  "exchanges": 1,
                  "request": {"json":{"keys":{"a":{"in":1,"numbers":1}},"objects":1}}
                }
              },
              "evidence": 1
            }
        "#]],
    );
}

#[test]
fn what_breaks_off_teaches_nothing() {
    for text in [
        "",
        "<html>",
        "{\"log\": {}}",
        "{\"method\": \"GET\"}",
        "{\"method\": \"GET\", \"path\": \"/users\", \"status\": 200}\n{\"meth",
    ] {
        let error = learn("traffic", text, &api()).unwrap_err();
        assert_eq!(error.code, "learn::unreadable", "{text}");
    }
    check(
        r#"{"log": {"entries": [{"request": {}}, {"requ"#,
        expect![[r#"
            error[learn::unreadable]: nothing was learned: the file breaks off after one entry
              at traffic:1:44 #
              help: record the traffic again as HAR 1.2, or as JSON lines with method, path and status
        "#]],
    );
}

#[test]
fn a_report_says_what_what_not_and_what_to_paste() {
    let text = r#"{"method": "GET", "path": "/users", "status": 200}
                  {"method": "GET", "path": "/nope", "status": 200}"#;
    let learned = learn("traffic", text, &api()).unwrap();
    let words = ("/users .kind".to_owned(), vec!["guest".to_owned(), "member".to_owned()]);
    let report = report(&learned, &["GET /users ?page: integer".to_owned()], &[words]);
    expect![[r#"
        2 exchanges, 1 matched 1 endpoints
        not matched:
          GET /nope ×1: no operation has this path
        new:
          GET /users ?page: integer
        looks like an enumeration; paste into spec/overlay.toml what you agree with:

        [[patch]]
        at = "/users .kind"
        enum = ["guest", "member"]
        reason = "seen in traffic"
    "#]]
    .assert_eq(&report);
}

#[test]
fn news_are_what_was_not_there() {
    let mut after = api();
    after.operations[0].response =
        crate::api::Response::Json { ty: crate::api::Type::Bool, may_be_empty: false };
    assert_eq!(news(&api(), &after), ["GET /users -> 2xx: bool"]);
    assert!(news(&after, &after).is_empty());
}
