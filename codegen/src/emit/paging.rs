//! How a listing goes on: what ties an operation to `pages()` and `items()`.

use super::scope::{Scope, ident};
use super::{Crate, spec};
use crate::api::{
    Answer, Field, Nullability, Operation, Pagination, Presence, Struct, Type, TypeId, TypeKind,
};
use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

/// The `Paged` implementation; nothing where the answer holds no list under the keys that the pagination names.
pub(crate) fn paged(
    scope: &mut Scope<'_>,
    of: &Crate<'_>,
    operation: &Operation,
    marker: &Ident,
) -> Option<TokenStream> {
    let pagination = operation.pagination.as_ref()?;
    let Answer::Json { ty, may_be_empty: false } = &operation.answer else { return None };
    let answer = scope.ty(ty);
    let found = Pages { of, pagination, answer: &answer }.answer(ty)?;
    let paging = paging(scope, operation, pagination)?;
    let (paged, page) = (scope.runtime("Paged"), scope.runtime("Page"));
    let item = scope.ty(found.item);
    let body = found.body;
    Some(quote! {
        impl #paged for #marker {
            type Item = #item;
            const PAGING: Paging = #paging;

            fn page(answer: Self::Answer) -> Option<#page<Self::Item>> {
                #body
            }
        }
    })
}

fn paging(
    scope: &mut Scope<'_>,
    operation: &Operation,
    pagination: &Pagination,
) -> Option<TokenStream> {
    let slot = |name: &str| {
        let index = operation.query.iter().position(|it| it.name.as_literal() == Some(name))?;
        Some(Literal::usize_unsuffixed(spec::query_slot(operation, index)?))
    };
    let paging = scope.runtime("Paging");
    Some(match pagination {
        Pagination::Offset { page, first, .. } => {
            let (slot, first) = (slot(page)?, Literal::u64_unsuffixed(*first));
            quote!(#paging::Number { slot: #slot, first: #first })
        }
        Pagination::Checkpoint { from, take, size, .. } => {
            let (slot, size_slot) = (slot(from)?, slot(take)?);
            let size = Literal::u64_unsuffixed(*size);
            quote!(#paging::Cursor { slot: #slot, size: (#size_slot, #size) })
        }
    })
}

/// The item type of a page, and the expression that takes `answer` apart.
struct Found<'a> {
    item: &'a Type,
    body: TokenStream,
}

/// What the pages of one operation look like.
#[derive(Clone, Copy)]
struct Pages<'a> {
    of: &'a Crate<'a>,
    pagination: &'a Pagination,
    /// The answer's type.
    answer: &'a TokenStream,
}

impl<'a> Pages<'a> {
    fn answer(self, ty: &'a Type) -> Option<Found<'a>> {
        let answer = quote!(answer);
        match ty {
            Type::List(item) => Some(Found { item, body: listed(&answer) }),
            Type::Named(id) => match &self.of.api.types.get(*id)?.kind {
                TypeKind::Struct(object) => self.object(*id, object, &answer),
                TypeKind::Union(union) => self.union(*id, union.arms.iter().map(|arm| &arm.ty)),
                TypeKind::Enumeration(_) => None,
            },
            Type::Unknown | Type::Bool | Type::Integer | Type::Unsigned | Type::Number => None,
            Type::Text | Type::Secret | Type::File | Type::Map(_) | Type::Nullable(_) => None,
        }
    }

    /// A list alone, or an object around it: one arm each.
    fn union(self, id: TypeId, arms: impl Iterator<Item = &'a Type>) -> Option<Found<'a>> {
        let own = self.of.names.types.get(id.0)?;
        let (mut item, mut taken, answer) = (None, Vec::new(), self.answer);
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
                taken.push(quote!(#answer::#variant(page) => #body,));
            }
        }
        let body = quote!(match answer { #(#taken)* _ => None, });
        Some(Found { item: item?, body })
    }

    fn part(self, ty: &'a Type, value: &TokenStream) -> Option<Found<'a>> {
        match ty {
            Type::List(item) => Some(Found { item, body: listed(value) }),
            Type::Named(id) => match self.kind(*id)? {
                TypeKind::Struct(object) => self.object(*id, object, value),
                TypeKind::Union(_) | TypeKind::Enumeration(_) => None,
            },
            Type::Unknown | Type::Bool | Type::Integer | Type::Unsigned | Type::Number => None,
            Type::Text | Type::Secret | Type::File | Type::Map(_) | Type::Nullable(_) => None,
        }
    }

    fn kind(self, id: TypeId) -> Option<&'a TypeKind> {
        self.of.api.types.get(id).map(|definition| &definition.kind)
    }

    fn object(self, id: TypeId, object: &'a Struct, value: &TokenStream) -> Option<Found<'a>> {
        let own = self.of.names.types.get(id.0)?;
        let field = |key: &str| {
            let index = object.fields.iter().position(|field| field.key == key)?;
            Some((object.fields.get(index)?, ident(own.members.get(index)?)))
        };
        let (keys, next, total) = match self.pagination {
            Pagination::Offset { items, total, .. } => (items, None, total.as_deref()),
            Pagination::Checkpoint { items, next, .. } => (items, Some(next.as_str()), None),
        };
        let (items, name) = keys.iter().find_map(|key| field(key))?;
        let Type::List(item) = &items.ty else { return None };
        let items = taken(items, &quote!(#value.#name));
        let next = next.and_then(field).filter(|(it, _)| it.ty == Type::Text).map(|(it, name)| {
            let next = kept(it, &quote!(#value.#name));
            quote!(next: #next,)
        });
        let whole = |ty: &Type| matches!(ty, Type::Integer | Type::Unsigned);
        let total = total.and_then(field).filter(|(it, _)| whole(&it.ty)).map(|(it, name)| {
            let total = kept(it, &quote!(#value.#name));
            let total = match it.ty {
                Type::Unsigned => total,
                _ => quote!(#total.and_then(|total| total.try_into().ok())),
            };
            quote!(total: #total,)
        });
        let body = quote!(Some(Page { items: #items, #next #total ..Page::default() }));
        Some(Found { item, body })
    }
}

fn listed(value: &TokenStream) -> TokenStream {
    quote!(Some(Page { items: #value, ..Page::default() }))
}

/// A list; where there is none, or one whose items do not fit, there is no page.
fn taken(field: &Field, value: &TokenStream) -> TokenStream {
    match (field.presence, field.nullability) {
        (Presence::Required, Nullability::Plain) => value.clone(),
        (Presence::Optional, Nullability::Plain) => quote!(#value?),
        (_, Nullability::ThreeState) => quote!(#value.into_value()?),
    }
}

/// A value, where there is one.
fn kept(field: &Field, value: &TokenStream) -> TokenStream {
    match (field.presence, field.nullability) {
        (Presence::Required, Nullability::Plain) => quote!(Some(#value)),
        (Presence::Optional, Nullability::Plain) => value.clone(),
        (_, Nullability::ThreeState) => quote!(#value.into_value()),
    }
}
