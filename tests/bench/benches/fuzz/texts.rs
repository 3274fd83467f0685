//! Targets of the generator: whatever is read never makes it panic, and what comes out holds.

use crate::check;
use crate::mutate::Chance;
use crate::samples::{FORMATS, collection, places, put, text};
use postman_codegen::api::Api;
use postman_codegen::name::Lock;
use postman_codegen::{Input, generate, json, learn, lower, overlay, postman, secret, yaml};
use serde_json::json;
use std::sync::OnceLock;

const JSON: &[&str] = &[
    "{", "}", "[", "]", "\"", ":", ",", "\\u", "\\", "null", "true", "-", "0.1e9", "//", "/*",
    "*/", "{{a}}", "{{", "}}", "\u{feff}", "'", "\\ud800",
];
const YAML: &[&str] = &[
    "- ",
    ": ",
    "&a ",
    "*a",
    "? ",
    "|\n ",
    ">-\n  ",
    "---\n",
    "...\n",
    "!!str ",
    "<<: ",
    "[",
    "]",
    "{",
    "}",
    "#",
    "\t",
    "\n  ",
    "'",
    "\"",
    "%YAML 1.2\n",
];
const URL: &[&str] = &[
    "https://",
    "http://",
    "//",
    "/",
    ":",
    ":id",
    "{{v}}",
    "{id}",
    "<id>",
    "?",
    "&",
    "=",
    "#",
    "@",
    "u:p@",
    ".",
    "..",
    "%2F",
    "%",
    "[::1]",
    "127.1",
    "{{",
    "}}",
    ";",
    "\\",
    " ",
    "{{$guid}}",
];
const TOML: &[&str] = &[
    "[[patch]]\n",
    "[[hint]]\n",
    "[[name]]\n",
    "[client]\n",
    "at = \"\"\n",
    "drop = true\n",
    "enum = []\n",
    "reason = 1\n",
    "\"\"\"",
    "'''",
    "= ",
    "\n",
    "POST /users/{}",
    " body",
    " .a",
    "[]",
    "{}",
    "|",
    "\\",
];
const KEYS: &[&str] = &[
    "eyJ",
    ".",
    "AKIA",
    "-----BEGIN PRIVATE KEY-----",
    "-----END",
    "-----",
    "Bearer ",
    "Basic ",
    "://u:p@h",
    ";",
    "=",
    "Password=",
    "{{",
    "}}",
    "/:",
    "%3D",
    "\\n",
    "aB3dE5fG7hJ9kL1mN3pQ5r",
    "ghp_",
    "ya29.",
    "é",
];

fn sample(chance: &mut Chance) -> (&'static str, serde_json::Value) {
    let format = chance.of(&FORMATS);
    (format, collection(format))
}

/// Bytes -> a collection, or where it is none.
pub(crate) fn parse(chance: &mut Chance, input: &mut String) {
    let (format, document) = sample(chance);
    *input = chance.mutated(&text(format, &document), JSON);
    if let Ok((collection, _)) = postman::parse(input) {
        let _ = lower::lower(&collection);
    }
}

/// Any collection -> the whole pipeline, twice the same.
pub(crate) fn pipeline(chance: &mut Chance, input: &mut String) {
    let (format, mut document) = sample(chance);
    let all = places(&document);
    for _ in 0..chance.below(6) {
        let (place, text) = (chance.of(&all.iter().collect::<Vec<_>>()).clone(), chance.text());
        put(&mut document, &place, &text);
    }
    let one_in = chance.of(&[&20, &60, &200]);
    if let Some(map) = document.as_object_mut() {
        map.values_mut().for_each(|it| chance.changed(it, *one_in));
    }
    if format == "v3" && document.to_string().contains("\\u0000") {
        return;
    }
    *input = text(format, &document);
    if check::run(input).is_ok() && chance.one_in(4) {
        let own = Input { spec_name: "x", spec: input, package: Some("x"), ..Input::default() };
        let (one, other) = (generate(&own).unwrap(), generate(&own).unwrap());
        assert_eq!(one.files, other.files, "two runs differ");
        let lock = one.lock.lines().map(|line| line + "\n").collect::<String>();
        let held = generate(&Input { lock: Some(&lock), ..own });
        let held = held.unwrap_or_else(|found| panic!("the lock is refused: {found:?}"));
        assert_eq!(held.files, one.files, "the lock changes names");
    }
}

/// What is read as JSON is written as JSON that reads the same; what is not is read leniently, or refused.
pub(crate) fn lenient_json(chance: &mut Chance, input: &mut String) {
    let whole = chance.value(4).to_string();
    *input = chance.mutated(&whole, JSON);
    let _ = json::read_leniently(input);
    if let Ok(node) = json::read(input) {
        let written = json::compact(&node);
        let again = json::read(&written).unwrap_or_else(|why| panic!("{written}: {why:?}"));
        assert_eq!(json::compact(&again), written);
        assert!(json::read_leniently(input).is_ok(), "JSON is not read leniently");
    }
}

/// What YAML a file of a collection may hold.
pub(crate) fn yaml(chance: &mut Chance, input: &mut String) {
    let seed = "$kind: http-request\nname: Make\nurl: 'https://a.test/:id'\nheaders:\n  - key: a\n    value: \"b\"\nbody:\n  type: json\n  content: |-\n    {\"a\": 1}\n";
    *input = chance.mutated(seed, YAML);
    let _ = yaml::read(input, 0);
}

/// A URL -> where it leads.
pub(crate) fn url(chance: &mut Chance, input: &mut String) {
    *input = chance.mutated("https://a.test:80/users/:id/{{part}}/<x>?q=1&r={{v}}#top", URL);
    let spec = json!({ "item": [{ "name": "R", "request": { "method": "GET", "url": input } }] });
    let (collection, _) = postman::parse(&spec.to_string()).unwrap();
    let (draft, _) = lower::lower(&collection);
    for operation in &draft.operations {
        let named = operation
            .path
            .arguments()
            .into_iter()
            .all(|name| operation.path_parameters.iter().any(|it| it.name == name));
        assert!(named, "an argument is no parameter: {operation:?}");
    }
}

/// Corrections: read, or refused.
pub(crate) fn overlay(chance: &mut Chance, input: &mut String) {
    let seed = "[client]\nname = \"x\"\n\n[[patch]]\nat = \"POST /users/{} body.name\"\nrequired = true\nreason = \"r\"\n\n[[hint]]\nat = \"/users .a\"\nmap = true\nreason = \"r\"\n\n[[name]]\nat = \"GET /users\"\nname = \"list\"\nreason = \"r\"\n";
    *input = chance.mutated(seed, TOML);
    let _ = overlay::parse(input);
    let spec = text("v2.1", &collection("v2.1"));
    if chance.one_in(20) {
        let _ = generate(&Input {
            spec_name: "x",
            spec: &spec,
            overlay: Some(input),
            package: Some("x"),
            ..Input::default()
        });
    }
}

/// The names that stay: what is read is written so that it reads the same.
pub(crate) fn lock(chance: &mut Chance, input: &mut String) {
    static LINES: OnceLock<String> = OnceLock::new();
    let lines = LINES.get_or_init(|| {
        let spec = text("v2.1", &collection("v2.1"));
        let made = generate(&Input {
            spec_name: "x",
            spec: &spec,
            package: Some("x"),
            ..Input::default()
        })
        .unwrap();
        made.lock.lines().map(|line| line + "\n").collect()
    });
    *input = chance.mutated(lines, &["\n", "\t", " ", "\"", "\\", "::", "/", "{}"]);
    if let Ok(lock) = Lock::parse(input) {
        let written: String = lock.lines().map(|line| line + "\n").collect();
        let again = Lock::parse(&written).unwrap_or_else(|why| panic!("{written}: {why:?}"));
        assert_eq!(again, lock);
    }
}

/// Recorded traffic -> evidence, or where it cannot be read.
pub(crate) fn har(chance: &mut Chance, input: &mut String) {
    static API: OnceLock<Api> = OnceLock::new();
    let api = API.get_or_init(|| {
        let spec = text("v2.1", &collection("v2.1"));
        generate(&Input { spec_name: "x", spec: &spec, package: Some("x"), ..Input::default() })
            .unwrap()
            .api
    });
    let body = chance.value(3).to_string();
    let har = json!({ "log": { "version": "1.2", "entries": [{
        "request": { "method": "POST", "url": "https://a.test/users/1/x?q=1", "headers": [], "queryString": [], "postData": { "mimeType": "application/json", "text": body } },
        "response": { "status": 200, "headers": [], "content": { "mimeType": "application/json", "text": body, "encoding": "base64" } }
    }] } });
    let line = json!({ "method": "POST", "path": "/users/1/x?q=1", "status": 200, "request_body": body, "response_body": { "a": body } });
    let seed = if chance.one_in(2) { har.to_string() } else { format!("{line}\n{line}\n") };
    *input = chance.mutated(&seed, JSON);
    let _ = learn::learn("x", input, api);
}

/// What is taken out of a text is found no more, and what is left is as it was.
pub(crate) fn secrets(chance: &mut Chance, input: &mut String) {
    *input = chance
        .mutated("a Bearer x1y2z3aB3dE5fG7hJ; b=https://u:p4ss@h -- aB3dE5fG7hJ9kL1mN3pQ5r", KEYS);
    let found = secret::find(input, "");
    let mut end = 0;
    for it in &found {
        assert!(
            it.range.start >= end
                && it.range.end > it.range.start
                && input.get(it.range.clone()).is_some(),
            "{it:?}"
        );
        end = it.range.end;
    }
    let _ = secret::redacted(input, &found);
}
