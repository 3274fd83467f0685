//! The list of what was written: one sorted line a file, path and digest.
//!
//! It lies in the emitted crate, so that the next run can tell an edit by hand from a file that is merely old, and remove what it no longer writes. A path may stand in several lines with different digests, which a merge of two branches or an interrupted run leaves behind: any of them counts as ours.

use super::{FileTree, is_contained};
use crate::hash::Fnv;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// Name of the list, below the crate.
pub const MANIFEST: &str = ".generated-files";

const HEADER: &str = "\
# Written by `cargo xtask codegen`: every file it wrote here, with the digest of its bytes.
# A file whose digest differs was edited by hand: it is neither overwritten nor removed without --force.
";

/// Which files were written, and what they held.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Manifest(BTreeMap<String, BTreeSet<Digest>>);

/// FNV-1a of 64 bits: tells an edited file from an untouched one; no defence against forgery.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Digest(u64);

impl Digest {
    fn of(bytes: &[u8]) -> Self {
        Self(Fnv::of(bytes).finish())
    }
}

/// A list that cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MalformedManifest {
    /// The line, from 1.
    pub line: usize,
}

impl Manifest {
    /// The list of what `tree` holds.
    #[must_use]
    pub fn of(tree: &FileTree) -> Self {
        let entry = |(path, text): (&String, &String)| {
            (path.clone(), BTreeSet::from([Digest::of(text.as_bytes())]))
        };
        Self(tree.0.iter().filter(|(path, _)| *path != MANIFEST).map(entry).collect())
    }

    /// Reads a list; comments and blank lines are skipped.
    ///
    /// # Errors
    ///
    /// The first line that is not a path inside the crate and a digest.
    pub fn parse(text: &str) -> Result<Self, MalformedManifest> {
        let mut manifest = Self::default();
        for (index, line) in text.lines().enumerate() {
            if line.trim().is_empty() || line.starts_with('#') {
                continue;
            }
            let (path, digest) = entry(line).ok_or(MalformedManifest { line: index + 1 })?;
            manifest.0.entry(path).or_default().insert(digest);
        }
        Ok(manifest)
    }

    /// Reads what can be read: both sides of a list that a merge broke.
    #[must_use]
    pub fn salvage(text: &str) -> Self {
        let mut manifest = Self::default();
        for (path, digest) in text.lines().filter_map(entry) {
            manifest.0.entry(path).or_default().insert(digest);
        }
        manifest
    }

    /// The paths in order.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// Whether `path` was written by us.
    #[must_use]
    pub fn lists(&self, path: &str) -> bool {
        self.0.contains_key(path)
    }

    /// Whether `path` was written by us with exactly these bytes.
    #[must_use]
    pub fn wrote(&self, path: &str, bytes: &[u8]) -> bool {
        self.0.get(path).is_some_and(|digests| digests.contains(&Digest::of(bytes)))
    }

    /// Whether no file has several digests.
    #[must_use]
    pub fn has_one_digest_each(&self) -> bool {
        self.0.values().all(|digests| digests.len() == 1)
    }

    /// Both lists: what holds while files of one are being replaced by those of the other.
    #[must_use]
    pub fn joined(mut self, other: &Self) -> Self {
        for (path, digests) in &other.0 {
            self.0.entry(path.clone()).or_default().extend(digests);
        }
        self
    }
}

impl fmt::Display for Manifest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(HEADER)?;
        for (path, digests) in &self.0 {
            for digest in digests {
                writeln!(f, "{path} {:016x}", digest.0)?;
            }
        }
        Ok(())
    }
}

fn entry(line: &str) -> Option<(String, Digest)> {
    let (path, digest) = line.rsplit_once(' ')?;
    let hexadecimal = digest.len() == 16 && digest.bytes().all(|byte| byte.is_ascii_hexdigit());
    let digest = u64::from_str_radix(digest, 16).ok().filter(|_| hexadecimal)?;
    is_contained(path).then(|| (path.to_owned(), Digest(digest)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::expect;

    fn tree(files: &[(&str, &str)]) -> FileTree {
        FileTree(files.iter().map(|(path, text)| ((*path).into(), (*text).into())).collect())
    }

    #[test]
    fn one_sorted_line_a_file() {
        let manifest =
            Manifest::of(&tree(&[("src/lib.rs", "a"), ("Cargo.toml", ""), (MANIFEST, "x")]));
        expect![[r"
            # Written by `cargo xtask codegen`: every file it wrote here, with the digest of its bytes.
            # A file whose digest differs was edited by hand: it is neither overwritten nor removed without --force.
            Cargo.toml cbf29ce484222325
            src/lib.rs af63dc4c8601ec8c
        "]]
        .assert_eq(&manifest.to_string());
        assert_eq!(Manifest::parse(&manifest.to_string()), Ok(manifest));
    }

    #[test]
    fn a_merge_may_leave_two_lines_for_a_file() {
        let ours = Manifest::of(&tree(&[("a.rs", "1")]));
        let theirs = Manifest::of(&tree(&[("a.rs", "2"), ("b.rs", "3")]));
        let both = Manifest::parse(&format!("{ours}{theirs}")).unwrap();
        assert_eq!(both, ours.joined(&theirs));
        for (path, text, wrote) in
            [("a.rs", "1", true), ("a.rs", "2", true), ("a.rs", "3", false), ("c.rs", "", false)]
        {
            assert_eq!(both.wrote(path, text.as_bytes()), wrote, "{path} {text}");
        }
    }

    #[test]
    fn a_line_that_is_no_entry_is_named() {
        for line in [
            "<<<<<<< HEAD",
            "a.rs",
            "a.rs 12",
            "../a.rs 0000000000000000",
            "/a.rs 0000000000000000",
            "a.rs +000000000000000",
        ] {
            let text = format!("# ours\n\n{line}\n");
            assert_eq!(Manifest::parse(&text), Err(MalformedManifest { line: 3 }), "{line}");
            assert_eq!(Manifest::salvage(&text), Manifest::default(), "{line}");
        }
    }
}
