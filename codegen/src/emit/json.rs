//! The tables from which the runtime's macros write JSON, form and multipart conversions.

use super::Crate;
use super::scope::ident;
use crate::api::{Enumeration, Nullability, Presence, Struct, Type, TypeId, TypeKind, Union};
use crate::name::TypeNames;
use proc_macro2::TokenStream;
use quote::quote;

/// The conversions of `types`, which stand in the module beside.
pub(crate) fn items(of: &Crate<'_>, types: &[TypeId]) -> TokenStream {
    let tables = types.iter().filter_map(|id| Some((*id, of.definition(*id)?)));
    let tables = tables.map(|(id, (definition, own))| match &definition.kind {
        TypeKind::Struct(object) => structs(of, id, object, own),
        TypeKind::Enumeration(set) => enumeration(set, own),
        TypeKind::Union(union) => arms(union, own),
    });
    let runtime = super::runtime::path();
    quote! {
        use super::models::*;
        use #runtime::support::*;
        #(#tables)*
    }
}

/// JSON always: people store requests too. A file has no JSON, so a body with one is multipart alone.
fn structs(of: &Crate<'_>, id: TypeId, object: &Struct, own: &TypeNames) -> TokenStream {
    let name = ident(&own.ident);
    let rows = object.fields.iter().zip(&own.members).map(|(field, member)| {
        let state = match (field.nullability, field.presence) {
            (Nullability::ThreeState, Presence::Required | Presence::Optional) => "patch",
            (Nullability::Plain, Presence::Required) => "required",
            (Nullability::Plain, Presence::Optional) => "optional",
        };
        let (state, member, key) = (ident(state), ident(member), &field.key);
        let kind = field.content_type.as_ref().map(|kind| quote!(as #kind));
        (quote!(#state #member: #key,), quote!(#state #member: #key #kind,))
    });
    let (rows, parts): (Vec<_>, Vec<_>) = rows.unzip();
    let default = object.is_all_optional().then(|| quote!(: Default));
    let json = (!has_file(object)).then(|| quote!(json_object! { #name #default { #(#rows)* } }));
    let is_form = of.layout.forms.contains(&id);
    let form = is_form.then(|| quote!(form_object! { #name { #(#rows)* } }));
    let is_multipart = of.layout.multiparts.contains(&id);
    let multipart = is_multipart.then(|| quote!(multipart_object! { #name { #(#parts)* } }));
    quote!(#json #form #multipart)
}

fn enumeration(set: &Enumeration, own: &TypeNames) -> TokenStream {
    let name = ident(&own.ident);
    let rows = set.values.iter().zip(&own.members).map(|(value, variant)| {
        let variant = ident(variant);
        quote!(#variant: #value,)
    });
    quote!(json_enumeration! { #name { #(#rows)* } })
}

fn arms(union: &Union, own: &TypeNames) -> TokenStream {
    let name = ident(&own.ident);
    let arms = union.arms.iter().zip(&own.members).map(|(_, variant)| ident(variant));
    quote!(json_union! { #name { #(#arms,)* } })
}

/// Whether an object holds a file, which no JSON can.
pub(crate) fn has_file(object: &Struct) -> bool {
    object.fields.iter().any(|field| is_file(&field.ty))
}

/// Whether a value of `ty` holds a file.
fn is_file(ty: &Type) -> bool {
    match ty {
        Type::File => true,
        Type::List(inner) | Type::Map(inner) | Type::Nullable(inner) => is_file(inner),
        Type::Unknown | Type::Bool | Type::Integer | Type::Unsigned | Type::Number => false,
        Type::Text | Type::Secret | Type::Named(_) => false,
    }
}
