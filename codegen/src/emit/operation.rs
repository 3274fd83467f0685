//! An operation: the method that callers see, and what it prepares.

use super::scope::{Scope, doc, ident};
use super::{Crate, docs, example, parameter, request, spec};
use crate::api::{Answer, Body, Operation, OperationId, Parameter, Presence, Type};
use crate::name::OperationNames;
use proc_macro2::TokenStream;
use quote::quote;

/// An operation with its names, and where its method stands.
#[derive(Clone, Copy)]
pub(crate) struct View<'a> {
    pub(super) of: &'a Crate<'a>,
    id: OperationId,
    pub(super) operation: &'a Operation,
    pub(super) own: &'a OperationNames,
    /// The type that has the method: a handle, or `Client`.
    pub(super) handle: &'a str,
}

impl<'a> View<'a> {
    /// The operation `id` of `handle`.
    pub(crate) fn new(of: &'a Crate<'a>, id: OperationId, handle: &'a str) -> Option<Self> {
        let (operation, own) = (of.api.operations.get(id.0)?, of.names.operations.get(id.0)?);
        Some(Self { of, id, operation, own, handle })
    }

    /// The method: takes what is required, and prepares the call.
    pub(crate) fn method(self, scope: &mut Scope<'_>) -> TokenStream {
        let (name, constant) = (ident(&self.own.method), ident(&self.own.constant));
        let call = scope.runtime("Call");
        let is_root = self.operation.group.is_none();
        let client = if is_root { quote!(self) } else { quote!(&self.client) };
        let mut prepared = (Vec::new(), quote!(#call::new(#client, &Self::#constant)));
        self.required(scope, &mut prepared);
        self.body(scope, &mut prepared);
        let (arguments, prepared) = prepared;
        let (given, prepared) = if request::is_needed(self) {
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

    /// How a person says it: `users.get`.
    pub(super) fn spoken(self) -> String {
        let mut accessors = self.of.accessors(self.operation.group);
        accessors.push(&self.own.method);
        accessors.join(".")
    }

    /// The type of a response.
    pub(super) fn response(self, scope: &mut Scope<'_>) -> TokenStream {
        let runtime = |scope: &mut Scope<'_>, name| {
            let name = scope.runtime(name);
            quote!(#name)
        };
        match &self.operation.answer {
            Answer::Unknown | Answer::Json { ty: Type::Unknown, .. } => runtime(scope, "Json"),
            Answer::Json { ty, may_be_empty } => {
                let is_nullable = matches!(ty, Type::Nullable(_));
                let ty = scope.ty(ty);
                if *may_be_empty && !is_nullable { quote!(Option<#ty>) } else { ty }
            }
            Answer::Empty => quote!(()),
            Answer::Text => runtime(scope, "Text"),
            Answer::Bytes => runtime(scope, "Bytes"),
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
                let query = spec::parts(scope, self.of, query, spec::Place::Verbatim);
                quote!(#call.graphql(#query, #operation, #variables))
            }
        };
    }

    /// Parameters of the query and the headers, with names and slots.
    pub(super) fn given(self) -> Vec<Given<'a>> {
        let operation = self.operation;
        let query = operation.query.iter().zip(&self.own.query).enumerate();
        let query = query.filter_map(|(index, (parameter, name))| {
            let slot = spec::query_slot(operation, index)?;
            Some(Given { parameter, name, slot, place: Place::Query })
        });
        let headers = operation.headers.iter().zip(&self.own.headers).enumerate();
        let headers = headers.map(|(index, (parameter, name))| {
            let slot = spec::header_slot(operation, index);
            Given { parameter, name, slot, place: Place::Header }
        });
        query.chain(headers).collect()
    }

    fn method_docs(self) -> Vec<String> {
        let Operation { method, name, docs: described, scopes, .. } = self.operation;
        let path = spec::path(self.of, self.operation, self.own);
        let mut arguments = Vec::new();
        let path_parameters = self.operation.path_parameters.iter().zip(&self.own.path);
        let required = |it: &Given<'_>| it.parameter.presence == Presence::Required;
        let given = self.given();
        let given = given.iter().filter(|it| required(it)).map(|it| (it.parameter, it.name));
        for (parameter, name) in path_parameters.map(|(it, name)| (it, name.as_str())).chain(given)
        {
            arguments.extend(docs::item(name, &parameter.docs));
        }
        let scopes = match scopes.as_slice() {
            [] => Vec::new(),
            scopes => docs::text_lines(&format!("Needs the scopes {}.", scopes.join(", "))),
        };
        docs::paragraphs([
            docs::sentence(name),
            vec![docs::code(&format!("{method} {path}"))],
            docs::lines(described),
            scopes,
            arguments,
            example::doc(self.of, self.id),
        ])
    }
}

/// Arguments of a method, and the call so far.
type Prepared = (Vec<TokenStream>, TokenStream);

/// A parameter of the query or the headers.
pub(super) struct Given<'a> {
    pub(super) parameter: &'a Parameter,
    pub(super) name: &'a str,
    pub(super) slot: usize,
    pub(super) place: Place,
}

/// Where a parameter goes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    Query,
    Header,
}

impl Place {
    /// The runtime's method that takes a value.
    const fn setter(self) -> &'static str {
        match self {
            Self::Query => "set_query",
            Self::Header => "set_header",
        }
    }
}

/// `Some(value)` or `None`.
fn optional(value: Option<impl quote::ToTokens>) -> TokenStream {
    match value {
        Some(value) => quote!(Some(#value)),
        None => quote!(None),
    }
}

impl Crate<'_> {
    /// Accessors that lead to a group, from the client on.
    pub(crate) fn accessors(&self, group: Option<crate::api::GroupId>) -> Vec<&str> {
        let (mut accessors, mut at) = (Vec::new(), group);
        while let Some(id) = at {
            let Some(own) = self.names.groups.get(id.0) else { break };
            accessors.push(own.accessor.as_str());
            at = own.parent;
        }
        accessors.reverse();
        accessors
    }
}
