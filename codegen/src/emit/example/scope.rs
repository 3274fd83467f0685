//! Where names of types are looked up, and how an example writes them.

use crate::api::{Api, TypeId};
use crate::emit::Crate;
use crate::name::Names;
use std::collections::{BTreeMap, BTreeSet};

/// The names that an example may use.
pub(crate) struct Scope<'a> {
    pub(super) api: &'a Api,
    pub(super) names: &'a Names,
    root: &'a str,
    /// Paths to import, by last segment; `None` writes every path in full.
    uses: Option<BTreeMap<String, Vec<String>>>,
    /// Edges from a type to one that it holds on the heap.
    boxed: Option<&'a BTreeSet<(TypeId, TypeId)>>,
}

impl<'a> Scope<'a> {
    /// Full paths from `root`, for a program.
    pub(crate) fn new(api: &'a Api, names: &'a Names, root: &'a str) -> Self {
        Self { api, names, root, uses: None, boxed: None }
    }

    /// Short paths, and a list of what to import from `root`, for people.
    pub(in crate::emit) fn with_uses(of: &'a Crate<'_>, root: &'a str) -> Self {
        let boxed = Some(&of.layout.boxed);
        Self { api: of.api, names: of.names, root, uses: Some(BTreeMap::new()), boxed }
    }

    /// Whether people read the example.
    pub(super) fn is_for_people(&self) -> bool {
        self.uses.is_some()
    }

    /// Whether `owner` holds a `part` on the heap.
    pub(super) fn is_boxed(&self, owner: TypeId, part: TypeId) -> bool {
        self.boxed.is_some_and(|boxed| boxed.contains(&(owner, part)))
    }

    /// The paths to import, in order.
    pub(crate) fn uses(&self) -> Vec<&[String]> {
        let mut paths: Vec<&[String]> =
            self.uses.iter().flat_map(BTreeMap::values).map(Vec::as_slice).collect();
        paths.sort_unstable();
        paths
    }

    /// The path of a named type.
    pub(crate) fn named(&mut self, id: TypeId) -> Vec<String> {
        let Some(own) = self.names.types.get(id.0) else { return Vec::new() };
        self.imported(own.module.clone(), own.ident.clone())
    }

    /// The path of what the constructor of a named type takes.
    pub(super) fn required(&mut self, id: TypeId) -> Vec<String> {
        let Some(own) = self.names.types.get(id.0) else { return Vec::new() };
        self.imported(own.module.clone(), own.required.clone().unwrap_or_default())
    }

    /// The path of something the crate's root exports.
    pub(crate) fn exported(&mut self, name: &str) -> Vec<String> {
        self.imported(Vec::new(), name.to_owned())
    }

    fn imported(&mut self, module: Vec<String>, ident: String) -> Vec<String> {
        let mut path = vec![self.root.to_owned()];
        path.extend(module);
        path.push(ident.clone());
        match &mut self.uses {
            None => path,
            Some(uses) => {
                let known = uses.entry(ident.clone()).or_insert_with(|| path.clone());
                if *known == path { vec![ident] } else { path }
            }
        }
    }
}
