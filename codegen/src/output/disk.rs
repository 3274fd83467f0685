//! Reads and writes a [`FileTree`]: the only `std::fs` of the library.
//!
//! Writes only files whose bytes change, each by renaming a complete temporary file over it, and removes only files that our own list holds and whose bytes are still ours. Everything that can fail is tried before the first file is replaced. Nothing outside the output directory is touched: paths that leave it and symbolic links inside it are refused.

mod error;
mod read;
mod write;

pub use error::Error;

use super::{Drift, FileTree, MANIFEST, Manifest, State, drift};
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
pub fn check(root: &Path, expected: &FileTree, edits: Edits) -> Result<Drift, Error> {
    let manifest = read::manifest(root, edits)?;
    Ok(drift(expected, &read::files(root, expected, &manifest)?, &manifest))
}

/// Makes `root` hold `expected`.
///
/// # Errors
///
/// Those of [`check`]; files edited by hand unless they are to be overwritten; a file that cannot be written. Nothing was replaced unless the message names a rename or removal.
pub fn sync(root: &Path, expected: &FileTree, edits: Edits) -> Result<Report, Error> {
    let drift = check(root, expected, edits)?;
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
                staged.write(&path, text)?;
                report.written.push(path);
            }
            (None, State::Foreign) => report.foreign.push(path),
            (None, State::Missing | State::Stale | State::Orphan | State::Edited) => {
                report.removed.push(path);
            }
        }
    }
    if !report.written.is_empty() || !report.removed.is_empty() {
        let manifest = Manifest::of(expected);
        let between = read::manifest(root, Edits::Overwrite)?.joined(&manifest);
        write::replace(root, MANIFEST, &between.to_string())?;
        staged.publish()?;
        report.removed.iter().try_for_each(|path| write::remove(root, path))?;
        write::replace(root, MANIFEST, &manifest.to_string())?;
    }
    Ok(report)
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
