//! Replacing and removing files so that none is ever half-written.

use super::error::{Error, failed};
use super::read::locate;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Complete files beside those they will replace; dropped unpublished, they vanish.
#[derive(Debug)]
pub(super) struct Staged<'a> {
    root: &'a Path,
    /// Temporary file and the file it becomes.
    files: Vec<(PathBuf, PathBuf)>,
    /// Folders made for them, from the outside in.
    folders: Vec<PathBuf>,
}

impl<'a> Staged<'a> {
    pub(super) fn new(root: &'a Path) -> Self {
        Self { root, files: Vec::new(), folders: Vec::new() }
    }

    /// Writes `bytes` beside the file at `path`.
    pub(super) fn write(&mut self, path: &str, bytes: impl AsRef<[u8]>) -> Result<(), Error> {
        let target = locate(self.root, path)?;
        let folder = target.parent().unwrap_or(self.root);
        self.make(folder)?;
        let name = target.file_name().unwrap_or_default().to_string_lossy();
        let beside = folder.join(format!(".{name}.{}", std::process::id()));
        self.files.push((beside.clone(), target));
        fs::write(&beside, bytes).map_err(failed("write", &beside))
    }

    fn make(&mut self, folder: &Path) -> Result<(), Error> {
        let missing: Vec<_> = folder.ancestors().take_while(|folder| !folder.exists()).collect();
        self.folders.extend(missing.iter().rev().map(|folder| folder.to_path_buf()));
        fs::create_dir_all(folder).map_err(failed("create the folder", folder))
    }

    /// Renames every file to its place.
    pub(super) fn publish(mut self) -> Result<(), Error> {
        self.folders.clear();
        while let Some((beside, target)) = self.files.last() {
            fs::rename(beside, target).map_err(failed("replace", target))?;
            self.files.pop();
        }
        Ok(())
    }

    /// Renames every file to its place, the first written last; where one cannot be, those that were new are removed again.
    pub(super) fn publish_or_undo(mut self) -> Result<(), Error> {
        let mut created = Vec::new();
        while let Some((beside, target)) = self.files.last() {
            let is_new = fs::symlink_metadata(target).is_err();
            if let Err(error) = fs::rename(beside, target).map_err(failed("create", target)) {
                created.iter().for_each(|path: &PathBuf| drop(fs::remove_file(path)));
                return Err(error);
            }
            created.extend(is_new.then(|| target.clone()));
            self.files.pop();
        }
        self.folders.clear();
        Ok(())
    }
}

impl Drop for Staged<'_> {
    fn drop(&mut self) {
        for (beside, _) in &self.files {
            let _ = fs::remove_file(beside);
        }
        for folder in self.folders.iter().rev() {
            let _ = fs::remove_dir(folder);
        }
    }
}

/// Writes one file in one step.
pub(super) fn replace(root: &Path, path: &str, bytes: impl AsRef<[u8]>) -> Result<(), Error> {
    let mut staged = Staged::new(root);
    staged.write(path, bytes)?;
    staged.publish()
}

/// Removes a file, and the folders it leaves empty.
pub(super) fn remove(root: &Path, path: &str) -> Result<(), Error> {
    let target = locate(root, path)?;
    match fs::remove_file(&target) {
        Err(cause) if cause.kind() != io::ErrorKind::NotFound => {
            return Err(failed("remove", &target)(cause));
        }
        Ok(()) | Err(_) => {}
    }
    for folder in target.ancestors().skip(1).take_while(|folder| *folder != root) {
        if fs::remove_dir(folder).is_err() {
            break;
        }
    }
    Ok(())
}
