//! Shared parts of the integration tests: where the workspace lies, folders to write to, and the command line as a process.

mod command;
mod scratch;

pub use command::{Finished, Running, run};
pub use scratch::Scratch;

use std::path::{Path, PathBuf};

/// The folder of the workspace.
#[must_use]
pub fn root() -> PathBuf {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    package.parent().unwrap_or(package).to_owned()
}

/// The text of a file in `tests/fixtures`; empty if there is none.
#[must_use]
pub fn fixture(name: &str) -> String {
    let path = root().join("tests/fixtures").join(name);
    std::fs::read_to_string(path).unwrap_or_default()
}

/// The collection of `tests/fixtures` that most tests start from: seven requests in two folders.
#[must_use]
pub fn bakery() -> String {
    fixture("bakery.postman_collection.json")
}

/// The examples of the README, compiled by `cargo test --doc`.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
pub struct Readme;
