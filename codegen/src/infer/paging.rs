//! Which operations are listings in pages, from their query parameters and their responses.
//!
//! Comes in: a finished [`Api`]. Goes out: the same, with how each listing goes on. The words of the field are known here, no vendor's; what is said twice, or not at all, is left alone.

#[cfg(test)]
mod tests;

use crate::api::{
    Api, Field, Operation, PageBy, Pagination, Parameter, Response, Type, TypeId, TypeKind, Types,
};
use crate::draft::{self, EntryValue};

/// Parameters that are a page's number, without case and signs.
const NUMBERS: &[&str] =
    &["page", "pagenumber", "pageno", "pagenum", "pageindex", "currentpage", "pageid"];

/// Parameters that say how many items stand before a page.
const OFFSETS: &[&str] = &["offset", "pageoffset", "skip", "startat"];

/// Parameters that take the cursor of a page.
const CURSORS: &[&str] = &[
    "cursor",
    "pagecursor",
    "nextcursor",
    "marker",
    "nextmarker",
    "after",
    "pageafter",
    "pagetoken",
    "nextpagetoken",
    "nexttoken",
    "startingafter",
    "continuationtoken",
    "continuation",
];

/// Parameters that say how many items a page has.
const SIZES: &[&str] =
    &["perpage", "pagesize", "size", "limit", "pagelimit", "top", "take", "maxresults", "maxitems"];

/// Members that hold the next cursor, the surest first.
const NEXT_CURSORS: &[&str] = &[
    "nextcursor",
    "nextpagetoken",
    "nexttoken",
    "nextmarker",
    "nextpagecursor",
    "endcursor",
    "continuationtoken",
    "cursor",
    "after",
    "next",
    "marker",
];

/// Members that hold a link to the next page.
const NEXT_LINKS: &[&str] =
    &["nextlink", "odatanextlink", "nexturl", "nextpageurl", "nexthref", "next", "nextpage"];

/// Members that say whether there is a next page.
const MORE: &[&str] = &["hasmore", "hasnext", "hasnextpage", "hasmoreitems", "more"];

/// Members that say how many items all pages hold. A plain `count` is often that of the page.
const TOTALS: &[&str] = &[
    "total",
    "totalcount",
    "totalitems",
    "totalresults",
    "totalelements",
    "totalrecords",
    "totalentries",
    "totalsize",
    "totalhits",
    "odatacount",
];

/// Objects around what is said of a page.
const AROUND: &[&str] = &[
    "meta",
    "metadata",
    "responsemetadata",
    "pagination",
    "paging",
    "page",
    "pageinfo",
    "links",
    "cursors",
    "cursor",
    "next",
    "resultinfo",
    "listmeta",
];

/// Lists that stand beside the records.
const BESIDE: &[&str] = &["links", "errors", "warnings", "messages", "included", "facets"];

/// How deep what is said of a page may lie.
const DEPTH: usize = 3;

/// Says of each operation how its listing goes on, if it is one. `drafted` is what the collection says of the operations, in their order.
pub(crate) fn paging(api: &mut Api, drafted: &[&draft::Operation]) {
    for (operation, drafted) in api.operations.iter_mut().zip(drafted) {
        operation.pagination = of(&api.types, operation, drafted);
    }
}

/// Why an operation is paged, as half a sentence.
#[must_use]
pub fn why(pagination: &Pagination) -> String {
    let list = match pagination.items.as_slice() {
        [] => "the answer is a list".to_owned(),
        items => format!("the answer holds one list, `{}`", items.join("` or `")),
    };
    let by = match &pagination.by {
        PageBy::Number { page, first: Some(first), .. } => {
            format!("`{page}` numbers the pages from {first} on")
        }
        PageBy::Number { page, first: None, .. } => {
            format!("`{page}` numbers the pages, from 0 or 1 on")
        }
        PageBy::Offset { offset, .. } => format!("`{offset}` counts the items before a page"),
        PageBy::Cursor { cursor, .. } => format!("`{cursor}` takes the cursor of a page"),
        PageBy::Link => "the answer has a link to the next page".to_owned(),
    };
    let said =
        [("next", &pagination.next), ("more", &pagination.more), ("total", &pagination.total)];
    let said =
        said.into_iter().filter_map(|(word, key)| Some(format!(", {word} is `{}`", key.as_ref()?)));
    format!("{by}, and {list}{}", said.collect::<String>())
}

fn of(types: &Types, operation: &Operation, drafted: &draft::Operation) -> Option<Pagination> {
    let Response::Json { ty, may_be_empty: false } = &operation.response else { return None };
    if operation.method != "GET" {
        return None;
    }
    let named = |words: &[&str]| {
        let mut all = operation.query.iter();
        all.find(|one| {
            one.name.as_literal().is_some_and(|name| words.contains(&bare(name).as_str()))
        })
    };
    let page = envelope(types, ty)?;
    let Envelope { items, cursor, link, total, more } = page;
    let taken = named(CURSORS).and_then(name);
    if let (Some(next), Some(cursor)) = (cursor.or_else(|| link.clone()), taken) {
        let by = PageBy::Cursor { cursor, size: None };
        return Some(Pagination { by, items, total, next: Some(next), more });
    }
    let number = named(NUMBERS).and_then(|one| {
        let size = named(SIZES).and_then(name);
        Some(PageBy::Number { page: name(one)?, size, first: first(one, drafted)?, totals: None })
    });
    let offset = || {
        let one = named(OFFSETS)?;
        let (first, size) = (default(one)?.unwrap_or(0), named(SIZES).and_then(name));
        Some(PageBy::Offset { offset: name(one)?, first, size })
    };
    let is_linked = link.as_deref().is_some_and(|link| is_sure_link(types, ty, link));
    let by = number.or_else(offset).or_else(|| is_linked.then_some(PageBy::Link))?;
    Some(Pagination { by, items, total, next: link, more })
}

/// A response around a list, by the paths of its members.
#[derive(Clone, Debug, Default)]
struct Envelope {
    items: Vec<String>,
    cursor: Option<String>,
    link: Option<String>,
    total: Option<String>,
    more: Option<String>,
}

/// What a response holds, if that is one list: a list, an object around one, or either of them.
fn envelope(types: &Types, ty: &Type) -> Option<Envelope> {
    match ty {
        Type::List(_) => Some(Envelope::default()),
        Type::Named(id) => match &types.get(*id)?.kind {
            TypeKind::Struct(_) => object(types, *id),
            TypeKind::Union(union) => {
                let arms = union.arms.iter().filter_map(|arm| match &arm.ty {
                    Type::Named(id) if !is_struct(types, *id) => None,
                    ty => envelope(types, ty),
                });
                arms.max_by_key(|arm| arm.items.len())
            }
            TypeKind::Enumeration(_) => None,
        },
        Type::Unknown | Type::Bool | Type::Integer | Type::Unsigned | Type::Number => None,
        Type::Text | Type::Secret | Type::File | Type::Map(_) | Type::Nullable(_) => None,
    }
}

fn object(types: &Types, id: TypeId) -> Option<Envelope> {
    let mut members = Vec::new();
    walk(types, id, &Path::default(), &mut members);
    let first = |words: &[&str], fits: fn(&Type) -> bool| {
        let rank = |member: &&Member<'_>| {
            words
                .iter()
                .position(|word| *word == member.path.word())
                .map(|at| (at, member.path.depth()))
        };
        let all = members.iter().filter(|member| fits(&member.field.ty));
        let all = all.filter(|member| rank(member).is_some());
        all.min_by_key(rank).map(|member| member.path.text())
    };
    Some(Envelope {
        items: vec![records(types, id)?],
        cursor: first(NEXT_CURSORS, is_cursor),
        link: first(NEXT_LINKS, is_cursor),
        total: first(TOTALS, |ty| matches!(ty, Type::Integer | Type::Unsigned)),
        more: first(MORE, |ty| *ty == Type::Bool),
    })
}

fn is_cursor(ty: &Type) -> bool {
    matches!(ty, Type::Text | Type::Integer | Type::Unsigned | Type::Unknown)
}

/// The one list of records: a member, or a member of the only object that has one.
fn records(types: &Types, id: TypeId) -> Option<String> {
    if let Some(key) = listed(types, id) {
        return key;
    }
    let inner = fields(types, id).filter_map(|field| match &field.ty {
        Type::Named(id) => Some(format!("{}.{}", field.key, listed(types, *id)??)),
        _ => None,
    });
    let [one] = inner.collect::<Vec<_>>().try_into().ok()?;
    Some(one)
}

/// The key of the one list among the fields: `Some(None)` for several, `None` for no list at all. Lists of records come before others.
#[allow(clippy::option_option, reason = "no list, and several lists, are two answers")]
fn listed(types: &Types, id: TypeId) -> Option<Option<String>> {
    let beside = |field: &&Field| !BESIDE.contains(&bare(&field.key).as_str());
    let lists = fields(types, id).filter(beside).filter_map(|field| match &field.ty {
        Type::List(item) => Some((field, is_record(types, item))),
        _ => None,
    });
    let lists: Vec<_> = lists.collect();
    let of_records: Vec<_> = lists.iter().filter(|(_, is_record)| *is_record).collect();
    match (of_records.as_slice(), lists.as_slice()) {
        ([(field, _)], _) | ([], [(field, _)]) => Some(Some(field.key.clone())),
        ([], []) => None,
        (_, _) => Some(None),
    }
}

fn is_record(types: &Types, item: &Type) -> bool {
    match item {
        Type::Named(id) => {
            !matches!(types.get(*id).map(|def| &def.kind), Some(TypeKind::Enumeration(_)))
        }
        Type::Nullable(inner) => is_record(types, inner),
        _ => false,
    }
}

fn is_struct(types: &Types, id: TypeId) -> bool {
    matches!(types.get(id).map(|def| &def.kind), Some(TypeKind::Struct(_)))
}

fn fields(types: &Types, id: TypeId) -> impl Iterator<Item = &Field> {
    let kind = types.get(id).map(|definition| &definition.kind);
    let fields = match kind {
        Some(TypeKind::Struct(object)) => object.fields.as_slice(),
        Some(TypeKind::Enumeration(_) | TypeKind::Union(_)) | None => &[],
    };
    fields.iter()
}

/// The keys down to a member.
#[derive(Clone, Debug, Default)]
struct Path<'a>(Vec<&'a str>);

impl Path<'_> {
    fn depth(&self) -> usize {
        self.0.len()
    }

    fn text(&self) -> String {
        self.0.join(".")
    }

    /// The last key as a word; an address inside of `next` is the next link.
    fn word(&self) -> String {
        match self.0.as_slice() {
            [.., parent, "href" | "url"] if bare(parent) == "next" => "nextlink".to_owned(),
            [.., key] => bare(key),
            [] => String::new(),
        }
    }
}

/// A member that may say something of the page.
struct Member<'a> {
    path: Path<'a>,
    field: &'a Field,
}

fn walk<'a>(types: &'a Types, id: TypeId, at: &Path<'a>, found: &mut Vec<Member<'a>>) {
    for field in fields(types, id) {
        let mut path = at.clone();
        path.0.push(&field.key);
        if let Type::Named(inner) = field.ty
            && path.depth() < DEPTH
            && AROUND.contains(&bare(&field.key).as_str())
        {
            walk(types, inner, &path, found);
        }
        found.push(Member { path, field });
    }
}

/// Whether a member that may be a cursor or a number is a link: by its own name, or by its neighbour that leads back.
fn is_sure_link(types: &Types, ty: &Type, path: &str) -> bool {
    let last = path.rsplit('.').next().unwrap_or(path);
    match bare(last).as_str() {
        "nextpage" => false,
        "next" if path == last => match ty {
            Type::Named(id) => fields(types, *id)
                .any(|field| ["prev", "previous"].contains(&bare(&field.key).as_str())),
            _ => false,
        },
        "next" => path.split('.').any(|key| bare(key) == "links"),
        _ => true,
    }
}

/// A name without case and signs.
fn bare(name: &str) -> String {
    name.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect()
}

fn name(parameter: &Parameter) -> Option<String> {
    parameter.name.as_literal().map(str::to_owned)
}

/// The number that is sent unless the caller gives one: `Some(None)` for none, `None` where a variable of the client says it.
#[allow(clippy::option_option, reason = "no number, and a number nobody knows, are two answers")]
fn default(parameter: &Parameter) -> Option<Option<u64>> {
    match parameter.default.first() {
        Some(Some(value)) => Some(value.as_literal()?.parse().ok()),
        Some(None) | None => Some(None),
    }
}

/// The number of the first page: what is sent unless the caller says; else what the collection shows as an example.
#[allow(clippy::option_option, reason = "as for `default`")]
fn first(parameter: &Parameter, drafted: &draft::Operation) -> Option<Option<u64>> {
    if let Some(sent) = default(parameter)? {
        return Some(Some(sent));
    }
    let named = drafted.query.iter().filter(|entry| entry.name == parameter.name);
    let shown = named.filter_map(|entry| match &entry.value {
        EntryValue::Default(value) => value.as_literal()?.parse::<u64>().ok(),
        EntryValue::Absent | EntryValue::Caller(_) => None,
    });
    Some(shown.min().filter(|shown| *shown < 2))
}
