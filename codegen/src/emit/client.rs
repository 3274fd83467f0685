//! The crate's root, and the client with its builder.

use super::scope::{Scope, doc, ident, inner_doc};
use super::spec::{self, TemplateLocation};
use super::view::View;
use super::{Crate, aliases, credential, docs, group, request, runtime};
use crate::api::{CredentialId, Type, TypeId};
use proc_macro2::TokenStream;
use quote::quote;

/// `src/lib.rs`.
pub(crate) fn root(of: &Crate<'_>) -> (String, TokenStream) {
    let tops = of.layout.modules.keys().filter(|path| path.len() == 1).flatten();
    let modules = tops.map(|top| {
        let name = ident(top);
        let feature = of.layout.features.get(top);
        let gate = feature.map(|feature| quote!(#[cfg(feature = #feature)]));
        quote!(#gate pub mod #name;)
    });
    let aliases = aliases::modules(of, &[]);
    let requests = root_operations(of).filter_map(|id| request::name(of, id));
    let requests: Vec<_> = requests.chain(aliases::root_types(of)).collect();
    let requests = (!requests.is_empty()).then(|| quote!(pub use client::{#(#requests),*};));
    let error = error_path(of).map(|(gate, path)| quote!(#gate pub use crate::#path;));
    let (gated, open): (Vec<_>, Vec<_>) =
        runtime::face().into_iter().partition(|(attributes, _)| !attributes.is_empty());
    let gated = gated.iter().map(|(gates, name)| quote!(#(#gates)* pub use runtime::#name;));
    let open = open.iter().map(|(_, name)| name);
    let root = quote! {
        #![doc = include_str!("../README.md")]
        #![cfg_attr(docsrs, feature(doc_cfg))]
        #![forbid(unsafe_code)]
        #![warn(missing_docs)]
        mod client;
        mod runtime;
        #(#modules)*
        #aliases
        #requests
        #error
        #(#gated)*
        pub use runtime::{#(#open),*};
    };
    ("src/lib.rs".to_owned(), root)
}

fn root_operations<'a>(of: &'a Crate<'_>) -> impl Iterator<Item = crate::api::OperationId> + 'a {
    of.layout.operations.get(&None).into_iter().flatten().copied()
}

/// `src/client.rs`.
pub(crate) fn client(of: &Crate<'_>) -> (String, TokenStream) {
    let mut scope = Scope::new(of, &[]);
    let (client, builder) = (scope.runtime("Client"), scope.runtime("ClientBuilder"));
    let constants = constants(of, &mut scope);
    let accessors = group::accessors(of, None);
    let operations: Vec<_> =
        root_operations(of).filter_map(|id| View::new(of, id, "Client")).collect();
    let methods: Vec<_> = operations.iter().map(|view| view.method(&mut scope)).collect();
    let aliases = aliases::methods(of, &mut scope, &[]);
    let types = aliases::types(of, &[]);
    let sent: Vec<_> = operations.iter().map(|view| request::constant(*view, &mut scope)).collect();
    let sent = (!sent.is_empty()).then(|| quote!(impl #client { #(#sent)* }));
    let requests: Vec<_> =
        operations.iter().filter_map(|view| request::item(*view, &mut scope)).collect();
    let setters = setters(of, &mut scope);
    let error = error(of, &mut scope);
    let setters = (!setters.is_empty()).then(|| quote!(impl #builder { #(#setters)* }));
    let uses = scope.uses();
    let docs = inner_doc(&["What this API adds to the client and its builder.".to_owned()]);
    let file = quote! {
        #docs
        #uses
        #constants

        impl #client {
            /// Collects what a client needs.
            pub fn builder() -> #builder {
                #builder::new(&API)
            }

            #accessors
            #(#methods)*
            #(#aliases)*
        }

        #setters
        #error
        #sent
        #(#requests)*
        #types
    };
    ("src/client.rs".to_owned(), file)
}

/// A reading of failures, where the API reports all of them in one way.
fn error(of: &Crate<'_>, scope: &mut Scope<'_>) -> Option<TokenStream> {
    let (gate, path) = error_path(of)?;
    let error = scope.runtime("Error");
    Some(quote! {
        #gate
        impl #error {
            /// What the service says of the failure, where it answered with one.
            #[must_use]
            pub fn api_error(&self) -> Option<crate::#path> {
                self.api()
            }
        }
    })
}

/// The type of all failures: its feature gate, and its path from the crate's root.
fn error_path(of: &Crate<'_>) -> Option<(Option<TokenStream>, TokenStream)> {
    let own = of.names.of_type(of.api_error()?);
    let gate = of.error_feature().map(|feature| quote!(#[cfg(feature = #feature)]));
    let (path, name) = (own.module.iter().map(|name| ident(name)), ident(&own.ident));
    Some((gate, quote!(#(#path::)*#name)))
}

impl Crate<'_> {
    /// The type of all failures, if they have one in common.
    pub(super) fn api_error(&self) -> Option<TypeId> {
        let mut errors = self.api.operations.iter().filter_map(|it| it.error.as_ref());
        let first = errors.next()?;
        let Type::Named(id) = first else { return None };
        errors.all(|error| error == first).then_some(*id)
    }

    /// The feature that the type of all failures stands behind, if any.
    pub(super) fn error_feature(&self) -> Option<&str> {
        let top = self.names.of_type(self.api_error()?).module.first()?;
        self.layout.features.get(top).map(String::as_str)
    }
}

fn constants(of: &Crate<'_>, scope: &mut Scope<'_>) -> TokenStream {
    let (package, version) = (&of.names.package, &of.names.version);
    let variables = of.api.variables.iter().zip(&of.names.variables).map(|(variable, name)| {
        let spec = scope.runtime("VariableSpec");
        let default = match &variable.default {
            Some(text) => quote!(Some(#text)),
            None => quote!(None),
        };
        quote!(#spec { name: #name, default: #default })
    });
    let variables: Vec<_> = variables.collect();
    let servers = of.api.servers.iter().zip(&of.names.servers).map(|(server, setter)| {
        let base = spec::parts(scope, of, &server.base, TemplateLocation::Verbatim);
        let spec = scope.runtime("ServerSpec");
        quote!(#spec { setter: #setter, base: #base })
    });
    let servers: Vec<_> = servers.collect();
    let credentials = of.api.credentials.iter().zip(&of.names.credentials).map(|(it, own)| {
        let (scheme, setter) = (credential::scheme(scope, of, &it.scheme), &own.setter);
        let spec = scope.runtime("CredentialSpec");
        quote!(#spec { setter: #setter, scheme: #scheme })
    });
    let credentials: Vec<_> = credentials.collect();
    let spec = scope.runtime("ApiSpec");
    quote! {
        const API: #spec = #spec {
            name: #package,
            version: #version,
            variables: &[#(#variables),*],
            servers: &[#(#servers),*],
            credentials: &[#(#credentials),*],
        };
    }
}

/// One setter per variable, per server but the first, and per credential.
fn setters(of: &Crate<'_>, scope: &mut Scope<'_>) -> Vec<TokenStream> {
    let mut setters = Vec::new();
    // A variable that is the base URL is set by the builder's own setter.
    let base_url = of.names.servers.first();
    for (variable, name) in of.api.variables.iter().zip(&of.names.variables) {
        if base_url == Some(name) {
            continue;
        }
        let setter = ident(name);
        let first = docs::text_lines(&match &variable.default {
            Some(default) => {
                format!("Sets the variable {}, which is {default} unless set.", variable.name)
            }
            None => format!("Sets the variable {}.", variable.name),
        });
        let docs = doc(&docs::paragraphs([first, docs::lines(&variable.docs)]));
        setters.push(quote! {
            #docs
            pub fn #setter(self, value: impl Into<String>) -> Self {
                self.variable(#name, value.into())
            }
        });
    }
    for (server, name) in of.api.servers.iter().zip(&of.names.servers).skip(1) {
        let setter = ident(name);
        let docs = doc(&[match server.base.0.is_empty() {
            true => "Sets where the requests go to which the collection gives no host.".to_owned(),
            false => format!(
                "Sends what belongs to {} elsewhere.",
                docs::code(&spec::shown(&server.base))
            ),
        }]);
        setters.push(quote! {
            #docs
            pub fn #setter(self, url: impl Into<String>) -> Self {
                self.server(#name, url.into())
            }
        });
    }
    for at in 0..of.api.credentials.len() {
        setters.extend(credential::setters(scope, of, CredentialId(at)));
    }
    setters
}
