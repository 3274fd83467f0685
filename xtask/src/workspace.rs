//! Where the workspace lies, and how its paths are printed.

use crate::source;
use anyhow::{Context as _, bail};
use std::path::{Path, PathBuf};

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

fn around(folder: &Path) -> Option<&Path> {
    let has_xtask = |folder: &&Path| folder.join("xtask/Cargo.toml").is_file();
    let has_spec = |folder: &&Path| folder.join("spec").is_dir() && is_workspace(folder);
    folder.ancestors().find(has_xtask).or_else(|| folder.ancestors().find(has_spec))
}

fn is_workspace(folder: &Path) -> bool {
    let manifest = std::fs::read_to_string(folder.join("Cargo.toml")).unwrap_or_default();
    manifest.lines().any(|line| line.trim_end() == "[workspace]")
}

/// The only collection in `spec/`.
pub(crate) fn collection(root: &Path) -> anyhow::Result<PathBuf> {
    collection_in(root, &root.join("spec"))
}

/// The only collection in a folder.
pub(crate) fn collection_in(root: &Path, folder: &Path) -> anyhow::Result<PathBuf> {
    let mut found = Vec::new();
    let entries = std::fs::read_dir(folder)
        .with_context(|| format!("cannot list {}", shown(root, folder)))?;
    for entry in entries {
        let path = entry?.path();
        let is_json = path.extension().is_some_and(|extension| extension == "json");
        if is_json || source::is_folder(&path) {
            found.push(path);
        }
    }
    found.sort();
    match found.as_slice() {
        [only] => Ok(only.clone()),
        [] => bail!(
            "there is no collection in {}/, neither *.json nor a folder of YAML; name one with --spec FILE",
            shown(root, folder)
        ),
        several => {
            let names: Vec<_> = several.iter().map(|path| shown(root, path)).collect();
            bail!("several collections: {}; name one with --spec FILE", names.join(", "))
        }
    }
}

/// `path` below the workspace, where it lies there; with `/` everywhere.
pub(crate) fn shown(root: &Path, path: &Path) -> String {
    let path = path.strip_prefix(root).unwrap_or(path);
    path.display().to_string().replace('\\', "/")
}
