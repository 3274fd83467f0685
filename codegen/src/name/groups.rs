//! Names of folders: modules, handles, accessors, features.
//!
//! In: the groups. Out: a [`GroupNames`] each. Folders nested deeper than [`DEEPEST`] are flattened: their module stands directly in that of the top-level folder, and their accessor on the client.

use super::pins::Pins;
use super::scope::{Entry, Scope};
use super::{GroupNames, reserved, title, words};
use crate::api::{Api, Group};

/// How many levels of folders keep their nesting.
pub(super) const DEEPEST: usize = 3;

/// Names modules, accessors and features, and says which folders nothing tells apart; handles are left to `types`.
pub(super) fn name(api: &Api, pins: &Pins) -> (Vec<GroupNames>, Vec<usize>) {
    let names = vec![GroupNames::default(); api.groups.len()];
    let mut naming = Naming { api, pins, names, numbered: Vec::new() };
    let mut root = Scope::new(
        reserved::MODULES.iter().chain(reserved::FEATURES).chain(reserved::CLIENT).copied(),
    );
    naming.siblings(&naming.at_depth(1), &mut root, None);
    naming.siblings(&naming.at_depth(0), &mut root, None);
    for depth in 2..=DEEPEST {
        for parent in 0..api.groups.len() {
            let inside = |at: &usize| {
                api.groups.get(*at).and_then(|group| group.parent).is_some_and(|id| id.0 == parent)
            };
            let children: Vec<usize> = naming.at_depth(depth).into_iter().filter(inside).collect();
            let mut scope = naming.scope_inside(parent);
            naming.siblings(&children, &mut scope, Some(parent));
        }
    }
    (naming.names, naming.numbered)
}

struct Naming<'a> {
    api: &'a Api,
    pins: &'a Pins,
    names: Vec<GroupNames>,
    numbered: Vec<usize>,
}

impl Naming<'_> {
    fn at_depth(&self, wanted: usize) -> Vec<usize> {
        let groups = self.api.groups.iter().enumerate();
        groups.filter(|(_, group)| depth(group) == wanted).map(|(at, _)| at).collect()
    }

    /// What may not stand inside a folder; modules of flattened folders stand in the outermost one.
    fn scope_inside(&self, parent: usize) -> Scope {
        let mut scope = Scope::new(reserved::MODULES.iter().chain(reserved::HANDLE).copied());
        let module =
            self.names.get(parent).map(|names| names.module.as_slice()).unwrap_or_default();
        for names in &self.names {
            if let Some((last, before)) = names.module.split_last()
                && before == module
            {
                scope.take(last);
            }
        }
        scope
    }

    /// Names folders whose accessors stand together: on the handle of `parent`, or on the client.
    fn siblings(&mut self, members: &[usize], scope: &mut Scope, parent: Option<usize>) {
        let entries: Vec<Entry> = members
            .iter()
            .filter_map(|at| Some(entry(*at, self.api.groups.get(*at)?, self.pins)))
            .collect();
        for (at, named) in members.iter().zip(scope.resolve_members(&entries)) {
            if named.numbered {
                self.numbered.push(*at);
            }
            let top = top_of(self.api, *at).filter(|top| top != at);
            let around = parent.or(top).and_then(|around| self.names.get(around)).cloned();
            let feature = around.as_ref().map_or(&named.name, |names| &names.feature).clone();
            let mut module = around.map(|names| names.module).unwrap_or_default();
            module.push(named.name.clone());
            if let Some(names) = self.names.get_mut(*at) {
                let nested = parent.is_some();
                *names = GroupNames {
                    module,
                    accessor: named.name,
                    feature,
                    nested,
                    ..GroupNames::default()
                };
            }
        }
    }
}

/// The level a folder keeps; 0 for one that is flattened.
fn depth(group: &Group) -> usize {
    match (group.parent, group.trail.len()) {
        (None, _) => 1,
        (Some(_), deep) if deep > DEEPEST => 0,
        (Some(_), kept) => kept.max(2),
    }
}

/// The outermost folder around a folder, or itself.
pub(super) fn top_of(api: &Api, index: usize) -> Option<usize> {
    let mut at = index;
    for _ in 0..=api.groups.len() {
        match api.groups.get(at)?.parent {
            Some(parent) => at = parent.0,
            None => return Some(at),
        }
    }
    None
}

/// Candidates: the folder's name, the names around it before it, its name with signs.
fn entry(index: usize, group: &Group, pins: &Pins) -> Entry {
    let mut longer: Vec<String> = Vec::new();
    let mut candidates = Vec::new();
    for folder in group.trail.iter().rev() {
        longer = [words::split(title::gist(folder)), longer].concat();
        candidates.extend(words::snake(&longer));
        if words::is_cut(&longer) {
            break;
        }
    }
    let own = group.trail.last().map(String::as_str).unwrap_or_default();
    let lists = [words::split(own), words::spell(own)];
    candidates.extend(lists.iter().filter_map(|list| words::snake(list)));
    candidates.iter_mut().filter(|name| reserved::is_device(name)).for_each(|name| name.push('_'));
    if candidates.is_empty() {
        candidates.push("folder".to_owned());
    }
    let pin = pins.groups.get(&index).cloned();
    let rank = u8::from(depth(group) == 0);
    Entry { key: group.trail.join(" › "), pin, rank, candidates, ..Entry::default() }
}
