//! Clients compile without a warning whatever features a service picks.

use crate::scratch_workspace::Scratch;
use integration_tests::root;
use postman_codegen::wire::scratch::{Client, Member, workspace};
use postman_codegen::{Input, generate};
use std::fs;
use std::process::Command;

/// Features that turn on nothing else: the folders', and `test_util`.
fn alone() -> Vec<String> {
    let manifest = fs::read_to_string(root().join("generated-client/Cargo.toml")).unwrap();
    let names = manifest.lines().filter_map(|line| line.strip_suffix(" = []"));
    names.map(str::to_owned).collect()
}

#[test]
fn every_choice_of_features_compiles() {
    let alone = alone();
    assert!(alone.len() > 16, "{alone:?}");
    let mut choices: Vec<Vec<&str>> = vec![
        vec!["--no-default-features"],
        vec!["--no-default-features", "--features", "reqwest"],
        vec!["--features", "blocking"],
        vec!["--no-default-features", "--features", "aws_v4"],
        vec!["--no-default-features", "--features", "digest"],
        vec!["--no-default-features", "--features", "tracing"],
        vec!["--all-features"],
    ];
    choices.extend(alone.iter().map(|it| vec!["--no-default-features", "--features", it]));
    // Its own folder: other flags would have the workspace built again.
    let target = root().join("target/features");
    for choice in &choices {
        let checked = Command::new(env!("CARGO"))
            .args(["check", "--quiet", "--locked", "--package", "auth0-management"])
            .args(choice)
            .current_dir(root())
            .env("CARGO_TARGET_DIR", &target)
            .env("RUSTFLAGS", "-D warnings")
            .output()
            .unwrap();
        assert!(
            checked.status.success(),
            "{choice:?}\n{}",
            String::from_utf8_lossy(&checked.stderr)
        );
    }
    println!("choices of features: {}", choices.len());
}

#[test]
fn the_programs_compile_and_the_one_without_a_network_runs() {
    let target = root().join("target/features");
    let cargo = |words: &[&str]| {
        Command::new(env!("CARGO"))
            .args(words)
            .args(["--quiet", "--locked", "--package", "auth0-management"])
            .args(["--features", "test_util"])
            .current_dir(root())
            .env("CARGO_TARGET_DIR", &target)
            .env("RUSTFLAGS", "-D warnings")
            .output()
            .unwrap()
    };
    let checked = cargo(&["check", "--examples"]);
    assert!(checked.status.success(), "{}", String::from_utf8_lossy(&checked.stderr));
    let ran = cargo(&["run", "--example", "offline"]);
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
    let printed = String::from_utf8_lossy(&ran.stdout);
    assert!(printed.starts_with("200 OK"), "{printed}");
}

/// The setters of a scheme stand behind its feature, with all that they alone import.
#[test]
fn every_choice_of_schemes_compiles() {
    let path = root().join("tests/golden/signed/collection.json");
    let spec = fs::read_to_string(path).unwrap();
    let input = Input { spec_name: "collection.json", spec: &spec, ..Input::default() };
    let generated = generate(&input).unwrap();
    let package = &generated.names.package;
    let client = Client::Emitted(&generated.files);
    let member = Member { id: "signed", package, client, driver: None };
    let scratch = Scratch::new(&root(), "features", None).unwrap();
    scratch.write(&workspace(&[member], &[])).unwrap();
    for features in ["", "boxes,keys", "digest,keys", "aws_v4,boxes", "aws_v4,digest,tracing"] {
        let words =
            ["check", "--package", package, "--no-default-features", "--features", features];
        let complaints = scratch.cargo(&words).unwrap();
        assert!(complaints.is_empty(), "{features}: {complaints:#?}");
    }
}
