//! Changes of one verdict -> what is told together, so that a reviewer reads a thing once.
//!
//! In: changes in their order. Out: each change once: alone, with others of which the same is said, or with the folder that it came or went with. Prints nothing.

use super::report::facts;
use crate::diff::{Change, Kind};
use std::collections::{BTreeMap, BTreeSet};

/// From so many on, changes of which the same is said are told once.
const SEVERAL: usize = 3;

/// What is told at once.
#[derive(Debug)]
pub(super) struct Told<'a> {
    /// The change that it is told of.
    pub(super) change: &'a Change,
    /// Others of which the same is said.
    pub(super) like: Vec<&'a Change>,
    /// What came or went with the folder that the change is about.
    pub(super) inside: Vec<&'a Change>,
}

impl Told<'_> {
    /// How many changes it is.
    pub(super) fn count(&self) -> usize {
        1 + self.like.len() + self.inside.len()
    }
}

/// The changes, as they are told.
pub(super) fn told<'a>(changes: &[&'a Change]) -> Vec<Told<'a>> {
    let mut inside = folded(changes);
    let hidden: BTreeSet<usize> = inside.values().flatten().copied().collect();
    let mut same: BTreeMap<_, Vec<usize>> = BTreeMap::new();
    for (at, change) in changes.iter().enumerate().filter(|it| !hidden.contains(&it.0)) {
        same.entry(said(change)).or_default().push(at);
    }
    same.retain(|_, all| all.len() >= SEVERAL);
    let pick = |all: &[usize]| -> Vec<&'a Change> {
        all.iter().filter_map(|at| changes.get(*at).copied()).collect()
    };
    let mut out = Vec::new();
    for (at, change) in changes.iter().enumerate().filter(|it| !hidden.contains(&it.0)) {
        let like = match same.get(&said(change)).map(Vec::as_slice) {
            Some([first, rest @ ..]) if *first == at => pick(rest),
            Some(_) => continue,
            None => Vec::new(),
        };
        let inside = inside.remove(&at).map(|all| pick(&all)).unwrap_or_default();
        out.push(Told { change, like, inside });
    }
    out
}

/// What is said of a change, whatever it is said of.
fn said(change: &Change) -> (Kind, String, String) {
    let sentence = change.sentence.with(|text| format!("\u{1}{text}\u{2}"));
    (change.kind, sentence, facts(change))
}

/// What stands in a folder that came or went, by the outermost such folder.
fn folded(changes: &[&Change]) -> BTreeMap<usize, Vec<usize>> {
    let is_folder = |it: &Change| matches!(it.kind, Kind::FolderRemoved | Kind::FolderAdded);
    let all = || changes.iter().enumerate().filter(|it| is_folder(it.1));
    let is_outermost = |it: &(usize, &&Change)| !all().any(|(_, around)| is_inside(around, it.1));
    let folders: Vec<usize> = all().filter(is_outermost).map(|(at, _)| at).collect();
    let mut inside: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (at, change) in changes.iter().enumerate() {
        let around = folders
            .iter()
            .find(|folder| changes.get(**folder).is_some_and(|folder| is_inside(folder, change)));
        if let Some(folder) = around {
            inside.entry(*folder).or_default().push(at);
        }
    }
    inside
}

/// Whether a change only says of a part what `folder` says of the whole.
fn is_inside(folder: &Change, change: &Change) -> bool {
    let kinds: &[Kind] = match folder.kind {
        Kind::FolderRemoved => &[Kind::FolderRemoved, Kind::OperationRemoved, Kind::RequestRemoved],
        Kind::FolderAdded => &[Kind::FolderAdded, Kind::OperationAdded, Kind::RequestAdded],
        _ => &[],
    };
    let below = change.rust.strip_prefix(folder.rust.as_str());
    kinds.contains(&change.kind)
        && change.causes == folder.causes
        && below.is_some_and(|rest| rest.starts_with('.'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diff::{Cause, Causes, Direction, Sentence, Verdict, Word};

    fn change(kind: Kind, rust: &str, sentence: &str) -> Change {
        Change {
            kind,
            key: rust.to_owned(),
            rust: rust.to_owned(),
            direction: Direction::None,
            wire: Verdict::None,
            source: Verdict::Breaking,
            sentence: Sentence(vec![Word::Theirs(sentence.to_owned())]),
            old: None,
            new: None,
            causes: Causes(vec![Cause::Collection]),
        }
    }

    /// The Rust names of what is told: each with what the same is said of, and with what is inside.
    fn shown(changes: &[Change]) -> Vec<String> {
        let names =
            |list: &[&Change]| list.iter().map(|it| it.rust.as_str()).collect::<Vec<_>>().join(" ");
        let all: Vec<&Change> = changes.iter().collect();
        let told = told(&all);
        assert_eq!(told.iter().map(Told::count).sum::<usize>(), changes.len());
        let line = |it: &Told<'_>| {
            format!("{} | {} | {}", it.change.rust, names(&it.like), names(&it.inside))
        };
        told.iter().map(line).collect()
    }

    #[test]
    fn what_is_said_of_several_is_told_once() {
        let new = |rust: &str, sentence: &str| change(Kind::ParameterAdded, rust, sentence);
        let mut changes = vec![
            new("dock.list", "`trace` is new"),
            new("dock.get", "`depth` is new"),
            new("pier.list", "`trace` is new"),
            new("quay.list", "`trace` is new"),
        ];
        assert_eq!(shown(&changes), ["dock.list | pier.list quay.list | ", "dock.get |  | "]);
        // From another input it is another change, and of two each is told.
        if let Some(last) = changes.last_mut() {
            last.causes = Causes(vec![Cause::Overlay]);
        }
        assert_eq!(shown(&changes).len(), 4);
    }

    #[test]
    fn a_folder_is_told_with_what_goes_with_it() {
        let changes = vec![
            change(Kind::FolderRemoved, "dock()", "dock is gone"),
            change(Kind::FolderRemoved, "dock().cranes()", "cranes is gone"),
            change(Kind::OperationRemoved, "dock().list", "list is gone"),
            change(Kind::OperationRemoved, "dock().cranes().list", "list is gone"),
            change(Kind::OperationRemoved, "dockside().list", "list is gone"),
            change(Kind::FieldRemoved, "dock().list", "field is gone"),
        ];
        assert_eq!(
            shown(&changes),
            [
                "dock() |  | dock().cranes() dock().list dock().cranes().list",
                "dockside().list |  | ",
                "dock().list |  | "
            ]
        );
    }
}
