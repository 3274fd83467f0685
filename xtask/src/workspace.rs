//! Where the workspace lies, and how its paths are printed.

use crate::args::Inputs;
use crate::source;
use anyhow::{Context as _, bail};
use postman_codegen::output::MANIFEST;
use std::path::{Path, PathBuf};

/// The folder of collections, below the workspace.
pub(crate) const SPEC: &str = "spec";

/// The workspace around the current folder, else around the package that cargo runs: the nearest folder above with an `xtask`, else the nearest cargo workspace with a `spec`.
///
/// Nothing is known of the workspace that this program was compiled in: it runs in those of others.
pub(crate) fn root() -> anyhow::Result<PathBuf> {
    let here = std::env::current_dir().context("the current folder is not readable")?;
    let package = std::env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from);
    let root = around(&here).or_else(|| around(package.as_deref()?));
    root.map(Path::to_owned).context(
        "not inside a workspace with a spec/; change to a folder of it, or make one with `init`",
    )
}

/// The workspace of a command that writes to `out`; a collection and a client that are both named need none, and paths are then printed as seen from the current folder.
pub(crate) fn root_for(inputs: &Inputs, out: Option<&Path>) -> anyhow::Result<PathBuf> {
    match root() {
        Err(_) if inputs.spec.is_some() && out.is_some() => {
            std::env::current_dir().context("the current folder is not readable")
        }
        found => found,
    }
}

fn around(folder: &Path) -> Option<&Path> {
    let has_xtask = |folder: &&Path| folder.join("xtask/Cargo.toml").is_file();
    let has_spec = |folder: &&Path| folder.join("spec").is_dir() && is_workspace(folder);
    folder.ancestors().find(has_xtask).or_else(|| folder.ancestors().find(has_spec))
}

fn is_workspace(folder: &Path) -> bool {
    let manifest = std::fs::read_to_string(folder.join("Cargo.toml")).unwrap_or_default();
    manifest.lines().any(|line| line.trim_end() == "[workspace]")
}

/// The place of one collection in the workspace: its folder, and the folder of its client.
#[derive(Clone, Debug)]
pub(crate) struct Home {
    /// Its name below `spec`; the first collection has none.
    pub(crate) name: Option<String>,
    /// `spec`, or `spec/NAME`: the collection, its overlay, its evidence.
    pub(crate) folder: PathBuf,
    /// `generated-client`, or `clients/NAME`.
    pub(crate) client: PathBuf,
}

impl Home {
    /// The home of the workspace's first collection.
    pub(crate) fn first(root: &Path) -> Self {
        Self { name: None, folder: root.join(SPEC), client: root.join("generated-client") }
    }

    /// The home of a further collection.
    pub(crate) fn further(root: &Path, name: &str) -> Self {
        Self {
            name: Some(name.to_owned()),
            folder: root.join(SPEC).join(name),
            client: root.join("clients").join(name),
        }
    }

    /// Whether the generator wrote its client.
    fn has_client(&self) -> bool {
        self.client.join(MANIFEST).is_file()
    }

    /// What a person may call it: its folder below `spec`, or its package.
    pub(crate) fn is_called(&self, name: &str) -> bool {
        let folder = self.folder.file_name().unwrap_or_default();
        folder == name || package(&self.client).as_deref() == Some(name)
    }
}

/// The name of the package in `folder`, where there is one.
pub(crate) fn package(folder: &Path) -> Option<String> {
    let manifest = std::fs::read_to_string(folder.join("Cargo.toml")).ok()?;
    let name = manifest.lines().find_map(|line| line.strip_prefix("name = "))?;
    Some(name.trim_matches('"').to_owned())
}

/// All collections of the workspace.
pub(crate) fn homes(root: &Path) -> anyhow::Result<Vec<Home>> {
    homes_in(root, &root.join(SPEC))
}

/// All collections in a folder like `spec`: the one in it where there is any, and those in the folders below that hold an overlay or whose client is there.
///
/// What only a client speaks of is a collection too: that its text is gone is an error, and not to be passed over.
pub(crate) fn homes_in(root: &Path, folder: &Path) -> anyhow::Result<Vec<Home>> {
    let first = Home { folder: folder.to_owned(), ..Home::first(root) };
    let mut further = Vec::new();
    for path in entries(root, folder)? {
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        let home = Home { folder: path.clone(), ..Home::further(root, name) };
        let is_home = path.join("overlay.toml").is_file() || home.has_client();
        if is_home && path.is_dir() && !source::is_folder(&path) {
            further.push(home);
        }
    }
    let has_first = !collections(root, folder)?.is_empty() || first.has_client();
    let first = (has_first || further.is_empty()).then_some(first);
    Ok(first.into_iter().chain(further).collect())
}

/// The only collection in a folder.
pub(crate) fn collection_in(root: &Path, folder: &Path) -> anyhow::Result<PathBuf> {
    match collections(root, folder)?.as_slice() {
        [only] => Ok(only.clone()),
        [] => bail!(
            "there is no collection in {}/, neither *.json nor a folder of YAML; name one with --spec FILE",
            shown(root, folder)
        ),
        several => bail!("several collections: {}; name one with --spec FILE", list(root, several)),
    }
}

/// Paths as they are printed, in one line.
pub(crate) fn list(root: &Path, paths: &[PathBuf]) -> String {
    let names: Vec<_> = paths.iter().map(|path| shown(root, path)).collect();
    names.join(", ")
}

/// All collections in a folder, of which there should be one.
pub(crate) fn collections(root: &Path, folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let mut found = entries(root, folder)?;
    found.retain(|path| {
        path.extension().is_some_and(|extension| extension == "json") || source::is_folder(path)
    });
    Ok(found)
}

fn entries(root: &Path, folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let cannot = || format!("cannot list {}", shown(root, folder));
    let entries = std::fs::read_dir(folder).with_context(cannot)?;
    let paths: Result<Vec<_>, _> = entries.map(|entry| entry.map(|entry| entry.path())).collect();
    let mut paths = paths.with_context(cannot)?;
    paths.sort();
    Ok(paths)
}

/// `path` below the workspace, where it lies there; with `/` everywhere.
pub(crate) fn shown(root: &Path, path: &Path) -> String {
    let path = path.strip_prefix(root).unwrap_or(path);
    path.display().to_string().replace('\\', "/")
}
