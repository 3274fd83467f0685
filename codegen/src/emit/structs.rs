//! A struct: its fields, and what stands beside it for its constructor.

use super::builder::{self, Taken};
use super::layout::has_required;
use super::scope::{Scope, doc, ident};
use super::{Crate, docs};
use crate::api::{Field, Nullability, Presence, Struct, Type, TypeDef, TypeId};
use crate::name::TypeNames;
use proc_macro2::{Ident, Literal, TokenStream};
use quote::{format_ident, quote};

/// A struct with its names.
#[derive(Clone, Copy)]
pub(crate) struct View<'a> {
    pub(crate) of: &'a Crate<'a>,
    pub(crate) id: TypeId,
    pub(crate) definition: &'a TypeDef,
    pub(crate) object: &'a Struct,
    pub(crate) own: &'a TypeNames,
}

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
    let derived = super::json::has_file(view.object);
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

impl Struct {
    /// Nothing must be given, and nothing is sent by itself.
    pub(crate) fn is_all_optional(&self) -> bool {
        !has_required(self) && !self.fields.iter().any(|it| default(it).is_some())
    }
}

impl<'a> View<'a> {
    /// Whether callers build it.
    pub(crate) fn is_built(self) -> bool {
        self.of.layout.built.contains(&self.id)
    }

    /// Whether its constructor stands beside it: one that sends something by itself, which no table has room for, or a file, which has no blank.
    pub(crate) fn is_made_here(self) -> bool {
        let sends = || self.object.fields.iter().any(|field| default(field).is_some());
        super::json::has_file(self.object) || sends()
    }

    /// Whether its constructor takes a struct of what is required.
    pub(crate) fn takes_struct(self) -> bool {
        self.required().count() > builder::ARGUMENTS
    }

    /// The name of the struct that the constructor takes.
    pub(crate) fn required_name(self) -> Ident {
        format_ident!("{}Required", self.own.ident)
    }

    /// Fields and their names.
    pub(crate) fn fields(self) -> impl Iterator<Item = (&'a Field, Ident)> {
        self.object.fields.iter().zip(&self.own.members).map(|(field, name)| (field, ident(name)))
    }

    /// Fields that must be given, and their names.
    pub(crate) fn required(self) -> impl Iterator<Item = (&'a Field, Ident)> {
        self.fields().filter(|(field, _)| field.presence == Presence::Required)
    }

    /// A field's type without the states around it.
    pub(crate) fn value_type(self, scope: &mut Scope<'_>, field: &Field) -> TokenStream {
        scope.part(self.id, value(field))
    }

    /// A field's type.
    pub(crate) fn field_type(self, scope: &mut Scope<'_>, field: &Field) -> TokenStream {
        let ty = self.value_type(scope, field);
        match (field.presence, field.nullability) {
            (Presence::Required, Nullability::Plain) => ty,
            (Presence::Optional, Nullability::Plain) => quote!(Option<#ty>),
            (Presence::Required | Presence::Optional, Nullability::ThreeState) => {
                let patch = scope.runtime("Patch");
                quote!(#patch<#ty>)
            }
        }
    }

    /// What a field's name and type do not say: its description, and its key where that differs.
    fn field_docs(self, field: &Field, name: &Ident) -> Vec<String> {
        let layout = &self.of.layout;
        let is_part = layout.forms.contains(&self.id) || layout.multiparts.contains(&self.id);
        let key = match (docs::code(&field.key), is_part) {
            (_, _) if name == field.key.as_str() => None,
            (key, _) if key.is_empty() => Some("The empty key.".to_owned()),
            (key, true) => Some(format!("Form field {key}.")),
            (key, false) => Some(format!("JSON key {key}.")),
        };
        docs::paragraphs([docs::lines(&field.docs), key.into_iter().collect()])
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
            let is_patch = field.nullability == Nullability::ThreeState;
            let value = match (field.presence, default(field)) {
                (Presence::Required, _) => required(scope, field, &name),
                (Presence::Optional, Some(value)) if is_patch => quote!(Patch::Set(#value)),
                (Presence::Optional, Some(value)) => quote!(Some(#value)),
                (Presence::Optional, None) if is_patch => quote!(Patch::Unset),
                (Presence::Optional, None) => quote!(None),
            };
            if name == value.to_string() { value } else { quote!(#name: #value) }
        });
        let fields: Vec<_> = fields.collect();
        let extra = scope.runtime("Extra");
        quote!(#(#fields,)* extra: #extra::default())
    }
}

/// The type of a field that is set: null in an optional field says no more than its absence.
pub(crate) fn value(field: &Field) -> &Type {
    match (&field.ty, field.presence) {
        (Type::Nullable(inner), Presence::Optional) => inner,
        (ty, Presence::Required | Presence::Optional) => ty,
    }
}

/// What a form sends by itself, where the field's type can say it.
fn default(field: &Field) -> Option<TokenStream> {
    match (&field.ty, field.default.as_slice()) {
        (Type::List(inner), texts @ [_, ..]) => {
            let values = texts.iter().map(|text| literal(inner, text));
            let values = values.collect::<Option<Vec<_>>>()?;
            Some(quote!(Vec::from([#(#values),*])))
        }
        (ty, [text]) => literal(ty, text),
        (_, _) => None,
    }
}

/// `text` as a value of a scalar type that prints it again.
fn literal(ty: &Type, text: &str) -> Option<TokenStream> {
    match ty {
        Type::Text => Some(quote!(#text.to_owned())),
        Type::Bool => match text {
            "true" => Some(quote!(true)),
            "false" => Some(quote!(false)),
            _ => None,
        },
        Type::Integer => {
            let value: i64 = text.parse().ok()?;
            let value = Literal::i64_unsuffixed(value);
            Some(quote!(#value))
        }
        Type::Unsigned => {
            let value: u64 = text.parse().ok()?;
            let value = Literal::u64_unsuffixed(value);
            Some(quote!(#value))
        }
        Type::Number => {
            let value: f64 = text.parse().ok().filter(|value: &f64| value.to_string() == text)?;
            let value = Literal::f64_unsuffixed(value);
            Some(quote!(#value))
        }
        Type::Secret | Type::File | Type::Unknown => None,
        Type::List(_) | Type::Map(_) | Type::Nullable(_) | Type::Named(_) => None,
    }
}
