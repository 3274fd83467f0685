//! Bodies that are no JSON, that were not recorded, and that nobody can read: nothing wrong is learned from them.

use super::{api, check};
use crate::evidence::{Evidence, file};
use crate::learn::{learn, report};
use expect_test::expect;

/// A HAR of responses to `GET /users`, each with this content.
fn responses(contents: &[&str]) -> String {
    let entry = |content: &&str| {
        format!(
            r#"{{"request": {{"method": "GET", "url": "https://t.example.test/users"}},
                "response": {{"status": 200, "content": {content}, "bodySize": 77, "_transferSize": 88}}}}"#
        )
    };
    let entries: Vec<_> = contents.iter().map(entry).collect();
    format!(r#"{{"log": {{"version": "1.2", "entries": [{}]}}}}"#, entries.join(","))
}

#[test]
fn pages_of_something_in_between_are_left_out() {
    check(
        &responses(&[
            r#"{"mimeType": "text/html", "text": "<p>please log in</p>"}"#,
            r#"{"mimeType": "", "text": "\n<!DOCTYPE html><p>x"}"#,
            r#"{"mimeType": "application/json", "text": "<html>"}"#,
        ]),
        expect![[r#"
            GET https://t.example.test/users ×3: the answer is an HTML page, which says nothing of the API
            {"endpoints":{},"evidence":1}
        "#]],
    );
    let line = |status: u16| {
        format!(
            r#"{{"method": "GET", "path": "/users?a=1", "status": {status}, "response_body": "<HTML>x"}}"#
        )
    };
    check(
        &line(200),
        expect![[r#"
        GET /users ×1: the answer is an HTML page, which says nothing of the API
        {"endpoints":{},"evidence":1}
    "#]],
    );
    check(
        &line(502),
        expect![[r#"
        {
          "endpoints": {
            "GET /users": {
              "answers": {"502":{"other":1}},
              "exchanges": 1,
              "query": {"a":{"formats":{"integer":1},"in":1,"texts":1}},
              "request": {"empty":1}
            }
          },
          "evidence": 1
        }
    "#]],
    );
}

#[test]
fn bytes_are_bytes_and_what_cannot_be_read_is_nothing() {
    // Bytes that are no UTF-8, in base64.
    check(
        &responses(&[r#"{"mimeType": "image/png", "encoding": "base64", "text": "iVBORw0K/w=="}"#]),
        expect![[r#"
            {
              "endpoints": {"GET /users":{"answers":{"200":{"bytes":1}},"exchanges":1,"request":{"empty":1}}},
              "evidence": 1
            }
        "#]],
    );
    for unread in [
        r#"{"mimeType": "application/json", "encoding": "base64", "text": "H4sIAP//"}"#,
        r#"{"mimeType": "application/json", "encoding": "base64", "text": "not base64!"}"#,
        r#"{"mimeType": "application/json", "size": 812}"#,
        r#"{"mimeType": "application/json", "size": 812, "text": "[{\"id\": 1}, {\"i"}"#,
    ] {
        let learned = learn("traffic", &responses(&[unread]), &api()).unwrap();
        assert_eq!((learned.unread, learned.unmatched.len()), (1, 0), "{unread}");
        let body = &learned.evidence.endpoints["GET /users"].responses[&200];
        assert_eq!(body, &crate::evidence::BodyEvidence::default(), "{unread}");
        assert!(
            report(&learned, &[], &[]).contains("1 bodies were not recorded or cannot be read")
        );
    }
}

#[test]
fn sizes_before_and_after_compression_do_not_matter() {
    let plain = r#"{"mimeType": "application/json", "text": "[1]"}"#;
    let sized = r#"{"size": 3, "compression": -20, "mimeType": "application/json; charset=utf-8", "text": "[1]"}"#;
    let coded = r#"{"size": 99999, "compression": 90000, "mimeType": "application/json", "encoding": "base64", "text": "WzFd"}"#;
    let learned = |content| learn("traffic", &responses(&[content]), &api()).unwrap();
    assert_eq!(learned(plain), learned(sized));
    assert_eq!(learned(plain), learned(coded));
    assert_eq!(
        learned(r#"{"size": 0, "mimeType": "application/json"}"#),
        learned(r#"{"text": " "}"#)
    );
}

#[test]
fn another_service_teaches_nothing() {
    let text = responses(&["{}"]).replace("t.example.test", "elsewhere.test");
    let learned = learn("traffic", &text, &api()).unwrap();
    assert_eq!(learned.evidence, Evidence::default());
    expect![[r#"
        1 exchanges, 0 matched 0 endpoints
        none of them is of this API: nothing is kept
        not matched:
          GET https://elsewhere.test/users ×1: it is on another host
    "#]]
    .assert_eq(&report(&learned, &[], &[]));
}

#[test]
fn keys_that_are_data_are_forgotten() {
    let body = |keys: &str| {
        format!(r#"{{"mimeType": "application/json", "text": "{}"}}"#, keys.replace('"', "\\\""))
    };
    let seen = |contents: &[String]| {
        let contents: Vec<_> = contents.iter().map(String::as_str).collect();
        let learned = learn("traffic", &responses(&contents), &api()).unwrap();
        file::write(&learned.evidence)
    };
    let free = seen(&[body(
        r#"{"name": "x", "app_metadata": {"canary": 1, "deep": {"canary": {"canary": 2}}}}"#,
    )]);
    assert!(free.contains("\"app_metadata\"") && !free.contains("canary"), "{free}");
    let ids = seen(&[body(
        r#"{"by_id": {"a2b0c9d8-0000-4000-8000-0123456789ab": {"n": 1}, "2026-01-02": {"n": 2}}}"#,
    )]);
    assert!(ids.contains("\"n\"") && !ids.contains("a2b0c9d8") && !ids.contains("2026"), "{ids}");
    let words: Vec<_> =
        (0..40).map(|index| body(&format!(r#"{{"counts": {{"canary{index}": 1}}}}"#))).collect();
    let rare = seen(&words);
    assert!(rare.contains("\"counts\"") && !rare.contains("canary"), "{rare}");
    let fixed: Vec<_> = (0..12).map(|index| format!("\"claim{index}\": 1")).collect();
    let fixed = body(&format!(r#"{{"server_metadata": {{{}}}}}"#, fixed.join(", ")));
    assert!(seen(&[fixed.clone(), fixed.clone(), fixed.clone()]).contains("claim11"));
    assert!(!seen(&[fixed]).contains("claim11"), "once, it may be its user's own");
}
