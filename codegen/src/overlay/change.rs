//! What one `[[patch]]` says, as a list of changes.

use super::parse::Reader;
use super::types::{TypeText, WORDS};
use super::{BodyKind, Change};
use crate::api::Pagination;
use toml_edit::{Table, TableLike};

const KEYS: [&str; 13] = [
    "at",
    "reason",
    "add",
    "required",
    "type",
    "nullable",
    "enum",
    "drop",
    "deprecated",
    "scopes",
    "auth",
    "body",
    "pagination",
];

/// Reads the changes of a patch, in the order in which they are applied.
pub(super) fn changes(reader: &mut Reader, table: &Table) -> Vec<Change> {
    reader.known_keys(table, &KEYS);
    let mut changes = Vec::new();
    let ty = read_type(reader, table);
    let add = reader.flag(table, "add") == Some(true);
    match (add, ty) {
        (true, Some(ty)) => changes.push(Change::Add(ty)),
        (true, None) => reader.refuse(table.span(), "`add = true` needs a `type`"),
        (false, Some(ty)) => changes.push(Change::Type(ty)),
        (false, None) => {}
    }
    if reader.flag(table, "drop") == Some(true) {
        changes.push(Change::Drop);
    }
    changes.extend(reader.texts(table, "enum").map(Change::Enumeration));
    changes.extend(reader.flag(table, "required").map(Change::Required));
    changes.extend(reader.flag(table, "nullable").map(Change::Nullable));
    changes.extend(reader.text(table, "deprecated").map(Change::Deprecated));
    changes.extend(reader.texts(table, "scopes").map(Change::Scopes));
    changes.extend(reader.text(table, "auth").map(Change::Auth));
    changes.extend(body_kind(reader, table).map(Change::Body));
    changes.extend(pagination(reader, table).map(Change::Pagination));
    if changes.is_empty() {
        reader.refuse(table.span(), "this patch changes nothing: say what is right instead");
    }
    changes
}

fn read_type(reader: &mut Reader, table: &Table) -> Option<TypeText> {
    let text = reader.text(table, "type")?;
    let ty = TypeText::read(&text);
    if ty.is_none() {
        let span = table.get("type").and_then(toml_edit::Item::span);
        reader.refuse(span, format!("`{text}` is no type; the types are: {WORDS}"));
    }
    ty
}

fn body_kind(reader: &mut Reader, table: &Table) -> Option<BodyKind> {
    let text = reader.text(table, "body")?;
    let kind = match text.as_str() {
        "none" => BodyKind::None,
        "json" => BodyKind::Json,
        "text" => BodyKind::Text,
        "bytes" => BodyKind::Bytes,
        "form" => BodyKind::Form,
        "multipart" => BodyKind::Multipart,
        _ => {
            let span = table.get("body").and_then(toml_edit::Item::span);
            reader.refuse(span, "`body` is one of none, json, text, bytes, form, multipart");
            return None;
        }
    };
    Some(kind)
}

fn pagination(reader: &mut Reader, table: &Table) -> Option<Pagination> {
    let item = table.get("pagination")?;
    let Some(table) = item.as_table_like() else {
        reader.refuse(item.span(), "`pagination` must be a table");
        return None;
    };
    let items = reader.texts(table, "items").unwrap_or_default();
    match reader.text(table, "kind").as_deref() {
        Some("offset") => {
            reader.known_keys(table, &["kind", "page", "per_page", "first", "totals", "items"]);
            Some(Pagination::Offset {
                page: word(reader, table, "page")?,
                per_page: word(reader, table, "per_page")?,
                first: u64::from(
                    table.get("first").and_then(toml_edit::Item::as_integer) == Some(1),
                ),
                totals: reader.text(table, "totals"),
                items,
            })
        }
        Some("checkpoint") => {
            reader.known_keys(table, &["kind", "from", "take", "next", "items"]);
            Some(Pagination::Checkpoint {
                from: word(reader, table, "from")?,
                take: word(reader, table, "take")?,
                next: word(reader, table, "next")?,
                items,
            })
        }
        _ => {
            reader
                .refuse(item.span(), "`pagination` needs `kind = \"offset\"` or `\"checkpoint\"`");
            None
        }
    }
}

fn word(reader: &mut Reader, table: &dyn TableLike, key: &str) -> Option<String> {
    let text = reader.text(table, key);
    if text.is_none() {
        reader.refuse(None, format!("`pagination` needs `{key}`"));
    }
    text
}
