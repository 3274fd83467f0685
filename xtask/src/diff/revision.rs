//! A git revision -> the texts of an edition, read from git's store: no checkout is touched, and nothing is fetched.

use super::edition::{Edition, only};
use crate::source;
use anyhow::{Context as _, anyhow, bail};
use postman_codegen::bundle;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{Read as _, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};

/// What is read of a revision, below the workspace.
const PATHS: [&str; 2] = ["spec", "generated-client/.generated-files"];

/// What belongs to a folder of requests without being one of them.
const RESOURCES: &str = ".resources";

/// Paths below the workspace and bytes.
type Files = BTreeMap<String, Vec<u8>>;

/// The edition of the workspace at `root` that a revision holds.
pub(super) fn load(root: &Path, revision: &str) -> anyhow::Result<Edition> {
    let commit = commit(root, revision)?;
    let files = files(root, &commit)?;
    edition(revision, &files).with_context(|| format!("revision {revision}"))
}

/// A word that is no revision is never an option of git's.
fn commit(root: &Path, revision: &str) -> anyhow::Result<String> {
    let peeled = format!("{revision}^{{commit}}");
    let words = ["rev-parse", "--verify", "--quiet", "--end-of-options", &peeled];
    let found = git(root, &words).ok().map(|it| String::from_utf8_lossy(&it).trim().to_owned());
    found.filter(|it| !it.is_empty()).with_context(|| {
        format!("{revision}: neither a path that exists nor a git revision of this repository")
    })
}

fn git(root: &Path, words: &[&str]) -> anyhow::Result<Vec<u8>> {
    let mut command = Command::new("git");
    let output = command.arg("-C").arg(root).args(words).stdin(Stdio::null()).output();
    let output = output.context("cannot run git")?;
    if !output.status.success() {
        bail!("git {}: {}", words.join(" "), String::from_utf8_lossy(&output.stderr).trim());
    }
    Ok(output.stdout)
}

fn files(root: &Path, commit: &str) -> anyhow::Result<Files> {
    let mut words = vec!["ls-tree", "-r", "-z", commit, "--"];
    words.extend(PATHS);
    let listed = git(root, &words)?;
    let mut found = Vec::new();
    for entry in listed.split(|byte| *byte == 0).filter(|entry| !entry.is_empty()) {
        let entry = std::str::from_utf8(entry).context("a path in git is not UTF-8")?;
        let (facts, path) = entry.split_once('\t').context("git ls-tree prints something else")?;
        let facts: Vec<&str> = facts.split(' ').collect();
        let [mode, "blob", id] = facts.as_slice() else { continue };
        if *mode == "120000" {
            bail!("{path} is a link; a collection's folder holds files alone");
        }
        found.push((path.to_owned(), (*id).to_owned()));
    }
    let blobs = blobs(root, &found.iter().map(|(_, id)| id.as_str()).collect::<Vec<_>>())?;
    Ok(found.into_iter().map(|(path, _)| path).zip(blobs).collect())
}

/// The bytes of objects, from one process for all.
fn blobs(root: &Path, ids: &[&str]) -> anyhow::Result<Vec<Vec<u8>>> {
    let mut command = Command::new("git");
    command.arg("-C").arg(root).args(["cat-file", "--batch"]);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut child = command.spawn().context("cannot run git")?;
    let (input, output) =
        child.stdin.take().zip(child.stdout.take()).context("git has no pipes")?;
    let asked: String = ids.iter().map(|id| format!("{id}\n")).collect();
    // Written beside reading: a pipe takes only so much.
    let writer = std::thread::spawn(move || {
        let mut input = input;
        input.write_all(asked.as_bytes())
    });
    let mut printed = Vec::new();
    let mut output = output;
    output.read_to_end(&mut printed).context("cannot read from git")?;
    let written = writer.join().map_err(|_| anyhow!("cannot write to git"))?;
    written.context("cannot write to git")?;
    let status = child.wait().context("git did not end")?;
    if !status.success() {
        bail!("git cat-file failed");
    }
    batch(&printed, ids.len())
}

/// Objects as `git cat-file --batch` prints them: a line with the size, the bytes, a line break.
fn batch(printed: &[u8], count: usize) -> anyhow::Result<Vec<Vec<u8>>> {
    let (mut rest, mut found) = (printed, Vec::new());
    for _ in 0..count {
        let end = rest.iter().position(|byte| *byte == b'\n').context("git printed too little")?;
        let (line, after) = rest.split_at(end);
        let line = String::from_utf8_lossy(line);
        let size = line.rsplit(' ').next().and_then(|size| size.parse::<usize>().ok());
        let size = size.with_context(|| format!("git does not have an object: {line}"))?;
        let bytes = after.get(1..=size).context("git printed too little")?;
        found.push(bytes.to_vec());
        rest = after.get(size + 2..).context("git printed too little")?;
    }
    Ok(found)
}

fn edition(revision: &str, files: &Files) -> anyhow::Result<Edition> {
    let shown = |path: &str| format!("{revision}:{path}");
    let text = |path: &str| match files.get(path) {
        Some(bytes) => source::decoded(bytes, &shown(path)).map(Some),
        None => Ok(None),
    };
    let name = only(collections(files), "spec/")?;
    let path = format!("spec/{name}");
    let spec = match text(&path)? {
        Some(spec) => spec,
        None => bundled(files, &name, revision)?,
    };
    let is_evidence = |path: &&String| {
        let name = path.strip_prefix("spec/evidence/");
        name.is_some_and(|name| name.ends_with(".json") && !name.contains('/'))
    };
    let evidence = files.keys().filter(is_evidence);
    let evidence = evidence.map(|path| Ok((path.clone(), text(path)?.unwrap_or_default())));
    let [_, recorded] = PATHS;
    Ok(Edition {
        label: revision.to_owned(),
        file: shown(&path),
        spec_name: name,
        spec,
        overlay_file: shown("spec/overlay.toml"),
        overlay: text("spec/overlay.toml")?,
        evidence: evidence.collect::<anyhow::Result<_>>()?,
        recorded: text(recorded)?,
    })
}

/// Names below `spec/`: JSON files, and folders around a definition.
fn collections(files: &Files) -> Vec<String> {
    let mut found = BTreeSet::new();
    for below in files.keys().filter_map(|path| path.strip_prefix("spec/")) {
        match below.split_once('/') {
            None if below.ends_with(".json") => drop(found.insert(below.to_owned())),
            Some((folder, ".resources/definition.yaml" | ".resources/definition.yml")) => {
                found.insert(folder.to_owned());
            }
            Some(_) | None => {}
        }
    }
    found.into_iter().collect()
}

/// A collection in format v3 as one text, as the command line reads it from a folder.
fn bundled(files: &Files, name: &str, revision: &str) -> anyhow::Result<String> {
    let prefix = format!("spec/{name}/");
    let mut parts = Vec::new();
    for (path, bytes) in files {
        let Some(below) = path.strip_prefix(&prefix) else { continue };
        if below.split('/').any(|part| part.starts_with('.') && part != RESOURCES) {
            continue;
        }
        let is_yaml = below.ends_with(".yaml") || below.ends_with(".yml");
        let shown = format!("{revision}:{path}");
        let text = if is_yaml { source::decoded(bytes, &shown)? } else { String::new() };
        parts.push((format!("{name}/{below}"), text));
    }
    bundle::join(&parts).map_err(|why| anyhow!("{revision}: {why}"))
}
