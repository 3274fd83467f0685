//! Collections of any size, made the same each time, with distinct names and shapes; and the same API as an OpenAPI document, for generators that read that.

use serde_json::{Map, Value, json};

/// Requests of one resource.
const OF_ONE: usize = 10;

const FIRST: &[&str] = &[
    "amber", "brisk", "calm", "dense", "eager", "faint", "grand", "hollow", "inner", "jolly",
    "keen", "lunar", "minor", "noble", "outer", "plain", "quick", "rapid", "solar", "tidal",
];
const SECOND: &[&str] = &[
    "anchor", "basin", "cable", "depot", "engine", "ferry", "garden", "harbour", "island", "jetty",
    "kettle", "ladder", "market", "needle", "orchard", "parcel", "quarry", "river", "signal",
    "tunnel",
];
const THIRD: &[&str] = &[
    "audit", "batch", "claim", "draft", "entry", "forecast", "grant", "hold", "invoice", "journal",
    "ledger", "message", "notice", "order", "permit", "quote", "report", "ticket",
];
const FIELDS: &[&str] = &[
    "title",
    "count",
    "active",
    "weight",
    "started_at",
    "labels",
    "owner",
    "colour",
    "depth",
    "rating",
    "address",
    "closed",
    "version",
    "summary",
    "limits",
    "score",
    "origin",
    "priority",
    "state",
    "notes",
];

/// What one resource is called; distinct for 7,200 of them.
fn name(resource: usize) -> String {
    let (first, rest) = (FIRST[resource % 20], resource / 20);
    format!("{first} {} {}", SECOND[rest % 20], THIRD[rest / 20 % 18])
}

fn slug(resource: usize) -> String {
    name(resource).replace(' ', "_")
}

/// Which fields a resource has: five of the twenty and one of its own.
fn fields(resource: usize) -> Vec<(String, Value)> {
    let step = [1, 3, 7, 9][resource % 4];
    let mut fields: Vec<(String, Value)> = (0..5)
        .map(|at| FIELDS[(resource + at * step) % FIELDS.len()])
        .map(|field| (field.to_owned(), value(field)))
        .collect();
    fields.push((format!("{}_{}", THIRD[resource % 18], resource % 97), json!("x")));
    fields
}

fn value(field: &str) -> Value {
    match field {
        "count" | "depth" | "version" | "priority" => json!(3),
        "active" | "closed" => json!(true),
        "weight" | "rating" | "score" => json!(1.5),
        "started_at" => json!("2026-01-02T03:04:05Z"),
        "labels" => json!(["a", "b"]),
        "owner" => json!({ "id": "u1", "email": "a@example.org" }),
        "limits" => json!({ "daily": 5, "hard": false }),
        _ => json!("text"),
    }
}

fn record(resource: usize) -> Value {
    let own: Map<String, Value> = fields(resource).into_iter().collect();
    let mut record = Map::from_iter([("id".to_owned(), json!("r1"))]);
    record.extend(own);
    Value::Object(record)
}

/// Verb, method, path below the resource, whether it has a body, and what it answers with: nothing, the record or a list.
const CALLS: [(&str, &str, &str, bool, Answer); OF_ONE] = [
    ("List", "GET", "", false, Answer::List),
    ("Create", "POST", "", true, Answer::Record),
    ("Get", "GET", "/:id", false, Answer::Record),
    ("Update", "PATCH", "/:id", true, Answer::Record),
    ("Replace", "PUT", "/:id", true, Answer::Record),
    ("Delete", "DELETE", "/:id", false, Answer::Nothing),
    ("Search", "GET", "/search", false, Answer::List),
    ("Archive", "POST", "/:id/archive", false, Answer::Nothing),
    ("List history of", "GET", "/:id/history", false, Answer::List),
    ("Copy", "POST", "/:id/copies", true, Answer::Record),
];

#[derive(Clone, Copy, PartialEq)]
enum Answer {
    Nothing,
    Record,
    List,
}

/// A collection in format v2.1 with so many requests, ten a folder.
#[must_use]
pub fn collection(requests: usize) -> String {
    let folders: Vec<Value> = (0..requests.div_ceil(OF_ONE))
        .map(|resource| {
            let count = OF_ONE.min(requests - resource * OF_ONE);
            let items: Vec<Value> = (0..count).map(|call| item(resource, call)).collect();
            json!({ "name": name(resource), "description": format!("All about {}.", name(resource)), "item": items })
        })
        .collect();
    let schema = "https://schema.getpostman.com/json/collection/v2.1.0/collection.json";
    let auth = json!({ "type": "bearer", "bearer": [{ "key": "token", "value": "{{token}}" }] });
    let variable = json!([{ "key": "baseUrl", "value": "https://api.example.com" }]);
    json!({ "info": { "name": "Scaled", "schema": schema }, "item": folders, "auth": auth, "variable": variable }).to_string()
}

fn item(resource: usize, call: usize) -> Value {
    let (verb, method, below, has_body, answer) = CALLS[call];
    let path = format!("{{{{baseUrl}}}}/v1/{}{below}", slug(resource));
    let query = if answer == Answer::List { "?page=1&per_page=50&sort=id" } else { "" };
    let mut request = json!({ "method": method, "url": format!("{path}{query}"), "description": format!("{verb} {}: what it is for, and who may.", name(resource)) });
    let json = json!({ "raw": { "language": "json" } });
    if has_body {
        let body: Map<String, Value> = fields(resource).into_iter().collect();
        request["body"] =
            json!({ "mode": "raw", "raw": Value::Object(body).to_string(), "options": json });
    }
    let body = match answer {
        Answer::Nothing => String::new(),
        Answer::Record => record(resource).to_string(),
        Answer::List => json!([record(resource)]).to_string(),
    };
    let code = if body.is_empty() { 204 } else { 200 };
    let response = json!({ "name": "Good", "code": code, "body": body, "header": [{ "key": "Content-Type", "value": "application/json" }] });
    json!({ "name": format!("{verb} {}", name(resource)), "request": request, "response": [response] })
}

/// The same API as an OpenAPI 3.0 document.
#[must_use]
pub fn openapi(requests: usize) -> String {
    let (mut paths, mut schemas) = (Map::new(), Map::new());
    for index in 0..requests {
        let (resource, call) = (index / OF_ONE, index % OF_ONE);
        let (verb, method, below, ..) = CALLS[call];
        let path = format!("/v1/{}{}", slug(resource), below.replace(":id", "{id}"));
        let methods = paths.entry(path).or_insert_with(|| json!({}));
        methods[method.to_lowercase()] =
            operation(resource, call, &format!("{verb}_{}", slug(resource)));
        schemas.entry(slug(resource)).or_insert_with(|| schema(&record(resource)));
    }
    json!({ "openapi": "3.0.3", "info": { "title": "Scaled", "version": "1.0.0" }, "paths": paths, "components": { "schemas": schemas } }).to_string()
}

fn operation(resource: usize, call: usize, id: &str) -> Value {
    let (_, _, below, has_body, answer) = CALLS[call];
    let reference = json!({ "$ref": format!("#/components/schemas/{}", slug(resource)) });
    let content = |schema: Value| json!({ "application/json": { "schema": schema } });
    let mut parameters = Vec::new();
    if below.contains(":id") {
        parameters.push(
            json!({ "name": "id", "in": "path", "required": true, "schema": { "type": "string" } }),
        );
    }
    if answer == Answer::List {
        for name in ["page", "per_page", "sort"] {
            parameters.push(json!({ "name": name, "in": "query", "schema": { "type": "string" } }));
        }
    }
    let responses = match answer {
        Answer::Nothing => json!({ "204": { "description": "Good" } }),
        Answer::Record => {
            json!({ "200": { "description": "Good", "content": content(reference.clone()) } })
        }
        Answer::List => {
            json!({ "200": { "description": "Good", "content": content(json!({ "type": "array", "items": reference })) } })
        }
    };
    let mut operation = json!({ "operationId": id.to_lowercase().replace(' ', "_"), "parameters": parameters, "responses": responses });
    if has_body {
        operation["requestBody"] = json!({ "required": true, "content": content(reference) });
    }
    operation
}

fn schema(value: &Value) -> Value {
    match value {
        Value::Object(map) => {
            let properties: Map<String, Value> =
                map.iter().map(|(key, it)| (key.clone(), schema(it))).collect();
            json!({ "type": "object", "properties": properties })
        }
        Value::Array(list) => json!({ "type": "array", "items": schema(&list[0]) }),
        Value::Bool(_) => json!({ "type": "boolean" }),
        Value::Number(number) if number.is_i64() => json!({ "type": "integer" }),
        Value::Number(_) => json!({ "type": "number" }),
        Value::String(_) | Value::Null => json!({ "type": "string" }),
    }
}

#[cfg(test)]
mod tests {
    use super::{collection, name, openapi};
    use serde_json::Value;
    use std::collections::BTreeSet;

    #[test]
    fn as_many_requests_as_asked_for_and_no_name_twice() {
        for count in [1, 68, 680] {
            assert_eq!(collection(count).matches("\"method\":").count(), count);
            let document: Value = serde_json::from_str(&openapi(count)).unwrap();
            let paths = document["paths"].as_object().unwrap();
            assert_eq!(
                paths.values().map(|it| it.as_object().unwrap().len()).sum::<usize>(),
                count
            );
        }
        let names: BTreeSet<String> = (0..6_800).map(name).collect();
        assert_eq!(names.len(), 6_800);
        assert_eq!(collection(68), collection(68));
    }
}
