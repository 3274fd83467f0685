//! Why nothing, or not everything, was read or written.

use std::io;
use std::path::{Path, PathBuf};

/// How many paths a message lists.
const PATHS: usize = 20;

/// Why nothing, or not everything, was read or written.
#[derive(Debug)]
pub enum Error {
    /// The file system refused.
    Io {
        /// What was tried.
        action: &'static str,
        /// On which file.
        path: PathBuf,
        /// What it said.
        cause: io::Error,
    },
    /// A path leaves the output directory.
    Escape(String),
    /// A symbolic link, or something else that is no file or folder, stands in the way.
    Obstacle(PathBuf),
    /// The list of what was written cannot be read.
    Manifest {
        /// The list.
        path: PathBuf,
        /// The line, from 1.
        line: usize,
    },
    /// Files were edited by hand and would be lost.
    Edited(Vec<PathBuf>),
    /// Files that were to be new are there already.
    Exists(Vec<PathBuf>),
}

impl std::error::Error for Error {}

impl std::fmt::Display for Error {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Io { action, path, cause } => {
                write!(f, "cannot {action} {}: {cause}", path.display())
            }
            Self::Escape(path) => write!(f, "`{path}` would leave the output directory"),
            Self::Obstacle(path) => {
                write!(f, "{} is neither a plain file nor a folder; move it away", path.display())
            }
            Self::Manifest { path, line } => write!(
                f,
                "{}:{line}:1: not an entry of the list of generated files; restore the file, or use --force to write everything anew",
                path.display()
            ),
            Self::Edited(paths) => {
                writeln!(f, "refusing to overwrite what was edited by hand:")?;
                listed(f, paths)?;
                write!(
                    f,
                    "move the edits elsewhere, or use --force to lose them; nothing was written"
                )
            }
            Self::Exists(paths) => {
                writeln!(f, "refusing to overwrite what is there already:")?;
                listed(f, paths)?;
                write!(f, "nothing was written")
            }
        }
    }
}

fn listed(f: &mut std::fmt::Formatter<'_>, paths: &[PathBuf]) -> std::fmt::Result {
    for path in paths.iter().take(PATHS) {
        writeln!(f, "  {}", path.display())?;
    }
    match paths.len().checked_sub(PATHS) {
        Some(more) if more > 0 => writeln!(f, "  and {more} more"),
        Some(_) | None => Ok(()),
    }
}

/// Says what was tried on which file.
pub(super) fn failed(action: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Error {
    move |cause| Error::Io { action, path: path.to_owned(), cause }
}
