//! What is told and how much of it: exit codes, the report of a check, long lists, and nothing that a terminal obeys.

use crate::xtask;
use integration_tests::{Scratch, bakery};
use serde_json::{Value, json};

const SPEC: &str = "spec/bakery.postman_collection.json";

fn generated() -> Scratch {
    let scratch = Scratch::workspace(&bakery()).unwrap();
    assert_eq!(xtask(scratch.path(), &["codegen"]).code, Some(0));
    scratch
}

/// Exit code and report of a check.
fn report(scratch: &Scratch) -> (Option<i32>, Value) {
    let checked = xtask(scratch.path(), &["codegen", "--check", "--report", "report.json"]);
    let text = std::fs::read_to_string(scratch.join("report.json")).unwrap();
    (checked.code, serde_json::from_str(&text).unwrap())
}

#[test]
fn a_check_is_clean_or_drift_or_a_failure() {
    let scratch = generated();
    let (code, clean) = report(&scratch);
    let files = scratch.files("generated-client").unwrap().len();
    let client = json!({
        "spec": SPEC, "client": "generated-client", "outcome": "clean",
        "unchanged": files, "files": [], "error": null,
    });
    let whole = json!({
        "version": 1, "outcome": "clean", "error": null,
        "repair": "cargo xtask codegen", "clients": [client], "versions": [],
    });
    assert_eq!((code, clean), (Some(0), whole));

    scratch.write("generated-client/src/orders.rs", "// mine\n").unwrap();
    scratch.write("generated-client/src/mine.rs", "").unwrap();
    std::fs::remove_file(scratch.join("generated-client/API.md")).unwrap();
    let (code, drift) = report(&scratch);
    assert_eq!((code, &drift["outcome"]), (Some(1), &json!("drift")));
    let files = drift["clients"][0]["files"].as_array().unwrap();
    let states: Vec<_> =
        files.iter().map(|it| (it["path"].as_str(), it["state"].as_str())).collect();
    let state = |path, state| (Some(path), Some(state));
    assert_eq!(
        states,
        [
            state("generated-client/API.md", "missing"),
            state("generated-client/src/mine.rs", "foreign"),
            state("generated-client/src/orders.rs", "edited"),
        ]
    );
    assert!(files[2]["diff"].as_str().unwrap().contains("\n-// mine\n"));

    scratch.write(SPEC, "[").unwrap();
    let (code, failure) = report(&scratch);
    assert_eq!((code, &failure["outcome"]), (Some(2), &json!("failure")));
    let error = failure["clients"][0]["error"].as_str().unwrap();
    assert!(error.starts_with("error[postman::syntax]"), "{error}");

    std::fs::remove_file(scratch.join(SPEC)).unwrap();
    let (code, failure) = report(&scratch);
    assert_eq!((code, &failure["outcome"]), (Some(2), &json!("failure")));
    let error = failure["clients"][0]["error"].as_str().unwrap();
    assert!(error.starts_with("there is no collection in spec/"), "{error}");
}

#[test]
fn a_diff_has_colours_where_they_are_wanted() {
    let scratch = generated();
    scratch.write("generated-client/src/orders.rs", "// mine\n\u{1b}[2J\n").unwrap();
    let plain = xtask(scratch.path(), &["codegen", "--check"]).out;
    assert!(plain.contains("\n-// mine\n-\\u{1b}[2J\n"), "{plain}");
    let painted = xtask(scratch.path(), &["codegen", "--check", "--color", "always"]).out;
    assert!(painted.contains("\n\u{1b}[31m-// mine\u{1b}[0m\n"), "{painted}");
    assert!(!painted.contains("\u{1b}[2J"), "{painted}");
}

/// A collection with `count` requests whose scheme nobody can call.
fn odd(count: usize) -> String {
    let request = |at| json!({"name": format!("Odd {at}"), "request": {"method": "GET", "url": format!("ftp://x/{at}")}});
    let good = json!({"name": "Good", "request": {"method": "GET", "url": "https://x.test/good"}});
    let items: Vec<Value> = (0..count).map(request).chain([good]).collect();
    let schema = "https://schema.getpostman.com/json/collection/v2.1.0/collection.json";
    json!({"info": {"name": "Odd", "schema": schema}, "item": items}).to_string()
}

#[test]
fn long_lists_are_cut_with_a_count() {
    let scratch = Scratch::workspace(&odd(7)).unwrap();
    let told = xtask(scratch.path(), &["codegen"]);
    assert_eq!(told.err.matches("warning[lower::scheme]: `ftp`").count(), 3, "{}", told.err);
    let count = "7 findings are warning[lower::scheme]: these are the first 3, -v shows all\n";
    assert!(told.err.ends_with(count), "{}", told.err);
    assert_eq!(told.out.matches("\n  wrote ").count(), 20, "{}", told.out);
    assert!(told.out.contains(" more, -v shows all\n"), "{}", told.out);

    std::fs::remove_dir_all(scratch.join("generated-client")).unwrap();
    let told = xtask(scratch.path(), &["codegen", "-v"]);
    assert_eq!(told.err.matches("warning[lower::scheme]: `ftp`").count(), 7, "{}", told.err);
    let files = scratch.files("generated-client").unwrap().len();
    assert_eq!(told.out.matches("\n  wrote ").count(), files, "{}", told.out);

    let told = xtask(scratch.path(), &["codegen", "--quiet"]);
    assert_eq!((told.code, told.out.as_str(), told.err.as_str()), (Some(0), "", ""));
    scratch.write(SPEC, "[").unwrap();
    let told = xtask(scratch.path(), &["codegen", "--quiet"]);
    assert!(told.err.starts_with("error[postman::syntax]"), "{}", told.err);
    let both = xtask(scratch.path(), &["codegen", "-q", "-v"]);
    assert_eq!(both.code, Some(2));
}

#[test]
fn a_terminal_obeys_nothing_of_a_collection() {
    let spec = odd(1).replace("Odd 0", "\\u001b[2J\\u202eOdd");
    let scratch = Scratch::workspace(&spec).unwrap();
    for arguments in
        [&["codegen"][..], &["codegen", "--check"], &["dump", "--stage", "lower"], &["suggest"]]
    {
        let told = xtask(scratch.path(), arguments);
        let all = told.out + &told.err;
        assert!(!all.contains(['\u{1b}', '\u{202e}']), "{arguments:?}: {all}");
    }
    let told = xtask(scratch.path(), &["codegen"]);
    assert!(told.err.contains(r"\u{1b}[2J\u{202e}Odd"), "{}", told.err);
}
