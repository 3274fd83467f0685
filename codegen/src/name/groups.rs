//! Names of folders: modules, handles, accessors, features.
//!
//! In: the groups. Out: a [`GroupNames`] each. A folder deeper than [`DEEPEST`] levels stands beside those of the last level, named with its parents: `shop().users().email_sections()`.

use super::pins::Pins;
use super::scope::{Entry, Scope};
use super::{GroupNames, english, reserved, title, words};
use crate::api::{Api, Group, GroupId, Operation};
use std::collections::BTreeMap;

/// How many levels of handles there are.
pub(super) const DEEPEST: usize = 3;

/// Names modules, accessors and features, and says which folders nothing tells apart; handles are left to `types`.
pub(super) fn name(api: &Api, pins: &Pins) -> (Vec<GroupNames>, Vec<usize>) {
    let names = vec![GroupNames::default(); api.groups.len()];
    let mut naming = Naming { api, pins, names, numbered: Vec::new() };
    // Parents stand before children, so each holder is named before what it holds.
    let mut held: BTreeMap<Option<usize>, Vec<usize>> = BTreeMap::new();
    for at in 0..api.groups.len() {
        held.entry(holder(api, at)).or_default().push(at);
    }
    for (parent, members) in held {
        let own = match parent {
            None => [reserved::FEATURES, reserved::CLIENT].concat(),
            Some(_) => reserved::HANDLE.to_vec(),
        };
        let mut scope = Scope::new(reserved::MODULES.iter().copied().chain(own));
        naming.siblings(parent, &members, &mut scope);
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
    /// Names the folders whose accessors stand together: on the handle of `parent`, or on the client.
    fn siblings(&mut self, parent: Option<usize>, members: &[usize], scope: &mut Scope) {
        let entries: Vec<Entry> =
            members.iter().map(|at| entry(self.api, *at, self.pins)).collect();
        for (at, named) in members.iter().zip(scope.resolve_members(&entries)) {
            if named.numbered {
                self.numbered.push(*at);
            }
            let around = parent.and_then(|parent| self.names.get(parent));
            let feature = around.map_or(&named.name, |names| &names.feature).clone();
            let mut module = around.map(|names| names.module.clone()).unwrap_or_default();
            module.push(named.name.clone());
            let parent = parent.map(GroupId);
            let accessor = named.name;
            if let Some(names) = self.names.get_mut(*at) {
                *names = GroupNames { module, accessor, feature, parent, ..GroupNames::default() };
            }
        }
    }
}

/// The folders around a folder and itself, from the outside in.
fn around(api: &Api, index: usize) -> Vec<usize> {
    let mut chain = Vec::new();
    let mut at = Some(index);
    while let Some((index, group)) = at.and_then(|at| Some((at, api.groups.get(at)?))) {
        if chain.len() > api.groups.len() {
            break;
        }
        chain.push(index);
        at = group.parent.map(|id| id.0);
    }
    chain.reverse();
    chain
}

/// The folder on whose handle the accessor of a folder stands: the one around it, or the last that has levels below.
fn holder(api: &Api, index: usize) -> Option<usize> {
    let chain = around(api, index);
    let level = chain.len().min(DEEPEST).checked_sub(2)?;
    chain.get(level).copied()
}

/// The outermost folder around each folder, or itself.
pub(super) fn tops(api: &Api) -> Vec<usize> {
    let top = |at: usize| around(api, at).first().copied().unwrap_or(at);
    (0..api.groups.len()).map(top).collect()
}

/// The outermost folder that an operation stands in; `None` is the client itself.
pub(super) fn top_of(operation: &Operation, tops: &[usize]) -> Option<usize> {
    operation.group.and_then(|id| tops.get(id.0)).copied()
}

/// Candidates: the folder's name, the names around it before it, its name with signs; a folder below the last level is never without the name of its parent.
fn entry(api: &Api, index: usize, pins: &Pins) -> Entry {
    let Some(group) = api.groups.get(index) else { return Entry::default() };
    let is_deep = around(api, index).len() > DEEPEST;
    let mut lists = said_with_parents(group);
    if is_deep {
        lists.drain(..2.min(lists.len().saturating_sub(2)));
    }
    let own = group.trail.last().map(String::as_str).unwrap_or_default();
    lists.extend([words::split(own), words::spell(own)]);
    let mut candidates: Vec<String> = lists.iter().filter_map(|list| words::snake(list)).collect();
    candidates.iter_mut().filter(|name| reserved::is_device(name)).for_each(|name| name.push('_'));
    if candidates.is_empty() {
        candidates.push("folder".to_owned());
    }
    let pin = pins.groups.get(&index).cloned();
    let rank = u8::from(is_deep);
    Entry { key: group.trail.join(" › "), pin, rank, candidates, ..Entry::default() }
}

/// `Submit a form` without its article; `Plan A` keeps its last word.
fn without_articles(words: &[String]) -> Vec<String> {
    let last = words.len().saturating_sub(1);
    let kept = words.iter().enumerate().filter(|(at, it)| *at == last || !english::is_article(it));
    kept.map(|(_, word)| word.clone()).collect()
}

/// The words of a folder, then with those of the folder around it, and so on outwards; each in brief and whole.
pub(super) fn said_with_parents(group: &Group) -> Vec<Vec<String>> {
    let mut lists: Vec<Vec<String>> = Vec::new();
    for folder in group.trail.iter().rev() {
        let inner = lists.last().cloned().unwrap_or_default();
        let said = without_articles(&words::split(&title::folder(folder)));
        let longer = if inner.starts_with(&said) { inner } else { [said, inner].concat() };
        let is_cut = words::is_cut(&longer);
        let is_own = lists.is_empty();
        lists.push(if is_own {
            words::brief(&longer, 1, words::BRIEF)
        } else {
            words::brief_tail(&longer)
        });
        lists.push(longer);
        if is_cut {
            break;
        }
    }
    lists
}
