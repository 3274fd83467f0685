//! `cargo xtask codegen`: write or compare the client once, and say what happened.

use crate::args::{Codegen, Inputs, Mode};
use crate::job::{Job, Texts};
use crate::{print, watch};
use postman_codegen::Generated;
use postman_codegen::diagnostic::{Diagnostic, Severity};
use postman_codegen::output::disk::{self, Edits, Report};
use postman_codegen::summary::{Summary, counted};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Runs the command.
pub(crate) fn run(flags: &Codegen) -> anyhow::Result<ExitCode> {
    let job = Job::new(&flags.inputs)?;
    let out = flags.out.clone().unwrap_or_else(|| job.root.join("generated-client"));
    let edits = if flags.force { Edits::Overwrite } else { Edits::Keep };
    if flags.mode == Mode::Watch {
        let package = flags.inputs.name.as_deref().unwrap_or_default();
        refuse_another(&job, flags, &out, package)?;
        return watch::run(&job, &out, edits);
    }
    let texts = job.read()?;
    let generated = match job.generate(&texts) {
        Ok(generated) => generated,
        Err(found) => return Ok(refused(&job, &found, &texts, &out)),
    };
    print_findings(&job, &generated.diagnostics, &texts);
    match flags.mode {
        Mode::Check => check(&job, &generated, &out, flags),
        Mode::Write | Mode::Watch => {
            refuse_another(&job, flags, &out, &generated.names.package)?;
            write(&job, &generated, &texts, &out, edits)
        }
    }
}

/// A collection named by `--spec` does not take the place of another one's client, unless `--out` says so.
fn refuse_another(job: &Job, flags: &Codegen, out: &Path, package: &str) -> anyhow::Result<()> {
    let manifest = std::fs::read_to_string(out.join("Cargo.toml")).unwrap_or_default();
    let name = manifest.lines().find_map(|line| line.strip_prefix("name = "));
    match name.map(|name| name.trim_matches('"')) {
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
    job: &Job,
    generated: &Generated,
    texts: &Texts,
    out: &Path,
    edits: Edits,
) -> anyhow::Result<ExitCode> {
    let report = disk::sync(out, &generated.files, edits)?;
    let Generated { draft, api, account, .. } = generated;
    let summary = Summary::of(&texts.spec, draft, api, account).to_string();
    let mut lines = vec![job.shown(&job.spec)];
    lines.extend(summary.lines().map(|line| format!("  {line}")));
    lines.extend(findings(&generated.diagnostics));
    lines.push(job.shown(out));
    lines.extend(report.written.iter().map(|path| format!("  wrote {path}")));
    lines.extend(report.removed.iter().map(|path| format!("  removed {path}")));
    let foreign = |path| format!("  left {path} alone, which the generator did not write");
    lines.extend(report.foreign.iter().map(foreign));
    lines.push(format!("  {}\n", outcome(&report)));
    print(&lines.join("\n"));
    Ok(ExitCode::SUCCESS)
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

fn check(
    job: &Job,
    generated: &Generated,
    out: &Path,
    flags: &Codegen,
) -> anyhow::Result<ExitCode> {
    let drift = disk::check(out, &generated.files, Edits::Keep)?;
    let shown = job.shown(out);
    if drift.is_empty() {
        print(&format!("{shown}: all {} files are up to date\n", drift.unchanged));
        return Ok(ExitCode::SUCCESS);
    }
    print(&drift.report(&shown, &command(flags)));
    Ok(ExitCode::FAILURE)
}

/// The command that writes what `flags` compare.
fn command(flags: &Codegen) -> String {
    let Codegen { inputs: Inputs { spec, overlay, name }, out, mode: _, force: _ } = flags;
    let mut words = vec!["cargo xtask codegen".to_owned()];
    let mut push = |flag, value: Option<String>| {
        words.extend(value.map(|value| format!("{flag} {}", quoted(&value))));
    };
    let path = |path: &Option<PathBuf>| path.as_ref().map(|path| path.display().to_string());
    push("--spec", path(spec));
    push("--overlay", path(overlay));
    push("--out", path(out));
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

fn refused(job: &Job, found: &[Diagnostic], texts: &Texts, out: &Path) -> ExitCode {
    print_findings(job, found, texts);
    eprintln!("nothing was written; {} is as it was", job.shown(out));
    ExitCode::FAILURE
}

fn print_findings(job: &Job, found: &[Diagnostic], texts: &Texts) {
    for finding in found {
        eprint!("{}", job.render(finding, texts));
    }
}
