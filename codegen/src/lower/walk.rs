//! The tree of items -> folders and requests in order, each request with what it inherits.

use super::context::Context;
use crate::draft::{Folder, FolderId};
use crate::postman::{Auth, AuthChoice, Collection, Item, Profile, Request};

/// A request with what its folders say.
pub(super) struct Placed<'a> {
    /// The request.
    pub(super) request: &'a Request,
    /// The folder it stands in.
    pub(super) folder: Option<FolderId>,
    /// The auth that holds for it: its own or the nearest around it.
    pub(super) auth: Option<&'a Auth>,
    /// The profile that holds for it.
    pub(super) profile: Profile,
}

/// What a folder hands down.
#[derive(Clone)]
struct Inherited<'a> {
    folder: Option<FolderId>,
    auth: Option<&'a Auth>,
    profile: Profile,
}

impl<'a> Inherited<'a> {
    fn with(&self, choice: &'a AuthChoice, profile: Profile) -> Self {
        let auth = match choice {
            AuthChoice::Inherit => self.auth,
            AuthChoice::None => None,
            AuthChoice::Own(auth) => Some(auth),
        };
        Self { folder: self.folder, auth, profile: profile.over(self.profile) }
    }
}

/// Everything of a collection, in order.
pub(super) fn walk<'a>(
    collection: &'a Collection,
    context: &Context,
) -> (Vec<Folder>, Vec<Placed<'a>>) {
    let outside = Inherited { folder: None, auth: None, profile: Profile::default() };
    let root = outside.with(&collection.auth, collection.profile);
    let mut folders = Vec::new();
    let mut placed = Vec::new();
    items(&collection.items, &root, context, &mut folders, &mut placed);
    (folders, placed)
}

fn items<'a>(
    list: &'a [Item],
    around: &Inherited<'a>,
    context: &Context,
    folders: &mut Vec<Folder>,
    placed: &mut Vec<Placed<'a>>,
) {
    for item in list {
        match item {
            Item::Request(request) => {
                let inherited = around.with(&request.auth, request.profile);
                let Inherited { folder, auth, profile } = inherited;
                placed.push(Placed { request, folder, auth, profile });
            }
            Item::Folder(folder) => {
                let mut inherited = around.with(&folder.auth, folder.profile);
                inherited.folder = Some(FolderId(folders.len()));
                folders.push(Folder {
                    name: folder.name.clone(),
                    docs: context.docs(folder.description.as_ref()),
                    parent: around.folder,
                    origin: folder.origin.clone(),
                });
                items(&folder.items, &inherited, context, folders, placed);
            }
        }
    }
}
