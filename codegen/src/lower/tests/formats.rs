//! One API in every format: equal drafts, origins aside.

use super::lowered;
use crate::diagnostic::Severity;
use crate::draft::Draft;
use crate::postman;
use expect_test::expect;

const V21: &str = r#"{
  "info": {"name": "Pets", "description": "All **pets**.", "schema": "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"},
  "variable": [{"key": "base", "value": "https://pets.test/v1"}],
  "item": [
    {"name": "Dogs", "item": [
      {"name": "List", "request": {"method": "GET", "header": [{"key": "X-Trace", "value": "1"}, {"key": "X-Off", "value": "2", "disabled": true}],
        "url": {"raw": "{{base}}/dogs?size=5&tag=", "host": ["{{base}}"], "path": ["dogs"],
          "query": [{"key": "size", "value": "5", "description": "How many."}, {"key": "tag", "value": ""}, {"key": "after", "value": "x", "disabled": true}]}},
       "response": [{"name": "ok", "code": 200, "header": [{"key": "Content-Type", "value": "application/json"}], "body": "[{\"name\": \"Rex\"}]"}]},
      {"name": "Rename", "request": {"method": "PATCH", "auth": {"type": "basic", "basic": [{"key": "username", "value": "{{user}}"}, {"key": "password", "value": "{{pass}}"}]},
        "header": [{"key": "Content-Type", "value": "application/json"}],
        "url": {"raw": "{{base}}/dogs/:id", "host": ["{{base}}"], "path": ["dogs", ":id"], "variable": [{"key": "id", "value": "7"}]},
        "body": {"mode": "raw", "raw": "{\"name\": \"{{name}}\"}"}}, "response": []}]},
    {"name": "Upload", "request": {"method": "POST", "header": [], "url": {"raw": "{{base}}/upload", "host": ["{{base}}"], "path": ["upload"]},
      "body": {"mode": "formdata", "formdata": [{"key": "note", "value": "n", "type": "text"}, {"key": "file", "type": "file", "src": "a.png"}]}}}
  ]}"#;

const V20: &str = r#"{"collection": {
  "info": {"name": "Pets", "description": {"content": "All **pets**.", "type": "text/markdown"}, "schema": "https://schema.getpostman.com/json/collection/v2.0.0/collection.json"},
  "variable": [{"key": "base", "value": "https://pets.test/v1"}],
  "item": [
    {"name": "Dogs", "item": [
      {"name": "List", "request": {"method": "GET", "header": "X-Trace: 1\n//X-Off: 2",
        "url": {"raw": "", "host": "{{base}}", "path": "/dogs",
          "query": [{"key": "size", "value": "5", "description": "How many."}, {"key": "tag", "value": ""}, {"key": "after", "value": "x", "disabled": true}]}},
       "response": [{"name": "ok", "code": 200, "header": "Content-Type: application/json", "body": "[{\"name\": \"Rex\"}]"}]},
      {"name": "Rename", "request": {"method": "patch", "auth": {"type": "basic", "basic": {"username": "{{user}}", "password": "{{pass}}"}},
        "header": {"Content-Type": "application/json"},
        "url": {"raw": "{{base}}/dogs/:id", "variable": [{"id": "id", "value": "7"}]},
        "body": {"mode": "raw", "raw": "{\"name\": \"{{name}}\"}"}}}]},
    {"name": "Upload", "request": {"method": "POST", "url": "{{base}}/upload",
      "body": {"mode": "formdata", "formdata": [{"key": "note", "value": "n"}, {"key": "file", "type": "file", "src": ["a.png"]}]}}}
  ]}}"#;

const PUBLISHED: &str = r#"{
  "info": {"name": "Pets", "description": "<p>All <strong>pets</strong>.</p>", "publishedId": "x", "schema": "https://schema.getpostman.com/json/collection/v2.0.0/collection.json"},
  "variable": [{"key": "base", "value": "https://pets.test/v1"}],
  "item": [
    {"name": "Dogs", "item": [
      {"name": "List", "request": {"method": "GET", "header": [{"key": "X-Trace", "value": "1"}, {"key": "X-Off", "value": "2", "disabled": true}],
        "url": "{{base}}/dogs?size=5&tag=", "urlObject": {"host": ["{{base}}"], "path": ["dogs"],
          "query": [{"key": "size", "value": "5", "description": "<p>How many.</p>"}, {"key": "tag", "value": ""}, {"key": "after", "value": "x", "disabled": true}], "variable": []}},
       "response": [{"name": "ok", "code": 200, "header": [{"key": "Content-Type", "value": "application/json"}], "body": "[{\"name\": \"Rex\"}]"}]},
      {"name": "Rename", "request": {"method": "PATCH", "auth": {"type": "basic", "basic": {"username": "{{user}}", "password": "{{pass}}"}},
        "header": [{"key": "Content-Type", "value": "application/json"}],
        "url": "{{base}}/dogs/:id", "urlObject": {"host": ["{{base}}"], "path": ["dogs", ":id"], "query": [], "variable": [{"type": "any", "key": "id", "value": "7"}]},
        "body": {"mode": "raw", "raw": "{\"name\": \"{{name}}\"}"}}}]},
    {"name": "Upload", "request": {"method": "POST", "header": [], "url": "{{base}}/upload", "urlObject": {"host": ["{{base}}"], "path": ["upload"]},
      "body": {"mode": "formdata", "formdata": [{"key": "note", "value": "n", "type": "text"}, {"key": "file", "type": "file", "src": "a.png"}]}}}
  ]}"#;

const V1: &str = r#"{"id": "c", "name": "Pets", "description": "All **pets**.", "order": ["up"], "folders_order": ["dogs"],
  "variables": [{"key": "base", "value": "https://pets.test/v1"}],
  "folders": [{"id": "dogs", "name": "Dogs", "order": ["list", "rename"]}],
  "requests": [
    {"id": "up", "name": "Upload", "method": "POST", "url": "{{base}}/upload", "headers": "", "dataMode": "params",
      "data": [{"key": "note", "value": "n", "type": "text", "enabled": true}, {"key": "file", "type": "file", "value": "a.png"}]},
    {"id": "rename", "name": "Rename", "method": "PATCH", "url": "{{base}}/dogs/:id", "headers": "Content-Type: application/json\n",
      "pathVariables": {"id": "7"}, "dataMode": "raw", "rawModeData": ["{\"name\": \"{{name}}\"}"],
      "currentHelper": "basicAuth", "helperAttributes": {"id": "basic", "username": "{{user}}", "password": "{{pass}}"}},
    {"id": "list", "name": "List", "method": "GET", "url": "{{base}}/dogs?size=5&tag=", "headers": "X-Trace: 1\n//X-Off: 2\n", "dataMode": null,
      "queryParams": [{"key": "size", "value": "5", "description": "How many."}, {"key": "tag", "value": "", "enabled": true}, {"key": "after", "value": "x", "enabled": false}],
      "responses": [{"name": "ok", "responseCode": {"code": 200, "name": "OK"}, "headers": [{"key": "Content-Type", "value": "application/json"}], "text": "[{\"name\": \"Rex\"}]"}]}]}"#;

/// A file each, as a bundle holds them.
const V3: &str = concat!(
    "\0Pets/.resources/definition.yaml\n",
    "$kind: collection\ndescription: All **pets**.\nvariables:\n  - key: base\n    value: 'https://pets.test/v1'\n",
    "\0Pets/Dogs/.resources/List all.resources/examples/ok.example.yaml\n",
    r#"$kind: http-example
response:
  statusCode: 200
  statusText: OK
  headers:
    - {key: Content-Type, value: application/json}
  body:
    type: json
    content: '[{"name": "Rex"}]'
"#,
    "\0Pets/Dogs/.resources/definition.yaml\n",
    "$kind: collection\norder: 1000\n",
    "\0Pets/Dogs/List all.request.yaml\n",
    r#"$kind: http-request
name: List
method: GET
url: "{{base}}/dogs"
order: 1000
headers:
  - key: X-Trace
    value: 1
  - key: X-Off
    value: '2'
    disabled: true
queryParams:
  - key: size
    value: '5'
    description: How many.
  - key: tag
    value: ''
  - key: after
    value: x
    disabled: true
examples: ./.resources/List all.resources/examples
"#,
    "\0Pets/Dogs/Rename.request.yaml\n",
    r#"$kind: http-request
method: PATCH
url: '{{base}}/dogs/:id'
order: 2000.5
pathVariables:
  - key: id
    value: '7'
headers:
  Content-Type: application/json
auth:
  type: basic
  credentials:
    - key: username
      value: '{{user}}'
    - key: password
      value: '{{pass}}'
body:
  type: json
  content: |-
    {"name": "{{name}}"}
scripts:
  - type: afterResponse
    language: text/javascript
    code: pm.test("x")
"#,
    "\0Pets/Upload.request.yml\n",
    r#"$kind: http-request
method: POST
url: '{{base}}/upload'
body:
  type: formdata
  content:
    - {key: note, value: n, type: text}
    - key: file
      type: file
      src:
        - a.png
"#,
);

fn erased(text: &str) -> Draft {
    let (mut draft, found) = lowered(text);
    assert_eq!(found, []);
    draft.erase_origins();
    draft
}

#[test]
fn every_format_gives_the_same_draft() {
    let wanted = erased(V21);
    for (name, text) in [("v2.0", V20), ("published", PUBLISHED), ("v1", V1), ("v3", V3)] {
        assert_eq!(format!("{:#?}", erased(text)), format!("{wanted:#?}"), "{name}");
    }
    assert_eq!(erased(&format!("\u{feff}{V21}")), wanted);
    expect![[r#"
        GET ${base} /dogs ?size=5 & tag= & -after=x h[X-Trace=1 & -X-Off=2]
        PATCH ${base} /dogs/<id> a[basic "user" "pass"] raw(application/json, json: true) ["{\"name\": \"{{name}}\"}"]
        POST ${base} /upload parts[note=n (-) & file file= (-)]"#]].assert_eq(&super::shown(V21));
}

#[test]
fn says_what_is_no_collection() {
    let error = |text: &str| {
        let mut found = postman::parse(text).unwrap_err();
        found.retain(|finding| finding.severity == Severity::Error);
        assert_eq!(found.len(), 1);
        found[0].render("f", text).lines().take(2).collect::<Vec<_>>().join(" ")
    };
    for (text, wanted) in [
        ("", "error[postman::empty]: the file is empty   at f:1:1 #"),
        (
            "{\n \"item\": [",
            "error[postman::syntax]: not JSON: expected a value, but the text ends here   at f:2:11 #",
        ),
        (
            "null",
            "error[postman::not-a-collection]: not a Postman collection, but null   at f:1:1 #",
        ),
        (
            "[]",
            "error[postman::not-a-collection]: not a Postman collection, but an array   at f:1:1 #",
        ),
        (
            r#"{"openapi": "3.1.0"}"#,
            "error[postman::not-a-collection]: not a Postman collection, but an OpenAPI document   at f:1:1 #",
        ),
        (
            r#"{"values": []}"#,
            "error[postman::not-a-collection]: not a Postman collection, but a Postman environment or globals file   at f:1:1 #",
        ),
        (
            r#"{"item": {}}"#,
            "error[postman::items]: `item` is an object, not an array of items   at f:1:10 #/item",
        ),
        (
            r#"{"item": [{"request": []}]}"#,
            "error[postman::request]: an array stands where a request belongs   at f:1:23 #/item/0/request",
        ),
    ] {
        assert_eq!(error(text).trim(), wanted, "{text}");
    }
}

/// The texts of this file, for tests that maul them.
pub(super) const ALL: [&str; 5] = [V21, V20, PUBLISHED, V1, V3];
