//! `cargo xtask replay`: recorded traffic taken through the emitted types.

use crate::FAILED;
use crate::args::Inputs;
use crate::job::Job;
use crate::scratch::Scratch;
use crate::terminal::print;
use anyhow::{Context as _, bail};
use lexopt::Parser;
use lexopt::prelude::*;
use postman_codegen::output::FileTree;
use postman_codegen::output::disk;
use postman_codegen::replay::{THROUGH, operations, plan, report};
use postman_codegen::visible::escaped_json;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Flags of `replay`.
#[derive(Default)]
pub(crate) struct Flags {
    pub(crate) inputs: Inputs,
    traffic: PathBuf,
    report: Option<PathBuf>,
}

/// Reads the flags.
pub(crate) fn parse(mut parser: Parser) -> Result<Flags, lexopt::Error> {
    let mut flags = Flags::default();
    while let Some(argument) = parser.next()? {
        match argument {
            Long("report") => flags.report = Some(parser.value()?.into()),
            Value(path) if flags.traffic.as_os_str().is_empty() => flags.traffic = path.into(),
            Short(_) | Long(_) | Value(_) => return Err(argument.unexpected()),
        }
    }
    if flags.traffic.as_os_str().is_empty() {
        return Err("name the recording".into());
    }
    Ok(flags)
}

/// Runs the command.
pub(crate) fn run(flags: &Flags) -> anyhow::Result<ExitCode> {
    let job = Job::new(&flags.inputs)?;
    let texts = job.read()?;
    let generated = match job.generate(&texts) {
        Ok(generated) => generated,
        Err(found) => {
            job.complain(&found, &texts);
            return Ok(ExitCode::from(FAILED));
        }
    };
    let shown = job.shown(&flags.traffic);
    let text =
        std::fs::read_to_string(&flags.traffic).with_context(|| format!("cannot read {shown}"))?;
    let plan = match plan(&shown, &text, &generated.api) {
        Ok(plan) => plan,
        Err(finding) => bail!("{}", finding.render(&shown, &text)),
    };
    let package = generated.names.package.as_str();
    let scratch = Scratch::new(&job.root, &format!("replay-{package}"), None)?;
    scratch.write(&workspace(
        &generated.files,
        package,
        &operations(&generated.api, &generated.names),
        &plan.text(),
    ))?;
    let complaints = scratch.cargo(&["build"])?;
    let errors = complaints.values().flatten().filter(|text| text.starts_with("error"));
    let errors: Vec<&str> = errors.map(String::as_str).collect();
    if !errors.is_empty() {
        bail!("the replay does not compile:\n{}", errors.concat());
    }
    let traffic = std::path::absolute(&flags.traffic)?;
    let printed = scratch.run_program("replay", &[&traffic, Path::new("plan.txt")])?;
    let report = report(&generated.api, &plan, &printed).map_err(anyhow::Error::msg)?;
    print(&report.to_string())?;
    if let Some(path) = &flags.report {
        disk::file(path, escaped_json(&format!("{:#}\n", report.json())).as_bytes())?;
    }
    Ok(ExitCode::SUCCESS)
}

/// The crate, and beside it the program.
fn workspace(client: &FileTree, package: &str, main: &str, plan: &str) -> FileTree {
    let mut files = FileTree::default();
    for (path, text) in &client.0 {
        files.0.insert(format!("client/{path}"), text.clone());
    }
    let manifest = format!(
        "[package]\nname = \"replay\"\nversion = \"0.0.0\"\nedition = \"2024\"\npublish = false\n\n\
         [dependencies]\nclient = {{ package = {package:?}, path = \"../client\" }}\n\
         serde = \"1\"\nserde_json = {{ version = \"1\", features = [\"float_roundtrip\"] }}\n"
    );
    files.0.insert("replay/Cargo.toml".to_owned(), manifest);
    files.0.insert("replay/src/main.rs".to_owned(), main.to_owned());
    files.0.insert("replay/src/replay.rs".to_owned(), THROUGH.to_owned());
    files.0.insert("plan.txt".to_owned(), plan.to_owned());
    let root = "[workspace]\nresolver = \"3\"\nmembers = [\"client\", \"replay\"]\n\n[profile.dev]\ndebug = false\n";
    files.0.insert("Cargo.toml".to_owned(), root.to_owned());
    files
}
