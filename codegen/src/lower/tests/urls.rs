//! POSTMAN.md §1, §2, §3.

use super::{collection, request, shown};
use expect_test::expect;

fn url(text: &str) -> String {
    request(&format!(r#"{{"method": "GET", "url": {text}}}"#))
}

#[test]
fn splits_texts() {
    for (text, wanted) in [
        ("https://API.x.test/A/b", "GET https://api.x.test /A/b"),
        ("x.test", "GET http://x.test /"),
        ("  https://x.test/a b ", "GET https://x.test /a b "),
        ("https://x.test/a/../b/./c//d/", "GET https://x.test /a/../b/./c//d/"),
        ("https://x.test//a", "GET https://x.test //a"),
        ("https:///x.test/a", "GET https://x.test /a"),
        ("https://x.test/a?b=1#f", "GET https://x.test /a ?b=1"),
        ("https://x.test:8080/a", "GET https://x.test:8080 /a"),
        ("http://[::1]:80/a", "GET http://[::1]:80 /a"),
        ("https:\\\\\\\\x.test\\\\a", "GET https://x.test /a"),
        ("http://127.1/a", "GET http://127.0.0.1 /a"),
        ("https://u:p@x.test/", "GET https://x.test / a[basic]"),
        ("https://{{u}}:{{p}}@x.test/", "GET https://x.test / a[basic \"u\" \"p\"]"),
        ("{{base}}/a", "GET ${base} /a"),
        ("{{url}}", "GET ${url} "),
        ("{{url}}?a=1", "GET ${url}  ?a=1"),
        ("{{s}}://{{h}}:{{p}}/a", "GET ${s}://${h}:${p} /a"),
        ("{{sub}}.x.test/a", "GET ${sub}.x.test /a"),
        ("https://{{a/b?c#d}}/e", "GET https://${a/b?c#d} /e"),
        ("https://bücher.test/é", "GET https://xn--bcher-kva.test /é"),
    ] {
        assert_eq!(url(&format!("\"{text}\"")), wanted, "{text}");
    }
}

#[test]
fn knows_path_parameters() {
    for (path, wanted) in [
        ("/:id", "/<id>"),
        ("/:id.json", "/<id>.json"),
        ("/:id-x/:a:b", "/<id-x>/<a:b>"),
        ("/:file.:ext", "/<file>.<ext>"),
        ("/[boat_id]/x", "/<boat_id>/x"),
        ("/{boatId}.json/%7Bmast%7D", "/<boatId>.json/<mast>"),
        ("/<id>/{a}-{b}/{1}", "/<id>/<a>-<b>/{1}"),
        ("/x:id/(:id)/v1:batch/:", "/x:id/(:id)/v1:batch/:"),
        ("/{{id}}/a{{b}}c", "/<id>/a<b>c"),
        ("/:{{id}}/:x{{y}}/{{id}}", "/<{{id}}>/<x{{y}}>/<id>"),
        ("/:{{id}}.json/:{{a.b}}", "/<{{id}}>.json/:<a.b>"),
        ("/{{$guid}}", "/<<Uuid>>"),
    ] {
        let found = url(&format!("\"https://x.test{path}\""));
        assert_eq!(found, format!("GET https://x.test {wanted}"), "{path}");
    }
}

#[test]
fn parts_win_over_raw() {
    for (object, wanted) in [
        (
            r#"{"raw": "http://no/a", "host": ["x", "test"], "path": ["a", "b"]}"#,
            "GET http://x.test /a/b",
        ),
        (r#"{"raw": "http://x.test/a?b=c"}"#, "GET http://x.test /a ?b=c"),
        (
            r#"{"protocol": "https://", "host": "x.test", "path": "/a/b"}"#,
            "GET https://x.test /a/b",
        ),
        (r#"{"host": ["https://x.test/base"], "path": ["a"]}"#, "GET https://x.test /base/a"),
        (r#"{"host": ["https://x.test/base"], "path": []}"#, "GET https://x.test /base/"),
        (r#"{"host": ["https://x.test/base"], "path": ""}"#, "GET https://x.test /base"),
        (r#"{"host": ["https://x.test/base"]}"#, "GET https://x.test /base"),
        (r#"{"host": ["{{b}}"], "path": []}"#, "GET ${b} /"),
        (r#"{"host": ["{{b}}"]}"#, "GET ${b} "),
        (r#"{"host": ["{{b}}"], "path": [{"type": "string", "value": "a"}, ""]}"#, "GET ${b} /a/"),
        (r#"{"host": "x.test", "port": 81, "query": "a=1&b"}"#, "GET http://x.test:81 / ?a=1 & b"),
        (r#"{"host": "x.test", "query": {"a": "1"}}"#, "GET http://x.test / ?a=1"),
        (
            r#"{"host": "x.test", "auth": {"user": "u", "password": "p"}}"#,
            "GET http://x.test / a[basic]",
        ),
    ] {
        assert_eq!(url(object), wanted, "{object}");
    }
}

#[test]
fn keeps_query_order() {
    for (query, wanted) in [
        (
            r#"{"key": "a", "value": "1"}, {"key": "a", "value": "2", "disabled": true}"#,
            "a=1 & -a=2",
        ),
        (r#"{"key": "a", "value": null}, {"key": "b"}, {"key": "c", "value": ""}"#, "a & b & c="),
        (r#"{"key": "a", "value": 1}, {"key": null, "value": "v"}"#, "a & =v"),
        (
            r#"{"key": "a", "value": "x{{v}}"}, {"key": "{{k}}", "value": "1"}"#,
            "a=caller(x{{v}}) & ${k}=1",
        ),
        (r#"{"key": "t", "value": "{{$timestamp}}"}"#, "t=<<Timestamp>>"),
        (r#"{"key": "client_secret", "value": "s3"}"#, "client_secret=caller()"),
        (r#"{"key": "client_secret", "value": "{{s}}"}"#, "client_secret=caller({{s}})"),
    ] {
        let found = url(&format!(r#"{{"host": "x.test", "query": [{query}]}}"#));
        assert_eq!(found, format!("GET http://x.test / ?{wanted}"), "{query}");
    }
    assert_eq!(url("\"http://x.test?a=b&&c=d=e\""), "GET http://x.test / ?a=b &  & c=d=e");
}

#[test]
fn leaves_out_what_leads_nowhere() {
    for (text, wanted) in [
        ("null", "Warning lower::no-url #/item/0/request/url"),
        ("\"\"", "Warning lower::no-url #/item/0/request/url"),
        ("{}", "Warning lower::no-url #/item/0/request/url"),
        ("\"ftp://x.test/a\"", "Warning lower::scheme #/item/0/request/url"),
        ("\"https:///\"", "Warning lower::no-url #/item/0/request/url"),
        ("\"/\"", "Warning lower::no-url #/item/0/request/url"),
        (r#"{"protocol": "ftp", "path": ["a"]}"#, "Warning lower::scheme #/item/0/request/url"),
    ] {
        assert_eq!(url(text), wanted, "{text}");
    }
}

#[test]
fn a_url_without_a_host_has_a_base_for_the_caller_to_give() {
    for (text, wanted) in [
        ("\"/a/:b?c=1\"", "GET  /a/<b> ?c=1"),
        (r#"{"protocol": "https", "path": ["create"]}"#, "GET  /create"),
        (
            r#"{"host": [""], "path": ["a", "b"], "query": [{"key": "c", "value": "1"}]}"#,
            "GET  /a/b ?c=1",
        ),
        (r#"{"protocol": "https", "path": [":id"]}"#, "GET  /<id>"),
        (r#"{"protocol": "https", "path": ["v1.0", "orders"]}"#, "GET  /v1.0/orders"),
        (r#"{"protocol": "https", "path": ["2.1", "orders"]}"#, "GET  /2.1/orders"),
        (r#"{"protocol": "https", "path": ["", "orders.JSON"]}"#, "GET  //orders.JSON"),
    ] {
        let note = "Note lower::no-host #/item/0/request/url";
        assert_eq!(url(text), format!("{wanted}\n{note}"), "{text}");
    }
    for (text, wanted) in [
        (r#"{"protocol": "https", "path": ["x.test", "a"]}"#, "GET https://x.test /a"),
        (r#"{"protocol": "https", "path": ["v1.x.test"]}"#, "GET https://v1.x.test /"),
        (r#"{"protocol": "http", "path": ["10.0.0.1", "a"]}"#, "GET http://10.0.0.1 /a"),
        (r#"{"protocol": "https", "path": ["{{host}}", "a"]}"#, "GET https://${host} /a"),
    ] {
        assert_eq!(url(text), wanted, "{text}");
    }
}

#[test]
fn tells_folders_from_requests() {
    let items = r#"
        {"name": "F", "item": [{"name": "G", "item": []}, {"name": "a", "request": "http://x.test/a"}], "request": "http://x.test/no"},
        {"name": "b", "item": null, "request": {"url": "http://x.test/b", "method": "patch"}},
        {"request": {"url": "http://x.test/c", "method": ""}}, {"name": "none"}, null, 5,
        {"name": ["d"], "request": "http://x.test/d"}"#;
    expect![[r#"
        GET http://x.test /a
        PATCH http://x.test /b
        GET http://x.test /c
        GET http://x.test /d
        Warning postman::folder-request #/item/0/request
        Warning postman::item #/item/4
        Warning postman::item #/item/5
        Warning postman::misfit #/item/6/name
        Warning lower::no-url #/item/3/request/url"#]]
    .assert_eq(&shown(&collection(items)));
}

#[test]
fn checks_methods() {
    for (method, wanted) in [
        ("\"m-search\"", "M-SEARCH http://x.test /"),
        ("null", "GET http://x.test /"),
        ("5", "5 http://x.test /"),
        ("\"  \"", "Warning lower::method #/item/0/request/method"),
        ("\"{{m}}\"", "Warning lower::method #/item/0/request/method"),
        ("\"POST \"", "Warning lower::method #/item/0/request/method"),
        ("\"GE T\"", "Warning lower::method #/item/0/request/method"),
        ("\"é\"", "Warning lower::method #/item/0/request/method"),
        ("\"GET\\r\\nX: 1\"", "Error lower::method #/item/0/request/method"),
    ] {
        let text = format!(r#"{{"method": {method}, "url": "http://x.test"}}"#);
        assert_eq!(request(&text), wanted, "{method}");
    }
}
