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

/// Renames a request of the workspace's collection.
fn renamed(scratch: &Scratch, name: &str) {
    let spec = bakery().replace("Create an order", name);
    assert_ne!(spec, bakery());
    scratch.write(SPEC, spec).unwrap();
}

#[test]
fn a_new_name_is_taken_where_it_is_asked_for_and_the_old_one_stays_for_a_version() {
    let scratch = generated();
    renamed(&scratch, "Place an order");
    let kept = xtask(scratch.path(), &["codegen"]);
    assert!(kept.err.contains("cargo xtask codegen --rename"), "{}", kept.err);
    let text = lock(&scratch);
    let mut lines = text.lines().filter(|line| line.contains(".create CreateOrderRequest "));
    assert!(lines.all(|line| line.ends_with(" renamed")) && text.contains(" renamed"), "{text}");
    for mode in ["--check", "--watch"] {
        assert_eq!(xtask(scratch.path(), &["codegen", "--rename", mode]).code, Some(2), "{mode}");
    }
    let words = ["codegen", "--rename", "--keep-deprecated"];
    assert_eq!(xtask(scratch.path(), &words).code, Some(0));
    let text = lock(&scratch);
    assert!(text.contains(".place PlaceOrderRequest "), "{text}");
    assert!(text.contains(".create CreateOrderRequest deprecated 0.1.0\n"), "{text}");
    assert_eq!(xtask(scratch.path(), &["codegen", "--check"]).code, Some(0));
    let overlay = "[client]\nversion = \"0.3.0\"\n";
    scratch.write("spec/overlay.toml", overlay).unwrap();
    assert_eq!(xtask(scratch.path(), &["codegen"]).code, Some(0));
    assert!(!lock(&scratch).contains("deprecated"), "{}", lock(&scratch));
}

#[test]
fn names_of_what_is_gone_are_kept_until_they_are_forgotten() {
    let scratch = generated();
    let with = r#""item": [{"name": "Old", "request": {"method": "GET", "url": "https://api.bakery.test/old"}},"#;
    scratch.write(SPEC, bakery().replacen("\"item\": [", with, 1)).unwrap();
    assert_eq!(xtask(scratch.path(), &["codegen"]).code, Some(0));
    scratch.write(SPEC, bakery()).unwrap();
    assert_eq!(xtask(scratch.path(), &["codegen"]).code, Some(0));
    let whole = lock(&scratch);
    let told = xtask(scratch.path(), &["lock"]);
    assert!(told.out.starts_with("spec/names.lock: 2 names kept"), "{}", told.out);
    assert!(
        told.out.contains("\n  operation GET https://api.bakery.test/old [Old] = "),
        "{}",
        told.out
    );
    assert_eq!(lock(&scratch), whole);
    let told = xtask(scratch.path(), &["lock", "--prune"]);
    assert!(told.out.starts_with("spec/names.lock: 2 names forgotten"), "{}", told.out);
    assert!(!lock(&scratch).contains("/old"), "{}", lock(&scratch));
    assert_eq!(xtask(scratch.path(), &["codegen", "--check"]).code, Some(0));
    let again = lock(&scratch);
    let told = xtask(scratch.path(), &["lock", "--prune"]);
    assert_eq!(
        (told.out.as_str(), lock(&scratch)),
        ("spec/names.lock: 0 names forgotten\n", again)
    );
}

#[test]
fn a_client_is_written_outside_of_a_workspace_where_both_places_are_named() {
    let scratch = Scratch::new().unwrap();
    scratch.write("Bakery.json", bakery()).unwrap();
    let words = ["codegen", "--spec", "Bakery.json"];
    let refused = xtask(scratch.path(), &words);
    assert_eq!((refused.code, refused.out.as_str()), (Some(2), ""));
    let words = [&words[..], &["--out", "client"]].concat();
    let written = xtask(scratch.path(), &words);
    assert_eq!((written.code, written.err.as_str()), (Some(0), ""));
    assert!(scratch.join("client/src/lib.rs").is_file());
    let checked = xtask(scratch.path(), &[&words[..], &["--check"]].concat());
    assert_eq!(checked.code, Some(0), "{}", checked.out);
}
