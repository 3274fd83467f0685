//! Parameters as arguments and setters: their types in a signature or a row, and the expression that hands them over.

use super::Crate;
use super::scope::Scope;
use crate::api::{Type, TypeKind};
use proc_macro2::{Ident, TokenStream};
use quote::quote;

/// How a value of the caller's becomes text on the wire.
enum Kind {
    /// Anything that is text.
    Text,
    /// A Rust type that prints itself.
    Printed(TokenStream),
    /// A type that others convert into: a secret, an enumeration.
    Converted(TokenStream),
    /// Several values of one name.
    Several(Box<Kind>),
}

fn kind(scope: &mut Scope<'_>, of: &Crate<'_>, ty: &Type) -> Kind {
    match ty {
        Type::Bool | Type::Integer | Type::Unsigned | Type::Number => Kind::Printed(scope.ty(ty)),
        Type::Secret => Kind::Converted(scope.ty(ty)),
        Type::Named(id) => match of.api.types.get(*id).map(|definition| &definition.kind) {
            Some(TypeKind::Enumeration(_)) => Kind::Converted(scope.ty(ty)),
            Some(TypeKind::Struct(_) | TypeKind::Union(_)) | None => Kind::Text,
        },
        Type::List(element) => match kind(scope, of, element) {
            Kind::Several(inner) => Kind::Several(inner),
            inner => Kind::Several(Box::new(inner)),
        },
        Type::Nullable(inner) => kind(scope, of, inner),
        Type::Text | Type::Unknown | Type::File | Type::Map(_) => Kind::Text,
    }
}

impl Kind {
    /// Its type among a method's arguments.
    fn argument(&self, scope: &mut Scope<'_>) -> TokenStream {
        match self {
            Self::Text => {
                let display = scope.display();
                quote!(impl #display)
            }
            Self::Printed(ty) => quote!(#ty),
            Self::Converted(ty) => quote!(impl Into<#ty>),
            Self::Several(inner) => {
                let inner = inner.argument(scope);
                quote!(impl IntoIterator<Item = #inner>)
            }
        }
    }

    /// Its kind in the row of a setter.
    fn row(&self) -> TokenStream {
        match self {
            Self::Text => quote!(text),
            Self::Printed(ty) => quote!(#ty),
            Self::Converted(ty) => quote!(into #ty),
            Self::Several(inner) => {
                let inner = inner.row();
                quote!(each #inner)
            }
        }
    }

    /// What the runtime takes of it.
    fn parameter(&self, value: &Ident) -> TokenStream {
        match self {
            Self::Text | Self::Printed(_) | Self::Several(_) => quote!(#value),
            Self::Converted(ty) => quote!(Into::<#ty>::into(#value)),
        }
    }
}

/// The kind of a parameter, as the row of its setter has it.
pub(crate) fn row(scope: &mut Scope<'_>, of: &Crate<'_>, ty: &Type) -> TokenStream {
    kind(scope, of, ty).row()
}

/// A parameter as an argument: its type in a signature, and `call` with its value handed to `set` at `slot`.
pub(crate) fn set(
    scope: &mut Scope<'_>,
    of: &Crate<'_>,
    ty: &Type,
    (call, set, slot, value): (&TokenStream, &Ident, usize, &Ident),
) -> (TokenStream, TokenStream) {
    let kind = kind(scope, of, ty);
    let slot = proc_macro2::Literal::usize_unsuffixed(slot);
    let handed = match &kind {
        Kind::Several(inner) => {
            let one = super::scope::ident("value");
            let each = inner.parameter(&one);
            quote!(#value.into_iter().fold(#call, |call, #one| call.#set(#slot, #each)))
        }
        Kind::Text | Kind::Printed(_) | Kind::Converted(_) => {
            let value = kind.parameter(value);
            quote!(#call.#set(#slot, #value))
        }
    };
    (kind.argument(scope), handed)
}

/// A path parameter: its type in a signature, and `call` with its value.
pub(crate) fn path(
    scope: &mut Scope<'_>,
    of: &Crate<'_>,
    ty: &Type,
    (call, value, name): (&TokenStream, &Ident, &str),
) -> (TokenStream, TokenStream) {
    let kind = match kind(scope, of, ty) {
        Kind::Several(_) => Kind::Text,
        kind => kind,
    };
    let handed = kind.parameter(value);
    (kind.argument(scope), quote!(#call.path(#name, #handed)))
}
