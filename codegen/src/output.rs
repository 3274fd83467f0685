//! The emitted files as a value, and how they differ from what lies on disk.
//!
//! In: the tree the pipeline made, the bytes found on disk, and the list of what was written last time. Out: a [`Drift`]. Pure: [`disk`] alone touches files. Knows neither Rust nor Postman.

pub mod disk;
mod drift;
mod manifest;

pub use drift::{Difference, Drift, State, drift};
pub use manifest::{MANIFEST, MalformedManifest, Manifest};

use std::collections::{BTreeMap, BTreeSet};

/// Paths below the crate (with `/`) and their texts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FileTree(pub BTreeMap<String, String>);

/// What lies in the output directory, as far as it concerns us.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OnDisk {
    /// Bytes of the files that are expected, or were written last time.
    pub files: BTreeMap<String, Vec<u8>>,
    /// Paths of all other files in the folders we write to.
    pub foreign: BTreeSet<String>,
}

/// Whether `path` stays below the directory it is joined to, on any operating system.
#[must_use]
pub fn is_contained(path: &str) -> bool {
    let reserved = |c: char| c.is_control() || matches!(c, '\\' | ':');
    !path.contains(reserved) && path.split('/').all(|part| !matches!(part, "" | "." | ".."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_stay_below_the_crate() {
        for path in ["Cargo.toml", "src/users/models.rs", ".generated-files"] {
            assert!(is_contained(path), "{path}");
        }
        for path in
            ["", "/etc/x", "../x", "src/../../x", "src//x", "./x", "C:x", "a\\..\\x", "a\0", "src/"]
        {
            assert!(!is_contained(path), "{path}");
        }
    }
}
