//! `cargo xtask diff`: what changed between two editions of the client, and whether it breaks those who use it.

mod edition;
mod revision;

use crate::FAILED;
use crate::args::Command;
use crate::terminal::{complain, print, print_json};
use edition::Edition;
use lexopt::prelude::*;
use lexopt::{Error, Parser};
use postman_codegen::diff::Verdict;
use postman_codegen::review::{self, Comparison, Report, Which};
use std::ffi::OsString;
use std::process::ExitCode;
use std::str::FromStr;

/// Flags of `diff`.
#[derive(Default)]
pub(crate) struct Flags {
    old: OsString,
    /// The working tree where it is missing.
    new: Option<OsString>,
    format: Format,
    fail_on: Option<FailOn>,
}

/// How the changes are printed.
#[derive(Clone, Copy, Default)]
enum Format {
    /// For a terminal.
    #[default]
    Text,
    /// For a comment on a pull request.
    Markdown,
    /// For machines.
    Json,
}

impl FromStr for Format {
    type Err = &'static str;

    fn from_str(word: &str) -> Result<Self, Self::Err> {
        match word {
            "text" => Ok(Self::Text),
            "markdown" => Ok(Self::Markdown),
            "json" => Ok(Self::Json),
            _ => Err("the formats are text, markdown and json"),
        }
    }
}

/// From which verdict on the exit code is 1.
#[derive(Clone, Copy)]
enum FailOn {
    Breaking,
    Additive,
    Any,
}

impl FromStr for FailOn {
    type Err = &'static str;

    fn from_str(word: &str) -> Result<Self, Self::Err> {
        match word {
            "breaking" => Ok(Self::Breaking),
            "additive" => Ok(Self::Additive),
            "any" => Ok(Self::Any),
            _ => Err("it fails on breaking, additive or any"),
        }
    }
}

impl FailOn {
    fn is_failure(self, comparison: &Comparison) -> bool {
        match self {
            Self::Breaking => comparison.verdict() >= Verdict::Breaking,
            Self::Additive => comparison.verdict() >= Verdict::Additive,
            Self::Any => !comparison.changes.is_empty(),
        }
    }
}

/// Reads the flags.
pub(crate) fn parse(mut parser: Parser) -> Result<Command, Error> {
    let (mut flags, mut editions) = (Flags::default(), Vec::new());
    while let Some(argument) = parser.next()? {
        match argument {
            Long("format") => flags.format = parser.value()?.parse()?,
            Long("fail-on") => flags.fail_on = Some(parser.value()?.parse()?),
            Value(edition) if editions.len() < 2 => editions.push(edition),
            Short(_) | Long(_) | Value(_) => return Err(argument.unexpected()),
        }
    }
    let mut editions = editions.into_iter();
    flags.old = editions
        .next()
        .ok_or("an edition is missing: a git revision, a folder like spec/, or a collection")?;
    flags.new = editions.next();
    Ok(Command::Diff(flags))
}

/// Runs the command. What cannot be read is never "no changes": the exit code is 2.
pub(crate) fn run(flags: &Flags) -> ExitCode {
    match compared(flags) {
        Ok(code) => code,
        Err(error) => {
            complain(&format!("error: {error:#}\n"));
            ExitCode::from(FAILED)
        }
    }
}

fn compared(flags: &Flags) -> anyhow::Result<ExitCode> {
    let old = Edition::load(Some(&flags.old))?;
    let new = Edition::load(flags.new.as_deref())?;
    let recorded = old.recorded.as_deref();
    let comparison = match review::compare(&old.input(), &new.input(), recorded) {
        Ok(comparison) => comparison,
        Err(unreadable) => {
            let edition = match unreadable.which {
                Which::Old => &old,
                Which::New => &new,
            };
            unreadable.found.iter().for_each(|finding| complain(&edition.render(finding)));
            anyhow::bail!("{} cannot be read, so nothing was compared", edition.label);
        }
    };
    let report = Report { comparison: &comparison, old: old.shown(), new: new.shown() };
    match flags.format {
        Format::Text => print(&report.text()),
        Format::Markdown => print(&report.markdown()),
        Format::Json => print_json(&report.json()),
    }
    let is_failure = flags.fail_on.is_some_and(|it| it.is_failure(&comparison));
    Ok(if is_failure { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}
