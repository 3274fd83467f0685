//! Format v1 (POSTMAN.md §9).

use super::{lowered, shown};
use expect_test::{Expect, expect};

/// What one request comes to.
fn check(members: &str, wanted: Expect) {
    let request =
        format!(r#"{{"id": "a", "method": "POST", "url": "http://x.test/p", {members}}}"#);
    let found = shown(&format!(r#"{{"order": ["a"], "requests": [{request}]}}"#));
    wanted.assert_eq(found.strip_prefix("POST http://x.test /p").unwrap_or(&found).trim_start());
}

#[test]
fn headers_stand_in_a_list_in_a_text_or_in_both() {
    check(
        r#""headers": "A: text\nB: text\n//C: text", "headerData": [{"key": "A", "value": "list"}, {"key": "//D", "value": "off"}, {"key": "E", "value": "off", "enabled": false}]"#,
        expect!["h[B=text & -C=text & A=list & -D=off & -E=off]"],
    );
    check(
        r#""headers": [{"key": "A", "value": "1"}], "headerData": [{"key": "B", "value": "2"}]"#,
        expect!["h[A=1]"],
    );
}

#[test]
fn parameters_say_whether_an_equals_sign_follows() {
    check(
        r#""queryParams": [{"key": "a", "value": "", "equals": false}, {"key": "b", "value": null, "equals": true}, {"key": "c", "value": "1", "equals": false}, {"key": "d", "value": "", "equals": true}, {"key": "e", "value": null}]"#,
        expect!["?a & b= & c=1 & d= & e"],
    );
}

#[test]
fn values_of_the_path_stand_in_a_list_and_in_an_object() {
    let request = r#"{"id": "a", "url": "http://x.test/:a/:b", "pathVariableData": [{"key": "a", "value": "1"}], "pathVariables": {"a": "no", "b": "2"}}"#;
    let (draft, _) = lowered(&format!(r#"{{"order": ["a"], "requests": [{request}]}}"#));
    let parameters = draft.operations.iter().flat_map(|operation| &operation.path_parameters);
    let found: Vec<_> = parameters.map(|it| it.example.as_deref().unwrap_or_default()).collect();
    assert_eq!(found, ["1", "2"]);
}

#[test]
fn a_body_is_what_its_mode_says_or_what_there_is() {
    for (body, wanted) in [
        (
            r#""dataMode": "raw", "rawModeData": ["t"]"#,
            expect![[r#"raw(text/plain, json: false) ["t"]"#]],
        ),
        (
            r#""dataMode": "raw", "rawModeData": "", "data": "t""#,
            expect![[r#"raw(text/plain, json: false) ["t"]"#]],
        ),
        (r#""dataMode": null, "rawModeData": "t""#, expect![""]),
        (r#""rawModeData": "t", "data": []"#, expect![[r#"raw(text/plain, json: false) ["t"]"#]]),
        (r#""data": [{"key": "a", "value": "1"}]"#, expect!["parts[a=1 (-)]"]),
        (
            r#""dataMode": "params", "data": [{"key": "f", "type": "file", "value": ["a.png", "b.png"]}, {"value": "no key"}]"#,
            expect!["parts[file f= (-) & file f= (-)]"],
        ),
        (r#""dataMode": "binary", "rawModeData": "a.png""#, expect!["binary(image/png)"]),
        (r#""dataMode": "binary""#, expect!["Note postman::no-file #/requests/0"]),
        (r#""dataMode": "graphql""#, expect![[r#"graphql "" None None"#]]),
        (r#""graphqlModeData": {"query": "{a}"}"#, expect![[r#"graphql "{a}" None None"#]]),
        (
            r#""dataMode": "graphql", "graphqlModeData": {}, "data": {"query": "{a}"}, "dataOptions": {"graphql": {}}"#,
            expect![[r#"graphql "{a}" None None"#]],
        ),
    ] {
        check(body, wanted);
    }
}

#[test]
fn a_helper_decides_whatever_auth_says() {
    let basic = r#"{"username": "{{u}}", "password": "{{p}}"}"#;
    let escaped = basic.replace('"', "\\\"");
    for (auth, wanted) in [
        (
            r#""currentHelper": null, "auth": {"type": "bearer", "bearer": [{"key": "token", "value": "{{t}}"}]}"#.to_owned(),
            expect!["Warning postman::helper #/requests/0"],
        ),
        (format!(r#""currentHelper": "basicAuth", "helperAttributes": {basic}"#), expect![[r#"a[basic "u" "p"]"#]]),
        (format!(r#""currentHelper": "basicAuth", "helperAttributes": "{escaped}""#), expect![[r#"a[basic "u" "p"]"#]]),
        (
            r#""auth": {"type": "bearer", "bearer": [{"key": "token", "value": "{{t}}"}]}"#.to_owned(),
            expect![[r#"a[bearer "Bearer" "t"]"#]],
        ),
    ] {
        check(&auth, wanted);
    }
}

#[test]
fn requests_that_postman_does_not_show_come_with_a_finding() {
    let request =
        |id: &str, more: &str| format!(r#"{{"id": "{id}", "url": "http://x.test/{id}"{more}}}"#);
    let requests = [
        request("a", ""),
        request("b", ""),
        request("c", r#", "folder": "f""#),
        request("d", ""),
        request("b", r#", "name": "again""#),
    ]
    .join(",");
    let folders =
        r#"[{"id": "f", "name": "F", "order": ["d"]}, {"id": "g", "name": "G", "order": ["a"]}]"#;
    let in_order = |root: &str| {
        shown(&format!(
            r#"{{"order": ["b"], {root} "folders": {folders}, "requests": [{requests}]}}"#
        ))
    };
    expect![[r#"
        GET http://x.test /d
        GET http://x.test /c
        GET http://x.test /a
        GET http://x.test /b
        Note postman::unlisted #/requests/2
        Note postman::unlisted #/requests/0
        Warning postman::no-place #/requests/1"#]]
    .assert_eq(&in_order(r#""folders_order": ["f"],"#));
    expect![[r#"
        GET http://x.test /d
        GET http://x.test /c
        GET http://x.test /a
        GET http://x.test /b
        Note postman::unlisted #/requests/2
        Warning postman::no-place #/requests/1"#]]
    .assert_eq(&in_order(""));
}
