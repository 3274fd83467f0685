//! `cargo xtask codegen --watch`: writes the client again after every change of its inputs, one line a cycle.
//!
//! Looks at the files instead of asking the system for events: a few `stat` calls every 100 ms cost nothing measurable, need no dependency (`notify` adds a dozen crates), see a file that was replaced by a rename, and work where events are not delivered (network and container mounts). Only inputs are looked at, so own writes cannot wake it. What is on disk stays when an input cannot be used.

use crate::codegen::{Target, outcome};
use crate::job::{Job, Texts};
use crate::lock;
use postman_codegen::Generated;
use postman_codegen::diagnostic::{Diagnostic, Severity};
use postman_codegen::output::disk::{self, Edits};
use postman_codegen::summary::counted;
use postman_codegen::visible::escaped;
use std::io::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;
use std::thread::sleep;
use std::time::{Duration, SystemTime};

const INTERVAL: Duration = Duration::from_millis(100);

/// A file changed less than this before it was read may change again without a new time stamp: some file systems count in seconds.
const RACY: Duration = Duration::from_secs(2);

/// Runs until it is killed, or nobody reads its lines any more; each collection is watched by itself.
pub(crate) fn run(targets: &[Target], edits: Edits) -> anyhow::Result<ExitCode> {
    let name = |target: &Target| target.job.shown(&target.out) + ": ";
    std::thread::scope(|scope| {
        let watch = |target| {
            let name = if targets.len() > 1 { name(target) } else { String::new() };
            scope.spawn(move || follow(target, &name, edits))
        };
        let watches: Vec<_> = targets.iter().map(watch).collect();
        let ends = watches
            .into_iter()
            .map(|it| it.join().unwrap_or_else(|_| Err(anyhow::anyhow!("a watch broke off"))));
        ends.collect::<anyhow::Result<()>>()
    })?;
    Ok(ExitCode::SUCCESS)
}

fn follow(target: &Target, name: &str, edits: Edits) -> anyhow::Result<()> {
    let job = &target.job;
    let mut seen = Seen::now(job);
    let mut last = None;
    line(&format!("watching {}; ctrl-c ends", inputs(job)))?;
    for cycle in 1_u64.. {
        line(&format!("[{cycle}] {name}{}", generate(target, &seen.texts, &mut last, edits)))?;
        seen.wait_for_change(job);
    }
    Ok(())
}

fn inputs(job: &Job) -> String {
    let shown: Vec<_> = job.inputs().map(|path| job.shown(path)).collect();
    shown.join(", ")
}

/// Fails when standard output is closed, which ends the watch.
fn line(text: &str) -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    let words: Vec<_> = text.split_whitespace().collect();
    writeln!(out, "{}", escaped(&words.join(" ")))?;
    out.flush()
}

/// One cycle: writes the client, or says why the last one stays.
fn generate(
    Target { job, out }: &Target,
    texts: &Result<Texts, String>,
    last: &mut Option<Generated>,
    edits: Edits,
) -> String {
    let kept = |why: &str| format!("{} is kept: {why}", job.shown(out));
    let texts = match texts {
        Ok(texts) => texts,
        Err(error) => return kept(error),
    };
    let generated = match job.generate_after(texts, last.as_ref()) {
        Ok(generated) => generated,
        Err(found) => return kept(&errors(job, &found, texts)),
    };
    let synced = disk::sync(out, &generated.files, edits).map_err(anyhow::Error::from);
    let written = |report| Ok((report, lock::write(job, &generated, texts)?));
    let said = match synced.and_then(written) {
        Ok((report, lock)) => {
            let operations = counted(generated.api.operations.len(), "operation");
            let warnings = counted(count(&generated.diagnostics, Severity::Warning), "warning");
            let lock = lock.map(|path| format!(", {path} written")).unwrap_or_default();
            format!("{operations}, {warnings}; {}{lock}", outcome(&report))
        }
        Err(error) => kept(&format!("{error:#}")),
    };
    *last = Some(generated);
    said
}

fn count(found: &[Diagnostic], severity: Severity) -> usize {
    found.iter().filter(|finding| finding.severity == severity).count()
}

/// The first error in full, and how many more there are.
fn errors(job: &Job, found: &[Diagnostic], texts: &Texts) -> String {
    let first = found.iter().find(|finding| finding.severity == Severity::Error);
    let shown = first.map(|finding| job.render(finding, texts)).unwrap_or_default();
    match count(found, Severity::Error) {
        0 | 1 => shown,
        several => format!("{shown} and {} more errors", several - 1),
    }
}

/// The inputs as they were read last.
struct Seen {
    texts: Result<Texts, String>,
    stamps: Vec<(PathBuf, Option<Stamp>)>,
    read_at: SystemTime,
}

/// What tells a changed file without reading it.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Stamp {
    modified: SystemTime,
    length: u64,
}

impl Seen {
    fn now(job: &Job) -> Self {
        let read_at = SystemTime::now();
        let stamps = stamps(job);
        Self { texts: job.read().map_err(|error| format!("{error:#}")), stamps, read_at }
    }

    /// Whether a person changed nothing since; the lock is what the watch itself writes.
    fn says(&self, other: &Self) -> bool {
        let texts = |seen: &Self| seen.texts.clone().map(|it| Texts { lock: None, ..it });
        texts(self) == texts(other)
    }

    /// Returns once the texts differ and have held still for one interval.
    fn wait_for_change(&mut self, job: &Job) {
        loop {
            sleep(INTERVAL);
            if stamps(job) == self.stamps && !self.is_racy() {
                continue;
            }
            let mut next = Self::now(job);
            if next.says(self) {
                *self = next;
                continue;
            }
            loop {
                sleep(INTERVAL);
                let later = Self::now(job);
                let still = later.says(&next);
                next = later;
                if still {
                    break;
                }
            }
            if !next.says(self) {
                *self = next;
                return;
            }
        }
    }

    fn is_racy(&self) -> bool {
        let recent = |stamp: &Stamp| stamp.modified + RACY >= self.read_at;
        self.stamps.iter().filter_map(|(_, stamp)| stamp.as_ref()).any(recent)
    }
}

fn stamps(job: &Job) -> Vec<(PathBuf, Option<Stamp>)> {
    let stamp = |path: &PathBuf| {
        let metadata = std::fs::metadata(path).ok()?;
        Some(Stamp { modified: metadata.modified().ok()?, length: metadata.len() })
    };
    job.files().into_iter().map(|path| (path.clone(), stamp(&path))).collect()
}
