//! What every command prints of hostile texts: no character that a terminal obeys, and no line that a name has made.

use crate::diff::{git, repository};
use crate::xtask;
use integration_tests::Scratch;
use postman_codegen::visible::is_hidden;
use serde_json::{Value, json};

/// Colours, moves, rings, ends lines early, turns the direction, and forges a finding.
const HOSTILE: &str =
    "a\u{1b}[2J\u{9b}31m\u{7}\u{0}\r\u{202e}b\u{200b}\u{e0041}\nerror[forged::line]: c\n  at d";

/// A collection with the text in every place that holds one.
fn collection(extra: &str) -> String {
    let t = HOSTILE;
    let url = json!({
        "raw": format!("https://a.test/x/:{t}/{t}?{t}={t}"), "protocol": "https", "host": ["a", "test"], "path": ["x", format!(":{t}"), t],
        "query": [{ "key": t, "value": t, "description": t }], "variable": [{ "key": t, "value": t, "description": t }]
    });
    let body = json!({ "mode": "raw", "raw": json!({ t: t, "same": extra }).to_string(), "options": { "raw": { "language": "json" } } });
    let response = json!({ "name": t, "code": 200, "body": json!({ t: 1, "same": [t] }).to_string(), "header": [{ "key": "Content-Type", "value": "application/json" }] });
    let other =
        json!({ "name": t, "code": 200, "body": json!({ t: {}, "same": 2 }).to_string(), t: t });
    let request = json!({ "method": "POST", "url": url, "description": t, "body": body, "auth": { "type": t, t: [{ "key": t, "value": t }] } });
    let form = json!({ "mode": "urlencoded", "urlencoded": [{ "key": t, "value": t }, { "key": "k", "value": "1" }] });
    let items = json!([
        { "name": t, "request": request, "response": [response, other], t: t },
        { "name": t, "item": [{ "name": t, "request": { "method": "POST", "url": "https://a.test/y", "body": form } }] },
        { "name": t, "request": { "method": "GET", "url": { "protocol": t, "host": [t], "path": [t] } } },
        { "name": t, "request": { "method": "GET", "url": "https://a.test/h", "header": [{ "key": t, "value": "x" }] } },
        { "name": "Plain", "request": { "method": "GET", "url": "https://a.test/plain", "description": "`id` is required." } },
    ]);
    let schema = "https://schema.getpostman.com/json/collection/v2.1.0/collection.json";
    json!({ "info": { "name": t, "description": t, "schema": schema }, "item": items, t: t, "variable": [{ "key": t, "value": t }] }).to_string()
}

/// That a terminal shows every character as what it is.
fn check(what: &str, text: &str) {
    let hidden = |c: &char| is_hidden(*c) && !matches!(c, '\n' | '\t' | '\u{200d}');
    let bad: Vec<char> = text.chars().filter(hidden).collect();
    assert!(bad.is_empty(), "{what}: {bad:?} in\n{}", text.escape_debug());
}

/// That no line of ours is one that a text of the collection has made.
fn unforged(what: &str, text: &str) {
    let forged = text.lines().find(|line| line.starts_with("error[forged::line]"));
    assert_eq!(forged, None, "{what}: {}", text.escape_debug());
}

fn told(scratch: &Scratch, words: &[&str]) -> (Option<i32>, String) {
    let done = xtask(scratch.path(), words);
    let what = words.join(" ");
    check(&what, &done.out);
    check(&what, &done.err);
    // A dump is what a stage holds, line by line as it is; an argument is the caller's own.
    if words[0] != "dump" && !words.iter().any(|word| word.contains('\n')) {
        unforged(&what, &done.out);
        unforged(&what, &done.err);
    }
    (done.code, if done.out.is_empty() { done.err } else { done.out })
}

#[test]
fn no_command_prints_what_a_terminal_obeys() {
    let scratch = repository(&collection("1"), &collection("2").replace("/plain", "/other"));
    git(&scratch, &["tag", "old"]);
    for words in [
        ["codegen", "-v"].as_slice(),
        &["codegen", "--check", "-v"],
        &["suggest"],
        &["codegen", "--lock", "l"],
    ] {
        assert!(told(&scratch, words).0.is_some_and(|code| code < 2), "{words:?}");
    }
    for stage in ["lower", "infer", "overlay", "name"] {
        let (_, text) = told(&scratch, &["dump", "--stage", stage, "-v"]);
        assert!(text.contains("[2J"), "{stage} shows nothing of it: {text}");
    }
    told(&scratch, &["explain", "POST /y"]);
    told(&scratch, &["explain", &HOSTILE.replace('\0', "")]);
    for format in ["text", "markdown", "json"] {
        let (code, text) = told(&scratch, &["diff", "old", "--format", format]);
        assert!(code == Some(0) && text.contains("other"), "{text}");
    }
    let all = scratch.files("").unwrap();
    for (path, bytes) in all.iter().filter(|(path, _)| path.starts_with("generated-client/")) {
        check(path, &String::from_utf8_lossy(bytes));
    }
    scratch.write("generated-client/src/lib.rs", HOSTILE).unwrap();
    told(&scratch, &["codegen", "--check", "--report", "drift.json"]);
    check("drift.json", std::str::from_utf8(&scratch.files("").unwrap()["drift.json"]).unwrap());
}

#[test]
fn neither_does_one_that_fails() {
    let scratch = Scratch::workspace(&collection("1")).unwrap();
    let overlay = format!("[[patch]]\nat = {0}\nreason = {0}\ndrop = true\n", Value::from(HOSTILE));
    let method = json!({ "item": [{ "name": HOSTILE, "request": { "method": HOSTILE, "url": "https://a.test/z" } }] });
    let inputs = [
        ("spec/bakery.postman_collection.json", method.to_string()),
        ("spec/overlay.toml", overlay),
        ("spec/overlay.toml", format!("[{HOSTILE}]\n")),
        ("spec/names.lock", format!("{HOSTILE}\n")),
        ("spec/evidence/a.json", Value::from(HOSTILE).to_string()),
        ("spec/bakery.postman_collection.json", json!({ HOSTILE: HOSTILE }).to_string()),
        ("spec/bakery.postman_collection.json", HOSTILE.to_owned()),
        (
            "spec/bakery.postman_collection.json",
            json!({ "info": { "name": HOSTILE, "schema": HOSTILE }, "item": HOSTILE }).to_string(),
        ),
    ];
    for (path, text) in inputs {
        let scratch = Scratch::workspace(&collection("1")).unwrap();
        scratch.write(path, text).unwrap();
        let (code, _) = told(&scratch, &["codegen", "-v"]);
        assert_eq!(code, Some(2), "{path}");
    }
    let line = json!({ "method": HOSTILE, "path": format!("/{HOSTILE}"), "status": 200, "response_body": { HOSTILE: HOSTILE } });
    scratch.write("t.jsonl", format!("{line}\n{HOSTILE}\n")).unwrap();
    for words in [
        ["learn", "t.jsonl"].as_slice(),
        &["learn", "t.jsonl", "--host", HOSTILE],
        &["codegen", HOSTILE],
        &[HOSTILE],
        &["dump", HOSTILE],
        &["dump", "--stage", HOSTILE],
    ] {
        let words: Vec<String> = words.iter().map(|word| word.replace('\0', "")).collect();
        told(&scratch, &words.iter().map(String::as_str).collect::<Vec<_>>());
    }
}
