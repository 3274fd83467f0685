//! The licences that the emitted crate brings: those that people read in `SECURITY.md`.

use integration_tests::root;
use std::collections::BTreeSet;
use std::fs;
use std::process::Command;

#[test]
fn the_list_of_licences_is_the_one_that_people_read() {
    let tree = Command::new(env!("CARGO"))
        .args(["tree", "--locked", "--edges", "normal", "--package", "auth0-management"])
        .args(["--all-features", "--target", "all", "--prefix", "none", "--format", "{l}"])
        .current_dir(root())
        .output()
        .unwrap();
    assert!(tree.status.success(), "{}", String::from_utf8_lossy(&tree.stderr));
    let text = String::from_utf8(tree.stdout).unwrap();
    let lines = text.lines().map(|line| line.trim_end_matches(" (*)").replace('/', " OR "));
    // `MIT / Apache-2.0` is the old way to write an alternative.
    let lines = lines.map(|line| line.replace("  OR  ", " OR "));
    let found: BTreeSet<String> = lines.filter(|line| !line.is_empty()).collect();
    let security = fs::read_to_string(root().join("SECURITY.md")).unwrap();
    let list = security.split("## Licences").nth(1).unwrap().split("\n## ").next().unwrap();
    let told: BTreeSet<String> = list
        .lines()
        .filter_map(|line| Some(line.strip_prefix("- `")?.strip_suffix('`')?.to_owned()))
        .collect();
    assert_eq!(found, told);
}
