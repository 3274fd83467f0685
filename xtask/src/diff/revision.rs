//! A git revision -> the files of its collections in a folder that is gone afterwards, read from git's store: no checkout is touched, and nothing is fetched.

use anyhow::{Context as _, anyhow, bail};
use postman_codegen::output::disk::create;
use postman_codegen::output::{FileTree, MANIFEST};
use std::collections::BTreeMap;
use std::io::{Read as _, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};
use tempfile::TempDir;

/// What is looked for in a revision, below the workspace: all of the first, of the others what tells one client from another.
const PATHS: [&str; 3] = ["spec", "generated-client", "clients"];

/// What is read of a client.
const CLIENT: [&str; 2] = [MANIFEST, "Cargo.toml"];

/// Paths below the workspace and bytes.
type Files = BTreeMap<String, Vec<u8>>;

/// Files of a revision, as they lay in the workspace; removed when it is dropped.
#[derive(Debug)]
pub(super) struct Checkout(TempDir);

impl Checkout {
    /// The folder that stands for the workspace.
    pub(super) fn folder(&self) -> &Path {
        self.0.path()
    }
}

/// The files of the workspace at `root` that a revision holds.
pub(super) fn load(root: &Path, revision: &str) -> anyhow::Result<Checkout> {
    let commit = commit(root, revision)?;
    let files = files(root, &commit)?;
    let checkout = Checkout(private_folder().context("cannot make a temporary folder")?);
    std::fs::create_dir(checkout.folder().join(crate::workspace::SPEC))?;
    create(checkout.folder(), &files, &FileTree::default())
        .with_context(|| format!("revision {revision}"))?;
    Ok(checkout)
}

/// An empty folder that nobody else may read: what a collection says may be secret.
fn private_folder() -> std::io::Result<TempDir> {
    let mut builder = tempfile::Builder::new();
    builder.prefix("postman-codegen-diff-");
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o700));
    builder.tempdir()
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
        // Of a client, what says how it is called and what was written.
        let of_client = || {
            path.matches('/').count() < 3
                && path.rsplit('/').next().is_some_and(|name| CLIENT.contains(&name))
        };
        if !path.starts_with("spec/") && !of_client() {
            continue;
        }
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
