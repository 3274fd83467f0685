//! A folder of one test: a small workspace with a `spec/` of its own, gone when the test ends.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::{fs, io};

/// A folder that is removed when it is dropped, unless it is to last.
#[derive(Debug)]
pub struct Scratch {
    folder: PathBuf,
    is_lasting: bool,
}

impl Scratch {
    /// A new, empty folder.
    ///
    /// # Errors
    ///
    /// The folder cannot be made.
    pub fn new() -> io::Result<Self> {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("postman-codegen-{}-{count}", std::process::id());
        let folder = std::env::temp_dir().join(name);
        fs::create_dir_all(&folder)?;
        folder.canonicalize().map(|folder| Self { folder, is_lasting: false })
    }

    /// An empty folder at the same path in every run: what cargo builds of packages in it need not be built again. It stays when the test ends.
    ///
    /// # Errors
    ///
    /// The folder cannot be emptied or made.
    pub fn lasting(folder: &Path) -> io::Result<Self> {
        if folder.exists() {
            fs::remove_dir_all(folder)?;
        }
        fs::create_dir_all(folder)?;
        folder.canonicalize().map(|folder| Self { folder, is_lasting: true })
    }

    /// A new folder that the command line takes for the workspace, with `spec` as its collection.
    ///
    /// # Errors
    ///
    /// A file cannot be written.
    pub fn workspace(spec: &str) -> io::Result<Self> {
        let scratch = Self::new()?;
        scratch.write("xtask/Cargo.toml", "")?;
        scratch.write("spec/bakery.postman_collection.json", spec)?;
        Ok(scratch)
    }

    /// The folder.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.folder
    }

    /// A path below the folder.
    #[must_use]
    pub fn join(&self, path: &str) -> PathBuf {
        self.folder.join(path)
    }

    /// Writes a file, and the folders around it.
    ///
    /// # Errors
    ///
    /// The file cannot be written.
    pub fn write(&self, path: &str, text: impl AsRef<[u8]>) -> io::Result<()> {
        let full = self.join(path);
        full.parent().map_or(Ok(()), fs::create_dir_all)?;
        fs::write(full, text)
    }

    /// All files below the sub-folder `folder` with their bytes, by path; empty where it does not exist.
    ///
    /// # Errors
    ///
    /// A file cannot be read.
    pub fn files(&self, folder: &str) -> io::Result<BTreeMap<String, Vec<u8>>> {
        let mut found = BTreeMap::new();
        let root = self.join(folder);
        let mut folders = vec![root.clone()];
        while let Some(folder) = folders.pop() {
            let Ok(entries) = fs::read_dir(&folder) else { continue };
            for entry in entries {
                let path = entry?.path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    let below = path.strip_prefix(&root).unwrap_or(&path);
                    found.insert(below.display().to_string(), fs::read(&path)?);
                }
            }
        }
        Ok(found)
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        if !self.is_lasting {
            let _ = fs::remove_dir_all(&self.folder);
        }
    }
}
