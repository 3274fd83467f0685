//! The command line as a process: what it prints, its exit codes, and what it leaves untouched.

use expect_test::{Expect, expect};
use integration_tests::Scratch;
use std::path::Path;
use std::process::Command;

/// Exit code, standard output and standard error of the command line, run in `folder`.
fn xtask(folder: &Path, arguments: &[&str]) -> (Option<i32>, String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_xtask-under-test"))
        .args(arguments)
        .current_dir(folder)
        .output()
        .unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code(), text(output.stdout), text(output.stderr))
}

/// A collection that cannot be read: the message, exit code 1, and nothing written.
fn refuses(spec: impl AsRef<[u8]>, want: Expect) {
    let scratch = Scratch::workspace("").unwrap();
    scratch.write("spec/bakery.postman_collection.json", spec).unwrap();
    scratch.write("generated-client/src/lib.rs", "kept").unwrap();
    let before = scratch.files("").unwrap();
    let (code, out, err) = xtask(scratch.path(), &["codegen"]);
    want.assert_eq(&err);
    assert_eq!((code, out.as_str()), (Some(1), ""));
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
    let (code, _, err) = xtask(scratch.path(), &["codegen", "--spec", "nowhere.json"]);
    expect![[r#"
        error: cannot read nowhere.json: No such file or directory (os error 2)
    "#]]
    .assert_eq(&err);
    assert_eq!(code, Some(1));
    let (code, _, err) = xtask(scratch.path(), &["codegen", "--overlay", "nowhere.toml"]);
    expect![[r#"
        error: cannot read nowhere.toml: No such file or directory (os error 2)
    "#]]
    .assert_eq(&err);
    assert_eq!(code, Some(1));
}

#[test]
fn which_collection_is_meant() {
    let scratch = Scratch::new().unwrap();
    scratch.write("xtask/Cargo.toml", "").unwrap();
    scratch.write("spec/README.md", "").unwrap();
    expect![[r#"
        error: there is no collection (*.json) in spec/; name one with --spec FILE
    "#]]
    .assert_eq(&xtask(scratch.path(), &["codegen"]).2);
    scratch.write("spec/b.json", "").unwrap();
    scratch.write("spec/a.json", "").unwrap();
    expect![[r#"
        error: several collections: spec/a.json, spec/b.json; name one with --spec FILE
    "#]]
    .assert_eq(&xtask(&scratch.join("spec"), &["codegen"]).2);
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
        let (code, out, err) = xtask(scratch.path(), arguments);
        assert_eq!((code, out.as_str(), err.lines().next()), (Some(2), "", Some(message)));
        assert!(err.contains("usage: cargo xtask <command>"), "{err}");
    }
    let (code, out, err) = xtask(scratch.path(), &["--help"]);
    assert_eq!((code, err.as_str()), (Some(0), ""));
    assert!(out.starts_with("usage: "), "{out}");
}
