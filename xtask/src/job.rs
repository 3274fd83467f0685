//! Flags and folders -> a [`Job`]: which files go in, where the crate goes, and how findings are printed.

use crate::args::Inputs;
use crate::workspace;
use anyhow::{Context as _, anyhow, bail};
use postman_codegen::diagnostic::{Diagnostic, line_and_column};
use postman_codegen::origin::Span;
use postman_codegen::postman::decode;
use postman_codegen::{Generated, Input};
use std::path::{Path, PathBuf};

/// What is said of a collection in format v3.
pub(crate) const FOLDER_OF_YAML: &str = "v3 YAML collections are not supported; export the collection from Postman as v2.1 JSON, and name that file";

/// Whether `path` is a collection in format v3: a folder of YAML files around a definition.
pub(crate) fn is_folder_of_yaml(path: &Path) -> bool {
    ["yaml", "yml"].iter().any(|end| path.join(format!(".resources/definition.{end}")).is_file())
}

/// One generation: its files, found once.
pub(crate) struct Job {
    pub(crate) root: PathBuf,
    pub(crate) spec: PathBuf,
    /// The overlay; it need not exist where nobody named it.
    pub(crate) overlay: Option<PathBuf>,
    overlay_is_named: bool,
    /// The folder of what was learned; a collection from elsewhere has none.
    evidence: Option<PathBuf>,
    package: Option<String>,
}

/// The texts of one moment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Texts {
    pub(crate) spec: String,
    pub(crate) overlay: Option<String>,
    /// Path and text of each evidence file, ordered by name.
    pub(crate) evidence: Vec<(String, String)>,
}

impl Texts {
    fn evidence_text(&self, name: &str) -> Option<&str> {
        let file = self.evidence.iter().find(|(path, _)| path == name)?;
        Some(&file.1)
    }
}

impl Job {
    /// Finds the files; a collection from elsewhere has no overlay but a named one.
    pub(crate) fn new(inputs: &Inputs) -> anyhow::Result<Self> {
        let root = workspace::root()?;
        let home = workspace::collection(&root);
        let (spec, is_home) = match &inputs.spec {
            None => (home?, true),
            Some(path) => (path.clone(), home.is_ok_and(|home| is_same(&home, path))),
        };
        let overlay = match &inputs.overlay {
            Some(path) => Some(path.clone()),
            None => is_home.then(|| root.join("spec/overlay.toml")),
        };
        let overlay_is_named = inputs.overlay.is_some();
        let evidence = is_home.then(|| root.join("spec/evidence"));
        let package = inputs.name.clone();
        Ok(Self { root, spec, overlay, overlay_is_named, evidence, package })
    }

    /// Reads the files.
    pub(crate) fn read(&self) -> anyhow::Result<Texts> {
        let spec = self.text(&self.spec)?;
        let overlay = match &self.overlay {
            Some(path) if self.overlay_is_named || path.exists() => Some(self.text(path)?),
            Some(_) | None => None,
        };
        Ok(Texts { spec, overlay, evidence: self.evidence()? })
    }

    fn evidence(&self) -> anyhow::Result<Vec<(String, String)>> {
        self.evidence_files()?.iter().map(|path| Ok((self.shown(path), self.text(path)?))).collect()
    }

    fn evidence_files(&self) -> anyhow::Result<Vec<PathBuf>> {
        let Some(folder) = self.evidence.as_ref().filter(|folder| folder.is_dir()) else {
            return Ok(Vec::new());
        };
        let entries =
            folder.read_dir().with_context(|| format!("cannot list {}", self.shown(folder)))?;
        let paths = entries.map(|entry| entry.map(|entry| entry.path()));
        let mut paths: Vec<PathBuf> = paths.collect::<Result<_, _>>()?;
        paths.retain(|path| path.extension().is_some_and(|extension| extension == "json"));
        paths.sort();
        Ok(paths)
    }

    /// What a person may change: the collection, the overlay, and the folder of evidence.
    pub(crate) fn inputs(&self) -> impl Iterator<Item = &PathBuf> {
        [Some(&self.spec), self.overlay.as_ref(), self.evidence.as_ref()].into_iter().flatten()
    }

    /// The files that are read now, whether they exist or not.
    pub(crate) fn files(&self) -> Vec<PathBuf> {
        let mut files = vec![self.spec.clone()];
        files.extend(self.overlay.clone());
        files.extend(self.evidence_files().unwrap_or_default());
        files
    }

    fn text(&self, path: &Path) -> anyhow::Result<String> {
        let shown = self.shown(path);
        if is_folder_of_yaml(path) {
            bail!("{shown}: {FOLDER_OF_YAML}");
        }
        let bytes = std::fs::read(path).with_context(|| format!("cannot read {shown}"))?;
        decode(&bytes).map_err(|error| match std::str::from_utf8(&bytes) {
            Err(invalid) if error.starts_with("not UTF-8") => {
                let start = invalid.valid_up_to();
                let text = String::from_utf8_lossy(&bytes);
                let (line, column) = line_and_column(&text, Span { start, end: start });
                anyhow!("{shown}:{line}:{column}: not UTF-8; save the file in that encoding")
            }
            _ => anyhow!("{shown}: {error}"),
        })
    }

    /// What the pipeline reads.
    pub(crate) fn input<'a>(&'a self, texts: &'a Texts) -> Input<'a> {
        Input {
            spec_name: self.spec.file_name().and_then(|name| name.to_str()).unwrap_or_default(),
            spec: &texts.spec,
            overlay: texts.overlay.as_deref(),
            evidence: &texts.evidence,
            package: self.package.as_deref(),
        }
    }

    /// Runs the pipeline.
    pub(crate) fn generate(&self, texts: &Texts) -> Result<Generated, Vec<Diagnostic>> {
        postman_codegen::generate(&self.input(texts))
    }

    /// A finding for a person, with file, line and column.
    pub(crate) fn render(&self, finding: &Diagnostic, texts: &Texts) -> String {
        match (&finding.source, &self.overlay) {
            (None, _) => finding.render(&self.shown(&self.spec), &texts.spec),
            (Some(source), overlay) => match (texts.evidence_text(source), overlay) {
                (Some(text), _) => finding.render(source, text),
                (None, Some(overlay)) => {
                    let text = texts.overlay.as_deref().unwrap_or_default();
                    finding.render(&self.shown(overlay), text)
                }
                (None, None) => finding.render(source, ""),
            },
        }
    }

    /// A path as it is printed: below the workspace where it lies there, else as it was given.
    pub(crate) fn shown(&self, path: &Path) -> String {
        let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        workspace::shown(
            &self.root,
            if absolute.starts_with(&self.root) { &absolute } else { path },
        )
    }
}

fn is_same(a: &Path, b: &Path) -> bool {
    match (a.canonicalize(), b.canonicalize()) {
        (Ok(a), Ok(b)) => a == b,
        _ => false,
    }
}
