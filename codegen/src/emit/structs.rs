//! A struct: its fields, and what stands beside it for its constructor.

use super::builder::Taken;
use super::docs;
use super::scope::{Scope, doc, ident};
use super::struct_view::{View, default, has_file};
use crate::api::{Field, FieldState, TextFormat, Type};
use proc_macro2::{Ident, TokenStream};
use quote::quote;

/// The items of a struct.
pub(crate) fn items(scope: &mut Scope<'_>, view: View<'_>) -> TokenStream {
    let definition = definition(scope, view);
    if !view.is_built() {
        return definition;
    }
    let required = view.takes_struct().then(|| view.required_struct(scope));
    let constructor = view.is_made_here().then(|| view.constructor(scope));
    quote!(#definition #required #constructor)
}

fn definition(scope: &mut Scope<'_>, view: View<'_>) -> TokenStream {
    let docs = doc(&super::provenance::docs(view.definition));
    let name = ident(&view.own.ident);
    let extra = scope.runtime("Extra");
    let fields = view.fields().map(|(field, name)| {
        let ty = view.field_type(scope, field);
        let docs = doc(&view.field_docs(field, &name));
        quote!(#docs pub #name: #ty)
    });
    let fields: Vec<_> = fields.collect();
    // What has a JSON table has these from there.
    let derived = has_file(view.object);
    let derived = derived.then(|| quote!(#[derive(Clone, Debug, PartialEq)]));
    quote! {
        #docs
        #derived
        #[non_exhaustive]
        pub struct #name {
            #(#fields,)*
            pub extra: #extra,
        }
    }
}

impl View<'_> {
    /// A field's type.
    pub(crate) fn field_type(self, scope: &mut Scope<'_>, field: &Field) -> TokenStream {
        let ty = self.value_type(scope, field);
        match field.state() {
            FieldState::Required => ty,
            FieldState::Optional => quote!(Option<#ty>),
            FieldState::Patch => {
                let patch = scope.runtime("Patch");
                quote!(#patch<#ty>)
            }
        }
    }

    /// What a field's name and type do not say: its description, its key where that differs, and its format.
    fn field_docs(self, field: &Field, name: &Ident) -> Vec<String> {
        let layout = &self.of.layout;
        let is_part = layout.forms.contains(&self.id) || layout.multiparts.contains(&self.id);
        let key = match (docs::code(&field.key), is_part) {
            (_, _) if name == field.key.as_str() => None,
            (key, _) if key.is_empty() => Some("The empty key.".to_owned()),
            (key, true) => Some(format!("Form field {key}.")),
            (key, false) => Some(format!("JSON key {key}.")),
        };
        let format = field.format.filter(|_| field.ty == Type::Text).map(|format| match format {
            TextFormat::DateTime => "Date and time (RFC 3339).".to_owned(),
            TextFormat::Uuid => "UUID.".to_owned(),
        });
        let said: Vec<String> = key.into_iter().chain(format).collect();
        let said = if said.is_empty() { said } else { vec![said.join(" ")] };
        docs::paragraphs([docs::lines(&field.docs), said])
    }

    /// What the constructor takes where arguments would be too many.
    fn required_struct(self, scope: &mut Scope<'_>) -> TokenStream {
        let fields = self.required().map(|(field, name)| {
            let docs = doc(&self.field_docs(field, &name));
            let ty = self.value_type(scope, field);
            quote!(#docs pub #name: #ty)
        });
        let fields: Vec<_> = fields.collect();
        let docs = doc(&[format!("What a [`{}`] must have.", self.own.ident)]);
        let name = self.required_name();
        quote! {
            #docs
            #[derive(Clone, Debug, PartialEq)]
            pub struct #name {
                #(#fields,)*
            }
        }
    }

    /// `new`, which gives every field its value.
    fn constructor(self, scope: &mut Scope<'_>) -> TokenStream {
        let name = ident(&self.own.ident);
        let required: Vec<_> = self.required().collect();
        let (arguments, values) = if self.takes_struct() {
            let given = self.required_name();
            let values = self.values(scope, |_, _, name| quote!(required.#name));
            (vec![quote!(required: #given)], values)
        } else {
            let arguments = required.iter().map(|(field, name)| {
                let ty = Taken::of(self, scope, field).argument();
                quote!(#name: #ty)
            });
            let arguments = arguments.collect();
            let made = |scope: &mut Scope<'_>, field: &Field, name: &Ident| {
                Taken::of(self, scope, field).made_of(name)
            };
            (arguments, self.values(scope, made))
        };
        let default = required.is_empty().then(|| {
            quote! {
                impl Default for #name {
                    fn default() -> Self {
                        Self::new()
                    }
                }
            }
        });
        quote! {
            impl #name {
                /// With what must be given, and what the collection sends by itself.
                #[must_use]
                pub fn new(#(#arguments),*) -> Self {
                    Self { #values }
                }
            }
            #default
        }
    }

    /// All fields of a new value; `required` gives those that are given.
    fn values(
        self,
        scope: &mut Scope<'_>,
        required: impl Fn(&mut Scope<'_>, &Field, &Ident) -> TokenStream,
    ) -> TokenStream {
        let fields = self.fields().map(|(field, name)| {
            let value = match (field.state(), default(field)) {
                (FieldState::Required, _) => required(scope, field, &name),
                (FieldState::Patch, Some(value)) => quote!(Patch::Set(#value)),
                (FieldState::Patch, None) => quote!(Patch::Unset),
                (FieldState::Optional, Some(value)) => quote!(Some(#value)),
                (FieldState::Optional, None) => quote!(None),
            };
            if name == value.to_string() { value } else { quote!(#name: #value) }
        });
        let fields: Vec<_> = fields.collect();
        let extra = scope.runtime("Extra");
        quote!(#(#fields,)* extra: #extra::default())
    }
}
