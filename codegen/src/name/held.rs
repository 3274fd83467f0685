//! A lock, matched to an API: which published name is whose, and which are nobody's now.
//!
//! In: an [`Api`] and a [`Lock`]. Out: what is locked of each thing, by its index, and the names that are kept for what is gone. Decides no name.

use super::Aliased;
use super::lock::{Kind, Lock, Locked, Path};
use super::nesting::tops;
use super::{moved, places};
use crate::api::{Api, GroupId, OperationId};
use std::collections::{BTreeMap, BTreeSet};

/// The module of types that several folders use.
pub(super) const SHARED: &str = "shared";

/// What is locked, each vector parallel to the one of the same name in the API.
#[derive(Clone, Debug, Default)]
pub(super) struct Held<'a> {
    /// Setters of variables.
    pub variables: Vec<Option<&'a Locked>>,
    /// Setters of servers.
    pub servers: Vec<Option<&'a Locked>>,
    /// Setters of credentials.
    pub credentials: Vec<Option<&'a Locked>>,
    /// Handles.
    pub groups: Vec<Option<&'a Locked>>,
    /// Methods.
    pub operations: Vec<Option<&'a Locked>>,
    /// Types.
    pub types: Vec<Option<&'a Locked>>,
    /// What is locked and not there now.
    pub gone: BTreeMap<(Kind, &'a str), &'a Locked>,
    /// What is called otherwise in the collection by now, with the key that it had.
    pub renamed: Vec<(Aliased, &'a str)>,
    /// Operations that gained or lost a twin, so that another may be meant.
    pub twins: Vec<usize>,
    /// Operations that have another key by now, by the one that they had.
    was: BTreeMap<&'a str, usize>,
    kept: Kept<'a>,
}

/// Names of what is gone, by where they were.
#[derive(Clone, Debug, Default)]
struct Kept<'a> {
    /// Setters of the builder.
    client: Vec<&'a str>,
    /// Methods and accessors, by their handle.
    handles: BTreeMap<Option<usize>, Vec<&'a str>>,
    /// Types, by their top-level folder.
    types: BTreeMap<Option<usize>, Vec<&'a str>>,
}

impl<'a> Held<'a> {
    /// Finds what `lock` says of the things of `api`.
    pub(super) fn new(api: &Api, lock: &'a Lock) -> Self {
        let mut open = Open::new(lock);
        let mut held = Self {
            variables: open.those(Kind::Variable, api.variables.iter().map(|it| it.name.clone())),
            servers: open.those(Kind::Server, api.servers.iter().map(|it| it.base.written())),
            credentials: open
                .those(Kind::Credential, api.credentials.iter().map(|it| it.key.clone())),
            groups: open.those(Kind::Folder, api.groups.iter().map(|it| it.trail.join(" › "))),
            operations: open
                .those(Kind::Operation, api.operations.iter().map(|it| it.key.to_string())),
            types: open.those(Kind::Type, api.types.0.iter().map(|it| it.key.to_string())),
            ..Self::default()
        };
        // A type may be known by its operation, which has to be known first.
        held.know_again(api, &mut open);
        let lost: Vec<&str> =
            open.0.get(&Kind::Type).into_iter().flatten().map(|it| *it.0).collect();
        for (key, at) in places::find(api, &lost, (&held.types, &held.was)) {
            if let Some(slot) = held.types.get_mut(at) {
                *slot = open.take(Kind::Type, key);
            }
        }
        let gone = open.0.into_iter();
        held.gone = gone
            .flat_map(|(kind, those)| those.into_iter().map(move |(key, it)| ((kind, key), it)))
            .collect();
        held.keep(api);
        held
    }

    /// Gives what was renamed or moved in the collection the line that it had.
    fn know_again(&mut self, api: &Api, open: &mut Open<'a>) {
        let none = BTreeMap::new();
        let lines = open.0.get(&Kind::Operation).unwrap_or(&none);
        for (key, at, is_choice) in moved::twins(api, lines, &self.operations) {
            if let Some(slot) = self.operations.get_mut(at) {
                *slot = open.take(Kind::Operation, key);
                self.was.insert(key, at);
                self.twins.extend(is_choice.then_some(at));
            }
        }
        let lines = open.0.get(&Kind::Operation).unwrap_or(&none);
        for (key, at) in moved::operations(api, lines, &self.operations) {
            if let Some(slot) = self.operations.get_mut(at) {
                *slot = open.take(Kind::Operation, key);
                self.was.insert(key, at);
                self.renamed.push((Aliased::Operation(OperationId(at)), key));
            }
        }
        let lines = open.0.get(&Kind::Folder).unwrap_or(&none);
        for (key, at) in moved::folders(api, lines, &self.groups, &self.operations) {
            if let Some(slot) = self.groups.get_mut(at) {
                *slot = open.take(Kind::Folder, key);
                self.renamed.push((Aliased::Group(GroupId(at)), key));
            }
        }
    }

    /// Puts the names of what is gone where they were.
    fn keep(&mut self, api: &Api) {
        let tops = tops(api);
        let mut paths: BTreeMap<Vec<String>, usize> = BTreeMap::new();
        for (at, path) in self
            .groups
            .iter()
            .enumerate()
            .filter_map(|(at, it)| Some((at, it.as_ref()?.path.as_ref()?)))
        {
            paths.insert([&path.around[..], std::slice::from_ref(&path.name)].concat(), at);
        }
        let handle = |around: &[String]| match around {
            [] => Some(None),
            path => paths.get(path).map(|at| Some(*at)),
        };
        let top = |around: &[String]| match around.first() {
            None => Some(None),
            Some(first) if first == SHARED => Some(None),
            Some(first) => paths.get(std::slice::from_ref(first)).map(|at| tops.get(*at).copied()),
        };
        let mut kept = Kept::default();
        for ((kind, _), locked) in &self.gone {
            let Some(path) = &locked.path else { continue };
            match kind {
                Kind::Variable | Kind::Server | Kind::Credential => {
                    kept.client.push(&path.name);
                    kept.client.extend(locked.members.values().map(String::as_str));
                }
                Kind::Folder | Kind::Operation => {
                    let own = handle(&path.around).map(|at| kept.handles.entry(at).or_default());
                    own.into_iter().for_each(|names| names.push(&path.name));
                    let is_top = *kind == Kind::Folder && path.around.is_empty();
                    let own = top(&path.around).filter(|_| !is_top);
                    let own = own.map(|at| kept.types.entry(at).or_default());
                    own.into_iter().for_each(|names| names.push(&path.ty));
                }
                Kind::Type => {
                    let own = top(&path.around).map(|at| kept.types.entry(at).or_default());
                    let words =
                        [path.name.as_str(), &path.ty].into_iter().filter(|it| !it.is_empty());
                    own.into_iter().for_each(|names| names.extend(words.clone()));
                }
            }
        }
        self.kept = kept;
        self.keep_aliases(api, &tops);
    }

    /// Puts the further names of what is there where they are.
    fn keep_aliases(&mut self, api: &Api, tops: &[usize]) {
        let mut modules: BTreeMap<Vec<String>, usize> = BTreeMap::new();
        for (at, locked) in self.groups.iter().enumerate() {
            if let Some(path) = locked.and_then(|it| it.path.as_ref()) {
                modules.insert([&path.around[..], std::slice::from_ref(&path.name)].concat(), at);
            }
        }
        let handle = |around: &[String]| match around {
            [] => Some(None),
            path => modules.get(path).map(|at| Some(*at)),
        };
        let top = |around: &[String]| match around.first() {
            Some(first) if first != SHARED => {
                modules.get(std::slice::from_ref(first)).map(|at| tops.get(*at).copied())
            }
            Some(_) | None => Some(None),
        };
        let kept = &mut self.kept;
        for (at, locked) in self.groups.iter().enumerate() {
            let own = kept.types.entry(tops.get(at).copied()).or_default();
            own.extend(paths_of(locked).map(|path| path.ty.as_str()));
        }
        for (at, locked) in self.operations.iter().enumerate() {
            let own = api.operations.get(at).and_then(|it| super::nesting::top_of(it, tops));
            let own = kept.types.entry(own).or_default();
            own.extend(paths_of(locked).map(|path| path.ty.as_str()));
        }
        for path in self.groups.iter().chain(&self.operations).flat_map(paths_of) {
            let own = handle(&path.around).map(|at| kept.handles.entry(at).or_default());
            own.into_iter().for_each(|names| names.push(&path.name));
        }
        for path in self.types.iter().flat_map(paths_of) {
            let words = [path.name.as_str(), &path.ty].into_iter().filter(|it| !it.is_empty());
            let own = top(&path.around).map(|at| kept.types.entry(at).or_default());
            own.into_iter().for_each(|names| names.extend(words.clone()));
        }
    }

    /// What the collection calls otherwise than when it got its name.
    pub(super) fn otherwise(&self) -> BTreeSet<Aliased> {
        let marked = |list: &[Option<&Locked>], of: fn(usize) -> Aliased| -> Vec<Aliased> {
            let all = list.iter().enumerate();
            all.filter(|it| it.1.is_some_and(|it| it.is_renamed)).map(|(at, _)| of(at)).collect()
        };
        let groups = marked(&self.groups, |at| Aliased::Group(GroupId(at)));
        let operations = marked(&self.operations, |at| Aliased::Operation(OperationId(at)));
        groups.into_iter().chain(operations).chain(self.renamed.iter().map(|it| it.0)).collect()
    }

    /// The lock without the names of what the collection calls otherwise by now; names inside these stay.
    pub(super) fn renewed(&self, api: &Api, lock: &Lock) -> Lock {
        let mut renewed = lock.clone();
        for of in self.otherwise() {
            let (kind, key) = match of {
                Aliased::Group(id) => {
                    (Kind::Folder, api.groups.get(id.0).map(|it| it.trail.join(" › ")))
                }
                Aliased::Operation(id) => {
                    (Kind::Operation, api.operations.get(id.0).map(|it| it.key.to_string()))
                }
                Aliased::Type(_) => continue,
            };
            let Some(key) = key else { continue };
            let was = self.renamed.iter().find(|it| it.0 == of).map_or(key.as_str(), |it| it.1);
            let locked = renewed.0.remove(&(kind, was.to_owned())).unwrap_or_default();
            let unnamed = Locked { path: None, is_renamed: false, ..locked };
            renewed.0.insert((kind, key), unnamed);
        }
        renewed
    }

    /// Setters of the builder that are kept.
    pub(super) fn kept_of_client(&self) -> impl Iterator<Item = &'a str> {
        self.kept.client.iter().copied()
    }

    /// Methods and accessors that are kept on the handle of a group, or on the client.
    pub(super) fn kept_on(&self, handle: Option<usize>) -> impl Iterator<Item = &'a str> {
        self.kept.handles.get(&handle).into_iter().flatten().copied()
    }

    /// Types that are kept in a top-level folder, or among those that are shared.
    pub(super) fn kept_in(&self, top: Option<usize>) -> impl Iterator<Item = &'a str> {
        self.kept.types.get(&top).into_iter().flatten().copied()
    }

    /// Every type that was published in any folder.
    pub(super) fn all_types(&self) -> BTreeSet<&'a str> {
        let gone = self.kept.types.values().flatten().copied();
        let those = |list: &[Option<&'a Locked>]| -> Vec<&'a str> {
            let paths = list.iter().flatten().filter_map(|it| it.path.as_ref());
            paths.flat_map(|path| [path.ty.as_str(), path.name.as_str()]).collect()
        };
        let handles = those(&self.groups).into_iter().chain(those(&self.operations));
        let types = those(&self.types).into_iter();
        gone.chain(handles)
            .chain(types)
            .filter(|it| it.starts_with(|c: char| c.is_ascii_uppercase()))
            .collect()
    }
}

/// Further paths of what is locked.
fn paths_of<'a>(locked: &Option<&'a Locked>) -> impl Iterator<Item = &'a Path> + use<'a> {
    locked
        .iter()
        .flat_map(|it| it.aliases.iter().map(|alias| &alias.path))
        .collect::<Vec<_>>()
        .into_iter()
}

/// The name in the entry at `at`.
pub(super) fn name_of(held: &[Option<&Locked>], at: usize) -> Option<String> {
    Some(held.get(at)?.as_ref()?.path.as_ref()?.name.clone())
}

/// The type that goes with the entry at `at`, if any.
pub(super) fn type_of(held: &[Option<&Locked>], at: usize) -> Option<String> {
    let ty = &held.get(at)?.as_ref()?.path.as_ref()?.ty;
    Some(ty.clone()).filter(|ty| !ty.is_empty())
}

/// What nothing was found for yet.
struct Open<'a>(BTreeMap<Kind, BTreeMap<&'a str, &'a Locked>>);

impl<'a> Open<'a> {
    fn new(lock: &'a Lock) -> Self {
        let mut open = Self(BTreeMap::new());
        for ((kind, key), locked) in &lock.0 {
            open.0.entry(*kind).or_default().insert(key.as_str(), locked);
        }
        open
    }

    fn take(&mut self, kind: Kind, key: &str) -> Option<&'a Locked> {
        self.0.get_mut(&kind)?.remove(key)
    }

    fn those(&mut self, kind: Kind, keys: impl Iterator<Item = String>) -> Vec<Option<&'a Locked>> {
        keys.map(|key| self.take(kind, &key)).collect()
    }
}
