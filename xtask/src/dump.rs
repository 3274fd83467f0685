//! `cargo xtask dump`: what a stage hands to the next, whatever the stages after it make of it.

use crate::FAILED;
use crate::args::Dump;
use crate::job::Job;
use crate::terminal::print;
use postman_codegen::diagnostic::Severity;
use postman_codegen::pipeline;
use std::process::ExitCode;

/// Runs the command; findings go to standard error.
pub(crate) fn run(flags: &Dump) -> anyhow::Result<ExitCode> {
    let job = Job::new(&flags.inputs)?;
    let texts = job.read()?;
    let found = match pipeline::dump(&job.input(&texts), flags.stage) {
        Ok((text, found)) => {
            print(&format!("{}\n", text.trim_end()))?;
            found
        }
        Err(found) => found,
    };
    job.complain(&found, &texts);
    let failed = found.iter().any(|finding| finding.severity == Severity::Error);
    Ok(if failed { ExitCode::from(FAILED) } else { ExitCode::SUCCESS })
}
