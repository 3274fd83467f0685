//! `cargo xtask init`: a workspace around a collection, or one collection more in a workspace.
//!
//! The whole is put together in memory, the client included, and written at once: nothing is overwritten, and nothing is written where any of it cannot be.

mod generator;
mod kit;

use crate::args::Inputs;
use crate::job::{Job, LOCK};
use crate::source;
use crate::terminal::{Verbosity, print};
use crate::workspace::{self, Home};
use anyhow::{Context as _, bail};
use generator::Generator;
use lexopt::prelude::*;
use lexopt::{Error, Parser};
use postman_codegen::output::disk::create;
use postman_codegen::output::{FileTree, MANIFEST, Manifest};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Flags of `init`.
#[derive(Default)]
pub(crate) struct Flags {
    folder: PathBuf,
    spec: PathBuf,
    name: Option<String>,
    generator: Generator,
    pub(crate) verbosity: Verbosity,
}

/// Reads the flags.
pub(crate) fn parse(mut parser: Parser) -> Result<Flags, Error> {
    let (mut flags, mut folder, mut spec) = (Flags::default(), None, None);
    while let Some(argument) = parser.next()? {
        match argument {
            Long("spec") => spec = Some(parser.value()?),
            Long("name") => flags.name = Some(parser.value()?.string()?),
            Long("generator-path") => flags.generator.path = Some(parser.value()?.into()),
            Long("generator-git") => flags.generator.git = Some(parser.value()?.string()?),
            Long("generator-rev") => flags.generator.revision = Some(parser.value()?.string()?),
            Value(path) if folder.is_none() => folder = Some(path),
            Short(_) | Long(_) | Value(_) => return Err(argument.unexpected()),
        }
    }
    flags.generator.check()?;
    flags.folder = folder.ok_or("the folder of the workspace is missing")?.into();
    flags.spec = spec.ok_or("--spec FILE is missing: the collection")?.into();
    Ok(flags)
}

/// Names that no client may have: a folder beside the collections, and packages of the workspace.
const RESERVED: [&str; 3] = ["evidence", "xtask", "workspace-xtask"];

/// What is to be written below the workspace.
#[derive(Default)]
struct Plan {
    new: BTreeMap<String, Vec<u8>>,
    changed: FileTree,
    /// A line for each file that is left as it is.
    kept: Vec<String>,
}

/// Runs the command.
pub(crate) fn run(flags: &Flags) -> anyhow::Result<ExitCode> {
    let root = std::path::absolute(&flags.folder)?;
    let inputs = Inputs {
        spec: Some(flags.spec.clone()),
        name: flags.name.clone(),
        verbosity: flags.verbosity,
        ..Inputs::default()
    };
    let job = Job::elsewhere(root.clone(), &flags.spec, &inputs);
    let texts = job.read()?;
    let generated = match job.generate(&texts) {
        Ok(generated) => generated,
        Err(found) => {
            job.complain(&found, &texts);
            bail!("nothing was written: no client can be made of this collection as it is");
        }
    };
    job.complain(&generated.diagnostics, &texts);
    let name = generated.names.package.clone();
    let home = home(&root, &name)?;
    let mut plan = Plan::default();
    let is_new = generator::is_wanted(&root)?;
    if is_new {
        plan.new = kit::files(&root, &flags.generator)?;
        plan.kept = kit::kept(&root);
    }
    let below = |path: &Path| workspace::shown(&root, path);
    let (spec, client) = (below(&home.folder), below(&home.client));
    for (path, bytes) in collection(&flags.spec)? {
        plan.new.insert(format!("{spec}/{path}"), bytes);
    }
    plan.new.insert(format!("{spec}/overlay.toml"), kit::overlay(&name).into_bytes());
    plan.new.insert(format!("{spec}/{LOCK}"), generated.lock.to_string().into_bytes());
    let listed = Manifest::of(&generated.files).to_string();
    plan.new.insert(format!("{client}/{MANIFEST}"), listed.into_bytes());
    for (path, text) in generated.files.0 {
        plan.new.insert(format!("{client}/{path}"), text.into_bytes());
    }
    let members: &[&str] = if is_new { &["xtask", &client] } else { &[&client] };
    kit::members(&root, members, &mut plan)?;
    create(&root, &plan.new, &plan.changed)?;
    if flags.verbosity != Verbosity::Quiet {
        print(&done(&flags.folder, &plan, &client))?;
    }
    Ok(ExitCode::SUCCESS)
}

/// Where the collection goes; a name that is taken is refused.
fn home(root: &Path, name: &str) -> anyhow::Result<Home> {
    if RESERVED.contains(&name) {
        bail!(
            "`{name}` is a name of the workspace's own; say with --name what the client is called; nothing was written"
        );
    }
    let first = Home::first(root);
    if !first.folder.is_dir() {
        return Ok(first);
    }
    let homes = workspace::homes(root)?;
    if let Some(taken) = homes.iter().find(|home| home.is_called(name)) {
        bail!(
            "there is a client `{name}` already, of the collection in {}; nothing was written",
            workspace::shown(root, &taken.folder)
        );
    }
    let has_first = match workspace::collections(root, &first.folder)?.as_slice() {
        [] => first.client.exists(),
        [_] => true,
        several => bail!(
            "several collections in spec/: {}; each needs a folder of its own; nothing was written",
            workspace::list(root, several)
        ),
    };
    let has_further = homes.iter().any(|home| home.name.is_some());
    if !has_first && !has_further {
        return Ok(first);
    }
    let further = Home::further(root, name);
    if further.folder.exists() {
        bail!(
            "{} is there already; say with --name what the client is called; nothing was written",
            workspace::shown(root, &further.folder)
        );
    }
    Ok(further)
}

/// The files of the collection with their paths below its home, byte for byte.
fn collection(spec: &Path) -> anyhow::Result<BTreeMap<String, Vec<u8>>> {
    let (name, is_folder) = (source::name(spec), source::is_folder(spec));
    let is_json = Path::new(&name).extension().is_some_and(|extension| extension == "json");
    let name = if is_folder || is_json { name } else { format!("{name}.json") };
    let mut found = BTreeMap::new();
    for file in source::files(spec)? {
        let bytes =
            std::fs::read(&file).with_context(|| format!("cannot read {}", file.display()))?;
        let below = file.strip_prefix(spec).unwrap_or(&file).display().to_string();
        let below = below.replace('\\', "/");
        let path = if is_folder { format!("{name}/{below}") } else { name.clone() };
        found.insert(path, bytes);
    }
    Ok(found)
}

fn done(folder: &Path, plan: &Plan, client: &str) -> String {
    let mut lines = Vec::new();
    let inside = format!("{client}/");
    let (emitted, own): (Vec<_>, Vec<_>) =
        plan.new.keys().partition(|path| path.starts_with(&inside));
    lines.extend(own.iter().map(|path| format!("wrote {path}")));
    lines.extend(plan.changed.0.keys().map(|path| format!("changed {path}")));
    lines.extend(plan.kept.iter().cloned());
    lines.push(format!("wrote {client}, {} files", emitted.len()));
    let manifest = plan.new.get("xtask/Cargo.toml").map(|bytes| String::from_utf8_lossy(bytes));
    if manifest.is_some_and(|text| text.contains("path = ")) {
        lines.push("note: xtask/Cargo.toml takes the generator from a folder of this machine; name its repository there before others build this".to_owned());
    }
    lines.push(format!("now, in {}: cargo xtask codegen, and cargo test\n", folder.display()));
    lines.join("\n")
}
