//! The law of inference on the collection of this repository, and what learning leaves of a recording.

use integration_tests::root;
use postman_codegen::api::{self, Api, Body};
use postman_codegen::draft::{self, Draft};
use postman_codegen::evidence::{self, Evidence};
use postman_codegen::infer::coverage::{Coverage, cover};
use postman_codegen::json::{self, Node, Value};
use postman_codegen::{infer, learn, lower, postman};

fn collection() -> Draft {
    let path = root().join("spec/auth0-management.postman_collection.json");
    let text = std::fs::read_to_string(path).unwrap();
    let (collection, _) = postman::parse(&text).unwrap();
    lower::lower(&collection).0
}

fn typed(draft: &Draft, evidence: &Evidence) -> Api {
    infer::infer(draft, evidence, &[], infer::Reasoning::Left, None).api
}

/// The samples of JSON bodies with the types they are sent as.
fn bodies(draft: &Draft, api: &Api) -> Vec<(api::Type, Node)> {
    let mut bodies = Vec::new();
    for operation in &draft.operations {
        let Some(draft::Body::Raw { samples, .. }) = &operation.body else { continue };
        let typed = api.operations.iter().find(|typed| typed.origin == operation.origin);
        let Some(Body::Json { ty, .. }) = typed.and_then(|typed| typed.body.as_ref()) else {
            continue;
        };
        for sample in samples {
            bodies.push((ty.clone(), json::read(&sample.text).unwrap()));
        }
    }
    bodies
}

fn empty_objects(node: &Node) -> usize {
    match &node.value {
        Value::Object(members) if members.is_empty() => 1,
        Value::Object(members) => members.iter().map(|one| empty_objects(&one.value)).sum(),
        Value::Array(elements) => elements.iter().map(empty_objects).sum(),
        _ => 0,
    }
}

#[test]
fn all_sample_bodies_land_in_typed_fields() {
    let draft = collection();
    let api = typed(&draft, &Evidence::default());
    let bodies = bodies(&draft, &api);
    let mut sum = Coverage::default();
    for (ty, node) in &bodies {
        sum.add(cover(&api.types, ty, node).unwrap());
    }
    let unknown: usize = bodies.iter().map(|(_, node)| empty_objects(node)).sum();
    println!("{} of 24 bodies, {} of {} leaves typed", bodies.len(), sum.typed, sum.leaves);
    assert_eq!((bodies.len(), unknown), (24, 78));
    assert_eq!(sum, Coverage { leaves: 148, typed: 148, in_maps: 0 });
}

/// A recording in which each value is the canary.
fn recording() -> String {
    let body = |body: &str| {
        format!(
            r#"{{"method": "PATCH", "path": "/api/v2/clients/canary", "query": [["fields", "canary"], ["canary value", "canary"]], "status": 200, "request_body": {body}, "response_body": [{body}], "response_headers": {{"x-request-id": "canary"}}}}"#
        )
    };
    let one =
        body(r#"{"name": "canary", "grants": ["canary"], "deep": {"canary:1": {"a": "canary"}}}"#);
    let other =
        r#"{"method": "GET", "path": "/api/v2/canary", "status": 500, "response_body": "canary"}"#;
    format!("{one}\n{other}\n")
}

#[test]
fn no_value_of_a_recording_is_kept() {
    let draft = collection();
    let before = typed(&draft, &Evidence::default());
    let learned = learn::learn("traffic.jsonl", &recording(), &before).unwrap();
    assert_eq!((learned.exchanges, learned.unmatched.len()), (2, 1));
    let file = evidence::file::write(&learned.evidence);
    assert!(!file.contains("canary"), "{file}");
    let read = evidence::file::read("evidence.json", &file).unwrap();
    let after = typed(&draft, &read);
    assert!(!format!("{after:?}").contains("canary"));
    let news = learn::news(&before, &after);
    assert!(news.contains(&"PATCH /api/v2/clients/{} ?fields: text".to_owned()), "{news:#?}");
    assert!(news.contains(&"PATCH /api/v2/clients/{} body.grants: [text]".to_owned()), "{news:#?}");
}

#[test]
fn an_evidence_file_that_is_none_is_refused_by_name() {
    for text in ["", "[]", r#"{"evidence": 2}"#, r#"{"evidence": 1, "extra": 1}"#] {
        let found = evidence::file::read_all(&[("a.json".to_owned(), text.to_owned())]);
        assert_eq!(found.unwrap_err()[0].source.as_deref(), Some("a.json"), "{text}");
    }
}
