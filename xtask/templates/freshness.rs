//! A changed collection cannot be forgotten: a committed client that is stale turns the tests red, and is written anew unless this is CI.

use std::path::Path;
use std::process::{Command, Output};

fn codegen(flags: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_workspace-xtask"));
    command.arg("codegen").args(flags).current_dir(Path::new(env!("CARGO_MANIFEST_DIR")));
    command.output().expect("the command line runs")
}

#[test]
fn the_committed_clients_are_fresh() {
    let checked = codegen(&["--check"]);
    if checked.status.success() {
        return;
    }
    let is_ci = std::env::var_os("CI").is_some_and(|value| !value.is_empty());
    let is_written = !is_ci && codegen(&["--quiet"]).status.success();
    panic!(
        "a client is not what its collection says{}\n{}{}",
        if is_written { "; it is written anew, commit it" } else { "" },
        String::from_utf8_lossy(&checked.stdout),
        String::from_utf8_lossy(&checked.stderr),
    );
}
