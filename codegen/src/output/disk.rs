//! Reads and writes a [`FileTree`]: the only `std::fs` of the library.
//!
//! Writes only files whose bytes change, each by renaming a complete temporary file over it, and removes only files that our own list holds and whose bytes are still ours. Everything that can fail is tried before the first file is replaced. Nothing outside the output directory is touched: paths that leave it and symbolic links inside it are refused.

mod error;
mod read;
mod write;

pub use error::Error;

use super::{Drift, FileTree, MANIFEST, Manifest, State, drift};
use crate::hash::Fnv;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use write::Staged;

/// What to do with files that were edited by hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edits {
    /// Refuse to write anything.
    Keep,
    /// Lose them.
    Overwrite,
}

/// What [`sync`] did; paths in order, below the crate.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Files that were written.
    pub written: Vec<String>,
    /// Files that were removed.
    pub removed: Vec<String>,
    /// Files of someone else in our folders, left alone.
    pub foreign: Vec<String>,
    /// How many files were as they should be.
    pub unchanged: usize,
}

/// How `root` differs from `expected`.
///
/// # Errors
///
/// A file that cannot be read, an obstacle, or an unreadable list (unless edits are to be overwritten).
pub fn check<'t>(root: &Path, expected: &'t FileTree, edits: Edits) -> Result<Drift<'t>, Error> {
    compared(root, (expected, &Manifest::of(expected)), edits)
}

fn compared<'t>(
    root: &Path,
    (expected, list): (&'t FileTree, &Manifest),
    edits: Edits,
) -> Result<Drift<'t>, Error> {
    let manifest = read::manifest(root, edits)?;
    Ok(drift((expected, list), &read::files(root, expected, &manifest)?, &manifest))
}

/// Makes `root` hold `expected`.
///
/// # Errors
///
/// Those of [`check`]; files edited by hand unless they are to be overwritten; a file that cannot be written. Nothing was replaced unless the message names a rename or removal.
pub fn sync(root: &Path, expected: &FileTree, edits: Edits) -> Result<Report, Error> {
    prepare(root, expected, edits)?.publish()
}

/// A folder that holds exactly what its list says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Intact {
    /// What a run reports that finds all as it should be.
    pub report: Report,
    /// The digest of the list, which has the digest of every file.
    pub list: u64,
}

/// Reads all that the list of `root` names; `None` where a file is gone or differs by a byte from what was written, or the list is that of no single run.
///
/// # Errors
///
/// A file that cannot be read, an obstacle, or an unreadable list.
pub fn intact(root: &Path) -> Result<Option<Intact>, Error> {
    let manifest = read::manifest(root, Edits::Keep)?;
    let found = read::files(root, &FileTree::default(), &manifest)?;
    let Some(list) = found.files.get(MANIFEST) else { return Ok(None) };
    // Two digests for a file are what a merge left, or a run that was interrupted.
    let is_of_one_run = manifest.to_string().as_bytes() == list && manifest.has_one_digest_each();
    let is_ours =
        |path: &str| found.files.get(path).is_some_and(|bytes| manifest.wrote(path, bytes));
    if !is_of_one_run || !manifest.paths().all(is_ours) {
        return Ok(None);
    }
    let list = Fnv::of(list).finish();
    let report = Report {
        unchanged: found.files.len(),
        foreign: found.foreign.into_iter().collect(),
        ..Report::default()
    };
    Ok(Some(Intact { report, list }))
}

/// All that [`sync`] would do, tried as far as that goes without a change of what is there; what was prepared is gone when it is dropped.
#[derive(Debug)]
pub struct Prepared<'a> {
    root: &'a Path,
    manifest: Manifest,
    staged: Staged<'a>,
    report: Report,
}

/// Does what of [`sync`] can fail before the first file is replaced, so that several folders can be written or none.
///
/// # Errors
///
/// Those of [`sync`].
pub fn prepare<'a>(
    root: &'a Path,
    expected: &FileTree,
    edits: Edits,
) -> Result<Prepared<'a>, Error> {
    let manifest = Manifest::of(expected);
    let drift = compared(root, (expected, &manifest), edits)?;
    let edited: Vec<_> = drift.paths(State::Edited).map(|path| root.join(path)).collect();
    if edits == Edits::Keep && !edited.is_empty() {
        return Err(Error::Edited(edited));
    }
    let mut report = Report { unchanged: drift.unchanged, ..Report::default() };
    let mut staged = Staged::new(root);
    for difference in &drift.differences {
        let path = difference.path.clone();
        match (&difference.expected, difference.state) {
            (Some(_), _) if path == MANIFEST => report.written.push(path),
            (Some(text), _) => {
                staged.write(&path, text.as_bytes())?;
                report.written.push(path);
            }
            (None, State::Foreign) => report.foreign.push(path),
            (None, State::Missing | State::Stale | State::Orphan | State::Edited) => {
                report.removed.push(path);
            }
        }
    }
    Ok(Prepared { root, manifest, staged, report })
}

impl Prepared<'_> {
    /// Puts everything in its place.
    ///
    /// # Errors
    ///
    /// A rename or a removal that fails.
    pub fn publish(self) -> Result<Report, Error> {
        let Self { root, manifest, staged, report } = self;
        if !report.written.is_empty() || !report.removed.is_empty() {
            let between = read::manifest(root, Edits::Overwrite)?.joined(&manifest);
            write::replace(root, MANIFEST, between.to_string())?;
            staged.publish()?;
            report.removed.iter().try_for_each(|path| write::remove(root, path))?;
            write::replace(root, MANIFEST, manifest.to_string())?;
        }
        Ok(report)
    }
}

/// Writes one file that somebody named, whole or not at all; a link is followed, and what is no file but a device or a pipe is written to.
///
/// # Errors
///
/// A path that is a folder or names no file; a file that cannot be written.
pub fn file(path: &Path, bytes: impl AsRef<[u8]>) -> Result<(), Error> {
    let there = fs::metadata(path);
    if there.as_ref().is_ok_and(|it| !it.is_file() && !it.is_dir()) {
        return fs::write(path, bytes).map_err(error::failed("write", path));
    }
    let target = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty());
    let name = target.file_name().and_then(|name| name.to_str());
    let name = name.ok_or_else(|| Error::Escape(path.display().to_string()))?;
    write::replace(folder.unwrap_or(Path::new(".")), name, bytes)
}

/// Writes one file below `root` in one step.
///
/// # Errors
///
/// A path that leaves `root`, a file that cannot be written; what was there stays then.
pub fn replace(root: &Path, path: &str, text: &str) -> Result<(), Error> {
    write::replace(root, path, text)
}

/// Makes files that were not there, below `root`, and rewrites those in `changed`: all of them or none.
///
/// # Errors
///
/// A file that is there already, a path that leaves `root`, a file that cannot be written. Everything is as it was then.
pub fn create(
    root: &Path,
    new: &BTreeMap<String, Vec<u8>>,
    changed: &FileTree,
) -> Result<(), Error> {
    let mut there = Vec::new();
    for path in new.keys() {
        let full = read::locate(root, path)?;
        there.extend(fs::symlink_metadata(&full).is_ok().then_some(full));
    }
    if !there.is_empty() {
        return Err(Error::Exists(there));
    }
    let mut staged = Staged::new(root);
    for (path, text) in &changed.0 {
        staged.write(path, text)?;
    }
    for (path, bytes) in new {
        staged.write(path, bytes)?;
    }
    staged.publish_or_undo()
}
