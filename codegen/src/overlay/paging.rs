//! What a `[[patch]]` says of how a listing goes on.

use super::reader::Reader;
use crate::api::{PageBy, Pagination};
use toml_edit::{Item, Table, TableLike};

/// Reads `pagination`; the inner `None` says that the listing does not go on.
pub(super) fn pagination(reader: &mut Reader, table: &Table) -> Option<Option<Pagination>> {
    let item = table.get("pagination")?;
    if item.as_str() == Some("none") {
        return Some(None);
    }
    let Some(table) = item.as_table_like() else {
        reader.refuse(item.span(), "`pagination` must be a table, or `none`");
        return None;
    };
    let by = match reader.text(table, "kind").as_deref() {
        Some("offset") => numbered(reader, item, table)?,
        Some("skip") => {
            let keys = ["kind", "offset", "limit", "first", "total", "next", "more", "items"];
            reader.known_keys(table, &keys);
            let (first, size) = (first_page(reader, table)?, reader.text(table, "limit"));
            PageBy::Offset { offset: reader.word(item, table, "offset")?, first, size }
        }
        Some("checkpoint") => checkpoint(reader, item, table)?,
        Some("link") => {
            reader.known_keys(table, &["kind", "next", "more", "items"]);
            reader.word(item, table, "next")?;
            PageBy::Link
        }
        _ => {
            let message = "`pagination` needs `kind = \"offset\"`, `\"skip\"`, `\"checkpoint\"` or `\"link\"`";
            reader.refuse(item.span(), message);
            return None;
        }
    };
    Some(Some(Pagination {
        by,
        items: reader.texts(table, "items").unwrap_or_default(),
        total: reader.text(table, "total"),
        next: reader.text(table, "next"),
        more: reader.text(table, "more"),
    }))
}

fn numbered(reader: &mut Reader, item: &Item, table: &dyn TableLike) -> Option<PageBy> {
    reader.known_keys(
        table,
        &["kind", "page", "per_page", "first", "totals", "total", "next", "more", "items"],
    );
    Some(PageBy::Number {
        page: reader.word(item, table, "page")?,
        size: Some(reader.word(item, table, "per_page")?),
        first: Some(first_page(reader, table)?),
        totals: reader.text(table, "totals"),
    })
}

fn checkpoint(reader: &mut Reader, item: &Item, table: &dyn TableLike) -> Option<PageBy> {
    reader.known_keys(table, &["kind", "from", "take", "size", "next", "more", "items"]);
    let cursor = reader.word(item, table, "from")?;
    let take = reader.word(item, table, "take")?;
    let size = page_size(reader, item, table)?;
    reader.word(item, table, "next")?;
    Some(PageBy::Cursor { cursor, size: Some((take, size)) })
}

/// Number of the first page: 0 unless said.
fn first_page(reader: &mut Reader, table: &dyn TableLike) -> Option<u64> {
    let Some(item) = table.get("first") else { return Some(0) };
    let first = item.as_integer().and_then(|number| u64::try_from(number).ok());
    if first.is_none() {
        reader.refuse(item.span(), "`first` must be the number of the first page, 0 or 1");
    }
    first
}

/// How many items a page has: without it, many services answer all at once, or with the first page alone.
fn page_size(reader: &mut Reader, item: &Item, table: &dyn TableLike) -> Option<u64> {
    let size = table.get("size").and_then(Item::as_integer);
    let size = size.and_then(|size| u64::try_from(size).ok()).filter(|size| *size > 0);
    if size.is_none() {
        reader.refuse(item.span(), "this table needs `size = …`, the items of a page");
    }
    size
}
