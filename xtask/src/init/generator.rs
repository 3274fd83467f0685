//! Where a new workspace takes the generator from.

use anyhow::{Context as _, bail};
use std::path::{Path, PathBuf};
use toml_edit::{DocumentMut, InlineTable, Item, Value};

/// The generator's command line, as a package.
const PACKAGE: &str = "xtask";

/// The flags about it.
#[derive(Default)]
pub(super) struct Generator {
    pub(super) path: Option<PathBuf>,
    pub(super) git: Option<String>,
    pub(super) revision: Option<String>,
}

impl Generator {
    /// Refuses flags that contradict each other.
    pub(super) fn check(&self) -> Result<(), &'static str> {
        match (&self.path, &self.git, &self.revision) {
            (Some(_), Some(_), _) => Err("--generator-path and --generator-git exclude each other"),
            (_, None, Some(_)) => Err("--generator-rev goes with --generator-git"),
            (_, _, _) => Ok(()),
        }
    }

    /// The dependency of the package in `xtask`, a folder, on the generator's own.
    pub(super) fn dependency(&self, xtask: &Path) -> anyhow::Result<Value> {
        let mut table = InlineTable::new();
        if let Some(url) = &self.git {
            table.insert("git", url.into());
            self.revision.iter().for_each(|revision| drop(table.insert("rev", revision.into())));
            return Ok(table.into());
        }
        let package = match &self.path {
            Some(path) => given(path)?,
            None => built()?,
        };
        let path = relative(xtask, &package).unwrap_or(package);
        let path = path.to_str().context("the generator's path is not UTF-8")?.replace('\\', "/");
        table.insert("path", path.into());
        Ok(table.into())
    }
}

/// Whether the workspace at `root` has no command line yet; one that is of something else is refused, since nobody could run ours.
pub(super) fn is_wanted(root: &Path) -> anyhow::Result<bool> {
    let path = root.join("xtask/Cargo.toml");
    if !path.exists() {
        return Ok(true);
    }
    let cannot = || format!("cannot read {}", path.display());
    let text = std::fs::read_to_string(&path).with_context(cannot)?;
    let manifest: DocumentMut =
        text.parse().with_context(|| format!("{} is not TOML", path.display()))?;
    let packages = [PACKAGE, "postman-codegen"];
    let dependencies = manifest.get("dependencies").and_then(Item::as_table_like);
    let is_ours = dependencies.is_some_and(|table| {
        table.iter().any(|(name, item)| {
            let renamed = item.get("package").and_then(Item::as_str);
            packages.contains(&renamed.unwrap_or(name))
        })
    });
    if !is_ours {
        bail!(
            "{} is a package of something else: it does not depend on the generator's `{PACKAGE}`; call `xtask::run` there, or begin in another folder; nothing was written",
            path.display()
        );
    }
    Ok(false)
}

/// The package of the command line in the generator's workspace.
fn given(path: &Path) -> anyhow::Result<PathBuf> {
    let path = path.canonicalize().with_context(|| format!("cannot read {}", path.display()))?;
    let inside = path.join("xtask");
    match [inside, path].into_iter().find(|folder| is_package(folder)) {
        Some(package) => Ok(package),
        None => {
            bail!("--generator-path: no generator lies there; name the folder of its workspace")
        }
    }
}

/// The package this program was built from, where it still lies there; what cargo fetched for itself does not stay.
fn built() -> anyhow::Result<PathBuf> {
    let package = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let text = package.display().to_string().replace('\\', "/");
    let is_fetched = text.contains("/git/checkouts/") || text.contains("/registry/src/");
    if is_fetched || !is_package(&package) {
        bail!("say where the generator is: --generator-git URL, or --generator-path DIR");
    }
    Ok(package)
}

fn is_package(folder: &Path) -> bool {
    let manifest = std::fs::read_to_string(folder.join("Cargo.toml")).unwrap_or_default();
    manifest.lines().any(|line| line == "name = \"xtask\"") && folder.join("src/lib.rs").is_file()
}

/// `to` seen from `from`, where they have a folder in common that is more than the root of the disk.
fn relative(from: &Path, to: &Path) -> Option<PathBuf> {
    let existing = from.ancestors().find(|folder| folder.exists())?;
    let from = existing.canonicalize().ok()?.join(from.strip_prefix(existing).ok()?);
    let common = from.components().zip(to.components()).take_while(|(a, b)| a == b).count();
    let is_near =
        from.components().take(common).any(|it| matches!(it, std::path::Component::Normal(_)));
    let up = from.components().skip(common).map(|_| std::path::Component::ParentDir);
    is_near.then(|| up.chain(to.components().skip(common)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_neighbour_is_named_from_here() {
        let near = |from, to| relative(Path::new(from), Path::new(to));
        assert_eq!(near("/no/such/a/xtask", "/no/such/b/xtask"), Some("../../b/xtask".into()));
        assert_eq!(near("/no/such/xtask", "/elsewhere/xtask"), None);
    }

    #[test]
    fn a_url_is_a_value_whatever_it_holds() {
        let generator = Generator {
            git: Some("https://x.test/a\"\nb".to_owned()),
            revision: Some("1234".to_owned()),
            ..Generator::default()
        };
        let written = generator.dependency(Path::new("xtask")).unwrap().to_string();
        let read: toml_edit::DocumentMut = format!("x = {written}\n").parse().unwrap();
        assert_eq!(read["x"]["git"].as_str(), generator.git.as_deref());
        assert_eq!(read["x"]["rev"].as_str(), Some("1234"));
        assert_eq!(read.len(), 1);
    }
}
