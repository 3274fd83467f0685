//! Every member is counted once, and an invented key is found wherever it is planted.

use super::{Account, Outcome, Subject, account, entries};
use crate::json::{self, Node};
use crate::postman;
use expect_test::expect;

const V2: &str = r#"{"info": {"name": "n", "schema": "s"}, "variable": [{"key": "u", "value": "v"}],
  "auth": {"type": "bearer", "bearer": [{"key": "token", "value": "t", "type": "string"}]},
  "item": [{"name": "F", "item": [{"name": "R", "protocolProfileBehavior": {"strictSSL": false},
    "request": {"method": "POST", "description": {"content": "d", "type": "text/plain"},
      "url": {"raw": "x", "host": ["h"], "query": [{"key": "q", "value": "1"}], "variable": [{"key": "id"}]},
      "header": [{"key": "A", "value": "b"}],
      "body": {"mode": "raw", "raw": "{}", "options": {"raw": {"language": "json"}}}},
    "response": [{"name": "ok", "code": 200, "body": "{}", "header": [{"key": "B", "value": "c"}],
      "originalRequest": {"method": "POST", "body": {"mode": "formdata", "formdata": [{"key": "f", "type": "text", "value": "v"}]}}}]}]}]}"#;

const V1: &str = r#"{"id": "c", "name": "n", "order": ["r"], "folders": [{"id": "f", "name": "F", "order": []}],
  "requests": [{"id": "r", "name": "R", "url": "http://h/:id", "dataMode": "params",
    "data": [{"key": "a", "value": "b", "type": "text"}], "headerData": [{"key": "H", "value": "1"}],
    "responses": [{"name": "ok", "responseCode": {"code": 200, "name": "OK"}, "text": "{}"}]}]}"#;

fn taken(text: &str) -> Account {
    let taken = account(&postman::document(text).unwrap());
    assert_eq!(taken.sum(), taken.total, "{text}");
    taken
}

/// Offsets just after the `{` of every object.
fn objects(node: &Node, found: &mut Vec<usize>) {
    if node.members().is_some() {
        found.push(node.span.start + 1);
    }
    node.elements().unwrap_or_default().iter().for_each(|inner| objects(inner, found));
    node.members().unwrap_or_default().iter().for_each(|inner| objects(&inner.value, found));
}

#[test]
fn adds_up() {
    expect![[r#"
        55 members: 49 used, 6 ignored, 0 unsupported, 0 unknown
          2 ignored: another spelling of what is used
          1 ignored: how to send is the client's business
          1 ignored: of a saved response's request only the body counts
          1 ignored: says how a saved response was recorded, not what it holds
          1 ignored: values of credentials are never kept
    "#]]
    .assert_eq(&taken(V2).to_string());
    expect![[r#"
        25 members: 23 used, 2 ignored, 0 unsupported, 0 unknown
          2 ignored: says how a saved response was recorded, not what it holds
    "#]]
    .assert_eq(&taken(V1).to_string());
}

#[test]
fn finds_what_is_invented() {
    for document in [V2, V1] {
        let mut places = Vec::new();
        objects(&json::read(document).unwrap(), &mut places);
        assert!(places.len() > 5);
        for at in places {
            let (before, after) = document.split_at(at);
            let planted = format!("{before}\"in/vented\": {{\"a\": [{{\"b\": 1}}]}}, {after}");
            let found = taken(&planted);
            let place = found.unknown.first().unwrap_or_else(|| panic!("not found at {at}"));
            assert!(place.pointer.as_str().ends_with("/in~1vented"), "{}", place.pointer);
            let span = place.span.unwrap();
            assert_eq!(&planted[span.start..span.end], "\"in/vented\"");
            assert_eq!(found.unknown.len(), 1);
            assert_eq!(found.diagnostics().len(), 1);
        }
        assert_eq!(taken(document).unknown, []);
    }
}

#[test]
fn counts_by_what_is_in_use() {
    let body = |body: &str| {
        let text = format!(r#"{{"item": [{{"request": {{"body": {body}}}}}]}}"#);
        taken(&text).to_string()
    };
    expect![[r#"
        7 members: 5 used, 2 ignored, 0 unsupported, 0 unknown
          2 ignored: another mode of the body is in use
    "#]]
    .assert_eq(&body(r#"{"mode": "raw", "raw": "", "urlencoded": [{"key": "a"}]}"#));
    expect![[r#"
        6 members: 4 used, 2 ignored, 0 unsupported, 0 unknown
          1 ignored: a later member of the same object has the same name
          1 ignored: another mode of the body is in use
    "#]]
    .assert_eq(&body(r#"{"mode": "urlencoded", "raw": "x", "raw": "y"}"#));
}

#[test]
fn the_request_of_a_response_counts_unless_it_was_refused() {
    let shown = |status: &str| {
        let request = r#"{"method": "PUT", "body": {"mode": "raw", "raw": "{}"}}"#;
        let text = format!(
            r#"{{"item": [{{"response": [{{"code": {status}, "originalRequest": {request}}}]}}]}}"#
        );
        taken(&text).to_string().contains("the service refused it for what it held")
    };
    assert_eq!(["200", "404", "400", "\"422\""].map(shown), [false, false, true, true]);
}

#[test]
fn counts_what_of_the_first_format_is_in_use() {
    let shown = |members: &str| {
        let text = format!(r#"{{"order": [], "requests": [{{{members}}}]}}"#);
        taken(&text)
            .to_string()
            .lines()
            .skip(1)
            .map(|line| line.trim().to_owned())
            .collect::<Vec<_>>()
    };
    let other = "1 ignored: another mode of the body is in use";
    let [raw, graphql] = [r#""rawModeData": "t""#, r#""graphqlModeData": {}"#];
    assert_eq!(shown(&format!(r#""dataMode": "raw", {raw}, {graphql}"#)), [other]);
    assert_eq!(shown(&format!(r#""dataMode": "graphql", {raw}, {graphql}"#)), [other]);
    assert_eq!(shown(&format!(r#""dataMode": null, {raw}"#)), [other]);
    assert!(shown(&format!("{raw}, {graphql}")).is_empty());
    let helper = r#""currentHelper": null, "auth": {}"#;
    assert_eq!(shown(helper), ["1 ignored: the helper beside it goes before it"]);
    let lists = r#""headers": [], "headerData": [1]"#;
    assert_eq!(shown(lists), ["1 ignored: the list `headers` goes before it"]);
    let everywhere = r#"{"order": [], "requests": [], "currentHelper": null, "variable": [], "folders": [{"currentHelper": null}]}"#;
    assert_eq!(taken(everywhere).unknown, []);
    assert!(shown(r#""queryParams": [{"key": "a", "equals": false}]"#).is_empty());
}

#[test]
fn says_what_is_not_supported() {
    let profile = |profile: &str| {
        taken(&format!(r#"{{"item": [], "protocolProfileBehavior": {profile}}}"#)).unsupported.len()
    };
    assert_eq!(profile(r#"{"disableUrlEncoding": true, "disabledSystemHeaders": {"a": true}}"#), 2);
    assert_eq!(profile(r#"{"disabledSystemHeaders": {"content-type": true, "b": false}}"#), 0);
    assert_eq!(profile(r#"{"disableUrlEncoding": false, "disabledSystemHeaders": {}}"#), 0);
}

const V3: &str = concat!(
    "\0C/.resources/definition.yaml\n",
    "$kind: collection\nvariables: {u: v}\nauth:\n  type: bearer\n  credentials:\n    - key: token\n      value: t\n",
    "\0C/F/.resources/definition.yaml\n",
    "name: F\nscripts:\n  - type: beforeRequest\n    code: x\n",
    "\0C/F/.resources/R.resources/examples/ok.example.yaml\n",
    "$kind: http-example\nrequest:\n  url: x\n  body:\n    type: json\n    content: '{}'\nresponse:\n  statusCode: 200\n  body:\n    type: json\n    content: '{}'\n",
    "\0C/F/R.request.yaml\n",
    "url: http://h/:id\npathVariables:\n  - key: id\nbody:\n  type: urlencoded\n  content:\n    - key: a\n      value: b\n",
);

#[test]
fn takes_the_account_of_files() {
    expect![[r#"
        35 members: 30 used, 5 ignored, 0 unsupported, 0 unknown
          3 ignored: scripts are never run
          1 ignored: of a saved response's request only the body counts
          1 ignored: values of credentials are never kept
    "#]]
    .assert_eq(&taken(V3).to_string());
    let planted = |path: &str, text: &str| {
        let text = format!("{V3}\0{path}\n{text}");
        let found = taken(&text).diagnostics();
        let found: Vec<_> = found.iter().map(|finding| finding.render("C", &text)).collect();
        found.concat()
    };
    expect![[r#"
        warning[account::unknown]: this file is no part of a collection; it is ignored
          at C/notes.txt:1:1 #
    "#]]
    .assert_eq(&planted("C/notes.txt", ""));
    expect![[r#"
        warning[account::unsupported]: only requests of `$kind: http-request` become operations
          at C/x.request.yaml:1:1 #
    "#]]
    .assert_eq(&planted("C/x.request.yaml", "$kind: grpc-request\nurl: x\n"));
    expect![[r#"
        warning[account::unsupported]: the file is no mapping of keys to values; it is ignored
          at C/x.request.yaml:1:1 #
    "#]]
    .assert_eq(&planted("C/x.request.yaml", "- a\n"));
}

#[test]
fn finds_what_is_invented_in_a_file() {
    let mut places = Vec::new();
    for file in postman::document(V3).unwrap().members().unwrap() {
        mappings(&file.value, &mut places);
    }
    assert_eq!(places.len(), 15);
    let mut unnoticed = 0;
    for at in places.into_iter().filter(|at| V3.as_bytes()[*at] != b'{') {
        let (before, after) = V3.split_at(at);
        let column = before.len() - before.rfind('\n').unwrap() - 1;
        let planted = format!("{before}invented: {{a: [{{b: 1}}]}}\n{}{after}", " ".repeat(column));
        let found = taken(&planted);
        let pointers = found.unknown.iter().map(|place| place.pointer.as_str());
        assert!(pointers.clone().all(|it| it.ends_with("/invented")), "{planted}");
        unnoticed += usize::from(pointers.count() != 1);
    }
    assert_eq!(unnoticed, 1, "only the script is not looked into");
}

/// Where the mappings begin.
fn mappings(node: &Node, found: &mut Vec<usize>) {
    found.extend(node.members().map(|_| node.span.start));
    node.elements().unwrap_or_default().iter().for_each(|inner| mappings(inner, found));
    node.members().unwrap_or_default().iter().for_each(|inner| mappings(&inner.value, found));
}

#[test]
fn entries_add_up_to_the_account_and_say_what_and_where_each_is() {
    for text in [V2, V1] {
        let whole = taken(text);
        let entries = entries(&postman::document(text).unwrap());
        let members: usize = entries.iter().map(|it| it.members).sum();
        let used: usize =
            entries.iter().filter(|it| it.outcome == Outcome::Used).map(|it| it.members).sum();
        assert_eq!((members, used), (whole.total, whole.used), "{text}");
        let requests = entries.iter().filter(|it| it.subject == Subject::Request);
        assert_eq!(requests.count(), 1, "{text}");
    }
    let all = entries(&postman::document(V2).unwrap());
    let of = |subject| {
        let those = all.iter().filter(move |it| it.subject == subject);
        let shown =
            those.map(|it| format!("{} {}", it.folder().join(" › "), it.origin.pointer.as_str()));
        shown.collect::<Vec<_>>()
    };
    assert_eq!(of(Subject::Request), ["F /item/0/item/0"]);
    assert!(
        of(Subject::Parameter).contains(&"F /item/0/item/0/request/url/query/0/key".to_owned())
    );
    assert!(of(Subject::Variable).contains(&" /variable/0/key".to_owned()));
    let script =
        V2.replacen("\"name\": \"R\"", r#""name": "R", "event": [{"script": {"exec": ["x"]}}]"#, 1);
    let all = entries(&postman::document(&script).unwrap());
    let scripts: Vec<_> = all.iter().filter(|it| it.subject == Subject::Script).collect();
    assert_eq!((scripts.len(), scripts[0].members), (1, 3));
}
