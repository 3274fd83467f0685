//! A word of the command line -> the texts of an edition: a path that exists, else a git revision.

use super::revision;
use crate::{source, workspace};
use anyhow::{Context as _, bail};
use postman_codegen::diagnostic::Diagnostic;
use postman_codegen::output::MANIFEST;
use postman_codegen::pipeline::Input;
use postman_codegen::review;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

/// Where the emitted crate's list of files lies in a workspace.
const RECORDED: &str = "generated-client";

/// The texts of an edition.
#[derive(Clone, Debug, Default)]
pub(super) struct Edition {
    /// What a person calls it.
    pub(super) label: String,
    /// Path of the collection as it is printed.
    pub(super) file: String,
    /// File name of the collection.
    pub(super) spec_name: String,
    pub(super) spec: String,
    /// Path of the overlay as it is printed.
    pub(super) overlay_file: String,
    pub(super) overlay: Option<String>,
    /// Path and text of each evidence file.
    pub(super) evidence: Vec<(String, String)>,
    /// The list of what was written for it, where it is known.
    pub(super) recorded: Option<String>,
}

impl Edition {
    /// Finds and reads an edition; without a word the working tree.
    pub(super) fn load(word: Option<&OsStr>) -> anyhow::Result<Self> {
        let Some(word) = word else {
            let root = workspace::root()?;
            let folder = Self::folder(&root, &root.join("spec"))?;
            let recorded = std::fs::read_to_string(root.join(RECORDED).join(MANIFEST)).ok();
            return Ok(Self { label: "the working tree".to_owned(), recorded, ..folder });
        };
        let path = PathBuf::from(word);
        if !path.exists() {
            return revision::load(&workspace::root()?, &word.to_string_lossy());
        }
        let root = workspace::root().unwrap_or_default();
        if path.is_dir() && !source::is_folder(&path) {
            return Self::folder(&root, &path);
        }
        let shown = workspace::shown(&root, &path);
        Ok(Self {
            label: shown.clone(),
            file: shown,
            spec_name: source::name(&path),
            spec: source::read(&path, &|path| workspace::shown(&root, path))?,
            ..Self::default()
        })
    }

    /// A folder like `spec/`: a collection, and beside it an overlay and evidence.
    fn folder(root: &Path, folder: &Path) -> anyhow::Result<Self> {
        let shown = |path: &Path| workspace::shown(root, path);
        let collection = workspace::collection_in(root, folder)?;
        let overlay = folder.join("overlay.toml");
        let text = |path: &Path| source::text(path, &shown);
        let evidence = json_files(&folder.join("evidence"))?;
        let evidence = evidence.iter().map(|path| Ok((shown(path), text(path)?)));
        Ok(Self {
            label: shown(folder),
            file: shown(&collection),
            spec_name: source::name(&collection),
            spec: source::read(&collection, &shown)?,
            overlay_file: shown(&overlay),
            overlay: overlay.exists().then(|| text(&overlay)).transpose()?,
            evidence: evidence.collect::<anyhow::Result<_>>()?,
            recorded: None,
        })
    }

    /// What the pipeline reads.
    pub(super) fn input(&self) -> Input<'_> {
        Input {
            spec_name: &self.spec_name,
            spec: &self.spec,
            overlay: self.overlay.as_deref(),
            evidence: &self.evidence,
            package: None,
        }
    }

    /// What a report prints of it.
    pub(super) fn shown(&self) -> review::Edition<'_> {
        review::Edition { label: &self.label, file: &self.file, text: &self.spec }
    }

    /// A finding for a person, with file, line and column.
    pub(super) fn render(&self, finding: &Diagnostic) -> String {
        let Some(source) = &finding.source else { return finding.render(&self.file, &self.spec) };
        match self.evidence.iter().find(|(path, _)| path == source) {
            Some((path, text)) => finding.render(path, text),
            None => {
                let text = self.overlay.as_deref().unwrap_or_default();
                finding.render(&self.overlay_file, text)
            }
        }
    }
}

fn json_files(folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let entries = folder.read_dir().with_context(|| format!("cannot list {}", folder.display()))?;
    let paths = entries.map(|entry| entry.map(|entry| entry.path()));
    let mut paths: Vec<PathBuf> = paths.collect::<Result<_, _>>()?;
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "json"));
    paths.sort();
    Ok(paths)
}

/// The only collection among names; `place` is where they stand.
pub(super) fn only(mut found: Vec<String>, place: &str) -> anyhow::Result<String> {
    found.sort();
    match (found.pop(), found.is_empty()) {
        (Some(only), true) => Ok(only),
        (None, _) => {
            bail!("there is no collection in {place}, neither *.json nor a folder of YAML")
        }
        (Some(last), false) => {
            found.push(last);
            bail!("several collections in {place}: {}", found.join(", "))
        }
    }
}
