//! How a listing goes on: what a request's `pages()` and `items()` need to know.

use super::Crate;
use super::scope::{Scope, ident};
use crate::api::{
    Field, FieldState, Operation, PageBy, Pagination, Response, Type, TypeId, TypeKind, member,
};
use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

/// Whether an operation's pages can be walked through.
pub(crate) fn is_paged(of: &Crate<'_>, operation: &Operation) -> bool {
    let request = ident("Request");
    paged(&mut Scope::new(of, &[]), of, operation, &request).is_some()
}

/// The type of what an operation's pages list, where they can be walked through.
pub(crate) fn item(of: &Crate<'_>, operation: &Operation) -> Option<Type> {
    if !is_paged(of, operation) {
        return None;
    }
    let (pagination, response) = (operation.pagination.as_ref()?, &quote!());
    let Response::Json { ty, .. } = &operation.response else { return None };
    Pages { of, pagination, response }.response(ty).map(|found| found.item.clone())
}

/// What is listed, and the `Paged` implementation; nothing where the response holds no list under the keys that the pagination names.
pub(crate) fn paged(
    scope: &mut Scope<'_>,
    of: &Crate<'_>,
    operation: &Operation,
    request: &Ident,
) -> Option<(TokenStream, TokenStream)> {
    let pagination = operation.pagination.as_ref()?;
    let Response::Json { ty, may_be_empty: false } = &operation.response else { return None };
    let response = scope.ty(ty);
    let found = Pages { of, pagination, response: &response }.response(ty)?;
    let paging = paging(scope, operation, pagination)?;
    let (paged, page) = (scope.runtime("Paged"), scope.runtime("Page"));
    let item = scope.ty(found.item);
    let body = found.body;
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

fn paging(
    scope: &mut Scope<'_>,
    operation: &Operation,
    pagination: &Pagination,
) -> Option<TokenStream> {
    let slot = |name: &str| {
        let index = operation.query.iter().position(|it| it.name.as_literal() == Some(name))?;
        Some(Literal::usize_unsuffixed(operation.query_slot(index)?))
    };
    let paging = scope.runtime("Paging");
    Some(match &pagination.by {
        PageBy::Number { page, first, size, .. } => {
            let size = optional(size.as_deref().and_then(slot));
            let (slot, first) = (slot(page)?, optional(first.map(Literal::u64_unsuffixed)));
            quote!(#paging::number(#slot, #first, #size))
        }
        PageBy::Offset { offset, first, size } => {
            let size = optional(size.as_deref().and_then(slot));
            let (slot, first) = (slot(offset)?, Literal::u64_unsuffixed(*first));
            quote!(#paging::offset(#slot, #first, #size))
        }
        PageBy::Cursor { cursor, size } => {
            let from = slot(cursor)?;
            let size = match size {
                Some((take, size)) => {
                    let (take, size) = (slot(take)?, Literal::u64_unsuffixed(*size));
                    quote!(Some((#take, #size)))
                }
                None => quote!(None),
            };
            quote!(#paging::cursor(#from, #size))
        }
        PageBy::Link => quote!(#paging::Link),
    })
}

/// The item type of a page, and the expression that takes `response` apart.
struct PageItems<'a> {
    item: &'a Type,
    body: TokenStream,
}

/// What the pages of one operation look like.
#[derive(Clone, Copy)]
struct Pages<'a> {
    of: &'a Crate<'a>,
    pagination: &'a Pagination,
    /// The response's type.
    response: &'a TokenStream,
}

impl<'a> Pages<'a> {
    fn response(self, ty: &'a Type) -> Option<PageItems<'a>> {
        let response = quote!(response);
        match ty {
            Type::List(item) => Some(PageItems { item, body: listed(&response) }),
            Type::Named(id) => match &self.of.api.types.get(*id)?.kind {
                TypeKind::Struct(_) => self.object(*id, &response),
                TypeKind::Union(union) => self.union(*id, union.arms.iter().map(|arm| &arm.ty)),
                TypeKind::Enumeration(_) => None,
            },
            Type::Unknown | Type::Bool | Type::Integer | Type::Unsigned | Type::Number => None,
            Type::Text | Type::Secret | Type::File | Type::Map(_) | Type::Nullable(_) => None,
        }
    }

    /// A list alone, or an object around it: one arm each.
    fn union(self, id: TypeId, arms: impl Iterator<Item = &'a Type>) -> Option<PageItems<'a>> {
        let own = self.of.names.types.get(id.0)?;
        let (mut item, mut taken, response) = (None, Vec::new(), self.response);
        for (ty, variant) in arms.zip(&own.members) {
            let part = quote!(page);
            let Some(found) = (match ty {
                Type::Named(id) if !matches!(self.kind(*id), Some(TypeKind::Struct(_))) => None,
                ty => self.part(ty, &part),
            }) else {
                continue;
            };
            if **item.get_or_insert(found.item) == *found.item {
                let (variant, body) = (ident(variant), found.body);
                taken.push(quote!(#response::#variant(page) => #body,));
            }
        }
        let body = quote!(match response { #(#taken)* _ => None, });
        Some(PageItems { item: item?, body })
    }

    fn part(self, ty: &'a Type, value: &TokenStream) -> Option<PageItems<'a>> {
        match ty {
            Type::List(item) => Some(PageItems { item, body: listed(value) }),
            Type::Named(id) => match self.kind(*id)? {
                TypeKind::Struct(_) => self.object(*id, value),
                TypeKind::Union(_) | TypeKind::Enumeration(_) => None,
            },
            Type::Unknown | Type::Bool | Type::Integer | Type::Unsigned | Type::Number => None,
            Type::Text | Type::Secret | Type::File | Type::Map(_) | Type::Nullable(_) => None,
        }
    }

    fn kind(self, id: TypeId) -> Option<&'a TypeKind> {
        self.of.api.types.get(id).map(|definition| &definition.kind)
    }

    fn object(self, id: TypeId, value: &TokenStream) -> Option<PageItems<'a>> {
        let Pagination { items, total, next, more, .. } = self.pagination;
        let types = &self.of.api.types;
        let (steps, list) = items.iter().find_map(|key| {
            let steps = member(types, id, key)?;
            let list = steps.last()?.2;
            Some((steps, list))
        })?;
        let Type::List(item) = &list.ty else { return None };
        let said = |key: &Option<String>, of: fn(&Type) -> Option<TokenStream>| {
            let steps = member(types, id, key.as_deref()?)?;
            let read = of(&steps.last()?.2.ty)?;
            let place = self.borrowed(&steps, value)?;
            Some(quote!(#place #read))
        };
        let said = [
            ("next", said(next, text)),
            ("more", said(more, truth)),
            ("total", said(total, count)),
        ];
        let said: Vec<_> = said
            .into_iter()
            .filter_map(|(name, value)| {
                let (name, value) = (ident(name), value?);
                Some(quote!(#name: #value,))
            })
            .collect();
        let items = self.owned(&steps, value)?;
        if said.is_empty() {
            return Some(PageItems { item, body: listed(&items) });
        }
        // An item need not have a `Default`, so what the service does not say comes from `of`.
        let body = quote!(Some(Page { #(#said)* ..Page::of(#items) }));
        Some(PageItems { item, body })
    }

    fn name(self, (owner, index, _): Step<'_>) -> Option<Ident> {
        Some(ident(self.of.names.types.get(owner.0)?.members.get(index)?))
    }

    /// A list at the end of `steps`, taken out of `value`; if there is none, or one whose items do not fit, there is no page.
    fn owned(self, steps: &[Step<'_>], value: &TokenStream) -> Option<TokenStream> {
        let mut place = value.clone();
        for step in steps {
            let name = self.name(*step)?;
            place = taken(step.2, &quote!(#place.#name));
        }
        Some(place)
    }

    /// What stands at the end of `steps`: `Option<&T>`.
    fn borrowed(self, steps: &[Step<'_>], value: &TokenStream) -> Option<TokenStream> {
        let mut all = steps.iter();
        let step = all.next()?;
        let name = self.name(*step)?;
        let mut place = kept(step.2, &quote!(#value.#name));
        for step in all {
            let name = self.name(*step)?;
            let inner = kept(step.2, &quote!(inner.#name));
            place = quote!(#place.and_then(|inner| #inner));
        }
        Some(place)
    }
}

/// One of the fields that lead to a member of a response.
type Step<'a> = (TypeId, usize, &'a Field);

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

fn optional(value: Option<Literal>) -> TokenStream {
    value.map_or_else(|| quote!(None), |value| quote!(Some(#value)))
}

fn listed(value: &TokenStream) -> TokenStream {
    quote!(Some(Page::of(#value)))
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
