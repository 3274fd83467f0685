//! POSTMAN.md §5.

use super::{collection, request, shown};
use expect_test::expect;

fn body(body: &str) -> String {
    typed(body, "[]")
}

fn typed(body: &str, header: &str) -> String {
    let text = format!(
        r#"{{"method": "POST", "url": "http://x.test", "header": {header}, "body": {body}}}"#
    );
    request(&text).replacen("POST http://x.test /", "", 1).trim_start().to_owned()
}

#[test]
fn knows_raw_types() {
    for (text, wanted) in [
        (r#"{"mode": "raw", "raw": "{}"}"#, "raw(text/plain, json: false) [\"{}\"]"),
        (
            r#"{"mode": "RAW", "raw": "x", "options": {"raw": {"language": "json"}}}"#,
            "raw(application/json, json: true) [\"x\"]",
        ),
        (
            r#"{"mode": "raw", "raw": "x", "options": {"raw": {"language": "xml"}}}"#,
            "raw(application/xml, json: false) [\"x\"]",
        ),
        (
            r#"{"mode": "raw", "raw": "x", "options": {"raw": {"language": "JSON"}}}"#,
            "raw(text/plain, json: false) [\"x\"]",
        ),
        (
            r#"{"mode": "raw", "raw": {"a": [1, null]}}"#,
            "raw(text/plain, json: false) [\"{\\\"a\\\":[1,null]}\"]",
        ),
        (r#""text""#, "raw(text/plain, json: false) [\"text\"]"),
        (r#"{"mode": "raw", "raw": " "}"#, "raw(text/plain, json: false) [\" \"]"),
        (r#"{"mode": "odd", "raw": "x"}"#, "raw(text/plain, json: false) [\"x\"]"),
        (r#"{"mode": "raw", "raw": ""}"#, ""),
        (r#"{"raw": "x"}"#, ""),
        (r#"{"mode": "raw", "raw": "x", "disabled": true}"#, ""),
        ("null", ""),
        ("{}", ""),
        ("[]", "Warning postman::misfit #/item/0/request/body"),
    ] {
        assert_eq!(body(text), wanted, "{text}");
    }
    let json = r#"[{"key": "content-type", "value": "application/vnd.x+json; charset=utf-8"}]"#;
    assert_eq!(
        typed(r#"{"mode": "raw", "raw": "{}"}"#, json),
        "raw(application/vnd.x+json; charset=utf-8, json: true) [\"{}\"]"
    );
}

#[test]
fn orders_forms_as_javascript_does() {
    for (list, wanted) in [
        (
            r#"[{"key": "b", "value": "1"}, {"key": "10", "value": "x"}, {"key": "b", "value": "2"}, {"key": "2", "value": null}]"#,
            "form[2= & 10=x & b=1 & b=2]",
        ),
        (r#"[{"key": "a", "value": 5}, {"key": "b", "disabled": true}]"#, "form[a=5 & -b=]"),
        (r#""a=1&b=%20""#, "form[a=1 & b=%20]"),
        (r#"[{"key": "a", "disabled": true}]"#, ""),
        (r#""""#, ""),
        (
            r#"[{"key": "password", "value": "s3"}, {"key": "u", "value": "{{u}}"}]"#,
            "form[password=caller() & u=caller({{u}})]",
        ),
    ] {
        let text = format!(r#"{{"mode": "urlencoded", "urlencoded": {list}}}"#);
        let forced = r#"[{"key": "Content-Type", "value": "text/plain"}]"#;
        let found = typed(&text, if wanted.is_empty() { "[]" } else { forced });
        assert_eq!(found, wanted, "{list}");
    }
}

#[test]
fn splits_multipart() {
    let parts = r#"{"mode": "formdata", "formdata": [
        {"key": "a", "value": "1", "contentType": "text/csv"}, {"key": "n", "value": {"x": 1}},
        {"key": "f", "type": "file", "src": ["/tmp/a.json", "b"]}, {"key": "g", "type": "file", "src": null},
        {"key": "d", "value": "x", "disabled": true}]}"#;
    expect![[r#"parts[a=1 (text/csv) & n={"x":1} (-) & file f= (-) & file f= (-) & file g= (-) & -d=x (-)]"#]]
        .assert_eq(&body(parts));
}

#[test]
fn reads_no_parts_from_a_text() {
    for (text, wanted) in [
        (r#""""#, ""),
        (r#""a=1&b=2""#, "Warning postman::misfit #/item/0/request/body/formdata"),
        ("[]", ""),
    ] {
        assert_eq!(
            body(&format!(r#"{{"mode": "formdata", "formdata": {text}}}"#)),
            wanted,
            "{text}"
        );
    }
}

#[test]
fn leaves_files_to_the_caller() {
    for (text, wanted) in [
        (r#"{"src": "/etc/passwd"}"#, "binary(application/octet-stream)"),
        (r#"{"src": "a.png"}"#, "binary(image/png)"),
        (r#"{"src": "b.WAV"}"#, "binary(audio/wave)"),
        (r#"{"src": ""}"#, "binary(-)"),
        (r#"{"content": "aGk="}"#, "binary(-)"),
        (r#"{"src": null}"#, "Note lower::no-file #/item/0"),
    ] {
        assert_eq!(body(&format!(r#"{{"mode": "file", "file": {text}}}"#)), wanted, "{text}");
    }
}

#[test]
fn reads_graphql() {
    let json = r#"[{"key": "Content-Type", "value": "application/json"}]"#;
    for (text, wanted) in [
        (
            r#"{"query": "{ a }", "variables": "{\"x\": {{y}}}"}"#,
            "graphql \"{ a }\" None Some(\"{\\\"x\\\": {{y}}}\")",
        ),
        (
            r#"{"query": "q", "operationName": "O", "variables": {"a": 1}}"#,
            "graphql \"q\" Some(\"O\") Some(\"{\\\"a\\\":1}\")",
        ),
        (
            r#"{"query": "q", "operationName": "", "variables": ""}"#,
            "graphql \"q\" Some(\"\") None",
        ),
        (r#"{"query": "q", "variables": null}"#, "graphql \"q\" None Some(\"null\")"),
        (r#"{"query": "{ a({{b}}) }"}"#, "graphql \"{ a(${b}) }\" None None"),
        (r#"{}"#, "graphql \"\" None None"),
        ("null", "graphql \"\" None None"),
    ] {
        assert_eq!(typed(&format!(r#"{{"mode": "graphql", "graphql": {text}}}"#), json), wanted);
    }
}

#[test]
fn drops_bodies_of_get() {
    let items = |method: &str, profile: &str| {
        let request = format!(
            r#"{{"method": "{method}", "url": "http://x.test", "header": "Content-Type: text/csv", "body": {{"mode": "raw", "raw": "x"}}}}"#
        );
        let folder = format!(
            r#"{{"item": [{{"request": {request}}}], "protocolProfileBehavior": {profile}}}"#
        );
        shown(&collection(&folder))
    };
    for method in ["GET", "HEAD", "COPY", "PURGE", "UNLOCK"] {
        let wanted = format!("{method} http://x.test / h[Content-Type=text/csv]");
        assert_eq!(items(method, "{}"), wanted);
    }
    let sent = "http://x.test / raw(text/csv, json: false) [\"x\"]";
    assert_eq!(items("GET", r#"{"disableBodyPruning": true}"#), format!("GET {sent}"));
    assert_eq!(items("DELETE", "{}"), format!("DELETE {sent}"));
}

#[test]
fn collects_samples() {
    let items = r#"{"request": {"method": "POST", "url": "http://x.test", "body": {"mode": "raw", "raw": "1"}},
        "response": [{"code": 200, "body": "{}", "header": "Content-Type: Application/JSON; charset=x",
            "originalRequest": {"body": {"mode": "raw", "raw": "2"}}},
          {"code": "404", "_postman_previewlanguage": "Text", "originalRequest": {"body": {"mode": "raw", "raw": "1"}}},
          {"code": 0, "body": null}, null]}"#;
    let (draft, _) = super::lowered(&collection(items));
    expect![[r#"POST http://x.test / raw(text/plain, json: false) ["1", "2"]"#]]
        .assert_eq(&shown(&collection(items)));
    let response = |r: &crate::draft::SavedResponse| {
        format!("{:?} {:?} {:?}", r.status, r.media_type, r.body.text)
    };
    let found: Vec<String> = draft.operations[0].responses.iter().map(response).collect();
    assert_eq!(
        found,
        [
            "Some(200) Some(\"application/json\") \"{}\"",
            "Some(404) Some(\"text/plain\") \"\"",
            "None None \"\"",
        ]
    );
}

#[test]
fn leaves_out_the_content_type_that_the_profile_disables() {
    let with = |profile: &str, body: &str, header: &str| {
        super::shown(&super::collection(&format!(
            r#"{{"name": "r", "protocolProfileBehavior": {{"disabledSystemHeaders": {profile}}},
              "request": {{"method": "POST", "url": "http://x", "header": {header}, "body": {body}}}}}"#
        )))
    };
    let (raw, off) = (r#"{"mode": "raw", "raw": "x"}"#, r#"{"content-type": true}"#);
    let bare = r#"POST http://x / raw(text/plain, json: false) ["x"] bare"#;
    assert_eq!(with(off, raw, "[]"), bare);
    assert_eq!(with(r#"{"Content-Type": true, "accept": true}"#, raw, "[]") + " bare", bare);
    let own = r#"[{"key": "content-type", "value": "a/b"}]"#;
    assert_eq!(with(off, raw, own), r#"POST http://x / raw(a/b, json: false) ["x"]"#);
    let parts =
        with(off, r#"{"mode": "formdata", "formdata": [{"key": "a", "value": "1"}]}"#, "[]");
    assert_eq!(parts, "POST http://x / parts[a=1 (-)]\nWarning lower::content-type #/item/0");
    let form = with(
        off,
        r#"{"mode": "urlencoded", "urlencoded": [{"key": "{{k}}", "value": "1"}]}"#,
        "[]",
    );
    assert_eq!(form, "POST http://x / form[${k}=1] bare");
}

#[test]
fn variables_in_a_raw_body_are_told_where_they_are_examples() {
    let noted = |text: &str| {
        body(&format!(r#"{{"mode": "raw", "raw": {text:?}}}"#))
            .matches("lower::example-in-body")
            .count()
    };
    assert_eq!(noted(r#"{"a": "{{b}}", "c": {{d}}}"#), 0);
    assert_eq!(noted(r#"{"id": "{{$guid}}"}"#), 1);
    assert_eq!(noted(r#"{"{{name}}" : 1, "at": {{$timestamp}}}"#), 2);
}
