//! Collections of format v3: a folder of YAML files, one a request (POSTMAN.md §9).
//!
//! Reads the document that [`super::document`] makes of a bundle: an object with a member for each file, by path.

mod request;
mod tree;

use super::collection::{Collection, Folder, Item};
use super::description;
use super::located::{Located, Notes};
use super::profile::Profile;
use crate::diagnostic::Diagnostic;
use request::RequestContext;
use tree::Directory;

pub(super) use tree::is_definition;

/// Reads a collection from the files in `root`.
pub(super) fn read(root: &Located<'_>, notes: &mut Notes) -> Collection {
    let mut tree = tree::Tree::new(root, notes);
    let top = tree.top();
    let place = top.definition.clone().unwrap_or_else(|| root.clone());
    expect_kind(&place, "collection", notes);
    let variables = place.get("variables").map(|list| request::fields(&list, notes));
    let items = items(&top, &place, &mut tree, notes);
    notes.extend(tree.strays());
    Collection {
        name: place.text("name", notes).unwrap_or_else(|| top.name.to_owned()),
        description: description::member(&place, notes),
        published: false,
        auth: request::auth(&place, notes),
        profile: Profile::default(),
        variables: variables.unwrap_or_default(),
        items,
        shown: None,
        origin: place.origin(),
    }
}

/// Folders and requests of a directory: by their `order`, then by the names of their files.
fn items(
    directory: &Directory<'_>,
    outer: &Located<'_>,
    tree: &mut tree::Tree<'_>,
    notes: &mut Notes,
) -> Vec<Item> {
    let mut found: Vec<(f64, &str, Item)> = Vec::new();
    for (name, inner) in &directory.directories {
        let own = inner.definition.as_ref().map(|place| place.clone().within(outer));
        let order = own.as_ref().map_or(f64::INFINITY, |place| order(place, notes));
        found.push((order, name, Item::Folder(Box::new(folder(inner, own, outer, tree, notes)))));
    }
    for (file, place) in &directory.requests {
        let place = place.clone().within(outer);
        if !is_http(&place) {
            continue;
        }
        let stem = tree::stem(file);
        let name = place.text("name", notes).unwrap_or_else(|| stem.to_owned());
        let place = place.named(&name);
        let folder = place.text("examples", notes);
        let examples = tree.examples(&directory.path, stem, folder.as_deref());
        let examples = sorted(examples, &place, notes);
        let request = request::read(&place, RequestContext { name, examples }, notes);
        found.push((order(&place, notes), file, Item::Request(Box::new(request))));
    }
    found.sort_by(|a, b| a.0.total_cmp(&b.0).then_with(|| a.1.cmp(b.1)));
    found.into_iter().map(|(_, _, item)| item).collect()
}

fn folder(
    directory: &Directory<'_>,
    own: Option<Located<'_>>,
    outer: &Located<'_>,
    tree: &mut tree::Tree<'_>,
    notes: &mut Notes,
) -> Folder {
    let name = own.as_ref().and_then(|place| place.text("name", notes));
    let name = name.unwrap_or_else(|| directory.name.to_owned());
    let place = own.as_ref().unwrap_or(outer).clone().named(&name);
    let own = own.map(|_| place.clone());
    if let Some(own) = &own {
        expect_kind(own, "collection", notes);
    }
    Folder {
        name,
        description: own.as_ref().and_then(|own| description::member(own, notes)),
        auth: own.as_ref().map(|own| request::auth(own, notes)).unwrap_or_default(),
        profile: Profile::default(),
        items: items(directory, &place, tree, notes),
        origin: place.origin(),
    }
}

/// Saved responses by their `order`, then by the names of their files.
fn sorted<'a>(
    examples: Vec<(&'a str, Located<'a>)>,
    request: &Located<'a>,
    notes: &mut Notes,
) -> Vec<Located<'a>> {
    let mut examples: Vec<(f64, &str, Located<'_>)> = examples
        .into_iter()
        .map(|(file, place)| {
            let place = place.within(request);
            expect_kind(&place, "http-example", notes);
            (order(&place, notes), file, place)
        })
        .collect();
    examples.sort_by(|a, b| a.0.total_cmp(&b.0).then_with(|| a.1.cmp(b.1)));
    examples.into_iter().map(|(_, _, place)| place).collect()
}

/// The number in `order`; what has none comes last.
fn order(place: &Located<'_>, notes: &mut Notes) -> f64 {
    let Some(order) = place.get("order") else { return f64::INFINITY };
    let number = order.scalar().and_then(|text| text.parse().ok());
    number.filter(|number: &f64| !number.is_nan()).unwrap_or_else(|| {
        notes.push(order.misfit("a number"));
        f64::INFINITY
    })
}

/// Whether a file of a request is one of HTTP; the account reports the others.
fn is_http(place: &Located<'_>) -> bool {
    let kind = place.get("$kind").and_then(|kind| kind.scalar());
    place.node.members().is_some() && kind.is_none_or(|kind| kind == "http-request")
}

fn expect_kind(place: &Located<'_>, wanted: &str, notes: &mut Notes) {
    if let Some(kind) = place.get("$kind")
        && kind.scalar().is_none_or(|kind| kind != wanted)
    {
        let message = format!("the file's `$kind` is not `{wanted}`; it is read as if it were");
        notes.push(Diagnostic::warning("postman::kind", message, kind.origin()));
    }
}
