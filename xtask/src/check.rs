//! `cargo xtask codegen --check`: whether the committed clients are what would be written now, as text, as JSON and as an exit code.
//!
//! Fails closed: what could not be read, generated or compared is a failure of its own (2), never "no difference".

use crate::args::Codegen;
use crate::codegen::{Missing, Target, command, targets};
use crate::diff::{Version, versions};
use crate::terminal::{Verbosity, complain, print, print_diff};
use crate::{FAILED, lock};
use postman_codegen::diagnostic::{Diagnostic, Severity};
use postman_codegen::output::disk::{self, Edits};
use postman_codegen::output::{Drift, State};
use postman_codegen::visible::escaped_json;
use serde_json::{Value, json};
use std::process::ExitCode;

/// The shape of the report; a member may be added without a new number.
const VERSION: u32 = 1;

/// What one comparison came to.
enum Outcome {
    /// The client, and where it differs too the lock with its folder.
    Compared(Drift<'static>, Option<(String, Drift<'static>)>),
    /// Why there was none.
    Failed(String),
}

/// A client, as it is printed.
struct Checked {
    spec: String,
    client: String,
    outcome: Outcome,
}

/// Runs the command: a client that cannot be compared keeps none from being compared.
pub(crate) fn run(flags: &Codegen) -> anyhow::Result<ExitCode> {
    let found = targets(flags);
    let checked: Vec<Checked> = found.iter().flatten().map(check).collect();
    let against = flags.against.as_deref();
    let versions = against.map(|it| versions(it, flags.collection.as_deref())).transpose();
    let stopped = found.err().or(versions.as_ref().err().map(|error| anyhow::anyhow!("{error:#}")));
    let stopped = stopped.map(|error| format!("{error:#}"));
    let versions = versions.ok().flatten().unwrap_or_default();
    let outcome = outcome(&checked, &versions, stopped.is_some());
    if let Some(path) = &flags.report {
        let report = json!({
            "version": VERSION, "outcome": outcome, "error": stopped, "repair": command(flags),
            "clients": checked.iter().map(Checked::json).collect::<Vec<_>>(),
            "versions": versions.iter().map(json_of).collect::<Vec<_>>(),
        });
        disk::file(path, escaped_json(&format!("{report:#}\n")).as_bytes())?;
    }
    let failed = checked.iter().filter_map(|it| it.outcome.failure()).chain(stopped.as_deref());
    failed.for_each(|why| complain(why_line(why).as_str()));
    if flags.inputs.verbosity != Verbosity::Quiet {
        checked.iter().try_for_each(|it| it.print(flags))?;
    }
    for it in versions.iter().filter(|it| !it.is_enough) {
        let Version { package, version, needs, verdict, .. } = it;
        complain(&format!(
            "error: version {version} of {package} hides changes that are {}: set `version = \"{needs}\"` or more in [client] of its overlay\n",
            verdict.as_str()
        ));
    }
    Ok(match outcome {
        "clean" => ExitCode::SUCCESS,
        "drift" => ExitCode::FAILURE,
        _ => ExitCode::from(FAILED),
    })
}

fn why_line(why: &str) -> String {
    let is_finding = why.starts_with("error[");
    if is_finding { why.to_owned() } else { format!("error: {why}\n") }
}

fn check(target: &Result<Target, Missing>) -> Checked {
    let target = match target {
        Ok(target) => target,
        Err(Missing { spec, client, why }) => {
            let (spec, client) = (spec.clone(), client.clone());
            return Checked { spec, client, outcome: Outcome::Failed(why.clone()) };
        }
    };
    let Target { job, out } = target;
    let outcome = match compare(target) {
        Ok(outcome) => outcome,
        Err(error) => Outcome::Failed(format!("{error:#}")),
    };
    Checked { spec: job.shown(&job.spec), client: job.shown(out), outcome }
}

fn compare(target: &Target) -> anyhow::Result<Outcome> {
    let Target { job, out } = target;
    let texts = job.read()?;
    match job.generate(&texts) {
        Ok(generated) => {
            job.complain(&generated.diagnostics, &texts);
            let drift = disk::check(out, &generated.files, Edits::Keep)?.into_owned();
            Ok(Outcome::Compared(drift, lock::drift(job, &generated, &texts)))
        }
        Err(found) => {
            let is_error = |finding: &&Diagnostic| finding.severity == Severity::Error;
            let errors = found.iter().filter(is_error).map(|it| job.render(it, &texts));
            Ok(Outcome::Failed(errors.collect()))
        }
    }
}

impl Outcome {
    fn failure(&self) -> Option<&str> {
        match self {
            Self::Compared(..) => None,
            Self::Failed(why) => Some(why),
        }
    }

    fn word(&self) -> &'static str {
        match self {
            Self::Compared(drift, None) if drift.is_empty() => "clean",
            Self::Compared(..) => "drift",
            Self::Failed(_) => "failure",
        }
    }
}

/// The worst of all.
fn outcome(checked: &[Checked], versions: &[Version], is_stopped: bool) -> &'static str {
    let any = |word| checked.iter().any(|it| it.outcome.word() == word);
    match () {
        () if is_stopped || checked.is_empty() || any("failure") => "failure",
        () if any("drift") || versions.iter().any(|it| !it.is_enough) => "drift",
        () => "clean",
    }
}

impl Checked {
    fn print(&self, flags: &Codegen) -> anyhow::Result<()> {
        let Self { client, .. } = self;
        match &self.outcome {
            Outcome::Compared(drift, lock) => {
                let extent = flags.inputs.verbosity.extent();
                let report = |folder: &str, drift: &Drift<'_>| {
                    print_diff(&drift.report(folder, &command(flags), extent), flags.color)
                };
                if drift.is_empty() {
                    print(&format!("{client}: all {} files are up to date\n", drift.unchanged))?;
                } else {
                    report(client, drift)?;
                }
                lock.iter().try_for_each(|(folder, drift)| report(folder, drift))
            }
            Outcome::Failed(_) => {
                complain(&format!("{client} could not be compared\n"));
                Ok(())
            }
        }
    }

    fn json(&self) -> Value {
        let Self { spec, client, outcome } = self;
        let (unchanged, files, error) = match outcome {
            Outcome::Compared(drift, lock) => {
                let mut all = files(drift, client);
                all.extend(lock.iter().flat_map(|(folder, drift)| files(drift, folder)));
                (Some(drift.unchanged), all, None)
            }
            Outcome::Failed(why) => (None, Vec::new(), Some(why)),
        };
        json!({
            "spec": spec, "client": client, "outcome": outcome.word(),
            "unchanged": unchanged, "files": files, "error": error,
        })
    }
}

fn files(drift: &Drift<'_>, client: &str) -> Vec<Value> {
    let file = |it: &postman_codegen::output::Difference<'_>| {
        let path = format!("{client}/{}", it.path);
        json!({ "path": path, "state": state(it.state), "diff": it.unified(client) })
    };
    drift.differences.iter().map(file).collect()
}

fn state(state: State) -> &'static str {
    match state {
        State::Missing => "missing",
        State::Stale => "stale",
        State::Orphan => "orphan",
        State::Edited => "edited",
        State::Foreign => "foreign",
    }
}

fn json_of(version: &Version) -> Value {
    let Version { package, version, needs, verdict, is_enough } = version;
    json!({
        "package": package, "version": version, "needs": needs, "verdict": verdict.as_str(),
        "outcome": if *is_enough { "clean" } else { "drift" },
    })
}
