//! A scratch workspace on disk, built by cargo: clients, their drivers, and the program that runs them.

use anyhow::{Context as _, bail};
use postman_codegen::json::{self, Node};
use postman_codegen::output::FileTree;
use postman_codegen::output::disk::{self, Edits};
use postman_codegen::wire::scratch::RUNNER;
use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A scratch workspace; all of them share one target folder, so that dependencies are built once.
pub(crate) struct Scratch {
    folder: PathBuf,
    target: PathBuf,
    jobs: Option<usize>,
}

/// What cargo said, by the member's folder (`clients/a`): messages a person can read.
pub(crate) type Complaints = BTreeMap<String, Vec<String>>;

impl Scratch {
    /// The workspace called `name`, with the versions of `root`'s lock file.
    pub(crate) fn new(root: &Path, name: &str, jobs: Option<usize>) -> anyhow::Result<Self> {
        let target = std::env::var_os("CARGO_TARGET_DIR").map(PathBuf::from);
        let home = target.unwrap_or_else(|| root.join("target")).join("wire");
        let home = std::path::absolute(home)?;
        let folder = home.join(name);
        std::fs::create_dir_all(&folder)
            .with_context(|| format!("cannot create {}", folder.display()))?;
        let lock = root.join("Cargo.lock");
        if lock.exists() && !folder.join("Cargo.lock").exists() {
            std::fs::copy(lock, folder.join("Cargo.lock"))?;
        }
        Ok(Self { target: home.join("build"), folder, jobs })
    }

    /// Makes the workspace hold `files`.
    pub(crate) fn write(&self, files: &FileTree) -> anyhow::Result<()> {
        disk::sync(&self.folder, files, Edits::Overwrite)?;
        Ok(())
    }

    /// Runs `cargo <words>` on everything that can be built and returns what it complained about.
    pub(crate) fn cargo(&self, words: &[&str]) -> anyhow::Result<Complaints> {
        let mut command = self.command(words);
        command.args(["--keep-going", "--message-format=json"]);
        let output = command.stdin(Stdio::null()).output().context("cannot run cargo")?;
        let said = String::from_utf8_lossy(&output.stdout);
        let complaints = self.complaints(&said);
        if !output.status.success() && complaints.is_empty() {
            bail!("cargo {}:\n{}", words.join(" "), String::from_utf8_lossy(&output.stderr));
        }
        Ok(complaints)
    }

    /// Runs the drivers and returns what they printed.
    pub(crate) fn run(&self, target: Option<&str>) -> anyhow::Result<String> {
        let mut command = self.command(&["run", "--quiet", "--package", RUNNER]);
        if let Some(target) = target {
            command.args(["--", target]);
        }
        let output = command.stdin(Stdio::null()).output().context("cannot run cargo")?;
        if !output.status.success() {
            bail!("the driver failed:\n{}", String::from_utf8_lossy(&output.stderr));
        }
        Ok(String::from_utf8(output.stdout)?)
    }

    /// Runs the program of a member with arguments and returns what it printed.
    pub(crate) fn run_program(&self, package: &str, words: &[&Path]) -> anyhow::Result<String> {
        let mut command = self.command(&["run", "--quiet", "--package", package, "--"]);
        let output = command.args(words).stdin(Stdio::null()).output();
        let output = output.context("cannot run cargo")?;
        if !output.status.success() {
            bail!("{package} failed:\n{}", String::from_utf8_lossy(&output.stderr));
        }
        Ok(String::from_utf8(output.stdout)?)
    }

    fn command(&self, words: &[&str]) -> Command {
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo"));
        let mut command = Command::new(cargo);
        command.args(words).current_dir(&self.folder).env("CARGO_TARGET_DIR", &self.target);
        command.env_remove("RUSTFLAGS").env("CARGO_TERM_COLOR", "never");
        if let (Some(jobs), true) = (self.jobs, words.first() != Some(&"run")) {
            command.arg(format!("--jobs={jobs}"));
        }
        command
    }

    fn complaints(&self, said: &str) -> Complaints {
        let mut complaints = Complaints::new();
        let folder = self.folder.canonicalize().unwrap_or_else(|_| self.folder.clone());
        for line in said.lines() {
            if let Some((manifest, message)) = complaint(line) {
                let member = Path::new(&manifest).parent().unwrap_or(Path::new(""));
                let member = member.strip_prefix(&folder).unwrap_or(member);
                complaints.entry(member.display().to_string()).or_default().push(message);
            }
        }
        complaints
    }
}

/// Manifest and text of a compiler message that is an error or a warning.
fn complaint(line: &str) -> Option<(String, String)> {
    let node = json::read(line).ok()?;
    let text = |node: &Node, key: &str| node.get(key)?.text().map(str::to_owned);
    if text(&node, "reason")? != "compiler-message" {
        return None;
    }
    let message = node.get("message")?;
    let level = text(message, "level")?;
    let summary = level == "warning" && text(message, "message")?.contains("warning emitted");
    if summary || !(level.starts_with("error") || level == "warning") {
        return None;
    }
    Some((text(&node, "manifest_path")?, text(message, "rendered").unwrap_or(level)))
}
