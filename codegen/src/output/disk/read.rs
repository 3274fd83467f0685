//! What lies in the output directory, without following a link out of it.

use super::Edits;
use super::error::{Error, failed};
use crate::output::{FileTree, MANIFEST, Manifest, OnDisk, is_contained};
use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// The list of what was written last time; empty if there is none.
pub(super) fn manifest(root: &Path, edits: Edits) -> Result<Manifest, Error> {
    let Some(bytes) = file(root, MANIFEST)? else { return Ok(Manifest::default()) };
    let text = String::from_utf8_lossy(&bytes);
    match edits {
        Edits::Overwrite => Ok(Manifest::salvage(&text)),
        Edits::Keep => Manifest::parse(&text).map_err(|malformed| Error::Manifest {
            path: root.join(MANIFEST),
            line: malformed.line,
        }),
    }
}

/// The files that are expected or listed, and the paths of all others in the folders we write to.
pub(super) fn files(
    root: &Path,
    expected: &FileTree,
    manifest: &Manifest,
) -> Result<OnDisk, Error> {
    let listed = expected.0.keys().map(String::as_str).chain(manifest.paths());
    let known: BTreeSet<&str> = listed.chain([MANIFEST]).collect();
    let mut found = OnDisk::default();
    for path in &known {
        if let Some(bytes) = file(root, path)? {
            found.files.insert((*path).to_owned(), bytes);
        }
    }
    let folders: BTreeSet<&str> =
        known.iter().filter_map(|path| path.split_once('/')).map(|(folder, _)| folder).collect();
    list(root, "", &|name| folders.contains(name), &mut found.foreign)?;
    found.foreign.retain(|path| !known.contains(path.as_str()));
    Ok(found)
}

/// Adds the paths of all files below `folder` that may be someone's work: no dot files, no lock file, and only what is below the top folders that are `ours`.
fn list(
    root: &Path,
    folder: &str,
    ours: &dyn Fn(&str) -> bool,
    paths: &mut BTreeSet<String>,
) -> Result<(), Error> {
    let full = root.join(folder);
    let entries = match fs::read_dir(&full) {
        Ok(entries) => entries,
        Err(cause) if cause.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(cause) => return Err(failed("list", &full)(cause)),
    };
    for entry in entries {
        let entry = entry.map_err(failed("list", &full))?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let kind = entry.file_type().map_err(failed("list", &full))?;
        let path = if folder.is_empty() { name.clone() } else { format!("{folder}/{name}") };
        if name.starts_with('.') || path == "Cargo.lock" {
            continue;
        }
        if !kind.is_dir() {
            paths.insert(path);
        } else if ours(&name) {
            list(root, &path, &|_| true, paths)?;
        }
    }
    Ok(())
}

/// The bytes of the file at `path`; `None` if there is none.
pub(super) fn file(root: &Path, path: &str) -> Result<Option<Vec<u8>>, Error> {
    let full = locate(root, path)?;
    match fs::symlink_metadata(&full) {
        Ok(metadata) if metadata.is_file() => {
            fs::read(&full).map(Some).map_err(failed("read", &full))
        }
        Ok(_) => Err(Error::Obstacle(full)),
        Err(cause) if cause.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(cause) => Err(failed("read", &full)(cause)),
    }
}

/// `path` below `root`; every folder on the way that exists is a real one.
pub(super) fn locate(root: &Path, path: &str) -> Result<PathBuf, Error> {
    if !is_contained(path) {
        return Err(Error::Escape(path.to_owned()));
    }
    let mut folder = root.to_owned();
    let (folders, name) = path.rsplit_once('/').unwrap_or(("", path));
    for part in folders.split('/').filter(|part| !part.is_empty()) {
        folder.push(part);
        match fs::symlink_metadata(&folder) {
            Ok(metadata) if !metadata.is_dir() => return Err(Error::Obstacle(folder)),
            Ok(_) | Err(_) => {}
        }
    }
    Ok(folder.join(name))
}
