//! The committed client compiles without a warning whatever features a service picks.

use integration_tests::root;
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
