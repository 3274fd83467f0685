//! `cargo xtask explain`: why something in the client is what it is.

use crate::FAILED;
use crate::args::{Command, Inputs};
use crate::job::Job;
use crate::terminal::print;
use lexopt::prelude::*;
use lexopt::{Error, Parser};
use postman_codegen::explain::Paths;
use std::path::PathBuf;
use std::process::ExitCode;

/// Flags of `explain`.
#[derive(Default)]
pub(crate) struct Flags {
    pub(crate) inputs: Inputs,
    out: Option<PathBuf>,
    key: String,
}

/// Reads the flags; the words of a key need no quotes.
pub(crate) fn parse(mut parser: Parser) -> Result<Command, Error> {
    let mut flags = Flags::default();
    let mut words: Vec<String> = Vec::new();
    while let Some(argument) = parser.next()? {
        match argument {
            Long("spec") => flags.inputs.spec = Some(parser.value()?.into()),
            Long("overlay") => flags.inputs.overlay = Some(parser.value()?.into()),
            Long("name") => flags.inputs.name = Some(parser.value()?.string()?),
            Long("out") => flags.out = Some(parser.value()?.into()),
            Value(word) => words.push(word.string()?),
            Short(_) | Long(_) => return Err(argument.unexpected()),
        }
    }
    if words.is_empty() {
        return Err("a key is missing; `cargo xtask dump --stage infer` prints all".into());
    }
    flags.key = words.join(" ");
    Ok(Command::Explain(flags))
}

/// Runs the command.
pub(crate) fn run(flags: &Flags) -> anyhow::Result<ExitCode> {
    let job = Job::new(&flags.inputs)?;
    let texts = job.read()?;
    let shown = |path: &PathBuf| job.shown(path);
    let spec = job.shown(&job.spec);
    let overlay = job.overlay.as_ref().map(shown).unwrap_or_default();
    let client = shown(flags.out.as_ref().unwrap_or(&job.client));
    let paths = Paths { spec: &spec, overlay: &overlay, client: &client };
    match postman_codegen::explain(&job.input(&texts), paths, &flags.key) {
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
