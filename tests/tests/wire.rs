//! Truth on the wire: the committed client sends, byte for byte, what Postman sends, and its types hold all of what the collection shows.

use crate::xtask;
use integration_tests::{Scratch, root};
use postman_codegen::wire::{By, Line, compare, read_lines};
use std::fs;
use std::sync::OnceLock;

/// What the committed client sends for each request of its collection; built and run once for all tests.
pub(crate) fn sent() -> &'static [Line] {
    static LINES: OnceLock<Vec<Line>> = OnceLock::new();
    LINES.get_or_init(|| {
        let folder = Scratch::new().unwrap();
        let out = folder.join("lines.jsonl");
        wire(&["--out", out.to_str().unwrap()]);
        read_lines(&fs::read_to_string(out).unwrap()).unwrap()
    })
}

/// Runs the driver of the committed client.
pub(crate) fn wire(arguments: &[&str]) -> String {
    let mut all = vec!["wire", "--overlay", "spec/overlay.toml", "--client", "generated-client"];
    all.extend(["--vars", "tests/wire/auth0.vars.json"]);
    all.extend(arguments);
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
