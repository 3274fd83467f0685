//! Values of several shapes as an enumeration with one variant a shape.

use super::Crate;
use super::scope::{Scope, doc, ident};
use crate::api::{Type, TypeDef, TypeId, TypeKind, Union};
use crate::name::TypeNames;
use proc_macro2::TokenStream;
use quote::quote;

/// The enumeration; how it is read is the JSON table's business.
pub(crate) fn item(
    scope: &mut Scope<'_>,
    of: &Crate<'_>,
    (id, definition, own): (TypeId, &TypeDef, &TypeNames),
    union: &Union,
) -> TokenStream {
    let docs = doc(&super::provenance::docs(definition));
    let name = ident(&own.ident);
    let variants = union.arms.iter().zip(&own.members).map(|(arm, variant)| {
        let ty = arm_type(scope, of, id, &arm.ty);
        let variant = ident(variant);
        quote!(#variant(#ty))
    });
    let variants: Vec<_> = variants.collect();
    let json = scope.runtime("Value");
    quote! {
        #docs
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants,)*
            /// Anything else.
            Other(#json),
        }
    }
}

/// Structs are on the heap, so that a union is as small as its smallest shape.
fn arm_type(scope: &mut Scope<'_>, of: &Crate<'_>, id: TypeId, ty: &Type) -> TokenStream {
    let whole = scope.part(id, ty);
    let is_struct =
        |id: &TypeId| matches!(of.api.types.get(*id).map(|it| &it.kind), Some(TypeKind::Struct(_)));
    match ty {
        Type::Named(part) if is_struct(part) && !of.is_boxed(id, ty) => quote!(Box<#whole>),
        Type::Named(_) | Type::List(_) | Type::Map(_) | Type::Nullable(_) => whole,
        Type::Unknown | Type::Bool | Type::Integer | Type::Unsigned | Type::Number => whole,
        Type::Text | Type::Secret | Type::File => whole,
    }
}
