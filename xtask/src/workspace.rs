//! Where the workspace lies, and how its paths are printed.

use crate::source;
use anyhow::{Context as _, bail};
use std::path::{Path, PathBuf};

/// The folder above the current one that holds this package; else the one cargo says.
pub(crate) fn root() -> anyhow::Result<PathBuf> {
    let here = std::env::current_dir().context("the current folder is not readable")?;
    let is_root = |folder: &&Path| folder.join("xtask/Cargo.toml").is_file();
    if let Some(root) = here.ancestors().find(is_root) {
        return Ok(root.to_owned());
    }
    let package = std::env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from);
    let root = package.as_deref().and_then(Path::parent).filter(is_root);
    root.map(Path::to_owned).context("not inside the workspace; change to a folder of it")
}

/// The only collection in `spec/`.
pub(crate) fn collection(root: &Path) -> anyhow::Result<PathBuf> {
    let folder = root.join("spec");
    let mut found = Vec::new();
    let entries = std::fs::read_dir(&folder)
        .with_context(|| format!("cannot list {}", shown(root, &folder)))?;
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
            "there is no collection in spec/, neither *.json nor a folder of YAML; name one with --spec FILE"
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
