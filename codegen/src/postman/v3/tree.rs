//! Paths of files -> the directories that hold them: which file is a definition, a request, an example.

use crate::diagnostic::Diagnostic;
use crate::postman::located::{Located, Notes};
use std::collections::BTreeMap;

/// Deepest nesting of directories that is followed.
const MAX_DEPTH: usize = 200;

/// Holds what belongs to a directory without being in it.
const RESOURCES: &str = ".resources";

/// A directory with requests in it, or below it.
#[derive(Clone, Default)]
pub(super) struct Directory<'a> {
    /// Its own name.
    pub(super) name: &'a str,
    /// Its path in the bundle.
    pub(super) path: String,
    /// Its definition.
    pub(super) definition: Option<Located<'a>>,
    /// The directories in it, by name.
    pub(super) directories: BTreeMap<&'a str, Directory<'a>>,
    /// The files of requests in it, by name.
    pub(super) requests: BTreeMap<&'a str, Located<'a>>,
}

/// All files of a collection by what they are; those that are nothing of it stand in the account.
pub(super) struct Tree<'a> {
    root: Directory<'a>,
    /// Examples by the directory they lie in.
    examples: BTreeMap<&'a str, Examples<'a>>,
}

/// The examples in one directory.
#[derive(Default)]
struct Examples<'a> {
    files: Vec<(&'a str, Located<'a>)>,
    /// Whether a request named the directory.
    is_named: bool,
}

impl<'a> Tree<'a> {
    pub(super) fn new(root: &Located<'a>, notes: &mut Notes) -> Self {
        let mut tree = Self { root: Directory::default(), examples: BTreeMap::new() };
        for (path, place) in root.entries() {
            let (directory, file) = path.rsplit_once('/').unwrap_or(("", path));
            if directory.split('/').count() > MAX_DEPTH {
                let message = format!("directories nest deeper than {MAX_DEPTH} levels");
                notes.push(Diagnostic::error("postman::depth", message, place.origin()));
            } else if is_definition(path) {
                let above = directory.rsplit_once('/').map_or("", |(above, _)| above);
                tree.root.at(above).definition = Some(place);
            } else if is_request(path) {
                tree.root.at(directory).requests.insert(file, place);
            } else if suffix(file, ".example").is_some() {
                tree.examples.entry(directory).or_default().files.push((file, place));
            }
        }
        tree
    }

    /// The directory of the collection itself.
    pub(super) fn top(&mut self) -> Directory<'a> {
        let mut directories = std::mem::take(&mut self.root.directories);
        directories.pop_first().map(|(_, directory)| directory).unwrap_or_default()
    }

    /// The examples of the request `stem` in `directory`: in the folder it names, or where Postman puts them.
    pub(super) fn examples(
        &mut self,
        directory: &str,
        stem: &str,
        named: Option<&str>,
    ) -> Vec<(&'a str, Located<'a>)> {
        let usual = format!("{RESOURCES}/{stem}.resources/examples");
        let path = resolved(directory, named.unwrap_or(&usual));
        let found = path.and_then(|path| self.examples.get_mut(path.as_str()));
        let Some(examples) = found else { return Vec::new() };
        examples.is_named = true;
        examples.files.clone()
    }

    /// A finding for each example that no request named.
    pub(super) fn strays(&self) -> Vec<Diagnostic> {
        let strays = self.examples.values().filter(|examples| !examples.is_named);
        let stray = |place: &Located<'_>| {
            let message = "no request's `examples` leads to this file; it is ignored";
            Diagnostic::warning("postman::example", message, place.origin())
        };
        strays.flat_map(|examples| &examples.files).map(|(_, place)| stray(place)).collect()
    }
}

impl<'a> Directory<'a> {
    /// The directory at `path` below this one.
    fn at(&mut self, path: &'a str) -> &mut Self {
        let mut directory = self;
        for name in path.split('/').filter(|name| !name.is_empty()) {
            let above = directory.path.clone();
            let inner = directory.directories.entry(name);
            directory = inner.or_insert_with(|| Self {
                name,
                path: if above.is_empty() { name.to_owned() } else { format!("{above}/{name}") },
                ..Self::default()
            });
        }
        directory
    }
}

/// Whether the file at `path` defines the directory above its `.resources`.
pub(in crate::postman) fn is_definition(path: &str) -> bool {
    let directory = suffix(path, "/definition").and_then(|path| path.strip_suffix(RESOURCES));
    directory.and_then(|path| path.strip_suffix('/')).is_some_and(|path| !is_apart(path))
}

/// Whether `path` leads through a directory that holds no requests.
fn is_apart(path: &str) -> bool {
    path.split('/').any(|name| name == RESOURCES)
}

/// Whether the file at `path` is a request's.
fn is_request(path: &str) -> bool {
    suffix(path, ".request").is_some() && !is_apart(path)
}

/// A request's file name without its endings.
pub(super) fn stem(file: &str) -> &str {
    suffix(file, ".request").unwrap_or(file)
}

/// `path` without `ending` and the ending of YAML files.
fn suffix<'p>(path: &'p str, ending: &str) -> Option<&'p str> {
    let bare = path.strip_suffix(".yaml").or_else(|| path.strip_suffix(".yml"))?;
    bare.strip_suffix(ending)
}

/// `relative` seen from `directory`; `None` where it leads out of the bundle.
fn resolved(directory: &str, relative: &str) -> Option<String> {
    let mut parts: Vec<&str> = directory.split('/').collect();
    for part in relative.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()?),
            name => parts.push(name),
        }
    }
    Some(parts.join("/"))
}
