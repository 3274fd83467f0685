//! The command line: `cargo xtask …` from anywhere in a workspace, as a library with one function.
//!
//! In: arguments. Out: calls of `postman-codegen`, text for a person, an exit code. Holds no logic that a test would want: that is the generator's.

mod args;
mod codegen;
mod corpus;
mod diff;
mod dump;
mod explain;
mod job;
mod learn;
mod replay;
mod scratch;
mod source;
mod suggest;
mod watch;
mod wire;
mod workspace;

use args::Command;
use std::ffi::OsString;
use std::io::Write as _;
use std::process::ExitCode;

/// Runs the command line: the program's name and its arguments in, an exit code out.
///
/// A repository of its own needs no more than `xtask::run(std::env::args_os())` in its `xtask/src/main.rs`.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    let command = match args::parse(lexopt::Parser::from_iter(arguments)) {
        Ok(command) => command,
        Err(error) => {
            eprintln!("error: {error}\n\n{}", args::USAGE);
            return ExitCode::from(2);
        }
    };
    match dispatch(&command) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn dispatch(command: &Command) -> anyhow::Result<ExitCode> {
    match command {
        Command::Codegen(flags) => codegen::run(flags),
        Command::Diff(flags) => Ok(diff::run(flags)),
        Command::Dump(flags) => dump::run(flags),
        Command::Explain(flags) => explain::run(flags),
        Command::Suggest(inputs) => suggest::run(inputs),
        Command::Wire(flags) => wire::run(flags),
        Command::Corpus(flags) => corpus::run(flags),
        Command::Learn(flags) => learn::run(flags),
        Command::Replay(flags) => replay::run(flags),
        Command::Help => {
            print(&format!("{}\n", args::USAGE));
            Ok(ExitCode::SUCCESS)
        }
    }
}

/// Prints to standard output; that a reader (`| head`) has seen enough is no failure.
fn print(text: &str) {
    let _ = std::io::stdout().lock().write_all(text.as_bytes());
}
