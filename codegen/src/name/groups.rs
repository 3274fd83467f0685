//! Names of folders: modules, handles, accessors, features.
//!
//! In: the groups. Out: a [`GroupNames`] each. A folder deeper than [`DEEPEST`] levels stands beside those of the last level, named with its parents: `shop().users().email_sections()`.

use super::held::{self, Held};
use super::nesting::around;
use super::pins::Pins;
use super::scope::{Entry, Scope};
use super::{GroupNames, english, reserved, title, words};
use crate::api::{Api, Group, GroupId};
use std::collections::BTreeMap;

/// How many levels of handles there are.
pub(super) const DEEPEST: usize = 3;

/// Names modules, accessors and features, and says which folders nothing tells apart; handles are left to `types`.
pub(super) fn name(api: &Api, pins: &Pins, held: &Held<'_>) -> (Vec<GroupNames>, Vec<usize>) {
    let names = vec![GroupNames::default(); api.groups.len()];
    let mut naming = Naming { api, pins, held, names, numbered: Vec::new() };
    // Parents stand before children, so each holder is named before what it holds.
    let mut siblings: BTreeMap<Option<usize>, Vec<usize>> = BTreeMap::new();
    for at in 0..api.groups.len() {
        siblings.entry(holder(api, at)).or_default().push(at);
    }
    for (parent, members) in siblings {
        let own = match parent {
            None => [reserved::FEATURES, reserved::CLIENT].concat(),
            Some(_) => reserved::HANDLE.to_vec(),
        };
        let mut scope = Scope::new(reserved::MODULES.iter().copied().chain(own));
        scope.keep(held.kept_on(parent));
        let methods = published_methods(api, held, parent);
        scope.keep(methods.iter().map(String::as_str));
        naming.siblings(parent, &members, &mut scope);
    }
    (naming.names, naming.numbered)
}

struct Naming<'a> {
    api: &'a Api,
    pins: &'a Pins,
    held: &'a Held<'a>,
    names: Vec<GroupNames>,
    numbered: Vec<usize>,
}

impl Naming<'_> {
    fn entry(&self, at: usize) -> Entry {
        let lock = held::name_of(&self.held.groups, at);
        Entry { lock, ..entry(self.api, at, self.pins) }
    }

    /// Names the folders whose accessors stand together: on the handle of `parent`, or on the client.
    fn siblings(&mut self, parent: Option<usize>, members: &[usize], scope: &mut Scope) {
        let entries: Vec<Entry> = members.iter().map(|at| self.entry(*at)).collect();
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

/// The methods that stand on a handle for good: no accessor takes the name of one.
fn published_methods(api: &Api, held: &Held<'_>, handle: Option<usize>) -> Vec<String> {
    let own = api.operations.iter().enumerate();
    let own = own.filter(|(_, it)| it.group.map(|id| id.0) == handle);
    own.filter_map(|(at, _)| held::name_of(&held.operations, at)).collect()
}

/// The folder on whose handle the accessor of a folder stands: the one around it, or the last that has levels below.
fn holder(api: &Api, index: usize) -> Option<usize> {
    let chain = around(api, index);
    let level = chain.len().min(DEEPEST).checked_sub(2)?;
    chain.get(level).copied()
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
