//! The command line as a process: what it prints, its exit codes, and what it leaves untouched.

use crate::xtask;
use expect_test::{Expect, expect};
use integration_tests::{Scratch, bakery, root, run};

/// A collection that cannot be read: the message, exit code 2, and nothing written.
fn refuses(spec: impl AsRef<[u8]>, want: Expect) {
    let scratch = Scratch::workspace("").unwrap();
    scratch.write("spec/bakery.postman_collection.json", spec).unwrap();
    scratch.write("generated-client/src/lib.rs", "kept").unwrap();
    let before = scratch.files("").unwrap();
    let refused = xtask(scratch.path(), &["codegen"]);
    want.assert_eq(&refused.err);
    assert_eq!((refused.code, refused.out.as_str()), (Some(2), ""));
    let checked = xtask(scratch.path(), &["codegen", "--check"]);
    let why = refused.err.split("nothing was written").next().unwrap();
    let failed = format!("{why}generated-client could not be compared\n");
    assert_eq!((checked.code, checked.err), (Some(2), failed));
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
fn text_in_the_encodings_that_editors_save() {
    let client = |spec: Vec<u8>| {
        let scratch = Scratch::workspace("").unwrap();
        scratch.write("spec/bakery.postman_collection.json", spec).unwrap();
        let done = xtask(scratch.path(), &["codegen"]);
        assert_eq!(done.code, Some(0), "{}", done.err);
        scratch.files("generated-client").unwrap()
    };
    let plain = client(bakery().into_bytes());
    let units = |unit: fn(u16) -> [u8; 2]| bakery().encode_utf16().flat_map(unit).collect();
    let utf16: [Vec<u8>; 2] = [units(u16::to_le_bytes), units(u16::to_be_bytes)];
    assert_eq!(client([b"\xff\xfe", &*utf16[0]].concat()), plain);
    assert_eq!(client([b"\xfe\xff", &*utf16[1]].concat()), plain);
    assert_eq!(client([b"\xef\xbb\xbf", bakery().as_bytes()].concat()), plain);
}

#[test]
fn no_text_at_all() {
    refuses(
        "",
        expect![[r#"
        error[postman::empty]: the file is empty
          at spec/bakery.postman_collection.json:1:1 #
        nothing was written; generated-client is as it was
    "#]],
    );
}

#[test]
fn text_that_is_not_json() {
    refuses(
        "{\n  \"info\": {},\n  item: []\n}",
        expect![[r#"
        error[postman::syntax]: not JSON: expected a key in double quotes, found `i`
          at spec/bakery.postman_collection.json:3:3 #
        nothing was written; generated-client is as it was
    "#]],
    );
    refuses(
        "<html>",
        expect![[r#"
        error[postman::syntax]: not JSON: expected a value, found `<`
          at spec/bakery.postman_collection.json:1:1 #
        nothing was written; generated-client is as it was
    "#]],
    );
}

#[test]
fn a_collection_that_was_cut_off() {
    let whole = bakery();
    refuses(
        &whole[..whole.len() / 2],
        expect![[r#"
        error[postman::syntax]: not JSON: expected `"`, but the text ends here
          at spec/bakery.postman_collection.json:63:47 #
        nothing was written; generated-client is as it was
    "#]],
    );
}

#[test]
fn json_that_is_no_collection() {
    refuses(
        "[]",
        expect![[r#"
        error[postman::not-a-collection]: not a Postman collection, but an array
          at spec/bakery.postman_collection.json:1:1 #
          help: export the collection from Postman as v2.1 JSON
        nothing was written; generated-client is as it was
    "#]],
    );
    refuses(
        "{\"openapi\": \"3.1.0\", \"paths\": {}}",
        expect![[r#"
        error[postman::not-a-collection]: not a Postman collection, but an OpenAPI document
          at spec/bakery.postman_collection.json:1:1 #
          help: export the collection from Postman as v2.1 JSON
        nothing was written; generated-client is as it was
    "#]],
    );
}

#[test]
fn each_stage_can_be_seen() {
    let scratch = Scratch::workspace(&bakery()).unwrap();
    for (stage, shown) in [
        ("lower", "title: \"Bakery\""),
        ("infer", "POST /api/loaves"),
        ("overlay", "POST /api/loaves"),
        ("name", "package bakery"),
    ] {
        let dumped = xtask(scratch.path(), &["dump", "--stage", stage]);
        assert_eq!((dumped.code, dumped.err.as_str()), (Some(0), ""), "{stage}");
        assert!(dumped.out.contains(shown), "{stage}: {}", dumped.out);
    }
    assert_eq!(scratch.files("").unwrap().len(), 2);
}

#[test]
fn a_file_that_is_not_there() {
    let scratch = Scratch::workspace("{}").unwrap();
    let missing = xtask(scratch.path(), &["codegen", "--spec", "nowhere.json"]);
    expect![[r#"
        error: cannot read nowhere.json: No such file or directory (os error 2)
    "#]]
    .assert_eq(&missing.err);
    assert_eq!(missing.code, Some(2));
    let missing = xtask(scratch.path(), &["codegen", "--overlay", "nowhere.toml"]);
    expect![[r#"
        error: cannot read nowhere.toml: No such file or directory (os error 2)
    "#]]
    .assert_eq(&missing.err);
    assert_eq!(missing.code, Some(2));
}

#[test]
fn which_collection_is_meant() {
    let scratch = Scratch::new().unwrap();
    scratch.write("xtask/Cargo.toml", "").unwrap();
    scratch.write("spec/README.md", "").unwrap();
    expect![[r#"
        error: there is no collection in spec/, neither *.json nor a folder of YAML; name one with --spec FILE
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
    for flags in [&["--help"][..], &["corpus", "--help"], &["learn", "x.har", "-h"]] {
        let helped = xtask(scratch.path(), flags);
        assert_eq!((helped.code, helped.err.as_str()), (Some(0), ""), "{flags:?}");
        assert!(helped.out.starts_with("usage: "), "{}", helped.out);
    }
}

#[cfg(target_os = "linux")]
#[test]
fn what_cannot_be_printed_is_a_failure_and_a_reader_who_leaves_is_none() {
    use std::process::{Command, Stdio};
    let scratch = Scratch::workspace(&bakery()).unwrap();
    let start = |words: &[&str], out: Stdio| {
        let mut command = Command::new(crate::XTASK);
        command.args(words).current_dir(scratch.path()).stdout(out).stderr(Stdio::piped());
        command.spawn().unwrap()
    };
    let commands =
        [&["help"][..], &["dump", "--stage", "name"], &["suggest"], &["diff", "spec", "spec"]];
    for words in commands {
        let full = std::fs::File::options().write(true).open("/dev/full").unwrap();
        let failed = start(words, full.into()).wait_with_output().unwrap();
        let said = String::from_utf8_lossy(&failed.stderr).into_owned();
        assert_eq!(failed.status.code(), Some(2), "{words:?}: {said}");
        assert!(said.contains("error: cannot write to standard output: No space"), "{said}");
        let mut left = start(words, Stdio::piped());
        drop(left.stdout.take());
        let left = left.wait_with_output().unwrap();
        assert_eq!((left.status.code(), left.stderr.len()), (Some(0), 0), "{words:?}");
    }
}

#[test]
fn a_report_replaces_a_file_and_writes_to_a_device() {
    let scratch = Scratch::workspace(&bakery()).unwrap();
    xtask(scratch.path(), &["codegen"]);
    scratch.write("report.json", "old").unwrap();
    for path in ["report.json", "/dev/null"] {
        let checked = xtask(scratch.path(), &["codegen", "--check", "--report", path]);
        assert_eq!(checked.code, Some(0), "{}", checked.err);
    }
    let report = std::fs::read_to_string(scratch.join("report.json")).unwrap();
    assert!(report.contains("\"outcome\": \"clean\""), "{report}");
    let failed = xtask(scratch.path(), &["codegen", "--check", "--report", "spec"]);
    assert_eq!(failed.code, Some(2), "a folder is no report: {failed:?}");
}

#[test]
fn a_terminal_obeys_nothing_that_expected_types_say() {
    let scratch = Scratch::workspace("{}").unwrap();
    scratch.write("all/bakery.json", bakery()).unwrap();
    scratch.write("types/bakery.expect", "struct \u{1b}[2J\n").unwrap();
    let told = xtask(scratch.path(), &["corpus", "all", "--types", "types"]);
    assert_eq!(told.code, Some(1), "{told:?}");
    assert!(told.out.contains("struct \\u{1b}[2J"), "{told:?}");
    let quiet = xtask(scratch.path(), &["corpus", "all", "--types", "types", "--quiet"]);
    assert_eq!((quiet.code, quiet.out.as_str()), (Some(1), ""));
}

#[test]
fn any_workspace_with_a_collection_will_do() {
    let scratch = Scratch::new().unwrap();
    scratch.write("Cargo.toml", "[workspace]\nmembers = []\n").unwrap();
    scratch.write("src/lib.rs", "").unwrap();
    scratch.write("spec/bakery.postman_collection.json", bakery()).unwrap();
    let done = xtask(&scratch.join("src"), &["codegen"]);
    assert_eq!(done.code, Some(0), "{}", done.err);
    assert!(scratch.join("generated-client/src/lib.rs").exists());
}

#[test]
fn the_alias_works_from_a_subfolder() {
    let cargo = std::env::var("CARGO").unwrap();
    let helped = run(&cargo, &root().join("codegen/src"), &["xtask", "help"]).unwrap();
    assert_eq!(helped.code, Some(0), "{}", helped.err);
    assert!(helped.out.starts_with("usage: cargo xtask <command>\n"), "{}", helped.out);
}
