//! `cargo xtask wire`: what the emitted client sends for every request of a collection, as JSON lines.

use crate::FAILED;
use crate::args::Inputs;
use crate::job::Job;
use crate::scratch::Scratch;
use crate::terminal::print_json;
use anyhow::{Context as _, bail};
use lexopt::Parser;
use lexopt::prelude::*;
use postman_codegen::output::disk;
use postman_codegen::wire::scratch::{Client, Member, outputs, workspace};
use postman_codegen::wire::{DriverInput, Vars, driver};
use std::path::PathBuf;
use std::process::ExitCode;

/// Flags of `wire`.
#[derive(Default)]
pub(crate) struct Flags {
    pub(crate) inputs: Inputs,
    vars: Option<PathBuf>,
    out: Option<PathBuf>,
    client: Option<PathBuf>,
    to: Option<String>,
}

/// Reads the flags.
pub(crate) fn parse(mut parser: Parser) -> Result<Flags, lexopt::Error> {
    let mut flags = Flags::default();
    while let Some(argument) = parser.next()? {
        match argument {
            Long("vars") => flags.vars = Some(parser.value()?.into()),
            Long("out") => flags.out = Some(parser.value()?.into()),
            Long("overlay") => flags.inputs.overlay = Some(parser.value()?.into()),
            Long("client") => flags.client = Some(parser.value()?.into()),
            Long("to") => flags.to = Some(parser.value()?.string()?),
            Value(path) if flags.inputs.spec.is_none() => flags.inputs.spec = Some(path.into()),
            Short(_) | Long(_) | Value(_) => return Err(argument.unexpected()),
        }
    }
    Ok(flags)
}

/// Runs the command.
pub(crate) fn run(flags: &Flags) -> anyhow::Result<ExitCode> {
    let job = Job::new(&flags.inputs)?;
    let mut texts = job.read()?;
    if flags.inputs.overlay.is_none() {
        texts.overlay = None;
        texts.evidence.clear();
    }
    let generated = match job.generate(&texts) {
        Ok(generated) => generated,
        Err(found) => {
            job.complain(&found, &texts);
            return Ok(ExitCode::from(FAILED));
        }
    };
    let vars = match &flags.vars {
        Some(path) => {
            let text = std::fs::read_to_string(path)
                .with_context(|| format!("cannot read {}", path.display()))?;
            Vars::read(&text).map_err(|why| anyhow::anyhow!("{}: {why}", path.display()))?
        }
        None => Vars::default(),
    };
    let postman_codegen::Generated { api, names, .. } = &generated;
    let subject = DriverInput { spec: &texts.spec, api, names };
    let driver = driver(&subject, &vars).map_err(anyhow::Error::msg)?;
    let folder = flags.client.as_ref().map(std::path::absolute).transpose()?;
    let folder = folder.map(|path| path.display().to_string());
    let client = folder.as_deref().map_or(Client::Emitted(&generated.files), Client::At);
    let id = names.package.as_str();
    let member = Member { id, package: id, client, driver: Some(&driver) };
    let scratch = Scratch::new(&job.root, id, None)?;
    scratch.write(&workspace(&[member], &[id]))?;
    let complaints = scratch.cargo(&["build"])?;
    if let Some(messages) =
        complaints.values().find(|it| it.iter().any(|it| it.starts_with("error")))
    {
        bail!("the driver does not compile:\n{}", messages.concat());
    }
    let printed = scratch.run(flags.to.as_deref())?;
    let lines = outputs(&printed).remove(id).unwrap_or_default();
    let lines = format!("{}\n", lines.trim_end());
    match &flags.out {
        Some(path) => disk::file(path, lines)?,
        None => print_json(&lines)?,
    }
    Ok(ExitCode::SUCCESS)
}
