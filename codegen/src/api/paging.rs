//! How listings go on, and the members of their responses that say so.

use super::types::{Field, Type, TypeId, TypeKind, Types};

/// How a listing goes on. Members of a response are named by their key, or by the keys down to them with dots between (`meta.next`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pagination {
    /// How the next page is asked for.
    pub by: PageBy,
    /// Members that may hold the items of a page object.
    pub items: Vec<String>,
    /// Member that says how many items all pages hold, if any.
    pub total: Option<String>,
    /// Member that holds the next cursor, or a link to the next page, if any.
    pub next: Option<String>,
    /// Member that says whether there is a next page, if any.
    pub more: Option<String>,
}

/// How the next page is asked for: by which query parameters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PageBy {
    /// The page's number.
    Number {
        /// The number.
        page: String,
        /// The page size, where known.
        size: Option<String>,
        /// Number of the first page, where known.
        first: Option<u64>,
        /// What asks for a page object, if needed.
        totals: Option<String>,
    },
    /// The number of items before the page.
    Offset {
        /// The number of items.
        offset: String,
        /// Where the listing begins unless the caller says.
        first: u64,
        /// The page size, where known.
        size: Option<String>,
    },
    /// The cursor that the page before gave.
    Cursor {
        /// The cursor.
        cursor: String,
        /// The page size, and how many items a page has unless the caller says, where the service needs it.
        size: Option<(String, u64)>,
    },
    /// The link that the page before gave: no parameter is known.
    Link,
}

impl PageBy {
    /// The query parameters that it needs.
    pub fn parameters(&self) -> impl Iterator<Item = &str> {
        let named = match self {
            Self::Number { page, size, totals, .. } => [Some(page), size.as_ref(), totals.as_ref()],
            Self::Offset { offset, size, .. } => [Some(offset), size.as_ref(), None],
            Self::Cursor { cursor, size } => {
                [Some(cursor), size.as_ref().map(|(size, _)| size), None]
            }
            Self::Link => [None, None, None],
        };
        named.into_iter().flatten().map(String::as_str)
    }
}

/// The fields that lead to a member of a response's struct, the outermost first, each with the struct that has it and its index there. What is no path leads nowhere.
#[must_use]
pub fn member<'a>(
    types: &'a Types,
    of: TypeId,
    path: &str,
) -> Option<Vec<(TypeId, usize, &'a Field)>> {
    let TypeKind::Struct(object) = &types.get(of)?.kind else { return None };
    let field = |key: &str| {
        let mut fields = object.fields.iter().enumerate();
        fields.find(|(_, field)| field.key == key).map(|(index, field)| (of, index, field))
    };
    if let Some(found) = field(path) {
        return Some(vec![found]);
    }
    path.match_indices('.').find_map(|(dot, _)| {
        let (key, rest) = (path.get(..dot)?, path.get(dot + 1..)?);
        let found = field(key)?;
        let Type::Named(inner) = found.2.ty else { return None };
        let mut steps = vec![found];
        steps.extend(member(types, inner, rest)?);
        Some(steps)
    })
}
