//! Flags and folders -> a [`Job`]: which files go in, where the crate goes, and how findings are printed.

use crate::args::Inputs;
use crate::terminal::{Verbosity, complain};
use crate::workspace::Home;
use crate::{source, workspace};
use anyhow::{Context as _, bail};
use postman_codegen::diagnostic::{Diagnostic, Severity, grouped};
use postman_codegen::name::Renaming;
use postman_codegen::{Generated, Input};
use std::path::{Path, PathBuf};

/// The lock beside a collection.
pub(crate) const LOCK: &str = postman_codegen::name::lock::SOURCE;

/// One generation: its files, found once.
pub(crate) struct Job {
    pub(crate) root: PathBuf,
    /// The collection: a file, or a folder of format v3.
    pub(crate) spec: PathBuf,
    spec_name: String,
    /// The overlay; it need not exist where nobody named it.
    pub(crate) overlay: Option<PathBuf>,
    overlay_is_named: bool,
    /// The folder of what was learned; a collection from elsewhere has none.
    pub(crate) evidence: Option<PathBuf>,
    /// The names that stay, and where they are written; a collection from elsewhere has none unless somebody names one.
    pub(crate) lock: Option<PathBuf>,
    /// The folder of the client, where nobody names another one.
    pub(crate) client: PathBuf,
    package: Option<String>,
    renaming: Renaming,
    verbosity: Verbosity,
    /// What stands before its paths where they are printed: `REVISION:` of files in git.
    prefix: String,
}

/// A collection of the workspace: its job, or why there is none, which is no other collection's fault.
pub(crate) struct Found {
    pub(crate) home: Home,
    pub(crate) job: anyhow::Result<Job>,
}

/// The texts of one moment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Texts {
    pub(crate) spec: String,
    pub(crate) overlay: Option<String>,
    /// Path and text of each evidence file, ordered by name.
    pub(crate) evidence: Vec<(String, String)>,
    /// The names that stay, once they were written.
    pub(crate) lock: Option<String>,
}

impl Texts {
    fn evidence_text(&self, name: &str) -> Option<&str> {
        let file = self.evidence.iter().find(|(path, _)| path == name)?;
        Some(&file.1)
    }
}

impl Job {
    /// Finds the files of the collection that the flags name, or of the only one of the workspace.
    pub(crate) fn new(inputs: &Inputs) -> anyhow::Result<Self> {
        Self::below(workspace::root()?, inputs)
    }

    fn below(root: PathBuf, inputs: &Inputs) -> anyhow::Result<Self> {
        if let Some(spec) = &inputs.spec {
            return Self::named(root, spec, inputs);
        }
        match workspace::homes(&root)?.as_slice() {
            [only] => Self::at_home(&root, only, inputs),
            several => {
                let folders: Vec<_> = several.iter().map(|home| home.folder.clone()).collect();
                let folders = workspace::list(&root, &folders);
                bail!("several collections: those of {folders}; name one with --spec FOLDER")
            }
        }
    }

    /// All collections of the workspace, or the one that the flags or `name` name.
    pub(crate) fn all(
        root: &Path,
        inputs: &Inputs,
        name: Option<&str>,
    ) -> anyhow::Result<Vec<Found>> {
        if inputs.spec.is_some() {
            let job = Self::below(root.to_owned(), inputs)?;
            return Ok(vec![Found { home: Home::first(&job.root), job: Ok(job) }]);
        }
        let mut homes = workspace::homes(root)?;
        if let Some(name) = name {
            let folders: Vec<_> = homes.iter().map(|home| home.folder.clone()).collect();
            homes.retain(|home| home.is_called(name));
            if homes.is_empty() {
                bail!(
                    "no collection is called `{name}`; there are {}",
                    workspace::list(root, &folders)
                );
            }
        }
        let found = |home: Home| Found { job: Self::at_home(root, &home, inputs), home };
        Ok(homes.into_iter().map(found).collect())
    }

    /// A collection from elsewhere has no overlay but a named one; a folder like `spec`, or the collection in one, has its neighbours.
    fn named(root: PathBuf, spec: &Path, inputs: &Inputs) -> anyhow::Result<Self> {
        for home in workspace::homes(&root).unwrap_or_default() {
            let own = workspace::collection_in(&root, &home.folder);
            if is_same(&home.folder, spec) || own.is_ok_and(|own| is_same(&own, spec)) {
                let job = Self::at_home(&root, &home, inputs)?;
                let is_folder = is_same(&home.folder, spec);
                return Ok(if is_folder { job } else { Self { spec: spec.to_owned(), ..job } });
            }
        }
        Ok(Self::elsewhere(root, spec, inputs))
    }

    /// The job of a collection that is none of the workspace's.
    pub(crate) fn elsewhere(root: PathBuf, spec: &Path, inputs: &Inputs) -> Self {
        Self {
            client: Home::first(&root).client,
            spec: spec.to_owned(),
            spec_name: source::name(spec),
            overlay: inputs.overlay.clone(),
            overlay_is_named: inputs.overlay.is_some(),
            evidence: None,
            lock: inputs.lock.clone(),
            package: inputs.name.clone(),
            renaming: inputs.renaming,
            verbosity: inputs.verbosity,
            prefix: String::new(),
            root,
        }
    }

    /// The job of a collection of the workspace.
    pub(crate) fn at_home(root: &Path, home: &Home, inputs: &Inputs) -> anyhow::Result<Self> {
        let spec = workspace::collection_in(root, &home.folder)?;
        let overlay = inputs.overlay.clone().unwrap_or_else(|| home.folder.join("overlay.toml"));
        Ok(Self {
            root: root.to_owned(),
            spec_name: source::name(&spec),
            spec,
            overlay: Some(overlay),
            overlay_is_named: inputs.overlay.is_some(),
            evidence: Some(home.folder.join("evidence")),
            lock: Some(inputs.lock.clone().unwrap_or_else(|| home.folder.join(LOCK))),
            client: home.client.clone(),
            package: inputs.name.clone(),
            renaming: inputs.renaming,
            verbosity: inputs.verbosity,
            prefix: String::new(),
        })
    }

    /// The same, with something before its paths where they are printed.
    pub(crate) fn with_prefix(self, prefix: &str) -> Self {
        Self { prefix: prefix.to_owned(), ..self }
    }

    /// Reads the files.
    pub(crate) fn read(&self) -> anyhow::Result<Texts> {
        let spec = source::read(&self.spec, &|path| self.shown(path))?;
        let overlay = match &self.overlay {
            Some(path) if self.overlay_is_named || path.exists() => Some(self.text(path)?),
            Some(_) | None => None,
        };
        let lock = self.lock.as_ref().filter(|path| path.exists());
        let lock = lock.map(|path| self.text(path)).transpose()?;
        Ok(Texts { spec, overlay, evidence: self.evidence()?, lock })
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
        let mut files = source::files(&self.spec).unwrap_or_default();
        files.extend(self.overlay.clone());
        files.extend(self.evidence_files().unwrap_or_default());
        files
    }

    fn text(&self, path: &Path) -> anyhow::Result<String> {
        source::text(path, &|path| self.shown(path))
    }

    /// What the pipeline reads.
    pub(crate) fn input<'a>(&'a self, texts: &'a Texts) -> Input<'a> {
        Input {
            spec_name: &self.spec_name,
            spec: &texts.spec,
            overlay: texts.overlay.as_deref(),
            evidence: &texts.evidence,
            lock: texts.lock.as_deref(),
            renaming: self.renaming,
            package: self.package.as_deref(),
        }
    }

    /// Runs the pipeline.
    pub(crate) fn generate(&self, texts: &Texts) -> Result<Generated, Vec<Diagnostic>> {
        postman_codegen::generate(&self.input(texts))
    }

    /// Runs the pipeline after a run of the same job, whose modules stay that are the same.
    pub(crate) fn generate_after(
        &self,
        texts: &Texts,
        before: Option<&Generated>,
    ) -> Result<Generated, Vec<Diagnostic>> {
        postman_codegen::generate_after(&self.input(texts), before)
    }

    /// Prints findings to standard error.
    pub(crate) fn complain(&self, found: &[Diagnostic], texts: &Texts) {
        complain(&self.told(found, texts));
    }

    /// Findings for a person, those of one kind together; errors are told however quiet the run is.
    pub(crate) fn told(&self, found: &[Diagnostic], texts: &Texts) -> String {
        let is_error = |finding: &&Diagnostic| finding.severity == Severity::Error;
        let errors = || found.iter().filter(is_error).cloned().collect();
        let found = if self.verbosity == Verbosity::Quiet { errors() } else { found.to_vec() };
        let render = |finding: &Diagnostic| self.render(finding, texts);
        grouped(&found, self.verbosity.extent(), &render)
    }

    /// A finding for a person, with file, line and column.
    pub(crate) fn render(&self, finding: &Diagnostic, texts: &Texts) -> String {
        let lock = finding.source.as_deref().filter(|source| *source == LOCK);
        if let Some(path) = lock.and(self.lock.as_ref()) {
            return finding.render(&self.shown(path), texts.lock.as_deref().unwrap_or_default());
        }
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
        let path = if absolute.starts_with(&self.root) { &absolute } else { path };
        format!("{}{}", self.prefix, workspace::shown(&self.root, path))
    }
}

fn is_same(a: &Path, b: &Path) -> bool {
    match (a.canonicalize(), b.canonicalize()) {
        (Ok(a), Ok(b)) => a == b,
        _ => false,
    }
}
