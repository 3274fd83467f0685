//! The lock of names beside a collection: written after its client, compared by `--check`, and freed by `cargo xtask lock --prune` of names that nothing has now.

use crate::args::Inputs;
use crate::job::{Found, Job, Texts};
use crate::terminal::{Verbosity, complain, print};
use crate::{FAILED, workspace};
use anyhow::Context as _;
use lexopt::Parser;
use lexopt::prelude::*;
use postman_codegen::Generated;
use postman_codegen::name::{Lock, pruned};
use postman_codegen::output::{Difference, Drift, State, disk};
use postman_codegen::summary::counted;
use std::collections::BTreeSet;
use std::path::Path;
use std::process::ExitCode;

/// How many names are printed, unless all are to be.
const NAMES: usize = 20;

/// Flags of `lock`.
#[derive(Default)]
pub(crate) struct Flags {
    pub(crate) inputs: Inputs,
    /// Which collection of the workspace; all of them where nobody says.
    collection: Option<String>,
    prune: bool,
}

/// Reads the flags.
pub(crate) fn parse(mut parser: Parser) -> Result<Flags, lexopt::Error> {
    let mut flags = Flags::default();
    while let Some(argument) = parser.next()? {
        match argument {
            Long("prune") => flags.prune = true,
            Long("spec") => flags.inputs.spec = Some(parser.value()?.into()),
            Long("overlay") => flags.inputs.overlay = Some(parser.value()?.into()),
            Long("lock") => flags.inputs.lock = Some(parser.value()?.into()),
            Value(name) if flags.collection.is_none() => {
                flags.collection = Some(name.string()?);
            }
            Short(_) | Long(_) | Value(_) => return Err(argument.unexpected()),
        }
    }
    if flags.collection.is_some() && flags.inputs.spec.is_some() {
        return Err("a collection is named either by --spec or by its name".into());
    }
    Ok(flags)
}

/// Runs the command: every lock is read before one is written.
pub(crate) fn run(flags: &Flags) -> anyhow::Result<ExitCode> {
    let root = workspace::root()?;
    let mut ready = Vec::new();
    for Found { job, .. } in Job::all(&root, &flags.inputs, flags.collection.as_deref())? {
        let job = job?;
        let texts = job.read()?;
        match job.generate(&texts) {
            Ok(generated) => ready.push((job, texts, generated)),
            Err(found) => {
                job.complain(&found, &texts);
                complain("no lock was changed\n");
                return Ok(ExitCode::from(FAILED));
            }
        }
    }
    for (job, texts, mut generated) in ready {
        let pruned = pruned(&generated.api, &generated.names, &generated.lock);
        let shown = job.lock.as_ref().map(|path| job.shown(path));
        let shown = shown.context("this collection has no lock; name one with --lock FILE")?;
        let told = told(&generated.lock, &pruned, flags.inputs.verbosity);
        let outcome = if flags.prune { "forgotten" } else { "kept for what is gone" };
        let count = counted(told.1, "name");
        print(&format!("{shown}: {count} {outcome}\n{}", told.0))?;
        if flags.prune && told.1 > 0 {
            generated.lock = pruned;
            write(&job, &generated, &texts)?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// The lines of `lock` that are not in `pruned`, of many the first, and how many there are.
fn told(lock: &Lock, pruned: &Lock, verbosity: Verbosity) -> (String, usize) {
    let left: BTreeSet<String> = pruned.lines().collect();
    let gone: Vec<String> = lock.lines().filter(|line| !left.contains(line)).collect();
    let count = if verbosity == Verbosity::Verbose { gone.len() } else { NAMES };
    let mut text: String = gone.iter().take(count).map(|line| format!("  {line}\n")).collect();
    let more = gone.len().saturating_sub(count);
    if more > 0 {
        text += &format!("  and {more} more, -v shows all\n");
    }
    (text, gone.len())
}

/// Writes the lock where it says something else than before; returns its path as it is printed then.
pub(crate) fn write(
    job: &Job,
    generated: &Generated,
    texts: &Texts,
) -> anyhow::Result<Option<String>> {
    let text = generated.lock.to_string();
    let path = job.lock.as_ref().filter(|_| texts.lock.as_deref() != Some(text.as_str()));
    let Some(path) = path else { return Ok(None) };
    let name = path.file_name().and_then(|name| name.to_str()).context("--lock names no file")?;
    let folder = path.parent().filter(|folder| folder.parent().is_some());
    disk::replace(folder.unwrap_or(Path::new(".")), name, &text)?;
    Ok(Some(job.shown(path)))
}

/// How the lock on disk differs from what would be written, and the folder it lies in.
pub(crate) fn drift(
    job: &Job,
    generated: &Generated,
    texts: &Texts,
) -> Option<(String, Drift<'static>)> {
    let expected = generated.lock.to_string();
    let path = job.lock.as_ref().filter(|_| texts.lock.as_deref() != Some(expected.as_str()))?;
    let shown = job.shown(path);
    let (folder, name) = shown.rsplit_once('/').unwrap_or((".", &shown));
    let state = if texts.lock.is_some() { State::Stale } else { State::Missing };
    let found = texts.lock.clone();
    let difference =
        Difference { path: name.to_owned(), state, found, expected: Some(expected.into()) };
    Some((folder.to_owned(), Drift { differences: vec![difference], unchanged: 0 }))
}
