//! Collections of format v2: folders and requests as a tree.

use super::auth::{self, AuthChoice};
use super::description::{self, Description};
use super::field::{self, Field};
use super::located::{Located, Notes};
use super::profile::{self, Profile};
use super::request::{self, Request};
use crate::diagnostic::Diagnostic;
use crate::origin::{Origin, Pointer};

/// A collection of any format, mirrored.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Collection {
    /// Its name; may be empty.
    pub name: String,
    /// Its description.
    pub description: Option<Description>,
    /// Whether it is a published one: descriptions are HTML unless they say otherwise.
    pub published: bool,
    /// Its authentication.
    pub auth: AuthChoice,
    /// How Postman is told to send its requests.
    pub profile: Profile,
    /// Its variables in order; of equal names the last counts.
    pub variables: Vec<Field>,
    /// Folders and requests in order.
    pub items: Vec<Item>,
    /// The requests that Postman shows, in its order, where that is not theirs: in format v1 lists may name one twice, or not at all.
    pub shown: Option<Vec<Pointer>>,
    /// Where it stands.
    pub origin: Origin,
}

/// A folder or a request.
#[derive(Clone, Debug, PartialEq)]
pub enum Item {
    /// A folder.
    Folder(Box<Folder>),
    /// A request.
    Request(Box<Request>),
}

/// A folder.
#[derive(Clone, Debug, PartialEq)]
pub struct Folder {
    /// Its name; may be empty.
    pub name: String,
    /// Its description.
    pub description: Option<Description>,
    /// Its authentication.
    pub auth: AuthChoice,
    /// How Postman is told to send its requests.
    pub profile: Profile,
    /// Folders and requests in order.
    pub items: Vec<Item>,
    /// Where it stands.
    pub origin: Origin,
}

/// Reads a collection whose items stand in `item`.
pub(super) fn read(root: &Located<'_>, notes: &mut Notes) -> Collection {
    let info = root.get("info");
    let name = info.as_ref().and_then(|info| info.scalar().or_else(|| info.text("name", notes)));
    let described = info.as_ref().and_then(|info| description::member(info, notes));
    let published = info.as_ref().is_some_and(|info| info.get("publishedId").is_some());
    let variables = root.get("variable").or_else(|| root.get("variables"));
    Collection {
        name: name.unwrap_or_default(),
        description: described.or_else(|| description::member(root, notes)),
        published,
        auth: auth::member(root, notes),
        profile: profile::member(root),
        variables: variables.map(|list| self::variables(&list, notes)).unwrap_or_default(),
        items: root.get("item").map(|list| items(&list, notes)).unwrap_or_default(),
        shown: None,
        origin: root.origin(),
    }
}

fn variables(list: &Located<'_>, notes: &mut Notes) -> Vec<Field> {
    field::fields(list, |_, _| Vec::new(), notes)
}

fn items(list: &Located<'_>, notes: &mut Notes) -> Vec<Item> {
    let elements = list.elements().unwrap_or_default();
    elements.into_iter().filter_map(|element| item(element, notes)).collect()
}

fn item(place: Located<'_>, notes: &mut Notes) -> Option<Item> {
    if place.node.members().is_none() {
        notes.push(Diagnostic::warning(
            "postman::item",
            format!("{} stands where an item belongs; it is left out", place.node.kind()),
            place.origin(),
        ));
        return None;
    }
    let name = place.text("name", notes).unwrap_or_default();
    let place = place.named(&name);
    match place.get("item").filter(|list| list.node.elements().is_some()) {
        None => Some(Item::Request(Box::new(request::item(&place, name, notes)))),
        Some(list) => Some(Item::Folder(Box::new(folder(&place, &list, name, notes)))),
    }
}

fn folder(place: &Located<'_>, list: &Located<'_>, name: String, notes: &mut Notes) -> Folder {
    if let Some(request) = place.get("request") {
        notes.push(Diagnostic::warning(
            "postman::folder-request",
            "a folder holds a request of its own; Postman ignores it, and so do we",
            request.origin(),
        ));
    }
    Folder {
        name,
        description: description::member(place, notes),
        auth: auth::member(place, notes),
        profile: profile::member(place),
        items: items(list, notes),
        origin: place.origin(),
    }
}
