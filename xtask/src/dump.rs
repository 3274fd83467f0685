//! `cargo xtask dump`: what a floor hands to the next.

use crate::args::{Dump, Stage};
use crate::job::Job;
use std::process::ExitCode;

/// Runs the command.
pub(crate) fn run(flags: &Dump) -> anyhow::Result<ExitCode> {
    let job = Job::new(&flags.inputs)?;
    let mut texts = job.read()?;
    if flags.stage == Stage::Infer {
        texts.overlay = None;
    }
    match job.generate(&texts) {
        Ok(generated) => {
            match flags.stage {
                Stage::Lower => println!("{:#?}", generated.draft),
                Stage::Infer | Stage::Overlay => println!("{:#?}", generated.api),
                Stage::Name => println!("{:#?}", generated.names),
            }
            Ok(ExitCode::SUCCESS)
        }
        Err(found) => {
            for finding in &found {
                eprint!("{}", job.render(finding, &texts));
            }
            Ok(ExitCode::FAILURE)
        }
    }
}
