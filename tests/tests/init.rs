//! `init`: a workspace around a collection anywhere, one collection more in it, and nothing where anything is in the way.

use crate::xtask;
use integration_tests::{Finished, Scratch, bakery, root};
use postman_codegen::yaml;
use std::path::Path;
use std::process::Command;

/// A folder with a collection in it, and beside it none yet.
fn start() -> Scratch {
    let scratch = Scratch::new().unwrap();
    scratch.write("Bakery export.json", bakery()).unwrap();
    scratch
}

fn init(scratch: &Scratch, flags: &[&str]) -> Finished {
    let all = [&["init", "team", "--spec", "Bakery export.json"], flags].concat();
    xtask(scratch.path(), &all)
}

fn cargo(scratch: &Scratch, words: &[&str]) -> Finished {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap());
    let target = std::env::var_os("CARGO_TARGET_DIR").map(Into::into);
    let target = target.unwrap_or_else(|| root().join("target"));
    command.args(words).current_dir(scratch.join("team")).env("CARGO_TARGET_DIR", target);
    let output = command.env("CI", "1").output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    Finished { code: output.status.code(), out: text(&output.stdout), err: text(&output.stderr) }
}

/// The profile and the lock file of this workspace, so that what cargo has built for it need not be built again.
fn share_builds(scratch: &Scratch) {
    let lock = std::fs::read(root().join("Cargo.lock")).unwrap();
    scratch.write("team/Cargo.lock", lock).unwrap();
    let config = std::fs::read_to_string(scratch.join("team/.cargo/config.toml")).unwrap();
    let profile = "[profile.dev]\ndebug = \"line-tables-only\"\n[profile.dev.package.\"*\"]\ndebug = false\n[net]\noffline = true\n";
    scratch.write("team/.cargo/config.toml", config + profile).unwrap();
}

#[test]
fn a_new_workspace_generates_builds_and_tests() {
    // Cargo tells packages apart by where they lie: at a new path all of the generator would be built anew.
    let scratch = Scratch::lasting(&Path::new(env!("CARGO_TARGET_TMPDIR")).join("init")).unwrap();
    scratch.write("Bakery export.json", bakery()).unwrap();
    let made = init(&scratch, &[]);
    assert_eq!(made.code, Some(0), "{}", made.err);
    assert!(made.out.contains("\nwrote generated-client, "), "{}", made.out);
    let spec = std::fs::read(scratch.join("team/spec/Bakery export.json")).unwrap();
    assert_eq!(spec, bakery().as_bytes());
    share_builds(&scratch);

    let files = scratch.files("team/generated-client").unwrap();
    let written = cargo(&scratch, &["xtask", "codegen"]);
    assert_eq!(written.code, Some(0), "{}", written.err);
    assert!(written.out.contains("nothing to do, all "), "{}", written.out);
    assert_eq!(scratch.files("team/generated-client").unwrap(), files);

    let tested = cargo(&scratch, &["test", "--quiet"]);
    assert_eq!(tested.code, Some(0), "{}{}", tested.out, tested.err);

    let stale = bakery().replace("Create an order", "Place an order");
    scratch.write("team/spec/Bakery export.json", stale).unwrap();
    let checked = cargo(&scratch, &["xtask", "codegen", "--check"]);
    assert_eq!(checked.code, Some(1), "{}", checked.err);
    let tested = cargo(&scratch, &["test", "--quiet", "--package", "workspace-xtask"]);
    assert_ne!(tested.code, Some(0));
    assert!(tested.out.contains("a client is not what its collection says"), "{}", tested.out);
}

#[test]
fn a_name_that_is_taken_is_refused_and_nothing_changes() {
    let scratch = start();
    assert_eq!(init(&scratch, &["--name", "oven"]).code, Some(0));
    let before = scratch.files("").unwrap();
    let again = init(&scratch, &["--name", "oven"]);
    assert_eq!((again.code, again.out.as_str()), (Some(2), ""));
    let said =
        "error: there is a client `oven` already, of the collection in spec; nothing was written\n";
    assert_eq!(again.err, said);
    assert_eq!(scratch.files("").unwrap(), before);
}

#[test]
fn nothing_is_overwritten_and_nothing_half_written() {
    for path in ["xtask/src/main.rs", "xtask/tests/freshness.rs", "generated-client/src/lib.rs"] {
        let scratch = start();
        scratch.write(&format!("team/{path}"), "mine").unwrap();
        let before = scratch.files("").unwrap();
        let refused = init(&scratch, &[]);
        assert_eq!((refused.code, refused.out.as_str()), (Some(2), ""), "{path}");
        let listed = format!(
            "refusing to overwrite what is there already:\n  {}",
            scratch.join("team").display()
        );
        assert!(refused.err.contains(&format!("{listed}/{path}\nnothing")), "{}", refused.err);
        assert_eq!(scratch.files("").unwrap(), before, "{path}");
    }
    let scratch = start();
    scratch.write("team/Cargo.toml", "[package]\nname = \"mine\"\n").unwrap();
    let before = scratch.files("").unwrap();
    let refused = init(&scratch, &[]);
    assert!(refused.err.contains("no list `members` in [workspace]"), "{}", refused.err);
    assert_eq!(scratch.files("").unwrap(), before);
    scratch.write("Bakery export.json", "{").unwrap();
    let before = scratch.files("").unwrap();
    let refused = init(&scratch, &[]);
    assert_eq!(refused.code, Some(2));
    assert!(refused.err.contains("error[postman::syntax]"), "{}", refused.err);
    assert_eq!(scratch.files("").unwrap(), before);
}

#[test]
fn what_a_workspace_may_have_already_stays_and_is_told() {
    let scratch = start();
    for path in [".gitattributes", ".cargo/config.toml", ".gitignore"] {
        scratch.write(&format!("team/{path}"), "# mine\n").unwrap();
    }
    let made = init(&scratch, &[]);
    assert_eq!(made.code, Some(0), "{}", made.err);
    let files = scratch.files("team").unwrap();
    for path in [".gitattributes", ".cargo/config.toml", ".gitignore"] {
        assert_eq!(files[path], b"# mine\n");
        assert!(made.out.contains(&format!("\nleft {path} as it is: ")), "{}", made.out);
    }
}

#[test]
fn an_xtask_of_something_else_is_refused() {
    let manifest = "[package]\nname = \"xtask\"\n\n[dependencies]\nanyhow = \"1\"\n";
    let scratch = start();
    scratch.write("team/xtask/Cargo.toml", manifest).unwrap();
    scratch.write("team/Cargo.toml", "[workspace]\nmembers = [\"xtask\"]\n").unwrap();
    let before = scratch.files("").unwrap();
    let refused = init(&scratch, &[]);
    assert_eq!((refused.code, refused.out.as_str()), (Some(2), ""));
    assert!(refused.err.contains("a package of something else"), "{}", refused.err);
    assert_eq!(scratch.files("").unwrap(), before);
    let renamed =
        format!("{manifest}tasks = {{ package = \"xtask\", git = \"https://x.test\" }}\n");
    scratch.write("team/xtask/Cargo.toml", renamed).unwrap();
    assert_eq!(init(&scratch, &[]).code, Some(0));
}

#[test]
fn names_and_folders_that_would_break_a_collection_are_refused() {
    for name in ["evidence", "xtask", "workspace-xtask"] {
        let scratch = start();
        let refused = init(&scratch, &["--name", name]);
        assert_eq!(refused.code, Some(2), "{name}");
        assert!(refused.err.contains("a name of the workspace's own"), "{}", refused.err);
        assert!(!scratch.join("team").exists());
    }
    let scratch = start();
    assert_eq!(init(&scratch, &[]).code, Some(0));
    scratch.write("team/spec/oven/notes.txt", "mine").unwrap();
    let before = scratch.files("team").unwrap();
    let refused = init(&scratch, &["--name", "oven"]);
    assert!(refused.err.contains("spec/oven is there already"), "{}", refused.err);
    scratch.write("team/spec/other.json", "{}").unwrap();
    let several = init(&scratch, &["--name", "stove"]);
    assert!(several.err.contains("several collections in spec/: "), "{}", several.err);
    assert_eq!((refused.code, several.code), (Some(2), Some(2)));
    std::fs::remove_file(scratch.join("team/spec/other.json")).unwrap();
    assert_eq!(scratch.files("team").unwrap(), before);
}

#[test]
fn a_second_collection_has_folders_of_its_own() {
    let scratch = start();
    assert_eq!(init(&scratch, &[]).code, Some(0));
    let first = scratch.files("team/generated-client").unwrap();
    let second = init(&scratch, &["--name", "oven"]);
    assert_eq!(second.code, Some(0), "{}", second.err);
    let manifest = std::fs::read_to_string(scratch.join("team/Cargo.toml")).unwrap();
    let members = "members = [\"xtask\", \"generated-client\", \"clients/oven\"]\n";
    assert!(manifest.contains(members), "{manifest}");
    assert!(scratch.join("team/spec/oven/Bakery export.json").exists());

    let team = scratch.join("team");
    let checked = xtask(&team, &["codegen", "--check"]);
    assert_eq!(checked.code, Some(0), "{}{}", checked.out, checked.err);
    let lines: Vec<_> = checked.out.lines().map(|line| line.split(':').next().unwrap()).collect();
    assert_eq!(lines, ["generated-client", "clients/oven"]);

    let more = bakery().replace(r#"\"count\": 0"#, r#"\"count\": 0, \"sliced\": false"#);
    scratch.write("team/spec/oven/Bakery export.json", more).unwrap();
    assert_eq!(xtask(&team, &["codegen", "--check", "bakery"]).code, Some(0));
    assert_eq!(xtask(&team, &["codegen", "--check", "oven"]).code, Some(1));
    assert_eq!(xtask(&team, &["codegen", "--check"]).code, Some(1));
    let named = xtask(&team, &["codegen", "stove"]);
    assert_eq!(named.code, Some(2));
    let said = "error: no collection is called `stove`; there are spec, spec/oven\n";
    assert_eq!(named.err, said);
    let unclear = xtask(&team, &["codegen", "--name", "x"]);
    assert!(unclear.err.contains("are about one collection"), "{}", unclear.err);
    assert_eq!(xtask(&team, &["codegen"]).code, Some(0));
    assert_eq!(xtask(&team, &["codegen", "--check"]).code, Some(0));
    assert_eq!(scratch.files("team/generated-client").unwrap(), first);
    assert_eq!(xtask(&team, &["suggest", "--spec", "spec/oven"]).code, Some(0));
    let unclear = xtask(&team, &["suggest"]);
    assert_eq!(unclear.code, Some(2));
    assert!(unclear.err.contains("those of spec, spec/oven;"), "{}", unclear.err);
}

#[test]
fn one_collection_that_cannot_be_read_keeps_all_clients_as_they_are() {
    let scratch = start();
    init(&scratch, &[]);
    init(&scratch, &["--name", "oven"]);
    let more = bakery().replace("Create an order", "Place an order");
    scratch.write("team/spec/Bakery export.json", more).unwrap();
    scratch.write("team/spec/oven/Bakery export.json", "[").unwrap();
    let before = scratch.files("team").unwrap();
    let refused = xtask(&scratch.join("team"), &["codegen"]);
    assert_eq!((refused.code, refused.out.as_str()), (Some(2), ""));
    let said = "nothing was written; generated-client, clients/oven are as they were\n";
    assert!(refused.err.ends_with(said), "{}", refused.err);
    assert_eq!(scratch.files("team").unwrap(), before);
    assert_eq!(xtask(&scratch.join("team"), &["codegen", "--check"]).code, Some(2));
}

#[test]
fn one_client_that_cannot_be_written_keeps_all_as_they_are() {
    let scratch = start();
    init(&scratch, &[]);
    init(&scratch, &["--name", "oven"]);
    let team = scratch.join("team");
    let more = bakery().replace("Create an order", "Place an order");
    scratch.write("team/spec/Bakery export.json", &more).unwrap();
    scratch.write("team/spec/oven/Bakery export.json", &more).unwrap();
    scratch.write("team/clients/oven/src/orders.rs", "mine").unwrap();
    let before = scratch.files("team").unwrap();
    let refused = xtask(&team, &["codegen"]);
    assert_eq!((refused.code, refused.out.as_str()), (Some(2), ""), "{}", refused.err);
    assert!(refused.err.contains("refusing to overwrite what was edited by hand"), "{refused:?}");
    assert!(refused.err.ends_with("generated-client, clients/oven are as they were\n"));
    assert_eq!(scratch.files("team").unwrap(), before);
}

#[test]
fn a_collection_that_is_gone_keeps_no_other_from_being_checked() {
    let scratch = start();
    init(&scratch, &[]);
    init(&scratch, &["--name", "oven"]);
    let team = scratch.join("team");
    std::fs::remove_file(team.join("spec/Bakery export.json")).unwrap();
    std::fs::remove_file(team.join("spec/overlay.toml")).unwrap();
    let checked = xtask(&team, &["codegen", "--check"]);
    assert_eq!(checked.code, Some(2));
    assert!(checked.out.starts_with("clients/oven: all "), "{checked:?}");
    assert!(checked.err.contains("there is no collection in spec/"), "{checked:?}");
    assert!(checked.err.contains("generated-client could not be compared"), "{checked:?}");
    assert_eq!(xtask(&team, &["codegen"]).code, Some(2));
}

#[test]
fn the_generator_is_named_by_its_repository() {
    let scratch = start();
    let flags = ["--generator-git", "https://code.test/generator", "--generator-rev", "12ab"];
    let made = init(&scratch, &flags);
    assert_eq!(made.code, Some(0), "{}", made.err);
    assert!(!made.out.contains("folder of this machine"), "{}", made.out);
    let manifest = std::fs::read_to_string(scratch.join("team/xtask/Cargo.toml")).unwrap();
    let line = "xtask = { git = \"https://code.test/generator\", rev = \"12ab\" }\n";
    assert!(manifest.contains(line), "{manifest}");
    let workflow = std::fs::read_to_string(scratch.join("team/.github/workflows/clients.yml"));
    let workflow = yaml::read(&workflow.unwrap(), 0).unwrap();
    assert!(workflow.get("jobs").unwrap().get("diff").is_some());
    let misused = init(&scratch, &["--generator-git", "x", "--generator-path", "y"]);
    assert_eq!(misused.code, Some(2));
    let misled = init(&start(), &["--generator-path", "."]);
    assert!(misled.err.contains("no generator lies there"), "{}", misled.err);
}
