//! Which operations are listings that are walked page by page, and where in a response a page stands.
//!
//! In: an operation with its pagination. Out: fields by their places; tokens are made of them elsewhere.

use crate::api::{
    Api, Field, Operation, PageBy, Pagination, Response, Type, TypeId, TypeKind, member,
};

/// How a listing goes on.
pub(crate) struct Pages<'a> {
    /// The type of a response.
    pub(crate) response: &'a Type,
    /// The type of what is listed.
    pub(crate) item: &'a Type,
    /// Where the items stand.
    pub(crate) shape: Shape<'a>,
    /// How the next page is asked for.
    pub(crate) by: By,
}

/// How the next page is asked for, by slots of the query.
#[derive(Clone, Copy)]
pub(crate) enum By {
    /// By its number.
    Number {
        /// Slot of the number.
        page: usize,
        /// The number of the first page, if that is known.
        first: Option<u64>,
        /// Slot of the page size, if any.
        size: Option<usize>,
    },
    /// By the number of items before it.
    Offset {
        /// Slot of the offset.
        offset: usize,
        /// What it is at first.
        first: u64,
        /// Slot of the page size, if any.
        size: Option<usize>,
    },
    /// By a cursor, and the page size with its slot where a service needs one.
    Cursor(usize, Option<(usize, u64)>),
    /// By a link.
    Link,
}

/// Where the items of a page stand.
pub(crate) enum Shape<'a> {
    /// The response is a list.
    Whole,
    /// A list inside an object, and what the object says besides.
    Object(Parts<'a>),
    /// Either: the shapes of some arms of a union, by their places.
    Arms(Vec<(usize, Shape<'a>)>),
}

/// The fields of an object that holds a page.
pub(crate) struct Parts<'a> {
    /// Those that lead to the items.
    pub(crate) items: Vec<Step<'a>>,
    /// Those that lead to the cursor of the next page, or to a link to it.
    pub(crate) next: Option<Vec<Step<'a>>>,
    /// Those that lead to whether there is a next page.
    pub(crate) more: Option<Vec<Step<'a>>>,
    /// Those that lead to the number of all items.
    pub(crate) total: Option<Vec<Step<'a>>>,
}

/// One of the fields that lead to a member of a response: its struct, its place there, and itself.
pub(crate) type Step<'a> = (TypeId, usize, &'a Field);

/// How the pages of `operation` are walked; `None` where the response holds no list under the keys that the pagination names.
pub(crate) fn pages<'a>(api: &'a Api, operation: &'a Operation) -> Option<Pages<'a>> {
    let pagination = operation.pagination.as_ref()?;
    let Response::Json { ty: response, may_be_empty: false } = &operation.response else {
        return None;
    };
    let by = by(operation, pagination)?;
    let (item, shape) = match union_arms(api, response) {
        Some(arms) => either(api, arms, pagination)?,
        None => place(api, response, pagination)?,
    };
    Some(Pages { response, item, shape, by })
}

fn by(operation: &Operation, pagination: &Pagination) -> Option<By> {
    let slot = |name: &str| {
        let index = operation.query.iter().position(|it| it.name.as_literal() == Some(name))?;
        operation.query_slot(index)
    };
    Some(match &pagination.by {
        PageBy::Number { page, first, size, .. } => {
            let size = size.as_deref().and_then(slot);
            By::Number { page: slot(page)?, first: *first, size }
        }
        PageBy::Offset { offset, first, size } => {
            let size = size.as_deref().and_then(slot);
            By::Offset { offset: slot(offset)?, first: *first, size }
        }
        PageBy::Cursor { cursor, size } => {
            let size = match size {
                Some((take, size)) => Some((slot(take)?, *size)),
                None => None,
            };
            By::Cursor(slot(cursor)?, size)
        }
        PageBy::Link => By::Link,
    })
}

/// The types that a response may be.
fn union_arms<'a>(api: &'a Api, ty: &Type) -> Option<impl Iterator<Item = &'a Type> + use<'a>> {
    let Type::Named(id) = ty else { return None };
    match &api.types.get(*id)?.kind {
        TypeKind::Union(union) => Some(union.arms.iter().map(|arm| &arm.ty)),
        TypeKind::Struct(_) | TypeKind::Enumeration(_) => None,
    }
}

/// A list alone, or an object around it: one arm each, and the items of all are those of the first.
fn either<'a>(
    api: &'a Api,
    arms: impl Iterator<Item = &'a Type>,
    pagination: &Pagination,
) -> Option<(&'a Type, Shape<'a>)> {
    let (mut item, mut shapes) = (None, Vec::new());
    for (at, ty) in arms.enumerate() {
        let Some((found, shape)) = place(api, ty, pagination) else { continue };
        if **item.get_or_insert(found) == *found {
            shapes.push((at, shape));
        }
    }
    Some((item?, Shape::Arms(shapes)))
}

fn place<'a>(api: &'a Api, ty: &'a Type, pagination: &Pagination) -> Option<(&'a Type, Shape<'a>)> {
    match ty {
        Type::List(item) => Some((item, Shape::Whole)),
        Type::Named(id) => match api.types.get(*id)?.kind {
            TypeKind::Struct(_) => object(api, *id, pagination),
            TypeKind::Union(_) | TypeKind::Enumeration(_) => None,
        },
        Type::Unknown | Type::Bool | Type::Integer | Type::Unsigned | Type::Number => None,
        Type::Text | Type::Secret | Type::File | Type::Map(_) | Type::Nullable(_) => None,
    }
}

fn object<'a>(api: &'a Api, id: TypeId, pagination: &Pagination) -> Option<(&'a Type, Shape<'a>)> {
    let Pagination { items, total, next, more, .. } = pagination;
    let at = |key: &String| member(&api.types, id, key).filter(|steps| !steps.is_empty());
    let items = items.iter().find_map(at)?;
    let Type::List(item) = &items.last()?.2.ty else { return None };
    let said = |key: &Option<String>| key.as_ref().and_then(at);
    let parts = Parts { items, next: said(next), more: said(more), total: said(total) };
    Some((item, Shape::Object(parts)))
}
