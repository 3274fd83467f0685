//! Folders of a draft to the groups of an API.
//!
//! In: the folders, and which of them operations stand in. Out: trails as written, which keys are made of, and groups. Folders of one parent whose names differ only in case, blanks or punctuation are one group; a folder that is only path variables is no group of its own. Knows no Rust names.

use crate::api::{self, GroupId};
use crate::diagnostic::Diagnostic;
use crate::docs::Docs;
use crate::draft::{Draft, Folder, FolderId};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// Signs that tell names apart as letters do: `C`, `C++` and `C#`.
const TELLING: &[char] = &['+', '#', '*', '@', '$', '%', '<', '>', '=', '~', '^', '|'];

/// The groups, and where each folder of the draft went.
#[derive(Debug, Default)]
pub(crate) struct Folders {
    /// Ordered by trail, parents before children.
    pub(crate) groups: Vec<api::Group>,
    /// Folder names of each folder as written, from the outside in.
    trails: Vec<Vec<String>>,
    /// The group of each folder; `None` is the client itself.
    group_of: Vec<Option<GroupId>>,
}

impl Folders {
    /// The names of `folder` and of those around it, as written.
    pub(super) fn trail(&self, folder: Option<FolderId>) -> Vec<String> {
        folder.and_then(|id| self.trails.get(id.0)).cloned().unwrap_or_default()
    }

    /// The group that operations of `folder` belong to.
    pub(super) fn group(&self, folder: Option<FolderId>) -> Option<GroupId> {
        folder.and_then(|id| self.group_of.get(id.0).copied()).flatten()
    }
}

/// Makes the groups of all folders that lead to an operation.
pub(super) fn folders(draft: &Draft, found: &mut Vec<Diagnostic>) -> Folders {
    let used = used(draft);
    for (folder, used) in draft.folders.iter().zip(&used) {
        if !used {
            let message = format!("folder `{}` holds no request and is left out", folder.name);
            found.push(Diagnostic::note("infer::empty-folder", message, folder.origin.clone()));
        }
    }
    let titles = titles(draft, &used);
    for ((folder, trail), used) in draft.folders.iter().zip(&titles).zip(&used) {
        if *used && trail.is_empty() && !folder.docs.0.is_empty() {
            found.push(untold(folder));
        }
    }
    let mut ordered: Vec<&Vec<String>> = titles.iter().filter(|it| !it.is_empty()).collect();
    ordered.sort();
    ordered.dedup();
    let place = |trail: &[String]| {
        ordered.binary_search_by(|it| it.as_slice().cmp(trail)).ok().map(GroupId)
    };
    let mut members: BTreeMap<&[String], Vec<&Folder>> = BTreeMap::new();
    for (folder, trail) in draft.folders.iter().zip(&titles) {
        members.entry(trail).or_default().push(folder);
    }
    let group = |trail: &&Vec<String>| api::Group {
        trail: (*trail).clone(),
        docs: docs(members.get(trail.as_slice()).map_or(&[], Vec::as_slice), trail),
        parent: trail.split_last().and_then(|(_, parents)| place(parents)),
    };
    Folders {
        groups: ordered.iter().map(group).collect(),
        trails: along(draft, |folder| Some(folder.to_owned())),
        group_of: titles.iter().map(|trail| place(trail)).collect(),
    }
}

/// Whether a folder, or one of the same group, leads to an operation.
fn used(draft: &Draft) -> Vec<bool> {
    let written = along(draft, |name| Some(name.to_owned()));
    let folded = along(draft, literal);
    let (by_name, by_group) = (leading(draft, &written), leading(draft, &folded));
    let is_used = |(written, folded): (&Vec<String>, &Vec<String>)| {
        by_name.contains(written.as_slice()) || by_group.contains(folded.as_slice())
    };
    written.iter().zip(&folded).map(is_used).collect()
}

/// The trails, without the empty one, that lead to an operation.
fn leading<'a>(draft: &Draft, trails: &'a [Vec<String>]) -> BTreeSet<&'a [String]> {
    let mut leading: BTreeSet<&[String]> = BTreeSet::new();
    for operation in &draft.operations {
        let trail = operation.folder.and_then(|folder| trails.get(folder.0));
        let mut trail = trail.map(Vec::as_slice).unwrap_or_default();
        while let Some((_, parents)) = trail.split_last() {
            leading.insert(trail);
            trail = parents;
        }
    }
    leading
}

/// What tells a folder's group from others; nothing where its name is but a path variable.
fn literal(name: &str) -> Option<String> {
    (!is_path_variable(name)).then(|| folded(name))
}

/// What `of` makes of the names along each folder's trail; a name it makes nothing of is left out.
fn along(draft: &Draft, of: impl Fn(&str) -> Option<String>) -> Vec<Vec<String>> {
    let mut trails: Vec<Vec<String>> = Vec::with_capacity(draft.folders.len());
    for folder in &draft.folders {
        let parent = folder.parent.and_then(|parent| trails.get(parent.0));
        let mut trail = parent.cloned().unwrap_or_default();
        trail.extend(of(&folder.name));
        trails.push(trail);
    }
    trails
}

/// The trail of each folder's group: of equal names the one that is spelt best; unused folders have none.
fn titles(draft: &Draft, used: &[bool]) -> Vec<Vec<String>> {
    let folded = along(draft, literal);
    let mut best: BTreeMap<&[String], &str> = BTreeMap::new();
    for ((folder, trail), _) in
        draft.folders.iter().zip(&folded).zip(used).filter(|(_, used)| **used)
    {
        let name = folder.name.trim();
        if !is_path_variable(name) {
            let title = best.entry(trail).or_insert(name);
            *title = std::cmp::min_by_key(*title, name, |name| spelling(name));
        }
    }
    let title = |(trail, used): (&Vec<String>, &bool)| {
        let depths = (1..=trail.len()).filter(|_| *used);
        depths
            .filter_map(|depth| best.get(trail.get(..depth)?))
            .map(|it| (*it).to_owned())
            .collect()
    };
    folded.iter().zip(used).map(title).collect()
}

/// The lesser of equal names is the better title: it has no variables, and tells more of where its words begin.
fn spelling(name: &str) -> (bool, Reverse<usize>, &str) {
    (name.split('/').any(is_path_variable), Reverse(words(name)), name)
}

/// How many words a name shows, by its blanks, signs and capitals.
fn words(name: &str) -> usize {
    let mut before = ' ';
    let mut count = 0;
    for letter in name.chars() {
        let begins = !before.is_alphanumeric() || before.is_lowercase() && letter.is_uppercase();
        count += usize::from(letter.is_alphanumeric() && begins);
        before = letter;
    }
    count
}

/// What is left of a name without case, blanks and punctuation; digits stay apart (`1.1` is not `11`).
fn folded(name: &str) -> String {
    let is_literal = |it: &&str| !is_path_variable(it) && !it.trim().is_empty();
    let literal: Vec<&str> = name.split('/').filter(is_literal).collect();
    let name = if literal.is_empty() { name.to_owned() } else { literal.join("/") };
    let mut folded = String::new();
    let mut apart = false;
    for letter in name.chars() {
        if letter.is_alphanumeric() || TELLING.contains(&letter) {
            let joins = folded.ends_with(|it: char| it.is_numeric()) && letter.is_numeric();
            folded.extend((apart && joins).then_some('.'));
            folded.extend(letter.to_lowercase());
            apart = false;
        } else {
            apart = true;
        }
    }
    if folded.chars().any(char::is_alphanumeric) { folded } else { name.trim().to_owned() }
}

/// Whether a folder's name is nothing but path variables, in whatever notation: `{id}`, `:id`, `{{id}}`, `<id>`, `{org}/{repo}`.
fn is_path_variable(name: &str) -> bool {
    let mut segments = name.split('/').map(str::trim).filter(|it| !it.is_empty()).peekable();
    segments.peek().is_some() && segments.all(is_variable)
}

fn is_variable(segment: &str) -> bool {
    let inside = |open: &str, close: &str| segment.strip_prefix(open)?.strip_suffix(close);
    let bracketed = inside("{{", "}}").or_else(|| inside("{", "}")).or_else(|| inside("<", ">"));
    let is_word = |it: &char| it.is_alphanumeric() || matches!(it, '_' | '-');
    match bracketed {
        Some(name) => {
            name.chars().any(char::is_alphanumeric) && !name.contains(['{', '}', '<', '>'])
        }
        None => segment
            .strip_prefix(':')
            .is_some_and(|name| !name.is_empty() && name.chars().all(|it| is_word(&it))),
    }
}

/// The description of a group: what `folders`, its own, say, each once, in an order that no shuffling changes: its own before those of path variables in it, the one whose name is the group's first.
fn docs(folders: &[&Folder], trail: &[String]) -> Docs {
    let mut said: Vec<_> = folders
        .iter()
        .map(|folder| {
            let is_title = trail.last().is_some_and(|title| title == folder.name.trim());
            let order = (is_path_variable(&folder.name), !is_title, format!("{:?}", folder.docs));
            (order, &folder.docs)
        })
        .collect();
    said.sort_by(|(one, _), (other, _)| one.cmp(other));
    let mut told: Vec<&Docs> = Vec::new();
    let mut seen = BTreeSet::new();
    for ((.., text), docs) in said {
        if seen.insert(text) {
            told.push(docs);
        }
    }
    Docs(told.into_iter().flat_map(|docs| docs.0.iter().cloned()).collect())
}

/// The finding that a folder which is no group, for it has no name but a path variable, has a description.
fn untold(folder: &Folder) -> Diagnostic {
    let message = format!(
        "the description of folder `{}` is left out: it is no group, since its name is but a path variable",
        folder.name
    );
    Diagnostic::note("infer::folder-docs", message, folder.origin.clone())
        .with_help("give the folder a name, or move its description to the collection's")
}

#[cfg(test)]
mod tests {
    use super::{folded, is_path_variable, words};

    #[test]
    fn case_blanks_and_punctuation_do_not_tell_folders_apart() {
        for (one, other) in [
            ("Pay outs", "pay-outs"),
            (" Orders ", "orders"),
            ("workItems", "Work items"),
            ("gates/{id}", "Gates"),
        ] {
            assert_eq!(folded(one), folded(other), "{one} {other}");
        }
        for (one, other) in [("v1.1", "v11"), ("C", "C++"), ("+", "-"), ("Order", "Orders")] {
            assert_ne!(folded(one), folded(other), "{one} {other}");
        }
    }

    #[test]
    fn a_path_variable_is_one_in_any_notation() {
        for name in ["{shop Id}", ":id", "{{id}}", "<id>", " {org}/{repo} ", "/:id/"] {
            assert!(is_path_variable(name), "{name}");
        }
        for name in ["", "/", "id", "{id} items", "users/{id}", ": later", "{}", ":", "<a> <b>"] {
            assert!(!is_path_variable(name), "{name}");
        }
    }

    #[test]
    fn words_are_counted_by_how_they_begin() {
        for (name, count) in [("workitems", 1), ("workItems", 2), ("WORK items", 2), ("", 0)] {
            assert_eq!(words(name), count, "{name}");
        }
    }
}
