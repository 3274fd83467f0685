//! Laws of observing, joining and deciding, on random samples.

use super::coverage::cover;
use super::observe::{Reading, observe, observe_json};
use super::tests::typed;
use super::tests::{draft, request, responses, sends};
use super::{arena::Arena, decide::Decider, decide::Position, samples::Samples};
use crate::api::{Api, Body, Response, Type};
use crate::evidence::shape::Source;
use crate::evidence::{BodyEvidence, Evidence, Exchanges, Shape, file};
use crate::json;
use proptest::prelude::*;
use std::collections::BTreeMap;

/// JSON texts of few keys, so that samples meet.
fn texts() -> impl Strategy<Value = String> {
    let scalars = prop_oneof![
        Just("null".to_owned()),
        Just("true".to_owned()),
        (-3_i64..1000).prop_map(|number| number.to_string()),
        Just("1.5".to_owned()),
        Just("18446744073709551615".to_owned()),
        Just("123456789012345678901234567890".to_owned()),
        Just("\"\"".to_owned()),
        "[a-z]{1,4}".prop_map(|text| format!("\"{text}\"")),
        Just("{}".to_owned()),
        Just("[]".to_owned()),
    ];
    scalars.prop_recursive(4, 32, 5, |inner| {
        let keys = prop_oneof![
            Just("a".to_owned()),
            Just("b".to_owned()),
            Just("password".to_owned()),
            Just("metadata".to_owned()),
            Just("odd key".to_owned()),
            "[0-9]{1,2}"
        ];
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4)
                .prop_map(|elements| format!("[{}]", elements.join(","))),
            prop::collection::btree_map(keys, inner, 0..4).prop_map(|members| {
                let member = |(key, value): (String, String)| format!("\"{key}\":{value}");
                let members: Vec<_> = members.into_iter().map(member).collect();
                format!("{{{}}}", members.join(","))
            }),
        ]
    })
}

fn shape(text: &str, reading: Reading, source: u32) -> Shape {
    observe(&json::read(text).unwrap(), reading, Some(Source(source)))
}

fn decided(shape: &Shape) -> (Type, String) {
    let samples = Samples::default();
    let mut decider = Decider::new(&samples, &[]);
    let ty = decider.decide(&crate::api::Place::parse("/x .").unwrap(), shape, Position::Loose);
    let mut api = Api::default();
    std::mem::take::<Arena>(&mut decider.arena).finish(&mut api);
    (ty, crate::api::dump::dump(&api))
}

/// The API of samples that are sent to one endpoint and answered by it.
fn api_of(texts: &[String], evidence: &Evidence) -> Api {
    let mut operations = Vec::new();
    for text in texts {
        operations.push(sends(request("PATCH", "/things/:id", text), text));
        operations.push(responses(request("GET", "/things/:id", text), 200, text));
        operations.push(responses(request("GET", "/things", text), 200, text));
        operations.push(responses(request("GET", "/things", text), 404, text));
    }
    typed(&draft(operations), evidence, &[]).0
}

/// Every sample must be readable as the types of the operation that carries it.
fn check_law(api: &Api, text: &str) {
    let node = json::read(text).unwrap();
    for operation in api.operations.iter().filter(|operation| operation.name == text) {
        if let Some(Body::Json { ty, .. }) = &operation.body {
            assert!(cover(&api.types, ty, &node).is_some(), "body {text}: {ty:?}");
        }
        if let Response::Json { ty, .. } = &operation.response {
            assert!(cover(&api.types, ty, &node).is_some(), "answer {text}: {ty:?}");
        }
    }
}

fn recorded(text: &str) -> Evidence {
    let body = BodyEvidence { json: shape(text, Reading::Recorded, 0), ..BodyEvidence::default() };
    let exchanges = Exchanges {
        count: 1,
        responses: BTreeMap::from([(200, body.clone())]),
        request: body,
        ..Exchanges::default()
    };
    let endpoints = ["GET /things/{}", "PATCH /things/{}", "GET /things"];
    let endpoints = endpoints.map(|key| (key.to_owned(), exchanges.clone()));
    Evidence { endpoints: BTreeMap::from(endpoints) }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn join_is_commutative_and_associative_with_a_neutral_shape(
        a in texts(), b in texts(), c in texts(), written in any::<bool>(),
    ) {
        let reading = if written { Reading::Written } else { Reading::Recorded };
        let [a, b, c] = [(&a, 0), (&b, 1), (&c, 2)].map(|(text, source)| shape(text, reading, source));
        prop_assert_eq!(a.clone().joined(b.clone()), b.clone().joined(a.clone()));
        let left = a.clone().joined(b.clone()).joined(c.clone());
        let right = a.clone().joined(b.joined(c));
        prop_assert_eq!(left, right);
        prop_assert_eq!(a.clone().joined(Shape::default()), a);
    }

    #[test]
    fn a_text_shows_what_its_tree_shows(text in texts(), depth in 0_usize..40) {
        let deep = format!("{}{text}{}", "[{\"a\":".repeat(depth), "}]".repeat(depth));
        let node = json::read(&deep).unwrap();
        prop_assert_eq!(observe_json(&deep).unwrap(), observe(&node, Reading::Recorded, None));
    }

    #[test]
    fn join_is_idempotent_in_what_it_decides(a in texts(), b in texts()) {
        let joined = shape(&a, Reading::Recorded, 0).joined(shape(&b, Reading::Recorded, 1));
        prop_assert_eq!(decided(&joined), decided(&joined.clone().joined(joined.clone())));
    }

    #[test]
    fn every_sample_can_be_read_as_its_type(texts in prop::collection::vec(texts(), 1..5)) {
        let api = api_of(&texts, &Evidence::default());
        texts.iter().for_each(|text| check_law(&api, text));
    }

    #[test]
    fn every_exchange_can_be_read_as_its_type(
        written in texts(), traffic in prop::collection::vec(texts(), 1..4),
    ) {
        let mut evidence = Evidence::default();
        traffic.iter().for_each(|text| evidence.join(recorded(text)));
        let api = api_of(&[written], &evidence);
        for operation in &api.operations {
            for text in &traffic {
                let node = json::read(text).unwrap();
                if let Response::Json { ty, .. } = &operation.response {
                    prop_assert!(cover(&api.types, ty, &node).is_some(), "{}: {:?}", text, ty);
                }
            }
        }
    }

    #[test]
    fn evidence_reads_back_and_joins_in_any_order(texts in prop::collection::vec(texts(), 1..4)) {
        let mut files: Vec<_> = texts
            .iter()
            .map(|text| (text.clone(), file::write(&recorded(text))))
            .collect();
        for (text, (_, written)) in texts.iter().zip(&files) {
            let read = file::read("source", written).unwrap();
            prop_assert_eq!(file::write(&read), file::write(&recorded(text)));
        }
        let forth = file::read_all(&files).unwrap();
        files.reverse();
        prop_assert_eq!(file::write(&forth), file::write(&file::read_all(&files).unwrap()));
    }
}
