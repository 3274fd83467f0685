//! A word of the command line -> the texts of an edition: a path that exists, else a git revision.
//!
//! What a revision holds is read as what lies on disk is: one way for both, so that they cannot differ.

use super::revision::{self, Checkout};
use crate::args::Inputs;
use crate::job::{Job, Texts};
use crate::workspace::{self, Home};
use crate::{source, terminal::Verbosity};
use postman_codegen::output::MANIFEST;
use postman_codegen::pipeline::Input;
use postman_codegen::review;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

/// The collections of an edition.
pub(super) struct Edition {
    /// What a person calls it.
    pub(super) label: String,
    pub(super) clients: Vec<Client>,
    /// Whether it is all of a workspace, rather than one collection that somebody named.
    pub(super) is_workspace: bool,
    /// The files of a revision, while they are read.
    _checkout: Option<Checkout>,
}

/// A collection of an edition with its neighbours.
pub(super) struct Client {
    /// Its folder below `spec`; the first collection has none.
    pub(super) name: Option<String>,
    /// What a person calls it.
    pub(super) label: String,
    /// Its texts, or why there are none.
    pub(super) read: anyhow::Result<Read>,
    home: Option<Home>,
}

/// The texts of a collection, and how they are printed.
pub(super) struct Read {
    job: Job,
    texts: Texts,
    /// Path of the collection as it is printed.
    file: String,
    /// The list of what was written for it, where it is known.
    pub(super) recorded: Option<String>,
}

impl Edition {
    /// Finds and reads an edition; without a word the working tree.
    pub(super) fn load(word: Option<&OsStr>) -> anyhow::Result<Self> {
        let Some(word) = word else {
            let root = workspace::root()?;
            let found = Self::folder(&root, &root.join(workspace::SPEC), "")?;
            return Ok(Self { label: "the working tree".to_owned(), ..found });
        };
        let path = PathBuf::from(word);
        if !path.exists() {
            return Self::revision(&workspace::root()?, &word.to_string_lossy());
        }
        let root = workspace::root().unwrap_or_default();
        if path.is_dir() && !source::is_folder(&path) {
            return Self::folder(&root, &std::path::absolute(path)?, "");
        }
        let job = Job::elsewhere(root, &path, &quiet());
        let label = job.shown(&path);
        let client = Client { name: None, label: label.clone(), read: read(job, None), home: None };
        Ok(Self { label, clients: vec![client], is_workspace: false, _checkout: None })
    }

    fn revision(root: &Path, revision: &str) -> anyhow::Result<Self> {
        let checkout = revision::load(root, revision)?;
        let root = checkout.folder();
        let found = Self::folder(root, &root.join(workspace::SPEC), &format!("{revision}:"))?;
        Ok(Self { label: revision.to_owned(), _checkout: Some(checkout), ..found })
    }

    /// A folder like `spec/`: a collection, and beside it an overlay and evidence; or several such folders in it.
    fn folder(root: &Path, folder: &Path, prefix: &str) -> anyhow::Result<Self> {
        let client = |home: Home| {
            let recorded = std::fs::read_to_string(home.client.join(MANIFEST)).ok();
            let job = Job::at_home(root, &home, &quiet()).map(|job| job.with_prefix(prefix));
            let label = format!("{prefix}{}", workspace::shown(root, &home.folder));
            let read = job.and_then(|job| read(job, recorded));
            Client { name: home.name.clone(), label, read, home: Some(home) }
        };
        let own = workspace::homes(root).unwrap_or_default();
        let own = own.into_iter().find(|home| home.name.is_some() && home.folder == folder);
        let is_root = folder == root.join(workspace::SPEC);
        let homes = match own {
            Some(home) => vec![home],
            None => workspace::homes_in(root, folder)?,
        };
        Ok(Self {
            label: format!("{prefix}{}", workspace::shown(root, folder)),
            is_workspace: is_root || homes.len() > 1,
            clients: homes.into_iter().map(client).collect(),
            _checkout: None,
        })
    }
}

fn quiet() -> Inputs {
    Inputs { verbosity: Verbosity::Quiet, ..Inputs::default() }
}

fn read(job: Job, recorded: Option<String>) -> anyhow::Result<Read> {
    let (texts, file) = (job.read()?, job.shown(&job.spec));
    Ok(Read { job, texts, file, recorded })
}

impl Client {
    /// Whether a person who says `name` means this one.
    pub(super) fn is_called(&self, name: &str) -> bool {
        self.home.as_ref().is_some_and(|home| home.is_called(name))
    }
}

impl Read {
    /// What the pipeline reads.
    pub(super) fn input(&self) -> Input<'_> {
        self.job.input(&self.texts)
    }

    /// What a report prints of it.
    pub(super) fn shown<'a>(&'a self, label: &'a str) -> review::Edition<'a> {
        review::Edition { label, file: &self.file, text: &self.texts.spec }
    }

    /// Findings for a person, with file, line and column.
    pub(super) fn render(&self, found: &[postman_codegen::diagnostic::Diagnostic]) -> String {
        found.iter().map(|finding| self.job.render(finding, &self.texts)).collect()
    }
}
