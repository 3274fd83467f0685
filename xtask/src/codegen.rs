//! `cargo xtask codegen`: write the clients of the workspace's collections, and say what happened.

use crate::args::{Codegen, Inputs, Mode};
use crate::job::{Job, Texts};
use crate::terminal::{Verbosity, complain, print};
use crate::{FAILED, check, watch, workspace};
use postman_codegen::Generated;
use postman_codegen::diagnostic::{Diagnostic, Severity};
use postman_codegen::output::disk::{self, Edits, Report};
use postman_codegen::summary::{Summary, counted};
use std::path::PathBuf;
use std::process::ExitCode;

/// How many files of a kind are named, unless all are to be.
const FILES: usize = 20;

/// A collection, and where its client goes.
pub(crate) struct Target {
    pub(crate) job: Job,
    pub(crate) out: PathBuf,
}

/// The collections that `flags` mean.
pub(crate) fn targets(flags: &Codegen) -> anyhow::Result<Vec<Target>> {
    let jobs = Job::all(&flags.inputs, flags.collection.as_deref())?;
    let Inputs { overlay, name, .. } = &flags.inputs;
    if jobs.len() > 1 && (flags.out.is_some() || overlay.is_some() || name.is_some()) {
        anyhow::bail!("--out, --overlay and --name are about one collection; name it too");
    }
    let out = |job: &Job| flags.out.clone().unwrap_or_else(|| job.client.clone());
    Ok(jobs.into_iter().map(|job| Target { out: out(&job), job }).collect())
}

/// Runs the command: whatever cannot be generated is found before anything is written.
pub(crate) fn run(flags: &Codegen) -> anyhow::Result<ExitCode> {
    if flags.mode == Mode::Check {
        return check::run(flags);
    }
    let targets = targets(flags)?;
    let edits = if flags.force { Edits::Overwrite } else { Edits::Keep };
    if flags.mode == Mode::Watch {
        let package = flags.inputs.name.as_deref().unwrap_or_default();
        targets.iter().try_for_each(|target| refuse_another(target, flags, package))?;
        return watch::run(&targets, edits);
    }
    let (mut made, mut is_refused) = (Vec::new(), false);
    for target in &targets {
        let texts = target.job.read()?;
        match target.job.generate(&texts) {
            Ok(generated) => {
                target.job.complain(&generated.diagnostics, &texts);
                made.push((target, texts, generated));
            }
            Err(found) => {
                target.job.complain(&found, &texts);
                is_refused = true;
            }
        }
    }
    if is_refused {
        complain(&format!("nothing was written; {}\n", kept(&targets)));
        return Ok(ExitCode::from(FAILED));
    }
    for (target, _, generated) in &made {
        refuse_another(target, flags, &generated.names.package)?;
    }
    for (target, texts, generated) in &made {
        write(target, generated, texts, edits, flags.inputs.verbosity)?;
    }
    Ok(ExitCode::SUCCESS)
}

/// The clients, and a verb that goes with their number.
fn kept(targets: &[Target]) -> String {
    let outs: Vec<_> = targets.iter().map(|target| target.job.shown(&target.out)).collect();
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

fn write(
    target: &Target,
    generated: &Generated,
    texts: &Texts,
    edits: Edits,
    verbosity: Verbosity,
) -> anyhow::Result<()> {
    let Target { job, out } = target;
    let report = disk::sync(out, &generated.files, edits)?;
    if verbosity == Verbosity::Quiet {
        return Ok(());
    }
    let Generated { draft, api, account, .. } = generated;
    let summary = Summary::of(&texts.spec, draft, api, account).to_string();
    let mut lines = vec![job.shown(&job.spec)];
    lines.extend(summary.lines().map(|line| format!("  {line}")));
    lines.extend(findings(&generated.diagnostics));
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
    lines.push(format!("  {}\n", outcome(&report)));
    print(&lines.join("\n"));
    Ok(())
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
    let Inputs { spec, overlay, name, verbosity: _ } = &flags.inputs;
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
