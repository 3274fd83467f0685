//! A module of the crate: its handles with their operations, its types, and their JSON.

use super::layout::{Contents, ModulePath};
use super::scope::{Scope, doc, ident, inner_doc};
use super::view::View;
use super::{Crate, aliases, docs, enums, json, request, struct_view, structs, unions};
use crate::api::{Group, GroupId, TypeId, TypeKind};
use crate::name::{GroupNames, plain_title};
use proc_macro2::TokenStream;
use quote::quote;

/// How types are read that say nothing twice.
const MODELS: &str = "A field without docs is named like its JSON key; extra holds unknown keys. A type says which message it is, or is part of. The tables in json.rs beside give structs their JSON, Clone, Debug and PartialEq; bodies of requests have new, which takes the fields that are no Option, and a setter of its name for each other field.";

/// The files of the module at `path`, with their paths.
pub(crate) fn files(
    of: &Crate<'_>,
    path: &ModulePath,
    contents: &Contents,
) -> Vec<(String, TokenStream)> {
    let mut items = vec![module(of, path, contents)];
    if !contents.types.is_empty() {
        items.push(models(of, path, &contents.types));
        let table = "How the types beside are read, written and built: a row a field.";
        let table = inner_doc(&[table.to_owned()]);
        let rows = json::items(&mut Scope::new(of, path), of, &contents.types);
        items.push(quote!(#table #rows));
    }
    paths(path, contents).into_iter().zip(items).collect()
}

/// The paths of these files.
pub(crate) fn paths(path: &ModulePath, contents: &Contents) -> Vec<String> {
    let file = format!("src/{}", path.join("/"));
    let own = format!("{file}.rs");
    if contents.types.is_empty() {
        return vec![own];
    }
    vec![own, format!("{file}/models.rs"), format!("{file}/json.rs")]
}

fn module(of: &Crate<'_>, path: &ModulePath, contents: &Contents) -> TokenStream {
    let mut scope = Scope::new(of, path);
    let groups: Vec<_> = contents.groups.iter().map(|id| handle(of, &mut scope, *id)).collect();
    of.layout.borrowed.get(path).into_iter().flatten().for_each(|id| scope.export(*id));
    let aliases = aliases::types(of, path);
    let modules = aliases::modules(of, path);
    let children = contents.children.iter().map(|child| ident(child));
    let models = (!contents.types.is_empty()).then(|| {
        quote! {
            mod json;
            mod models;
            pub use models::*;
        }
    });
    let (docs, uses) = (inner_doc(&module_docs(of, path, contents)), scope.uses());
    quote! {
        #docs
        #(pub mod #children;)*
        #modules
        #models
        #uses
        #(#groups)*
        #aliases
    }
}

fn module_docs(of: &Crate<'_>, path: &ModulePath, contents: &Contents) -> Vec<String> {
    let group = contents.groups.first().and_then(|id| of.api.groups.get(id.0));
    match group {
        Some(group) => title(group),
        None if contents.types.is_empty() => vec!["A folder of folders.".to_owned()],
        None if path.len() == 1 => vec!["Types that several modules share.".to_owned()],
        None => vec!["What the modules inside share.".to_owned()],
    }
}

/// A handle with its methods, how each is sent, and the requests that have something to set.
fn handle(of: &Crate<'_>, scope: &mut Scope<'_>, id: GroupId) -> TokenStream {
    let Some((group, own)) = of.api.groups.get(id.0).zip(of.names.groups.get(id.0)) else {
        return TokenStream::new();
    };
    let client = scope.runtime("Client");
    let name = ident(&own.handle);
    let docs = doc(&handle_docs(group));
    let accessors = accessors(of, Some(id));
    let operations = of.layout.operations.get(&Some(id)).into_iter().flatten();
    let operations: Vec<_> = operations.filter_map(|id| View::new(of, *id, &own.handle)).collect();
    let methods: Vec<_> = operations.iter().map(|view| view.method(scope)).collect();
    let aliases = aliases::methods(of, scope, &own.module);
    let constants: Vec<_> = operations.iter().map(|it| request::constant(*it, scope)).collect();
    let constants = (!constants.is_empty()).then(|| quote!(impl #name { #(#constants)* }));
    let requests: Vec<_> = operations.iter().filter_map(|it| request::item(*it, scope)).collect();
    quote! {
        #docs
        #[derive(Clone, Debug)]
        #[must_use]
        pub struct #name {
            pub(crate) client: #client,
        }

        impl #name {
            #accessors
            #(#methods)*
            #(#aliases)*
        }

        #constants
        #(#requests)*
    }
}

/// A folder's names as a sentence, without the numbers that order them in the collection.
fn title(group: &Group) -> Vec<String> {
    let titles = group.trail.iter().map(|folder| plain_title(folder));
    let title = docs::sentence(&titles.collect::<Vec<_>>().join(" › "));
    if title.is_empty() { vec!["A folder without a name.".to_owned()] } else { title }
}

fn handle_docs(group: &Group) -> Vec<String> {
    let title = title(group);
    let described = docs::lines(&group.docs);
    // Many collections describe a folder by its name.
    let is_name = described == docs::text_lines(group.trail.last().map_or("", String::as_str));
    docs::paragraphs([title, if is_name { Vec::new() } else { described }])
}

/// Methods that give the handles of `parent`, or of the client.
pub(crate) fn accessors(of: &Crate<'_>, parent: Option<GroupId>) -> TokenStream {
    let groups = of.layout.accessors.get(&parent).into_iter().flatten();
    let accessors = groups.filter_map(|id| {
        let (group, own) = of.api.groups.get(id.0).zip(of.names.groups.get(id.0))?;
        Some(accessor(group, own, parent.is_none()))
    });
    let accessors: Vec<_> = accessors.collect();
    quote!(#(#accessors)*)
}

fn accessor(group: &Group, own: &GroupNames, is_root: bool) -> TokenStream {
    let (name, handle, feature) = (ident(&own.accessor), ident(&own.handle), &own.feature);
    let module = own.module.iter().map(|segment| ident(segment));
    let path = quote!(crate::#(#module::)*#handle);
    let docs = doc(&title(group));
    let (gate, client) = if is_root {
        (Some(quote!(#[cfg(feature = #feature)])), quote!(self.clone()))
    } else {
        (None, quote!(self.client.clone()))
    };
    quote! {
        #docs
        #gate
        pub fn #name(&self) -> #path {
            #path { client: #client }
        }
    }
}

fn models(of: &Crate<'_>, path: &ModulePath, types: &[TypeId]) -> TokenStream {
    let mut scope = Scope::new(of, path);
    let items = types.iter().filter_map(|id| Some((*id, of.definition(*id)?)));
    let items = items.map(|(id, (definition, own))| match &definition.kind {
        TypeKind::Struct(object) => {
            structs::items(&mut scope, struct_view::View { of, id, definition, object, own })
        }
        TypeKind::Enumeration(set) => enums::item(definition, set, own),
        TypeKind::Union(union) => unions::item(&mut scope, of, (id, definition, own), union),
    });
    let items: Vec<_> = items.collect();
    let uses = scope.uses();
    let docs = ["The types of this module's requests and responses.", MODELS];
    let docs = inner_doc(&docs::paragraphs(docs.map(docs::text_lines)));
    quote!(#docs #![allow(missing_docs, reason = "a field says by its name what its key is")] #uses #(#items)*)
}
