//! Writing a crate's files: what changes on disk, what is refused, and what stays as it was.

use expect_test::{Expect, expect};
use integration_tests::Scratch;
use postman_codegen::output::FileTree;
use postman_codegen::output::disk::{Edits, sync};
use std::fs;

const OLD: &[(&str, &str)] = &[
    ("Cargo.toml", "[package]\n"),
    ("src/lib.rs", "mod a;\n"),
    ("src/a/models.rs", "struct A;\n"),
];
const NEW: &[(&str, &str)] =
    &[("Cargo.toml", "[package]\n"), ("src/lib.rs", "mod b;\n"), ("src/b.rs", "struct B;\n")];

fn tree(files: &[(&str, &str)]) -> FileTree {
    FileTree(files.iter().map(|(path, text)| ((*path).into(), (*text).into())).collect())
}

/// What `sync` of `files` into `out/` does or says, and the files that lie there then.
fn run(scratch: &Scratch, files: &[(&str, &str)], edits: Edits) -> String {
    let said = match sync(&scratch.join("out"), &tree(files), edits) {
        Ok(report) => format!(
            "wrote {}\nremoved {}\nleft {}\nunchanged {}\n",
            report.written.join(" "),
            report.removed.join(" "),
            report.foreign.join(" "),
            report.unchanged
        ),
        Err(error) => format!("{error}\n"),
    };
    let paths: Vec<_> = scratch.files("out").unwrap().into_keys().collect();
    let said = said.replace(&scratch.path().display().to_string(), "");
    format!("{said}= {}\n", paths.join(" "))
}

/// After a first run with OLD and `change`, what a run with NEW does.
fn check(change: impl Fn(&Scratch), edits: Edits, want: Expect) -> Scratch {
    let scratch = Scratch::new().unwrap();
    run(&scratch, OLD, Edits::Keep);
    change(&scratch);
    want.assert_eq(&run(&scratch, NEW, edits));
    scratch
}

#[test]
fn the_first_run_writes_everything_and_the_second_nothing() {
    let scratch = Scratch::new().unwrap();
    expect![[r#"
        wrote .generated-files Cargo.toml src/a/models.rs src/lib.rs
        removed 
        left 
        unchanged 0
        = .generated-files Cargo.toml src/a/models.rs src/lib.rs
    "#]]
    .assert_eq(&run(&scratch, OLD, Edits::Keep));
    let before = fs::metadata(scratch.join("out/.generated-files")).unwrap().modified().unwrap();
    expect![[r#"
        wrote 
        removed 
        left 
        unchanged 4
        = .generated-files Cargo.toml src/a/models.rs src/lib.rs
    "#]]
    .assert_eq(&run(&scratch, OLD, Edits::Keep));
    let after = fs::metadata(scratch.join("out/.generated-files")).unwrap().modified().unwrap();
    assert_eq!(before, after, "a file whose bytes stay is not touched");
}

#[test]
fn what_is_no_longer_written_is_removed_with_its_folder() {
    let scratch = check(
        |_| (),
        Edits::Keep,
        expect![[r#"
        wrote .generated-files src/b.rs src/lib.rs
        removed src/a/models.rs
        left 
        unchanged 1
        = .generated-files Cargo.toml src/b.rs src/lib.rs
    "#]],
    );
    assert!(!scratch.join("out/src/a").exists());
}

#[test]
fn an_edit_by_hand_stops_everything() {
    let edit = |scratch: &Scratch| scratch.write("out/src/lib.rs", "mine\n").unwrap();
    let scratch = check(
        edit,
        Edits::Keep,
        expect![[r#"
        refusing to overwrite what was edited by hand:
          /out/src/lib.rs
        move the edits elsewhere, or use --force to lose them; nothing was written
        = .generated-files Cargo.toml src/a/models.rs src/lib.rs
    "#]],
    );
    assert_eq!(fs::read_to_string(scratch.join("out/src/lib.rs")).unwrap(), "mine\n");
    let scratch = check(
        edit,
        Edits::Overwrite,
        expect![[r#"
        wrote .generated-files src/b.rs src/lib.rs
        removed src/a/models.rs
        left 
        unchanged 1
        = .generated-files Cargo.toml src/b.rs src/lib.rs
    "#]],
    );
    assert_eq!(fs::read_to_string(scratch.join("out/src/lib.rs")).unwrap(), "mod b;\n");
}

#[test]
fn an_edited_file_is_not_removed() {
    let edit = |scratch: &Scratch| scratch.write("out/src/a/models.rs", "mine\n").unwrap();
    check(
        edit,
        Edits::Keep,
        expect![[r#"
        refusing to overwrite what was edited by hand:
          /out/src/a/models.rs
        move the edits elsewhere, or use --force to lose them; nothing was written
        = .generated-files Cargo.toml src/a/models.rs src/lib.rs
    "#]],
    );
    check(
        edit,
        Edits::Overwrite,
        expect![[r#"
        wrote .generated-files src/b.rs src/lib.rs
        removed src/a/models.rs
        left 
        unchanged 1
        = .generated-files Cargo.toml src/b.rs src/lib.rs
    "#]],
    );
}

#[test]
fn a_file_of_someone_else_is_left_alone() {
    let add = |scratch: &Scratch| {
        scratch.write("out/src/mine.rs", "").unwrap();
        scratch.write("out/target/x", "").unwrap();
        scratch.write("out/Cargo.lock", "").unwrap();
    };
    check(
        add,
        Edits::Overwrite,
        expect![[r#"
        wrote .generated-files src/b.rs src/lib.rs
        removed src/a/models.rs
        left src/mine.rs
        unchanged 1
        = .generated-files Cargo.lock Cargo.toml src/b.rs src/lib.rs src/mine.rs target/x
    "#]],
    );
}

#[test]
fn everything_but_the_package_manifest_may_be_lost() {
    let scratch = Scratch::new().unwrap();
    run(&scratch, OLD, Edits::Keep);
    let before = scratch.files("out").unwrap();
    fs::remove_dir_all(scratch.join("out/src")).unwrap();
    fs::remove_file(scratch.join("out/.generated-files")).unwrap();
    expect![[r#"
        wrote .generated-files src/a/models.rs src/lib.rs
        removed 
        left 
        unchanged 1
        = .generated-files Cargo.toml src/a/models.rs src/lib.rs
    "#]]
    .assert_eq(&run(&scratch, OLD, Edits::Keep));
    assert_eq!(scratch.files("out").unwrap(), before);
}

#[test]
fn a_list_that_a_merge_broke_is_named() {
    let broken = |scratch: &Scratch| {
        let list = scratch.files("out").unwrap().remove(".generated-files").unwrap();
        let list = format!("<<<<<<< HEAD\n{}", String::from_utf8(list).unwrap());
        scratch.write("out/.generated-files", list).unwrap();
    };
    check(
        broken,
        Edits::Keep,
        expect![[r#"
            /out/.generated-files:1:1: not an entry of the list of generated files; restore the file, or use --force to write everything anew
            = .generated-files Cargo.toml src/a/models.rs src/lib.rs
        "#]],
    );
    check(
        broken,
        Edits::Overwrite,
        expect![[r#"
            wrote .generated-files src/b.rs src/lib.rs
            removed src/a/models.rs
            left 
            unchanged 1
            = .generated-files Cargo.toml src/b.rs src/lib.rs
        "#]],
    );
}

#[test]
fn no_path_leaves_the_folder() {
    for path in ["../x.rs", "/x.rs", "src/../../x.rs"] {
        let scratch = Scratch::new().unwrap();
        let said = run(&scratch, &[("a.rs", ""), (path, "")], Edits::Overwrite);
        assert_eq!(said, format!("`{path}` would leave the output directory\n= \n"));
    }
}

#[test]
fn a_list_cannot_name_a_file_outside() {
    let scratch = Scratch::new().unwrap();
    run(&scratch, OLD, Edits::Keep);
    scratch.write("precious", "").unwrap();
    scratch.write("out/.generated-files", "../precious cbf29ce484222325\n").unwrap();
    run(&scratch, NEW, Edits::Overwrite);
    assert!(scratch.join("precious").exists());
}

#[cfg(unix)]
#[test]
fn no_link_is_followed_out_of_the_folder() {
    let elsewhere = Scratch::new().unwrap();
    let link = |scratch: &Scratch| {
        fs::remove_file(scratch.join("out/src/lib.rs")).unwrap();
        fs::remove_dir_all(scratch.join("out/src")).unwrap();
        std::os::unix::fs::symlink(elsewhere.path(), scratch.join("out/src")).unwrap();
    };
    check(
        link,
        Edits::Overwrite,
        expect![[r#"
        /out/src is neither a plain file nor a folder; move it away
        = .generated-files Cargo.toml
    "#]],
    );
    assert_eq!(elsewhere.files("").unwrap().len(), 0);
}

#[test]
fn a_failure_leaves_nothing_behind() {
    let block = |scratch: &Scratch| scratch.write("out/src/b.rs/x", "").unwrap();
    let scratch = check(
        block,
        Edits::Overwrite,
        expect![[r#"
        /out/src/b.rs is neither a plain file nor a folder; move it away
        = .generated-files Cargo.toml src/a/models.rs src/b.rs/x src/lib.rs
    "#]],
    );
    assert_eq!(fs::read_to_string(scratch.join("out/src/lib.rs")).unwrap(), "mod a;\n");
}

#[test]
fn a_failure_half_way_leaves_nothing_behind() {
    let scratch = Scratch::new().unwrap();
    run(&scratch, OLD, Edits::Keep);
    let before = scratch.files("").unwrap();
    // The longest name there is, so that none is left for the file beside it, whatever the process is numbered.
    let too_long = format!("zoo/{}", "z".repeat(255));
    let said = run(&scratch, &[("new/a.rs", ""), (&too_long, "")], Edits::Keep);
    assert!(said.starts_with("cannot write "), "{said}");
    assert_eq!(scratch.files("").unwrap(), before);
    assert!(!scratch.join("out/new").exists());
}

#[test]
fn a_run_that_was_killed_leaves_nothing_that_looks_edited() {
    let scratch = Scratch::new().unwrap();
    let list = |files| {
        run(&scratch, files, Edits::Overwrite);
        fs::read_to_string(scratch.join("out/.generated-files")).unwrap()
    };
    let (new, old) = (list(NEW), list(OLD));
    scratch.write("out/.generated-files", format!("{old}{new}")).unwrap();
    scratch.write("out/src/b.rs", NEW[2].1).unwrap();
    let third =
        [("Cargo.toml", "[package]\n"), ("src/lib.rs", "mod c;\n"), ("src/b.rs", "mod d;\n")];
    expect![[r#"
        wrote .generated-files src/b.rs src/lib.rs
        removed src/a/models.rs
        left 
        unchanged 1
        = .generated-files Cargo.toml src/b.rs src/lib.rs
    "#]]
    .assert_eq(&run(&scratch, &third, Edits::Keep));
}
