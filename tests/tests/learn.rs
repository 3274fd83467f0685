//! `cargo xtask learn` as a process: what it says, what it writes, and what it leaves untouched.

use crate::xtask;
use expect_test::expect;
use integration_tests::{Scratch, bakery};
use std::collections::BTreeMap;

const LINES: &str = r#"{"method": "GET", "path": "/api/loaves", "status": 200, "response_body": [{"name": "rye", "grams": 500}]}
{"method": "GET", "path": "/api/loaves/7", "status": 404, "response_body": {"code": 7}}
"#;

/// A recording as a browser exports it, in which each value is the canary.
const HAR: &str = r#"{"log": {"version": "1.2", "creator": {"name": "canary"}, "pages": [{"title": "canary"}], "entries": [
  {"request": {"method": "PATCH", "url": "https://oven.test/api/loaves/canary?fields=canary&canary[]=1#canary",
      "headers": [{"name": "Authorization", "value": "Bearer canary"}], "cookies": [{"name": "canary", "value": "canary"}],
      "queryString": [{"name": "fields", "value": "canary"}],
      "postData": {"mimeType": "application/json", "text": "{\"name\": \"canary\", \"user_metadata\": {\"canary\": \"canary\", \"deep\": {\"canary\": 1}}}"}},
   "response": {"status": 200, "statusText": "canary", "cookies": [{"name": "canary", "value": "canary"}], "redirectURL": "canary",
      "headers": [{"name": "X-Request-Id", "value": "canary"}, {"name": "Set-Cookie", "value": "canary=canary"}],
      "content": {"size": 999, "compression": 900, "mimeType": "application/json", "encoding": "base64", "text": "eyJuYW1lIjogImNhbmFyeSIsICJjYW5hcnkga2V5IjogImNhbmFyeSIsICJhcHBfbWV0YWRhdGEiOiB7ImNhbmFyeSI6ICJjYW5hcnkifX0="}}},
  {"request": {"method": "GET", "url": "https://oven.test/canary"}, "response": {"status": 200, "content": {"mimeType": "text/plain", "text": "canary"}}},
  {"request": {"method": "GET", "url": "https://oven.test/api/loaves"}, "response": {"status": 200, "content": {"mimeType": "text/html", "text": "<html>canary"}}}
]}}"#;

fn workspace() -> Scratch {
    let scratch = Scratch::workspace(&bakery().replace("{{bakery_host}}", "oven.test")).unwrap();
    scratch.write("lines.jsonl", LINES).unwrap();
    scratch.write("page.har", HAR).unwrap();
    scratch
}

fn evidence(scratch: &Scratch) -> BTreeMap<String, Vec<u8>> {
    let mut files = scratch.files("").unwrap();
    files.retain(|path, _| path.contains("evidence"));
    files
}

#[test]
fn a_source_is_kept_once() {
    let scratch = workspace();
    let tried = xtask(scratch.path(), &["learn", "--dry-run", "lines.jsonl"]);
    assert_eq!((tried.code, evidence(&scratch).len()), (Some(0), 0), "{}", tried.err);
    let first = xtask(scratch.path(), &["learn", "lines.jsonl"]);
    expect![[r#"
        lines.jsonl: 2 exchanges, 2 matched 2 endpoints
        new:
          /api/loaves .grams: integer
          /api/loaves .name: text
          GET /api/loaves -> 2xx: [`/api/loaves .`]
          errors .code: integer
        wrote spec/evidence/64f9fed2f780bd9d.json; now run `cargo xtask codegen`
    "#]]
    .assert_eq(&first.out);
    let kept = evidence(&scratch);
    let again = xtask(scratch.path(), &["learn", "lines.jsonl"]);
    expect![[r#"
        lines.jsonl: 2 exchanges, 2 matched 2 endpoints
        spec/evidence/64f9fed2f780bd9d.json is unchanged
    "#]]
    .assert_eq(&again.out);
    assert_eq!((again.code, kept.len()), (Some(0), 1));
    assert_eq!(evidence(&scratch), kept);
}

#[test]
fn what_cannot_be_used_leaves_the_evidence_as_it_was() {
    let scratch = workspace();
    assert_eq!(xtask(scratch.path(), &["learn", "lines.jsonl"]).code, Some(0));
    let kept = evidence(&scratch);
    scratch.write("cut.har", &HAR[..HAR.len() / 2]).unwrap();
    scratch.write("other.har", HAR.replace("oven.test", "elsewhere.test")).unwrap();
    scratch.write("wrong.jsonl", format!("{LINES}{{\"method\": 1}}\n")).unwrap();
    scratch.write("image.png", b"\x89PNG\r\n\x1a\n\x00").unwrap();
    let refuses = |arguments: &[&str]| {
        let refused = xtask(scratch.path(), arguments);
        assert_eq!(refused.code, Some(2), "{}", refused.out);
        assert_eq!(evidence(&scratch), kept, "{arguments:?}");
        refused
    };
    expect![[r#"
        error[learn::unreadable]: nothing was learned: the file breaks off before the first entry ends
          at cut.har:6:117 #
          help: record the traffic again as HAR 1.2, or as JSON lines with method, path and status
        error: nothing was learned; the evidence is as it was
    "#]].assert_eq(&refuses(&["learn", "cut.har"]).err);
    expect![[r#"
        error[learn::unreadable]: nothing was learned: line 3: `method` is missing
          at wrong.jsonl:3:1 #
          help: record the traffic again as HAR 1.2, or as JSON lines with method, path and status
        error: nothing was learned; the evidence is as it was
    "#]]
    .assert_eq(&refuses(&["learn", "wrong.jsonl"]).err);
    expect![[r#"
        error: image.png: nothing was learned: not UTF-8: the byte at offset 0 is invalid; name a HAR or JSON lines
    "#]]
    .assert_eq(&refuses(&["learn", "image.png"]).err);
    expect![[r#"
        error: cannot read nowhere.har: No such file or directory (os error 2)
    "#]]
    .assert_eq(&refuses(&["learn", "nowhere.har"]).err);
    let other = refuses(&["learn", "other.har"]);
    expect![[r#"
        other.har: 3 exchanges, 0 matched 0 endpoints
        none of them is of this API: nothing is kept
        not matched:
          GET https://elsewhere.test/canary ×1: no operation has this path
          PATCH https://elsewhere.test/api/loaves/canary ×1: it is on another host
          GET https://elsewhere.test/api/loaves ×1: the answer is an HTML page, which says nothing of the API
        error: nothing was learned; record traffic of the service whose collection is spec/bakery.postman_collection.json
    "#]].assert_eq(&(other.out + &other.err));
    // One bad source of several: nothing of the others is kept either.
    refuses(&["learn", "page.har", "cut.har"]);
}

#[test]
fn no_value_of_a_recording_is_found_anywhere() {
    let scratch = workspace();
    let learned = xtask(scratch.path(), &["learn", "page.har"]);
    assert_eq!(learned.code, Some(0), "{}", learned.err);
    assert_eq!(xtask(scratch.path(), &["codegen"]).code, Some(0));
    let mut files = scratch.files("generated-client").unwrap();
    assert!(files.values().any(|text| String::from_utf8_lossy(text).contains("user_metadata")));
    files.extend(evidence(&scratch));
    let found = files.iter().filter(|(_, text)| String::from_utf8_lossy(text).contains("canary"));
    assert_eq!(found.map(|(path, _)| path).collect::<Vec<_>>(), Vec::<&String>::new());
}

#[test]
fn the_order_of_sources_changes_no_byte() {
    let clients = [["lines.jsonl", "page.har"], ["page.har", "lines.jsonl"]].map(|order| {
        let scratch = workspace();
        for source in order {
            assert_eq!(xtask(scratch.path(), &["learn", source]).code, Some(0));
        }
        assert_eq!(xtask(scratch.path(), &["codegen"]).code, Some(0));
        (evidence(&scratch), scratch.files("generated-client").unwrap())
    });
    assert_eq!(clients[0], clients[1]);
}

#[test]
fn text_in_other_encodings_is_read() {
    let scratch = workspace();
    let units = LINES.encode_utf16().flat_map(u16::to_le_bytes);
    scratch
        .write("wide.jsonl", [0xff, 0xfe].into_iter().chain(units).collect::<Vec<u8>>())
        .unwrap();
    scratch.write("marked.jsonl", format!("\u{feff}{LINES}")).unwrap();
    for source in ["wide.jsonl", "marked.jsonl"] {
        let learned = xtask(scratch.path(), &["learn", "--dry-run", source]);
        assert!(learned.out.contains("2 exchanges, 2 matched"), "{} {}", learned.out, learned.err);
    }
}

#[test]
fn hosts_that_a_variable_lets_through_are_named_and_chosen() {
    let scratch = Scratch::workspace(&bakery()).unwrap();
    let line = |host: &str| {
        format!(
            r#"{{"method": "GET", "url": "https://{host}/api/loaves", "status": 200, "response_body": [1]}}"#
        )
    };
    let lines = [line("oven.test"), line("Oven.test"), line("tracker.test")].join("\n");
    scratch.write("mixed.jsonl", lines).unwrap();
    let all = xtask(scratch.path(), &["learn", "--dry-run", "mixed.jsonl"]);
    expect![[r#"
        mixed.jsonl: 3 exchanges, 3 matched 1 endpoints
        by several hosts: oven.test ×2, tracker.test ×1; if not all are the same service, name those that are with --host
        new:
          GET /api/loaves -> 2xx: [integer]
    "#]].assert_eq(&all.out);
    let one = xtask(scratch.path(), &["learn", "--dry-run", "--host", "oven.test", "mixed.jsonl"]);
    expect![[r#"
        mixed.jsonl: 3 exchanges, 2 matched 1 endpoints
        not matched:
          GET https://tracker.test/api/loaves ×1: it is on another host
        new:
          GET /api/loaves -> 2xx: [integer]
    "#]]
    .assert_eq(&one.out);
}

#[test]
fn what_looks_like_an_enumeration_can_be_pasted() {
    let scratch = workspace();
    let line = |index: usize| {
        let word = ["rye", "oat"][index % 2];
        let mixed = if index.is_multiple_of(2) { "\"dark\"" } else { "[\"dark\", \"light\"]" };
        format!(
            r#"{{"method": "GET", "path": "/api/loaves", "status": 200, "response_body": [{{"kind": "{word}", "seeds": ["{word}"], "by": {{"2026-01-0{index}": "{word}"}}, "mixed": {mixed}, "id": "x{index}2345"}}]}}"#
        )
    };
    let lines: Vec<_> = (1..=9).map(line).collect();
    scratch.write("words.jsonl", lines.join("\n")).unwrap();
    let learned = xtask(scratch.path(), &["learn", "words.jsonl"]);
    let (_, stanzas) = learned.out.split_once("[[patch]]").unwrap();
    let (stanzas, _) = stanzas.split_once("wrote").unwrap();
    let stanzas = format!("[[patch]]{stanzas}");
    expect![[r#"
        [[patch]]
        at = "/api/loaves .by"
        enum = ["oat", "rye"]
        reason = "seen in traffic"

        [[patch]]
        at = "/api/loaves .kind"
        enum = ["oat", "rye"]
        reason = "seen in traffic"

        [[patch]]
        at = "/api/loaves .seeds"
        enum = ["oat", "rye"]
        reason = "seen in traffic"
    "#]]
    .assert_eq(&stanzas);
    scratch.write("spec/overlay.toml", &stanzas).unwrap();
    let generated = xtask(scratch.path(), &["codegen"]);
    assert_eq!(generated.code, Some(0), "{}", generated.err);
    let again = xtask(scratch.path(), &["learn", "--dry-run", "words.jsonl"]);
    assert!(!again.out.contains("[[patch]]"), "{}", again.out);
}
