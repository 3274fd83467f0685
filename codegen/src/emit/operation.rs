//! An operation: the method that callers see, its marker with the constants, and its setters.

use super::scope::{Scope, doc, ident};
use super::{Crate, docs, example, parameter, spec};
use crate::api::{Answer, Body, Operation, OperationId, Parameter, Presence, Type};
use crate::name::OperationNames;
use crate::template::Piece;
use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

/// An operation with its names, and where its method stands.
#[derive(Clone, Copy)]
pub(crate) struct View<'a> {
    of: &'a Crate<'a>,
    id: OperationId,
    operation: &'a Operation,
    own: &'a OperationNames,
    /// The type that has the method: a handle, or `Client`.
    handle: &'a str,
}

impl<'a> View<'a> {
    /// The operation `id` of `handle`.
    pub(crate) fn new(of: &'a Crate<'a>, id: OperationId, handle: &'a str) -> Option<Self> {
        let (operation, own) = (of.api.operations.get(id.0)?, of.names.operations.get(id.0)?);
        Some(Self { of, id, operation, own, handle })
    }

    /// The method: takes what is required, and prepares the call.
    pub(crate) fn method(self, scope: &mut Scope<'_>) -> TokenStream {
        let (name, marker) = (ident(&self.own.method), ident(&self.own.marker));
        let call = scope.runtime("Call");
        let is_root = self.operation.group.is_none();
        let (client, lifetime) =
            if is_root { (quote!(self), quote!('_)) } else { (quote!(self.client), quote!('a)) };
        let mut prepared = (Vec::new(), quote!(#call::new(#client)));
        self.required(scope, &mut prepared);
        self.body(scope, &mut prepared);
        let (arguments, prepared) = prepared;
        let docs = doc(&self.method_docs());
        let deprecated = self.operation.deprecated.as_ref().map(|why| {
            let why = docs::plain(why);
            quote!(#[deprecated = #why])
        });
        quote! {
            #docs
            #deprecated
            pub fn #name(&self, #(#arguments),*) -> #call<#lifetime, #marker> {
                #prepared
            }
        }
    }

    /// The marker with what it sends and answers, and the setters of what is optional.
    pub(crate) fn marker(self, scope: &mut Scope<'_>) -> TokenStream {
        let marker = ident(&self.own.marker);
        let operation = scope.runtime("Operation");
        let docs = doc(&[format!(
            "What [`{}::{}`] sends, and what it answers.",
            self.handle, self.own.method
        )]);
        let (answer, constants) = (self.answer(scope), self.constants(scope));
        let spec = scope.runtime("OperationSpec");
        let setters = self.setters(scope);
        let paged = super::paging::paged(scope, self.of, self.operation, &marker);
        quote! {
            #docs
            #[derive(Debug)]
            #[non_exhaustive]
            pub struct #marker;

            impl #operation for #marker {
                type Answer = #answer;
                const SPEC: #spec = #constants;
            }

            #paged
            #setters
        }
    }

    fn constants(self, scope: &mut Scope<'_>) -> TokenStream {
        let Operation { method, server, auth, .. } = self.operation;
        let constants = scope.runtime("OperationSpec");
        let name = self.spoken();
        let path = spec::path(self.of, self.operation, self.own);
        let server = Literal::usize_unsuffixed(server.0);
        let auth = optional(auth.map(|id| Literal::usize_unsuffixed(id.0)));
        let query = spec::query(scope, self.of, self.operation);
        let headers = spec::headers(scope, self.of, self.operation);
        let body = self.operation.body.as_ref().filter(|_| !self.operation.bare_body);
        let content_type = optional(content_type(body));
        quote! {
            #constants {
                name: #name,
                method: #method,
                path: #path,
                server: #server,
                auth: #auth,
                query: #query,
                headers: #headers,
                content_type: #content_type,
            }
        }
    }

    /// How a person says it: `users.get`.
    fn spoken(self) -> String {
        let mut accessors = self.of.accessors(self.operation.group);
        accessors.push(&self.own.method);
        accessors.join(".")
    }

    fn answer(self, scope: &mut Scope<'_>) -> TokenStream {
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
                (call, &ident(given.setter), given.slot, &value),
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
                match spec::names(scope, self.of, names) {
                    None => quote!(#call.form(&#name)),
                    Some(names) => quote!(#call.form_named(&#name, #names)),
                }
            }
            Body::Multipart { ty, names } => {
                argument(scope.ty(&Type::Named(*ty)));
                match spec::names(scope, self.of, names) {
                    None => quote!(#call.multipart(&#name)),
                    Some(names) => quote!(#call.multipart_named(&#name, #names)),
                }
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

    /// One setter per optional parameter, and one for a body that may be left out.
    fn setters(self, scope: &mut Scope<'_>) -> TokenStream {
        let mut setters = Vec::new();
        let optional = |given: &Given<'_>| given.parameter.presence == Presence::Optional;
        for given in self.given().into_iter().filter(optional) {
            setters.push(self.setter(scope, &given));
        }
        if let Some(Body::Json { ty, presence: Presence::Optional, .. }) = &self.operation.body {
            let (name, ty) = (ident(&self.own.body), scope.ty(ty));
            setters.push(quote! {
                /// Sends a body.
                pub fn #name(self, body: #ty) -> Self {
                    self.json(&body)
                }
            });
        }
        if setters.is_empty() {
            return TokenStream::new();
        }
        let (call, marker) = (scope.runtime("Call"), ident(&self.own.marker));
        quote!(impl #call<'_, #marker> { #(#setters)* })
    }

    fn setter(self, scope: &mut Scope<'_>, given: &Given<'_>) -> TokenStream {
        let Given { parameter, name, setter, slot, kind } = given;
        let is_several = matches!(parameter.ty, Type::List(_));
        let value = ident(if is_several { "values" } else { "value" });
        let this = quote!(self);
        let (ty, set) =
            parameter::set(scope, self.of, &parameter.ty, (&this, &ident(setter), *slot, &value));
        let shown = docs::code(&spec::shown(&parameter.name));
        let described = docs::lines(&parameter.docs);
        let first = vec![format!("Sets the {kind} {shown}.")];
        let sent = default_docs(parameter);
        let docs = doc(&docs::paragraphs([first, described, sent]));
        let name = ident(name);
        quote! {
            #docs
            pub fn #name(self, #value: #ty) -> Self {
                #set
            }
        }
    }

    /// Parameters of the query and the headers, with names and slots.
    fn given(self) -> Vec<Given<'a>> {
        let operation = self.operation;
        let query = operation.query.iter().zip(&self.own.query).enumerate();
        let query = query.filter_map(|(index, (parameter, name))| {
            let slot = spec::query_slot(operation, index)?;
            Some(Given { parameter, name, slot, setter: "set_query", kind: "query parameter" })
        });
        let headers = operation.headers.iter().zip(&self.own.headers).enumerate();
        let headers = headers.map(|(index, (parameter, name))| {
            let slot = spec::header_slot(operation, index);
            Given { parameter, name, slot, setter: "set_header", kind: "header" }
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
            example::doc(self.of.api, self.of.names, self.id),
        ])
    }
}

/// Arguments of a method, and the call so far.
type Prepared = (Vec<TokenStream>, TokenStream);

/// A parameter of the query or the headers.
struct Given<'a> {
    parameter: &'a Parameter,
    name: &'a str,
    slot: usize,
    /// The runtime's method that takes it.
    setter: &'static str,
    kind: &'static str,
}

fn optional(value: Option<impl quote::ToTokens>) -> TokenStream {
    match value {
        Some(value) => quote!(Some(#value)),
        None => quote!(None),
    }
}

fn content_type(body: Option<&Body>) -> Option<&str> {
    match body? {
        Body::Json { content_type, .. } | Body::Text { content_type } => Some(content_type),
        Body::Bytes { content_type } => content_type.as_deref(),
        Body::Form { .. } => Some("application/x-www-form-urlencoded"),
        // The runtime makes it together with the boundary.
        Body::Multipart { .. } => None,
        Body::GraphQl { .. } => Some("application/json"),
    }
}

/// What is sent unless the caller says otherwise.
fn default_docs(parameter: &Parameter) -> Vec<String> {
    if parameter.default.is_empty() {
        return Vec::new();
    }
    let values = parameter.default.iter().map(|value| match value {
        Some(value) if value.0.is_empty() => "an empty value".to_owned(),
        Some(value) => match value.0.as_slice() {
            [Piece::Variable(name)] => format!("the client's {}", docs::code(name)),
            [Piece::Generated(_)] => spec::shown(value),
            _ => docs::code(&spec::shown(value)),
        },
        None => "the name alone".to_owned(),
    });
    let values: Vec<_> = values.collect();
    vec![format!("Sent as {} unless set.", values.join(", "))]
}

impl Crate<'_> {
    /// Accessors that lead to a group, from the client on.
    pub(crate) fn accessors(&self, group: Option<crate::api::GroupId>) -> Vec<&str> {
        let (mut accessors, mut at) = (Vec::new(), group);
        while let Some(id) = at {
            let Some((group, own)) = self.api.groups.get(id.0).zip(self.names.groups.get(id.0))
            else {
                break;
            };
            accessors.push(own.accessor.as_str());
            at = group.parent.filter(|_| own.nested);
        }
        accessors.reverse();
        accessors
    }
}

/// The marker's name as a token, for `use` items.
pub(crate) fn marker_name(of: &Crate<'_>, id: OperationId) -> Option<Ident> {
    of.names.operations.get(id.0).map(|own| ident(&own.marker))
}
