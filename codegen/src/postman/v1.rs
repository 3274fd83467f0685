//! Collections of format v1: a flat list of requests, arranged by lists of ids (POSTMAN.md §9).
//!
//! What Postman makes of such a file is what its converter to later formats makes of it.

mod auth;
mod body;
mod entry;
mod request;
mod tree;

use super::collection::Collection;
use super::description;
use super::field::{self, Field};
use super::located::{Located, Notes};
use super::profile;
use tree::Tree;

/// Reads a collection whose requests stand in `requests`.
pub(super) fn read(root: &Located<'_>, notes: &mut Notes) -> Collection {
    let tree = Tree::new(root, notes);
    let items = tree.items(root, notes);
    let variables = root.get("variables").or_else(|| root.get("variable"));
    let variables = variables.map(|list| self::variables(&list, notes));
    Collection {
        name: root.text("name", notes).unwrap_or_default(),
        description: description::member(root, notes),
        published: false,
        auth: auth::auth(root, notes),
        profile: profile::member(root),
        variables: variables.unwrap_or_default(),
        items,
        shown: Some(tree.shown()),
        origin: root.origin(),
    }
}

/// Variables; old files name them by `id`.
fn variables(list: &Located<'_>, notes: &mut Notes) -> Vec<Field> {
    let Some(elements) = list.elements() else {
        notes.push(list.misfit("a list"));
        return Vec::new();
    };
    let objects = elements.iter().filter(|element| element.node.members().is_some());
    let variable = |element: &Located<'_>| {
        let mut field = field::field(element, notes);
        if field.name.is_empty() {
            field.name = element.get("id").and_then(|id| id.scalar()).unwrap_or_default();
        }
        field
    };
    objects.map(variable).collect()
}
