//! What the tables say of structs that callers build: what the constructor takes, and what each setter takes.

use super::Crate;
use super::scope::Scope;
use super::struct_view::{View, value};
use crate::api::{Field, FieldState, Presence, Type, TypeId, TypeKind};
use proc_macro2::{Ident, TokenStream};
use quote::quote;

/// What an argument for a field's value takes.
pub(crate) enum Taken {
    /// Whatever becomes this type.
    Into(TokenStream),
    /// A sequence of whatever becomes this type.
    Each(TokenStream),
    /// This type, which goes on the heap.
    Boxed(TokenStream),
    /// This type.
    Plain(TokenStream),
    /// This number or truth value, or an option of it.
    Scalar(TokenStream),
    /// Whatever becomes JSON, or an option of it.
    Any(TokenStream),
    /// What becomes a map with values of this type.
    Map(TokenStream),
}

impl Taken {
    /// What an argument for the value of `field` takes.
    pub(crate) fn of(view: View<'_>, scope: &mut Scope<'_>, field: &Field) -> Self {
        let ty = value(field);
        let is_optional = field.presence == Presence::Optional;
        match ty {
            Type::Unknown if is_optional => Self::Any(scope.ty(ty)),
            Type::Text | Type::Secret | Type::File | Type::Unknown => Self::Into(scope.ty(ty)),
            Type::List(inner) if matches!(**inner, Type::Text | Type::Secret | Type::File) => {
                Self::Each(scope.ty(inner))
            }
            Type::Named(_) if view.of.is_boxed(view.id, ty) => Self::Boxed(scope.ty(ty)),
            Type::Named(id) if view.of.is_enumeration(*id) => Self::Into(scope.ty(ty)),
            Type::Bool | Type::Integer | Type::Unsigned | Type::Number if is_optional => {
                Self::Scalar(view.value_type(scope, field))
            }
            Type::Map(inner) if is_optional => Self::Map(scope.part(view.id, inner)),
            Type::Bool | Type::Integer | Type::Unsigned | Type::Number => {
                Self::Plain(view.value_type(scope, field))
            }
            Type::List(_) | Type::Map(_) | Type::Nullable(_) | Type::Named(_) => {
                Self::Plain(view.value_type(scope, field))
            }
        }
    }

    /// As a table says it.
    fn row(&self) -> TokenStream {
        match self {
            Self::Into(ty) => quote!(into #ty),
            Self::Any(ty) => quote!(any #ty),
            Self::Scalar(ty) => quote!(scalar #ty),
            Self::Map(ty) => quote!(map #ty),
            Self::Each(ty) => quote!(each #ty),
            Self::Boxed(ty) => quote!(boxed #ty),
            Self::Plain(ty) => quote!(plain #ty),
        }
    }

    /// The type of an argument.
    pub(crate) fn argument(&self) -> TokenStream {
        match self {
            Self::Into(ty) | Self::Any(ty) => quote!(impl Into<#ty>),
            Self::Each(ty) => quote!(impl IntoIterator<Item = impl Into<#ty>>),
            Self::Boxed(ty) | Self::Plain(ty) | Self::Scalar(ty) => quote!(#ty),
            Self::Map(ty) => quote!(impl JsonMap<#ty>),
        }
    }

    /// The field's value, made of the argument `name`.
    pub(crate) fn made_of(&self, name: &Ident) -> TokenStream {
        match self {
            Self::Into(_) | Self::Any(_) => quote!(#name.into()),
            Self::Each(_) => quote!(#name.into_iter().map(Into::into).collect()),
            Self::Boxed(_) => quote!(Box::new(#name)),
            Self::Plain(_) | Self::Scalar(_) | Self::Map(_) => quote!(#name),
        }
    }
}

/// What the constructor takes, in parentheses; `..` where it stands beside the struct.
pub(crate) fn constructor(view: View<'_>, scope: &mut Scope<'_>) -> TokenStream {
    if view.is_made_here() {
        return quote!((..));
    }
    if view.takes_struct() {
        let given = view.required_name();
        return quote!((from #given));
    }
    let arguments = view.required().map(|(field, name)| {
        let taken = Taken::of(view, scope, field).row();
        quote!(#name => #taken)
    });
    let arguments: Vec<_> = arguments.collect();
    quote!((#(#arguments),*))
}

/// What the setter of `field` takes, as a row says it; a required field has no setter, nor has one without a name.
pub(crate) fn setter(view: View<'_>, scope: &mut Scope<'_>, field: &Field) -> Option<TokenStream> {
    match field.state() {
        FieldState::Required => None,
        FieldState::Optional | FieldState::Patch if field.key.is_empty() => None,
        FieldState::Patch if !matches!(value(field), Type::Map(_)) => {
            let ty = view.value_type(scope, field);
            Some(quote!(=> patch #ty))
        }
        FieldState::Optional | FieldState::Patch => {
            let taken = Taken::of(view, scope, field).row();
            Some(quote!(=> #taken))
        }
    }
}

impl Crate<'_> {
    /// Whether a type is a set of texts.
    fn is_enumeration(&self, id: TypeId) -> bool {
        let kind = self.api.types.get(id).map(|definition| &definition.kind);
        matches!(kind, Some(TypeKind::Enumeration(_)))
    }
}
