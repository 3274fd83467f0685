//! Truth on the wire: a client of the collection alone sends, byte for byte, what Postman sends; the committed one differs where the overlay corrects it, and nowhere else.

use crate::xtask;
use integration_tests::{Scratch, root};
use postman_codegen::wire::{By, DriverInput, Line, Vars, compare, driver, read_lines};
use postman_codegen::{Input, generate};
use std::fs;
use std::sync::OnceLock;

/// Arguments that run the driver of the committed client, corrections and all.
pub(crate) const COMMITTED: [&str; 4] =
    ["--overlay", "spec/overlay.toml", "--client", "generated-client"];

/// Requests that the overlay corrects on purpose, because the service refuses what the collection sends.
pub(crate) const CORRECTED: [(&str, &str); 6] = [
    ("Delete a connection user", "?email=text"),
    ("List device credentials", "Basic"),
    ("Create a device public key", "Basic"),
    ("Import users", "multipart/form-data"),
    ("Get blocks by identifier", "?identifier=text"),
    ("Unblock by identifier", "?identifier=text"),
];

/// What a client of the collection alone sends for each request; built and run once for all tests.
pub(crate) fn sent() -> &'static [Line] {
    static LINES: OnceLock<Vec<Line>> = OnceLock::new();
    LINES.get_or_init(|| lines(&[]))
}

fn lines(arguments: &[&str]) -> Vec<Line> {
    let folder = Scratch::new().unwrap();
    let out = folder.join("lines.jsonl");
    wire(&[arguments, &["--out", out.to_str().unwrap()]].concat());
    read_lines(&fs::read_to_string(out).unwrap()).unwrap()
}

/// Runs a driver with the values of the truth.
pub(crate) fn wire(arguments: &[&str]) -> String {
    let all = [&["wire", "--vars", "tests/wire/auth0.vars.json"], arguments].concat();
    let finished = xtask(&root(), &all);
    assert_eq!(finished.code, Some(0), "{}", finished.err);
    finished.out
}

pub(crate) fn truth() -> Vec<Line> {
    read_lines(&fs::read_to_string(root().join("tests/wire/auth0.jsonl")).unwrap()).unwrap()
}

#[test]
fn every_line_is_what_postman_sends() {
    let (ours, truth) = (sent(), truth());
    let found = compare(ours, &truth, By::Pointer);
    println!("wire lines: {}/{}", found.equal, truth.len());
    assert!(found.wrong.is_empty(), "{:#?}", found.wrong);
    assert_eq!((found.equal, ours.len(), truth.len()), (68, 68, 68), "{:?}", found.differing);
}

/// Whether a request is as the overlay corrects it.
pub(crate) fn is_corrected(line: &Line) -> bool {
    let Some((_, how)) = CORRECTED.iter().find(|(name, _)| *name == line.name) else {
        return false;
    };
    let sent = line.sent.as_ref().unwrap();
    let query = sent.query.as_ref().map(|query| format!("?{query}"));
    let begins = |(_, value): &(String, String)| value.starts_with(how);
    query.as_deref() == Some(*how) || sent.headers.iter().any(begins)
}

#[test]
fn the_committed_client_differs_where_it_is_corrected() {
    let (ours, truth) = (lines(&COMMITTED), truth());
    let (corrected, ours): (Vec<Line>, Vec<Line>) = ours.into_iter().partition(is_corrected);
    let names: Vec<&str> = corrected.iter().map(|line| line.name.as_str()).collect();
    assert_eq!(names, CORRECTED.map(|(name, _)| name));
    let is_left = |line: &Line| !names.contains(&line.name.as_str());
    let truth: Vec<Line> = truth.into_iter().filter(is_left).collect();
    let found = compare(&ours, &truth, By::Pointer);
    println!("wire lines of the committed client: {}/{}", found.equal, truth.len());
    assert!(found.wrong.is_empty(), "{:#?}", found.wrong);
    assert_eq!((found.equal, truth.len()), (62, 62), "{:?}", found.differing);
}

/// The calls of a driver for a collection of these requests.
fn calls(requests: &str, vars: &str) -> String {
    let schema = "https://schema.getpostman.com/json/collection/v2.1.0/collection.json";
    let spec =
        format!(r#"{{"info": {{"name": "Shelves", "schema": "{schema}"}}, "item": [{requests}]}}"#);
    let input = Input { spec_name: "shelves.json", spec: &spec, ..Input::default() };
    let made = generate(&input).unwrap();
    let subject = DriverInput { spec: &spec, api: &made.api, names: &made.names };
    driver(&subject, &Vars::read(vars).unwrap()).unwrap().calls
}

#[test]
fn a_base_url_that_the_collection_does_not_say_is_given() {
    let alone = calls(r#"{"name": "List", "request": "/shelves"}"#, "{}");
    assert!(alone.contains(r#". base_url ("http://no-host.invalid")"#), "{alone}");
    let beside = r#"{"name": "List", "request": "/shelves"}, {"name": "Get", "request": "https://shelves.example/a"}"#;
    let beside = calls(beside, "{}");
    assert_eq!(beside.matches("base_url").count(), 1, "{beside}");
    assert!(beside.contains(r#". relative_base_url ("http://no-host.invalid")"#), "{beside}");
}

#[test]
fn a_variable_that_is_no_body_of_its_type_is_not_sent() {
    let post = |raw: &str| {
        format!(
            r#"{{"name": "P{}", "request": {{"method": "POST", "url": "https://shelves.example/a", "body": {{"mode": "raw", "raw": "{raw}", "options": {{"raw": {{"language": "json"}}}}}}}}}}"#,
            raw.len()
        )
    };
    let both = format!("{}, {}", post(r#"{\"row\": 1}"#), post("{{shelf}}"));
    let is_retyped = |text: &str, vars: &str| calls(text, vars).contains("retyped : true");
    assert!(is_retyped(&both, r#"{"shelf": "3777"}"#));
    assert!(!is_retyped(&both, r#"{"shelf": "{\"row\": 2}"}"#), "it fits");
    assert!(!is_retyped(&post("{{shelf}}"), r#"{"shelf": "3777"}"#), "any JSON holds it");
    assert!(is_retyped(&post("{{shelf}}"), r#"{"shelf": "a word"}"#), "no JSON");
}
