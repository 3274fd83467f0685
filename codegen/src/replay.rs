//! Replay: recorded traffic taken through the emitted types, and what came of it.
//!
//! In goes an API with its names and a recording; out comes the source of a program that decodes and encodes every body with the emitted crate, and, from what it prints, a report. Runs nothing itself.

mod plan;
mod report;

pub use plan::{Plan, plan};
pub use report::{Report, report};

use crate::api::{Api, Body, Operation, Type};
use crate::name::Names;
use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

/// The part of the program that no API changes.
pub const THROUGH: &str = include_str!("../driver/replay.rs");

/// The program's table of operations: what each reads, in the order of the API.
#[must_use]
pub fn operations(api: &Api, names: &Names) -> String {
    let rows = api.operations.iter().map(|operation| {
        let request = request(operation, names).map_or_else(|| quote!(None), some);
        let response = response(operation, names).map_or_else(|| quote!(None), some);
        let error = operation.error.as_ref().unwrap_or(&Type::Unknown);
        let error = some(type_tokens(error, names));
        quote!(Operation { request: #request, response: #response, error: #error },)
    });
    let items = quote! {
        mod replay;
        use replay::{Operation, through};

        fn main() {
            replay::run(&[#(#rows)*]);
        }
    };
    items.to_string()
}

fn some(ty: TokenStream) -> TokenStream {
    quote!(Some(through::<#ty>))
}

fn request(operation: &Operation, names: &Names) -> Option<TokenStream> {
    match operation.body.as_ref()? {
        Body::Json { ty, .. } => Some(type_tokens(ty, names)),
        Body::GraphQl { .. } | Body::Text { .. } | Body::Bytes { .. } => None,
        Body::Form { .. } | Body::Multipart { .. } => None,
    }
}

/// The type of a response, as the emitted call has it.
fn response(operation: &Operation, names: &Names) -> Option<TokenStream> {
    let (ty, may_be_empty) = operation.response.decoded()?;
    if *ty == Type::Unknown {
        return Some(quote!(client::Json));
    }
    let ty = type_tokens(ty, names);
    Some(if may_be_empty { quote!(Option<#ty>) } else { ty })
}

fn type_tokens(ty: &Type, names: &Names) -> TokenStream {
    let inner = |ty: &Type| type_tokens(ty, names);
    match ty {
        Type::Unknown | Type::File => quote!(serde_json::Value),
        Type::Bool => quote!(bool),
        Type::Integer => quote!(i64),
        Type::Unsigned => quote!(u64),
        Type::Number => quote!(f64),
        Type::Text => quote!(String),
        Type::Secret => quote!(client::Secret),
        Type::List(item) => {
            let item = inner(item);
            quote!(Vec<#item>)
        }
        Type::Map(value) => {
            let value = inner(value);
            quote!(std::collections::BTreeMap<String, #value>)
        }
        Type::Nullable(value) => {
            let value = inner(value);
            quote!(Option<#value>)
        }
        Type::Named(id) => match names.types.get(id.0) {
            Some(own) => {
                let module = own.module.iter().map(|name| ident(name));
                let name = ident(&own.ident);
                quote!(client::#(#module::)*#name)
            }
            None => quote!(serde_json::Value),
        },
    }
}

fn ident(name: &str) -> Ident {
    Ident::new(name, Span::call_site())
}
