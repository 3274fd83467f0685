//! Laws of learning, on random traffic.

use super::api;
use crate::evidence::{Evidence, file};
use crate::learn::learn;
use proptest::prelude::*;

/// Lines of traffic whose every value is, or holds, the canary.
fn lines() -> impl Strategy<Value = Vec<String>> {
    let value = prop_oneof![
        Just("\"canary\"".to_owned()),
        Just("null".to_owned()),
        Just("[\"canary-1\"]".to_owned()),
        Just("{\"user_metadata\": {\"canary\": \"x\"}, \"id\": \"canary\"}".to_owned()),
        Just("{\"canary key\": {\"n\": 1}, \"n\": 1.5}".to_owned()),
        Just("\"<html>canary\"".to_owned()),
    ];
    let path = prop_oneof![
        Just("/users"),
        Just("/users/canary"),
        Just("/users/canary%2Fcanary"),
        Just("/canary"),
    ];
    let method = prop_oneof![Just("GET"), Just("POST")];
    let query = prop_oneof![
        Just(r#"[["page", "canary"], ["canary[0]", "2"]]"#),
        Just(r#"[["page", "2"], ["page", "3"]]"#),
    ];
    let status = prop_oneof![Just(200), Just(404), Just(204), Just(0)];
    let line = (method, path, query, status, value.clone(), value).prop_map(
        |(method, path, query, status, request, response)| {
            format!(
                r#"{{"method": "{method}", "path": "{path}", "query": {query}, "status": {status}, "request_body": {request}, "response_body": {response}, "response_headers": {{"X-A": "canary"}}}}"#
            )
        },
    );
    prop::collection::vec(line, 1..6)
}

fn learned(lines: &[String]) -> Evidence {
    learn("traffic", &lines.join("\n"), &api()).unwrap().evidence
}

fn joined(all: &[&Evidence]) -> String {
    let mut sum = Evidence::default();
    all.iter().for_each(|one| sum.join((*one).clone()));
    file::write(&sum)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn joining_sources_is_commutative_and_associative(a in lines(), b in lines(), c in lines()) {
        let [one, two, three] = [&a, &b, &c].map(|lines| learned(lines));
        let all = joined(&[&one, &two, &three]);
        prop_assert_eq!(&all, &joined(&[&three, &one, &two]));
        let mut right = two.clone();
        right.join(three.clone());
        prop_assert_eq!(&all, &joined(&[&one, &right]));
        prop_assert_eq!(joined(&[&one, &Evidence::default()]), joined(&[&one]));
    }

    #[test]
    fn a_source_teaches_what_its_parts_teach(a in lines(), b in lines()) {
        let whole: Vec<String> = a.iter().chain(&b).cloned().collect();
        prop_assert_eq!(joined(&[&learned(&whole)]), joined(&[&learned(&a), &learned(&b)]));
    }

    #[test]
    fn files_in_any_order_give_equal_bytes(all in prop::collection::vec(lines(), 2..5)) {
        let mut files: Vec<(String, String)> = all
            .iter()
            .enumerate()
            .map(|(index, lines)| (format!("{index}.json"), file::write(&learned(lines))))
            .collect();
        let first = file::write(&file::read_all(&files).unwrap());
        for _ in 0..files.len() {
            files.rotate_left(1);
            prop_assert_eq!(&file::write(&file::read_all(&files).unwrap()), &first);
        }
    }

    #[test]
    fn no_value_is_written(lines in lines()) {
        let written = file::write(&learned(&lines));
        prop_assert!(!written.contains("canary"), "{}", written);
    }
}
