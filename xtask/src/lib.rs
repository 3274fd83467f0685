//! The command line: `cargo xtask …` from anywhere in a workspace, as a library with one function.
//!
//! In: arguments. Out: calls of `postman-codegen`, text for a person, an exit code. Holds no logic that a test would want: that is the generator's.

mod account;
mod args;
mod bench;
mod check;
mod codegen;
mod corpus;
mod diff;
mod dump;
mod explain;
mod init;
mod job;
mod last_run;
mod learn;
mod lock;
mod replay;
mod scratch;
mod source;
mod suggest;
mod terminal;
mod watch;
mod wire;
mod workspace;

use args::Command;
use std::ffi::OsString;
use std::process::ExitCode;
use terminal::{complain, print};

/// The exit code of a command that could not do what it was asked, whatever the reason. 1 says that it could, and found a difference.
const FAILED: u8 = 2;

/// Runs the command line: the program's name and its arguments in, an exit code out.
///
/// A repository of its own needs no more than `xtask::run(std::env::args_os())` in its `xtask/src/main.rs`.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    let command = match args::parse(arguments) {
        Ok(command) => command,
        Err(error) => {
            complain(&format!("error: {error}\n\n{}\n", args::USAGE));
            return ExitCode::from(FAILED);
        }
    };
    match dispatch(&command) {
        Ok(code) => code,
        Err(error) => {
            complain(&format!("error: {error:#}\n"));
            ExitCode::from(FAILED)
        }
    }
}

fn dispatch(command: &Command) -> anyhow::Result<ExitCode> {
    match command {
        Command::Codegen(flags) => codegen::run(flags),
        Command::Diff(flags) => diff::run(flags),
        Command::Lock(flags) => lock::run(flags),
        Command::Account(flags) => account::run(flags),
        Command::Dump(flags) => dump::run(flags),
        Command::Init(flags) => init::run(flags),
        Command::Explain(flags) => explain::run(flags),
        Command::Suggest(inputs) => suggest::run(inputs),
        Command::Wire(flags) => wire::run(flags),
        Command::Corpus(flags) => corpus::run(flags),
        Command::Learn(flags) => learn::run(flags),
        Command::Replay(flags) => replay::run(flags),
        Command::Bench(flags) | Command::Fuzz(flags) => bench::run(flags),
        Command::Help => {
            print(&format!("{}\n", args::USAGE))?;
            Ok(ExitCode::SUCCESS)
        }
    }
}
