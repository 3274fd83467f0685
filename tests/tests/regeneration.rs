//! What a second run does: nothing, only what changed, or a refusal.

use crate::xtask;
use integration_tests::{Scratch, bakery};
use std::collections::BTreeMap;
use std::fs;

const SPEC: &str = "spec/bakery.postman_collection.json";

/// A workspace whose client has been written.
fn generated() -> Scratch {
    let scratch = Scratch::workspace(&bakery()).unwrap();
    let first = xtask(scratch.path(), &["codegen"]);
    assert_eq!((first.code, first.err.as_str()), (Some(0), ""));
    scratch
}

fn client(scratch: &Scratch) -> BTreeMap<String, Vec<u8>> {
    scratch.files("generated-client").unwrap()
}

/// Paths whose bytes differ, or that stand on one side only.
fn changed(old: &BTreeMap<String, Vec<u8>>, new: &BTreeMap<String, Vec<u8>>) -> Vec<String> {
    let paths: std::collections::BTreeSet<_> = old.keys().chain(new.keys()).collect();
    paths.into_iter().filter(|path| old.get(*path) != new.get(*path)).cloned().collect()
}

#[test]
fn nothing_to_do_is_said_and_done() {
    let scratch = generated();
    let before = client(&scratch);
    let again = xtask(&scratch.join("spec"), &["codegen"]);
    assert_eq!((again.code, again.err.as_str()), (Some(0), ""));
    assert!(again.out.contains("7 of 7 requests are operations, in 2 groups"), "{}", again.out);
    assert!(again.out.contains("3 of 3 bodies"), "{}", again.out);
    assert!(again.out.contains("(100 %)"), "{}", again.out);
    let files = before.len();
    let said = format!("  nothing to do, all {files} files are up to date\n");
    assert!(again.out.ends_with(&said), "{}", again.out);
    let checked = xtask(scratch.path(), &["codegen", "--check"]);
    assert_eq!(checked.out, format!("generated-client: all {files} files are up to date\n"));
    assert_eq!((checked.code, client(&scratch)), (Some(0), before));
}

#[test]
fn all_but_the_package_manifest_may_be_deleted() {
    let scratch = generated();
    let before = client(&scratch);
    for path in before.keys().filter(|path| *path != "Cargo.toml") {
        fs::remove_file(scratch.join("generated-client").join(path)).unwrap();
    }
    assert_eq!(xtask(scratch.path(), &["codegen"]).code, Some(0));
    assert_eq!(client(&scratch), before);
}

#[test]
fn a_new_field_changes_its_folder_and_no_more() {
    let scratch = generated();
    let before = client(&scratch);
    let spec = bakery().replace(r#"\"count\": 0"#, r#"\"count\": 0, \"sliced\": false"#);
    scratch.write(SPEC, spec).unwrap();

    let checked = xtask(scratch.path(), &["codegen", "--check"]);
    assert_eq!((checked.code, client(&scratch)), (Some(1), before.clone()));
    let affected = [".generated-files", "API.md", "src/orders/json.rs", "src/orders/models.rs"];
    for path in affected {
        let named = format!("stale: generated-client/{path}\n");
        let header = format!("--- a/generated-client/{path}\n+++ b/generated-client/{path}\n@@ -");
        assert!(checked.out.contains(&named), "{}", checked.out);
        assert!(checked.out.contains(&header), "{}", checked.out);
    }
    assert!(checked.out.contains("\n+    pub sliced: Option<bool>,\n"), "{}", checked.out);
    assert!(checked.out.ends_with("\nrepair: cargo xtask codegen\n"), "{}", checked.out);

    assert_eq!(xtask(scratch.path(), &["codegen"]).code, Some(0));
    let changed = changed(&before, &client(&scratch));
    let folder = |path: &String| path.starts_with("src/orders");
    let around = |path: &String| folder(path) || affected.contains(&path.as_str());
    assert!(changed.iter().all(around), "{changed:?}");
    assert!(affected.iter().all(|path| changed.contains(&(*path).to_owned())), "{changed:?}");
}

#[test]
fn a_folder_that_is_gone_takes_its_files_along() {
    let scratch = generated();
    let spec = bakery();
    let orders = spec.find("\t\t{\n\t\t\t\"name\": \"Orders\"").unwrap();
    let without = spec[..orders].trim_end().trim_end_matches(',');
    scratch.write(SPEC, format!("{without}]}}")).unwrap();
    let checked = xtask(scratch.path(), &["codegen", "--check"]);
    assert!(checked.out.contains("orphan: generated-client/src/orders.rs\n"), "{}", checked.out);
    let written = xtask(scratch.path(), &["codegen"]);
    assert!(written.out.contains("  removed src/orders.rs\n"), "{}", written.out);
    assert!(!scratch.join("generated-client/src/orders").exists());
    assert!(!client(&scratch).contains_key("src/orders.rs"));
}

#[test]
fn an_edit_by_hand_is_neither_lost_nor_overlooked() {
    let scratch = generated();
    let written = client(&scratch);
    scratch.write("generated-client/src/orders.rs", "// mine\n").unwrap();
    scratch.write("generated-client/src/mine.rs", "// mine\n").unwrap();
    let edited = client(&scratch);

    let checked = xtask(scratch.path(), &["codegen", "--check"]);
    assert_eq!(checked.code, Some(1));
    assert!(checked.out.contains("edited by hand: generated-client/src/orders.rs\n"));
    assert!(checked.out.contains("not ours: generated-client/src/mine.rs\n"));
    assert!(checked.out.ends_with("this repair: cargo xtask codegen --force\n"), "{}", checked.out);

    let refused = xtask(scratch.path(), &["codegen"]);
    assert_eq!((refused.code, refused.out.as_str()), (Some(2), ""));
    assert!(refused.err.starts_with("error: refusing to overwrite"), "{}", refused.err);
    assert!(refused.err.contains("generated-client/src/orders.rs\n"), "{}", refused.err);
    assert_eq!(client(&scratch), edited);

    assert_eq!(xtask(scratch.path(), &["codegen", "--force"]).code, Some(0));
    assert_eq!(changed(&written, &client(&scratch)), ["src/mine.rs"]);
}

#[test]
fn a_collection_from_elsewhere_uses_no_overlay_and_gains_no_neighbours() {
    let scratch = generated();
    scratch.write("spec/overlay.toml", "this is no overlay").unwrap();
    let before = client(&scratch);
    let elsewhere = Scratch::new().unwrap();
    elsewhere.write("mine/other.json", bakery()).unwrap();
    let spec = elsewhere.join("mine/other.json").display().to_string();
    let out = elsewhere.join("out").display().to_string();
    let flags = ["codegen", "--spec", &spec, "--out", &out, "--name", "oven"];
    let written = xtask(scratch.path(), &flags);
    assert_eq!((written.code, written.err.as_str()), (Some(0), ""));
    assert_eq!(elsewhere.files("mine").unwrap().len(), 1);
    assert_eq!(client(&scratch), before);
    let manifest = fs::read_to_string(elsewhere.join("out/Cargo.toml")).unwrap();
    assert!(manifest.contains("name = \"oven\"\n"), "{manifest}");

    let named =
        xtask(scratch.path(), &["codegen", "--spec", &spec, "--overlay", "spec/overlay.toml"]);
    assert_eq!(named.code, Some(2));
    assert!(named.err.contains("spec/overlay.toml:1:"), "{}", named.err);
    assert_eq!(client(&scratch), before);

    let misled = xtask(scratch.path(), &["codegen", "--spec", &spec, "--name", "oven"]);
    assert_eq!((misled.code, misled.out.as_str()), (Some(2), ""));
    assert!(misled.err.contains("say with `--out` where it goes"), "{}", misled.err);
    let watched = xtask(scratch.path(), &["codegen", "--watch", "--spec", &spec]);
    assert_eq!(watched.code, Some(2));
    assert_eq!(client(&scratch), before);
}
