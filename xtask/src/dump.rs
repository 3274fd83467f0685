//! `cargo xtask dump`: what a floor hands to the next, whatever the floors above make of it.

use crate::args::{Dump, Stage};
use crate::job::Job;
use crate::print;
use postman_codegen::diagnostic::{Diagnostic, Severity};
use postman_codegen::evidence;
use postman_codegen::overlay::{self, Overlay};
use postman_codegen::{Input, api, infer, lower, name, postman};
use std::process::ExitCode;

/// Runs the command; findings go to standard error.
pub(crate) fn run(flags: &Dump) -> anyhow::Result<ExitCode> {
    let job = Job::new(&flags.inputs)?;
    let texts = job.read()?;
    let mut found = Vec::new();
    let dumped = floor(&job.input(&texts), flags.stage, &mut found);
    if let Ok(text) = &dumped {
        print(&format!("{}\n", text.trim_end()));
    }
    found.extend(dumped.err().unwrap_or_default());
    for finding in &found {
        eprint!("{}", job.render(finding, &texts));
    }
    let failed = found.iter().any(|finding| finding.severity == Severity::Error);
    Ok(if failed { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

fn floor(
    input: &Input<'_>,
    stage: Stage,
    found: &mut Vec<Diagnostic>,
) -> Result<String, Vec<Diagnostic>> {
    let overlay = input.overlay.map_or_else(|| Ok(Overlay::default()), overlay::parse)?;
    let document = postman::document(input.spec)?;
    let (collection, noted) = postman::collection(&document)?;
    found.extend(noted);
    let (draft, noted) = lower::lower(&collection);
    found.extend(noted);
    if stage == Stage::Lower {
        return Ok(format!("{draft:#?}"));
    }
    let evidence = evidence::file::read_all(input.evidence)?;
    let (mut api, noted) = infer::infer(&draft, &evidence, &overlay.hints);
    found.extend(noted);
    if stage != Stage::Infer {
        let noted;
        (api, noted) = overlay::apply::apply(api, &overlay.patches);
        found.extend(noted);
    }
    match stage {
        Stage::Lower | Stage::Infer | Stage::Overlay => Ok(api::dump::dump(&api)),
        Stage::Name => {
            let (names, noted) = name::name(&api, &overlay.client, &overlay.names);
            found.extend(noted);
            Ok(name::dump::dump(&api, &names))
        }
    }
}
