//! `cargo xtask codegen`: write the clients of the workspace's collections, and say what happened.

use crate::args::{Codegen, Inputs, Mode};
use crate::job::{Found, Job, Texts};
use crate::last_run::Said;
use crate::terminal::{Verbosity, complain, print};
use crate::{FAILED, check, last_run, lock, watch, workspace};
use postman_codegen::Generated;
use postman_codegen::diagnostic::{Diagnostic, Severity};
use postman_codegen::output::disk::{self, Edits, Prepared, Report};
use postman_codegen::summary::{Summary, counted};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// How many files of a kind are named, unless all are to be.
const FILES: usize = 20;

/// What is said of a run that compared digests and generated nothing.
const SAME: &str = "  the inputs and the generator are those of the last run, which said the same";

/// A collection, and where its client goes.
pub(crate) struct Target {
    pub(crate) job: Job,
    pub(crate) out: PathBuf,
}

/// A collection of the workspace that cannot be found.
pub(crate) struct Missing {
    pub(crate) spec: String,
    pub(crate) client: String,
    pub(crate) why: String,
}

impl Missing {
    fn because(&self) -> String {
        format!("error: {}\n", self.why)
    }
}

/// The collections that `flags` mean.
pub(crate) fn targets(flags: &Codegen) -> anyhow::Result<Vec<Result<Target, Missing>>> {
    let root = workspace::root_for(&flags.inputs, flags.out.as_deref())?;
    let found = Job::all(&root, &flags.inputs, flags.collection.as_deref())?;
    let Inputs { overlay, name, lock, .. } = &flags.inputs;
    let is_of_one = overlay.is_some() || name.is_some() || lock.is_some();
    if found.len() > 1 && (flags.out.is_some() || is_of_one) {
        anyhow::bail!("--out, --overlay, --name and --lock are about one collection; name it too");
    }
    let target = |Found { home, job }| {
        let out = |client: &Path| flags.out.clone().unwrap_or_else(|| client.to_owned());
        let shown = |path: &Path| workspace::shown(&root, path);
        match job {
            Ok(job) => Ok(Target { out: out(&job.client), job }),
            Err(error) => Err(Missing {
                spec: shown(&home.folder),
                client: shown(&out(&home.client)),
                why: format!("{error:#}"),
            }),
        }
    };
    Ok(found.into_iter().map(target).collect())
}

/// A client that can be written, or needs not to be.
enum Made<'a> {
    New(Box<New<'a>>),
    /// Nothing that goes in has changed since the last run, nor what came out.
    Same(&'a Target, Said, Report),
}

/// A client that can be written.
struct New<'a> {
    target: &'a Target,
    texts: Texts,
    generated: Generated,
    said: Said,
    files: Prepared<'a>,
}

/// Runs the command: whatever cannot be generated or written is found before anything is written.
pub(crate) fn run(flags: &Codegen) -> anyhow::Result<ExitCode> {
    if flags.mode == Mode::Check {
        return check::run(flags);
    }
    let targets = targets(flags)?;
    let edits = if flags.force { Edits::Overwrite } else { Edits::Keep };
    if flags.mode == Mode::Watch {
        return watched(targets, flags, edits);
    }
    let (mut made, mut refused) = (Vec::new(), Vec::new());
    for target in &targets {
        match target.as_ref().map_err(Missing::because).and_then(|it| make(it, flags, edits)) {
            Ok(one) => made.push(one),
            Err(why) => refused.push(why),
        }
    }
    refused.iter().for_each(|why| complain(why));
    if !refused.is_empty() {
        // One cause in one sentence says enough.
        if targets.len() > 1 || refused.iter().any(String::is_empty) {
            complain(&format!("nothing was written; {}\n", kept(&targets)));
        }
        return Ok(ExitCode::from(FAILED));
    }
    made.into_iter().try_for_each(|one| write(one, flags.inputs.verbosity))?;
    Ok(ExitCode::SUCCESS)
}

fn watched(
    targets: Vec<Result<Target, Missing>>,
    flags: &Codegen,
    edits: Edits,
) -> anyhow::Result<ExitCode> {
    let found: Result<Vec<Target>, Missing> = targets.into_iter().collect();
    let targets = found.map_err(|missing| anyhow::anyhow!("{}", missing.why))?;
    let package = flags.inputs.name.as_deref().unwrap_or_default();
    targets.iter().try_for_each(|target| refuse_another(target, flags, package))?;
    watch::run(&targets, edits)
}

/// Generates a client and looks whether it can be written, without writing it; what is wrong is a text.
fn make<'a>(target: &'a Target, flags: &Codegen, edits: Edits) -> Result<Made<'a>, String> {
    let Target { job, out } = target;
    let because = |error: anyhow::Error| format!("error: {error:#}\n");
    let texts = job.read().map_err(because)?;
    let last =
        (edits == Edits::Keep).then(|| last_run::same(target, &texts, flags.inputs.verbosity));
    if let Some((said, report)) = last.flatten() {
        complain(&said.findings);
        return Ok(Made::Same(target, said, report));
    }
    let generated = match job.generate(&texts) {
        Ok(generated) => generated,
        Err(found) => {
            complain(&job.told(&found, &texts));
            return Err(String::new());
        }
    };
    let said = said(job, &texts, &generated);
    complain(&said.findings);
    refuse_another(target, flags, &generated.names.package).map_err(because)?;
    let files = disk::prepare(out, &generated.files, edits);
    let files = files.map_err(|error| because(error.into()))?;
    Ok(Made::New(Box::new(New { target, texts, generated, said, files })))
}

/// What is printed of a client apart from its files.
fn said(job: &Job, texts: &Texts, generated: &Generated) -> Said {
    let Generated { draft, api, account, diagnostics, .. } = generated;
    let summary = Summary::of(draft, api, account).to_string();
    let mut summary: Vec<_> = summary.lines().map(|line| format!("  {line}")).collect();
    summary.extend(findings(diagnostics));
    Said { findings: job.told(diagnostics, texts), summary }
}

/// The clients, and a verb that goes with their number.
fn kept(targets: &[Result<Target, Missing>]) -> String {
    let out = |target: &Result<Target, Missing>| match target {
        Ok(target) => target.job.shown(&target.out),
        Err(missing) => missing.client.clone(),
    };
    let outs: Vec<_> = targets.iter().map(out).collect();
    let verb = if outs.len() == 1 { "is as it was" } else { "are as they were" };
    format!("{} {verb}", outs.join(", "))
}

/// A collection named by `--spec` does not take the place of another one's client, unless `--out` says so.
fn refuse_another(target: &Target, flags: &Codegen, package: &str) -> anyhow::Result<()> {
    let Target { job, out } = target;
    match workspace::package(out) {
        Some(other) if flags.inputs.spec.is_some() && flags.out.is_none() && other != package => {
            anyhow::bail!(
                "{} holds the package `{other}`, and this one is `{package}`: say with `--out` where it goes",
                job.shown(out)
            )
        }
        Some(_) | None => Ok(()),
    }
}

fn write(made: Made<'_>, verbosity: Verbosity) -> anyhow::Result<()> {
    let new = match made {
        Made::New(new) => *new,
        Made::Same(target, said, report) => {
            return tell(target, &said, &report, Some(SAME.to_owned()), verbosity);
        }
    };
    let New { target, texts, generated, said, files } = new;
    let report = files.publish()?;
    let lock = lock::write(&target.job, &generated, &texts)?;
    // What is said of names depends on the lock: a run that changed it is no measure of the next.
    if lock.is_none() {
        last_run::keep(target, &texts, verbosity, &said);
    }
    let lock = lock.map(|path| format!("{path}\n  written"));
    tell(target, &said, &report, lock, verbosity)
}

/// Prints what a run found, what it did to the files, and what there is to say at the end.
fn tell(
    target: &Target,
    said: &Said,
    report: &Report,
    end: Option<String>,
    verbosity: Verbosity,
) -> anyhow::Result<()> {
    if verbosity == Verbosity::Quiet {
        return Ok(());
    }
    let Target { job, out } = target;
    let mut lines = vec![job.shown(&job.spec)];
    lines.extend(said.summary.iter().cloned());
    lines.push(job.shown(out));
    let mut list = |paths: &[String], line: &dyn Fn(&str) -> String| {
        let shown = if verbosity == Verbosity::Verbose { paths.len() } else { FILES };
        lines.extend(paths.iter().take(shown).map(|path| line(path)));
        let more = paths.len().saturating_sub(shown);
        lines.extend((more > 0).then(|| format!("  and {more} more, -v shows all")));
    };
    list(&report.written, &|path| format!("  wrote {path}"));
    list(&report.removed, &|path| format!("  removed {path}"));
    list(&report.foreign, &|path| {
        format!("  left {path} alone, which the generator did not write")
    });
    lines.push(format!("  {}", outcome(report)));
    lines.extend(end);
    lines.push(String::new());
    print(&lines.join("\n"))
}

/// How many findings were printed before.
fn findings(found: &[Diagnostic]) -> Option<String> {
    let count = |severity| found.iter().filter(|finding| finding.severity == severity).count();
    let (warnings, notes) = (count(Severity::Warning), count(Severity::Note));
    let (some, warnings, notes) =
        (warnings + notes > 0, counted(warnings, "warning"), counted(notes, "note"));
    some.then(|| format!("  {warnings} and {notes}, see above"))
}

/// What happened to the files, in a few words.
pub(crate) fn outcome(report: &Report) -> String {
    let Report { written, removed, unchanged, .. } = report;
    if written.is_empty() && removed.is_empty() {
        return format!("nothing to do, all {unchanged} files are up to date");
    }
    let (written, removed) = (counted(written.len(), "file"), removed.len());
    format!("{written} written, {unchanged} unchanged, {removed} removed")
}

/// The command that writes what `flags` compare.
pub(crate) fn command(flags: &Codegen) -> String {
    let Inputs { spec, overlay, name, lock, renaming: _, verbosity: _ } = &flags.inputs;
    let mut words = vec!["cargo xtask codegen".to_owned()];
    words.extend(flags.collection.as_ref().map(|name| quoted(name)));
    let mut push = |flag, value: Option<String>| {
        words.extend(value.map(|value| format!("{flag} {}", quoted(&value))));
    };
    let path = |path: &Option<PathBuf>| path.as_ref().map(|path| path.display().to_string());
    push("--spec", path(spec));
    push("--overlay", path(overlay));
    push("--out", path(&flags.out));
    push("--name", name.clone());
    push("--lock", path(lock));
    words.join(" ")
}

/// As one word of a shell.
fn quoted(value: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || "/._-+=:@%,~\\".contains(c);
    if value.chars().all(plain) {
        value.to_owned()
    } else {
        format!("'{}'", value.replace('\'', r"'\''"))
    }
}
