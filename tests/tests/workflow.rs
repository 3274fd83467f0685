//! The workflow that `init` writes: its scripts run here, with programs in the places of `cargo` and `gh` that note what they are asked.

use crate::diff::git;
use crate::xtask;
use integration_tests::{Finished, Scratch, bakery};
use postman_codegen::json::Node;
use postman_codegen::yaml;
use std::process::Command;

/// The script of the step called `name` in the job `diff`.
fn script(scratch: &Scratch, name: &str) -> String {
    let workflow = std::fs::read_to_string(scratch.join(".github/workflows/clients.yml")).unwrap();
    let workflow = yaml::read(&workflow, 0).unwrap();
    let text = |node: &Node, key: &str| node.get(key)?.text().map(str::to_owned);
    let jobs = workflow.get("jobs").unwrap();
    let steps = jobs.get("diff").unwrap().get("steps").unwrap().elements().unwrap();
    let step = steps.iter().find(|step| text(step, "name").as_deref() == Some(name)).unwrap();
    text(step, "run").unwrap()
}

/// Runs a script as the code host does.
fn run(scratch: &Scratch, script: &str) -> Finished {
    let mut command = Command::new("bash");
    command.args(["-e", "-c", script]).current_dir(scratch.path());
    let path = std::env::var("PATH").unwrap();
    command.env("PATH", format!("{}:{path}", scratch.join("bin").display()));
    command.env("BASE", "main").env("NUMBER", "7").env("GITHUB_REPOSITORY", "team/clients");
    let output = command.env("GITHUB_STEP_SUMMARY", scratch.join("summary")).output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    Finished { code: output.status.code(), out: text(&output.stdout), err: text(&output.stderr) }
}

/// A repository on a branch on which `init` made a workspace; `main` has none yet.
fn introduced() -> Scratch {
    let scratch = Scratch::new().unwrap();
    scratch.write("Bakery.json", bakery()).unwrap();
    git(&scratch, &["init", "--quiet"]);
    git(&scratch, &["symbolic-ref", "HEAD", "refs/heads/main"]);
    git(&scratch, &["add", "."]);
    git(&scratch, &["commit", "--quiet", "--message", "An export"]);
    git(&scratch, &["checkout", "--quiet", "-b", "clients"]);
    let made = xtask(scratch.path(), &["init", ".", "--spec", "Bakery.json"]);
    assert_eq!(made.code, Some(0), "{}", made.err);
    program(&scratch, "cargo", &format!("shift\nexec '{}' \"$@\"", crate::XTASK));
    scratch
}

fn program(scratch: &Scratch, name: &str, script: &str) {
    use std::os::unix::fs::PermissionsExt as _;
    scratch.write(&format!("bin/{name}"), format!("#!/bin/sh\n{script}\n")).unwrap();
    let path = scratch.join(&format!("bin/{name}"));
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o755)).unwrap();
}

#[test]
fn who_brings_the_collections_has_nothing_to_compare() {
    let scratch = introduced();
    git(&scratch, &["add", "spec", "xtask", "generated-client"]);
    git(&scratch, &["commit", "--quiet", "--message", "A client"]);
    let script = script(&scratch, "What changes");
    let done = run(&scratch, &script);
    assert_eq!((done.code, done.err.as_str()), (Some(0), ""), "{}", done.out);
    let comment = std::fs::read_to_string(scratch.join("diff.md")).unwrap();
    assert_eq!(comment, "<!-- postman-codegen diff -->\nThe clients are new.\n");

    git(&scratch, &["branch", "--force", "main"]);
    let more = bakery().replace(r#"\"count\": 0"#, r#"\"count\": 0, \"gift\": true"#);
    scratch.write("spec/Bakery.json", more).unwrap();
    let done = run(&scratch, &script);
    assert_eq!((done.code, done.err.as_str()), (Some(0), ""), "{}", done.out);
    let comment = std::fs::read_to_string(scratch.join("diff.md")).unwrap();
    assert!(comment.starts_with("<!-- postman-codegen diff -->\n## Changes of `"), "{comment}");
    assert!(comment.contains("**field-added**"), "{comment}");

    scratch.write("spec/Bakery.json", "{").unwrap();
    assert_eq!(run(&scratch, &script).code, Some(2), "what cannot be read is no comment");
}

#[test]
fn only_our_own_comment_is_written_again() {
    let scratch = introduced();
    let script = script(&scratch, "Comment");
    for (found, asked) in [
        (
            "41\n42",
            "api --method PATCH repos/team/clients/issues/comments/41 --field body=@diff.md",
        ),
        ("", "pr comment 7 --body-file diff.md"),
    ] {
        program(
            &scratch,
            "gh",
            &format!("echo \"$@\" >> asked\ncase \"$2\" in --paginate) printf '{found}' ;; esac"),
        );
        let done = run(&scratch, &script);
        assert_eq!((done.code, done.err.as_str()), (Some(0), ""), "{}", done.out);
        let said = std::fs::read_to_string(scratch.join("asked")).unwrap();
        assert!(said.lines().next().unwrap().contains("startswith(\"<!-- postman-codegen diff"));
        assert_eq!(said.lines().last(), Some(asked));
    }
}
