//! `spec/names.lock` from the command line: written beside the collection, compared, merged, and nothing written where it cannot be read.

use crate::xtask;
use integration_tests::{Scratch, bakery};

const SPEC: &str = "spec/bakery.postman_collection.json";
const LOCK: &str = "spec/names.lock";

/// A workspace whose client has been written.
fn generated() -> Scratch {
    let scratch = Scratch::workspace(&bakery()).unwrap();
    let first = xtask(scratch.path(), &["codegen"]);
    assert_eq!((first.code, first.err.as_str()), (Some(0), ""));
    assert!(first.out.ends_with("\nspec/names.lock\n  written\n"), "{}", first.out);
    scratch
}

fn lock(scratch: &Scratch) -> String {
    std::fs::read_to_string(scratch.join(LOCK)).unwrap()
}

#[test]
fn a_lock_that_is_missing_or_stale_is_told_and_written() {
    let scratch = generated();
    let whole = lock(&scratch);
    let checked = xtask(scratch.path(), &["codegen", "--check"]);
    assert_eq!(checked.code, Some(0), "{}", checked.out);

    std::fs::remove_file(scratch.join(LOCK)).unwrap();
    let report = scratch.join("report.json").display().to_string();
    let checked = xtask(scratch.path(), &["codegen", "--check", "--report", &report]);
    assert_eq!(checked.code, Some(1));
    assert!(checked.out.contains("missing: spec/names.lock\n--- /dev/null\n"), "{}", checked.out);
    assert!(checked.out.ends_with("\nrepair: cargo xtask codegen\n"), "{}", checked.out);
    let report = std::fs::read_to_string(report).unwrap();
    assert!(report.contains("\"path\": \"spec/names.lock\""), "{report}");

    let line = whole.lines().find(|line| line.starts_with("operation ")).unwrap();
    scratch.write(LOCK, whole.replace(&format!("{line}\n"), "")).unwrap();
    let checked = xtask(scratch.path(), &["codegen", "--check"]);
    assert_eq!(checked.code, Some(1));
    assert!(checked.out.contains("stale: spec/names.lock\n"), "{}", checked.out);
    assert!(checked.out.contains(&format!("\n+{line}\n")), "{}", checked.out);
    assert_eq!(xtask(scratch.path(), &["codegen"]).code, Some(0));
    assert_eq!(lock(&scratch), whole);
}

#[test]
fn a_lock_that_cannot_be_read_stops_the_run_at_its_line() {
    let scratch = generated();
    let broken = format!("{}<<<<<<< HEAD\nvariable x = fn\n", lock(&scratch));
    let lines = broken.lines().count();
    scratch.write(LOCK, &broken).unwrap();
    scratch.write(SPEC, bakery().replace("Create an order", "Place an order")).unwrap();
    let before = scratch.files("").unwrap();
    let refused = xtask(scratch.path(), &["codegen"]);
    assert_eq!((refused.code, refused.out.as_str()), (Some(2), ""));
    for line in [lines - 1, lines] {
        assert!(refused.err.contains(&format!("spec/names.lock:{line}:1")), "{}", refused.err);
    }
    assert!(refused.err.contains("error[lock::line]"), "{}", refused.err);
    assert_eq!(xtask(scratch.path(), &["codegen", "--check"]).code, Some(2));
    assert_eq!(scratch.files("").unwrap(), before);
}

#[test]
fn a_collection_from_elsewhere_has_a_lock_only_where_one_is_named() {
    let scratch = generated();
    let before = scratch.files("spec").unwrap();
    scratch.write("other.json", bakery()).unwrap();
    let words = ["codegen", "--spec", "other.json", "--out", "other"];
    assert_eq!(xtask(scratch.path(), &words).code, Some(0));
    assert_eq!(scratch.files("spec").unwrap(), before);
    assert!(!scratch.join("names.lock").exists());
    let named = [&words[..], &["--lock", "other.lock"]].concat();
    assert_eq!(xtask(scratch.path(), &named).code, Some(0));
    assert_eq!(std::fs::read_to_string(scratch.join("other.lock")).unwrap(), lock(&scratch));
    let checked = xtask(scratch.path(), &[&named[..], &["--check"]].concat());
    assert_eq!(checked.code, Some(0), "{}", checked.out);
    assert_eq!(scratch.files("spec").unwrap(), before);
}

#[test]
fn the_lines_of_two_branches_make_one_lock() {
    let scratch = generated();
    let base = lock(&scratch);
    let with = |added: &str| bakery().replacen("\"item\": [", &format!("\"item\": [{added},"), 1);
    let request = |name: &str| {
        format!(
            r#"{{"name": "{name}", "request": {{"method": "GET", "url": "https://api.bakery.test/{name}"}}}}"#
        )
    };
    let (ours, theirs) = (request("pans"), request("tins"));
    let branch = |spec: String| {
        scratch.write(LOCK, &base).unwrap();
        scratch.write(SPEC, spec).unwrap();
        assert_eq!(xtask(scratch.path(), &["codegen"]).code, Some(0));
        lock(&scratch)
    };
    let (left, right) = (branch(with(&ours)), branch(with(&theirs)));
    scratch.write(SPEC, with(&format!("{ours},{theirs}"))).unwrap();
    // What `merge=union` leaves: the lines of both sides, in whatever order.
    scratch.write(LOCK, format!("{right}{left}")).unwrap();
    assert_eq!(xtask(scratch.path(), &["codegen"]).code, Some(0));
    let merged = lock(&scratch);
    for line in left.lines().chain(right.lines()) {
        assert_eq!(merged.matches(&format!("{line}\n")).count(), 1, "{line}");
    }
    assert_eq!(xtask(scratch.path(), &["codegen", "--check"]).code, Some(0));
}
