//! One small collection a format, with a text in every place that has one, and the places of these texts.

use serde_json::{Value, json};

/// The formats that are read.
pub(crate) const FORMATS: [&str; 4] = ["v1", "v2.0", "v2.1", "v3"];

/// The collection in a format; of v3 an object with a member for each file.
pub(crate) fn collection(format: &str) -> Value {
    match format {
        "v1" => v1(),
        "v2.0" => v2(true),
        "v2.1" => v2(false),
        _ => v3(),
    }
}

/// What is read: JSON, or the files as a bundle. JSON is YAML too.
pub(crate) fn text(format: &str, document: &Value) -> String {
    if format != "v3" {
        return document.to_string();
    }
    let files = document.as_object().unwrap();
    let files: Vec<(String, String)> =
        files.iter().map(|(path, file)| (path.clone(), file.to_string())).collect();
    postman_codegen::bundle::join(&files).unwrap()
}

/// The pointers of all texts.
pub(crate) fn places(document: &Value) -> Vec<String> {
    let (mut found, mut open) = (Vec::new(), vec![(String::new(), document)]);
    while let Some((pointer, value)) = open.pop() {
        let step = |key: &str| format!("{pointer}/{}", key.replace('~', "~0").replace('/', "~1"));
        match value {
            Value::String(_) => found.push(pointer),
            Value::Array(list) => {
                open.extend(list.iter().enumerate().map(|(at, it)| (step(&at.to_string()), it)));
            }
            Value::Object(map) => open.extend(map.iter().map(|(key, it)| (step(key), it))),
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }
    found.sort();
    found
}

/// The document with a text in place of the one at `pointer`. Of a text that is JSON itself the texts inside and a key are replaced too: the whole would be no JSON any more.
pub(crate) fn put(document: &mut Value, pointer: &str, text: &str) {
    let place = document.pointer_mut(pointer).unwrap();
    let inner = place.as_str().and_then(|old| serde_json::from_str::<Value>(old).ok());
    let inside = inner
        .filter(|inner| inner.is_object())
        .map(|_| json!({ text: text, "list": [{ "a": text }], "b": 1 }).to_string());
    *place = Value::String(inside.unwrap_or_else(|| text.to_owned()));
}

fn entry(key: &str) -> Value {
    json!({ "key": key, "value": "value", "description": "About it.", "type": "text" })
}

fn signed(old: bool) -> Value {
    let parts = json!([{ "key": "key", "value": "X-Key", "type": "string" }, { "key": "value", "value": "{{key}}", "type": "string" }]);
    if old {
        json!({ "type": "apikey", "apikey": { "key": "X-Key", "value": "{{key}}" } })
    } else {
        json!({ "type": "apikey", "apikey": parts })
    }
}

fn v2(old: bool) -> Value {
    let url = json!({
        "raw": "https://a.test/users/:id/{{part}}?q=1#top", "protocol": "https", "host": ["a", "test"], "port": "80", "path": ["users", ":id", "{{part}}"],
        "query": [entry("q")], "hash": "top", "variable": [entry("id")]
    });
    let body = json!({ "mode": "raw", "raw": "{\"name\": \"a\"}", "options": { "raw": { "language": "json" } } });
    let response = json!({
        "name": "Saved", "status": "OK", "code": 200, "_postman_previewlanguage": "json", "body": "{\"id\": \"b\"}", "header": [{ "key": "Content-Type", "value": "application/json" }],
        "cookie": [{ "name": "c", "value": "d" }], "originalRequest": { "method": "POST", "url": "https://a.test/users/1/x", "body": { "mode": "raw", "raw": "{\"name\": \"c\"}" } }
    });
    let script = json!([{ "listen": "test", "script": { "type": "text/javascript", "exec": ["pm.test()"] } }]);
    let first = json!({ "name": "Make", "id": "1", "event": script, "response": [response], "request": { "method": "POST", "url": url, "description": "Makes.", "header": [entry("X-A")], "auth": signed(old), "body": body } });
    let post = |name: &str, body: Value| json!({ "name": name, "request": { "method": "POST", "url": format!("https://a.test/{name}"), "description": { "content": "Text", "type": "text/markdown" }, "body": body } });
    let form = post("form", json!({ "mode": "urlencoded", "urlencoded": [entry("f")] }));
    let parts = post(
        "parts",
        json!({ "mode": "formdata", "formdata": [entry("p"), { "key": "file", "type": "file", "src": "x.png", "contentType": "image/png" }] }),
    );
    let graph = post(
        "graph",
        json!({ "mode": "graphql", "graphql": { "query": "query A { a }", "operationName": "A", "variables": "{\"v\": \"1\"}" } }),
    );
    let file = post("file", json!({ "mode": "file", "file": { "src": "x.bin" } }));
    let folder = json!({ "name": "Folder", "description": "Of it.", "auth": { "type": "bearer", "bearer": signed(old) }, "item": [form, parts, graph, file] });
    let last = json!({ "name": "Text", "request": { "method": "PUT", "url": "{{base}}/t", "header": "X-B: c", "body": { "mode": "raw", "raw": "plain" } } });
    let schema = format!(
        "https://schema.getpostman.com/json/collection/{}/collection.json",
        if old { "v2.0.0" } else { "v2.1.0" }
    );
    json!({
        "info": { "name": "Sample", "_postman_id": "2", "description": "All of it.", "schema": schema, "version": "1.0" }, "item": [first, folder, last],
        "variable": [{ "key": "base", "value": "https://b.test", "type": "string", "description": "Where." }], "event": []
    })
}

fn v1() -> Value {
    let request = |id: &str, more: Value| {
        let mut own = json!({ "id": id, "name": "One", "description": "About.", "method": "POST", "url": format!("https://a.test/{id}/:id?q=1"), "headers": "X-A: 1\nX-B: 2", "collectionId": "c", "pathVariables": { "id": "7" } });
        own.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        own
    };
    let saved = json!([{ "id": "r", "name": "Saved", "status": "OK", "responseCode": { "code": 200, "name": "OK" }, "text": "{\"id\": \"x\"}", "headers": [{ "key": "Content-Type", "value": "application/json" }], "language": "json" }]);
    let raw = request(
        "a",
        json!({ "dataMode": "raw", "rawModeData": "{\"name\": \"a\"}", "responses": saved, "folder": "f", "tests": "t()", "preRequestScript": "p()" }),
    );
    let form = request(
        "b",
        json!({ "dataMode": "urlencoded", "data": [entry("f")], "currentHelper": "basicAuth", "helperAttributes": { "id": "basic", "username": "u", "password": "p" } }),
    );
    let parts = request(
        "d",
        json!({ "dataMode": "params", "data": [entry("p")], "queryParams": [entry("q")], "headerData": [entry("X-C")], "pathVariableData": [entry("id")] }),
    );
    let graph = request(
        "e",
        json!({ "dataMode": "graphql", "graphqlModeData": { "query": "query A { a }", "variables": "{\"v\": 1}" } }),
    );
    json!({
        "id": "c", "name": "Sample", "description": "All.", "order": ["b", "d", "e"], "folders_order": ["f"], "folders": [{ "id": "f", "name": "Folder", "description": "Of.", "order": ["a"], "collectionId": "c" }],
        "requests": [raw, form, parts, graph], "variables": [{ "key": "base", "value": "https://b.test", "type": "text" }]
    })
}

fn v3() -> Value {
    let auth =
        json!({ "type": "bearer", "credentials": [{ "key": "token", "value": "{{token}}" }] });
    let content = json!({ "$kind": "http-request", "name": "Make", "description": "Makes.", "method": "POST", "url": "{{base}}/users/:id?q=1", "order": 1000,
        "headers": [entry("X-A")], "queryParams": [entry("r")], "pathVariables": [entry("id")], "body": { "type": "json", "content": "{\"name\": \"a\"}" }, "auth": auth });
    let form = json!({ "$kind": "http-request", "name": "Form", "method": "POST", "url": "https://a.test/form", "order": 2000, "body": { "type": "urlencoded", "content": [entry("f")] } });
    json!({
        "Sample/.resources/definition.yaml": { "$kind": "collection", "name": "Sample", "description": "All.", "variables": [{ "key": "base", "value": "https://b.test" }], "auth": auth },
        "Sample/Folder/.resources/definition.yaml": { "$kind": "collection", "name": "Folder", "description": "Of." },
        "Sample/Folder/Make.request.yaml": content,
        "Sample/Form.request.yaml": form
    })
}
