//! Further paths to what the client has: what was published under them is still found there.
//!
//! In: the aliases among the names. Out: methods, types and modules that lead to what is called otherwise now. An alias whose module or handle is not emitted any more leads nowhere, and is left out.

use super::Crate;
use super::scope::{Scope, doc, ident};
use super::view::View;
use crate::api::{GroupId, TypeId};
use crate::name::{AliasNames, Aliased};
use proc_macro2::{Ident, TokenStream};
use quote::quote;

/// Methods under other names, on the handle whose module is `module`: the client's is the root.
pub(crate) fn methods(
    of: &Crate<'_>,
    scope: &mut Scope<'_>,
    module: &[String],
) -> Vec<TokenStream> {
    let here = of.names.aliases.iter().filter(|it| it.shows_name && it.path.around == module);
    let mut methods = Vec::new();
    for alias in here {
        methods.extend(match alias.of {
            Aliased::Group(id) => accessor(of, alias, id),
            Aliased::Operation(id) => {
                let view = View::new(of, id, "");
                view.map(|view| scope.whole(|scope| view.alias(scope, alias, module)))
            }
            Aliased::Type(_) => None,
        });
    }
    methods
}

fn accessor(of: &Crate<'_>, alias: &AliasNames, id: GroupId) -> Option<TokenStream> {
    let own = of.names.groups.get(id.0).filter(|_| of.layout.has_handle(id))?;
    let name = ident(&alias.path.name);
    let path = path(&own.module, &own.handle);
    let is_root = alias.path.around.is_empty();
    let feature = &own.feature;
    let gate = is_root.then(|| quote!(#[cfg(feature = #feature)]));
    let client = if is_root { quote!(self.clone()) } else { quote!(self.client.clone()) };
    let (docs, deprecated) = said(alias, &own.accessor);
    Some(quote! {
        #docs
        #gate
        #deprecated
        pub fn #name(&self) -> #path {
            #path { client: #client }
        }
    })
}

/// Types under other names in `module`.
pub(crate) fn types(of: &Crate<'_>, module: &[String]) -> TokenStream {
    let mut items = Vec::new();
    for alias in &of.names.aliases {
        match alias.of {
            Aliased::Group(id) => {
                let own = of.names.groups.get(id.0).filter(|own| own.module == module);
                let own = own.filter(|_| alias.shows_type && of.layout.has_handle(id));
                items.extend(own.map(|own| ty(of, alias, &alias.path.ty, (module, &own.handle))));
            }
            Aliased::Operation(id) => {
                let operation = of.api.operations.get(id.0).zip(of.names.operations.get(id.0));
                let is_here = alias.path.around == module && of.layout.requests.contains(&id);
                let shown = operation.filter(|_| is_here && alias.shows_type);
                items.extend(shown.map(|(operation, own)| {
                    let home = operation.group.and_then(|id| of.names.groups.get(id.0));
                    let home = home.map(|own| own.module.as_slice()).unwrap_or_default();
                    ty(of, alias, &alias.path.ty, (home, &own.request))
                }));
            }
            // Nothing is published in the root but what stands in the client's module.
            Aliased::Type(id) if alias.path.around == module && !module.is_empty() => {
                items.extend(of_type(of, alias, id))
            }
            Aliased::Type(_) => {}
        }
    }
    quote!(#(#items)*)
}

/// The names of types under other names in the client's own module, which the root shows.
pub(crate) fn root_types(of: &Crate<'_>) -> Vec<Ident> {
    let is_shown = |alias: &&AliasNames| {
        let Aliased::Operation(id) = alias.of else { return false };
        alias.shows_type && alias.path.around.is_empty() && of.layout.requests.contains(&id)
    };
    of.names.aliases.iter().filter(is_shown).map(|alias| ident(&alias.path.ty)).collect()
}

fn of_type(of: &Crate<'_>, alias: &AliasNames, id: TypeId) -> Vec<TokenStream> {
    let own = of.names.of_type(id);
    let name = alias.shows_name.then(|| ty(of, alias, &alias.path.name, (&own.module, &own.ident)));
    let required = own.required.as_ref().filter(|_| alias.shows_type);
    let required =
        required.map(|own_required| ty(of, alias, &alias.path.ty, (&own.module, own_required)));
    name.into_iter().chain(required).collect()
}

/// The feature that `module` stands behind and `here` does not, if any.
pub(crate) fn gate(of: &Crate<'_>, here: &[String], module: &[String]) -> Option<TokenStream> {
    let top = module.first().filter(|top| here.first() != Some(*top))?;
    let feature = of.layout.features.get(top)?;
    Some(quote!(#[cfg(feature = #feature)]))
}

/// An alias of the type `own`, which stands in `home`.
fn ty(
    of: &Crate<'_>,
    alias: &AliasNames,
    name: &str,
    (home, own): (&[String], &str),
) -> TokenStream {
    let (docs, deprecated) = said(alias, own);
    let here = match alias.of {
        Aliased::Group(_) => home,
        Aliased::Operation(_) | Aliased::Type(_) => &alias.path.around,
    };
    let gate = gate(of, here, home);
    let (name, path) = (ident(name), path(home, own));
    quote! {
        #docs
        #gate
        #deprecated
        pub type #name = #path;
    }
}

/// Modules under other names in `module`.
pub(crate) fn modules(of: &Crate<'_>, module: &[String]) -> TokenStream {
    let here = of.names.aliases.iter().filter(|it| it.shows_name && it.path.around == module);
    let shown = here.filter_map(|alias| {
        let Aliased::Group(id) = alias.of else { return None };
        let own = of.names.groups.get(id.0).filter(|_| of.layout.has_handle(id))?;
        let feature = &own.feature;
        let gate = module.is_empty().then(|| quote!(#[cfg(feature = #feature)]));
        let segments = own.module.iter().map(|segment| ident(segment));
        let is_same = own.module.last() == Some(&alias.path.name);
        let name = ident(&alias.path.name);
        let name = (!is_same).then(|| quote!(as #name));
        Some(quote!(#gate pub use crate #(::#segments)* #name;))
    });
    quote!(#(#shown)*)
}

/// Docs that name what it is called now, and the mark that makes the compiler say so, if it is to go.
pub(crate) fn said(alias: &AliasNames, now: &str) -> (TokenStream, Option<TokenStream>) {
    let docs = doc(&[format!("Another name of `{now}`.")]);
    let deprecated = alias.deprecated.as_ref().map(|_| {
        let why = format!("it is called `{now}` now");
        quote!(#[deprecated = #why])
    });
    (docs, deprecated)
}

/// A path from the crate's root.
pub(crate) fn path(module: &[String], name: &str) -> TokenStream {
    let (module, name) = (module.iter().map(|segment| ident(segment)), ident(name));
    quote!(crate::#(#module::)*#name)
}

/// Other names of features, with the features that they turn on.
pub(crate) fn features<'a>(of: &'a Crate<'_>) -> impl Iterator<Item = (&'a str, &'a str)> {
    let tops = of.names.aliases.iter().filter(|it| it.shows_name && it.path.around.is_empty());
    tops.filter_map(|alias| {
        let Aliased::Group(id) = alias.of else { return None };
        let own = of.names.groups.get(id.0).filter(|own| own.feature != alias.path.name)?;
        Some((alias.path.name.as_str(), own.feature.as_str()))
    })
}
