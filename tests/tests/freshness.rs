//! A changed collection cannot be forgotten: a committed client that is stale turns the tests red, and is written anew unless this is CI.

use crate::xtask;
use integration_tests::{Scratch, bakery, root};
use std::path::Path;

/// What is wrong with the client of the workspace at `root`; where `repair`, it is written anew.
fn freshness(root: &Path, repair: bool) -> Result<(), String> {
    let checked = xtask(root, &["codegen", "--check"]);
    if checked.code == Some(0) {
        return Ok(());
    }
    let found = format!("{}{}", checked.out, checked.err);
    if !repair {
        return Err(format!("generated-client is stale\n{found}"));
    }
    let written = xtask(root, &["codegen"]);
    Err(match written.code {
        Some(0) => format!("generated-client was stale; it is written anew, commit it\n{found}"),
        Some(_) | None => format!("generated-client is stale\n{found}{}", written.err),
    })
}

#[test]
fn the_committed_client_is_fresh() {
    let is_ci = std::env::var_os("CI").is_some_and(|value| !value.is_empty());
    if let Err(stale) = freshness(&root(), !is_ci) {
        panic!("{stale}");
    }
}

#[test]
fn a_stale_client_is_told_and_written_anew() {
    let scratch = Scratch::workspace(&bakery()).unwrap();
    xtask(scratch.path(), &["codegen"]);
    assert_eq!(freshness(scratch.path(), false), Ok(()));
    let spec = bakery().replace(r#"\"count\": 0"#, r#"\"count\": 0, \"sliced\": false"#);
    scratch.write("spec/bakery.postman_collection.json", spec).unwrap();
    let before = scratch.files("generated-client").unwrap();

    let told = freshness(scratch.path(), false).unwrap_err();
    assert!(told.contains("stale: generated-client/src/orders/models.rs\n"), "{told}");
    assert!(told.contains("\n+    pub sliced: Option<bool>,\n"), "{told}");
    assert_eq!(scratch.files("generated-client").unwrap(), before);

    let told = freshness(scratch.path(), true).unwrap_err();
    assert!(told.contains("\n+    pub sliced: Option<bool>,\n"), "{told}");
    assert_eq!(freshness(scratch.path(), false), Ok(()));
}
