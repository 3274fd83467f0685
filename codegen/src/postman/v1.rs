//! Collections of format v1: a flat list of requests, arranged by lists of ids (POSTMAN.md §9).

mod request;

use super::collection::{Collection, Folder, Item};
use super::description;
use super::field::{self, Field};
use super::place::{Notes, Place};
use super::profile;
use crate::diagnostic::Diagnostic;
use crate::origin::Pointer;
use std::collections::{BTreeMap, BTreeSet};

/// Reads a collection whose requests stand in `requests`.
pub(super) fn read(root: &Place<'_>, notes: &mut Notes) -> Collection {
    let tree = Tree::new(root);
    let mut placed = Placed::default();
    let mut items = tree.folders(root, None, &mut placed, notes);
    items.extend(tree.requests(root, None, &mut placed, notes));
    notes.extend(tree.lost(&placed));
    let variables = root.get("variables").or_else(|| root.get("variable"));
    let variables = variables.map(|list| self::variables(&list, notes));
    Collection {
        name: root.text("name", notes).unwrap_or_default(),
        description: description::member(root, notes),
        published: false,
        auth: request::auth(root, notes),
        profile: profile::member(root),
        variables: variables.unwrap_or_default(),
        items,
        unlisted: placed.unlisted,
        origin: root.origin(),
    }
}

/// Variables; old files name them by `id`.
fn variables(list: &Place<'_>, notes: &mut Notes) -> Vec<Field> {
    let elements = list.elements().unwrap_or_default();
    let objects = elements.iter().filter(|element| element.node.members().is_some());
    let variable = |element: &Place<'_>| {
        let mut field = field::field(element, notes);
        if field.name.is_empty() {
            field.name = element.get("id").and_then(|id| id.scalar()).unwrap_or_default();
        }
        field
    };
    objects.map(variable).collect()
}

/// Folders and requests by their ids.
struct Tree<'a> {
    folders: Vec<(String, Place<'a>)>,
    requests: Vec<(String, Place<'a>)>,
    /// Folders by id, the last of each.
    folder_at: BTreeMap<String, usize>,
    /// Requests by id, the last of each.
    request_at: BTreeMap<String, usize>,
    /// Folders that no list names, by the parent they name; without one, of the root.
    stray_folders: BTreeMap<Option<String>, Vec<usize>>,
    /// Requests that no list names, likewise.
    stray_requests: BTreeMap<Option<String>, Vec<usize>>,
}

/// What already has its place.
#[derive(Default)]
struct Placed {
    folders: BTreeSet<usize>,
    requests: BTreeSet<usize>,
    depth: usize,
    /// How many of the folders around are in no list.
    strayed: usize,
    unlisted: BTreeSet<Pointer>,
}

/// Deepest nesting of folders that is followed.
const MAX_DEPTH: usize = 200;

impl<'a> Tree<'a> {
    fn new(root: &Place<'a>) -> Self {
        let folders = objects(root, "folders");
        let requests = objects(root, "requests");
        let mut listed = BTreeSet::from_iter(ids(root, "order"));
        listed.extend(ids(root, "folders_order"));
        for (_, folder) in &folders {
            listed.extend(ids(folder, "order"));
            listed.extend(ids(folder, "folders_order"));
        }
        let folder_at = by_id(&folders);
        let parents = ["folder", "folder_id", "parent"];
        Self {
            stray_folders: strays(&folders, &listed, &folder_at, &parents),
            stray_requests: strays(&requests, &listed, &folder_at, &["folder"]),
            request_at: by_id(&requests),
            folder_at,
            folders,
            requests,
        }
    }

    /// The folders inside `place`, those it lists first, then those that name it as their parent; without an id, the root.
    fn folders(
        &self,
        place: &Place<'a>,
        id: Option<&str>,
        placed: &mut Placed,
        notes: &mut Notes,
    ) -> Vec<Item> {
        let listed = ids(place, "folders_order");
        let listed = listed.iter().filter_map(|id| self.folder_at.get(id).copied());
        // Where the root has no list, its folders are all that no other list names.
        let strays = usize::from(id.is_some() || place.get("folders_order").is_some());
        let stray = self.stray_folders.get(&id.map(str::to_owned)).into_iter().flatten();
        let order: Vec<(usize, usize)> =
            listed.map(|at| (at, 0)).chain(stray.map(|at| (*at, strays))).collect();
        let mut items = Vec::new();
        for (at, strayed) in order {
            if placed.depth >= MAX_DEPTH || !placed.folders.insert(at) {
                continue;
            }
            placed.depth += 1;
            placed.strayed += strayed;
            if let Some((id, folder)) = self.folders.get(at) {
                items.push(Item::Folder(Box::new(self.folder(folder, id, placed, notes))));
            }
            placed.strayed -= strayed;
            placed.depth -= 1;
        }
        items
    }

    fn folder(
        &self,
        place: &Place<'a>,
        id: &str,
        placed: &mut Placed,
        notes: &mut Notes,
    ) -> Folder {
        let name = place.text("name", notes).unwrap_or_default();
        let place = place.clone().named(&name);
        let mut items = self.folders(&place, Some(id), placed, notes);
        items.extend(self.requests(&place, Some(id), placed, notes));
        Folder {
            name,
            description: description::member(&place, notes),
            auth: request::auth(&place, notes),
            profile: profile::member(&place),
            items,
            origin: place.origin(),
        }
    }

    /// The requests inside `place`, in the same order.
    fn requests(
        &self,
        place: &Place<'a>,
        id: Option<&str>,
        placed: &mut Placed,
        notes: &mut Notes,
    ) -> Vec<Item> {
        let mut order = Vec::new();
        for id in ids(place, "order") {
            match self.request_at.get(&id) {
                Some(at) => order.push(*at),
                None => notes.push(missing(place, &id)),
            }
        }
        let listed = order.len();
        order.extend(self.stray_requests.get(&id.map(str::to_owned)).into_iter().flatten());
        let mut items = Vec::new();
        for (place_in_order, at) in order.into_iter().enumerate() {
            if placed.requests.insert(at)
                && let Some((_, found)) = self.requests.get(at)
            {
                let found = found.clone().within(place);
                if place_in_order >= listed || placed.strayed > 0 {
                    notes.push(unlisted(&found));
                    placed.unlisted.insert(found.pointer.clone());
                }
                items.push(Item::Request(Box::new(request::read(&found, notes))));
            }
        }
        items
    }

    /// Findings for the requests that have no place.
    fn lost(&self, placed: &Placed) -> Vec<Diagnostic> {
        let message = "the request is left out: it shares its id with a later one, or its folders contain each other";
        let requests = self.requests.iter().enumerate();
        let lost = requests.filter(|(at, _)| !placed.requests.contains(at));
        let finding =
            |place: &Place<'_>| Diagnostic::warning("postman::no-place", message, place.origin());
        lost.map(|(_, (_, place))| finding(place)).collect()
    }
}

fn unlisted(place: &Place<'_>) -> Diagnostic {
    let message =
        "no `order` names the request: Postman does not show it, but here it is an operation";
    Diagnostic::note("postman::unlisted", message, place.origin())
}

fn by_id(list: &[(String, Place<'_>)]) -> BTreeMap<String, usize> {
    list.iter().enumerate().map(|(at, (id, _))| (id.clone(), at)).collect()
}

/// Indices of what no list names, by parent; a parent that is not there is the root.
fn strays(
    list: &[(String, Place<'_>)],
    listed: &BTreeSet<String>,
    folders: &BTreeMap<String, usize>,
    keys: &[&str],
) -> BTreeMap<Option<String>, Vec<usize>> {
    let mut strays: BTreeMap<_, Vec<usize>> = BTreeMap::new();
    for (at, (_, place)) in list.iter().enumerate().filter(|(_, (id, _))| !listed.contains(id)) {
        let parent = keys.iter().find_map(|key| place.get(key)?.scalar());
        strays.entry(parent.filter(|id| folders.contains_key(id))).or_default().push(at);
    }
    strays
}

fn missing(place: &Place<'_>, id: &str) -> Diagnostic {
    let message = format!("`order` names a request {id:?} that is not there; it is ignored");
    Diagnostic::warning("postman::order", message, place.origin())
}

fn objects<'a>(root: &Place<'a>, key: &str) -> Vec<(String, Place<'a>)> {
    let elements = root.get(key).and_then(|list| list.elements()).unwrap_or_default();
    let objects = elements.into_iter().filter(|place| place.node.members().is_some());
    objects
        .map(|place| (place.get("id").and_then(|id| id.scalar()).unwrap_or_default(), place))
        .collect()
}

fn ids(place: &Place<'_>, key: &str) -> Vec<String> {
    let elements = place.get(key).and_then(|list| list.elements()).unwrap_or_default();
    elements.iter().filter_map(Place::scalar).collect()
}
