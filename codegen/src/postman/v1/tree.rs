//! The tree that lists of ids make of a flat file: first as Postman follows them, then whatever it does not reach.

use super::entry::objects;
use super::{auth, request};
use crate::diagnostic::Diagnostic;
use crate::origin::Pointer;
use crate::postman::collection::{Folder, Item};
use crate::postman::located::{Located, Notes};
use crate::postman::{description, profile};
use std::collections::{BTreeMap, BTreeSet};

/// Deepest nesting of folders that is followed.
const MAX_DEPTH: usize = 200;
/// Folders that are visited at the most, however often they list each other.
const MAX_VISITS: usize = 100_000;
/// Members by which a folder names the one around it.
const PARENTS: [&str; 3] = ["folder", "folder_id", "parent"];

/// Folders and requests by their ids.
pub(super) struct Tree<'a> {
    folders: Vec<Located<'a>>,
    requests: Vec<Located<'a>>,
    /// Folders by id, the last of each.
    folder_at: BTreeMap<String, usize>,
    /// Requests by id, the last of each.
    request_at: BTreeMap<String, usize>,
    /// Folders that lists lead to.
    followed: Followed,
    /// Folders that no list leads to, and those of a root without a list that name another, by the folder they name.
    stray_folders: BTreeMap<Option<usize>, Vec<usize>>,
    /// Requests that no list names, likewise.
    stray_requests: BTreeMap<Option<usize>, Vec<usize>>,
}

/// What Postman finds when it follows the lists.
#[derive(Default)]
struct Followed {
    /// Requests in order, as often as they are listed.
    requests: Vec<usize>,
    /// How often each of them is listed.
    times: BTreeMap<usize, usize>,
    folders: BTreeSet<usize>,
    visits: usize,
}

/// What already has its place.
#[derive(Default)]
struct Placed {
    folders: BTreeSet<usize>,
    requests: BTreeSet<usize>,
    depth: usize,
}

impl<'a> Tree<'a> {
    pub(super) fn new(root: &Located<'a>, notes: &mut Notes) -> Self {
        notes.extend(["requests", "folders"].iter().flat_map(|key| strangers(root, key)));
        let (folders, requests) = (objects(root, "folders"), objects(root, "requests"));
        let (folder_at, request_at) = (by_id(&folders), by_id(&requests));
        let mut tree = Self {
            folders,
            requests,
            folder_at,
            request_at,
            followed: Followed::default(),
            stray_folders: BTreeMap::new(),
            stray_requests: BTreeMap::new(),
        };
        tree.follow(root);
        tree.gather_strays(root);
        tree
    }

    /// The requests that Postman shows, in its order; one that is listed twice it shows twice.
    pub(super) fn shown(&self) -> Vec<Pointer> {
        let requests = self.followed.requests.iter().filter_map(|at| self.requests.get(*at));
        requests.map(|place| place.pointer.clone()).collect()
    }

    /// Everything, folders before requests.
    pub(super) fn items(&self, root: &Located<'a>, notes: &mut Notes) -> Vec<Item> {
        let mut placed = Placed::default();
        let items = self.inside(root, None, &mut placed, notes);
        for (at, place) in self.requests.iter().enumerate() {
            let times = self.followed.times.get(&at);
            let finding = match (placed.requests.contains(&at), times) {
                (false, _) => Some(lost(place)),
                (true, None) => Some(unlisted(place)),
                (true, Some(1)) => None,
                (true, Some(_)) => Some(repeated(place)),
            };
            notes.extend(finding);
        }
        items
    }

    /// Follows the lists as Postman does: folders, then the root's own requests.
    fn follow(&mut self, root: &Located<'a>) {
        let mut followed = Followed::default();
        for at in self.root_folders(root) {
            self.follow_folder(at, 0, &mut followed);
        }
        let mut own = BTreeSet::new();
        let listed = self.listed(root, "order", &self.request_at);
        followed.requests.extend(listed.into_iter().filter(|at| own.insert(*at)));
        for at in &followed.requests {
            *followed.times.entry(*at).or_default() += 1;
        }
        self.followed = followed;
    }

    fn follow_folder(&self, at: usize, depth: usize, followed: &mut Followed) {
        followed.visits += 1;
        let Some(place) = self.folders.get(at) else { return };
        if depth >= MAX_DEPTH || followed.visits > MAX_VISITS {
            return;
        }
        followed.folders.insert(at);
        for inner in self.listed(place, "folders_order", &self.folder_at) {
            self.follow_folder(inner, depth + 1, followed);
        }
        followed.requests.extend(self.listed(place, "order", &self.request_at));
    }

    /// The folders of the root: those of its list, else all; never one that another folder lists.
    fn root_folders(&self, root: &Located<'a>) -> Vec<usize> {
        let list = root.get("folders_order").filter(|list| list.elements().is_some());
        let folders = match list {
            Some(_) => self.listed(root, "folders_order", &self.folder_at),
            None => (0..self.folders.len()).collect(),
        };
        let inner = |place: &Located<'a>| self.listed(place, "folders_order", &self.folder_at);
        let inner: BTreeSet<usize> = self.folders.iter().flat_map(inner).collect();
        let mut seen = BTreeSet::new();
        folders.into_iter().filter(|at| !inner.contains(at) && seen.insert(*at)).collect()
    }

    /// Sorts what no list leads to by the folder it names. Where the root has no list, a folder's own word for its place is better than none.
    fn gather_strays(&mut self, root: &Located<'a>) {
        let has_list = root.get("folders_order").is_some_and(|list| list.elements().is_some());
        let roots: BTreeSet<usize> = self.root_folders(root).into_iter().collect();
        for (at, place) in self.folders.iter().enumerate() {
            let parent = self.named(place, &PARENTS).filter(|parent| *parent != at);
            let is_free = !has_list && roots.contains(&at) && parent.is_some();
            if is_free || !self.followed.folders.contains(&at) {
                self.stray_folders.entry(parent).or_default().push(at);
            }
        }
        let lists = self.folders.iter().chain([root]);
        let listed: BTreeSet<usize> =
            lists.flat_map(|place| self.listed(place, "order", &self.request_at)).collect();
        for (at, place) in self.requests.iter().enumerate() {
            let is_shadowed = self
                .request_at
                .get(&id(place))
                .is_some_and(|last| listed.contains(last) && *last != at);
            if !listed.contains(&at) && !is_shadowed {
                let parent = self.named(place, &["folder"]);
                self.stray_requests.entry(parent).or_default().push(at);
            }
        }
    }

    /// What a list of ids names, as far as it is there.
    fn listed(
        &self,
        place: &Located<'a>,
        key: &str,
        by_id: &BTreeMap<String, usize>,
    ) -> Vec<usize> {
        ids(place, key).iter().filter_map(|id| by_id.get(id).copied()).collect()
    }

    /// The folder that one of these members names.
    fn named(&self, place: &Located<'a>, keys: &[&str]) -> Option<usize> {
        let name = keys.iter().find_map(|key| place.get(key)?.scalar())?;
        self.folder_at.get(&name).copied()
    }

    /// What stands in the folder `at`, or in the root: its folders, those it lists first, then its requests.
    fn inside(
        &self,
        place: &Located<'a>,
        at: Option<usize>,
        placed: &mut Placed,
        notes: &mut Notes,
    ) -> Vec<Item> {
        let strays = self.stray_folders.get(&at).into_iter().flatten().copied();
        let listed = match at {
            Some(_) => self.listed(place, "folders_order", &self.folder_at),
            None => {
                let free: BTreeSet<usize> =
                    self.stray_folders.values().flatten().copied().collect();
                self.root_folders(place).into_iter().filter(|at| !free.contains(at)).collect()
            }
        };
        let mut items = Vec::new();
        for inner in listed.into_iter().chain(strays) {
            let Some(folder) = self.folders.get(inner) else { continue };
            if placed.depth < MAX_DEPTH && placed.folders.insert(inner) {
                placed.depth += 1;
                items.push(Item::Folder(Box::new(self.folder(folder, inner, placed, notes))));
                placed.depth -= 1;
            }
        }
        items.extend(self.own_requests(place, at, placed, notes));
        items
    }

    fn folder(
        &self,
        place: &Located<'a>,
        at: usize,
        placed: &mut Placed,
        notes: &mut Notes,
    ) -> Folder {
        let name = place.text("name", notes).unwrap_or_default();
        let place = place.clone().named(&name);
        let items = self.inside(&place, Some(at), placed, notes);
        Folder {
            name,
            description: description::member(&place, notes),
            auth: auth::auth(&place, notes),
            profile: profile::member(&place),
            items,
            origin: place.origin(),
        }
    }

    /// The requests of a folder. One that Postman shows stands where it shows it first.
    fn own_requests(
        &self,
        place: &Located<'a>,
        at: Option<usize>,
        placed: &mut Placed,
        notes: &mut Notes,
    ) -> Vec<Item> {
        let unknown = |id: &String| !self.request_at.contains_key(id);
        notes.extend(
            ids(place, "order").iter().filter(|id| unknown(id)).map(|id| missing(place, id)),
        );
        let is_followed = at.is_none_or(|at| self.followed.folders.contains(&at));
        let listed = self.listed(place, "order", &self.request_at);
        let here = |at: &usize| is_followed || !self.followed.times.contains_key(at);
        let strays = self.stray_requests.get(&at).into_iter().flatten().copied();
        let mut items = Vec::new();
        for at in listed.into_iter().filter(here).chain(strays) {
            if placed.requests.insert(at)
                && let Some(found) = self.requests.get(at)
            {
                let found = found.clone().within(place);
                items.push(Item::Request(Box::new(request::read(&found, notes))));
            }
        }
        items
    }
}

fn by_id(list: &[Located<'_>]) -> BTreeMap<String, usize> {
    list.iter().enumerate().map(|(at, place)| (id(place), at)).collect()
}

fn id(place: &Located<'_>) -> String {
    place.get("id").and_then(|id| id.scalar()).unwrap_or_default()
}

fn ids(place: &Located<'_>, key: &str) -> Vec<String> {
    let elements = place.get(key).and_then(|list| list.elements()).unwrap_or_default();
    elements.iter().filter_map(Located::scalar).collect()
}

/// Findings for what stands among requests or folders and is no object.
fn strangers(root: &Located<'_>, key: &str) -> Vec<Diagnostic> {
    let elements = root.get(key).and_then(|list| list.elements()).unwrap_or_default();
    let strangers = elements.iter().filter(|element| element.node.members().is_none());
    let finding = |place: &Located<'_>| {
        let message = format!("{} stands in `{key}`; it is left out", place.node.kind());
        Diagnostic::warning("postman::item", message, place.origin())
    };
    strangers.map(finding).collect()
}

fn missing(place: &Located<'_>, id: &str) -> Diagnostic {
    let message = format!("`order` names a request {id:?} that is not there; it is ignored");
    Diagnostic::warning("postman::order", message, place.origin())
}

fn unlisted(place: &Located<'_>) -> Diagnostic {
    let message = "no list that Postman follows leads to the request: it is not shown there, but here it is an operation";
    Diagnostic::note("postman::unlisted", message, place.origin())
}

fn repeated(place: &Located<'_>) -> Diagnostic {
    let message = "the request is listed more than once, and Postman shows it as often; here it is one operation";
    Diagnostic::note("postman::listed-twice", message, place.origin())
}

fn lost(place: &Located<'_>) -> Diagnostic {
    let message = "the request is left out: a later one has its id, or its folder has no place: folders share an id, contain each other, or nest too deep";
    Diagnostic::warning("postman::no-place", message, place.origin())
}
