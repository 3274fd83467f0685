//! Collections of format v3 (POSTMAN.md §9): a folder of files, each rule with the smallest one that shows it.

use super::{lowered, shown};
use crate::bundle;
use expect_test::{Expect, expect};

/// The text of a collection `C` of these files, without the lines that say their kind.
fn bundled(files: &[(&str, &str)]) -> String {
    let mut files: Vec<_> =
        files.iter().map(|(path, text)| (format!("C/{path}"), (*text).to_owned())).collect();
    files.push(("C/.resources/definition.yaml".to_owned(), "$kind: collection".to_owned()));
    files.dedup_by(|a, b| a.0 == b.0);
    bundle::join(&files).unwrap()
}

/// What a request comes to.
fn check(request: &str, wanted: Expect) {
    wanted.assert_eq(&shown(&bundled(&[("R.request.yaml", request)])));
}

#[test]
fn a_query_stands_in_the_text_or_in_the_list() {
    check(
        "url: http://h/p?a=1&b=2\nqueryParams:\n  - {key: b, value: 3}\n  - {key: b, value: '4'}\n  - {key: c, disabled: true}",
        expect!["GET http://h /p ?a=1 & b=3 & b=4 & -c"],
    );
    check(
        "url: http://h\nqueryParams: {a: 1, b: true, c: null}",
        expect!["GET http://h / ?a=1 & b=true & c"],
    );
}

#[test]
fn bodies_are_what_their_type_says() {
    let body = |body: &str, wanted: Expect| {
        check(&format!("url: http://h\nmethod: POST\nbody: {body}"), wanted)
    };
    body(
        "{type: text, content: 'a: b'}",
        expect![[r#"POST http://h / raw(text/plain, json: false) ["a: b"]"#]],
    );
    body(
        "{type: xml, content: <a/>}",
        expect![[r#"POST http://h / raw(application/xml, json: false) ["<a/>"]"#]],
    );
    body(
        "{type: json, content: {a: [1, x]}}",
        expect![[r#"POST http://h / raw(application/json, json: true) ["{\"a\":[1,\"x\"]}"]"#]],
    );
    body(
        "{type: urlencoded, content: [{key: a, value: 5}, {key: b, value: x, disabled: true}]}",
        expect!["POST http://h / form[a=5 & -b=x]"],
    );
    body("{type: urlencoded, content: a=1&b}", expect!["POST http://h / form[a=1 & b=]"]);
    body(
        "{type: formdata, content: [{key: a, value: 5}, {key: f, type: file, src: [x.png, y.pdf]}]}",
        expect!["POST http://h / parts[a=5 (-) & file f= (-) & file f= (-)]"],
    );
    body(
        "{type: graphql, content: {query: '{ a }', variables: {x: 1}}}",
        expect![[r#"POST http://h / graphql "{ a }" None Some("{\"x\":1}")"#]],
    );
    body("{type: file, content: ./a.pdf}", expect!["POST http://h / binary(application/pdf)"]);
    body("{type: file, content: {src: a.pdf}}", expect!["POST http://h / binary(application/pdf)"]);
    body("{type: none}", expect!["POST http://h /"]);
    body("{}", expect!["POST http://h /"]);
    body(
        "{type: protobuf, content: x}",
        expect![[r#"
        POST http://h / raw(text/plain, json: false) ["x"]
        Warning postman::body-type #/C~1R.request.yaml/body/type"#]],
    );
    body(
        "{mode: raw, raw: x}",
        expect![[r#"
        POST http://h /
        Warning postman::body-type #/C~1R.request.yaml/body"#]],
    );
    body(
        "[x]",
        expect![[r#"
        POST http://h /
        Warning postman::misfit #/C~1R.request.yaml/body"#]],
    );
}

#[test]
fn auth_is_inherited_until_something_is_said() {
    let auth = |name: &str, auth: &str| {
        (format!("{name}.request.yaml"), format!("url: http://h/{name}\n{auth}"))
    };
    let requests = [
        auth("a", ""),
        auth("b", "auth: {type: noauth}"),
        auth("c", "auth: {type: inherit}"),
        auth("d", "auth: {type: basic, credentials: {username: u, password: '{{p}}'}}"),
        auth("e", "auth: [{type: basic}]"),
        auth("f/g", ""),
    ];
    let mut files: Vec<(&str, &str)> = vec![
        (
            "f/.resources/definition.yml",
            "auth: {type: apikey, credentials: [{key: key, value: X-Key}, {key: value, value: '{{k}}'}]}",
        ),
        (
            ".resources/definition.yaml",
            "auth: {type: bearer, credentials: [{key: token, value: '{{t}}'}]}",
        ),
    ];
    files.extend(requests.iter().map(|(path, text)| (path.as_str(), text.as_str())));
    let text = bundle::join(
        &files
            .iter()
            .map(|(path, text)| (format!("C/{path}"), (*text).to_owned()))
            .collect::<Vec<_>>(),
    );
    expect![[r#"
        GET http://h /a a[bearer "Bearer" "t"]
        GET http://h /b
        GET http://h /c a[bearer "Bearer" "t"]
        GET http://h /d a[basic "" "p"]
        GET http://h /e a[bearer "Bearer" "t"]
        GET http://h /f/g a[header X-Key "k"]
        Warning postman::misfit #/C~1e.request.yaml/auth"#]]
    .assert_eq(&shown(&text.unwrap()));
}

#[test]
fn order_goes_before_the_names_of_files() {
    let request = |order: &str| format!("url: http://h/{}\norder: {order}", order.replace(' ', ""));
    let files = [
        ("z.request.yaml", request("1")),
        ("y.request.yaml", request("'1.5'")),
        ("x/.resources/definition.yaml", "name: Ex\norder: 2\n$kind: folder".to_owned()),
        ("x/r.request.yaml", request("-7e2")),
        ("w/v/r.request.yaml", request("9")),
        ("a.request.yaml", request("[]")),
        ("b.request.yaml", request("3")),
    ];
    let files: Vec<(&str, &str)> =
        files.iter().map(|(path, text)| (*path, text.as_str())).collect();
    expect![[r#"
        GET http://h /1
        GET http://h /'1.5'
        GET http://h /-7e2
        GET http://h /3
        GET http://h /[]
        GET http://h /9
        Warning postman::kind #/C~1x~1.resources~1definition.yaml/$kind
        Warning postman::misfit #/C~1a.request.yaml/order"#]]
    .assert_eq(&shown(&bundled(&files)));
    let (draft, _) = lowered(&bundled(&files));
    let folders: Vec<_> = draft
        .folders
        .iter()
        .map(|folder| (folder.name.as_str(), folder.parent.is_some()))
        .collect();
    assert_eq!(draft.title, "C");
    assert_eq!(folders, [("Ex", false), ("w", false), ("v", true)]);
}

#[test]
fn examples_lie_where_the_request_says() {
    let response = |code: &str| {
        format!("response: {{statusCode: {code}, body: {{type: json, content: {{n: {code}}}}}}}")
    };
    let responses = [response("200"), response("'201'"), response("404"), response("500")];
    let files = [
        ("R.request.yaml", "url: http://h/r"),
        (".resources/R.resources/examples/b.example.yaml", responses[0].as_str()),
        (".resources/R.resources/examples/a.example.yaml", responses[1].as_str()),
        ("F/S.request.yaml", "url: http://h/s\nexamples: ../shown/./s/"),
        ("shown/s/c.example.yml", responses[2].as_str()),
        ("F/T.request.yaml", "url: http://h/t\nexamples: ../../../x"),
        (".resources/Q.resources/examples/d.example.yaml", responses[3].as_str()),
        ("F/.resources/T.resources/examples/e.example.yaml", "order: 1"),
    ];
    let (draft, found) = lowered(&bundled(&files));
    let mut lines: Vec<String> =
        found.iter().map(|it| format!("{} {}", it.code, it.origin.pointer)).collect();
    for operation in &draft.operations {
        let responses =
            operation.responses.iter().map(|it| format!(" {:?}", it.status)).collect::<String>();
        lines.push(format!("{}{responses}", operation.name));
    }
    expect![[r#"
        postman::example #/C~1.resources~1Q.resources~1examples~1d.example.yaml
        postman::example #/C~1F~1.resources~1T.resources~1examples~1e.example.yaml
        S Some(404)
        T
        R Some(201) Some(200)"#]]
    .assert_eq(&lines.join("\n"));
}

#[test]
fn directories_nest_to_a_limit() {
    let deep = format!("{}R.request.yaml", "d/".repeat(100_000));
    let files = [(deep.as_str(), "url: http://h")];
    let found = crate::postman::parse(&bundled(&files)).unwrap_err();
    assert_eq!(found[0].message, "directories nest deeper than 200 levels");
}
