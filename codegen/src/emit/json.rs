//! The tables from which the runtime's macros write JSON, form and multipart conversions, constructors and setters.

use super::Crate;
use super::builder;
use super::scope::{Scope, ident};
use super::struct_view::{View, has_file};
use crate::api::{Enumeration, Field, FieldState, TypeId, TypeKind, Union};
use crate::name::TypeNames;
use proc_macro2::{Ident, TokenStream};
use quote::quote;

/// The conversions of `types`, which stand in the module beside. A call a type: what a macro's matching costs grows faster than its input.
pub(crate) fn items(scope: &mut Scope<'_>, of: &Crate<'_>, types: &[TypeId]) -> TokenStream {
    let tables = types.iter().filter_map(|id| Some((*id, of.definition(*id)?)));
    let tables = tables.map(|(id, (definition, own))| match &definition.kind {
        TypeKind::Struct(object) => structs(scope, View { of, id, definition, object, own }),
        TypeKind::Enumeration(set) => enumeration(set, own),
        TypeKind::Union(union) => arms(union, own),
    });
    let tables: Vec<_> = tables.collect();
    let (runtime, uses) = (super::runtime::path(), scope.uses());
    quote! {
        use super::models::*;
        use #runtime::support::*;
        #uses
        #(#tables)*
    }
}

/// JSON always: people store requests too. A file has no JSON, so a body with one is multipart alone.
fn structs(scope: &mut Scope<'_>, view: View<'_>) -> TokenStream {
    let name = ident(&view.own.ident);
    let node = match (view.is_built(), has_file(view.object)) {
        (true, has_file) => {
            let rows = rows(view, |field| builder::setter(view, scope, field));
            let constructor = builder::constructor(view, scope);
            match has_file {
                true => quote!(setters! { #name { #(#rows)* } } part_setter! { #name }),
                false => quote!(json_builder! { #name #constructor { #(#rows)* } }),
            }
        }
        (false, true) => TokenStream::new(),
        (false, false) => {
            let default = view.object.is_all_optional().then(|| quote!(: Default));
            let rows = rows(view, |_| None);
            quote!(json_object! { #name #default { #(#rows)* } })
        }
    };
    let is_form = view.of.layout.forms.contains(&view.id);
    let form = is_form.then(|| quote!(form_object! { #name }));
    let is_multipart = view.of.layout.multiparts.contains(&view.id);
    let multipart = is_multipart.then(|| {
        let kind = |field: &Field| field.content_type.as_ref().map(|kind| quote!(as #kind));
        let rows = rows(view, kind);
        quote!(multipart_object! { #name { #(#rows)* } })
    });
    quote!(#node #form #multipart)
}

/// A row a field: its state, its name, its key, and what `rest` adds.
fn rows(view: View<'_>, mut rest: impl FnMut(&Field) -> Option<TokenStream>) -> Vec<TokenStream> {
    let row = |(field, member): (&Field, Ident)| {
        let state = match field.state() {
            FieldState::Patch => "patch",
            FieldState::Required => "required",
            FieldState::Optional => "optional",
        };
        let (state, key, rest) = (ident(state), &field.key, rest(field));
        quote!(#state #member: #key #rest,)
    };
    view.fields().map(row).collect()
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
