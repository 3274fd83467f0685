//! An open set of texts as an enumeration.

use super::docs;
use super::scope::{doc, ident};
use crate::api::{Enumeration, TypeDef};
use crate::name::TypeNames;
use proc_macro2::TokenStream;
use quote::quote;

/// The enumeration; its conversions are the JSON table's.
pub(crate) fn item(definition: &TypeDef, set: &Enumeration, own: &TypeNames) -> TokenStream {
    let docs = doc(&super::provenance::docs(definition));
    let name = ident(&own.ident);
    let variants = set.values.iter().zip(&own.members).map(|(value, variant)| {
        let shown = docs::code(value);
        let shown = if shown.is_empty() { "The empty text".to_owned() } else { shown };
        let (docs, variant) = (doc(&[format!("{shown}.")]), ident(variant));
        quote!(#docs #variant)
    });
    quote! {
        #docs
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants,)*
            /// Any other text.
            Unknown(String),
        }
    }
}
