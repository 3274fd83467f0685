//! A struct with its names, as the parts of the emitter look at it.

use super::Crate;
use super::layout::has_required;
use super::scope::{Scope, ident};
use crate::api::{Field, Presence, Struct, Type, TypeDef, TypeId};
use crate::name::TypeNames;
use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

/// A struct with its names.
#[derive(Clone, Copy)]
pub(crate) struct View<'a> {
    pub(crate) of: &'a Crate<'a>,
    pub(crate) id: TypeId,
    pub(crate) definition: &'a TypeDef,
    pub(crate) object: &'a Struct,
    pub(crate) own: &'a TypeNames,
}

impl<'a> View<'a> {
    /// Whether callers build it.
    pub(crate) fn is_built(self) -> bool {
        self.of.layout.built.contains(&self.id)
    }

    /// Whether its constructor stands beside it: one that sends something by itself, which no table has room for, or a file, which has no blank.
    pub(crate) fn is_made_here(self) -> bool {
        let sends = || self.object.fields.iter().any(|field| default(field).is_some());
        has_file(self.object) || sends()
    }

    /// Whether its constructor takes a struct of what is required.
    pub(crate) fn takes_struct(self) -> bool {
        self.object.takes_struct()
    }

    /// The name of the struct that the constructor takes.
    pub(crate) fn required_name(self) -> Ident {
        ident(self.own.required.as_deref().unwrap_or_default())
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
}

impl Struct {
    /// Nothing must be given, and nothing is sent by itself.
    pub(crate) fn is_all_optional(&self) -> bool {
        !has_required(self) && !self.fields.iter().any(|it| default(it).is_some())
    }
}

/// The type of a field that is set: null in an optional field says no more than its absence.
pub(crate) fn value(field: &Field) -> &Type {
    match (&field.ty, field.presence) {
        (Type::Nullable(inner), Presence::Optional) => inner,
        (ty, Presence::Required | Presence::Optional) => ty,
    }
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

/// What a form sends by itself, where the field's type can say it.
pub(crate) fn default(field: &Field) -> Option<TokenStream> {
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
        // Of named types only enumerations stand in forms.
        Type::Named(_) => Some(quote!(#text.into())),
        Type::Secret | Type::File | Type::Unknown => None,
        Type::List(_) | Type::Map(_) | Type::Nullable(_) => None,
    }
}
