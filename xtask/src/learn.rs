//! `cargo xtask learn`: recorded traffic becomes evidence beside the collection.

use crate::FAILED;
use crate::args::Inputs;
use crate::job::Job;
use crate::terminal::{complain, print};
use anyhow::{Context as _, anyhow, bail};
use lexopt::Parser;
use lexopt::prelude::*;
use postman_codegen::api::Api;
use postman_codegen::diagnostic::Diagnostic;
use postman_codegen::evidence::{self, Evidence, file};
use postman_codegen::infer::{self, Reasoning};
use postman_codegen::output::disk;
use postman_codegen::pipeline::Lowered;
use postman_codegen::postman::decode;
use postman_codegen::{Input, hash, learn};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Flags of `learn`.
#[derive(Default)]
pub(crate) struct Flags {
    pub(crate) inputs: Inputs,
    sources: Vec<PathBuf>,
    hosts: Vec<String>,
    dry_run: bool,
}

/// Reads the flags.
pub(crate) fn parse(mut parser: Parser) -> Result<Flags, lexopt::Error> {
    let mut flags = Flags::default();
    while let Some(argument) = parser.next()? {
        match argument {
            Long("dry-run") => flags.dry_run = true,
            Long("host") => flags.hosts.push(parser.value()?.string()?.to_ascii_lowercase()),
            Value(path) => flags.sources.push(path.into()),
            Short(_) | Long(_) => return Err(argument.unexpected()),
        }
    }
    if flags.sources.is_empty() {
        return Err("name at least one recording".into());
    }
    Ok(flags)
}

/// Runs the command: all sources are read before anything is written.
pub(crate) fn run(flags: &Flags) -> anyhow::Result<ExitCode> {
    let job = Job::new(&flags.inputs)?;
    let texts = job.read()?;
    let mut wrong = Vec::new();
    let Some(subject) = noted(&mut wrong, KnownApi::new(&job.input(&texts))) else {
        job.complain(&wrong, &texts);
        return Ok(ExitCode::from(FAILED));
    };
    let mut files = Vec::new();
    for source in &flags.sources {
        files.push(learn(&job, source, &subject.api, &flags.hosts)?);
    }
    let folder = job.evidence.clone().unwrap_or_else(|| job.root.join("spec/evidence"));
    let mut is_any = false;
    for Source { shown, id, learned } in files {
        let path = folder.join(format!("{id}.json"));
        let (news, candidates) = subject.news(&learned.evidence);
        print(&format!("{shown}: {}", learn::report(&learned, &news, &candidates)))?;
        is_any |= !learned.matched.is_empty();
        if !flags.dry_run && !learned.matched.is_empty() {
            print(&write(&job, &path, &file::write(&learned.evidence))?)?;
        }
    }
    if !is_any {
        bail!(
            "nothing was learned; record traffic of the service whose collection is {}",
            job.shown(&job.spec)
        );
    }
    Ok(ExitCode::SUCCESS)
}

/// A recording, and what it teaches.
struct Source {
    shown: String,
    /// Name of its evidence file.
    id: String,
    learned: learn::Learned,
}

fn learn(job: &Job, path: &Path, api: &Api, hosts: &[String]) -> anyhow::Result<Source> {
    let shown = job.shown(path);
    let bytes = std::fs::read(path).with_context(|| format!("cannot read {shown}"))?;
    let id = hash::source_name(&bytes);
    let text = String::from_utf8(bytes).or_else(|error| decode(error.as_bytes()));
    let text = text.map_err(|error| {
        anyhow!("{shown}: nothing was learned: {error}; name a HAR or JSON lines")
    })?;
    let learned = learn::learn_from(&shown, &text, api, hosts).map_err(|finding| {
        complain(&finding.render(&shown, &text));
        anyhow!("nothing was learned; the evidence is as it was")
    })?;
    Ok(Source { shown, id, learned })
}

/// Writes an evidence file, unless it is there already.
fn write(job: &Job, path: &Path, text: &str) -> anyhow::Result<String> {
    let shown = job.shown(path);
    if std::fs::read_to_string(path).is_ok_and(|found| found == text) {
        return Ok(format!("{shown} is unchanged\n"));
    }
    // A file that is cut off would stop the next run: it is whole before it has its name.
    disk::file(path, text)?;
    Ok(format!("wrote {shown}; now run `cargo xtask codegen`\n"))
}

/// The API that traffic is matched with.
struct KnownApi<'a> {
    lowered: Lowered<'a>,
    evidence: Evidence,
    api: Api,
}

impl<'a> KnownApi<'a> {
    fn new(input: &Input<'a>) -> Result<Self, Vec<Diagnostic>> {
        let lowered = Lowered::new(input)?;
        let evidence = evidence::joined(&lowered.sources()?).into_owned();
        let api = lowered.infer(&evidence, Reasoning::Left).api;
        Ok(Self { lowered, evidence, api })
    }

    /// What `more` adds to what was known, and what looks like an enumeration in it.
    fn news(&self, more: &Evidence) -> (Vec<String>, Vec<infer::Candidate>) {
        let mut evidence = self.evidence.clone();
        evidence.join(more.clone());
        let after = self.lowered.infer(&evidence, Reasoning::Left);
        let (corrected, _) = self.lowered.correct(after.api.clone());
        let candidates = infer::still_text(&corrected, after.candidates);
        (learn::news(&self.api, &after.api), candidates)
    }
}

fn noted<T>(found: &mut Vec<Diagnostic>, result: Result<T, Vec<Diagnostic>>) -> Option<T> {
    result.map_err(|wrong| found.extend(wrong)).ok()
}
