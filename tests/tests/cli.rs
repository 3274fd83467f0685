//! The command line as a process: what it prints, its exit codes, and what it leaves untouched.

use crate::xtask;
use expect_test::{Expect, expect};
use integration_tests::Scratch;

/// A collection that cannot be read: the message, exit code 1, and nothing written.
fn refuses(spec: impl AsRef<[u8]>, want: Expect) {
    let scratch = Scratch::workspace("").unwrap();
    scratch.write("spec/bakery.postman_collection.json", spec).unwrap();
    scratch.write("generated-client/src/lib.rs", "kept").unwrap();
    let before = scratch.files("").unwrap();
    let refused = xtask(scratch.path(), &["codegen"]);
    want.assert_eq(&refused.err);
    assert_eq!((refused.code, refused.out.as_str()), (Some(1), ""));
    assert_eq!(scratch.files("").unwrap(), before);
}

#[test]
fn text_in_another_encoding() {
    refuses(
        b"{\n\"name\": \"caf\xe9\"}",
        expect![[r#"
        error: spec/bakery.postman_collection.json:2:13: not UTF-8; save the file in that encoding
    "#]],
    );
}

#[test]
fn a_file_that_is_not_there() {
    let scratch = Scratch::workspace("{}").unwrap();
    let missing = xtask(scratch.path(), &["codegen", "--spec", "nowhere.json"]);
    expect![[r#"
        error: cannot read nowhere.json: No such file or directory (os error 2)
    "#]]
    .assert_eq(&missing.err);
    assert_eq!(missing.code, Some(1));
    let missing = xtask(scratch.path(), &["codegen", "--overlay", "nowhere.toml"]);
    expect![[r#"
        error: cannot read nowhere.toml: No such file or directory (os error 2)
    "#]]
    .assert_eq(&missing.err);
    assert_eq!(missing.code, Some(1));
}

#[test]
fn which_collection_is_meant() {
    let scratch = Scratch::new().unwrap();
    scratch.write("xtask/Cargo.toml", "").unwrap();
    scratch.write("spec/README.md", "").unwrap();
    expect![[r#"
        error: there is no collection (*.json) in spec/; name one with --spec FILE
    "#]]
    .assert_eq(&xtask(scratch.path(), &["codegen"]).err);
    scratch.write("spec/b.json", "").unwrap();
    scratch.write("spec/a.json", "").unwrap();
    expect![[r#"
        error: several collections: spec/a.json, spec/b.json; name one with --spec FILE
    "#]]
    .assert_eq(&xtask(&scratch.join("spec"), &["codegen"]).err);
}

#[test]
fn a_misuse_prints_the_usage() {
    let scratch = Scratch::workspace("{}").unwrap();
    for (arguments, message) in [
        (&[][..], "error: a command is missing"),
        (&["codgen"][..], "error: unexpected argument \"codgen\""),
        (&["codegen", "--chek"], "error: invalid option '--chek'"),
        (&["codegen", "--check", "--watch"], "error: --check and --watch exclude each other"),
        (&["codegen", "--spec"], "error: missing argument for option '--spec'"),
        (&["dump"], "error: --stage is missing: lower, infer, overlay or name"),
        (
            &["dump", "--stage", "x"],
            "error: cannot parse argument \"x\": the stages are lower, infer, overlay and name",
        ),
    ] {
        let misused = xtask(scratch.path(), arguments);
        assert_eq!((misused.code, misused.err.lines().next()), (Some(2), Some(message)));
        assert!(misused.err.contains("usage: cargo xtask <command>"), "{}", misused.err);
    }
    let helped = xtask(scratch.path(), &["--help"]);
    assert_eq!((helped.code, helped.err.as_str()), (Some(0), ""));
    assert!(helped.out.starts_with("usage: "), "{}", helped.out);
}
