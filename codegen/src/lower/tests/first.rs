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
        expect![[r#"
            h[A=1]
            Note postman::headers #/requests/0/headers"#]],
    );
    check(
        r#""headers": "A : 1\nB C: 2\nD\n:\nE: 5\r\n 6""#,
        expect![[r#"
        h[E=5 6]
        Warning postman::header-line #/requests/0/headers
        Warning postman::header-line #/requests/0/headers
        Warning postman::header-line #/requests/0/headers"#]],
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
            expect![[r#"
                parts[file f= (-) & file f= (-)]
                Note postman::no-key #/requests/0/data/1"#]],
        ),
        (
            r#""dataMode": "raw", "rawModeData": ["t", "u"]"#,
            expect!["Warning postman::misfit #/requests/0/rawModeData"],
        ),
        (
            r#""dataMode": "urlencoded", "rawModeData": [{"key": "a", "value": "1"}]"#,
            expect!["form[a=1]"],
        ),
        (r#""dataMode": "binary", "rawModeData": "a.png""#, expect!["binary(image/png)"]),
        (r#""dataMode": "binary""#, expect!["Note lower::no-file #/requests/0"]),
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
            expect!["Warning postman::helper #/requests/0/auth"],
        ),
        (format!(r#""currentHelper": "basicAuth", "helperAttributes": {basic}"#), expect![[r#"a[basic "u" "p"]"#]]),
        (format!(r#""currentHelper": "basicAuth", "helperAttributes": "{escaped}""#), expect![[r#"a[basic "u" "p"]"#]]),
        (
            r#""auth": {"type": "bearer", "bearer": [{"key": "token", "value": "{{t}}"}]}"#.to_owned(),
            expect![[r#"a[bearer "Bearer" "t"]"#]],
        ),
        (
            r#""currentHelper": "basicAuth", "helperAttributes": "no JSON""#.to_owned(),
            expect!["Warning postman::helper #/requests/0/helperAttributes"],
        ),
        (
            r#""currentHelper": "bearerAuth", "helperAttributes": {"token": "{{a}}"}, "auth": {"type": "bearer", "bearer": {"token": "{{b}}"}}"#.to_owned(),
            expect![[r#"
                a[bearer "Bearer" "a"]
                Warning postman::helper #/requests/0/auth"#]],
        ),
        (
            r#""currentHelper": "oAuth2", "helperAttributes": {"accessToken": "{{t}}", "headerPrefix": "No"}"#.to_owned(),
            expect![[r#"a[oauth2 "Bearer"  "t"]"#]],
        ),
        (
            r#""helperAttributes": "", "auth": {"type": "bearer", "bearer": {"token": "{{t}}"}}"#.to_owned(),
            expect![[r#"a[bearer "Bearer" "t"]"#]],
        ),
    ] {
        check(&auth, wanted);
    }
}

#[test]
fn a_folder_and_the_collection_have_helpers_too() {
    let bearer = |name: &str| {
        format!(
            r#""currentHelper": "bearerAuth", "helperAttributes": {{"token": "{{{{{name}}}}}"}}"#
        )
    };
    let found = shown(&format!(
        r#"{{"order": ["a"], {}, "folders": [{{"id": "f", "order": ["b"], {}}}],
            "requests": [{{"id": "a", "url": "http://x.test/a"}}, {{"id": "b", "url": "http://x.test/b"}}]}}"#,
        bearer("outer"),
        bearer("inner"),
    ));
    expect![[r#"
        GET http://x.test /b a[bearer "Bearer" "inner"]
        GET http://x.test /a a[bearer "Bearer" "outer"]"#]]
    .assert_eq(&found);
}

#[test]
fn old_variables_are_named_by_their_id() {
    let text = r#"{"order": ["a"], "variables": [{"id": "base", "value": "https://x.test"}, 5],
        "requests": [{"id": "a", "url": "{{base}}/a"}]}"#;
    let (draft, _) = lowered(text);
    assert_eq!(draft.variables[0].default.as_deref(), Some("https://x.test"));
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
        Note postman::unlisted #/requests/0
        Warning postman::no-place #/requests/1
        Note postman::unlisted #/requests/2"#]]
    .assert_eq(&in_order(r#""folders_order": ["f"],"#));
    expect![[r#"
        GET http://x.test /d
        GET http://x.test /c
        GET http://x.test /a
        GET http://x.test /b
        Warning postman::no-place #/requests/1
        Note postman::unlisted #/requests/2"#]]
    .assert_eq(&in_order(""));
    // The root lists what a folder lists that no list names: it stands at the root.
    let text = format!(
        r#"{{"order": ["a"], "folders_order": [], "folders": {folders}, "requests": [{}, null]}}"#,
        request("a", "")
    );
    assert_eq!(lowered(&text).0.operations[0].folder, None);
    expect![[r#"
        GET http://x.test /a
        Warning postman::item #/requests/1
        Warning postman::order #/folders/0"#]]
    .assert_eq(&shown(&text));
}

#[test]
fn what_is_listed_twice_is_one_operation() {
    let folders = r#"[{"id": "f", "name": "F", "order": ["a", "a"], "folders_order": ["g"]}, {"id": "g", "name": "G"}]"#;
    let text = format!(
        r#"{{"folders_order": ["g", "f", "f"], "folders": {folders}, "requests": [{{"id": "a", "url": "http://x.test"}}]}}"#
    );
    expect![[r#"
        GET http://x.test /
        Note postman::listed-twice #/requests/0"#]]
    .assert_eq(&shown(&text));
    let folders = lowered(&text).0.folders;
    let placed = folders.iter().map(|folder| (folder.name.as_str(), folder.parent.map(|it| it.0)));
    assert_eq!(placed.collect::<Vec<_>>(), [("F", None), ("G", Some(0))]);
}

#[test]
fn folders_that_list_each_other_end() {
    let folders: Vec<String> = (0..60)
        .map(|at| {
            let next = at + 1;
            format!(r#"{{"id": "{at}", "folders_order": ["{next}", "{next}"], "order": ["a"]}}"#)
        })
        .collect();
    let text = format!(
        r#"{{"folders": [{}], "requests": [{{"id": "a", "url": "http://x.test"}}]}}"#,
        folders.join(",")
    );
    assert_eq!(lowered(&text).0.operations.len(), 1);
    let around = r#"{"folders": [{"id": "f", "folders_order": ["g"]}, {"id": "g", "folders_order": ["f"], "order": ["a"]}], "requests": [{"id": "a", "url": "http://x.test"}]}"#;
    expect![[r#"
        GET http://x.test /
        Note postman::unlisted #/requests/0"#]]
    .assert_eq(&shown(around));
}
