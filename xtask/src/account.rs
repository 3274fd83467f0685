//! `cargo xtask account`: what became of every request, parameter, script, variable and other member of the collection.

use crate::FAILED;
use crate::args::Inputs;
use crate::job::Job;
use crate::terminal::{Verbosity, print, print_json};
use lexopt::Parser;
use lexopt::prelude::*;
use std::process::ExitCode;

/// How it is printed.
#[derive(Clone, Copy, Default)]
enum Format {
    #[default]
    Text,
    Markdown,
    Json,
}

/// Flags of `account`.
#[derive(Default)]
pub(crate) struct Flags {
    pub(crate) inputs: Inputs,
    format: Format,
}

/// Reads the flags.
pub(crate) fn parse(mut parser: Parser) -> Result<Flags, lexopt::Error> {
    let mut flags = Flags::default();
    while let Some(argument) = parser.next()? {
        match argument {
            Long("spec") => flags.inputs.spec = Some(parser.value()?.into()),
            Long("format") => {
                flags.format = match parser.value()?.string()?.as_str() {
                    "text" => Format::Text,
                    "markdown" => Format::Markdown,
                    "json" => Format::Json,
                    _ => return Err("the formats are text, markdown and json".into()),
                }
            }
            Short(_) | Long(_) | Value(_) => return Err(argument.unexpected()),
        }
    }
    Ok(flags)
}

/// Runs the command; nothing is changed.
pub(crate) fn run(flags: &Flags) -> anyhow::Result<ExitCode> {
    let job = Job::new(&flags.inputs)?;
    let texts = job.read()?;
    let shown = job.shown(&job.spec);
    match postman_codegen::account(&job.input(&texts), &shown) {
        Ok(report) => {
            let is_whole = flags.inputs.verbosity == Verbosity::Verbose;
            match flags.format {
                Format::Text => print(&report.text(is_whole))?,
                Format::Markdown => print(&report.markdown())?,
                Format::Json => print_json(&format!("{:#}\n", report.json()))?,
            }
            Ok(ExitCode::SUCCESS)
        }
        Err(found) => {
            job.complain(&found, &texts);
            Ok(ExitCode::from(FAILED))
        }
    }
}
