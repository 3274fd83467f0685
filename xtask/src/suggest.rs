//! `cargo xtask suggest`: corrections that the collection's own words ask for, to read and to paste.

use crate::FAILED;
use crate::args::{Command, Inputs};
use crate::job::Job;
use crate::terminal::print;
use lexopt::prelude::*;
use lexopt::{Error, Parser};
use std::process::ExitCode;

/// Reads the flags.
pub(crate) fn parse(mut parser: Parser) -> Result<Command, Error> {
    let mut inputs = Inputs::default();
    while let Some(argument) = parser.next()? {
        match argument {
            Long("spec") => inputs.spec = Some(parser.value()?.into()),
            Long("overlay") => inputs.overlay = Some(parser.value()?.into()),
            Short(_) | Long(_) | Value(_) => return Err(argument.unexpected()),
        }
    }
    Ok(Command::Suggest(inputs))
}

/// Runs the command; nothing is changed.
pub(crate) fn run(inputs: &Inputs) -> anyhow::Result<ExitCode> {
    let job = Job::new(inputs)?;
    let texts = job.read()?;
    match postman_codegen::suggest(&job.input(&texts), &job.shown(&job.spec)) {
        Ok(text) => {
            print(&text)?;
            Ok(ExitCode::SUCCESS)
        }
        Err(found) => {
            job.complain(&found, &texts);
            Ok(ExitCode::from(FAILED))
        }
    }
}
