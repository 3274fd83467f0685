//! Types and runtime names as tokens, and what a file has to import for them.

use super::Crate;
use super::layout::held;
use crate::api::{Type, TypeId};
use crate::name::Aliased;
use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;
use std::collections::{BTreeMap, BTreeSet};

/// A name that `name` made, as a token.
pub(crate) fn ident(name: &str) -> Ident {
    Ident::new(name, Span::call_site())
}

/// An attribute that is printed as `///`, one for all lines; none if there are none.
pub(crate) fn doc(lines: &[String]) -> TokenStream {
    block(lines).map(|text| quote!(#[doc = #text])).unwrap_or_default()
}

/// An attribute that is printed as `//!`.
pub(crate) fn inner_doc(lines: &[String]) -> TokenStream {
    block(lines).map(|text| quote!(#![doc = #text])).unwrap_or_default()
}

/// The lines as they stand behind the sign of a comment.
fn block(lines: &[String]) -> Option<String> {
    let spaced = |line: &String| if line.is_empty() { String::new() } else { format!(" {line}") };
    (!lines.is_empty()).then(|| lines.iter().map(spaced).collect::<Vec<_>>().join("\n"))
}

/// What one file names from elsewhere.
pub(crate) struct Scope<'a> {
    of: &'a Crate<'a>,
    module: &'a [String],
    runtime: BTreeSet<&'static str>,
    standard: BTreeSet<&'static str>,
    display: bool,
    types: BTreeMap<&'a [String], BTreeSet<&'a str>>,
    imported: BTreeSet<&'a str>,
    exported: BTreeSet<&'a str>,
    /// Whether types of other modules are named by their whole paths, so that nothing is imported for what stands behind a feature.
    is_whole: bool,
}

impl<'a> Scope<'a> {
    /// An empty scope of a file in `module`.
    pub(crate) fn new(of: &'a Crate<'a>, module: &'a [String]) -> Self {
        Self {
            of,
            module,
            runtime: BTreeSet::new(),
            standard: BTreeSet::new(),
            display: false,
            types: BTreeMap::new(),
            imported: BTreeSet::new(),
            exported: BTreeSet::new(),
            is_whole: false,
        }
    }

    /// What `named` gives with types of other modules by their whole paths.
    pub(crate) fn whole<T>(&mut self, named: impl FnOnce(&mut Self) -> T) -> T {
        let was = std::mem::replace(&mut self.is_whole, true);
        let result = named(self);
        self.is_whole = was;
        result
    }

    /// `Display`, of the standard library.
    pub(crate) fn display(&mut self) -> Ident {
        self.display = true;
        ident("Display")
    }

    /// A name of the runtime's.
    pub(crate) fn runtime(&mut self, name: &'static str) -> Ident {
        self.runtime.insert(name);
        ident(name)
    }

    /// `ty` as it stands in a field, an argument or an alias of a response.
    pub(crate) fn ty(&mut self, ty: &Type) -> TokenStream {
        match ty {
            Type::Unknown => self.runtime_type("Value"),
            Type::Bool => quote!(bool),
            Type::Integer => quote!(i64),
            Type::Unsigned => quote!(u64),
            Type::Number => quote!(f64),
            Type::Text => quote!(String),
            Type::Secret => self.runtime_type("Secret"),
            Type::File => self.runtime_type("FilePart"),
            Type::List(inner) => {
                let inner = self.ty(inner);
                quote!(Vec<#inner>)
            }
            Type::Map(inner) => {
                self.standard.insert("BTreeMap");
                let inner = self.ty(inner);
                quote!(BTreeMap<String, #inner>)
            }
            Type::Nullable(inner) => {
                let inner = self.ty(inner);
                quote!(Option<#inner>)
            }
            Type::Named(id) => self.named(*id),
        }
    }

    /// `ty` inside the type `owner`: boxed where it would hold itself.
    pub(crate) fn part(&mut self, owner: TypeId, ty: &Type) -> TokenStream {
        match ty {
            Type::Nullable(inner) => {
                let inner = self.part(owner, inner);
                quote!(Option<#inner>)
            }
            Type::Named(_) if self.of.is_boxed(owner, ty) => {
                let inner = self.ty(ty);
                quote!(Box<#inner>)
            }
            Type::Named(_) | Type::List(_) | Type::Map(_) | Type::Unknown | Type::Bool => {
                self.ty(ty)
            }
            Type::Integer | Type::Unsigned | Type::Number => self.ty(ty),
            Type::Text | Type::Secret | Type::File => self.ty(ty),
        }
    }

    fn runtime_type(&mut self, name: &'static str) -> TokenStream {
        let name = self.runtime(name);
        quote!(#name)
    }

    /// A named type: by its last segment, where nothing else in the module is called so.
    fn named(&mut self, id: TypeId) -> TokenStream {
        let of = self.of;
        let own = of.names.of_type(id);
        let name = ident(&own.ident);
        if own.module == self.module {
            return quote!(#name);
        }
        let known = self.types.get(own.module.as_slice());
        let is_known = known.is_some_and(|known| known.contains(own.ident.as_str()));
        let is_here = of.is_local(self.module, &own.ident) || of.is_alias(self.module, &own.ident);
        if self.is_whole || !is_known && (is_here || !self.imported.insert(&own.ident)) {
            let path = own.module.iter().map(|segment| ident(segment));
            return quote!(crate::#(#path::)*#name);
        }
        self.types.entry(&own.module).or_default().insert(&own.ident);
        quote!(#name)
    }

    /// Lets the module show a type of another under its own path, if nothing here is called so.
    pub(crate) fn export(&mut self, id: TypeId) {
        if self.of.is_alias(self.module, &self.of.names.of_type(id).ident) {
            return;
        }
        self.named(id);
        let own = self.of.names.of_type(id);
        let known = self.types.get(own.module.as_slice());
        if known.is_some_and(|known| known.contains(own.ident.as_str())) {
            self.exported.insert(&own.ident);
        }
    }

    /// The file's `use` items.
    pub(crate) fn uses(&self) -> TokenStream {
        let runtime = imports(&super::runtime::path(), self.runtime.iter().copied());
        let types = self.types.iter().map(|(module, names)| {
            let module = module.iter().map(|segment| ident(segment));
            let path = quote!(crate #(::#module)*);
            let (shown, own): (Vec<_>, Vec<_>) =
                names.iter().partition(|name| self.exported.contains(**name));
            let own = imports(&path, own.into_iter().copied());
            match shown.is_empty() {
                true => own,
                false => {
                    let shown = imports(&path, shown.into_iter().copied());
                    quote!(pub #shown #own)
                }
            }
        });
        let standard = imports(&quote!(std::collections), self.standard.iter().copied());
        let display = self.display.then(|| {
            quote!(
                use std::fmt::Display;
            )
        });
        quote!(#standard #display #runtime #(#types)*)
    }
}

fn imports<'n>(path: &TokenStream, names: impl ExactSizeIterator<Item = &'n str>) -> TokenStream {
    let count = names.len();
    let names = names.map(ident);
    match count {
        0 => TokenStream::new(),
        1 => quote!(use #path::#(#names)*;),
        _ => quote!(use #path::{#(#names),*};),
    }
}

impl Crate<'_> {
    /// Whether a part of `owner` with the type `ty` is on the heap.
    pub(crate) fn is_boxed(&self, owner: TypeId, ty: &Type) -> bool {
        held(ty).is_some_and(|part| self.layout.boxed.contains(&(owner, part)))
    }

    /// Whether a module shows a type as `name` that is called otherwise.
    pub(crate) fn is_alias(&self, module: &[String], name: &str) -> bool {
        self.names.aliases.iter().any(|alias| {
            let is_type = matches!(alias.of, Aliased::Type(_));
            let is_name = is_type && alias.shows_name && alias.path.name == name;
            let is_here = match alias.of {
                Aliased::Group(id) => {
                    self.names.groups.get(id.0).is_some_and(|own| own.module == module)
                }
                Aliased::Operation(_) | Aliased::Type(_) => alias.path.around == module,
            };
            is_here && (is_name || alias.shows_type && alias.path.ty == name)
        })
    }

    /// Whether a module defines `name` itself.
    pub(crate) fn is_local(&self, module: &[String], name: &str) -> bool {
        let Some(contents) = self.layout.modules.get(module) else { return false };
        let types = contents.types.iter().filter_map(|id| self.names.types.get(id.0));
        let groups = contents.groups.iter().filter_map(|id| self.names.groups.get(id.0));
        let operations =
            contents.groups.iter().filter_map(|id| self.layout.operations.get(&Some(*id)));
        let operations = operations.flatten().filter_map(|id| self.names.operations.get(id.0));
        types
            .flat_map(|own| [Some(&own.ident), own.required.as_ref()])
            .flatten()
            .any(|own| own == name)
            || groups.map(|own| &own.handle).any(|own| own == name)
            || operations.map(|own| &own.request).any(|own| own == name)
    }
}
