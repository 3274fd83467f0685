//! `cargo xtask diff`: what changed between two editions of the client, and whether it breaks those who use it.

mod edition;
mod pair;
mod revision;
mod version;

pub(crate) use version::{Version, versions};

use crate::FAILED;
use crate::args::Command;
use crate::terminal::{Verbosity, complain, print, print_json};
use edition::Edition;
use lexopt::prelude::*;
use lexopt::{Error, Parser};
use pair::pairs;
use postman_codegen::diff::Verdict;
use postman_codegen::review::{Comparison, Report, Reports};
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
    pub(crate) verbosity: Verbosity,
    /// Which collection; all of them where nobody says.
    collection: Option<String>,
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
            Long("collection") => flags.collection = Some(parser.value()?.string()?),
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

/// Runs the command. What cannot be read is never "no changes": the exit code is 2, whatever else could be compared.
pub(crate) fn run(flags: &Flags) -> anyhow::Result<ExitCode> {
    let old = Edition::load(Some(&flags.old))?;
    let new = Edition::load(flags.new.as_deref())?;
    let pairs = pairs(&old, &new, flags.collection.as_deref())?;
    let outcomes: Vec<_> = pairs.iter().map(|pair| pair.compared(&old, &new)).collect();
    let (mut reports, mut failed) = (Vec::new(), Vec::new());
    for (pair, outcome) in pairs.iter().zip(&outcomes) {
        match outcome {
            Ok(comparison) => reports.push(pair.report(comparison, &old, &new)),
            Err(why) => failed.push(why),
        }
    }
    let labels = failed.iter().map(|failure| failure.label.clone()).collect();
    let extent = flags.verbosity.extent();
    let all =
        Reports { old: &old.label, new: &new.label, clients: reports, failed: labels, extent };
    if !all.clients.is_empty() && flags.verbosity != Verbosity::Quiet {
        match flags.format {
            Format::Text => print(&all.text())?,
            Format::Markdown => print(&all.markdown())?,
            Format::Json => print_json(&all.json())?,
        }
    }
    for failure in &failed {
        complain(&failure.findings);
        complain(&format!("error: {}\n", failure.why));
    }
    let is_failure = |report: &Report<'_>| {
        flags.fail_on.is_some_and(|fail_on| fail_on.is_failure(report.comparison))
    };
    Ok(match () {
        () if !failed.is_empty() => ExitCode::from(FAILED),
        () if all.clients.iter().any(is_failure) => ExitCode::FAILURE,
        () => ExitCode::SUCCESS,
    })
}
