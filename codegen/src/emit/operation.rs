//! An operation: the method that callers see, and what it prepares.

use super::scope::{Scope, doc, ident};
use super::view::{Given, View};
use super::{aliases, docs, parameter, spec};
use crate::api::{Body, Presence, Type};
use crate::name::AliasNames;
use proc_macro2::TokenStream;
use quote::quote;

impl View<'_> {
    /// The method: takes what is required, and prepares the call.
    pub(crate) fn method(self, scope: &mut Scope<'_>) -> TokenStream {
        let (name, constant) = (ident(&self.own.method), ident(&self.own.constant));
        let call = scope.runtime("Call");
        let is_root = self.operation.group.is_none();
        let client = if is_root { quote!(self) } else { quote!(&self.client) };
        let start = quote!(#call::new(#client, &Self::#constant));
        let (arguments, prepared) = self.prepared(scope, start);
        let (given, prepared) = if self.of.layout.requests.contains(&self.id) {
            let request = ident(&self.own.request);
            (quote!(#request), quote!(#request(#prepared)))
        } else {
            let response = self.response(scope);
            (quote!(#call<#response>), prepared)
        };
        let docs = doc(&self.method_docs());
        let deprecated = self.operation.deprecated.as_ref().map(|why| {
            let why = docs::plain(why);
            quote!(#[deprecated = #why])
        });
        quote! {
            #docs
            #deprecated
            pub fn #name(&self, #(#arguments),*) -> #given {
                #prepared
            }
        }
    }

    /// The arguments, and the call that `start` becomes with them.
    fn prepared(self, scope: &mut Scope<'_>, start: TokenStream) -> Prepared {
        let mut prepared = (Vec::new(), start);
        self.required(scope, &mut prepared);
        self.body(scope, &mut prepared);
        prepared
    }

    /// The method under another name, on the handle whose module is `here`.
    pub(crate) fn alias(
        self,
        scope: &mut Scope<'_>,
        alias: &AliasNames,
        here: &[String],
    ) -> TokenStream {
        let (name, own) = (ident(&alias.path.name), ident(&self.own.method));
        let (arguments, _) = self.prepared(scope, TokenStream::new());
        let given = arguments.iter().filter_map(|it| it.clone().into_iter().next());
        let home = self.operation.group.and_then(|id| self.of.names.groups.get(id.0));
        let module = home.map(|home| home.module.as_slice()).unwrap_or_default();
        let handle = match home {
            _ if module == here => quote!(self),
            None => quote!(self.client),
            Some(home) => {
                let handle = aliases::path(module, &home.handle);
                let client = if here.is_empty() { quote!(self) } else { quote!(self.client) };
                quote!(#handle { client: #client.clone() })
            }
        };
        let result = if self.of.layout.requests.contains(&self.id) {
            aliases::path(module, &self.own.request)
        } else {
            let (call, response) = (scope.runtime("Call"), self.response(scope));
            quote!(#call<#response>)
        };
        let (docs, deprecated) = aliases::said(alias, &self.call_path());
        let gate = aliases::gate(self.of, here, module);
        quote! {
            #docs
            #gate
            #deprecated
            pub fn #name(&self, #(#arguments),*) -> #result {
                #handle.#own(#(#given),*)
            }
        }
    }

    /// Path parameters, then what the query and the headers require.
    fn required(self, scope: &mut Scope<'_>, (arguments, call): &mut Prepared) {
        for (parameter, name) in self.operation.path_parameters.iter().zip(&self.own.path) {
            let value = ident(name);
            let (ty, set) =
                parameter::path(scope, self.of, &parameter.ty, (call, &value, name.as_str()));
            arguments.push(quote!(#value: #ty));
            *call = set;
        }
        let required = |given: &Given<'_>| given.parameter.presence == Presence::Required;
        for given in self.given().into_iter().filter(required) {
            let value = ident(given.name);
            let (ty, set) = parameter::set(
                scope,
                self.of,
                &given.parameter.ty,
                (call, &ident(given.place.setter()), given.slot, &value),
            );
            arguments.push(quote!(#value: #ty));
            *call = set;
        }
    }

    fn body(self, scope: &mut Scope<'_>, (arguments, call): &mut Prepared) {
        let Some(body) = &self.operation.body else { return };
        let name = ident(&self.own.body);
        let mut argument = |ty: TokenStream| arguments.push(quote!(#name: #ty));
        *call = match body {
            Body::Json { presence: Presence::Optional, .. } => return,
            Body::Json { ty, .. } => {
                argument(scope.ty(ty));
                quote!(#call.json(&#name))
            }
            Body::Text { .. } => {
                argument(quote!(impl Into<String>));
                quote!(#call.text(#name))
            }
            Body::Bytes { .. } => {
                let bytes = scope.runtime("Bytes");
                argument(quote!(impl Into<#bytes>));
                quote!(#call.bytes(#name))
            }
            Body::Form { ty, names } => {
                argument(scope.ty(&Type::Named(*ty)));
                let names = spec::names(scope, self.of, names);
                quote!(#call.form(&#name, #names))
            }
            Body::Multipart { ty, names } => {
                argument(scope.ty(&Type::Named(*ty)));
                let names = spec::names(scope, self.of, names);
                quote!(#call.multipart(&#name, #names))
            }
            Body::GraphQl { query, operation_name, variables } => {
                let operation = optional(operation_name.as_ref());
                if let Some(ty) = variables {
                    argument(scope.ty(ty));
                }
                let variables = match variables {
                    Some(Type::Unknown) => quote!(Some(Ok(#name))),
                    Some(_) => quote!(Some(serde_json::to_value(&#name))),
                    None => quote!(None),
                };
                let query = spec::parts(scope, self.of, query, spec::TemplateLocation::Verbatim);
                quote!(#call.graphql(#query, #operation, #variables))
            }
        };
    }
}

/// Arguments of a method, and the call so far.
type Prepared = (Vec<TokenStream>, TokenStream);

/// `Some(value)` or `None`.
fn optional(value: Option<impl quote::ToTokens>) -> TokenStream {
    match value {
        Some(value) => quote!(Some(#value)),
        None => quote!(None),
    }
}
