//! One binary for the tests that need the workspace or the whole pipeline; a module a topic.

mod again;
mod circles;
mod cli;
mod comment;
mod compile_fail;
mod compiled;
mod consumer;
mod determinism;
mod diff;
mod disk;
mod explain;
mod features;
mod folders;
mod freshness;
mod golden;
mod inference;
mod init;
mod last_run;
mod learn;
mod licences;
mod lock;
mod mutations;
mod overlay;
mod payloads;
mod probes;
mod regeneration;
mod roundtrip;
mod secrets;
mod suggest;
mod terminal;
mod tidy;
mod told;
mod types;
mod verdicts;
mod watch;
mod wire;
mod work;
#[cfg(unix)]
mod workflow;

#[allow(dead_code, reason = "the command line needs more of it than the tests")]
#[path = "../../xtask/src/scratch.rs"]
mod scratch_workspace;

use integration_tests::Finished;
use std::path::Path;

/// The command line's program.
const XTASK: &str = env!("CARGO_BIN_EXE_xtask-under-test");

/// Runs the command line in `folder`.
fn xtask(folder: &Path, arguments: &[&str]) -> Finished {
    integration_tests::run(XTASK, folder, arguments).unwrap()
}
