//! Expected files × found files × the list of what was written -> [`Drift`].

use super::{FileTree, MANIFEST, Manifest, OnDisk};
use crate::diagnostic::Extent;
use similar::{Algorithm, TextDiff};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

/// How many files a report for a person names and shows, unless it is to be whole.
const FILES: usize = 20;

/// How a file on disk differs from what the generator would write.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    /// Would be written, is not there.
    Missing,
    /// Is as we wrote it, would be written differently.
    Stale,
    /// Is as we wrote it, would not be written any more.
    Orphan,
    /// Is neither what we wrote nor what we would write.
    Edited,
    /// Lies in a folder of ours, but we neither wrote it nor would.
    Foreign,
}

impl State {
    /// The state in one or two words.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Stale => "stale",
            Self::Orphan => "orphan",
            Self::Edited => "edited by hand",
            Self::Foreign => "not ours",
        }
    }
}

/// One file that is not as it should be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference<'t> {
    /// Path below the crate.
    pub path: String,
    /// How it differs.
    pub state: State,
    /// The text on disk, if any; bytes that are not UTF-8 are replaced.
    pub found: Option<String>,
    /// The text that belongs there, where one does.
    pub expected: Option<Cow<'t, str>>,
}

/// All that differs, ordered by path.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Drift<'t> {
    /// The files that are not as they should be.
    pub differences: Vec<Difference<'t>>,
    /// How many files are.
    pub unchanged: usize,
}

/// Compares what should lie on disk, files and their `list`, with what does.
#[must_use]
pub fn drift<'t>(
    (expected, list): (&'t FileTree, &Manifest),
    found: &OnDisk,
    manifest: &Manifest,
) -> Drift<'t> {
    let text = |text: &'t String| Cow::from(text.as_str());
    let mut expected: BTreeMap<&str, Cow<'t, str>> =
        expected.0.iter().map(|(path, it)| (path.as_str(), text(it))).collect();
    expected.insert(MANIFEST, Cow::from(list.to_string()));
    let others = found.files.keys().chain(&found.foreign).map(String::as_str);
    let paths: BTreeSet<&str> = expected.keys().copied().chain(others).collect();
    let mut drift = Drift::default();
    for path in paths {
        let should = expected.remove(path);
        let bytes = found.files.get(path);
        match state(path, should.as_deref(), bytes, manifest) {
            None => drift.unchanged += 1,
            Some(state) => drift.differences.push(Difference {
                path: path.to_owned(),
                state,
                found: bytes.map(|bytes| String::from_utf8_lossy(bytes).into_owned()),
                expected: should,
            }),
        }
    }
    drift
}

fn state(
    path: &str,
    expected: Option<&str>,
    found: Option<&Vec<u8>>,
    manifest: &Manifest,
) -> Option<State> {
    match (expected, found) {
        (Some(_), None) => Some(State::Missing),
        (Some(text), Some(bytes)) if text.as_bytes() == bytes.as_slice() => None,
        (Some(_), Some(_)) if path == MANIFEST => Some(State::Stale),
        (Some(_), Some(bytes)) if manifest.wrote(path, bytes) => Some(State::Stale),
        (None, Some(bytes)) if manifest.wrote(path, bytes) => Some(State::Orphan),
        (Some(_) | None, Some(_)) => Some(State::Edited),
        (None, None) => Some(State::Foreign),
    }
}

impl Drift<'_> {
    /// The same with texts of its own.
    #[must_use]
    pub fn into_owned(self) -> Drift<'static> {
        let owned = |it: Difference<'_>| Difference {
            path: it.path,
            state: it.state,
            found: it.found,
            expected: it.expected.map(|text| Cow::Owned(text.into_owned())),
        };
        let differences = self.differences.into_iter().map(owned).collect();
        Drift { differences, unchanged: self.unchanged }
    }

    /// Whether everything is as it should be.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.differences.is_empty()
    }

    /// Paths of the files in `state`.
    pub fn paths(&self, state: State) -> impl Iterator<Item = &str> {
        self.differences
            .iter()
            .filter(move |difference| difference.state == state)
            .map(|difference| difference.path.as_str())
    }

    /// Everything for a person: a line for each file, the unified diff from disk to what belongs there, and what to do. `directory` is what the paths are printed below, `repair` the command that writes the files; of many files only the first are shown.
    #[must_use]
    pub fn report(&self, directory: &str, repair: &str, extent: Extent) -> String {
        let limit = match extent {
            Extent::Cut(_) => FILES,
            Extent::Whole => usize::MAX,
        };
        let mut out = String::new();
        for Difference { path, state, .. } in self.differences.iter().take(limit) {
            let _ = writeln!(out, "{}: {directory}/{path}", state.as_str());
        }
        for difference in self.differences.iter().take(limit) {
            out.push_str(&difference.unified(directory));
        }
        if let Extent::Cut(how) = extent
            && self.differences.len() > limit
        {
            let all = self.differences.len();
            let _ = writeln!(out, "{all} files differ: these are the first {limit}, {how}");
        }
        out.push_str(&self.advice(directory, repair, limit));
        out
    }

    fn advice(&self, directory: &str, repair: &str, limit: usize) -> String {
        let has = |state| self.paths(state).next().is_some();
        let mut out = String::new();
        for path in self.paths(State::Foreign).take(limit) {
            let _ = writeln!(out, "the generator did not write this file: rm {directory}/{path}");
        }
        if has(State::Edited) {
            let _ = writeln!(out, "edits by hand are lost by this repair: {repair} --force");
        } else if has(State::Missing) || has(State::Stale) || has(State::Orphan) {
            let _ = writeln!(out, "repair: {repair}");
        }
        out
    }
}

impl Difference<'_> {
    /// The unified diff from what is on disk to what belongs there; `patch -p1` at the folder that holds `directory` understands it.
    #[must_use]
    pub fn unified(&self, directory: &str) -> String {
        let below = directory.trim_start_matches('/');
        let side = |letter, is_there| match is_there {
            true => format!("{letter}/{below}/{}", self.path),
            false => "/dev/null".to_owned(),
        };
        let (old, new) = (side('a', self.found.is_some()), side('b', self.expected.is_some()));
        let found = self.found.as_deref().unwrap_or_default();
        let expected = self.expected.as_deref().unwrap_or_default();
        let diff = TextDiff::configure().algorithm(Algorithm::Patience).diff_lines(found, expected);
        diff.unified_diff().context_radius(3).header(&old, &new).to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::{Expect, expect};

    fn tree(files: &[(&str, &str)]) -> FileTree {
        FileTree(files.iter().map(|(path, text)| ((*path).into(), (*text).into())).collect())
    }

    /// `written` is what the last run wrote, `found` what lies there now, `expected` what belongs there.
    fn check(
        written: &[(&str, &str)],
        found: &[(&str, &str)],
        expected: &[(&str, &str)],
        want: Expect,
    ) {
        let (manifest, expected) = (Manifest::of(&tree(written)), tree(expected));
        let mut disk = OnDisk::default();
        for (path, text) in found {
            if expected.0.contains_key(*path) || manifest.lists(path) {
                disk.files.insert((*path).into(), text.as_bytes().into());
            } else {
                disk.foreign.insert((*path).into());
            }
        }
        let mut drift = drift((&expected, &Manifest::of(&expected)), &disk, &manifest);
        drift.differences.retain(|difference| difference.path != MANIFEST);
        want.assert_eq(&drift.report("client", "cargo xtask codegen", Extent::Cut("-v shows all")));
    }

    #[test]
    fn a_diff_below_an_absolute_path_is_one_from_the_root() {
        let difference = Difference {
            path: "a".into(),
            state: State::Missing,
            found: None,
            expected: Some("1\n".into()),
        };
        assert!(difference.unified("/elsewhere/client").contains("+++ b/elsewhere/client/a\n"));
    }

    #[test]
    fn of_many_files_the_first_are_shown() {
        let paths: Vec<String> = (10..33).map(|at| format!("{at}")).collect();
        let files: Vec<_> = paths.iter().map(|path| (path.as_str(), "1\n")).collect();
        let tree = tree(&files);
        let list = Manifest::of(&tree);
        let all = drift((&tree, &list), &OnDisk::default(), &Manifest::default());
        let cut = all.report("client", "repair", Extent::Cut("-v shows all"));
        let end = "24 files differ: these are the first 20, -v shows all\nrepair: repair\n";
        assert!(cut.ends_with(end), "{cut}");
        assert_eq!(cut.matches("missing: ").count(), 20);
        assert_eq!(cut.matches("+++ b/client/").count(), 20);
        let whole = all.report("client", "repair", Extent::Whole);
        assert_eq!(whole.matches("+++ b/client/").count(), 24);
    }

    #[test]
    fn nothing_to_say() {
        check(&[("a", "1\n")], &[("a", "1\n")], &[("a", "1\n")], expect![""]);
    }

    #[test]
    fn what_already_is_as_it_should_be_needs_no_list() {
        check(&[], &[("a", "1\n")], &[("a", "1\n")], expect![""]);
        check(&[("a", "0\n")], &[("a", "1\n")], &[("a", "1\n")], expect![""]);
    }

    #[test]
    fn all_states_at_once() {
        check(
            &[("gone", "1\n"), ("kept", "1\n"), ("old", "1\n2\n3\n4\n5\n"), ("mine", "1\n")],
            &[
                ("gone", "1\n"),
                ("kept", "1\n"),
                ("mine", "2\n"),
                ("old", "1\n2\n3\n4\n5\n"),
                ("other", "1\n"),
            ],
            &[("kept", "1\n"), ("mine", "3\n"), ("new", "1\n"), ("old", "1\n2\n3\n4\n6\n")],
            expect![[r#"
                orphan: client/gone
                edited by hand: client/mine
                missing: client/new
                stale: client/old
                not ours: client/other
                --- a/client/gone
                +++ /dev/null
                @@ -1 +0,0 @@
                -1
                --- a/client/mine
                +++ b/client/mine
                @@ -1 +1 @@
                -2
                +3
                --- /dev/null
                +++ b/client/new
                @@ -0,0 +1 @@
                +1
                --- a/client/old
                +++ b/client/old
                @@ -2,4 +2,4 @@
                 2
                 3
                 4
                -5
                +6
                the generator did not write this file: rm client/other
                edits by hand are lost by this repair: cargo xtask codegen --force
            "#]],
        );
    }

    #[test]
    fn a_file_that_is_no_longer_written_is_not_removed_once_edited() {
        check(
            &[("a", "1\n")],
            &[("a", "2\n")],
            &[],
            expect![[r#"
            edited by hand: client/a
            --- a/client/a
            +++ /dev/null
            @@ -1 +0,0 @@
            -2
            edits by hand are lost by this repair: cargo xtask codegen --force
        "#]],
        );
    }

    #[test]
    fn a_repair_keeps_what_nobody_edited() {
        check(
            &[("a", "1\n")],
            &[("a", "1\n")],
            &[("a", "2\n")],
            expect![[r#"
            stale: client/a
            --- a/client/a
            +++ b/client/a
            @@ -1 +1 @@
            -1
            +2
            repair: cargo xtask codegen
        "#]],
        );
    }
}
