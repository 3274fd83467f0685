//! The tokens of how a listing goes on: what a request's `pages()` and `items()` need to know.

use super::Crate;
use super::pages::{By, Pages, Parts, Shape, Step, pages};
use super::scope::{Scope, ident};
use crate::api::{Field, FieldState, Operation, Type};
use proc_macro2::{Ident, Literal, TokenStream};
use quote::{ToTokens, quote};

/// What is listed, and the `Paged` implementation; nothing where the operation is no listing in pages.
pub(crate) fn paged(
    scope: &mut Scope<'_>,
    of: &Crate<'_>,
    operation: &Operation,
    request: &Ident,
) -> Option<(TokenStream, TokenStream)> {
    let Pages { response: ty, item, shape, by } = pages(of.api, operation)?;
    let (response, item) = (scope.ty(ty), scope.ty(item));
    let paging = asked(scope, by);
    let (paged, page) = (scope.runtime("Paged"), scope.runtime("Page"));
    let body = match &shape {
        Shape::Arms(arms) => {
            let Type::Named(id) = ty else { return None };
            let members = &of.names.of_type(*id).members;
            let arms = arms.iter().filter_map(|(at, shape)| {
                let variant = ident(members.get(*at)?);
                let body = taken_apart(of, shape, &quote!(page))?;
                Some(quote!(#response::#variant(page) => #body,))
            });
            let arms: Vec<_> = arms.collect();
            quote!(match response { #(#arms)* _ => None, })
        }
        Shape::Whole | Shape::Object(_) => taken_apart(of, &shape, &quote!(response))?,
    };
    let paged = quote! {
        impl #paged for #request {
            type Response = #response;
            type Item = #item;
            const PAGING: Paging = #paging;

            fn page(response: #response) -> Option<#page<#item>> {
                #body
            }
        }
    };
    Some((item, paged))
}

fn asked(scope: &mut Scope<'_>, by: By) -> TokenStream {
    let paging = scope.runtime("Paging");
    let slot = Literal::usize_unsuffixed;
    let number = Literal::u64_unsuffixed;
    match by {
        By::Number { page, first, size } => {
            let (page, first) = (slot(page), optional(first.map(number)));
            let size = optional(size.map(slot));
            quote!(#paging::number(#page, #first, #size))
        }
        By::Offset { offset, first, size } => {
            let (offset, first, size) = (slot(offset), number(first), optional(size.map(slot)));
            quote!(#paging::offset(#offset, #first, #size))
        }
        By::Cursor(cursor, size) => {
            let size = size.map(|(take, size)| (slot(take), number(size)));
            let size = optional(size.map(|(take, size)| quote!((#take, #size))));
            let cursor = slot(cursor);
            quote!(#paging::cursor(#cursor, #size))
        }
        By::Link => quote!(#paging::Link),
    }
}

/// The page in `value`, which is a list or an object around one: `Option<Page<T>>`.
fn taken_apart(of: &Crate<'_>, shape: &Shape<'_>, value: &TokenStream) -> Option<TokenStream> {
    match shape {
        Shape::Whole => Some(quote!(Some(Page::of(#value)))),
        Shape::Object(parts) => object(of, parts, value),
        Shape::Arms(_) => None,
    }
}

fn object(of: &Crate<'_>, parts: &Parts<'_>, value: &TokenStream) -> Option<TokenStream> {
    let said = |steps: &Option<Vec<Step<'_>>>, read: fn(&Type) -> Option<TokenStream>| {
        let steps = steps.as_ref()?;
        let read = read(&steps.last()?.2.ty)?;
        let place = borrowed(of, steps, value)?;
        Some(quote!(#place #read))
    };
    let said = [
        ("next", said(&parts.next, text)),
        ("more", said(&parts.more, truth)),
        ("total", said(&parts.total, count)),
    ];
    let said = said.into_iter().filter_map(|(name, value)| {
        let (name, value) = (ident(name), value?);
        Some(quote!(#name: #value,))
    });
    let said: Vec<_> = said.collect();
    let items = owned(of, &parts.items, value)?;
    if said.is_empty() {
        return Some(quote!(Some(Page::of(#items))));
    }
    // An item need not have a `Default`, so what the service does not say comes from `of`.
    Some(quote!(Some(Page { #(#said)* ..Page::of(#items) })))
}

fn name(of: &Crate<'_>, (owner, index, _): Step<'_>) -> Option<Ident> {
    Some(ident(of.names.types.get(owner.0)?.members.get(index)?))
}

/// A list at the end of `steps`, taken out of `value`; if there is none, or one whose items do not fit, there is no page.
fn owned(of: &Crate<'_>, steps: &[Step<'_>], value: &TokenStream) -> Option<TokenStream> {
    let mut place = value.clone();
    for step in steps {
        let name = name(of, *step)?;
        place = taken(step.2, &quote!(#place.#name));
    }
    Some(place)
}

/// What stands at the end of `steps`: `Option<&T>`.
fn borrowed(of: &Crate<'_>, steps: &[Step<'_>], value: &TokenStream) -> Option<TokenStream> {
    let (step, inner) = steps.split_first()?;
    let first = name(of, *step)?;
    let mut place = kept(step.2, &quote!(#value.#first));
    for step in inner {
        let name = name(of, *step)?;
        let inner = kept(step.2, &quote!(inner.#name));
        place = quote!(#place.and_then(|inner| #inner));
    }
    Some(place)
}

/// How the text of a cursor or a link is read: a cursor may be a number, and what was seen only as null may be text.
fn text(ty: &Type) -> Option<TokenStream> {
    match ty {
        Type::Text => Some(quote!(.cloned())),
        Type::Integer | Type::Unsigned => Some(quote!(.map(ToString::to_string))),
        Type::Unknown => Some(quote!(.and_then(|next| next.as_str()).map(str::to_owned))),
        Type::Nullable(_) | Type::List(_) | Type::Map(_) | Type::Named(_) => None,
        Type::Bool | Type::Number | Type::Secret | Type::File => None,
    }
}

/// How a truth is read.
fn truth(ty: &Type) -> Option<TokenStream> {
    (*ty == Type::Bool).then(|| quote!(.copied()))
}

/// How a count is read.
fn count(ty: &Type) -> Option<TokenStream> {
    match ty {
        Type::Unsigned => Some(quote!(.copied())),
        Type::Integer => Some(quote!(.and_then(|total| (*total).try_into().ok()))),
        Type::Nullable(_) | Type::List(_) | Type::Map(_) | Type::Named(_) => None,
        Type::Bool | Type::Number | Type::Secret | Type::File => None,
        Type::Unknown | Type::Text => None,
    }
}

fn optional(value: Option<impl ToTokens>) -> TokenStream {
    value.map_or_else(|| quote!(None), |value| quote!(Some(#value)))
}

/// The value of a field.
fn taken(field: &Field, value: &TokenStream) -> TokenStream {
    match field.state() {
        FieldState::Required => value.clone(),
        FieldState::Optional => quote!(#value?),
        FieldState::Patch => quote!(#value.into_value()?),
    }
}

/// A reference to a value, if any.
fn kept(field: &Field, value: &TokenStream) -> TokenStream {
    match field.state() {
        FieldState::Required => quote!(Some(&#value)),
        FieldState::Optional => quote!(#value.as_ref()),
        FieldState::Patch => quote!(#value.value()),
    }
}
